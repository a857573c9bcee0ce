"""From the name of a date to the days that it means."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from summarizer.dates.mention import DateMention, Resolved
from summarizer.dates.spans import (
    PRECISIONS,
    WEEK,
    Days,
    century_of,
    day_of,
    half_of,
    month_of,
    quarter_of,
    shift_months,
    shift_year,
    unit_at,
    year_of,
)
from summarizer.dates.words import MONTH_NAMES, MONTHS, NUMBER_WORDS, ORDINALS, WEEKDAY_NAMES

#: A date without a year that is this far from the article, either way, could be of either year.
MAX_DAYS_AWAY: Final = 183
#: Of two years, the nearer must be nearer by this much where the sentence does not tell which.
MIN_DAYS_NEARER: Final = 60
_MONTH_NAME: Final = f"(?P<month>{'|'.join(MONTH_NAMES)})"
_WEEKDAY_NAME: Final = f"(?P<weekday>{'|'.join(WEEKDAY_NAMES)})"
_COUNT: Final = r"(?P<count>\w+) (?P<unit>day|week|month|quarter|year)s?"


def resolve(mention: DateMention, published: str | None) -> Resolved | None:
    """Give the days that a mention means.

    Absolute dates need nothing else. The rest counts from the date of the article: a weekday is its own day or the last
    such before it, or, where the sentence speaks of it as to come, its own day or the next; "next Monday" lies after it
    and "last Monday" before it; a date without a year is of the year that puts it nearest.

    :param mention: as read.
    :param published: date or time of the article, ISO 8601; the day is taken as written, whatever the zone.
    :return: None where nothing dates it: no date of the article, "the following day", "every Monday", "years ago",
        a date half a year away, a fiscal year.
    """
    if mention.kind in ("anaphoric", "recurring"):
        return None
    try:
        days = _days(mention, published_day(published))
    except (ValueError, OverflowError):  # outside the calendar: "60 decades ago", 29 February of another year
        return None
    return days and Resolved(days[0].isoformat(), days[1].isoformat(), days[2])


def published_day(published: str | None) -> date | None:
    """Give the day of an article, as written, whatever the zone; None where it has no full date.

    :param published: its date or time, ISO 8601.
    """
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def _days(mention: DateMention, today: date | None) -> Days | None:
    """Resolve a name by the first rule whose pattern it has."""
    name = mention.name
    run = _RUN.fullmatch(name)
    if run:
        return _run(mention, run, today)
    if " to " in name:
        first, _, last = name.partition(" to ")
        return _range(_one(mention, first, today), _one(mention, last, today))
    return _one(mention, name, today)


def _one(mention: DateMention, name: str, today: date | None) -> Days | None:
    for pattern, rule in _ABSOLUTE:
        found = pattern.fullmatch(name)
        if found:
            return rule(found)
    if today is None:
        return None
    for pattern, counted in _RELATIVE:
        found = pattern.fullmatch(name)
        if found:
            return counted(found, today, mention)
    return None


def _range(first: Days | None, last: Days | None) -> Days | None:
    if first is None or last is None:
        return None
    start, end = first[0], last[1]
    if end < start:  # "November to February", of which each is nearest by itself
        start = shift_year(start, -1)
    return (start, end, first[2]) if start <= end else None


_RUN: Final = re.compile(r"(?P<count>\w+) (?P<unit>week|month|quarter|year)s? to (?P<last>.+)")


def _run(mention: DateMention, found: re.Match[str], today: date | None) -> Days | None:
    """Resolve "12 months to june": it ends with what it runs to."""
    last = _one(mention, found["last"], today)
    count = _number(found["count"])
    if last is None or count is None:
        return None
    end = last[1] + timedelta(days=1)
    unit = found["unit"]
    months = {"month": 1, "quarter": 3, "year": 12}.get(unit, 0) * count
    first = shift_months(end, -months) if months else end - count * WEEK
    return first, last[1], PRECISIONS[unit]


def _number(word: str) -> int | None:
    return NUMBER_WORDS.get(word) if not word.isdecimal() else int(word)


_ABSOLUTE: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Days]], ...]] = (
    (re.compile(r"\d{4}-\d\d-\d\d"), lambda found: day_of(date.fromisoformat(found[0]))),
    (re.compile(r"(\d{4})-(\d\d)"), lambda found: month_of(int(found[1]), int(found[2]))),
    (re.compile(r"(\d{4})"), lambda found: year_of(int(found[1]))),
    (re.compile(r"(\d{4})s"), lambda found: (date(int(found[1]), 1, 1), date(int(found[1]) + 9, 12, 31), "year")),
    (re.compile(r"(\d{4})/\d\d"), lambda found: (date(int(found[1]), 1, 1), date(int(found[1]) + 1, 12, 31), "year")),
    (re.compile(r"q(\d) (\d{4})"), lambda found: quarter_of(int(found[2]), int(found[1]))),
    (re.compile(r"h(\d) (\d{4})"), lambda found: half_of(int(found[2]), int(found[1]))),
    (re.compile(r"(\d\d)(?:th|st) century"), lambda found: century_of(int(found[1]))),
    # Which months it has depends on the hemisphere; the year does not, but for the winter.
    (re.compile(r"(?:spring|summer|autumn|fall) (\d{4})"), lambda found: year_of(int(found[1]))),
)


def _weekday(found: re.Match[str], today: date, mention: DateMention) -> Days:
    wanted = WEEKDAY_NAMES.index(found["weekday"])
    turn, week = found["turn"], found["week"]
    back = (today.weekday() - wanted) % 7
    if week or turn == "this":
        shift = {"last": -7, "next": 7}.get(week or "", 0)
        return day_of(today - timedelta(days=today.weekday() - wanted - shift))
    if turn == "last":
        return day_of(today - timedelta(days=back or 7))
    if turn == "next":
        return day_of(today + timedelta(days=(-back) % 7 or 7))
    return day_of(today + timedelta(days=(-back) % 7) if mention.tense == "future" else today - timedelta(days=back))


def _named_day(found: re.Match[str], today: date, mention: DateMention) -> Days:
    shift = {"yesterday": -1, "today": 0, "tomorrow": 1, "day before yesterday": -2, "day after tomorrow": 2}[found[0]]
    return day_of(today + timedelta(days=shift))


def _ago(found: re.Match[str], today: date, mention: DateMention) -> Days | None:
    count = _number(found["count"])
    if count is None:
        return None
    if found["unit"] == "year" and count >= 10 and count % 5 == 0:
        return None  # "20 years ago" is a round number
    return unit_at(found["unit"], today, count if found["way"] == "ahead" else -count)


def _turned_unit(found: re.Match[str], today: date, mention: DateMention) -> Days:
    return unit_at(found["unit"], today, {"last": -1, "past": -1, "next": 1}.get(found["turn"], 0))


def _stretch(found: re.Match[str], today: date, mention: DateMention) -> Days | None:
    """Resolve "past two weeks" and "next ten days", which end or start with the article's day."""
    count = _number(found["count"]) if "count" in found.re.groupindex else 1
    if count is None:
        return None
    unit, sign = found["unit"], -1 if found["turn"] == "past" else 1
    months = {"month": 1, "quarter": 3, "year": 12}.get(unit, 0) * count
    other = (
        shift_months(today, sign * months) if months else today + sign * count * (WEEK if unit == "week" else WEEK / 7)
    )
    return min(today, other), max(today, other), PRECISIONS[unit]


