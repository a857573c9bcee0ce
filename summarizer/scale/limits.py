"""How long one article or event may take: a limit that an exception keeps, and one behind it that ends the process.

The first is kept by a signal, which Python's own code hears at once, and a library at work in C when it returns. The
second waits for neither: a thread that holds no lock ends the process, and whoever waits for it hears of that, see
:mod:`summarizer.scale.attempts`.
"""

from __future__ import annotations

import faulthandler
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from types import FrameType
from typing import IO, Final, NoReturn

#: Of the limit, how much later the process is ended; and so many seconds more.
_TIMES: Final = 2
_MORE: Final = 5


class TooLongError(BaseException):
    """Something took longer than it may; no handler on the way stops it."""


@contextmanager
def at_most(seconds: int, setting: str) -> Iterator[None]:
    """End the block with an error when it takes longer; only where signals reach, which is the main thread.

    :param setting: the setting that says how long, for the message.
    :raises TooLongError: then.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    def stop(_signal: int, _frame: FrameType | None) -> NoReturn:
        raise TooLongError(f"took longer than {seconds} seconds; see {setting}")

    earlier = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, earlier)


def end_after(seconds: int) -> None:
    """End this process, a while after so many seconds; a later call takes the place of an earlier one.

    Not where others than this package's workers run: it asks nobody.
    """
    faulthandler.dump_traceback_later(_TIMES * seconds + _MORE, exit=True, file=_nowhere())


def end_never() -> None:
    """Take the last call of :func:`end_after` back."""
    faulthandler.cancel_dump_traceback_later()


@cache
def _nowhere() -> IO[str]:
    return open(os.devnull, "w", encoding="utf-8")  # it stays open as long as the process
