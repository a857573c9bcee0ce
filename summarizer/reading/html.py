"""A page, or a piece of one, to the text of its article: runs in the worker, :mod:`summarizer.reading.worker`."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any, Final

from summarizer.errors import ReadingError
from summarizer.reading.encoding import Decoded, decode
from summarizer.reading.hidden import strip_hidden
from summarizer.reading.metadata import read_metadata
from summarizer.reading.shapeless import strip_shapeless
from summarizer.reading.sizes import is_too_short

#: Browsers look no further for a declared encoding.
_HEAD_BYTES: Final = 1024
_CHARSET: Final = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{1,40})""", re.I
)
#: What browsers take a declared name for: the wider set of which it is a part.
_WIDER: Final = {
    **{"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030"},
    **{"shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs", "iso8859-11": "cp874", "tis-620": "cp874"},
    # A page that can be searched for its declaration is not in these, whatever it says.
    **{"utf-16": "utf-8", "utf-16-le": "utf-8", "utf-16-be": "utf-8", "utf-32": "utf-8", "utf-7": "utf-8"},
}
#: What no tree holds: one of them makes the library that finds the article give up on a page.
_NOT_XML: Final = re.compile("[\\x00-\\x08\\x0b\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f\ufffe\uffff]")
_REFERENCE: Final = re.compile(r"&#(x[0-9a-f]{1,6}|[0-9]{1,7});?", re.IGNORECASE)
#: Words of one cell from which a table holds prose: figures and names have fewer.
_PROSE_WORDS: Final = 25
_TABLE_PARTS: Final = ("table", "tbody", "thead", "tfoot", "tr", "td", "th", "caption", "colgroup", "col")
_BLOCKS: Final = frozenset(
    "address article aside blockquote br center dd details div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 "
    "header hr html body li main ol p pre section summary table tbody td th thead tr ul".split()
)
#: Parts of a fragment that are not the article.
_BESIDE: Final = ("figcaption", "nav", "footer", "aside", "table")


def decode_page(data: bytes, name: str, charset: str = "") -> Decoded:
    """Turn the bytes of a page into text.

    A byte order mark decides, then UTF-8 that holds throughout, then what the sender or the page declares, then
    :func:`~summarizer.reading.encoding.decode`. UTF-8 goes first: it does not hold by chance, and declarations lie.

    :param charset: what the sender declared, if it did.
    :raises ReadingError: if the bytes are no text.
    """
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        marked = data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        found = _CHARSET.search(data[:_HEAD_BYTES])
        names = () if marked else (charset, found[1].decode("ascii", "replace") if found else "")
        for declared in filter(None, names):
            try:
                known = codecs.lookup(declared).name
                return Decoded(data.decode(_WIDER.get(known, known)), known)
            except (LookupError, ValueError, AttributeError, TypeError):
                continue
    return decode(data, name)


def parse(text: str, name: str) -> Any:  # noqa: ANN401
    """Parse a page; no entity beyond those of HTML is known, and nothing is fetched.

    :return: the root element.
    :raises ReadingError: if it holds nothing, or is nested deeper than the parser goes.
    """
    from lxml import etree  # type: ignore[import-untyped]
    from lxml.html import HTMLParser, document_fromstring  # type: ignore[import-untyped]

    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, no_network=True)
    try:
        tree = document_fromstring(_printable(text).encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError) as error:
        raise ReadingError(
            name, f"could not be parsed ({error!s:.80}): save the article's text and give that"
        ) from None
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise ReadingError(name, "is nested too deep for a page: save the article's text and give that")
    return tree


def _printable(text: str) -> str:
    """Take out characters that no tree holds, also where they are written as numbers."""

    def resolve(found: re.Match[str]) -> str:
        code = int(found[1][1:], 16) if found[1][0] in "xX" else int(found[1])
        if 0x80 <= code <= 0x9F:
            return found[0]  # browsers and the parser take these for letters of cp1252
        return "" if code > 0x10FFFF or _NOT_XML.match(chr(code)) or 0xD800 <= code <= 0xDFFF else found[0]

    return _NOT_XML.sub("", _REFERENCE.sub(resolve, text))


def extract_page(data: bytes, name: str, *, url: str | None = None, charset: str = "") -> tuple[dict[str, Any], str]:
    """Find the article in a page.

    :param url: where the page was found, if it is known.
    :return: the fields of the article, and a warning about the encoding or an empty text.
    :raises ReadingError: if no article is found.
    """
    from trafilatura import bare_extraction

    decoded = decode_page(data, name, charset)
    tree = parse(decoded.text, name)
    fields = read_metadata(tree, url)
    strip_hidden(tree)
    _settle_tables(tree)
    found = bare_extraction(tree, include_comments=False, include_tables=False, deduplicate=False)
    text = _paragraphs(getattr(found, "text", None) or "")
    if is_too_short(text):
        raise ReadingError(
            name,
            "holds no article that its readers see (a page of links, or one that a script fills?): save the article's "
            "text and give that",
        )
    return {**fields, "text": text}, decoded.note or ""


def extract_fragment(markup: str, name: str) -> str:
    """Give the text of a piece of HTML that is an article, as feeds hold it: paragraphs, with blank lines between.

    :raises ReadingError: if it is nested too deep.
    """
    from lxml import etree

    if not markup.strip():
        return ""
    if "<" not in markup and "&" not in markup:
        return _paragraphs(markup)
    tree = parse(f"<html><body><div>{markup}</div></body></html>", name)
    strip_hidden(tree)
    _settle_tables(tree)
    parts: list[str] = []
    beside = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        start, block = event == "start", element.tag in _BLOCKS
        if element.tag in _BESIDE:
            beside += 1 if start else -1
        parts.append("\n" if block else "")
        words = element.text if start else element.tail
        if words and not beside:
            parts.append(" ".join(f"|{words}|".split())[1:-1])
    return _paragraphs("".join(parts))


def _paragraphs(text: str) -> str:
    """Part lines by blank lines, each being a paragraph, and take out characters without shape."""
    lines = (" ".join(line.split()) for line in strip_shapeless(text).split("\n"))
    return "\n\n".join(line for line in lines if line)


def _settle_tables(tree: Any) -> None:  # noqa: ANN401
    """Make blocks of tables that hold prose, as pages laid out by tables do; the others are left for removal."""
    prosaic = []
    for cell in tree.iter("td", "th"):
        own = [cell.text, *(part for child in cell if child.tag not in _TABLE_PARTS for part in child.itertext())]
        n_words = sum(len((part or "").split()) for part in own)
        if n_words >= _PROSE_WORDS:
            prosaic.append(cell)
    for cell in prosaic:
        element = cell
        while element is not None and element.tag != "table":
            element = element.getparent()
        for part in [] if element is None else [element, *element.iter(*_TABLE_PARTS)]:
            part.tag = "div"


def run_page(data: bytes, request: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Answer a request for the article of a page; its options are ``url`` and ``charset``."""
    fields, note = extract_page(data, request["name"], url=request.get("url"), charset=request.get("charset") or "")
    if note:
        yield {"note": note}
    yield {"article": fields}


def run_fragment(data: bytes, request: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Answer a request for the text of pieces of HTML, a JSON array of them; an empty text is one of no words."""
    for markup in json.loads(data):
        yield {"article": {"text": extract_fragment(markup, request["name"])}}