def _weekend(found: re.Match[str], today: date, mention: DateMention) -> Days:
    saturday = today - timedelta(days=(today.weekday() - 5) % 7)
    inside = today.weekday() >= 5
    turn = found["turn"]
    if (turn == "this" and not inside) or turn == "next" or (turn is None and mention.tense == "future" and not inside):
        saturday += WEEK
    elif turn == "last" and inside:
        saturday -= WEEK
    return saturday, saturday + timedelta(days=1), "day"


def _turned_month(found: re.Match[str], today: date, mention: DateMention) -> Days:
    month = MONTHS[found["month"]]
    year = today.year
    if found["turn"] == "last" and month >= today.month:
        year -= 1
    elif found["turn"] == "next" and month <= today.month:
        year += 1
    return month_of(year, month)


def _of_year(found: re.Match[str], today: date, mention: DateMention) -> Days:
    """Resolve "may last year", "may 3 this year" and "fourth quarter last year"."""
    year = today.year + {"last": -1, "next": 1}.get(found["turn"], 0)
    return _within_year(found, year)


def _within_year(found: re.Match[str], year: int) -> Days:
    if found["ordinal"]:
        number = ORDINALS[found["ordinal"]]
        return quarter_of(year, number) if found["unit"] == "quarter" else half_of(year, number)
    month = MONTHS[found["month"]]
    return day_of(date(year, month, int(found["day"]))) if found["day"] else month_of(year, month)


