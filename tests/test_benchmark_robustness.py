"""Planted articles: that they are what they claim to be, and that their effect is counted right."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks import robustness
from benchmarks.data import Article, DataSet, NewsCluster
from benchmarks.measures import measure_text
from benchmarks.planting import N_COPIES, N_MANY, SCENARIOS, Scenario, from_planted, plant
from benchmarks.running import Outcome
from benchmarks.systems import Output

SCENARIO = {scenario.name: scenario for scenario in SCENARIOS}


def article(subject: str, n: int = 40) -> str:
    return " ".join(f"The {subject} did thing number {i} on day {i * 7}." for i in range(n))


def cluster(name: str, n: int = 2, event: str | None = None) -> NewsCluster:
    documents = tuple(Article(article(f"{name} of outlet {k}")) for k in range(n))
    return NewsCluster(name, documents, (f"The {name} of outlet 0 did thing number 3.",), event or name)


CLUSTERS = (cluster("ferry", 3), cluster("mayor", 1), cluster("court", 4))
# Three sentences of twelve words: nothing is left over that a planted byline could fill.
DATA = DataSet("made", Path("made.jsonl"), "0" * 64, 36, CLUSTERS)


def planted(scenario: str, seed: int = 0) -> list[list[str]]:
    changed = plant(CLUSTERS, SCENARIO[scenario].planter, seed)
    return [[d.text for d in new.documents[len(old.documents) :]] for old, new in zip(CLUSTERS, changed, strict=True)]


def test_planting_keeps_the_cluster_and_its_references() -> None:
    for old, new in zip(CLUSTERS, plant(CLUSTERS, SCENARIO["copies"].planter, 0), strict=True):
        assert new.documents[: len(old.documents)] == old.documents
        assert (new.id, new.references, new.group) == (old.id, old.references, old.group)


def test_copies_are_one_article_under_other_headlines_and_cut() -> None:
    for old, copies in zip(CLUSTERS, planted("copies"), strict=True):
        assert len(set(copies)) == len(copies) == N_COPIES
        sources = []
        for copy in copies:
            headline, byline, body = copy.split("\n")
            assert headline.startswith("Local view")
            assert byline.startswith("By ")
            (source,) = (d.text for d in old.documents if body[:40] in d.text)
            kept = body.count("The ") / source.count("The ")
            assert 0.5 <= kept <= 1
            sources.append(source)
        assert len(set(sources)) == 1


def test_added_copies_hold_sentences_of_another_event() -> None:
    foreign = [name for name, copies in zip("fmc", planted("copies_added"), strict=True) if "court" in "".join(copies)]
    assert foreign == ["f", "m", "c"]
    assert all("The court" not in text for text in planted("copies")[0])


def test_planting_is_seeded_by_cluster() -> None:
    assert planted("copies") == planted("copies")
    assert planted("copies") != planted("copies", seed=1)
    alone = plant(CLUSTERS[:1], SCENARIO["copies"].planter, 0)
    assert [d.text for d in alone[0].documents[3:]] == planted("copies")[0]


def test_articles_off_the_topic_are_of_one_other_event() -> None:
    ferry, mayor, court = planted("off_topic_2")
    # The next cluster with two articles or more: the mayor has one.
    assert ferry == mayor == [d.text for d in CLUSTERS[2].documents[:2]]
    assert court == [d.text for d in CLUSTERS[0].documents[:2]]
    same = (cluster("a", 2, "event"), cluster("b", 2, "event"))
    assert [len(c.documents) for c in plant(same, SCENARIO["off_topic_1"].planter, 0)] == [3, 3]
    assert plant(same, SCENARIO["off_topic_1"].planter, 0)[0].documents[2].text == ""


def test_a_hundred_is_a_hundred() -> None:
    assert [len(c.documents) for c in plant(CLUSTERS, SCENARIO["hundred_copies"].planter, 0)] == [N_MANY] * 3


def test_sentences_only_in_planted_articles_are_counted() -> None:
    def nothing(cluster: NewsCluster, other: NewsCluster, chance: random.Random) -> list[Article]:
        return [Article("Foreign news.\nThe ferry of outlet 0 did thing number 1 on day 7.")]

    changed = plant(CLUSTERS[:1], nothing, 0)
    taken = ("Foreign news.", "The ferry of outlet 0 did thing number 1 on day 7.")
    outcome = Outcome(Output(taken), measure_text(changed[0], taken), 0.1)
    assert from_planted(CLUSTERS[:1], changed, [outcome]) == 0.5
    assert from_planted(CLUSTERS[:1], changed, [Outcome(Output(()), measure_text(changed[0], ()), 0.1)]) == 0


def test_a_scenario_compares_pairs() -> None:
    (row,) = robustness.try_scenario(SCENARIO["copies"], DATA, "lead_first", 3)
    # What stands behind the first article does not move the lead.
    assert (row["scenario"], row["set"], row["system"], row["clusters"]) == ("copies", "made", "lead_first", 3)
    assert row["rouge1"]["before"] == row["rouge1"]["after"] > 0
    assert (row["rouge1"]["shift"], row["rouge1"]["low"], row["rouge1"]["high"], row["from_planted"]) == (0, 0, 0, 0)
    (row,) = robustness.try_scenario(SCENARIO["off_topic_1"], replace(DATA, budget=60), "lead_interleaved", 3)
    assert row["clusters"] == 2
    assert row["from_planted"] > 0
    assert row["rouge1"]["shift"] == pytest.approx(row["rouge1"]["after"] - row["rouge1"]["before"], abs=1e-3)
    assert robustness.try_scenario(SCENARIO["off_topic_1"], DATA, "lead_first", 0) == []
    assert (
        robustness.try_scenario(Scenario("x", SCENARIO["copies"].planter, min_documents=9), DATA, "lead_first", 3) == []
    )


def test_large_clusters_are_kept() -> None:
    assert [c.id for c in robustness.only_large(DATA, n=3).clusters] == ["ferry", "court"]
    assert [c.id for c in robustness.only_large(DATA, n=3, limit=1).clusters] == ["ferry"]


def row(scenario: str, system: str, shift: float) -> dict[str, Any]:
    moved = {"before": 48.0, "after": 48.0 + shift, "shift": shift, "low": shift - 0.1, "high": shift + 0.1}
    return {
        "scenario": scenario, "set": "multi_news_val", "system": system, "clusters": 9, "rouge1": moved,
        "rouge2": moved, "rougeLsum": moved, "near_duplicate_summaries": 0.01, "seconds_median": 0.02,
        "from_planted": 0.1,
    }  # fmt: skip


def test_only_our_copies_have_a_target() -> None:
    rows = [
        row("copies", "crossbrief_coverage_tfidf", -0.3),
        row("copies", "crossbrief_coverage_minilm", 0.2),
        row("copies", "sumy_lexrank", -4.0),
        row("off_topic_2", "crossbrief_coverage_tfidf", -4.0),
        row("hundred_copies", "crossbrief_coverage_tfidf", 0.25),
    ]
    found = {"planted": rows, "many": {}, "target": {"max_shift": 0.2}}
    assert robustness.missed(found) == [
        "crossbrief_coverage_tfidf, copies: R1 moves by -0.30; the target is 0.2",
    ]
    many = {"ten": [robustness._score_row("lead_first", DATA)]}
    table = robustness.text({**found, "many": many})
    assert "| copies | multi_news_val | crossbrief_coverage_tfidf | 9 | 48.00 → 47.70 | -0.30 [-0.40, -0.20] |" in table
    assert "| ten | lead_first | 3 | 1-4 |" in table
