"""Two numbers that are one stretch of time: "2 hours 14 minutes"."""

from __future__ import annotations

import dataclasses

from summarizer.quantities.draft import Draft
from summarizer.quantities.line import Line


def join_lengths(line: Line, drafts: list[Draft]) -> list[Draft]:
    """Join the parts of one stretch of time: "2 hours 14 minutes", "three years and six months"."""
    found: list[Draft] = []
    for draft in drafts:
        last = found[-1] if found else None
        whole = last and _lengthen(line, last, draft)
        if whole:
            found[-1] = whole
        else:
            found.append(draft)
    return found


def _lengthen(line: Line, one: Draft, other: Draft) -> Draft | None:
    """Join two stretches of time of which the second is the smaller unit and less than one of the first."""
    if not one.family == other.family == "duration" or one.unit is None or other.unit is None:
        return None
    if line.lows[one.last : other.first] not in ([], ["and"], [","]) or one.low is not None or other.low is not None:
        return None
    a, b, times = one.number, other.number, other.unit.factor / one.unit.factor
    if a.value is None or b.value is None or one.is_age() != other.is_age() or b.value * times >= 1 or b.value < 0:
        return None
    value = a.value + b.value * times
    number = dataclasses.replace(
        a, value=value, low=value, high=value, step=b.step * times, slack=b.slack * times, rounded=b.rounded
    )
    return dataclasses.replace(one, number=number, span=other.span, last=other.last, number_last=other.number_last)
