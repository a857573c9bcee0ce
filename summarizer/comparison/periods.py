"""Of what time a figure is, as far as it can be compared with another."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Final, Literal

from summarizer.dates import DateMention, bearing, read_dates, resolve

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        "january jan,february feb,march mar,april apr,may,june jun,july jul,august aug,september sep sept,october oct,"
        "november nov,december dec".split(","),
        start=1,
    )
    for name in names.split()
}
_WEEKDAYS: Final = {
    name: number for number, name in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())
}
_ORDINALS: Final = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "final": 4,
    "q1": 1, "q2": 2, "q3": 3, "q4": 4,
}  # fmt: skip
_SEASONS: Final = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}
_WORD: Final = re.compile(r"[a-z]+\d?|\d+(?:st|nd|rd|th)?")
#: Lengths of time over which something is added up, unlike the day on which it happened.
_SPANS: Final = ("year", "full", "half", "quarter", "season", "month")
_DAYS: Final = frozenset(("day", "weekday", "week"))

#: How two times stand to one another: the same, another, said by one only, said by none.
Standing = Literal["same", "other", "one", "none"]


@dataclass(frozen=True, slots=True)
class Period:
    """The time of a figure.

    :param parts: what is known of it: ``{"year": 2024, "month": 5}``; empty where no time is said.
    :param words: as it was said, in one spelling.
    """

    parts: Mapping[str, int] = field(default_factory=dict)
    words: str = ""

    @property
    def is_span(self) -> bool:
        """Whether it is a month or longer: a time over which something is added up."""
        return bool(self.parts) and _DAYS.isdisjoint(self.parts)

    @property
    def finest(self) -> str:
        """The shortest unit that is named."""
        return [name for name in _SPANS if name in self.parts][-1]


NONE: Final = Period()


@lru_cache(maxsize=4096)
def read_period(words: str, name: str, published: str | None = None) -> Period:
    """Read a period: ``"May"``, ``"May 2024"``, ``"first quarter"``, ``"last month"``, ``"Monday"``.

    :param words: as it stands in the sentence.
    :param name: in one spelling.
    :param published: date of the article, ISO 8601; "last month" and the year of "May" are known only with it.
    """
    if not name:
        return NONE
    mentions = read_dates(words) or read_dates(name)
    found = resolve(mentions[0], published) if mentions else None
    if found is None:
        return Period(_parts_of(_WORD.findall(name.lower())), name.lower())
    first = date.fromisoformat(found.first)
    parts: dict[str, int] = {"year": first.year}
    if found.precision == "quarter":
        parts["quarter"] = (first.month + 2) // 3
    elif found.precision == "month":
        parts["month"] = first.month
    elif found.precision == "week":
        parts["week"] = first.toordinal()
    elif found.precision == "day":
        parts |= {"month": first.month, "day": first.day, "weekday": first.weekday()}
    return Period(parts, name.lower())


@lru_cache(maxsize=1024)
def read_times(text: str, published: str | None) -> tuple[Period, ...]:
    """Read every time that a sentence names."""
    found = _PARTS.search(text)
    if found:
        word = found.group().lower()
        half = {"half": 1 + word.startswith("second")}
        return (Period({"full": 1} if found["full"] else {} if found["before"] else half, word),)
    mentions = [mention for mention in read_dates(text) if _dates(text, mention)]
    return tuple(read_period(text[mention.start : mention.end], mention.name, published) for mention in mentions)


def _dates(text: str, mention: DateMention) -> bool:
    """Tell whether a date may be that of the figures of its sentence: not that of saying, nor one compared with."""
    return _SINCE.search(text, 0, mention.start) is None and bearing(text, mention) != "said"


_SINCE: Final = re.compile(r"\b(?:since|than(?: in)?|until) (?:the )?$", re.IGNORECASE)
#: Parts of a year that are no dates of their own.
_PARTS: Final = re.compile(
    r"\b(?:(?:first|second) half of|(?P<full>(?:whole|full|entire) year)|(?P<before>year before last))\b", re.IGNORECASE
)
_WHICH: Final = re.compile(r"(?:last|this|next|previous|coming)\b")
_RELATIVE: Final = re.compile(
    r"(?:(last|this|next|previous|current|past|coming) )?(year|month|week|quarter)( before last)?"
)


def _parts_of(words: list[str]) -> dict[str, int]:
    parts: dict[str, int] = {}
    for word, after in zip(words, [*words[1:], ""], strict=True):
        if word.isdecimal():
            parts["year" if len(word) == 4 else "day"] = int(word)
        elif word in _MONTHS:
            parts["month"] = _MONTHS[word]
        elif word in _WEEKDAYS:
            parts["weekday"] = _WEEKDAYS[word]
        elif word in _SEASONS:
            parts["season"] = _SEASONS[word]
        elif word in _ORDINALS and (word[0] == "q" or after in ("quarter", "half")):
            parts["half" if after == "half" else "quarter"] = _ORDINALS[word]
    return parts


def compare_periods(one: Period, other: Period) -> Standing:
    """Say whether two figures are of the same time: what both name decides, and a month is no quarter or year."""
    if not one.words and not other.words:
        return "none"
    if one.words == other.words and not (one.parts and other.parts):
        return "same"
    mine, theirs = _WHICH.match(one.words), _WHICH.match(other.words)
    if mine and theirs and mine.group() != theirs.group() and not ("year" in one.parts and "year" in other.parts):
        return "other"  # "last summer", "this summer"
    if not one.parts or not other.parts:
        mine, theirs = _RELATIVE.fullmatch(one.words), _RELATIVE.fullmatch(other.words)
        return "other" if mine and theirs and mine.group(2) == theirs.group(2) else "one"
    if one.is_span and other.is_span and one.finest != other.finest:
        return "other"
    shared = [name for name in one.parts if name in other.parts]
    if not shared:
        # "In 1985" is no "Monday": of the year of the article only the day is named.
        return "other" if {"year"} in (set(one.parts), set(other.parts)) and one.is_span != other.is_span else "one"
    return "same" if all(one.parts[name] == other.parts[name] for name in shared) else "other"
