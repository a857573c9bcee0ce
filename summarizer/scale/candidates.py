"""Articles that share sampled hashes: the pairs worth confirming, without comparing each with each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

#: A hash in more articles than this is hot: of these each is paired with its next neighbours only.
HOT: Final = 32
#: How many neighbours those are.
_NEIGHBOURS: Final = 4
#: Of the containment that makes a copy, the share that the sample must show: with some forty hashes it is off by a
#: tenth and more.
_LEEWAY: Final = 0.5
#: Pairs held before they are counted: 64 MB.
_HELD: Final = 4_000_000


@dataclass(frozen=True, slots=True)
class Lists:
    """Lists of hashes behind one another.

    :param values: all of them, ascending within each list.
    :param starts: shape (n + 1,), where each list begins.
    """

    values: NDArray[np.uint32]
    starts: NDArray[np.int64]

    @property
    def lengths(self) -> NDArray[np.int64]:
        """How many each holds, shape (n,)."""
        return np.diff(self.starts)


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs worth confirming.

    :param left: shape (m,), articles of the day itself.
    :param right: shape (m,), articles behind ``left``.
    :param n_hot: how many hashes were hot.
    """

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    n_hot: int


def find_candidates(sample: Lists, n_own: int, least: NDArray[np.float64]) -> Candidates:
    """Find the pairs that share enough of their samples.

    :param sample: the sampled hashes of n articles.
    :param n_own: pairs of which neither is among the first so many are left out.
    :param least: shape (n,), containment from which an article is a copy.

    O(hashes log hashes + pairs that share one), with at most :data:`HOT` for each article and hash.
    """
    n, lengths = len(sample.lengths), sample.lengths
    owners = np.repeat(np.arange(n), lengths)
    # Articles whose smallest hash is one are likely copies: as neighbours in a hot list, they are paired.
    smallest = np.full(n, np.iinfo(np.uint32).max, dtype=np.uint32)
    smallest[lengths > 0] = sample.values[sample.starts[:-1][lengths > 0]]
    order = np.lexsort((owners, smallest[owners], sample.values))
    hashes, owners = sample.values[order], owners[order]
    begins = np.flatnonzero(np.concatenate([[True], hashes[1:] != hashes[:-1]])) if len(hashes) else order
    sizes = np.diff(begins, append=len(hashes))
    n_hot = int((sizes > HOT).sum())
    codes, counts = _count(_pairs(owners, begins, sizes, n, n_own))
    left, right = codes // max(n, 1), codes % max(n, 1)
    enough = np.minimum(least[left], least[right]) * _LEEWAY * np.minimum(lengths[left], lengths[right])
    kept = counts >= enough
    return Candidates(left[kept], right[kept], n_hot)


def _pairs(
    owners: NDArray[np.int64], begins: NDArray[np.int64], sizes: NDArray[np.int64], n: int, n_own: int
) -> Iterator[NDArray[np.int64]]:
    """Give the pairs of each list of owners as ``smaller * n + larger``, block by block."""
    for size in range(2, HOT + 1):
        chosen = begins[sizes == size]
        first, second = np.triu_indices(size, 1)
        step = max(1, _HELD // len(first))
        for start in range(0, len(chosen), step):
            lists = owners[chosen[start : start + step, None] + np.arange(size)]
            yield _code(lists[:, first].ravel(), lists[:, second].ravel(), n, n_own)
    hot = sizes > HOT
    for begin, size in zip(begins[hot].tolist(), sizes[hot].tolist(), strict=True):
        some = owners[begin : begin + size]
        for distance in range(1, _NEIGHBOURS + 1):
            yield _code(some[:-distance], some[distance:], n, n_own)


def _code(one: NDArray[np.int64], other: NDArray[np.int64], n: int, n_own: int) -> NDArray[np.int64]:
    left, right = np.minimum(one, other), np.maximum(one, other)
    kept = left < n_own
    return np.asarray(left[kept] * n + right[kept])


def _count(blocks: Iterator[NDArray[np.int64]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Count how often each code occurs."""
    codes, counts = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    held: list[NDArray[np.int64]] = []
    n_held = 0
    for block in blocks:
        held.append(block)
        n_held += len(block)
        if n_held >= _HELD:
            codes, counts = _add(codes, counts, held)
            held, n_held = [], 0
    return _add(codes, counts, held)


def _add(
    codes: NDArray[np.int64], counts: NDArray[np.int64], held: list[NDArray[np.int64]]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    new, new_counts = np.unique(np.concatenate([*held, codes[:0]]), return_counts=True)
    every = np.concatenate([codes, new])
    merged, inverse = np.unique(every, return_inverse=True)
    total = np.bincount(inverse, weights=np.concatenate([counts, new_counts]), minlength=len(merged))
    return merged, total.astype(np.int64)


def share_of(lists: Lists, left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.int64]:
    """Count what each pair of lists has in common, shape (m,); each value is in a list once.

    O(values log values).
    """
    keys = np.sort(np.concatenate([_keyed(lists, left), _keyed(lists, right)]))
    common = keys[1:][keys[1:] == keys[:-1]] >> np.uint64(32)
    return np.bincount(common.astype(np.int64), minlength=len(left))


def _keyed(lists: Lists, rows: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Give the values of some lists, each with the place of its list among these in the upper 32 bits."""
    lengths = lists.lengths[rows]
    places = np.repeat(np.arange(len(rows)), lengths)
    offsets = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    values = lists.values[np.repeat(lists.starts[rows], lengths) + offsets]
    return np.asarray((places.astype(np.uint64) << np.uint64(32)) | values.astype(np.uint64))