def _nearest(found: re.Match[str], today: date, mention: DateMention) -> Days | None:
    """Resolve a date without a year: the last or the next such, as the sentence speaks of it, else the nearest.

    Quarters are reported when they are over, so nothing need say so.
    """
    tense = mention.tense or ("past" if found["ordinal"] else None)
    choices: list[tuple[int, Days]] = []
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            days = _within_year(found, year)
        except ValueError:  # 29 February
            continue
        if mention.weekday and found["day"] and WEEKDAY_NAMES[days[0].weekday()] != mention.weekday:
            continue
        choices.append((max((today - days[1]).days, (days[0] - today).days, 0), days))
    choices.sort()
    if not choices or (tense is None and choices[0][0] > MAX_DAYS_AWAY):
        return None
    if tense is None:
        return choices[0][1] if len(choices) == 1 or choices[1][0] - choices[0][0] >= MIN_DAYS_NEARER else None
    fitting = [one for one in choices if (one[1][1] >= today if tense == "future" else one[1][0] <= today)]
    # A month just gone that is told of as to come, or the reverse, is more likely misread than a year away.
    if not fitting or fitting[0][0] - choices[0][0] > MAX_DAYS_AWAY:
        return None
    return fitting[0][1]


_WITHIN: Final = rf"(?:{_MONTH_NAME}(?: (?P<day>\d+))?|(?P<ordinal>first|second|third|fourth) (?P<unit>quarter|half))"
_Counted = Callable[[re.Match[str], date, DateMention], "Days | None"]
_RELATIVE: Final[tuple[tuple[re.Pattern[str], _Counted], ...]] = (
    (re.compile(rf"(?:(?P<turn>last|next|this) )?{_WEEKDAY_NAME}(?: (?P<week>last|next|this) week)?"), _weekday),
    (re.compile(r"yesterday|today|tomorrow|day before yesterday|day after tomorrow"), _named_day),
    (re.compile(_WITHIN), _nearest),
    (re.compile(rf"{_WITHIN} (?P<turn>last|this|next) year"), _of_year),
    (re.compile(rf"(?P<turn>last|this|next) {_MONTH_NAME}"), _turned_month),
    (re.compile(r"(?:(?P<turn>last|this|next|past) )?weekend"), _weekend),
    (re.compile(r"(?P<turn>past|coming) (?P<unit>week|month|quarter|year)"), _stretch),
    (re.compile(r"(?P<turn>last|this|next) (?P<unit>week|month|quarter|year)"), _turned_unit),
    (re.compile(r"(?P<turn>past|next) (?P<count>\w+) (?P<unit>day|week|month|quarter|year)s?"), _stretch),
    (re.compile(rf"{_COUNT} (?P<way>ago|ahead)"), _ago),
)
