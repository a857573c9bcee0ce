"""What independent articles say of one matter, side by side: figures compared, statements and quotations opposed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from summarizer.comparison.alignment import align
from summarizer.comparison.copies import find_changed
from summarizer.comparison.figures import read_figures
from summarizer.comparison.sides import compare_figures
from summarizer.findings import Comparison, Relation
from summarizer.material import Material
from summarizer.opposition import find_opposed

__all__ = ["compare"]

#: In this order relations are shown: what a reader must know first.
_ORDER: Final[tuple[Relation, ...]] = (
    "conflict", "revision", "attribution", "other base", "other period", "other unit", "other measure", "rounding",
    "agreement", "unknown",
)  # fmt: skip


def compare(material: Material) -> tuple[Comparison, ...]:
    """Compare what the origins say: figures of one thing, opposed statements, quotations that differ.

    Figures are aligned by unit, kind, measure, entity and the words around them. Within one origin only those are
    compared that a copy tells otherwise. No verdict is given on who is right.

    :param material: the sentences, with clusters and origins.
    :return: conflicts first, agreement last; within a relation those of most origins first. The same whatever the order
        of the documents. O(sentences + pairs of figures that share a key, of which each figure has a bounded number).
    """
    figures = read_figures(material)
    pairs = sorted(
        [*align(figures, material), *find_changed(figures, material)], key=lambda pair: (pair.one, pair.other)
    )
    compared = compare_figures(figures.all, pairs, material)
    found = [*compared, *_without(find_opposed(material), compared)]
    numbers = {document.id: number for number, document in enumerate(material.documents)}

    def place(comparison: Comparison) -> tuple[object, ...]:
        origins = {value.origin for side in comparison.sides for value in side.values}
        first = min((numbers[v.place.document_id], v.place.start) for side in comparison.sides for v in side.values)
        return _ORDER.index(comparison.relation), -len(origins), first, comparison.kind, comparison.reason

    return tuple(replace(one, id=f"c{number}") for number, one in enumerate(sorted(found, key=place), start=1))


#: What is told of two figures also tells how the statements stand in which they are.
_TELLS: Final = frozenset(("conflict", "revision", "attribution", "other base", "other period"))


def _without(opposed: Sequence[Comparison], compared: Sequence[Comparison]) -> list[Comparison]:
    """Leave out opposed statements in two sentences of which the figures are compared: each is shown once."""
    told = {pair for one in compared if one.relation in _TELLS for pair in _pairs(one)}
    return [one for one in opposed if one.kind != "statement" or not any(pair in told for pair in _pairs(one))]


def _pairs(comparison: Comparison) -> Iterator[frozenset[tuple[str, int]]]:
    """Give the sentences of the first two sides, two by two."""
    one, other = (
        {(value.sentence.document_id, value.sentence.start) for value in side.values} for side in comparison.sides[:2]
    )
    for a in sorted(one):
        for b in sorted(other):
            yield frozenset((a, b))
