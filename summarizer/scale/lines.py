"""An article in lines and sentences, roughly, each with a digest by which it is known again in other articles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import Final

import numpy as np
from numpy.typing import NDArray

from summarizer.datatypes import Document
from summarizer.terms import count_words

#: Fewest words of a line that is looked at: shorter ones ("No arrests have been made.") come up by themselves.
MIN_WORDS: Final = 6
#: Fewest characters of one in a script without spaces.
_MIN_CHARACTERS: Final = 15
#: Lines that are looked at of an article, those at its beginning and as many at its end.
_EACH_END: Final = 128
#: Where a line ends: at one of a few characters, which is looked for five times as fast as one of several patterns, and
#: bounded, so that a run of marks takes no longer than other text.
_END: Final = re.compile(r"[.!?…\r\n。！？](?:(?<=[\r\n。！？])|[\"”’'»)\]]{0,3}(?!\S))")


def split_lines(document: Document) -> Iterator[tuple[int, int, int]]:
    """Give the lines and sentences of an article that are long enough: first character, one past the last, digest.

    What was dropped belongs to none. Case, blanks and the mark at the end change no digest. A full stop behind an
    abbreviation ends a line here; whoever uses the places asks segmentation.

    :param document: as cleaned. O(characters).
    """
    text = document.text
    for first, last in _kept(document):
        start = first
        ends = [match.span() for match in _END.finditer(text, first, last)]
        for stop, following in [*ends, (last, last)]:
            line = text[start:stop]
            for digest in _digests([line.lower()]):
                whole = text[start:following].rstrip()
                yield start + len(line) - len(line.lstrip()), start + len(whole), int.from_bytes(digest, "little")
            start = following


def digest_lines(document: Document) -> NDArray[np.uint64]:
    """Give the digests of the lines of an article, each once, in an order that depends on nothing else.

    :return: shape (n,), n of at most 256: of a longer article the first and the last lines. Those of
        :func:`split_lines`, without their places, in half the time.
    """
    text = document.text
    found: list[bytes] = []
    for first, last in _kept(document):
        found += _digests(_END.split(text[first:last].lower()))
    if len(found) > 2 * _EACH_END:
        found = [*found[:_EACH_END], *found[-_EACH_END:]]
    return np.frombuffer(b"".join(sorted(set(found))), dtype="<u8")


def _digests(lines: Iterable[str]) -> list[bytes]:
    """Digest the lines that are long enough."""
    return [
        blake2b(" ".join(words).encode("utf-8", "surrogatepass"), digest_size=8).digest()
        for words in (line.split() for line in lines if line.count(" ") >= MIN_WORDS - 1 or not line.isascii())
        if len(words) >= MIN_WORDS or _is_long(words)
    ]


def _is_long(words: list[str]) -> bool:
    """Tell whether few words between blanks are many characters of a script that is written without."""
    joined = "".join(words)
    return not joined.isascii() and len(joined) >= _MIN_CHARACTERS and count_words(joined) >= _MIN_CHARACTERS


def _kept(document: Document) -> Iterator[tuple[int, int]]:
    """Give the stretches that were not dropped."""
    start = 0
    for passage in sorted(document.dropped, key=lambda passage: (passage.start, passage.end)):
        if start < passage.start:
            yield start, passage.start
        start = max(start, passage.end)
    if start < len(document.text):
        yield start, len(document.text)
