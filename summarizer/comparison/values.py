"""Whether two figures give the same value, allowing for how they were written and hedged."""

from __future__ import annotations

import re
from dataclasses import replace
from math import isinf
from typing import Final, Literal

from summarizer.quantities import Quantity

#: How two values stand to one another: equal; one within the room the other leaves; apart; or open, where "at least"
#: and its like allow the other though no one would have said it so.
Match = Literal["equal", "rounded", "apart", "open"]

#: A round figure stands for one that differs by at most this share: "2,000" for 2,134, not for 2,400.
_ROUND: Final = 0.07
#: Below it a whole number is meant as it stands: 30 dead are not 31.
_SMALL: Final = 100
#: One zero at the end is no sign of rounding: 220 votes are not 224.
_TENS: Final = 5
#: "Dozens", "more than 30" allow any more, but who knows of twice as many does not say so.
_FAR: Final = 1.6
#: "Hundreds" are any number up to where the next word begins.
_VAGUE: Final = 10
#: Share of a value by which it may be beyond the bound of a rounder one.
_GRAZING: Final = 0.005
#: "A quarter" may stand for 23 to 27 %.
_PART: Final = 2.0
_WHOLE: Final = 100
#: Rounded to one decimal each, a part and the rest may miss it by so much.
_LAST: Final = 0.11
#: How far "some 123" reaches.
_PRECISE: Final = 0.02


def compare_values(one: Quantity, other: Quantity) -> Match:
    """Compare the values of two quantities of one unit, directions counting where both are changes."""
    if one.family == other.family == "score":
        return "equal" if _scores(one) == _scores(other) else "apart"
    if one.family != other.family:
        one, other = _as_percent(one), _as_percent(other)
    if _opposite(one, other):
        return "apart"
    if one.bound == other.bound and (one.low, one.high, one.value) == (other.low, other.high, other.value):
        return "equal"
    if one.bound == other.bound == "exact" and one.value is not None and other.value is not None:
        return _compare_exact(one, other, one.value, other.value)
    if one.bound == other.bound == "range":
        room = max(one.slack, other.slack)
        return "rounded" if max(abs(one.low - other.low), abs(one.high - other.high)) <= room else "apart"
    one, other = _narrow(one), _narrow(other)
    if one.low > other.high or other.low > one.high:
        return "rounded" if _graze(one, other) else "apart"
    if isinf(one.high) != isinf(other.high) or isinf(one.low) != isinf(other.low):
        return "open" if _far(one, other) else "rounded"
    return "rounded"


def _graze(one: Quantity, other: Quantity) -> bool:
    """Tell whether two values are apart by no more than what was rounded off: "almost 8,400", and 8,410."""
    gap = max(one.low - other.high, other.low - one.high)
    sizes = [abs(quantity.value) for quantity in (one, other) if quantity.value is not None]
    return len(sizes) == 2 and gap <= min(max(one.slack, other.slack), _GRAZING * max(sizes))


def make_a_whole(one: Quantity, other: Quantity) -> bool:
    """Tell whether two shares are a part and the rest: together 100 %, but for the last place."""
    if one.family != "percent" or other.family != "percent" or one.value is None or other.value is None:
        return False
    return abs(one.value + other.value - _WHOLE) <= _LAST


def is_compared(quantity: Quantity, text: str) -> bool:
    """Tell whether reports can differ in a quantity: "the second day" and "the third time" are no amounts.

    A seed and a number in a ranking are. What its own article withdraws ("24 homes, not 22 as first reported") is none.

    :param text: its sentence.
    """
    if _DENIED.search(text[: quantity.start]) and _BEFORE.match(text, quantity.end):
        return False
    if quantity.family != "rank":
        return True
    numbered = not quantity.unit.name and (
        _RANKED.match(text, quantity.start)
        or _PLACED.search(text[max(0, quantity.start - 12) : quantity.start])
        or _LISTED.match(text, quantity.end)
    )
    return bool(numbered) or quantity.unit.name == "seed"


def withdraws(text: str, number: str) -> bool:
    """Tell whether a sentence takes a number back: "24 homes, not 22 as first reported".

    :param number: as another article writes it.
    """
    if not number or number not in text:
        return False
    found = re.finditer(rf"(?<![\w.,]){re.escape(number)}(?![\w]|[.,]\d)", text)
    return any(_DENIED.search(text[: match.start()]) and _BEFORE.match(text, match.end()) for match in found)


_DENIED: Final = re.compile(r"\b(?:not|rather than|instead of)(?: the)? $", re.IGNORECASE)
_BEFORE: Final = re.compile(
    r"[^.;]{0,30}\b(?:first|initially|originally|previously|earlier|wrongly|mistakenly)\b", re.IGNORECASE
)
_PLACED: Final = re.compile(r"\b(?:ranked|ranks|placed)\W+$", re.IGNORECASE)
_LISTED: Final = re.compile(r" (?:in|on) the (?:world|country|rankings?|list|index|table|standings)\b")
_RANKED: Final = re.compile(r"(?:number|no\.?|ranked|ranks|#)(?!\w)", re.IGNORECASE)


def _scores(quantity: Quantity) -> list[str]:
    """Give both numbers of a score, whichever side is told first."""
    return sorted(_DIGITS.findall(quantity.number.name))


_DIGITS: Final = re.compile(r"\d+")


def _opposite(one: Quantity, other: Quantity) -> bool:
    if not one.role == other.role == "change" or one.direction is None or other.direction is None:
        return False
    return one.direction.name != other.direction.name and bool(one.value or other.value)


def _compare_exact(one: Quantity, other: Quantity, value: float, value_other: float) -> Match:
    apart = abs(value - value_other)
    parts = [quantity for quantity in (one, other) if quantity.unit.name == "share"]
    if len(parts) == 1 and apart <= _PART and apart > 0:
        return "rounded"
    if apart <= 1e-9 * max(abs(value), abs(value_other)):
        return "equal"
    room = max(_room(one, value), _room(other, value_other))
    return "rounded" if apart <= room * (1 + 1e-9) else "apart"


def _room(quantity: Quantity, value: float) -> float:
    """Give how far an exact figure may be from what it stands for: half of its last place, zeros at its end not one."""
    room = (quantity.high - quantity.low) / 2
    if abs(value) < _SMALL or quantity.slack <= max(room, _TENS):
        return room
    return max(room, min(quantity.slack, _ROUND * abs(value)))


def _narrow(quantity: Quantity) -> Quantity:
    """Take "some 123" as meant within two per cent: who rounds does not round to that."""
    value = quantity.value
    if quantity.bound != "about" or quantity.family != "count" or value is None or value < 20 or value % 5 == 0:
        return quantity
    return replace(quantity, low=value * (1 - _PRECISE), high=value * (1 + _PRECISE))


def _as_percent(quantity: Quantity) -> Quantity:
    """Give a share such as "two in five" in per cent, to the next whole one."""
    if quantity.family != "ratio":
        return quantity
    value = None if quantity.value is None else 100 * quantity.value
    return replace(quantity, value=value, low=100 * quantity.low, high=100 * quantity.high, slack=0.5, family="percent")


def _far(one: Quantity, other: Quantity) -> bool:
    values = [q.value if q.value is not None else q.low if not isinf(q.low) else q.high for q in (one, other)]
    small, great = sorted(map(abs, values))
    return great > (_VAGUE if "vague" in (one.bound, other.bound) else _FAR) * small
