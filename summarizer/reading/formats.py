"""Which reader reads which file, by the suffix of its name; a new format is a line here."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from typing import BinaryIO, Final

from summarizer.errors import ReadingError
from summarizer.reading.discovery import Found, explain
from summarizer.reading.intake import Intake, Origin, replace_surrogates
from summarizer.reading.jsondoc import MAX_JSON_BYTES, read_json
from summarizer.reading.jsonl import read_compressed_jsonl, read_jsonl
from summarizer.reading.kinds import SNIFFED_BYTES, sniff
from summarizer.reading.pages import BY_KIND, read_archive, read_feed, read_page, read_pdf, read_xml
from summarizer.reading.signatures import MAGIC_BYTES, refuse_magic
from summarizer.reading.sizes import read_whole
from summarizer.reading.text import read_text

#: Reads one open file of so many bytes into the intake; raises ReadingError if it gives nothing.
Reader = Callable[[BinaryIO, int, Origin, Intake], None]


def max_text_bytes(intake: Intake) -> int:
    """Give the size above which no text can be within ``max_document_characters``, in any encoding."""
    return 4 * intake.config.max_document_characters + 4


def _read_text_file(stream: BinaryIO, size: int, origin: Origin, intake: Intake) -> None:
    _read_as_text(stream, size, origin, intake, stream.read(MAGIC_BYTES))


def _read_unnamed(stream: BinaryIO, size: int, origin: Origin, intake: Intake) -> None:
    """Read a file whose suffix says nothing as what its beginning says, and else as text."""
    head = stream.read(SNIFFED_BYTES)
    kind = sniff(head)
    if kind:
        stream.seek(0)
        BY_KIND[kind](stream, size, origin, intake)
    else:
        _read_as_text(stream, size, origin, intake, head)


def _read_as_text(stream: BinaryIO, size: int, origin: Origin, intake: Intake, head: bytes) -> None:
    refuse_magic(head, origin.name)
    limit = max_text_bytes(intake)
    data = read_whole(stream, size, limit, origin, "max_document_characters", head=head[: limit + 1])
    read_text(data, origin, intake)


def _read_json_file(stream: BinaryIO, size: int, origin: Origin, intake: Intake) -> None:
    head = stream.read(MAGIC_BYTES)
    refuse_magic(head, origin.name)
    read_json(read_whole(stream, size, MAX_JSON_BYTES, origin, "", head=head), origin, intake)


#: Suffixes of what a folder gives, and how each is read. The longest that fits counts.
READERS: Final[dict[str, Reader]] = {
    ".txt": _read_text_file,
    ".text": _read_text_file,
    ".md": _read_text_file,
    ".json": _read_json_file,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".jsonl.gz": read_compressed_jsonl,
    ".ndjson.gz": read_compressed_jsonl,
    ".html": read_page,
    ".htm": read_page,
    ".xhtml": read_page,
    ".xml": read_xml,
    ".rss": read_feed,
    ".atom": read_feed,
    ".pdf": read_pdf,
    ".warc": read_archive,
    ".warc.gz": read_archive,
}

_TABLE: Final = "tables are not read: write the articles as JSONL, one object a line"

#: Suffixes of text-like files that would make a wrong briefing, and what to do instead.
UNREAD: Final[dict[str, str]] = {
    ".mhtml": "saved bundles of a page are not read: save the page as HTML alone",
    ".csv": _TABLE,
    ".tsv": _TABLE,
}


def read_file(found: Found, intake: Intake, *, name: str = "") -> None:
    """Read one file into the intake; a file that gives nothing becomes a failure there.

    :param name: how messages call it; empty for its path.
    :raises LimitError: if it holds one document too many.
    """
    name = name or found.path
    try:
        reader, stem = _reader_of(name)
        with open(found.path, "rb") as stream:
            reader(stream, found.size, Origin(name, stem), intake)
    except OSError as error:
        intake.fail(ReadingError(name, explain(found.path, error)))
    except ReadingError as error:
        intake.fail(error)


def read_bytes(name: str, data: bytes, intake: Intake) -> None:
    """Read the bytes of a file that somebody sent, as its name says; what gives nothing becomes a failure.

    The name is a name only: nothing is opened. Web archives are read from files, and refused here.

    :raises LimitError: if it holds one document too many.
    """
    try:
        reader, stem = _reader_of(name)
        if reader is read_archive or (reader is _read_unnamed and sniff(data[:SNIFFED_BYTES]) == "archive"):
            raise ReadingError(name, "web archives are not taken over the network: read them on the command line")
        reader(io.BytesIO(data), len(data), Origin(name, stem), intake)
    except ReadingError as error:
        intake.fail(error)


def _reader_of(path: str) -> tuple[Reader, str]:
    """Give the reader that the suffix of a path asks for, and its stem as an id.

    :raises ReadingError: if files of the kind are not read.
    """
    name = os.path.basename(path)
    suffixes = [suffix for suffix in (*READERS, *UNREAD) if name.lower().endswith(suffix)]
    suffix = max(suffixes, key=len, default="")
    stem = name[: -len(suffix)] if suffix else os.path.splitext(name)[0]
    if suffix in UNREAD:
        raise ReadingError(path, UNREAD[suffix])
    return READERS.get(suffix, _read_unnamed), _printable(stem)


def _printable(stem: str) -> str:
    """Make an id of the stem of a file name."""
    return "".join(character if character.isprintable() else "_" for character in replace_surrogates(stem)).strip()
