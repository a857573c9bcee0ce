"""Sparse lexical vectors and the search for similar pairs, in numpy alone.

scipy would bring 140 MB for one product; the product here gathers posting lists block by block, so memory stays bounded
whatever the number of sentences.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from summarizer.terms import Terms

#: Cells of the dense block that one step of the search fills: 4 M float64 are 32 MB.
_BLOCK_CELLS: Final = 4_000_000
#: Products of one step of the sparse search: a few arrays of 1 M int64 are 8 MB each and stay in the cache of the sort.
_BLOCK_PRODUCTS: Final = 1_000_000
#: Rows up to which products are summed in a table of so many cells, and not by sorting: half the time for 9,300 news
#: sentences, no less for 40,000, since the cells grow with the square of the rows.
_MOST_TABLED: Final = 20_000
_TABLE_CELLS: Final = 500_000
#: Products a row that the sparse search affords on average: of 40,000 news sentences, columns of up to 600 propose.
_PRODUCTS_A_ROW: Final = 1000
#: Pairs whose cosines are computed in one step; a dozen entries each.
_BLOCK_PAIRS: Final = 100_000
_MIN_POSTINGS: Final = 400
#: Rows up to which all cosines are computed at once: as many as the sparse search compares completely, 1.3 MB.
MAX_ALL_PAIRS: Final = _MIN_POSTINGS
#: Share of the threshold that the columns that propose must bring; a bound alone lets nearly all pairs through where
#: function words count.
_LEAST_SHARE: Final = 0.6
_CROWDED_COLUMNS: Final = 4
_PRODUCT_BITS: Final = 20
_PRODUCT_SCALE: Final = 1 << _PRODUCT_BITS
#: Room for rounding below a threshold; cosines have six decimals.
_MARGIN: Final = 5e-7
#: The same for a product in float32.
_FLOAT32_MARGIN: Final = 1e-5


Integers = TypeVar("Integers", np.int64, np.uint64)


def distinct(values: NDArray[Integers]) -> NDArray[Integers]:
    """Give the different values, ascending.

    As ``np.unique``, which takes 20 times as long where it hashes (numpy 2.3 and later, 1 M keys).

    :param values: shape (m,). O(m log m).
    """
    values = values.copy()
    values.sort()
    return values[are_new(values)]


def are_new(values: NDArray[Any]) -> NDArray[np.bool_]:
    """Say which of sorted values differ from the one before, shape (m,); a fifth of the time of ``np.diff``."""
    new = np.empty(len(values), dtype=np.bool_)
    new[:1] = True
    np.not_equal(values[1:], values[:-1], out=new[1:])
    return new


def sort_with_places(values: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Sort, and say where each value stood; equal values keep their order.

    As a stable ``np.argsort``, which takes eight times as long: value and place share one integer, and whole
    integers are sorted by the vector instructions of the processor.

    :param values: shape (m,); the difference of any two, times 2 m, is below 2 ** 63.
    :return: the values ascending, and the place of each before. O(m log m).
    """
    bits = len(values).bit_length()
    least = int(values.min(initial=0))
    packed = (values - least) << bits | np.arange(len(values))
    packed.sort()
    return (packed >> bits) + least, packed & ((1 << bits) - 1)


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

    def transposed(self) -> SparseRows:
        """Give the columns as rows, each with the rows that hold it, ascending; they are not of unit length."""
        order = np.argsort(self.indices, kind="stable")
        indptr = np.zeros(self.n_columns + 1, dtype=np.int64)
        np.cumsum(np.bincount(self.indices, minlength=self.n_columns), out=indptr[1:])
        return SparseRows(indptr, self.row_of_entry()[order].astype(np.int32), self.values[order], len(self))

    def take(self, rows: NDArray[np.int64]) -> SparseRows:
        """Give some of the rows, with only the columns that they hold.

        :param rows: row numbers, any order, none twice.
        """
        lengths = np.diff(self.indptr)[rows]
        entries = ranges(self.indptr[rows], lengths)
        indices = self.indices[entries]
        held = np.zeros(self.n_columns, dtype=np.bool_)
        held[indices] = True
        number = np.cumsum(held) - 1  # of each column among those held
        indptr = np.zeros(len(rows) + 1, dtype=np.int64)
        np.cumsum(lengths, out=indptr[1:])
        n_columns = int(number[-1]) + 1 if self.n_columns else 0
        return SparseRows(indptr, number[indices].astype(np.int32), self.values[entries], n_columns)


