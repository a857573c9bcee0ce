"""Enough of an article's wording to recognise a copy of it on another day, in a kilobyte.

Of the distinct word 5-grams outside quotations the 256 with the smallest hashes are kept, all of a shorter article. The
new article is there in full, so the share of its 5-grams that the old one has is read off the part of the hash range
that the sketch covers: off by 3 points of 100 at most places. Broder (1997), doi:10.1109/SEQUEN.1997.666900
"""

from __future__ import annotations

import re
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from summarizer.datatypes import Document
from summarizer.terms import tokenize

#: Hashes kept of an article.
KEPT: Final = 256
_WORDS: Final = 5
#: Copies are not looked for among shorter ones, in 5-grams: one shared phrase can fill half of them.
SHORTEST: Final = 20
_BASE: Final = np.uint64(0x9E3779B97F4A7C15)
_SECOND: Final = np.uint64(0xBF58476D1CE4E5B9)
_QUOTATION: Final = re.compile('“[^“”\n]{1,1000}[”"]|"[^"“”\n]{1,1000}["”]')


def hash_shingles(document: Document) -> NDArray[np.uint32]:
    """Hash the distinct word 5-grams of an article outside quotations and passages left out.

    The hashes depend on the words alone, so they are the same in every run.

    :return: shape (n,), ascending. O(words).
    """
    return hash_words(article_words(document))


def article_words(document: Document, *, quotations: bool = False) -> list[str]:
    """Give the words of an article without the passages left out.

    :param quotations: whether those in quotation marks are among them.
    """
    kept, start = [], 0
    for passage in sorted(document.dropped, key=lambda passage: (passage.start, passage.end)):
        kept.append(document.text[start : max(passage.start, start)])
        start = max(start, passage.end)
    text = "\n".join([*kept, document.text[start:]])
    return tokenize(text if quotations else _QUOTATION.sub(" ", text))


def hash_words(words: list[str]) -> NDArray[np.uint32]:
    """Hash the distinct 5-grams of words, see :func:`hash_shingles`."""
    if len(words) < _WORDS:
        return np.zeros(0, dtype=np.uint32)
    numbers = np.array([crc32(word.encode("utf-8", "surrogatepass")) for word in words], dtype=np.uint64)
    numbers = _mix(numbers)
    hashes = np.zeros(len(words) - _WORDS + 1, dtype=np.uint64)
    for offset in range(_WORDS):
        hashes = hashes * _BASE + numbers[offset : len(words) - _WORDS + 1 + offset]
    return np.unique((_mix(hashes) >> np.uint64(32)).astype(np.uint32))


def sketch(shingles: NDArray[np.uint32]) -> bytes:
    """Keep the smallest hashes, as little-endian bytes."""
    return shingles[:KEPT].astype("<u4").tobytes()


def containment(shingles: NDArray[np.uint32], kept: bytes, total: int) -> float:
    """Estimate what share of the shorter of two articles stands in the other.

    :param shingles: all hashes of one.
    :param kept: the sketch of the other.
    :param total: how many distinct 5-grams the other has.
    :return: in [0, 1]; 0 where either is too short to tell.
    """
    if min(len(shingles), total) < SHORTEST:
        return 0.0
    theirs = np.frombuffer(kept, dtype="<u4")
    if not len(theirs):
        return 0.0
    if total > len(theirs):  # the sketch speaks for hashes up to its greatest only
        shingles_covered = shingles[: int(np.searchsorted(shingles, theirs[-1], side="right"))]
    else:
        shingles_covered = shingles
    shared = len(np.intersect1d(shingles_covered, theirs, assume_unique=True))
    return min(shared * total / len(theirs) / min(len(shingles), total), 1.0)


def _mix(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Spread numbers over 64 bits, one to one, as a polynomial over neighbours would collide."""
    mixed = (numbers + np.uint64(1)) * _BASE
    mixed ^= mixed >> np.uint64(32)
    mixed *= _SECOND
    return np.asarray(mixed ^ (mixed >> np.uint64(29)))
