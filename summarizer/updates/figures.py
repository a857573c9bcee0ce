"""The numbers of a sentence, each under the keys by which it is known again.

Every number counts: quantities in one spelling with their unit, so that "28.8 billion dollars" and "$28.8bn" are one,
and whatever else is written in digits, dates and times among them. So no planted number can slip past the reader of
quantities.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from summarizer.quantities import Quantity, read_quantities

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        "jan january|feb february|mar march|apr april|may|jun june|jul july|aug august|sep sept september|oct october|"
        "nov november|dec december".split("|"),
        1,
    )
    for name in names.split()
}
_DIGITS: Final = re.compile(r"\d+(?:[.,:]\d+)*")
_HAS_DIGIT: Final = re.compile(r"\d")
_WORD_BEFORE: Final = re.compile(r"(?<![^\W\d_])([^\W\d_]+)\.?,?\s++$")
_WORD_AFTER: Final = re.compile(r"(?:st|nd|rd|th)?\s+(?:of\s+)?([^\W\d_]+)")
_ISO_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
#: Rounding moves a number by at most this share: "100" is not 127 written short, nor does "more than 2" tell of 12.
_ROUNDED: Final = 0.1
#: "The two sides" tells who meets, not how many.
_PARTIES: Final = frozenset(
    "side country nation leader government party power economy neighbour neighbor state team".split()
)
#: An interval may stick out of another by this share and still lie within it: rounding of the reader.
_ROOM: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a sentence.

    :param start: first character within the sentence.
    :param end: one past the last.
    :param keys: spellings under which it is known again; one of them is enough.
    :param quantity: what was read of it; None for dates, years, times and numbers in names.
    :param digits: the digits in it, without commas; empty where it is spelled out.
    """

    start: int
    end: int
    keys: frozenset[str]
    quantity: Quantity | None = None
    digits: frozenset[str] = frozenset()


@lru_cache(maxsize=1 << 14)
def read_figures(text: str, published: str | None = None) -> tuple[Figure, ...]:
    """Read the numbers of a sentence, in order of their places.

    :param text: the sentence; most have no number, which is seen at once where there is no digit.
    :param published: date of the article; its day and the day before are what "today" and "yesterday" mean in it.
    """
    quantities = read_quantities(text)
    found = [_of_quantity(quantity, text) for quantity in quantities if _counts(quantity, text)]
    if _HAS_DIGIT.search(text):
        covered = [(figure.start, figure.end) for figure in found]
        for match in _DIGITS.finditer(text):
            at = match.start()
            if not any(start <= at < end for start, end in covered):
                found.append(Figure(at, match.end(), frozenset(_label_keys(text, match)), None, _digits(match.group())))
    return tuple(sorted(found, key=lambda figure: (figure.start, figure.end)))


def figure_keys(figures: Iterable[Figure]) -> frozenset[str]:
    """Give all spellings of figures."""
    return frozenset(key for figure in figures for key in figure.keys)


def day_keys(published: str | None) -> frozenset[str]:
    """Give the keys of what an article of a day need not say to be known: its year, its day and the day before."""
    match = _ISO_DAY.match(published or "")
    try:
        day = date.fromisoformat(match.group()) if match else None
    except ValueError:
        day = None
    if day is None:
        return frozenset()
    earlier = day - timedelta(days=1) if day > date.min else day
    return frozenset({f"={day.year}", *(f"day {one.month}-{one.day}" for one in (day, earlier))})


def restates(new: Quantity, known: Quantity) -> bool:
    """Tell whether a figure says no more than a known one of the same kind: the same value, rounded or bounded.

    "13 %" and "more than 12 %" say no more than 12.7 %; 12.73 % and "more than 2 %" do, and so does a range. Whether
    both are of one matter is not looked at.
    """
    if new.family != known.family or new.value is None or known.value is None:
        return False
    room = _ROOM * abs(known.value)
    within = new.low <= known.low + room and known.high <= new.high + room
    return within and abs(new.value - known.value) <= _ROUNDED * max(abs(new.value), abs(known.value)) + room


def is_told(new: Figure, known: Figure) -> bool:
    """Tell whether a figure says no more than one in a sentence on the same matter.

    A number that was read as a quantity in one of them only, as in "Smith, 65," and "65-year-old", is known by its
    digits.
    """
    if new.quantity is not None and known.quantity is not None:
        return restates(new.quantity, known.quantity)
    return bool(new.digits) and new.digits <= known.digits


def _counts(quantity: Quantity, text: str) -> bool:
    """Leave out what is no number to an eye: "dozens", "first", "one", "the two sides"."""
    if quantity.bound == "vague":
        return False
    if _HAS_DIGIT.search(text, quantity.start, quantity.end):
        return True
    if quantity.value == 2 and quantity.unit.name in _PARTIES:
        return False
    return quantity.family != "rank" and quantity.value != 1


def _of_quantity(quantity: Quantity, text: str) -> Figure:
    number = f"{quantity.low:.10g}..{quantity.high:.10g}"
    if quantity.value is not None:
        number = f"{quantity.value:.10g}"
    keys = frozenset((f"{quantity.family} {quantity.unit.name} {number}",))
    return Figure(quantity.start, quantity.end, keys, quantity, _digits(text[quantity.start : quantity.end]))


def _digits(text: str) -> frozenset[str]:
    return frozenset(found.replace(",", "") for found in _DIGITS.findall(text))


def _label_keys(text: str, match: re.Match[str]) -> Iterable[str]:
    digits = match.group().replace(",", "")
    before, after = _WORD_BEFORE.search(text, max(match.start() - 12, 0), match.start()), None
    after = _WORD_AFTER.match(text, match.end())
    for near in (before, after):
        month = _MONTHS.get(near.group(1).lower()) if near else None
        if month and digits.isdecimal() and int(digits) <= 31:
            return (f"day {month}-{int(digits)}",)
    return (f"={digits.lstrip('0') or '0'}",)
