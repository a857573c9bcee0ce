"""One request and its answer: no cookies, no credentials, no proxy, no redirect, one connection."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from summarizer.errors import MissingExtraError, ReadingError
from summarizer.fetching.connecting import Guard, GuardedBackend, HostError
from summarizer.fetching.limits import IDENTIFICATION, Deadline, FetchLimits, raising
from summarizer.fetching.politeness import Turns

if TYPE_CHECKING:
    import ssl

    import httpcore

    from summarizer.fetching.targets import Target

#: Statuses that name another address to go on with.
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})

#: No ``br`` and no ``zstd``: every server knows gzip, and each further decoder is one more that must withstand bombs.
_HEADERS: Final = {
    "User-Agent": IDENTIFICATION,
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,application/pdf;q=0.8,text/*;q=0.7,*/*;q=0.1",
    "Accept-Encoding": "gzip, deflate",
    "Connection": "close",
}


@dataclass(frozen=True, slots=True)
class Response:
    """An answer whose body was not read yet.

    :param status: of HTTP.
    :param headers: by lower-case name; of several of one name, the last.
    :param parts: the body as it comes, still compressed.
    :param private: whether the host is of this computer or a private network.
    """

    status: int
    headers: Mapping[str, str]
    parts: Iterable[bytes]
    private: bool


def require_library() -> None:
    """Tell before anything is asked that the library is missing.

    :raises MissingExtraError: if the extra ``web`` is not installed.
    """
    try:
        import httpcore  # noqa: F401
    except ImportError as error:
        raise MissingExtraError("fetching addresses", "web") from error


@functools.cache
def default_trust() -> ssl.SSLContext:
    """Trust the authorities of the system and those of certifi, for systems that bring none."""
    import ssl

    import certifi

    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


class Client:
    """Asks hosts, one request at a time each.

    :param limits: times, and the pause between two requests.
    :param guard: checks and connects; one of ``limits`` when None.
    :param trust: whom TLS trusts; :func:`default_trust` when None.
    """

    def __init__(self, limits: FetchLimits, guard: Guard | None = None, trust: ssl.SSLContext | None = None) -> None:
        self.limits, self.turns = limits, Turns(limits.pause)
        self._guard, self._trust = guard or Guard(limits), trust

    @contextmanager
    def ask(
        self, target: Target, headers: Mapping[str, str], deadline: Deadline, *, allow_private: bool
    ) -> Iterator[Response]:
        """Ask for a target when it is its host's turn; turn and connection are held for the block.

        :param headers: beside those that every request has.
        :raises HostError: if the host may not be asked, or does not answer.
        :raises ReadingError: if the answer breaks off or comes too slowly, inside the block too.
        """
        with self.turns.turn(target.host, deadline), _told_in_words(target, self.limits, deadline):
            addresses, private = self._guard.check(target, deadline, allow_private=allow_private)
            backend = GuardedBackend(self._guard, addresses, self.limits, deadline)
            with self._request(target, headers, backend) as response:
                named = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
                yield Response(response.status, named, response.iter_stream(), private)

    @contextmanager
    def _request(
        self, target: Target, headers: Mapping[str, str], backend: GuardedBackend
    ) -> Iterator[httpcore.Response]:
        """Make one request on a connection of its own. httpcore reads no environment, and follows nothing."""
        import httpcore

        limits = self.limits
        timeout = {"connect": limits.connect, "read": limits.read, "write": limits.read, "pool": limits.connect}
        context = (self._trust or default_trust()) if target.scheme == "https" else None
        host, path = target.host.encode("ascii"), target.path.encode("ascii")
        url = httpcore.URL(scheme=target.scheme.encode(), host=host, port=target.port, target=path)
        fields = list({"Host": target.authority, **_HEADERS, **headers}.items())
        # The interface by its form alone: its class would have to be imported with this module.
        network = cast("httpcore.NetworkBackend", backend)
        with (
            httpcore.ConnectionPool(ssl_context=context, network_backend=network, max_connections=1) as pool,
            pool.stream("GET", url, headers=fields, extensions={"timeout": timeout}) as response,
        ):
            yield response


@contextmanager
def _told_in_words(target: Target, limits: FetchLimits, deadline: Deadline) -> Iterator[None]:
    """Turn what can go wrong on the way into errors that name the target and what to do.

    :param deadline: ends steps too, and is then what is named.
    """
    import httpcore

    try:
        yield
    except httpcore.ConnectTimeout:
        told = f"{target.host} did not answer within {limits.connect:g} s: check the address, or try again later, or "
        raise HostError(target.url, deadline.over() or told + raising("connect_seconds")) from None
    except httpcore.ConnectError as error:
        raise HostError(target.url, _explain_connect(target, error)) from None
    except httpcore.TimeoutException:
        told = f"{target.host} fell silent for {limits.read:g} s: try again later, or {raising('read_seconds')}"
        raise ReadingError(target.url, deadline.over() or told) from None
    except (httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise ReadingError(
            target.url, f"the answer broke off or is no HTTP ({_told(error)}): try again later"
        ) from None
    except TimeoutError as error:
        raise ReadingError(target.url, str(error)) from None


def _explain_connect(target: Target, error: Exception) -> str:
    if target.scheme == "https" and ("SSL" in str(error) or "TLS" in str(error)):
        return f"the connection to {target.host} is not secure ({_told(error)}): save the page by hand if you trust it"
    return f"{target.host} cannot be reached at port {target.port} ({_told(error)}): check the address, or try later"


def _told(error: Exception) -> str:
    """Give the words of an error, on one short line."""
    return " ".join(str(error).split())[:120] or type(error).__name__
