"""Greedy choice by learned salience and coverage; the default."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from summarizer.salience import LENGTH_POWER, Candidates, blend
from summarizer.selection.budget import ENOUGH, Allowed, Knapsack

#: The support of a concept counts up to so many origins, and by their number: in fifty updates, squares would leave
#: nothing to say once the most repeated words stand there (0.3 ROUGE-1 and 0.2 ROUGE-2 on many short documents).
_MOST_ORIGINS: Final = 5
#: So much of a gain falls with the share of a sentence's supported concepts that was said already. Held out, 0.5 was
#: best on full articles; 1 loses 0.3 ROUGE-1 and 0.6 ROUGE-2 there.
_SAID_SHARE: Final = 0.5
#: Gains have nine decimals.
_ROUNDING: Final = 1e-8


def coverage(
    candidates: Candidates,
    budget: Knapsack,
    follows: NDArray[np.bool_],
    *,
    allowed: Allowed | None = None,
    least_gain: float = 0.0,
) -> list[int]:
    """Choose the sentence that adds most, until nothing fits.

    The gain of a sentence is its merit, times what a summary is expected to hold and does not hold yet, over its length
    to the power 0.7, times its factors. One half of that falls with the share of its supported concepts that were
    said already. For a handful of accounts it is the weight of its shared concepts not said yet over the root of its
    length. A sentence that points at the one before it may come together with that
    one, as a run of two with the mean of both gains; behind it, it has its full gain. Gains otherwise only fall as more
    is said, so they are recomputed lazily, best first.

    :param candidates: n sentences.
    :param budget: costs and limit.
    :param follows: shape (n,), which sentences stand right behind the one before them in one article.
    :param allowed: whether a sentence may join the chosen ones; None for always.
    :param least_gain: once :data:`ENOUGH` of the limit is used, sentences that gain less than this share of the first
        one's gain are not chosen: a gap is better than a filler.
    :return: indices in the order chosen; sentences that add nothing are not chosen.

    About O(n log n) recomputations. Runs of two gain 0.2 ROUGE-1 and 0.3 ROUGE-2 on full articles, at as many sentences
    without the one before them. Concepts as word pairs: Gillick and Favre (2009), aclanthology W09-1802; lazy greedy
    under a budget: Lin and Bilmes (2010), aclanthology N10-1134; learned pair weights: Li, Qian and Liu (2013),
    aclanthology P13-1099; weights by documents, not tokens: see :mod:`summarizer.concepts`.
    """
    state = _Said(candidates, follows)
    fitting = budget.costs <= budget.limit
    # What a sentence adds when nothing is said yet bounds what it ever adds; the gain itself is found when it comes up.
    bounds = candidates.salience.tolist()
    heap: list[tuple[float, tuple[int, ...]]] = [
        (-bounds[index], (index,)) for index in np.flatnonzero((candidates.salience > 0) & fitting).tolist()
    ]
    pointing = np.flatnonzero(follows & (candidates.standing < 1) & fitting).tolist()
    pairs = {(index - 1, index) for index in pointing if fitting[index - 1]}
    for first, second in sorted(pairs):
        bound = (bounds[first] + bounds[second] / candidates.standing[second] ** (1 - candidates.accounts)) / 2
        heap.append((-bound - _ROUNDING, (first, second)))
    heapq.heapify(heap)
    chosen: list[int] = []
    taken: set[int] = set()
    used, bar = 0, 0.0
    while heap:
        bound, run = heapq.heappop(heap)
        cost = int(budget.costs[list(run)].sum())
        if used + cost > budget.limit or not taken.isdisjoint(run):
            continue
        gain = state.gain(run)
        if gain <= 0:
            continue
        if gain < -bound:
            heapq.heappush(heap, (-gain, run))
            continue
        if allowed is not None and not _all_allowed(run, chosen, allowed):
            continue
        if gain < bar and used >= ENOUGH * budget.limit:
            return chosen
        bar = bar or least_gain * gain
        chosen += run
        taken.update(run)
        used += cost
        state.say(run)
        following = run[-1] + 1
        if following < len(follows) and follows[following] and fitting[following] and following not in taken:
            for risen in ((following,), (following, following + 1)):
                if len(risen) == 1 or risen in pairs:
                    heapq.heappush(heap, (-state.gain(risen), risen))
    return chosen


def _all_allowed(run: Sequence[int], chosen: list[int], allowed: Allowed) -> bool:
    """Say whether each sentence of a run may join the chosen ones and those of the run before it."""
    return all(allowed(index, [*chosen, *run[:place]]) for place, index in enumerate(run))


class _Said:
    """What was said so far, and what sentences add to it."""

    def __init__(self, candidates: Candidates, follows: NDArray[np.bool_]) -> None:
        concepts = candidates.concepts
        self._concepts, self._expected, self._follows = concepts, candidates.expected, follows
        self._strength, self._weights = candidates.accounts, concepts.weights
        origins = np.maximum(concepts.origins, 1)
        self._support = concepts.weights * np.minimum(origins, _MOST_ORIGINS) / origins.astype(np.float64) ** 2
        support = np.bincount(concepts.owners, weights=self._support[concepts.indices], minlength=len(concepts))
        self._supported = np.maximum(support, 1e-9)
        words = np.maximum(candidates.words, 1).astype(np.float64)
        self._scale, self._root = candidates.merit / words**LENGTH_POWER, np.sqrt(words)
        self._factors = candidates.brevity * candidates.affinity * candidates.relevance
        self._standing = candidates.standing.copy()
        # Of a handful of accounts a briefing is made that is quoted from, a sentence at a time.
        self._behind = candidates.standing**candidates.accounts
        self._covered = np.zeros(len(concepts.weights), dtype=np.bool_)

    def gain(self, run: Sequence[int]) -> float:
        """Give what a run of one or two sentences adds, a sentence."""
        first = self._gain(run[0], self._standing[run[0]])
        if len(run) == 1:
            return round(first, 9)
        held = self._concepts.of(run[0])
        before = self._covered[held]
        self._covered[held] = True
        second = self._gain(run[1], self._behind[run[1]])
        self._covered[held] = before
        return round((first + second) / 2, 9)

    def say(self, run: Sequence[int]) -> None:
        """Take note of what a run says; the sentence behind it can point at it now."""
        for index in run:
            self._covered[self._concepts.of(index)] = True
        if run[-1] + 1 < len(self._follows) and self._follows[run[-1] + 1]:
            self._standing[run[-1] + 1] = self._behind[run[-1] + 1]

    def _gain(self, index: int, standing: float) -> float:
        held = self._concepts.of(index)
        new = held[~self._covered[held]]
        share = float(self._support[new].sum() / self._supported[index])
        told = float(self._expected[new].sum() * self._scale[index])
        learned = told * ((1 - _SAID_SHARE) + _SAID_SHARE * share)
        shared = float(self._weights[new].sum() / self._root[index])
        return float(blend(learned, shared, self._strength) * self._factors[index]) * standing
