"""Greedy choice by learned salience and coverage; the default."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from summarizer.salience import LENGTH_POWER, Candidates, blend
from summarizer.selection.budget import ENOUGH, Allowed, Knapsack
from summarizer.vectors import ranges

#: The support of a concept counts up to so many origins, and by their number: in fifty updates, squares would leave
#: nothing to say once the most repeated words stand there (0.3 ROUGE-1 and 0.2 ROUGE-2 on many short documents).
_MOST_ORIGINS: Final = 5
#: So much of a gain falls with the share of a sentence's supported concepts that was said already. Held out, 0.5 was
#: best on full articles; 1 loses 0.3 ROUGE-1 and 0.6 ROUGE-2 there.
_SAID_SHARE: Final = 0.5
#: A sum of which everything was taken off again differs from 0 by rounding; what concepts are expected to hold has six
#: decimals, and their weights are not below 1e-3.
_NOTHING: Final = 1e-8
#: Gains have nine decimals.
_ROUNDING: Final = 1e-8


def coverage(
    candidates: Candidates,
    budget: Knapsack,
    follows: NDArray[np.bool_],
    *,
    allowed: Allowed | None = None,
    least_gain: float = 0.0,
    antecedent: NDArray[np.bool_] | None = None,
    behind: NDArray[np.bool_] | None = None,
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
    :param antecedent: shape (n,), sentences that are chosen only as the first of a run of two; None for none.
    :param behind: shape (n,), sentences that are chosen only behind the one before them; None for none.
    :return: indices in the order chosen; sentences that add nothing are not chosen.

    About O(n log n) recomputations. Runs of two gain 0.2 ROUGE-1 and 0.3 ROUGE-2 on full articles, at as many sentences
    without the one before them. Concepts as word pairs: Gillick and Favre (2009), aclanthology W09-1802; lazy greedy
    under a budget: Lin and Bilmes (2010), aclanthology N10-1134; learned pair weights: Li, Qian and Liu (2013),
    aclanthology P13-1099; weights by documents, not tokens: see :mod:`summarizer.concepts`.
    """
    state = _Said(candidates, follows)
    fitting, costs = budget.costs <= budget.limit, budget.costs.tolist()
    # What a sentence adds when nothing is said yet bounds what it ever adds; the gain itself is found when it comes up.
    bounds = candidates.salience.tolist()
    alone = fitting if antecedent is None else fitting & ~antecedent
    opens = np.ones(len(bounds), dtype=np.bool_) if behind is None else ~behind
    heap: list[tuple[float, tuple[int, ...]]] = [
        (-bounds[index], (index,)) for index in np.flatnonzero((candidates.salience > 0) & alone & opens).tolist()
    ]
    pointing = np.flatnonzero(follows & (candidates.standing < 1) & fitting).tolist()
    pairs = {(index - 1, index) for index in pointing if fitting[index - 1] and alone[index]}
    for first, second in sorted(pair for pair in pairs if opens[pair[0]]):
        bound = (bounds[first] + bounds[second] / candidates.standing[second] ** (1 - candidates.accounts)) / 2
        heap.append((-bound - _ROUNDING, (first, second)))
    heapq.heapify(heap)
    chosen: list[int] = []
    taken: set[int] = set()
    used, bar, cheapest = 0, 0.0, min(costs, default=1)
    while heap and used + cheapest <= budget.limit:
        bound, run = heapq.heappop(heap)
        cost = costs[run[0]] if len(run) == 1 else costs[run[0]] + costs[run[1]]
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
                if alone[following] if len(risen) == 1 else risen in pairs:
                    heapq.heappush(heap, (-state.gain(risen), risen))
    return chosen


def _all_allowed(run: Sequence[int], chosen: list[int], allowed: Allowed) -> bool:
    """Say whether each sentence of a run may join the chosen ones and those of the run before it."""
    return all(allowed(index, [*chosen, *run[:place]]) for place, index in enumerate(run))


class _Said:
    """What was said so far, and what sentences add to it.

    Three sums are kept for each sentence, over its concepts that were not said yet: what is expected of them, their
    support by origins, and their weight. What is said is taken off the sums of all that hold it, once a concept.
    """

    def __init__(self, candidates: Candidates, follows: NDArray[np.bool_]) -> None:
        concepts = candidates.concepts
        self._concepts, self._follows, self._strength = concepts, follows, candidates.accounts
        origins = np.maximum(concepts.origins, 1)
        support = concepts.weights * np.minimum(origins, _MOST_ORIGINS) / origins.astype(np.float64) ** 2
        self._values = (candidates.expected, support, concepts.weights)
        self._sums = tuple(
            np.bincount(concepts.owners, weights=values[concepts.indices], minlength=len(concepts)).astype(np.float64)
            for values in self._values
        )
        self._supported = np.maximum(self._sums[1], 1e-9).tolist()
        words = np.maximum(candidates.words, 1).astype(np.float64)
        self._scale: list[float] = (candidates.merit / words**LENGTH_POWER).tolist()
        self._root: list[float] = np.sqrt(words).tolist()
        self._factors: list[float] = (candidates.brevity * candidates.affinity * candidates.relevance).tolist()
        self._standing: list[float] = candidates.standing.tolist()
        # Of a handful of accounts a briefing is made that is quoted from, a sentence at a time.
        self._behind: list[float] = (candidates.standing**candidates.accounts).tolist()
        self._open = np.ones(len(concepts.weights), dtype=np.bool_)
        self._n_holders = np.bincount(concepts.indices, minlength=len(concepts.weights))
        self._first_holder = np.cumsum(self._n_holders) - self._n_holders

    def gain(self, run: Sequence[int]) -> float:
        """Give what a run of one or two sentences adds, a sentence."""
        index = run[0]
        first = self._gain(index, [left.item(index) for left in self._sums], self._standing[index])
        if len(run) == 1:
            return round(first, 9)
        index, held = run[1], set(self._concepts.of(run[0]).tolist())
        both = [concept for concept in self._concepts.of(index).tolist() if concept in held and self._open[concept]]
        sums = [
            left.item(index) - sum(values[both].tolist()) for left, values in zip(self._sums, self._values, strict=True)
        ]
        second = self._gain(index, sums, self._behind[index])
        return round((first + second) / 2, 9)

    def say(self, run: Sequence[int]) -> None:
        """Take note of what a run says; the sentence behind it can point at it now."""
        concept, holder = self._concepts.by_concept
        for index in run:
            held = self._concepts.of(index)
            new = held[self._open[held]]
            self._open[new] = False
            entries = ranges(self._first_holder[new], self._n_holders[new])
            holders, said = holder[entries], concept[entries]
            for left, values in zip(self._sums, self._values, strict=True):
                np.subtract.at(left, holders, values[said])
        if run[-1] + 1 < len(self._follows) and self._follows[run[-1] + 1]:
            self._standing[run[-1] + 1] = self._behind[run[-1] + 1]

    def _gain(self, index: int, sums: Sequence[float], standing: float) -> float:
        expected, support, weight = sums
        expected = expected if expected > _NOTHING else 0.0
        share = (support if support > _NOTHING else 0.0) / self._supported[index]
        learned = expected * self._scale[index] * ((1 - _SAID_SHARE) + _SAID_SHARE * share)
        gain: float = blend(learned, (weight if weight > _NOTHING else 0.0) / self._root[index], self._strength)
        return gain * self._factors[index] * standing
