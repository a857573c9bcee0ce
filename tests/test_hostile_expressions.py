"""Every regular expression takes a time of the length of its text; the command that tries all hostile cases."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks import hostile
from benchmarks.data import DataError
from benchmarks.hostile.attacks import N_ATTACKS, attacks
from benchmarks.hostile.expressions import Expression, judge
from benchmarks.hostile.rows import ROWS
from tests.conftest import ROOT


def test_every_expression_is_quick() -> None:
    """A quick run: one small size, and in full what is slow there."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.hostile.expressions", "--quick"], capture_output=True, text=True, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["faults"] == []
    assert found["expressions"] > 500


@pytest.mark.parametrize(("pattern", "use"), [(r"(a+)+b", "match"), (r"(\d+)(?:,\d+)* %", "search")])
def test_what_backtracks_is_found(pattern: str, use: str) -> None:
    expression = Expression("made", re.compile(pattern, re.DOTALL), frozenset({use}))
    assert judge(expression, quick=True)["fault"]


def test_what_is_read_again_from_every_place_is_found() -> None:
    """No backtracking, yet a search begins anew at every letter of a word: squares, if small ones."""
    expression = Expression("made", re.compile(r"[a-z]++\("), frozenset({"search"}))
    assert judge(expression)["fault"]


@pytest.mark.parametrize("pattern", [r"\bcat\b", r"\b[a-z]++\(", r"(?<!\s)\s++\Z", r"\d{1,9}%", r"“[^“”]{1,80}”"])
def test_what_does_not_is_passed(pattern: str) -> None:
    expression = Expression("made", re.compile(pattern), frozenset({"search"}))
    assert judge(expression, quick=True)["fault"] == ""


def test_attacks_are_made_of_the_expression() -> None:
    made = attacks(re.compile(r"by the (?:count|tally) of [A-Z]\w+"), 1_000)
    assert len(made) == N_ATTACKS
    assert {len(text) for text in made} == {1_000}
    assert any(text.startswith("by the ") for text in made)
    assert made == attacks(re.compile(r"by the (?:count|tally) of [A-Z]\w+"), 1_000)


# --- the command ----------------------------------------------------------------------------------------------------


def test_rows_name_tests_that_exist() -> None:
    for row in ROWS:
        assert row.tests or row.figures
        for argument in row.tests:
            path, _, name = argument.partition("::")
            if path.startswith("tests/"):
                assert f"def {name}" in (ROOT / path).read_text(encoding="utf-8")


def test_figures_are_functions() -> None:
    for row in ROWS:
        assert not row.figures or callable(getattr(hostile.figures, row.figures))


def test_a_row_that_misses_says_so(tmp_path: Path) -> None:
    found = {
        "rows": {
            "texts": {"passed": 1, "failed": 0, "skipped": 0},
            "budgets": {"passed": 27, "failed": 1, "skipped": 0},
            "gate": {"figures": "98 %", "met": False},
            "paths": {"passed": 0, "failed": 0, "skipped": 3},
        }
    }
    assert hostile.missed(found) == [
        "budgets: 27 tests passed; 1 failed", "gate: 98 %", "paths: 0 tests passed; 3 skipped",
    ]  # fmt: skip
    page = tmp_path / "page.md"
    page.write_text(f"before\n{hostile.START}\nbygone\n{hostile.END}\nafter\n", encoding="utf-8")
    hostile.write_page(found, page)
    text = page.read_text(encoding="utf-8")
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert text.count("**missed:**") == 3
    assert "bygone" not in text
    page.write_text("no markers", encoding="utf-8")
    with pytest.raises(DataError, match="needs two lines"):
        hostile.write_page(found, page)


def test_what_fails_is_tried_once_more(monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[list[str]] = []

    def run(names: Any, *, quick: bool) -> dict[str, str]:
        runs.append(list(names))
        first = {"a::slow": "failed", "a::wrong": "failed", "a::fine": "passed", "a::away": "skipped"}
        return first if len(runs) == 1 else {"a::slow": "passed", "a::wrong": "failed"}

    monkeypatch.setattr(hostile, "_pytest", run)
    found = hostile._test(["a"], quick=True)
    assert runs == [["a"], ["a::slow", "a::wrong"]]
    assert found == {"passed": 2, "failed": 1, "skipped": 1, "again": 1}
    assert hostile.outcome(found) == "2 tests passed, 1 at the second try; 1 failed; 1 skipped"
    assert not hostile.is_met(found)
    assert hostile.outcome({"passed": 1, "failed": 0, "skipped": 0}) == "1 test passed"


def test_a_row_is_saved_when_it_is_done_and_takes_no_other_with_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def run(row: Any, folder: Path, *, quick: bool) -> dict[str, Any]:
        if row.name == "gate":
            raise DataError("no figures")
        return {"cases": "few", "passed": 1, "failed": 0, "skipped": 0}

    monkeypatch.setattr(hostile, "_run", run)
    saved: list[list[str]] = []
    told: list[str] = []
    names = ("texts", "gate", "models")
    found = hostile.measure(names, tmp_path, tell=told.append, save=lambda rows: saved.append(list(rows["rows"])))
    assert saved == [["texts"], ["texts", "gate"], ["texts", "gate", "models"]]
    assert hostile.missed(found) == ["gate: broke down: no figures"]
    assert told[-1] == "models: 1 test passed (0 s)"


def test_the_page_shows_what_was_found() -> None:
    found = json.loads((ROOT / "benchmarks" / "results" / "hostile.json").read_text(encoding="utf-8"))
    assert hostile.text(found) in hostile.PAGE.read_text(encoding="utf-8")
    assert set(found["rows"]) == set(hostile.NAMES)
