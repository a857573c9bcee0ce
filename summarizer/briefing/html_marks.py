"""Which words of an article a page can mark, and the text of the article cut where a mark begins or ends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Protocol

from summarizer.briefing.escaping import display, reveal
from summarizer.datatypes import Document, Passage

#: Lines longer than this are paragraphs, not lines of one: no mail or wire wraps so late.
_WRAPPED: Final = 120
_PARAGRAPH: Final = re.compile(r"[^\n]*(?:\n+|$)")


class Placed(Protocol):
    """Words of an article and where they stand: a support, a snippet."""

    @property
    def document_id(self) -> str:
        """The document."""

    @property
    def start(self) -> int:
        """First character."""

    @property
    def end(self) -> int:
        """One past the last character."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place that the page names, and links to where the article is at hand.

    :param name: the number of the article, or its id where it is no source of this briefing.
    :param anchor: the id of the words on the page; None where the article is not at hand.
    :param start: first character.
    :param end: one past the last character.
    """

    name: str
    anchor: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that are marked when what rests on them is chosen.

    :param start: first character.
    :param end: one past the last character.
    :param key: what rests on them: the id of a fact, a side, a claim.
    :param anchor: the id of the words on the page.
    :param label: the number that stands before them; empty if none.
    """

    start: int
    end: int
    key: str
    anchor: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that is shown in one way.

    :param text: as it stands, with its line breaks.
    :param unseen: whether it names characters that are not seen; see :func:`reveal`.
    :param gap: whether a paragraph ends with it.
    """

    text: str
    unseen: bool = False
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of an article in which nothing begins and nothing ends.

    :param pieces: what is shown, in order.
    :param anchors: ids of the marks that begin here, the longest first.
    :param closes: how many marks of those begun, the last first, are closed behind it.
    :param keys: what rests on these words, what begins first before the others.
    :param label: numbers of the facts that begin to rest on words here.
    :param dropped: whether it was left out.
    :param why: the reason, on the last segment of a passage left out.
    :param opinion: whether it is commentary.
    :param opens: whether commentary begins here.
    """

    pieces: tuple[Piece, ...]
    anchors: tuple[str, ...] = ()
    closes: int = 0
    keys: tuple[str, ...] = ()
    label: str = ""
    dropped: bool = False
    why: str | None = None
    opinion: bool = False
    opens: bool = False


class Marks:
    """Collects the words to be marked while a page is made, and names each of them once.

    :param numbers: of the documents, by id.
    """

    def __init__(self, numbers: dict[str, int]) -> None:
        self._numbers = numbers
        self._marks: dict[str, list[Mark]] = {}
        self._anchors: dict[tuple[str, str, int, int], str] = {}

    def add(self, place: Placed, key: str, label: str = "") -> Place:
        """Mark words for what rests on them; the same words for the same key are one mark.

        :param key: made of letters and digits; unique on the page.
        :param label: the number that stands before the words.
        """
        number = self._numbers.get(place.document_id)
        if number is None:
            return Place(display(place.document_id), None, place.start, place.end)
        identity = key, place.document_id, place.start, place.end
        if identity not in self._anchors:
            marks = self._marks.setdefault(place.document_id, [])
            self._anchors[identity] = f"{key}-{number}-{len(marks) + 1}"
            marks.append(Mark(place.start, place.end, key, self._anchors[identity], label))
        return Place(str(number), self._anchors[identity], place.start, place.end)

    def of(self, document_id: str) -> Sequence[Mark]:
        """Give the marks of a document, in the order in which they were added."""
        return self._marks.get(document_id, [])


def cut(document: Document, marks: Iterable[Mark]) -> tuple[Segment, ...]:
    """Cut the text of a document wherever a mark or a marked passage begins or ends.

    The segments in order are the whole text: nothing is lost, and marks may overlap. Marks open and close like
    brackets: one that begins in another and ends behind it is closed with it, and its other segments have its key
    only. A mark of no character stands around the next one.

    :return: O((n + m) log m) for n segments shown and m marks, plus what the segments repeat of overlapping marks.
    """
    length = len(document.text)
    ordered = sorted(marks, key=lambda mark: (mark.start, -mark.end))
    passages = (*document.dropped, *document.opinion)
    edges = {edge for mark in ordered for edge in (mark.start, mark.end)}
    edges |= {edge for passage in passages for edge in (passage.start, passage.end)}
    bounds = sorted({min(max(edge, 0), length) for edge in edges} | {0, length})
    airy = max(map(len, document.text.splitlines()), default=0) > _WRAPPED
    dropped, opinion = _Cursor(document.dropped), _Cursor(document.opinion)
    active: list[Mark] = []
    opened: list[Mark] = []
    segments, at = [], 0
    for start, end in pairwise(bounds):
        first = at
        while at < len(ordered) and ordered[at].start <= start:
            at += 1
        begun = ordered[first:at]
        active = [mark for mark in (*active, *begun) if mark.end > start]
        opened += begun
        kept = next((n for n, mark in enumerate(opened) if mark.end <= end or end == length), len(opened))
        out, comment = dropped.at(start), opinion.at(start)
        segments.append(
            Segment(
                tuple(_pieces(document.text[start:end], airy)),
                tuple(mark.anchor for mark in begun),
                len(opened) - kept,
                tuple(dict.fromkeys(mark.key for mark in active)),
                ",".join(dict.fromkeys(mark.label for mark in begun if mark.label)),
                out is not None,
                display(out.reason).replace("-", " ") if out is not None and min(out.end, length) == end else None,
                comment is not None,
                comment is not None and comment.start == start,
            )
        )
        del opened[kept:]
    return tuple(segments)


def _pieces(text: str, airy: bool) -> Iterator[Piece]:
    """Part a text where one line end stands between two paragraphs: more line ends than one are room enough."""
    for shown, unseen in reveal(text):
        for part in (shown,) if unseen or not airy else _PARAGRAPH.findall(shown):
            if part:
                yield Piece(part, unseen, airy and part.endswith("\n") and not part.endswith("\n\n"))


class _Cursor:
    """Finds the passage at a place; places must be asked for in ascending order."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._left = sorted(passages, key=lambda passage: (passage.start, passage.end), reverse=True)

    def at(self, start: int) -> Passage | None:
        while self._left and self._left[-1].end <= start:
            self._left.pop()
        return self._left[-1] if self._left and self._left[-1].start <= start else None
