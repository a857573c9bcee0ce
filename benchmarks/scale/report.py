"""The tables of runs over archives, in Markdown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from benchmarks.tables import table


def scale_section(found: Mapping[str, Any]) -> str:
    """Show rates, memory, the gain of a second worker and the cost of an added day.

    :param found: what :func:`benchmarks.scale.measure` gave.
    """
    rows = found["growth"]
    stages = list(rows[0]["stages"])
    rates = [
        [
            f"{row['articles']:,}",
            f"{row['events']:,}",
            f"{row['seconds']:,.0f}",
            *(_rate(row["stages"][name]) for name in stages),
            f"{row['memory_mb']:,}",
            f"{row['disk_mb']:,}",
        ]
        for row in rows
    ]
    gain, added, dense = found["gain"], found["added_day"], found["dense"]
    parts = [
        "### Archives",
        f"Made archives over {found['days']} days, two worker processes on {found['cores']} cores; articles a second of"
        " each stage, the most memory of all processes together in MB, and what the folder takes on disk in MB.",
        table(["articles", "events", "seconds", *stages, "memory", "disk"], rates),
        f"Time grows as n^{found['slope']:.2f}. Two workers take 1/{gain['median']:.2f} of the time of one"
        f" ({gain['articles']:,} articles, {len(gain['all'])} pairs of runs). A day of {added['articles_added']:,}"
        f" articles added to {added['articles_before']:,} takes {100 * added['share_of_all']:.0f} % of the time of"
        f" those, {added['times_a_day']:.1f} times its share. Of {dense['articles']:,} articles on one day neighbours"
        f" are found at {_rate(dense['stages']['neighbours'])} a second, with {dense['memory_mb']:,} MB in all.",
    ]
    if "archives" in added:
        parts.append(_added_section(added))
    return "\n\n".join([*parts, paper(found)])


def _added_section(added: Mapping[str, Any]) -> str:
    """Show what a day costs that is added to a smaller and to a larger archive."""
    rows = [
        [
            f"{row['articles_before']:,}",
            f"{row['cpu_before']:,.1f}",
            f"{row['cpu_added']:,.1f}",
            f"{row['cpu_least']:,.1f}",
            f"{row['times_a_day_above_least']:.2f}",
        ]
        for row in added["archives"]
    ]
    return (
        f"The same day of {added['articles_added']:,} articles added to two archives, in seconds of all processors:"
        " what the archive took, what the day took, what a day of eight articles takes, and how many times its share"
        " the day took above that.\n\n" + table(["archive", "all", "day", "least", "times its share"], rows)
    )


def paper(found: Mapping[str, Any]) -> str:
    """Work out what larger archives cost, from the rates of the largest run.

    :return: core hours of each stage, and bytes on disk; a stage of one task also says how long that is.
    """
    row = found["growth"][-1]
    work = {name: stage["work"] / row["articles"] for name, stage in row["stages"].items()}
    disk, shuffle = (row[name] * 1e6 / row["articles"] for name in ("disk_mb", "shuffle_mb"))
    rows = []
    for label, n in _PAPER.items():
        hours = {name: seconds * n / 3600 for name, seconds in work.items()}
        alone = sum(hours[name] for name in ONE_TASK if name in hours)
        rows.append(
            [
                label,
                f"{sum(hours.values()):,.1f}",
                f"{hours['briefs']:,.1f}",
                f"{alone:,.2f}",
                f"{shuffle * n / 1e9:,.1f}",
                f"{disk * n / 1e9:,.0f}",
            ]
        )
    return (
        f"On paper, from the rates of the run over {row['articles']:,}: hours of one core, those of them for briefings,"
        " those that one task takes alone, GB that the days gather from all pieces, and GB on disk.\n\n"
        + table(["archive", "core hours", "briefs", "one task", "shuffle, GB", "disk, GB"], rows)
    )


#: Stages that are one task, whatever the number of workers.
ONE_TASK: Final = ("lines", "events", "ledger")
_PAPER: Final = {"10⁶ articles, a day": 1_000_000, "10⁹ articles": 1_000_000_000}


def _rate(stage: Mapping[str, Any]) -> str:
    rate = stage["articles_per_second"]
    return "–" if rate is None else f"{rate:,}"
