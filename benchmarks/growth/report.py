"""The tables of growth, in Markdown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from benchmarks.tables import table

_STOPPED: Final = {"time": "> {seconds:g} s", "memory": "> {mb:g} MB", "failed": "failed", "not tried": "–"}


def growth_section(found: Mapping[str, Any]) -> str:
    """Show processor time and peak memory of every system at every size.

    :param found: what :func:`benchmarks.growth.measure_growth` gave.
    """
    rows = found["curves"].values()
    sizes = [str(row["articles"]) for row in next(iter(rows))]
    seconds = [
        [_label(found, name), *(_cell(found, row, "cpu_seconds") for row in curve), _exponent(found["slopes"][name])]
        for name, curve in found["curves"].items()
    ]
    memory = [
        [_label(found, name), *(_cell(found, row, "peak_mb") for row in curve)]
        for name, curve in found["curves"].items()
    ]
    limits = found["limits"]
    parts = [
        "### Growth",
        f"Articles of {found['words_an_article']:,} words from text of {found['text']['from']}, drawn without"
        " replacement (runs of unrelated articles, so fewer sentences say the same than in one story), a summary of"
        f" {found['max_words']} words; a process a cell, which was given up after {limits['seconds']:g} s"
        f" or above {limits['mb']:g} MB. Libraries and models were loaded before the clock ran,"
        " and count as memory. The last column is k where time grows as n^k, from 50 articles on.",
        "Processor time, seconds:",
        table(["articles", *sizes, "k"], seconds),
        "Peak memory, MB:",
        table(["articles", *sizes], memory),
    ]
    failed = [
        f"- {name}, {row['articles']} articles: {row['why']}"
        for name, curve in found["curves"].items()
        for row in curve
        if row.get("stopped") == "failed"
    ]
    return "\n\n".join([*parts, *(["Failed:\n\n" + "\n".join(failed)] if failed else [])])


def _label(found: Mapping[str, Any], name: str) -> str:
    return f"**{name}**" if name == found["default"] else name


def _cell(found: Mapping[str, Any], row: Mapping[str, Any], key: str) -> str:
    if "stopped" in row:
        return _STOPPED[row["stopped"]].format(**found["limits"])
    value = float(row[key])
    return f"{value:.0f}" if value >= 10 else f"{value:.1f}" if value >= 1 else f"{value:.2f}"


def _exponent(k: float | None) -> str:
    return "" if k is None else f"{k:.2f}"
