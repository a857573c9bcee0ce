"""The benchmark of compression: the systems keep to the budget, and its table is that of its results."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from benchmarks import compress
from benchmarks.systems.compressors import NAMES, OURS, count_tokens, make_compressors
from tests.conftest import ROOT

TEXTS = [
    "The river burst its banks on Tuesday. Four people were killed, the fire brigade said. Schools are shut until May.",
    "The cup final was lost on penalties in Wrexley. It was the third final in a row that the club has lost.",
]


@pytest.fixture(scope="module")
def results() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((ROOT / "benchmarks" / "results" / "compress.json").read_text("utf-8"))
    return found


@pytest.mark.parametrize("name", [name for name in NAMES if name != "trimwise"])
@pytest.mark.parametrize("query", [None, "How many people were killed?"])
def test_every_system_keeps_to_the_budget(name: str, query: str | None) -> None:
    kept = make_compressors([name])[name](TEXTS, query, 24)
    assert kept
    assert all(text in TEXTS[number] for number, text in kept)
    assert count_tokens("\n".join(text for _, text in kept)) <= 24


def test_tfidf_and_ours_find_the_answer() -> None:
    for name in ("crossbrief, words only", "tfidf"):
        kept = make_compressors([name])[name](TEXTS, "How many people were killed?", 24)
        assert any("Four people were killed" in text for _, text in kept)


def test_the_page_holds_what_was_measured(results: dict[str, Any]) -> None:
    page = (ROOT / "docs" / "compress.md").read_text("utf-8")
    table = compress.text(results)
    for name in (OURS, "crossbrief, words only", "crossbrief, not filled", "tfidf", "trimwise", "lead"):
        row = next(line for line in table.splitlines() if line.startswith(f"| {name} | "))
        assert row.removeprefix(f"| {name} ") in page
    for set_name in ("neus_val", "multi_news_val"):
        ours = results["clusters"][set_name]["systems"][OURS]
        assert " | ".join(f"{100 * ours[str(budget)]['recall']:.1f}" for budget in results["budgets"]) in page


def test_a_missed_target_is_named(results: dict[str, Any]) -> None:
    assert compress.missed(results) == []
    worse = copy.deepcopy(results)
    worse["questions"]["systems"][OURS]["128"]["held out"]["share"] = 0.5
    assert compress.missed(worse) == ["answering sentences kept at 128 tokens: 0.5 < 0.85"]
