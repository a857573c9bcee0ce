"""Greedy choice by learned salience and coverage; the default."""

from __future__ import annotations

import heapq
from typing import Final

import numpy as np
from numpy.typing import NDArray

from summarizer.salience import LENGTH_POWER, Candidates
from summarizer.selection.budget import ENOUGH, Allowed, Knapsack

#: Half of a gain falls with the share of a sentence's supported concepts that was said already.
_COVERED_SHARE: Final = 0.5


def coverage(
    candidates: Candidates,
    budget: Knapsack,
    follows: NDArray[np.bool_],
    *,
    allowed: Allowed | None = None,
    least_gain: float = 0.0,
) -> list[int]:
    """Choose the sentence that adds most, until nothing fits.

    The gain of a sentence is its merit, times what a summary is expected to hold and does not hold yet, over the root of
    its length, times one half and half the share of its supported concepts that are not said yet, times its factors. A
    sentence that points at the one before it has its full gain once that one is chosen. Gains otherwise only fall as
    more is said, so they are recomputed lazily, best first.

    :param candidates: n sentences.
    :param budget: costs and limit.
    :param follows: shape (n,), which sentences stand right behind the one before them in one article.
    :param allowed: whether a sentence may join the chosen ones; None for always.
    :param least_gain: once :data:`ENOUGH` of the limit is used, sentences that gain less than this share of the first
        one's gain are not chosen: a gap is better than a filler.
    :return: indices in the order chosen; sentences that add nothing are not chosen.

    About O(n log n) recomputations. Concepts as word pairs: Gillick and Favre (2009), aclanthology W09-1802; lazy
    greedy under a budget: Lin and Bilmes (2010), aclanthology N10-1134; learned pair weights: Li, Qian and Liu (2013),
    aclanthology P13-1099; weights by documents, not tokens: see :mod:`summarizer.concepts`.
    """
    state = _Said(candidates)
    heap = [(-gain, index) for index, gain in enumerate(candidates.salience.tolist()) if gain > 0]
    heapq.heapify(heap)
    chosen: list[int] = []
    taken: set[int] = set()
    used, bar = 0, 0.0
    while heap:
        bound, index = heapq.heappop(heap)
        if index in taken or not budget.fits(index, used):
            continue
        gain = state.gain(index)
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
        taken.add(index)
        used += int(budget.costs[index])
        state.say(index)
        following = index + 1
        if following < len(follows) and follows[following] and following not in taken:
            state.standing[following] = 1.0
            heapq.heappush(heap, (-state.gain(following), following))
    return chosen


class _Said:
    """What was said so far, and what a sentence adds to it."""

    def __init__(self, candidates: Candidates) -> None:
        concepts = candidates.concepts
        self._concepts, self._expected = concepts, candidates.expected
        self._supported = np.maximum(concepts.totals(), 1e-9)
        self._scale = candidates.merit * candidates.relevance / np.maximum(candidates.words, 1) ** LENGTH_POWER
        self._covered = np.zeros(len(concepts.weights), dtype=np.bool_)
        self.standing = candidates.standing.copy()

    def gain(self, index: int) -> float:
        held = self._concepts.of(index)
        new = held[~self._covered[held]]
        share = float(self._concepts.weights[new].sum() / self._supported[index])
        told = float(self._expected[new].sum() * self._scale[index] * self.standing[index])
        return round(told * ((1 - _COVERED_SHARE) + _COVERED_SHARE * share), 9)

    def say(self, index: int) -> None:
        self._covered[self._concepts.of(index)] = True
