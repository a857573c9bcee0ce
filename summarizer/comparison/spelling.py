"""Figures in one line of words."""

from __future__ import annotations

from typing import Final, Literal

from summarizer.quantities import Quantity, Span

_PLAIN: Final = frozenset(("exact", "range", "vague"))


def spell(quantity: Quantity, text: str) -> str:
    """Give a figure in one spelling: bound, number, unit; but for money and per cent the unit is as it stands."""
    bound = "" if quantity.bound in _PLAIN else f"{quantity.bound} "
    number = text[quantity.number.start : quantity.number.end]
    if quantity.family in ("money", "percent", "count") and quantity.value is not None:
        number = _spell_number(quantity.value)
    unit = quantity.unit.name if quantity.unit.name != "sum" else ""
    if quantity.family not in ("money", "percent") and quantity.unit.end > quantity.unit.start:
        unit = text[quantity.unit.start : quantity.unit.end]
    return f"{bound}{number} {unit}".strip()


def _spell_number(value: float) -> str:
    """Spell a number: ``"6.6 million"``, ``"943,000"``, ``"12.7"``."""
    for scale, word in _SCALES:
        if abs(value) >= scale:
            return f"{value / scale:.10g} {word}"
    return f"{value:,.10g}"


_SCALES: Final = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))


def say(quantity: Quantity, text: str) -> str:
    """Tell a figure in one line: ``"down 12.7 % month on month in May"``."""
    change = direction_of(quantity) if quantity.role == "change" else None
    period = words_of(quantity.period, text)
    parts = (change, spell(quantity, text), quantity.basis.name if quantity.basis else None, _in(period))
    return " ".join(part for part in parts if part)


def _in(period: str | None) -> str | None:
    """Put "in" or "on" before a period that has no such word of its own."""
    if period is None:
        return None
    first = period.split()[0].lower()
    link = "on" if first in _WEEKDAYS else "in" if first in _IN or first[:4].isdecimal() else ""
    return f"{link} {period}".strip()


_WEEKDAYS: Final = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_IN: Final = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug "
    "sep sept oct nov dec the q1 q2 q3 q4 first second third fourth spring summer autumn winter fiscal".split()
)


def direction_of(quantity: Quantity) -> Literal["up", "down"] | None:
    """Give where a change goes."""
    name = quantity.direction.name if quantity.direction else ""
    return "up" if name == "up" else "down" if name == "down" else None


def words_of(span: Span | None, text: str) -> str | None:
    """Give a span in the words of the article; in its own spelling where it has none there."""
    return (text[span.start : span.end] or span.name) if span else None
