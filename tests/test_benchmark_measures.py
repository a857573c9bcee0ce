"""What the benchmark measures beside ROUGE: by hand on made articles, and as averages with intervals."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.averages import summarize_measures
from benchmarks.data import Article, DataError, DataSet, NewsCluster
from benchmarks.measures import measure_text
from benchmarks.memory import peak_memory
from benchmarks.quality import SCHEMA, evaluate, read_results, write_results
from benchmarks.running import Outcome, run_system
from benchmarks.systems import Output

FIRST = "The dam at Orsk broke on Friday. Water ran into the town. Schools were closed for a week."
SECOND = "Rain fell for days. The dam at Orsk broke on Friday. The army came with boats."
CLUSTER = NewsCluster("orsk", (Article(FIRST), Article(SECOND), Article("Nothing of it here.")), ("A dam broke.",), "e")


def test_positions_are_where_a_sentence_begins_in_the_first_article_that_holds_it() -> None:
    found = measure_text(CLUSTER, ["The dam at Orsk broke on Friday.", "The army came with boats."])
    assert found.positions == (0.0, round(SECOND.index("The army") / len(SECOND), 3))
    assert (found.documents, found.of_documents) == (2, 3)


def test_line_ends_do_not_hide_a_sentence() -> None:
    cluster = NewsCluster("c", (Article("One two\nthree four. Five six."),), ("x",), "c")
    assert measure_text(cluster, ["One two\nthree four.", "Five six."]).positions == (0.0, round(20 / 29, 3))


def test_changed_sentences_have_no_place_and_no_document() -> None:
    found = measure_text(CLUSTER, ["The dam broke at last."])
    assert (found.positions, found.documents, found.entropy) == ((), 0, 0.0)


@pytest.mark.parametrize(
    ("sentences", "bits"),
    [
        (["Water ran into the town."], 0.0),
        (["Water ran into the town.", "Rain fell for days."], 1.0),
        (["Water ran into the town.", "Schools were closed for a week."], 0.0),
        (["Water ran into the town.", "Rain fell for days.", "Nothing of it here."], 1.584963),
    ],
)
def test_entropy_counts_the_articles_used(sentences: list[str], bits: float) -> None:
    assert measure_text(CLUSTER, sentences).entropy == pytest.approx(bits, abs=1e-6)


@pytest.mark.parametrize(
    ("text", "coverage", "density"),
    [
        # One run of seven words.
        ("The dam at Orsk broke on Friday.", 1.0, 7.0),
        # "the dam" and "broke on friday" are copied, "suddenly" is not.
        ("The dam suddenly broke on Friday.", 5 / 6, (4 + 9) / 6),
        # The longer of two places: "the dam ..." and not "the town" or "the army".
        ("the dam at town", 1.0, (9 + 1) / 4),
        # A run does not go on into the next article.
        ("for a week Rain fell", 1.0, (9 + 4) / 5),
        ("Completely different wording.", 0.0, 0.0),
    ],
)
def test_coverage_and_density(text: str, coverage: float, density: float) -> None:
    found = measure_text(CLUSTER, [text])
    assert (found.coverage, found.density) == (pytest.approx(coverage), pytest.approx(density))


def _naive_fragments(words: list[str], articles: list[list[str]]) -> list[int]:
    runs, i = [], 0
    while i < len(words):
        longest = 0
        for article in articles:
            for j in range(len(article)):
                k = 0
                while i + k < len(words) and j + k < len(article) and words[i + k] == article[j + k]:
                    k += 1
                longest = max(longest, k)
        runs.append(longest)
        i += max(longest, 1)
    return runs


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.sampled_from("abc"), max_size=12), st.lists(st.lists(st.sampled_from("abc"), max_size=9), max_size=3)
)
def test_fragments_are_those_of_the_definition(words: list[str], articles: list[list[str]]) -> None:
    cluster = NewsCluster("c", tuple(Article(" ".join(article)) for article in articles), ("x",), "c")
    runs = _naive_fragments(words, articles)
    found = measure_text(cluster, [" ".join(words)] if words else [])
    assert found.coverage == pytest.approx(sum(runs) / max(len(words), 1))
    assert found.density == pytest.approx(sum(run * run for run in runs) / max(len(words), 1))


def test_overlap_is_the_largest_share_with_another_sentence() -> None:
    twice = ["The dam at Orsk broke on Friday.", "On Friday the dam broke.", "Rain fell for days."]
    # "friday the dam broke on" has 5 words, all in the first; the third shares none.
    assert measure_text(CLUSTER, twice).overlap == pytest.approx(2 / 3)
    assert measure_text(CLUSTER, twice[:1]).overlap == 0
    assert measure_text(CLUSTER, ["He said.", "He said."]).overlap == 0


def test_averages_weigh_sentences_alike_and_summaries_alike() -> None:
    texts = [["Water ran into the town."], ["The dam at Orsk broke on Friday.", "The dam at Orsk broke on Friday."]]
    outcomes = [
        Outcome(Output(tuple(text)), measure_text(CLUSTER, text), seconds, peak_mb=peak)
        for text, seconds, peak in zip(texts, (0.1, 0.3), (50.0, 70.0), strict=True)
    ]
    found = summarize_measures(outcomes)
    assert found["support_rate"] == pytest.approx(2 / 3)
    assert (found["near_duplicate_pairs"], found["near_duplicate_summaries"], found["overlap"]) == (1.0, 0.5, 0.5)
    assert (found["peak_mb"], found["seconds_median"], found["failed"]) == (70.0, 0.2, 0)
    assert found["document_share"] == pytest.approx(1 / 3)
    assert found["unplaced"] == 0
    assert found["position_mean"] == pytest.approx(outcomes[0].measures.positions[0] / 3)
    low, high = found["intervals"]["near_duplicate_summaries"]
    assert (low, high) == (0, 1)
    assert found["intervals"].keys() < found.keys()
    assert found["intervals"] == summarize_measures(outcomes)["intervals"]


def test_one_group_has_no_width() -> None:
    outcomes = [Outcome(Output((s,)), measure_text(CLUSTER, [s]), 0.1) for s in ("Rain fell for days.", "Water.")]
    found = summarize_measures(outcomes, groups=["e", "e"])
    assert found["intervals"]["words"] == [found["words"]] * 2
    assert found["peak_mb"] is None


def test_a_system_that_gives_nothing_has_measures() -> None:
    found = summarize_measures([Outcome(Output(()), measure_text(CLUSTER, []), 0.1, "BudgetError: none fits")])
    assert (found["failed"], found["words"], found["support_rate"], found["position_mean"]) == (1, 0, 0, None)


def test_memory_is_that_of_a_fresh_process() -> None:
    ballast = bytearray(300_000_000)
    ballast[::4096] = b"x" * len(ballast[::4096])
    (alone,) = run_system("lead_first", [CLUSTER], 30, jobs=1)
    (here,) = run_system("lead_first", [CLUSTER], 30)
    assert alone.peak_mb is not None
    assert 10 < alone.peak_mb < peak_memory() - 200
    assert here.peak_mb is None
    assert len(ballast) == 300_000_000


# --- files


def _results(tmp_path: Path) -> dict[str, Any]:
    data = DataSet("made", tmp_path / "made.jsonl", "0" * 64, 20, (CLUSTER, CLUSTER))
    return evaluate("lead_first", data)


def test_results_hold_all_parts_with_intervals_and_each_cluster(tmp_path: Path) -> None:
    results = _results(tmp_path)
    assert results["schema"] == SCHEMA
    for metric in ("rouge1", "rouge2", "rougeL", "rougeLsum"):
        for part in ("precision", "recall", "fmeasure"):
            assert results["scores"][metric][part].keys() == {"mean", "low", "high"}
        assert [len(row[metric]) for row in results["clusters"]] == [3, 3]
    counted = asdict(measure_text(CLUSTER, [])).keys()
    assert all(row.keys() >= counted for row in results["clusters"])
    assert results["measures"]["intervals"]["support_rate"][1] <= 1


def test_older_results_are_read_and_later_ones_refused(tmp_path: Path) -> None:
    results = _results(tmp_path) | {"schema": 1}
    path = write_results(results, tmp_path)
    assert [found["schema"] for found in read_results(tmp_path)] == [1]
    write_results(results | {"schema": SCHEMA + 1}, tmp_path)
    with pytest.raises(DataError, match=rf"{path.name} has schema {SCHEMA + 1}"):
        list(read_results(tmp_path))
    path.write_text(json.dumps([]), encoding="utf-8")
    with pytest.raises(DataError, match="is not a results file"):
        list(read_results(tmp_path))


# --- clusters


def test_pairs_that_cross_documents_are_counted_apart() -> None:
    pytest.importorskip("sklearn")
    from benchmarks.clustering import agreement

    gold = np.array([0, 0, 1, 1, 2])
    documents = np.array([0, 1, 0, 1, 0])
    exact = agreement(gold, gold, documents)
    assert (exact["ari"], exact["pair_f1"], exact["cross_document_f1"]) == (1, 1, 1)
    # The last sentence is put to group 1: one pair crosses documents, the other stays in document 0.
    found = agreement(gold, np.array([0, 0, 1, 1, 1]), documents)
    assert found["pair_f1"] == pytest.approx(2 * 2 / (2 + 4), abs=1e-4)
    assert found["cross_document_precision"] == pytest.approx(2 / 3, abs=1e-4)
    assert found["cross_document_recall"] == 1
    assert found["cross_document_f1"] == pytest.approx(0.8)
    apart = agreement(gold, np.arange(5), documents)
    assert (apart["cross_document_precision"], apart["cross_document_f1"]) == (0, 0)
