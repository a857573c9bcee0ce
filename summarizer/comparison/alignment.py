"""Which figures of different origins are of the same thing.

Figures are indexed by what they could be of (topic, kind, measure, counted noun, value), and only those that share a
key are looked at. Two are aligned when nothing says that they are of different things, and the words around each are
told by the sentence of the other, numbers masked. Within a pair of sentences a figure has one partner: the one that
gives the same value if there is any, else the closest.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from typing import Final

from summarizer.comparison.contrasts import find_contrast
from summarizer.comparison.figures import Figure, Figures
from summarizer.comparison.measures import ANYONE, exclude, grows, same_heads
from summarizer.comparison.values import Match, compare_values
from summarizer.material import Material
from summarizer.quantities import Quantity

logger = logging.getLogger(__name__)

#: Figures under one key of which every pair is looked at; of more, each with so many that follow in order of what they
#: say, and one of each saying with the others.
_MOST: Final = 48
_FOLLOWING: Final = 12
#: Reports of one thing seldom differ by more than so many times.
_TIMES: Final = 8
#: Content words that two sentences must share, numbers masked, to be sure that they are about one thing.
_SHARED: Final = 3


@dataclass(frozen=True, slots=True)
class Pair:
    """Two figures of different origins that are of the same thing.

    :param one: number of the first among the figures; ``other`` of the second, greater.
    :param closeness: the share of the words around each that the other's sentence tells, in [0, 1].
    :param match: how the values compare.
    :param close: whether the two are so close that an unexplained difference is a conflict.
    :param things: what they count or measure, where these are different things told side by side.
    :param outdated: whether one is what a growing count has risen from.
    :param anchored: whether the two sentences agree in another figure.
    :param words: words by which they may be of different things: each hangs on one that the other's sentence lacks.
    """

    one: int
    other: int
    closeness: float
    match: Match
    close: bool
    things: tuple[str, str] | None = None
    words: tuple[str, str] | None = None
    outdated: bool = False
    anchored: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    """Closeness, in [0, 1], from which figures count as of one thing.

    :param cluster: in sentences that say the same; :param topic: that speak of the same.
    :param story: anywhere, where kind or measure agree.
    :param alone: anywhere, where neither does.
    :param beside: of things told side by side.
    :param equal: taken off where the values are equal.
    :param conflict: from which an unexplained difference is a conflict; :param short: even of
        sentences that share two words only; :param sure: whatever the difference.
    """

    cluster: float = 0.3
    topic: float = 0.4
    story: float = 0.5
    alone: float = 0.6
    beside: float = 0.45
    equal: float = 0.15
    conflict: float = 0.55
    short: float = 0.7
    sure: float = 0.9


BARS: Final = Bars()


def align(figures: Figures, material: Material) -> list[Pair]:
    """Find the pairs of figures that are of the same thing.

    :param figures: k figures.
    :return: pairs in canonical order, each figure at most once in any pair of sentences. O(k) pairs are looked at.
    """
    found: dict[tuple[int, int], list[Pair]] = {}
    labels, topics = material.clustering.labels.tolist(), material.clustering.topics.tolist()
    for one, other in _candidates(figures, topics):
        a, b = figures.all[one], figures.all[other]
        near = 2 if labels[a.sentence] == labels[b.sentence] else int(topics[a.sentence] == topics[b.sentence])
        pair = _pair(figures, one, other, near)
        if pair is not None:
            found.setdefault((a.sentence, b.sentence), []).append(pair)
    return sorted(
        (pair for pairs in found.values() for pair in _settle(pairs)), key=lambda pair: (pair.one, pair.other)
    )


def _candidates(figures: Figures, topics: list[int]) -> list[tuple[int, int]]:
    index: dict[tuple[str, object], list[int]] = {}
    for number, figure in enumerate(figures.all):
        for key in _keys(figure, topics[figure.sentence]):
            index.setdefault(key, []).append(number)
    found: set[tuple[int, int]] = set()
    for numbers in index.values():
        if len(numbers) > 1:
            found.update(_pairs_of(figures, numbers))
    return sorted(found)


def _keys(figure: Figure, topic: int) -> Iterator[tuple[str, object]]:
    quantity = figure.quantity
    group = "share" if quantity.family in ("percent", "points", "ratio") else quantity.family
    yield group, topic
    for kind in figure.kinds:
        if kind not in figure.near:
            yield group, kind
    for key in figure.near:
        yield group, key
    if figure.head and figure.head not in ANYONE:
        yield group, ("head", figure.head)
    if quantity.value is not None:
        yield group, (quantity.value, quantity.unit.name if group != "count" else "")


def _pairs_of(figures: Figures, numbers: list[int]) -> Iterator[tuple[int, int]]:
    """Give the pairs of different origins under one key; of a long list those next to one another."""
    every = figures.all
    if len(numbers) <= _MOST:
        for one, other in combinations(numbers, 2):
            if every[one].origin != every[other].origin:
                yield one, other
        return
    order = sorted(numbers, key=lambda number: (_saying(every[number]), number))
    logger.debug("%d figures share a key: not all pairs are looked at", len(numbers))
    firsts = [order[0]]
    for before, after in pairwise(order):
        if _saying(every[before]) != _saying(every[after]):
            firsts.append(after)
    nearby = ((order[at], other) for at in range(len(order)) for other in order[at + 1 : at + 1 + _FOLLOWING])
    for one, other in [*nearby, *combinations(firsts[:_MOST], 2)]:
        if every[one].origin != every[other].origin:
            yield min(one, other), max(one, other)


def _saying(figure: Figure) -> tuple[object, ...]:
    quantity = figure.quantity
    return (
        sorted(figure.kinds), figure.head, sorted(figure.measure), sorted(figure.entity), quantity.unit.name,
        quantity.low, quantity.high,
    )  # fmt: skip


def _pair(figures: Figures, one: int, other: int, near: int) -> Pair | None:
    """Judge two figures; None where they are not of the same thing.

    :param near: 2 in one cluster, 1 in one topic, else 0.
    """
    a, b = figures.all[one], figures.all[other]
    theirs, mine = figures.words[b.sentence] | b.near, figures.words[a.sentence] | a.near
    if _names_differ(a, b, mine, theirs):
        return None
    match = _match(a, b)
    if match not in ("equal", "rounded") and not _roles_agree(a, b):
        return None
    closeness = (figures.share(a.near, theirs) + figures.share(b.near, mine)) / 2
    specific = bool(a.kinds & b.kinds or a.measure & b.measure or (a.head and a.head == b.head not in ANYONE))
    bar = (BARS.story if specific else BARS.alone, BARS.topic, BARS.cluster)[near]
    if closeness < bar - (BARS.equal if match == "equal" else 0.0):
        return None
    close = closeness >= BARS.conflict and a.shifted == b.shifted and _plausible(figures, a, b, closeness, mine, theirs)
    things = _things_apart(a, b)
    if things:
        beside = closeness >= BARS.beside and match != "equal"
        return Pair(one, other, closeness, match, False, things) if beside else None
    return Pair(one, other, closeness, match, close, None, _words_apart(figures, a, b, mine, theirs), _outdated(a, b))


def _foreign(a: Figure, b: Figure, figures: Figures, theirs: frozenset[str]) -> bool:
    """Tell whether one figure is by a name that the other's sentence lacks, and that sentence has one of its own."""
    if not (a.before | a.behind) - theirs:
        return False
    return bool(figures.names[b.sentence] - figures.words[a.sentence] - a.near)


