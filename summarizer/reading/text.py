"""Plain text to a document, with the header lines that may stand above it."""

from __future__ import annotations

import re
from typing import Final

from summarizer.datatypes import Document, Passage
from summarizer.errors import ReadingError
from summarizer.reading.encoding import decode
from summarizer.reading.intake import Intake, Notes, Origin, check_text
from summarizer.reading.records import add_record
from summarizer.reading.signatures import refuse_markup

#: Names of header lines, and the field that each declares; an author is no field of a document, but is no text either.
_HEADERS: Final = {
    "title": "title",
    "headline": "title",
    "source": "source",
    "outlet": "source",
    "publisher": "source",
    "url": "url",
    "link": "url",
    "date": "published",
    "published": "published",
    "language": "language",
    "author": "author",
    "authors": "author",
}
# A line over 500 characters is a paragraph, however it begins.
_HEADER_LINE: Final = re.compile(
    rf"({'|'.join(_HEADERS)})[ \t]*:[ \t]*([^\r\n]{{0,500}})(?:\r\n|\r|\n|\Z)", re.IGNORECASE
)
_BLANK_LINE: Final = re.compile(r"[ \t]*(?:\r|\n|\Z)")


def read_text(data: bytes, origin: Origin, intake: Intake) -> None:
    """Take in an article that is a file of its own.

    :raises ReadingError: if the bytes are no text, hold no words, or are over a limit.
    :raises LimitError: if it is one document too many.

    O(n).
    """
    decoded = decode(data, origin.name)
    refuse_markup(decoded.text, origin.name)
    add_text(decoded.text, origin, intake)
    if decoded.note:
        intake.warn(decoded.note)


def add_text(text: str, origin: Origin, intake: Intake) -> None:
    """Take an article in as it stands.

    Header lines at the very top (``Title: …``, ``Source: …``, ``URL: …``, ``Date: …``, ``Language: …``), two of them
    or one with a blank line below, declare fields. They stay in the text and are marked as dropped, for ``header``.

    :raises ReadingError: if it holds no words, or is over a limit.
    :raises LimitError: if it is one document too many.

    O(n).
    """
    check_text(text, origin.name, intake.config)
    fields, end = _read_headers(text)
    if not fields:
        intake.add(Document(text=text, id=origin.id), origin.name)
        return
    if not any(map(str.isalnum, text[end:])):
        raise ReadingError(origin.name, "holds header lines and no text below them: add the article")
    notes = Notes(intake, origin.name)
    for field, values in fields.items():
        if len(values) > 1 and field != "author":
            notes.add(f"{origin.name}: declares its {field} {len(values)} times; the first one is used")
    declared = {field: values[0] for field, values in fields.items() if field != "author"}
    dropped = (Passage(0, len(text[:end].rstrip()), "header"),)
    add_record({**declared, "text": text}, origin, intake, notes, dropped=dropped)
    notes.close()


def _read_headers(text: str) -> tuple[dict[str, list[str]], int]:
    """Find the header lines at the very top.

    :return: the values of each field, and where the lines end; no fields if what stands there is text.
    """
    fields: dict[str, list[str]] = {}
    end = n_lines = 0
    while found := _HEADER_LINE.match(text, end):
        fields.setdefault(_HEADERS[found[1].lower()], []).append(found[2])
        end = found.end()
        n_lines += 1
    if n_lines >= 2 or (n_lines == 1 and _BLANK_LINE.match(text, end)):
        return fields, end
    return {}, 0
