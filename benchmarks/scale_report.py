"""The tables of runs over archives, in Markdown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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
    gain, added = found["gain"], found["added_day"]
    parts = [
        "### Archives",
        f"Made archives over {found['days']} days, two worker processes on {found['cores']} cores; articles a second of"
        " each stage, the most memory of all processes together in MB, and what the folder takes on disk in MB.",
        table(["articles", "events", "seconds", *stages, "memory", "disk"], rates),
        f"Time grows as n^{found['slope']:.2f}. Two workers take 1/{gain['median']:.2f} of the time of one"
        f" ({gain['articles']:,} articles, {len(gain['all'])} pairs of runs). A day of {added['articles_added']:,}"
        f" articles added to {added['articles_before']:,} takes {100 * added['share_of_all']:.0f} % of the time of"
        f" those, {added['times_a_day']:.1f} times its share.",
    ]
    return "\n\n".join(parts)


def _rate(stage: Mapping[str, Any]) -> str:
    rate = stage["articles_per_second"]
    return "–" if rate is None else f"{rate:,}"
