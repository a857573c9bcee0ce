"""What is read of a number in a sentence: the interval it means, and everything that says what it is a number of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

#: Units that can be turned into one another, or at least compared, are of one family.
Family = Literal[
    "money", "percent", "points", "count", "duration", "length", "area", "volume", "mass", "speed", "temperature",
    "energy", "power", "data", "rank", "ratio", "score",
]  # fmt: skip
#: How sharply a number is meant.
Bound = Literal["exact", "about", "nearly", "at least", "more than", "at most", "less than", "range", "vague"]
#: What the number is of what it measures: a level, a change ("by 5", "fell 5"), or one end of a move ("from", "to").
Role = Literal["level", "change", "from", "to"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a sentence, and what it is read as.

    :param name: in one spelling: ``"year on year"`` for "from a year earlier", ``"USD"`` for "$".
    :param start: first character within the sentence.
    :param end: one past the last.
    """

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, and what it is a number of; what the sentence does not tell is None.

    Numbers are in the base of the unit with the scale applied: "28.8 billion dollars" is 28.8e9 USD, "two weeks" is 14
    days, "12.7 %" is 12.7.

    :param start: first character of the figure within the sentence, its bound ("at least") included.
    :param end: one past the last, its unit included.
    :param low: least value meant: 12.65 for "12.7", 30 for "more than 30"; ``-inf`` when open.
    :param high: greatest value meant; ``inf`` when open.
    :param value: as written; None for ranges and for vague ones such as "dozens".
    :param slack: half of the last place that was written; zeros at the end of a whole number were not, and a scale
        counts: .05e9 for "28.8 billion", 50 for "300", .5 for "12".
    :param bound: how sharply it is meant.
    :param family: kind of unit.
    :param unit: the unit, canonical; of a count the noun that it counts, singular: ``"soldier"``.
    :param number: the number itself, without bound and unit; its name is the number in one spelling.
    :param measure: what is measured: "exports" in "exports fell 12.7 %".
    :param entity: whose: ``"china"``; with a partner ``"china to usa"``, or the partner alone, ``"to usa"``.
    :param basis: against what a change is told, or per what: ``"year on year"``, ``"month on month"``,
        ``"annualised"``, ``"since February 2020"``, ``"per head"``, ``"per day"``, ``"seasonally adjusted"``.
    :param period: of what time: ``"May"``, ``"2024"``, ``"first quarter"``.
    :param direction: ``"up"`` or ``"down"``.
    :param role: what the number is of what it measures.
    :param modality: ``"estimate"``, ``"forecast"``, ``"target"``, ``"possible"``, ``"denied"``.
    :param attribution: on whose word, in words of the sentence.
    """

    start: int
    end: int
    low: float
    high: float
    value: float | None
    slack: float
    bound: Bound
    family: Family
    unit: Span
    number: Span
    measure: Span | None = None
    entity: Span | None = None
    basis: Span | None = None
    period: Span | None = None
    direction: Span | None = None
    role: Role = "level"
    modality: Span | None = None
    attribution: Span | None = None
