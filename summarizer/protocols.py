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

    An optional attribute ``name`` goes into the signature; without it the name of the class does.
    """

    def encode(self, sentences: Sequence[str], /) -> NDArray[np.float32]:
        """Embed sentences.

        :param sentences: n texts.
        :return: shape (n, d); rows need not be of unit length, and must not depend on the other sentences.
        """
        ...
