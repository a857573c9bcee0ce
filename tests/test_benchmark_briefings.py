"""What the benchmark says of a rewriter: counts that add up, comparisons in pairs, and no texts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from benchmarks import __main__, briefings
from benchmarks.briefings import ShortestSource, TimedRewriter, flesch, measure_briefings, missed
from summarizer import rewriting, summarize

CLUSTERS = [
    {
        "id": f"made-{place}",
        "documents": [
            {"text": f"A storm closed the port of {place} on Monday and cut power to 40,000 homes. Schools stay shut."},
            {"text": f"The port of {place} was closed by a storm on Monday, which cut power to 40,000 homes."},
            {"text": f"A storm on Monday closed the {place} port, and 40,000 homes lost power. Ferries turned back."},
        ],
        "references": [f"A storm closed the port of {place} and 40,000 homes lost power."],
    }
    for place in ("Odessa", "Varna", "Genoa")
]


@pytest.fixture(name="data")
def _data(tmp_path: Path) -> Path:
    lines = "\n".join(json.dumps(cluster) for cluster in CLUSTERS)
    (tmp_path / "multi_news_val.jsonl").write_text(lines, encoding="utf-8")
    return tmp_path


@pytest.fixture(name="plain", autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """No encoder, so that it is quick; the made clusters are alike enough for words."""
    monkeypatch.setattr(briefings, "held_out_weights", lambda cluster: None)
    monkeypatch.setattr(briefings, "summarize", partial(summarize, embedder="tfidf", cluster_threshold=0.2))


def strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for one in value.values() for text in strings(one)]
    if isinstance(value, list):
        return [text for one in value for text in strings(one)]
    return [value] if isinstance(value, str) else []


def test_counts_add_up_and_no_text_is_kept(data: Path) -> None:
    found = measure_briefings(data, ShortestSource(), repeats=1)
    news = found["multi_news"]
    assert news["briefings"] == 3
    assert sum(news["outcomes"].values()) == news["statements"]
    assert news["outcomes"]["rewritten"] == news["copies_of_another_source"] > 0
    assert news["words_saved"]["all"] == 3 * (news["measures"]["words"]["before"] - news["measures"]["words"]["after"])
    for row in (*news["measures"].values(), *news["rouge"].values()):
        assert row["change"]["mean"] == pytest.approx(row["after"] - row["before"])
        assert row["change"]["low"] <= row["change"]["mean"] <= row["change"]["high"]
    assert found["seeds"]["time"]["with_seconds"] > 0
    assert not any("storm" in text or "Odessa" in text for text in strings(found))
    assert json.loads(json.dumps(found)) == found
    assert "rewriter shortest-source" in briefings.text(found)


def test_a_rewriter_that_offers_nothing_changes_nothing(data: Path) -> None:
    class Silent:
        name = "silent"

        def rewrite(self, clusters: Sequence[Sequence[str]], /) -> list[list[str]]:
            return [[] for _ in clusters]

    news = measure_briefings(data, Silent(), limit=2, repeats=1)["multi_news"]
    assert news["briefings"] == 2
    assert news["outcomes"]["rewritten"] == news["words_saved"]["all"] == 0
    for row in (*news["measures"].values(), *news["rouge"].values()):
        assert row["change"] == {"mean": 0, "low": 0, "high": 0}


def test_the_choice_of_clusters_is_seeded(data: Path) -> None:
    asked = TimedRewriter(ShortestSource())
    first = measure_briefings(data, asked, limit=1, seed=5, repeats=1)["multi_news"]["measures"]
    again = measure_briefings(data, ShortestSource(), limit=1, seed=5, repeats=1)["multi_news"]["measures"]
    assert first == again
    assert asked.clusters > 0
    assert asked.seconds > 0


def test_the_target_is_the_time_it_adds() -> None:
    assert missed({"seeds": {"time": {"added_seconds": 4.9}}}) == []
    assert missed({"seeds": {"time": {"added_seconds": 6.0}}}) == [
        "6.0 s added to the briefing of the seeds: at most 5 wanted"
    ]


def test_flesch() -> None:
    """Six syllables in two sentences of three words: 206.835 - 1.015 * 3 - 84.6."""
    assert flesch(["The cat sat.", "A dog ran."]) == pytest.approx(206.835 - 1.015 * 3 - 84.6)
    assert flesch(["The table came."]) == pytest.approx(206.835 - 1.015 * 3 - 84.6 * 4 / 3)
    assert flesch(["The cat sat."]) > flesch(["Considerable institutional responsibility predominated."])
    assert flesch(["12 – 14."]) == 0


def test_the_command_writes_one_file_a_rewriter(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(rewriting, "load_rewriter", lambda name, aim: ShortestSource())
    for arguments, name in ((["--rewriter", "shortest"], "briefings_shortest.json"), ([], "briefings.json")):
        out = tmp_path / "out"
        command = ["briefings", "--data", str(data), "--limit", "1", "--repeats", "1", "--out", str(out), *arguments]
        assert __main__.main(command) == 0
        assert json.loads((out / name).read_text(encoding="utf-8"))["rewriter"] == "shortest-source"
    assert "statements: rewritten" in capsys.readouterr().out
