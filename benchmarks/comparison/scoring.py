"""When a comparison is right: findings held against what a case expects; see :mod:`benchmarks.comparison`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from summarizer.findings import Comparison

#: ``"none"`` in place of a relation: the two may not be reported as standing in one that :data:`_APART` does not hold.
NONE: Final = "none"
_SAME: Final = frozenset(("agreement", "rounding"))
#: What may be said of two figures that have nothing to do with one another; of clauses anything but a conflict.
_APART: Final = frozenset(("other measure", "other period", "unknown"))
#: Conflicts of these kinds are classes of their own.
OF_KIND: Final = {"statement": "opposed statements", "quotation": "differing quotations"}
#: Classes that are counted, in the order of tables.
CLASSES: Final = (
    "agreement", "rounding", "conflict", "other base", "other period", "other unit", "other measure", "revision",
    "attribution", "opposed statements", "differing quotations", "unknown",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """Characters of the document with this number in the case."""

    document: int
    start: int
    end: int

    def overlaps(self, other: Place) -> bool:
        """Tell whether both share a character."""
        return self.document == other.document and self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Finding:
    """A comparison as a system reported it.

    :param sides: the places of each side.
    :param origins: independent origins of each side.
    """

    kind: str
    relation: str
    sides: tuple[tuple[Place, ...], ...]
    origins: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two things said and the relation in which they stand; words as they stand in the documents."""

    relation: str
    first: tuple[str, ...]
    second: tuple[str, ...]
    kind: str

    @property
    def name(self) -> str:
        """The class that it is counted in."""
        return OF_KIND.get(self.kind, self.relation) if self.relation == "conflict" else self.relation


@dataclass(frozen=True, slots=True)
class Case:
    """Documents, and what must be reported of them.

    :param near: the type that it could be mistaken for, of a hard one.
    :param origins: independent origins of the two sides, where copies are among the documents.
    """

    label: str
    type: str
    comment: str
    near: str | None
    documents: tuple[dict[str, str], ...]
    pairs: tuple[Pair, ...]
    conflicts: int
    origins: tuple[int, ...] | None


@dataclass(frozen=True, slots=True)
class Judged:
    """A case and what came of it.

    :param reported: for each pair the classes that it was reported in, ``()`` for none.
    :param right: class -> findings of it that are right.
    :param wrong: class -> findings of it that are wrong.
    :param false_conflicts: conflicts that the case does not expect.
    :param origins_right: whether copies were counted once; None where there are none, or the pair was not found.
    """

    case: Case
    reported: tuple[tuple[str, ...], ...]
    right: Counter[str]
    wrong: Counter[str]
    false_conflicts: int
    origins_right: bool | None

    @property
    def is_right(self) -> bool:
        """Whether all that must be reported was, nothing wrong beside it, and copies were counted once."""
        found = all(is_met(pair, names) for pair, names in zip(self.case.pairs, self.reported, strict=True))
        return found and not self.false_conflicts and self.origins_right is not False


def find_places(documents: Sequence[str], words: Iterable[str]) -> list[Place]:
    """Find where words stand, not within longer words or numbers."""
    found = []
    for word in words:
        head, tail = (r"(?<!\w)" if word[0].isalnum() else ""), (r"(?!\w)" if word[-1].isalnum() else "")
        pattern = re.compile(head + re.escape(word) + tail)
        found += [Place(n, *match.span()) for n, text in enumerate(documents) for match in pattern.finditer(text)]
    return found


def from_comparison(comparison: Comparison, numbers: dict[str, int]) -> Finding:
    """Translate what the library gives.

    :param numbers: document id -> its number in the case.
    """
    sides = tuple(
        tuple(Place(numbers[v.place.document_id], v.place.start, v.place.end) for v in side.values)
        for side in comparison.sides
    )
    return Finding(comparison.kind, comparison.relation, sides, tuple(side.origins for side in comparison.sides))


def judge(case: Case, findings: Sequence[Finding]) -> Judged:
    """Hold findings against a case; see the rules in :mod:`benchmarks.comparison`."""
    texts = [document["text"] for document in case.documents]
    places = [(find_places(texts, pair.first), find_places(texts, pair.second)) for pair in case.pairs]
    reported: list[list[str]] = [[] for _ in case.pairs]
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    false_conflicts = 0
    counted: list[bool] = []
    for finding in findings:
        verdicts = []
        for pair, (first, second), names in zip(case.pairs, places, reported, strict=True):
            relation = _relation_shown(finding, first, second)
            if relation is None:
                continue
            names.append(_class(finding.kind, relation, pair))
            verdicts.append(_is_right(pair, relation))
            if verdicts[-1] and pair.relation == relation and case.origins is not None:
                counted.append(_counts(finding, case.origins))
        name = _class(finding.kind, finding.relation, None)
        if any(verdicts):
            right[name] += any(v is True for v in verdicts)
        elif False in verdicts or (finding.relation == "conflict"):
            wrong[name] += 1
            false_conflicts += finding.relation == "conflict"
    origins_right = any(counted) if counted else None
    return Judged(case, tuple(map(tuple, reported)), right, wrong, false_conflicts, origins_right)


def _relation_shown(finding: Finding, first: Sequence[Place], second: Sequence[Place]) -> str | None:
    """Give the relation in which a finding shows two places of two documents; None if it does not show both."""
    within = False
    for a, one in _hits(finding, first):
        for b, other in _hits(finding, second):
            if one.document == other.document:
                continue
            if a != b or finding.relation in _SAME:
                return finding.relation
            within = True
    return "agreement" if within else None


def _hits(finding: Finding, wanted: Sequence[Place]) -> Iterator[tuple[int, Place]]:
    for number, side in enumerate(finding.sides):
        for place in side:
            if any(place.overlaps(one) for one in wanted):
                yield number, place


def _class(kind: str, relation: str, pair: Pair | None) -> str:
    """Name the class of a finding; a conflict that shows a pair expected to be one is counted as that pair is."""
    if relation != "conflict":
        return relation
    return pair.name if pair is not None and pair.relation == relation else OF_KIND.get(kind, relation)


def _is_right(pair: Pair, relation: str) -> bool | None:
    """Judge a relation in which a pair was shown; None where nothing is to be said of it."""
    if pair.relation == relation:
        return True
    if pair.relation == NONE and (relation in _APART or (pair.kind in OF_KIND and relation != "conflict")):
        return None
    return False


def is_met(pair: Pair, names: Sequence[str]) -> bool:
    """Tell whether the classes that a pair was reported in are what is wanted of it."""
    if pair.relation == NONE:
        return all(_is_right(pair, "conflict" if name in OF_KIND.values() else name) is None for name in names)
    return pair.name in names


def _counts(finding: Finding, expected: tuple[int, ...]) -> bool:
    if len(finding.origins) == 1:
        return finding.origins[0] == sum(expected)
    return sorted(finding.origins) == sorted(expected)
