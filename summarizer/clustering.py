"""Sentences that say the same thing across articles, and who supports what.

Two sentences are as similar as the mean of their TF-IDF and encoder cosines (TF-IDF alone without an encoder).
Clusters are complete link: every member is similar to every other, so nothing chains, and merging over the sparse list
of similar pairs is exact. Pairs that a guard of :mod:`summarizer.guards` keeps apart never share a cluster and never
support one another; they may share a topic.

Support is wider than a cluster, because a sentence may hold a statement and more: see :func:`supporters`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from summarizer.datatypes import Sentence
from summarizer.errors import ConfigError
from summarizer.facts import Facts, FactsOf
from summarizer.grouping import complete_link
from summarizer.guards import conflict, same_figure
from summarizer.similarity import (
    LEXICAL_FLOOR,
    MARGIN,
    Partial,
    distinct_texts,
    expected,
    mean,
    mean_in_part,
    similar_in_part,
    similar_pairs,
    unit_rows,
    word_cosines,
)
from summarizer.terms import Terms
from summarizer.vectors import Pairs, SparseRows, all_cosines, ranges


@dataclass(frozen=True, slots=True)
class Bars:
    """Similarities from which sentences count as related, in [0, 1].

    :param cluster: as saying the same.
    :param topic: as speaking of the same thing.
    :param support: as support.
    :param figure: as support, when both state the same figure.
    :param named: as support, when the supporter names everything that the statement names.
    :param apart: as support, when the articles are of different days and the sentences do not state the same figure.
    """

    cluster: float
    topic: float
    support: float
    figure: float
    named: float
    apart: float


#: Measured with function words among the lexical rows (``tfidf(terms, content_only=False)``), guards on; figures in
#: ``benchmarks/results/measure_clustering.json``. Cluster: with MiniLM the adjusted Rand index on ``clusters_msrp`` is
#: .945 or more from .34 to .48 (mean over halves, .955 at .42), without from .20 to .32 (.952 at .24). Topic: on the
#: seed articles two figures of one measure have .43, unrelated sentences under .33. Support, by hand on news: between
#: .42 and .45 a third of the supporters state the fact, from .45 on three of four do and nine of ten at least in part.
#: The lower bars for figures and names add few pairs; they are where the first wrong ones appeared. Apart: of 106
#: supporters in articles of other days (three chronicles, ``background_train``) 5 state the fact and 8 in part; others
#: tell of the next attack, the next fall of the Dow. From .5 on it is three of four, with MiniLM from .7 on. In
#: ``background_val``, not looked at before, 5 of 34 do, of which one is kept, as is one of the others, a day apart.
DEFAULT_BARS: Final = {
    "encoder": Bars(cluster=0.42, topic=0.36, support=0.45, figure=0.39, named=0.34, apart=0.7),
    "tfidf": Bars(cluster=0.24, topic=0.22, support=0.26, figure=0.22, named=0.18, apart=0.5),
}
#: Names, each a run of capitalised words, that a statement must hold to be supported on its names: with fewer, names
#: that every article of a story repeats would do.
_MIN_NAMES: Final = 3


@dataclass(frozen=True)
class Clustering:
    """Which of n sentences say the same, and what is needed to tell who supports whom.

    :param labels: shape (n,), cluster number of each sentence, numbered by first member.
    :param topics: shape (n,), number of a looser group: sentences that speak of the same thing, guards off. Two reports
        of one measure with different figures meet here. A cluster lies within one topic.
    :param texts: the n sentences.
    :param lexical: their TF-IDF rows.
    :param vectors: shape (n, d), unit rows; None without an encoder.
    :param origins: shape (n,), number of the origin of each sentence.
    :param bars: the similarities used.
    :param by_words: shape (n, n), the cosines of all TF-IDF rows; None where there are too many.
    :param facts: what the guards read in the sentences looked at so far.
    :param partial: which sentences have a vector; None where all have.
    """

    labels: NDArray[np.int64]
    topics: NDArray[np.int64]
    texts: tuple[str, ...]
    lexical: SparseRows
    vectors: NDArray[np.float32] | None
    origins: NDArray[np.int64]
    bars: Bars
    by_words: NDArray[np.float64] | None = field(default=None, repr=False)
    facts: FactsOf = field(default_factory=FactsOf, repr=False)
    partial: Partial | None = field(default=None, repr=False)

    @property
    def threshold(self) -> float:
        """The similarity from which two sentences say the same, in [0, 1]."""
        return self.bars.cluster

    @cached_property
    def columns(self) -> SparseRows:
        """The TF-IDF rows by column: which sentences hold a stem."""
        return self.lexical.transposed()


def default_bars(*, encoder: bool, threshold: float | None = None) -> Bars:
    """Give the measured bars of a kind of embedder; another cluster threshold moves them all with it.

    :param encoder: whether there are vectors.
    :param threshold: the cluster threshold, in [0, 1]; None for the measured one.
    :raises ConfigError: if the threshold is outside [0, 1].
    """
    bars = DEFAULT_BARS["encoder" if encoder else "tfidf"]
    if threshold is None:
        return bars
    if not 0 <= threshold <= 1:
        raise ConfigError(f"cluster_threshold must be at least 0 and at most 1, not {threshold!r}")
    shift = threshold - bars.cluster
    moved = (min(max(bar + shift, 0.0), 1.0) for bar in (bars.topic, bars.support, bars.figure, bars.named, bars.apart))
    return Bars(threshold, *moved)


def cluster_sentences(
    sentences: Sequence[Sentence],
    terms: Terms,
    lexical: SparseRows,
    vectors: NDArray[np.float32] | None,
    *,
    origins: Sequence[str],
    threshold: float | None = None,
    partial: Partial | None = None,
    near: Pairs | None = None,
    hints: Sequence[int] | None = None,
) -> Clustering:
    """Group sentences that say the same, across and within documents.

    Order-independent: with sentences in canonical order, ties go to the lower index, and similarities have six decimals
    so that they tie on every processor. Identical sentences are one before anything is compared.

    :param sentences: n sentences in canonical order.
    :param terms: their stems.
    :param lexical: their TF-IDF rows, n unit rows; the defaults were measured with function words among the columns.
    :param vectors: shape (n, d), of any length; None for TF-IDF alone.
    :param origins: n names of origins; copies share one.
    :param threshold: similarity from which two sentences say the same, in [0, 1]; None for the measured one.
    :param partial: which rows of ``vectors`` count; None for all.
    :param near: the pairs that :func:`near_by_words` gave, if it was asked already.
    :param hints: what the guards may find in each sentence (:func:`summarizer.facts.hint`), where it was read already.
    :raises ConfigError: if the threshold is outside [0, 1].
    :raises ValueError: if the inputs are not of one length.

    Near linear in n without vectors; O(n² d) with them. Complete link: Defays (1977), doi:10.1093/comjnl/20.4.364
    """
    n = len(sentences)
    lengths = {n, len(terms.rows), len(lexical), len(origins), n if vectors is None else len(vectors)}
    if len(lengths) > 1:
        raise ValueError(f"sentences, terms, lexical, vectors and origins must be of one length, not {sorted(lengths)}")
    bars = default_bars(encoder=vectors is not None, threshold=threshold)
    texts = tuple(sentence.text for sentence in sentences)
    unit = None if vectors is None else unit_rows(vectors)
    first, place = distinct_texts(texts)
    by_words, facts = all_cosines(lexical), FactsOf(dict(zip(texts, hints, strict=True)) if hints is not None else None)
    pairs = (
        similar_pairs(lexical, by_words, None if unit is None else unit[first], first, min(bars.topic, bars.cluster))
        if unit is None or partial is None
        else similar_in_part(lexical, unit[first], partial.chosen[first], first, min(bars.topic, bars.cluster), near)
    )
    same = _unguarded(pairs, [texts[index] for index in first.tolist()], facts, bars.cluster)
    clusters = complete_link(np.arange(len(first)), same)
    topics = complete_link(clusters, pairs, at_least=bars.topic)
    numbers = {name: number for number, name in enumerate(sorted(set(origins)))}
    return Clustering(
        labels=_number(clusters[place]),
        topics=_number(topics[place]),
        texts=texts,
        lexical=lexical,
        vectors=unit,
        origins=np.array([numbers[name] for name in origins], dtype=np.int64),
        bars=bars,
        by_words=by_words,
        facts=facts,
        partial=partial,
    )


def supporters(clustering: Clustering, index: int) -> list[tuple[int, float]]:
    """Find the sentences that support a sentence, best first.

    A sentence supports another if no guard keeps the two apart and it is similar enough (:attr:`Bars.support`). Less is
    enough where both state the same figure (:attr:`Bars.figure`), and where the statement names three or more actors or
    places and the supporter names them all and shares another word (:attr:`Bars.named`). The last rule is one-sided: a
    long sentence may support a short one and not the other way.

    :param clustering: of n sentences.
    :param index: the statement.
    :return: (sentence, similarity in [0, 1]) of other sentences, of any document, copies included; ties go to the lower
        index. Precision by hand on news: ``benchmarks/results/support_labels.json``. O(words + n d).
    """
    bars, facts = clustering.bars, clustering.facts
    near, similarities = _near(clustering, index, min(bars.named, bars.figure, bars.support))
    if not near:
        return []
    statement = facts[clustering.texts[index]]
    found = []
    for other, similarity in zip(near, similarities, strict=True):
        enough = similarity >= bars.support
        if not enough:  # what the bars below ask for is looked for in the statement first
            by_figure = similarity >= bars.figure and bool(statement.amounts)
            by_names = similarity >= bars.named and len(statement.entities) >= _MIN_NAMES
            if by_figure or by_names:
                theirs = facts[clustering.texts[other]]
                enough = (by_figure and same_figure(statement, theirs)) or (by_names and _names_all(theirs, statement))
        if enough and conflict(statement, facts[clustering.texts[other]]) is None:
            found.append((other, min(similarity, 1.0)))
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def tells_again(clustering: Clustering, index: int, supporter: int, similarity: float) -> bool:
    """Say whether what supports a sentence still does when its article is of another day.

    One event has much in common with the next of its kind, so more is needed: more likeness, or the same figure.

    :param similarity: as :func:`supporters` gives it.
    """
    if similarity >= clustering.bars.apart:
        return True
    facts = [clustering.facts[clustering.texts[place]] for place in (index, supporter)]
    return similarity >= clustering.bars.support and same_figure(*facts)


def _near(clustering: Clustering, index: int, least: float) -> tuple[list[int], list[float]]:
    """Give the other sentences that are similar to one, with their similarities, rounded to 6 decimals."""
    close = similarities(clustering, index)
    near = np.flatnonzero(close >= least - MARGIN)
    near = near[near != index]
    self, partial = np.full(len(near), index), clustering.partial
    if clustering.vectors is None or partial is None:
        exact = _blend(clustering, self, near)
    else:
        by_words = word_cosines(clustering.lexical, clustering.by_words, self, near)
        counts = (by_words >= LEXICAL_FLOOR) | (partial.chosen[index] & partial.chosen[near])
        exact = mean_in_part(by_words, clustering.vectors, self, near, counts)
    return near.tolist(), exact.tolist()


def _names_all(facts: Facts, statement: Facts) -> bool:
    """Tell whether a sentence names all that the statement names, and shares a word with it that is no name."""
    return (
        len(statement.entities) >= _MIN_NAMES
        and statement.entities <= facts.names
        and not statement.told.isdisjoint(facts.told)
    )


def representative(clustering: Clustering, members: Sequence[int]) -> int:
    """Find the member that is closest to all the others, each origin counting once.

    :param clustering: of n sentences.
    :param members: indices of the members of one cluster, at least one.
    :return: the member with the greatest mean similarity to the members of other origins (or, in a cluster of one
        origin, to the other members); ties go to the lower index. O(members).
    :raises ValueError: if there are no members.
    """
    if not len(members):
        raise ValueError("members must not be empty")
    different = sorted(set(members))
    first, text = distinct_texts([clustering.texts[index] for index in different])
    if len(different) <= 2 or len(first) == 1:
        return int(different[0])  # two are as close to one another as one to the other, and so are copies
    chosen = np.array(different, dtype=np.int64)
    origins = clustering.origins[chosen]
    _, origin, sizes = np.unique(origins, return_inverse=True, return_counts=True)
    weights = 1.0 / sizes[origin]
    apart = origins[:, None] != origins[None, :] if len(sizes) > 1 else ~np.eye(len(chosen), dtype=np.bool_)
    left, right = np.divmod(np.arange(len(first) ** 2), len(first))
    of_texts = _blend(clustering, chosen[first[left]], chosen[first[right]])
    left, right = np.nonzero(apart)
    similarity = of_texts[text[left] * len(first) + text[right]]
    closeness = np.bincount(left, weights=similarity * weights[right], minlength=len(chosen))
    return int(chosen[np.argmax(np.round(closeness, 6))])


def _number(groups: NDArray[np.int64]) -> NDArray[np.int64]:
    """Number groups by first member."""
    numbers: dict[int, int] = {}
    return np.array([numbers.setdefault(group, len(numbers)) for group in groups.tolist()], dtype=np.int64)


def _blend(clustering: Clustering, left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.float64]:
    """Give the similarity of each pair, rounded to 6 decimals."""
    by_words = word_cosines(clustering.lexical, clustering.by_words, left, right)
    if clustering.vectors is None or clustering.partial is None:
        return mean(by_words, clustering.vectors, left, right)
    chosen = clustering.partial.chosen
    return mean_in_part(by_words, clustering.vectors, left, right, chosen[left] & chosen[right])


def similarities(clustering: Clustering, index: int) -> NDArray[np.float64]:
    """Give the similarity by which sentences are grouped of one sentence to all, shape (n,), right to 6 decimals."""
    by_words = clustering.by_words[index] if clustering.by_words is not None else _row_cosines(clustering, index)
    if clustering.vectors is None:
        return by_words
    counts = None if clustering.partial is None else _embed_near(clustering, clustering.partial, index, by_words)
    both = np.asarray((by_words + clustering.vectors @ clustering.vectors[index]) / 2, dtype=np.float64)
    return both if counts is None else np.where(counts, both, expected(by_words))


def _embed_near(
    clustering: Clustering, partial: Partial, index: int, by_words: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Embed a sentence and those that share words with it, and say with which it is compared by vectors, shape (n,).

    What was embedded for another sentence does not count: nothing hangs on the order in which sentences are asked for.
    """
    near = np.round(by_words, 6) >= LEXICAL_FLOOR
    near[index] = True
    missing = np.flatnonzero(near & ~partial.held)
    if len(missing) and clustering.vectors is not None:
        clustering.vectors[missing] = unit_rows(partial.embed([clustering.texts[place] for place in missing.tolist()]))
        partial.held[missing] = True
    counts: NDArray[np.bool_] = near | (partial.chosen & partial.chosen[index])
    return counts


def _row_cosines(clustering: Clustering, index: int) -> NDArray[np.float64]:
    """Give the cosines of one TF-IDF row with all, not rounded."""
    rows, columns = clustering.lexical, clustering.columns
    entries = slice(rows.indptr[index], rows.indptr[index + 1])
    held = rows.indices[entries]
    lengths = np.diff(columns.indptr)[held]
    places = ranges(columns.indptr[held], lengths)
    products = np.repeat(rows.values[entries].astype(np.float64), lengths) * columns.values[places]
    return np.bincount(columns.indices[places], weights=products, minlength=len(rows)).astype(np.float64)


def _unguarded(pairs: Pairs, texts: Sequence[str], facts: FactsOf, threshold: float) -> Pairs:
    """Give the pairs of at least the threshold that no guard keeps apart."""
    near = np.flatnonzero(pairs.similarity >= threshold)
    kept = [
        place
        for place, i, j in zip(near.tolist(), pairs.left[near].tolist(), pairs.right[near].tolist(), strict=True)
        if conflict(facts[texts[i]], facts[texts[j]]) is None
    ]
    return Pairs(pairs.left[kept], pairs.right[kept], pairs.similarity[kept])
