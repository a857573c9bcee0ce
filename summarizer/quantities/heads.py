"""The noun that a number counts."""

from __future__ import annotations

from typing import Final

from summarizer.quantities.lexicon import CASUALTIES, FILLERS, MONTHS, NO_PLURALS, NUMBER_WORDS, PLURALS, WEEKDAYS
from summarizer.quantities.line import HYPHENS, Line
from summarizer.quantities.quantity import Span
from summarizer.terms import STOP_WORDS

#: How many words from its number a noun may stand: "12 heavily armed Israeli border police officers".
_REACH: Final = 6
#: Adjectives that "and" joins to another: "five current and former aides".
_PAIRED: Final = frozenset("current former fatal state federal local male new young existing retired active".split())
#: Verbs in -s that may stand right after a number.
_VERBS: Final = frozenset(
    "says tells wants makes takes comes goes gives shows means remains includes seems becomes begins uses gets lets "
    "puts "
    "knows thinks leaves keeps brings calls helps needs adds".split()
)
#: Between a number and what has become of those counted.
_LINKS: Final = frozenset(
    "were was are is have has had been being more others feared confirmed reported also left".split()
)
#: These say that those counted are people: "12 Americans" is a noun of its own, "12 aboard" has none.
_ABOARD: Final = frozenset("aboard onboard others".split())
#: Before a number without a noun: deaths are counted in people.
_TOLLS: Final = frozenset("toll deaths fatalities casualties dead injured wounded killing killed".split())
#: Verbs in -s between a toll and its number.
_CLIMBING: Final = frozenset("hits reaches rises climbs tops passes jumps stands nears surges surpasses".split())
_TOLL_REACH: Final = 7
#: After a hyphen, these say how many there are, not of what.
_SUFFIXES: Final = frozenset("strong plus odd some ish long high wide deep fold".split())
#: Plurals that may stand before the noun: "500 sales jobs".
_MODIFIERS: Final = frozenset(
    "sales sports arms women men human rights drugs services weapons goods systems communications operations savings "
    "earnings veterans police news affairs securities futures customs kids children people appeals teachers sheriffs "
    "finals parents students ties trades movies games arts crimes".split()
)
#: Plural or not; a plural after them is the noun: "12 police officers".
_MASSES: Final = frozenset(("police", "youth", "crew", "staff", "media", "fish", "head"))
#: As they are written here these are names: "12 US soldiers".
_ABBREVIATED: Final = frozenset(("US", "IT", "WHO"))
_PRONOUNS: Final = frozenset("them us whom which those these it".split())
_DETERMINERS: Final = frozenset("the its his her their our these those".split())


def read_head(line: Line, at: int, hyphen: bool, one: bool) -> tuple[Span, int]:
    """Find the noun that a number counts, singular.

    :param at: the token after the number, or after its hyphen.
    :param hyphen: a hyphen stands between: the next word is the noun, "12-member panel".
    :param one: the number is one, whose noun is no plural.
    :return: the noun, nameless and empty where none was found, and the token after it; a noun that stands beyond
        another number ("12 of the 30 hostages") is no part of the quantity.
    """
    if hyphen and line.low(at) in _SUFFIXES:
        return _nothing(line, at), at
    if hyphen and line.is_word(at) and line.lows[at] not in STOP_WORDS:
        return _span(line, at, singular(line.lows[at]) or line.lows[at]), at + 1
    place = at
    while line.low(place) in ("of", "more") and place < at + 2:
        place += 1
    if place > at:
        place += line.low(place) in _DETERMINERS
        if line.is_figure(place) or line.low(place) in NUMBER_WORDS:  # "12 of the 30 hostages"
            beyond = _noun(line, place + 1, False)
            return (beyond[0] if beyond else _nothing(line, at)), at
    if line.low(place) in _PRONOUNS and place > at:
        return _nothing(line, at), at
    found = _noun(line, place, one)
    if found:
        return found
    fate = place
    while line.low(fate) in _LINKS and fate < place + 4:
        fate += 1
    if line.low(fate) in CASUALTIES or line.low(fate) in _ABOARD:
        return _span(line, fate, "person"), fate + 1 if fate == at else at
    return _nothing(line, at), at


