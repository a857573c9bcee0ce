"""Quality against time: one picture a set and metric."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any, Final

from benchmarks.drawing.labels import Label, label_points
from benchmarks.drawing.style import DEFAULT, FAMILIES, MUTED, Picture, drawing, family, new_figure, short_name
from benchmarks.systems import DEFAULT_SYSTEM, SYSTEMS

METRICS: Final = ("rouge1", "rouge2")
NAMES: Final = {"rouge1": "ROUGE-1", "rouge2": "ROUGE-2", "rougeL": "ROUGE-L", "rougeLsum": "ROUGE-Lsum"}
#: The oracle knows the references; so high above the others it would press them together.
_LEFT_OUT: Final = "oracle"
#: Least time drawn, in ms: a logarithmic axis has no zero.
_LEAST: Final = 0.01

Results = Mapping[str, Any]


def draw_quality(results: Sequence[Results], metric: str, *, name: str) -> Picture:
    """Draw the F of one metric with its interval against the median time of a cluster.

    :param results: of one set, budget and version of the data.
    :param metric: a key of :data:`NAMES`.
    :param name: of the set, for the file.
    """
    order = {system: i for i, system in enumerate(SYSTEMS)}
    # The default first: its label has the first choice of a place.
    shown = sorted(
        (result for result in results if result["system"] != _LEFT_OUT),
        key=lambda r: (r["system"] != DEFAULT_SYSTEM, order.get(r["system"], len(order)), r["system"]),
    )
    labels = [_label(result, metric, results) for result in shown]
    with drawing():
        figure = new_figure(9, 5.8)
        axes = figure.add_axes((0.07, 0.1, 0.915, 0.78))
        _draw_points(axes, shown, labels)
        _set_limits(axes, labels)
        axes.set(xlabel="milliseconds a cluster, median", ylabel=f"{NAMES[metric]} F × 100, 95 % interval")
        figure.text(0.07, 0.955, _title(results), fontsize=10)
        axes.grid(True)
        _legend(axes, shown)
        _note(axes, results, metric)
        label_points(axes, labels)
    return Picture(f"quality_{name}_{metric}", figure, describe_quality(results, metric))


def _label(result: Results, metric: str, results: Sequence[Results]) -> Label:
    score, system = result["scores"][metric]["fmeasure"], result["system"]
    most = max(other["data"]["used"] for other in results)
    text = short_name(system)
    if result["data"]["used"] < most:
        text += f" ({result['data']['used']} clusters)"
    return Label(
        max(1000 * result["measures"]["seconds_median"], _LEAST),
        100 * score["mean"],
        100 * score["low"],
        100 * score["high"],
        text,
        family(system).ink,
        bold=system == DEFAULT_SYSTEM,
    )


def _draw_points(axes: Any, shown: Sequence[Results], labels: Sequence[Label]) -> None:  # noqa: ANN401
    for result, label in zip(shown, labels, strict=True):
        kind = family(result["system"])
        axes.vlines(label.x, label.low, label.high, color=kind.color, linewidth=1, alpha=0.45, zorder=2)
        size = 190 if kind is DEFAULT else 34
        axes.scatter([label.x], [label.y], s=size, c=kind.color, marker=kind.marker, zorder=4 if size > 99 else 3)


def _set_limits(axes: Any, labels: Sequence[Label]) -> None:  # noqa: ANN401
    """Leave room for labels beside the outermost points, and for the legend below."""
    low, high = min(label.low for label in labels), max(label.high for label in labels)
    left, right = min(label.x for label in labels), max(label.x for label in labels)
    pad = 0.06 * max(high - low, 1.0)
    axes.set_xscale("log")
    axes.set_xlim(left / 2, right * 6)
    axes.set_ylim(low - 2 * pad, high + 2 * pad)
    ticker: Any = import_module("matplotlib.ticker")
    axes.xaxis.set_major_formatter(ticker.FuncFormatter(lambda value, _: f"{value:g}"))


def _title(results: Sequence[Results]) -> str:
    first, used = results[0], max(result["data"]["used"] for result in results)
    return f"{first['set']}: {used} clusters, {first['budget']['limit']} words"


def _legend(axes: Any, shown: Sequence[Results]) -> None:  # noqa: ANN401
    lines: Any = import_module("matplotlib.lines")
    there = {family(result["system"]).label for result in shown}
    handles = [
        lines.Line2D(
            [],
            [],
            color=kind.color,
            marker=kind.marker,
            markersize=11 if kind is DEFAULT else 6,
            linestyle="",
            label=kind.label,
        )
        for kind in FAMILIES.values()
        if kind.label in there
    ]
    # Above the frame, where no point lies.
    axes.legend(
        handles=handles, loc="lower right", bbox_to_anchor=(1, 1), ncols=len(handles), frameon=False, fontsize=8
    )


def _note(axes: Any, results: Sequence[Results], metric: str) -> None:  # noqa: ANN401
    """Say below the picture what it does not show."""
    notes = []
    if any(result.get("jobs", 1) != 1 for result in results):
        notes.append("some times were taken while other processes ran")
    oracle = next((result for result in results if result["system"] == _LEFT_OUT), None)
    if oracle is not None:
        mean = 100 * oracle["scores"][metric]["fmeasure"]["mean"]
        notes.append(f"above the picture: the oracle, which knows the references, {mean:.1f}")
    axes.figure.text(0.985, 0.015, "; ".join(notes), ha="right", color=MUTED, fontsize=7.5)


def describe_quality(results: Sequence[Results], metric: str) -> str:
    """Say what the picture shows, to someone who does not see it."""
    by_name = {result["system"]: result for result in results}
    parts = [f"{NAMES[metric]} F with 95 % intervals against the median time of a cluster, {_title(results)}."]
    if DEFAULT_SYSTEM in by_name:
        parts.append(f"The default, {_figures(by_name[DEFAULT_SYSTEM], metric)}.")
    peers = [r for name, r in by_name.items() if name != _LEFT_OUT and not name.startswith("crossbrief_")]
    if peers:
        best = max(peers, key=lambda r: float(r["scores"][metric]["fmeasure"]["mean"]))
        parts.append(f"Best of {len(peers)} peers and baselines, {_figures(best, metric)}.")
    ours = len(by_name) - len(peers) - (DEFAULT_SYSTEM in by_name) - (_LEFT_OUT in by_name)
    if ours:
        parts.append(f"Other settings of crossbrief: {ours}.")
    if _LEFT_OUT in by_name:
        parts.append(f"Not in the picture, {_figures(by_name[_LEFT_OUT], metric)}.")
    return " ".join(parts)


def _figures(result: Results, metric: str) -> str:
    score = result["scores"][metric]["fmeasure"]
    time = 1000 * result["measures"]["seconds_median"]
    figures = f"{100 * score['mean']:.1f} ({100 * score['low']:.1f} to {100 * score['high']:.1f})"
    return f"{result['system']}: {figures} at {time:.{0 if time >= 10 else 1}f} ms"
