"""What the other links of both ends say of a link: whether third accounts that are near to one are near to the other.

A third account speaks against a link only where it could have had a link to the other end itself: if it came within the
window of that, and is not one of two hot articles, of whose links not all were kept. So an event that goes on for days
is not spoken against by its own ends, nor a large one by the links that it was not given.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from summarizer.vectors import ranges

#: What is measured, in the order of the columns. Of third accounts with links to both ends the likelihood of the less
#: likely one, at most, and the sum of the products; of those that have a link to one end, and could have one to the
#: other, p (1 - p of the other), at most and in sum, the share that has both, and how many are likelier partners; and
#: the sum of p of all other links. Of what is told of either end, the higher and the lower.
OTHERS: Final = (
    "both_most",
    "both_sum",
    "against_most_higher",
    "against_most_lower",
    "against_sum_higher",
    "against_sum_lower",
    "share_higher",
    "share_lower",
    "share_all",
    "likelier_higher",
    "likelier_lower",
    "links_higher",
    "links_lower",
)
#: Added to the number of third accounts, so that one of one is not as good as ten of ten.
_PRIOR: Final = 0.3
#: Lookups of one step: a few arrays of 8 MB.
_STEP: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Weighed:
    """m links between n accounts, ascending, each once, and how likely each is one of an event.

    :param likely: shape (m,), 0 to 1.
    :param at: shape (n,), when each account appeared, in seconds; equal where nobody knows.
    :param hot: shape (n,), which have more links than were kept.
    :param seconds: how far apart two articles may be to be compared.
    """

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    likely: NDArray[np.float64]
    at: NDArray[np.int64]
    hot: NDArray[np.bool_]
    seconds: int


def measure_others(links: Weighed) -> NDArray[np.float64]:
    """Measure what the other links of both ends say, shape (m, 13), by :data:`OTHERS`, rounded.

    O(Σ degree of both ends) lookups.
    """
    table = _Table.of(links)
    ours = _sum_end(links, table, links.left, links.right)
    theirs = _sum_end(links, table, links.right, links.left)
    total = [table.total[end] - links.likely for end in (links.left, links.right)]
    shares = [end.both_sum / (end.reached + _PRIOR) for end in (ours, theirs)]
    columns = [
        ours.both_most,
        np.log1p(ours.both_sum),
        *_ordered(ours.against_most, theirs.against_most),
        *map(np.log1p, _ordered(ours.against_sum, theirs.against_sum)),
        *_ordered(*shares),
        (ours.both_sum + theirs.both_sum) / (ours.reached + theirs.reached + _PRIOR),
        *_ordered(ours.likelier, theirs.likelier),
        *map(np.log1p, np.maximum(_ordered(*total), 0)),
    ]
    return np.round(np.stack(columns, axis=1), 6)


def _ordered(one: NDArray[np.float64], other: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    return np.maximum(one, other), np.minimum(one, other)


@dataclass(frozen=True, slots=True)
class _Table:
    """The links of each account, one account behind another.

    :param keys: owner * n + other, ascending; ``start`` and ``degree``: where those of each owner stand.
    :param total: shape (n,), the sum of the likelihoods of each.
    """

    keys: NDArray[np.int64]
    other: NDArray[np.int64]
    likely: NDArray[np.float64]
    start: NDArray[np.int64]
    degree: NDArray[np.int64]
    total: NDArray[np.float64]

    @classmethod
    def of(cls, links: Weighed) -> _Table:
        n = len(links.at)
        keys = np.concatenate([links.left * n + links.right, links.right * n + links.left])
        order = np.argsort(keys)
        keys, likely = keys[order], np.concatenate([links.likely, links.likely])[order]
        owner, other = np.divmod(keys, max(n, 1))
        degree = np.bincount(owner, minlength=n)
        total = np.bincount(owner, weights=likely, minlength=n).astype(np.float64)
        return cls(keys, other, likely, np.cumsum(degree) - degree, degree, total)

    def between(self, pairs: NDArray[np.int64]) -> NDArray[np.float64]:
        """Give the likelihood of pairs by their keys, 0 where there is no link."""
        place = np.minimum(np.searchsorted(self.keys, pairs), len(self.keys) - 1)
        found: NDArray[np.float64] = self.likely[place] * (self.keys[place] == pairs)
        return found


@dataclass(frozen=True, slots=True)
class _End:
    """What the other links of one end of each of m links say, each of shape (m,)."""

    both_most: NDArray[np.float64]
    both_sum: NDArray[np.float64]
    against_most: NDArray[np.float64]
    against_sum: NDArray[np.float64]
    reached: NDArray[np.float64]
    likelier: NDArray[np.float64]


def _sum_end(links: Weighed, table: _Table, end: NDArray[np.int64], other: NDArray[np.int64]) -> _End:
    """Look up the links of one end among those of the other."""
    found = np.zeros((6, len(end)))
    work = np.cumsum(table.degree[end])
    first = 0
    while first < len(end):
        last = max(first + 1, int(np.searchsorted(work, (work[first - 1] if first else 0) + _STEP)))
        some = slice(first, last)
        found[:, some] = _sum_some(links, table, end[some], other[some], links.likely[some])
        first = last
    return _End(*found)


def _sum_some(
    links: Weighed, table: _Table, end: NDArray[np.int64], other: NDArray[np.int64], likely: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Give the rows of :class:`_End` for some links; every end has one link at least, the one in question."""
    lengths = table.degree[end]
    starts = np.cumsum(lengths) - lengths
    entries = ranges(table.start[end], lengths)
    number = np.repeat(np.arange(len(end)), lengths)
    third, far = table.other[entries], other[number]
    near = np.where(third == far, 0.0, table.likely[entries])
    also = table.between(far * len(links.at) + third)
    within = np.abs(links.at[third] - links.at[far]) <= links.seconds
    reached = within & ~(links.hot[third] & links.hot[far] & (also == 0))
    against = near * (1 - also) * reached

    def total(values: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.bincount(number, values, minlength=len(end)).astype(np.float64)

    return np.stack(
        [
            np.maximum.reduceat(np.minimum(near, also), starts),
            total(near * also),
            np.maximum.reduceat(against, starts),
            total(against),
            total(near * reached),
            total((near > likely[number]) * (1 - also) * reached),
        ]
    )
