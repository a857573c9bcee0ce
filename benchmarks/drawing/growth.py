"""Growth: processor time and peak memory against the number of articles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any, Final

from benchmarks.drawing.labels import spread
from benchmarks.drawing.style import DEFAULT, MUTED, Picture, drawing, family, new_figure, short_name

_PANELS: Final = {"cpu_seconds": "processor time, seconds", "peak_mb": "peak memory, MB"}
#: Left edges and width of the two panels, in shares of the width; labels stand in the space to their right.
_LEFT: Final = (0.05, 0.55)
_WIDTH: Final = 0.27
#: Least value drawn: a logarithmic axis has no zero.
_LEAST: Final = 0.001
_DASHES: Final = ("solid", (0, (5, 1.5)), (0, (1.5, 1.2)), (0, (6, 1.5, 1.2, 1.5)))
#: Inches a label takes, and those below and around the panels.
_LINE: Final = 0.165
_BELOW: Final = 0.72
_AROUND: Final = 1.17


def draw_growth(found: Mapping[str, Any]) -> Picture:
    """Draw what :func:`benchmarks.growth.measure_growth` gave.

    A cross marks where a system passed the limit of time or memory, or failed.
    """
    curves: Mapping[str, Any] = found["curves"]
    height = max(4.2, 1.2 + _LINE * len(curves))
    with drawing():
        figure = new_figure(11, height)
        for left, (key, label) in zip(_LEFT, _PANELS.items(), strict=True):
            axes = figure.add_axes((left, _BELOW / height, _WIDTH, 1 - _AROUND / height))
            ends = {name: _draw_curve(axes, found, name, key) for name in curves}
            _set_axes(axes, found, label)
            _label_ends(axes, ends, found, height)
        figure.text(
            0.98,
            0.02,
            "× n: passed the limit of time or memory, or failed, at n articles",
            ha="right",
            color=MUTED,
            fontsize=7.5,
        )
    return Picture("growth", figure, describe_growth(found))


def _draw_curve(axes: Any, found: Mapping[str, Any], name: str, key: str) -> tuple[float, float]:  # noqa: ANN401
    """Draw one curve and its cross, and give where it ends."""
    rows = found["curves"][name]
    kind = family(name, found["default"])
    alike = [other for other in found["curves"] if family(other, found["default"]) is kind]
    points = [(row["articles"], max(row[key], _LEAST)) for row in rows if "stopped" not in row]
    style = {
        "color": kind.color,
        "linestyle": _DASHES[alike.index(name) % len(_DASHES)],
        "linewidth": 2.4 if kind is DEFAULT else 1.1,
        "zorder": 4 if kind is DEFAULT else 3,
    }
    if points:
        axes.plot(*zip(*points, strict=True), marker=kind.marker, markersize=9 if kind is DEFAULT else 3.5, **style)
    stop = _stop(rows)
    if stop is None:
        return points[-1]
    # A limit of the other axis says nothing of this one: the cross stands where the curve was last seen.
    limit = {"time": ("cpu_seconds", "seconds"), "memory": ("peak_mb", "mb")}.get(stop["stopped"])
    last = points[-1][1] if points else axes.get_ylim()[0] if axes.lines else _LEAST
    y = found["limits"][limit[1]] if limit and limit[0] == key else last
    if points:
        axes.plot([points[-1][0], stop["articles"]], [points[-1][1], y], color=kind.color, linewidth=0.7, linestyle=":")
    axes.plot([stop["articles"]], [y], marker="x", markersize=7, color=kind.color, linestyle="", zorder=5)
    return stop["articles"], y


def _stop(rows: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """Give the row at which a system passed a limit or failed, if it did."""
    return next((row for row in rows if row.get("stopped", "not tried") != "not tried"), None)


def _set_axes(axes: Any, found: Mapping[str, Any], label: str) -> None:  # noqa: ANN401
    ticker: Any = import_module("matplotlib.ticker")
    axes.set_xscale("log")
    axes.set_yscale("log")
    sizes = [row["articles"] for row in next(iter(found["curves"].values()))]
    axes.set_xlim(sizes[0] / 1.2, sizes[-1] * 1.2)
    axes.xaxis.set_major_locator(ticker.FixedLocator(sizes))
    axes.xaxis.set_minor_locator(ticker.NullLocator())
    low, high = axes.get_ylim()
    axes.yaxis.set_major_locator(ticker.LogLocator(subs=(1,) if high > 1000 * low else (1, 2, 5)))
    axes.yaxis.set_minor_locator(ticker.NullLocator())
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(ticker.FuncFormatter(lambda value, _: f"{value:,g}"))
    axes.set(xlabel=f"articles of {found['words_an_article']:,} words", title=label)
    axes.grid(True)


def _label_ends(
    axes: Any,  # noqa: ANN401
    ends: Mapping[str, tuple[float, float]],
    found: Mapping[str, Any],
    height: float,
) -> None:
    """Write the names in a column right of the axes, in the order of the ends, with a line from each end."""
    default = found["default"]
    to_axes = axes.transAxes.inverted()
    places = {name: to_axes.transform(axes.transData.transform(end)) for name, end in ends.items()}
    panel = height - _AROUND
    column = spread([float(place[1]) for place in places.values()], _LINE / panel, -0.25 / panel, 1 + 0.2 / panel)
    for (name, (x, y)), at in zip(places.items(), column, strict=True):
        kind = family(name, default)
        # Out to the frame at the height of the end, then to the label.
        axes.plot(
            [x, 1.01, 1.06],
            [y, y, at],
            transform=axes.transAxes,
            color=kind.color,
            linewidth=0.5,
            alpha=0.6,
            clip_on=False,
            zorder=1,
            scalex=False,
            scaley=False,
        )
        stop = _stop(found["curves"][name])
        text = short_name(name, default) + (f" × {stop['articles']}" if stop else "")
        weight = "bold" if name == default else "normal"
        axes.text(1.07, at, text, transform=axes.transAxes, va="center", color=kind.ink, fontsize=8, fontweight=weight)


def describe_growth(found: Mapping[str, Any]) -> str:
    """Say what the picture shows, to someone who does not see it."""
    curves = found["curves"]
    sizes = [row["articles"] for row in next(iter(curves.values()))]
    parts = [
        f"Processor time and peak memory of {len(curves)} systems from {sizes[0]} to {sizes[-1]} articles of"
        f" {found['words_an_article']:,} words."
    ]
    rows = [row for row in curves[found["default"]] if "stopped" not in row]
    if rows:
        last = rows[-1]
        parts.append(
            f"The default, {found['default']}, takes {last['cpu_seconds']:.1f} s and {last['peak_mb']:.0f} MB at"
            f" {last['articles']} articles."
        )
    whole = [name for name, curve in curves.items() if not any("stopped" in row for row in curve)]
    parts.append(f"{len(whole)} of {len(curves)} reach {sizes[-1]} articles.")
    for name, curve in curves.items():
        stop = _stop(curve)
        if stop is not None:
            parts.append(f"{name}: {stop['stopped']} at {stop['articles']}.")
    return " ".join(parts)
