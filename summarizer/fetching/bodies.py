"""Bodies, read step by step under every limit: what is received, what it becomes, and the ratio of the two."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Final

from summarizer.errors import ReadingError
from summarizer.fetching.exchange import Response
from summarizer.fetching.limits import RATIO_FROM, Deadline, FetchLimits, raising

#: Bytes that one step of decompression may give: what a bomb can take before it is noticed.
_STEP: Final = 262_144
_GZIP: Final = 16 + zlib.MAX_WBITS
_CODINGS: Final = {"gzip": _GZIP, "x-gzip": _GZIP, "deflate": zlib.MAX_WBITS}
#: The first byte of zlib's own header; some servers send "deflate" without it.
_ZLIB_METHOD: Final = 8


def read_body(response: Response, url: str, limits: FetchLimits, deadline: Deadline) -> bytes:
    """Read a body whole, decompressed.

    :param url: how messages call it.
    :raises ReadingError: if it is over a limit, damaged, cut short, or compressed in a way that was not asked for.

    O(n) in the bytes that come out; never more than one step over ``body_bytes`` are held.
    """
    stated = response.headers.get("content-length", "")
    if re.fullmatch(r"[0-9]{1,18}", stated) and int(stated) > limits.wire_bytes:
        raise ReadingError(url, _too_large(int(stated), limits.wire_bytes, "", "max_received_bytes"))
    parts, size = [], 0
    for part in _decoded(response, url, limits, deadline):
        size += len(part)
        if size > limits.body_bytes:
            raise ReadingError(url, _too_large(size, limits.body_bytes, " decompressed", "max_unpacked_bytes"))
        parts.append(part)
    return b"".join(parts)


def read_beginning(response: Response, url: str, limits: FetchLimits, deadline: Deadline) -> bytes:
    """Read as much of a body as a ``robots.txt`` may have; the rest is left.

    :raises ReadingError: as :func:`read_body`.
    """
    parts, size = [], 0
    for part in _decoded(response, url, limits, deadline):
        parts.append(part)
        size += len(part)
        if size >= limits.robots_bytes:
            break
    return b"".join(parts)[: limits.robots_bytes]


def _received(response: Response, url: str, limits: FetchLimits, deadline: Deadline) -> Iterator[tuple[bytes, int]]:
    """Give what comes, each part with the number of bytes so far."""
    size = 0
    for part in response.parts:
        deadline.left(limits.read)
        size += len(part)
        if size > limits.wire_bytes:
            raise ReadingError(url, _too_large(size, limits.wire_bytes, "", "max_received_bytes"))
        yield part, size


def _decoded(response: Response, url: str, limits: FetchLimits, deadline: Deadline) -> Iterator[bytes]:
    """Undo the compression, in steps of limited size."""
    codings = [coding.strip().lower() for coding in response.headers.get("content-encoding", "").split(",")]
    codings = [coding for coding in codings if coding not in ("", "identity")]
    if not codings:
        yield from (part for part, _ in _received(response, url, limits, deadline))
        return
    if len(codings) > 1 or codings[0] not in _CODINGS:
        raise ReadingError(
            url, f"is compressed as {', '.join(codings)!r:.60}, which was not asked for: save the page and give it"
        )
    n_out = 0
    inflater: _Inflater | None = None
    for part, n_in in _received(response, url, limits, deadline):
        inflater = inflater or _Inflater(_window(codings[0], part))
        try:
            for piece in inflater.feed(part):
                n_out += len(piece)
                if n_out > max(RATIO_FROM, limits.ratio * n_in):
                    raise ReadingError(
                        url,
                        f"its compression unfolds more than {limits.ratio} times, as bombs do, and was not read on: if "
                        f"it is trustworthy, save the page and give it, or {raising('max_ratio')}",
                    )
                deadline.left(limits.read)
                yield piece
        except zlib.error as error:
            raise ReadingError(url, f"its compression is damaged ({error}): try again later") from None
    if inflater is not None and not inflater.whole:
        raise ReadingError(url, "its compressed body ends early: try again later")


class _Inflater:
    """Decompresses parts, several members in a row too, giving at most :data:`_STEP` bytes at a time."""

    def __init__(self, window: int) -> None:
        self._window = window
        self._inner = zlib.decompressobj(window)

    @property
    def whole(self) -> bool:
        """Whether the last member has ended."""
        return self._inner.eof

    def feed(self, data: bytes) -> Iterator[bytes]:
        while data:
            if self._inner.eof:
                # What follows the end is another member of gzip, or padding that everyone ignores.
                if self._window != _GZIP or not data.startswith(b"\x1f"):
                    return
                self._inner = zlib.decompressobj(self._window)
            yield self._inner.decompress(data, _STEP)
            data = self._inner.unused_data or self._inner.unconsumed_tail
        while not self._inner.eof and (piece := self._inner.decompress(b"", _STEP)):
            yield piece


def _window(coding: str, first: bytes) -> int:
    window = _CODINGS[coding]
    raw = coding == "deflate" and bool(first) and first[0] & 0x0F != _ZLIB_METHOD
    return -zlib.MAX_WBITS if raw else window


def _too_large(size: int, limit: int, kind: str, setting: str) -> str:
    return (
        f"holds {size} bytes{kind} or more, over the limit of {limit}: save what matters of it and give the file, or "
        f"{raising(setting)}"
    )
