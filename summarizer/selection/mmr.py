"""Maximal marginal relevance."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from summarizer.errors import ConfigError
from summarizer.selection.budget import Knapsack


def mmr(
    similarity: NDArray[np.float32], salience: NDArray[np.float64], budget: Knapsack, *, diversity: float = 0.5
) -> list[int]:
    """Choose sentences by maximal marginal relevance.

    Each step takes the sentence with the best (1 - diversity) * salience - diversity * redundancy that still fits; the
    redundancy of a sentence is the greatest similarity to a chosen sentence; ties go to the lower index.

    :param similarity: cosines, shape (n, n), in [-1, 1].
    :param salience: shape (n,), higher matters more; scaled to [0, 1] here.
    :param budget: costs and limit.
    :param diversity: 0 = salience only, 1 = diversity only.
    :return: indices in the order chosen.
    :raises ConfigError: if diversity is outside [0, 1].

    O(k n). Carbonell and Goldstein (1998), doi:10.1145/290941.291025
    """
    if not 0 <= diversity <= 1:
        raise ConfigError(f"diversity must be in [0, 1], not {diversity!r}")
    relevance = salience / max(float(salience.max(initial=0)), 1e-12)
    redundancy = np.zeros(len(salience))
    open_ = np.ones(len(salience), dtype=np.bool_)
    chosen: list[int] = []
    used = 0
    while True:
        open_ &= budget.costs <= budget.limit - used
        if not open_.any():
            return chosen
        value = np.round((1 - diversity) * relevance - diversity * redundancy, 9)
        # Of equally diverse sentences the salient one: otherwise the first choice at diversity 1 would be arbitrary.
        best = int(np.lexsort((np.arange(len(value)), -relevance, -np.where(open_, value, -np.inf)))[0])
        chosen.append(best)
        open_[best] = False
        used += int(budget.costs[best])
        redundancy = np.maximum(redundancy, similarity[best])
