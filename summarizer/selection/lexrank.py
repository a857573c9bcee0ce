"""LexRank: sentences that many similar sentences point to."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from summarizer.errors import ConfigError
from summarizer.selection.budget import Allowed, Knapsack

_MAX_STEPS: Final = 200
_TOLERANCE: Final = 1e-8


def centrality(
    similarity: NDArray[np.float32], *, threshold: float = 0.1, damping: float = 0.85
) -> NDArray[np.float64]:
    """Give the stationary distribution of a walk between similar sentences.

    :param similarity: cosines, shape (n, n), in [-1, 1].
    :param threshold: cosines below it are no edge; 0.1 is the paper's.
    :param damping: 0 = every sentence alike, 1 = the graph alone.
    :return: shape (n,), at least 0, sum 1.
    :raises ConfigError: if damping is outside [0, 1].
    """
    if not 0 <= damping <= 1:
        raise ConfigError(f"damping must be in [0, 1], not {damping!r}")
    n = len(similarity)
    if not n:
        return np.zeros(0)
    edges = np.where(similarity >= threshold, similarity, 0).astype(np.float64)
    np.fill_diagonal(edges, 1.0)  # an empty sentence has no cosine to itself, and every row must sum to 1
    edges /= edges.sum(axis=1, keepdims=True)
    rank = np.full(n, 1 / n)
    for _ in range(_MAX_STEPS):
        following = (1 - damping) / n + damping * (rank @ edges)
        if np.abs(following - rank).sum() < _TOLERANCE:
            break
        rank = following
    return following


def lexrank(
    similarity: NDArray[np.float32],
    budget: Knapsack,
    *,
    factors: NDArray[np.float64] | None = None,
    allowed: Allowed | None = None,
    threshold: float = 0.1,
    damping: float = 0.85,
) -> list[int]:
    """Choose the most central sentences that repeat none of those chosen.

    :param similarity: cosines, shape (n, n), in [-1, 1].
    :param budget: costs and limit.
    :param factors: shape (n,), multiplies the centrality; None for none.
    :param allowed: whether a sentence may join the chosen ones; None for always.
    :param threshold: see :func:`centrality`.
    :param damping: see :func:`centrality`.
    :return: indices in the order chosen.

    O(n² steps). Continuous LexRank, Erkan and Radev (2004), doi:10.1613/jair.1523
    """
    rank = centrality(similarity, threshold=threshold, damping=damping)
    value = np.round(rank * len(rank) * (1 if factors is None else factors), 6)
    chosen: list[int] = []
    used = 0
    for index in np.lexsort((np.arange(len(value)), -value)).tolist():
        if budget.fits(index, used) and (allowed is None or allowed(index, chosen)):
            chosen.append(index)
            used += int(budget.costs[index])
    return chosen
