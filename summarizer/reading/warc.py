"""Web archives to articles: runs in the worker, see :mod:`summarizer.reading.worker`.

The archive is read as a stream from its file, unpacked here and not by fastwarc, so that what it grows to is counted.
"""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from summarizer.errors import ReadingError
from summarizer.reading.html import extract_page

_GZIP: Final = b"\x1f\x8b"
#: Up to here an archive may grow further than ``max_ratio``.
_FREE_BYTES: Final = 20_000_000
_PAGES: Final = ("text/html", "application/xhtml+xml")


class _Unpacked(io.RawIOBase):
    """A stream that counts what it gives.

    :param stream: the file, packed or not.
    :param limit: bytes that it may give.
    """

    def __init__(self, stream: BinaryIO, limit: int, name: str) -> None:
        packed = stream.read(2) == _GZIP
        stream.seek(0)
        self._stream: Any = gzip.GzipFile(fileobj=stream) if packed else stream
        self._left, self._limit, self._name = limit, limit, name

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False

    def tell(self) -> int:
        return self._limit - self._left

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Tell where the stream is: fastwarc asks by a step of nothing, and dies of the refusal that is usual."""
        if (whence, offset) in ((io.SEEK_CUR, 0), (io.SEEK_SET, self.tell())):
            return self.tell()
        raise io.UnsupportedOperation(f"seek {offset} {whence}")

    def read(self, n: int = -1) -> bytes:
        try:
            data: bytes = self._stream.read(n if 0 <= n < 2**20 else 2**20)
        except (OSError, EOFError, zlib.error) as error:
            raise ReadingError(self._name, f"its compressed data is damaged ({error}): fetch it again") from None
        self._left -= len(data)
        if self._left < 0:
            raise ReadingError(
                self._name,
                f"grows to over {self._limit} bytes when unpacked, and was not read on: if it is trustworthy, unpack "
                "it first, or raise max_ratio (--max-ratio)",
            )
        return data


def run_archive(data: bytes, request: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Answer a request for an archive; options: ``path``, ``size``, ``max_ratio``, ``max_bytes`` of a page."""
    del data
    with open(request["path"], "rb") as stream:
        stream.seek(0)
        limit = max(_FREE_BYTES, request["max_ratio"] * request["size"])
        yield from _pages(_Unpacked(stream, limit, request["name"]), request)


def _pages(stream: _Unpacked, request: dict[str, Any]) -> Iterator[dict[str, Any]]:
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    n_records = 0
    remainder, divisor = request["share"]
    for record in ArchiveIterator(stream, parse_http=True, auto_decode="all", record_types=WarcRecordType.response):
        n_records += 1
        # Each record is an item with a time of its own, whether it holds a page or not.
        yield {"working": True}
        if n_records % divisor != remainder:
            continue
        kind = (record.http_content_type or "").lower()
        if kind not in _PAGES or record.http_headers.status_code != 200:
            continue
        yield _page(record, n_records, request)
    if not n_records:
        raise ReadingError(request["name"], "holds no response of a server: give a web archive (WARC)")


def _page(record: Any, number: int, request: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401
    """Give the article of a record, or a note that says why there is none."""
    url = record.headers.get("WARC-Target-URI") or ""
    name = f"{request['name']} record {number} ({url[:100]})"
    data = record.reader.read(request["max_bytes"] + 1)
    if len(data) > request["max_bytes"]:
        limit = request["max_bytes"]
        return _skipped(name, f"holds over {limit} bytes and was skipped: raise max_html_bytes (--max-html-bytes)")
    try:
        fields, _ = extract_page(data, name, url=url or None, charset=record.http_charset or "")
    except ReadingError as error:
        return _skipped(error.source, error.reason)
    if "published" not in fields and record.record_date is not None:
        # The day it was fetched is the latest on which it can have been published.
        fields.update(published=record.record_date.date().isoformat(), inferred=["published"])
    return {"article": {**fields, "number": number}}


def _skipped(name: str, reason: str) -> dict[str, Any]:
    return {"note": f"{name}: {reason}", "place": name, "reason": reason}
