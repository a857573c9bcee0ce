"""How much of anything a fetch may take, in one place."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Final

from summarizer.config import SummaryConfig
from summarizer.version import __version__

#: How servers know us; the word before the slash is what a ``robots.txt`` names.
AGENT: Final = "crossbrief"
IDENTIFICATION: Final = f"{AGENT}/{__version__} (+https://pypi.org/project/crossbrief)"


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchLimits:
    """Limits of fetching; the defaults suit public pages of news.

    :param connect: seconds to resolve a name, and again to open a connection.
    :param read: seconds that a server may be silent.
    :param total: seconds for one address in all, redirects included, turns that were waited for left out.
    :param redirects: most redirects followed for one address.
    :param wire_bytes: most bytes received for one body.
    :param body_bytes: most bytes of one body once it is decompressed.
    :param all_bytes: most bytes of all bodies of one call, which are held until they are read.
    :param ratio: most bytes that one received byte may become, once a body is over :data:`RATIO_FROM`.
    :param robots_bytes: how much of a ``robots.txt`` is read; RFC 9309 asks for at least 500 KiB.
    :param pause: seconds between two requests to one host.
    :param longest_pause: longest ``Retry-After`` and ``Crawl-delay`` that is waited for, in seconds.
    :param hosts: hosts asked side by side.
    :param ports: what is connected to, unless private addresses are allowed.
    :param cache_bytes: most bytes of the folder that keeps answers; the longest unused go first.
    """

    connect: float = 10.0
    read: float = 10.0
    total: float = 30.0
    redirects: int = 5
    wire_bytes: int = 10_000_000
    body_bytes: int = 20_000_000
    all_bytes: int = 1_000_000_000
    ratio: int = 100
    robots_bytes: int = 512_000
    pause: float = 0.5
    longest_pause: float = 10.0
    hosts: int = 8
    ports: tuple[int, ...] = (80, 443, 8080, 8443)
    cache_bytes: int = 500_000_000


def limits_of(config: SummaryConfig) -> FetchLimits:
    """Give the limits that the settings name; the others stay at their defaults."""
    return FetchLimits(
        connect=config.connect_seconds,
        read=config.read_seconds,
        total=config.fetch_seconds,
        redirects=config.max_redirects,
        wire_bytes=config.max_received_bytes,
        body_bytes=config.max_unpacked_bytes,
        ratio=config.max_ratio,
    )


def raising(setting: str) -> str:
    """Name a setting and its flag as what to do about a limit."""
    return f"raise {setting} (--{setting.replace('_', '-')})"


#: Bytes from which the ratio counts: a short page of blanks is no bomb.
RATIO_FROM: Final = 65_536


class Deadline:
    """The time that is left for one address.

    :param seconds: from now.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end = time.monotonic() + seconds

    def left(self, at_most: float) -> float:
        """Give the seconds that the next step may take.

        :raises TimeoutError: if none are left.
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError(self.over())
        return min(left, at_most)

    def over(self) -> str:
        """Say that the time is over and what to do; an empty text while some is left."""
        if time.monotonic() < self._end:
            return ""
        return f"was not there within {self._seconds:g} s: try again later, or {raising('fetch_seconds')}"

    def extend(self, seconds: float) -> None:
        """Leave out time that was spent waiting for a turn."""
        self._end += seconds
