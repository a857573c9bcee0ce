"""Stretches of the calendar: first day, last day, and the unit that they are."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

from summarizer.dates.mention import Precision

Days = tuple[date, date, Precision]
WEEK: Final = timedelta(days=7)
PRECISIONS: Final[dict[str, Precision]] = {
    "day": "day", "week": "week", "month": "month", "quarter": "quarter", "year": "year",
}  # fmt: skip


def shift_year(day: date, years: int) -> date:
    """Move a day by years; 29 February becomes the 28th."""
    return date(day.year + years, day.month, min(day.day, monthrange(day.year + years, day.month)[1]))


def month_of(year: int, month: int) -> Days:
    """Give a month."""
    return date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month"


def year_of(year: int) -> Days:
    """Give a year."""
    return date(year, 1, 1), date(year, 12, 31), "year"


def quarter_of(year: int, quarter: int) -> Days:
    """Give a quarter, 1 to 4."""
    return date(year, 3 * quarter - 2, 1), month_of(year, 3 * quarter)[1], "quarter"


def half_of(year: int, half: int) -> Days:
    """Give a half of a year, 1 or 2; its precision is the year."""
    return date(year, 6 * half - 5, 1), month_of(year, 6 * half)[1], "year"


def day_of(day: date) -> Days:
    """Give one day."""
    return day, day, "day"


def week_of(day: date) -> Days:
    """Give the week of a day, Monday to Sunday."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6), "week"


def shift_months(day: date, months: int) -> date:
    """Move a day by months, to the last of a shorter one."""
    at = day.year * 12 + day.month - 1 + months
    year, month = divmod(at, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def century_of(number: int) -> Days:
    """Give a century by its number."""
    first = 100 * number - 99
    return date(first, 1, 1), date(first + 99, 12, 31), "year"


def unit_at(unit: str, today: date, shift: int) -> Days:
    """Give the day, week, month, quarter or year that lies some of them away."""
    if unit == "day":
        return day_of(today + timedelta(days=shift))
    if unit == "week":
        return week_of(today + shift * WEEK)
    if unit == "year":
        return year_of(today.year + shift)
    if unit == "quarter":
        year, quarter = divmod(today.year * 4 + (today.month - 1) // 3 + shift, 4)
        return quarter_of(year, quarter + 1)
    moved = shift_months(today.replace(day=1), shift)
    return month_of(moved.year, moved.month)
