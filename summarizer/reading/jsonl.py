"""One article a line: JSONL, also called NDJSON, plain or gzip-compressed, read line by line."""

from __future__ import annotations

import codecs
import gzip
import json
import zlib
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, Final

from summarizer.errors import ReadingError
from summarizer.reading.encoding import decode
from summarizer.reading.intake import Intake, Notes, Origin
from summarizer.reading.markup import settle
from summarizer.reading.records import add_record
from summarizer.reading.signatures import refuse_magic

_CHUNK_BYTES: Final = 65_536
#: Up to here a file may grow further: a small one of many like lines is no bomb.
_FREE_BYTES: Final = 1_048_576
#: Characters beside the text that an article may have on its line.
_EXTRA_BYTES: Final = 65_536

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_WIDE_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

Read = Callable[[int], bytes]


def max_line_bytes(intake: Intake) -> int:
    r"""Give the length of a line that can hold the longest document, each character written as ``\uXXXX``."""
    return 6 * intake.config.max_document_characters + _EXTRA_BYTES


def parse(text: str) -> Any:  # noqa: ANN401
    """Read JSON.

    :raises ValueError: if it is none, or nested too deep; the message is short and in words.
    """
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, " if error.lineno > 1 else ""
        raise ValueError(f"is not JSON ({error.msg[:60]}, {place}character {error.colno})") from None
    except RecursionError:
        raise ValueError("is JSON nested too deep") from None
    except ValueError:
        raise ValueError("is JSON with a number of too many digits") from None


def iter_lines(read: Read, limit: int) -> Iterator[bytes | None]:
    """Give the lines of a stream without their ends, and None for a line over the limit, which is not kept.

    O(n); holds at most the limit and one chunk.
    """
    parts: list[bytes] = []
    size = 0
    while chunk := read(_CHUNK_BYTES):
        *complete, rest = chunk.split(b"\n")
        for line in complete:
            yield b"".join([*parts, line]) if size + len(line) <= limit else None
            parts, size = [], 0
        size += len(rest)
        parts = parts if size <= limit else []
        parts.append(rest)
    if size:
        yield b"".join(parts) if size <= limit else None


def read_jsonl(stream: BinaryIO, size: int, origin: Origin, intake: Intake) -> None:
    """Take in the articles of a JSONL file; lines that hold none are skipped with a warning.

    :param size: bytes of the file.
    :raises ReadingError: if it gives no article at all.
    :raises LimitError: if it holds one document too many.
    """
    del size
    add_lines(stream.read, origin, intake)


def read_compressed_jsonl(stream: BinaryIO, size: int, origin: Origin, intake: Intake) -> None:
    """Take in the articles of a gzip-compressed JSONL file, see :func:`read_jsonl`.

    :raises ReadingError: if it gives no article, is damaged, or grows over ``max_ratio`` times.
    :raises LimitError: if it holds one document too many.
    """
    add_lines(unpack(stream, size, origin.name, intake.config.max_ratio), origin, intake)


def unpack(stream: BinaryIO, size: int, name: str, ratio: int) -> Read:
    """Give a reader of what a gzip-compressed file holds; it raises ReadingError where that is damaged or a bomb.

    :param size: bytes of the file.
    :param ratio: bytes that one of them may become; news in JSONL grows about 4 times, a bomb 1,000 times.
    """
    unpacked = gzip.GzipFile(fileobj=stream)
    allowed = max(_FREE_BYTES, ratio * size)
    n_bytes = 0

    def read(n: int) -> bytes:
        nonlocal n_bytes
        try:
            chunk = unpacked.read(n)
        except (OSError, EOFError, zlib.error) as error:
            raise ReadingError(name, f"its compressed data is damaged ({error}): fetch it again") from None
        n_bytes += len(chunk)
        if n_bytes > allowed:
            raise ReadingError(
                name,
                f"grows to over {ratio} times its {size} bytes when unpacked, and was not read on: if it is "
                "trustworthy, unpack it first, or raise max_ratio (--max-ratio)",
            )
        return chunk

    return read


