"""Oblivious trees: hand-made ones, those of catboost, and the tables they are read from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from summarizer.trees import Trees

# Two trees of depth 2 over three features; level k of a tree gives bit k of the leaf.
MADE: dict[str, Any] = {
    "bias": 0.5,
    "features": [[0, 1], [2, 0]],
    "borders": [[1.0, 10.0], [0.0, 2.0]],
    "leaves": [[0.0, 1.0, 2.0, 3.0], [0.0, 10.0, 20.0, 30.0]],
}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ([0.0, 0.0, 0.0], 0.5),
        ([1.5, 0.0, 0.0], 0.5 + 1),
        ([0.0, 11.0, 0.0], 0.5 + 2),
        ([1.5, 11.0, 0.0], 0.5 + 3),
        ([0.0, 0.0, 1.0], 0.5 + 10),
        ([3.0, 0.0, 0.0], 0.5 + 1 + 20),
        ([3.0, 11.0, 1.0], 0.5 + 3 + 30),
        ([1.0, 10.0, 0.0], 0.5),  # a border itself is not above
    ],
)
def test_a_made_tree(row: list[float], expected: float) -> None:
    assert Trees.from_dict(MADE, 3).predict(np.array([row], dtype=np.float32)).tolist() == [expected]


def test_no_rows_give_no_predictions() -> None:
    assert Trees.from_dict(MADE, 3).predict(np.zeros((0, 3), dtype=np.float32)).shape == (0,)


def test_many_rows_are_predicted_as_each_alone() -> None:
    trees, rng = Trees.from_dict(MADE, 3), np.random.default_rng(0)
    table = (rng.random((10_000, 3)) * 12).astype(np.float32)
    together = trees.predict(table)
    for index in (0, 4_095, 4_096, 8_191, 8_192, 9_999):
        assert together[index] == trees.predict(table[index : index + 1])[0]


def test_trees_come_back_as_they_were_written() -> None:
    trees = Trees.from_dict(MADE, 3)
    again = Trees.from_dict(json.loads(json.dumps(trees.to_dict())), 3)
    assert again.to_dict() == trees.to_dict() == MADE


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"leaves": [[0.0, 1.0, 2.0, 3.0]]}, "do not fit one another"),
        ({"leaves": [[0.0, 1.0], [2.0, 3.0]]}, "do not fit one another"),
        ({"borders": [[1.0, 10.0]]}, "do not fit one another"),
        ({"features": [0, 1]}, "do not fit one another"),
        ({"features": [[0, 3], [2, 0]]}, "a tree asks about a feature that is none of the 3"),
        ({"features": [[0, -1], [2, 0]]}, "a tree asks about a feature that is none of the 3"),
        ({"features": [[0, 1], [2]]}, "inhomogeneous"),
        ({"bias": "much"}, "could not convert string to float"),
    ],
)
def test_tables_that_do_not_fit_are_refused(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Trees.from_dict(MADE | change, 3)


@pytest.mark.parametrize("depth", [2, 4, 6])
def test_the_sums_are_those_of_catboost(depth: int, tmp_path: Path) -> None:
    catboost = pytest.importorskip("catboost")
    rng = np.random.default_rng(depth)
    table = np.round(rng.normal(size=(600, 7)), 5).astype(np.float32)
    target = table[:, 0] * (table[:, 1] > 0) + np.sin(table[:, 2]) + rng.normal(size=600) * 0.1
    model = catboost.CatBoostRegressor(
        iterations=30, depth=depth, random_seed=0, thread_count=1, allow_writing_files=False, verbose=False
    )
    model.fit(table, target)
    path = tmp_path / "model.json"
    model.save_model(str(path), format="json")
    given = json.loads(path.read_text(encoding="utf-8"))
    grown = given["oblivious_trees"]
    scale, bias = given["scale_and_bias"]
    trees = Trees.from_dict(
        {
            "bias": bias[0],
            "features": [[split["float_feature_index"] for split in tree["splits"]] for tree in grown],
            "borders": [[split["border"] for split in tree["splits"]] for tree in grown],
            "leaves": [[scale * value for value in tree["leaf_values"]] for tree in grown],
        },
        7,
    )
    assert trees.predict(table) == pytest.approx(model.predict(table), abs=1e-9)
    # What is written is rounded: borders to six decimals, finer than features are.
    assert Trees.from_dict(trees.to_dict(), 7).predict(table) == pytest.approx(model.predict(table), abs=1e-5)


def test_trees_that_share_questions_sum_as_each_alone() -> None:
    rng = np.random.default_rng(1)
    n_trees, depth = 30, 4
    features = rng.integers(0, 5, (n_trees, depth))
    given = {
        "bias": 0.25,
        "features": features.tolist(),
        "borders": rng.integers(0, 3, (n_trees, depth)).astype(float).tolist(),  # few: one tree may ask one twice
        "leaves": rng.integers(-8, 8, (n_trees, 2**depth)).astype(float).tolist(),
    }
    table = rng.integers(0, 4, (200, 5)).astype(np.float32)
    alone = [
        Trees.from_dict(
            {name: value[tree : tree + 1] for name, value in given.items() if name != "bias"} | {"bias": 0}, 5
        )
        for tree in range(n_trees)
    ]
    wanted = 0.25 + sum(tree.predict(table) for tree in alone)
    assert Trees.from_dict(given, 5).predict(table).tolist() == np.asarray(wanted).tolist()
