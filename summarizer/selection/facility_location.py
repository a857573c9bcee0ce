"""Facility location: choose sentences so that every sentence has a similar one among the chosen."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from summarizer.errors import ConfigError
from summarizer.salience import LENGTH_POWER
from summarizer.selection.budget import Knapsack


def facility_location(
    similarity: NDArray[np.float32],
    salience: NDArray[np.float64],
    words: NDArray[np.int64],
    budget: Knapsack,
    *,
    diversity: float = 0.5,
) -> list[int]:
    """Choose greedily by (1 - diversity) * salience + diversity * what a sentence adds to how well all are represented.

    A set represents sentence j as well as its most similar member does; the gain of a sentence is the sum over j of
    what it improves, over its length ** 0.5.

    :param similarity: cosines, shape (n, n), in [-1, 1].
    :param salience: shape (n,), higher matters more; scaled to [0, 1] here.
    :param words: shape (n,), lengths in words.
    :param budget: costs and limit.
    :param diversity: 0 = salience only, 1 = representation only.
    :return: indices in the order chosen.
    :raises ConfigError: if diversity is outside [0, 1].

    O(k n²). Lin and Bilmes (2011), aclanthology P11-1052, with the objective of Lin and Bilmes (2009), section 4.
    """
    if not 0 <= diversity <= 1:
        raise ConfigError(f"diversity must be in [0, 1], not {diversity!r}")
    similarity = np.maximum(similarity, 0)
    relevance = salience / max(float(salience.max(initial=0)), 1e-12)
    scale = np.maximum(words, 1).astype(np.float64) ** LENGTH_POWER
    represented = np.zeros(len(salience), dtype=np.float32)
    open_ = np.ones(len(salience), dtype=np.bool_)
    chosen: list[int] = []
    used, largest = 0, 0.0
    while True:
        open_ &= budget.costs <= budget.limit - used
        if not open_.any():
            return chosen
        gains = np.maximum(similarity - represented, 0).sum(axis=1).astype(np.float64) / scale
        largest = largest or float(gains.max()) or 1.0
        value = np.round((1 - diversity) * relevance + diversity * gains / largest, 6)
        best = int(np.lexsort((np.arange(len(value)), -np.where(open_, value, -np.inf)))[0])
        chosen.append(best)
        open_[best] = False
        used += int(budget.costs[best])
        represented = np.maximum(represented, similarity[best])
