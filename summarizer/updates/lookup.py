"""Known sentences that share words with new ones, found without reading every known sentence again.

The stems of known sentences are kept as numbers, in compressed rows. A new sentence looks up the known sentences that
hold its rarer words, and is compared in full with those alone. What grows with the known sentences is a few passes of
numpy over their stems: 50 ms for 25,000 sentences.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from summarizer.terms import STOP_WORDS, Terms
from summarizer.vectors import SparseRows, ranges

#: Known sentences that a word may stand in and still propose them: a share, and a number below which every word may.
_COMMON: Final = 0.02
_MIN_COMMON: Final = 400
#: Known sentences with which a new one is compared in full.
_MOST: Final = 64


@dataclass(frozen=True, eq=False)
class Stems:
    """The stems of n sentences, distinct ones a row, with how often each stands in it.

    :param vocabulary: the different stems.
    :param indptr: shape (n + 1,).
    :param indices: numbers of stems, row by row, ascending within a row, int32.
    :param counts: how often, uint8.
    """

    vocabulary: tuple[str, ...]
    indptr: NDArray[np.int64]
    indices: NDArray[np.int32]
    counts: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.indptr) - 1

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each stem."""
        return {stem: number for number, stem in enumerate(self.vocabulary)}

    @cached_property
    def frequency(self) -> NDArray[np.int64]:
        """In how many sentences each stem stands, shape (len(vocabulary),)."""
        return np.bincount(self.indices, minlength=len(self.vocabulary)).astype(np.int64)

    def row(self, index: int) -> NDArray[np.int32]:
        """Give the stems of one sentence."""
        return self.indices[self.indptr[index] : self.indptr[index + 1]]


NO_STEMS: Final = Stems((), np.zeros(1, np.int64), np.zeros(0, np.int32), np.zeros(0, np.uint8))


def count_stems(terms: Terms, chosen: Sequence[int] | None = None) -> Stems:
    """Count the stems of sentences.

    :param terms: of n sentences.
    :param chosen: numbers of the sentences wanted; None for all. Stems that none of them holds are left out.
    """
    rows, counts = [], []
    for index in range(len(terms.rows)) if chosen is None else chosen:
        found, times = np.unique(terms.rows[index], return_counts=True)
        rows.append(found)
        counts.append(np.minimum(times, 255))
    flat = np.concatenate(rows) if rows else np.zeros(0, np.int32)
    held, indices = np.unique(flat, return_inverse=True)
    return Stems(
        tuple(terms.vocabulary[number] for number in held.tolist()),
        np.cumsum([0, *map(len, rows)], dtype=np.int64),
        indices.astype(np.int32),
        (np.concatenate(counts) if counts else np.zeros(0)).astype(np.uint8),
    )


def join_stems(first: Stems, second: Stems) -> Stems:
    """Put the sentences of one behind those of another."""
    numbers = dict(first.numbers)
    place = np.array([numbers.setdefault(stem, len(numbers)) for stem in second.vocabulary], dtype=np.int32)
    moved = place[second.indices] if len(place) else second.indices
    rows = np.repeat(np.arange(len(second)), np.diff(second.indptr))
    order = np.lexsort((moved, rows))  # ascending within a row again
    return Stems(
        tuple(numbers),
        np.concatenate([first.indptr, second.indptr[1:] + first.indptr[-1]]),
        np.concatenate([first.indices, moved[order]]),
        np.concatenate([first.counts, second.counts[order]]),
    )


def drop_first(stems: Stems, n: int) -> Stems:
    """Leave the first n sentences out, and the stems that only they hold."""
    start = int(stems.indptr[n])
    held, indices = np.unique(stems.indices[start:], return_inverse=True)
    return Stems(
        tuple(stems.vocabulary[number] for number in held.tolist()),
        stems.indptr[n:] - start,
        indices.astype(np.int32),
        stems.counts[start:],
    )


