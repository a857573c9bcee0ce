"""Makes an input that breaks something shorter, as long as it breaks the same."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Final

#: Frames whose places tell one mistake from another.
_FRAMES: Final = 2
#: Names the variable that names the program by which the fuzzer can be started again.
AGAIN: Final = "FUZZ_AGAIN"
_SECONDS: Final = 30


def name_of(error: BaseException) -> str:
    """Name what went wrong by the error and the lines that raised it: inputs with one name show one mistake."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{Path(frame.filename).name}:{frame.name}" for frame in frames[-_FRAMES:]]
    words = str(error)[:80] if type(error).__name__ == "Invariant" else ""
    return " ".join([type(error).__name__, *places, words]).strip()


def shrink(run: Callable[[bytes], None], data: bytes, what: str) -> bytes:
    """Give a short input that breaks the same: pieces are left out, large ones first, and what is left made plain.

    :param what: the name of what it breaks, see :func:`name_of`.
    :return: the input itself if it breaks nothing here.
    """

    def breaks(shorter: bytes) -> bool:
        try:
            run(shorter)
        except Exception as error:
            return name_of(error) == what
        return False

    end = time.monotonic() + _SECONDS
    if not breaks(data):
        return data
    size = max(len(data) // 2, 1)
    while size and time.monotonic() < end:
        at, before = 0, len(data)
        while at < len(data) and time.monotonic() < end:
            shorter = data[:at] + data[at + size :]
            if breaks(shorter):
                data = shorter
            else:
                at += size
        size = size if len(data) < before and size == 1 else size // 2
    for at in range(len(data)):
        if time.monotonic() > end:
            break
        for plain in b"a ":
            if data[at] != plain and breaks(plainer := data[:at] + bytes([plain]) + data[at + 1 :]):
                data = plainer
                break
    return data
