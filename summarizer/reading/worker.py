"""The process that takes apart what strangers wrote: ``python -m summarizer.reading.worker``, see ``extraction``.

It reads a request and the bytes of a source from standard input, and writes one message for each article or note, then
one that ends the answer. It may use so much memory and no more, opens no socket, starts no program and writes no file.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib import import_module
from typing import IO, Any, Final

from summarizer.errors import ReadingError
from summarizer.reading.frames import receive, send

#: Address space of the worker: a bound that protects the machine, chosen and not measured.
_MAX_MEMORY_BYTES: Final = 3 * 2**30
_GIVE_TEXT: Final = "save its text and give that"

#: What can be asked for: the module of the package that does it, and the libraries of which extra it needs.
KINDS: Final[dict[str, tuple[str, str, str, tuple[str, ...]]]] = {
    "page": ("html", "reading a page", "web", ("trafilatura", "lxml.html")),
    "fragment": ("html", "reading HTML", "web", ("trafilatura", "lxml.html")),
    "feed": ("feeds", "reading a feed", "web", ("feedparser", "trafilatura", "lxml.html")),
    "pdf": ("pdf", "reading a PDF file", "pdf", ("pypdf",)),
    "archive": ("warc", "reading a web archive", "scale", ("fastwarc.warc", "trafilatura", "lxml.html")),
}
_FORBIDDEN: Final = (
    *("socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"),
    *("subprocess.Popen", "os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn"),
    *("os.remove", "os.rename", "os.rmdir", "os.truncate", "os.chmod", "os.link", "os.symlink", "urllib.Request"),
)
_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

Answers = Iterator[dict[str, Any]]


def main() -> None:
    """Answer requests until standard input ends."""
    with suppress(ValueError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that started this one decides when it ends
    reader, writer = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # What a library prints must not get among the messages.
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    _restrict()
    while True:
        try:
            request = json.loads(receive(reader))
            data = receive(reader)
        except EOFError:
            return
        _answer(request, data, writer)


def _answer(request: dict[str, Any], data: bytes, writer: IO[bytes]) -> None:
    """Write everything there is to say about one source."""
    seconds = 2 * request["seconds"] + 60
    try:
        module, what, extra, libraries = KINDS[request["kind"]]
        for library in libraries:
            try:
                import_module(library)
            except ImportError:
                _say(writer, {"missing": [what, extra]})
                return
        run = getattr(import_module(f"summarizer.reading.{module}"), f"run_{request['kind']}")
        _say(writer, {"started": True})
        _watch(seconds)
        for found in run(data, request):
            _say(writer, found)
            _watch(seconds)
        end: dict[str, Any] = {"done": True}
    except ReadingError as error:
        end = {"error": error.reason}
    except MemoryError:
        end = {"error": f"needs more memory than one source may: {_GIVE_TEXT}", "spent": True}
    except RecursionError:
        end = {"error": f"is nested too deep: {_GIVE_TEXT}"}
    except BrokenPipeError:
        raise
    except BaseException as error:
        # Libraries that take damaged files apart raise whatever they met; those in Rust, what is no Exception.
        words = " ".join(f"{type(error).__name__}: {error}".split())
        end = {"error": f"could not be taken apart ({words[:120]}): check the file, or {_GIVE_TEXT}"}
        end["spent"] = not isinstance(error, Exception)
    finally:
        _watch(0)
    _say(writer, end)


def _say(writer: IO[bytes], message: dict[str, Any]) -> None:
    send(writer, json.dumps(message).encode())


def _watch(seconds: int) -> None:
    """Have the system end this process after so many seconds, should the one that started it be gone."""
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)


def _restrict() -> None:
    """Give up what extraction does not need."""
    sys.dont_write_bytecode = True
    try:
        import resource
    except ImportError:  # Windows has no such limits; the time limit holds
        pass
    else:
        with suppress(ValueError, OSError):
            hard = resource.getrlimit(resource.RLIMIT_AS)[1]
            limit = _MAX_MEMORY_BYTES if hard == resource.RLIM_INFINITY else min(hard, _MAX_MEMORY_BYTES)
            resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.addaudithook(_audit())


def _audit() -> Callable[[str, tuple[Any, ...]], None]:
    """Give a hook that refuses what :func:`_restrict` gives up, in this process for good."""
    forbidden = frozenset(_FORBIDDEN)

    def audit(event: str, arguments: tuple[Any, ...]) -> None:
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITING
        if event in forbidden or writes:
            raise PermissionError(f"{event} is not allowed while a source is taken apart")

    return audit


if __name__ == "__main__":
    main()
