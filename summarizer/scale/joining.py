"""Links between accounts -> groups of them, by average linkage over links that are given and not over all pairs."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Final

import numpy as np
from numpy.typing import NDArray

#: Decimals of a mean: sums in another order must not make another event.
_DECIMALS: Final = 6
#: What a pair of hot origins without a link counts: of an event of 3,000 accounts one link in sixty is kept.
_UNKNOWN: Final = 0.01


@dataclass(frozen=True, slots=True)
class Links:
    """m links between numbered origins, each once.

    :param left: shape (m,), the lower number of each.
    :param right: shape (m,), the higher.
    :param closeness: shape (m,), higher is closer.
    :param hot: shape (n,), which of n origins have more links than were kept.
    """

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    closeness: NDArray[np.float64]
    hot: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.left)


@dataclass(slots=True)
class _Group:
    """Origins that were joined.

    :param times: when their articles appeared, ascending; of an origin the first and the last.
    :param hot: how many of them are hot.
    :param sums: number of another group -> sum of the closeness of their links, and how many of these are of two hot.
    """

    size: int
    hot: int
    times: list[int]
    sums: dict[int, tuple[float, int]]


def join(
    links: Links, at: NDArray[np.int64], origin: NDArray[np.int64], *, least: float, seconds: int
) -> NDArray[np.int64]:
    """Join origins to events, the closest two groups first, while their mean closeness is at least ``least``.

    The mean is over all pairs of the two groups that are no further apart than ``seconds``, those without a link as 0;
    but a pair of hot origins without a link counts little, for of those not all links were kept.

    :param at: shape (n,), seconds, ascending where known.
    :param origin: shape (n,), the origin of each article, which is the first of its copies.
    :param least: above 0.
    :param seconds: how far apart two articles of one event may appear.
    :return: shape (n,), for each origin the lowest number in its event.

    O(m log² m).
    """
    groups = _Groups(links, at, origin, least, seconds)
    while groups.heap:
        told, left, right = heappop(groups.heap)
        closeness = groups.closeness(left, right)
        if closeness == -told:
            groups.merge(left, right)
        elif closeness < -told:  # one of the two grew since
            groups.offer(left, right)
    return groups.lowest()


class _Groups:
    """Groups as they grow; a group is known by the number of one of its members."""

    def __init__(
        self, links: Links, at: NDArray[np.int64], origin: NDArray[np.int64], least: float, seconds: int
    ) -> None:
        self._least, self._seconds = least, seconds
        self._parent = np.arange(len(at))
        used = np.zeros(len(at), dtype=np.bool_)
        used[links.left] = used[links.right] = True
        first = at.tolist()
        last_at = at.copy()
        np.maximum.at(last_at, origin, at)
        last, hot = last_at.tolist(), links.hot.astype(int).tolist()
        self._groups = {
            number: _Group(1, hot[number], sorted({first[number], last[number]}), {})
            for number in np.flatnonzero(used).tolist()
        }
        self.heap: list[tuple[float, int, int]] = []
        told = (links.left, links.right, links.closeness)
        for left, right, closeness in zip(*(column.tolist() for column in told), strict=True):
            told_of = closeness, hot[left] * hot[right]
            self._groups[left].sums[right] = self._groups[right].sums[left] = told_of
            self.offer(left, right)

    def closeness(self, left: int, right: int) -> float:
        """Give the mean closeness of two groups; 0 if one was joined to another meanwhile, or they share no link."""
        ours, theirs = self._groups.get(left), self._groups.get(right)
        if ours is None or theirs is None:
            return 0.0
        total, n_hot = ours.sums[right]
        return round(min(total / self._pairs(ours, theirs, n_hot), 1.0), _DECIMALS)

    def offer(self, left: int, right: int) -> None:
        """Put two groups into the heap, if they are close enough to be joined; until they grow they come no closer."""
        closeness = self.closeness(left, right)
        if closeness >= self._least:
            heappush(self.heap, (-closeness, left, right))

    def merge(self, left: int, right: int) -> None:
        """Join two groups under the number of the one with more links, of equal ones the lower.

        A group that shares no link with the smaller one comes no closer by that, so its entry in the heap is an upper
        bound and may stay.
        """
        if len(self._groups[right].sums) > len(self._groups[left].sums):
            left, right = right, left
        ours, theirs = self._groups[left], self._groups.pop(right)
        self._parent[right] = left
        ours.size += theirs.size
        ours.hot += theirs.hot
        ours.times = sorted(ours.times + theirs.times)
        del ours.sums[right], theirs.sums[left]
        for number, (total, n_hot) in theirs.sums.items():
            other = self._groups[number].sums
            del other[right]
            before = ours.sums.get(number, (0.0, 0))
            ours.sums[number] = other[left] = before[0] + total, before[1] + n_hot
            pair = (left, number) if left < number else (number, left)
            self.offer(*pair)

    def lowest(self) -> NDArray[np.int64]:
        """Give the lowest number of the group of each."""
        root = self._parent
        while True:
            further = root[root]
            if np.array_equal(further, root):
                break
            root = further
        numbers = np.arange(len(root))
        least = numbers.copy()
        np.minimum.at(least, root, numbers)
        return least[root]

    def _pairs(self, ours: _Group, theirs: _Group, n_hot: int) -> float:
        """Count the pairs of two groups that are near enough in time, and a few of those nothing is known of."""
        pairs = ours.size * theirs.size - (1 - _UNKNOWN) * (ours.hot * theirs.hot - n_hot)
        first, last = min(ours.times[0], theirs.times[0]), max(ours.times[-1], theirs.times[-1])
        if last - first <= self._seconds:
            return pairs
        few, many = (ours.times, theirs.times) if len(ours.times) < len(theirs.times) else (theirs.times, ours.times)
        near = sum(bisect_right(many, time + self._seconds) - bisect_left(many, time - self._seconds) for time in few)
        return max(pairs * near / (len(few) * len(many)), 1.0)
