"""Where everything that was read, skipped or refused is gathered, and checked against the limits."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from typing import Any, Final

from summarizer.config import SummaryConfig
from summarizer.datatypes import Document
from summarizer.errors import LimitError, ReadingError
from summarizer.reading.identity import resolve_ids

#: Warnings about one file before the rest are only counted: a wrong million-line file must not flood the terminal.
MAX_NOTES: Final = 20

_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_REPLACEABLE: Final = ("text", "id", "title", "source", "url", "published", "language")


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading.

    :param documents: the articles in the order given, each with a unique id.
    :param warnings: what was skipped or had to be interpreted, each naming its place.
    :param failures: sources that gave nothing, each with the reason and the remedy.
    :param n_skipped: parts of sources, such as lines, that gave no article beside others that did; each is in
        the warnings, or counted there.
    """

    documents: tuple[Document, ...]
    warnings: tuple[str, ...]
    failures: tuple[ReadingError, ...]
    n_skipped: int = 0


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an article comes from.

    :param name: how messages call it: the path as the user gave it, with the line where there is one.
    :param id: the id of the article if it declares none; empty for one made from the content.
    """

    name: str
    id: str = ""


def replace_surrogates(text: str) -> str:
    """Replace each lone surrogate by U+FFFD, so that the text can be encoded; the length stays the same.

    O(n).
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text)
    return text


class Notes:
    """Warnings about one file: the first :data:`MAX_NOTES` as they are, the others as a number."""

    def __init__(self, intake: Intake, name: str) -> None:
        self._intake, self._name, self._n_notes = intake, name, 0

    def add(self, message: str) -> None:
        """Pass a warning on, or count it."""
        self._n_notes += 1
        if self._n_notes <= MAX_NOTES:
            self._intake.warn(message)

    def skip(self, error: ReadingError) -> None:
        """Pass on that a part of the source gave no article, as a warning where the intake does not list these."""
        self._intake.n_skipped += 1
        if self._intake.lists_skipped:
            self._intake.skip(error)
        else:
            self.add(str(error))

    @property
    def lists_skipped(self) -> bool:
        """Whether the intake wants to know each part that gave no article."""
        return self._intake.lists_skipped

    def close(self) -> None:
        """Tell how many warnings were only counted."""
        if self._n_notes > MAX_NOTES:
            self._intake.warn(f"{self._name}: {self._n_notes - MAX_NOTES} more warnings about this file are not shown")


class Intake:
    """Documents, warnings and failures of one reading.

    :param config: the limits on the number and the length of the documents.
    """

    #: Whether :meth:`skip` is told each part of a source that gave no article, rather than a warning being kept.
    lists_skipped = False
    #: Parts of sources that gave no article.
    n_skipped = 0

    def __init__(self, config: SummaryConfig) -> None:
        self.config = config
        self.documents: list[Document] = []
        self._declared_ids: list[str] = []
        self._warnings: list[str] = []
        self._failures: list[ReadingError] = []

    def warn(self, message: str) -> None:
        """Keep a warning; a file name that is not valid text is made printable."""
        self._warnings.append(replace_surrogates(message))

    def skip(self, error: ReadingError) -> None:
        """Keep the reason why a part of a source gave no article."""
        self.warn(str(error))

    def fail(self, error: ReadingError) -> None:
        """Keep the reason why a source gave nothing."""
        self._failures.append(ReadingError(replace_surrogates(error.source), replace_surrogates(error.reason)))

    def add(self, document: Document, name: str, *, declared_id: bool = False) -> None:
        """Take a document in, if it holds words and is not too long.

        :param name: how messages call it.
        :param declared_id: whether the id was given by the user, rather than made from the file name.
        :raises ReadingError: if it is empty, holds no words, or is over ``max_document_characters``.
        :raises LimitError: if it is one more than ``max_documents``.
        """
        check_text(document.text, name, self.config)
        if len(self.documents) >= self.config.max_documents:
            raise LimitError(
                f"{name}: more than {self.config.max_documents} documents, the limit for one briefing: give fewer, "
                "or raise max_documents (--max-documents)"
            )
        replaced: dict[str, Any] = {
            field: clean
            for field in _REPLACEABLE
            if isinstance(value := getattr(document, field), str) and (clean := replace_surrogates(value)) != value
        }
        if replaced:
            self.warn(f"{name}: lone surrogates in {', '.join(replaced)} were replaced by U+FFFD")
            document = dataclasses.replace(document, **replaced)
        self.documents.append(document)
        if declared_id:
            self._declared_ids.append(document.id)

    def finish(self) -> Reading:
        """Give every document its final id and close the reading."""
        documents, clashes = resolve_ids(self.documents)
        given = sorted({id_ for id_ in self._declared_ids if id_ in clashes})
        for id_ in given:
            self.warn(
                f"the id {id_!r} was given to {clashes[id_]} documents; the later ones became '{id_}-2' and so on"
            )
        return Reading(tuple(documents), tuple(self._warnings), tuple(self._failures), self.n_skipped)


def check_text(text: str, name: str, config: SummaryConfig) -> None:
    """Refuse a text that cannot be summarized.

    :raises ReadingError: if it is empty, holds no letter or digit, or is over ``max_document_characters``.
    """
    if len(text) > config.max_document_characters:
        raise ReadingError(
            name,
            f"holds {len(text)} characters, over the limit of {config.max_document_characters}: split it, or raise "
            "max_document_characters (--max-document-characters)",
        )
    if not text.strip():
        raise ReadingError(name, "is empty: give an article with text")
    if not any(map(str.isalnum, text)):
        raise ReadingError(name, "holds no words: give an article with text")
