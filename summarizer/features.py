"""What the learned salience looks at: numbers with names, for each sentence and for each concept.

Everything is counted over independent origins: a sentence of a copy that its origin has too is not counted, so that
copies move nothing. All features are sums over words, O(total words), without products of matrices, and are rounded,
so that they are the same on every processor.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from summarizer.concepts import PAIR, WORD, Concepts
from summarizer.material import Material
from summarizer.signs import DIGIT, QUOTATION, QUOTATION_MARKS
from summarizer.terms import stem, tokenize
from summarizer.vectors import are_new, distinct

#: Features of a sentence, in the order of the columns; the names are what "why this sentence" prints.
SENTENCE_FEATURES: Final = (
    "near the centre",  # cosine to the sum of all sentences
    "nearest the centre",  # ... over that of the nearest
    "near the leads",  # cosine to the sum of the first three sentences of each article, over the highest
    "near the other articles",  # mean cosine to the centroids of the other origins
    "near its own article",
    "words of many articles",  # mean share of the origins that hold a content word
    "words of two articles",  # share of content words that two origins hold
    "frequent words",  # mean share of all content words (SumBasic)
    "most frequent words",  # ... over the highest
    "repeated words",  # mean log of the occurrences
    "pairs of two articles",  # share of word pairs that two origins hold
    "pairs of many articles",
    "most pairs of two articles",
    "topic of many articles",  # share of the origins that speak of its topic
    "most reported topic",
    "shared concepts",  # weight of what independent origins share, over the root of its length, over the highest
    "position",  # 0 is the first sentence
    "early",  # 1 / (position + 1)
    "relative position",
    "article length",  # in sentences
    "length",  # in words
    "log length",
    "length against the mean",
    "quotation marks",
    "digits",
    "capitals",
    "needs the one before",
    "first or second person",
    "words of titles",
    "content words",  # share of its words
    "first day",  # of three days or more
    "early days",
    "late days",
)
#: Features of a concept; a number means nothing against one of another input, only within one.
CONCEPT_FEATURES: Final = (
    "pair",
    "origins",
    "share of origins",
    "two origins",
    "occurrences",
    "share of occurrences",
    "share of sentences",
    "occurrences an origin",
    "relative position",
    "position",
    "origins that open with it",
    "share of origins that open with it",
    "share of origins that have it early",
    "centre",
    "nearest centre",
    "leads",
    "nearest leads",
    "topic",
    "widest topic",
    "shared concepts",
    "quotation marks",
    "words of its sentences",
    "needs the one before",
    "day",
    "first day",
    "length",
    "length of the second word",
    "function words",
    "in titles",
    "sentences of the first word",
    "origins of the first word",
    "origins of the second word",
    "together",
    "origins in all",
    "sentences in all",
    "sentences an origin",
    "budget",
)
#: Features have so many decimals.
_DECIMALS: Final = 5
#: Sentences that count as the lead of an article.
_LEAD: Final = 3
#: Reports of fewer different days are reports of one moment: no day is early or late.
_MIN_DAYS: Final = 3
#: The weight of a day falls to 1 / e in so many reported days.
_DAYS: Final = 3.0

_PERSONS: Final = ("i", "we", "you", "my", "our", "your", "me", "us")


@dataclass(frozen=True)
class Features:
    """Features of the n sentences and m concepts of one input.

    :param material: the sentences, with terms, TF-IDF rows and topics.
    :param concepts: what they say.
    :param words: shape (n,), lengths in words.
    :param dangling: shape (n,), which sentences point at the one before.
    :param budget: words of the summary.
    """

    material: Material
    concepts: Concepts
    words: NDArray[np.int64]
    dangling: NDArray[np.bool_]
    budget: float

    @property
    def counted(self) -> NDArray[np.bool_]:
        """Which sentences count, shape (n,); see :attr:`Material.counted`."""
        return self.material.counted

    @cached_property
    def n_origins(self) -> int:
        """How many independent origins there are."""
        return int(self.material.origin.max(initial=-1)) + 1

    @cached_property
    def _flat(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """All stems that count, function words included, and the sentence of each."""
        return self.material.terms.flat, self.material.terms.owner

    @cached_property
    def _content(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The stems of content words, and the sentence of each."""
        stems, owner = self._flat
        content = ~self.material.terms.is_stop[stems]
        return stems[content], owner[content]

    @cached_property
    def _stem_counts(self) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """Occurrences, sentences and origins of each stem."""
        stems, owner = self._flat
        if not self.counted.all():
            counted = self.counted[owner]
            stems, owner = stems[counted], owner[counted]
        size = len(self.material.terms.vocabulary)
        return (
            np.bincount(stems, minlength=size).astype(np.float64),
            _n_distinct(stems, owner, len(self.words), size),
            _n_distinct(stems, self.material.origin[owner], self.n_origins, size),
        )

    def _mean_of_words(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """Give the mean weight of the content words of each sentence."""
        stems, owner = self._content
        sums = np.bincount(owner, weights=weights[stems], minlength=len(self.words))
        return sums / np.maximum(self._n_content, 1)

    @cached_property
    def _n_content(self) -> NDArray[np.int64]:
        return np.bincount(self._content[1], minlength=len(self.words))

    @cached_property
    def _title_stems(self) -> NDArray[np.bool_]:
        """Which stems stand in a title of a document that is no copy."""
        titled: set[str] = set()
        for document in self.material.documents:
            if document.title and document.copy_of is None:
                titled.update(stem(token, document.language or "en") for token in tokenize(document.title))
        return _are_in(titled, self.material.terms.vocabulary) & ~self.material.terms.is_stop

    @cached_property
    def _centrality(self) -> tuple[NDArray[np.float64], ...]:
        """Cosines of each sentence to the sum of all, to the leads, to the other origins (mean), to its own origin."""
        material, lexical = self.material, self.material.lexical
        row, column = lexical.row_of_entry(), lexical.indices.astype(np.int64)
        values = lexical.values.astype(np.float64)
        weighted = values * self.counted[row]
        n, width, origin = len(self.words), lexical.n_columns, material.origin

        def cosine(centre: NDArray[np.float64]) -> NDArray[np.float64]:
            sums = np.bincount(row, weights=values * centre[column], minlength=n)
            return sums / max(float(np.sqrt((centre**2).sum())), 1e-9)

        leads = material.positions[row] < _LEAD
        centre = np.bincount(column, weights=weighted, minlength=width).astype(np.float64)
        lead = np.bincount(column[leads], weights=weighted[leads], minlength=width).astype(np.float64)
        # Origin centroids as sparse rows: one entry for each stem of an origin.
        key = origin[row] * width + column
        cells, cell = np.unique(key, return_inverse=True)
        centroid = np.bincount(cell, weights=weighted).astype(np.float64)  # of nothing it gives whole numbers
        length = np.sqrt(np.bincount(cells // width, weights=centroid**2, minlength=self.n_origins))
        centroid /= np.maximum(length[cells // width], 1e-9)
        own = np.bincount(row, weights=values * centroid[cell], minlength=n).astype(np.float64)
        total = np.bincount(cells % width, weights=centroid, minlength=width).astype(np.float64)
        every = np.bincount(row, weights=values * total[column], minlength=n)
        others: NDArray[np.float64] = (every - own) / max(self.n_origins - 1, 1)
        return cosine(centre), cosine(lead), others, own

    @cached_property
    def _days(self) -> tuple[NDArray[np.float64], int]:
        """Rank of the day each sentence was published, and how many days there are; zeros where days tell nothing."""
        dates = [document.published for document in self.material.documents]
        days = sorted({date[:10] for date in dates if date})
        if None in dates or len(days) < _MIN_DAYS:
            return np.zeros(len(self.words)), 0
        rank = {day: index for index, day in enumerate(days)}
        of_document = np.array([rank[(date or "")[:10]] for date in dates], dtype=np.float64)
        return of_document[self.material.owner], len(days)

    @cached_property
    def _pairs(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Share of the word pairs of each sentence that two origins hold, and mean share of the origins that do."""
        concepts = self.concepts
        held = concepts.kinds[concepts.indices] == PAIR
        owner, pair = concepts.owners[held], concepts.indices[held]
        origins = concepts.origins[pair]
        n = np.maximum(np.bincount(owner, minlength=len(self.words)), 1)
        shared = np.bincount(owner, weights=origins >= 2, minlength=len(self.words)) / n
        return shared, np.bincount(owner, weights=origins, minlength=len(self.words)) / n / self.n_origins

    @cached_property
    def _topic_share(self) -> NDArray[np.float64]:
        """Share of the origins that speak of the topic of each sentence."""
        topics = self.material.clustering.topics
        n_topics = int(topics.max(initial=-1)) + 1
        return _n_distinct(topics, self.material.origin, self.n_origins, n_topics)[topics] / self.n_origins

    @property
    def _quotation_marks(self) -> NDArray[np.int64]:
        """Quotation marks of each sentence, four at most, shape (n,)."""
        found = np.zeros(len(self.words), dtype=np.int64)
        for index in np.flatnonzero(self.material.signs.held & QUOTATION).tolist():
            found[index] = min(sum(map(self.material.sentences[index].text.count, QUOTATION_MARKS)), 4)
        return found

    @cached_property
    def sentences(self) -> NDArray[np.float64]:
        """The features of the sentences, shape (n, len(SENTENCE_FEATURES))."""
        material, words = self.material, self.words.astype(np.float64)
        signs = material.signs
        occurrences, _, origins = self._stem_counts
        centre, lead, others, own = self._centrality
        content = ~material.terms.is_stop
        frequency = self._mean_of_words(occurrences / max(float(occurrences[content].sum()), 1.0))
        shared_pairs, pair_share = self._pairs
        positions = material.positions.astype(np.float64)
        lengths = np.bincount(material.owner, minlength=len(material.documents))[material.owner]
        stems, owner = self._flat
        persons = _are_in(_person_stems(), material.terms.vocabulary)[stems]
        n_stems = np.maximum(np.bincount(owner, minlength=len(words)), 1)
        rank, n_days = self._days
        weight = self.concepts.totals() / np.sqrt(np.maximum(words, 1))
        columns = (
            centre,
            _scaled(centre),
            _scaled(lead),
            others,
            own,
            self._mean_of_words(origins) / self.n_origins,
            self._mean_of_words((origins >= 2).astype(np.float64)),
            frequency,
            _scaled(frequency),
            self._mean_of_words(np.log(np.maximum(occurrences, 1))),
            shared_pairs,
            pair_share,
            _scaled(shared_pairs),
            self._topic_share,
            _scaled(self._topic_share),
            _scaled(weight),
            positions,
            1 / (positions + 1),
            positions / np.maximum(lengths - 1, 1),
            lengths,
            words,
            np.log(np.maximum(words, 1)),
            words / max(float(words[self.counted].mean()), 1.0),
            self._quotation_marks,
            signs.held & DIGIT != 0,
            signs.capitals / np.maximum(words - 1, 1),
            self.dangling,
            np.bincount(owner, weights=persons, minlength=len(words)) / n_stems,
            self._mean_of_words(self._title_stems.astype(np.float64)),
            self._n_content / n_stems,
            (rank == 0) & (n_days > 0),
            np.exp(-rank / _DAYS) * (n_days > 0),
            rank / max(n_days - 1, 1),
        )
        # Row by row in memory: sums over the features of a sentence depend on it in their last bit.
        return np.ascontiguousarray(_rounded(columns, len(words)).T)

    @cached_property
    def of_concepts(self) -> NDArray[np.float32]:
        """The features of word pairs and words, shape (k, len(CONCEPT_FEATURES)); see :attr:`expected`."""
        return _rounded(self._concept_columns(), len(self.expected)).astype(np.float32).T

    @cached_property
    def expected(self) -> NDArray[np.int64]:
        """The concepts that a summary may be expected to hold: word pairs and words, numbers ascending, shape (k,)."""
        return np.flatnonzero(self.concepts.kinds <= WORD)

    def _concept_columns(self) -> list[NDArray[Any] | float]:
        concepts, material, sentences = self.concepts, self.material, self.sentences
        kept, m = self.expected, len(self.expected)
        concept, owner = concepts.by_concept
        held = (concepts.kinds[concept] <= WORD) & self.counted[owner]
        place = np.full(len(concepts.weights), -1, dtype=np.int64)
        place[kept] = np.arange(m)
        concept, owner = place[concept[held]], owner[held]
        origin = material.origin[owner]
        n_sentences = np.bincount(concept, minlength=m).astype(np.float64)
        divisor = np.maximum(n_sentences, 1)
        starts = np.flatnonzero(are_new(concept))

        def mean(values: NDArray[np.float64]) -> NDArray[np.float64]:
            return np.bincount(concept, weights=values[owner], minlength=m) / divisor

        def most(values: NDArray[np.float64]) -> NDArray[np.float64]:
            found = np.zeros(m)
            if len(starts):
                found[concept[starts]] = np.maximum.reduceat(values[owner], starts)
            return found

        def openings(limit: int) -> NDArray[np.float64]:
            early = material.positions[owner] < limit
            return _n_distinct(concept[early], origin[early], self.n_origins, m)

        def of(name: str) -> NDArray[np.float64]:
            return sentences[:, SENTENCE_FEATURES.index(name)]

        origins = concepts.origins[kept].astype(np.float64)
        occurrences = concepts.occurrences[kept].astype(np.float64)
        total = max(float(occurrences.sum()), 1.0)
        n, many = float(self.counted.sum()), float(self.n_origins)
        rank, n_days = self._days
        # Without days all concepts have -1, which a tree can tell from the first day.
        day = rank / max(n_days - 1, 1) if n_days else np.full(len(rank), -1.0)
        first, second = concepts.first_word[kept], concepts.second_word[kept]
        pair = concepts.kinds[kept] == PAIR
        stem_occurrences, stem_sentences, stem_origins = self._stem_counts
        lengths = np.fromiter(map(len, material.terms.vocabulary), dtype=np.float64, count=len(stem_origins))
        stop, titled = material.terms.is_stop, self._title_stems
        words = self.words.astype(np.float64)
        opened = openings(1)
        logs = np.log(np.maximum(stem_occurrences, 1))
        columns = [
            pair,
            origins,
            origins / many,
            origins >= 2,
            occurrences,
            1000 * occurrences / total,
            n_sentences / n,
            occurrences / many,
            mean(of("relative position")),
            mean(of("position")),
            opened,
            opened / many,
            openings(_LEAD) / many,
            mean(of("nearest the centre")),
            most(of("nearest the centre")),
            mean(of("near the leads")),
            most(of("near the leads")),
            mean(self._topic_share),
            most(self._topic_share),
            most(of("shared concepts")),
            mean(of("quotation marks")),
            mean(words),
            mean(of("needs the one before")),
            mean(day),
            -most(-day),
            np.minimum(lengths[first], 12),
            np.where(pair, np.minimum(lengths[second], 12), 0),
            np.where(pair, stop[first] + 2.0 * stop[second], 0),
            titled[first] + 1.0 * (pair & titled[second]),
            stem_sentences[first] / n,
            stem_origins[first] / many,
            stem_origins[second] / many,
            np.where(pair, np.log(occurrences + 1) - (logs[first] + logs[second]) / 2, 0),
            many,
            n,
            n / many,
            self.budget / max(float(words[self.counted].sum()), 1.0),
        ]
        return columns


def _scaled(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Divide by the highest."""
    return values / max(float(values.max(initial=0.0)), 1e-9)


def _rounded(columns: Sequence[NDArray[Any] | float], size: int) -> NDArray[np.float64]:
    """Give the columns of a table as rows, rounded; one number stands for a column of it."""
    table = np.empty((len(columns), size))
    for row, column in zip(table, columns, strict=True):
        row[:] = column
    return table.round(_DECIMALS, out=table)


def _are_in(wanted: Set[str], vocabulary: Sequence[str]) -> NDArray[np.bool_]:
    """Say which stems are among some."""
    if not wanted:
        return np.zeros(len(vocabulary), dtype=np.bool_)
    return np.fromiter(map(wanted.__contains__, vocabulary), dtype=np.bool_, count=len(vocabulary))


@cache
def _person_stems() -> frozenset[str]:
    return frozenset(map(stem, _PERSONS))


def _n_distinct(
    group: NDArray[np.int64], member: NDArray[np.int64], n_members: int, n_groups: int
) -> NDArray[np.float64]:
    """Count the different members of each group."""
    width = max(n_members, 1)
    return np.bincount(distinct(group * width + member) // width, minlength=n_groups).astype(np.float64)
