"""RSS and Atom to articles: runs in the worker, see :mod:`summarizer.reading.worker`.

feedparser is given bytes in memory and never a ``str``, which it would take for an address or a path. It leaves
entities of the document alone and asks for no document type. Its own cleaning of HTML is off: that would take away the
``style`` by which text is hidden, and leave the text.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any, Final
from xml.sax import SAXException

from summarizer.errors import ReadingError
from summarizer.reading.html import extract_fragment
from summarizer.reading.shapeless import strip_shapeless

_MORE: Final = re.compile(
    r"\b(?:continue reading|read more|read full story|read the full story|full story)\b", re.IGNORECASE
)
_MARKS: Final = ("[…]", "[...]", "…", "...", "→", "»", "(", "[")
_SENTENCE_END: Final = re.compile(r"[.!?][\"”’'»)]{0,3}(?=\s)")
#: From the end, characters among which the invitation to read on stands.
_TAIL: Final = 100


def run_feed(data: bytes, request: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Answer a request for the entries of a feed; its option is ``max_entries``."""
    import feedparser  # type: ignore[import-untyped]

    name = request["name"]
    feed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    if not feed.entries and not feed.get("version"):
        raise ReadingError(name, "is no feed that is known (RSS, Atom): give the articles as pages, text or JSONL")
    if not feed.entries:
        raise ReadingError(name, "is a feed without entries: fetch it again, or leave it out")
    if isinstance(feed.get("bozo_exception"), SAXException):
        yield {"note": f"{name}: is not well-formed, and was read as far as it can be: check its end"}
    outlet, language = _words(feed.feed.get("title")), feed.feed.get("language")
    for number, entry in enumerate(feed.entries[: request["max_entries"]], 1):
        text = _text(entry, name)
        source = entry.get("source") or {}
        yield {
            "article": {
                "number": number,
                "text": text,
                "title": _plain(entry.get("title_detail")),
                "source": _words(source.get("title")) or outlet,
                "url": entry.get("link"),
                "published": entry.get("published") or entry.get("updated"),
                "language": (entry.get("title_detail") or {}).get("language") or language,
            }
        }
    if len(feed.entries) > request["max_entries"]:
        yield {
            "note": f"{name}: holds {len(feed.entries)} entries, and the last "
            f"{len(feed.entries) - request['max_entries']} were left out: raise max_feed_entries (--max-feed-entries)"
        }


def _text(entry: Any, name: str) -> str:  # noqa: ANN401
    """Give the longest of what an entry holds: its content, or the summary where that is all there is."""
    contents = [*entry.get("content", ()), entry.get("summary_detail") or {}]
    texts = []
    for content in contents:
        value = content.get("value") or ""
        plain = content.get("type") == "text/plain" and "</" not in value
        texts.append(strip_shapeless(value).strip() if plain else extract_fragment(value, name))
    return _without_teaser(max(texts, key=len, default=""))


def _without_teaser(text: str) -> str:
    """Take the invitation to read on off the end, and with it the sentence that it cuts short."""
    found = list(_MORE.finditer(text, max(0, len(text) - _TAIL)))
    kept = text[: found[-1].start()].rstrip() if found else text.rstrip()
    whole = kept
    for mark in 2 * _MARKS:
        kept = kept.removesuffix(mark).rstrip()
    if not whole.endswith(_MARKS[:4]):
        return kept
    ends = [end.end() for end in _SENTENCE_END.finditer(f"{kept} ")]
    return kept[: ends[-1]] if ends else ""


def _plain(detail: Any) -> str | None:  # noqa: ANN401
    """Give a title without markup."""
    value = (detail or {}).get("value") or ""
    return _words(extract_fragment(value, "title") if "<" in value or "&" in value else value)


def _words(value: object) -> str | None:
    return " ".join(strip_shapeless(value).split()) or None if isinstance(value, str) else None