class Lookup:
    """Finds the known sentences that are lexically close to new ones.

    Rows are weighed as in :func:`summarizer.vectors.tfidf`, function words counted, over known and new sentences
    together, so that the bars of :mod:`summarizer.clustering` hold.

    :param known: stems of n known sentences.
    :param new: stems of m new sentences.
    """

    def __init__(self, known: Stems, new: Stems) -> None:
        both = join_stems(known, new)
        self._n_known = len(known)
        self._frequency = both.frequency
        self._rows = _weigh(both)
        stop = [number for number, stem in enumerate(both.vocabulary) if stem in STOP_WORDS]
        self._is_common = self._frequency > max(_MIN_COMMON, _COMMON * self._n_known)
        self._is_common[stop] = True
        self._is_stop = np.zeros(len(both.vocabulary), dtype=np.bool_)
        self._is_stop[stop] = True
        self._postings()

    def _postings(self) -> None:
        """List the known sentences that hold each word of the new ones, for words that are not common."""
        rows, end = self._rows, int(self._rows.indptr[self._n_known])
        wanted = np.zeros(rows.n_columns, dtype=np.bool_)
        wanted[rows.indices[end:]] = True
        wanted &= ~self._is_common
        entries = np.flatnonzero(wanted[rows.indices[:end]])
        columns = rows.indices[entries]
        order = np.argsort(columns, kind="stable")
        entries, columns = entries[order], columns[order]
        self._owner = rows.row_of_entry()[entries]
        self._value = rows.values[entries].astype(np.float64)
        self._start = np.zeros(rows.n_columns + 1, dtype=np.int64)
        np.cumsum(np.bincount(columns, minlength=rows.n_columns), out=self._start[1:])

    def near(self, index: int, least: float) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Find the known sentences nearest to a new one by words.

        :param index: number of the new sentence, from 0.
        :param least: lexical cosine from which they count, above 0.
        :return: numbers of known sentences and their cosines, rounded to 6 decimals, nearest first, ties to the lower
            number; at most 64, chosen by the words that are not common.
        """
        rows = self._rows
        mine = slice(rows.indptr[self._n_known + index], rows.indptr[self._n_known + index + 1])
        columns, values = rows.indices[mine], rows.values[mine].astype(np.float64)
        lengths = np.diff(self._start)[columns]
        places = ranges(self._start[columns], lengths)
        owners = self._owner[places]
        shared = np.bincount(owners, weights=np.repeat(values, lengths) * self._value[places], minlength=1)
        found = np.flatnonzero(shared > 0)
        if len(found) > _MOST:
            found = np.sort(found[np.lexsort((found, -np.round(shared[found], 6)))[:_MOST]])
        cosines = self._cosines(columns, values, found)
        close = np.flatnonzero(cosines >= least)
        order = close[np.lexsort((found[close], -cosines[close]))]
        return found[order], cosines[order]

    def rarity(self, index: int) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        """Give the stems of a new sentence and how rare each is among all sentences, function words at 0."""
        rows = self._rows
        columns = rows.indices[rows.indptr[self._n_known + index] : rows.indptr[self._n_known + index + 1]]
        weights = 1 + np.log(len(rows) / self._frequency[columns])
        return columns, np.where(self._is_stop[columns], 0.0, weights)

    def held(self, known: NDArray[np.int64]) -> NDArray[np.int32]:
        """Give the stems of known sentences, together."""
        rows = self._rows
        entries = ranges(rows.indptr[known], np.diff(rows.indptr)[known])
        return rows.indices[entries]

    def _cosines(
        self, columns: NDArray[np.int32], values: NDArray[np.float64], found: NDArray[np.int64]
    ) -> NDArray[np.float64]:
        rows = self._rows
        table = np.zeros(rows.n_columns)
        table[columns] = values
        lengths = np.diff(rows.indptr)[found]
        entries = ranges(rows.indptr[found], lengths)
        products = table[rows.indices[entries]] * rows.values[entries]
        return np.round(np.bincount(np.repeat(np.arange(len(found)), lengths), products, minlength=len(found)), 6)


def _weigh(stems: Stems) -> SparseRows:
    """Give TF-IDF rows of unit length."""
    values = (1 + np.log(stems.counts.astype(np.float64))) * (1 + np.log(len(stems) / stems.frequency[stems.indices]))
    owner = np.repeat(np.arange(len(stems)), np.diff(stems.indptr))
    norms = np.sqrt(np.bincount(owner, weights=values**2, minlength=len(stems)))
    return SparseRows(stems.indptr, stems.indices, (values / norms[owner]).astype(np.float32), len(stems.vocabulary))
