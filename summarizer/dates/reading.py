"""Reading the dates of a sentence: one walk over its words, and rules for those that can start a date."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Final

from summarizer.dates.calendar_dates import (
    read_day_first,
    read_decade,
    read_fiscal,
    read_iso,
    read_month_first,
    read_quarter,
    read_run,
    read_season,
    read_years,
)
from summarizer.dates.mention import DateMention
from summarizer.dates.relative_dates import (
    read_count,
    read_day,
    read_from_telling,
    read_pointer,
    read_recurring,
    read_vague,
    read_weekday,
    read_weekend,
    weekday_before,
)
from summarizer.dates.tense import tense_at
from summarizer.dates.words import MONTHS, NUMBER_WORDS, WEEKDAY_NAMES, WEEKDAYS, fold

_Reader = Callable[[str, int], DateMention | None]
_WORD: Final = re.compile(r"[A-Za-z]+|[0-9]+")
_DIGIT: Final = re.compile(r"[0-9]")
_PART_BEFORE: Final = re.compile(
    # "to start Thursday" is a verb, so these want "of" or a hyphen.
    r"(?:(early|earlier|mid|late|later)(?:-|(?: on| in| of)? )|(middle|end|beginning|start)(?: of |-))"
    r"(?:the )?(?=[\w'’])",
    re.IGNORECASE,
)
_PART_OF_THIS: Final = re.compile(
    r"(middle|end|beginning|start) of the (week|month|quarter|year)\b(?! [12][0-9]{3})", re.IGNORECASE
)
_PARTS: Final = {"middle": "mid", "beginning": "early", "start": "early"}

_READERS: Final[dict[str, tuple[_Reader, ...]]] = {
    **dict.fromkeys(MONTHS, (read_month_first,)),
    **dict.fromkeys(NUMBER_WORDS, (read_run, read_count, read_from_telling)),
    **dict.fromkeys(("few", "several", "couple", "many"), (read_count,)),
    **dict.fromkeys(("days", "weeks", "months", "years", "decades"), (read_run, read_vague)),
    **dict.fromkeys(("yesterday", "today", "tomorrow", "tonight"), (read_day,)),
    "day": (read_day, read_from_telling),
    **dict.fromkeys(("week", "month", "night"), (read_from_telling,)),
    **dict.fromkeys(("year", "quarter", "quarters"), (read_run, read_from_telling)),
    **dict.fromkeys(("last", "this", "past", "coming", "recent"), (read_pointer,)),
    **dict.fromkeys(("next", "previous"), (read_from_telling, read_pointer)),
    **dict.fromkeys(
        ("following", "same", "preceding", "that", "other", "fifth", "sixth", "seventh"), (read_from_telling,)
    ),
    **dict.fromkeys(("first", "second", "third", "fourth"), (read_quarter, read_from_telling)),
    **dict.fromkeys(("q", "h"), (read_quarter,)),
    **dict.fromkeys(("every", "each"), (read_recurring,)),
    **dict.fromkeys(("spring", "summer", "autumn", "fall", "winter"), (read_season,)),
    **dict.fromkeys(("fiscal", "financial"), (read_fiscal,)),
    "weekend": (read_weekend,),
}
_WEEKDAY_STARTS: Final = frozenset(WEEKDAYS) | {f"{day}s" for day in WEEKDAY_NAMES}
_PREFIXES: Final = frozenset(("early", "earlier", "mid", "middle", "late", "later", "end", "beginning", "start"))
_DIGITS: Final[tuple[_Reader, ...]] = (
    read_iso,
    read_decade,
    read_day_first,
    read_run,
    read_count,
    read_years,
    read_from_telling,
)
_STARTS: Final = frozenset(_READERS) | _WEEKDAY_STARTS | _PREFIXES
# Every date has one of these words or a digit: most sentences have neither.
_SIGNS: Final = (
    frozenset(MONTHS)
    | _WEEKDAY_STARTS
    | frozenset(
        "day days week weeks weekend weekends month months quarter quarters year years decade decades century "
        "centuries morning mornings afternoon afternoons evening evenings night nights yesterday today tomorrow "
        "tonight spring summer autumn fall winter".split()
    )
)
# Weekdays and stretches point both ways; a year or "yesterday" does not need to be asked.
_POINTS_BOTH_WAYS: Final = frozenset(("weekday", "partial"))


@lru_cache(maxsize=4096)
def read_dates(text: str) -> tuple[DateMention, ...]:
    """Read the dates of an English sentence, in order; none overlap.

    :param text: one sentence.
    :return: mentions with offsets into it.

    O(length): each word starts at most a few rules, and none looks further than about 120 characters.
    """
    text = fold(text)
    if not _DIGIT.search(text) and _SIGNS.isdisjoint(_WORD.findall(text.lower())):
        return ()
    found: list[DateMention] = []
    end = 0
    for word in _WORD.finditer(text):
        start = word.start()
        if start < end:
            continue
        low = word[0].lower()
        if low not in _STARTS and not low[0].isdigit():
            continue
        mention = _read_at(text, start, low)
        if mention is None:
            continue
        end = mention.end
        points = mention.kind in _POINTS_BOTH_WAYS or mention.name == "weekend"
        if points and (tense := tense_at(text, mention.start, mention.end, whole_day=mention.kind == "weekday")):
            mention = replace(mention, tense=tense)
        found.append(mention)
    return tuple(found)


def _read_at(text: str, start: int, low: str) -> DateMention | None:
    """Read the mention that starts at a word."""
    if start and (text[start - 1].isalnum() or text[start - 1] in "_@#"):
        return None
    if low[0].isdigit():
        if start > 1 and text[start - 1] in ".,:/-" and text[start - 2].isdigit():
            return None
        return _first(_DIGITS, text, start)
    if low in _WEEKDAY_STARTS:
        return _weekday(text, start, start) or read_weekday(text, start)
    if low == "this" and (dated := _weekday(text, start, start + 5)):
        return dated
    if low in _PREFIXES:
        return _part_of(text, start)
    return _first(_READERS[low], text, start)


def _first(readers: tuple[_Reader, ...], text: str, start: int) -> DateMention | None:
    for reader in readers:
        mention = reader(text, start)
        if mention is not None:
            return mention
    return None


def _weekday(text: str, start: int, day_start: int) -> DateMention | None:
    """Read a day of the week with the date behind it."""
    before = weekday_before(text, day_start)
    if before:
        day, at = before
        mention = _first((read_iso, read_month_first, read_day_first), text, at)
        if mention and re.search(r"[0-9]", mention.name) and len(mention.name) > 4:
            bracket = text[at - 1] == "(" and text[mention.end : mention.end + 1] == ")"
            return replace(mention, start=start, end=mention.end + bracket, weekday=day)
    return None


def _part_of(text: str, start: int) -> DateMention | None:
    """Read "early on Monday", "mid-May", "end of 2024": a date, and which part of it."""
    found = _PART_OF_THIS.match(text, start)
    if found:
        part = _PARTS.get(found[1].lower(), found[1].lower())
        return DateMention(start, found.end(), f"this {found[2].lower()}", "relative", part)
    found = _PART_BEFORE.match(text, start)
    if not found:
        return None
    word = _WORD.match(text, found.end())
    if not word:
        return None
    low = word[0].lower()
    if low in _PREFIXES or (low not in _STARTS and not low[0].isdigit()):
        return None
    mention = _read_at(text, word.start(), low)
    if mention is None or mention.kind == "anaphoric" or mention.name.endswith((" ago", " ahead")):
        return None
    low = (found[1] or found[2]).lower()
    part = _PARTS.get(low, low)
    return replace(mention, start=start, part=mention.part or part)
