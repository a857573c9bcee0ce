"""A plugin of pytest that notes what became of each test, by the name under which it can be run again."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

_outcomes: dict[str, str] = {}


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Note a test; one whose preparation or clearing up fails has failed."""
    if report.when == "call" or report.outcome != "passed":
        known = _outcomes.get(report.nodeid, "passed")
        _outcomes[report.nodeid] = known if known == "failed" else report.outcome


def pytest_sessionfinish() -> None:
    """Write what was noted."""
    lines = (json.dumps([name, outcome]) + "\n" for name, outcome in _outcomes.items())
    Path(os.environ["SUMMARIZER_HOSTILE_REPORT"]).write_text("".join(lines), encoding="utf-8")
