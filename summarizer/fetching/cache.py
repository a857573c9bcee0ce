"""Answers kept on disk between runs, so that a server can say that nothing has changed.

One file an address, written whole or not at all, so that several processes may share a folder. An entry is only ever
used when the server confirms it. A cache that cannot be used is never an error: a warning is logged, and pages are
fetched.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import re
import tempfile
import threading
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from summarizer.fetching.limits import FetchLimits

logger = logging.getLogger(__name__)

_SUFFIX: Final = ".fetched-1"
_NAME: Final = re.compile(rf"[0-9a-f]{{64}}{re.escape(_SUFFIX)}")
#: Longest first line of an entry; it holds an address and four headers.
_MAX_HEAD: Final = 65_536
#: Longest validator that is kept and sent back.
_MAX_VALIDATOR: Final = 1_000


@dataclass(frozen=True, slots=True)
class Entry:
    """An answer that was kept.

    :param url: which address gave it.
    :param content_type: of the answer, with its parameters.
    :param etag: validator; empty if there was none.
    :param last_modified: validator; empty if there was none.
    :param body: decompressed.
    """

    url: str
    content_type: str
    etag: str
    last_modified: str
    body: bytes

    def conditions(self) -> dict[str, str]:
        """Give the headers that ask for the page only if it has changed."""
        named = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in named.items() if value}


class Cache:
    """A folder of answers.

    :param folder: made when there is something to keep.
    :param limits: how large a body and the folder may be.
    """

    def __init__(self, folder: str | Path, limits: FetchLimits) -> None:
        self._folder, self._limits = Path(folder), limits
        self._lock = threading.Lock()

    def get(self, url: str) -> Entry | None:
        """Give what was kept of an address; None if there is nothing, or it is damaged."""
        path = self._path(url)
        try:
            with path.open("rb") as stream:
                head = json.loads(stream.readline(_MAX_HEAD))
                body = stream.read(self._limits.body_bytes + 1)
            entry = Entry(head["url"], head["content_type"], head["etag"], head["last_modified"], body)
            sound = entry.url == url and head["sha256"] == hashlib.sha256(body).hexdigest()
            sound = sound and all(map(_is_header, (entry.content_type, entry.etag, entry.last_modified)))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            sound = False
        if not sound:
            logger.warning("%s is damaged or of another address, and is fetched anew", path)
            return None
        with contextlib.suppress(OSError):
            os.utime(path)  # what is used stays longest
        return entry

    def put(self, url: str, headers: Mapping[str, str], body: bytes) -> None:
        """Keep an answer, if the server allows it and can confirm it later."""
        etag, modified = headers.get("etag", ""), headers.get("last-modified", "")
        if "no-store" in headers.get("cache-control", "").lower() or not (etag or modified):
            return
        entry = Entry(url, headers.get("content-type", ""), etag, modified, body)
        if not all(map(_is_header, (entry.content_type, etag, modified))):
            return
        head = {name: value for name, value in asdict(entry).items() if name != "body"}
        head["sha256"] = hashlib.sha256(body).hexdigest()
        with self._lock:
            try:
                self._folder.mkdir(parents=True, exist_ok=True)
                self._write(self._path(url), json.dumps(head).encode("ascii") + b"\n" + body)
                self._prune()
            except OSError as error:
                logger.warning("cannot keep an answer in %s (%s); going on without it", self._folder, error)

    def _path(self, url: str) -> Path:
        return self._folder / (hashlib.sha256(url.encode()).hexdigest() + _SUFFIX)

    def _write(self, path: Path, data: bytes) -> None:
        handle, name = tempfile.mkstemp(dir=self._folder, prefix="new-", suffix=_SUFFIX)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
            os.replace(name, path)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(name)
            raise

    def _prune(self) -> None:
        """Remove the entries unused longest until the folder is within its size; other files are left alone."""
        entries = sorted(self._entries())
        size = sum(entry[1] for entry in entries)
        for _, n_bytes, path in entries:
            if size <= self._limits.cache_bytes:
                return
            with contextlib.suppress(FileNotFoundError):
                os.unlink(path)
            size -= n_bytes

    def _entries(self) -> Iterator[tuple[int, int, str]]:
        with os.scandir(self._folder) as found:
            for entry in found:
                if _NAME.fullmatch(entry.name):
                    with contextlib.suppress(FileNotFoundError):
                        status = entry.stat(follow_symlinks=False)
                        yield status.st_mtime_ns, status.st_size, entry.path


def _is_header(value: object) -> bool:
    """Tell whether a value can be kept and sent as a header."""
    return isinstance(value, str) and len(value) <= _MAX_VALIDATOR and value.isascii() and value.isprintable()
