"""Numbers as they are written: in digits, in words, as parts of a whole, and vaguely."""

from __future__ import annotations

import math
import re
from typing import Final

from summarizer.quantities.lexicon import FRACTIONS, LONG_SCALES, NUMBER_WORDS, SIGNS, VAGUE
from summarizer.quantities.line import HYPHENS, Line
from summarizer.quantities.scales import Number, dozens, make, scaled, share
from summarizer.quantities.units import read_unit
from summarizer.terms import STOP_WORDS

#: Thousands in threes, or in twos as India writes them; no other commas, one point.
_WELL_FORMED: Final = re.compile(r"[0-9]{1,3}(?:,[0-9]{2,3})*,[0-9]{3}(?:\.[0-9]+)?|[0-9]*\.[0-9]+|[0-9]+")
#: The greatest denominator of a fraction in digits; beyond it are dates and names such as 9/11.
_MOST_PARTS: Final = 10
_MULTIPLES: Final = LONG_SCALES.keys() | {"dozen"}
_SHARED: Final = frozenset("of by the their its his her our all".split())
#: "A third more", "a quarter dearer".
_COMPARED: Final = frozenset(
    "more less fewer higher lower dearer cheaper smaller larger bigger above below up down".split()
)
#: "Three quarters have been sold".
_AUXILIARIES: Final = frozenset("have has had are were is was do did can could would will".split())
#: "Rose by a fifth in 2023".
_AFTER_CHANGES: Final = frozenset("in over since from on this last to and compared within during year".split())
_BEFORE_PARTS: Final = frozenset("by than nearly almost about least over roughly around up only just to".split())


def read_number(line: Line, at: int, money: bool = False) -> Number | None:
    """Read the number that begins at a token; "a" before "hundred" is looked for to its left.

    :param line: the sentence.
    :param at: the token.
    :param money: a currency stands before it, so that "m" is no metre.
    :return: None where there is no number, or one beyond what a float holds.
    """
    low = line.lows[at]
    if low[-1].isdecimal():
        number = _digits(line, at, money)
    elif low in VAGUE or low == "tens":
        number = _vague(line, at)
    elif low in NUMBER_WORDS:
        number = _part(line, at, NUMBER_WORDS[low], at + 1) or _words(line, at)
    elif low in SIGNS:
        number = scaled(line, at, at + 1, SIGNS[low], 2, money)
    elif low in ("half", "halves"):
        number = _half(line, at)
    elif low == "dozen" or low in LONG_SCALES:
        number = _article(line, at)
    elif low in FRACTIONS and line.low(at - 1) in ("a", "an", "one"):
        number = _part(line, at - 1, 1.0, at)
    else:
        return None
    return number if number and all(map(math.isfinite, (number.low, number.step, number.slack))) else None


def _digits(line: Line, at: int, money: bool) -> Number | None:
    figures = line.lows[at]
    if not _WELL_FORMED.fullmatch(figures):
        return None
    value = float(figures.replace(",", ""))
    decimals = len(figures.partition(".")[2])
    last = at + 1
    sign = line.low(last)
    if sign in SIGNS and not decimals and line.joined(last):
        return scaled(line, at, last + 1, value + SIGNS[sign], 1, money)
    if sign == "/" and line.joined(last):
        return _fraction(line, at, 0.0, at)
    if not decimals and line.is_figure(last) and line.low(last + 1) == "/" and value < 1000:
        return _fraction(line, last, value, at)
    half = 0 if decimals else _and_a_half(line, last)
    if half > last:
        return scaled(line, at, half, value + 0.5, 1, money)
    return scaled(line, at, last, value, decimals, money)


def _and_a_half(line: Line, at: int) -> int:
    """Give the token after "and a half", hyphens allowed; the token itself where it does not stand."""
    words = [place for place in range(at, min(at + 6, line.size)) if line.lows[place] not in HYPHENS][:3]
    return words[2] + 1 if [line.lows[place] for place in words] == ["and", "a", "half"] else at


def _fraction(line: Line, at: int, whole: float, first: int) -> Number | None:
    """Read "1/3", after a whole number or before what it is a part of; dates are left out."""
    above, below = line.low(at), line.low(at + 2)
    if not (above.isdecimal() and below.isdecimal() and len(above) < 3 and len(below) < 3) or line.low(at + 3) == "/":
        return None
    parts, among = float(above), float(below)
    if not 0 < parts < among <= _MOST_PARTS:
        return None
    if whole:
        return scaled(line, first, at + 3, whole + parts / among, 2, False)
    end = at + 3
    if line.low(end) != "of" and not read_unit(line.lows, end + (line.low(end) == "-"), False):
        return None
    return share(first, end, parts / among)


def _words(line: Line, at: int, *, article: bool = False) -> Number | None:
    """Read a number in words: "two hundred and thirty-one thousand".

    :param article: "a" stands at the token, for one.
    """
    lows = line.lows
    total, part, last, smallest = 0.0, float(article), at, 1.0
    place = at + article
    while place < line.size:
        low = lows[place]
        if place == last and place > at and (low in HYPHENS or low == "and"):
            if low == "and" and lows[place - 1] not in ("hundred", "thousand"):
                break
            place += 1
            continue
        if low in NUMBER_WORDS:
            value = NUMBER_WORDS[low]
            rest = part % 100
            if place > at and lows[place - 1] in HYPHENS and not (rest >= 20 and rest % 10 == 0 and 0 < value < 10):
                break
            if rest and not (rest >= 20 and rest % 10 == 0 and 0 < value < 10):
                break
            part += value
            smallest = 1.0
        elif low == "dozen":
            return dozens(at, place + 1, total + part) if part and not total else None
        elif low in LONG_SCALES and part and (LONG_SCALES[low] > smallest or place == at + 1):
            smallest = LONG_SCALES[low]
            part *= smallest
            if smallest >= 1e3:
                total, part = total + part, 0.0
        else:
            break
        place += 1
        last = place
    half = _and_a_half(line, last)
    if half > last:
        return scaled(line, at, half, total + part + smallest / 2, 1, False, smallest)
    scale = smallest if smallest >= 1e3 else 1.0
    return make(at, last, (total + part) / scale, 0, scale, "words")


