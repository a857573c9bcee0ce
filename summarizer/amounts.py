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
    for value, word in enumerate(
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen".split(),
        start=2,
    )
} | {word: 10.0 * tens for tens, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
#: What stands behind a ten and a hyphen; "one" alone is no count.
_ONES: Final = {"one": 1.0} | {word: value for word, value in _NUMBER_WORDS.items() if value < 10}
#: Behind "a" or "one" they are a number: "a hundred people".
_ROUND: Final = frozenset("hundred thousand million billion trillion".split())
NUMBERS_IN_WORDS: Final = frozenset(_NUMBER_WORDS) | _ROUND
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
    "more": (0.0, 0.34), "less": (0.34, 0.0), "fewer": (0.34, 0.0), "over": (0.0, 0.34), "least": (0.0, 0.34),
    "above": (0.0, 0.34), "under": (0.34, 0.0),
}  # fmt: skip
#: They loosen a number only before "than".
_COMPARED: Final = frozenset(("more", "less", "fewer"))
#: When is no unit: "climbed to 21 Wednesday".
_DAYS: Final = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow tonight overnight".split()
)
#: Between a count and its measure, which stands before it: "the toll rose to 21", "the number of missing is 28".
_REACHING: Final = frozenset("to at of is was reached hit passed exceeded topped".split())
#: Words before a number in which its measure is looked for.
_MEASURE_WINDOW: Final = 14
#: Words between "40" and "missing" in "40 people are still missing", "40 were reported missing".
_BECOMING: Final = frozenset("are were remain remained have had been be still also now feared reported".split())
#: What befalls people who are counted without being named: "more than 40 were missing".
_BEFALLEN: Final = frozenset(
    "missing killed dead injured wounded hurt arrested detained hospitalised hospitalized displaced evacuated trapped "
    "rescued unaccounted".split()
)

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
    for at in [at for at, word in enumerate(words) if word[-1].isdecimal() or word in NUMBERS_IN_WORDS]:
        if at < end or _is_label(tokens, words, at):
            continue
        number = _number(words, at)
        if number is None:
            continue
        low, slack, end = number
        high = low
        units = _units(words, at, end) or _befallen(words, end) or _measure(words, at)
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
    word = words[at] if at < len(words) else "."
    end = at + 1
    if word[-1].isdecimal():
        value, slack = float(word.replace(",", "")), _slack(word)
    elif word in _NUMBER_WORDS:
        value, slack = _NUMBER_WORDS[word], 0.5
        ones = _ONES.get(words[at + 2], 0.0) if words[end : end + 1] == ["-"] and at + 2 < len(words) else 0.0
        if value >= 20 and ones:
            value, end = value + ones, at + 3
    elif word in _ROUND and at and words[at - 1] in ("a", "one") and words[max(at - 2, 0)] not in ("half", "of"):
        value, slack, end = 1.0, 0.5, at
    else:
        return None
    scale = end + 1 if words[end : end + 1] == ["-"] else end
    if scale < len(words) and words[scale] in _SCALES:
        factor, end = _SCALES[words[scale]], scale + 1
        rest = _number(words, end + 1) if words[end : end + 1] == ["and"] and words[scale] == "hundred" else None
        if rest is not None and rest[0] < 100 and not words[end + 1][-1].isdecimal():  # "one hundred and five"
            return value * factor + rest[0], rest[1], rest[2]
        return value * factor, slack * factor, end
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
        if not is_content(word) or word in _SCALES or word in _NUMBER_WORDS or word in _DAYS or len(units) == 2:
            break
        units.append(_singular(word.removesuffix("'s")))
    return tuple(units) or _age(words, at, end)


def _age(words: list[str], at: int, end: int) -> tuple[str, ...]:
    """Give the unit of "aged 88", "at the age of 88", "died at 88"; none of a range of ages, which names a group."""
    told = at and (words[at - 1] == "aged" or words[max(at - 2, 0) : at] in (["age", "of"], ["died", "at"]))
    return ("year", "old") if told and words[end : end + 1] not in (["to"], ["-"], ["–"], ["and"]) else ()


def _befallen(words: list[str], end: int) -> tuple[str, ...]:
    """Give the unit of "40 were missing": what befell those counted."""
    for word in words[end : end + 5] if words[end : end + 1] and words[end] in _BECOMING else ():
        if word in _BEFALLEN:
            return (_singular(word),)
        if word not in _BECOMING:
            break
    return ()


def _measure(words: list[str], at: int) -> tuple[str, ...]:
    """Give the unit of a number whose measure stands before it: "the death toll rose to 21"."""
    before = at - 1
    while before > 0 and words[before] in _HEDGES:
        before -= 1
    if before < 0 or words[before] not in _REACHING:
        return ()
    for place in range(before, max(at - _MEASURE_WINDOW, -1), -1):
        if words[place] == "toll":
            return ("people", "killed")
        if words[place] == "number" and words[place + 1] == "of":
            units = _units(words, place + 1, place + 2)
            return units if place + 1 < before else ()
    return ()


def _singular(word: str) -> str:
    plural = word.endswith("s") and not word.endswith("ss") and len(word) > 3
    return _PEOPLE.get(word) or (word[:-1] if plural else word)


_PEOPLE: Final = {"persons": "people", "person": "people", "men": "man", "women": "woman", "dead": "killed"}


def _hedge(words: list[str], at: int) -> tuple[float, float]:
    """Read "about", "more than" and the like in the two words before a number or its currency sign."""
    start = at - 1 if at and words[at - 1] in _CURRENCIES else at
    for place in range(start - 1, max(0, start - 2) - 1, -1):
        if words[place] == "than" and place and words[place - 1] in _COMPARED:
            below, above = _HEDGES[words[place - 1]]
            return (above, below) if place > 1 and words[place - 2] in ("no", "not") else (below, above)
        if words[place] in _HEDGES and words[place] not in _COMPARED:
            return _HEDGES[words[place]]
    return 0.0, 0.0
