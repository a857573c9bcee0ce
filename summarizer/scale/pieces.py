"""Files to pieces that one task can read each: whole small files, and runs of the rows of large ones.

========================  ============================================================================================
``.jsonl``                bytes that begin and end at line ends; a piece is known by its own content, so that a file
                          that grew gives its old pieces again
``.jsonl.gz``             lines by their numbers: a task unpacks what stands before its own at about 300 MB a second
``.parquet``              rows by their numbers; of the row groups before its own a task reads nothing
``.warc``, ``.warc.gz``   every n-th record: records are not counted, as a page costs far more to read than to pass over
any other                 whole, as :mod:`summarizer.reading` reads it
========================  ============================================================================================
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any, BinaryIO, Final

import numpy as np

from summarizer.config import SummaryConfig
from summarizer.errors import ReadingError
from summarizer.reading.discovery import Found, explain
from summarizer.reading.formats import READERS
from summarizer.reading.jsonl import Read, narrow, unpack
from summarizer.reading.signatures import MAGIC_BYTES, refuse_magic

#: A piece of lines ends at the first line end behind so many bytes, however few lines it holds.
MAX_BYTES: Final = 64_000_000
#: Packed bytes of a web archive that one task reads the pages of.
ARCHIVE_BYTES: Final = 100_000_000
_BLOCK: Final = 1 << 20
_LINES: Final = (".jsonl", ".ndjson")
_PACKED: Final = (".jsonl.gz", ".ndjson.gz")
_ARCHIVES: Final = (".warc", ".warc.gz")
TABLES: Final = (".parquet", ".pq")
#: Suffixes of the files that a folder gives.
SUFFIXES: Final = (*READERS, *TABLES)
#: First bytes of files whose line ends cannot be told by their byte.
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")


@dataclass(frozen=True, slots=True)
class Piece:
    """Something that is read in one go.

    :param path: where its file is.
    :param name: how messages call the file: the path as the user gave it.
    :param kind: ``lines``, ``packed``, ``table``, ``archive`` or ``file``.
    :param digest: SHA-256 of the bytes from ``start`` to ``stop`` for lines, else of the whole file.
    :param first: the row that it begins with, from 0; for an archive, the remainder of the numbers of its records.
    :param rows: how many rows it has; for an archive, the divisor; for a file, how many articles it may hold.
    :param start: first byte.
    :param stop: one past the last byte.
    :param size: bytes of the file; of the piece for lines.
    """

    path: str
    name: str
    kind: str
    digest: str
    first: int
    rows: int
    start: int
    stop: int
    size: int

    def to_dict(self) -> dict[str, Any]:
        """Give the piece as JSON values."""
        return asdict(self)


def cut_file(found: Found, rows: int, config: SummaryConfig) -> tuple[list[Piece], ReadingError | None]:
    """Cut a file into pieces of about so many articles.

    :return: the pieces, in the order of the file, and what is wrong with the rest of it, if something is.

    O(bytes): the file is read once.
    """
    pieces: list[Piece] = []
    try:
        for piece in _pieces(found, rows, config):
            pieces.append(piece)  # those before an error count
    except ReadingError as error:
        return pieces, error
    except OSError as error:
        return pieces, ReadingError(found.path, explain(found.path, error))
    return pieces, None


def kind_of(path: str) -> str:
    """Tell how a file is cut, by the suffix of its name."""
    name = path.lower()
    for kind, suffixes in (("lines", _LINES), ("packed", _PACKED), ("table", TABLES), ("archive", _ARCHIVES)):
        if name.endswith(suffixes):
            return kind
    return "file"


def _pieces(found: Found, rows: int, config: SummaryConfig) -> Iterator[Piece]:
    kind = kind_of(found.path)
    whole = Piece(os.path.abspath(found.path), found.path, kind, "", 0, 1, 0, found.size, found.size)
    with open(found.path, "rb") as stream:
        head = stream.read(MAGIC_BYTES)
        stream.seek(0)
        if kind == "lines":
            refuse_magic(head, found.path)
            if head.startswith(_WIDE):
                yield from _cut_stream(stream, replace(whole, kind="packed"), rows, config)
            else:
                yield from _cut_lines(stream, whole, rows)
        elif kind == "packed":
            yield from _cut_stream(stream, whole, rows, config)
        elif kind == "table":
            yield from _cut_table(whole, rows, _digest(stream))
        elif kind == "archive":
            n_parts = max(1, -(-found.size // ARCHIVE_BYTES))
            digest = _digest(stream)
            yield from (replace(whole, digest=digest, first=part, rows=n_parts) for part in range(n_parts))
        else:
            yield replace(whole, digest=_digest(stream))


def _digest(stream: BinaryIO) -> str:
    digest = hashlib.sha256()
    while block := stream.read(_BLOCK):
        digest.update(block)
    return digest.hexdigest()


def _cut_lines(stream: BinaryIO, whole: Piece, rows: int) -> Iterator[Piece]:
    """Cut a plain file at line ends, behind ``rows`` lines or :data:`MAX_BYTES`."""
    digest, n_lines, first, start, place = hashlib.sha256(), 0, 0, 0, 0
    ended = True
    while block := stream.read(_BLOCK):
        done = 0
        ends = np.flatnonzero(np.frombuffer(block, dtype=np.uint8) == ord("\n")) + 1
        counted = 0
        while counted < len(ends):
            # The line that fills the piece, by number or by bytes, whichever comes first.
            by_rows = counted + rows - n_lines - 1
            by_bytes = max(int(np.searchsorted(ends, start + MAX_BYTES - place)), counted)
            last = min(by_rows, by_bytes)
            if last >= len(ends):
                n_lines += len(ends) - counted
                break
            end = int(ends[last])
            digest.update(block[done:end])
            n_lines += last + 1 - counted
            yield _lines(whole, digest.hexdigest(), first, n_lines, start, place + end)
            digest, first, start, done, counted = hashlib.sha256(), first + n_lines, place + end, end, last + 1
            n_lines = 0
        digest.update(block[done:])
        place += len(block)
        ended = block.endswith(b"\n")
    if place > start:
        n_lines += not ended
        yield _lines(whole, digest.hexdigest(), first, n_lines, start, place)
    if not place:
        raise ReadingError(whole.name, "is empty: give a file with one article a line")


def _lines(whole: Piece, digest: str, first: int, rows: int, start: int, stop: int) -> Piece:
    """Give a piece of lines, which does not depend on what stands behind it in its file."""
    return replace(whole, digest=digest, first=first, rows=rows, start=start, stop=stop, size=stop - start)


def _cut_stream(stream: BinaryIO, whole: Piece, rows: int, config: SummaryConfig) -> Iterator[Piece]:
    """Cut a file whose lines can only be reached by reading all before them.

    :raises ReadingError: where it breaks off; the pieces before were given.
    """
    digest = _digest(stream)
    stream.seek(0)
    read = open_lines(stream, whole, config)
    total, ended = 0, True
    broken: ReadingError | None = None
    try:
        while block := read(_BLOCK):
            total += block.count(b"\n")
            ended = block.endswith(b"\n")
    except ReadingError as error:
        broken = error
    else:
        total += not ended  # where the file breaks off, the last line is half a line
        if not total:
            raise ReadingError(whole.name, "is empty: give a file with one article a line")
    yield from (
        replace(whole, digest=digest, first=first, rows=min(rows, total - first)) for first in range(0, total, rows)
    )
    if broken is not None:
        raise broken


def open_lines(stream: BinaryIO, piece: Piece, config: SummaryConfig) -> Read:
    """Give a reader of the lines of a packed file, or of one in UTF-16, as bytes in UTF-8.

    :raises ReadingError: if it is damaged, a bomb or no text, then or while it is read.
    """
    if piece.name.lower().endswith(_PACKED):
        return narrow(unpack(stream, piece.size, piece.name, config.max_ratio), piece.name)
    return narrow(stream.read, piece.name)


def _cut_table(whole: Piece, rows: int, digest: str) -> Iterator[Piece]:
    import pyarrow as pa
    from pyarrow import parquet

    try:
        with parquet.ParquetFile(whole.path) as file:
            total = file.metadata.num_rows
    except (OSError, pa.ArrowException) as error:
        words = " ".join(str(error).split())[:120]
        raise ReadingError(whole.name, f"is no Parquet file, or damaged ({words}): write it again") from None
    if not total:
        raise ReadingError(whole.name, "holds no rows: give a table with one article a row")
    yield from (
        replace(whole, digest=digest, first=first, rows=min(rows, total - first)) for first in range(0, total, rows)
    )
