"""Dates of the calendar: days, months, quarters, years, and ranges of them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Final

from summarizer.dates.guards import is_event_name, is_month, is_year
from summarizer.dates.mention import DateMention, Kind
from summarizer.dates.words import (
    COUNT,
    MONTH,
    MONTH_NAMES,
    MONTHS,
    NUMBER_WORDS,
    ORDINAL_NAMES,
    ORDINALS,
    YEAR,
    number_name,
    singular,
)

_DAY: Final = r"(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?(?![\w%])(?![.:/][0-9])(?!,[0-9]{1,3}(?![0-9]))"
_TO: Final = r"\s?(?:-|–|—|to|through|until)\s?"
_WHOLE_YEAR: Final = rf"{YEAR}(?![\w%])(?![.,][0-9])"
# "3 and 5 May" are two days, unless "between" stands before.
_DAYS_TO: Final = r"\s?(?:-|–|—|to|through|until|and)\s?"
_OF_YEAR: Final = rf"(?:(?:,? (?:of |in )?|,)(?P<year>{_WHOLE_YEAR})| (?:of )?(?P<which>last|this|next) year\b)"

_MONTH_FIRST: Final = re.compile(
    rf"(?P<month>{MONTH})\s?(?P<day>{_DAY})(?:{_DAYS_TO}(?:(?P<month2>{MONTH}) )?(?P<day2>{_DAY}))?{_OF_YEAR}?",
    re.IGNORECASE,
)
_DAY_FIRST: Final = re.compile(
    rf"(?P<day>{_DAY})(?:(?: (?P<month0>{MONTH}))?{_DAYS_TO}(?P<day2>{_DAY}))? ?(?:of )?(?P<month>{MONTH}){_OF_YEAR}?",
    re.IGNORECASE,
)
_MONTH_ALONE: Final = re.compile(
    rf"(?P<month>{MONTH})(?:{_TO}(?P<month2>{MONTH})|(?<=\w) and (?P<month3>{MONTH}))?{_OF_YEAR}?", re.IGNORECASE
)
_ISO: Final = re.compile(
    r"([0-9]{4})([-/])([0-9][0-9])(?:\2([0-9][0-9])(?:T[0-9][0-9]:[0-9][0-9][0-9:.]{0,10}(?:Z|[+-][0-9][0-9]:?[0-9][0-9])?)?)?(?![\w-])"
)
_SLASHED: Final = re.compile(r"([0-9]{1,2})([/.])([0-9]{1,2})\2([0-9]{4})(?![\w])(?![.,/][0-9])")
_YEARS: Final = re.compile(
    rf"({YEAR})(?:(?:[-–/]| to | through )({YEAR}|[0-9][0-9])(?![\w/-])|(?=\D|$))", re.IGNORECASE
)
_YEARS_BETWEEN: Final = re.compile(rf"({YEAR}) and ({_WHOLE_YEAR})", re.IGNORECASE)
_DECADE: Final = re.compile(r"((?:1[5-9]|20)[0-9]0)['’]?s\b|([0-9]0)s\b")
_CENTURY: Final = re.compile(r"(1[0-9]|2[01])(?:st|th)[ -]century\b", re.IGNORECASE)
_QUARTER: Final = re.compile(
    rf"(?:(?P<ordinal>first|second|third|fourth)[ -](?P<unit>quarter|half)\b|(?P<letter>[qh])(?P<number>[1-4])\b)"
    rf"{_OF_YEAR}?(?! ?-)(?!['’]s)",
    re.IGNORECASE,
)
_FISCAL: Final = re.compile(
    rf"(?:fiscal|financial)(?:[ -]year)? (?:({YEAR})(?:[-/–]([0-9][0-9]))?)(?![\w%])", re.IGNORECASE
)
_FISCAL_QUARTER: Final = re.compile(r"(?:fiscal|financial)(?:[ -]year)?(?: |[’']s )(?=\w)", re.IGNORECASE)
_SEASON: Final = re.compile(rf"(spring|summer|autumn|fall|winter)(?: of)? ({_WHOLE_YEAR})", re.IGNORECASE)
_RUN: Final = re.compile(
    rf"(?:(?P<count>{COUNT})[ -])?(?P<unit>weeks?|months?|quarters?|years?) (?:to|ended|ending|through) (?:in )?"
    rf"(?:the end of )?(?:(?P<weekday>\w{{3,9}}day),? )?(?P<last>(?P<month>{MONTH})(?: (?P<day>{_DAY}))?{_OF_YEAR}?"
    rf"|(?P<day_first>{_DAY}) (?P<month_after>{MONTH}))",
    re.IGNORECASE,
)


def read_month_first(text: str, start: int) -> DateMention | None:
    """Read "May 3, 2024", "May 3-5", "May 3 to June 5", "May 2024", "May last year" and "May"."""
    found = _MONTH_FIRST.match(text, start)
    if found and is_month(text, start, found.end("month"), day=found):
        return None if is_event_name(text, found.end()) else _days(found, "month", "month2")
    found = _MONTH_ALONE.match(text, start)
    if not found:
        return None
    other = "month2" if found["month2"] else "month3"
    dated = bool(found["year"] or found["which"] or found[other])
    if not is_month(text, start, found.end("month"), dated=dated):
        return None
    if found["month3"] and not text[max(0, start - 8) : start].lower().endswith("between "):
        end = found.end("month")  # "April and May" are two months, each read by itself
        return DateMention(start, end, _month(found["month"]), "partial")
    end = found.end() - (text[found.end() - 1] == "." and _closes(text, found.end()))
    first, kind = _of_year(_month(found["month"]), found)
    if not found[other]:
        return DateMention(start, end, first, kind)
    return DateMention(start, end, f"{first} to {_of_year(_month(found[other]), found)[0]}", kind)


def _closes(text: str, end: int) -> bool:
    """Tell the full stop of a sentence from the one of "Sept." by what follows."""
    return not text[end : end + 2].strip()


def read_day_first(text: str, start: int) -> DateMention | None:
    """Read "3 May 2024", "3-5 May", "the 3rd of May"."""
    found = _DAY_FIRST.match(text, start)
    if not found or not is_month(text, found.start("month"), found.end("month"), day=found):
        return None
    if is_event_name(text, found.end()):
        return None
    return _days(found, "month0", "month")


def _days(found: re.Match[str], first: str, second: str) -> DateMention | None:
    """Give the mention of one day or of a range of days, if the calendar has them."""
    text, start = found.string, found.start()
    linked = found["day2"] and " and " not in text[found.end("day") : found.start("day2")]
    between = text[max(0, start - 8) : start].lower().endswith("between ")
    month, other = found[first] or found[second], found[second] or found[first]
    head, kind = _of_year(f"{_month(month)} {_number(found['day'])}", found)
    last, _ = _of_year(f"{_month(other)} {_number(found['day2'] or found['day'])}", found)
    if not _is_day(head) or not _is_day(last):
        return None
    if not found["day2"]:
        return DateMention(start, _end(found), head, kind)
    if linked or between:
        return DateMention(start, _end(found), f"{head} to {last}", kind)
    if first == "month":  # "May 3 and 5": the first of two days
        return DateMention(start, found.end("day"), head, kind)
    return DateMention(found.start("day2"), _end(found), last, kind)


def _end(found: re.Match[str]) -> int:
    end = found.end()
    return end - (found.string[end - 1] == "." and _closes(found.string, end))


def _month(word: str) -> str:
    return MONTH_NAMES[MONTHS[word.lower().rstrip(".")[: 4 if word[:4].lower() in MONTHS else 3]] - 1]


def _number(day: str) -> int:
    return int(day.rstrip("stndrhSTNDRH"))


def _of_year(name: str, found: re.Match[str]) -> tuple[str, Kind]:
    """Put the year to a month or a day of one, as names spell it."""
    if found["year"]:
        month, _, day = name.partition(" ")
        return f"{found['year']}-{MONTHS[month]:02}" + (f"-{int(day):02}" if day else ""), "absolute"
    if found["which"]:
        return f"{name} {found['which'].lower()} year", "relative"
    return name, "partial"


def _is_day(name: str) -> bool:
    """Tell whether the calendar has the day; 29 February stands where no year says otherwise."""
    month, _, day = name.partition(" ")
    try:
        date.fromisoformat(name) if not day else date(2024, MONTHS[month], int(day.split()[0]))
    except ValueError:
        return False
    return True


def read_iso(text: str, start: int) -> DateMention | None:
    """Read "2024-05-03", "2024/05/03", "2024-05", and "31/12/2024" where a number over 12 shows the order."""
    found = _ISO.match(text, start)
    if found and found[4]:
        name = f"{found[1]}-{found[3]}-{found[4]}"
        return DateMention(start, found.end(), name, "absolute") if _is_day(name) else None
    if found and found[2] == "-" and 1 <= int(found[3]) <= 12 and 1500 <= int(found[1]) <= 2099:
        # "2010-11" is a season or a month; where the years follow one another it is left to the years.
        if int(found[3]) != (int(found[1]) + 1) % 100:
            return DateMention(start, found.end(), f"{found[1]}-{found[3]}", "absolute")
    found = _SLASHED.match(text, start)
    if not found:
        return None
    first, second = int(found[1]), int(found[3])
    if first <= 12 and second <= 12 and first != second:
        return None
    day, month = (second, first) if second > 12 else (first, second)
    name = f"{found[4]}-{month:02}-{day:02}"
    return DateMention(start, found.end(), name, "absolute") if _is_day(name) else None


def read_years(text: str, start: int) -> DateMention | None:
    """Read "2024", "2019-2021", "2023-24" and, after "between", "2019 and 2021"."""
    if text[max(0, start - 8) : start].lower() == "between " and (found := _YEARS_BETWEEN.match(text, start)):
        return DateMention(start, found.end(), f"{found[1]} to {found[2]}", "absolute")
    found = _YEARS.match(text, start)
    if not found or not is_year(text, start, found.end(), several=bool(found[2])):
        return None
    if not found[2]:
        return DateMention(start, found.end(), found[1], "absolute")
    first = int(found[1])
    last = int(found[2]) if len(found[2]) == 4 else first // 100 * 100 + int(found[2])
    last += 100 * (last < first and len(found[2]) == 2)
    if not first < last <= first + 60:
        return None
    short = last == first + 1 and len(found[2]) == 2
    name = f"{first}/{last % 100:02}" if short else f"{first} to {last}"
    return DateMention(start, found.end(), name, "absolute")


def read_decade(text: str, start: int) -> DateMention | None:
    """Read "1990s", "’90s" and "19th century"; "his 30s" is an age."""
    found = _DECADE.match(text, start)
    if found and found[1]:
        return DateMention(start, found.end(), f"{found[1]}s", "absolute")
    if found and start and text[start - 1] in "'’‘":
        century = 20 if int(found[2]) < 20 else 19
        return DateMention(start, found.end(), f"{century}{found[2]}s", "absolute")
    found = _CENTURY.match(text, start)
    if not found:
        return None
    return DateMention(start, found.end(), f"{found[1]}{'st' if found[1] == '21' else 'th'} century", "absolute")


def read_quarter(text: str, start: int) -> DateMention | None:
    """Read "first quarter of 2024", "second half of this year", "Q1 2024" and "fourth quarter last year"."""
    found = _QUARTER.match(text, start)
    if not found:
        return None
    is_half = (found["letter"] or found["unit"][0]).lower() == "h"
    number = int(found["number"] or ORDINALS[found["ordinal"].lower()])
    if is_half and (number > 2 or not (found["year"] or found["which"])):
        return None  # "the second half" is of a match as often as of a year
    if found["year"]:
        return DateMention(start, found.end(), f"{'h' if is_half else 'q'}{number} {found['year']}", "absolute")
    name = f"{ORDINAL_NAMES[number]} {'half' if is_half else 'quarter'}"
    if found["which"]:
        return DateMention(start, found.end(), f"{name} {found['which'].lower()} year", "relative")
    return DateMention(start, found.end(), name, "partial")


def read_season(text: str, start: int) -> DateMention | None:
    """Read "summer of 2023"; which months it has depends on the hemisphere."""
    found = _SEASON.match(text, start)
    return found and DateMention(start, found.end(), f"{found[1].lower()} {found[2]}", "absolute")


def read_fiscal(text: str, start: int) -> DateMention | None:
    """Read "fiscal 2024", "financial year 2023-24" and "fiscal third quarter", which start when each house likes."""
    found = _FISCAL.match(text, start)
    if found:
        year = f"{found[1]}/{found[2]}" if found[2] else found[1]
        return DateMention(start, found.end(), f"fiscal {year}", "absolute")
    found = _FISCAL_QUARTER.match(text, start)
    inner = found and read_quarter(text, found.end())
    return replace(inner, start=start, name=f"fiscal {inner.name}") if inner else None


def read_run(text: str, start: int) -> DateMention | None:
    """Read "12 months to June" and "three months ended March 31, 2024"."""
    found = _RUN.match(text, start)
    if not found:
        return None
    words = (found["count"] or "one").lower()
    count = NUMBER_WORDS.get(words) or int(words) if words.isdecimal() or words in NUMBER_WORDS else 1
    unit = singular(found["unit"])
    last = _month(found["month"] or found["month_after"])
    day = found["day"] or found["day_first"]
    last, kind = _of_year(f"{last} {_number(day)}" if day else last, found)
    name = f"{number_name(count)} {unit}{'s' * (count != 1)} to {last}"
    return DateMention(start, _end(found), name, kind)
