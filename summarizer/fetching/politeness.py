"""Turns: one request at a time to a host, and a pause between two."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from summarizer.fetching.limits import Deadline


class _Host:
    def __init__(self, pause: float) -> None:
        self.lock = threading.Lock()
        self.pause = pause
        self.free_at = 0.0


class Turns:
    """Who may ask which host when.

    :param pause: seconds between the end of one request and the beginning of the next.
    """

    def __init__(self, pause: float) -> None:
        self._pause = pause
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()

    def _host(self, name: str) -> _Host:
        with self._lock:
            return self._hosts.setdefault(name, _Host(self._pause))

    @contextmanager
    def turn(self, name: str, deadline: Deadline) -> Iterator[None]:
        """Wait for the turn at a host, and hold it for the block.

        :param deadline: the time that was waited is left out of it.
        """
        host = self._host(name)
        began = time.monotonic()
        with host.lock:
            time.sleep(max(0.0, host.free_at - time.monotonic()))
            deadline.extend(time.monotonic() - began)
            try:
                yield
            finally:
                host.free_at = max(host.free_at, time.monotonic() + host.pause)

    def slow_down(self, name: str, pause: float) -> None:
        """Leave at least so many seconds between two requests to a host."""
        host = self._host(name)
        host.pause = max(host.pause, pause)

    def hold_off(self, name: str, seconds: float) -> None:
        """Ask a host nothing for so many seconds."""
        host = self._host(name)
        host.free_at = max(host.free_at, time.monotonic() + seconds)


def read_retry_after(value: str) -> float | None:
    """Read the header ``Retry-After``, in seconds or as a date.

    :return: seconds from now, 0 for a date that has passed; None if it is neither.
    """
    value = value.strip()
    if value.isascii() and value.isdigit() and len(value) <= 9:
        return float(value)
    try:
        when = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError):
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (when - datetime.now(UTC)).total_seconds())
