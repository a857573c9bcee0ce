"""What sentences say, as concepts that independent documents share.

A sentence is a bag of concepts: its word pairs, its content words, the topic it belongs to, and the figures it gives
for a topic. A concept weighs as the square of the independent origins that hold it; copies of one text are one origin.

Measured on tuning clusters of three kinds (225 / 65 / 155 words; ROUGE-1, 2 x 100): word pairs alone 46.5 / 17.9,
39.0 / 17.1, 35.1 / 10.1; with content words 46.8 / 18.1, 39.5 / 17.6, 36.4 / 10.1. Counting tokens in place of origins
cost 1.1 ROUGE-1 in earlier measurements on other clusters, and dropping the rule of two origins 0.6 to 0.9.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from summarizer.terms import Terms
from summarizer.vectors import are_new, distinct, sort_with_places

#: A concept of n origins weighs n to this power: 1.5 and 2 are within 0.1 ROUGE-1 of each other on all three tuning
#: sets, 1 loses 0.6 on many short documents.
_SUPPORT_POWER: Final = 2.0
#: A concept first met at position p weighs 1 + exp(-p / 10): up to 0.2 ROUGE-1 on full articles, nothing
#: on short ones.
_EARLY_SCALE: Final = 10.0
#: A topic that n origins speak of weighs this much against one word that n origins share.
#: Against 2 it gives 0.1 ROUGE-1 on full articles and on three outlets, and takes 0.2 ROUGE-2 on many short documents;
#: 6 and more took 1 ROUGE-1 there. Of weights this close, the one whose briefing of seeds/ reads best.
_TOPIC_WEIGHT: Final = 4.0
#: A figure given for a topic that n origins speak of weighs this much against one word that n origins share: an analyst
#: wants the number, and origins that give different ones share no word of it. 0 and 20 differ by less than 0.1 ROUGE-1;
#: the value is the one whose briefing of seeds/ reads best.
_FIGURE_WEIGHT: Final = 20.0
#: Figures count for topics that this share of the origins, and at least two, speak of. Without the share, 0.5 ROUGE-1
#: is lost on many short documents, where every update has its number.
_FIGURE_SHARE: Final = 0.3

# A percentage, an amount of money, or a number with its scale; bare counts are in every sentence.
# The first character before the alternatives: the search looks for it at four times the speed.
_FIGURE: Final = re.compile(
    r"[$€£¥₹\d](?:(?<!\d)\s?\d[\d.,]*(?:\s?(?:million|billion|trillion|bn|m)\b)?"
    r"|(?<=\d)[\d.,]{0,40}\s?"  # no number is longer, and a row of digits is not read again from each of them
    r"(?:%|[€£¥₹]|percent\b|per cent\b|(?:million|billion|trillion|bn|Millionen|Milliarden|milliards?)\b))"
)

KINDS: Final = ("shared word pairs", "shared words", "shared topic", "reported figures")
PAIR, WORD, _TOPIC, _FIGURES = range(4)


@dataclass(frozen=True)
class Concepts:
    """Which of m concepts each of n sentences holds, and what they weigh.

    :param indptr: shape (n + 1,); sentence i holds ``indices[indptr[i]:indptr[i + 1]]``.
    :param indices: concept numbers, each once a sentence, ascending within one.
    :param weights: shape (m,), at least 0; zero for what only one origin says.
    :param kinds: shape (m,), index into :data:`KINDS`.
    :param origins: shape (m,), independent origins that hold it.
    :param occurrences: shape (m,), how often it is said, not counting what a copy repeats of its origin.
    :param first_word: shape (m,), stem number of the word, or of the first one of a pair; 0 for other concepts.
    :param second_word: shape (m,), stem number of the second word of a pair; else that of the first.
    """

    indptr: NDArray[np.int64]
    indices: NDArray[np.int64]
    weights: NDArray[np.float64]
    kinds: NDArray[np.int8]
    origins: NDArray[np.int64]
    occurrences: NDArray[np.int64]
    first_word: NDArray[np.int64]
    second_word: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.indptr) - 1

    @cached_property
    def by_concept(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Concept and sentence of each entry of ``indices``, ascending by concept, then by sentence."""
        n = max(len(self), 1)
        entries = np.sort(self.indices * n + self.owners)
        concept = entries // n
        return concept, entries - concept * n

    @cached_property
    def owners(self) -> NDArray[np.int64]:
        """The sentence of each entry of ``indices``."""
        return np.repeat(np.arange(len(self)), np.diff(self.indptr))

    def of(self, index: int) -> NDArray[np.int64]:
        """Give the concepts of one sentence."""
        return self.indices[self.indptr[index] : self.indptr[index + 1]]

    @cached_property
    def gives_figure(self) -> NDArray[np.bool_]:
        """Which sentences give a percentage, an amount of money, or a number with its scale, shape (n,)."""
        found = np.zeros(len(self), dtype=np.bool_)
        found[self.owners[self.kinds[self.indices] == _FIGURES]] = True
        return found

    def totals(self) -> NDArray[np.float64]:
        """Give the weight of all concepts of each sentence, shape (n,)."""
        return np.bincount(self.owners, weights=self.weights[self.indices], minlength=len(self)).astype(np.float64)