def tfidf(terms: Terms, *, content_only: bool = True, counted: NDArray[np.bool_] | None = None) -> SparseRows:
    """Weigh stems by (1 + log tf) * (1 + log(n / df)) and scale rows to unit length.

    :param terms: n texts.
    :param content_only: leave function words out.
    :param counted: shape (n,), the texts that n and df count, not repetitions of others; None for all.
    :return: n rows over ``len(terms.vocabulary)`` columns.
    """
    content, every = tfidf_rows(terms, counted=counted)
    return content if content_only else every


def tfidf_rows(terms: Terms, *, counted: NDArray[np.bool_] | None = None) -> tuple[SparseRows, SparseRows]:
    """Give the rows of :func:`tfidf` without function words, and those with them: counts and weights are the same."""
    n, n_columns = len(terms.rows), len(terms.vocabulary)
    cells = np.sort(terms.owner * max(n_columns, 1) + terms.flat)
    starts = np.flatnonzero(are_new(cells))
    counts = np.diff(starts, append=len(cells))
    cells = cells[starts]
    owner = cells // max(n_columns, 1)
    columns = cells - owner * n_columns
    n_counted = n if counted is None else int(counted.sum())
    frequency = np.bincount(columns if counted is None else columns[counted[owner]], minlength=n_columns)
    values = (1 + np.log(counts)) * (1 + np.log(n_counted / frequency[columns]))
    told = ~terms.is_stop[columns]
    content = _unit_rows(owner[told], columns[told], values[told], n, n_columns)
    return content, _unit_rows(owner, columns, values, n, n_columns)


def _unit_rows(
    owner: NDArray[np.int64], columns: NDArray[np.int64], values: NDArray[np.float64], n: int, n_columns: int
) -> SparseRows:
    """Scale rows to unit length."""
    norms = np.sqrt(np.bincount(owner, weights=values**2, minlength=n))
    indptr = np.zeros(n + 1, dtype=np.int64)
    np.cumsum(np.bincount(owner, minlength=n), out=indptr[1:])
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


def similar_sparse(vectors: SparseRows, threshold: float, *, max_postings: int | None = None) -> Pairs:
    """Find pairs of rows with cosine of at least the threshold.

    Columns that more than ``max_postings`` rows hold do not propose pairs, but count in the cosine of the pairs that
    other columns propose; rows made of little else are found by two such columns together. A pair whose upper bound
    (Cauchy-Schwarz for the columns left out) reaches the threshold is computed in full: what is returned is exact, and
    what may be missed shares only words that very many rows hold.

    :param vectors: n unit rows, n below 2 million.
    :param threshold: in (0, 1].
    :param max_postings: None for as many as keep the work near linear in n, and never fewer than 400: up to 400 rows
        the result is complete.

    About O(n) for rows of bounded length.
    """
    n = len(vectors)
    frequency = np.bincount(vectors.indices, minlength=vectors.n_columns)
    limit = _affordable_postings(frequency, n) if max_postings is None else max_postings
    rows, columns = vectors.row_of_entry(), vectors.indices.astype(np.int64)
    values = vectors.values.astype(np.float64)
    common = frequency[columns] > limit
    left_out = np.sqrt(np.bincount(rows[common], weights=values[common] ** 2, minlength=n))
    found = list(_proposals(rows[~common], columns[~common], values[~common], left_out, threshold))
    if common.any():
        found.append(_crowded_proposals(rows[common], columns[common], values[common], left_out, threshold))
    keys = distinct(np.concatenate(found)) if found else np.zeros(0, np.int64)
    left, right = np.divmod(keys, max(n, 1))
    similarity = cosines(vectors, left, right)
    similar = similarity >= threshold
    return Pairs(left[similar], right[similar], similarity[similar])


def _affordable_postings(frequency: NDArray[np.int64], n: int) -> int:
    """Find the longest posting list that keeps the products within :data:`_PRODUCTS_A_ROW` times n."""
    ascending = np.sort(frequency)
    products = np.cumsum(ascending.astype(np.float64) ** 2) / 2
    affordable = int(np.searchsorted(products, _PRODUCTS_A_ROW * n, side="right"))
    return max(_MIN_POSTINGS, int(ascending[affordable - 1]) if affordable else 0)


