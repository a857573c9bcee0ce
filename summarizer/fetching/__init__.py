"""Addresses of the web to bytes, politely and without being led anywhere else.

Only what is given as an address is fetched: no link in a page, no picture, no script. Nothing is sent but the request
and our name: no cookie, no credential, and no proxy of the environment is used.

- **Where to**: every address that a host has is checked before a connection is made, on every redirect too, and the
  connection goes to what was checked. Private networks and this computer need ``allow_private``.
- **How much**: times, sizes, redirects and the unfolding of compressed bodies are limited by :class:`FetchLimits`.
- **How politely**: ``robots.txt`` is heeded, a host is asked one thing at a time with a pause, and ``fetch_cache``
  keeps what servers confirm to be unchanged.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from summarizer.config import SummaryConfig
from summarizer.errors import LimitError, ReadingError
from summarizer.fetching.answers import Fetched, FetchFailure
from summarizer.fetching.cache import Cache
from summarizer.fetching.exchange import Client, require_library
from summarizer.fetching.fetcher import Fetcher
from summarizer.fetching.limits import FetchLimits, limits_of
from summarizer.fetching.targets import is_address

__all__ = ["FetchFailure", "FetchLimits", "Fetched", "fetch_all", "is_address"]

#: Told the stage and the share of it that is done.
Progress = Callable[[str, float], None]
_Outcome = Fetched | FetchFailure | BaseException


def fetch_all(
    urls: Sequence[str],
    config: SummaryConfig | None = None,
    progress: Progress | None = None,
    *,
    limits: FetchLimits | None = None,
    client: Client | None = None,
) -> list[Fetched | FetchFailure]:
    """Fetch addresses: several hosts side by side, each host one thing at a time.

    An address that gives nothing is a :class:`FetchFailure`, and the others go on.

    :param urls: addresses that begin with ``http://`` or ``https://``; one that is given twice is fetched once.
    :param config: ``allow_private``, ``fetch_cache`` and the limits of fetching count here; None for the defaults.
    :param progress: told ``"fetch"`` and the share of the addresses that are done.
    :param limits: of times and sizes, in place of those of ``config``.
    :param client: makes the requests; one of ``limits`` when None.
    :return: what each address gave, in the order of ``urls``.
    :raises LimitError: if the bodies are over ``all_bytes`` together.
    :raises MissingExtraError: if the extra ``web`` is not installed.

    At most ``total`` seconds an address beside the turns that are waited for; memory: the bodies.
    """
    require_library()
    settings = config or SummaryConfig()
    client = client or Client(limits or limits_of(settings))
    cache = Cache(settings.fetch_cache, client.limits) if settings.fetch_cache else None
    fetcher = Fetcher(client, allow_private=settings.allow_private, cache=cache)
    unique = list(dict.fromkeys(urls))
    outcomes: dict[str, Fetched | FetchFailure] = {}
    n_bytes, ended = 0, threading.Event()
    done = _start(fetcher, _by_host(unique), client.limits.hosts, ended)
    try:
        while len(outcomes) < len(unique):
            url, outcome = done.get()
            if isinstance(outcome, BaseException):
                raise outcome
            outcomes[url] = outcome
            n_bytes += len(outcome.body) if isinstance(outcome, Fetched) else 0
            if n_bytes > client.limits.all_bytes:
                raise LimitError(
                    f"what the addresses give is over {client.limits.all_bytes} bytes in all: give fewer at a time"
                )
            if progress is not None:
                progress("fetch", len(outcomes) / len(unique))
    finally:
        ended.set()
    return [outcomes[url] for url in urls]


def _start(
    fetcher: Fetcher, hosts: Sequence[Sequence[str]], n_threads: int, ended: threading.Event
) -> queue.SimpleQueue[tuple[str, _Outcome]]:
    """Fetch in the background; the threads do not outlive the program, so that it can be interrupted.

    :param ended: nothing more is begun once it is set.
    :return: where each address and what came of it will arrive.
    """
    done: queue.SimpleQueue[tuple[str, _Outcome]] = queue.SimpleQueue()
    waiting: queue.SimpleQueue[Sequence[str]] = queue.SimpleQueue()
    for urls in hosts:
        waiting.put(urls)

    def work() -> None:
        while True:
            try:
                urls = waiting.get_nowait()
            except queue.Empty:
                return
            for url in urls:
                if ended.is_set():
                    return
                done.put((url, _fetch(fetcher, url)))

    for _ in range(min(n_threads, len(hosts))):
        threading.Thread(target=work, name="fetch", daemon=True).start()
    return done


def _fetch(fetcher: Fetcher, url: str) -> _Outcome:
    try:
        return fetcher.fetch(url)
    except ReadingError as error:
        return FetchFailure(error.source, error.reason)
    except BaseException as error:  # a mistake of ours: raised where someone waits, not lost in a thread
        return error


def _by_host(urls: Sequence[str]) -> list[list[str]]:
    """Gather the addresses of each host, so that no thread waits for a host that another one asks."""
    hosts: dict[str, list[str]] = {}
    for url in urls:
        try:
            host = urlsplit(url).hostname or ""
        except ValueError:
            host = ""
        hosts.setdefault(host, []).append(url)
    return list(hosts.values())
