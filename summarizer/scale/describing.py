"""What an article is found by: the hashes of its content words and of the names in it.

Articles of an archive are compared by a few hundred numbers each, made in about a millisecond. How rare a word is, is
not known here: :mod:`summarizer.scale.neighbours` weighs by that.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from summarizer.actors import name_key
from summarizer.datatypes import Document
from summarizer.terms import STOP_WORDS, count_words, stem, tokenize

#: Characters read of an article. What it is about stands at its beginning; live pages go on for a hundred thousand.
_MAX_CHARACTERS: Final = 12_000
#: Terms and names kept of an article, those that weigh most: nine in ten full articles have fewer.
_MAX_TERMS: Final = 400
_MAX_NAMES: Final = 100
#: Words whose hashes are remembered, of all languages: 10 MB.
_MAX_REMEMBERED: Final = 60_000
#: Runs of capitalised words behind a word or a comma: what opens a sentence may be capitalised for its place alone.
_NAMES: Final = re.compile(r"(?<=[^\W\dA-Z_][ ,])[ ]?([^\W\d_a-z][\w’'\-]+(?: [^\W\d_a-z][\w’'\-]+){0,5})")
#: Each is its own stem.
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
#: Names are read in at most so many characters.
_NAMED_CHARACTERS: Final = 6_000


@dataclass(frozen=True, slots=True)
class Description:
    """What one article says, without its words.

    :param terms: shape (t,), hashes of the stems of its content words, ascending, each once.
    :param weights: shape (t,), 1 + log of how often each occurs; higher counts more.
    :param names: shape (m,), hashes of the words of names in it and of pairs of them, ascending, each once; none where
        capitals tell nothing.
    """

    terms: NDArray[np.uint32]
    weights: NDArray[np.float32]
    names: NDArray[np.uint32]


def describe(document: Document) -> Description:
    """Describe an article for the search for others on its event.

    Words of passages that cleaning dropped do not count; those of a declared title count as those of the text. The
    hashes are the same in every process.

    :param document: as cleaned; ``language`` chooses the stems.
    :return: nothing for a text without words. O(characters), of which at most 12,000 are read.
    """
    text = kept_text(document, _MAX_CHARACTERS)
    language = (document.language or "").replace("_", "-").split("-")[0].lower()
    known = _hashes_of(language)
    counts = Counter(map(known.__getitem__, _words(text)))
    if document.title and document.title not in text:
        counts.update(map(known.__getitem__, _words(document.title)))
    counts.pop(_NOTHING, None)
    terms, weights = _heaviest(counts, _MAX_TERMS)
    names, _ = _heaviest(Counter(_name_hashes(text[:_NAMED_CHARACTERS])), _MAX_NAMES)
    return Description(terms, weights, names)


def kept_text(document: Document, most: int) -> str:
    """Give the beginning of the text without what was dropped, at most so many characters."""
    text, parts, start, left = document.text, [], 0, most
    for passage in sorted(document.dropped, key=lambda passage: (passage.start, passage.end)):
        if left <= 0:
            break
        if start < passage.start:
            parts.append(text[start : min(passage.start, start + left)])
            left -= len(parts[-1])
        start = max(start, passage.end)
    parts.append(text[start : start + max(left, 0)])
    return "\n".join(parts)


def _words(text: str) -> Iterator[str]:
    """Give the words of a text; where words are written without spaces, each pair of characters that stand together."""
    tokens = tokenize(text)
    if text.isascii() or len(text.split()) == count_words(text):
        yield from tokens
        return
    for before, after in pairwise([*tokens, ""]):
        if not _is_unspaced(before):
            yield before
        elif _is_unspaced(after):
            yield before + after


def _is_unspaced(token: str) -> bool:
    """Tell whether a token is a character of a script written without spaces: it counts as a word between letters."""
    return len(token) == 1 and not token.isascii() and count_words(f"a{token}a") > 1


#: Stands for words that tell nothing; no hash of a word is below 0.
_NOTHING: Final = -1


class _Hashes(dict[str, int]):
    """Word -> hash of its stem, for one language; most words of an article were met before."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language
        self._stops = STOP_WORDS if language in ("en", "") else frozenset()

    def __missing__(self, word: str) -> int:
        if len(self) >= _MAX_REMEMBERED:
            self.clear()
        told = word not in self._stops and (len(word) > 1 or not word.isascii())
        self[word] = found = hash_of(stem(word, self._language or "en")) if told else _NOTHING
        return found


_HASHES: Final[dict[str, _Hashes]] = {}


def _hashes_of(language: str) -> _Hashes:
    if language not in _HASHES:
        if len(_HASHES) >= 16:
            _HASHES.clear()
        _HASHES[language] = _Hashes(language)
    return _HASHES[language]


def weekday_hashes() -> NDArray[np.uint32]:
    """Give the hashes by which articles in English name Monday to Sunday, shape (7,)."""
    return np.array([hash_of(word) for word in _WEEKDAYS], dtype=np.uint32)


def hash_of(word: str) -> int:
    """Give the hash of a word: 32 bits, the same in every process."""
    return crc32(word.encode("utf-8", "surrogatepass"))


def _name_hashes(text: str) -> Iterator[int]:
    """Give the hashes of the words of names, and of words that stand together in one."""
    for match in _NAMES.finditer(text):
        keys = [key for key in map(name_key, match.group(1).split(" ")) if key]
        yield from map(hash_of, keys)
        yield from (hash_of(f"{first} {second}") for first, second in pairwise(keys))


def _heaviest(counts: Counter[int], most: int) -> tuple[NDArray[np.uint32], NDArray[np.float32]]:
    """Give the ``most`` most frequent hashes, ascending, of equal ones the lower, and the weight of each."""
    kept: Iterable[tuple[int, int]] = counts.items()
    if len(counts) > most:
        kept = sorted(kept, key=lambda item: (-item[1], item[0]))[:most]
    pairs = np.array(sorted(kept), dtype=np.int64).reshape(-1, 2)
    return pairs[:, 0].astype(np.uint32), (1 + np.log(pairs[:, 1])).astype(np.float32)
