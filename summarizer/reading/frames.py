"""Messages on a pipe: eight bytes of length, then so many bytes."""

from __future__ import annotations

import struct
from typing import IO, Final

_LENGTH: Final = struct.Struct(">Q")
#: More than any limit on a source lets through; a length beyond it means that the pipe is out of step.
_MAX_BYTES: Final = 4_000_000_000


def send(pipe: IO[bytes], message: bytes) -> None:
    """Write a message.

    :raises OSError: if nobody reads.
    """
    pipe.write(_LENGTH.pack(len(message)))
    pipe.write(message)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes:
    """Read a message.

    :raises EOFError: if the other side is gone, or what it writes is no message.
    """
    head = _read(pipe, _LENGTH.size)
    (n_bytes,) = _LENGTH.unpack(head)
    if n_bytes > _MAX_BYTES:
        raise EOFError("the pipe is out of step")
    return _read(pipe, n_bytes)


def _read(pipe: IO[bytes], n_bytes: int) -> bytes:
    data = pipe.read(n_bytes)
    if len(data) < n_bytes:
        raise EOFError("the other side is gone")
    return data
