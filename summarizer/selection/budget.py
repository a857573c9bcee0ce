"""The budget: what each sentence costs, and how what is left over is used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from summarizer.datatypes import Budget
from summarizer.protocols import TokenCounter
from summarizer.selection.redundancy import Redundancy
from summarizer.terms import count_words

#: Says whether a sentence may join those chosen.
Allowed = Callable[[int, list[int]], bool]

#: A summary that uses less than this share of its budget has one sentence exchanged for a better fitting one.
ENOUGH: Final = 0.85
#: A sentence that only fills a gap must have this share of the median salience of those chosen.
_WORTHY: Final = 0.3


@dataclass(frozen=True, slots=True)
class Knapsack:
    """What n sentences cost in the unit of the budget, and the most they may cost together.

    :param costs: shape (n,), at least 1.
    :param limit: the sum is never above it.
    """

    costs: NDArray[np.int64]
    limit: int

    def take(self, indices: NDArray[np.int64]) -> Knapsack:
        """Give the same limit over some of the sentences."""
        return Knapsack(self.costs[indices], self.limit)

    def used(self, chosen: Sequence[int]) -> int:
        """Give the cost of the chosen sentences together."""
        return int(self.costs[list(chosen)].sum())

    def fits(self, index: int, used: int) -> bool:
        """Say whether a sentence may still be added."""
        return used + int(self.costs[index]) <= self.limit


def measure(texts: Sequence[str], budget: Budget, counter: TokenCounter) -> int:
    """Count what a summary of these sentences uses, exactly as it will be printed: one a line.

    :param counter: counts tokens; read for budgets in tokens only.
    """
    if budget.unit == "sentences":
        return len(texts)
    if budget.unit == "words":
        return sum(map(count_words, texts))
    joined = "\n".join(texts)
    return len(joined) if budget.unit == "characters" else counter(joined)


def make_knapsack(texts: Sequence[str], words: NDArray[np.int64], budget: Budget, counter: TokenCounter) -> Knapsack:
    """Give the cost of each sentence so that sums bound what :func:`measure` will count.

    Characters count the line end between two sentences: each sentence costs one more, and so does the limit.
    Tokens of a joined text may differ from the sum of the parts by a few; the pipeline measures again.

    :param words: shape (n,), words of each text.
    """
    if budget.unit == "sentences":
        return Knapsack(np.ones(len(texts), dtype=np.int64), budget.limit)
    if budget.unit == "words":
        return Knapsack(words, budget.limit)
    if budget.unit == "characters":
        return Knapsack(np.array([len(text) + 1 for text in texts], dtype=np.int64), budget.limit + 1)
    return Knapsack(np.array([max(counter(text), 1) for text in texts], dtype=np.int64), budget.limit)


def fill(
    chosen: Sequence[int],
    preference: Sequence[int],
    salience: NDArray[np.float64],
    budget: Knapsack,
    redundancy: Redundancy,
    stands: Allowed | None = None,
) -> list[int]:
    """Add what still fits, and exchange one sentence for a better fitting one when much of the budget is unused.

    :param chosen: what a strategy chose, most valuable first.
    :param preference: all candidates, best first.
    :param salience: shape (n,); where enough is used already, only what matters nearly as much as the rest is added.
    :param budget: costs and limit.
    :param redundancy: which sentences exclude each other; repeated wording is allowed here before repeated facts are.
    :param stands: says whether a sentence can be read without one that was not chosen: a gap reads better than "he
        said" of nobody. Not asked while nothing is chosen.
    :return: the sentences in the order chosen; never over the limit.
    """
    result = list(chosen)
    allows = both(redundancy.allows, stands if result else None)
    allows_wording = both(redundancy.allows_wording, stands if result else None)
    bar = _WORTHY * float(np.median(salience[result])) if result else 0.0
    add(result, [index for index in preference if salience[index] >= bar], budget, allows)
    if budget.used(result) < ENOUGH * budget.limit:
        add(result, preference, budget, allows)
    if budget.used(result) < ENOUGH * budget.limit:
        _exchange(result, preference, salience, budget, allows)
    if budget.used(result) < ENOUGH * budget.limit:
        add(result, preference, budget, allows_wording)
    if budget.used(result) < ENOUGH * budget.limit:
        _exchange(result, preference, salience, budget, allows_wording)
    return result


def both(first: Allowed, second: Allowed | None) -> Allowed:
    """Give what allows a sentence that both allow."""
    return first if second is None else lambda index, chosen: second(index, chosen) and first(index, chosen)


def add(result: list[int], preference: Sequence[int], budget: Knapsack, allowed: Allowed) -> None:
    """Add every sentence that fits, best first."""
    used, taken, cheapest = budget.used(result), set(result), int(budget.costs.min(initial=1))
    for index in preference:
        if used + cheapest > budget.limit:
            return
        if index not in taken and budget.fits(index, used) and allowed(index, result):
            result.append(index)
            taken.add(index)
            used += int(budget.costs[index])


def _exchange(
    result: list[int], preference: Sequence[int], salience: NDArray[np.float64], budget: Knapsack, allowed: Allowed
) -> None:
    """Exchange the least valuable sentence possible for the best one with which enough of the budget is used.

    What matters far less than the sentence it replaces is not worth the words it fills.
    """
    taken = set(result)
    open_ = np.array([index for index in preference if index not in taken], dtype=np.int64)
    costs, total = budget.costs[open_], budget.used(result)
    for place in range(len(result) - 1, -1, -1):
        used = total - int(budget.costs[result[place]])
        worthy = salience[open_] >= _WORTHY * salience[result[place]]
        fitting = open_[worthy & (costs >= ENOUGH * budget.limit - used) & (costs <= budget.limit - used)]
        others = result[:place] + result[place + 1 :] if len(fitting) else []
        for index in fitting.tolist():
            if allowed(index, others):
                result[place] = index
                return
