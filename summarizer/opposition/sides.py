"""What was found -> groups, values and sides, as they are shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from summarizer.findings import Side, Snippet, Value
from summarizer.material import Material

#: Characters of what a side says; the place holds all of it.
_LINE: Final = 160


def value_of(
    material: Material, number: int, start: int, end: int, *, words: str | None = None, attribution: str | None = None
) -> Value:
    """Show a stretch of a sentence.

    :param number: the sentence.
    :param start: first character in the document.
    :param end: one past the last.
    :param words: its words where they are not what stands there; None for what stands there, on one line.
    :param attribution: on whose word.
    """
    sentence, document = material.sentences[number], material.documents[int(material.owner[number])]
    text = document.text[start:end]
    return Value(
        place=Snippet(document.id, start, end, text),
        sentence=Snippet(document.id, sentence.start, sentence.end, sentence.text),
        origin=document.origin_id,
        value=" ".join((words or text).split()),
        attribution=attribution,
    )


def side_of(values: Iterable[Value]) -> Side:
    """Make one side of all who say the same; it says what the first of them does."""
    ordered = tuple(sorted(set(values), key=lambda value: (value.place.document_id, value.place.start)))
    says = ordered[0].value
    return Side(
        says=says if len(says) <= _LINE else says[: _LINE - 1].rstrip() + "…",
        values=ordered,
        origins=len({value.origin for value in ordered}),
        articles=len({value.place.document_id for value in ordered}),
    )


def in_order(sides: Sequence[Side]) -> tuple[Side, ...]:
    """Put the sides most origins first, then by place."""
    return tuple(sorted(sides, key=lambda side: (-side.origins, *_first(side))))


def _first(side: Side) -> tuple[str, int]:
    return side.values[0].place.document_id, side.values[0].place.start


def join_pairs(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Give for each number the smallest that pairs connect it with. O(pairs) but for the sorting."""
    parent: dict[int, int] = {}

    def top(number: int) -> int:
        while parent.setdefault(number, number) != number:
            number = parent[number]
        return number

    for a, b in sorted(pairs):
        low, high = sorted((top(a), top(b)))
        parent[high] = low
    return {number: top(number) for number in sorted(parent)}
