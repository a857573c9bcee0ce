"""What copies of an article are found by: the hashes of its word 5-grams, its agencies, its words if it is short."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from summarizer.datatypes import Document
from summarizer.origins import find_wires
from summarizer.updates.sketches import SHORTEST, article_words, hash_shingles, hash_words


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is compared of one article.

    :param shingles: hashes of its distinct 5-grams, ascending, shape (n,): outside quotations, or of all if it is
        short.
    :param words: 63 bits of a digest of all its words if it is short, else 0; equal where these are. Also 0
        if it has no words: then it is nobody's copy.
    :param wires: the agencies that it names as its source, ascending.
    """

    shingles: NDArray[np.uint32]
    words: int
    wires: tuple[str, ...]


def sketch_article(document: Document) -> Sketch:
    """Sketch an article.

    :param document: cleaned; dropped passages do not count.

    O(words).
    """
    wires = tuple(sorted(find_wires(document)))
    shingles = hash_shingles(document)
    if len(shingles) >= SHORTEST:
        return Sketch(shingles, 0, wires)
    words = article_words(document, quotations=True)
    if not words:
        return Sketch(hash_words(words), 0, wires)
    digest = hashlib.sha256("\n".join(words).encode("utf-8", "surrogatepass")).digest()
    return Sketch(hash_words(words), (int.from_bytes(digest[:8], "big") >> 1) | 1, wires)
