"""Facility location: choose sentences so that every sentence has a similar one among the chosen."""

from __future__ import annotations

import heapq

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
    what it improves, over its length ** 0.7.

    :param similarity: cosines, shape (n, n), in [-1, 1].
    :param salience: shape (n,), higher matters more; scaled to [0, 1] here.
    :param words: shape (n,), lengths in words.
    :param budget: costs and limit.
    :param diversity: 0 = salience only, 1 = representation only.
    :return: indices in the order chosen.
    :raises ConfigError: if diversity is outside [0, 1].

    O(k n²) at worst, mostly O(n²). Lin and Bilmes (2011), aclanthology P11-1052, with the objective of Lin and Bilmes
    (2009), section 4.
    """
    if not 0 <= diversity <= 1:
        raise ConfigError(f"diversity must be in [0, 1], not {diversity!r}")
    similarity = np.maximum(similarity, 0)
    relevance = salience / max(float(salience.max(initial=0)), 1e-12)
    scale = np.maximum(words, 1).astype(np.float64) ** LENGTH_POWER
    gains = similarity.sum(axis=1).astype(np.float64) / scale
    largest = float(gains.max(initial=0)) or 1.0

    def value(index: int, gain: float) -> float:
        return round(float((1 - diversity) * relevance[index] + diversity * gain / largest), 6)

    # A gain never grows, so an old value is a bound: only what comes up first is computed again.
    heap = [(-value(index, gain), index, 0) for index, gain in enumerate(gains.tolist())]
    heapq.heapify(heap)
    represented = np.zeros(len(salience), dtype=np.float32)
    chosen: list[int] = []
    used = 0
    while heap:
        _, best, known = heapq.heappop(heap)
        if not budget.fits(best, used):
            continue
        if known < len(chosen):
            gain = float(np.maximum(similarity[best] - represented, 0).sum()) / scale[best]
            heapq.heappush(heap, (-value(best, gain), best, len(chosen)))
            continue
        chosen.append(best)
        used += int(budget.costs[best])
        represented = np.maximum(represented, similarity[best])
    return chosen
