"""What a client writes, before the SDK reads it: mended, and counted."""

from __future__ import annotations

import io
import os
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from anyio import AsyncFile

#: Escapes of a JSON text: a pair of surrogates, one alone, any other. One after another, so that an escaped backslash
#: in front of "ud800" is told from an escape.
_ESCAPE: Final = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)", re.DOTALL
)
_REPLACEMENT: Final = "\\ufffd"
#: Bytes looked at in one go: whoever waits for the interpreter has it again after a millisecond.
_PIECE: Final = 1 << 18


def mend(line: str) -> str:
    r"""Replace lone surrogates in a JSON text by U+FFFD.

    Articles from the web hold them, JavaScript writes them, and the SDK drops a line with one without an answer, so
    that the client waits for ever.

    >>> mend('["\\ud800 \\ud83d\\ude00 \\\\ud800"]')
    '["\\ufffd \\ud83d\\ude00 \\\\ud800"]'
    """
    if "\\ud" not in line and "\\uD" not in line:
        return line
    return _ESCAPE.sub(lambda match: _REPLACEMENT if match.group(1) else match.group(), line)


def count_values(body: bytes) -> int:
    r"""Count the values of a JSON text, about: its lists, its objects, and the commas between what they hold.

    To take apart 19 MB of nothing but small values holds the interpreter for seconds, while nobody else is answered;
    19 MB of text take a hundredth of that. This looks at one piece after another, and others have their turn meanwhile.

    >>> count_values(rb'{"documents": ["a, b", {"text": "[\\", "title": "\"{"}], "max_words": 5}')
    6
    """
    found, inside, carried = 0, 0, b""
    for start in range(0, len(body), _PIECE):
        piece = carried + body[start : start + _PIECE]
        carried = b"\\" if _is_cut(piece) else b""
        piece = piece[: len(piece) - len(carried)]
        # What is escaped is inside a text; behind a pair of backslashes a quotation mark is none that is escaped.
        parts = piece.replace(b"\\\\", b"").replace(b'\\"', b"").split(b'"')
        outside = b"".join(parts[inside::2])
        found += outside.count(b",") + outside.count(b"[") + outside.count(b"{")
        inside = (inside + len(parts) - 1) % 2
    return found


def _is_cut(piece: bytes) -> bool:
    """Whether a piece ends between a backslash and what it escapes."""
    return (len(piece) - len(piece.rstrip(b"\\"))) % 2 == 1


class _Mended(io.TextIOWrapper):
    """Text whose lines are mended."""

    def readline(self, size: int = -1, /) -> str:  # type: ignore[override]  # as io has it, the default aside
        return mend(super().readline(size))


def open_stdin() -> AsyncFile[str]:
    """Take standard input for the protocol; from here on the process and its children read an empty one."""
    import anyio

    wire = os.dup(0)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    # Not closed: a thread may still wait for a line when the server ends.
    return anyio.wrap_file(_Mended(os.fdopen(wire, "rb", closefd=False), encoding="utf-8", errors="replace"))
