"""Amounts as the guards compare them: numbers with their units, and the room that their writing leaves.

Dates, years, clock times, ordinals and versions are no amounts. English. Read in every sentence, so little is read;
:mod:`summarizer.quantities` reads all there is in those that are compared and shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from summarizer.terms import STOP_WORDS

_SCALES: Final = {
    "hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "mn": 1e6, "m": 1e6,
    "billion": 1e9, "bn": 1e9, "b": 1e9, "trillion": 1e12, "tn": 1e12,
}  # fmt: skip
_NUMBER_WORDS: Final = {
    word: float(value)
    for value, word in enumerate("two three four five six seven eight nine ten eleven twelve thirteen".split(), start=2)
} | {word: 10.0 * tens for tens, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
NUMBERS_IN_WORDS: Final = frozenset(_NUMBER_WORDS)
_CURRENCIES: Final = {
    "$": "$", "dollar": "$", "dollars": "$", "€": "€", "euro": "€", "euros": "€", "£": "£", "¥": "¥",
    "yen": "¥", "yuan": "yuan", "₹": "₹", "rupees": "₹",
}  # fmt: skip
MONTHS: Final = frozenset(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
#: Rounding moves a number by at most this share: "100" is not 127 written short.
_ROUNDED: Final = 0.1
_RANGES: Final = frozenset(("to", "-", "–"))
#: After digits, these make a clock time, an ordinal or a place.
_NOT_UNITS: Final = frozenset("am pm gmt est edt st nd rd th".split())
#: Written before a number, they loosen it: how far, as shares of the value below and above.
_HEDGES: Final = {
    "about": (0.1, 0.1), "around": (0.1, 0.1), "roughly": (0.1, 0.1), "approximately": (0.1, 0.1), "some": (0.1, 0.1),
    "estimated": (0.1, 0.1), "nearly": (0.1, 0.0), "almost": (0.1, 0.0), "up": (0.5, 0.0), "than": (0.34, 0.34),
    "over": (0.0, 0.34), "least": (0.0, 0.34), "above": (0.0, 0.34), "under": (0.34, 0.0),
}  # fmt: skip

_DIGIT: Final = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit, and the room that its writing leaves.

    :param low: least value meant: of a range, or of a hedge ("more than 30" reaches a third further up).
    :param high: greatest value meant.
    :param slack: half of the last place written, so that 12.7 and 13 agree and 12.7 and 12.8 do not.
    :param units: what it counts: ``%``, a currency, or the one or two words after it, singular.
    """

    low: float
    high: float
    slack: float
    units: tuple[str, ...]

    def agrees(self, other: Amount) -> bool:
        """Tell whether both can be the same value, the coarser one rounded."""
        gap = max(self.low - other.high, other.low - self.high, 0.0)
        most = max(_ROUNDED * max(abs(self.high), abs(other.high)), 0.5)
        return gap <= min(max(self.slack, other.slack), most) * (1 + 1e-9)


def is_content(word: str) -> bool:
    """Tell whether a lower-cased token is a word, and no function word."""
    return word[0].isalpha() and word not in STOP_WORDS


def read_amounts(text: str, tokens: list[str], words: list[str]) -> tuple[Amount, ...]:
    """Read the amounts of a sentence, in order.

    :param text: the sentence; most have no number, which is seen at once.
    :param tokens: its tokens.
    :param words: the same in lower case.
    """
    if NUMBERS_IN_WORDS.isdisjoint(words) and not _DIGIT.search(text):
        return ()
    found = []
    end = 0
    for at in [at for at, word in enumerate(words) if word[-1].isdecimal() or word in _NUMBER_WORDS]:
        if at < end or _is_label(tokens, words, at):
            continue
        number = _number(words, at)
        if number is None:
            continue
        low, slack, end = number
        high = low
        units = _units(words, at, end)
        if not units and end + 1 < len(words) and words[end] in _RANGES and words[max(at - 1, 0)] != "from":
            top = _number(words, end + 1)
            if top is not None:  # "three to four points": one range
                high, slack, end = top
                units = _units(words, end, end)
        if units:
            below, above = _hedge(words, at)
            low, high = min(low, high) * (1 - below), max(low, high) * (1 + above)
            found.append(Amount(low, high, slack, units))
    return tuple(found)


