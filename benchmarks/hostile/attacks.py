"""Texts on which an expression that backtracks takes long: some that fit nothing, some made of itself."""

from __future__ import annotations

import random
import re
import re._constants as codes  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Iterator, Sequence
from typing import Any, Final

#: How many texts an expression is tried with.
N_ATTACKS: Final = 40
#: What is repeated, whatever the expression.
COMMON: Final = (
    *(" ", "\n", " \n", "\t ", "a", "A", "a ", "A ", "Aa ", "A. ", "1", "1,", "1.", "1 ", "$1 ", "1-", "-", ".", "'a "),
    *('"', "“a” ", "((", "([{", "http://", "said "),
)
#: Ends on which a match that was long in coming fails.
_ENDS: Final = ("\0", "!", "")
#: Characters that are tried where a set may be anything.
_CANDIDATES: Final = "aA1 .,-'\"\n(“%$:;/é_中\t"
#: Rounds of a repetition in a sample.
_ROUNDS: Final = 3

_CATEGORIES: Final = {
    codes.CATEGORY_DIGIT: r"\d",
    codes.CATEGORY_NOT_DIGIT: r"\D",
    codes.CATEGORY_SPACE: r"\s",
    codes.CATEGORY_NOT_SPACE: r"\S",
    codes.CATEGORY_WORD: r"\w",
    codes.CATEGORY_NOT_WORD: r"\W",
}
_REPEATS: Final = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)

Nodes = Sequence[tuple[Any, Any]]


def attacks(expression: re.Pattern[str], n: int, *, seed: int = 0) -> list[str]:
    """Make :data:`N_ATTACKS` texts of n characters for an expression.

    A part that may repeat is repeated behind what comes before it, and ends in what does not fit; a text that the
    expression matches is repeated whole, cut short, and with a fault; and what fits nothing is repeated.
    """
    made = dict.fromkeys(_fitted(expression, random.Random(seed)))
    units = [*list(made)[: N_ATTACKS - len(COMMON)], *(("", unit, "") for unit in COMMON)]
    extra = iter(list(made)[N_ATTACKS - len(COMMON) :])
    while len(units) < N_ATTACKS:
        units.append(next(extra, ("", f"{COMMON[len(units) % len(COMMON)]}{len(units)}", "")))
    return [_text(*unit, n) for unit in units]


def _text(before: str, unit: str, end: str, n: int) -> str:
    """Repeat a unit to n characters in all."""
    left = max(n - len(before) - len(end), 1)
    return (before + (unit * (left // max(len(unit), 1) + 1))[:left] + end)[: max(n, 1)]


def _fitted(expression: re.Pattern[str], chance: random.Random) -> Iterator[tuple[str, str, str]]:
    """Give (what comes first, what is repeated, what comes last), the most dangerous first."""
    nodes = parser.parse(expression.pattern, expression.flags)
    pumped = list(_repeated(nodes, "", chance))
    chance.shuffle(pumped)
    samples = [sample for sample in (_sample(nodes, chance) for _ in range(4)) if sample]
    whole = [
        ("", unit, "")
        for sample in samples
        for unit in (sample, f"{sample} ", sample[:-1], f"{sample[:-1]}!", sample[: len(sample) // 2 + 1])
        if unit
    ]
    for number in range(max(len(pumped), len(whole))):
        for found in (pumped[number : number + 1], whole[number : number + 1]):
            yield from ((before, unit, _ENDS[number % len(_ENDS)] or end) for before, unit, end in found)


def _repeated(nodes: Nodes, before: str, chance: random.Random) -> Iterator[tuple[str, str, str]]:
    """Give each part that may repeat without end, behind a text that leads to it."""
    for code, value in nodes:
        if code in _REPEATS:
            _, most, inner = value
            unit = _sample(inner, chance)
            if most is codes.MAXREPEAT and unit:
                yield before, unit, "\0"
                yield "", before + unit, "\0"
            yield from _repeated(inner, before, chance)
        for inner in _inner(code, value):
            yield from _repeated(inner, before, chance)
        before += _sample([(code, value)], chance)


def _inner(code: Any, value: Any) -> list[Nodes]:  # noqa: ANN401  what the parser of the standard library gives
    if code is codes.SUBPATTERN:
        return [value[-1]]
    if code is codes.BRANCH:
        return list(value[1])
    if code is codes.ATOMIC_GROUP:
        return [value]
    if code in (codes.ASSERT, codes.ASSERT_NOT):
        return [value[1]]
    return []


def _sample(nodes: Nodes, chance: random.Random) -> str:
    """Give a text that the nodes match, or nearly."""
    return "".join(_one(code, value, chance) for code, value in nodes)


def _one(code: Any, value: Any, chance: random.Random) -> str:  # noqa: ANN401
    if code is codes.LITERAL:
        return chr(value)
    if code is codes.IN:
        return _of_set(value, chance)
    if code is codes.NOT_LITERAL:
        return next(character for character in _CANDIDATES if ord(character) != value)
    if code is codes.ANY:
        return "a"
    if code in _REPEATS:
        least, most, inner = value
        rounds = min(int(most), max(int(least), chance.randint(1, _ROUNDS)))
        return "".join(_sample(inner, chance) for _ in range(rounds))
    if code is codes.BRANCH:
        return _sample(chance.choice(value[1]), chance)
    if code is codes.SUBPATTERN:
        return _sample(value[-1], chance)
    if code is codes.ATOMIC_GROUP:
        return _sample(value, chance)
    return ""  # places and looks ahead take no characters


def _of_set(items: Nodes, chance: random.Random) -> str:
    negated = items[0][0] is codes.NEGATE
    literal = [chr(value) for code, value in items if code is codes.LITERAL]
    literal += [chr(value[0]) for code, value in items if code is codes.RANGE]
    candidates = [*_CANDIDATES, *literal] if not negated else list(_CANDIDATES)
    fitting = [character for character in candidates if any(_fits(item, character) for item in items) is not negated]
    return chance.choice(fitting) if fitting else "a"


def _fits(item: tuple[Any, Any], character: str) -> bool:
    code, value = item
    if code is codes.LITERAL:
        return bool(ord(character) == value)
    if code is codes.RANGE:
        return bool(value[0] <= ord(character) <= value[1])
    return bool(code is codes.CATEGORY and re.match(_CATEGORIES[value], character))
