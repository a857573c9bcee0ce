"""Dates and languages as the world writes them, to ISO 8601 and ISO 639-1, or not at all."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from typing import Final

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH: Final = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY: Final = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}[.,]?\s+)?"
_TIME: Final = (
    r"(?:(?:,|\s|\bat\b|-|–){1,4}(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?(?:\.\d{1,9})?"
    r"\s?(?P<half>[ap]\.?m\.?)?\s?(?P<zone>z|[+-]\d\d:?\d\d|[a-z]{2,4})?)?"
)
_DAY_FIRST: Final = re.compile(rf"{_WEEKDAY}(\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH},?\s+(\d{{4}}){_TIME}", re.IGNORECASE)
_MONTH_FIRST: Final = re.compile(
    rf"{_WEEKDAY}{_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}}){_TIME}", re.IGNORECASE
)
_YEAR_FIRST: Final = re.compile(rf"(\d{{4}})([/.])(\d{{1,2}})\2(\d{{1,2}}){_TIME}", re.IGNORECASE)
_NUMBERS: Final = re.compile(rf"(\d{{1,2}})([/.-])(\d{{1,2}})\2(\d{{4}}){_TIME}", re.IGNORECASE)
_SPACED_ZONE: Final = re.compile(r" ([+-]\d\d:?\d\d)$")
_ISO_START: Final = re.compile(r"\d{4}-?[\dW]")
#: The longest date of a feed has 40; more than this is never looked at.
_MAX_CHARACTERS: Final = 100
_REDUCED: Final = re.compile(r"\d{4}(?:-\d\d)?")

# Hours from Greenwich of the zones that RFC 5322, section 4.3, gives one meaning; others (IST, BST) have several.
_ZONES: Final = {"z": 0, "ut": 0, "utc": 0, "gmt": 0} | {
    **{"est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7}
}
_LANGUAGES: Final = {
    name: code
    for code, names in {
        "ar": "arabic ara",
        "bn": "bengali ben",
        "cs": "czech ces cze",
        "de": "german deutsch deu ger",
        "el": "greek ell gre",
        "en": "english eng",
        "es": "spanish español spa",
        "fr": "french français fra fre",
        "he": "hebrew heb",
        "hi": "hindi hin",
        "it": "italian italiano ita",
        "ja": "japanese jpn",
        "ko": "korean kor",
        "nl": "dutch nederlands nld dut",
        "pl": "polish polski pol",
        "pt": "portuguese português por",
        "ru": "russian rus",
        "sv": "swedish svenska swe",
        "tr": "turkish tur",
        "uk": "ukrainian ukr",
        "zh": "chinese zho chi",
    }.items()
    for name in names.split()
}
_CODE: Final = re.compile(r"([a-z]{2})(?:[-_][a-z0-9]{1,8}){0,4}", re.IGNORECASE)


def normalize_date(value: object) -> str:
    """Write a date or time in ISO 8601, to the precision that was given and no further.

    Read are ISO 8601, the dates of mail and feeds (RFC 5322), English month names, and numbers whose order shows: the
    year first, or a day over 12. A time without a zone stays without one, nothing is moved to another zone, and of a
    time in a zone with several meanings (IST, BST) the day stays.

    :param value: text, ``datetime`` or ``date``.
    :return: a text that ``datetime.fromisoformat`` reads.
    :raises ValueError: if it names no day, its order of day and month is open, or it is no date; says which.
    """
    if isinstance(value, datetime | date):
        return value.isoformat()
    if not isinstance(value, str):
        raise ValueError(f"is {value!r:.40}, not a date in words: write it as 2025-06-10")
    text = " ".join(value[:_MAX_CHARACTERS].split())
    if _ISO_START.match(text) and (iso := _from_iso(text)):
        return iso
    if _REDUCED.fullmatch(text):
        raise ValueError(f"{text!r} names no day: write it as 2025-06-10")
    if found := _DAY_FIRST.fullmatch(text):
        return _build(found, found[3], _month(found[2]), found[1])
    if found := _MONTH_FIRST.fullmatch(text):
        return _build(found, found[3], _month(found[1]), found[2])
    if found := _YEAR_FIRST.fullmatch(text):
        return _build(found, found[1], int(found[3]), found[4])
    if found := _NUMBERS.fullmatch(text):
        return _from_numbers(found)
    raise ValueError(f"{text[:60]!r} is not a date that is understood: write it as 2025-06-10")


def _from_iso(text: str) -> str | None:
    """Read ISO 8601, also as SQL and Python exports write its zone; a bare day stays one."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(_SPACED_ZONE.sub(r"\1", text.replace(" UTC", "Z"))).isoformat()
    except ValueError:
        return None


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1


def _from_numbers(found: re.Match[str]) -> str:
    """Read 25/06/2025 or 06/25/2025, and refuse 10/06/2025."""
    first, second = int(found[1]), int(found[3])
    if first <= 12 and second <= 12 and first != second:
        raise ValueError(f"{found[0]!r} can be read with the day or the month first: write it as 2025-06-10")
    day, month = (second, first) if second > 12 else (first, second)
    return _build(found, found[4], month, str(day))


def _build(found: re.Match[str], year: str, month: int, day: str) -> str:
    """Put the parts together, and check that there is such a day and such a time."""
    try:
        moment = datetime(int(year), month, int(day))
        if found["hour"] is None:
            return moment.date().isoformat()
        hour, half = int(found["hour"]), (found["half"] or "").lower()[:1]
        if half:
            if not 1 <= hour <= 12:
                raise ValueError("hour must be in 1..12")
            hour = hour % 12 + 12 * (half == "p")
        moment = moment.replace(hour=hour, minute=int(found["minute"]), second=int(found["second"] or 0))
        zone = found["zone"]
        if zone and zone[0] not in "+-" and zone.lower() not in _ZONES:
            return moment.date().isoformat()
        return moment.replace(tzinfo=_zone(zone)).isoformat()
    except ValueError as error:
        raise ValueError(f"{found[0]!r} is not a date ({error}): write it as 2025-06-10") from None


def _zone(name: str | None) -> timezone | None:
    if not name:
        return None
    if name[0] in "+-":
        minutes = int(name[1:3]) * 60 + int(name[-2:])
        return timezone(timedelta(minutes=-minutes if name[0] == "-" else minutes))
    return timezone(timedelta(hours=_ZONES[name.lower()]))


def normalize_language(value: object) -> str:
    """Write a language as its ISO 639-1 code: ``en-GB``, ``eng`` and ``English`` are ``en``.

    :raises ValueError: if it is none that is known.
    """
    text = value.strip().lower() if isinstance(value, str) else ""
    if text in _LANGUAGES:
        return _LANGUAGES[text]
    if found := _CODE.fullmatch(text):
        return found[1]
    raise ValueError(f"{value!r:.40} is not a language that is known: write its ISO 639-1 code, such as 'en'")
