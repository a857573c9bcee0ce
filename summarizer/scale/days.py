"""The second stage: the articles of one language and day out of all folders of the first, each once.

Which article keeps an id is settled here, by what the articles are and not by how they were read: of those that declare
one id the earliest keeps it; another with the same text is the same article and is left out, and one with another text
gets a hash of it behind its id. Ids made of the content are those of one article only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from summarizer.scale import schemas
from summarizer.scale.counting import read_days
from summarizer.scale.marking import Marked, mark_day, read_known
from summarizer.scale.repeating import Reads
from summarizer.scale.store import Store, write_lines, write_parts
from summarizer.scale.tasks import Done, Task, Work

if TYPE_CHECKING:
    import pyarrow as pa

#: Rows of a row group of a day, of which whoever reads it holds one at a time.
_GROUP_ROWS: Final = 1_000
#: Hexadecimal digits of the hash of its text behind an id that another article keeps.
_TELLING_DIGITS: Final = 8
_TABLES: Final = {
    "articles": schemas.articles,
    "sketches": schemas.sketches,
    "descriptions": schemas.descriptions,
}


def plan_days(store: Store, articles: Sequence[Done], lists: Mapping[str, Reads] | None = None) -> list[Task]:
    """Plan which rows make up each day.

    :param articles: what reading left.
    :param lists: for each day the folder of repeated lines that it is read with, see
        :func:`summarizer.scale.repeating.lists_of_days`; without, none are marked.
    :return: one task a day, in the order of their names.
    :raises InputError: if a folder is damaged.

    O(n log n) in the articles; memory: 8 bytes for each that declares an id.
    """
    parts: dict[str, list[tuple[str, int]]] = defaultdict(list)
    reads: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for done in sorted(articles, key=lambda done: done.key):
        for row in read_days(store, done):
            parts[row["day"]].append((done.key, row["group"]))
            reads[row["day"]].append(done.read)
    settled = _settle(store, parts)
    for day, read in (lists or {}).items():
        if day in reads:
            reads[day].append(read)
    return [
        Task("days", day, {"parts": [list(part) for part in parts[day]], **settled.get(day, {})}, tuple(reads[day]))
        for day in sorted(parts)
    ]


def _settle(store: Store, parts: dict[str, list[tuple[str, int]]]) -> dict[str, dict[str, list[str]]]:
    """Find ids that different articles declare, and say which of these are left out and which get another id.

    :return: for days with such articles, their prints.
    """
    days_of: dict[str, list[str]] = defaultdict(list)
    for day, some in parts.items():
        for key, group in some:
            days_of[key] += [""] * (group + 1 - len(days_of[key]))
            days_of[key][group] = day
    wanted = [_declared(store, key) for key in sorted(days_of)]
    hashes = np.sort(np.concatenate(wanted)) if wanted else np.zeros(0, dtype=np.uint64)
    twice = np.unique(hashes[1:][hashes[1:] == hashes[:-1]])
    if not len(twice):
        return {}
    holders: dict[int, list[_Holder]] = defaultdict(list)
    for key, own in zip(sorted(days_of), wanted, strict=True):
        if not np.isin(own, twice, assume_unique=False).any():
            continue
        for group, day in enumerate(days_of[key]):
            table = store.read("articles", key, "ids", groups=[group])
            meant = np.isin(table.column("id").to_numpy(), twice) & table.column("declared").to_numpy()
            for row in table.take(np.flatnonzero(meant)).to_pylist():
                holders[row["id"]].append(_Holder(row["at"] is None, row["at"] or 0, row["print"], row["text"], day))
    settled: dict[str, dict[str, list[str]]] = defaultdict(lambda: {"left_out": [], "renamed": []})
    for some_holders in holders.values():
        for kind, holder in _judge(some_holders):
            settled[holder.day][kind].append(f"{holder.print:016x}")
    return {day: {kind: sorted(prints) for kind, prints in kinds.items()} for day, kinds in settled.items()}


@dataclass(frozen=True, slots=True, order=True)
class _Holder:
    """An article that declares an id which others declare too, in the order in which they come to keep it."""

    undated: bool
    at: int
    print: int
    text: int
    day: str


def _judge(holders: Iterable[_Holder]) -> Iterable[tuple[str, _Holder]]:
    """Say what becomes of the articles of one id, but for the one that keeps it and what is that article twice."""
    ordered = sorted(set(holders))
    texts = {ordered[0].text}
    for holder in ordered[1:]:
        yield ("left_out" if holder.text in texts else "renamed"), holder
        texts.add(holder.text)


def _declared(store: Store, key: str) -> NDArray[np.uint64]:
    table = store.read("articles", key, "ids", ["id", "declared"])
    hashes: NDArray[np.uint64] = table.column("id").to_numpy()[table.column("declared").to_numpy()]
    return hashes


def gather_day(work: Work) -> dict[str, int]:
    """Gather the articles of one day, sorted by moment and id.

    :return: ``articles``; ``repeated``, those left out as the same article again; ``renamed``, those whose id another
        article keeps; ``marked``, those of which repeated lines were dropped; ``marked_lines``, how often that was.

    Memory: about twice the texts of the day.
    """
    store = Store(work.root)
    parts = [(key, group) for key, group in work.task.payload["parts"]]
    ids = _gather(store, parts, "ids")
    prints: NDArray[np.uint64] = ids.column("print").to_numpy()
    _, first = np.unique(prints, return_index=True)
    left_out = np.isin(prints[first], _prints(work, "left_out"))
    kept = first[~left_out]
    renamed = np.isin(prints, _prints(work, "renamed"))
    found = _gather(store, parts, "articles", ["id", "at"])
    names = found.column("id").to_pylist()
    moments = found.column("at").to_pylist()
    texts = ids.column("text").to_pylist()
    for row in np.flatnonzero(renamed).tolist():
        names[row] = f"{names[row]}-{texts[row]:016x}"[: len(names[row]) + 1 + _TELLING_DIGITS]
    order = sorted(kept.tolist(), key=lambda row: (moments[row] is None, moments[row] or 0, names[row]))
    _tell_apart(names, order, prints)
    marked = _mark(work, store, parts, kept)
    for name, schema in _TABLES.items():
        table = _with_ids(marked.put_into(name, _gather(store, parts, name)), names)
        steps = range(0, max(len(order), 1), _GROUP_ROWS)
        write_parts(work.out, name, schema(), (table.take(order[step : step + _GROUP_ROWS]) for step in steps))
    return {
        "articles": len(order),
        "repeated": len(prints) - len(order),
        "renamed": int(renamed[order].sum()),
        "marked": len(marked.rows),
        "marked_lines": marked.lines.total(),
    }


def _mark(work: Work, store: Store, parts: Sequence[tuple[str, int]], kept: NDArray[np.int64]) -> Marked:
    """Mark repeated lines in the articles that stay, and write down in how many each was."""
    known = [read_known(store, key, work.task.key) for stage, key, _ in work.task.reads if stage == "lines"]
    if not any(known):
        return Marked.nothing()
    marked = mark_day(_gather(store, parts, "lines"), lambda: _gather(store, parts, "articles"), known[0], kept)
    rows = [{"line": f"{line:016x}", "articles": count} for line, count in sorted(marked.lines.items())]
    write_lines(work.out, "marked", rows)
    return marked


def _prints(work: Work, kind: str) -> NDArray[np.uint64]:
    return np.array([int(text, 16) for text in work.task.payload.get(kind, [])], dtype=np.uint64)


def _gather(store: Store, parts: Sequence[tuple[str, int]], name: str, columns: list[str] | None = None) -> pa.Table:
    """Read the rows of a day in one order, that of the parts."""
    import pyarrow as pa

    tables = [store.read("articles", key, name, columns, groups=[group]) for key, group in parts]
    # Rows are taken in another order, which would look through all the parts for each.
    return pa.concat_tables(tables).combine_chunks()


def _with_ids(table: pa.Table, names: Sequence[str]) -> pa.Table:
    import pyarrow as pa

    return table.set_column(table.schema.get_field_index("id"), "id", pa.array(names, pa.string()))


def _tell_apart(names: list[str], order: Sequence[int], prints: NDArray[np.uint64]) -> None:
    """Make ids of one day unique whatever they are: somebody may declare what another one's became."""
    seen: set[str] = set()
    for row in order:
        if names[row] in seen:
            names[row] += f"-{int(prints[row]):016x}"
        seen.add(names[row])
