"""How much a sentence matters: what it says that independent documents also say.

A sentence is a bag of concepts: its word pairs, its content words, and the topic it belongs to. A concept weighs as much as
the independent origins that hold it; copies of one text are one origin. The salience of a sentence is the weight of its
concepts over the root of its length, times how well it stands alone and how close it is to the query.

Measured on validation clusters of three kinds (225 / 65 / 155 words; ROUGE-1, 2 x 100): word pairs alone 46.5 / 17.9,
39.0 / 17.1, 35.1 / 10.1; with content words 46.8 / 18.1, 39.5 / 17.6, 36.4 / 10.1. Counting tokens in place of origins
costs 1.1 ROUGE-1, and dropping the rule of two origins 0.6 to 0.9.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from summarizer.material import Material
from summarizer.openers import is_dangling
from summarizer.terms import Terms, count_words, stem, tokenize

#: A concept of n origins weighs n to this power: 1, 1.5 and 2 differ by less than 0.3 ROUGE-1; 2 is best on average.
_SUPPORT_POWER: Final = 2.0
#: A concept first met at position p weighs 1 + exp(-p / 10): +0.2 ROUGE-1 on full articles, none on short ones.
_EARLY_SCALE: Final = 10.0
#: Salience divides by words ** 0.5: 0.3 and 0.7 lose 0.2 to 0.7 ROUGE-1 on many short documents.
LENGTH_POWER: Final = 0.5

#: A topic that n origins speak of weighs this much against one word that n origins share.
_TOPIC_WEIGHT: Final = 1.0
#: Salience of a sentence that opens by pointing at one before it is multiplied by this.
_DANGLING_FACTOR: Final = 0.6
#: Salience of a sentence that has nothing to do with the query is multiplied by this, that of the closest by 1.
_OFF_QUERY_FACTOR: Final = 0.05
#: Sentences of fewer words are chosen only when nothing else fits: they are mostly fragments and exclamations.
MIN_WORDS: Final = 5

KINDS: Final = ("shared word pairs", "shared words", "shared topic")
_PAIR, _WORD, _TOPIC = range(3)


@dataclass(frozen=True, slots=True)
class Concepts:
    """Which concepts each of n sentences holds, and what they weigh.

    :param indptr: shape (n + 1,); sentence i holds ``indices[indptr[i]:indptr[i + 1]]``.
    :param indices: concept numbers, each once a sentence.
    :param weights: shape (m,), at least 0; zero for what only one origin says.
    :param kinds: shape (m,), index into :data:`KINDS`.
    """

    indptr: NDArray[np.int64]
    indices: NDArray[np.int64]
    weights: NDArray[np.float64]
    kinds: NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.indptr) - 1

    def of(self, index: int) -> NDArray[np.int64]:
        """Give the concepts of one sentence."""
        return self.indices[self.indptr[index] : self.indptr[index + 1]]

    def totals(self) -> NDArray[np.float64]:
        """Give the weight of all concepts of each sentence, shape (n,)."""
        owner = np.repeat(np.arange(len(self)), np.diff(self.indptr))
        return np.bincount(owner, weights=self.weights[self.indices], minlength=len(self))


def weigh_concepts(
    terms: Terms,
    origins: NDArray[np.int64],
    positions: NDArray[np.int64],
    topics: NDArray[np.int64] | None = None,
    *,
    topic_weight: float = 0.0,
) -> Concepts:
    """Number the concepts of sentences and weigh them by the independent origins that hold them.

    When no two origins share anything (one document, or documents of different events), every concept weighs by its
    frequency instead, so that one article alone can be summarized.

    :param terms: stems of n sentences.
    :param origins: shape (n,), origin number of each sentence.
    :param positions: shape (n,), index of the sentence in its document.
    :param topics: shape (n,), loose cluster of each sentence; None for none.
    :param topic_weight: weight of a topic relative to one shared word; 0 leaves topics out.
    :return: concepts of two origins or more; sentences may hold none. O(total words log total words).
    """
    keys, owners, kinds = _occurrences(terms, topics if topic_weight else None)
    unique, concept = np.unique(keys, return_inverse=True)
    kind = np.zeros(len(unique), dtype=np.int8)
    kind[concept] = kinds
    first = np.full(len(unique), np.iinfo(np.int64).max)
    np.minimum.at(first, concept, positions[owners])
    n_origins = _distinct(concept, origins[owners], len(unique))
    weights = np.where(n_origins >= 2, n_origins.astype(np.float64) ** _SUPPORT_POWER, 0.0)
    if not weights.any():
        weights = np.where(kind == _TOPIC, 0.0, np.bincount(concept, minlength=len(unique)).astype(np.float64))
    weights *= 1 + np.exp(-first / _EARLY_SCALE)
    weights[kind == _TOPIC] *= topic_weight
    pairs = np.unique(owners * max(len(unique), 1) + concept)
    owners, concept = pairs // max(len(unique), 1), pairs % max(len(unique), 1)
    held = weights[concept] > 0
    indptr = np.zeros(len(terms.rows) + 1, dtype=np.int64)
    np.cumsum(np.bincount(owners[held], minlength=len(terms.rows)), out=indptr[1:])
    return Concepts(indptr, concept[held], weights, kind)


def _occurrences(
    terms: Terms, topics: NDArray[np.int64] | None
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int8]]:
    """Give key, sentence and kind of every concept met; pairs of two function words say nothing and are left out."""
    lengths = np.array([len(row) for row in terms.rows], dtype=np.int64)
    flat = np.concatenate(terms.rows).astype(np.int64) if terms.rows else np.zeros(0, dtype=np.int64)
    owner = np.repeat(np.arange(len(lengths)), lengths)
    size, stop = len(terms.vocabulary), terms.is_stop
    inside = owner[:-1] == owner[1:]
    left, right, pair_owner = flat[:-1][inside], flat[1:][inside], owner[:-1][inside]
    telling = ~(stop[left] & stop[right])
    content = ~stop[flat]
    keys = [size + left[telling] * size + right[telling], flat[content]]
    owners = [pair_owner[telling], owner[content]]
    if topics is not None:
        keys.append(-1 - topics)
        owners.append(np.arange(len(topics)))
    kinds = np.repeat(np.arange(len(keys)), [len(part) for part in keys]).astype(np.int8)
    return np.concatenate(keys), np.concatenate(owners), kinds


def _distinct(concept: NDArray[np.int64], origin: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """Count the distinct origins of each concept."""
    width = int(origin.max(initial=0)) + 1
    return np.bincount(np.unique(concept * width + origin) // width, minlength=size)


@dataclass(frozen=True, slots=True)
class Candidates:
    """n sentences in canonical order and how much each matters.

    :param eligible: shape (n,), which of them may be chosen at all.
    :param salience: shape (n,), at least 0, higher matters more; the factors are in it.
    :param standing: shape (n,), factor below 1 for sentences that point at one before.
    :param relevance: shape (n,), factor for closeness to the query; all 1 without one.
    :param words: shape (n,), words a sentence.
    :param concepts: what each sentence says, with weights.
    """

    eligible: NDArray[np.bool_]
    salience: NDArray[np.float64]
    standing: NDArray[np.float64]
    relevance: NDArray[np.float64]
    words: NDArray[np.int64]
    concepts: Concepts

    @property
    def factors(self) -> NDArray[np.float64]:
        """What gains are multiplied by, shape (n,)."""
        return self.standing * self.relevance

    def explain(self, index: int) -> dict[str, float]:
        """Name the parts of one sentence's salience: its concepts by kind, largest first, then factors that are not 1.

        The parts sum to the salience once multiplied by the factors.
        """
        held = self.concepts.of(index)
        sums = np.bincount(self.concepts.kinds[held], weights=self.concepts.weights[held], minlength=len(KINDS))
        scale = max(int(self.words[index]), 1) ** LENGTH_POWER
        parts = {name: round(float(total) / scale, 6) for name, total in zip(KINDS, sums, strict=True) if total > 0}
        ranked = dict(sorted(parts.items(), key=lambda part: (-part[1], part[0])))
        factors = {"stands alone": self.standing[index], "answers the query": self.relevance[index]}
        return ranked | {name: round(float(value), 6) for name, value in factors.items() if value != 1}


def judge(material: Material, *, keep_opinion: bool = False, min_words: int = MIN_WORDS) -> Candidates:
    """Say of every sentence whether it may be chosen and how much it matters.

    :param material: n sentences with their words, vectors and clusters.
    :param keep_opinion: whether passages marked as commentary are eligible.
    :param min_words: shorter sentences are not eligible.
    """
    words = np.array([count_words(sentence.text) for sentence in material.sentences], dtype=np.int64)
    opinion = np.array([sentence.opinion for sentence in material.sentences], dtype=np.bool_)
    concepts = weigh_concepts(
        material.terms, material.origin, material.positions, material.clustering.topics, topic_weight=_TOPIC_WEIGHT
    )
    dangling = np.array([is_dangling(sentence.text) for sentence in material.sentences], dtype=np.bool_)
    standing = np.where(dangling, _DANGLING_FACTOR, 1.0)
    relevance = _relevance(material)
    salience = concepts.totals() / np.maximum(words, 1).astype(np.float64) ** LENGTH_POWER * standing * relevance
    eligible = (words >= min_words) & (keep_opinion | ~opinion)
    return Candidates(eligible, np.round(salience, 9), standing, relevance, words, concepts)


def _relevance(material: Material) -> NDArray[np.float64]:
    """Give the closeness of each sentence to the query: idf share of the query's words it holds, and cosine.

    Scaled so that the closest sentence has 1 and one that shares nothing :data:`_OFF_QUERY_FACTOR`.
    """
    n = len(material.sentences)
    if not material.query:
        return np.ones(n)
    terms = material.terms
    number = {term: index for index, term in enumerate(terms.vocabulary)}
    languages = sorted({document.language or "en" for document in material.documents})
    forms = {stem(token, language) for token in tokenize(material.query) for language in languages}
    asked = np.array(sorted(number[form] for form in forms if form in number), dtype=np.int64)
    asked = asked[~terms.is_stop[asked]]
    weight = np.zeros(len(terms.vocabulary))
    holders = np.bincount(material.lexical.indices, minlength=len(terms.vocabulary))
    weight[asked] = 1 + np.log(n / np.maximum(holders[asked], 1))
    shared = np.bincount(material.lexical.row_of_entry(), weights=weight[material.lexical.indices], minlength=n) / max(
        float(weight.sum()), 1e-9
    )
    closeness = shared
    if material.vectors is not None and material.query_vector is not None:
        closeness = (shared + np.maximum(material.vectors @ material.query_vector, 0).astype(np.float64)) / 2
    closeness = np.round(closeness, 6)
    return _OFF_QUERY_FACTOR + (1 - _OFF_QUERY_FACTOR) * closeness / max(float(closeness.max(initial=0)), 1e-6)
