"""The articles that one task compares, as rows of numbers: those of its day, and those of the window before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from summarizer.scale.describing import weekday_hashes
from summarizer.scale.store import Store
from summarizer.vectors import SparseRows, are_new

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Window:
    """Articles in the order of their time, those of the days before first, none a copy of another.

    :param ids: n ids.
    :param at: shape (n,), seconds since 1970; 0 where nobody knows.
    :param n_before: how many are of the days before.
    :param n_articles: how many the day has, copies included.
    :param words: n unit rows: what each article says, weighed by how rare it is in the window.
    :param names: n unit rows: the names in each, weighed likewise; zero where there are none.
    :param weekdays: shape (n,), the days of the week that each names, a bit a day.
    """

    ids: NDArray[np.object_]
    at: NDArray[np.int64]
    n_before: int
    n_articles: int
    words: SparseRows
    names: SparseRows
    weekdays: NDArray[np.uint8]


def read_window(store: Store, key: str, before: Sequence[str], copies: Sequence[pa.Table], seconds: int) -> Window:
    """Read the articles of a day and those of the days before that are near enough to one of them.

    :param before: keys of the days before, ascending.
    :param copies: pairs of articles that are copies; of those in the window the first stands for all.
    :param seconds: how far apart two articles may be.

    O(entries), 40 bytes each.
    """
    own = _read(store, key)
    first = int(own.at[0]) if len(own.at) else 0
    parts = [*(_from(_read(store, day), first - seconds) for day in before), own]
    joined = _Rows(*map(np.concatenate, zip(*(part.columns() for part in parts), strict=True)))
    n_before = len(joined.ids) - len(own.ids)
    kept = fold(joined.ids, copies) == np.arange(len(joined.ids))
    rows = joined.take(kept)
    return Window(
        rows.ids,
        rows.at,
        int(kept[:n_before].sum()),
        len(own.ids),
        weigh(rows.terms, rows.weights, rows.n_terms),
        weigh(rows.names, np.ones(len(rows.names), dtype=np.float32), rows.n_names),
        find_weekdays(rows.terms, rows.n_terms),
    )


def find_weekdays(terms: NDArray[np.uint32], lengths: NDArray[np.int64]) -> NDArray[np.uint8]:
    """Say which days of the week n articles name, shape (n,), a bit a day; parameters as of :func:`weigh`."""
    found = np.zeros(len(lengths), dtype=np.uint8)
    ends = np.cumsum(lengths)
    for number, told in enumerate(weekday_hashes()):
        # No article has a term twice.
        found[np.searchsorted(ends, np.flatnonzero(terms == told), side="right")] |= np.uint8(1 << number)
    return found


def fold(ids: NDArray[np.object_], copies: Sequence[pa.Table]) -> NDArray[np.int64]:
    """Give for each article the first one that it is a copy of, directly or through others; itself if there is none.

    :param ids: n ids, none twice.
    :param copies: pairs of them; pairs with others are left out.
    :return: shape (n,). O(n + pairs).
    """
    left, right = places(ids, copies, "left"), places(ids, copies, "right")
    known = (left >= 0) & (right >= 0)
    return components(len(ids), left[known], right[known])


def places(ids: NDArray[np.object_], tables: Sequence[pa.Table], name: str) -> NDArray[np.int64]:
    """Give the places among ids of those in a column of tables; -1 for others."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if not tables:
        return np.zeros(0, dtype=np.int64)
    column = pa.concat_tables(tables).column(name)
    found = pc.index_in(column, value_set=pa.array(ids, pa.string()))
    where: NDArray[np.int64] = pc.fill_null(found, -1).to_numpy().astype(np.int64)
    return where


