"""Aligned figures -> comparisons: by matter, the sides of it, and how they stand to one another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from summarizer.comparison.alignment import Pair
from summarizer.comparison.copies import is_copied
from summarizer.comparison.figures import Figure
from summarizer.comparison.origins import name_origins
from summarizer.comparison.periods import compare_periods
from summarizer.comparison.relations import relate, same_basis
from summarizer.comparison.reports import Report, find_later
from summarizer.comparison.shown import make_side, name_topic
from summarizer.comparison.spelling import spell
from summarizer.comparison.values import compare_values
from summarizer.comparison.verdicts import Verdict
from summarizer.findings import Comparison, Relation
from summarizer.material import Material

#: What explains that two sides differ comes before what does not.
_EXPLAINS: Final[tuple[Relation, ...]] = (
    "revision", "attribution", "other base", "other period", "other unit", "other measure", "conflict", "unknown",
)  # fmt: skip


@dataclass(slots=True)
class _Group:
    """Figures that give one value.

    :param members: numbers of the figures, ascending.
    :param origins: the independent origins among them.
    """

    members: list[int]
    origins: frozenset[str] = frozenset()


def compare_figures(figures: Sequence[Figure], pairs: Sequence[Pair], material: Material) -> list[Comparison]:
    """Give a comparison for each relation found within a matter, unnumbered.

    :param figures: k figures, in canonical order.
    :param pairs: those that are of one thing, in canonical order.
    :param material: their sentences.
    :return: in a fixed order, not that in which they are shown. O(k + pairs).
    """
    judged = {(pair.one, pair.other): _judge(figures, pair, material) for pair in pairs}
    verdicts = {key: verdict for key, verdict in judged.items() if verdict is not None}
    sides, side_of = _make_sides(figures, verdicts)
    between = _between(side_of, verdicts)
    for members in _components([*between, *((number, number) for number in range(len(sides)))]):
        matter = [figures[number] for side in sorted(members) for number in sides[side].members]
        origins = name_origins(matter, material)
        for side in members:
            sides[side].origins = frozenset(origins[figures[number].sentence] for number in sides[side].members)
    folded = {key for key in between if not _independent(sides, key)}
    changed = {(pair.one, pair.other) for pair in pairs if pair.copied}
    copied = folded and {
        key
        for one, other in verdicts
        if (key := _key(side_of, one, other)) in folded
        and ((one, other) in changed or is_copied(figures[one], figures[other], material))
    }
    found: list[Comparison] = []
    shown: set[int] = set()
    for relation in _EXPLAINS:
        of_copies = {key for key in copied if between[key].relation == relation}
        edges = sorted(
            of_copies.union(key for key in between if between[key].relation == relation and key not in folded)
        )
        for members in _components(edges):
            inside = [key for key in edges if key[0] in members]
            reason = between[inside[0]].reason + (_COPY if of_copies.issuperset(inside) else "")
            shown.update(members if relation in _TELLS_AGREEMENT else ())
            chosen = [sides[side] for side in sorted(members)]
            found.append(_comparison(figures, material, (relation, reason), chosen))
    agreed = [side for number, side in enumerate(sides) if len(side.origins) > 1 and number not in shown]
    agreed = [side for side in agreed if any(_is_told(figures[number], material) for number in side.members)]
    return found + [_agreement(figures, material, side) for side in agreed]


#: Told of sides that share an origin.
_COPY: Final = " One text is a copy of the other."
#: A comparison of these shows how many origins stand behind each side: agreement need not be told again.
_TELLS_AGREEMENT: Final = frozenset(("conflict", "revision", "attribution"))


def _judge(figures: Sequence[Figure], pair: Pair, material: Material) -> Verdict | None:
    one, other = figures[pair.one], figures[pair.other]
    reports = (_report(one, material), _report(other, material))
    verdict = relate(one, other, reports, pair)
    if verdict is None or one.origin != other.origin or pair.match != "apart" or verdict.relation not in _SAME_WORDS:
        return verdict
    later = find_later(reports)[0]
    if later:
        return Verdict("revision", "The later has another figure.", later)
    return verdict if verdict.relation == "conflict" else Verdict("conflict", "The sentences differ in the figure.")


#: What the words around explain, or leave open, is no explanation where they are the same.
_SAME_WORDS: Final = frozenset(("conflict", "unknown", "attribution", "other measure"))


def _report(figure: Figure, material: Material) -> Report:
    return Report(material.sentences[figure.sentence].text, material.documents[figure.document].published)


def _make_sides(
    figures: Sequence[Figure], verdicts: dict[tuple[int, int], Verdict]
) -> tuple[list[_Group], dict[int, int]]:
    """Gather figures that agree, each with those that it agrees with as far as all their values and bases allow it."""
    agreeing: dict[int, list[int]] = {}
    for (one, other), verdict in verdicts.items():
        if verdict.relation in ("agreement", "rounding"):
            agreeing.setdefault(one, []).append(other)
            agreeing.setdefault(other, []).append(one)
    for one, other in _alike(figures, verdicts):
        agreeing.setdefault(one, []).append(other)
        agreeing.setdefault(other, []).append(one)
    sides: list[_Group] = []
    side_of: dict[int, int] = {}
    for number in sorted({number for pair in verdicts for number in pair}):
        if number in side_of:
            continue
        side = _Group([])
        queue = [number]
        for member in queue:  # grows while it is walked
            if member not in side_of and _fits(figures, side, member):
                side_of[member] = len(sides)
                side.members.append(member)
                queue += agreeing.get(member, ())
        side.members.sort()
        sides.append(side)
    return sides, side_of


def _alike(figures: Sequence[Figure], verdicts: dict[tuple[int, int], Verdict]) -> Iterator[tuple[int, int]]:
    """Give pairs of figures of one value that are compared with the same figure: copies say it on one side."""
    partners: dict[int, list[int]] = {}
    for one, other in verdicts:
        partners.setdefault(one, []).append(other)
        partners.setdefault(other, []).append(one)
    for numbers in partners.values():
        quantities = [(figures[number].quantity, number) for number in numbers]
        order = sorted(quantities, key=lambda pair: (pair[0].low, pair[0].high, pair[0].unit.name, pair[1]))
        for (a, one), (b, other) in pairwise(order):
            if (a.low, a.high, a.unit.name) == (b.low, b.high, b.unit.name):
                yield one, other


def _fits(figures: Sequence[Figure], side: _Group, number: int) -> bool:
    """Tell whether a figure agrees with the first of a side, and says no other basis or period than any did."""
    if not side.members:
        return True
    one, other = figures[side.members[0]], figures[number]
    if compare_values(one.quantity, other.quantity) not in ("equal", "rounded"):
        return False
    based = next((figures[m] for m in side.members if figures[m].quantity.basis), one)
    timed = next((figures[m] for m in side.members if figures[m].period.parts), one)
    return same_basis(based.quantity, other.quantity) and compare_periods(timed.period, other.period) != "other"


def _between(side_of: dict[int, int], verdicts: dict[tuple[int, int], Verdict]) -> dict[tuple[int, int], Verdict]:
    """Give the verdict between two sides: the first of :data:`_EXPLAINS` that any two of their figures have."""
    between: dict[tuple[int, int], Verdict] = {}
    for (one, other), verdict in verdicts.items():
        key = _key(side_of, one, other)
        if key[0] == key[1] or verdict.relation not in _EXPLAINS:
            continue
        known = between.get(key)
        if known is None or _EXPLAINS.index(verdict.relation) < _EXPLAINS.index(known.relation):
            between[key] = verdict
    return between


def _key(side_of: dict[int, int], one: int, other: int) -> tuple[int, int]:
    return min(side_of[one], side_of[other]), max(side_of[one], side_of[other])


def _independent(sides: Sequence[_Group], key: tuple[int, int]) -> bool:
    """Tell whether each of two sides has an origin that does not say the other too."""
    one, other = (sides[side].origins for side in key)
    return bool(one - other) and bool(other - one)


def _components(edges: Sequence[tuple[int, int]]) -> list[set[int]]:
    """Give the connected sets, ordered by their first edges."""
    home: dict[int, set[int]] = {}
    for one, other in edges:
        joined, joining = home.get(one, {one}), home.get(other, {other})
        if len(joined) < len(joining):
            joined, joining = joining, joined
        joined |= joining
        home.update(dict.fromkeys(joining | {one, other}, joined))
    return list({id(members): members for members in home.values()}.values())


def _comparison(
    figures: Sequence[Figure], material: Material, verdict: tuple[Relation, str], sides: Sequence[_Group]
) -> Comparison:
    made = sorted(
        (
            make_side([figures[number] for number in side.members], len(side.origins), figures, material)
            for side in sides
        ),
        key=lambda side: (-side.origins, -side.articles),
    )
    members = [figures[number] for side in sides for number in side.members]
    relation, reason = verdict
    reason = reason[:1].upper() + reason[1:]  # it may open with "at least"
    return Comparison("", "quantity", name_topic(members, material), relation, reason, tuple(made))


#: "The two superpowers", "both sides", "its three owners": who is meant, and no figure that anybody reports.
_NAMED_BY_NUMBER: Final = re.compile(
    r"(?:\b(?:the|both|these|those|its|their|his|her|our|whose|all)|['’]s?)(?: \w+)?\s$", re.IGNORECASE
)
#: ... up to this number: that of "the 43 passengers" is told.
_FEW: Final = 3


def _is_told(figure: Figure, material: Material) -> bool:
    quantity = figure.quantity
    if quantity.family != "count" or quantity.value is None or quantity.value > _FEW:
        return True
    return not _NAMED_BY_NUMBER.search(material.sentences[figure.sentence].text[: quantity.start])


def _agreement(figures: Sequence[Figure], material: Material, side: _Group) -> Comparison:
    members = [figures[number].quantity for number in side.members]
    texts = [material.sentences[figures[number].sentence].text for number in side.members]
    spelled = list(dict.fromkeys(spell(quantity, text) for quantity, text in zip(members, texts, strict=True)))
    if all(compare_values(members[0], member) == "equal" for member in members):
        verdict: tuple[Relation, str] = ("agreement", f"{len(side.origins)} independent origins say {spelled[0]}.")
    else:
        verdict = ("rounding", f"{', '.join(spelled[:-1])} and {spelled[-1]} allow for one another.")
    return _comparison(figures, material, verdict, [side])
