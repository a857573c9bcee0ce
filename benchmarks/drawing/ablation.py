"""Ablation: a forest plot of what each part of the default is worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from benchmarks.ablations.report import heading, is_clear, ordered_parts
from benchmarks.drawing.style import FAMILIES, INK, MUTED, Picture, drawing, new_figure

_PANELS: Final = {"rouge1": "ROUGE-1", "rouge2": "ROUGE-2", "rougeLsum": "ROUGE-Lsum"}
#: Where the panels begin, their width and the space between, in shares of the width.
_LEFT: Final = 0.27
_WIDTH: Final = 0.225
_SPACE: Final = 0.018
#: Inches a part takes.
_ROW: Final = 0.27
_WORTH: Final = FAMILIES["ours"].color
_COSTS: Final = FAMILIES["default"].color


def draw_ablation(found: Mapping[str, Any]) -> Picture:
    """Draw the default without a part minus the default, with intervals.

    :param found: what :func:`benchmarks.ablations.ablating.ablate` gave.
    """
    parts = ordered_parts(found)
    n_first = sum(not part["readability"] for part in parts)
    # The parts for readers stand apart, below.
    gap = 0.8 if 0 < n_first < len(parts) else 0.0
    places = [-i - gap * (i >= n_first) for i in range(len(parts))]
    height = 1.1 + _ROW * (len(parts) + gap)
    differences = [part["difference"][metric] for part in parts for metric in _PANELS]
    low = 100 * min(0.0, *(difference["low"] for difference in differences))
    high = 100 * max(0.0, *(difference["high"] for difference in differences))
    pad = 0.05 * max(high - low, 0.1)
    with drawing():
        figure = new_figure(10, height)
        for number, (metric, label) in enumerate(_PANELS.items()):
            left = _LEFT + number * (_WIDTH + _SPACE)
            axes = figure.add_axes((left, 0.55 / height, _WIDTH, 1 - 1.05 / height))
            _draw_panel(axes, parts, places, metric)
            axes.set_title(label, fontsize=9)
            axes.set_yticks(places, [part["title"] for part in parts] if number == 0 else [""] * len(parts))
            axes.set(xlim=(low - pad, high + pad), ylim=(places[-1] - 0.6, 0.6))
            if gap:
                axes.axhline((places[n_first - 1] + places[n_first]) / 2, color=MUTED, linewidth=0.6, linestyle=":")
        figure.text(0.012, 1 - 0.2 / height, f"{heading(found)}: without …", va="center", fontsize=10)
        note = (
            "points of F × 100, without the part minus with it, 95 % interval;"
            " filled where zero is outside, blue where ROUGE falls, orange where it rises"
        )
        figure.text(0.98, 0.12 / height, note, ha="right", color=MUTED, fontsize=7.5)
        if gap:
            share = (places[n_first] + 0.9 - (places[-1] - 0.6)) / (0.6 - (places[-1] - 0.6))
            y = (0.55 + share * (height - 1.05)) / height
            figure.text(_LEFT - 0.005, y, "for readers:", ha="right", va="center", color=MUTED, fontsize=7.5)
    copies = f"_copies{found['planted_copies']}" if found["planted_copies"] else ""
    return Picture(f"ablation_{found['set']}{copies}", figure, describe_ablation(found))


def _draw_panel(axes: Any, parts: Sequence[Mapping[str, Any]], places: Sequence[float], metric: str) -> None:  # noqa: ANN401
    axes.axvline(0, color=INK, linewidth=0.8)
    for part, y in zip(parts, places, strict=True):
        difference = part["difference"][metric]
        mean, low, high = (100 * difference[key] for key in ("mean", "low", "high"))
        clear = is_clear(difference)
        color = MUTED if not clear else _WORTH if mean < 0 else _COSTS
        axes.hlines(y, low, high, color=color, linewidth=1.4)
        axes.plot([mean], [y], marker="o", markersize=5, color=color, markerfacecolor=color if clear else "white")
    axes.grid(True, axis="x")
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)


def describe_ablation(found: Mapping[str, Any]) -> str:
    """Say what the picture shows, to someone who does not see it."""
    parts = [
        f"What ROUGE loses or gains without each part of {found['system']}, {heading(found)},"
        f" {found['data']['used']} clusters."
    ]
    for metric, label in _PANELS.items():
        clear = [part for part in ordered_parts(found) if is_clear(part["difference"][metric])]
        named = [f"{part['title']} {100 * part['difference'][metric]['mean']:+.2f}" for part in clear]
        parts.append(f"{label}, clearly other than zero without: {', '.join(named) or 'none'}.")
    return " ".join(parts)
