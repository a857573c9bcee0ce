"""Whether a later figure can be the earlier one corrected, or is that of another event of its kind.

A story that is followed for months has many bombings, closing prices and counts of the day. Of 44 corrections found in
dated updates of three events by their figures alone, 3 were any. So the sentences must be close in words and in time,
and counts must not fall; or the wording is all but the same, the later one says that it corrects, or both name the same
month or year. The dead and the missing of one disaster are counted anew from day to day, in other words each time: such
a count may be less close where its sentence says that it moved on and no other place is named, and the missing may grow
fewer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Final

from summarizer.dates import published_day
from summarizer.findings import Value
from summarizer.updates.names import read_names

#: Similarity from which two sentences are one with a figure changed.
_ALL_BUT_SAME: Final = 0.75
#: Days after which a count is told of another event, unless something says otherwise.
_DAYS: Final = 3
_CORRECTS: Final = re.compile(
    # "a revised bill" is another bill.
    r"\b(?:(?<!\ba )(?:revised|corrected|updated)|revis(?:es|ing|ion)|correct(?:s|ing|ion)|updat(?:es|ing)"
    r"|previous(?:ly)?|initial(?:ly)?|instead of|"
    r"(?:up|down) from|earlier (?:count|toll|figure|report|estimate|number)s?|(?:first|originally) (?:said|reported|"
    r"announced|put|thought)|had (?:said|reported|put)|now (?:says?|puts?|stands?))\b",
    re.IGNORECASE,
)
#: What one sues or is fined for is not what one pays for a thing.
_CLAIMED: Final = re.compile(
    r"\b(?:sue[sd]?|suing|suits?|lawsuits?|damages|fine[sd]?|penalt(?:y|ies))\b", re.IGNORECASE
)
#: Counts of people that are given anew from day to day, by their measure.
_CASUALTIES: Final = re.compile(
    r"kill|\bdea[dt]|\bdie[ds]?\b|\btoll\b|missing|unaccounted|injur|wounded|hurt|trapped", re.IGNORECASE
)
#: Of these, a later count is mostly a lower one.
_SHRINKING: Final = re.compile(r"missing|unaccounted|trapped", re.IGNORECASE)
#: The later sentence says itself that a count is not the first.
_MOVES_ON: Final = re.compile(
    r"\b(?:now|so far|still|remain(?:s|ed)?|ris(?:es|en|ing)|rose|climb(?:s|ed|ing)|increas(?:es|ed|ing)"
    r"|jump(?:s|ed)|grew|grown|soar(?:s|ed)|fell|dropped|reached)\b",
    re.IGNORECASE,
)
_WEEKDAYS: Final = frozenset("monday tuesday wednesday thursday friday saturday sunday today yesterday tonight".split())

#: A sentence: its document, and its first character.
Place = tuple[str, int]


def sentence_of(value: Value) -> Place:
    """Give the sentence that a value stands in."""
    return value.sentence.document_id, value.sentence.start


def number_of(value: Value) -> float | None:
    """Give the one number of a figure: the middle of what is meant, or the end that is not open."""
    ends = [end for end in (value.low, value.high) if end is not None and isfinite(end)]
    return sum(ends) / len(ends) if ends else None


def _counts(pattern: re.Pattern[str], value: Value) -> bool:
    """Tell whether a figure counts people of a kind, by its measure and its own words."""
    return bool(pattern.search(f"{value.measure or ''} {value.place.text}"))


@dataclass(frozen=True, slots=True)
class Pairing:
    """Which known sentences stand beside which new ones, and when their articles were published.

    :param similarity: new sentence -> known sentences beside it, with how similar they are.
    :param days: date of each document, ISO 8601.
    :param support: similarity from which a sentence supports another.
    """

    similarity: Mapping[Place, Mapping[Place, float]]
    days: Mapping[str, str | None]
    support: float

    def is_new(self, value: Value) -> bool:
        """Tell whether a value stands in a new sentence."""
        return sentence_of(value) in self.similarity

    def may_correct(self, old: Value, new: Value) -> bool:
        """Tell whether what a new sentence says can be what a known one said, told otherwise."""
        similarity = self.similarity.get(sentence_of(new), {}).get(sentence_of(old))
        if similarity is None:
            return False
        if similarity >= _ALL_BUT_SAME:
            return True
        if bool(_CLAIMED.search(old.sentence.text)) != bool(_CLAIMED.search(new.sentence.text)):
            return False
        period = (new.period or "").lower()
        if period and period not in _WEEKDAYS and period == (old.period or "").lower():
            return True
        close = similarity >= self.support
        if _CORRECTS.search(new.sentence.text):
            return close
        if self._gap(old, new) > _DAYS:
            return False
        before, after = number_of(old), number_of(new)
        falls = before is not None and after is not None and after < before
        if falls and not (_counts(_SHRINKING, old) and _counts(_SHRINKING, new)):
            return False
        return close or self._moves_on(old, new)

    def _moves_on(self, old: Value, new: Value) -> bool:
        """Tell whether a count of the dead or missing is said to go on from an earlier one, of a day before."""
        if not (_counts(_CASUALTIES, old) and _counts(_CASUALTIES, new)) or not self.is_later(old, new):
            return False
        named = [{key for name in read_names(one.sentence.text) for key in name.words} for one in (old, new)]
        return bool(_MOVES_ON.search(new.sentence.text)) and (not all(named) or not named[0].isdisjoint(named[1]))

    def goes_along(self, old: Value, new: Value) -> bool:
        """Tell whether a value that says what a corrected one says is corrected with it: near, and of those days."""
        return sentence_of(old) in self.similarity.get(sentence_of(new), {}) and self._gap(old, new) <= _DAYS

    def is_later(self, old: Value, new: Value) -> bool:
        """Tell whether the article of one is known to be of a later day than that of the other."""
        before, after = (self._day(value) for value in (old, new))
        return before is not None and after is not None and before < after

    def _gap(self, old: Value, new: Value) -> int:
        """Give the days between two articles; 0 if either date is not known."""
        before, after = (self._day(value) for value in (old, new))
        return abs((after - before).days) if before and after else 0

    def _day(self, value: Value) -> date | None:
        return published_day(self.days.get(value.place.document_id))
