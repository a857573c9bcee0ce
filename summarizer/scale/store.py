"""The folders that tasks write: each whole or absent, with a marker that says what it was made from.

``ROOT/work/STAGE/KEY/`` holds the files of one task and ``done.json``. A task writes into a folder of another name,
which is renamed when all is on the disk; a worker that is killed leaves at most a folder that nobody reads. The root
must be one file system for all workers, and one where a rename is atomic; an object store is not.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import shutil
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from summarizer.errors import InputError, OutputError, SummarizerError
from summarizer.scale.settings import Settings
from summarizer.scale.tasks import Done, Task, Work, stage_function

if TYPE_CHECKING:
    import pyarrow as pa

MARKER: Final = "done.json"
#: The folder beside the stages in which workers on other machines write at which article they are.
ITEMS: Final = ".items"
_BLOCK: Final = 1 << 20
#: Names of files and folders before they are whole.
_HALF: Final = re.compile(r"\..+\.(?:[0-9a-f]{32}|partial)")
#: Stages of which earlier runs left what a later one goes on from.
_LASTING: Final = ("lines", "parts", "ledger")
#: No room on the disk, in the quota, or for so large a file.
_FULL: Final = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG)


class Store:
    """The folders of one run.

    :param root: the folder of the run.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def folder(self, stage: str, key: str) -> Path:
        """Give the folder of a task, whether it is there or not."""
        return self.root / "work" / stage / key

    def done(self, stage: str, key: str) -> Done | None:
        """Give what a task left; None if it has not been done, or its marker is damaged."""
        try:
            fields = json.loads((self.folder(stage, key) / MARKER).read_text(encoding="utf-8"))
            return Done(**fields)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (ValueError, TypeError):
            return None

    def perform(
        self,
        task: Task,
        settings: Settings,
        *,
        skip: frozenset[int] = frozenset(),
        at: Callable[[int], None] = lambda _number: None,
    ) -> Done:
        """Do a task, unless the same one was done already.

        :param skip: items that ended a worker before.
        :param at: told the number of each item before it is begun.
        :return: what it left.
        :raises OutputError: if something cannot be written.
        :raises Exception: whatever else its stage raises; then nothing is left.
        """
        digest = task.digest(settings)
        earlier = self.done(task.stage, task.key)
        if earlier is not None and earlier.task == digest:
            return earlier
        start = time.perf_counter()
        final = self.folder(task.stage, task.key)
        out = final.parent / f".{task.key}.{uuid.uuid4().hex}"
        try:
            out.mkdir(parents=True)
        except OSError as error:
            raise not_written(error, final) from error
        try:
            counts = stage_function(task.stage)(Work(self.root, task, settings, out, skip, at))
            done = Done(task.stage, task.key, digest, _digest_of(out), counts, round(time.perf_counter() - start, 3))
            _write(out / MARKER, [json.dumps(asdict(done), sort_keys=True).encode()])
            put(out, final)
        except SummarizerError:
            raise
        except OSError as error:
            raise not_written(error, final) from error
        finally:
            shutil.rmtree(out, ignore_errors=True)
        return done

    def sweep(self) -> None:
        """Delete what workers that were killed left half written; nobody may be at work."""
        for path in (self.root / "work").glob("*/.*"):
            shutil.rmtree(path, ignore_errors=True)
        for folder in (self.root, self.root / "work", self.root / "failed"):
            for path in folder.glob(".*"):
                if _HALF.fullmatch(path.name):
                    shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
        shutil.rmtree(self.root / "work" / ITEMS, ignore_errors=True)

    def read(
        self, stage: str, key: str, name: str, columns: list[str] | None = None, *, groups: list[int] | None = None
    ) -> pa.Table:
        """Read a Parquet file of a task.

        :param groups: the row groups to read; None for all.
        :raises InputError: if it is not there, or damaged.
        """
        import pyarrow as pa
        from pyarrow import parquet

        path = self.folder(stage, key) / f"{name}.parquet"
        try:
            # Threads of its own would fight with the other workers for the cores.
            if groups is None:
                return parquet.read_table(path, columns=columns, use_threads=False, memory_map=False)
            with parquet.ParquetFile(path) as file:
                return file.read_row_groups(groups, columns=columns, use_threads=False)
        except (OSError, pa.ArrowException) as error:
            raise damaged(path) from error

    def groups(self, stage: str, key: str, name: str) -> int:
        """Count the row groups of a Parquet file of a task.

        :raises InputError: if it is not there, or damaged.
        """
        import pyarrow as pa
        from pyarrow import parquet

        path = self.folder(stage, key) / f"{name}.parquet"
        try:
            with parquet.ParquetFile(path) as file:
                return int(file.num_row_groups)
        except (OSError, pa.ArrowException) as error:
            raise damaged(path) from error

    def lines(self, stage: str, key: str, name: str) -> Iterator[bytes]:
        """Give the lines of a file of JSON lines of a task, one at a time.

        :raises InputError: if it is not there.
        """
        path = self.folder(stage, key) / f"{name}.jsonl"
        try:
            with path.open("rb") as file:
                yield from file
        except OSError as error:
            raise damaged(path) from error