def add_lines(read: Read, origin: Origin, intake: Intake) -> None:
    """Take in one article a line.

    Where reading breaks off, the articles before that place stay, with a warning.

    :param read: gives up to n bytes, and none at the end.
    :param origin: the file; its lines have the ids ``stem:LINE`` if they declare none.
    :raises ReadingError: if no line gives an article.
    :raises LimitError: if it holds one document too many.
    """
    notes = Notes(intake, origin.name)
    n_before, n_lines = len(intake.documents), 0
    broken: ReadingError | None = None
    try:
        for number, line in _number_lines(read, origin, intake, notes):
            n_lines += 1
            place = Origin(f"{origin.name} line {number}", f"{origin.id}:{number}")
            try:
                add_line(line, place, intake, notes)
            except ReadingError as error:
                notes.skip(error)
    except ReadingError as error:
        broken = error
    notes.close()
    if len(intake.documents) > n_before:
        if broken:
            intake.warn(f"{broken} (the {len(intake.documents) - n_before} articles before that place were read)")
        return
    if broken:
        raise broken
    if not n_lines:
        raise ReadingError(origin.name, "is empty: give a file with one article a line")
    raise ReadingError(
        origin.name,
        f"none of its {n_lines} lines gave an article; the warnings say why (a file that is one JSON value as a "
        "whole is named .json)",
    )


def _number_lines(read: Read, origin: Origin, intake: Intake, notes: Notes) -> Iterator[tuple[int, str]]:
    """Give the lines that are not blank as text, with their numbers from 1."""
    encoding = ""
    for number, line in enumerate(iter_lines(narrow(read, origin.name), max_line_bytes(intake)), 1):
        name = f"{origin.name} line {number}"
        if line is None:
            limit = intake.config.max_document_characters
            notes.skip(
                ReadingError(
                    name,
                    f"is too long for a document of {limit} characters and was skipped: split it, or raise "
                    "max_document_characters (--max-document-characters)",
                )
            )
            continue
        if not line.strip():
            continue
        try:
            text, encoding = decode_line(line, encoding, name, notes)
        except ReadingError as error:
            notes.skip(error)
        else:
            yield number, text


def decode_line(line: bytes, encoding: str, name: str, notes: Notes) -> tuple[str, str]:
    """Decode a line; what another line of the file was found to be written in goes before a new search.

    :return: the text, and the encoding of the lines that are not UTF-8.
    :raises ReadingError: if it is no text.
    """
    for known in ("utf-8-sig", encoding):
        if known:
            try:
                return line.decode(known), encoding
            except UnicodeDecodeError:
                pass
    found = decode(line, name)
    if found.note:
        notes.add(found.note)
    return found.text, found.encoding


def rejoin(head: bytes, read: Read) -> Read:
    """Give a reader that gives first what was read already."""
    pending = [head] if head else []

    def read_on(n: int) -> bytes:
        return pending.pop() if pending else read(n)

    return read_on


def narrow(read: Read, name: str) -> Read:
    """Turn UTF-16 and UTF-32, which some shells write, into UTF-8 on the way; a byte order mark tells them.

    :raises ReadingError: if the first bytes are of a format that is no text.
    """
    head = read(_CHUNK_BYTES).removeprefix(codecs.BOM_UTF8)
    refuse_magic(head, name)
    encoding = next((encoding for mark, encoding in _WIDE_MARKS if head.startswith(mark)), None)
    if encoding is None:
        return rejoin(head, read)
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    read = rejoin(head, read)

    def read_narrow(n: int) -> bytes:
        while chunk := read(n):
            if text := decoder.decode(chunk):
                return text.encode("utf-8", "replace")
        return b""

    return read_narrow


def add_line(line: str, place: Origin, intake: Intake, notes: Notes) -> None:
    """Take in the article of a line.

    :raises ReadingError: if it holds none.
    """
    try:
        record = parse(line)
    except ValueError as error:
        raise ReadingError(place.name, f"{error} and was skipped: write one object a line") from None
    if not isinstance(record, dict):
        raise ReadingError(place.name, "is not a JSON object and was skipped: write one object a line")
    add_record(settle(record, place, intake), place, intake, notes)
