"""What a page declares about itself: headline, outlet, address, day and language, from JSON-LD and ``<meta>``.

Only declared fields are read; a date that merely stands in the first ``<time>`` of an article is named as inferred.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urlsplit

from summarizer.reading.dates import normalize_date, normalize_language

_ARTICLE: Final = re.compile(r"(?:article|posting|report|story)$", re.IGNORECASE)
_PUBLISHED: Final = (
    *("article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date", "sailthru.date"),
    *("pubdate", "publishdate", "publish-date", "publication_date", "dc.date.issued", "dcterms.created", "dc.date"),
    *("dcterms.date", "cxenseparse:recs:publishtime", "date"),
)
_SITE: Final = ("og:site_name", "application-name", "dc.publisher", "twitter:site")
_TITLE: Final = ("og:title", "twitter:title", "dc.title")
#: More scripts, and values within them, than any page needs to describe one article.
_MAX_SCRIPTS: Final = 20
_MAX_VALUES: Final = 2_000
_WEB_ADDRESS: Final = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)


def read_metadata(tree: Any, url: str | None = None) -> dict[str, Any]:  # noqa: ANN401
    """Give the fields of an article that its page declares.

    :param tree: the root element; scripts must still be in it.
    :param url: where the page was found; it goes before the address that the page claims.
    :return: values of ``title``, ``sitename``, ``hostname``, ``url``, ``published`` and ``language`` as far as they
        are there, and ``inferred``, the names of those that were not declared.
    """
    meta = _read_meta(tree)
    described = _read_linked_data(tree)
    address = url or _address(tree, meta, described)
    site = _first(_name(described.get("publisher")), *(meta.get(name) for name in _SITE))
    published, declared = _published(tree, meta, described)
    fields: dict[str, Any] = {
        "title": _title(tree, meta, described, site),
        "sitename": site.removeprefix("@") if site else None,
        "hostname": _host(address),
        "url": address,
        "published": published,
        "language": _language(tree, meta),
        "inferred": [] if declared or not published else ["published"],
    }
    return {name: value for name, value in fields.items() if value is not None}


def _read_meta(tree: Any) -> dict[str, str]:  # noqa: ANN401
    """Give what ``<meta>`` and ``itemprop`` declare; of one name the first that is not empty."""
    meta: dict[str, str] = {}
    for element in tree.iter("meta", "time"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = element.get("content") or element.get("datetime") or ""
        if name and content.strip():
            meta.setdefault(name.strip().lower(), " ".join(content.split()))
    return meta


def _read_linked_data(tree: Any) -> dict[str, Any]:  # noqa: ANN401
    """Give the first article that JSON-LD describes."""
    for n_scripts, script in enumerate(tree.iter("script")):
        if n_scripts >= 10 * _MAX_SCRIPTS:
            break
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        try:
            value = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        for described in _objects(value):
            kinds = described.get("@type")
            kinds = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(kind, str) and _ARTICLE.search(kind) for kind in kinds):
                return described
    return {}


def _objects(value: object) -> Iterator[dict[str, Any]]:
    """Give the objects in lists and graphs, not those within other fields."""
    pending = [value]
    for _ in range(_MAX_VALUES):
        if not pending:
            return
        value = pending.pop(0)
        if isinstance(value, list):
            pending = [*value[:_MAX_VALUES], *pending]
        elif isinstance(value, dict):
            yield value
            pending += [value["@graph"]] if "@graph" in value else []


def _title(tree: Any, meta: dict[str, str], described: dict[str, Any], site: str | None) -> str | None:  # noqa: ANN401
    headings = [" ".join(heading.itertext()) for heading in tree.iter("h1")]
    title = _first(
        described.get("headline"),
        *(meta.get(name) for name in _TITLE),
        headings[0] if len(headings) == 1 else None,
        next((" ".join(element.itertext()) for element in tree.iter("title")), None),
    )
    if title and site:
        for mark in (" | ", " - ", " – ", " — ", " · "):
            title = title.removesuffix(f"{mark}{site}")
    return title or None


def _published(tree: Any, meta: dict[str, str], described: dict[str, Any]) -> tuple[str | None, bool]:  # noqa: ANN401
    """Give the first date that is understood, and whether it is declared to be that of publication."""
    for value in (described.get("datePublished"), *(meta.get(name) for name in _PUBLISHED)):
        if isinstance(value, str) and (date := _date(value)):
            return date, True
    for article in tree.iter("article", "main"):
        for time in article.iter("time"):
            if date := _date(time.get("datetime") or ""):
                return date, False
    return None, False


def _date(value: str) -> str | None:
    try:
        return normalize_date(value)
    except ValueError:
        return None


def _language(tree: Any, meta: dict[str, str]) -> str | None:  # noqa: ANN401
    root = next((element.get("lang") or element.get("xml:lang") for element in tree.iter("html")), None)
    for value in (root, meta.get("og:locale"), meta.get("dc.language"), meta.get("language")):
        try:
            return normalize_language(value)
        except ValueError:
            continue
    return None


def _address(tree: Any, meta: dict[str, str], described: dict[str, Any]) -> str | None:  # noqa: ANN401
    """Give the address that a page says is its own."""
    links = [link.get("href") for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split()]
    for value in (*links, meta.get("og:url"), described.get("url")):
        if isinstance(value, str) and _WEB_ADDRESS.fullmatch(value.strip()):
            return value.strip()
    return None


def _host(address: str | None) -> str | None:
    try:
        host = urlsplit(address or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _name(value: object) -> object:
    if isinstance(value, list):
        value = value[0] if value else None
    return value.get("name") if isinstance(value, dict) else value


def _first(*values: object) -> str | None:
    """Give the first text with something in it, on one line."""
    return next((" ".join(value.split()) for value in values if isinstance(value, str) and value.strip()), None)
