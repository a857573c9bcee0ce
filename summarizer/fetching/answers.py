"""What comes of fetching an address."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave.

    :param url: the address as it was given.
    :param final: the address that gave it, after every redirect.
    :param host: of the final address, without a leading ``www.``.
    :param suffix: of a file of its kind, such as ``".html"``.
    :param charset: the encoding that the server names; empty if it names none.
    :param body: the bytes, decompressed.
    :param from_cache: whether the server said that what was kept is still so.
    """

    url: str
    final: str
    host: str
    suffix: str
    charset: str
    body: bytes
    from_cache: bool = False


@dataclass(frozen=True, slots=True)
class FetchFailure:
    """Why an address gave nothing.

    :param url: the address as it was given.
    :param reason: what happened, and what to do.
    """

    url: str
    reason: str
