"""Files, folders, patterns, standard input and objects to documents.

Reading never changes a text beyond decoding it, guesses nothing silently, and stops at no bad source: what could not be
read is named with its remedy, and the others go on.

===============================  =====================================================================================
``.txt`` ``.text`` ``.md``, any  one article; header lines (``Title: …``) at the top declare fields
``.jsonl`` ``.ndjson``, ``.gz``  one article a line, read as a stream
``.json``                        an article, an array of them, or an object with such arrays; JSON Feed; ninjs
``.html`` ``.htm`` ``.xhtml``    the article of a page, without what its readers do not see
``.xml`` ``.rss`` ``.atom``      the entries of a feed; a page, where an XML file is one
``.pdf``                         the text of a PDF file
``.warc``, ``.gz``               the pages of a web archive
``-``                            JSONL, JSON, a page, a feed, a PDF file or text on standard input
``https://…`` ``http://…``       what the server says that it is; see :mod:`summarizer.fetching`
===============================  =====================================================================================
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, Final

from summarizer.config import SummaryConfig
from summarizer.datatypes import Document
from summarizer.errors import InputError, ReadingError
from summarizer.reading.discovery import Discovery
from summarizer.reading.formats import READERS, read_file
from summarizer.reading.identity import assign_ids
from summarizer.reading.intake import Intake, Notes, Origin, Reading
from summarizer.reading.markup import settle
from summarizer.reading.records import add_record
from summarizer.reading.stdin import NAME, read_stdin
from summarizer.reading.text import add_text
from summarizer.reading.web import Progress, Web

__all__ = ["Reading", "assign_ids", "collect", "read_sources"]

#: A text without a line end that is no longer than this and has a known suffix is taken for a path by mistake.
_MAX_PATH_CHARACTERS: Final = 260
_ADDRESS: Final = re.compile(r"https?://\S+")  # alone, it was meant to be fetched


def read_sources(
    sources: Sequence[str | Path],
    *,
    config: SummaryConfig | None = None,
    stdin: BinaryIO | None = None,
    progress: Progress | None = None,
) -> Reading:
    """Read what a command line names.

    :param sources: files, folders (read with all that is below them), patterns that the shell left alone, addresses
        as ``str``, and ``-`` for standard input. What is named twice is read once.
    :param config: limits on the number and the length of documents; None for the defaults.
    :param stdin: what ``-`` reads; None for the standard input of the process.
    :param progress: told the share of the addresses that are fetched, if there are any.
    :return: documents in the order of the sources, within a folder or a pattern in the order of their paths.
    :raises LimitError: if there are more than ``max_documents``.
    :raises InputError: if ``sources`` is a single text instead of several.
    :raises MissingExtraError: if there are addresses, or files of a kind, whose extra is not installed.

    O(n) in the bytes read. Memory: the texts kept, all that is fetched, and one file or line at a time.
    """
    if isinstance(sources, str | bytes | os.PathLike):
        raise InputError(f"sources must be a list of paths, not {sources!r:.60}: write [{sources!r:.60}]")
    intake = Intake(config or SummaryConfig())
    discovery = Discovery(intake, tuple(READERS))
    web = Web(sources, intake, progress)
    n_stdin = 0
    for source in sources:
        if isinstance(source, str) and web.take(source):
            continue
        if source == "-":
            n_stdin += 1
            if n_stdin == 1:
                _read_standard_input(stdin, intake)
            elif n_stdin == 2:
                intake.fail(ReadingError("-", "was given more than once, and can be read only once: give it once"))
            continue
        _read_path(os.fspath(source), discovery, intake)
    return intake.finish()


def collect(
    documents: Iterable[str | Mapping[str, object] | Document | Path], *, config: SummaryConfig | None = None
) -> Reading:
    """Take in what a program gives.

    A ``str`` is a text, never a path; a ``Path`` is a file, a folder or a pattern; a mapping is an article in any
    of the field names of :mod:`summarizer.reading.records`; a :class:`~summarizer.Document` stays as it is, but for
    its id. Nothing is fetched: that is :func:`read_sources`'s. Messages call the first one ``documents[0]``.

    :param config: limits on the number and the length of documents; None for the defaults.
    :return: documents in the order given.
    :raises LimitError: if there are more than ``max_documents``.
    :raises InputError: if ``documents`` is one text, path, article or document instead of several.

    O(n) in the characters given.
    """
    if isinstance(documents, str | bytes | Mapping | Document | os.PathLike):
        kind = type(documents).__name__
        raise InputError(f"documents must be a list of articles, not a single {kind}: put it in a list")
    intake = Intake(config or SummaryConfig())
    discovery = Discovery(intake, tuple(READERS))
    for index, given in enumerate(documents):
        if isinstance(given, Path):
            _read_path(os.fspath(given), discovery, intake)
            continue
        try:
            _take(given, f"documents[{index}]", intake)
        except ReadingError as error:
            intake.fail(error)
    return intake.finish()


def _read_path(source: str, discovery: Discovery, intake: Intake) -> None:
    for found in discovery.find(source):
        read_file(found, intake)


def _read_standard_input(stdin: BinaryIO | None, intake: Intake) -> None:
    stream = stdin if stdin is not None else getattr(sys.stdin, "buffer", None)
    if stream is None:
        intake.fail(ReadingError(NAME, "there is none in this process: give a file"))
    else:
        read_stdin(stream, intake)


def _take(given: object, name: str, intake: Intake) -> None:
    """Take in one object.

    :raises ReadingError: if it is no article.
    """
    if isinstance(given, Document):
        if not isinstance(given.text, str):
            raise ReadingError(name, f"its text is of type {type(given.text).__name__}: give a str")
        intake.add(given, name, declared_id=bool(given.id))
    elif isinstance(given, str):
        add_text(given, Origin(name), intake)
        if _ADDRESS.fullmatch(given):  # nothing is fetched
            intake.warn(f"{name}: {given!r:.200} was taken as a text; to fetch it, give read_sources([{given!r:.200}])")
        elif len(given) <= _MAX_PATH_CHARACTERS and "\n" not in given and given.lower().endswith(tuple(READERS)):
            intake.warn(f"{name}: {given!r} was taken as a text; to read the file, give pathlib.Path({given!r})")
    elif isinstance(given, Mapping):
        notes = Notes(intake, name)
        origin = Origin(name)
        add_record(settle(given, origin, intake), origin, intake, notes)
        notes.close()
    else:
        raise ReadingError(
            name, f"is of type {type(given).__name__}: give a text, a mapping, a Document or a pathlib.Path"
        )