def _outdated(a: Figure, b: Figure) -> bool:
    return (a.quantity.role == "from") != (b.quantity.role == "from") and grows(a.kinds | b.kinds, a.head or b.head)


def _plausible(
    figures: Figures, a: Figure, b: Figure, closeness: float, mine: frozenset[str], theirs: frozenset[str]
) -> bool:
    """Tell whether two values may be reports of one thing.

    Not where the sentences share too little, one tells of a kind that the other does not know, one value is many times
    the other, or ages are not told of the same noun.
    """
    shared = len(mine & theirs)
    if shared < _SHARED - (closeness >= BARS.short) or (a.kinds - theirs) or (b.kinds - mine):
        return False
    if _foreign(a, b, figures, theirs) or _foreign(b, a, figures, mine):
        return False
    beside = {a.left[0], a.right[0]} & {b.left[0], b.right[0]}
    if a.quantity.unit.name == "year old" and not any(beside):
        return False
    small, great = sorted(abs(figure.quantity.value or figure.quantity.low) for figure in (a, b))
    return great <= _TIMES * small or closeness >= BARS.sure


def same_unit(a: Quantity, b: Quantity) -> bool:
    """Tell whether two quantities can be compared as numbers; what they count is looked at elsewhere."""
    if {a.family, b.family} == {"percent", "ratio"}:
        return True
    return a.family == b.family and (a.family == "count" or a.unit.name == b.unit.name)


