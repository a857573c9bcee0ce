"""PDF to text: runs in the worker, see :mod:`summarizer.reading.worker`.

A PDF file holds lines, not paragraphs. They are joined where a sentence goes on, words parted at the end of a line
are made whole, and lines that stand at the top or the bottom of most pages are left out.
"""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final

from summarizer.errors import ReadingError
from summarizer.reading.shapeless import strip_shapeless

#: Lines at either end of a page among which headers and footers are looked for.
_EDGE_LINES: Final = 3
#: Pages from which a line can be told to repeat.
_MIN_PAGES: Final = 3
_HEADER_WORDS: Final = 8
_DIGITS: Final = re.compile(r"\d+")
_PAGE_NUMBER: Final = re.compile(
    r"(?:page\s*+)?[-–—|\s]*+\d{1,4}(?:\s*+(?:/|of|von|sur|de)\s*+\d{1,4})?[-–—|\s]*+", re.IGNORECASE
)
_PARTED: Final = re.compile(r"[^\W\d_][-\u2010]\Z")
_SENTENCE_END: Final = re.compile(r"[.!?…:][\"”’'»)\]]{0,3}\Z")
_ITEM: Final = re.compile(r"(?:[•‣▪●*–—]|\d{1,2}[.)])\s")
#: Share of the usual length below which a line that ends a sentence ends its paragraph.
_SHORT_LINE: Final = 0.8
#: Letters a page from which it holds text rather than a number on a scan.
_MIN_LETTERS: Final = 20
_FILE_NAME: Final = re.compile(
    r"\.(?:docx?|pdf|indd|odt|rtf|tex|qxd|pages|pptx?|xlsx?)\Z|\A(?:untitled|microsoft word)", re.I
)


def run_pdf(data: bytes, request: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Answer a request for the text of a PDF file; its option is ``max_pages``."""
    import pypdf

    name = request["name"]
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        _unlock(reader, name)
        n_pages = len(reader.pages)
        if n_pages > request["max_pages"]:
            raise ReadingError(
                name,
                f"has {n_pages} pages, over the limit of {request['max_pages']}: split it, or raise max_pdf_pages "
                "(--max-pdf-pages)",
            )
        pages = [page.extract_text() for page in reader.pages]
        metadata = reader.metadata
        fields = _declared(metadata) if metadata else {}
    except pypdf.errors.PyPdfError as error:
        words = " ".join(str(error).split())
        raise ReadingError(name, f"is damaged ({words[:100]}): fetch it again, or give its text") from None
    text = join_pages([page.splitlines() for page in pages])
    if sum(map(str.isalpha, text)) < _MIN_LETTERS:
        raise ReadingError(
            name, f"holds no text on its {n_pages} pages, only pictures: run OCR on it, and give the result"
        )
    yield {"article": {**fields, "text": text}}


def join_pages(pages: Sequence[Sequence[str]]) -> str:
    """Make paragraphs of the lines of pages, with blank lines between them.

    :param pages: the lines of each page.

    O(n).
    """
    cleaned = [[" ".join(strip_shapeless(line.replace("\u00ad", "\u2010")).split()) for line in page] for page in pages]
    lines = [line for page in _strip_edges(cleaned) for line in page]
    lengths = sorted(len(line) for line in lines if line)
    usual = lengths[len(lengths) * 3 // 4] if lengths else 0
    paragraphs: list[list[str]] = []
    open_paragraph, ended, last_length = False, False, 0
    for line in lines:
        if not line:
            # Between pages and in wide settings a blank line stands within sentences, too.
            open_paragraph = open_paragraph and not ended and last_length >= usual / 2
            continue
        if open_paragraph and not _ITEM.match(line):
            _append(paragraphs[-1], line)
        else:
            paragraphs.append([line])
        last_length = len(line)
        ended = bool(_SENTENCE_END.search(line))
        open_paragraph = bool(_PARTED.search(line)) or (
            not (ended and last_length < _SHORT_LINE * usual) and last_length >= usual / 2
        )
    return "\n\n".join("".join(parts) for parts in paragraphs)


def _append(parts: list[str], line: str) -> None:
    """Add a line to a paragraph; a word that was parted loses its hyphen if it goes on in lower case."""
    parted = _PARTED.search(parts[-1])
    if parted and line[0].islower():
        parts[-1] = parts[-1][:-1]
    parts.append(line if parted else f" {line}")


def _strip_edges(pages: Sequence[list[str]]) -> list[list[str]]:
    """Leave out page numbers, and lines that stand at the edge of more than half of the pages."""
    edges: Counter[str] = Counter()
    for page in pages:
        edges.update(sorted({_mask(page[index]) for index in _edge(page)}))
    often = {line for line, n in edges.items() if len(pages) >= _MIN_PAGES and n > len(pages) / 2}
    kept = []
    for page in pages:
        edge = set(_edge(page))
        kept.append(
            [
                line
                for index, line in enumerate(page)
                if index not in edge or not (_mask(line) in often or _PAGE_NUMBER.fullmatch(line))
            ]
        )
    return kept


def _mask(line: str) -> str:
    """Make headers alike that differ by their numbers; a longer line is text, and the same only if it is the same."""
    return _DIGITS.sub("#", line) if len(line.split()) <= _HEADER_WORDS else line


def _edge(page: Sequence[str]) -> list[int]:
    """Give the places of the first and the last lines of a page that are not blank."""
    full = [index for index, line in enumerate(page) if line]
    return sorted({*full[:_EDGE_LINES], *full[-_EDGE_LINES:]})


def _unlock(reader: Any, name: str) -> None:  # noqa: ANN401
    """Open a file that is encrypted without a password, as many are that forbid only printing.

    :raises ReadingError: if it needs one.
    """
    if not reader.is_encrypted:
        return
    try:
        opened = reader.decrypt("")
    except Exception:  # the ciphers are in a library that is not needed for anything else
        opened = 0
    if not opened:
        raise ReadingError(name, "is encrypted: save a copy without a password, or give its text")


def _declared(metadata: Any) -> dict[str, Any]:  # noqa: ANN401
    """Give title and day. The day a file was made is near that of publication but not declared to be it."""
    fields: dict[str, Any] = {"inferred": []}
    title = metadata.title
    if isinstance(title, str) and title.strip() and not _FILE_NAME.search(title.strip()):
        fields["title"] = " ".join(strip_shapeless(title).split())
    try:
        created = metadata.creation_date
    except (ValueError, TypeError, AttributeError):
        created = None
    if created is not None:
        fields.update(published=created.date().isoformat(), inferred=["published"])
    return fields
