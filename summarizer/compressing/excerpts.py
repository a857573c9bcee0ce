"""What a compression gives: sentences with their places, the text for a prompt, and what became of each document."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from summarizer.datatypes import Document

#: Stands between two sentences of a document that do not follow one another there.
GAP: Final = " … "


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One sentence that was kept, and where it stands: ``document.text[start:end] == text``.

    :param number: the mark of its document in the text for a prompt, from 1.
    :param document_id: the document.
    :param start: first character.
    :param end: one past the last character.
    :param text: the sentence, exactly as it stands.
    :param position: its index among the sentences of the document, from 0.
    :param also: ids of the other documents that say the same, copies among them.
    """

    number: int
    document_id: str
    start: int
    end: int
    text: str
    position: int
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A document of which no sentence was kept.

    :param document_id: the document.
    :param reason: ``"copy"`` of one that was kept, ``"no sentence"`` in it that is usable, ``"said by others"`` where
        what came up of it stands in a sentence that was kept, else ``"less relevant"``.
    """

    document_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Compressed:
    """What was kept of documents within a budget of tokens; ``str()`` and iterating give the text and its passages.

    :param text: for a prompt: a line for each document, ``[1]`` and its sentences. The line is what a reader sees:
        white space is collapsed, and invisible characters are left out; the passages have the exact words.
    :param passages: the sentences in the order of the text.
    :param tokens: of ``text``, marks and separators included; never over ``limit``.
    :param limit: the budget.
    :param original_tokens: of the texts as they were given.
    :param documents: all that were read, in the order given; cleaned, with origins.
    :param numbers: the mark of each document; its place in what was given, from 1.
    :param dropped: documents of which nothing was kept, in the order given.
    :param query: what the selection was steered by, if anything.
    :param signature: one line that names every setting that moves the output.
    :param warnings: what a reader must know about the input, in words.
    """

    text: str
    passages: tuple[Excerpt, ...]
    tokens: int
    limit: int
    original_tokens: int
    documents: tuple[Document, ...]
    numbers: tuple[int, ...]
    dropped: tuple[LeftOut, ...]
    signature: str
    query: str | None = None
    warnings: tuple[str, ...] = ()

    @property
    def ratio(self) -> float:
        """Tokens kept, as a share of those given; four decimals."""
        return round(self.tokens / max(self.original_tokens, 1), 4)

    def __str__(self) -> str:
        return self.text

    def __iter__(self) -> Iterator[Excerpt]:
        return iter(self.passages)

    def __len__(self) -> int:
        return len(self.passages)

    def of(self, document_id: str) -> tuple[Excerpt, ...]:
        """Give what was kept of one document, in its order."""
        return tuple(passage for passage in self.passages if passage.document_id == document_id)

    def text_of(self, document_id: str) -> str:
        """Give the line of one document without its mark; empty if nothing of it was kept."""
        passages = self.of(document_id)
        return render(passages).removeprefix(mark(passages[0].number)) if passages else ""

    def to_dict(self) -> dict[str, Any]:
        """Give everything but the texts of the documents as plain dicts, lists, strings and numbers."""
        from summarizer.version import __version__

        return {
            "generated_by": f"crossbrief {__version__}",
            "signature": self.signature,
            "query": self.query,
            "text": self.text,
            "tokens": self.tokens,
            "limit": self.limit,
            "original_tokens": self.original_tokens,
            "ratio": self.ratio,
            "passages": [
                {
                    "number": passage.number,
                    "document_id": passage.document_id,
                    "start": passage.start,
                    "end": passage.end,
                    "text": passage.text,
                    "also": list(passage.also),
                }
                for passage in self.passages
            ],
            "documents": [
                {
                    "number": number,
                    "id": document.id,
                    "title": document.title,
                    "source": document.source,
                    "url": document.url,
                    "published": document.published,
                    "copy_of": document.copy_of,
                }
                for number, document in zip(self.numbers, self.documents, strict=True)
            ],
            "dropped": [{"document_id": left.document_id, "reason": left.reason} for left in self.dropped],
            "warnings": list(self.warnings),
        }

    def to_json(self, *, indent: int | None = 2) -> str:
        """Give :meth:`to_dict` as JSON; characters that are not seen are escaped, values stay the same.

        :param indent: spaces a level; None for one line.
        """
        from summarizer.briefing.json_object import escape_unseen

        return escape_unseen(json.dumps(self.to_dict(), ensure_ascii=False, allow_nan=False, indent=indent))


def mark(number: int) -> str:
    """Give the mark of a document, with the blank behind it."""
    return f"[{number}] "


def render(passages: Iterable[Excerpt], mark_of: Callable[[int], str] = mark) -> str:
    """Write the text for a prompt: a line a document, its mark in front, :data:`GAP` where sentences were left out.

    :param passages: those of a document side by side, in its order.
    :param mark_of: gives the mark of a number.

    >>> first, third = (Excerpt(2, "d", 0, 3, text, place) for place, text in ((0, "It rained."), (2, "It ended.")))
    >>> render([first, third])
    '[2] It rained. … It ended.'
    """
    lines: list[str] = []
    before: Excerpt | None = None
    for passage in passages:
        if before is None or before.number != passage.number:
            lines.append(f"{mark_of(passage.number)}{seen(passage.text)}")
        else:
            joint = " " if passage.position == before.position + 1 else GAP
            lines[-1] += joint + seen(passage.text)
        before = passage
    return "\n".join(lines)


@lru_cache(maxsize=1 << 13)
def seen(text: str) -> str:
    """Give what a reader sees of a sentence: on one line, so that nothing in it looks like a mark of ours."""
    from summarizer.briefing.escaping import display

    return display(text)


def in_order(passages: Sequence[Excerpt]) -> list[Excerpt]:
    """Sort by document and place."""
    return sorted(passages, key=lambda passage: (passage.number, passage.position, passage.start))
