"""The ratchet: no floor falls, goes, or moves to other slices or data without a reason that stays."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from benchmarks import __main__ as command
from benchmarks import floors, gate
from benchmarks.data import DataError, data_folder
from benchmarks.systems import DEFAULT_SYSTEM

DIGESTS = {"neus_made": "aa"}


def reached(value: float, metric: str = "rouge1", system: str = "lead_first", n: int = 3) -> gate.Reached:
    return gate.Reached("neus_made", n, system, metric, value)


def edit(path: Path, change: Any) -> None:
    """Change the file by hand."""
    held = json.loads(path.read_text(encoding="utf-8"))
    change(held)
    path.write_text(json.dumps(held), encoding="utf-8")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "floors.json"
    assert gate.pin(path, DIGESTS, [reached(40.0), reached(10.0, "rouge2")]) == []
    return path


# --- pinning


def test_nothing_pinned_is_said(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no floor is pinned"):
        gate.read_floors(tmp_path / "floors.json")


def test_what_is_within_the_margin_stands(path: Path) -> None:
    pinned = gate.read_floors(path)
    assert gate.fallen(pinned, DIGESTS, [reached(39.7), reached(9.9, "rouge2")]) == []
    fell = gate.fallen(pinned, DIGESTS, [reached(39.5), reached(10.0, "rouge2")])
    assert fell == ["neus_made 3 lead_first rouge1: 39.50 is below the floor 39.70"]


def test_pinning_lowers_and_drops_nothing_silently(path: Path) -> None:
    before = path.read_bytes()
    lower = [reached(39.5), reached(10.0, "rouge2")]
    assert gate.pin(path, DIGESTS, lower) == ["neus_made 3 lead_first rouge1: 39.7 -> 39.2"]
    assert gate.pin(path, DIGESTS, lower, allow_lower="  ") == ["neus_made 3 lead_first rouge1: 39.7 -> 39.2"]
    assert gate.pin(path, DIGESTS, [reached(41.0)]) == ["neus_made 3 lead_first rouge2: 9.7 -> None"]
    other_slice = [reached(50.0, n=2), reached(50.0, "rouge2")]
    assert gate.pin(path, DIGESTS, other_slice) == ["neus_made 3 lead_first rouge1: 39.7 -> None"]
    assert path.read_bytes() == before


def test_pinning_on_other_data_needs_a_reason_even_when_more_is_reached(path: Path) -> None:
    before, figures = path.read_bytes(), [reached(39.8), reached(50.0, "rouge2")]
    refused = gate.pin(path, {"neus_made": "bb"}, figures)
    assert refused == ["neus_made 3 lead_first rouge1: 39.7 -> 39.5", "neus_made 3 lead_first rouge2: 9.7 -> 49.7"]
    assert path.read_bytes() == before
    assert gate.pin(path, {"neus_made": "bb"}, figures, allow_lower="the set was corrected") == []
    assert {entry["reason"] for entry in gate.read_floors(path)["lowered"]} == {"the set was corrected"}


def test_pinning_raises_and_keeps(path: Path) -> None:
    # A figure within the margin of the floor keeps the floor; a better one raises it.
    assert gate.pin(path, DIGESTS, [reached(39.8), reached(11.0, "rouge2")]) == []
    assert {f["metric"]: f["floor"] for f in gate.read_floors(path)["floors"]} == {"rouge1": 39.7, "rouge2": 10.7}


def test_reasons_stay(path: Path) -> None:
    for value, reason in ((30.0, "scorer changed"), (20.0, "another tokenizer")):
        assert gate.pin(path, DIGESTS, [reached(value), reached(11.0, "rouge2")], allow_lower=reason) == []
    assert gate.read_floors(path)["lowered"] == [
        {"reason": "scorer changed", "floor": "neus_made 3 lead_first rouge1: 39.7 -> 29.7"},
        {"reason": "another tokenizer", "floor": "neus_made 3 lead_first rouge1: 29.7 -> 19.7"},
    ]


# --- checking


def test_the_gate_fails_on_other_data_and_on_what_was_not_measured(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    gate.pin(path, {"neus_made": "a" * 64}, [reached(40.0)])
    found = gate.fallen(gate.read_floors(path), {"neus_made": "b" * 64}, [])
    assert "the data changed (now bbbbbbbbbbbb, pinned aaaaaaaaaaaa)" in found[0]
    assert "not measured" in found[1]


def test_a_deleted_floor_is_missed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "SLICES", {"neus_made": 3})
    monkeypatch.setattr(gate, "SYSTEMS", ("lead_first", "random"))
    monkeypatch.setattr(gate, "METRICS", ("rouge1", "rouge2"))
    named = ["neus_made 3 random rouge1: no floor is pinned", "neus_made 3 random rouge2: no floor is pinned"]
    assert gate.unpinned(gate.read_floors(path)) == named
    assert gate.unpinned(gate.read_floors(path), ["lead_first"]) == []
    monkeypatch.setattr(gate, "SLICES", {"neus_made": 2})
    assert len(gate.unpinned(gate.read_floors(path))) == 4


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda held: held["floors"][0].update(floor=float("nan")), "not a number"),
        (lambda held: held["floors"][0].update(floor="0"), "not a number"),
        (lambda held: held["floors"].append({**held["floors"][0], "floor": 0}), "stands twice"),
        (lambda held: held["data"].clear(), "no digest"),
        (lambda held: held["lowered"].append({"reason": " ", "floor": "x"}), "no reason"),
        (lambda held: held.pop("floors"), "is not a file of floors"),
        (lambda held: held["floors"][0].pop("slice"), "is not a file of floors"),
    ],
)
def test_a_broken_file_is_refused(path: Path, change: Any, message: str) -> None:
    edit(path, change)
    with pytest.raises(DataError, match=message):
        gate.read_floors(path)


# --- history


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda held: held["floors"][0].update(floor=39.0), "rouge1: 39.7 -> 39.0 (lowered) without a reason"),
        (lambda held: held["floors"].pop(0), "rouge1: 39.7 -> None (gone) without a reason"),
        (lambda held: held["floors"][0].update(slice=2), "rouge1: 39.7 -> None (gone) without a reason"),
        (lambda held: held["data"].update(neus_made="bb"), "rouge1: 39.7 -> 39.7 (other data) without a reason"),
    ],
)
def test_changes_by_hand_are_found(path: Path, change: Any, problem: str) -> None:
    old = gate.read_floors(path)
    edit(path, change)
    found = floors.lowered_silently(old, gate.read_floors(path))
    assert f"neus_made 3 lead_first {problem} in the file" in found


def test_what_is_recorded_or_raised_is_no_problem(path: Path) -> None:
    old = gate.read_floors(path)
    gate.pin(path, {"neus_made": "bb"}, [reached(30.0), reached(50.0, "rouge2")], allow_lower="corrected")
    new = gate.read_floors(path)
    assert floors.lowered_silently(old, new) == []
    assert floors.lowered_silently(new, {**new, "lowered": new["lowered"][1:]}) == [
        "the record of lowered floors was shortened or changed"
    ]
    # An old reason does not serve again.
    gate.pin(path, {"neus_made": "bb"}, [reached(60.0), reached(60.0, "rouge2")])
    raised = gate.read_floors(path)
    again = {**new, "lowered": raised["lowered"]}
    assert len(floors.lowered_silently(raised, again)) == 2


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_every_commit_is_checked(path: Path) -> None:
    def git(*arguments: str) -> None:
        identity = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *identity, *arguments], cwd=path.parent, check=True, capture_output=True)

    assert floors.check_history(path) == []
    git("init", "-q")
    git("add", path.name)
    git("commit", "-qm", "pin")
    edit(path, lambda held: held["floors"][0].update(floor=1.0))
    assert "the working copy: neus_made 3 lead_first rouge1: 39.7 -> 1.0 (lowered)" in floors.check_history(path)[0]
    git("commit", "-qam", "lower")
    edit(path, lambda held: held["floors"][0].update(floor=2.0))
    (found,) = floors.check_history(path)
    assert "rouge1: 39.7 -> 1.0 (lowered)" in found
    assert not found.startswith("the working copy")


# --- the command


def test_gate_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    row = {"documents": [{"text": "Alpha beta gamma. Delta epsilon."}], "references": ["Alpha beta."]}
    (tmp_path / "neus_made.jsonl").write_text("\n".join([json.dumps(row)] * 4), encoding="utf-8")
    monkeypatch.setattr(gate, "SLICES", {"neus_made": 3})
    monkeypatch.setattr(gate, "SYSTEMS", ("lead_first", "random"))
    path = tmp_path / "floors.json"
    base = ["gate", "--data", str(tmp_path), "--floors", str(path)]
    assert command.main(base) == 2
    assert command.main([*base, "--pin"]) == 0
    assert command.main(base) == 0
    assert {f["metric"] for f in gate.read_floors(path)["floors"]} == set(gate.METRICS)
    capsys.readouterr()
    assert command.main([*base, "--systems", "lead_first"]) == 0
    assert "random" not in capsys.readouterr().out
    edit(path, lambda held: held["floors"][0].update(floor=101))
    assert command.main(base) == 1
    assert "MISSED neus_made 3 lead_first" in capsys.readouterr().out
    assert command.main([*base, "--pin"]) == 1
    edit(path, lambda held: held["floors"].clear())
    assert command.main(base) == 1
    assert capsys.readouterr().out.count("no floor is pinned") == 2 * len(gate.METRICS)


# --- the floors of this repository


def test_the_default_has_floors_and_none_was_lowered_silently() -> None:
    pinned = gate.read_floors(gate.FLOORS)
    assert DEFAULT_SYSTEM in gate.SYSTEMS
    assert gate.unpinned(pinned) == []
    assert floors.check_history() == []


@pytest.mark.no_cover  # twice as quick
def test_quality_has_not_fallen() -> None:
    """The gate on what is quick, where the data are; `make gate` checks the default with the encoder too."""
    try:
        folder = data_folder(None)
    except DataError:
        pytest.skip("the data to measure on are not here; see benchmarks/README.md")
    systems = ["crossbrief_coverage_tfidf"]
    pinned = gate.restrict(gate.read_floors(gate.FLOORS), systems)
    slices = {floor["set"]: floor["slice"] for floor in pinned["floors"]}
    digests, figures = gate.measure_slices(folder, slices=slices, systems=systems)
    assert gate.fallen(pinned, digests, figures) == []
