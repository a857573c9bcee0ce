"""The benchmark: its data, baselines, measures, significance, files, tables and ratchet, on a small made set."""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from benchmarks import __main__ as command
from benchmarks import report, speed
from benchmarks.averages import summarize_measures
from benchmarks.data import Article, DataError, NewsCluster, data_folder, load, split_sentences, spread
from benchmarks.measures import measure_text
from benchmarks.oracle import greedy_oracle
from benchmarks.quality import evaluate, read_results, score_outcomes, write_results
from benchmarks.running import run_system
from benchmarks.significance import compare, paired_bootstrap
from benchmarks.systems import SIMPLE, SYSTEMS, Output, make_system
from summarizer import pipeline
from summarizer.errors import BudgetError

ARTICLES = (
    "The harbour of Aldport was closed on Monday after a crane fell. Nobody was hurt, the port said.\n"
    "He said that repairs would take a week. Ships were sent to Norhaven.",
    "A crane fell in Aldport harbour on Monday and the harbour was closed. Ships wait outside. The owner of the crane"
    " gave no comment. Insurers expect claims of 12 million.",
    "Norhaven takes the ships that Aldport harbour cannot. It has three free berths. The mayor welcomed them.",
)


def cluster(number: int = 0, event: str | None = None) -> dict[str, Any]:
    texts = [f"Report {number}: {text}" for text in ARTICLES]
    row = {
        "id": f"c{number}",
        "documents": [{"text": text, "title": "Crane", "date": "2024-01-01"} for text in texts],
        "references": [f"A crane fell in Aldport and the harbour was closed. Norhaven takes the ships {number}."],
    }
    return row | ({"event": event} if event else {})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = [cluster(i) for i in range(6)]
    (tmp_path / "neus_made.jsonl").write_text("\n".join(map(json.dumps, rows)) + "\n", encoding="utf-8")
    events = [cluster(i, event="ab"[i % 2]) for i in range(4)]
    with gzip.open(tmp_path / "background_made.jsonl.gz", "wt", encoding="utf-8") as stream:
        stream.write("\n".join(map(json.dumps, events)))
    return tmp_path


def first(folder: Path) -> NewsCluster:
    return load(folder, "neus_made").clusters[0]


# --- data


def test_load_knows_budget_digest_and_groups(folder: Path) -> None:
    neus, background = load(folder, "neus_made"), load(folder, "background_made")
    assert (neus.budget, background.budget, load(folder, "neus_made", budget=9).budget) == (65, 155, 9)
    assert len(neus.sha256) == 64
    assert [c.group for c in neus.clusters] == [c.id for c in neus.clusters]
    assert [c.group for c in background.clusters] == ["a", "b", "a", "b"]
    assert neus.clusters[0].documents[0].as_input().keys() == {"text", "title", "published"}
    assert Article("x").as_input() == {"text": "x"}


def test_the_digest_does_not_depend_on_compression(folder: Path) -> None:
    plain = load(folder, "neus_made").sha256
    data = (folder / "neus_made.jsonl").read_bytes()
    (folder / "neus_made.jsonl").unlink()
    (folder / "neus_made.jsonl.gz").write_bytes(gzip.compress(data))
    assert load(folder, "neus_made").sha256 == plain


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "bad.jsonl:1 is not a cluster"),
        ("[]", "is not a cluster"),
        ('{"documents": [{}], "references": ["a"]}', "KeyError"),
        ('{"documents": [{"text": "a"}], "references": []}', "at least one document and one reference"),
        ("", "holds no clusters"),
    ],
)
def test_bad_data_are_named(tmp_path: Path, line: str, message: str) -> None:
    (tmp_path / "bad.jsonl").write_text(line, encoding="utf-8")
    with pytest.raises(DataError, match=message):
        load(tmp_path, "bad")


def test_missing_data_say_what_is_needed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(DataError, match="it has background_made, neus_made"):
        load(folder, "absent")
    monkeypatch.setenv("SUMMARIZER_DATA", str(folder))
    assert data_folder(None) == folder
    with pytest.raises(DataError, match=r"--data or SUMMARIZER_DATA"):
        data_folder(folder / "absent")


def test_spread_takes_the_same_clusters_all_over_the_file(folder: Path) -> None:
    clusters = load(folder, "neus_made").clusters
    assert [c.id for c in spread(clusters, 3)] == ["c0", "c2", "c4"]
    assert spread(clusters, None) == spread(clusters, 99) == clusters


