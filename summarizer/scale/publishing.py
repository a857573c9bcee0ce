"""The results of a run over an archive: a table of events, an index to read, pages, what failed."""

from __future__ import annotations

import heapq
import json
import os
import shutil
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from summarizer.briefing.escaping import display
from summarizer.briefing.style import digest_of, style_of
from summarizer.scale.briefs import page_name
from summarizer.scale.parts import read_parts, table_schema
from summarizer.scale.store import Store, put, write_table, write_whole
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
    n_repeated: int
    signature: str
    generator: str = f"crossbrief {__version__}"


def publish(
    store: Store, out: Path, ledger: Done, counts: Mapping[str, int], *, n_pages: int, signature: str, generation: int
) -> int:
    """Write the results, each file whole or not at all, and take away what older ones of this run left.

    ``events.parquet`` is a folder with a table a part, ``events.jsonl`` holds the same rows in one file, with a
    briefing each; ``index.html`` the largest events first; ``briefings/`` their pages.

    :param counts: articles read, how many failed, and of how many repeated lines were dropped.
    :return: how many events there are.

    Parts are linked and joined as they are, which copies bytes and reads none. O(events log events) for the index.
    """
    parts = read_parts(store, ledger)
    keys = [parts[part][0] for part in sorted(parts)]
    _link_tables(store, out / "events.parquet", [(part, parts[part][0]) for part in sorted(parts)])
    _join_lines(out / "events.jsonl", [store.folder("parts", key) / "events.jsonl" for key in keys])
    largest = _largest(store, keys, n_pages)
    has_page = _place_pages(store, out, largest)
    stories = tuple(
        _entry(number, row, row["event"] in has_page, generation) for number, row in enumerate(largest, start=1)
    )
    index = Index(
        stories, ledger.counts["events"], counts["articles"], counts["failed"], counts["repeated"], display(signature)
    )
    write_whole(out / "index.html", [f"{render_index(index)}\n".encode("utf-8", "backslashreplace")])
    return ledger.counts["events"]


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
    style = style_of("summarizer.scale", "index.css")
    return _template().render(index=index, style=style, policy=_POLICY.format(style=digest_of(style)))


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


def _largest(store: Store, keys: Sequence[str], n: int) -> list[dict[str, Any]]:
    """Give the short rows of the largest events, the largest first."""
    sizes: list[tuple[int, int, str, int, int]] = []
    for number, key in enumerate(keys):
        table = store.read("parts", key, "ledger", ["origins", "articles", "event"])
        columns = [table.column(name).to_pylist() for name in ("origins", "articles", "event")]
        sizes += [
            (-origins, -articles, event, number, row)
            for row, (origins, articles, event) in enumerate(zip(*columns, strict=True))
        ]
        sizes = heapq.nsmallest(n, sizes)
    rows_of: dict[int, list[int]] = defaultdict(list)
    for *_, number, row in sizes:
        rows_of[number].append(row)
    found = {}
    for number, rows in sorted(rows_of.items()):
        taken = store.read("parts", keys[number], "ledger").take(rows).to_pylist()
        found.update({(number, row): one for row, one in zip(rows, taken, strict=True)})
    return [found[number, row] for *_, number, row in sizes]


def _link_tables(store: Store, target: Path, parts: Sequence[tuple[str, str]]) -> None:
    """Put the tables of the parts into a folder, which takes the place of an older one as a whole."""
    partial = _partial(target)
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir()
    for part, key in parts:
        _place(store.folder("parts", key) / "events.parquet", partial / f"{part}.parquet")
    if not parts:
        # Readers take the columns from the first file, so there must be one.
        write_table(partial, "none", table_schema().empty_table())
    put(partial, target)


def _join_lines(target: Path, sources: Sequence[Path]) -> None:
    """Put files one behind another, whole or not at all."""
    partial = _partial(target)
    try:
        with partial.open("wb") as file:
            for source in sources:
                with source.open("rb") as part:
                    _copy(part, file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(partial, target)
    finally:
        partial.unlink(missing_ok=True)


def _copy(source: BinaryIO, target: BinaryIO) -> None:
    """Copy a file to the end of another one, inside the system where it can: there a part may take no room twice."""
    left = os.fstat(source.fileno()).st_size
    with suppress(AttributeError, OSError):  # not on every system, nor between any two files
        while left > 0 and (copied := os.copy_file_range(source.fileno(), target.fileno(), left)):
            left -= copied
    if left:
        shutil.copyfileobj(source, target)


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
