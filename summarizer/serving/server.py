"""Runs the app: where it listens, how it stops, and what it warns of."""

from __future__ import annotations

import ipaddress
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from summarizer.errors import ConfigError, MissingExtraError

if TYPE_CHECKING:
    from starlette.types import ASGIApp

#: Connections beside those whose summaries are being made or wait: pages, and those who ask how it goes.
_MORE_CONNECTIONS: Final = 192
#: Time for answers that are being sent when the server stops; work is called off at once.
_STOP_SECONDS: Final = 5
_BACKLOG: Final = 256


@dataclass(frozen=True, slots=True)
class Bound:
    """Where a server listens.

    :param sockets: open, and accepting.
    :param url: of the first one.
    :param host: as it was asked for.
    """

    sockets: tuple[socket.socket, ...]
    url: str
    host: str


def bind(host: str, port: int) -> Bound:
    """Listen at a host and port.

    :param host: an address or a name; a name with several addresses is listened to at each.
    :param port: 0 for any that is free.
    :raises ConfigError: if that is not possible.
    """
    name = host.strip("[]")
    try:
        found = socket.getaddrinfo(name or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError) as error:
        raise ConfigError(f"cannot listen at {host!r}: no such host ({error}); give an address, as 127.0.0.1") from None
    sockets: list[socket.socket] = []
    failure: OSError | None = None
    for family, _, _, _, address in dict.fromkeys(found):
        try:
            sockets.append(_listen(family, (address[0], port), port))
        except OSError as error:
            failure = error
            continue
        port = sockets[0].getsockname()[1]
    if not sockets:
        reason = failure.strerror if failure else "it has no address"
        raise ConfigError(f"cannot listen at {host} port {port}: {reason}; choose another --port (0 is any free one)")
    shown = f"[{name}]" if ":" in name else name
    return Bound(tuple(sockets), f"http://{shown}:{port}/", host)


def _listen(family: int, address: tuple[Any, int], port: int) -> socket.socket:
    opened = socket.socket(family, socket.SOCK_STREAM)
    try:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # on Windows SO_REUSEADDR lets another program take the port
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            opened.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        opened.bind((address[0], port))
        opened.listen(_BACKLOG)
    except OSError:
        opened.close()
        raise
    return opened


def warnings_of(bound: Bound, *, fetch: bool, files: bool = False, private: bool = False) -> list[str]:
    """Say what who starts a server has to know.

    :param fetch: whether it fetches addresses.
    :param files: whether it reads files of this machine.
    :param private: whether it fetches addresses of private networks, too.
    """
    if all(_is_loopback(one.getsockname()[0]) for one in bound.sockets):
        return []
    found = [
        f"listening at {bound.host}, which other machines can reach: WHOEVER REACHES IT CAN USE IT. There is no "
        "password and no encryption; put a proxy with both before it, or leave --host out"
    ]
    if fetch:
        found.append("with --fetch, whoever reaches it can have this machine fetch public pages in its name")
    if fetch and private:
        found.append("with --allow-private, whoever reaches it can read what this machine and its network serve")
    if files:
        found.append("with --root, whoever reaches it can read the files of these folders")
    return found


def _is_loopback(address: str) -> bool:
    with suppress(ValueError):
        return ipaddress.ip_address(address.partition("%")[0]).is_loopback
    return False


def run(
    app: ASGIApp, bound: Bound, *, max_concurrent: int, ready: Callable[[], None], stop: Callable[[], None]
) -> None:
    """Serve until SIGINT or SIGTERM, then answer what is asked with 503, and leave nothing behind.

    :param ready: called when connections are accepted.
    :param stop: called when the server begins to stop.
    :raises MissingExtraError: if the extra ``serve`` is not installed.
    """
    try:
        import uvicorn
    except ImportError:
        raise MissingExtraError("the server", "serve") from None

    class Serving(uvicorn.Server):
        @contextmanager
        def capture_signals(self) -> Iterator[None]:
            # As uvicorn's, but the signal is not raised again: to be stopped is how a server ends.
            if threading.current_thread() is not threading.main_thread():
                yield
                return
            kinds = (signal.SIGINT, signal.SIGTERM)
            before = {kind: signal.signal(kind, self.handle_exit) for kind in kinds}
            try:
                yield
            finally:
                for kind, handler in before.items():
                    signal.signal(kind, handler)

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            ready()

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            stop()
            await super().shutdown(sockets)

    config = uvicorn.Config(
        app,
        http="h11",
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,  # the version of a server helps those who look for its faults
        proxy_headers=False,
        limit_concurrency=max_concurrent + _MORE_CONNECTIONS,
        timeout_graceful_shutdown=_STOP_SECONDS,
    )
    try:
        Serving(config).run(sockets=list(bound.sockets))
    finally:
        for one in bound.sockets:
            one.close()
