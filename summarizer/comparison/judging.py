"""Which pairs of figures with different values are of one measure: told by signs, and by what the cross-encoder reads.

The signs are read of every pair that nothing rules out. The cross-encoder, 15 to 50 ms a pair, reads those that the
signs leave open, the likeliest first, at most :data:`MAX_READ` of an input; a cluster of news holds one on average.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from math import log
from typing import Final

from summarizer.comparison.candidates import SEARCHED, find_alike
from summarizer.comparison.cross_encoder import CLASSES, Marked, packaged, wording_of
from summarizer.comparison.figures import Figure, Figures
from summarizer.comparison.likeness import names_differ, names_swapped, roles_agree, same_unit
from summarizer.comparison.sameness import (
    BORNE_OUT,
    HIDDEN,
    HIDDEN_AMONG_MANY,
    NEVER,
    ONE,
    TIMES,
    bar_of,
    judge_sameness,
)
from summarizer.comparison.signs import Facing
from summarizer.comparison.values import compare_values, make_a_whole
from summarizer.deferred import defers, later
from summarizer.material import Material

#: Pairs of an input that the cross-encoder reads.
MAX_READ: Final = 120
#: The same of figures whose values agree.
MAX_AGREEING: Final = 30
#: Figures of an input up to which the pairs that words rule out are read, too, and how many of them at most: at 12 all
#: conflicts of cases are found that are found at 40, and 17 are told in 232 clusters of Multi-News in place of 37.
SMALL: Final = 12
MOST_SHUT: Final = 60
#: From here on figures whose values agree are read as of one measure: .64 of the agreements of
#: ``comparison_dev_16.json`` are found, at a precision of .86; from .3 on .61, at .86, for a figure has one partner.
AGREEING: Final = 0.5
#: Share of the words around two figures that the other's sentence tells, below which signs are not read: in large
#: inputs most pairs share next to nothing.
NEAR: Final = 0.2
#: Any story counts things up to here.
MANY: Final = 6
#: By the signs alone pairs below are of two measures.
OPEN: Final = 0.05


@defers("sameness")
@dataclass(frozen=True, slots=True)
class Judged:
    """What is known of two figures with different values.

    :param sameness: how likely they are of one measure, by the signs alone, in [0, 1]; of those that never count as
        of one it is found when it is asked for, which is seldom.
    :param bar: from which sameness on they count as of one; above 1 where they never do.
    :param conflict: how likely they conflict, by the signs and the reading, in [0, 1]; 0 where they were not read.
    :param reading: how likely they stand in each of :data:`summarizer.comparison.cross_encoder.CLASSES`; nothing where
        they were not read.
    """

    sameness: float
    bar: float
    conflict: float = 0.0
    reading: tuple[float, ...] = ()

    @property
    def is_alike(self) -> bool:
        """Whether they count as of one measure by the signs alone."""
        return self.bar < NEVER and self.sameness >= self.bar

    @property
    def may_conflict(self) -> bool:
        """Whether they may be told as a conflict, by the signs alone or by how they were read."""
        return self.is_alike or self.conflict >= BORNE_OUT or self.read_as("same") >= ONE

    def read_as(self, name: str) -> float:
        """Give how likely they stand in a class; 0 where they were not read."""
        return self.reading[CLASSES.index(name)] if self.reading else 0.0


#: One sentence with two values: there is nothing to be read.
_SAME_WORDING: Final = Judged(1.0, 0.0, 1.0, tuple(float(name == "same") for name in CLASSES))


def judge_pairs(
    figures: Figures, candidates: Sequence[tuple[int, int]], near: Collection[tuple[int, int]], material: Material
) -> dict[tuple[int, int], Judged]:
    """Judge the pairs of figures of which only the wording tells whether they are of one measure.

    :param candidates: pairs of figures, by number.
    :param near: those of them whose closeness is :data:`NEAR` at least.
    :return: for those that nothing rules out, and those that are read as a conflict although their words share nothing.
    """
    facings: dict[tuple[int, int], Facing] = {}
    same = set(_find_same_wording(figures, candidates, material))
    found = dict.fromkeys(same, _SAME_WORDING)
    opened: list[tuple[float, tuple[int, int]]] = []
    for pair, facing in find_facing(figures, [pair for pair in near if pair not in same]):
        bar = bar_of(facing)
        if bar >= NEVER:
            found[pair] = Judged(later(partial(judge_sameness, facing)), bar)
            continue
        facings[pair], found[pair] = facing, Judged(judge_sameness(facing), bar)
        if found[pair].sameness >= OPEN:
            opened.append((-found[pair].sameness, pair))
    hidden = {pair: facing for pair, facing in find_hidden(figures, candidates) if bar_of(facing) < NEVER}
    hidden |= find_shut(figures, {*hidden, *(pair for _, pair in opened)})
    hidden = {pair: facing for pair, facing in hidden.items() if pair not in same}
    opened += [(-judge_sameness(facing), pair) for pair, facing in hidden.items()]
    facings |= hidden
    for _, pair in sorted(opened)[:MAX_READ]:
        one, other = (mark(figures.all[number], material) for number in pair)
        reading = tuple(packaged().read(one, other).tolist())
        conflict = judge_sameness(facings[pair], reading)
        if pair not in hidden:
            found[pair] = replace(found[pair], conflict=conflict, reading=reading)
        elif conflict >= (HIDDEN if len(figures.all) <= SMALL and not _are_few(facings[pair]) else HIDDEN_AMONG_MANY):
            found[pair] = Judged(0.0, NEVER, conflict, reading)
    return found


def read_agreeing(figures: Figures, pairs: Iterable[tuple[int, int]], material: Material) -> list[tuple[int, int]]:
    """Give the pairs of figures that are read as of one measure, of those whose values agree in words that hardly do.

    :param pairs: in the order in which they are read, at most :data:`MAX_AGREEING` of them.
    """
    every = figures.all
    return [pair for pair in islice(pairs, MAX_AGREEING) if read_as_one(every[pair[0]], every[pair[1]], material)]


def read_as_one(one: Figure, other: Figure, material: Material) -> bool:
    """Tell whether two figures are read as of one measure."""
    reading = packaged().read(mark(one, material), mark(other, material))
    return bool(reading[CLASSES.index("same")] >= AGREEING)


def find_facing(figures: Figures, candidates: Iterable[tuple[int, int]]) -> Iterator[tuple[tuple[int, int], Facing]]:
    """Give the pairs of figures in one unit, of different values, of which only the wording tells what they are of."""
    return ((pair, facing) for pair, facing in _face(figures, candidates) if _share_words(facing))


def find_hidden(figures: Figures, candidates: Sequence[tuple[int, int]]) -> Iterator[tuple[tuple[int, int], Facing]]:
    """Give such pairs whose words share nothing next to the figures: one in ten of all; no counts of a few.

    One thing may be told in two ways ("37 passengers abducted", "the number of those taken into the bush is 52"); the
    cross-encoder reads whether it is. None of an input of more than :data:`SEARCHED` figures.
    """
    if len(figures.all) > SEARCHED:
        return
    alike = find_alike(figures, candidates)
    apart = [pair for pair, facing in _face(figures, candidates) if not _share_words(facing)]
    yield from ((pair, facing) for pair, facing in _face(figures, [*apart, *alike]) if not _are_few(facing))


def find_shut(figures: Figures, known: Collection[tuple[int, int]]) -> Iterator[tuple[tuple[int, int], Facing]]:
    """Give the other pairs of an input of up to :data:`SMALL` figures that differ by no more than reports of one thing.

    That each sentence has a name of its own, that words hardly meet, or that both tell two fates rules a pair out where
    there are many; in two or three short articles the cross-encoder can read them all.

    :param known: pairs to leave out.
    :return: at most :data:`MOST_SHUT`, those of the sentences that share most.
    """
    if len(figures.all) > SMALL:
        return
    pairs = find_alike(figures, known, least=0.0, most=MOST_SHUT)
    for pair, facing in _face(figures, pairs, named=False):
        swapped = names_swapped(facing.one, facing.other)
        if facing.ratio <= log(TIMES) and not swapped and not _is_single(facing):
            yield pair, facing


def _face(
    figures: Figures, candidates: Iterable[tuple[int, int]], *, named: bool = True
) -> Iterator[tuple[tuple[int, int], Facing]]:
    """Give the pairs in one unit, of different values.

    :param named: whether those are left out of which each has a name of its own.
    """
    for one, other in candidates:
        a, b = figures.all[one], figures.all[other]
        if not same_unit(a.quantity, b.quantity) or compare_values(a.quantity, b.quantity) != "apart":
            continue
        if make_a_whole(a.quantity, b.quantity):
            continue  # "55.8 percent voted against", "supported by 44.2 percent"
        mine, theirs = figures.told[one], figures.told[other]
        if roles_agree(a, b) and not (named and names_differ(a, b, mine, theirs, agree=False)):
            yield (one, other), Facing(figures, a, b, mine, theirs)


def _find_same_wording(
    figures: Figures, candidates: Iterable[tuple[int, int]], material: Material
) -> Iterator[tuple[int, int]]:
    """Give the pairs in one unit, of different values, whose sentences are the same, letter by letter, but for them."""
    wordings = [wording_of(mark(figure, material)) for figure in figures.all]
    alike = (pair for pair in candidates if wordings[pair[0]] == wordings[pair[1]])
    yield from (pair for pair, _ in _face(figures, alike))


def _share_words(facing: Facing) -> bool:
    return not (facing.one.near.isdisjoint(facing.theirs) or facing.other.near.isdisjoint(facing.mine))


def _are_few(facing: Facing) -> bool:
    """Tell whether both are counts of a few, of which any story has several."""
    counts = [figure.quantity for figure in (facing.one, facing.other)]
    return all(count.family == "count" and (count.value or MANY) < MANY for count in counts)


def _is_single(facing: Facing) -> bool:
    """Tell whether one of them counts one, which may be no count at all: "a one-man cell"."""
    counts = [figure.quantity for figure in (facing.one, facing.other)]
    return any(count.family == "count" and count.value == 1 for count in counts)


def mark(figure: Figure, material: Material) -> Marked:
    """Give a figure as the cross-encoder reads it."""
    return Marked(material.sentences[figure.sentence].text, figure.quantity.start, figure.quantity.end)
