"""What a model must offer to take part. Objects hold models; algorithms are plain functions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

#: Counts the tokens of a text, for budgets in tokens; for example ``lambda text: len(tokenizer.encode(text))``.
TokenCounter = Callable[[str], int]


@runtime_checkable
class Embedder(Protocol):
    """Anything that turns sentences into vectors, sentence-transformers models among them.

    An optional attribute ``name`` goes into the signature; without it the name of the class does. An optional attribute
    ``max_sentences`` says how many different sentences of one input it is asked for before they are compared, see
    :mod:`summarizer.sparing`; without it, or where it is None, it is asked for all.
    """

    def encode(self, sentences: Sequence[str], /) -> NDArray[np.float32]:
        """Embed sentences.

        :param sentences: n texts.
        :return: shape (n, d); rows need not be of unit length, and must not depend on the other sentences.
        """
        ...


@runtime_checkable
class TellingEmbedder(Embedder, Protocol):
    """An embedder that can say how far it is: one that lacks this is asked for all at once, and nothing is told."""

    def encode_telling(self, sentences: Sequence[str], tell: Callable[[int], None], /) -> NDArray[np.float32]:
        """Embed sentences as :meth:`encode` does, bit for bit.

        :param sentences: n texts.
        :param tell: told now and then how many of them are done; what it raises ends the work.
        :return: shape (n, d).
        """
        ...


@runtime_checkable
class Rewriter(Protocol):
    """Anything that turns sentences that say the same into one sentence.

    It is not trusted: what it gives is kept only if it passes :mod:`summarizer.faithfulness`. :attr:`name` goes into
    the signature, and must name all that moves its output: model, digest of its weights, beams, seed.
    """

    @property
    def name(self) -> str:
        """What the signature says of it, such as ``"fuser-1@1f3a5b7c:beams4"``; no spaces, no ``|``."""
        ...

    def rewrite(self, clusters: Sequence[Sequence[str]], /) -> Sequence[Sequence[str]]:
        """Rewrite each cluster as one sentence.

        :param clusters: n clusters; the sentences of each, its representative first.
        :return: n lists of candidates, best first; an empty list where it has nothing to offer. A cluster's
            candidates must not depend on the other clusters.
        """
        ...


@runtime_checkable
class Entailment(Protocol):
    """A model that says whether sources imply a sentence: an optional last check of a rewrite."""

    @property
    def name(self) -> str:
        """What the signature says of it; no spaces, no ``|``."""
        ...

    def entails(self, sources: Sequence[str], sentence: str, /) -> float:
        """Give the probability, in [0, 1], that the sources together imply the sentence."""
        ...
