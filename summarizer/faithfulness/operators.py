"""Words that change what is claimed: "not", "may", "allegedly", "if", each with the words that it governs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from summarizer.faithfulness.lexicon import (
    CHANCE,
    CONDITION,
    FUTURE,
    HEARSAY,
    INTENT,
    NEGATORS,
    REFUSALS,
    SOFTENERS,
)
from summarizer.faithfulness.words import Reading, read

#: Content words after an operator that it is taken to govern, up to the end of the clause, and tokens they may lie in.
_SCOPE: Final = {"negation": 3, "chance": 2, "hearsay": 4, "intent": 2, "future": 2, "condition": 4}
_WINDOW: Final = 10
#: These govern without "to".
_NO_TO: Final = frozenset(
    "should must ought likely probably projected forecast potential would-be urged considering".split()
)
_ONLY_TO: Final = frozenset("believed thought charge claim claims".split())
_ENDS: Final = frozenset((";", ":", ".", "!", "?", "but", "(", ")"))


@dataclass(frozen=True, slots=True)
class Operator:
    """A word and what it governs.

    :param kind: ``"negation"``, ``"chance"``, ``"hearsay"``, ``"intent"``, ``"future"`` or ``"condition"``.
    :param word: as written, in lower case.
    :param scope: positions in the content of the sentence, the nearest first.
    """

    kind: str
    word: str
    scope: tuple[int, ...]


@lru_cache(maxsize=4096)
def operators(text: str) -> tuple[Operator, ...]:
    """Find the operators of a sentence. O(length)."""
    reading = read(text)
    found = []
    for at in range(len(reading.lows)):
        kind = kind_of(reading, at)
        if kind:
            found.append(Operator(kind, reading.lows[at], _scope(reading, at, _SCOPE[kind])))
    return tuple(found)


def kind_of(reading: Reading, at: int) -> str:
    """Give the kind of operator that a token is, or nothing."""
    lows = reading.lows
    low = lows[at]
    after = lows[at + 1] if at + 1 < len(lows) else ""
    if low in NEGATORS or low.endswith("n't"):
        return "" if after in SOFTENERS or (after in (".", ",") and low == "no") else "negation"
    if low in REFUSALS:
        return "negation"
    if low in CHANCE:
        return "" if low == "may" and _is_may(reading, at) else "chance"
    if low in FUTURE or low.endswith("'ll"):
        return "future"
    if low in CONDITION:
        return "condition"
    if low in HEARSAY:
        return "" if low in _ONLY_TO and after != "to" else "hearsay"
    if low in INTENT and (after == "to" or low in _NO_TO):
        return "intent"
    return ""


def _is_may(reading: Reading, at: int) -> bool:
    """Tell the month from the verb."""
    before = reading.lows[at - 1] if at else ""
    after = reading.lows[at + 1 : at + 2]
    return (
        (reading.tokens[at][0].isupper() and at > 0)
        or before in ("in", "last", "since", "of")
        or bool(after and after[0][0].isdecimal())
    )


def _scope(reading: Reading, at: int, n: int) -> tuple[int, ...]:
    found: list[int] = []
    first = at + 2 if reading.lows[at : at + 2] == ["no", "one"] else at + 1  # "nobody" in two words
    for place in range(first, min(at + 1 + _WINDOW, len(reading.lows))):
        low = reading.lows[place]
        if low in _ENDS or len(found) == n:
            break
        if low == "," and found:
            break
        if reading.stems[place]:
            found.append(place)
    if not found:  # "the deal did not." "the man was shot, allegedly"
        found = [place for place in range(at - 1, max(-1, at - 6), -1) if reading.stems[place]][:n]
    where = {token: k for k, token in enumerate(reading.content)}
    return tuple(where[place] for place in found)
