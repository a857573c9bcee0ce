"""Whether two figures give the same value, allowing for how they were written and hedged."""

from __future__ import annotations

import re
from math import inf, isinf
from typing import Final, Literal

from summarizer.quantities import Quantity

#: How two values stand to one another: equal; one within the room the other leaves; apart; or open, where "at least"
#: and its like allow the other though no one would have said it so.
Match = Literal["equal", "rounded", "apart", "open"]

_MANTISSA: Final = re.compile(r"\d[\d,]*(?:\.\d+)?")
#: A round figure stands for one that differs by at most this share: "2,000" for 2,134, not for 2,400.
_ROUND: Final = 0.07
#: "About 30" stands for 27 to 33 at least, whatever its last digit.
_ABOUT: Final = 0.1
#: "Dozens", "more than 30" allow any more, but who knows of twice as many does not say so.
_FAR: Final = 1.6
_LOOSE: Final = frozenset(("about", "nearly"))


def compare_values(one: Quantity, other: Quantity) -> Match:
    """Compare the values of two quantities of one unit, directions counting where both are changes."""
    if _opposite(one, other):
        return "apart"
    if one.bound == other.bound and (one.low, one.high, one.value) == (other.low, other.high, other.value):
        return "equal"
    if one.bound == other.bound == "exact" and one.value is not None and other.value is not None:
        return _compare_exact(one, other, one.value, other.value)
    low, high = _interval(one)
    low_other, high_other = _interval(other)
    if low > high_other or low_other > high:
        return "apart"
    if isinf(high) != isinf(high_other) or isinf(low) != isinf(low_other):
        return "open" if _far(one, other) else "rounded"
    return "rounded"


def signed(quantity: Quantity) -> float | None:
    """Give the value, negative where it is a change downward."""
    if quantity.value is None:
        return None
    down = quantity.direction is not None and quantity.direction.name == "down" and quantity.role == "change"
    return -quantity.value if down else quantity.value


def _opposite(one: Quantity, other: Quantity) -> bool:
    changes = one.role == other.role == "change" and one.direction is not None and other.direction is not None
    return changes and one.direction.name != other.direction.name and bool(one.value or other.value)  # type: ignore[union-attr]


def _compare_exact(one: Quantity, other: Quantity, value: float, value_other: float) -> Match:
    apart = abs(value - value_other)
    if apart <= 1e-9 * max(abs(value), abs(value_other)):
        return "equal"
    room = max(_room(one, value), _room(other, value_other))
    return "rounded" if apart <= room * (1 + 1e-9) else "apart"


def _room(quantity: Quantity, value: float) -> float:
    """Give how far an exact figure may be from what it stands for: half of its last place, zeros at the end up to 7 %.

    Small whole numbers and shares are meant as they stand: 30 dead are not 31.
    """
    found = _MANTISSA.search(quantity.number.name)
    digits = found.group().replace(",", "") if found else ""
    stripped = digits.rstrip("0")
    if "." in digits or stripped == digits or not stripped:
        return _half_place(quantity, value, digits)
    whole = quantity.slack / 10.0 ** (len(digits) - len(stripped))
    scaled = quantity.slack > 0.5 * 10.0 ** (len(digits) - len(stripped)) * 1.5
    if quantity.family == "percent" or (len(digits) < 3 and not scaled):
        return whole if scaled or quantity.family == "percent" else 0.0
    return max(whole if scaled else 0.0, min(quantity.slack, _ROUND * abs(value)))


def _half_place(quantity: Quantity, value: float, digits: str) -> float:
    """Half of the last place; nothing for a plain whole count, which has no smaller places."""
    plain = quantity.family in ("count", "rank", "score") and "." not in digits and quantity.slack <= 0.5
    return 0.0 if plain else quantity.slack


def _interval(quantity: Quantity) -> tuple[float, float]:
    low, high = quantity.low, quantity.high
    if quantity.bound in _LOOSE and quantity.value is not None:
        room = _ABOUT * abs(quantity.value)
        low, high = (
            min(low, quantity.value - room),
            max(high, quantity.value + (room if quantity.bound == "about" else 0)),
        )
    elif quantity.bound == "exact" and quantity.value is not None:
        room = _room(quantity, quantity.value)
        low, high = quantity.value - room, quantity.value + room
    elif quantity.bound in ("at least", "more than") and quantity.value is not None:
        low, high = quantity.value, inf
    elif quantity.bound in ("at most", "less than") and quantity.value is not None:
        low, high = -inf, quantity.value
    return low, high


def _far(one: Quantity, other: Quantity) -> bool:
    values = [q.value if q.value is not None else q.low if not isinf(q.low) else q.high for q in (one, other)]
    small, great = sorted(map(abs, values))
    return great > _FAR * small
