"""Times told from the day of writing, from something told before, or again and again."""

from __future__ import annotations

import re
from typing import Final

from summarizer.dates.guards import is_weekday_name
from summarizer.dates.mention import DateMention, Kind
from summarizer.dates.words import (
    COUNT,
    DAY_PART,
    FULL_WEEKDAY,
    MONTH,
    MONTH_NAMES,
    MONTHS,
    NUMBER_WORDS,
    SHORT_WEEKDAY,
    UNIT,
    UNITS,
    WEEKDAYS,
    number_name,
    singular,
)

_WEEKDAY: Final = re.compile(
    rf"(?P<full>{FULL_WEEKDAY})(?P<plural>s)?\b(?: (?P<part>{DAY_PART}(?P<parts>s)?)\b)?"
    r"(?: of)?(?: (?P<which>last|this|next) week\b)?",
    re.IGNORECASE,
)
_SHORT: Final = re.compile(
    rf"(?P<short>{SHORT_WEEKDAY})\.?,? (?={MONTH}|[0-9]{{1,2}}(?:st|nd|rd|th)? {MONTH})", re.IGNORECASE
)
_DAY: Final = re.compile(
    rf"(?:day (?P<far>before yesterday|after tomorrow)|(?P<name>yesterday|today|tomorrow|tonight))\b(?:['’]s)?"
    rf"(?: (?P<part>{DAY_PART})\b)?",
    re.IGNORECASE,
)
_POINTER: Final = re.compile(
    rf"(?P<which>last|next|this|past|previous|coming|recent)(?: (?P<count>{COUNT}|few|several|couple"
    rf" of))? (?:(?P<weekday>{FULL_WEEKDAY})(?: (?P<weekpart>{DAY_PART}))?|(?P<unit>{UNITS})|(?P<part>{DAY_PART})"
    rf"|(?P<season>spring|summer|autumn|fall|winter)|(?P<month>{MONTH})(?! [0-9]))(?![\w-])",
    re.IGNORECASE,
)
_AGO: Final = re.compile(
    rf"(?P<count>{COUNT}|few|several|couple of|couple|many)(?: more)?[ -](?P<unit>{UNITS}) "
    rf"(?P<way>ago|earlier|later|before|after|from now|from today|hence|on)\b",
    re.IGNORECASE,
)
_VAGUE_AGO: Final = re.compile(r"(?P<unit>days|weeks|months|years|decades) (?P<way>ago|earlier|later)\b", re.IGNORECASE)
_FROM_TELLING: Final = re.compile(
    rf"(?P<which>following|previous|same|next|preceding|that|other|third|second|fourth|fifth|sixth|seventh|[0-9]{{1,2}}(?:th|rd|nd))"
    rf" (?P<straight>straight |consecutive |successive )?(?P<unit>{UNIT}|{DAY_PART}|{FULL_WEEKDAY})\b(?!['’]?s?-)",
    re.IGNORECASE,
)
_BEFORE_AFTER: Final = re.compile(
    r"(?P<unit>day|night|week|month|year) (?P<way>before|after|earlier|later)\b", re.IGNORECASE
)
_RECURRING: Final = re.compile(
    rf"(?P<which>every|each)(?: (?P<other>other|single|{COUNT}))? "
    rf"(?P<unit>{UNITS}|{DAY_PART}|{FULL_WEEKDAY}|{MONTH})(?![\w])",
    re.IGNORECASE,
)
_WEEKEND: Final = re.compile(r"weekend\b", re.IGNORECASE)
_OVER: Final = re.compile(r"\b(?:over|during|at|on|of) (?:the )?$", re.IGNORECASE)
_WITHIN: Final = re.compile(r"\b(?:over|in|within|during|for) the $")
_ORDINAL: Final = re.compile(r"\b(?:a|for a|for the|a straight|the) $", re.IGNORECASE)


