"""What each site asks of programs, read once and heeded before every request."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from summarizer.errors import ReadingError
from summarizer.fetching.bodies import read_beginning
from summarizer.fetching.connecting import HostError
from summarizer.fetching.exchange import REDIRECTS, Client
from summarizer.fetching.limits import Deadline
from summarizer.fetching.robots import Rules, parse_robots
from summarizer.fetching.targets import Target, follow, read_target


@dataclass(slots=True)
class _Site:
    """The rules of a site, or why nothing of it may be fetched; neither before it was asked."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    rules: Rules | None = None
    refusal: ReadingError | None = None


class Sites:
    """The sites of one run.

    :param client: asks for each ``robots.txt``.
    """

    def __init__(self, client: Client) -> None:
        self._client = client
        self._sites: dict[tuple[str, bool], _Site] = {}
        self._lock = threading.Lock()

    def heed(self, target: Target, *, allow_private: bool) -> None:
        """Heed what the site of a target asks.

        :raises HostError: if the host may not be asked, or does not answer.
        :raises ReadingError: if its ``robots.txt`` forbids the target, or cannot be read.
        """
        with self._lock:
            site = self._sites.setdefault((target.origin, allow_private), _Site())
        with site.lock:
            if site.rules is None and site.refusal is None:
                try:
                    site.rules = self._read(target, allow_private)
                except ReadingError as error:
                    site.refusal = error
                else:
                    pause = min(site.rules.delay, self._client.limits.longest_pause)
                    self._client.turns.slow_down(target.host, pause)
        if isinstance(site.refusal, HostError):
            raise HostError(target.url, site.refusal.reason)
        if site.refusal is not None:
            told = f"its robots.txt cannot be read, so nothing is fetched: {site.refusal.reason}"
            raise ReadingError(target.url, told)
        if site.rules is not None and not site.rules.allow(target.path):
            told = f"{target.host} asks programs not to fetch it (robots.txt): save the page by hand and give the file"
            raise ReadingError(target.url, told)

    def _read(self, target: Target, allow_private: bool) -> Rules:
        """Fetch and read a ``robots.txt``; one that is not there (4xx) allows everything.

        :raises HostError: if the host itself may not be asked or does not answer.
        :raises ReadingError: if it cannot be read for another reason.
        """
        limits = self._client.limits
        deadline = Deadline(limits.total)
        asked = read_target(f"{target.origin}/robots.txt", allow_private=allow_private)
        for n_redirects in range(limits.redirects + 1):
            try:
                with self._client.ask(asked, {}, deadline, allow_private=allow_private) as response:
                    if response.status not in REDIRECTS:
                        if 200 <= response.status < 300:
                            return parse_robots(read_beginning(response, asked.url, limits, deadline))
                        # "Too many requests" is no "there is none".
                        if 400 <= response.status < 500 and response.status != 429:
                            return Rules()
                        raise ReadingError(asked.url, f"status {response.status}; try again later")
                    allow_private = allow_private and response.private
                    asked = follow(asked, response.headers.get("location", ""), allow_private=allow_private)
            except HostError as error:
                if n_redirects == 0:
                    raise
                raise ReadingError(error.source, error.reason) from None
        raise ReadingError(asked.url, "it is redirected too often; try again later")
