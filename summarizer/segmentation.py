"""Sentences of a document, with character offsets that always give the sentence back.

Lines come first: a line end is a boundary, except in hard-wrapped text, where it is a space. Inside a line
:mod:`summarizer.boundaries` says where sentences end.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from summarizer.boundaries import find_boundaries
from summarizer.datatypes import Document, Passage, Sentence
from summarizer.errors import ConfigError

logger = logging.getLogger(__name__)

# What ``str.splitlines`` splits at, which is ten times as fast as the pattern.
_LINE_END: Final = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_BULLET: Final = re.compile(r"\s*(?:[-–—*•·▪‣]\s|\(?\d{1,2}[.)]\s)")
# str.strip() leaves zero-width spaces and byte order marks, with which a sentence would begin invisibly.
_BLANK: Final = "".join(map(chr, [*range(9, 14), *range(28, 33), 0x85, 0xA0, 0x1680, *range(0x2000, 0x200C)])) + (
    "\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
)
#: Where a sentence over the limit may be parted.
_PARTING: Final = re.compile(r"[;；]\s*|[”»」』]\s+|\"\s+|[\n\r]+")
#: Least share of line ends inside sentences in hard-wrapped text, and least number of them.
_WRAPPED_SHARE: Final = 0.4
_WRAPPED_LINES: Final = 3
#: Columns that people and programs wrap at, least and most.
_COLUMNS: Final = (50, 100)
_SPACES: Final = str.maketrans(dict.fromkeys("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029", " "))


def segment(document: Document, *, max_characters: int = 1000) -> tuple[list[Sentence], list[str]]:
    """Split what cleaning left of a document into sentences.

    :param document: ``language`` chooses the rules, English where it is None; text in ``dropped`` passages belongs to
        no sentence, and a sentence that meets an ``opinion`` passage is opinion.
    :param max_characters: longest sentence, at least 1. A longer one is parted after semicolons, closing quotation
        marks or line ends; a part that is still longer is skipped, with a warning.
    :return: the sentences in order, each with at least one letter or digit and no blank at either end; warnings.
    :raises ConfigError: if max_characters is under 1.

    O(characters). The five articles in ``seeds/``, 18 KB, take 3.4 ms.
    """
    if max_characters < 1:
        raise ConfigError(f"max_characters must be at least 1, not {max_characters!r}")
    text = document.text
    sentences: list[Sentence] = []
    warnings: list[str] = []
    for start, end in _spans(document):
        for first, last in _parts(text, start, end, max_characters):
            if last - first > max_characters:
                warnings.append(
                    f"{document.id or 'document without id'}: skipped {last - first} characters at character {first}: "
                    f"no sentence ends within {max_characters} characters; to keep it, raise max_sentence_characters "
                    "(--max-sentence-characters)"
                )
                continue
            opinion = bool(document.opinion) and any(
                first < passage.end and passage.start < last for passage in document.opinion
            )
            sentences.append(Sentence(document.id, len(sentences), first, last, text[first:last], opinion))
    logger.debug("%s: %d sentences, %d parts skipped", document.id, len(sentences), len(warnings))
    return sentences, warnings


def _spans(document: Document) -> Iterator[tuple[int, int]]:
    """Give the sentences of any length, without blanks at their ends."""
    language = (document.language or "en").replace("_", "-").split("-")[0].lower()
    width = _wrap_width(document.text)
    for first, last in _kept(len(document.text), document.dropped):
        kept = document.text[first:last]
        for block_start, block_end in _blocks(kept, width):
            # A line end that wrapping made reads as a space; the length stays.
            block = kept[block_start:block_end].translate(_SPACES) if width else kept[block_start:block_end]
            start = 0
            for end in find_boundaries(block, language):
                span = _trim(block, start, end)
                if span is not None:
                    yield first + block_start + span[0], first + block_start + span[1]
                start = end


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Take blanks off both ends; None if no letter or digit is left."""
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip(_BLANK))
    piece = piece.strip(_BLANK)
    return (start, start + len(piece)) if any(map(str.isalnum, piece)) else None


def _kept(length: int, dropped: tuple[Passage, ...]) -> Iterator[tuple[int, int]]:
    """Give what lies outside the passages, which may overlap, stand in any order and reach past the end."""
    start = 0
    for passage in sorted(dropped, key=lambda passage: (passage.start, passage.end)):
        if start < min(passage.start, length):
            yield start, min(passage.start, length)
        start = max(start, passage.end)
    if start < length:
        yield start, length


def _blocks(text: str, width: int) -> Iterator[tuple[int, int]]:
    """Give the stretches that no sentence leaves: lines, or paragraphs of text wrapped at ``width``."""
    start = line_start = 0
    for line, ended in zip(text.splitlines(), text.splitlines(keepends=True), strict=True):
        line_end, following = line_start + len(line), line_start + len(ended)
        if not (width and _is_soft(line.rstrip(), text[following : following + 200], width)):
            if start < line_end:
                yield start, line_end
            start = following
        line_start = following
    if start < len(text):
        yield start, len(text)


def _is_soft(line: str, following: str, width: int) -> bool:
    """Tell whether wrapping put this line end here: the next word would not have fitted on the line."""
    if not line or len(line) > _COLUMNS[1] or _LINE_END.match(following) or _BULLET.match(following):
        return False
    words = following.split(None, 1)
    # A quarter of slack, for lines filled by the width of letters and not by their number.
    return bool(words) and len(line) + 1 + len(words[0]) > 0.75 * width


def _wrap_width(text: str) -> int:
    """Give the columns of the longest line of hard-wrapped text; 0 if the text is not hard-wrapped.

    Text counts as wrapped if nearly all lines have at most 100 columns, the longest of those at least 50, and enough of
    its line ends stand inside a sentence: after no full stop and before a lower-case letter.
    """
    # One more line end, for splitting leaves no empty line behind the last one; "\n" would join a "\r" before it.
    lines = [line.strip() for line in f"{text}\f".splitlines()]
    width = max((len(line) for line in lines if len(line) <= _COLUMNS[1]), default=0)
    if width < _COLUMNS[0] or sum(len(line) > _COLUMNS[1] for line in lines) > 0.05 * len(lines):
        return 0
    written = [(line, following) for line, following in pairwise(lines) if line and following]
    inside = sum(following[0].islower() and line[-1] not in ".!?:;" for line, following in written)
    needed = max(_WRAPPED_SHARE * len(written), min(_WRAPPED_LINES, len(written)), 1)
    return width if inside >= needed else 0


def _parts(text: str, start: int, end: int, limit: int) -> Iterator[tuple[int, int]]:
    """Part a sentence over the limit at the last place that keeps each part within it; others stay as they are."""
    if end - start <= limit:
        yield start, end
        return
    cuts = [match.end() for match in _PARTING.finditer(text, start, end)]
    first = last = start
    for cut in [*cuts, end]:
        if cut - first > limit and last > first:
            span = _trim(text, first, last)
            if span is not None:
                yield span
            first = last
        last = cut
    span = _trim(text, first, end)
    if span is not None:
        yield span