def read_weekday(text: str, start: int) -> DateMention | None:
    """Read "Monday", "Monday night", "Monday of last week"; "Mondays" come again and again."""
    found = _WEEKDAY.match(text, start)
    if not found:
        return None
    if is_weekday_name(text, start, found.end("full")):
        return None
    day = found["full"].lower()
    if found["plural"] or found["parts"]:
        return DateMention(start, found.end(), f"every {day}", "recurring", found["part"] and found["part"].lower())
    part = found["part"] and found["part"].lower()
    if text[max(0, start - 5) : start].lower() in (" on a", "on a "):
        return DateMention(start, found.end("part" if part else "full"), day, "anaphoric", part)
    if found["which"]:
        return DateMention(start, found.end(), f"{day} {found['which'].lower()} week", "weekday", part)
    end = found.end("part") if part else found.end("full")
    return DateMention(start, end, day, "weekday", part)


def weekday_before(text: str, start: int) -> tuple[str, int] | None:
    """Read the day of the week that stands before a date, and where the date may start."""
    found = _BEFORE_DATE.match(text, start) or _SHORT.match(text, start)
    return found and (WEEKDAYS[found[1].lower().rstrip(".")], found.end())


_BEFORE_DATE: Final = re.compile(rf"({FULL_WEEKDAY})(?:,? | \()(?:the )?(?={MONTH}|[0-9])", re.IGNORECASE)


def read_day(text: str, start: int) -> DateMention | None:
    """Read "yesterday", "tonight", "tomorrow night", "the day before yesterday"."""
    found = _DAY.match(text, start)
    if not found or (found["name"] and _is_part_of_name(text, start)):
        return None
    end = found.end("part") if found["part"] else found.end("far" if found["far"] else "name")
    if found["far"]:
        return DateMention(start, end, f"day {found['far'].lower()}", "relative")
    name = found["name"].lower()
    if name == "tonight":
        return DateMention(start, end, "today", "relative", "night")
    return DateMention(start, end, name, "relative", found["part"] and found["part"].lower())


def _is_part_of_name(text: str, start: int) -> bool:
    """Tell "Entertainment Tonight" and "Tom Tomorrow" from days by their capitals."""
    return text[start].isupper() and text[start + 1].islower() and text[max(0, start - 2) : start - 1].isalnum()


def read_pointer(text: str, start: int) -> DateMention | None:
    """Read "last month", "next Monday", "this morning", "last May", "past two weeks"."""
    found = _POINTER.match(text, start)
    if not found:
        return None
    which, unit = found["which"].lower(), found["unit"]
    end = found.end()
    if found["month"]:
        if found["count"] or which not in ("last", "this", "next", "past", "coming"):
            return None
        if not found["month"][0].isupper() and found["month"].lower() in ("may", "march", "mar") and which != "last":
            return None  # "this may sound radical"
        end -= text[end - 1] == "."
        month = MONTH_NAMES[MONTHS[found["month"].lower().rstrip(".")] - 1]
        return DateMention(start, end, f"{_turn(which)} {month}", "relative")
    if found["weekday"]:
        part = found["weekpart"] and found["weekpart"].lower()
        return DateMention(start, end, f"{_turn(which)} {found['weekday'].lower()}", "weekday", part)
    if found["season"]:
        return (
            None if found["count"] else DateMention(start, end, f"{_turn(which)} {found['season'].lower()}", "relative")
        )
    if found["part"]:
        return _part_of_day(found, which)
    return _stretch(found, which, unit)


def _part_of_day(found: re.Match[str], which: str) -> DateMention | None:
    """Read "this morning" and "last night", days with a part."""
    name = {"this": "today", "last": "yesterday"}.get(which)
    if found["count"] or name is None:
        return None
    return DateMention(found.start(), found.end(), name, "relative", found["part"].lower())


def _stretch(found: re.Match[str], which: str, unit: str) -> DateMention | None:
    """Read "last week", which the calendar bounds, and "past two weeks", which today does."""
    single = singular(unit)
    plural = unit.lower() != single
    if found["count"]:
        if not plural and found["count"].lower() not in ("one", "1"):
            return None
        if which not in ("last", "past", "previous", "next", "coming"):
            return None
        count = found["count"].lower()
        side = "next" if which in ("next", "coming") else "past"
        kind: Kind = "anaphoric" if which == "previous" else "relative"
        return DateMention(found.start(), found.end(), f"{side} {_counted(count, single)}", kind)
    if plural or single == "day" or which == "recent":
        return None
    if which in ("past", "previous", "coming"):
        kind = "anaphoric" if which == "previous" else "relative"
        return DateMention(found.start(), found.end(), f"{which} {single}", kind)
    return DateMention(found.start(), found.end(), f"{_turn(which)} {single}", "relative")


