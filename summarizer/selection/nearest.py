"""What answers a query: the nearest sentences first, each with the one that it points at."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.selection.budget import Allowed, Knapsack


def nearest(preference: Sequence[int], pointing: Sequence[bool], budget: Knapsack, allowed: Allowed) -> list[int]:
    """Choose the nearest that fit, best first.

    A sentence that points at the one before it ("She will visit the town") brings that one along where both fit: the
    nearest sentence at once, the others with what the budget leaves, for what is brought along crowds out what answers.

    :param preference: sentences that may be chosen, nearest first.
    :param pointing: for each of the n sentences whether it points at the one before it in its article.
    :param budget: costs and limit; sentences that may not be brought along cost more than the limit.
    :param allowed: whether a sentence may join the chosen ones.
    :return: indices in the order chosen.

    O(n) questions to ``allowed``.
    """
    chosen: list[int] = []
    used = 0

    def bring(index: int) -> int:
        """Add the sentence before one that points at it; what that costs."""
        cost = int(budget.costs[index - 1]) if index and pointing[index] and index - 1 not in chosen else 0
        if cost and used + cost <= budget.limit:
            chosen.insert(chosen.index(index), index - 1)
            return cost
        return 0

    for index in preference:
        if index not in chosen and budget.fits(index, used) and allowed(index, chosen):
            chosen.append(index)
            used += int(budget.costs[index])
            if len(chosen) == 1:
                used += bring(index)
    for index in list(chosen):
        used += bring(index)
    return chosen
