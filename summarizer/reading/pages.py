"""Pages, feeds, PDF files and web archives into the intake: the side of this process, the worker being the other.

From here on a document's text is what was extracted, and offsets point into that: a page has no other text to cite.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from contextlib import closing
from typing import Any, BinaryIO, Final

from summarizer.errors import ReadingError
from summarizer.reading.extraction import WORKER
from summarizer.reading.intake import Intake, Notes, Origin
from summarizer.reading.kinds import SNIFFED_BYTES, Kind, sniff
from summarizer.reading.records import add_record
from summarizer.reading.signatures import refuse_magic
from summarizer.reading.sizes import is_too_short, read_whole, refuse_size

_SHOWN_ENTRIES: Final = 3


def add_page(data: bytes, origin: Origin, intake: Intake, *, url: str | None = None, charset: str = "") -> None:
    """Take in the article of a page.

    :param url: where the page was found, if that is known; else what it declares counts.
    :param charset: the encoding that the sender declared, if one did.
    :raises ReadingError: if it is over ``max_html_bytes``, holds no article, or takes over ``extraction_seconds``.
    :raises LimitError: if it is one document too many.
    """
    _refuse_over(data, intake.config.max_html_bytes, origin, "max_html_bytes")
    _add_alone("page", data, origin, intake, url=url, charset=charset)


def add_pdf(data: bytes, origin: Origin, intake: Intake, *, url: str | None = None) -> None:
    """Take in the text of a PDF file.

    :param url: where the file was found, if that is known.
    :raises ReadingError: if it is over ``max_pdf_bytes`` or ``max_pdf_pages``, encrypted, damaged, without text, or
        takes over ``extraction_seconds``.
    :raises LimitError: if it is one document too many.
    """
    _refuse_over(data, intake.config.max_pdf_bytes, origin, "max_pdf_bytes")
    if b"%PDF-" not in data[:1024]:
        raise ReadingError(origin.name, "is no PDF file, whatever its name says: check it, or fetch it again")
    _add_alone("pdf", data, origin, intake, max_pages=intake.config.max_pdf_pages, url=url)


def add_feed(data: bytes, origin: Origin, intake: Intake) -> None:
    """Take in the entries of an RSS or Atom feed that have a text; the others are counted in one warning.

    :raises ReadingError: if it is over ``max_feed_bytes``, is no feed, or no entry has a text.
    :raises LimitError: if it holds one document too many.
    """
    _refuse_over(data, intake.config.max_feed_bytes, origin, "max_feed_bytes")
    _add_many("feed", data, origin, intake, "entry", max_entries=intake.config.max_feed_entries)


def read_page(stream: BinaryIO, size: int, origin: Origin, intake: Intake) -> None:
    """Take in a file that is a page, see :func:`add_page`."""
    head = stream.read(SNIFFED_BYTES)
    refuse_magic(head, origin.name)
    limit = intake.config.max_html_bytes
    add_page(read_whole(stream, size, limit, origin, "max_html_bytes", head=head), origin, intake)


def read_feed(stream: BinaryIO, size: int, origin: Origin, intake: Intake) -> None:
    """Take in a file that is a feed, see :func:`add_feed`."""
    head = stream.read(SNIFFED_BYTES)
    refuse_magic(head, origin.name)
    limit = intake.config.max_feed_bytes
    add_feed(read_whole(stream, size, limit, origin, "max_feed_bytes", head=head), origin, intake)


def read_xml(stream: BinaryIO, size: int, origin: Origin, intake: Intake) -> None:
    """Take in an XML file that is a feed or a page.

    :raises ReadingError: if it is something else, or gives nothing.
    """
    head = stream.read(SNIFFED_BYTES)
    stream.seek(0)
    kind = sniff(head)
    if kind == "page":
        read_page(stream, size, origin, intake)
    elif kind == "feed" or not head.strip() or b"<" not in head:
        read_feed(stream, size, origin, intake)
    else:
        refuse_magic(head, origin.name)
        raise ReadingError(
            origin.name, "is XML but neither a feed (RSS, Atom) nor a page: give the articles as JSONL or text"
        )


def read_pdf(stream: BinaryIO, size: int, origin: Origin, intake: Intake) -> None:
    """Take in a PDF file, see :func:`add_pdf`."""
    add_pdf(read_whole(stream, size, intake.config.max_pdf_bytes, origin, "max_pdf_bytes"), origin, intake)


def read_archive(
    stream: BinaryIO, size: int, origin: Origin, intake: Intake, *, share: tuple[int, int] = (0, 1)
) -> None:
    """Take in the pages of a web archive; the worker reads it from its path, as a stream.

    :param share: which records: those whose number leaves the first when divided by the second; all by default.
    :raises ReadingError: if no page of it gives an article.
    :raises LimitError: if it holds one document too many.
    """
    path = os.path.abspath(os.fsdecode(getattr(stream, "name", origin.name)))
    limits = {"max_bytes": intake.config.max_html_bytes, "max_ratio": intake.config.max_ratio}
    _add_many("archive", b"", origin, intake, "record", path=path, size=size, share=share, **limits)


def fragments(markups: Sequence[str], origin: Origin, intake: Intake) -> list[str]:
    """Give the texts of pieces of HTML, each an article; an empty one where there are no words.

    :raises ReadingError: if one cannot be read.
    """
    data = json.dumps(markups).encode()
    answers = WORKER.run("fragment", origin.name, intake.config.extraction_seconds, data)
    with closing(answers):
        return [answer["article"]["text"] for answer in answers if "article" in answer]


#: How what :func:`~summarizer.reading.kinds.sniff` tells is taken in, as bytes and from an open file.
ADDERS: Final = {"page": add_page, "feed": add_feed, "pdf": add_pdf}
BY_KIND: Final = {"page": read_page, "feed": read_feed, "pdf": read_pdf, "archive": read_archive}


def byte_limit(kind: Kind, intake: Intake) -> tuple[int, str]:
    """Give the limit on the size of one kind, and the name of its setting."""
    setting = {"page": "max_html_bytes", "feed": "max_feed_bytes", "pdf": "max_pdf_bytes"}[kind]
    return getattr(intake.config, setting), setting


def _refuse_over(data: bytes, limit: int, origin: Origin, setting: str) -> None:
    if len(data) > limit:
        refuse_size(len(data), limit, origin.name, setting)


def _add_alone(
    kind: str,
    data: bytes,
    origin: Origin,
    intake: Intake,
    *,
    url: str | None = None,
    **options: Any,  # noqa: ANN401
) -> None:
    notes = Notes(intake, origin.name)
    answers = WORKER.run(kind, origin.name, intake.config.extraction_seconds, data, url=url, **options)
    with closing(answers):
        for answer in answers:
            if "note" in answer:
                notes.add(answer["note"])
            else:
                _add(answer["article"] if url is None else {**answer["article"], "url": url}, origin, intake, notes)
    notes.close()


def _add_many(kind: str, data: bytes, origin: Origin, intake: Intake, part: str, **options: Any) -> None:  # noqa: ANN401
    """Take in articles one by one; where reading breaks off, those before that place stay, with a warning."""
    notes, n_before = Notes(intake, origin.name), len(intake.documents)
    short = Short(origin.name, part)
    broken: ReadingError | None = None
    answers = WORKER.run(kind, origin.name, intake.config.extraction_seconds, data, **options)
    with closing(answers):
        try:
            for answer in answers:
                if "place" in answer:
                    notes.skip(ReadingError(answer["place"], answer["reason"]))
                    continue
                if "note" in answer:
                    notes.add(answer["note"])
                    continue
                article = answer["article"]
                if short.holds(article["text"], f"{part} {article['number']}"):
                    continue
                place = Origin(f"{origin.name} {part} {article['number']}", f"{origin.id}:{article['number']}")
                try:
                    _add(article, place, intake, notes)
                except ReadingError as error:
                    notes.skip(error)
        except ReadingError as error:
            broken = error
    short.warn(notes)
    notes.close()
    if len(intake.documents) == n_before:
        raise broken or ReadingError(
            origin.name, f"no {part} of it gave an article: give the articles as pages or text (the warnings say more)"
        )
    if broken:
        intake.warn(f"{broken} (the {len(intake.documents) - n_before} articles before that place were read)")


def _add(article: Mapping[str, Any], place: Origin, intake: Intake, notes: Notes) -> None:
    inferred = tuple(article.get("inferred", ()))
    add_record({key: value for key, value in article.items() if key != "id"}, place, intake, notes, inferred=inferred)


class Short:
    """Entries without enough text to be cited, which one warning counts.

    :param name: how messages call the feed.
    :param part: how messages call one of its entries.
    """

    def __init__(self, name: str, part: str) -> None:
        self._name, self._part = name, part
        self._places: list[str] = []

    def holds(self, text: str, place: str) -> bool:
        """Tell whether a text is too short, and count it."""
        if not is_too_short(text):
            return False
        self._places.append(place)
        return True

    def warn(self, notes: Notes) -> None:
        """Tell how many there were, and which came first."""
        n_entries, shown = len(self._places), ", ".join(self._places[:_SHOWN_ENTRIES])
        if notes.lists_skipped:
            for place in self._places:
                notes.skip(ReadingError(f"{self._name} {place}", "has not enough text: give the page it links to"))
        elif n_entries:
            more = ", …" if n_entries > _SHOWN_ENTRIES else ""
            was = "was" if n_entries == 1 else "were"
            notes.add(
                f"{self._name}: {n_entries} without enough text {was} left out ({shown}{more}): "
                "give the pages they link to"
            )
