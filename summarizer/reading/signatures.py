"""Files that are no text, told by how they begin and by what they hold."""

from __future__ import annotations

import re
from typing import Final

from summarizer.errors import ReadingError

_EXTRACT: Final = "extract its text first and give that"
_UNPACK: Final = "unpack it first and give the files inside"

#: First bytes, what they are the mark of, and what to do.
_MAGIC: Final = (
    (b"%PDF-", "a PDF file", "name it .pdf, and it is read"),
    (b"PK\x03\x04", "a ZIP archive or an Office document", "unpack it, or save the document as plain text"),
    (b"PK\x05\x06", "an empty ZIP archive", _UNPACK),
    (b"\x1f\x8b", "gzip-compressed", "unpack it first (only .jsonl.gz, .ndjson.gz and .warc.gz are read compressed)"),
    (b"BZh", "bzip2-compressed", _UNPACK),
    (b"\xfd7zXZ\x00", "xz-compressed", _UNPACK),
    (b"\x28\xb5\x2f\xfd", "zstd-compressed", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", _UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (b"\x89PNG\r\n\x1a\n", "a PNG image", "give the text of the article"),
    (b"\xff\xd8\xff", "a JPEG image", "give the text of the article"),
    (b"GIF87a", "a GIF image", "give the text of the article"),
    (b"GIF89a", "a GIF image", "give the text of the article"),
    (b"\x7fELF", "a program", "give the text of the article"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document", "save it as plain text"),
    (b"{\\rtf", "an RTF document", "save it as plain text"),
    (b"%!PS", "a PostScript file", _EXTRACT),
    (b"SQLite format 3\x00", "a database", "export the articles as JSONL"),
)
#: How many first bytes :func:`refuse_magic` wants to see.
MAGIC_BYTES: Final = 32
# Three letters are too few: an article may begin with them.
_BZIP2: Final = re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)")

# Controls that no text needs; tab, line ends, form feed and escape are left out.
_CONTROLS: Final = bytes([*range(0x00, 0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F])
_NO_CONTROLS: Final = bytes(byte for byte in range(256) if byte not in _CONTROLS)

_MARKUP: Final = re.compile(r"<(\?xml|!doctype|html|head|body|rss|feed|svg)\b", re.IGNORECASE)


def refuse_magic(data: bytes, name: str) -> None:
    """Refuse a file that begins like a known format that is no text.

    :param data: the first bytes, at least :data:`MAGIC_BYTES` where there are as many.
    :raises ReadingError: naming the format and the remedy.
    """
    for magic, what, remedy in _MAGIC:
        if data.startswith(magic) and (magic != b"BZh" or _BZIP2.match(data)):
            raise ReadingError(name, f"is {what}, not text: {remedy}")


def has_controls(data: bytes) -> bool:
    """Tell whether bytes hold more control characters than a slightly damaged text does.

    A NUL in 1,000 bytes and 2 other controls, or 1 in 100, are let through.

    O(n).
    """
    return data.count(0) > len(data) // 1000 or _count_controls(data) > 2 + len(data) // 100


def refuse_controls(data: bytes, name: str) -> None:
    """Refuse bytes for which :func:`has_controls` holds.

    :raises ReadingError: naming the count and the remedy.

    O(n).
    """
    if has_controls(data):
        count = f"{_count_controls(data)} control characters in {len(data)} bytes"
        raise ReadingError(name, f"is binary, not text ({count}): give a text file")


def _count_controls(data: bytes) -> int:
    return len(data.translate(None, _NO_CONTROLS))


def refuse_markup(text: str, name: str) -> None:
    """Refuse a page or a feed under the name of a text: its tags and menus would be summarized with the article.

    :raises ReadingError: naming the kind and the remedy.
    """
    start = text[:1000].lstrip()
    if found := _MARKUP.match(start):
        feed = found[1].lower() in ("?xml", "rss", "feed", "svg")
        kind, suffix = ("XML or a feed", ".xml") if feed else ("an HTML page", ".html")
        raise ReadingError(name, f"is {kind}, not text: name it {suffix}, and it is read")
