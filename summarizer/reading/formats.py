"""Which reader reads which file, by the suffix of its name; a new format is a line here."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import BinaryIO, Final

from summarizer.errors import ReadingError
from summarizer.reading.discovery import Found, explain
from summarizer.reading.intake import Intake, Origin, replace_surrogates
from summarizer.reading.jsondoc import MAX_JSON_BYTES, read_json
from summarizer.reading.jsonl import read_compressed_jsonl, read_jsonl
from summarizer.reading.signatures import MAGIC_BYTES, refuse_magic
from summarizer.reading.text import read_text

#: Reads one open file of so many bytes into the intake; raises ReadingError if it gives nothing.
Reader = Callable[[BinaryIO, int, Origin, Intake], None]


def max_text_bytes(intake: Intake) -> int:
    """Give the size above which no text can be within ``max_document_characters``, in any encoding."""
    return 4 * intake.config.max_document_characters + 4


def _read_text_file(stream: BinaryIO, size: int, origin: Origin, intake: Intake) -> None:
    data = _read_whole(stream, size, max_text_bytes(intake), origin, "max_document_characters")
    read_text(data, origin, intake)


def _read_json_file(stream: BinaryIO, size: int, origin: Origin, intake: Intake) -> None:
    data = _read_whole(stream, size, MAX_JSON_BYTES, origin, "")
    read_json(data, origin, intake)


def _read_whole(stream: BinaryIO, size: int, limit: int, origin: Origin, setting: str) -> bytes:
    """Read a file that is held whole; a larger one is refused by its size, before it is read.

    :raises ReadingError: if it is over the limit, or no text.
    """
    head = stream.read(MAGIC_BYTES)
    refuse_magic(head, origin.name)
    data = head if size > limit else head + stream.read(limit + 1 - len(head))
    if max(size, len(data)) > limit:
        remedy = (
            f"split it, or raise {setting} (--{setting.replace('_', '-')})"
            if setting
            else "write it as JSONL, which is read line by line"
        )
        raise ReadingError(origin.name, f"holds {max(size, len(data))} bytes, over the limit of {limit}: {remedy}")
    return data


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
}

_PAGE: Final = "pages are not read: extract the article's text first and give that"
_FEED: Final = "feeds and XML are not read: extract the articles first, as text or JSONL"
_TABLE: Final = "tables are not read: write the articles as JSONL, one object a line"
_PDF: Final = "PDF files are not read: extract the text first and give that"

#: Suffixes of text-like files that would make a wrong briefing, and what to do instead.
UNREAD: Final[dict[str, str]] = {
    ".html": _PAGE,
    ".htm": _PAGE,
    ".xhtml": _PAGE,
    ".mhtml": _PAGE,
    ".xml": _FEED,
    ".rss": _FEED,
    ".atom": _FEED,
    ".csv": _TABLE,
    ".tsv": _TABLE,
    ".pdf": _PDF,
}


def read_file(found: Found, intake: Intake) -> None:
    """Read one file into the intake; a file that gives nothing becomes a failure there.

    :raises LimitError: if it holds one document too many.
    """
    name = os.path.basename(found.path)
    suffixes = [suffix for suffix in (*READERS, *UNREAD) if name.lower().endswith(suffix)]
    suffix = max(suffixes, key=len, default="")
    stem = name[: -len(suffix)] if suffix else os.path.splitext(name)[0]
    origin = Origin(found.path, _printable(stem))
    try:
        if suffix in UNREAD:
            raise ReadingError(found.path, UNREAD[suffix])
        with open(found.path, "rb") as stream:
            READERS.get(suffix, _read_text_file)(stream, found.size, origin, intake)
    except OSError as error:
        intake.fail(ReadingError(found.path, explain(found.path, error)))
    except ReadingError as error:
        intake.fail(error)


def _printable(stem: str) -> str:
    """Make an id of the stem of a file name."""
    return "".join(character if character.isprintable() else "_" for character in replace_surrogates(stem)).strip()
