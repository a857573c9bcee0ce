"""Greedy coverage of concepts that independent documents share; the default."""

from __future__ import annotations

import heapq

import numpy as np
from numpy.typing import NDArray

from summarizer.concepts import Concepts
from summarizer.salience import LENGTH_POWER
from summarizer.selection.budget import ENOUGH, Allowed, Knapsack


def coverage(
    concepts: Concepts,
    factors: NDArray[np.float64],
    words: NDArray[np.int64],
    budget: Knapsack,
    *,
    allowed: Allowed | None = None,
    length_power: float = LENGTH_POWER,
    least_gain: float = 0.0,
) -> list[int]:
    """Choose the sentence that adds most weight of concepts not yet covered, over its length, until nothing fits.

    A concept counts once, so what is said again adds nothing. The gain can only fall as more is covered (it is
    submodular), so gains are recomputed lazily, best first.

    :param concepts: what n sentences say, with weights of at least 0.
    :param factors: shape (n,), multiplies the gain of a sentence.
    :param words: shape (n,), lengths in words.
    :param budget: costs and limit.
    :param allowed: whether a sentence may join the chosen ones; None for always.
    :param least_gain: once :data:`ENOUGH` of the limit is used, sentences that gain less than this share of the first
        one's gain are not chosen: a gap is better than a filler.
    :param length_power: 0 = longest wins, 1 = weight per word.
    :return: indices in the order chosen; sentences that add nothing are not chosen.

    About O(n log n) recomputations. Concepts as word pairs: Gillick and Favre (2009), aclanthology W09-1802; lazy
    greedy under a budget: Lin and Bilmes (2010), aclanthology N10-1134; weights by documents, not tokens: see
    :mod:`summarizer.concepts`.
    """
    scale = factors / np.maximum(words, 1).astype(np.float64) ** length_power
    gains = np.round(concepts.totals() * scale, 9)
    covered = np.zeros(len(concepts.weights), dtype=np.bool_)
    heap = [(-gain, index) for index, gain in enumerate(gains.tolist()) if gain > 0]
    heapq.heapify(heap)
    chosen: list[int] = []
    used, bar = 0, 0.0
    while heap:
        bound, index = heapq.heappop(heap)
        if not budget.fits(index, used):
            continue
        held = concepts.of(index)
        gain = round(float(concepts.weights[held[~covered[held]]].sum() * scale[index]), 9)
        if gain < -bound:
            if gain > 0:
                heapq.heappush(heap, (-gain, index))
            continue
        if allowed is not None and not allowed(index, chosen):
            continue
        if gain < bar and used >= ENOUGH * budget.limit:
            return chosen
        bar = bar or least_gain * gain
        chosen.append(index)
        used += int(budget.costs[index])
        covered[held] = True
    return chosen
