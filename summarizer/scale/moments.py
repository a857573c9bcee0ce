"""When an article appeared, as a number, and which day that is in UTC."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Final

#: Stands for the day of articles without a date, behind their language.
UNDATED: Final = "undated"
#: A date without a time counts as noon: wherever in the day the article appeared, that is off by half a day at most,
#: where the first moment of the day is off by a whole one.
_UNTIMED: Final = time(12)
_DATE: Final = len("2026-06-10")


def moment_of(published: str | None) -> int | None:
    """Give the whole second since 1970 in UTC of a date in ISO 8601; a time without a zone is taken to be in UTC.

    :return: None if there is no date, or none that has a moment in UTC.
    """
    text = (published or "").strip()
    try:
        moment = datetime.fromisoformat(text)
        if len(text) <= _DATE:
            moment = datetime.combine(moment.date(), _UNTIMED)
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):  # nonsense; a time in the first or last hours that there are
        return None
    return int(moment.timestamp() // 1)


def day_of(language: str, at: int | None) -> str:
    """Name the day of an article, such as ``en-20260610``, or ``en-undated`` if it has no date."""
    return f"{language}-{UNDATED if at is None else date_of(at)}"


def language_of(day: str) -> str:
    """Give the code of the language of a day: what stands before its date."""
    return day.rpartition("-")[0]


def is_undated(day: str) -> bool:
    """Tell whether a day is the one of the articles of a language that have no date."""
    return day.rpartition("-")[2] == UNDATED


def date_of(at: int) -> str:
    """Write the day of a moment as ``YYYYMMDD``."""
    moment = datetime.fromtimestamp(at, UTC)
    return f"{moment.year:04d}{moment.month:02d}{moment.day:02d}"
