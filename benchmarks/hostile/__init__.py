"""The hostile cases, all of them: ``python -m benchmarks hostile [--only NAMES] [--quick]``.

Runs the tests of each case in their full number and what is measured beside them, writes ``hostile.json`` and, between
two markers, the table of ``docs/security.md``. Rows that are not run keep what was found before.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks.data import REPOSITORY, DataError
from benchmarks.hostile import figures
from benchmarks.hostile.rows import ROWS, Row
from benchmarks.tables import table

NAMES: Final = tuple(row.name for row in ROWS)
PAGE: Final = REPOSITORY / "docs" / "security.md"
START: Final = "<!-- hostile cases: written by python -m benchmarks hostile -->"
#: More failures than these are no matter of time.
_MOST_AGAIN: Final = 10
END: Final = "<!-- end of hostile cases -->"


def measure(
    names: Sequence[str],
    folder: Path,
    *,
    quick: bool = False,
    tell: Callable[[str], None],
    save: Callable[[dict[str, Any]], None] = lambda found: None,
) -> dict[str, Any]:
    """Run rows, and give them with those that were found before.

    All rows take half an hour: each is saved when it is done, and one that breaks down does not end the others.

    :param names: of :data:`NAMES`.
    :param folder: of results.
    :param quick: few cases of each, as in every run of the tests.
    :param tell: told which row is run, and what it gave.
    :param save: given all rows whenever one is done.
    """
    path = folder / "hostile.json"
    before = json.loads(path.read_text(encoding="utf-8"))["rows"] if path.is_file() else {}
    rows = {row.name: before[row.name] for row in ROWS if row.name in before}
    for row in ROWS:
        if row.name not in names:
            continue
        tell(f"{row.name} …")
        start = time.monotonic()
        try:
            rows[row.name] = _run(row, folder, quick=quick)
        except DataError as error:
            rows[row.name] = {"cases": "few" if quick else "all", "figures": f"broke down: {error}", "met": False}
        tell(f"{row.name}: {outcome(rows[row.name])} ({time.monotonic() - start:.0f} s)")
        save(_in_order(rows))
    return _in_order(rows)


def _in_order(rows: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    return {"rows": {name: rows[name] for name in NAMES if name in rows}}


def _run(row: Row, folder: Path, *, quick: bool) -> dict[str, Any]:
    found: dict[str, Any] = {"cases": "few" if quick else "all"}
    if row.tests:
        found |= _test(row.tests, quick=quick)
    if row.figures:
        figure = getattr(figures, row.figures)(folder)
        found["figures"], found["met"] = figure or ("not measured yet", False)
    return found


def _test(arguments: Sequence[str], *, quick: bool) -> dict[str, Any]:
    """Run tests; only counts are kept. What fails is tried once more by itself: limits of time fail on a busy machine.

    :raises DataError: if pytest does not run.
    """
    cases = _pytest(arguments, quick=quick)
    again = [name for name, state in cases.items() if state == "failed"]
    if again and len(again) <= _MOST_AGAIN:
        second = _pytest(again, quick=quick)
        cases |= {name: "again" if second.get(name) == "passed" else "failed" for name in again}
    counts = Counter(cases.values())
    found = {"passed": counts["passed"] + counts["again"], "failed": counts["failed"], "skipped": counts["skipped"]}
    return found | ({"again": counts["again"]} if counts["again"] else {})


def _pytest(arguments: Sequence[str], *, quick: bool) -> dict[str, str]:
    """Give each test by its name for pytest, and whether it passed, failed or was skipped."""
    with tempfile.TemporaryDirectory() as made:
        report = Path(made) / "report.jsonl"
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "benchmarks.hostile.noting"]
        environment = {
            **os.environ,
            "SUMMARIZER_HOSTILE": "quick" if quick else "full",
            "SUMMARIZER_HOSTILE_REPORT": str(report),
            "PYTHONPATH": os.pathsep.join(filter(None, [str(REPOSITORY), os.environ.get("PYTHONPATH", "")])),
        }
        done = subprocess.run(
            [*command, *arguments], cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=False
        )
        if not report.is_file():
            raise DataError(f"pytest did not run: {done.stdout[-500:]}{done.stderr[-500:]}")
        return dict(json.loads(line) for line in report.read_text(encoding="utf-8").splitlines())


def is_met(found: Mapping[str, Any]) -> bool:
    """Tell whether the aim of a row is met."""
    return not found.get("failed", 0) and bool(found.get("met", True)) and bool(found.get("passed", 1))


def outcome(found: Mapping[str, Any]) -> str:
    """Say what a row gave."""
    parts = []
    if "passed" in found:
        again = f", {found['again']} at the second try" if found.get("again") else ""
        parts.append(f"{found['passed']} test{'s' if found['passed'] != 1 else ''} passed{again}")
        parts += [f"{found[name]} {name}" for name in ("failed", "skipped") if found[name]]
    parts += [found["figures"]] if "figures" in found else []
    return "; ".join(parts)


def missed(found: Mapping[str, Any]) -> list[str]:
    """Name the rows whose aim is not met."""
    return [f"{name}: {outcome(row)}" for name, row in found["rows"].items() if not is_met(row)]


def text(found: Mapping[str, Any]) -> str:
    """Give the table."""
    rows = [
        [row.case, row.aim, outcome(one) if is_met(one) else f"**missed:** {outcome(one)}"]
        for row in ROWS
        if (one := found["rows"].get(row.name))
    ]
    return table(["case", "aim", "found"], rows)


def write_page(found: Mapping[str, Any], page: Path = PAGE) -> None:
    """Put the table between the markers of the page.

    :raises DataError: if the page lacks them.
    """
    old = page.read_text(encoding="utf-8")
    before, start, rest = old.partition(START)
    _, end, after = rest.partition(END)
    if not start or not end:
        raise DataError(f"{page} needs two lines to write between:\n{START}\n{END}")
    page.write_text(f"{before}{START}\n\n{text(found)}\n\n{END}{after}", encoding="utf-8")
