"""Labels that do not overlap: around points, and in a column at the ends of lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, hypot, inf, pi, sin
from typing import Any, Final

from benchmarks.drawing.style import BACKGROUND, MUTED

#: Points between a mark and its label: the nearest first, then rings farther out.
_RINGS: Final = (7, 11, 16, 22, 29, 37, 46, 56, 67, 80, 95, 112, 130, 150, 175, 200, 230, 260)
#: Right of the mark first, then around it.
_ANGLES: Final = tuple(pi * step / 8 for step in (0, 1, -1, 2, -2, 8, 7, -7, 6, -6, 4, -4, 3, -3, 5, -5))
#: Half the side of a mark, that of a bold one, and the space around a label, in points.
_MARK: Final = 5.0
_BOLD_MARK: Final = 8.5
_MARGIN: Final = 1.0
#: What it costs a label to lie on an interval, and nearer to another mark than to its own, in points of distance.
_ON_INTERVAL: Final = 12.0
_NEARER: Final = 10.0

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Label:
    """A point with its name.

    :param low: lower end of its interval.
    :param high: upper end.
    """

    x: float
    y: float
    low: float
    high: float
    text: str
    color: str
    bold: bool = False


def overlap(a: Box, b: Box) -> bool:
    """Say whether two boxes (left, bottom, right, top) share an area."""
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def label_points(axes: Any, labels: Sequence[Label]) -> list[Any]:  # noqa: ANN401
    """Put each label where it covers no other label and no mark, near its point; the first ones choose first.

    The limits and the place of the axes must be final.

    :return: the texts, in the order of the labels.
    """
    scale = axes.figure.dpi / 72
    centres = [axes.transData.transform((label.x, label.y)) for label in labels]
    taken = [_mark(label, centre, scale) for label, centre in zip(labels, centres, strict=True)]
    intervals = [_interval(axes, label) for label in labels]
    frame = axes.get_window_extent()
    texts = []
    for label, (x, y) in zip(labels, centres, strict=True):
        width, height = _size(axes, label)
        # With no place at all it lies on its mark.
        best, cost, plain = (x, y, x + width, y + height), inf, True
        for distance, box in _candidates(x, y, width, height, scale):
            if distance >= cost:
                break
            inside = frame.x0 <= box[0] and box[2] <= frame.x1 and frame.y0 <= box[1] and box[3] <= frame.y1
            if not inside or any(overlap(box, other) for other in taken):
                continue
            own = _gap(box, (x, y))
            nearer = sum(_gap(box, other) < own for other in centres)
            paid = distance + _NEARER * nearer + _ON_INTERVAL * sum(overlap(box, line) for line in intervals)
            if paid < cost:
                best, cost, plain = box, paid, distance <= _RINGS[1] and not nearer
        taken.append(best)
        texts.append(_write(axes, label, best, (x, y), leads=not plain))
    return texts


def _mark(label: Label, centre: Sequence[float], scale: float) -> Box:
    half = (_BOLD_MARK if label.bold else _MARK) * scale
    x, y = centre
    return x - half, y - half, x + half, y + half


def _gap(box: Box, point: Sequence[float]) -> float:
    """Give the distance of a point from a box."""
    return hypot(
        max(box[0] - point[0], point[0] - box[2], 0.0),
        max(box[1] - point[1], point[1] - box[3], 0.0),
    )


def _candidates(x: float, y: float, width: float, height: float, scale: float) -> Iterator[tuple[float, Box]]:
    """Give boxes around a point with their distance in points, near ones first."""
    for ring in _RINGS:
        for angle in _ANGLES:
            # The side of the box that faces the point lies on the ring.
            across, up = cos(angle), sin(angle)
            left = x + ring * scale * across + (across - 1) / 2 * width
            bottom = y + ring * scale * up + (up - 1) / 2 * height
            yield ring, (left, bottom, left + width, bottom + height)


def _interval(axes: Any, label: Label) -> Box:  # noqa: ANN401
    (x, low), (_, high) = axes.transData.transform([(label.x, label.low), (label.x, label.high)])
    return x - 1, low, x + 1, high


def _style(label: Label) -> dict[str, Any]:
    return {"color": label.color, "fontsize": 8, "fontweight": "bold" if label.bold else "normal"}


def _size(axes: Any, label: Label) -> tuple[float, float]:  # noqa: ANN401
    text = axes.figure.text(0, 0, label.text, **_style(label))
    extent = text.get_window_extent(axes.figure.canvas.get_renderer())
    text.remove()
    margin = 2 * _MARGIN * axes.figure.dpi / 72
    return extent.width + margin, extent.height + margin


def _write(axes: Any, label: Label, box: Box, centre: tuple[float, float], *, leads: bool) -> Any:  # noqa: ANN401
    figure = axes.figure
    middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
    if leads:
        near = min(max(centre[0], box[0]), box[2]), min(max(centre[1], box[1]), box[3])
        xs, ys = zip(*(figure.transFigure.inverted().transform(end) for end in (centre, near)), strict=True)
        line = axes.plot(xs, ys, transform=figure.transFigure, color=MUTED, linewidth=0.5, zorder=1.5, scalex=False)
        line[0].set_in_layout(False)
    x, y = figure.transFigure.inverted().transform(middle)
    # A card, so that lines behind it do not strike it out.
    card = {"facecolor": BACKGROUND, "edgecolor": "none", "alpha": 0.85, "pad": 0.3}
    return figure.text(x, y, label.text, ha="center", va="center", bbox=card, **_style(label))


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Move numbers apart, as little as going up and then down takes, until neighbours are a gap apart.

    :param wanted: in any order.
    :param gap: least distance.
    :param low: none lies below.
    :param high: none lies above, if the range holds them all.
    :return: in the order given.
    """
    order = sorted(range(len(wanted)), key=lambda i: (wanted[i], i))
    placed = [0.0] * len(wanted)
    floor = low
    for i in order:
        placed[i] = max(wanted[i], floor)
        floor = placed[i] + gap
    ceiling = high
    for i in reversed(order):
        placed[i] = min(placed[i], ceiling)
        ceiling = placed[i] - gap
    return placed
