"""Pairs of figures that could be of one thing: those that share a key, or stand in sentences that share much."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise
from typing import Final

from summarizer.comparison.figures import Figure, Figures
from summarizer.comparison.measures import ANYONE

logger = logging.getLogger(__name__)

#: Figures under one key of which every pair is looked at; of more, each with so many that follow in order of what they
#: say, and one of each saying with the others.
_MOST: Final = 32
_FOLLOWING: Final = 8
#: Share of the words of the shorter of two sentences, by weight, from which figures that share no key are looked at.
ALIKE: Final = 0.2
#: Figures of an input up to which such sentences are looked for, and pairs of them that are given.
SEARCHED: Final = 250
_MOST_ALIKE: Final = 20
#: Families of which a figure is told now in the one, now in the other: 8 % of the jobs, 2,400 jobs.
_CROSSED: Final = frozenset(("money", "percent", "count", "mass", "volume", "energy", "area", "length", "power"))


def find_candidates(figures: Figures, topics: list[int]) -> list[tuple[int, int]]:
    """Give pairs of figures of one family and different origins, by number, ascending.

    :param figures: k figures.
    :param topics: the topic of each sentence.
    :return: O(k) pairs.
    """
    index: dict[tuple[str, object], list[int]] = {}
    for number, figure in enumerate(figures.all):
        for key in _keys(figure, topics[figure.sentence]):
            index.setdefault(key, []).append(number)
    found: set[tuple[int, int]] = set()
    for numbers in index.values():
        if len(numbers) > 1:
            found.update(_pairs_of(figures, numbers))
    return sorted(found)


def find_alike(
    figures: Figures, known: Iterable[tuple[int, int]], *, least: float = ALIKE, most: int = _MOST_ALIKE
) -> list[tuple[int, int]]:
    """Give pairs of figures of one family and different origins in sentences that share much, those of most first.

    "About 900 barrels leaked into a creek in Dakota", "at the creek, inspectors found that 4,200 barrels had escaped":
    the words next to the figures are others.

    :param known: pairs to leave out.
    :param least: the share of the words of the shorter sentence, by weight, that the other must hold, in [0, 1].
    :return: at most ``most``; none of an input of more than :data:`SEARCHED` figures.
    """
    every = figures.all
    if len(every) > SEARCHED:
        return []
    left_out = set(known)
    shares: dict[tuple[int, int], float] = {}
    found = []
    for one, other in combinations(range(len(every)), 2):
        a, b = every[one], every[other]
        if a.origin == b.origin or unit_group(a) != unit_group(b) or (one, other) in left_out:
            continue
        at = a.sentence, b.sentence
        if at not in shares:
            shares[at] = share_of(figures, *at)
        if shares[at] >= least:
            found.append((-shares[at], one, other))
    return [(one, other) for _, one, other in sorted(found)[:most]]


def share_of(figures: Figures, one: int, other: int) -> float:
    """Give the share of the words of the shorter of two sentences, by weight, that the other holds, in [0, 1]."""
    mine, theirs = figures.words[one], figures.words[other]
    return figures.weigh(mine & theirs) / (min(figures.weigh(mine), figures.weigh(theirs)) or 1)


def unit_group(figure: Figure) -> str:
    """Name the family of units in which a figure can be compared: percentages, points and ratios are all shares."""
    family = figure.quantity.family
    return "share" if family in ("percent", "points", "ratio") else family


def find_crossed(figures: Figures) -> list[tuple[int, int]]:
    """Give pairs of figures of different families and origins that share a word; see :func:`find_candidates`."""
    index: dict[str, list[int]] = {}
    for number, figure in enumerate(figures.all):
        if figure.quantity.family in _CROSSED:
            for key in figure.near:
                index.setdefault(key, []).append(number)
    found: set[tuple[int, int]] = set()
    for numbers in index.values():
        if 1 < len(numbers) <= _MOST:
            found.update(_pairs_of(figures, numbers))
    every = figures.all
    return sorted(pair for pair in found if every[pair[0]].quantity.family != every[pair[1]].quantity.family)


def _keys(figure: Figure, topic: int) -> Iterator[tuple[str, object]]:
    quantity, group = figure.quantity, unit_group(figure)
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
