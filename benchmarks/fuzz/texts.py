"""What the fuzzer does with text: cleaning, segmentation, quantities, dates, queries, escaping, addresses, states."""

from __future__ import annotations

import math
import tempfile
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from benchmarks.fuzz.readers import require
from summarizer.briefing import escaping
from summarizer.cleaning import clean
from summarizer.datatypes import Document, Passage
from summarizer.dates import read_dates, resolve
from summarizer.errors import InputError, ReadingError
from summarizer.fetching.targets import MAX_CHARACTERS, Target, follow, read_target
from summarizer.quantities import Quantity, Span, read_quantities, tokenize
from summarizer.questions import read_query
from summarizer.segmentation import segment
from summarizer.updates import read_state

LANGUAGES: Final = ("en", "de", "fr", "es", "zh", "ar", "hi", "ja", None, "xx")
_LIMITS: Final = (1_000, 1_000, 200, 40, 1)
_DATES: Final = (None, "2024-02-29", "2024-12-31T23:59:00+02:00", "0001-01-01", "9999-12-31", "x")
_CONTEXT: Final = ("measure", "entity", "basis", "period", "direction", "modality", "attribution")
_INVISIBLE: Final = ("\u202e", "\u200b", "\ufeff", "\x1b", "\x00", "\n", "\U000e0041")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def clean_and_segment(data: bytes) -> None:
    """Clean a document and part it into sentences: two bytes are settings, the rest is its text."""
    if len(data) < 2:
        return
    text, language = _text(data[2:]), LANGUAGES[data[0] % len(LANGUAGES)]
    dropped = (Passage(0, min(len(text), 5), "header"),) if data[1] & 8 and text else ()
    given = Document(text, "d", title="A headline" if data[1] & 16 else None, language=language, dropped=dropped)
    document = clean(given)
    require(document.text == text, "no stage changes a text")
    for passages in (document.dropped, document.opinion):
        end = 0
        for passage in passages:
            require(end <= passage.start < passage.end <= len(text), "passages are sorted, disjoint and inside")
            require(passage.reason, "every passage has its reason")
            end = passage.end
    limit = _LIMITS[data[1] % len(_LIMITS)]
    sentences, warnings = segment(document, max_characters=limit)
    end = 0
    for index, sentence in enumerate(sentences):
        require(text[sentence.start : sentence.end] == sentence.text, "offsets give the sentence back")
        require(end <= sentence.start < sentence.end, "sentences are in order and apart")
        require(sentence.position == index and sentence.document_id == "d", "sentences are numbered")
        require(len(sentence.text) <= limit, "no sentence is over the limit")
        require(sentence.text.strip() == sentence.text, "no sentence has blanks at its ends")
        require(any(map(str.isalnum, sentence.text)), "every sentence holds a letter or digit")
        require(
            not any(passage.start < sentence.end and sentence.start < passage.end for passage in document.dropped),
            "no sentence meets what was dropped",
        )
        end = sentence.end
    require(all(map(str.isprintable, warnings)), "warnings are plain")


def read_figures_and_dates(data: bytes) -> None:
    """Read the quantities and the dates of a sentence; one byte is the date of its article."""
    if not data:
        return
    text, published = _text(data[1:]), _DATES[data[0] % len(_DATES)]
    for token in tokenize(text):
        require(0 <= token.start < token.end <= len(text), "tokens are inside the text")
    last = 0
    for quantity in read_quantities(text):
        _check_quantity(quantity, text)
        require(quantity.start >= last, "quantities are in order")
        last = quantity.start
    last = 0
    for mention in read_dates(text):
        require(last <= mention.start < mention.end <= len(text), "dates are in order, apart and inside")
        require(mention.name, "every date has a name")
        last = mention.end
        days = resolve(mention, published)
        if days is not None:
            first, final = date.fromisoformat(days.first), date.fromisoformat(days.last)
            require(first <= final, "days run forward")


def _check_quantity(quantity: Quantity, text: str) -> None:
    require(0 <= quantity.start < quantity.end <= len(text), "a figure is inside the text")
    require(not math.isnan(quantity.low) and not math.isnan(quantity.high), "a figure is a number")
    require(quantity.low <= quantity.high, "an interval runs forward")
    require(quantity.slack >= 0, "slack is not negative")
    value = quantity.value
    require(value is None or math.isfinite(value), "a value is finite")
    number = quantity.number
    require(quantity.start <= number.start < number.end <= quantity.end, "the number is inside its figure")
    spans: list[Span | None] = [quantity.unit, *(getattr(quantity, name) for name in _CONTEXT)]
    for span in spans:
        require(span is None or 0 <= span.start <= span.end <= len(text), "what a figure is of is inside the text")


