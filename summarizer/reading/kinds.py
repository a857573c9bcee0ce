"""What bytes are, told by how they begin, where no suffix says it."""

from __future__ import annotations

import re
from typing import Final, Literal

Kind = Literal["page", "feed", "pdf", "archive", ""]

#: How many first bytes :func:`sniff` looks at.
SNIFFED_BYTES: Final = 4096
_BEFORE: Final = re.compile(r"\s+|<\?[^>]*>|<!--(?:[^-]|-(?!->))*-->")
_PAGE: Final = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_FEED: Final = re.compile(r"<(?:rss|feed|rdf:rdf|(?:atom|rss)\d*:(?:feed|rss))\b", re.IGNORECASE)
_DOCTYPE: Final = re.compile(r"<!doctype\b", re.IGNORECASE)


def sniff(head: bytes) -> Kind:
    """Tell a page, a feed, a PDF file or a web archive by its beginning; an empty text for anything else.

    :param head: the first :data:`SNIFFED_BYTES`, or all there is.
    """
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"WARC/"):
        return "archive"
    # UTF-16 without its zeros is as good as ASCII here; the marks of byte order and UTF-8 are passed over.
    text = head[:SNIFFED_BYTES].replace(b"\0", b"").decode("latin-1").lstrip("\xef\xbb\xbf\xff\xfe")
    place = 0
    while found := _BEFORE.match(text, place):
        place = found.end()
    if _PAGE.match(text, place):
        return "page"
    if _FEED.match(text, place):
        return "feed"
    if _DOCTYPE.match(text, place) and (root := _FEED.search(text, place) or _PAGE.search(text, place)):
        return "feed" if _FEED.fullmatch(root[0]) else "page"
    return ""