def _number(words: list[str], at: int) -> tuple[float, float, int] | None:
    """Read a number at a place: its value, half of its last place, and where it ends."""
    word = words[at]
    end = at + 1
    if word[-1].isdecimal():
        value, slack = float(word.replace(",", "")), _slack(word)
    elif word in _NUMBER_WORDS:
        value, slack = _NUMBER_WORDS[word], 0.5
        ones = _NUMBER_WORDS.get(words[at + 2], 10) if words[end : end + 1] == ["-"] and at + 2 < len(words) else 10
        if value >= 20 and ones < 10:
            value, end = value + ones, at + 3
    else:
        return None
    scale = end + 1 if words[end : end + 1] == ["-"] else end
    if scale < len(words) and words[scale] in _SCALES:
        factor = _SCALES[words[scale]]
        return value * factor, slack * factor, scale + 1
    return value, slack, end


def _slack(digits: str) -> float:
    """Give half of the last place that was written; trailing zeros of a number over 99 were not."""
    _, point, decimals = digits.partition(".")
    if point:
        return 0.5 * 10.0 ** -len(decimals)
    whole = digits.replace(",", "")
    return 0.5 * 10.0 ** (len(whole) - len(whole.rstrip("0"))) if len(whole) > 2 else 0.5


def _is_label(tokens: list[str], words: list[str], at: int) -> bool:
    """Tell whether digits are a date, a year, a clock time, a version or part of a name rather than a quantity."""
    if not words[at][-1].isdecimal():
        return False
    before, after = words[at - 1] if at else "", words[at + 1] if at + 1 < len(words) else ""
    if before in MONTHS or after in MONTHS or {before, after} & {":", "/"} or after[:1] == ".":
        return after[:1] != "." or after[1:].isdigit()
    if after.replace(".", "") in _NOT_UNITS:
        return True
    measured = before in _CURRENCIES or after in ("%", "percent", "per") or after in _SCALES
    if len(words[at]) == 4 and words[at][:2] in ("18", "19", "20"):
        return not measured
    name = at - 2 if before == "-" else at - 1
    return name > 0 and tokens[name][0].isupper() and words[name] not in STOP_WORDS and not measured


def _units(words: list[str], at: int, end: int) -> tuple[str, ...]:
    if at and words[at - 1] in _CURRENCIES:
        return (_CURRENCIES[words[at - 1]],)
    units: list[str] = []
    for word in words[end : end + 4]:
        if word == "-" and not units:
            continue
        if word in ("%", "percent", "percentage", "pct", "per"):
            return ("point" if word == "percentage" else "%",) if not units else tuple(units)
        if word in _CURRENCIES:
            return (_CURRENCIES[word],)
        if not is_content(word) or word in _SCALES or word in _NUMBER_WORDS or len(units) == 2:
            break
        units.append(_singular(word.removesuffix("'s")))
    return tuple(units) or _age(words, at, end)


def _age(words: list[str], at: int, end: int) -> tuple[str, ...]:
    """Give the unit of "aged 88", "at the age of 88", "died at 88"; none of a range of ages, which names a group."""
    told = at and (words[at - 1] == "aged" or words[max(at - 2, 0) : at] in (["age", "of"], ["died", "at"]))
    return ("year", "old") if told and words[end : end + 1] not in (["to"], ["-"], ["–"], ["and"]) else ()


def _singular(word: str) -> str:
    plural = word.endswith("s") and not word.endswith("ss") and len(word) > 3
    return _PEOPLE.get(word) or (word[:-1] if plural else word)


_PEOPLE: Final = {"persons": "people", "person": "people", "men": "man", "women": "woman", "dead": "killed"}


def _hedge(words: list[str], at: int) -> tuple[float, float]:
    """Read "about", "more than" and the like in the two words before a number or its currency sign."""
    start = at - 1 if at and words[at - 1] in _CURRENCIES else at
    for word in words[max(0, start - 2) : start][::-1]:
        if word in _HEDGES:
            return _HEDGES[word]
    return 0.0, 0.0