def weigh_concepts(
    terms: Terms,
    origins: NDArray[np.int64],
    positions: NDArray[np.int64],
    topics: NDArray[np.int64] | None = None,
    texts: Sequence[str] = (),
    counted: NDArray[np.bool_] | None = None,
) -> Concepts:
    """Number the concepts of sentences and weigh them by the independent origins that hold them.

    When no two origins share anything (one document, or documents of different events), every concept weighs by its
    frequency instead, so that one article alone can be summarized.

    :param terms: stems of n sentences.
    :param origins: shape (n,), origin number of each sentence.
    :param positions: shape (n,), index of the sentence in its document.
    :param topics: shape (n,), loose cluster of each sentence; None leaves topics and figures out.
    :param texts: the n sentences, where figures are looked for; needs topics.
    :param counted: shape (n,), sentences whose words count as occurrences: not what a copy repeats; None for all.
    :return: all concepts; sentences may hold none. O(total words log total words).
    """
    if topics is None:
        topics, texts = np.arange(len(terms.rows)), ()
    keys, owners = _occurrences(terms, topics, _figures(texts))
    keys, order = sort_with_places(keys)
    owners = owners[order]
    new = are_new(keys)
    starts, concept = np.flatnonzero(new), np.cumsum(new) - 1
    unique, m = keys[starts], len(starts)
    size = max(len(terms.vocabulary), 1)
    kind = _kinds(unique, size)
    first = np.minimum.reduceat(positions[owners], starts) if m else starts
    said = np.bincount(concept if counted is None else concept[counted[owners]], minlength=m)
    n_origins = _count_origins(concept, origins[owners], m)
    weights = _weights(concept, owners, kind, origins, topics, n_origins, said)
    weights *= 1 + np.exp(-first / _EARLY_SCALE)
    entries = distinct(owners * max(m, 1) + concept)
    owners = entries // max(m, 1)
    indptr = np.zeros(len(terms.rows) + 1, dtype=np.int64)
    np.cumsum(np.bincount(owners, minlength=len(terms.rows)), out=indptr[1:])
    word, pair = np.where(kind == WORD, unique, 0), kind == PAIR
    left, right = np.divmod(unique - size, size)
    return Concepts(
        indptr,
        entries - owners * m,
        weights,
        kind,
        n_origins,
        said,
        np.where(pair, left, word),
        np.where(pair, right, word),
    )


def _kinds(keys: NDArray[np.int64], size: int) -> NDArray[np.int8]:
    """Give the kind of each key of :func:`_occurrences`."""
    above = np.where(keys < size, WORD, PAIR)
    return np.where(keys >= 0, above, np.where(keys % 2 == 1, _TOPIC, _FIGURES)).astype(np.int8)


def reported(topics: NDArray[np.int64], origins: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Say which sentences belong to a topic that enough origins speak of for its figures to count, shape (n,)."""
    of_topic = _count_origins(topics, origins, int(topics.max(initial=0)) + 1)
    return np.asarray(of_topic[topics] >= max(2, _FIGURE_SHARE * len(np.unique(origins))), dtype=np.bool_)


def _figures(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Give the sentence of every figure, and a number for each different one."""
    numbers: dict[str, int] = {}
    return [
        (index, numbers.setdefault("".join(figure.lower().split()), len(numbers)))
        for index, text in enumerate(texts)
        for figure in _FIGURE.findall(text)
    ]


def _weights(
    concept: NDArray[np.int64],
    owners: NDArray[np.int64],
    kind: NDArray[np.int8],
    origins: NDArray[np.int64],
    topics: NDArray[np.int64],
    held_by: NDArray[np.int64],
    said: NDArray[np.int64],
) -> NDArray[np.float64]:
    """Weigh concepts by their origins, and a figure by those of the widest topic it is given for."""
    n_origins = held_by.copy()
    if (kind == _FIGURES).any():
        figures = kind[concept] == _FIGURES
        speaking = np.where(
            reported(topics, origins), _count_origins(topics, origins, int(topics.max()) + 1)[topics], 0
        )
        n_origins[kind == _FIGURES] = 0
        np.maximum.at(n_origins, concept[figures], speaking[owners[figures]])
    weights = np.where(n_origins >= 2, n_origins.astype(np.float64) ** _SUPPORT_POWER, 0.0)
    if not weights.any():
        return np.where(kind <= WORD, said, 0).astype(np.float64)
    weights[kind == _TOPIC] *= _TOPIC_WEIGHT
    weights[kind == _FIGURES] *= _FIGURE_WEIGHT
    return weights


def _occurrences(
    terms: Terms, topics: NDArray[np.int64], figures: list[tuple[int, int]]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give key and sentence of every concept met; pairs of two function words say nothing and are left out.

    The range of a key tells its kind: words from 0, pairs from the size of the vocabulary, topics below 0 and odd,
    figures below 0 and even.
    """
    flat, owner = terms.flat, terms.owner
    size, stop = len(terms.vocabulary), terms.is_stop
    inside = owner[:-1] == owner[1:]
    left, right, pair_owner = flat[:-1][inside], flat[1:][inside], owner[:-1][inside]
    telling = ~(stop[left] & stop[right])
    content = ~stop[flat]
    given = np.array(figures, dtype=np.int64).reshape(-1, 2)
    keys = (size + left[telling] * size + right[telling], flat[content], -1 - 2 * topics, -2 - 2 * given[:, 1])
    owners = (pair_owner[telling], owner[content], np.arange(len(topics)), given[:, 0])
    return np.concatenate(keys), np.concatenate(owners)


def _count_origins(concept: NDArray[np.int64], origin: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """Count the distinct origins of each concept."""
    width = int(origin.max(initial=0)) + 1
    return np.bincount(distinct(concept * width + origin) // width, minlength=size)
