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
import xml.etree.ElementTree as ElementTree
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
END: Final = "<!-- end of hostile cases -->"


def measure(names: Sequence[str], folder: Path, *, quick: bool = False, tell: Callable[[str], None]) -> dict[str, Any]:
    """Run rows, and give them with those that were found before.

    :param names: of :data:`NAMES`.
    :param folder: of results.
    :param quick: few cases of each, as in every run of the tests.
    """
    path = folder / "hostile.json"
    before = json.loads(path.read_text(encoding="utf-8"))["rows"] if path.is_file() else {}
    rows = {row.name: before[row.name] for row in ROWS if row.name in before}
    for row in ROWS:
        if row.name in names:
            rows[row.name] = _run(row, folder, quick=quick)
            tell(f"{row.name}: {outcome(rows[row.name])}")
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
    """Run tests; only counts are kept."""
    with tempfile.TemporaryDirectory() as made:
        report = Path(made) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junitxml={report}", *arguments]
        environment = {**os.environ, "SUMMARIZER_HOSTILE": "quick" if quick else "full"}
        done = subprocess.run(command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=False)
        if not report.is_file():
            raise DataError(f"pytest did not run: {done.stdout[-500:]}{done.stderr[-500:]}")
        suites = list(ElementTree.parse(report).getroot().iter("testsuite"))
    counts = {
        name: sum(int(suite.get(name, 0)) for suite in suites) for name in ("tests", "failures", "errors", "skipped")
    }
    failed = counts["failures"] + counts["errors"]
    return {"passed": counts["tests"] - failed - counts["skipped"], "failed": failed, "skipped": counts["skipped"]}


def is_met(found: Mapping[str, Any]) -> bool:
    """Tell whether the aim of a row is met."""
    return not found.get("failed", 0) and bool(found.get("met", True)) and bool(found.get("passed", 1))


def outcome(found: Mapping[str, Any]) -> str:
    """Say what a row gave."""
    parts = []
    if "passed" in found:
        parts.append(f"{found['passed']} tests passed")
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
