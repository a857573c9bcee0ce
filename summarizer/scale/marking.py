"""Repeated lines of an archive, marked in the articles of a day as dropped, and what they are found by then."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from summarizer.cleaning import clean
from summarizer.datatypes import Document, Passage
from summarizer.scale.copies import read_lists
from summarizer.scale.describing import describe
from summarizer.scale.lines import split_lines
from summarizer.scale.moments import language_of
from summarizer.scale.shelving import Entry, table_of, to_document
from summarizer.scale.sketching import sketch_article
from summarizer.scale.store import Store, damaged
from summarizer.scale.tasks import Done
from summarizer.segmentation import segment

if TYPE_CHECKING:
    import pyarrow as pa

#: The reason that passages are dropped for.
REASON: Final = "repeated across the archive"


def read_known(store: Store, key: str, day: str) -> frozenset[int]:
    """Read the digests of the lines that the archive repeats in the language of a day.

    :param key: the folder of the stage ``lines`` that the day is read with.
    """
    table = store.read("lines", key, "judged", ["language", "line", "dropped"])
    language = language_of(day)
    return frozenset(row["line"] for row in table.to_pylist() if row["dropped"] and row["language"] == language)


@dataclass(frozen=True, slots=True)
class Found:
    """An article without its repeated lines.

    :param document: as it was read, with them among what was dropped.
    :param cleaned: the same, cleaned.
    :param lines: the digests of those that were marked.
    :param parts: first character, one past the last, and digest of those that are parts of sentences or whole ones.
    """

    document: Document
    cleaned: Document
    lines: tuple[int, ...]
    parts: tuple[tuple[int, int, int], ...]


def mark_document(document: Document, known: Set[int]) -> Found:
    """Mark the repeated lines of an article as dropped.

    A line is marked where it is one sentence or several, as :mod:`summarizer.segmentation` finds them, alone or
    together with repeated ones beside it; no sentence is cut.

    :param document: as it was read.
    :param known: the digests of repeated lines.
    """
    cleaned = clean(document)
    runs = list(_runs(cleaned, known))
    told = segment(cleaned, max_characters=max(len(document.text), 1))[0] if runs else []
    starts, ends = ({getattr(one, name) for one in told} for name in ("start", "end"))
    passages: list[Passage] = []
    lines: list[int] = []
    for run in runs:
        opened: int | None = None
        for place, (start, end, _) in enumerate(run):
            if opened is None and start in starts:
                opened = place
            if opened is not None and end in ends:
                passages.append(Passage(run[opened][0], end, REASON))
                lines += [line for *_, line in run[opened : place + 1]]
                opened = None
    parts = tuple(part for run in runs for part in run)
    return Found(_without(document, passages), _without(cleaned, passages), tuple(lines), parts)


def _without(document: Document, passages: Sequence[Passage]) -> Document:
    dropped = sorted([*document.dropped, *passages], key=lambda one: (one.start, one.end))
    return replace(document, dropped=tuple(dropped))


def _runs(document: Document, known: Set[int]) -> Iterator[list[tuple[int, int, int]]]:
    """Give the repeated lines that stand behind one another with nothing but blanks between them."""
    run: list[tuple[int, int, int]] = []
    for start, end, line in split_lines(document):
        if line not in known:
            continue
        if run and document.text[run[-1][1] : start].strip():
            yield run
            run = []
        run.append((start, end, line))
    if run:
        yield run


@dataclass(frozen=True, slots=True)
class Marked:
    """The articles of a day that changed.

    :param rows: their places among those that were gathered, ascending.
    :param tables: for each table of a day, their new rows.
    :param lines: in how many of them each line was marked.
    """

    rows: list[int]
    tables: Mapping[str, pa.Table]
    lines: Counter[int]

    @classmethod
    def nothing(cls) -> Marked:
        """Give a day in which nothing changed."""
        return cls([], {}, Counter())

    def put_into(self, name: str, table: pa.Table) -> pa.Table:
        """Put the new rows of a table in the place of the old ones."""
        import pyarrow as pa

        if not self.rows:
            return table
        places = np.arange(table.num_rows)
        places[self.rows] = table.num_rows + np.arange(len(self.rows))
        return pa.concat_tables([table, self.tables[name].cast(table.schema)]).take(pa.array(places)).combine_chunks()


def mark_day(
    lines: pa.Table, articles: Callable[[], pa.Table], known: frozenset[int], kept: NDArray[np.int64]
) -> Marked:
    """Mark the repeated lines in the articles of a day.

    :param lines: the digests of each article, see :func:`summarizer.scale.schemas.lines`.
    :param articles: gives the articles, in the same order.
    :param kept: the places of those that are wanted.

    O(lines), and a millisecond for each article that holds one.
    """
    lists = read_lists(lines, "lines")
    repeated = np.isin(lists.values, np.array(sorted(known), dtype=np.uint64))
    owners = np.repeat(np.arange(lines.num_rows), lists.lengths)[repeated]
    rows: list[int] = []
    entries: list[Entry] = []
    counts: Counter[int] = Counter()
    wanted = np.intersect1d(owners, kept)
    for row, fields in zip(wanted.tolist(), articles().take(wanted).to_pylist() if len(wanted) else (), strict=True):
        found = mark_document(to_document(fields), known)
        if found.lines:
            rows.append(row)
            sketch, description = sketch_article(found.cleaned), describe(found.cleaned)
            entries.append(Entry(found.document, fields["day"], fields["at"], sketch, description))
            counts.update(set(found.lines))
    return Marked(rows, {name: table_of(name, entries) for name in ("articles", "sketches", "descriptions")}, counts)


def read_marked(store: Store, days: Sequence[Done]) -> Counter[tuple[str, int]]:
    """Read in how many articles each line was marked: of a language, by its digest.

    :raises InputError: if a file is damaged.
    """
    counts: Counter[tuple[str, int]] = Counter()
    for day in days:
        if not day.counts["marked"]:
            continue
        try:
            for text in store.lines(day.stage, day.key, "marked"):
                row = json.loads(text)
                counts[language_of(day.key), int(row["line"], 16)] += int(row["articles"])
        except (ValueError, KeyError, TypeError) as error:
            raise damaged(store.folder(day.stage, day.key) / "marked.jsonl") from error
    return counts