def _part(line: Line, first: int, parts: float, at: int) -> Number | None:
    """Read "two-thirds", "a third of", "three quarters of"."""
    hyphen = line.low(at) in HYPHENS
    noun = at + hyphen
    among = FRACTIONS.get(line.low(noun), 0.0)
    if not among or (parts > 1) != line.lows[noun].endswith("s") or not 0 < parts < among:
        return None
    end = noun + 1
    after = line.low(end)
    if line.lows[end : end + 2] == ["of", "a"] and line.low(end + 2) in LONG_SCALES:
        return make(first, end + 3, parts / among, 2, LONG_SCALES[line.lows[end + 2]], "words")  # "of a million"
    before = line.low(first - 1)
    told = after in _SHARED or after in _COMPARED or (before in _BEFORE_PARTS and not line.is_word(end))
    told = told or (before == "by" and after in _AFTER_CHANGES) or (parts > 1 and after in _AUXILIARIES)
    sure = hyphen or (parts > 1 and among not in (2.0, 4.0))
    return share(first, end, parts / among) if told or (sure and after not in HYPHENS) else None


def _half(line: Line, at: int) -> Number | None:
    """Read "half a million", "half-dozen", "half an hour", "half of the voters"."""
    article = line.low(at + 1) in ("a", "an") or line.low(at + 1) in HYPHENS
    then = at + 1 + article
    noun = line.low(then)
    first = at - 1 if line.low(at - 1) in ("a", "one") else at
    if noun == "dozen":
        return dozens(first, then + 1, 0.5)
    if noun in LONG_SCALES and (article or line.low(at - 1) == "a"):
        return make(first, then + 1, 0.5, 1, LONG_SCALES[noun], "words")
    if article and read_unit(line.lows, then, False):
        return make(first, at + 1 if line.low(at + 1) in HYPHENS else then, 0.5, 1, 1.0, "words")
    back = line.low(at - 1)
    if back in ("first", "second", "other", "better", "top", "bottom", "-", "latter", "one"):
        return None
    if not article and (
        line.low(at + 1) in _SHARED or back == "than" or (back in _BEFORE_PARTS and not noun.isalpha())
    ):
        return share(first, at + 1, 0.5)
    return None


def _article(line: Line, at: int) -> Number | None:
    """Read "a hundred thousand" and "several hundred" at the scale."""
    before, low = line.low(at - 1), line.lows[at]
    if before in ("several", "few"):
        first = at - 2 if before == "few" and line.low(at - 2) == "a" else at - 1
        return _several(line, first, at)
    if before == "couple" or (before == "of" and line.low(at - 2) == "couple"):
        return _several(line, at - (1 if before == "couple" else 2), at)
    if before not in ("a", "an", "per") or (before == "per" and low != "dozen"):
        return None
    if low == "dozen":
        half = _and_a_half(line, at + 1)
        return dozens(at - 1, half, 1.0 if half == at + 1 else 1.5)
    if low == "hundred" and line.low(at + 1) == "and" and line.low(at + 2) in NUMBER_WORDS:
        return _words(line, at - 1, article=True)  # "a hundred and sixty"
    number = scaled(line, at - 1, at, 1.0, 0, False)
    if line.lows[number.last : number.last + 3] == ["and", "a", "half"]:
        return make(number.first, number.last + 3, 1.5, 1, number.scale, "words")
    return number


def _several(line: Line, first: int, at: int) -> Number:
    """Give "several hundred": two to ten of them."""
    scale, last = 1.0, at
    while (low := line.low(last)) in _MULTIPLES and scale < 1e15:
        scale *= 12.0 if low == "dozen" else LONG_SCALES[low]
        last += 1
    return Number(first, last, None, 2 * scale, 10 * scale, scale / 2, scale / 2, scale, "vague", True)


def _vague(line: Line, at: int) -> Number | None:
    """Read "dozens", "tens of thousands"; two of them are the least that is meant, and there is no greatest."""
    low = line.lows[at]
    if low == "scores" and (line.low(at + 1) != "of" or line.is_figure(at + 2) or _is_noun(line, at - 1)):
        return None
    scale, last = (10.0 if low == "tens" else VAGUE[low]), at + 1
    while line.low(last) == "of" and line.low(last + 1) in VAGUE and scale < 1e15:
        scale *= VAGUE[line.lows[last + 1]]
        last += 2
    if low == "tens" and last == at + 1:
        return None
    return Number(at, last, None, 2 * scale, math.inf, scale / 2, scale / 2, scale, "vague", True)


def _is_noun(line: Line, at: int) -> bool:
    """Tell whether a word that is no function word and no verb form stands there: "test scores of"."""
    low = line.low(at)
    return line.is_word(at) and low not in STOP_WORDS and not low.endswith(("ed", "ing"))
