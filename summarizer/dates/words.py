"""The words that dates are made of. English."""

from __future__ import annotations

from typing import Final

MONTH_NAMES: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
#: Every spelling of a month to its number.
MONTHS: Final = (
    {name: number for number, name in enumerate(MONTH_NAMES, 1)}
    | {name[:3]: number for number, name in enumerate(MONTH_NAMES, 1)}
    | {"sept": 9}
)
WEEKDAY_NAMES: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
#: Every spelling of a day of the week to its name.
WEEKDAYS: Final = (
    {name: name for name in WEEKDAY_NAMES}
    | {
        short: name
        for name in WEEKDAY_NAMES
        for short in (name[:3], {"tuesday": "tues", "wednesday": "weds", "thursday": "thurs"}.get(name, name[:3]))
    }
    | {"thur": "thursday"}
)
NUMBERS: Final = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
NUMBER_WORDS: Final = {word: number for number, word in enumerate(NUMBERS)} | {
    "a": 1, "an": 1, "eleven": 11, "twelve": 12, "fifteen": 15, "eighteen": 18, "twenty": 20, "thirty": 30, "forty": 40,
    "fifty": 50, "sixty": 60,
}  # fmt: skip
ORDINALS: Final = {"first": 1, "second": 2, "third": 3, "fourth": 4}
ORDINAL_NAMES: Final = ("", "first", "second", "third", "fourth")

MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
FULL_WEEKDAY: Final = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
SHORT_WEEKDAY: Final = r"(?:mon|tues?|weds?|thurs?|thu|fri|sat|sun)"
COUNT: Final = (
    r"(?:[0-9]{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|eighteen|twenty|thirty"
    r"|forty|fifty|sixty)"
)
UNIT: Final = r"(?:day|week|weekend|month|quarter|year|decade|century)"
UNITS: Final = r"(?:days?|weeks?|weekends?|months?|quarters?|years?|decades?|centur(?:y|ies))"
DAY_PART: Final = r"(?:morning|afternoon|evening|night)"
YEAR: Final = r"(?:1[5-9][0-9][0-9]|20[0-9][0-9])"


def number_name(count: int) -> str:
    """Spell a number as names do: words to ten, then digits."""
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def singular(unit: str) -> str:
    """Give the singular of a unit of time, lower case."""
    low = unit.lower()
    return "century" if low.startswith("centur") else low.removesuffix("s")


# Letters that a pattern without regard to case takes for s, i and k, and all kinds of blanks; one for one.
_FOLDS: Final = str.maketrans("ſıİ\u212a\u00a0\u2002\u2003\u2007\u2009\u202f\n\t", "siIK" + 8 * " ")


def fold(text: str) -> str:
    """Write blanks and a few odd letters plainly, so that dates with a hard blank are read; every offset stays."""
    return text if text.isascii() and text.isprintable() else text.translate(_FOLDS)