# --- systems


@pytest.mark.parametrize(
    "name", [*SIMPLE, "sumy_lexrank", "sumy_lsa", "sumy_textrank", "sumy_luhn", "sumy_sumbasic", "sumy_kl"]
)
@pytest.mark.parametrize("budget", [4, 25, 1000])
def test_systems_keep_the_budget_and_take_whole_sentences(folder: Path, name: str, budget: int) -> None:
    if name.startswith("sumy"):
        pytest.importorskip("sumy")
    output = make_system(name)(first(folder), budget)
    known = [s for document in first(folder).documents for s in split_sentences(document.text)]
    assert sum(len(s.split()) for s in output.sentences) <= budget
    assert all(s in known for s in output.sentences)
    assert list(output.sentences) == [s for s in known if s in output.sentences]
    assert len(output.sentences) == len(set(output.sentences))
    if budget == 1000 and name != "oracle":
        assert list(output.sentences) == known


def test_leads_start_where_they_say(folder: Path) -> None:
    taken = make_system("lead_first")(first(folder), 30).sentences
    assert taken[:3] == tuple(split_sentences(first(folder).documents[0].text)[:3])
    heads = [split_sentences(document.text)[0] for document in first(folder).documents]
    interleaved = make_system("lead_interleaved")(first(folder), sum(len(head.split()) for head in heads)).sentences
    assert list(interleaved) == heads


def test_random_is_seeded_by_cluster(folder: Path) -> None:
    one, other = load(folder, "neus_made").clusters[:2]
    system = make_system("random", seed=1)
    assert system(one, 30) == system(one, 30)
    picks = {
        tuple(s.replace(f"Report {i}", "Report") for s in system(c, 30).sentences) for i, c in enumerate((one, other))
    }
    assert len(picks) == 2
    assert make_system("random", seed=2)(one, 30) != system(one, 30)


def test_oracle_beats_every_other_choice() -> None:
    sentences = ["alpha beta gamma", "delta epsilon", "alpha beta", "zeta eta theta iota"]
    assert greedy_oracle(sentences, ["alpha beta gamma delta epsilon"], 5) == [0, 1]
    assert greedy_oracle(sentences, ["alpha beta gamma delta epsilon"], 3) == [0]
    assert greedy_oracle(sentences, ["kappa"], 9) == []
    assert greedy_oracle(sentences, ["alpha beta gamma", "kappa alpha beta gamma"], 4) == [0]


@pytest.mark.parametrize("strategy", ["coverage", "lead"])
def test_ours_runs_through_the_public_interface(folder: Path, strategy: str) -> None:
    output = make_system(f"crossbrief_{strategy}_tfidf")(first(folder), 30)
    texts = [document.text for document in first(folder).documents]
    assert 0 < sum(len(s.split()) for s in output.sentences) <= 30
    assert all(any(s in text for text in texts) for s in output.sentences)
    assert output.stated_support is not None
    assert f"select:{strategy}" in output.signature
    assert "words:30" in output.signature


def test_unknown_systems_are_named() -> None:
    with pytest.raises(DataError, match="unknown system 'crossbrief_magic_tfidf'"):
        make_system("crossbrief_magic_tfidf")


# --- measures


def test_measures_of_text(folder: Path) -> None:
    taken = [
        "A crane fell in Aldport harbour on Monday and the harbour was closed.",
        "The harbour of Aldport was closed on Monday after a crane fell.",
        "He said that repairs would take a week.",
        "It has three free berths.",
    ]
    found = measure_text(first(folder), taken)
    assert (found.words, found.sentences, found.pairs, found.documents) == (38, 4, 6, 3)
    assert found.near_duplicates == 1
    assert found.supported == 2
    assert found.orphans == 2


def test_an_opener_is_no_orphan_after_its_own_sentence(folder: Path) -> None:
    pair = ["Nobody was hurt, the port said.", "He said that repairs would take a week."]
    assert measure_text(first(folder), pair).orphans == 0
    assert measure_text(first(folder), pair[::-1]).orphans == 1


def test_fragments_repeat_nothing(folder: Path) -> None:
    assert measure_text(first(folder), ["He said.", "He said."]).near_duplicates == 0
    assert measure_text(first(folder), []).sentences == 0


