"""The process that does tasks for :mod:`summarizer.scale.pool`: ``python -m summarizer.scale.worker``.

It reads requests from standard input and writes an answer to each. When standard input ends, so does it, at once: a run
that was killed leaves nobody at work behind.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import sys
import threading
from contextlib import suppress
from typing import IO, Final

from summarizer.reading.frames import receive, send
from summarizer.scale.attempts import Request, answer

#: The status with which it ends for want of memory: what the system's own killer leaves.
_NO_MEMORY: Final = 137


def main() -> None:
    """Answer requests until standard input ends."""
    with suppress(ValueError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that started this one decides when it ends
    sys.meta_path.insert(0, _WithoutPandas())
    reader, writer = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # What a library prints must not get among the messages.
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    requests: queue.SimpleQueue[Request] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(reader, requests), daemon=True).start()
    while True:
        request = requests.get()
        try:
            told = answer(request)
        except MemoryError:
            os._exit(_NO_MEMORY)
        send(writer, json.dumps(told).encode())


class _WithoutPandas:
    """Says that there is no pandas: where there is, pyarrow imports it, for a second and 60 MB that nobody uses."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        """Refuse pandas, and leave all else to others."""
        del path, target
        if name == "pandas":
            raise ModuleNotFoundError("pandas is not used here", name=name)


def _listen(reader: IO[bytes], requests: queue.SimpleQueue[Request]) -> None:
    """Pass requests on; end the process when there will be no more."""
    while True:
        try:
            requests.put(json.loads(receive(reader)))
        except (EOFError, OSError, ValueError):
            os._exit(0)


if __name__ == "__main__":
    main()
