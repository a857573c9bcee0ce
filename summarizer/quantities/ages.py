"""Bare numbers that tell how old somebody is."""

from __future__ import annotations

from typing import Final

from summarizer.quantities.heads import counts_plural
from summarizer.quantities.line import Line
from summarizer.quantities.scales import Number
from summarizer.terms import STOP_WORDS

#: "She was 29", "he's 28", "turned 30": ages, at the end of a clause.
_TURNED: Final = frozenset("turned turns turning he's she's i'm".split())
_BEING: Final = frozenset("was is am just now only".split())
_PERSONS: Final = frozenset(("she", "he", "i", "was", "is"))
_PEOPLE: Final = frozenset(
    "man woman boy girl child lad widow widower mother father grandmother grandfather pensioner teenager farmer driver "
    "postman teacher nurse student pupil".split()
)
_DYING: Final = frozenset("dead died dies die dying death".split())


def is_aged(line: Line, number: Number) -> bool:
    """Tell whether a bare number between commas after a name is an age: "Mary Smith, 34, said"."""
    if number.form != "digits" or number.value is None or not 0 < number.value < 120 or number.rounded:
        return False
    first, last = number.first, number.last
    closed = line.low(last) in (",", ".", ";", ")", "—", "–") or last == line.size
    before = first - 2
    if line.low(first - 1) == "of" and line.low(before) in _PEOPLE and not counts_plural(line, last):
        return True  # "a widow of 71"
    if line.low(first - 1) in _TURNED and not counts_plural(line, last):
        return True
    if closed and (line.low(first - 1) in _BEING and line.low(before) in _PERSONS):
        return True
    if closed and line.low(first - 1) in ("was", "is") and line.low(before) == "," and line.is_capital(before - 1):
        return True  # "The swimmer, Mia Castor, was 17."
    if line.low(first - 1) == "at" and line.low(before) in _DYING and closed:
        return True
    named = line.is_capital(before) or (line.low(last) == "," and line.low(before) not in STOP_WORDS)
    return line.low(first - 1) == "," and closed and named and line.is_word(before) and before > 0
