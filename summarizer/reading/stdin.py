"""Articles from standard input: JSON lines, one JSON value, a page, a feed, a PDF file, or one text."""

from __future__ import annotations

import io
import re
from typing import BinaryIO, Final

from summarizer.errors import ReadingError
from summarizer.reading.encoding import decode
from summarizer.reading.intake import Intake, Origin
from summarizer.reading.jsondoc import MAX_JSON_BYTES, add_json, begins_with_object
from summarizer.reading.jsonl import add_lines, max_line_bytes, parse, rejoin
from summarizer.reading.kinds import sniff
from summarizer.reading.pages import ADDERS, byte_limit
from summarizer.reading.signatures import refuse_magic, refuse_markup
from summarizer.reading.text import add_text

#: How messages call standard input.
NAME: Final = "- (standard input)"

# No text begins like this; JSON that is cut short or has a comma too many does.
_JSON_START: Final = re.compile(r"\s*(?:\{\s*\"|\[\s*\{)")


def read_stdin(stream: BinaryIO, intake: Intake) -> None:
    """Read standard input into the intake; input that gives nothing becomes a failure there.

    JSONL if the first line that is not blank is a JSON object, read line by line however long the stream; one JSON
    value if the whole begins like one; a page, a feed or a PDF file if it begins like one; else one text.

    :raises LimitError: if it holds one document too many.
    """
    try:
        _read(stream, intake)
    except ReadingError as error:
        intake.fail(error)
    except OSError as error:
        intake.fail(ReadingError(NAME, f"cannot be read ({error}): send it again, or give a file"))


def _read(stream: BinaryIO, intake: Intake) -> None:
    """Read as :func:`read_stdin` says.

    :raises ReadingError: if it gives nothing.
    """
    limit = max_line_bytes(intake)
    head = _read_up_to(stream, limit)
    lines = Origin(NAME, "stdin")
    if begins_with_object(_first_line(head)):
        add_lines(rejoin(head, stream.read), lines, intake)
        return
    kind = sniff(head)
    if kind in ADDERS:
        most, setting = byte_limit(kind, intake)
        head += _read_up_to(stream, most + 1 - len(head))
        if len(head) > most:
            raise ReadingError(
                NAME, f"holds over {most} bytes: send less, or raise {setting} (--{setting.replace('_', '-')})"
            )
        ADDERS[kind](head, lines, intake)
        return
    refuse_magic(head, NAME)
    if len(head) == limit:
        if not _JSON_START.match(head[:1000].decode("utf-8", "replace")):
            raise ReadingError(
                NAME,
                f"holds over {limit} bytes, more than one document may: split it, or raise max_document_characters "
                "(--max-document-characters)",
            )
        head += _read_up_to(stream, MAX_JSON_BYTES - limit + 1)
        if len(head) > MAX_JSON_BYTES:
            raise ReadingError(NAME, f"holds over {MAX_JSON_BYTES} bytes of JSON: send it as JSONL, one object a line")
    decoded = decode(head, NAME)
    refuse_markup(decoded.text, NAME)
    if begins_with_object(decoded.text):
        add_lines(io.BytesIO(decoded.text.encode("utf-8", "replace")).read, lines, intake)
    elif _JSON_START.match(decoded.text):
        try:
            value = parse(decoded.text)
        except ValueError as error:
            raise ReadingError(NAME, f"begins like JSON but {error}: mend it, or send text") from None
        add_json(value, lines, intake)
    else:
        add_text(decoded.text, Origin(NAME), intake)
    if decoded.note:
        intake.warn(decoded.note)


def _first_line(head: bytes) -> str:
    """Give the first line that is not blank, as UTF-8; a line cut within a character is not told from a whole one."""
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").split(b"\n", 1)[0].decode("utf-8", "replace")


def _read_up_to(stream: BinaryIO, n_bytes: int) -> bytes:
    """Read until there are so many bytes or no more; one read of a pipe may give fewer."""
    parts: list[bytes] = []
    missing = n_bytes
    while missing > 0 and (part := stream.read(missing)):
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)
