"""Articles of one task as tables in which each day is a row group, so that a day can be gathered without the others."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from summarizer.datatypes import Document, Passage
from summarizer.scale import schemas
from summarizer.scale.describing import Description
from summarizer.scale.sketching import Sketch
from summarizer.scale.store import write_lines, write_parts

if TYPE_CHECKING:
    import pyarrow as pa

#: Hexadecimal digits of an id made of the content: two of a billion articles share one with a chance of 3 %.
_ID_DIGITS: Final = 16


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as it was read, and what it is found by.

    :param document: with the id that it declares, or one made of its content.
    :param day: the folder that it goes to.
    :param at: its moment, see :func:`summarizer.scale.moments.moment_of`.
    :param declared: whether it declares its id.
    :param text_hash: 64 bits of a digest of its text.
    :param print: 64 bits of a digest of all that was read of it.
    :param lines: digests of its lines, see :func:`summarizer.scale.lines.digest_lines`.
    """

    document: Document
    day: str
    at: int | None
    sketch: Sketch
    description: Description
    declared: bool = False
    text_hash: int = 0
    print: int = 0
    lines: NDArray[np.uint64] = field(default_factory=lambda: np.zeros(0, dtype=np.uint64))

    @classmethod
    def of(
        cls,
        document: Document,
        day: str,
        at: int | None,
        sketch: Sketch,
        description: Description,
        lines: NDArray[np.uint64],
        *,
        declared: bool,
    ) -> Entry:
        """Make an entry; an article that declares no id gets one of its content, by which it is the same anywhere."""
        fields = (document.title, document.source, document.url, document.published, document.language)
        text_hash = _hash(document.text)
        passages = [(one.start, one.end, one.reason) for one in document.dropped]
        content = _digest(json.dumps([text_hash, *fields, document.inferred, passages]))
        if not declared:
            document = replace(document, id=f"d{content[:_ID_DIGITS]}")
        own = _hash(json.dumps([document.id, content]))
        return cls(document, day, at, sketch, description, declared, text_hash, own, lines)

    @property
    def order(self) -> tuple[str, bool, int, str, int]:
        """Its place among others, which depends on nothing but itself."""
        return self.day, self.at is None, self.at or 0, self.document.id, self.print


def write_entries(out: Path, entries: Sequence[Entry]) -> None:
    """Write the tables of a task, each day a row group, in the order of days, moments and ids."""
    ordered = sorted(entries, key=lambda entry: entry.order)
    days = [list(group) for _, group in groupby(ordered, key=lambda entry: entry.day)]
    for name, (schema, _) in _TABLES.items():
        write_parts(out, name, schema(), (table_of(name, day) for day in days))
    write_lines(out, "days", [{"day": day[0].day, "group": k, "articles": len(day)} for k, day in enumerate(days)])


def table_of(name: str, entries: Sequence[Entry]) -> pa.Table:
    """Give the rows of articles in a table: ``articles``, ``sketches``, ``descriptions``, ``ids``, ``lines``."""
    import pyarrow as pa

    schema, row = _TABLES[name][0](), _TABLES[name][1]
    rows = [row(entry) for entry in entries]
    columns = []
    for column in schema:
        values = [fields[column.name] for fields in rows]
        if values and isinstance(values[0], np.ndarray):
            starts = np.concatenate([[0], np.cumsum([len(one) for one in values])]).astype(np.int32)
            columns.append(pa.ListArray.from_arrays(starts, np.concatenate(values)))
        else:
            columns.append(pa.array(values, column.type))
    return pa.Table.from_arrays(columns, schema=schema)


def to_document(row: Mapping[str, Any]) -> Document:
    """Give the document of a row of :func:`summarizer.scale.schemas.articles`."""
    names = ("id", "text", "title", "source", "url", "published", "language")
    dropped = tuple(Passage(one["start"], one["end"], one["reason"]) for one in row["dropped"] or ())
    return Document(**{name: row[name] for name in names}, inferred=tuple(row["inferred"] or ()), dropped=dropped)


def _article_row(entry: Entry) -> dict[str, Any]:
    document = entry.document
    names = ("id", "title", "source", "url", "published", "language", "text")
    fields = {name: getattr(document, name) for name in names}
    passages = [{"start": one.start, "end": one.end, "reason": one.reason} for one in document.dropped]
    return {**fields, "day": entry.day, "at": entry.at, "inferred": list(document.inferred), "dropped": passages}


def _sketch_row(entry: Entry) -> dict[str, Any]:
    sketch = entry.sketch
    kept = sketch.shingles
    return {
        "id": entry.document.id,
        "sample": kept[: int(kept.searchsorted(schemas.SAMPLED))],
        "shingles": kept,
        "total": len(kept),
        "words": sketch.words,
        "wires": list(sketch.wires),
    }


def _description_row(entry: Entry) -> dict[str, Any]:
    description = entry.description
    return {
        "id": entry.document.id,
        "terms": description.terms,
        "weights": description.weights,
        "names": description.names,
    }


def _id_row(entry: Entry) -> dict[str, Any]:
    return {
        "id": _hash(entry.document.id),
        "declared": entry.declared,
        "at": entry.at,
        "text": entry.text_hash,
        "print": entry.print,
    }


def _line_row(entry: Entry) -> dict[str, Any]:
    return {"print": entry.print, "lines": entry.lines}


#: The tables of a task: the columns of each, and what makes a row.
_TABLES: Final[dict[str, tuple[Callable[[], pa.Schema], Callable[[Entry], dict[str, Any]]]]] = {
    "articles": (schemas.articles, _article_row),
    "sketches": (schemas.sketches, _sketch_row),
    "descriptions": (schemas.descriptions, _description_row),
    "ids": (schemas.ids, _id_row),
    "lines": (schemas.lines, _line_row),
}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _hash(text: str) -> int:
    return int(_digest(text)[:16], 16)
