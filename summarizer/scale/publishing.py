"""The results of a run over an archive: a table of events, an index to read, pages, what failed."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from summarizer.briefing.escaping import display
from summarizer.scale.briefs import page_name
from summarizer.scale.store import Store, write_whole
from summarizer.scale.tasks import Done
from summarizer.version import __version__

if TYPE_CHECKING:
    from jinja2 import Template

#: The index may load nothing; its style is let in by its bytes, and it has no script.
_POLICY: Final = "default-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'"
#: Characters of the first statement that the index shows of an event without a page.
_MAX_LEAD: Final = 400


@dataclass(frozen=True, slots=True)
class Entry:
    """An event as the index shows it; every text is safe to show.

    :param href: address of its page, relative; empty without one.
    """

    number: int
    title: str
    lead: str
    origins: int
    articles: int
    when: str
    language: str
    updated: bool
    href: str


@dataclass(frozen=True, slots=True)
class Index:
    """All that the index shows."""

    stories: tuple[Entry, ...]
    n_events: int
    n_articles: int
    n_failed: int
    signature: str
    generator: str = f"crossbrief {__version__}"


def publish(
    store: Store, out: Path, ledger: Done, counts: Mapping[str, int], *, n_pages: int, signature: str, generation: int
) -> int:
    """Write the results, each file whole or not at all, and take away what older ones of this run left.

    ``events.jsonl`` and ``events.parquet`` hold a row an event, by first day and name, with its briefing;
    ``index.html`` the largest events first; ``briefings/`` their pages.

    :param counts: articles read, and how many failed.
    :return: how many events there are.

    O(events log events + length of the briefings); memory: the briefings of one task and a line an event.
    """
    rows = store.read(ledger.stage, ledger.key, "ledger").to_pylist()
    rows.sort(key=lambda row: (row["brief"], row["event"]))
    _write_tables(store, out, rows)
    largest = sorted(rows, key=lambda row: (-row["origins"], -row["articles"], row["event"]))[:n_pages]
    has_page = _place_pages(store, out, largest)
    stories = tuple(
        _entry(number, row, row["event"] in has_page, generation) for number, row in enumerate(largest, start=1)
    )
    index = Index(stories, len(rows), counts["articles"], counts["failed"], display(signature))
    write_whole(out / "index.html", [f"{render_index(index)}\n".encode("utf-8", "backslashreplace")])
    return len(rows)


def publish_failures(store: Store, out: Path, done: Sequence[Done]) -> int:
    """Gather what failed into ``failed/STAGE.jsonl``; a file without rows is not there.

    :return: how many rows there are.
    """
    folder = out / "failed"
    total = 0
    for stage in ("articles", "briefs"):
        paths = [store.folder(one.stage, one.key) / "failed.jsonl" for one in done if one.stage == stage]
        lines = [path.read_bytes() for path in paths if path.exists()]
        target = folder / f"{stage}.jsonl"
        if lines:
            folder.mkdir(exist_ok=True)
            write_whole(target, lines)
            total += sum(part.count(b"\n") for part in lines)
        else:
            target.unlink(missing_ok=True)
    if folder.exists() and not any(folder.iterdir()):
        folder.rmdir()
    return total


def render_index(index: Index) -> str:
    """Give the index as one page of HTML without script, which loads nothing."""
    style = _part("index.css")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return _template().render(index=index, style=style, policy=_POLICY.format(style=digest))


def _entry(number: int, row: Mapping[str, Any], has_page: bool, generation: int) -> Entry:
    days = [str(row[name])[:10] for name in ("first", "last") if row[name]]
    lead = display(row["lead"])
    return Entry(
        number=number,
        title=display(row["title"] or "") or lead[:_MAX_LEAD] or "Without a headline",
        lead=lead if len(lead) <= _MAX_LEAD else f"{lead[:_MAX_LEAD]} …",
        origins=row["origins"],
        articles=row["articles"],
        when=" to ".join(dict.fromkeys(days)) or "no date",
        language=display(row["language"] or ""),
        updated=generation > 1 and row["generation"] == generation and len(json.loads(row["batches"])) > 1,
        href=f"briefings/{page_name(row['event'])}" if has_page else "",
    )


def _write_tables(store: Store, out: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write the table twice in one pass, folder by folder of briefings."""
    from pyarrow import parquet

    lines, table = _partial(out / "events.jsonl"), _partial(out / "events.parquet")
    try:
        with lines.open("wb") as file, parquet.ParquetWriter(table, _schema(), compression="zstd") as writer:
            for group in _groups(store, rows):
                writer.write_table(group)
                for row in group.to_pylist():
                    told = {**row, "briefing": json.loads(row["briefing"])}
                    file.write(json.dumps(told, ensure_ascii=True, sort_keys=True).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        os.replace(lines, out / "events.jsonl")
        os.replace(table, out / "events.parquet")
    finally:
        lines.unlink(missing_ok=True)
        table.unlink(missing_ok=True)


def _groups(store: Store, rows: Sequence[Mapping[str, Any]]) -> Iterator[Any]:
    import pyarrow as pa

    start = 0
    while start < len(rows):
        key = rows[start]["brief"]
        end = next((place for place in range(start, len(rows)) if rows[place]["brief"] != key), len(rows))
        texts = store.read("briefs", key, "briefs", ["event", "briefing"]).to_pylist()
        briefings = {row["event"]: row["briefing"] for row in texts}
        names = [column.name for column in _schema()]
        told = [{**row, "briefing": briefings[row["event"]]} for row in rows[start:end]]
        yield pa.Table.from_pylist([{name: row[name] for name in names} for row in told], schema=_schema())
        start = end


def _schema() -> Any:  # noqa: ANN401  pyarrow has no types
    import pyarrow as pa

    texts = ("event", "title", "language", "first", "last")
    numbers = ("articles", "origins", "statements", "generation")
    columns = [*((name, pa.string()) for name in texts), *((name, pa.int64()) for name in numbers)]
    return pa.schema([*columns, ("briefing", pa.string())])


def _place_pages(store: Store, out: Path, rows: Iterable[Mapping[str, Any]]) -> set[str]:
    """Put the pages of the largest events into ``briefings/``, and take away all others."""
    folder = out / "briefings"
    folder.mkdir(exist_ok=True)
    placed: dict[str, str] = {}
    for row in rows:
        name = page_name(row["event"])
        source = store.folder("briefs", row["brief"]) / name
        if source.exists():
            _place(source, folder / name)
            placed[name] = row["event"]
    for path in folder.iterdir():
        if path.name not in placed:
            path.unlink()
    return set(placed.values())


def _place(source: Path, target: Path) -> None:
    """Put a file that never changes at a second place; where the file system knows links, it takes no room there."""
    partial = _partial(target)
    partial.unlink(missing_ok=True)
    try:
        os.link(source, partial)
    except OSError:
        shutil.copyfile(source, partial)
    os.replace(partial, target)
    partial.unlink(missing_ok=True)  # a rename of one link of a file onto another one does nothing


def _partial(path: Path) -> Path:
    return path.with_name(f".{path.name}.partial")


@cache
def _part(name: str) -> str:
    return resources.files("summarizer.scale").joinpath(name).read_text(encoding="utf-8")


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(_part("index.html.j2"))
