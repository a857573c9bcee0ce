"""Sparse lexical vectors and the search for similar pairs, in numpy alone.

scipy would bring 110 MB for one product; the product here gathers posting lists block by block, so memory stays bounded
whatever the number of sentences.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from summarizer.terms import Terms

#: Cells of the dense block that one step of the search fills: 4 M float64 are 32 MB.
_BLOCK_CELLS: Final = 4_000_000


@dataclass(frozen=True, slots=True)
class SparseRows:
    """n sparse vectors in compressed rows, each of unit length (or zero).

    :param indptr: shape (n + 1,).
    :param indices: columns of the entries, row by row, ascending within a row.
    :param values: the entries, float32.
    :param n_columns: number of columns.
    """

    indptr: NDArray[np.int64]
    indices: NDArray[np.int32]
    values: NDArray[np.float32]
    n_columns: int

    def __len__(self) -> int:
        return len(self.indptr) - 1

    def row_of_entry(self) -> NDArray[np.int64]:
        """Give the row that each entry belongs to."""
        return np.repeat(np.arange(len(self)), np.diff(self.indptr))

    def dense(self) -> NDArray[np.float32]:
        """Give the matrix; only for small n."""
        matrix = np.zeros((len(self), self.n_columns), dtype=np.float32)
        matrix[self.row_of_entry(), self.indices] = self.values
        return matrix


def tfidf(terms: Terms, *, content_only: bool = True) -> SparseRows:
    """Weigh stems by (1 + log tf) * (1 + log(n / df)) and scale rows to unit length.

    :param terms: n texts.
    :param content_only: leave function words out.
    :return: n rows over ``len(terms.vocabulary)`` columns.
    """
    rows = [terms.content(i) if content_only else terms.rows[i] for i in range(len(terms.rows))]
    lengths = np.array([len(row) for row in rows], dtype=np.int64)
    n_columns = len(terms.vocabulary)
    flat = np.concatenate(rows).astype(np.int64) if rows else np.zeros(0, dtype=np.int64)
    keys, counts = np.unique(np.repeat(np.arange(len(rows)), lengths) * max(n_columns, 1) + flat, return_counts=True)
    owner, columns = keys // max(n_columns, 1), keys % max(n_columns, 1)
    frequency = np.bincount(columns, minlength=n_columns)
    values = (1 + np.log(counts)) * (1 + np.log(len(rows) / frequency[columns]))
    norms = np.sqrt(np.bincount(owner, weights=values**2, minlength=len(rows)))
    indptr = np.zeros(len(rows) + 1, dtype=np.int64)
    np.cumsum(np.bincount(owner, minlength=len(rows)), out=indptr[1:])
    return SparseRows(indptr, columns.astype(np.int32), (values / norms[owner]).astype(np.float32), n_columns)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Similar pairs, i < j, in ascending order of (i, j).

    :param left: shape (m,), i.
    :param right: shape (m,), j.
    :param similarity: shape (m,), rounded to 6 decimals so that comparisons hold on every processor.
    """

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    similarity: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.left)


def _pairs(blocks: list[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]]) -> Pairs:
    if not blocks:
        return Pairs(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
    left, right, similarity = (np.concatenate(parts) for parts in zip(*blocks, strict=True))
    return Pairs(left, right, np.round(similarity.astype(np.float64), 6))


def similar_sparse(vectors: SparseRows, threshold: float, *, max_postings: int = 400) -> Pairs:
    """Find pairs of rows with cosine of at least the threshold.

    Columns that more than ``max_postings`` rows hold do not propose pairs, but count in the cosine of the pairs that
    other columns propose; so time grows with n, not n². Such a column alone has a small idf.

    :param vectors: n unit rows.
    :param threshold: in (0, 1].
    :param max_postings: a limit that 400 rows or fewer never meet.
    """
    n = len(vectors)
    entry_row = vectors.row_of_entry()
    proposes = np.bincount(vectors.indices, minlength=vectors.n_columns) <= max_postings
    kept = proposes[vectors.indices]
    # What the columns left out can still add to a cosine is bounded by the norms of those parts (Cauchy-Schwarz).
    left_out = np.sqrt(np.bincount(entry_row[~kept], weights=vectors.values[~kept].astype(float) ** 2, minlength=n))
    rows, columns, values = entry_row[kept], vectors.indices[kept], vectors.values[kept].astype(np.float64)
    order = np.lexsort((rows, columns))
    posting_rows, posting_values = rows[order], values[order]
    starts = np.searchsorted(columns[order], np.arange(vectors.n_columns + 1))
    row_starts = np.searchsorted(rows, np.arange(n + 1))
    step = max(1, _BLOCK_CELLS // max(n, 1))
    blocks = []
    for first in range(0, n, step):
        last = min(first + step, n)
        entries = slice(row_starts[first], row_starts[last])
        lengths = np.diff(starts)[columns[entries]]
        gathered = _ranges(starts[columns[entries]], lengths)
        cells = np.repeat(rows[entries] - first, lengths) * n + posting_rows[gathered]
        products = np.repeat(values[entries], lengths) * posting_values[gathered]
        scores = np.bincount(cells, weights=products, minlength=(last - first) * n)
        found = np.flatnonzero(scores)
        left, right = found // n + first, found % n
        possible = (left < right) & (scores[found] + left_out[left] * left_out[right] >= threshold - 5e-7)
        left, right = left[possible], right[possible]
        similarity = cosines(vectors, left, right)
        similar = similarity >= threshold
        blocks.append((left[similar], right[similar], similarity[similar]))
    return _pairs(blocks)


def _ranges(starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """Concatenate ``arange(start, start + length)`` of every pair."""
    before = np.cumsum(lengths) - lengths
    return np.arange(lengths.sum()) + np.repeat(starts - before, lengths)


def similar_dense(vectors: NDArray[np.float32], threshold: float) -> Pairs:
    """Find pairs of rows with cosine of at least the threshold, block by block.

    :param vectors: shape (n, d), unit rows. O(n² d) time, bounded memory.
    :param threshold: in [-1, 1].
    """
    n = len(vectors)
    step = max(1, _BLOCK_CELLS // max(n, 1))
    blocks = []
    for first in range(0, n, step):
        scores = vectors[first : first + step] @ vectors[first:].T
        left, right = np.nonzero(scores >= threshold - 5e-7)
        keep = left < right
        blocks.append((left[keep] + first, right[keep] + first, scores[left[keep], right[keep]]))
    return _pairs(blocks)


def cosines(vectors: SparseRows | NDArray[np.float32], left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.float64]:
    """Give the cosine of each pair (left[k], right[k]), rounded to 6 decimals.

    :return: shape (m,).
    """
    if not isinstance(vectors, SparseRows):
        return np.round(np.einsum("kd,kd->k", vectors[left], vectors[right]).astype(np.float64), 6)
    # Entries of a row are unique (row, column) keys in ascending order: the right rows are looked up in them.
    keys = vectors.row_of_entry() * vectors.n_columns + vectors.indices
    lengths = np.diff(vectors.indptr)[left]
    gathered = _ranges(vectors.indptr[left], lengths)
    pair = np.repeat(np.arange(len(left)), lengths)
    wanted = right[pair] * vectors.n_columns + vectors.indices[gathered]
    found = np.minimum(np.searchsorted(keys, wanted), max(len(keys) - 1, 0))
    products = np.where(keys[found] == wanted, vectors.values[gathered] * vectors.values[found], 0) if len(keys) else 0.0
    return np.round(np.bincount(pair, weights=products, minlength=len(left)), 6)
