"""Money before and after a number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from summarizer.quantities.lexicon import (
    CENTS,
    CURRENCIES,
    CURRENCY_LETTER,
    CURRENCY_LETTERS,
    CURRENCY_SIGNS,
    DOLLARS,
    ISO_CODES,
    LONG_SCALES,
    NATIONAL,
    SHORT_SCALES,
)
from summarizer.quantities.line import Line
from summarizer.quantities.units import POUND_MASS, Unit

#: Around "pounds" these make it a weight.
_WEIGHING: Final = frozenset(
    "weigh weighs weighed weighing weight lost gained lose gain shed lbs heavy lighter".split()
)
#: "1080p" is how sharp a picture is.
_SCREENS: Final = frozenset("240 360 480 720 1080 1440 2160".split())
#: Money, and something else.
_AMBIGUOUS: Final = frozenset(("won", "crowns"))
_AFTER_PRICES: Final = frozenset(". , ; ) per at from for to this next last each more less".split())
_RATED: Final = frozenset("hour day night week month year kilo kilogram litre liter piece person head share".split())
_PLACES: Final = frozenset("zone area country countries region".split())


#: A sum of which the currency is not told: "the repair had cost 19.5 million".
SUM: Final = Unit("money", "sum")
#: Words of which one makes a bare number, or "pounds", one of money.
_PAYING: Final = frozenset(
    "cost costs costing price priced paid pay pays payment worth profit losses earned revenue turnover fine fined "
    "budget debt refund refunds refunded damages compensation grant loan cash money prize bonus fee bid invest "
    "invested spend spends spent deficit surplus salary billed dividend".split()
)
_PAYING_REACH: Final = 8


@dataclass(frozen=True, slots=True)
class Measured:
    """What a number is measured in, and where that is said.

    :param unit: the unit.
    :param first: its first token; ``last`` the one after it.
    """

    unit: Unit
    first: int
    last: int


def money_before(line: Line, at: int) -> Measured | None:
    """Read the currency before a number: "$", "US$", "C$", "Rs.", "USD".

    :param at: the first token of the number.
    """
    place = at - 1
    if place < 0:
        return None
    low = line.lows[place]
    if low == "." and line.low(place - 1) == "rs":
        return Measured(Unit("money", "INR"), place - 1, at)
    if low == "$":
        whose = line.low(place - 1)
        near = line.joined(place) or (len(whose) > 1 and line.text(place - 1).isupper())
        if whose in DOLLARS and near:
            return Measured(Unit("money", DOLLARS[whose]), place - 1, at)
        return Measured(Unit("money", "USD"), place, at)
    if low in CURRENCY_SIGNS and (not low.isalpha() or line.is_capital(place)):
        return Measured(Unit("money", CURRENCY_SIGNS[low]), place, at)
    if low in ISO_CODES and line.tokens[place].text.isupper():
        return Measured(Unit("money", low.upper()), place, at)
    if line.joined(at):
        code = CURRENCY_LETTERS.get(line.text(place)) or (_is_large(line, at) and CURRENCY_LETTER.get(line.text(place)))
        return Measured(Unit("money", code), place, at) if code else None
    return None


def _is_large(line: Line, at: int) -> bool:
    """Tell whether figures are followed by a scale ("R78 million", "N2bn") or hold thousands ("R45,000")."""
    after = line.low(at + 1)
    return "," in line.lows[at] or after in LONG_SCALES or (after in SHORT_SCALES and line.joined(at + 1))


def money_after(line: Line, at: int, scaled: bool) -> Measured | None:
    """Read the currency after a number: "dollars", "Canadian dollars", "cents", "€".

    :param at: the token after the number, or after its hyphen.
    :param scaled: a scale is told, such as "million": then "won" and "crowns" are money.
    """
    place = at
    while place < at + 2 and line.is_word(place) and (line.is_capital(place) or line.low(place) in ("us", "u.s.")):
        if line.low(place) in CURRENCIES or line.low(place) in ISO_CODES or line.low(place) in ("pounds", "pound"):
            break
        place += 1
    low = line.low(place)
    if low in CURRENCIES:
        return _named(line, at, place, scaled)
    if low in ("pound", "pounds", "quid"):
        return _pounds(line, at, place, scaled)
    if low in CENTS and place == at:
        return Measured(Unit("money", CENTS[low], 0.01), at, at + 1)
    if low == "p" and line.joined(place) and place == at and line.low(at - 1) not in _SCREENS:
        return Measured(Unit("money", "GBP", 0.01), at, at + 1)
    if place == at and low in CURRENCY_SIGNS and not low.isalpha() and not line.is_figure(at + 1):
        return Measured(Unit("money", CURRENCY_SIGNS[low]), at, at + 1)
    if low in ISO_CODES and line.tokens[place].text.isupper() and place == at:
        return Measured(Unit("money", low.upper()), at, at + 1)
    return None


def _named(line: Line, at: int, place: int, scaled: bool) -> Measured | None:
    low = line.lows[place]
    if (
        (low in _AMBIGUOUS and not scaled and not _is_price(line, at, place))
        or line.low(place + 1) in _PLACES
        or (low in ("bucks", "rand") and line.is_capital(place))
    ):
        return None
    code = CURRENCIES[low]
    return Measured(Unit("money", NATIONAL.get((line.low(place - 1), code), code)), at, place + 1)


def _is_price(line: Line, at: int, place: int) -> bool:
    """Tell whether thousands of "won" or "crowns" are money: nothing that is won, or worn, follows."""
    after = line.low(place + 1)
    rate = after in ("a", "an") and line.low(place + 2) in _RATED
    return "," in line.low(at - 1) and (after in _AFTER_PRICES or rate or not after)


def is_paid(line: Line, at: int) -> bool:
    """Tell whether a word of money stands before a number, in its clause."""
    for place in range(at - 1, max(-1, at - 1 - _PAYING_REACH), -1):
        if line.lows[place] in (";", ".", ":"):
            return False
        if line.lows[place] in _PAYING:
            return True
    return False


def _pounds(line: Line, at: int, place: int, scaled: bool) -> Measured:
    """Tell pounds of money from pounds of weight; where nothing tells, they are of weight unless there are millions."""
    after = line.low(place + 1)
    if after == "sterling":
        return Measured(Unit("money", "GBP"), at, place + 2)
    whose = line.low(place - 1)
    if place > at and (whose, "GBP") in NATIONAL:
        return Measured(Unit("money", NATIONAL[whose, "GBP"]), at, place + 1)
    weighed = after == "of" and line.low(place + 2) != "it"
    weighing = weighed or not _WEIGHING.isdisjoint(line.lows[max(0, at - 6) : at])
    plain = line.low(place) == "quid" or "£" in line.lows or whose == "british"
    if plain or (not weighing and (scaled or is_paid(line, at))):
        return Measured(Unit("money", "GBP"), at, place + 1)
    return Measured(POUND_MASS, at, place + 1)
