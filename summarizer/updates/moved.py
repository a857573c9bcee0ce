"""Counts that moved on, though neither report is wrong: "at least 44" on Monday, "at least 60" or "63" on Tuesday.

Between articles of one day such figures allow for one another. Between an earlier and a later one they are what a
reader of an update looks for first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from math import isfinite
from typing import Final

from summarizer.findings import Comparison, Side, Value

#: Figures nearer to one another than this share are taken for one, told more or less exactly.
_NEAR: Final = 0.1

Place = tuple[str, int]


def find_moved(
    comparison: Comparison,
    links: Mapping[Place, frozenset[Place]],
    fresh: frozenset[Place],
    days: Mapping[str, str | None],
) -> Comparison | None:
    """Give a comparison of figures that allow for one another as a revision, if the later one moved on.

    :param comparison: of relation ``"rounding"``.
    :param links: the new sentences that are compared, and the known ones near to each.
    :param fresh: places of the figures that no earlier article had.
    :param days: date of each document, ISO 8601.
    :return: the earlier side first; None where nothing moved, or where it is not known which came later.
    """
    values = [value for side in comparison.sides for value in side.values]
    after = [value for value in values if (value.place.document_id, value.place.start) in fresh]
    before = [value for value in values if _sentence(value) not in links]
    pairs = [
        (old, new)
        for new in after
        for old in before
        if _sentence(old) in links.get(_sentence(new), frozenset()) and _is_later(old, new, days) and _differ(old, new)
    ]
    if not pairs:
        return None
    olds, news = (_distinct(pair[place] for pair in pairs) for place in (0, 1))
    return replace(
        comparison,
        relation="revision",
        reason=f"The earlier report says {olds[0].place.text}, the later {news[0].place.text}.",
        sides=(*_sides(olds), *_sides(news)),
    )


def _sentence(value: Value) -> Place:
    return value.sentence.document_id, value.sentence.start


def _is_later(old: Value, new: Value, days: Mapping[str, str | None]) -> bool:
    before, after = (days.get(value.place.document_id) or "" for value in (old, new))
    return bool(before) and bool(after) and before[:10] < after[:10]


def _differ(old: Value, new: Value) -> bool:
    a, b = _number(old), _number(new)
    return a is not None and b is not None and abs(a - b) > _NEAR * max(abs(a), abs(b))


def _number(value: Value) -> float | None:
    """Give the one number of a figure: the middle of what is meant, or the end that is not open."""
    ends = [end for end in (value.low, value.high) if end is not None and isfinite(end)]
    return sum(ends) / len(ends) if ends else None


def _distinct(values: Iterable[Value]) -> list[Value]:
    return list({(value.place.document_id, value.place.start): value for value in values}.values())


def _sides(values: list[Value]) -> list[Side]:
    """Give a side to each value."""
    spellings: dict[str, list[Value]] = {}
    for value in values:
        spellings.setdefault(value.value, []).append(value)
    return [
        Side(
            says=spelling,
            values=tuple(held),
            origins=len({value.origin for value in held}),
            articles=len({value.place.document_id for value in held}),
        )
        for spelling, held in spellings.items()
    ]
