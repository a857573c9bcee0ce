"""What is read of a time in a sentence, and what becomes of it against the date of the article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

#: What it takes to date a mention: nothing, a year, a date to count from, what was told before, or it cannot be dated.
Kind = Literal["absolute", "partial", "relative", "weekday", "anaphoric", "recurring"]
Tense = Literal["past", "future"]
#: Finest first; the values of :data:`summarizer.findings.Precision`.
Precision = Literal["day", "week", "month", "quarter", "year"]


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date or a stretch of time named in a sentence: ``text[start:end]`` are its words.

    Names have one spelling each: ``"2024-05-03"``, ``"2024-05"``, ``"2024"``, ``"may 3"``, ``"may"``, ``"monday"``,
    ``"last monday"``, ``"first quarter"``, ``"q1 2024"``, ``"h1 2024"``, ``"2020s"``, ``"2023/24"``, ``"yesterday"``,
    ``"last month"``, ``"may last year"``, ``"two days ago"`` (numbers to ten in words), ``"past two weeks"``,
    ``"one year earlier"``, ``"following day"``, ``"every monday"``; ranges have two of them, ``"may 3 to may 5"``, and
    ``"12 months to june"`` ends with the one that it runs to.

    :param start: first character within the sentence.
    :param end: one past the last.
    :param name: what is meant, in one spelling; without the part and without "on" or "the".
    :param kind: ``"absolute"`` needs nothing else, ``"partial"`` lacks the year, ``"relative"`` and ``"weekday"``
        count from the date of the article, ``"anaphoric"`` from something told before ("the following day"), and
        ``"recurring"`` is no one time ("every Monday", "Mondays").
    :param part: part of the day, month or year: ``"morning"``, ``"early"``, ``"mid"``, ``"end"`` …
    :param weekday: the day of the week that stands before a date, lower case.
    :param tense: whether the sentence speaks of it as gone ("was held in May") or as to come ("is due Friday"); None
        where it does not show, or is not asked, since the name tells.
    """

    start: int
    end: int
    name: str
    kind: Kind
    part: str | None = None
    weekday: str | None = None
    tense: Tense | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    """The days that a mention means, both included.

    :param first: first day, ISO 8601.
    :param last: last day.
    :param precision: the unit that was named; a range of days keeps ``"day"``, decades and centuries are ``"year"``.
    """

    first: str
    last: str
    precision: Precision
