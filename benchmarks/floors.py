"""The file of floors: its shape, and whether any of its versions lowered a floor without saying so."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from itertools import pairwise
from math import isfinite
from pathlib import Path
from typing import Any, Final

from benchmarks.data import DataError

FLOORS: Final = Path(__file__).with_name("floors.json")
#: Set, slice, system, metric.
Key = tuple[str, int, str, str]
NAMES: Final = ("set", "slice", "system", "metric")

Floors = Mapping[str, Any]


def key_of(floor: Mapping[str, Any]) -> Key:
    """Give what a floor is looked up by."""
    return str(floor["set"]), int(floor["slice"]), str(floor["system"]), str(floor["metric"])


def read_floors(path: Path) -> dict[str, Any]:
    """Read the floors: ``{"data": {set: sha256}, "floors": [{set, slice, system, metric, floor}], "lowered": [...]}``.

    :raises DataError: if nothing is pinned yet, or the file has another shape; a floor that is no number never fails.
    """
    if not path.is_file():
        raise DataError(f"{path} does not exist: no floor is pinned yet; run python -m benchmarks gate --pin")
    return parse_floors(path.read_text(encoding="utf-8"), str(path))


def parse_floors(text: str, name: str) -> dict[str, Any]:
    """Parse and check a file of floors.

    :param name: what errors name.
    :raises DataError: as :func:`read_floors`.
    """
    try:
        found: dict[str, Any] = json.loads(text)
        keys = [key_of(floor) for floor in found["floors"]]
        numbers = all(isinstance(f["floor"], int | float) and isfinite(f["floor"]) for f in found["floors"])
        pinned = {str(name): str(digest) for name, digest in found["data"].items()}
        recorded = all(entry["reason"].strip() and entry["floor"] for entry in found["lowered"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DataError(f"{name} is not a file of floors ({error!r}); take it from version control") from error
    problems = {
        "a floor stands twice": len(set(keys)) < len(keys),
        "a floor is not a number": not numbers,
        "a set has floors and no digest": not {key[0] for key in keys} <= pinned.keys(),
        "a lowered floor has no reason": not recorded,
    }
    for problem, present in problems.items():
        if present:
            raise DataError(f"{name}: {problem}; take it from version control")
    return found


def line_of(key: Key, before: float, after: float | None) -> str:
    """Write a lowered floor as it is recorded; None for one that is gone."""
    return f"{' '.join(map(str, key))}: {before} -> {after}"


def lowered_silently(old: Floors, new: Floors) -> list[str]:
    """Name every floor that a later version of the file lowers, drops or moves to other data without a record.

    The record itself only grows.
    """
    before, after = ({key_of(floor): floor["floor"] for floor in version["floors"]} for version in (old, new))
    kept = new["lowered"][: len(old["lowered"])]
    recorded = {entry["floor"] for entry in new["lowered"][len(old["lowered"]) :]}
    problems = [] if kept == old["lowered"] else ["the record of lowered floors was shortened or changed"]
    for key, standing in before.items():
        now = after.get(key)
        moved = old["data"].get(key[0]) != new["data"].get(key[0])
        if (now is None or now < standing or moved) and line_of(key, standing, now) not in recorded:
            why = (
                "other data"
                if moved and now is not None and now >= standing
                else "lowered"
                if now is not None
                else "gone"
            )
            problems.append(f"{line_of(key, standing, now)} ({why}) without a reason in the file")
    return problems


def check_history(path: Path = FLOORS) -> list[str]:
    """Compare every version of the file that version control has, in turn, and the one that lies there now.

    :return: what :func:`lowered_silently` names, with the commit; nothing where there is no history to look at.
    """
    versions = [*_revisions(path), ("the working copy", path.read_text(encoding="utf-8"))]
    floors = [(name, parse_floors(text, f"{path.name} of {name}")) for name, text in versions]
    return [
        f"{name}: {problem}" for (_, old), (name, new) in pairwise(floors) for problem in lowered_silently(old, new)
    ]


def _revisions(path: Path) -> list[tuple[str, str]]:
    """Give commit and content of each version on the line of first parents, oldest first."""
    commits = _git(path, "log", "--first-parent", "--reverse", "--format=%h", "--", path.name)
    found = []
    for commit in (commits or "").split():
        text = _git(path, "show", f"{commit}:./{path.name}")
        if text is not None:
            found.append((commit, text))
    return found


def _git(path: Path, *arguments: str) -> str | None:
    """Run git in the folder of the file; None without git, without a repository, or where the file was not there."""
    try:
        done = subprocess.run(["git", *arguments], cwd=path.parent, capture_output=True, text=True, check=False)
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None
