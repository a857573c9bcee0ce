"""A piece of the input -> its articles, in the field names and within the limits of :mod:`summarizer.reading`."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from summarizer.errors import InputError, ReadingError
from summarizer.reading.discovery import Found
from summarizer.reading.formats import read_file
from summarizer.reading.intake import Intake, Notes, Origin
from summarizer.reading.jsonl import Read, add_line, decode_line, iter_lines, max_line_bytes
from summarizer.reading.markup import settle
from summarizer.reading.pages import read_archive
from summarizer.reading.records import add_record
from summarizer.scale.pieces import Piece, open_lines

if TYPE_CHECKING:
    import pyarrow as pa

#: Takes the number of a row and what reads it, and does so unless the row is to be left out.
Attempt = Callable[[int, str, Callable[[], None]], None]
_BATCH: Final = 64
_BLOCK: Final = 1 << 20


def read_piece(piece: Piece, intake: Intake, attempt: Attempt) -> None:
    """Read a piece.

    :param intake: takes the articles, the warnings and what failed as a whole.
    :param attempt: called for each row that can be told before it is read: lines and rows of tables.
    :raises ReadingError: if the file can no longer be read; what stands before that place was taken in.
    """
    _READERS[piece.kind](piece, intake, attempt)


def _read_lines(piece: Piece, intake: Intake, attempt: Attempt) -> None:
    digest = hashlib.sha256()
    with open(piece.path, "rb") as stream:
        stream.seek(piece.start)
        left = piece.stop - piece.start

        def read(n: int) -> bytes:
            nonlocal left
            block = stream.read(min(n, left))
            left -= len(block)
            digest.update(block)
            return block

        _add_lines(read, piece, piece.first, intake, attempt)
        while read(_BLOCK):
            pass
    if digest.hexdigest() != piece.digest:
        raise InputError(f"{piece.name}: has changed since the run began: start it again")


def _read_packed(piece: Piece, intake: Intake, attempt: Attempt) -> None:
    with open(piece.path, "rb") as stream:
        _add_lines(open_lines(stream, piece, intake.config), piece, 0, intake, attempt)


def _add_lines(read: Read, piece: Piece, first: int, intake: Intake, attempt: Attempt) -> None:
    """Take in the lines of a piece.

    :param first: number of the first line that ``read`` gives, from 0.
    """
    notes, encoding = Notes(intake, piece.name), ""
    lines = enumerate(iter_lines(read, max_line_bytes(intake)), first)
    for number, line in itertools.islice(lines, piece.first - first, piece.first - first + piece.rows):
        place = Origin(f"{piece.name} line {number + 1}")

        def take(line: bytes | None = line, place: Origin = place) -> None:
            nonlocal encoding
            if line is None:
                limit = intake.config.max_document_characters
                raise ReadingError(
                    place.name,
                    f"is too long for a document of {limit} characters: split it, or raise max_document_characters "
                    "(--max-document-characters)",
                )
            text, encoding = decode_line(line, encoding, place.name, notes)
            add_line(text, place, intake, notes)

        if line is None or line.strip():
            attempt(number, place.name, take)
    notes.close()


def _read_table(piece: Piece, intake: Intake, attempt: Attempt) -> None:
    notes = Notes(intake, piece.name)
    for number, row in enumerate(_rows(piece), piece.first):
        place = Origin(f"{piece.name} row {number + 1}")

        def take(row: Callable[[], dict[str, Any]] = row, place: Origin = place) -> None:
            try:
                record = row()
            except (ValueError, OverflowError) as error:
                raise ReadingError(place.name, f"cannot be read ({type(error).__name__}): write it again") from None
            add_record(settle(record, place, intake), place, intake, notes)

        attempt(number, place.name, take)
    notes.close()


def _rows(piece: Piece) -> Iterator[Callable[[], dict[str, Any]]]:
    """Give the rows of a piece of a table, each as what reads it."""
    import pyarrow as pa
    from pyarrow import parquet

    try:
        with parquet.ParquetFile(piece.path) as file:
            ends = list(itertools.accumulate(file.metadata.row_group(k).num_rows for k in range(file.num_row_groups)))
            stop = piece.first + piece.rows
            groups = [k for k, end in enumerate(ends) if end > piece.first and (ends[k - 1] if k else 0) < stop]
            place = ends[groups[0] - 1] if groups and groups[0] else 0
            for batch in file.iter_batches(_BATCH, groups, columns=_columns(file.schema_arrow), use_threads=False):
                start, end = max(piece.first - place, 0), min(stop - place, batch.num_rows)
                place += batch.num_rows
                yield from _split(batch, start, end)
    except (OSError, pa.ArrowException) as error:
        words = " ".join(str(error).split())[:120]
        raise ReadingError(piece.name, f"is damaged ({words}): write it again") from None


def _columns(schema: pa.Schema) -> list[str]:
    """Leave out what cannot be a field of an article: vectors and bytes cost more to read than the texts."""
    import pyarrow as pa

    def is_field(kind: pa.DataType) -> bool:
        is_list = pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind)
        return not (is_list or pa.types.is_binary(kind) or pa.types.is_large_binary(kind))

    return [field.name for field in schema if is_field(field.type)]


def _split(batch: pa.RecordBatch, start: int, end: int) -> Iterator[Callable[[], dict[str, Any]]]:
    """Give the rows of a batch; one that cannot be converted harms no other."""
    import pyarrow as pa

    columns = []
    for column in batch.columns:
        if pa.types.is_timestamp(column.type) and column.type.unit == "ns":
            # Python's own times have no nanoseconds.
            column = column.cast(pa.timestamp("us", column.type.tz), safe=False)
        columns.append(column)
    batch = pa.RecordBatch.from_arrays(columns, names=batch.schema.names)
    converted: list[dict[str, Any]] = []
    with suppress(ValueError, OverflowError):
        converted = batch.to_pylist()
    for index in range(start, end):
        if converted:
            yield lambda index=index: converted[index]  # type: ignore[misc]
        else:
            yield lambda index=index: batch.slice(index, 1).to_pylist()[0]  # type: ignore[misc]


def _read_archive(piece: Piece, intake: Intake, attempt: Attempt) -> None:
    del attempt  # each record is read in a process of its own, which a page may end
    with open(piece.path, "rb") as stream:
        read_archive(stream, piece.size, Origin(piece.name), intake, share=(piece.first, piece.rows))


def _read_whole(piece: Piece, intake: Intake, attempt: Attempt) -> None:
    del attempt
    read_file(Found(piece.path, piece.size), intake, name=piece.name)


_READERS: Final[dict[str, Callable[[Piece, Intake, Attempt], None]]] = {
    "lines": _read_lines,
    "packed": _read_packed,
    "table": _read_table,
    "archive": _read_archive,
    "file": _read_whole,
}
