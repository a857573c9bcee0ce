"""Connections to checked addresses only.

A name is resolved once; every address that it has is checked; and the connection goes to one of these, not to the name.
A server of names that answers otherwise the next time therefore changes nothing. TLS still asks for the name.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterable, Sequence
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, Final

from summarizer.errors import ReadingError
from summarizer.fetching.limits import Deadline, FetchLimits, raising
from summarizer.fetching.networks import Address, place_of

if TYPE_CHECKING:
    import ssl

    import httpcore

    from summarizer.fetching.targets import Target

#: Gives the addresses of a name, as texts.
Resolve = Callable[[str, int], Sequence[str]]
#: Opens a connection to an address; takes the seconds that it may last.
Dial = Callable[[str, int, float], "httpcore.NetworkStream"]

#: Addresses of one host that are tried.
_MAX_TRIED: Final = 4


class HostError(ReadingError):
    """A host cannot be found, may not be asked, or does not answer: no page of it can be fetched."""


def resolve(host: str, port: int) -> list[str]:
    """Ask the system for the addresses of a name.

    :raises OSError: if it has none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def dial(address: str, port: int, seconds: float) -> httpcore.NetworkStream:
    """Open a connection to an address, which is not resolved again.

    :raises httpcore.ConnectError: if nothing answers there; ``ConnectTimeout`` if it takes too long.
    """
    import httpcore

    return httpcore.SyncBackend().connect_tcp(address, port, timeout=seconds)


class Guard:
    """Says which addresses a target may be reached at.

    :param limits: ports and times.
    :param find: resolves names.
    :param open_: opens connections.
    """

    def __init__(self, limits: FetchLimits, *, find: Resolve = resolve, open_: Dial = dial) -> None:
        self._limits, self._find, self.open = limits, find, open_

    def check(self, target: Target, deadline: Deadline, *, allow_private: bool) -> tuple[list[Address], bool]:
        """Find the addresses of a target, all of which must be allowed.

        :param allow_private: this computer and private networks are allowed, and every port.
        :return: the addresses, in the order in which the system names them; whether any of them is private.
        :raises HostError: if there is none, or one is not allowed.
        """
        if not allow_private and target.port not in self._limits.ports:
            known = ", ".join(map(str, self._limits.ports))
            raise HostError(
                target.url, f"port {target.port} is not one of the web ({known}): allow_private allows every port"
            )
        found = [target.address] if target.address is not None else self._resolve(target, deadline)
        places = [place_of(address) for address in found]
        for address, (place, private) in zip(found, places, strict=True):
            if not place or (private and allow_private):
                continue
            remedy = "; allow_private (--allow-private) allows it" if private else ""
            told = f"{target.host} is" if target.address else f"{target.host} has the address {address}, which is"
            raise HostError(
                target.url, f"{told} for {place}, and not fetched: give the address of a public page{remedy}"
            )
        return found, any(private for _, private in places)

    def _resolve(self, target: Target, deadline: Deadline) -> list[Address]:
        """Resolve a name, in a thread of its own: the system's resolver knows no time limit.

        :raises HostError: if the name has no address, or none in time.
        """
        answer: list[Sequence[str] | Exception] = []

        def ask() -> None:
            try:
                answer.append(self._find(target.host, target.port))
            except (OSError, UnicodeError) as error:
                answer.append(error)

        thread = threading.Thread(target=ask, daemon=True)
        thread.start()
        thread.join(deadline.left(self._limits.connect))
        found = answer[0] if answer else TimeoutError()
        if isinstance(found, TimeoutError):
            told = f"no name server answered for {target.host} within {self._limits.connect:g} s: check the connection"
            raise HostError(target.url, deadline.over() or f"{told}, or {raising('connect_seconds')}")
        if isinstance(found, Exception) or not found:
            raise HostError(target.url, f"there is no host {target.host}: check the name and the connection")
        try:
            return [ip_address(text) for text in found]
        except ValueError:
            raise HostError(target.url, f"the address of {target.host} cannot be read: check the name") from None


class GuardedBackend:
    """What httpcore opens its connections with.

    :param addresses: checked; tried in this order.
    """

    def __init__(self, guard: Guard, addresses: Sequence[Address], limits: FetchLimits, deadline: Deadline) -> None:
        self._guard, self._addresses, self._limits, self._deadline = guard, addresses, limits, deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> TimedStream:
        """Connect to the first of the checked addresses that answers; ``host`` plays no part."""
        import httpcore

        failure: Exception = httpcore.ConnectError("no address")
        for address in self._addresses[:_MAX_TRIED]:
            try:
                stream = self._guard.open(str(address), port, self._deadline.left(self._limits.connect))
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return TimedStream(stream, self._deadline)
        raise failure

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> TimedStream:
        """Refuse: no address means a socket of this computer."""
        raise NotImplementedError("sockets of this computer are not connected to")

    def sleep(self, seconds: float) -> None:
        """Do nothing: nothing is tried again."""


class TimedStream:
    """A connection on which every step ends with the deadline, however slowly bytes drip."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def _left(self, timeout: float | None) -> float:
        return self._deadline.left(timeout if timeout is not None else float("inf"))

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what is there, up to so many bytes."""
        return self._stream.read(max_bytes, self._left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write all of it."""
        self._stream.write(buffer, self._left(timeout))

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> TimedStream:
        """Begin TLS with the name of the host, which its certificate must hold."""
        return TimedStream(self._stream.start_tls(ssl_context, server_hostname, self._left(timeout)), self._deadline)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401  the interface of httpcore
        """Tell about the connection."""
        return self._stream.get_extra_info(info)