def components(n: int, left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give the lowest number that each of n hangs together with, shape (n,).

    Each takes the lowest number of its neighbours, and the number of that one's, until nothing changes: O(m log n).
    """
    lowest = np.arange(n)
    while len(left):
        least = np.minimum(lowest[left], lowest[right])
        new = lowest.copy()
        for ends in (lowest[left], lowest[right]):
            np.minimum.at(new, ends, least)
        while True:
            further = new[new]
            if np.array_equal(further, new):
                break
            new = further
        lowest = new
        apart = lowest[left] != lowest[right]
        left, right = left[apart], right[apart]
    return lowest


@dataclass(frozen=True, slots=True)
class _Rows:
    """Descriptions of articles, those of all articles one behind another."""

    ids: NDArray[np.object_]
    at: NDArray[np.int64]
    terms: NDArray[np.uint32]
    weights: NDArray[np.float32]
    n_terms: NDArray[np.int64]
    names: NDArray[np.uint32]
    n_names: NDArray[np.int64]

    def columns(self) -> tuple[NDArray[Any], ...]:
        return self.ids, self.at, self.terms, self.weights, self.n_terms, self.names, self.n_names

    def take(self, kept: NDArray[np.bool_]) -> _Rows:
        """Keep some of the articles."""
        terms, names = np.repeat(kept, self.n_terms), np.repeat(kept, self.n_names)
        return _Rows(
            self.ids[kept],
            self.at[kept],
            self.terms[terms],
            self.weights[terms],
            self.n_terms[kept],
            self.names[names],
            self.n_names[kept],
        )


def _read(store: Store, key: str) -> _Rows:
    table = store.read("days", key, "articles", ["id", "at"])
    told = store.read("days", key, "descriptions", ["terms", "weights", "names"])
    terms, n_terms = _lists(told.column("terms"), np.uint32)
    weights, _ = _lists(told.column("weights"), np.float32)
    names, n_names = _lists(told.column("names"), np.uint32)
    at = table.column("at").fill_null(0).to_numpy().astype(np.int64)
    ids = np.array(table.column("id").to_pylist(), dtype=np.object_)
    return _Rows(ids, at, terms, weights, n_terms, names, n_names)


def _lists(column: pa.ChunkedArray, kind: type[np.generic]) -> tuple[NDArray[Any], NDArray[np.int64]]:
    """Give the values of lists one behind another, and how many each has."""
    import pyarrow.compute as pc

    lengths = pc.fill_null(pc.list_value_length(column), 0).to_numpy().astype(np.int64)
    return pc.list_flatten(column).to_numpy().astype(kind, copy=False), lengths


def _from(rows: _Rows, moment: int) -> _Rows:
    """Leave out the articles before a moment."""
    return rows.take(rows.at >= moment)


def weigh(terms: NDArray[np.uint32], weights: NDArray[np.float32], lengths: NDArray[np.int64]) -> SparseRows:
    """Weigh the terms of n articles by 1 + log(n / number of articles with the term), and scale rows to unit length.

    :param terms: hashes, those of each article ascending, one article behind another.
    :param weights: of each, before.
    :param lengths: shape (n,), terms of each article.
    :return: n unit rows, zero for articles without terms. O(entries).
    """
    n = len(lengths)
    columns, frequency = _columns(terms)
    values = weights * (1 + np.log(max(n, 1) / frequency)).astype(np.float32)[columns]
    owner = np.repeat(np.arange(n), lengths)
    norms = np.sqrt(np.bincount(owner, weights=values.astype(np.float64) ** 2, minlength=n))
    values /= np.maximum(norms, 1e-9).astype(np.float32)[owner]
    return SparseRows(_offsets(lengths), columns, values, len(frequency))


def by_rarity(words: SparseRows) -> SparseRows:
    """Weigh words so that the product of two rows is the sum, over the words of both, of 1 / the other rows with each.

    A word that nobody else has counts 1, one that ten others have .1.

    :return: rows that are not of unit length, with the entries of the given ones.
    """
    frequency = np.bincount(words.indices, minlength=words.n_columns)
    values = (1 / np.sqrt(np.maximum(frequency - 1, 1))).astype(np.float32)[words.indices]
    return SparseRows(words.indptr, words.indices, values, words.n_columns)


def _columns(hashes: NDArray[np.uint32]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Number the hashes, ascending as they do, and count each. O(m log m), of which 25 million take three seconds."""
    known = np.sort(hashes)
    known = known[are_new(known)]
    columns = np.searchsorted(known, hashes).astype(np.int32)
    return columns, np.bincount(columns, minlength=len(known))


def _offsets(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    offsets = np.zeros(len(lengths) + 1, dtype=np.int64)
    np.cumsum(lengths, out=offsets[1:])
    return offsets