def damaged(path: Path) -> InputError:
    """Give the error for a file of a task that is missing or damaged, with what helps."""
    if path.parent.parent.name in _LASTING:
        return InputError(
            f"{path}: cannot be read, and what was told on earlier days cannot be made again: put it back from a copy, "
            "or begin again in another folder"
        )
    return InputError(f"{path}: cannot be read: delete {path.parent} and go on with --resume")


def not_written(error: OSError, place: Path) -> OutputError:
    """Give the error for a file that could not be written, with what helps.

    :param place: what was being written, where the error does not say.
    """
    path = error.filename2 or error.filename or place
    reason = error.strerror or " ".join(str(error).split())[:200]
    remedy = "make room" if error.errno in _FULL else "see that it can be read and written"
    return OutputError(f"{path}: {reason}: {remedy}, and go on with --resume")


def write_table(out: Path, name: str, table: pa.Table) -> None:
    """Write a Parquet file into the folder of a task; the same table gives the same bytes."""
    write_parts(out, name, table.schema, [table])


def write_parts(out: Path, name: str, schema: pa.Schema, parts: Iterable[pa.Table]) -> None:
    """Write a Parquet file of which each table given is one row group, so that it can be read alone."""
    from pyarrow import parquet

    with parquet.ParquetWriter(out / f"{name}.parquet", schema, compression="zstd", write_statistics=False) as writer:
        for part in parts:
            writer.write_table(part, row_group_size=max(part.num_rows, 1))


def write_lines(out: Path, name: str, rows: list[dict[str, Any]]) -> None:
    """Write rows as JSON lines into the folder of a task; nothing if there are none."""
    if rows:
        text = "".join(json.dumps(row, ensure_ascii=True, sort_keys=True) + "\n" for row in rows)
        _write(out / f"{name}.jsonl", [text.encode()])


def write_whole(path: Path, blocks: Iterable[bytes]) -> None:
    """Write a file that is there whole or not at all."""
    other = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    try:
        _write(other, blocks)
        other.replace(path)
    finally:
        other.unlink(missing_ok=True)


def _write(path: Path, blocks: Iterable[bytes]) -> None:
    with path.open("wb") as file:
        for block in blocks:
            file.write(block)
        file.flush()
        os.fsync(file.fileno())


def _digest_of(folder: Path) -> str:
    """Digest the names and contents of the files of a folder."""
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        digest.update(path.name.encode())
        inner = hashlib.sha256()
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                inner.update(block)
        digest.update(inner.digest())
    return digest.hexdigest()


def put(out: Path, final: Path) -> None:
    """Give a folder its name, in place of what an older task left there."""
    while True:
        try:
            out.rename(final)
            return
        except OSError:
            if not final.exists():
                raise
            old = final.parent / f".{final.name}.{uuid.uuid4().hex}"
            with suppress(FileNotFoundError):  # another worker was quicker
                final.rename(old)
            shutil.rmtree(old, ignore_errors=True)
