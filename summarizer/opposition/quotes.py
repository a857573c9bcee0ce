"""Quotations of an article: what stands between double quotation marks, where, and who speaks. English.

A quotation is read sentence by sentence, since outlets choose which sentences of a speech they quote; ``"We won,"
she said, "and we know it."`` is one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from summarizer.datatypes import Document, Sentence
from summarizer.opposition.wording import SAID, Word, read_words

#: Longer quotations are read to here: a speech printed whole is no quotation in a report.
_MOST: Final = 1500
_CURLY: Final = re.compile(rf"“([^“”\n]{{1,{_MOST}}})(?:”|\n|\Z)")
#: Single marks, as British papers have them, where they pair up: none opens within a word, or before one that is cut.
_OPENING: Final = re.compile(r"(?<![\w'’.,!?])['‘](?=\w)(?!\d\ds?\b|(?:em|tis|twas|til|till|cause|n|bout|round)\b)")
_CLOSING: Final = re.compile(r"(?<=[\w.,!?…])['’](?!\w)")
#: A closing mark behind one of these is no possessive.
_SURE: Final = frozenset(".,!?…")
#: Words of the shortest quotation in single marks that is none of a name or a word put in doubt.
_FEWEST: Final = 3
_STRAIGHT: Final = re.compile(r'"')
#: Between the halves of a quotation; who says it, and no end of a sentence.
_INSET: Final = re.compile(r"[”\"’']\s?[^“”\".;:?!]{2,80},\s?[“\"‘']\Z")
_ENDS: Final = re.compile(r"(?<=[a-z\d][.!?])\s+(?=[“\"'‘]?[A-Z])")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A sentence, or less, that somebody is quoted with.

    :param sentence: number of the sentence that it stands in.
    :param start: first character in the document, behind the mark.
    :param end: one past the last.
    :param words: its words, those of an inset ("she said") left out.
    """

    sentence: int
    start: int
    end: int
    words: tuple[Word, ...]


def has_marks(text: str) -> bool:
    """Tell whether a text may hold a quotation."""
    return "“" in text or '"' in text or (("'" in text or "‘" in text) and _OPENING.search(text) is not None)


def find_quotations(document: Document, sentences: Sequence[tuple[int, Sentence]]) -> list[Quotation]:
    """Find what is quoted in the sentences of one document.

    :param document: the article.
    :param sentences: its usable sentences with their numbers, in order.
    :return: in order. O(length).
    """
    spans = find_spans(document.text)
    found: list[Quotation] = []
    at = 0
    for number, sentence in sentences:
        while at < len(spans) and spans[at][1] <= sentence.start:
            at += 1
        inside, look = [], at
        while look < len(spans) and spans[look][0] < sentence.end:
            inside.append((max(spans[look][0], sentence.start), min(spans[look][1], sentence.end)))
            look += 1
        for parts in _joined(document.text, inside):
            found += _split(document.text, number, parts)
    return found


def find_spans(text: str) -> list[tuple[int, int]]:
    """Find what stands between double quotation marks, without the marks; a paragraph ends what was left open.

    >>> find_spans('He said "yes" and “no”.')
    [(9, 12), (19, 21)]
    """
    spans = [match.span(1) for match in _CURLY.finditer(text)]
    if '"' in text:
        start = 0
        for line in text.split("\n"):
            marks = [start + at for at in _marks(line)]
            if len(marks) % 2:
                marks.append(start + len(line))
            spans += [
                (low + 1, high)
                for low, high in zip(marks[::2], marks[1::2], strict=True)
                if 0 < high - low - 1 <= _MOST
            ]
            start += len(line) + 1
    if "'" in text or "‘" in text:
        spans += [(low, high) for low, high in _single(text) if not any(a < high and low < b for a, b in spans)]
    return sorted(spans)


def _single(text: str) -> list[tuple[int, int]]:
    """Find what stands between single marks: up to the first mark behind a stop, or the only mark that may close."""
    found: list[tuple[int, int]] = []
    openings = list(_OPENING.finditer(text))
    for match, after in zip(openings, (*(one.start() for one in openings[1:]), len(text)), strict=False):
        start = match.end()
        limit = min(after, start + _MOST)
        line = text.find("\n", start, limit)
        closing = [mark.start() for mark in _CLOSING.finditer(text, start, limit if line < 0 else line)]
        if match.group() == "'":
            closing = [at for at in closing if text[at] == "'"]
        sure = [at for at in closing if text[at - 1] in _SURE] or (closing if len(closing) == 1 else [])
        if sure and text.count(" ", start, sure[0]) >= _FEWEST - 1:
            found.append((start, sure[0]))
    return found


def _marks(line: str) -> list[int]:
    """Find straight quotation marks; those behind a digit are inches, unless there would be an odd one."""
    marks = [match.start() for match in _STRAIGHT.finditer(line)]
    if len(marks) % 2:
        marks = [at for at in marks if not line[at - 1 : at].isdecimal()] if len(marks) > 1 else []
    return marks


def _joined(text: str, spans: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Join the halves of a quotation around "she said"."""
    found: list[list[tuple[int, int]]] = []
    for start, end in spans:
        if found:
            last = found[-1][-1]
            between = text[last[1] : start]
            if text[last[1] - 1] in ",—" and len(between) < 100 and _INSET.match(between) and _says(between):
                found[-1].append((start, end))
                continue
        found.append([(start, end)])
    return found


def _says(text: str) -> bool:
    return not SAID.isdisjoint(re.findall(r"[a-z]+", text.lower()))


def _split(text: str, number: int, parts: list[tuple[int, int]]) -> list[Quotation]:
    """Cut a quotation into its sentences; one with an inset stays whole up to the first end behind it."""
    found: list[Quotation] = []
    words: list[Word] = []
    begin = parts[0][0]
    for k, (start, end) in enumerate(parts):
        cuts = [start, *(start + match.start() for match in _ENDS.finditer(text[start:end])), end]
        for low, high in pairwise(cuts):
            words += read_words(text[low:high], low)
            if high < end or k == len(parts) - 1:
                if words or text.count(" ", low, high) >= _FEWEST - 1:
                    found.append(Quotation(number, min(begin, words[0].start if words else begin), high, tuple(words)))
                words, begin = [], high
        if not words and k + 1 < len(parts):
            begin = parts[k + 1][0]
    return [_trimmed(text, quotation) for quotation in found]


def _trimmed(text: str, quotation: Quotation) -> Quotation:
    start, end = quotation.start, quotation.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] == ","):
        end -= 1
    return Quotation(quotation.sentence, start, end, quotation.words)
