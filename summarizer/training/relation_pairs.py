"""Pairs of marked figures to learn from: of cases written for the purpose.

Cases name the relation of two figures. Two of one family and of other values of which a case names nothing, while it
names one of them, have nothing to do with one another, and weigh half: nobody looked at them. Of a case that is told in
part (``partly``) only those count of which a relation is told.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any, Final

from summarizer.comparison.candidates import unit_group
from summarizer.comparison.cross_encoder import CLASSES, Marked
from summarizer.comparison.figures import Figure, read_figures
from summarizer.comparison.likeness import same_unit
from summarizer.comparison.values import compare_values
from summarizer.material import Material
from summarizer.training.comparison_cases import is_told_of, material_of, read_cases, relation_of

#: Relations of cases that are no class of the network: which values agree is told by the values.
_CLASS_OF: Final = {"conflict": "same", "agreement": "same", "rounding": "same", "none": "apart"}
#: Of the groups of cases one in so many is kept aside.
_KEPT: Final = 5
_UNTOLD_WEIGHT: Final = 0.5


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
        elif (
            not (told or case.get("partly"))
            and _differ(one, other)
            and any(is_told_of(case, figure, material) for figure in (one, other))
        ):
            apart = CLASSES.index("apart")
            yield Example(_mark(one, material), _mark(other, material), apart, _UNTOLD_WEIGHT, group)


def _mark(figure: Figure, material: Material) -> Marked:
    return Marked(material.sentences[figure.sentence].text, figure.quantity.start, figure.quantity.end)


def _differ(one: Figure, other: Figure) -> bool:
    """Tell whether two figures are in one unit and have values that cannot both hold."""
    mine, theirs = one.quantity, other.quantity
    return same_unit(mine, theirs) and compare_values(mine, theirs) == "apart"
