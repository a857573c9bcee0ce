"""Ranks: "third-largest", "No. 2", "ranked 5th", "her second term"."""

from __future__ import annotations

from typing import Final

from summarizer.quantities.draft import Draft
from summarizer.quantities.heads import singular
from summarizer.quantities.lexicon import MONTHS, NUMBER_WORDS, ORDINALS, TENS, WEEKDAYS
from summarizer.quantities.line import HYPHENS, Line
from summarizer.quantities.quantity import Span
from summarizer.quantities.scales import Number
from summarizer.terms import STOP_WORDS

_SUFFIXES: Final = frozenset(("st", "nd", "rd", "th"))
_RANKED: Final = frozenset(
    "ranked ranks rank ranking finished finishes finish placed places came seeded finishing placing".split()
)
#: "19th in the world".
_LISTS: Final = frozenset("world country league table standings rankings ranking list index".split())
_NO_SUPERLATIVES: Final = frozenset(
    "west east interest forest request protest test rest guest quest contest arrest invest chest nest honest modest "
    "harvest midwest northwest southwest southeast northeast suggest manifest conquest inquest fest digest".split()
)
#: After these an ordinal is no rank among things of one kind.
_NOT_RANKED: Final = frozenset(
    "hand degree grade grader graders party parties half quarter quarters century centuries world floor class rate "
    "base "
    "baseman person thought thoughts chance amendment circuit avenue street ave st degrees guess lady family string "
    "cousin generation language gear nature fiddle thirds time of to and in from year guessing homeless birthday "
    "opinion look".split()
)
_ADJECTIVES: Final = (
    "al",
    "ive",
    "ous",
    "ful",
    "ic",
    "ed",
    "ing",
    "ly",
    "ary",
    "ight",
    "est",
    "ible",
    "able",
    "jor",
    "ral",
)


def read_rank(line: Line, at: int) -> tuple[Draft | None, int] | None:
    """Read a rank.

    :param at: a token that is in digits or a word for a number.
    :return: None where no ordinal stands; else the rank, if it is one, and the token after it.
    """
    if line.is_figure(at):
        if line.joined(at + 1) and line.low(at + 1) in _SUFFIXES and line.lows[at].isdecimal():
            return _ordinal(line, at, at + 2, float(line.lows[at]))
        return _numbered(line, at)
    low = line.lows[at]
    if low in ORDINALS:
        if line.low(at - 1) in ("a", "one", "per", "each", "every") or line.low(at + 1) == "of":
            return None
        return _ordinal(line, at, at + 1, ORDINALS[low])
    if low in TENS and line.low(at + 1) in HYPHENS and ORDINALS.get(line.low(at + 2), 99.0) < 10:
        return _ordinal(line, at, at + 3, TENS[low] + ORDINALS[line.lows[at + 2]])
    if low in NUMBER_WORDS and (line.low(at - 1) == "number" or line.low(at - 1) in ("ranked", "ranks")):
        return _made(line, at, at - 1, at + 1, NUMBER_WORDS[low], at + 1)
    return None


def _numbered(line: Line, at: int) -> tuple[Draft | None, int] | None:
    """Read "No. 2", "#2", "number 2", "ranked 12"."""
    before = line.low(at - 1)
    first = at - 1
    if before == "number" and (singular(line.low(at - 2)) or line.low(at - 2) in WEEKDAYS):
        return None  # "the farms taken on Wednesday number 61"
    if before == "." and line.low(at - 2) == "no":
        first = at - 2
    elif before not in ("no", "number", "ranked", "ranks", "№") or (before == "no" and not line.is_capital(at - 1)):
        return None
    if (
        not line.lows[at].isdecimal()
        or len(line.lows[at]) > 3
        or line.low(at + 1) == "%"
        or line.low(at + 1) in HYPHENS
    ):
        return None
    return _made(line, at, first, at + 1, float(line.lows[at]), at + 1)


def _ordinal(line: Line, at: int, last: int, value: float) -> tuple[Draft | None, int]:
    """Tell whether an ordinal ranks: dates, quarters, centuries, streets and "first of all" do not."""
    then = last + (line.low(last) in HYPHENS)
    noun = line.low(then)
    before = line.low(at - 1)
    if value != value or value > 9999:
        return None, last
    if _is_superlative(noun):
        return _made(line, at, at, last, value, then)
    listed = noun in ("in", "on") and line.low(then + 1) == "the" and line.low(then + 2) in _LISTS
    if noun in ("place", "spot", "position") or before in _RANKED or listed:
        return _made(line, at, at, last, value, then)
    dated = before in MONTHS or noun in MONTHS or (noun == "of" and line.low(then + 1) in MONTHS)
    if value < 2 or dated or then > last or not noun.isalpha() or line.is_capital(then) or noun in _NOT_RANKED:
        return None, last
    if noun in STOP_WORDS or before in ("a", "per", "every") or before in NUMBER_WORDS or (line.is_capital(at) and at):
        return None, last
    return _made(line, at, at, last, value, then)


def _is_superlative(low: str) -> bool:
    return (low.endswith("est") and len(low) > 4 and low not in _NO_SUPERLATIVES) or low in ("most", "best", "worst")


def _made(line: Line, at: int, first: int, last: int, value: float, then: int) -> tuple[Draft, int]:
    """Make a rank, with the noun after it and the superlative before that."""
    words = []
    place = then
    if _is_superlative(line.low(place)):
        words.append(line.lows[place])
        place += 1
    head = None
    for noun in range(place, min(place + 4, line.size)):
        low = line.lows[noun]
        if not low.isalpha() or low in STOP_WORDS or line.is_capital(noun):
            break
        head = noun
        if low == "seed" and line.is_capital(noun + 1):
            break
        if not low.endswith(_ADJECTIVES) and low not in ("straight", "major", "new", "top", "oil", "seed"):
            break
    end = last
    if head is not None:
        words.append(singular(line.lows[head]) or line.lows[head])
        end = head + 1
    elif words:
        end = place
    tokens = line.tokens
    span = (
        Span(" ".join(words), tokens[then].start, tokens[end - 1].end)
        if words
        else Span("", tokens[last - 1].end, tokens[last - 1].end)
    )
    number = Number(at, last, value, value, value, 0.5, 0.5, 1.0, "words", False)
    return Draft(number, first, end, "rank", span, None, last), end
