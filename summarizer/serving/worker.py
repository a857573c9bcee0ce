"""The worker itself, a process: ``python -m summarizer.serving.worker`` answers orders until its input ends.

It loads what a summary needs before it says that it is ready, opens no connection unless the server fetches, and ends
itself, with what it started, when the server is gone.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import IO, Any, Final

from summarizer.config import SummaryConfig
from summarizer.errors import SummarizerError
from summarizer.reading.frames import receive, send
from summarizer.serving.orders import Order
from summarizer.serving.problems import Problem, problem_of

#: Memory that one worker may take; 20,000 sentences take less than 1 GB.
_MAX_MEMORY_BYTES: Final = 6_000_000_000
#: Shortest time between two messages about progress, in seconds.
_TELL_SECONDS: Final = 0.05
_NETWORK: Final = frozenset(
    ("socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname", "urllib.Request")
)

_Message = tuple[dict[str, Any], list[bytes]]


def main() -> None:
    """Answer orders until standard input ends."""
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(ValueError):
            signal.signal(number, signal.SIG_IGN)  # the server decides when this process ends
    reader, writer = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # What a library prints must not get among the messages.
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    orders: queue.SimpleQueue[_Message] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(reader, orders), daemon=True).start()
    hello, _ = orders.get()
    try:
        base, fetch = SummaryConfig(**hello["settings"]), bool(hello["fetch"])
        _restrict(fetch)
        from summarizer.serving.work import warm_up

        warm_up(base)
    except Exception as error:
        _say(writer, {"failed": f"{type(error).__name__}: {error}"[:500], "log": traceback.format_exc()})
        return
    _say(writer, {"ready": os.getpid()})
    while True:
        head, blobs = orders.get()
        _answer(Order.from_messages(head, blobs), base, writer, fetch=fetch)


def _listen(reader: IO[bytes], orders: queue.SimpleQueue[_Message]) -> None:
    """Take orders in; when there will be no more, end this process and what it started, whatever it is doing."""
    with suppress(EOFError, OSError):
        while True:
            head = json.loads(receive(reader))
            orders.put((head, [receive(reader) for _ in range(head.get("n_messages", 0))]))
    end_group(os.getpid())
    os._exit(0)


def end_group(pid: int) -> None:
    """End a process that leads a group, and all processes of the group."""
    with suppress(OSError):
        if hasattr(os, "killpg") and os.getpgid(pid) == pid:
            os.killpg(pid, signal.SIGKILL)


def _answer(order: Order, base: SummaryConfig, writer: IO[bytes], *, fetch: bool) -> None:
    from summarizer.serving.work import perform

    try:
        result = perform(order, base, _teller(writer), fetch=fetch)
    except Problem as problem:
        _refuse(writer, problem)
    except SummarizerError as error:
        _refuse(writer, problem_of(error))
    except MemoryError:
        _refuse(writer, Problem(413, "input-limit", "the input needs more memory than a summary may: give less"))
    except Exception as error:
        detail = f"an unexpected {type(error).__name__} ended the work: the log of the server says where"
        _refuse(writer, Problem(500, "unexpected", detail), log=traceback.format_exc())
    else:
        head = {"result": True, "title": result.title, "forms": list(result.forms), "n_messages": len(result.forms)}
        _say(writer, head, *result.forms.values())


def _refuse(writer: IO[bytes], problem: Problem, *, log: str = "") -> None:
    found = {"status": problem.status, "kind": problem.kind, "detail": problem.detail, "errors": problem.errors}
    _say(writer, {"problem": found, "log": log})


def _teller(writer: IO[bytes]) -> Callable[[str, float], None]:
    last: tuple[str, float] = ("", 0.0)

    def tell(stage: str, share: float) -> None:
        nonlocal last
        now = time.monotonic()
        if stage != last[0] or now - last[1] >= _TELL_SECONDS:
            last = (stage, now)
            _say(writer, {"stage": stage, "share": round(float(share), 3)})

    return tell


def _say(writer: IO[bytes], head: dict[str, Any], *blobs: bytes) -> None:
    send(writer, json.dumps(head).encode())
    for blob in blobs:
        send(writer, blob)


def _restrict(fetch: bool) -> None:
    """Give up what the work does not need."""
    sys.dont_write_bytecode = True
    with suppress(ImportError, ValueError, OSError):  # Windows has no such limits
        import resource

        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        limit = _MAX_MEMORY_BYTES if hard == resource.RLIM_INFINITY else min(hard, _MAX_MEMORY_BYTES)
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if not fetch:
        sys.addaudithook(_refuse_network)


def _refuse_network(event: str, _: tuple[Any, ...]) -> None:
    if event in _NETWORK:
        raise PermissionError(f"{event} is not allowed: this server fetches nothing")


if __name__ == "__main__":
    main()
