"""What workers of tests call before their first task: some articles end the process that reads them, or one stage."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from summarizer import cleaning
from summarizer.datatypes import Document
from summarizer.scale import intake, limits

#: Names a file; the worker that reads an article marked ``ENDS-ONE`` ends, unless it is there.
ONCE = "SCALE_TEST_ONCE"


def install() -> None:
    """Let cleaning meet what it was not made for."""
    intake.clean = clean  # type: ignore[attr-defined]
    # What hears no signal is ended a second after the limit, so that no test waits for long.
    limits._TIMES, limits._MORE = 1, 1  # type: ignore[misc]


def clean(document: Document) -> Document:
    """Clean, or do not."""
    if "ENDS-EVERY" in document.text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "ENDS-ONE" in document.text and not Path(os.environ[ONCE]).exists():
        Path(os.environ[ONCE]).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    if "HANGS" in document.text:
        time.sleep(600)
    if "HEARS-NOTHING" in document.text:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
        time.sleep(600)
    if "RAISES" in document.text:
        raise ZeroDivisionError(document.text)
    if "NO-MEMORY" in document.text:
        raise MemoryError
    return cleaning.clean(document)