def _things_apart(a: Figure, b: Figure) -> tuple[str, str] | None:
    """Give the nouns or kinds by which two figures are of different things."""
    if a.quantity.family == "count" and not same_heads(a.head, b.head):
        return a.quantity.unit.name, b.quantity.unit.name
    if exclude(a.kinds, b.kinds):
        return " and ".join(sorted(a.kinds)), " and ".join(sorted(b.kinds))
    return None


def _words_apart(
    figures: Figures, a: Figure, b: Figure, mine: frozenset[str], theirs: frozenset[str]
) -> tuple[str, str] | None:
    """Give the words by which two figures are of different things: each hangs on one that the other's sentence lacks."""
    for (key, word), (other, word_other) in ((a.left, b.left), (a.right, b.right), (a.next, b.next)):
        if key and other and key not in theirs and other not in mine:
            return word, word_other
    contrast = find_contrast(a.marks - figures.marks[b.sentence], b.marks - figures.marks[a.sentence])
    if contrast:
        return contrast
    lacking, lacked = sorted(a.measure - theirs), sorted(b.measure - mine)
    return (lacking[0], lacked[0]) if lacking and lacked else None


def _names_differ(a: Figure, b: Figure, mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Tell whether each is of a name that the other's sentence lacks, or two names have changed their places."""
    if (a.before | a.behind) - theirs and (b.before | b.behind) - mine:
        return True
    if a.entity - theirs and b.entity - mine and not a.entity & b.entity:
        return True
    swapped = a.before & b.behind and a.behind & b.before and not (a.before & b.before or a.behind & b.behind)
    return bool(swapped) and a.left[0] == b.left[0]


def _match(a: Figure, b: Figure) -> Match:
    return compare_values(a.quantity, b.quantity) if same_unit(a.quantity, b.quantity) else "apart"


def _roles_agree(a: Figure, b: Figure) -> bool:
    roles = {a.quantity.role, b.quantity.role}
    return roles != {"from", "to"} and roles != {"from", "level"}


def _settle(pairs: list[Pair]) -> Iterator[Pair]:
    """Give each figure of two sentences one partner: equal values first, then the closest."""
    taken: set[int] = set()
    equal = any(pair.match == "equal" and pair.things is None for pair in pairs)
    ranks = {"equal": 0, "rounded": 1, "open": 2, "apart": 2}
    for pair in sorted(
        pairs, key=lambda p: (p.things is not None, p.outdated, ranks[p.match], -round(p.closeness, 6), p.one, p.other)
    ):
        if pair.one not in taken and pair.other not in taken:
            taken.update((pair.one, pair.other))
            yield replace(pair, anchored=equal and pair.match != "equal")
