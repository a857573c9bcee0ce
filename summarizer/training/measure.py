"""Fit the weights by which two figures with different values count as of one measure.

Learned from cases as ``tests/cases/comparison_*.json`` holds them: documents, and pairs of words in them with the
relation in which their figures stand. A pair told as conflict, revision, attribution, other base or other period is of
one measure, every other one is not; nor are figures of one unit of which no relation is told. Each set is also judged
by weights fitted on the others, which is what the card reports.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from summarizer.comparison.alignment import find_facing
from summarizer.comparison.figures import read_figures
from summarizer.comparison.sameness import FORMAT, PACKAGED
from summarizer.comparison.signs import SIGNS, read_signs
from summarizer.training.comparison_cases import material_of, read_cases, relation_of
from summarizer.training.files import as_json, put, refuse_existing, sha256

_OUT: Final = Path(f"summarizer/models/{PACKAGED}")
_CASES: Final = (
    "comparison_dev.json", "comparison_dev_2.json", "comparison_dev_3.json", "comparison_dev_4.json",
    "comparison_dev_5.json", "comparison_dev_6.json", "comparison_relations.json",
)  # fmt: skip
_SAME: Final = frozenset(("conflict", "revision", "attribution", "other base", "other period"))
#: Of these the relation does not say whether they are of one measure.
_LEFT_OUT: Final = frozenset(("unknown", "other unit", "agreement", "rounding"))
#: Penalty of the squared weights of the scaled signs, against the summed log loss.
RIDGE: Final = 20.0
_STEPS: Final = 50


@dataclass(frozen=True, eq=False)
class Pairs:
    """Pairs of figures of one set.

    :param signs: shape (n, signs).
    :param same: shape (n,), 1 where a pair is of one measure.
    """

    name: str
    signs: NDArray[np.float64]
    same: NDArray[np.float64]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--cases", type=Path, default=Path("tests/cases"), metavar="DIR", help="folder of the cases")
    parser.add_argument("--files", nargs="+", default=list(_CASES), metavar="FILE", help="sets, in that folder")
    parser.add_argument(
        "--out", type=Path, default=_OUT, metavar="DIR", help="folder to write to (default: %(default)s)"
    )
    parser.add_argument("--force", action="store_true", help="replace files that are there")


def run(arguments: argparse.Namespace) -> str:
    """Fit the weights and write them with their card.

    :raises ReadingError: if a file of cases is missing or has another shape.
    """
    if not arguments.force:
        refuse_existing(arguments.out, ("weights.json", "card.json"))
    sets = [read_pairs(arguments.cases / name) for name in arguments.files]
    weights = as_json(fit(sets))
    card = _card(sets, weights, arguments.files)
    put({"weights.json": weights, "card.json": as_json(card)}, arguments.out)
    return json.dumps(card["held_out"], indent=1)


def read_pairs(path: Path) -> Pairs:
    """Read the signs of the pairs of figures in a file of cases.

    :raises ReadingError: if it is missing or has another shape.
    """
    rows = [row for case in read_cases(path) for row in _rows(case)]
    signs = np.array([values for values, _ in rows], dtype=np.float64).reshape(len(rows), len(SIGNS))
    return Pairs(path.stem, signs, np.array([same for _, same in rows], dtype=np.float64))


def _rows(case: Mapping[str, Any]) -> Iterator[tuple[tuple[float, ...], bool]]:
    material = material_of(case)
    figures = read_figures(material)
    for facing in find_facing(figures, material):
        told = relation_of(case, facing.one, facing.other, material)
        if told not in _LEFT_OUT:
            yield read_signs(facing), told in _SAME


def fit(sets: Sequence[Pairs]) -> dict[str, Any]:
    """Fit the weights of the signs as they are read; a sign without spread gets none.

    Newton's method; the loss is convex, so that the order of the pairs does not matter.
    """
    signs, same = np.vstack([one.signs for one in sets]), np.concatenate([one.same for one in sets])
    mean, spread = signs.mean(axis=0), signs.std(axis=0)
    scale = np.where(spread > 0, spread, 1.0)
    scaled = np.column_stack([np.ones(len(signs)), (signs - mean) / scale])
    penalty = np.diag([0.0, *([RIDGE] * signs.shape[1])])
    weights = np.zeros(scaled.shape[1])
    for _ in range(_STEPS):
        expected = 1 / (1 + np.exp(-scaled @ weights))
        slope = scaled.T @ (expected - same) + penalty @ weights
        curve = (scaled * (expected * (1 - expected))[:, None]).T @ scaled + penalty
        weights = weights - np.linalg.solve(curve, slope)
    own = weights[1:] / scale
    return {
        "format": FORMAT,
        "intercept": round(float(weights[0] - own @ mean), 4),
        "signs": {name: round(float(weight), 4) for name, weight in zip(SIGNS, own, strict=True)},
    }


def judge(weights: Mapping[str, Any], pairs: Pairs) -> NDArray[np.float64]:
    """Give the probabilities that pairs are of one measure, shape (n,)."""
    total = weights["intercept"] + pairs.signs @ np.array(list(weights["signs"].values()))
    return np.asarray(1 / (1 + np.exp(-total)), dtype=np.float64)


def _rank(judged: NDArray[np.float64], same: NDArray[np.float64]) -> float:
    """Give the share of pairs of one measure and another in which the first is judged the likelier one."""
    ahead = judged[same == 1][:, None] - judged[same == 0][None, :]
    return round(float(((ahead > 0) + 0.5 * (ahead == 0)).mean()), 3)


def _card(sets: Sequence[Pairs], weights: bytes, names: Sequence[str]) -> dict[str, Any]:
    held_out = {}
    for held in sets if len(sets) > 1 else ():
        others = fit([one for one in sets if one is not held])
        held_out[held.name] = {"pairs": len(held.same), "same": int(held.same.sum())}
        held_out[held.name]["ranked_right"] = _rank(judge(others, held), held.same)  # type: ignore[assignment]
    return {
        "name": PACKAGED,
        "what": "how much each of some named signs tells that two figures are of one measure",
        "license": "Apache-2.0",
        "made_by": "python -m summarizer.training measure",
        "data": "cases written for this project: " + ", ".join(names),
        "ridge": RIDGE,
        "held_out": held_out,
        "sha256": {"weights.json": sha256(weights)},
    }
