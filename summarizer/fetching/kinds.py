"""Which kinds of content are fetched, and the suffix of a file of each kind, by which it is read."""

from __future__ import annotations

import os
import re
from typing import Final
from urllib.parse import urlsplit

from summarizer.errors import ReadingError

_SUFFIXES: Final = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/rss+xml": ".rss",
    "application/atom+xml": ".atom",
    "application/rdf+xml": ".rss",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "application/json": ".json",
    "application/ld+json": ".json",
    "application/feed+json": ".json",
    "application/x-ndjson": ".jsonl",
    "application/ndjson": ".jsonl",
    "application/jsonl": ".jsonl",
    "text/markdown": ".md",
    "text/plain": ".txt",
    "application/pdf": ".pdf",
}
#: Types by which servers say that they do not know: the name in the address decides where it is of a known kind.
_UNTOLD: Final = frozenset({"", "application/octet-stream", "binary/octet-stream", "text/plain"})
#: Suffixes in addresses that are believed when the server tells no type.
_NAMED: Final = frozenset({*_SUFFIXES.values(), ".htm", ".ndjson"})
_CHARSET: Final = re.compile(r";\s*charset\s*=\s*\"?([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)


def suffix_of(content_type: str, url: str) -> str:
    """Give the suffix of what a server says that it sends.

    :param content_type: the header, with its parameters; empty if there was none.
    :param url: the address that gave it.
    :raises ReadingError: if it is no kind that is read.
    """
    media = content_type.partition(";")[0].strip().lower()
    if media in _UNTOLD:
        named = os.path.splitext(urlsplit(url).path)[1].lower()
        if named in _NAMED:
            return named
    suffix = _SUFFIXES.get(media) or next(
        (found for ending, found in (("+xml", ".xml"), ("+json", ".json")) if media.endswith(ending)), None
    )
    if suffix is None or media.startswith("image/"):
        told = f"is {media!r:.60}" if media else "is of no kind that the server tells"
        raise ReadingError(url, f"{told}, not a page, feed, text or PDF: give the article's own address")
    return suffix


def charset_of(content_type: str) -> str:
    """Give the encoding that a server names, or nothing."""
    found = _CHARSET.search(content_type)
    return found[1].lower() if found else ""
