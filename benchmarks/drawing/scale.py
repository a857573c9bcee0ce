"""Runs over archives: time of each stage and memory against the number of articles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from benchmarks.drawing.style import BACKGROUND, GRID, INK, MUTED, Picture, drawing, new_figure

#: After Okabe and Ito, in the order of the stages; dashes say it again.
_STYLES: Final = (
    ("#0072b2", "solid"),
    ("#56b4e9", (0, (5, 1.5))),
    ("#009e73", (0, (1.5, 1.2))),
    ("#e69f00", (0, (6, 1.5, 1.2, 1.5))),
    ("#b0508a", (0, (3, 1))),
    ("#3b4148", (0, (1, 1))),
    ("#8c6d1f", (0, (8, 2))),
    ("#999999", (0, (4, 2, 1, 2))),
    ("#7a5195", (0, (2, 2))),
)
#: Least value drawn: a logarithmic axis has no zero.
_LEAST: Final = 0.01


def draw_scale(found: Mapping[str, Any]) -> Picture:
    """Draw what :func:`benchmarks.scale.measure` gave: seconds in all and of each stage, and the most memory."""
    rows = found["growth"]
    sizes = [row["articles"] for row in rows]
    with drawing():
        figure = new_figure(10, 4.4)
        left = figure.add_axes((0.07, 0.15, 0.42, 0.75))
        left.plot(sizes, [row["seconds"] for row in rows], color="#d55e00", marker="o", linewidth=2.4, label="in all")
        for (color, dashes), name in zip(_STYLES, rows[0]["stages"], strict=False):
            seconds = [max(row["stages"][name]["seconds"], _LEAST) for row in rows]
            left.plot(sizes, seconds, color=color, linestyle=dashes, linewidth=1.3, label=name)
        left.set_title("seconds", loc="left", color=INK, fontsize=9)
        left.legend(fontsize=7.5, frameon=True, facecolor=BACKGROUND, edgecolor=GRID, ncols=2)
        right = figure.add_axes((0.57, 0.15, 0.40, 0.75))
        right.plot(sizes, [row["memory_mb"] for row in rows], color="#d55e00", marker="o", linewidth=2.4)
        right.set_title("most memory of all processes, MB", loc="left", color=INK, fontsize=9)
        for axes in (left, right):
            axes.set_xscale("log")
            axes.set_xlabel("articles", color=MUTED, fontsize=8)
            axes.grid(color=GRID, linewidth=0.6)
        left.set_yscale("log")
        right.set_ylim(0, 1.15 * max(row["memory_mb"] for row in rows))
    return Picture("scale", figure, describe_scale(found))


def describe_scale(found: Mapping[str, Any]) -> str:
    """Say what the picture shows."""
    first, last = found["growth"][0], found["growth"][-1]
    return (
        f"A run over {first['articles']:,} articles takes {first['seconds']:g} s, one over {last['articles']:,} "
        f"{last['seconds']:,.0f} s on two cores: time grows as n^{found['slope']:.2f}. "
        f"Memory goes from {first['memory_mb']} to {last['memory_mb']} MB."
    )
