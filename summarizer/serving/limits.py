"""How much the server takes on at a time, and who is let in."""

from __future__ import annotations

import os
from dataclasses import dataclass
from math import ceil
from typing import Final

from summarizer.errors import ConfigError
from summarizer.serving.problems import Problem

#: A process of its own holds about 150 MB; beyond this many, one asks for them.
_MOST_WORKERS: Final = 4
#: Longest time that is asked of a client before it comes back, in seconds.
_MAX_RETRY_SECONDS: Final = 120


def default_workers() -> int:
    """Give one worker for each processor that this process may use, at most 4."""
    n = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(n, _MOST_WORKERS)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeLimits:
    """What one server takes on; each limit is answered with a status and a word that names it.

    :param workers: summaries made at the same time, each in a process of its own.
    :param max_concurrent: summaries made or waiting, and requests for one that come in; one more is 429.
    :param max_body_bytes: of one request, counted while it comes in; more is 413.
    :param max_held_bytes: of all requests at the same time; more is 429.
    :param body_seconds: time for a request to come in; more is 408.
    :param job_seconds: time for one summary, waiting not counted; more is 504.
    :param wait_seconds: time that a summary waits for a worker; more is 503.
    :param max_jobs: briefings kept for pages; the oldest finished one goes first, and one more than that is 429.
    :param max_kept_bytes: of all kept briefings; the oldest go first.
    :param keep_seconds: how long a finished briefing is kept.
    :param max_files: files of one form.
    :param max_urls: addresses of one form.
    :raises ConfigError: if one is below its least.
    """

    workers: int
    max_concurrent: int = 64
    max_body_bytes: int = 20_000_000
    max_held_bytes: int = 200_000_000
    body_seconds: float = 30
    job_seconds: float = 120
    wait_seconds: float = 600
    max_jobs: int = 100
    max_kept_bytes: int = 200_000_000
    keep_seconds: float = 3_600
    max_files: int = 100
    max_urls: int = 50

    def __post_init__(self) -> None:
        for name in self.__slots__:
            value = getattr(self, name)
            if not value > 0:
                raise ConfigError(f"{name} must be above 0, not {value!r}")


class Slot:
    """The right to have one summary made, and the bytes held for it; given back once."""

    def __init__(self, admission: Admission) -> None:
        self._admission: Admission | None = admission
        self._n_bytes = 0

    def hold(self, n_bytes: int) -> None:
        """Count bytes that came in.

        :raises Problem: 429 if all requests together hold too many.
        """
        if self._admission is not None:
            self._n_bytes += n_bytes
            self._admission.hold(n_bytes)

    def leave(self) -> None:
        """Give everything back; a second time changes nothing."""
        if self._admission is not None:
            self._admission.leave(self._n_bytes)
            self._admission = None


class Admission:
    """Counts who is let in.

    :param limits: of the server.
    """

    def __init__(self, limits: ServeLimits) -> None:
        self._limits = limits
        self.n_inside, self.n_bytes = 0, 0
        self._mean_seconds = 1.0

    def enter(self) -> Slot:
        """Let one more in.

        :raises Problem: 429 if there are too many.
        """
        if self.n_inside >= self._limits.max_concurrent:
            raise self._busy(f"{self.n_inside} summaries are being made or wait, which is the limit of this server")
        self.n_inside += 1
        return Slot(self)

    def hold(self, n_bytes: int) -> None:
        """Count bytes that came in; see :meth:`Slot.hold`."""
        self.n_bytes += n_bytes
        if self.n_bytes > self._limits.max_held_bytes:
            raise self._busy("the requests that are being worked on hold as many bytes as this server takes in all")

    def leave(self, n_bytes: int) -> None:
        """Let one out."""
        self.n_inside -= 1
        self.n_bytes -= n_bytes

    def took(self, seconds: float) -> None:
        """Learn how long a summary takes, for those who are asked to come back."""
        self._mean_seconds += (seconds - self._mean_seconds) / 8

    def _busy(self, reason: str) -> Problem:
        seconds = ceil(self._mean_seconds * self.n_inside / self._limits.workers)
        retry = str(max(1, min(seconds, _MAX_RETRY_SECONDS)))
        return Problem(429, "busy", f"{reason}: try again in {retry} s", headers={"Retry-After": retry})
