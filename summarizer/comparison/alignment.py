"""Which figures of different origins are of the same thing.

Figures are indexed by what they could be of (topic, kind, measure, counted noun, value), and only those that share a
key are looked at. Two are aligned when nothing says that they are of different things, and the words around each are
told by the sentence of the other, numbers masked. Within a pair of sentences a figure has one partner: the one that
gives the same value if there is any, else the closest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from summarizer.comparison.candidates import find_candidates, find_crossed
from summarizer.comparison.figures import Figure, Figures
from summarizer.comparison.judging import NEAR, Judged, judge_pairs, read_agreeing
from summarizer.comparison.likeness import (
    marks_apart,
    names_differ,
    outdated,
    roles_agree,
    same_unit,
    things_apart,
    words_apart,
)
from summarizer.comparison.measures import ANYONE
from summarizer.comparison.sameness import OTHER
from summarizer.comparison.values import Match, compare_values
from summarizer.material import Material

#: Any story counts things up to here.
_FEW: Final = 5


@dataclass(frozen=True, slots=True)
class Pair:
    """Two figures of different origins that are of the same thing.

    :param one: number of the first among the figures; ``other`` of the second, greater.
    :param closeness: the share of the words around each that the other's sentence tells, in [0, 1].
    :param match: how the values compare.
    :param close: whether the two are of one measure, so that an unexplained difference is a conflict.
    :param things: what they count or measure, where these are different things told side by side.
    :param contrast: those of them of which only one can be meant: "northern" and "southern".
    :param outdated: whether one is what a growing count has risen from.
    :param anchored: whether the two sentences agree in another figure.
    :param judged: how likely they are of one measure, where their values differ.
    :param copied: whether one sentence is a copy of the other, changed.
    :param words: words by which they may be of different things: each hangs on one that the other's sentence lacks.
    """

    one: int
    other: int
    closeness: float
    match: Match
    close: bool
    things: tuple[str, str] | None = None
    words: tuple[str, str] | None = None
    contrast: tuple[str, str] | None = None
    outdated: bool = False
    anchored: bool = False
    judged: Judged | None = None
    copied: bool = False

    @property
    def is_read(self) -> bool:
        """Whether the cross-encoder has read the two sentences."""
        return self.judged is not None and bool(self.judged.reading)


@dataclass(frozen=True, slots=True)
class Bars:
    """Closeness, in [0, 1], from which figures count as of one thing.

    :param cluster: in sentences that say the same; :param topic: that speak of the same.
    :param story: anywhere, where kind or measure agree.
    :param alone: anywhere, where neither does.
    :param beside: of things told side by side.
    :param leaning: from which the signs of one measure are read, see :mod:`summarizer.comparison.sameness`.
    :param equal: taken off where the values are equal.
    :param unit: of figures in units of different families, where they share what they hang on.
    :param apart: of these, where they do not.
    """

    cluster: float = 0.3
    topic: float = 0.4
    story: float = 0.5
    alone: float = 0.6
    beside: float = 0.45
    leaning: float = 0.2
    equal: float = 0.15
    unit: float = 0.6
    apart: float = 0.75


BARS: Final = Bars()
#: No two figures are of one thing by their words alone below it; 70 % of the candidates of a large input are.
_LEAST: Final = BARS.cluster - BARS.equal


def align(figures: Figures, material: Material) -> list[Pair]:
    """Find the pairs of figures that are of the same thing.

    :param figures: k figures.
    :return: pairs in canonical order, each figure at most once in any pair of sentences. O(k) pairs are looked at.
    """
    found: dict[tuple[int, int], list[Pair]] = {}
    labels, topics = material.clustering.labels.tolist(), material.clustering.topics.tolist()
    candidates = find_candidates(figures, topics)
    close = {pair: closeness for pair in candidates if (closeness := figures.closeness(*pair)) >= _LEAST}
    near = [pair for pair, closeness in close.items() if closeness >= NEAR]
    judged = judge_pairs(figures, candidates, near, material)
    for one, other in sorted({*close, *judged}):
        a, b = figures.all[one], figures.all[other]
        level = 2 if labels[a.sentence] == labels[b.sentence] else int(topics[a.sentence] == topics[b.sentence])
        closeness = close[one, other] if (one, other) in close else figures.closeness(one, other)
        pair = _pair(figures, one, other, closeness, level, judged.get((one, other)))
        if pair is not None:
            found.setdefault((a.sentence, b.sentence), []).append(pair)
    for one, other in read_agreeing(figures, _hardly_agreeing(figures, candidates, found), material):
        pair = Pair(one, other, 0.0, _match(figures.all[one], figures.all[other]), True)
        found.setdefault((figures.all[one].sentence, figures.all[other].sentence), []).append(pair)
    settled = [pair for pairs in found.values() for pair in _settle(pairs)]
    taken = {(pair.one, figures.all[pair.other].sentence) for pair in settled}
    taken |= {(pair.other, figures.all[pair.one].sentence) for pair in settled}
    crossed: dict[tuple[int, int], list[Pair]] = {}
    for one, other in find_crossed(figures):
        a, b = figures.all[one], figures.all[other]
        if (one, b.sentence) not in taken and (other, a.sentence) not in taken:
            pair = _cross(figures, one, other)
            if pair is not None:
                crossed.setdefault((a.sentence, b.sentence), []).append(pair)
    settled += [pair for pairs in crossed.values() for pair in _settle(pairs)]
    return sorted(settled, key=lambda pair: (pair.one, pair.other))


def _hardly_agreeing(
    figures: Figures, candidates: Sequence[tuple[int, int]], found: Mapping[tuple[int, int], Sequence[Pair]]
) -> list[tuple[int, int]]:
    """Give pairs of figures whose values agree in sentences whose words hardly do, those of rarer words first.

    Only where neither sentence has another figure of a partner: most equal values in a story are met by chance.
    """
    paired = {(pair.one, figures.all[pair.other].document) for pairs in found.values() for pair in pairs}
    paired |= {(pair.other, figures.all[pair.one].document) for pairs in found.values() for pair in pairs}
    telling = [_is_telling(figure) for figure in figures.all]
    open_pairs = []
    for one, other in candidates:
        if not (telling[one] and telling[other]):
            continue
        a, b = figures.all[one], figures.all[other]
        if _match(a, b) not in ("equal", "rounded") or (one, b.document) in paired or (other, a.document) in paired:
            continue
        mine, theirs = figures.told[one], figures.told[other]
        if not names_differ(a, b, mine, theirs, agree=True):
            open_pairs.append((-figures.weigh(mine & theirs), one, other))
    return [(one, other) for _, one, other in sorted(open_pairs)]


def _is_telling(figure: Figure) -> bool:
    """Tell whether a value is seldom met twice by chance: no "hundreds", and no count of a few."""
    value = figure.quantity.value
    return value is not None and (figure.quantity.family != "count" or value > _FEW)


def _cross(figures: Figures, one: int, other: int) -> Pair | None:
    """Judge two figures in units of different families; None where they are not of the same thing."""
    a, b = figures.all[one], figures.all[other]
    mine, theirs = figures.told[one], figures.told[other]
    held, held_other = a.near & theirs, b.near & mine
    if len(held) < 2 or len(held_other) < 2 or (a.quantity.role == "change") != (b.quantity.role == "change"):
        return None
    closeness = figures.closeness(one, other)
    kin = {a.left[0], a.right[0], a.next[0]} & {b.left[0], b.right[0], b.next[0]} - {""}
    specific = a.kinds & b.kinds or a.measure & b.measure or kin
    if (
        closeness < (BARS.unit if specific else BARS.apart)
        or names_differ(a, b, mine, theirs, agree=False)
        or words_apart(figures, a, b, mine, theirs)
    ):
        return None
    return Pair(one, other, closeness, "apart", False)


def _pair(figures: Figures, one: int, other: int, closeness: float, level: int, judged: Judged | None) -> Pair | None:
    """Judge two figures; None where they are not of the same thing.

    :param level: 2 in one cluster, 1 in one topic, else 0.
    :param judged: what is known of them, where their values differ and nothing else rules them out.
    """
    a, b = figures.all[one], figures.all[other]
    if judged and judged.may_conflict:
        return Pair(
            one, other, closeness, "apart", judged.is_alike,
            contrast=marks_apart(figures, a, b, acts=False), outdated=outdated(a, b), judged=judged,
        )  # fmt: skip
    mine, theirs = figures.told[one], figures.told[other]
    held, held_other = a.near & theirs, b.near & mine
    if not held or not held_other:
        return None
    things = things_apart(a, b)
    specific = bool(a.kinds & b.kinds or a.measure & b.measure or (a.head and a.head == b.head not in ANYONE))
    bar = BARS.beside if things else (BARS.story if specific else BARS.alone, BARS.topic, BARS.cluster)[level]
    if closeness < min(bar - BARS.equal, BARS.leaning):
        return None
    match = _match(a, b)
    if names_differ(a, b, mine, theirs, agree=match in ("equal", "rounded")):
        return None
    if match not in ("equal", "rounded") and not roles_agree(a, b):
        return None
    if closeness < bar - BARS.equal * (match == "equal"):
        return None
    if things:
        return Pair(one, other, closeness, match, False, things) if match != "equal" else None
    contrast = marks_apart(figures, a, b)
    words = words_apart(figures, a, b, mine, theirs) if judged is None or judged.sameness <= OTHER else None
    return Pair(one, other, closeness, match, False, None, words, contrast, outdated(a, b), judged=judged)


def _match(a: Figure, b: Figure) -> Match:
    return compare_values(a.quantity, b.quantity) if same_unit(a.quantity, b.quantity) else "apart"


def _settle(pairs: list[Pair]) -> Iterator[Pair]:
    """Give each figure of two sentences one partner: of equal value, else read as a conflict, else the closest."""
    taken: set[int] = set()
    equal = any(pair.match == "equal" and pair.things is None for pair in pairs)
    ranks = {"equal": 0, "rounded": 1, "open": 2, "apart": 2}

    def place(pair: Pair) -> tuple[object, ...]:
        read = pair.judged.conflict if pair.judged else 0.0
        rank = ranks[pair.match]
        return pair.things is not None, pair.outdated, rank, -read, -round(pair.closeness, 6), pair.one, pair.other

    for pair in sorted(pairs, key=place):
        if pair.one not in taken and pair.other not in taken:
            taken.update((pair.one, pair.other))
            yield replace(pair, anchored=equal and pair.match != "equal")