# --- significance


def test_paired_bootstrap_finds_a_difference_and_none() -> None:
    generator = np.random.default_rng(0)
    base = generator.normal(size=300)
    better = (base + 0.1 + generator.normal(scale=0.1, size=300)).tolist()
    found = paired_bootstrap(better, base.tolist())
    assert found.is_clear
    assert found.low < 0.1 < found.high
    assert (found.n, found.n_groups) == (300, 300)
    assert found == paired_bootstrap(better, base.tolist())
    noise = paired_bootstrap((base + generator.normal(size=300)).tolist(), base.tolist())
    assert noise.low < 0 < noise.high


def test_groups_widen_the_interval() -> None:
    groups = [i // 50 for i in range(200)]
    a = [float(g % 2) for g in groups]
    alone, together = paired_bootstrap(a, [0.0] * 200), paired_bootstrap(a, [0.0] * 200, groups=groups)
    assert together.high - together.low > 3 * (alone.high - alone.low)
    assert together.n_groups == 4


def test_pairs_must_be_pairs() -> None:
    for a, b in (([], []), ([1.0], [1.0, 2.0])):
        with pytest.raises(DataError, match="pairs are needed"):
            paired_bootstrap(a, b)


# --- results, tables


def test_results_files_hold_numbers_and_no_text(folder: Path, tmp_path: Path) -> None:
    data = load(folder, "background_made")
    results = evaluate("lead_first", data, limit=3)
    path = write_results(results, tmp_path / "out")
    assert path.name == "background_made__lead_first.json"
    assert "crane" not in path.read_text(encoding="utf-8").lower()
    (again,) = read_results(tmp_path / "out")
    assert again == json.loads(json.dumps(results))
    assert again["data"] == {"sha256": data.sha256, "clusters": 4, "used": 3}
    assert "groups:2" in again["rouge"]
    assert [row["group"] for row in again["clusters"]] == ["a", "b", "a"]
    mean = np.mean([row["rouge1"][2] for row in again["clusters"]])
    assert again["scores"]["rouge1"]["fmeasure"]["mean"] == pytest.approx(mean, abs=1e-5)


def test_two_processes_give_the_same_summaries(folder: Path) -> None:
    clusters = load(folder, "neus_made").clusters
    one = [outcome.output for outcome in run_system("random", clusters, 30)]
    assert [outcome.output for outcome in run_system("random", clusters, 30, jobs=2)] == one


def test_a_system_that_gives_nothing_scores_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(cluster: NewsCluster, budget: int) -> Output:
        raise BudgetError("no sentence fits")

    monkeypatch.setattr("benchmarks.running.make_system", lambda name, seed: refuse)
    clusters = load(folder, "neus_made").clusters
    outcomes = run_system("any", clusters, 1)
    assert score_outcomes(clusters, outcomes)["rouge1"].recall.mean == 0
    assert summarize_measures(outcomes)["failed"] == 6


def test_comparison_pairs_the_clusters_that_both_hold(folder: Path) -> None:
    data = load(folder, "neus_made")
    oracle, lead = evaluate("oracle", data), evaluate("random", data, limit=3)
    found = compare(oracle, lead, "rouge1")
    assert (found.n, found.mean > 0) == (3, True)
    with pytest.raises(DataError, match="cannot be compared: set"):
        compare(oracle, evaluate("oracle", load(folder, "background_made")), "rouge1")
    with pytest.raises(DataError, match="budget"):
        compare(oracle, evaluate("oracle", load(folder, "neus_made", budget=20)), "rouge1")


# --- speed


def test_time_in_turn_alternates() -> None:
    calls: list[str] = []
    times = speed.time_in_turn(lambda: calls.append("a"), lambda: calls.append("b"), 3)
    assert calls == list("abababab")
    assert [len(side) for side in times] == [3, 3]
    assert speed.describe_ratio([2, 4, 9], [1, 1, 3]) == {"median": 3, "min": 2, "max": 4}


def test_timed_embedder_counts() -> None:
    class Fixed:
        name = "fixed"

        def encode(self, sentences: list[str]) -> np.ndarray:
            return np.ones((len(sentences), 2), dtype=np.float32)

    timed = speed.TimedEmbedder(Fixed())  # type: ignore[arg-type]
    assert timed.encode(["a", "b"]).shape == (2, 2)
    assert (timed.sentences, timed.name) == (2, "fixed")
    assert timed.seconds > 0


def test_missed_targets_are_named() -> None:
    found = {
        "against_sumy": {"ratio": {"median": 3.9}, "target": {"min_ratio": 4}},
        "beyond_encoding": {"beyond_encoding_clock_ms": {"median": 59}, "target": {"max_ms": 60}},
        "import": {"ratio": {"median": 0.5}, "target": {"max_ratio": 0.33}},
    }
    assert [line.split(":")[0] for line in speed.missed(found)] == ["sumy LexRank / ours", "import"]
    found["clusters_of_75"] = {"ratio": {"median": 6.1}, "target": {"min_ratio": 6}}
    assert [line.split(":")[0] for line in speed.missed(found)] == ["import"], "the clusters decide where there are any"


def test_speed_is_measured_on_clusters_stage_by_stage(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("sumy")
    (folder / "neus_made.jsonl").rename(folder / "multi_news_val.jsonl")
    assert speed.typical_clusters(folder) == []
    monkeypatch.setattr(speed, "TYPICAL_SENTENCES", (5, 15))
    clusters = speed.typical_clusters(folder)
    before = dict(vars(pipeline))
    found = speed.on_clusters(clusters[:2], n=2)
    assert dict(vars(pipeline)) == before, "what was timed is put back"
    assert found["clusters"] == 2
    assert 0 < found["ratio"]["low"] <= found["ratio"]["median"] <= found["ratio"]["high"]
    assert {"reading", "language", "cleaning", "segmentation", "clustering", "selection"} <= found["stages_ms"].keys()
    assert "Where the time" in report.speed_section(
        {
            "against_sumy": found | {"ratio": {"median": 1.0, "min": 1.0, "max": 1.0}},
            "beyond_encoding": {
                "embedder": "e",
                "beyond_encoding_clock_ms": {"median": 1.0},
                "encoding_ms": 1.0,
                "sentences": 1,
                "target": {"max_ms": 1},
            },
            "import": {
                "ratio": {"median": 1.0},
                "summarizer_ms": 1.0,
                "sklearn_text_ms": 1.0,
                "target": {"max_ratio": 1.0},
            },
            "clusters_of_75": found,
        }
    )


def test_speed_is_measured_on_the_seeds() -> None:
    pytest.importorskip("sumy")

    class Letters:
        """Vectors of letter counts: enough to be timed."""

        def encode(self, sentences: list[str]) -> np.ndarray:
            return np.array([[s.count(c) + 1 for c in "abcdefghij"] for s in sentences], dtype=np.float32)

    texts = speed.read_seeds()[:2]
    found = speed.against_sumy(texts, n=1)
    assert found["ratio"]["min"] <= found["ratio"]["median"] <= found["ratio"]["max"]
    rest = speed.beyond_encoding(texts, Letters, n=1)  # type: ignore[arg-type]
    assert rest["embedder"] == "Letters"
    assert rest["sentences"] > 10
    assert rest["beyond_encoding_ms"]["median"] > 0


def test_speed_needs_the_seeds(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="holds no"):
        speed.read_seeds(tmp_path)


# --- the command


def test_without_data_the_command_says_so_and_exits_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["run", "--data", str(tmp_path / "absent"), "--set", "neus_val"]) == 2
    assert "is not a folder" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments", [["run"], ["run", "--set", "x", "--systems", "magic"], ["measure", "nothing"], []]
)
def test_usage_errors_exit_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        command.main(arguments)
    assert caught.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_measure_calls_the_module_of_a_stage(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    module = ModuleType("benchmarks.origins")
    module.measure = lambda data: {"folder": data.name, "share": 0.5}  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "benchmarks.origins", module)
    arguments = ["measure", "origins", "--data", str(folder), "--out", str(folder), "--write"]
    assert command.main(arguments) == 0
    assert '"share": 0.5' in capsys.readouterr().out
    assert json.loads((folder / "measure_origins.json").read_text(encoding="utf-8"))["share"] == 0.5
    monkeypatch.setitem(sys.modules, "benchmarks.origins", None)
    assert command.main(arguments) == 2


def test_every_name_is_its_own_file() -> None:
    assert len(set(SYSTEMS)) == len(SYSTEMS)
    assert all(name.replace("_", "").isalnum() for name in SYSTEMS)
