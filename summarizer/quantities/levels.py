"""The two levels behind a change in per cent: "fell by 12.7 %, from $33 billion in April to $28.8 billion"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import permutations
from typing import Final

from summarizer.quantities.quantity import Quantity, Span

#: The change worked out of the levels as written may miss the one that is told by this share of it, besides rounding:
#: "from 3 to 4" is 33 %, and would else pass for anything from 0 to 80.
_MISSED: Final = 0.1
_MONTHS: Final = {
    month[:3]: at
    for at, month in enumerate(
        "january february march april may june july august september october november december".split(), start=1
    )
}
_QUARTERS: Final = {"first": 1, "second": 2, "third": 3, "fourth": 4, "q1": 1, "q2": 2, "q3": 3, "q4": 4}


def levels_behind(change: Quantity, others: Iterable[Quantity]) -> tuple[Quantity, Quantity] | None:
    """Find the two levels that a change in per cent follows from.

    :param change: a change in per cent that goes up or down; for any other figure nothing is found.
    :param others: figures of the same matter, such as those of the sentence and of the ones beside it.
    :return: the level before and the level after, whose arithmetic gives the change within what rounding allows; None
        when there are no such two. Pairs told as "from" and "to" come first.
    """
    if change.family != "percent" or change.role != "change" or change.direction is None or change.value is None:
        return None
    levels = [
        other for other in others if other.role in ("from", "to", "level") and other.value and other is not change
    ]
    levels = [level for level in levels if level.family != "duration"][:12]
    pairs = [
        (first, then)
        for first, then in permutations(levels, 2)
        if first.family == then.family
        and first.unit.name == then.unit.name
        and first.role in ("from", "level")
        and then.role in ("to", "level")
        and (first.role, then.role) != ("from", "level")
    ]
    pairs.sort(key=lambda pair: (pair[0].role != "from", pair[1].role != "to"))
    for first, then in pairs:
        told = first.role == "from" or (first.period is not None and then.period is not None)
        if told and _follows(change, first, then):
            return first, then
    return None


def _follows(change: Quantity, first: Quantity, then: Quantity) -> bool:
    if change.value is None or change.direction is None or not first.value or not then.value or first.value <= 0:
        return False
    sign = 1.0 if change.direction.name == "up" else -1.0
    told = abs(change.value)
    exact = sign * (then.value / first.value - 1) * 100
    if abs(exact - told) > max(change.slack, _MISSED * told):
        return False
    least, most = sorted(
        sign * ((then.value + side * then.slack) / max(first.value - side * first.slack, 1e-12) - 1) * 100
        for side in (-1.0, 1.0)
    )
    return least <= told + change.slack and most >= told - change.slack


def infer_basis(change: Quantity, others: Sequence[Quantity]) -> Span | None:
    """Name what a change is told against by its two levels: from April to May is month on month.

    :return: the place of both levels, named; None without levels or when their periods are not one step apart.
    """
    levels = levels_behind(change, others)
    if levels is None:
        return None
    first, then = levels
    later = then.period or change.period
    if first.period is None or later is None:
        return None
    name = basis_between(first.period.name, later.name)
    return Span(name, min(first.start, then.start), max(first.end, then.end)) if name else None


def basis_between(before: str, after: str) -> str | None:
    """Name the step from one period to another: "April" to "May" is month on month, "2023" to "2024" year on year."""
    first, then = _read(before), _read(after)
    if first is None or then is None or (first[1] is not then[1] and (first[1] is None) != (then[1] is None)):
        return None
    (first_year, _, first_part), (then_year, _, then_part) = first, then
    if first[1] != then[1]:
        return None
    years = None if first_year is None or then_year is None else then_year - first_year
    if first[1] is None:
        return "year on year" if years == 1 else None
    size = 12 if first[1] == "month" else 4
    if first_part == then_part:
        return "year on year" if years == 1 else None
    steps = then_part - first_part + size * (years or 0) if years is not None else (then_part - first_part) % size
    return f"{first[1]} on {first[1]}" if steps == 1 else None


def _read(period: str) -> tuple[int | None, str | None, int] | None:
    """Read a period's year, what part of the year it is, and which; None for others."""
    year: int | None = None
    part: tuple[str, int] | None = None
    for word in period.lower().replace(",", " ").replace("-", " ").split():
        if word.isdecimal() and len(word) == 4:
            year = int(word)
        elif word.isdecimal() and len(word) == 2 and year is not None and part is None:
            part = ("month", int(word))
        elif word[:3] in _MONTHS and part is None and word.isalpha():
            part = ("month", _MONTHS[word[:3]])
        elif word in _QUARTERS:
            part = ("quarter", _QUARTERS[word])
    if part is None:
        return (year, None, 0) if year is not None else None
    return year, part[0], part[1]
