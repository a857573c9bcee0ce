"""How similar sentences are: by their words, by their vectors, and where only some of them have a vector.

Two sentences are as similar as the mean of their TF-IDF and encoder cosines, or their TF-IDF cosine alone without an
encoder. Where very many sentences were read, some have no vector: of these it is what is expected of their words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from summarizer.vectors import Pairs, SparseRows, cosines, distinct, similar_dense, similar_sparse

#: A lexical cosine from which a pair is looked at; below it only encoder cosines of twice the bar less this propose.
LEXICAL_FLOOR: Final = 0.15
#: Mean similarity of pairs of news sentences by their lexical cosine: 147,000 pairs of ``multi_news_val``.
_WORDS: Final = (0.0, 0.15, 0.20, 0.25, 0.30, 0.35, 0.40, 0.50, 0.60, 0.80, 1.0)
_EXPECTED: Final = (0.0, 0.19, 0.24, 0.30, 0.35, 0.40, 0.46, 0.55, 0.62, 0.80, 1.0)
#: Room for what rounding to six decimals moves.
MARGIN: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Partial:
    """Which of n sentences have a vector where not all have.

    The similarity of two without is what is expected of their words. Where it is asked who supports a sentence, those
    that share words with it are embedded, too.

    :param chosen: shape (n,), those embedded before anything is compared. Equal sentences are all or none of them.
    :param embed: gives the vectors of others, of any length.
    :param held: shape (n,), those embedded so far.
    """

    chosen: NDArray[np.bool_]
    embed: Callable[[Sequence[str]], NDArray[np.float32]]
    held: NDArray[np.bool_]


def unit_rows(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Scale rows to unit length; those of nothing stay."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(lengths > 0, lengths, 1.0), dtype=np.float32)


def distinct_texts(texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give the first index of each different text, and for each text its place among these."""
    places: dict[str, int] = {}
    first: list[int] = []
    for index, text in enumerate(texts):
        if places.setdefault(text, len(first)) == len(first):
            first.append(index)
    return np.array(first, dtype=np.int64), np.array([places[text] for text in texts], dtype=np.int64)


def similar_pairs(
    lexical: SparseRows,
    by_words: NDArray[np.float64] | None,
    vectors: NDArray[np.float32] | None,
    first: NDArray[np.int64],
    threshold: float,
) -> Pairs:
    """Find the pairs of m of n sentences with similarity of at least the threshold.

    :param lexical: n rows.
    :param by_words: their cosines, where known.
    :param vectors: shape (m, d).
    :param first: shape (m,), which sentences are compared, ascending.
    """
    rows = lexical if len(first) == len(lexical) else lexical.take(first)
    known = by_words if by_words is None or len(first) == len(by_words) else by_words[np.ix_(first, first)]
    if vectors is None:
        return _similar_words(rows, known, max(threshold, MARGIN))
    # A mean of at least t has a lexical cosine of at least f or an encoder cosine over 2 t - f.
    floor = max(min(LEXICAL_FLOOR, threshold), MARGIN)
    n = max(len(rows), 1)
    proposals = (_similar_words(rows, known, floor), similar_dense(vectors, 2 * threshold - floor))
    keys = distinct(np.concatenate([pairs.left * n + pairs.right for pairs in proposals]))
    left, right = np.divmod(keys, n)
    similarity = mean(word_cosines(rows, known, left, right), vectors, left, right)
    kept = similarity >= threshold
    return Pairs(left[kept], right[kept], similarity[kept])


def similar_in_part(
    lexical: SparseRows,
    vectors: NDArray[np.float32],
    embedded: NDArray[np.bool_],
    first: NDArray[np.int64],
    threshold: float,
    near: Pairs | None,
) -> Pairs:
    """Find the same where only some sentences have a vector.

    :param vectors: shape (m, d).
    :param embedded: shape (m,).
    """
    near = _near_by_words(lexical, first) if near is None else near
    held = np.flatnonzero(embedded)
    floor, n = min(LEXICAL_FLOOR, threshold), max(len(first), 1)
    in_sense = similar_dense(vectors[held], 2 * threshold - floor)
    keys = distinct(np.concatenate([near.left * n + near.right, held[in_sense.left] * n + held[in_sense.right]]))
    left, right = np.divmod(keys, n)
    by_words = cosines(lexical, first[left], first[right])
    similarity = mean_in_part(by_words, vectors, left, right, embedded[left] & embedded[right])
    kept = similarity >= threshold
    return Pairs(left[kept], right[kept], similarity[kept])


def near_by_words(texts: Sequence[str], lexical: SparseRows) -> tuple[NDArray[np.int64], Pairs]:
    """Find the pairs of sentences that share enough words to be looked at.

    :param texts: n sentences.
    :param lexical: their TF-IDF rows.
    :return: shape (n,), the place of each text among the different ones, and pairs of such places.
    """
    first, place = distinct_texts(texts)
    return place, _near_by_words(lexical, first)


def _near_by_words(lexical: SparseRows, first: NDArray[np.int64]) -> Pairs:
    return similar_sparse(lexical if len(first) == len(lexical) else lexical.take(first), LEXICAL_FLOOR)


def expected(by_words: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the similarity that pairs of news sentences with these lexical cosines have on average."""
    return np.round(np.interp(by_words, _WORDS, _EXPECTED), 6)


def _similar_words(rows: SparseRows, by_words: NDArray[np.float64] | None, threshold: float) -> Pairs:
    """Find the pairs with a cosine of TF-IDF rows of at least the threshold, above 0."""
    if by_words is None:
        return similar_sparse(rows, threshold)
    left, right = np.nonzero(by_words >= threshold)
    once = left < right
    left, right = left[once], right[once]
    return Pairs(left, right, by_words[left, right])


def word_cosines(
    rows: SparseRows, by_words: NDArray[np.float64] | None, left: NDArray[np.int64], right: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Give the cosine of TF-IDF rows of each pair, rounded to 6 decimals."""
    return cosines(rows, left, right) if by_words is None else by_words[left, right]


def mean(
    by_words: NDArray[np.float64],
    vectors: NDArray[np.float32] | None,
    left: NDArray[np.int64],
    right: NDArray[np.int64],
) -> NDArray[np.float64]:
    """Give the similarity of each pair, rounded to 6 decimals, by their cosines of words."""
    return by_words if vectors is None else np.round((by_words + cosines(vectors, left, right)) / 2, 6)


def mean_in_part(
    by_words: NDArray[np.float64],
    vectors: NDArray[np.float32],
    left: NDArray[np.int64],
    right: NDArray[np.int64],
    embedded: NDArray[np.bool_],
) -> NDArray[np.float64]:
    """Give the same where both count as embedded, and what is expected of the words where they do not."""
    found = expected(by_words)
    both = np.flatnonzero(embedded)
    found[both] = mean(by_words[both], vectors, left[both], right[both])
    return found
