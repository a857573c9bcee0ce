"""What is known after a run: which articles were read, what they said, and what the briefing told of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from summarizer.findings import Snippet
from summarizer.updates.lookup import NO_STEMS, Stems

#: Version of the file; another version is refused.
STATE_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class SeenArticle:
    """An article that was read.

    :param id: unique among those seen; the id of the document, with the start of the digest where two would share it.
    :param digest: SHA-256 of its text, in hexadecimal.
    :param origin: id of the article that it shares an origin with; its own for an original.
    :param published: date or time of publication, ISO 8601.
    :param source: the outlet.
    :param title: the headline.
    :param shingles: how many distinct word 5-grams it has.
    :param sketch: the smallest of their hashes; see :mod:`summarizer.updates.sketches`.
    """

    id: str
    digest: str
    origin: str
    published: str | None = None
    source: str | None = None
    title: str | None = None
    shingles: int = 0
    sketch: bytes = b""


@dataclass(frozen=True, slots=True)
class Told:
    """A statement of an earlier briefing.

    :param text: as it was printed.
    :param place: the first sentence that supports it.
    """

    text: str
    place: Snippet


@dataclass(frozen=True, eq=False)
class KnownSentences:
    """n sentences that earlier articles held, no two of one text, by column: 25,000 objects would take longer to make
    than to search.

    :param owner: shape (n,), number of the article of each.
    :param start: shape (n,), first character.
    :param end: shape (n,), one past the last character.
    :param texts: the sentences.
    :param stems: their stems.
    :param vectors: shape (n, d), int8, each scaled to a greatest component of 127; None without an encoder.
    """

    owner: NDArray[np.int32]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    texts: tuple[str, ...]
    stems: Stems = NO_STEMS
    vectors: NDArray[np.int8] | None = None

    def __len__(self) -> int:
        return len(self.texts)


NOTHING_KNOWN: Final = KnownSentences(np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.int32), ())


@dataclass(frozen=True, eq=False)
class State:
    """What was known after a briefing; made by :func:`make_state`, kept by :func:`summarizer.updates.write_state`.

    :param signature: of the briefing.
    :param articles: those read, oldest run first.
    :param sentences: what they said.
    :param statements: what briefings told and nothing later goes against, latest first.
    :param names: key words of everything named, and pairs of them that were named together.
    :param figures: every number that was written, in one spelling with its unit.
    :param embedder: name of the embedder of the vectors; None without vectors.
    :param forgotten: sentences left out as more than were kept; their names and figures stay known.
    :param partial: whether it was made of a briefing alone: then what the articles said beyond it is not known.
    :param warnings: what a reader must know about it.
    """

    signature: str
    articles: tuple[SeenArticle, ...]
    sentences: KnownSentences
    statements: tuple[Told, ...]
    names: frozenset[str] = frozenset()
    figures: frozenset[str] = frozenset()
    embedder: str | None = None
    forgotten: int = 0
    partial: bool = False
    warnings: tuple[str, ...] = field(default=())

    @property
    def digest(self) -> str:
        """Eight hexadecimal digits that tell what was known from anything else that was."""
        known = "\n".join([*sorted(article.digest for article in self.articles), *self.sentences.texts])
        return hashlib.sha256(known.encode("utf-8", "surrogatepass")).hexdigest()[:8]

    def snippet(self, index: int) -> Snippet:
        """Give a known sentence with its place."""
        known = self.sentences
        article = self.articles[known.owner[index]]
        return Snippet(article.id, int(known.start[index]), int(known.end[index]), known.texts[index])


def pack_vectors(vectors: NDArray[np.float32]) -> NDArray[np.int8]:
    """Round vectors to int8, each scaled to a greatest component of 127; cosines move by .003 at most."""
    greatest = np.abs(vectors).max(axis=1, keepdims=True, initial=0)
    return np.round(vectors * (127 / np.where(greatest > 0, greatest, 1))).astype(np.int8)


def unpack_vectors(packed: NDArray[np.int8]) -> NDArray[np.float32]:
    """Give unit rows again."""
    vectors = packed.astype(np.float32)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(lengths > 0, lengths, 1), dtype=np.float32)