def _proposals(
    rows: NDArray[np.int64],
    columns: NDArray[np.int64],
    values: NDArray[np.float64],
    left_out: NDArray[np.float64],
    threshold: float,
) -> Iterator[NDArray[np.int64]]:
    """Yield keys ``i * n + j``, i < j, of pairs that share a column and whose cosine can reach the threshold.

    Products are whole numbers, rounded up, so that their sum is an upper bound, and the same in any order.
    """
    n = len(left_out)
    order = np.argsort(columns, kind="stable")
    posting_rows, posting_values, columns = rows[order], values[order], columns[order]
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    # An entry meets the later rows of its column only: each pair once.
    lengths = np.searchsorted(columns, columns, side="right")[place] - place - 1
    starts = np.searchsorted(rows, np.arange(n + 1))
    work = np.concatenate(([0], np.cumsum(lengths)))[starts]
    least = _LEAST_SHARE * threshold * _PRODUCT_SCALE
    scaled, last = values * _PRODUCT_SCALE, 0
    while last < n:
        # Whole rows, so that all products of a pair fall into one block.
        first, width = last, n - last
        last = int(np.searchsorted(work, work[first] + _BLOCK_PRODUCTS, side="right")) - 1
        if n <= _MOST_TABLED:
            last = min(last, first + _TABLE_CELLS // width)
        last = max(last, first + 1)
        block = slice(starts[first], starts[last])
        met = lengths[block]
        theirs = ranges(place[block] + 1, met)
        if not len(theirs):
            continue
        products = np.minimum(np.repeat(scaled[block], met) * posting_values[theirs] + 1, _PRODUCT_SCALE - 1)
        cells = np.repeat((rows[block] - first) * width - first, met) + posting_rows[theirs]
        if n <= _MOST_TABLED:
            sums = np.bincount(cells, np.floor(products))
            cells = enough = np.flatnonzero(sums >= least)
        else:
            cells, sums = _sum_by_sorting(cells, products.astype(np.int64))
            enough = np.flatnonzero(sums >= least)
            cells = cells[enough]
        left, right = np.divmod(cells, width)
        left, right = left + first, right + first
        near = sums[enough] / _PRODUCT_SCALE + left_out[left] * left_out[right] >= threshold - _MARGIN
        yield left[near] * n + right[near]


def _sum_by_sorting(
    keys: NDArray[np.int64], products: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Sum the products of each key: both share one integer, the product in the low bits, and a plain sort groups them.

    :return: the different keys, ascending, and the sum of each.
    """
    packed = keys * _PRODUCT_SCALE + products
    packed.sort()
    keys = packed >> _PRODUCT_BITS
    starts = np.flatnonzero(are_new(keys))
    return keys[starts], np.add.reduceat(packed & (_PRODUCT_SCALE - 1), starts)


def _crowded_proposals(
    rows: NDArray[np.int64],
    columns: NDArray[np.int64],
    values: NDArray[np.float64],
    left_out: NDArray[np.float64],
    threshold: float,
) -> NDArray[np.int64]:
    """Give keys of pairs of rows made of common columns that share two of their four heaviest.

    Two rows that share no column that proposes have at most the cosine of what was left out; rows with less than the
    threshold of it need no look.
    """
    n = len(left_out)
    crowded = np.flatnonzero(left_out[rows] >= threshold)
    crowded = crowded[np.lexsort((columns[crowded], -values[crowded], rows[crowded]))]
    nth = np.arange(len(crowded)) - np.searchsorted(rows[crowded], rows[crowded])
    crowded = np.sort(crowded[nth < _CROWDED_COLUMNS])
    owners, pairs = [], []
    for gap in range(1, _CROWDED_COLUMNS):
        first, second = crowded[:-gap], crowded[gap:]
        same = rows[first] == rows[second]
        owners.append(rows[first[same]])
        pairs.append(columns[first[same]] << 32 | columns[second[same]])
    owner, pair = np.concatenate(owners), np.concatenate(pairs)
    order = np.lexsort((owner, pair))
    owner, pair = owner[order], pair[order]
    starts, ends = np.searchsorted(pair, pair), np.searchsorted(pair, pair, side="right")
    later = np.where(ends - starts <= _MIN_POSTINGS, ends - np.arange(len(pair)) - 1, 0)
    left = np.repeat(owner, later)
    right = owner[ranges(np.arange(len(pair)) + 1, later)]
    keys: NDArray[np.int64] = (left * n + right)[left_out[left] * left_out[right] >= threshold - _MARGIN]
    return keys


def all_cosines(vectors: SparseRows) -> NDArray[np.float64] | None:
    """Give the cosine of every two rows, rounded to 6 decimals, where that is less work than to look for the close.

    Products are summed column by column, as :func:`cosines` sums them: both give the same bits.

    :param vectors: n unit rows.
    :return: shape (n, n), symmetric; None for more than :data:`MAX_ALL_PAIRS` rows. O(sum of squared posting lengths):
        75 news sentences take 0.15 ms.
    """
    n = len(vectors)
    if n > MAX_ALL_PAIRS:
        return None
    columns, order = sort_with_places(vectors.indices.astype(np.int64))
    rows = vectors.row_of_entry()[order]
    values = vectors.values[order].astype(np.float64)
    # An entry meets itself and the later rows of its column: each pair once.
    ends = np.cumsum(np.bincount(columns, minlength=vectors.n_columns))
    met = ends[columns] - np.arange(len(columns))
    work = np.cumsum(met)
    found = np.zeros(n * n)
    first = 0
    while first < len(met):
        last = max(first + 1, int(np.searchsorted(work, work[first] + _BLOCK_PRODUCTS)))
        block = slice(first, last)
        theirs = ranges(np.arange(first, last), met[block])
        keys = np.repeat(rows[block] * n, met[block]) + rows[theirs]
        found += np.bincount(keys, np.repeat(values[block], met[block]) * values[theirs], minlength=n * n)
        first = last
    table = np.round(found, 6).reshape(n, n)
    return np.asarray(np.maximum(table, table.T))


def ranges(starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """Concatenate ``arange(start, start + length)`` of every pair."""
    ends = lengths.cumsum()
    places: NDArray[np.int64] = (starts - ends + lengths).repeat(lengths)
    places += np.arange(len(places))
    return places


def similar_dense(vectors: NDArray[np.float32], threshold: float) -> Pairs:
    """Find pairs of rows with cosine of at least the threshold, block by block.

    :param vectors: shape (n, d), unit rows. O(n² d) time, bounded memory.
    :param threshold: in [-1, 1].
    """
    n = len(vectors)
    step = max(1, _BLOCK_CELLS // max(n, 1))
    found = [np.zeros(0, np.int64)]
    for first in range(0, n, step):
        scores = vectors[first : first + step] @ vectors[first:].T
        left, right = np.nonzero(scores >= threshold - _FLOAT32_MARGIN)
        keep = left < right
        found.append((left[keep] + first) * n + right[keep] + first)
    left, right = np.divmod(np.concatenate(found), max(n, 1))
    similarity = cosines(vectors, left, right)
    similar = similarity >= threshold
    return Pairs(left[similar], right[similar], similarity[similar])


def cosines(
    vectors: SparseRows | NDArray[np.float32], left: NDArray[np.int64], right: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Give the cosine of each pair (left[k], right[k]) of unit rows, rounded to 6 decimals.

    Summed in float64, so that the rounding hides what processors and libraries do differently.

    :return: shape (m,).
    """
    found = np.zeros(len(left))
    if isinstance(vectors, SparseRows):
        order = np.argsort(left, kind="stable")
        found[order] = _sparse_cosines(vectors, left[order], right[order])
        return np.round(found, 6)
    step = max(1, _BLOCK_CELLS // max(vectors.shape[1], 1))
    for start in range(0, len(left), step):
        block = slice(start, start + step)
        a, b = vectors[left[block]].astype(np.float64), vectors[right[block]].astype(np.float64)
        found[block] = np.einsum("kd,kd->k", a, b)
    return np.round(found, 6)


def _sparse_cosines(vectors: SparseRows, left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.float64]:
    """Give the cosine of each pair, the left rows written out into a table in which the entries of the right look up.

    :param left: shape (m,), ascending, so that a row is written once a block.
    :return: shape (m,). O(entries of the pairs), whatever the number of rows in all.
    """
    lengths, width = np.diff(vectors.indptr), max(vectors.n_columns, 1)
    nth = np.cumsum(np.diff(left, prepend=left[:1]) != 0)
    most = min(max(1, _BLOCK_CELLS // width), int(nth[-1]) + 1 if len(nth) else 1)
    table, found, stop = np.zeros(most * width), np.zeros(len(left)), 0
    while stop < len(left):
        start = stop
        stop = min(int(np.searchsorted(nth, nth[start] + most)), start + _BLOCK_PAIRS)
        place = nth[start:stop] - nth[start]
        rows = left[start:stop][np.diff(place, prepend=-1) > 0]
        entries = ranges(vectors.indptr[rows], lengths[rows])
        cells = np.repeat(np.arange(len(rows)) * width, lengths[rows]) + vectors.indices[entries]
        table[cells] = vectors.values[entries]
        others = right[start:stop]
        entries = ranges(vectors.indptr[others], lengths[others])
        products = table[np.repeat(place * width, lengths[others]) + vectors.indices[entries]] * vectors.values[entries]
        pair = np.repeat(np.arange(stop - start), lengths[others])
        found[start:stop] = np.bincount(pair, weights=products, minlength=stop - start)
        table[cells] = 0
    return found