def read_question(data: bytes) -> None:
    """Read a query; one byte is the language of the sources."""
    if not data:
        return
    parts = read_query(_text(data[1:]), (LANGUAGES[data[0] % len(LANGUAGES)] or "en",))
    require(parts, "a query has at least one part")
    for part in parts:
        require(all(asked.text and asked.forms for asked in part.asked), "what is asked for has a form")


def escape(data: bytes) -> None:
    """Escape a text for Markdown and look whether two parsers find anything but text in it; show it to a reader."""
    text = _text(data)
    shown = escaping.display(text)
    require(not any(character in shown for character in _INVISIBLE), "nothing invisible is shown")
    require(escaping.display(shown) == shown, "what is shown stays as it is")
    for line in (escaping.markdown(text), escaping.code_span(text)):
        require("\n" not in line and "\r" not in line, "one line stays one line")
        _check_markdown(line, shown)
    cell = escaping.table_cell(text)
    _check_markdown(f"| head | tail |\n|---|---|\n| {cell} | end |", None)
    revealed = escaping.reveal(text)
    require(not any(mark in piece for piece, _ in revealed for mark in ("\u202e", "\x1b", "\x00")), "nothing hides")
    url = shown.strip()
    require(not escaping.is_linkable(url) or urlsplit(url).scheme.lower() in ("http", "https"), "links are of the web")


class _Tags(HTMLParser):
    """What a browser would make of HTML: its elements, and its text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.words: list[str] = []
        self.cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.cells += tag == "td"

    def handle_data(self, data: str) -> None:
        self.words.append(data)


_ALLOWED: Final = {"p", "code", "table", "thead", "tbody", "tr", "th", "td"}


def _check_markdown(source: str, words: str | None) -> None:
    """Render Markdown and look at what it became.

    :param words: what a reader has to see; None if it is a row of two cells.
    """
    for name, render in _parsers():
        page = _Tags()
        page.feed(render(source))
        page.close()
        require(page.tags <= _ALLOWED, f"{name} finds no markup in what is escaped")
        if words is None:
            require(page.cells == 2, f"{name} finds the cells that are there")
        else:
            require(" ".join("".join(page.words).split()) == words, f"{name} shows the words that were given")


def _parsers() -> list[tuple[str, Any]]:
    if not _PARSERS:
        import mistune
        from markdown_it import MarkdownIt

        plugins = ["strikethrough", "footnotes", "table", "url", "task_lists", "def_list", "abbr", "mark", "math"]
        _PARSERS.append(("markdown-it", MarkdownIt("gfm-like").render))
        _PARSERS.append(("mistune", mistune.create_markdown(escape=False, plugins=plugins)))
    return _PARSERS


_PARSERS: Final[list[tuple[str, Any]]] = []


def read_address(data: bytes) -> None:
    """Read an address, and follow one from it."""
    url = _text(data)
    try:
        target = read_target(url)
    except ReadingError as error:
        require(len(str(error)) < 2 * MAX_CHARACTERS + 500, "a message can be read")
        return
    _check_target(target)
    try:
        _check_target(follow(target, url[::-1]))
        _check_target(follow(target, url.partition("//")[2]))
    except ReadingError:
        return


def _check_target(target: Target) -> None:
    require(target.scheme in ("http", "https") and 0 < target.port < 65_536, "scheme and port are of the web")
    require(target.host and target.host.isascii() and target.host == target.host.lower(), "a host is plain")
    require(target.path.startswith("/") and target.path.isascii() and target.path.isprintable(), "a path is plain")
    require(" " not in target.path and "#" not in target.path.partition("?")[0], "a path holds no blank or fragment")
    require(target.address is not None or not target.host.rpartition(".")[2].isdecimal(), "numbers are addresses")
    if len(target.url) <= MAX_CHARACTERS:
        require(read_target(target.url) == target, "an address is read the same again")
        require((urlsplit(target.url).hostname or "") == target.host, "the standard library reads the same host")


def read_state_file(data: bytes) -> None:
    """Read bytes as what an earlier run left behind."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "state.json")
        path.write_bytes(data)
        try:
            state = read_state(path)
        except InputError as error:
            require(str(error), "an error says what is wrong")
            return
    known = state.sentences
    require(len(known.owner) == len(known.start) == len(known.end) == len(known.texts), "columns are of one length")
    for index in range(len(known)):
        state.snippet(index)
