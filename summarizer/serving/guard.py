"""What stands before the app: who may ask, and what every answer carries."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Callable, Iterable, MutableMapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from summarizer.serving.pool import stopping
from summarizer.serving.problems import Problem

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Of every answer; a page brings a policy of its own that lets its own style and script in.
HEADERS: Final = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    # Not no-referrer: browsers would then hide the origin of our own forms, which is what tells them from others.
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
_SAFE: Final = ("GET", "HEAD", "OPTIONS", "TRACE")
#: Of a body that is refused, so much is taken in before the answer: whoever is still sending would not read it.
_DRAINED_BYTES: Final = 2_000_000
_DRAIN_SECONDS: Final = 2.0

Refuse = Callable[["Scope", Problem], "ASGIApp"]


def names_of(host: str, more: Iterable[str] = ()) -> frozenset[str]:
    """Give the names under which a server answers that listens at a host.

    :param more: further names, as of a proxy before it.
    """
    names = {"localhost", "127.0.0.1", "::1", host.strip("[]").lower(), *(name.strip("[]").lower() for name in more)}
    if is_wildcard(host):
        names.add(socket.gethostname().lower())
    return frozenset(names)


def is_wildcard(host: str) -> bool:
    """Whether a host means every address of this machine."""
    with suppress(ValueError):
        return ipaddress.ip_address(host.strip("[]")).is_unspecified
    return False


class Guard:
    """Lets in who asks for this server by its name and from its own pages, and hardens every answer.

    :param app: what is behind it.
    :param names: of :func:`names_of`.
    :param any_address: whether any address in numbers is one of the names: a page elsewhere can have its name lead to
        this machine, but not take on a number.
    :param is_closing: whether the server stops.
    :param refuse: makes the answer to who is not let in.
    :param safe: methods that a page elsewhere may use: it cannot read the answer, and they change nothing.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        names: frozenset[str],
        any_address: bool,
        is_closing: Callable[[], bool],
        refuse: Refuse,
        safe: Sequence[str] = _SAFE,
    ) -> None:
        self._app, self._names, self._any_address = app, names, any_address
        self._is_closing, self._refuse, self._safe = is_closing, refuse, safe

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass it on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        exchange = _Exchange(scope, receive, send)
        app = self._app
        try:
            self._check(scope)
        except Problem as problem:
            app = self._refuse(scope, problem)
        await app(scope, exchange.receive, exchange.send)

    def _check(self, scope: Scope) -> None:
        """Refuse who is not let in.

        :raises Problem: 421, 403 or 503.
        """
        if self._is_closing():
            raise stopping()
        headers = _headers(scope)
        host = headers.get("host", "")
        if not self._is_ours(_host_of(f"//{host}")):
            detail = (
                f"it is asked for as {host[:100]!r}: use the address that it printed, or start it with --allow-host"
            )
            raise Problem(421, "foreign-host", detail)
        if scope["method"] in self._safe:
            return
        origin = headers.get("origin")
        site = headers.get("sec-fetch-site", "none")
        ours = origin is None or urlsplit(origin).netloc.lower() == host.lower()
        if not ours or site not in ("none", "same-origin"):
            told = f"came from {origin[:100]!r}" if origin and not ours else f"came from another site ({site[:20]})"
            raise Problem(403, "foreign-origin", f"the request {told}: only pages of this server may send to it")

    def _is_ours(self, name: str) -> bool:
        if name in self._names:
            return True
        if self._any_address:
            with suppress(ValueError):
                return bool(ipaddress.ip_address(name))
        return False


class _Exchange:
    """One request and its answer, whose headers are hardened and whose body is taken in before it is refused."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._receive, self._send = receive, send
        headers = _headers(scope)
        sends = "transfer-encoding" in headers or headers.get("content-length", "0") != "0"
        self._body_left = sends and "expect" not in headers

    async def receive(self) -> Message:
        """Pass on what comes in."""
        message = await self._receive()
        if message["type"] != "http.request" or not message.get("more_body", False):
            self._body_left = False
        return message

    async def send(self, message: Message) -> None:
        """Pass on what goes out."""
        if message["type"] == "http.response.start":
            message = {**message, "headers": _hardened(message)}
            if self._body_left:
                await self._drain()
        await self._send(message)

    async def _drain(self) -> None:
        n_bytes = 0
        with suppress(TimeoutError):
            async with asyncio.timeout(_DRAIN_SECONDS):
                while self._body_left and n_bytes < _DRAINED_BYTES:
                    n_bytes += len((await self.receive()).get("body", b""))


def _hardened(message: MutableMapping[str, Any]) -> list[tuple[bytes, bytes]]:
    headers = list(message.get("headers", ()))
    given = {name.lower() for name, _ in headers}
    return headers + [(name.encode(), value.encode()) for name, value in HEADERS.items() if name.encode() not in given]


def _headers(scope: Scope) -> dict[str, str]:
    """Give the headers by their names in lower case; one that is given twice is no header that we trust."""
    found: dict[str, str] = {}
    for name, value in scope["headers"]:
        key = name.decode("latin-1").lower()
        found[key] = f"{found[key]}, {value.decode('latin-1')}" if key in found else value.decode("latin-1")
    return found


def _host_of(url: str) -> str:
    """Give the host of an address in lower case; an empty one if there is none."""
    with suppress(ValueError):
        parts = urlsplit(url)
        _ = parts.port  # a port that is none
        if parts.username is None and not parts.path and not parts.query and not parts.fragment:
            return (parts.hostname or "").rstrip(".")
    return ""
