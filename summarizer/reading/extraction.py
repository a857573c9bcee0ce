"""The worker from outside: starts it, hands it work, ends it at the limit, and reads what it gives.

Pages, feeds and PDF files come from strangers, and the libraries that take them apart can be made to run for hours or
to eat all memory. So they run in one process beside this one, that is ended when an item takes longer than
``extraction_seconds`` and started again for the next. It is a plain ``python -m``, and pipes carry JSON: nothing is
pickled, no ``__main__`` is imported again, and threads and forks of the caller do not matter.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
from collections.abc import Generator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from summarizer.errors import MissingExtraError, ReadingError
from summarizer.reading.frames import receive, send

#: Starting Python and importing the libraries takes 1 s; far more on a disk that is cold or a machine that is busy.
_START_SECONDS: Final = 120
#: Items after which the worker is replaced, so that what a library leaks does not add up.
_MAX_ITEMS: Final = 2_000

Answer = dict[str, Any]


class Worker:
    """One process that extracts text; it starts when it is first needed."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._owner, self._n_items = 0, 0
        self._lock, self._busy = threading.RLock(), False

    def run(
        self,
        kind: str,
        name: str,
        seconds: int,
        data: bytes = b"",
        **options: Any,  # noqa: ANN401
    ) -> Generator[Answer, None, None]:
        """Give what the worker finds in one source: objects with ``article`` or ``note``.

        :param kind: of :data:`summarizer.reading.worker.KINDS`.
        :param name: how messages call the source.
        :param seconds: limit of each article, the first one's with what comes before it.
        :param data: the bytes of the source.
        :param options: passed on; must be JSON.
        :raises ReadingError: if nothing can be extracted, a limit is passed, a library is missing or the worker dies.
        """
        request = {"kind": kind, "name": name, "seconds": seconds, **options}
        with self._lock:
            if self._busy:  # a conversation that nobody listens to any more
                self.close()
            process = self._ready()
            finished, self._busy = False, True
            try:
                for answer in _converse(process, request, data, seconds):
                    if "article" in answer or "note" in answer:
                        yield answer
                        continue
                    finished = not answer.get("spent")
                    self._n_items += 1
                    _check(answer, name)
                    return
            finally:
                # A conversation that was broken off would be heard by the next source.
                if not finished:
                    self.close()
                self._busy = False

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is None or self._owner != os.getpid():
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        process.wait()

    def _ready(self) -> subprocess.Popen[bytes]:
        """Give the process, a new one if there is none, it has died, or belongs to the process that forked this one."""
        process = self._process
        if process is not None and (self._owner != os.getpid() or process.poll() is not None):
            self.close()
        if self._n_items >= _MAX_ITEMS:
            self.close()
        if self._process is None:
            self._process, self._owner, self._n_items = _start(), os.getpid(), 0
        return self._process


def _start() -> subprocess.Popen[bytes]:
    """Start a process that imports this package from where it is imported here, and nothing from the folder it is in.

    :raises ReadingError: if it cannot be started.
    """
    paths = [str(Path(__file__).resolve().parents[2]), *(path or os.getcwd() for path in sys.path)]
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(dict.fromkeys(paths)),
        **{"PYTHONHASHSEED": "0", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"},
    }
    command = [sys.executable, "-P", "-X", "utf8", "-W", "ignore", "-m", "summarizer.reading.worker"]
    try:
        if not sys.executable or getattr(sys, "frozen", False):
            raise OSError("there is no Python interpreter to run")
        return subprocess.Popen(  # noqa: S603  the command is our own
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
        )
    except OSError as error:
        raise ReadingError("worker", f"the process that extracts text does not start ({error}): give text") from None


def _converse(process: subprocess.Popen[bytes], request: dict[str, Any], data: bytes, seconds: int) -> Iterator[Answer]:
    """Give the answers to a request; the last one is an error if the time is over or the process has died.

    A timer ends the process, which ends any reading or writing that waits for it, on every system.
    """
    if process.stdin is None or process.stdout is None:
        raise ReadingError(request["name"], "the process that extracts text has no pipes: try again")
    limit = _START_SECONDS
    over = threading.Event()
    while True:
        timer = threading.Timer(limit, _end, (process, over))
        timer.daemon = True
        timer.start()
        try:
            if request:
                send(process.stdin, json.dumps(request).encode())
                send(process.stdin, data)
                request = {}
            answer = receive(process.stdout)
        except (OSError, EOFError):
            answer = None
        finally:
            timer.cancel()
        if answer is None:
            reason = f"took over {limit} s and was ended" if over.is_set() else "was ended by the system"
            yield {"error": f"{reason}: {_REMEDY}", "spent": True}
            return
        found: Answer = json.loads(answer)
        limit = seconds
        if not found.keys() & {"started", "working"}:
            yield found


_REMEDY: Final = "save its text and give that, or raise extraction_seconds (--extraction-seconds)"


def _end(process: subprocess.Popen[bytes], over: threading.Event) -> None:
    over.set()
    process.kill()


def _check(answer: Answer, name: str) -> None:
    """Turn the last answer into an error, if it is one.

    :raises ReadingError: naming the source and the remedy.
    """
    if "missing" in answer:
        what, extra = answer["missing"]
        raise ReadingError(name, str(MissingExtraError(what, extra)))
    if "error" in answer:
        raise ReadingError(name, answer["error"])


#: The one worker of this process.
WORKER: Final = Worker()
atexit.register(WORKER.close)
