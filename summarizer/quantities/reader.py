"""Reading the quantities of a sentence."""

from __future__ import annotations

import dataclasses
import re
from typing import Final

from summarizer.quantities.ages import is_aged
from summarizer.quantities.bounds import read_bound, skip_bound
from summarizer.quantities.context import add_context
from summarizer.quantities.draft import Draft
from summarizer.quantities.heads import counts_plural, head_before, read_head, singular
from summarizer.quantities.labels import is_counted_back, is_label, is_pronoun
from summarizer.quantities.lexicon import FILLERS, FRACTIONS, LONG_SCALES, NUMBER_WORDS, ORDINALS, SIGNS, VAGUE
from summarizer.quantities.line import JOINERS, Line
from summarizer.quantities.money import SUM, Measured, is_paid, money_after, money_before
from summarizer.quantities.numbers import read_number
from summarizer.quantities.pairs import inherit, join_pairs
from summarizer.quantities.quantity import Quantity, Span
from summarizer.quantities.ranks import read_rank
from summarizer.quantities.scales import Number, make
from summarizer.quantities.stretches import join_lengths
from summarizer.quantities.tokens import Token, tokenize
from summarizer.quantities.units import AGE, UNITS, Unit, read_unit

#: Words at which a number can begin, or which tell that one does.
_STARTS: Final = (
    NUMBER_WORDS.keys() | VAGUE.keys() | ORDINALS.keys() | FRACTIONS.keys() | SIGNS.keys() | LONG_SCALES.keys()
    | {"dozen", "tens", "decade"}
)  # fmt: skip
#: A sentence without these, or a figure, has no quantity.
_CUES: Final = frozenset(_STARTS)
_FIGURE: Final = re.compile("[0-9½¼¾⅐-⅞]")
_WORDS: Final = re.compile("[a-z]+")
#: What can be below zero; elsewhere a dash before a number is a bullet.
_SIGNED: Final = frozenset(("percent", "points", "temperature"))
_MILLION: Final = 1e6
_AGED: Final = frozenset(("aged", "age", "ages"))
_BETWEEN: Final = FILLERS | frozenset("straight consecutive long successive".split())


def read_quantities(text: str) -> tuple[Quantity, ...]:
    """Read the quantities of a sentence, in order of their places.

    Numbers in digits and in words, with unit and bound; dates, years, clock times, addresses and numbers that are part
    of a name are left out. What a number measures, against what and on whose word is added by
    :func:`summarizer.quantities.context.add_context`. English.

    What takes two numbers has a name for its unit: shares ("a third", "one in five") are of the family ``"ratio"``
    with the unit ``"share"`` and a value in [0, 1]; "1:3" has the unit ``"ratio"``; a score or vote has no value, its
    number is named ``"3-1"``. How old somebody is has the family ``"duration"`` and the unit ``"year old"``. Stretches
    that are counted back or on from a day ("three years ago", "the past 12 months") are dates, and left out.

    :param text: a sentence; longer texts are read too, but words of one sentence may then be taken for those of the
        next.
    :return: offsets are within the text; the interval is in the base of the unit.

    O(length). "$" is the American dollar unless letters or an adjective say otherwise; tons are metric; pounds are of
    weight unless something tells that they are money.

    >>> [q.number.name + " " + q.unit.name for q in read_quantities("At least 12 people died; losses reached $1.2bn.")]
    ['12 person', '1200000000 USD']
    """
    if not _FIGURE.search(text) and _CUES.isdisjoint(_WORDS.findall(text.lower())):
        return ()
    tokens = tokenize(text)
    found = read_figures(text, tokens)
    if not found:
        return ()
    return add_context(text, tokens, found)


def read_figures(text: str, tokens: tuple[Token, ...]) -> tuple[Quantity, ...]:
    """Read numbers, units and bounds; no context."""
    line = Line(tokens)
    drafts = [draft for draft in join_pairs(line, _drafts(line)) if not is_counted_back(line, draft)]
    _share_units(line, drafts)
    found = []
    for draft in join_lengths(line, drafts):
        read_bound(line, draft)
        if draft.family == "count" and not draft.span.name and (head := head_before(line, draft.first)):
            draft.span = head
        if quantity := draft.finish(line, text):
            found.append(quantity)
    return tuple(found)


