"""Who published a document, by its declared source and its address."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from summarizer.datatypes import Document
from summarizer.independence.names import DECLARED, HOSTS, squeeze
from summarizer.independence.outlets import CARRIERS, HOSTS_OF_MANY, NO_PUBLISHERS

#: An address of two parts under a country is one of three if its second last part is one of these: "bbc.co.uk".
_SECOND_LEVEL: Final = frozenset("ac co com edu go gob gov ne net nom or org".split())
#: Part of an address that is long enough to be a name: "springfieldgazette", not "herald".
_TELLING_LABEL: Final = 12
#: The outlet of a text that declares none: "(CNN)" or "Tokyo (CNN) -" at the start of a line.
_DATELINE: Final = re.compile(
    r"^(?:[A-Z][\w.,' ]{0,40} ?\(([A-Z][\w .&]{1,30})\) ?[-–—]|\(([A-Z][\w .&]{1,30})\))", re.M
)
_HEAD: Final = 400
_SCHEME: Final = re.compile(r"(?:[a-z][a-z0-9+.-]{0,20}:)?//", re.IGNORECASE)
_HOST: Final = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,62})\.){1,8}[a-z]{2,24}", re.IGNORECASE)
#: Words behind the name of a publisher that name a section or an edition of it.
_SECTIONS: Final = frozenset(
    "news sport sports world business politics asia africa europe uk us usa india australia canada international "
    "online latest breaking top technology tech science health money markets opinion magazine app live video "
    "television tv radio agency newspaper website staff wire print edition weekend sunday".split()
)


def find_publisher(document: Document) -> str | None:
    """Name the listed publisher of a document, by its declared source and its address, or None.

    >>> find_publisher(Document("...", url="https://edition.cnn.com/2025/06/09/talks"))
    'CNN'
    """
    return publisher_of(document.source or "", document.url or "")[0]


def find_dateline(document: Document) -> str | None:
    """Name the listed publisher that the first lines of a text declare, or None.

    >>> find_dateline(Document("Tokyo (CNN) - Talks resumed on Monday."))
    'CNN'
    """
    head = document.text[:_HEAD]
    for match in _DATELINE.finditer(head) if "(" in head else ():
        titles = DECLARED.get(squeeze(match.group(1) or match.group(2)))
        if titles:
            return titles[0]
    return None


@lru_cache(maxsize=1 << 12)
def publisher_of(source: str, url: str) -> tuple[str | None, tuple[str, ...]]:
    """Give the listed publisher, if any, and else what tells an unlisted one: its name, its address."""
    host = _registrable(_host(url))
    named_host = _registrable(_host(source)) if " " not in source.strip() else ""
    name = "" if named_host else squeeze(source)
    known_host = _known_host(_host(url))
    titles = _titles(source, name)
    # One name may be of two papers, and the address tells which; else the declared source is whoever wrote it.
    if known_host and (known_host in titles or not titles):
        return known_host, ()
    if titles:
        return titles[0], ()
    unlisted = []
    for address in dict.fromkeys((host, named_host)):
        if address and address not in CARRIERS | HOSTS_OF_MANY:
            unlisted.append(f"@{address}")
            label = address.split(".")[0].replace("-", "").removeprefix("the")
            if len(label) >= _TELLING_LABEL and _parent(address) not in HOSTS_OF_MANY:
                unlisted.append(label)
    if not unlisted and name and name not in NO_PUBLISHERS:
        unlisted.append(name)
    return None, tuple(unlisted)


def _titles(source: str, name: str) -> list[str]:
    """Give the publishers that a declared source can mean: one for most, two for "ABC News"."""
    title = _prefixed(source) if name else _known_host(_host(source))
    return DECLARED.get(name) or ([title] if title else [])


def _prefixed(source: str) -> str | None:
    """Name the publisher of a section or an edition: "BBC News - Asia", "Reuters UK", "The Guardian | World"."""
    words = source.replace("|", " ").replace("-", " ").split()
    for length in range(min(len(words) - 1, 5), 0, -1):
        titles = DECLARED.get(squeeze(" ".join(words[:length])))
        if titles and words[length].lower().strip("()") in _SECTIONS:
            return titles[0]
    return None


def _host(url: str) -> str:
    """Give the host of an address, lower case and without port; nothing for what is no address."""
    rest = url.strip()
    match = _SCHEME.match(rest)
    rest = rest[match.end() :] if match else rest
    host = re.split(r"[/?#]", rest, maxsplit=1)[0].rsplit("@", 1)[-1].split(":")[0].rstrip(".").lower()
    return host if _HOST.fullmatch(host) else ""


def _registrable(host: str) -> str:
    """Give the part of a host that somebody registered: "theguardian.com", "abc.net.au"."""
    parts = host.split(".")
    two = len(parts) > 2 and len(parts[-1]) == 2 and parts[-2] in _SECOND_LEVEL
    size = 3 if two else 2
    if _parent(host) in HOSTS_OF_MANY:
        size += 1
    return ".".join(parts[-size:]) if host else ""


def _parent(host: str) -> str:
    return ".".join(host.split(".")[-2:])


def _known_host(host: str) -> str | None:
    """Name the publisher of a host or of one above it: "edition.cnn.com", "timesofindia.indiatimes.com"."""
    while "." in host:
        if host in HOSTS:
            return HOSTS[host]
        host = host.partition(".")[2]
    return None
