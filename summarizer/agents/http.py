"""The same tools over streamable HTTP: who may ask, how much is taken in, and how many at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Final

from summarizer.agents.wire import count_values, mend
from summarizer.errors import ConfigError, MissingExtraError
from summarizer.serving.bodies import check_media_type, read_body
from summarizer.serving.guard import Guard, is_wildcard, names_of
from summarizer.serving.limits import Admission, ServeLimits
from summarizer.serving.pool import stopping
from summarizer.serving.problems import Problem, answer_problem

if TYPE_CHECKING:
    import anyio
    from mcp.server import Server
    from starlette.applications import Starlette
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Where the protocol is spoken.
PATH: Final = "/mcp"
#: Of one request, counted while it comes in; the characters of all documents have a limit of their own.
MAX_BODY_BYTES: Final = 20_000_000
#: Of one request, counted before the SDK reads it. 500 articles with all their fields are 4,500, an earlier briefing of
#: as many about 50,000; so many take 0.05 to 0.4 s, depending on their kind.
MAX_VALUES: Final = 200_000
#: Requests at a time; calls are carried out one after the other.
MAX_CONCURRENT: Final = 16
#: Clients of older protocols hold a session each, and are forgotten after so many seconds of silence.
_MAX_SESSIONS: Final = 100
_SESSION_SECONDS: Final = 1_800.0


class Stopping:
    """Whether the server stops, and what is to be called off then."""

    def __init__(self) -> None:
        self.closing = False
        self._open: set[anyio.CancelScope] = set()

    def stop(self) -> None:
        """Take no more requests, and end those that are being answered: streams of clients last as long as these."""
        self.closing = True
        for scope in self._open:
            scope.cancel()

    async def until(self, work: Awaitable[None]) -> bool:
        """Wait for the answer to a request, and say whether the server stopped before it was whole."""
        import anyio

        with anyio.CancelScope() as scope:
            self._open.add(scope)
            try:
                await work
            finally:
                self._open.discard(scope)
        return scope.cancelled_caught


def read_place(text: str) -> tuple[str, int]:
    """Read where to listen.

    :param text: ``PORT`` or ``HOST:PORT``; an address of IPv6 in brackets.
    :return: host, 127.0.0.1 if none is given, and port.
    :raises ConfigError: if it is neither.

    >>> read_place("8766"), read_place("[::1]:0")
    (('127.0.0.1', 8766), ('[::1]', 0))
    """
    host, colon, port = text.rpartition(":")
    digits = port.isascii() and port.isdigit() and len(port) <= 5 and int(port) <= 65_535
    if not digits or (colon and not host) or (":" in host and not (host.startswith("[") and host.endswith("]"))):
        raise ConfigError(f"--http must be a port or HOST:PORT, as 8766 or 127.0.0.1:8766, not {text!r:.80}")
    return host or "127.0.0.1", int(port)


def make_http_app(
    server: Server[Any],
    *,
    host: str = "127.0.0.1",
    allow_hosts: Iterable[str] = (),
    max_body_bytes: int = MAX_BODY_BYTES,
    max_concurrent: int = MAX_CONCURRENT,
    state: Stopping | None = None,
) -> ASGIApp:
    """Make an ASGI app that speaks the protocol at :data:`PATH`.

    :param server: of :func:`summarizer.agents.server.make_server`.
    :param host: where it listens; it answers under the names of that host only.
    :param allow_hosts: further names under which it answers.
    :param max_body_bytes: of one request; more is 413.
    :param max_concurrent: requests that come in or are carried out; one more is 429.
    :param state: knows whether the server stops.
    :raises MissingExtraError: if the extra ``mcp`` is not installed.
    """
    try:
        from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
        from mcp.server.transport_security import TransportSecuritySettings
        from starlette.applications import Starlette
        from starlette.routing import Mount
    except ImportError as error:
        raise MissingExtraError("the server for agents", "mcp") from error
    known = state or Stopping()
    limits = ServeLimits(
        workers=1, max_concurrent=max_concurrent, max_body_bytes=max_body_bytes, max_held_bytes=10 * max_body_bytes
    )
    manager = StreamableHTTPSessionManager(
        server,
        # The guard in front checks names and origins, more strictly than the SDK.
        security_settings=TransportSecuritySettings(enable_dns_rebinding_protection=False),
        session_idle_timeout=_SESSION_SECONDS,
        max_request_body_size=max_body_bytes + 1,
        max_sessions=_MAX_SESSIONS,
    )

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with manager.run():
            yield

    inner = Starlette(routes=[Mount("/", app=_Door(manager.handle_request, limits, known))], lifespan=lifespan)
    return Guard(
        inner,
        names=names_of(host, allow_hosts),
        any_address=is_wildcard(host),
        is_closing=lambda: known.closing,
        refuse=lambda scope, problem: answer_problem(problem),
        safe=(),  # a stream is opened with GET
    )


class _Door:
    """Takes the body of a request in, within limits, passes it on whole, and ends the answer when the server stops.

    :param app: the protocol.
    :param limits: how large a body is, how long it takes, and how many there are.
    :param state: knows whether the server stops.
    """

    def __init__(self, app: ASGIApp, limits: ServeLimits, state: Stopping) -> None:
        self._app, self._limits, self._state = app, limits, state
        self._admission = Admission(limits)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        from starlette.requests import ClientDisconnect

        begun = ended = False

        async def watched(message: Message) -> None:
            nonlocal begun, ended
            begun = True
            ended = message["type"] == "http.response.body" and not message.get("more_body", False)
            await send(message)

        try:
            if await self._state.until(self._answer(scope, receive, watched)) and not begun:
                raise stopping()
        except Problem as problem:
            await answer_problem(problem)(scope, receive, send)
        except ClientDisconnect:
            return
        else:
            if not ended:
                await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        from anyio import to_thread
        from starlette.requests import Request

        request = Request(scope, receive)
        if request.url.path.rstrip("/") != PATH:
            raise Problem(404, "not-found", f"the protocol is spoken at {PATH}")
        if scope["method"] != "POST":
            await self._app(scope, receive, send)  # the stream of a session, its end, or a method that is none
            return
        slot = self._admission.enter()
        try:
            check_media_type(request, ("application/json",))
            body = await read_body(request, self._limits, slot)
            mended = await to_thread.run_sync(_prepare, body)
            await self._app(scope, _replay(mended, receive), send)
        finally:
            slot.leave()


def _prepare(body: bytes) -> bytes:
    """Look at a body before the SDK does, in a thread: to look at all of it takes a second at worst.

    The SDK takes a body apart on the loop, where it holds up everybody; and it answers a lone surrogate, which
    JavaScript may send, with an error.

    :raises Problem: 413 if it holds too many values.
    """
    n_values = count_values(body)
    if n_values > MAX_VALUES:
        detail = (
            f"the body holds about {n_values} values (lists, objects and what stands in them), over the limit of "
            f"{MAX_VALUES}: give fewer documents or fields"
        )
        raise Problem(413, "input-limit", detail)
    return mend(body.decode("utf-8", "replace")).encode()


def _replay(body: bytes, receive: Receive) -> Callable[[], Any]:
    """Give a body that was taken in already, then what comes after it."""
    left: deque[Message] = deque([{"type": "http.request", "body": body, "more_body": False}])

    async def replay() -> Message:
        return left.popleft() if left else await receive()

    return replay
