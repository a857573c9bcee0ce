"""One address to its bytes: every hop is checked anew, by the guard and by the site's ``robots.txt``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from summarizer.errors import ReadingError
from summarizer.fetching.answers import Fetched
from summarizer.fetching.bodies import read_body
from summarizer.fetching.cache import Cache
from summarizer.fetching.exchange import REDIRECTS, Client, Response
from summarizer.fetching.kinds import charset_of, suffix_of
from summarizer.fetching.limits import Deadline, raising
from summarizer.fetching.politeness import read_retry_after
from summarizer.fetching.sites import Sites
from summarizer.fetching.targets import Target, follow, read_target

_LATER: Final = frozenset({429, 503})
_REFUSALS: Final = {
    401: "asks for a password: save the page by hand and give the file",
    402: "asks for money: save the page by hand and give the file",
    403: "refuses programs or this computer: save the page by hand and give the file",
    404: "has no such page: check the address",
    410: "has removed the page: look for another copy",
    451: "may not show the page, by law: look for another copy",
}


@dataclass(frozen=True, slots=True)
class _Hop:
    """What one request gave: a body, or where to go on; and whether the host is a private one."""

    private: bool
    fetched: Fetched | None = None
    location: str = ""


class Fetcher:
    """Fetches addresses; may be used by several threads.

    :param client: makes the requests.
    :param allow_private: this computer, private networks and every port are allowed, until a redirect leaves them.
    :param cache: answers kept between runs; None for none.
    """

    def __init__(self, client: Client, *, allow_private: bool = False, cache: Cache | None = None) -> None:
        self._client, self._allow_private, self._cache = client, allow_private, cache
        self._sites = Sites(client)

    def fetch(self, url: str) -> Fetched:
        """Fetch an address, over its redirects.

        :raises ReadingError: if it gives nothing; the reason names the hop that failed and what to do.
        """
        limits, allow = self._client.limits, self._allow_private
        target = read_target(url, allow_private=allow)
        deadline = Deadline(limits.total)
        seen = [target.url]
        while True:
            try:
                self._sites.heed(target, allow_private=allow)
                hop = self._request(target, url, deadline, allow)
                if hop.fetched is not None:
                    return hop.fetched
                # A public page has no business in a private network, even where the user has.
                allow = allow and hop.private
                target = follow(target, hop.location, allow_private=allow)
            except ReadingError as error:
                led = "" if error.source in (url, seen[0]) else f"is redirected to {error.source}: "
                raise ReadingError(url, led + error.reason) from None
            if target.url in seen:
                raise ReadingError(url, f"is redirected in a circle, to {target.url} again: check the address")
            if len(seen) > limits.redirects:
                raise ReadingError(
                    url,
                    f"is redirected more than {limits.redirects} times: give the last address, or "
                    f"{raising('max_redirects')}",
                )
            seen.append(target.url)

    def _request(self, target: Target, url: str, deadline: Deadline, allow: bool, *, again: bool = True) -> _Hop:
        """Ask for one hop, and ask again if the server names a short time after which it will answer.

        :raises ReadingError: if there is neither a page nor a redirect.
        """
        kept = self._cache.get(target.url) if self._cache else None
        conditions = kept.conditions() if kept else {}
        with self._client.ask(target, conditions, deadline, allow_private=allow) as response:
            if response.status == 304 and kept is not None:
                return _Hop(response.private, _fetched(url, target, kept.content_type, kept.body, from_cache=True))
            if response.status in REDIRECTS:
                # Headers are bytes; most servers that write more than ASCII into them mean UTF-8.
                location = response.headers.get("location", "").encode("latin-1").decode("utf-8", "replace")
                return _Hop(response.private, location=location)
            if response.status == 200:
                return _Hop(response.private, self._read(response, url, target, deadline))
            seconds = self._wait(response, target)
            if seconds is None or not again:
                raise _refused(response, target)
            self._client.turns.hold_off(target.host, seconds)
        return self._request(target, url, deadline, allow, again=False)

    def _read(self, response: Response, url: str, target: Target, deadline: Deadline) -> Fetched:
        content_type = response.headers.get("content-type", "")
        suffix_of(content_type, target.url)  # what is not read is not received either
        body = read_body(response, target.url, self._client.limits, deadline)
        if self._cache:
            self._cache.put(target.url, response.headers, body)
        return _fetched(url, target, content_type, body)

    def _wait(self, response: Response, target: Target) -> float | None:
        """Give the seconds after which the server wants to be asked again, if they are few."""
        seconds = read_retry_after(response.headers.get("retry-after", "")) if response.status in _LATER else None
        return seconds if seconds is not None and seconds <= self._client.limits.longest_pause else None


def _fetched(url: str, target: Target, content_type: str, body: bytes, *, from_cache: bool = False) -> Fetched:
    suffix, charset = suffix_of(content_type, target.url), charset_of(content_type)
    return Fetched(url, target.url, target.host.removeprefix("www."), suffix, charset, body, from_cache)


def _refused(response: Response, target: Target) -> ReadingError:
    """Say why there is no page."""
    status = response.status
    if status in _LATER:
        seconds = read_retry_after(response.headers.get("retry-after", ""))
        told = f"asks to come back {f'in {seconds:.0f} s' if seconds else 'later'}: do so"
    elif status in _REFUSALS:
        told = _REFUSALS[status]
    else:
        told = "failed: try again later" if status >= 500 else "gave no page: check the address"
    return ReadingError(target.url, f"{target.host} {told} (status {status})")
