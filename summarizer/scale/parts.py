"""The table of events in parts, one for each day: a day that is added writes the parts that it touches, and no others.

An event stands in the part of the day of its first article when it was first told, and stays there. A part that
changes is written anew, under the generation of the run; the ledger of a generation says which folder holds each.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from summarizer.scale.briefs import schema
from summarizer.scale.continuing import Agenda, Told
from summarizer.scale.store import MARKER, Store, damaged, write_lines, write_parts, write_table
from summarizer.scale.tasks import Done, Task, Work

if TYPE_CHECKING:
    import pyarrow as pa

#: Rows of a row group of the table.
_GROUP_ROWS: Final = 200
_COLUMNS: Final = (
    "event", "title", "language", "first", "last", "lead", "batches", "generation", "articles", "origins", "statements",
)  # fmt: skip
#: What copies of what was told change in the row of an event.
_COUNTED: Final = ("articles", "batches", "last")

Row = dict[str, Any]


def plan_parts(
    store: Store,
    briefs: Sequence[Done],
    earlier: Done | None,
    told: Mapping[str, Told],
    agenda: Agenda,
    generation: int,
) -> list[Task]:
    """Plan the parts that change: a task each.

    :param briefs: what was briefed now.
    :param earlier: the ledger of the run before.
    :param told: what that holds.
    :return: in the order of their days. O(events briefed now).
    """
    part_of = {name: one.part for name, one in told.items()}
    for story in agenda.stories:
        part_of.setdefault(story.event, story.days[0].rpartition("-")[2])
    new: dict[str, list[str]] = defaultdict(list)
    gone: dict[str, list[str]] = defaultdict(list)
    reads: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for done in briefs:
        names = store.read(done.stage, done.key, "briefs", ["event"]).column("event").to_pylist()
        for name in names:
            new[part_of[name]].append(name)
        for part in sorted({part_of[name] for name in names}):
            reads[part].append(done.read)
    for name in agenda.gone:
        gone[part_of[name]].append(name)
    before = read_parts(store, earlier)
    return [
        Task(
            "parts",
            f"g{generation:04d}-{part}",
            {"part": part, "events": sorted(new[part]), "gone": sorted(gone[part])},
            (*([("parts", *before[part])] if part in before else []), *reads[part]),
        )
        for part in sorted({*new, *gone})
    ]


def write_part(work: Work) -> dict[str, int]:
    """Write a part: ``events`` as table and as JSON lines, which are published, and ``ledger`` with a short row each.

    Rows stand in the order in which they were briefed; all files have the same.

    Memory: the short rows, and :data:`_GROUP_ROWS` briefings.
    """
    import pyarrow as pa

    store, wanted = Store(work.root), set(work.task.payload["events"])
    keys = [key for stage, key, _ in work.task.reads if stage == "briefs"]
    new = {row["event"]: row for key in keys for row in _short_rows(store, key) if row["event"] in wanted}
    part = _Part(store, new, set(work.task.payload["gone"]))
    earlier = [key for stage, key, _ in work.task.reads if stage == "parts"]
    with (work.out / "events.jsonl").open("wb") as lines:
        write_parts(work.out, "events", table_schema(), part.tables(earlier, keys, lines.write))
    write_table(work.out, "ledger", pa.Table.from_pylist(part.rows, schema=ledger_schema()))
    return {"events": len(part.rows), "gone": len(work.task.payload["gone"])}


class _Part:
    """The rows of a part, as they are gathered.

    :param new: events that were briefed now.
    :param gone: events that are no more.
    """

    def __init__(self, store: Store, new: dict[str, Row], gone: set[str]) -> None:
        self.rows: list[Row] = []
        self._store, self._new, self._gone = store, new, gone

    def tables(self, earlier: Sequence[str], briefs: Sequence[str], write: Any) -> Iterator[pa.Table]:  # noqa: ANN401
        """Give the rows to publish as tables, and write the line of each.

        :param earlier: the folder of the part before this run, if there is one; ``briefs``: those of new briefings.
        """
        import pyarrow as pa

        names = [column.name for column in table_schema()]
        held: list[Row] = []
        for row, briefing, line in self._all(earlier, briefs):
            self.rows.append(row)
            told = {**row, "briefing": briefing}
            held.append({name: told[name] for name in names})
            write(line if line is not None else _to_line(held[-1]))
            if len(held) == _GROUP_ROWS:
                yield pa.Table.from_pylist(held, schema=table_schema())
                held = []
        yield pa.Table.from_pylist(held, schema=table_schema())

    def _all(self, earlier: Sequence[str], briefs: Sequence[str]) -> Iterator[tuple[Row, str, bytes | None]]:
        for key in earlier:
            yield from self._kept(key)
        for key in briefs:
            told = self._store.read("briefs", key, "briefs", ["event", "briefing"])
            columns = (told.column(name).to_pylist() for name in ("event", "briefing"))
            for event, briefing in zip(*columns, strict=True):
                row = self._new.get(event)
                if row is not None and row["brief"] == key:
                    yield row, briefing, None

    def _kept(self, key: str) -> Iterator[tuple[Row, str, bytes | None]]:
        """Give what stays of a part, with its line if that stays as it is."""
        rows = self._store.read("parts", key, "ledger").to_pylist()
        for row, briefing, line in _published(self._store, key, rows):
            name = row["event"]
            now = self._new.get(name)
            if name in self._gone or (now is not None and now["statements"]):
                continue
            if now is None:
                yield row, briefing, line
                continue
            # Copies of what was told: the briefing stays, the articles are counted.
            del self._new[name]
            yield {**row, **{counted: now[counted] for counted in _COUNTED}}, briefing, None


def _published(store: Store, key: str, rows: Sequence[Row]) -> Iterator[tuple[Row, str, bytes]]:
    """Give the rows of a part with their briefings and lines, a few at a time.

    :raises InputError: if its files do not hold as many.
    """
    n_groups = store.groups("parts", key, "events")
    briefings = (
        text
        for group in range(n_groups)
        for text in store.read("parts", key, "events", ["briefing"], groups=[group]).column("briefing").to_pylist()
    )
    try:
        for row, briefing, line in zip(rows, briefings, store.lines("parts", key, "events"), strict=True):
            if not line.endswith(b"\n"):
                raise ValueError("the last line is cut")
            yield row, briefing, line
    except ValueError as error:
        raise damaged(store.folder("parts", key) / "events.jsonl") from error


def _short_rows(store: Store, key: str) -> list[Row]:
    return [{**row, "brief": key} for row in store.read("briefs", key, "briefs", [*_COLUMNS]).to_pylist()]


def _to_line(row: Row) -> bytes:
    told = {**row, "briefing": json.loads(row["briefing"])}
    return json.dumps(told, ensure_ascii=True, sort_keys=True).encode() + b"\n"


def plan_ledger(parts: Sequence[Done], before: Mapping[str, tuple[str, str]], generation: int) -> Task:
    """Plan the ledger of a run: which folder holds each part.

    :param parts: what was written now.
    :param before: as :func:`read_parts` gives it.
    """
    now = {done.key.partition("-")[2]: (done.key, done.content) for done in parts}
    every = {**before, **now}
    return Task("ledger", f"g{generation:04d}", {}, tuple(("parts", *every[part]) for part in sorted(every)))


def write_ledger(work: Work) -> dict[str, int]:
    """Write a row a part."""
    store = Store(work.root)
    rows: list[Row] = []
    for _, key, content in work.task.reads:
        done = store.done("parts", key)
        if done is None:
            raise damaged(store.folder("parts", key) / MARKER)
        rows.append({"part": key.partition("-")[2], "key": key, "content": content, "events": done.counts["events"]})
    write_lines(work.out, "parts", rows)
    return {"parts": len(rows), "events": sum(row["events"] for row in rows)}


def read_parts(store: Store, ledger: Done | None) -> dict[str, tuple[str, str]]:
    """Read which folder holds each part, and what it holds; nothing if there was no run before.

    :raises InputError: if the ledger is damaged.
    """
    if ledger is None or not ledger.counts.get("parts", 1):
        return {}
    try:
        rows = [json.loads(line) for line in store.lines(ledger.stage, ledger.key, "parts")]
    except ValueError as error:
        raise damaged(store.folder(ledger.stage, ledger.key) / "parts.jsonl") from error
    return {row["part"]: (row["key"], row["content"]) for row in rows}


def read_told(store: Store, ledger: Done | None) -> dict[str, Told]:
    """Read what was briefed before; nothing if there was no run before. O(events)."""
    found = {}
    for part, (key, _) in read_parts(store, ledger).items():
        table = store.read("parts", key, "ledger", ["event", "batches", "articles"])
        for row in table.to_pylist():
            batches = tuple(map(tuple, json.loads(row["batches"])))
            found[row["event"]] = Told(row["event"], batches, row["articles"], part)
    return found


def ledger_schema() -> Any:  # noqa: ANN401  pyarrow has no types
    """Give the columns of the ledger: those of briefings but the briefing itself, and the folder where that stands."""
    import pyarrow as pa

    kept = [column for column in schema() if column.name in _COLUMNS]
    return pa.schema([*kept, pa.field("brief", pa.string())])


def table_schema() -> Any:  # noqa: ANN401  pyarrow has no types
    """Give the columns of the table that is published."""
    import pyarrow as pa

    texts = ("event", "title", "language", "first", "last")
    numbers = ("articles", "origins", "statements", "generation")
    columns = [*((name, pa.string()) for name in texts), *((name, pa.int64()) for name in numbers)]
    return pa.schema([*columns, ("briefing", pa.string())])
