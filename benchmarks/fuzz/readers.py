"""What the fuzzer does with the readers: any bytes as any kind of file, and what has to hold of what comes out.

Extraction runs in a process of its own in real use, see :mod:`summarizer.reading.extraction`; here it runs in this one,
where the fuzzer sees what is reached. That process forgives libraries whatever they raise on damaged files. Here only
they are forgiven: what our own lines raise is found.
"""

from __future__ import annotations

import io
import json
import tempfile
import traceback
from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any, Final
from unittest import mock

import summarizer
from summarizer.errors import InputError, ReadingError
from summarizer.reading import Reading, pages
from summarizer.reading.formats import READERS
from summarizer.reading.intake import Intake, Origin
from summarizer.reading.stdin import read_stdin
from summarizer.reading.worker import KINDS

#: The first byte of an input says which of these it is a file of; an empty one goes to standard input.
SUFFIXES: Final = (
    *(".html", ".rss", ".jsonl", ".json", ".txt", ".pdf", ".warc", ".jsonl.gz", ".xml", ".ninjs", ".jsonfeed", ""),
)
#: Suffixes of this table that are ``.json`` to a reader, and what stands around the input.
_WRAPPED: Final = {
    ".ninjs": (b'{"uri": "a:b", "headline": "H", "body_xhtml": ', b"}"),
    ".jsonfeed": (b'{"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [', b"]}"),
}
#: Where libraries are called that are compiled: what they raise looks as if the calling line had raised it.
_COMPILED: Final = (("warc.py", "_pages", OSError),)
_PACKAGE: Final = str(Path(summarizer.__file__).parent)


class Invariant(Exception):  # noqa: N818  it is no error of the program, but what the fuzzer looks for
    """Something that is promised does not hold."""


def require(holds: object, promise: str) -> None:
    """Take a promise at its word.

    :raises Invariant: if it does not hold.
    """
    if not holds:
        raise Invariant(promise)


class Here:
    """What :class:`summarizer.reading.extraction.Worker` does, in this process."""

    def run(
        self,
        kind: str,
        name: str,
        seconds: int,
        data: bytes = b"",
        **options: Any,  # noqa: ANN401
    ) -> Generator[dict[str, Any], None, None]:
        """Give what is found in one source.

        :raises ReadingError: as the worker does; also for what a library raises.
        """
        del seconds
        run = getattr(import_module(f"summarizer.reading.{KINDS[kind][0]}"), f"run_{kind}")
        request = json.loads(json.dumps({"kind": kind, "name": name, **options}))
        try:
            for found in run(data, request):
                answer = json.loads(json.dumps(found))
                if "article" in answer or "note" in answer:
                    yield answer
        except ReadingError as error:
            raise ReadingError(name, error.reason) from None
        except Exception as error:
            if not isinstance(error, RecursionError) and is_ours(error):
                raise
            raise ReadingError(name, "could not be taken apart") from None


def is_ours(error: BaseException) -> bool:
    """Tell whether the line that raised is one of the package."""
    frames = traceback.extract_tb(error.__traceback__)
    if not frames or not frames[-1].filename.startswith(_PACKAGE):
        return False
    return (Path(frames[-1].filename).name, frames[-1].name, type(error)) not in _COMPILED


def read(data: bytes) -> None:
    """Read any bytes as a file.

    :raises Invariant: if what was read is not what is promised.
    """
    if not data:
        return
    suffix, body = SUFFIXES[data[0] % len(SUFFIXES)], data[1:]
    if suffix in _WRAPPED:
        before, after = _WRAPPED[suffix]
        suffix, body = ".json", before + body + after
    intake = Intake(summarizer.SummaryConfig())
    with mock.patch.object(pages, "WORKER", Here()), _opened(suffix, body) as stream:
        try:
            if suffix:
                READERS[suffix](stream, len(body), Origin("input" + suffix, "input"), intake)
            else:
                read_stdin(stream, intake)
        except InputError as error:
            require(len(str(error)) < 1_000, "a message can be read at a glance")
    _check(intake.finish())


@contextmanager
def _opened(suffix: str, body: bytes) -> Generator[Any, None, None]:
    """Open bytes as a file; archives are read from their path, and so need one."""
    if suffix != ".warc":
        yield io.BytesIO(body)
        return
    with tempfile.NamedTemporaryFile() as stream:
        stream.write(body)
        stream.flush()
        stream.seek(0)
        yield stream


def _check(reading: Reading) -> None:
    ids = [document.id for document in reading.documents]
    require(all(ids) and len(set(ids)) == len(ids), "ids are unique and not empty")
    for document in reading.documents:
        for field in ("text", "id", "title", "source", "url", "published", "language"):
            value = getattr(document, field)
            require(value is None or isinstance(value, str), f"{field} is a text or nothing")
            (value or "").encode()
        require(any(map(str.isalnum, document.text)), "a document holds words")
        require(document.url is None or (document.url.isprintable() and " " not in document.url), "addresses are plain")
        if document.published:
            datetime.fromisoformat(document.published)
        for passage in document.dropped:
            require(0 <= passage.start < passage.end <= len(document.text), "passages are inside the text")
    for warning in reading.warnings:
        warning.encode()
        require(len(warning) < 2_000, "a warning can be read at a glance")
