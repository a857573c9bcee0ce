"""Gradient-boosted oblivious trees, read from JSON and evaluated in numpy.

All nodes of one level of an oblivious tree ask the same question, so a tree is a table: the answers are the bits of the
place of the leaf. Prokhorenkova et al. (2018), arXiv 1706.09516.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

#: Rows evaluated at once: with 100 trees 3 MB of leaf numbers, which stay in the cache of a processor.
_ROWS: Final = 4096
#: The answers of so many levels are the bits of one byte.
_BYTE: Final = 8


@dataclass(frozen=True)
class Trees:
    """t trees of depth d over numbered features.

    :param features: shape (d, t), the feature that a level of a tree asks about.
    :param borders: shape (d, t), float32; the answer is whether the feature is above.
    :param leaves: shape (t, 2 ** d); level k gives bit k of the leaf number.
    :param bias: added to the sum of the leaves.
    """

    features: NDArray[np.int64]
    borders: NDArray[np.float32]
    leaves: NDArray[np.float64]
    bias: float

    def predict(self, table: NDArray[np.float32]) -> NDArray[np.float64]:
        """Sum the leaves of every row.

        :param table: shape (n, number of features).
        :return: shape (n,). O(n t d).
        """
        found = np.full(len(table), self.bias)
        asked, borders, question = self._questions
        for start in range(0, len(table), _ROWS):
            rows = np.ascontiguousarray(table[start : start + _ROWS].T)
            answers = (rows.take(asked, axis=0) > borders[:, None]).view(np.uint8)
            if len(question) > _BYTE:
                answers = answers.astype(np.uint32)
            leaf = np.zeros((len(self.leaves), rows.shape[1]), dtype=answers.dtype)
            for level in reversed(question):
                leaf += leaf
                leaf += answers.take(level, axis=0)
            total = np.zeros(rows.shape[1])
            for leaves, place in zip(self.leaves, leaf.astype(np.intp), strict=True):
                total += leaves[place]
            found[start : start + _ROWS] += total
        return found

    @cached_property
    def _questions(self) -> tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.int64]]:
        """The different pairs of feature and border, and the pair that each level of a tree asks, shape (d, t).

        Trees share half of their questions, and answers of one byte move four times as fast as numbers.
        """
        pairs = zip(self.features.ravel().tolist(), self.borders.ravel().tolist(), strict=True)
        number: dict[tuple[int, float], int] = {}
        question = np.array([number.setdefault(pair, len(number)) for pair in pairs], dtype=np.int64)
        asked = np.array([feature for feature, _ in number], dtype=np.int64)
        borders = np.array([border for _, border in number], dtype=np.float32)
        return asked, borders, question.reshape(self.features.shape)

    def to_dict(self) -> dict[str, Any]:
        """Give the trees as JSON values."""
        return {
            "bias": self.bias,
            "features": self.features.T.tolist(),
            "borders": [[round(float(border), 6) for border in tree] for tree in self.borders.T],
            "leaves": [[round(float(leaf), 7) for leaf in tree] for tree in self.leaves],
        }

    @classmethod
    def from_dict(cls, given: Mapping[str, Any], n_features: int) -> Trees:
        """Read the trees back.

        :raises ValueError: if the tables do not fit one another or name a feature that is not there.
        """
        features = np.array(given["features"], dtype=np.int64).T
        borders = np.array(given["borders"], dtype=np.float32).T
        leaves = np.array(given["leaves"], dtype=np.float64)
        fit = features.ndim == 2 and features.shape == borders.shape
        if not fit or leaves.shape != (features.shape[1], 2 ** len(features)):
            raise ValueError("the tables of the trees do not fit one another")
        if features.size and not 0 <= int(features.min()) <= int(features.max()) < n_features:
            raise ValueError(f"a tree asks about a feature that is none of the {n_features}")
        return cls(features, borders, leaves, float(given["bias"]))