def _drafts(line: Line) -> list[Draft]:
    """Read one number after the other."""
    drafts = []
    at = 0
    while at < line.size:
        low = line.lows[at]
        if low not in _STARTS and not low[-1].isdecimal():
            at += 1
            continue
        rank = read_rank(line, at)
        if rank is not None:
            draft, at = rank
            if draft:
                drafts.append(draft)
            continue
        longer = _and_a_half(line, at) or _clocked(line, at)
        if longer:
            drafts.append(longer)
            at = max(at + 1, longer.last)
            continue
        money = money_before(line, at)
        number = read_number(line, at, money is not None)
        if number is None or (drafts and number.first < drafts[-1].number_last):
            at += 1
            continue
        measured = _measure(line, number, money)
        draft = measured if measured and not _is_none(line, number, measured) else None
        at = max(at + 1, number.last, draft.last if draft and draft.unit else 0)
        if draft:
            drafts.append(draft)
    return drafts


def _and_a_half(line: Line, at: int) -> Draft | None:
    """Read "an hour and a half", "a mile and a half" at the half, and "lasted a decade" at the decade."""
    if line.lows[at] == "decade" and line.low(at - 1) in _ARTICLES and line.low(at - 2) in _LASTS:
        unit = read_unit(line.lows, at, False)
        number = make(at - 1, at, 1.0, 0, 1.0, "words")
        return _draft(line, number, Measured(unit[0], at, at + 1), at - 1, at + 1) if unit else None
    if (
        line.lows[at] != "half"
        or at < 4
        or line.lows[at - 2 : at] != ["and", "a"]
        or line.lows[at - 4] not in _ARTICLES
    ):
        return None
    unit = read_unit(line.lows, at - 3, False)
    if unit is None or unit[1] != at - 2:
        return None
    number = make(at - 4, at + 1, 1.5, 1, 1.0, "words")
    return _draft(line, number, Measured(unit[0], at - 3, at - 2), number.first, at + 1)


def _clocked(line: Line, at: int) -> Draft | None:
    """Read how long a race took: "2:19:42"."""
    places = range(at, at + 5)
    if not all(line.joined(place) for place in places[1:]) or line.low(at + 5) in _CLOCK or line.low(at - 1) == "at":
        return None
    parts = [line.low(place) for place in places[::2]]
    if [line.low(place) for place in places[1::2]] != [":", ":"] or not all(map(str.isdecimal, parts)):
        return None
    hours, minutes, seconds = map(float, parts)
    if line.low(at - 1) == ":" or minutes >= _SIXTY or seconds >= _SIXTY or len(parts[1]) != 2:
        return None
    number = make(at, at + 5, _SIXTY * (_SIXTY * hours + minutes) + seconds, 0, 1.0, "digits")
    return _draft(line, number, Measured(UNITS["seconds"], at, at + 5), at, at + 5)


_SIXTY: Final = 60
_CLOCK: Final = frozenset("am pm a.m. p.m. a.m p.m gmt utc".split())
_LASTS: Final = frozenset("lasted lasting lasts takes took take for nearly almost about some".split())
_ARTICLES: Final = frozenset(("a", "an", "one"))


def _measure(line: Line, number: Number, money: Measured | None) -> Draft | None:
    """Find the unit of a number, or the noun that it counts."""
    at = number.last
    if money:
        return _draft(line, number, money, money.first, at)
    hyphen = line.low(at) in JOINERS and line.joined(at) and line.is_word(at + 1)
    then = skip_bound(line, at)
    then = then + hyphen if then == at else then
    if line.low(then) == "of" and number.form in ("vague", "dozen"):
        then += 1
    elif number.form == "part":
        return _part(line, number, then)
    if line.low(number.first - 1) in _AGED or (
        line.low(number.first - 1) in ("between", "of") and line.low(number.first - 2) in _AGED
    ):
        return _draft(line, number, Measured(AGE, number.first - 1, number.first), number.first - 1, at)
    unit = _unit(line, then, number)
    if unit is None and line.low(then) in _BETWEEN:
        unit = _unit(line, then + 1 + (line.low(then) == "of"), number)
        if unit and unit.unit.family not in ("duration", "money", "length", "percent", "points"):
            unit = None
    if unit:
        return _draft(line, number, unit, number.first, unit.last)
    if line.low(then) == "age" and line.low(then + 1) in ("group", "groups", "range", "bracket"):
        return _draft(line, number, Measured(AGE, then, then + 1), number.first, then + 1)
    if is_aged(line, number):
        return _draft(line, number, Measured(AGE, number.first, at), number.first, at)
    if line.low(number.first - 1) == "magnitude":
        token = line.tokens[number.first - 1]
        return Draft(number, number.first - 1, at, "count", Span("magnitude", token.start, token.end), None, at)
    span, last = read_head(line, then, hyphen, number.value == 1)
    return Draft(number, number.first, max(last, at) if span.name else at, "count", span, None, at)


def _unit(line: Line, at: int, number: Number) -> Measured | None:
    found = read_unit(line.lows, at, line.joined(at))
    if found:
        return Measured(found[0], at, found[1])
    return money_after(line, at, number.scale >= 1e3)


