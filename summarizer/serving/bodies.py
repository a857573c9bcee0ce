"""The body of a request: counted while it comes in, and only so long waited for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from summarizer.serving.limits import ServeLimits, Slot
from summarizer.serving.problems import Problem

if TYPE_CHECKING:
    from starlette.requests import Request


def check_media_type(request: Request, allowed: Sequence[str]) -> None:
    """Refuse a body of another kind.

    A kind that browsers send to other sites only if these allow it is what keeps pages of others from posting here.

    :raises Problem: 415.
    """
    given = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if given not in allowed:
        wanted = " or ".join(allowed)
        raise Problem(415, "media-type", f"send Content-Type: {wanted}, not {given or 'none'}")
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    if encoding != "identity":
        raise Problem(415, "encoded", f"send the body as it is, not as {encoding}")


@asynccontextmanager
async def in_time(limits: ServeLimits) -> AsyncIterator[None]:
    """Wait for a body no longer than is allowed.

    :raises Problem: 408.
    """
    try:
        async with asyncio.timeout(limits.body_seconds):
            yield
    except TimeoutError:
        detail = f"the body did not arrive within {limits.body_seconds:g} s: send it faster, or send less"
        raise Problem(408, "slow-body", detail) from None


async def chunks_of(request: Request, limits: ServeLimits, slot: Slot) -> AsyncGenerator[bytes, None]:
    """Give the body piece by piece.

    :raises Problem: 413 as soon as it is, or says that it is, over the limit; 429 if all requests hold too much.
    """
    declared = request.headers.get("content-length", "")
    n_bytes = int(declared) if declared.isascii() and declared.isdigit() and len(declared) < 20 else 0
    _check(n_bytes, limits)
    n_bytes = 0
    async for chunk in request.stream():
        n_bytes += len(chunk)
        _check(n_bytes, limits)
        slot.hold(len(chunk))
        if chunk:
            yield chunk


async def read_body(request: Request, limits: ServeLimits, slot: Slot) -> bytes:
    """Give the whole body.

    :raises Problem: see :func:`chunks_of` and :func:`in_time`.
    """
    async with in_time(limits):
        return b"".join([chunk async for chunk in chunks_of(request, limits, slot)])


def _check(n_bytes: int, limits: ServeLimits) -> None:
    if n_bytes > limits.max_body_bytes:
        detail = f"the body is over {limits.max_body_bytes} bytes: send less, or raise --max-body-bytes on the server"
        raise Problem(413, "body-too-large", detail)
