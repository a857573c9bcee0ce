"""A number, and the scale after it: "billion", "bn", "k"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from summarizer.quantities.lexicon import LONG_SCALES, SHORT_SCALES
from summarizer.quantities.line import HYPHENS, Line
from summarizer.quantities.units import LENGTHS
from summarizer.terms import STOP_WORDS

#: From here on a scale is also a rounding: "2 million" is no count to the last one, "2 thousand" may be 2,000.
ROUNDING_SCALE: Final = 1e5
#: "A third" is said of what lies between 31 and 35 %.
_PART_SLACK: Final = 0.02


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is written.

    :param first: its first token; ``last`` the one after it.
    :param value: with its scale; None when vague.
    :param low: least value that a vague one means; ``high`` the greatest.
    :param step: half of the last place written, scale applied.
    :param slack: the same, zeros at the end of a whole number not counted as written.
    :param scale: what the words after it multiply it by; 1 when there are none.
    :param form: how it is written.
    :param rounded: decimals or a great scale show that it is no count to the last one.
    """

    first: int
    last: int
    value: float | None
    low: float
    high: float
    step: float
    slack: float
    scale: float
    form: Literal["digits", "words", "vague", "part", "dozen"]
    rounded: bool


def make(
    first: int, last: int, mantissa: float, decimals: int, scale: float, form: Literal["digits", "words"]
) -> Number:
    """Make a number of what is written before its scale."""
    value = mantissa * scale
    step = 0.5 * 10.0**-decimals * scale
    slack = step
    if not decimals and 100 <= mantissa < 1e300:
        digits = f"{mantissa:.0f}"
        slack = step * 10.0 ** (len(digits) - len(digits.rstrip("0")))
    return Number(first, last, value, value, value, step, slack, scale, form, decimals > 0 or scale >= ROUNDING_SCALE)


def dozens(first: int, last: int, times: float) -> Number:
    """Make a number of dozens."""
    value = 12.0 * times
    return Number(first, last, value, value, value, 0.5, 0.5, 1.0, "dozen", False)


def share(first: int, last: int, value: float) -> Number:
    """Make a part of a whole."""
    return Number(first, last, value, value, value, 0.005, _PART_SLACK, 1.0, "part", True)


def scaled(line: Line, first: int, last: int, mantissa: float, decimals: int, money: bool, done: float = 1.0) -> Number:
    """Apply what multiplies a number: "billion", "bn", and "k" or "m" close behind it."""
    form: Literal["digits", "words"] = "digits" if line.is_figure(first) else "words"
    if done > 1.0:
        return make(first, last, mantissa / done, decimals, done, form)
    scale = 1.0
    hyphen = line.low(last) in HYPHENS and line.low(last + 1) in LONG_SCALES
    if hyphen:
        last += 1
    while line.low(last) in LONG_SCALES and scale < 1e15:
        scale *= LONG_SCALES[line.lows[last]]
        last += 1
    if line.low(last) == "dozen" and scale == 1.0 and not decimals:
        return dozens(first, last + 1, mantissa)
    if scale == 1.0 and line.joined(last) and line.low(last) in SHORT_SCALES:
        short = short_scale(line, last, money)
        scale, last = short, last + (short > 1.0)
    return make(first, last, mantissa, decimals, scale, form)


def short_scale(line: Line, at: int, money: bool) -> float:
    """Read one letter close behind digits: thousands, millions, or a unit (1)."""
    letter, after = line.lows[at], line.low(at + 1)
    if after in HYPHENS and line.joined(at + 1):
        after = line.low(at + 2)
    if money or (line.text(at) == "M" and after not in LENGTHS):
        return SHORT_SCALES[letter]
    counted = after[:1].isalpha() and after not in LENGTHS and after not in STOP_WORDS
    return SHORT_SCALES[letter] if (letter == "k" and after not in LENGTHS) or (counted and letter in "mb") else 1.0