def _part(line: Line, number: Number, at: int) -> Draft:
    """Give a part of a whole, or of a unit: "three-quarters of a mile"."""
    if line.low(at) == "of" and line.low(at + 1) in ("a", "an"):
        unit = _unit(line, at + 2, number)
        if unit:
            return _draft(line, number, unit, number.first, unit.last)
    if (
        number.form == "part"
        and (unit := _unit(line, at, number))
        and unit.unit.family in ("length", "duration", "points")
    ):
        return _draft(line, number, unit, number.first, unit.last)
    end = line.tokens[number.last - 1].end
    return Draft(number, number.first, number.last, "ratio", Span("share", end, end), None, number.last)


def _draft(line: Line, number: Number, measured: Measured, first: int, last: int) -> Draft:
    start, end = line.tokens[measured.first].start, line.tokens[measured.last - 1].end
    span = Span(measured.unit.base, start, end)
    return Draft(number, first, max(last, number.last), measured.unit.family, span, measured.unit, number.last)


def _is_none(line: Line, number: Number, draft: Draft) -> bool:
    """Tell whether what was read is no quantity after all."""
    first, last = number.first, number.last
    measured = draft.unit is not None or number.scale > 1.0 or draft.span.name == "magnitude"
    if line.low(first - 1) == "or" and line.low(first - 2) in UNITS:
        return draft.unit is None  # "a year or two"
    if draft.family in _SIGNED:
        _negate(line, draft)
    if is_label(line, number, measured, draft.unit is None and counts_plural(line, last)):
        return True
    if draft.family == "count" and not draft.span.name and line.is_capital(last) and number.scale == 1.0:
        head = _behind_name(line, number)
        if head is not None:
            draft.span = head
        return head is None and "," not in line.low(first)  # "10 News": a name goes on, not in "8,000 Rohingya"
    return number.value == 1 and number.form == "words" and line.low(first) == "one" and is_pronoun(line, number, draft)


def _behind_name(line: Line, number: Number) -> Span | None:
    """Find a plural behind a name or two: "ten Leopard 2A4 tanks", "eight Boeing 777 freighters"."""
    if number.value is None or number.value < 2 or line.is_capital(number.first - 1):
        return None
    for place in range(number.last + 1, number.last + 5):
        token = line.low(place)
        if not token or line.low(place) in _STREET_SIGNS:
            return None
        if line.is_word(place) and not line.is_capital(place) and not line.joined(place):
            noun = singular(token)
            return Span(noun, line.tokens[place].start, line.tokens[place].end) if noun else None
        if not (token[0].isalnum() or token in JOINERS):
            return None
    return None


_STREET_SIGNS: Final = frozenset("street avenue road st ave rd lane drive place square".split())


def _negate(line: Line, draft: Draft) -> None:
    """Take in a minus: a sign close before the number and after a space, or the word."""
    first = draft.first
    sign = line.low(first - 1) in ("-", "−") and line.joined(first) and not line.joined(first - 1)
    if sign or line.low(first - 1) in ("minus", "negative"):
        number = draft.number
        if number.value is not None and number.first == first:
            draft.number = dataclasses.replace(
                number, first=first - 1, value=-number.value, low=-number.value, high=-number.value
            )
            draft.first = first - 1


def _as_money(line: Line, draft: Draft, unit: Unit) -> Draft:
    end = line.tokens[draft.number_last - 1].end
    return dataclasses.replace(draft, family="money", unit=unit, span=Span(unit.base, end, end))


def _share_units(line: Line, drafts: list[Draft]) -> None:
    """Share a unit: "from 33 to 28.8 billion dollars", "aged 6 and 9", "$18 billion, of which 5 billion"."""
    for at, draft in enumerate(drafts):
        bare = draft.family == "count" and not (draft.span.name or draft.unit) and draft.number.scale >= _MILLION
        if bare and is_paid(line, draft.first):
            drafts[at] = _as_money(line, draft, SUM)
    for at in range(len(drafts) - 1):
        a, b = drafts[at], drafts[at + 1]
        moved = line.low(a.first - 1) == "from" and line.lows[a.number_last : b.first] == ["to"]
        if a.is_age() and line.lows[a.last : b.first] in (["and"], ["or"]) and b.family == "count" and not b.span.name:
            drafts[at + 1] = dataclasses.replace(b, family="duration", unit=AGE)
        bare = b.unit == SUM or (b.family == "count" and not (b.span.name or b.unit) and b.number.scale >= _MILLION)
        if a.family == "money" and a.unit and bare:
            drafts[at + 1] = _as_money(line, b, a.unit)
        if moved and a.family != "rank" and b.family != "rank" and a.low is None and b.low is None:
            drafts[at] = inherit(a, b) or a
