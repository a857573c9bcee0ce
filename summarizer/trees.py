"""Gradient-boosted oblivious trees, read from JSON and evaluated in numpy.

All nodes of one level of an oblivious tree ask the same question, so a tree is a table: the answers are the bits of the
place of the leaf. Trees that share questions are added up to one table before anything is looked up.
Prokhorenkova et al. (2018), arXiv 1706.09516.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

#: Rows evaluated at once: with 50 tables 2 MB of places, which stay in the cache of a processor.
_ROWS: Final = 4096
#: The trees of one table ask so many questions together, whose answers are the bits of one byte: 120 trees of depth 4
#: become 50 tables of 2 KB, and expectations take half the time. Larger tables are fewer, but leave the nearest cache.
_QUESTIONS: Final = 8


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
        asked, borders, question, tables = self._tables
        for start in range(0, len(table), _ROWS):
            rows = np.ascontiguousarray(table[start : start + _ROWS].T)
            # Beyond the questions there is one more, answered with no, for the bits that a table does not use.
            answers = np.zeros((len(asked) + 1, rows.shape[1]), dtype=np.min_scalar_type((1 << len(question)) - 1))
            answers[:-1] = rows.take(asked, axis=0) > borders[:, None]
            place = np.zeros((len(tables), rows.shape[1]), dtype=answers.dtype)
            for level in reversed(question):
                place += place
                place += answers.take(level, axis=0)
            total = found[start : start + _ROWS]
            for leaves, places in zip(tables, place.astype(np.intp), strict=True):
                total += leaves.take(places)
        return found

    @cached_property
    def _tables(self) -> tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.int64], NDArray[np.float64]]:
        """The different questions, as features and borders; those that each table asks; and its sums of leaves.

        Question k of a table, the last one where it has fewer, gives bit k of the place of a sum.
        """
        features, borders = self.features.T.tolist(), self.borders.T.tolist()
        number: dict[tuple[int, float], int] = {}
        trees = [
            [number.setdefault(pair, len(number)) for pair in zip(*tree, strict=True)]
            for tree in zip(features, borders, strict=True)
        ]
        groups = _group(trees)
        width = max((len(asked) for asked, _ in groups), default=0)
        question = np.full((width, len(groups)), len(number), dtype=np.int64)
        tables = np.zeros((len(groups), 1 << width))
        places = np.arange(1 << width)
        for index, (asked, members) in enumerate(groups):
            question[: len(asked), index] = asked
            for member in members:
                leaf = sum((places >> asked.index(one) & 1) << level for level, one in enumerate(trees[member]))
                tables[index] += self.leaves[member][leaf]
        return (
            np.array([feature for feature, _ in number], dtype=np.int64),
            np.array([border for _, border in number], dtype=np.float32),
            question,
            tables,
        )

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


def _group(trees: Sequence[Sequence[int]]) -> list[tuple[list[int], list[int]]]:
    """Group trees that ask few different questions together: each takes in those that add fewest.

    :param trees: the questions of each.
    :return: for each group its questions, :data:`_QUESTIONS` at most unless one tree has more, and its trees.
    """
    left = {number: frozenset(tree) for number, tree in enumerate(trees)}
    groups = []
    while left:
        member = min(left)
        members, asked = [member], left.pop(member)
        while left:
            added, member = min((len(tree - asked), number) for number, tree in left.items())
            if len(asked) + added > _QUESTIONS:
                break
            members.append(member)
            asked |= left.pop(member)
        groups.append((sorted(asked), members))
    return groups
