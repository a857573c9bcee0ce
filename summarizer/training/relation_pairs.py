"""Pairs of marked figures to learn from: of cases written for the purpose, and of news clusters, told by their values.

Cases name the relation of two figures. Two of one family and of other values of which a case names nothing, while it
names one of them, have nothing to do with one another, and weigh half: nobody looked at them.

In clusters two figures of different articles that give the same telling value are taken as of one measure, and the
other figures of the same two sentences, in one unit and of another value, as of another. Which is which cannot be told
from how alike the sentences are, only from what stands around each figure.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any, Final

from summarizer.comparison.candidates import unit_group
from summarizer.comparison.cross_encoder import CLASSES, Marked
from summarizer.comparison.figures import Figure, Figures, read_figures
from summarizer.comparison.likeness import same_unit
from summarizer.comparison.values import compare_values
from summarizer.errors import SummarizerError
from summarizer.material import Material
from summarizer.training.clusters import SetChoice, read_set
from summarizer.training.comparison_cases import is_told_of, material_of, read_cases, relation_of

#: Relations of cases that are no class of the network: which values agree is told by the values.
_CLASS_OF: Final = {"conflict": "same", "agreement": "same", "rounding": "same", "none": "apart"}
#: Of the groups of cases one in so many is kept aside.
_KEPT: Final = 5
_UNTOLD_WEIGHT: Final = 0.5
#: A count below this, and one that may be a year, are met by chance.
_TELLING: Final = 11
_YEARS: Final = (1900, 2100)
#: Characters of a sentence of a cluster; longer ones cost time.
_LONGEST: Final = 330
#: Share of the words of the shorter of two sentences that both hold, from which one may be a copy.
_COPIED: Final = 0.75
#: Pairs of one measure that a cluster gives, and of another measure that each pair of sentences gives.
_PER_CLUSTER: Final = 8
_PER_SENTENCES: Final = 2
#: Figures of one value beyond which it is that of the story and not of one statement.
_REPEATED: Final = 6


@dataclass(frozen=True, slots=True)
class Example:
    """Two marked figures, and how they stand.

    :param label: number of the class in :data:`summarizer.comparison.cross_encoder.CLASSES`.
    :param weight: of its loss.
    :param group: examples of one group are learned from together, or kept aside together.
    """

    one: Marked
    other: Marked
    label: int
    weight: float = 1.0
    group: str = ""


def group_of(case: Mapping[str, Any]) -> str:
    """Give the group of a case: its label without the number behind; one text may stand in all cases of a group."""
    label = str(case["label"])
    return label.rpartition("-")[0] or label


def is_kept_aside(group: str) -> bool:
    """Tell whether a group of cases is kept aside: by its name alone, so that it always is or never."""
    return int(hashlib.sha256(group.encode()).hexdigest(), 16) % _KEPT == 0


def read_examples(path: Path) -> list[Example]:
    """Read the pairs of figures in a file of cases.

    :raises ReadingError: if it is missing or has another shape.
    """
    return [example for case in read_cases(path) for example in _of_case(case)]


def _of_case(case: Mapping[str, Any]) -> Iterator[Example]:
    material = material_of(case)
    figures = read_figures(material).all
    group = group_of(case)
    for one, other in combinations(figures, 2):
        if one.document == other.document or unit_group(one) != unit_group(other):
            continue
        told = relation_of(case, one, other, material)
        name = _CLASS_OF.get(told, told)
        if name in CLASSES:
            yield Example(_mark(one, material), _mark(other, material), CLASSES.index(name), group=group)
        elif not told and _differ(one, other) and any(is_told_of(case, f, material) for f in (one, other)):
            apart = CLASSES.index("apart")
            yield Example(_mark(one, material), _mark(other, material), apart, _UNTOLD_WEIGHT, group)


def read_clusters(folder: Path, choice: SetChoice) -> list[Example]:
    """Read pairs of figures of news clusters, told by their values; see the module.

    :param folder: of the data, :param choice: a set in it.
    :raises ReadingError: if the set is missing or has another shape.
    """
    found = []
    for number, cluster in enumerate(read_set(folder, choice).clusters):
        try:
            material = material_of({"input": {"documents": [{"text": one["text"]} for one in cluster.documents]}})
        except SummarizerError:
            continue  # of no sentences, or of nothing but copies
        found += list(_of_cluster(read_figures(material), material, f"{choice.name}-{number}"))
    return found


def _of_cluster(figures: Figures, material: Material, group: str) -> Iterator[Example]:
    by_value: dict[tuple[object, ...], list[Figure]] = {}
    by_sentence: dict[int, list[Figure]] = {}
    for figure in figures.all:
        by_sentence.setdefault(figure.sentence, []).append(figure)
        if _is_telling(figure):
            by_value.setdefault(_saying(figure), []).append(figure)
    seen: set[tuple[int, int]] = set()
    for sharing in by_value.values():
        if len(sharing) > _REPEATED:
            continue
        for one, other in combinations(sharing, 2):
            at = one.sentence, other.sentence
            if one.origin == other.origin or at in seen or not _are_reworded(at, material):
                continue
            seen.add(at)
            yield _told(one, other, material, "same", group)
            others = [(one, f) for f in by_sentence[other.sentence]] + [(f, other) for f in by_sentence[one.sentence]]
            differing = [(a, b) for a, b in others if unit_group(a) == unit_group(b) and _differ(a, b)]
            for a, b in differing[:_PER_SENTENCES]:
                yield _told(a, b, material, "other measure", group)
            if len(seen) >= _PER_CLUSTER:
                return


def _told(one: Figure, other: Figure, material: Material, name: str, group: str) -> Example:
    return Example(_mark(one, material), _mark(other, material), CLASSES.index(name), group=group)


def _mark(figure: Figure, material: Material) -> Marked:
    return Marked(material.sentences[figure.sentence].text, figure.quantity.start, figure.quantity.end)


def _differ(one: Figure, other: Figure) -> bool:
    """Tell whether two figures are in one unit and have values that cannot both hold."""
    mine, theirs = one.quantity, other.quantity
    return same_unit(mine, theirs) and compare_values(mine, theirs) == "apart"


def _is_telling(figure: Figure) -> bool:
    value = figure.quantity.value
    if value is None or figure.quantity.family != "count":
        return value is not None
    return abs(value) >= _TELLING and not _YEARS[0] <= value <= _YEARS[1]


def _saying(figure: Figure) -> tuple[object, ...]:
    quantity = figure.quantity
    return quantity.value, quantity.family, quantity.unit.name if quantity.family != "count" else ""


def _are_reworded(sentences: Sequence[int], material: Material) -> bool:
    """Tell whether two sentences are short enough, and neither is a copy of the other."""
    texts = [material.sentences[number].text for number in sentences]
    words = [set(text.lower().split()) for text in texts]
    shared = len(words[0] & words[1]) / max(1, min(map(len, words)))
    return shared <= _COPIED and max(map(len, texts)) < _LONGEST
