"""Boosted trees: which words and word pairs a summary is expected to hold, or whatever a table says; needs catboost."""

from __future__ import annotations

import importlib.util
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from summarizer.errors import ConfigError, MissingExtraError, ModelError
from summarizer.training.examples import Part
from summarizer.trees import Trees

#: Concepts that the trees learn from, at most. Of 300,000 the draw shows: after 500 passages more were dropped from the
#: articles, held-out events had 0.5 points of ROUGE-1 less, and with so many 1.1 more; the news sets did not move.
MAX_CONCEPTS: Final = 1_200_000
#: 120 trees of depth 4 are 25 kB of JSON. Twice as many, of depth 5, moved held-out ROUGE by less than 0.2.
TREES: Final = {"iterations": 120, "depth": 4, "learning_rate": 0.15, "l2_leaf_reg": 3, "border_count": 32}
#: The numpy trees must agree with catboost to this.
_TOLERANCE: Final = 1e-5
#: No feature is above it: the border of levels that a short tree does not have.
_NEVER: Final = 1e30
_CHECKED_ROWS: Final = 1000


def need_catboost(command: str = "salience") -> None:
    """Check that the trees can be fitted, before minutes are spent.

    :param command: of ``python -m summarizer.training``, for the error.
    :raises MissingExtraError: if catboost is not installed.
    """
    if importlib.util.find_spec("catboost") is None:
        raise MissingExtraError(f"python -m summarizer.training {command}", "train")


def fit_concepts(parts: Sequence[Part], *, seed: int = 0) -> tuple[Trees, int]:
    """Boost trees that give the share of references that hold a concept; squared error.

    :param seed: of the sample of at most about :data:`MAX_CONCEPTS` concepts.
    :return: the trees, and the number of concepts they were fitted on.
    :raises ConfigError: if nothing can be told apart.
    """
    table, held, weights = _sample(parts, seed)
    remedy = "give more clusters, with references that say what the articles say"
    return boost(table, held, weights, of="concepts", remedy=remedy), len(table)


def boost(
    table: NDArray[np.float32], targets: NDArray[np.float64], weights: NDArray[np.float64], *, of: str, remedy: str
) -> Trees:
    """Boost trees that give a target; squared error, and the same trees for the same table.

    :param table: shape (n, f).
    :param targets: shape (n,), and so weights.
    :param of: what the rows are, and a remedy, for the error.
    :raises ConfigError: if nothing can be told apart.
    :raises MissingExtraError: if catboost is not installed.
    :raises ModelError: if catboost writes trees that are not those it means.
    """
    need_catboost()
    from catboost import CatBoostError, CatBoostRegressor

    # One thread: catboost promises no order of sums over several. On the packaged sets, two gave the same trees.
    model = CatBoostRegressor(
        **TREES,
        boosting_type="Plain",
        bootstrap_type="No",
        random_strength=0,
        random_seed=0,
        thread_count=1,
        allow_writing_files=False,
        verbose=False,
    )
    try:
        model.fit(table, targets, sample_weight=weights)
    except CatBoostError as error:
        raise ConfigError(f"nothing can be learned of {len(table)} {of} ({error}); {remedy}") from error
    return take_trees(model, table, int(TREES["depth"]))


def take_trees(model: Any, table: NDArray[np.float32], depth: int) -> Trees:  # noqa: ANN401
    """Take the trees out of a fitted catboost model, and check that they say what it says.

    :param table: shape (n, f), rows to check them on; what they say of one is before any link function.
    :param depth: of the trees, at most.
    :raises ModelError: if catboost writes trees that are not those it means.
    """
    trees = _read_trees(model, table.shape[1], depth)
    checked = table[:: max(len(table) // _CHECKED_ROWS, 1)]
    meant = model.predict(checked, prediction_type="RawFormulaVal")
    if np.abs(trees.predict(checked) - meant).max() > _TOLERANCE:
        raise ModelError("this version of catboost writes trees in another way; install the one the card names")
    return trees


def _sample(parts: Sequence[Part], seed: int) -> tuple[NDArray[np.float32], NDArray[np.float64], NDArray[np.float64]]:
    """Draw concepts from each part by its weight; those drawn of a cluster weigh 1 together, within their part."""
    generator = np.random.default_rng(seed)
    total = sum(part.weight for part in parts)
    rows, targets, weights = [], [], []
    for part in parts:
        n_concepts = sum(len(example.held) for example in part.examples)
        share = MAX_CONCEPTS * part.weight / total / max(n_concepts, 1)
        drawn = [np.flatnonzero(generator.random(len(example.held)) < share) for example in part.examples]
        n_drawn = sum(len(kept) > 0 for kept in drawn)
        for example, kept in zip(part.examples, drawn, strict=True):
            rows.append(example.concepts[kept])
            targets.append(example.held[kept])
            weights.append(np.full(len(kept), part.weight / max(n_drawn * len(kept), 1)))
    weight = np.concatenate(weights)
    return np.concatenate(rows), np.concatenate(targets), weight * len(weight) / max(float(weight.sum()), 1e-12)


def _read_trees(model: Any, n_features: int, depth: int) -> Trees:  # noqa: ANN401
    """Take the trees out of a catboost model, rounded as they will be written."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "trees.json"
        model.save_model(str(path), format="json")
        written = json.loads(path.read_text(encoding="utf-8"))
    found = written["oblivious_trees"]
    features = np.zeros((depth, len(found)), dtype=np.int64)
    borders = np.full((depth, len(found)), _NEVER, dtype=np.float32)
    leaves = np.zeros((len(found), 2**depth))
    factor, (bias,) = written["scale_and_bias"]
    for number, tree in enumerate(found):
        for level, split in enumerate(tree["splits"] or ()):
            features[level, number], borders[level, number] = split["float_feature_index"], split["border"]
        leaves[number, : len(tree["leaf_values"])] = tree["leaf_values"]
    trees = Trees(features, borders, leaves * factor, float(bias))
    return Trees.from_dict(trees.to_dict(), n_features)
