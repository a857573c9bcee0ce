"""Centroid at summary level: the set of sentences whose sum points where all sentences together point."""

from __future__ import annotations

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
    used = 0
    while True:
        open_ &= budget.costs <= budget.limit - used
        if not open_.any():
            return chosen
        along = np.bincount(owner, weights=weights * total[lexical.indices], minlength=n)
        norm = np.sqrt(np.maximum(total @ total + 2 * along + square, 1e-12))
        reached = sum(toward[index] for index in chosen)
        value = np.round((reached + toward) / norm * factors, 9)
        best = int(np.lexsort((np.arange(n), -np.where(open_, value, -np.inf)))[0])
        open_[best] = False
        if allowed is not None and not allowed(best, chosen):
            continue
        chosen.append(best)
        used += int(budget.costs[best])
        row = slice(lexical.indptr[best], lexical.indptr[best + 1])
        total[lexical.indices[row]] += weights[row]
