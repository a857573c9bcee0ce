"""Sources -> the tasks that read them: each names its pieces by path, content and place, so it is done once.

Neighbouring small files are read by one task. Where one ends depends on the names of its files and not on how many
stand before, so a file added or taken away changes the tasks around it and no others. What was cut before is kept
beside the folders and believed while size and time of a file are the same: an archive is read once to be cut, and a day
added costs the reading of that day.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final
from zlib import crc32

from summarizer.errors import InputError, MissingExtraError, NoInputError, ReadingError
from summarizer.reading.discovery import Discovery, Found
from summarizer.reading.intake import Intake
from summarizer.scale.pieces import MAX_BYTES, SUFFIXES, Piece, cut_file
from summarizer.scale.settings import Settings
from summarizer.scale.store import Store, write_whole
from summarizer.scale.tasks import Task

logger = logging.getLogger(__name__)

#: Bytes that an article takes in files of which it is not known how many they hold.
_ARTICLE_BYTES: Final = 4_000
#: Raised when files are cut in another way.
_CUT: Final = 2
#: A file is cut into so many pieces at least, so that a day that is added has work for several workers; but into none
#: of fewer articles than this. By its size alone: the number of workers must change nothing.
_PIECES: Final = 4
_FEWEST: Final = 250
#: Bytes that an article takes in a line, and packed.
_LINE_BYTES: Final = 3_000
_PACKED_BYTES: Final = 1_000
#: A file that was written so short a time ago may be written again within one tick of its clock, in seconds.
_SETTLED: Final = 2.0
_MAX_REASONS: Final = 5


def plan_archive(sources: Sequence[str | Path], settings: Settings, store: Store) -> list[Task]:
    """Plan how an archive is read.

    :param sources: files, folders (all below them that is read) and patterns; what is named twice is read once.
    :return: tasks of the stage ``articles``, in the order of the files; the last one names the files that gave nothing.
    :raises InputError: if a source is no path.
    :raises NoInputError: if there is no file to read.
    :raises MissingExtraError: if pyarrow is not installed.

    O(bytes) for files that were not cut before, O(files) for the others.
    """
    _require_tables()
    intake = Intake(settings.summary)
    pieces: list[list[Piece]] = []
    failures: list[ReadingError] = []
    known = _Known(store, settings)
    for found in _find(sources, intake):
        rows = _rows_of(found, settings)
        cut, broken = known.get(found) or known.put(found, *cut_file(found, rows, settings.summary))
        pieces += [cut] if cut else []
        failures += [broken] if broken is not None else []
    known.save()
    reading = intake.finish()
    failures += reading.failures
    if not pieces:
        reasons = "; ".join(map(str, failures[:_MAX_REASONS]))
        raise NoInputError(f"there is no file to read: {reasons or 'give files, folders or patterns'}")
    groups = _group(pieces, _rows(settings))
    tasks = [_task({"pieces": [piece.to_dict() for piece in group]}) for group in groups]
    if failures or reading.warnings:
        tasks.append(_task({"failures": [[one.source, one.reason] for one in failures], "notes": [*reading.warnings]}))
    logger.debug("%d files in %d tasks", len(pieces), len(tasks))
    return tasks


def _require_tables() -> None:
    try:
        import pyarrow  # noqa: F401
    except ImportError as error:
        raise MissingExtraError("reading an archive", "scale") from error


def _rows(settings: Settings) -> int:
    return settings.scale.articles_per_task


def _rows_of(found: Found, settings: Settings) -> int:
    """Say how many articles a piece of a file has at most; by halves, so that a file that grows is seldom cut anew."""
    is_packed = not found.path.lower().endswith((".jsonl", ".ndjson"))
    articles = found.size // (_PACKED_BYTES if is_packed else _LINE_BYTES)
    rows = _rows(settings)
    while rows >= 2 * _FEWEST and rows * _PIECES > articles:
        rows //= 2
    return rows


def _find(sources: Sequence[str | Path], intake: Intake) -> Iterator[Found]:
    if isinstance(sources, str | bytes | os.PathLike):
        raise InputError(f"sources must be a list of paths, not {sources!r:.60}: write [{sources!r:.60}]")
    discovery = Discovery(intake, SUFFIXES)
    for source in sources:
        path = os.fspath(source)
        if path == "-":
            raise InputError("standard input cannot be read again when a run goes on: save it to a file")
        if path.lower().startswith(("http://", "https://")):
            raise InputError(f"{path}: archives are not fetched: save it to a file")
        yield from discovery.find(path)


def _group(files: Iterable[list[Piece]], rows: int) -> Iterator[list[Piece]]:
    """Put small files together; a piece of a large one stands alone."""
    group: list[Piece] = []
    weight = size = 0
    for pieces in files:
        own = max(pieces[0].rows, pieces[0].size // _ARTICLE_BYTES) if pieces[0].kind == "file" else pieces[0].rows
        small = len(pieces) == 1 and pieces[0].kind != "archive" and own * 4 <= rows and pieces[0].size * 4 <= MAX_BYTES
        if group and (not small or weight + own > rows or size + pieces[0].size > MAX_BYTES):
            yield group
            group, weight, size = [], 0, 0
        if not small:
            yield from ([piece] for piece in pieces)
            continue
        group.append(pieces[0])
        weight, size = weight + own, size + pieces[0].size
        # Such a file ends its group wherever the group began.
        if crc32(pieces[0].name.encode("utf-8", "surrogateescape")) % max(1, rows // 2) < own:
            yield group
            group, weight, size = [], 0, 0
    if group:
        yield group


def _task(payload: dict[str, Any]) -> Task:
    told = json.dumps(payload, sort_keys=True, ensure_ascii=True).encode()
    return Task("articles", hashlib.sha256(told).hexdigest()[:20], payload)


class _Known:
    """How files were cut before."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._path = store.root / "work" / "pieces.jsonl"
        summary = settings.summary
        self._way = [_CUT, _rows(settings), summary.max_ratio]
        self._earlier: dict[str, dict[str, Any]] = {}
        try:
            for line in self._path.read_text(encoding="utf-8").splitlines():
                entry = json.loads(line)
                self._earlier[entry["name"]] = entry
        except FileNotFoundError:
            pass
        except (ValueError, TypeError, KeyError):
            self._earlier = {}

    def get(self, found: Found) -> tuple[list[Piece], ReadingError | None] | None:
        """Give the pieces of a file, if it is what it was when they were cut."""
        entry = self._earlier.get(found.path)
        if entry is None or entry["way"] != self._way or entry["file"] != _stamp(found):
            return None
        broken = ReadingError(*entry["broken"]) if entry["broken"] else None
        return [Piece(**fields) for fields in entry["pieces"]], broken

    def put(
        self, found: Found, pieces: list[Piece], broken: ReadingError | None
    ) -> tuple[list[Piece], ReadingError | None]:
        """Keep the pieces of a file."""
        stamp = _stamp(found)
        if stamp and time.time() - stamp[1] / 1e9 > _SETTLED:
            self._earlier[found.path] = {
                "name": found.path,
                "way": self._way,
                "file": stamp,
                "pieces": [piece.to_dict() for piece in pieces],
                "broken": [broken.source, broken.reason] if broken else None,
            }
        return pieces, broken

    def save(self) -> None:
        """Write what is known, also of files that this run was not given: the next one may be."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        entries = (entry for _, entry in sorted(self._earlier.items()))
        write_whole(self._path, [f"{json.dumps(entry, sort_keys=True)}\n".encode() for entry in entries])


def _stamp(found: Found) -> list[Any]:
    """Give what changes when a file is written; empty if it is not there."""
    try:
        status = os.stat(found.path)
    except OSError:
        return []
    return [os.path.abspath(found.path), status.st_mtime_ns, status.st_size, status.st_ino]
