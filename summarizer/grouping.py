"""Groups of items of which every two are similar, by merging the closest first."""

from __future__ import annotations

import heapq

import numpy as np
from numpy.typing import NDArray

from summarizer.vectors import Pairs, are_new, sort_with_places


def complete_link(groups: NDArray[np.int64], pairs: Pairs, *, at_least: float = 0.0) -> NDArray[np.int64]:
    """Merge groups, closest first, while every pair across two groups is listed.

    The similarity of two groups is that of their farthest pair. Because only listed pairs can merge, the neighbours of
    a merged group are the common neighbours of its parts, and no similarity outside the list is ever needed.

    :param groups: shape (n,), the group that each item starts in, numbered below n; ``arange(n)`` for one each.
    :param pairs: similar pairs, at or above the threshold that merging stops at.
    :param at_least: leave out pairs below it.
    :return: shape (n,), the lowest starting group in each final group. O(m log m) for m pairs, plus merging.
    """
    neighbours = _group_neighbours(groups, pairs, at_least)
    heap = [(-similarity, a, b) for a, found in neighbours.items() for b, similarity in found.items() if a < b]
    heapq.heapify(heap)
    parent = list(range(len(groups)))
    while heap:
        negative, a, b = heapq.heappop(heap)
        if neighbours.get(a, {}).get(b) != -negative:
            continue  # a part was merged since
        of_a, of_b = neighbours.pop(a), neighbours.pop(b)
        merged = {c: min(similarity, of_b[c]) for c, similarity in of_a.items() if c in of_b}
        for part, found in ((a, of_a), (b, of_b)):
            for c in found:
                if c in neighbours:
                    del neighbours[c][part]
        neighbours[a] = merged
        parent[b] = a
        for c, similarity in merged.items():
            neighbours[c][a] = similarity
            heapq.heappush(heap, (-similarity, min(a, c), max(a, c)))
    for index, above in enumerate(parent):  # a parent is lower than its child, so it is final already
        parent[index] = parent[above]
    return np.array(parent, dtype=np.int64)[groups]


def _group_neighbours(groups: NDArray[np.int64], pairs: Pairs, at_least: float) -> dict[int, dict[int, float]]:
    """Give for each group the groups that it is completely linked to, with the similarity of the farthest pair."""
    listed = pairs.similarity >= at_least
    a, b, similarity = groups[pairs.left[listed]], groups[pairs.right[listed]], pairs.similarity[listed]
    across = a != b
    keys, order = sort_with_places((np.minimum(a, b) * len(groups) + np.maximum(a, b))[across])
    neighbours: dict[int, dict[int, float]] = {}
    if not len(keys):
        return neighbours
    new = are_new(keys)
    low, high = np.divmod(keys[new], len(groups))
    farthest = np.minimum.reduceat(similarity[across][order], np.flatnonzero(new))
    counts, sizes = np.bincount(np.cumsum(new) - 1), np.bincount(groups, minlength=len(groups))
    full = counts == sizes[low] * sizes[high]
    for x, y, value in zip(low[full].tolist(), high[full].tolist(), farthest[full].tolist(), strict=True):
        neighbours.setdefault(x, {})[y] = value
        neighbours.setdefault(y, {})[x] = value
    return neighbours
