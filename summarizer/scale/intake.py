"""The first stage: a piece of the archive to articles, each with what copies and events are found by.

An article that cannot be read, or that a stage cannot take, is named in ``failed.jsonl`` of its folder with the reason,
and the others go on. One that ends the process that reads it is passed over when the piece is read again.
"""

from __future__ import annotations

import dataclasses
import re
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from summarizer.cleaning import clean
from summarizer.datatypes import Document
from summarizer.errors import InputError, ReadingError, SummarizerError
from summarizer.language import detect_language
from summarizer.reading.intake import Intake
from summarizer.reading.sizes import is_too_short
from summarizer.scale.describing import describe
from summarizer.scale.limits import TooLongError, at_most
from summarizer.scale.lines import digest_lines
from summarizer.scale.moments import day_of, moment_of
from summarizer.scale.pieces import Piece
from summarizer.scale.planning import plan_archive
from summarizer.scale.rows import read_piece
from summarizer.scale.shelving import Entry, write_entries
from summarizer.scale.sketching import sketch_article
from summarizer.scale.store import write_lines
from summarizer.scale.tasks import Work

__all__ = ["plan_archive", "read_articles"]

_NO_LIMIT: Final = 2**62
_CODE: Final = re.compile(r"[a-z]{2,8}")
#: What stands for a language that is not known, in ISO 639-2.
_UNKNOWN: Final = "und"
_SHORT: Final = "has not enough text to be an article: give the whole text"
_KILLED: Final = (
    "ended the process that read it, more than once, or took far longer than article_seconds: read it alone to see why"
)


def read_articles(work: Work) -> dict[str, int]:
    """Read the pieces of a task.

    Written are ``articles``, ``sketches``, ``descriptions``, ``ids`` and ``lines``, a row group a day; ``days`` says
    which; what gave no article is in ``failed``, and what was interpreted in ``notes``.

    :return: ``articles``, ``failed``, ``notes``, ``characters``.
    :raises InputError: if a file has changed since the task was planned.

    Memory: the texts of one piece, which hold ``articles_per_task`` articles, and one row.
    """
    shelf = _Shelf(work)
    for source, reason in work.task.payload.get("failures", []):
        shelf.fail(ReadingError(source, reason))
    for note in work.task.payload.get("notes", []):
        shelf.warn(note)
    for number, fields in enumerate(work.task.payload.get("pieces", [])):
        shelf.read(Piece(**fields), number)
    write_entries(work.out, shelf.entries)
    write_lines(work.out, "failed", shelf.failed)
    notes = [{"note": note} for note in shelf.finish().warnings]
    write_lines(work.out, "notes", notes)
    return {
        "articles": len(shelf.entries),
        "failed": len(shelf.failed),
        "notes": len(notes),
        "characters": sum(len(entry.document.text) for entry in shelf.entries),
    }


class _Shelf(Intake):
    """Takes articles in as they are read, and describes each at once.

    Items are numbered by articles and rows from 0 on; reading the k-th piece in between is item ``-1 - k``.
    """

    lists_skipped = True

    def __init__(self, work: Work) -> None:
        # The limit on documents is one of briefings.
        super().__init__(dataclasses.replace(work.settings.summary, max_documents=_NO_LIMIT))
        self.entries: list[Entry] = []
        self.failed: list[dict[str, Any]] = []
        self._work = work
        self._n_items = 0
        self._piece = 0
        self._in_row = False

    def read(self, piece: Piece, number: int) -> None:
        """Read a piece."""
        self._piece = -1 - number
        if self._piece in self._work.skip:
            self.fail(ReadingError(piece.name, _KILLED))
            return
        if not Path(piece.path).is_file():
            raise InputError(f"{piece.name}: is no longer there: start the run again")
        self._work.at(self._piece)
        try:
            read_piece(piece, self, self._attempt)
        except ReadingError as error:
            self.fail(error)

    def fail(self, error: ReadingError) -> None:
        """Note what gave no article, and why."""
        super().fail(error)
        self.failed.append({"place": _printable(error.source), "reason": _printable(error.reason)})

    def skip(self, error: ReadingError) -> None:
        """Note what part of a source gave no article, and why."""
        self.fail(error)

    def add(self, document: Document, name: str, *, declared_id: bool = False) -> None:
        """Take an article in and describe it; what goes wrong there is noted.

        :raises ReadingError: as of every intake.
        """
        if is_too_short(document.text):
            raise ReadingError(name, _SHORT)
        super().add(document, name, declared_id=declared_id)
        document = self.documents[-1]

        def shelve() -> None:
            self.entries.append(self._describe(document, declared=declared_id))

        if self._in_row:
            shelve()
        else:
            self._item(name, shelve)

    def _attempt(self, number: int, name: str, take: Callable[[], None]) -> None:
        """Read a row that is known by its number in its file."""
        del number

        def inside() -> None:
            self._in_row = True
            try:
                take()
            finally:
                self._in_row = False

        self._item(name, inside)

    def _item(self, name: str, take: Callable[[], None]) -> None:
        """Do something that may go wrong in any way; then it is noted and nothing else is lost."""
        number, self._n_items = self._n_items, self._n_items + 1
        if number in self._work.skip:
            self.fail(ReadingError(name, _KILLED))
            return
        self._work.at(number)
        n_entries = len(self.entries)
        try:
            with at_most(self._work.settings.scale.article_seconds, "article_seconds"):
                take()
        except ReadingError as error:
            self.fail(error)
        except TooLongError as error:
            del self.entries[n_entries:]
            self.fail(ReadingError(name, f"{error}: read it alone to see why"))
        except MemoryError:  # it may be the worker that lacks it, and not this article that asks too much
            raise
        except Exception as error:  # whatever a stage makes of a text that nobody thought of
            del self.entries[n_entries:]
            self.fail(ReadingError(name, _reason(error)))
        self._work.at(self._piece)

    def _describe(self, document: Document, *, declared: bool) -> Entry:
        if document.language is None:
            found = self.config.language or detect_language(document.text)
            inferred = document.inferred if self.config.language or not found else (*document.inferred, "language")
            document = dataclasses.replace(document, language=found, inferred=inferred)
        cleaned = clean(document)
        at = moment_of(cleaned.published)
        code = _CODE.match((document.language or _UNKNOWN).lower())
        day = day_of(code[0] if code else _UNKNOWN, at)
        sketch, description = sketch_article(cleaned), describe(cleaned)
        return Entry.of(document, day, at, sketch, description, digest_lines(cleaned), declared=declared)


def _reason(error: Exception) -> str:
    """Say what went wrong without the text in which it did: messages of libraries quote it."""
    if isinstance(error, SummarizerError):
        return str(error)
    frames = traceback.extract_tb(error.__traceback__)
    place = f" in {Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else ""
    return f"was not understood ({type(error).__name__}{place}): please report it"


def _printable(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()
