"""Counts that moved on, though neither report is wrong: "at least 44" on Monday, "at least 60" or "63" on Tuesday.

Between articles of one day such figures allow for one another. Between an earlier and a later one they are what a
reader of an update looks for first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from summarizer.findings import Comparison, Side, Value
from summarizer.updates.pairing import Pairing, Place, number_of

#: Figures nearer to one another than this share are taken for one, told more or less exactly.
_NEAR: Final = 0.1


def find_moved(comparison: Comparison, pairing: Pairing, fresh: frozenset[Place]) -> Comparison | None:
    """Give a comparison of figures that allow for one another as a revision, if the later one moved on.

    :param comparison: of relation ``"rounding"``.
    :param pairing: which known sentences are near to which new ones.
    :param fresh: places of the figures that no earlier article had.
    :return: the earlier side first; None where nothing moved, or where it is not known which came later.
    """
    values = [value for side in comparison.sides for value in side.values]
    pairs = [
        (old, new)
        for new in values
        if (new.place.document_id, new.place.start) in fresh
        for old in values
        if not pairing.is_new(old)
        and pairing.is_later(old, new)
        and pairing.may_correct(old, new)
        and _differ(old, new)
    ]
    if not pairs:
        return None
    olds, news = _distinct(old for old, _ in pairs), _distinct(new for _, new in pairs)
    return replace(
        comparison,
        relation="revision",
        reason=f"The earlier report says {olds[0].place.text}, the later {news[0].place.text}.",
        sides=(*_sides(olds), *_sides(news)),
    )


def _differ(old: Value, new: Value) -> bool:
    a, b = number_of(old), number_of(new)
    return a is not None and b is not None and abs(a - b) > _NEAR * max(abs(a), abs(b))


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