def _turn(which: str) -> str:
    return {"coming": "next", "past": "last", "previous": "last"}.get(which, which)


def _counted(count: str, unit: str) -> str:
    if count.isdecimal() or count in NUMBER_WORDS:
        number = NUMBER_WORDS[count] if count in NUMBER_WORDS else int(count)
        return f"{number_name(number)} {unit}{'s' * (number != 1)}".replace("centurys", "centuries")
    return f"{count} {unit}s"


def read_count(text: str, start: int) -> DateMention | None:
    """Read "two weeks ago", and "two weeks later", which counts from something told before."""
    found = _AGO.match(text, start)
    if not found:
        return None
    way = found["way"].lower()
    if way in ("before", "after", "on") and not _ends_phrase(text, found.end()):
        return None
    if way == "on" and start and text[start - 1].isalnum():
        return None
    name = _counted(found["count"].lower(), singular(found["unit"]))
    if way in ("ago", "from now", "from today", "hence"):
        return DateMention(start, found.end(), f"{name} {'ago' if way == 'ago' else 'ahead'}", "relative")
    turned = {"before": "earlier", "after": "later", "on": "later"}.get(way, way)
    return DateMention(start, found.end(), f"{name} {turned}", "anaphoric")


def _ends_phrase(text: str, end: int) -> bool:
    return (not text[end : end + 1].strip() and not text[end : end + 2].strip()) or text[end : end + 1] in ",.;:"


def read_vague(text: str, start: int) -> DateMention | None:
    """Read "years ago" and "months later", which name no date."""
    found = _VAGUE_AGO.match(text, start)
    if not found:
        return None
    kind: Kind = "relative" if found["way"].lower() == "ago" else "anaphoric"
    return DateMention(start, found.end(), found[0].lower(), kind)


def read_from_telling(text: str, start: int) -> DateMention | None:
    """Read "the following day", "the same week", "a third day", "the day before"."""
    found = _FROM_TELLING.match(text, start)
    if found:
        which, unit = found["which"].lower(), found["unit"].lower()
        before = text[max(0, start - 12) : start].lower()
        if which == "next" and not before.endswith("the "):
            return None
        if which == "next" and _WITHIN.search(before):  # "over the next week" runs from now
            return DateMention(start, found.end(), f"coming {unit}", "relative")
        if which == "other" and not before.endswith("the "):
            return None
        if which == "that" and unit not in ("day", "night", "week", "month", "year", "morning", "afternoon", "evening"):
            return None
        ordinal = which[0].isdigit() or which in ("third", "second", "fourth", "fifth", "sixth", "seventh")
        if ordinal and not (_ORDINAL.search(before) and unit in ("day", "week", "month", "year", "night")):
            return None
        if unit == "quarter" and ordinal:
            return None
        return DateMention(start, found.end(), f"{which} {found['straight'] or ''}{unit}".lower(), "anaphoric")
    found = _BEFORE_AFTER.match(text, start)
    if found and text[max(0, start - 4) : start].lower().endswith(("the ", "a ")):
        way = {"before": "earlier", "after": "later"}.get(found["way"].lower(), found["way"].lower())
        if found["way"].lower() in ("before", "after") and not _ends_phrase(text, found.end()):
            return None
        return DateMention(start, found.end(), f"one {found['unit'].lower()} {way}", "anaphoric")
    return None


def read_recurring(text: str, start: int) -> DateMention | None:
    """Read "every Monday" and "each year"."""
    found = _RECURRING.match(text, start)
    if not found:
        return None
    unit = found["unit"].lower()
    other = f"{found['other'].lower()} " if found["other"] else ""
    return DateMention(start, found.end(), f"every {other}{unit}", "recurring")


def read_weekend(text: str, start: int) -> DateMention | None:
    """Read "over the weekend"; "a weekend" is no date."""
    found = _WEEKEND.match(text, start)
    if not found or not _OVER.search(text[max(0, start - 12) : start]):
        return None
    return DateMention(start, found.end(), "weekend", "relative")
