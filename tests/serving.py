"""A server as a process of its own for tests: what is sent to it beside a test, and what became of its processes."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from benchmarks.serve import Running

JSON = {"Content-Type": "application/json"}
PATIENCE = 60.0


def wait_for(what: Callable[[], Any]) -> Any:
    """Wait until something is true; a hang fails, a slow machine does not."""
    end = time.monotonic() + PATIENCE
    while not (found := what()):
        assert time.monotonic() < end, "nothing came of waiting"
        time.sleep(0.02)
    return found


def gone(pids: list[int]) -> bool:
    return not any(Path(f"/proc/{pid}").exists() and "Z" not in _state(pid) for pid in pids)


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "Z"


def slow_body() -> bytes:
    """Articles whose sentences take half a minute to embed."""
    towns = [
        f"The council of town {n} said on Monday that {7 * n} people had left the {n}th street." for n in range(16_000)
    ]
    return json.dumps({"documents": [{"text": " ".join(towns[at::4])} for at in range(4)]}).encode()


class Asking(threading.Thread):
    """A request that is sent beside the test."""

    def __init__(self, server: Running, body: bytes) -> None:
        super().__init__(daemon=True)
        self._server, self._body = server, body
        self.answer: tuple[int, dict[str, str], bytes] | None = None
        self.start()

    def run(self) -> None:
        with suppress(OSError, http.client.HTTPException):  # the server may be killed
            self.answer = self._server.ask("POST", "/api/summarize", self._body, JSON)

    def problem(self) -> tuple[int, str]:
        self.join(PATIENCE)
        assert self.answer is not None
        return self.answer[0], json.loads(self.answer[2])["type"].rpartition(":")[2]


def form(parts: list[tuple[str, str | None, bytes]]) -> tuple[bytes, dict[str, str]]:
    body = b""
    for name, filename, value in parts:
        more = f'; filename="{filename}"' if filename is not None else ""
        body += f'--x\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'.encode() + value + b"\r\n"
    return body + b"--x--\r\n", {"Content-Type": "multipart/form-data; boundary=x"}
