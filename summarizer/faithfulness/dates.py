"""Dates: days, months, years and words such as "yesterday"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from summarizer.faithfulness.anchors import moved
from summarizer.faithfulness.lexicon import MONTHS, NUMBER_WORDS, WEEKDAYS
from summarizer.faithfulness.objections import Objection
from summarizer.faithfulness.words import Pairing, Reading, read

_RELATIVE: Final = frozenset("yesterday today tomorrow tonight overnight midnight noon weekend".split())
_POINTERS: Final = {
    "last": "last", "past": "past", "previous": "last", "this": "this", "next": "next", "coming": "next",
    "late": "late", "later": "later", "earlier": "earlier", "early": "early", "mid": "mid",
}  # fmt: skip
_UNITS: Final = frozenset(
    "day days week weeks weekend month months year years decade decades century night morning afternoon evening spring "
    "summer autumn fall winter quarter hour hours".split()
)
_PARTS: Final = frozenset("morning afternoon evening night".split())
_YEAR_BEFORE: Final = frozenset(
    "in since of until till from by to early late mid during before after the and between , ( - – / '".split()
)


@lru_cache(maxsize=4096)
def dates(text: str) -> tuple[tuple[str, int, int], ...]:
    """Read the dates of a sentence: (what is named, first token, token after the last). O(length)."""
    reading = read(text)
    found: list[tuple[str, int, int]] = []
    at = 0
    while at < len(reading.lows):
        one = _date(reading, at)
        if one:
            found.append((one[0], at, one[1]))
        at = one[1] if one else at + 1
    return tuple(found)


@lru_cache(maxsize=4096)
def date_tokens(text: str) -> frozenset[int]:
    """Give the tokens that belong to dates: they are no quantities."""
    return frozenset(at for _, start, end in dates(text) for at in range(start, end))


def _date(reading: Reading, at: int) -> tuple[str, int] | None:
    lows = reading.lows
    low = lows[at]
    after = lows[at + 1] if at + 1 < len(lows) else ""
    if low in WEEKDAYS and not (low in ("mon", "sun", "sat") and after != "."):
        return WEEKDAYS[low], at + 1
    if low in MONTHS and _is_month(reading, at):
        return _month(lows, at)
    if low.isdecimal() and _day(low):
        month = at + 2 if after in ("of", "th", "st", "nd", "rd") else at + 1
        if month < len(lows) and lows[month] in MONTHS and _is_month(reading, month):
            return f"{MONTHS[lows[month]]} {int(low)}", month + 1
    if low.isdecimal() and len(low) == 4 and _is_year(lows, at):
        return low, at + 1
    if low in _RELATIVE:
        return low, at + 1
    return _relative(lows, at)


def _is_month(reading: Reading, at: int) -> bool:
    """Tell the month of May, and of March, from the verb; abbreviations only with a number."""
    low, lows = reading.lows[at], reading.lows
    near = [*lows[max(0, at - 1) : at], *lows[at + 1 : at + 3]]
    if any(word[0].isdecimal() for word in near) or (len(low) <= 4 and low not in ("may", "june", "july")):
        return any(word[0].isdecimal() for word in near)
    if low not in ("may", "march"):
        return True
    before = lows[at - 1] if at else ""
    if reading.tokens[at][0].isupper():
        return at > 0
    return (
        low == "may"
        and before in ("in", "last", "since", "until", "of", "early", "late", "mid", "by")
        and not reading.cased
    )


def _month(lows: Sequence[str], at: int) -> tuple[str, int]:
    month, end = MONTHS[lows[at]], at + 1
    if end < len(lows) and lows[end] == ".":
        end += end + 1 < len(lows) and lows[end + 1][0].isdecimal()
    if end < len(lows) and lows[end].isdecimal() and _day(lows[end]):
        return f"{month} {int(lows[end])}", end + 1
    return month, max(end, at + 1) if end == at + 1 else at + 1


def _day(low: str) -> bool:
    return low.isdecimal() and 0 < int(low[:3]) <= 31 and len(low) <= 2


def _is_year(lows: Sequence[str], at: int) -> bool:
    if not 1500 <= int(lows[at]) <= 2100:
        return False
    before = lows[at - 1] if at else ","
    after = lows[at + 1] if at + 1 < len(lows) else "."
    return (before in _YEAR_BEFORE or before in MONTHS or _day(before) or not after[0].isalpha()) and after not in (
        "%", "percent", "people", "dollars", "years",
    )  # fmt: skip


def _relative(lows: Sequence[str], at: int) -> tuple[str, int] | None:
    """Read "last month", "this week", "two days ago", "Monday night" and the like."""
    low = lows[at]
    after = lows[at + 1] if at + 1 < len(lows) else ""
    if low in _POINTERS and after in _UNITS:
        return f"{_POINTERS[low]} {after.removesuffix('s')}", at + 2
    if low in _PARTS and at and (lows[at - 1] in WEEKDAYS or lows[at - 1] in ("the", "yesterday", "tomorrow")):
        return low, at + 1
    if low in _UNITS and after in ("ago", "earlier", "later", "before", "after"):
        count = lows[at - 1] if at else ""
        number = f"{NUMBER_WORDS[count]:g}" if count in NUMBER_WORDS else count
        return f"{'1' if number in ('a', 'an') else number} {low.removesuffix('s')} {after}", at + 2
    return None


def check_dates(pairing: Pairing) -> list[Objection]:
    """Object to dates that no source has, and to dates that stand where the sources have others."""
    mine = _anchors(pairing.candidate.text)
    if not mine:
        return []
    theirs = [(source, _anchors(source.text)) for source in pairing.sources]
    known = set().union(*(those for _, those in theirs))
    months = {key.split()[0] for key in known}
    missing = [key for key in mine if key not in known and key not in months]
    if missing:
        return [Objection("date", f"{key} is in no source") for key in missing]
    return [
        Objection("date", f"{key} stands where the sources have {other}")
        for key, other in moved(pairing.candidate, mine, theirs)
    ]


def _anchors(text: str) -> dict[str, list[tuple[int, int]]]:
    anchors: dict[str, list[tuple[int, int]]] = {}
    for key, start, end in dates(text):
        anchors.setdefault(key, []).append((start, end))
    return anchors
