"""Centroid at summary level: the set of sentences whose sum points where all sentences together point."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from summarizer.selection.budget import Allowed, Knapsack
from summarizer.vectors import SparseRows


def centroid(
    lexical: SparseRows, factors: NDArray[np.float64], budget: Knapsack, *, allowed: Allowed | None = None
) -> list[int]:
    """Choose greedily the sentence with which the sum of the chosen vectors is closest to the centroid.

    :param lexical: n unit rows.
    :param factors: shape (n,), weight of each sentence in the centroid and multiplier of its cosine.
    :param budget: costs and limit.
    :param allowed: whether a sentence may join the chosen ones; None for always.
    :return: indices in the order chosen.

    O(k · entries). Gholipour Ghalandari (2017), doi:10.18653/v1/W17-4511
    """
    n, owner = len(lexical), lexical.row_of_entry()
    weights = lexical.values.astype(np.float64)
    centre = np.bincount(lexical.indices, weights=weights * factors[owner], minlength=lexical.n_columns)
    toward = np.bincount(owner, weights=weights * centre[lexical.indices], minlength=n)
    square = np.bincount(owner, weights=weights**2, minlength=n)
    total = np.zeros(lexical.n_columns)
    open_ = np.ones(n, dtype=np.bool_)
    chosen: list[int] = []
    used, reached = 0, 0.0
    while True:
        open_ &= budget.costs <= budget.limit - used
        along = np.bincount(owner, weights=weights * total[lexical.indices], minlength=n)
        norm = np.sqrt(np.maximum(total @ total + 2 * along + square, 1e-12))
        value = np.round((reached + toward) / norm * factors, 9)
        # One that is not allowed now never will be, and leaves the values as they are: the next best follows at once.
        for best in _best_first(value, open_):
            open_[best] = False
            if allowed is None or allowed(best, chosen):
                break
        else:
            return chosen
        chosen.append(best)
        used += int(budget.costs[best])
        reached += float(toward[best])
        row = slice(lexical.indptr[best], lexical.indptr[best + 1])
        total[lexical.indices[row]] += weights[row]


def _best_first(value: NDArray[np.float64], open_: NDArray[np.bool_]) -> Iterator[int]:
    """Give the open sentences by value, ties to the lower index; the few best are found without sorting all."""
    places = np.flatnonzero(open_)
    for most in (64, len(places)):
        if most < len(places):
            bar = np.partition(value[places], -most)[-most]
            first = places[value[places] >= bar]
        else:
            first = places
        yield from first[np.argsort(-value[first], kind="stable")].tolist()
        places = np.setdiff1d(places, first, assume_unique=True)