def head_before(line: Line, at: int) -> Span | None:
    """Find that people are counted by what stands before: "killed 12", "the death toll rose to 12".

    :param at: the first token of the quantity, its bound included.
    """
    if line.low(at - 1) in CASUALTIES:
        return _span(line, at - 1, "person")
    for place in range(at - 1, max(-1, at - 1 - _TOLL_REACH), -1):
        if line.lows[place] in (";", ".", "(", ","):
            return None
        if line.lows[place] in _TOLLS:
            return _span(line, place, "person")
        if singular(line.lows[place]) and line.lows[place] not in _CLIMBING:
            return None  # "dead as cases reach 100,000"
    return None


def counts_plural(line: Line, at: int) -> bool:
    """Tell whether a plural, or what has become of people, stands right after a number or one word further."""
    return line.is_word(at) and any(
        singular(line.low(place)) or line.low(place) in CASUALTIES or line.low(place) in PLURALS
        for place in (at, at + 1)
        if line.is_word(place) and not _is_function_word(line, at)
    )


def _noun(line: Line, at: int, one: bool) -> tuple[Span, int] | None:
    """Find the first plural of a noun phrase, or the last of two or more in a row."""
    best = None
    own = None
    for place in range(at, min(at + _REACH, line.size)):
        low = line.lows[place]
        if best is None and (low in FILLERS or _is_bridge(line, place, at)):
            continue
        if not low[0].isalpha() or low in _VERBS or low in NUMBER_WORDS or _is_time(line, place):
            break
        if _is_function_word(line, place):
            break
        noun = singular(low)
        if low in CASUALTIES and best:
            break
        if noun and not one and (best is None or line.lows[best[0]] in _MODIFIERS):
            best = place, noun
        elif best:
            break
        elif low in _MASSES:
            own = own or place
        elif low.endswith("'s"):
            continue
        elif one and not low.endswith(("ed", "ing", "ly")) and low not in CASUALTIES:
            own = place
    if best is None and own is not None:
        best = own, line.lows[own]
    return (_span(line, best[0], best[1]), best[0] + 1) if best else None


def _is_function_word(line: Line, at: int) -> bool:
    return line.low(at) in STOP_WORDS and line.text(at) not in _ABBREVIATED


def _is_bridge(line: Line, at: int, first: int) -> bool:
    """Tell whether a noun phrase goes on past a sign: "12 COVID-19 cases", "five current and former aides"."""
    low = line.lows[at]
    if low == "and":
        return line.low(at - 1) in _PAIRED
    if low in HYPHENS:
        return at > first and line.joined(at) and line.joined(at + 1)
    number = line.is_figure(at) and line.low(at - 1) in HYPHENS and line.joined(at) and at > first
    return number or (low in '"“‘' and at == first)


def _is_time(line: Line, at: int) -> bool:
    return line.lows[at] in WEEKDAYS or (line.lows[at] in MONTHS and line.is_capital(at))


def singular(low: str) -> str:
    """Give the singular of a plural; nothing for what is none. "police" and "crew" count as none here."""
    if low in PLURALS:
        return "" if PLURALS[low] == low and low in _MASSES else PLURALS[low]
    if low.endswith("men") and len(low) > 5 and low not in ("specimen", "regimen", "abdomen"):
        return low[:-2] + "an"
    if (
        not low.endswith("s")
        or len(low) < 4
        or low in NO_PLURALS
        or low in STOP_WORDS
        or low.endswith(("ss", "'s", "us"))
    ):
        return ""
    if low.endswith("ies") and len(low) > 4:
        return low[:-3] + "y"
    if low.endswith(("sses", "shes", "ches", "xes", "zzes", "oes")):
        return low[:-2]
    return low[:-1]


def _span(line: Line, at: int, name: str) -> Span:
    return Span(name, line.tokens[at].start, line.tokens[at].end)


def _nothing(line: Line, at: int) -> Span:
    end = line.tokens[min(at, line.size) - 1].end
    return Span("", end, end)
