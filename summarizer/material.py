"""Everything that is known of the sentences of one input once they were compared."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from summarizer.clustering import Clustering, supporters, tells_again
from summarizer.datatypes import Document, Sentence
from summarizer.dates import published_day
from summarizer.signs import Signs, read_signs
from summarizer.terms import Terms
from summarizer.vectors import SparseRows

#: Days between articles that may be reports of one event as it comes: a morning paper has what was told the day before.
_ONE_REPORT: Final = 1


@dataclass(frozen=True)
class Material:
    """n sentences of m documents, in canonical order, ready to be judged.

    :param documents: m documents, cleaned, with origins.
    :param sentences: n sentences, document by document.
    :param owner: shape (n,), document number of each sentence.
    :param terms: their stems.
    :param lexical: their TF-IDF rows.
    :param clustering: which of them say the same.
    :param embedder: name of the embedder, for the signature.
    :param vectors: shape (n, d), unit rows; None without an encoder.
    :param query: the question that steers salience, if any.
    :param query_vectors: shape (p, d), the embeddings of its parts.
    :param known_signs: :attr:`signs`, where they were read already.
    """

    documents: tuple[Document, ...]
    sentences: tuple[Sentence, ...]
    owner: NDArray[np.int64]
    terms: Terms
    lexical: SparseRows
    clustering: Clustering
    embedder: str
    vectors: NDArray[np.float32] | None = None
    query: str | None = None
    query_vectors: NDArray[np.float32] | None = None
    known_signs: Signs | None = field(default=None, repr=False)

    @cached_property
    def origin(self) -> NDArray[np.int64]:
        """Origin number of each sentence, shape (n,); copies share it."""
        names = sorted({document.origin_id for document in self.documents})
        number = {name: index for index, name in enumerate(names)}
        of_document = np.array([number[document.origin_id] for document in self.documents], dtype=np.int64)
        return of_document[self.owner]

    @cached_property
    def voice(self) -> NDArray[np.int64]:
        """Who says each sentence, shape (n,): its origin, save where a copy words it otherwise than the original.

        A copy in which a figure, a denial or a quotation was changed goes against its original: who compares what is
        said asks for voices, and who counts support for origins. Copies that word it alike share a voice.
        """
        owners = [self.documents[owner] for owner in self.owner.tolist()]
        if all(document.copy_of is None for document in self.documents):
            return self.origin
        original = {
            (document.origin_id, sentence.text)
            for document, sentence in zip(owners, self.sentences, strict=True)
            if document.copy_of is None
        }
        numbers: dict[tuple[str, str], int] = {}
        voices = self.origin.copy()
        first = int(voices.max(initial=0)) + 1
        for index, (document, sentence) in enumerate(zip(owners, self.sentences, strict=True)):
            told = (document.origin_id, sentence.text)
            if document.copy_of is not None and told not in original:
                voices[index] = first + numbers.setdefault(told, len(numbers))
        return voices

    def follows(self, index: int) -> bool:
        """Say whether a sentence stands in one paragraph with the sentence before it."""
        if index == 0 or self.owner[index] != self.owner[index - 1]:
            return False
        document, before, own = self.documents[self.owner[index]], self.sentences[index - 1], self.sentences[index]
        return "\n" not in document.text[before.end : own.start]

    @cached_property
    def latest(self) -> str | None:
        """Date or time of the latest document, ISO 8601; None where none has one."""
        return max((document.published for document in self.documents if document.published), default=None)

    @cached_property
    def positions(self) -> NDArray[np.int64]:
        """Index of each sentence in its document, shape (n,)."""
        return np.array([sentence.position for sentence in self.sentences], dtype=np.int64)

    @property
    def words(self) -> NDArray[np.int64]:
        """Words of each sentence, as a budget counts them, shape (n,)."""
        return self.signs.words

    @cached_property
    def signs(self) -> Signs:
        """What the words of each sentence tell."""
        return self.known_signs or read_signs([sentence.text for sentence in self.sentences])

    @cached_property
    def relative(self) -> NDArray[np.float64]:
        """Position of each sentence in its document, 0 = first, 1 = last, shape (n,)."""
        lengths = np.bincount(self.owner, minlength=len(self.documents))[self.owner]
        return self.positions / np.maximum(lengths - 1, 1)

    @cached_property
    def counted(self) -> NDArray[np.bool_]:
        """Which sentences count as said: not those of a copy that repeat one of their origin; shape (n,)."""
        copy = np.array([document.copy_of is not None for document in self.documents])[self.owner]
        if not copy.any():
            return np.ones(len(copy), dtype=np.bool_)
        # Originals first: of each cluster and origin the first sentence counts.
        order = np.lexsort((np.arange(len(copy)), copy))
        key = self.clustering.labels * (int(self.origin.max()) + 1) + self.origin
        _, first = np.unique(key[order], return_index=True)
        counted = ~copy
        counted[order[first]] = True
        return counted

    def supporters(self, index: int) -> list[tuple[int, float]]:
        """Give the sentences that support a sentence, best first; see :func:`summarizer.clustering.supporters`.

        Found once a sentence: choosing asks, and the statement made of it.
        """
        known = self._supporters.get(index)
        if known is None:
            known = self._supporters[index] = supporters(self.clustering, index)
        return known

    def evidence(self, index: int) -> list[tuple[int, float]]:
        """Give the supporters of a sentence that may be shown for it, best first.

        Those in articles of other days, two or more apart, often tell of the next event of the kind: they must be
        nearer, or state the same figure (:func:`summarizer.clustering.tells_again`).
        """
        found, days = self.supporters(index), self._days
        own = days[self.owner[index]]
        if own is None:
            return found
        return [
            (other, similarity)
            for other, similarity in found
            if (day := days[self.owner[other]]) is None
            or abs((day - own).days) <= _ONE_REPORT
            or tells_again(self.clustering, index, other, similarity)
        ]

    @cached_property
    def _days(self) -> list[date | None]:
        return [published_day(document.published) for document in self.documents]

    @cached_property
    def _supporters(self) -> dict[int, list[tuple[int, float]]]:
        return {}
