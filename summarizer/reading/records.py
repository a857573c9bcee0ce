"""Articles as objects, in the field names of the tools that write them.

=========  ==========================================================================================================
text       ``text``; news-please ``maintext``; fundus ``plaintext`` or ``body``; trafilatura ``text`` or ``raw_text``;
           schema.org ``articleBody``; ``content``; ninjs ``body_text``; JSON Feed ``content_text``
title      ``title``, ``headline``
source     ``source``, ``publisher``, ``outlet``; newspaper4k ``meta_site_name`` or ``source_url``; trafilatura
           ``source-hostname`` (``sitename``) or ``hostname``; news-please ``source_domain``
url        ``url``, ``link``; newspaper4k ``canonical_link``; trafilatura ``source``
published  ``published``; newspaper4k ``publish_date``; fundus ``publishing_date``; news-please ``date_publish``;
           trafilatura ``date``; schema.org ``datePublished``; ninjs ``firstpublished`` or ``versioncreated``; JSON
           Feed ``date_published``
language   ``language``; newspaper4k ``meta_lang``, which it found in the page, before its setting ``language``;
           fundus ``lang``
id         ``id``
=========  ==========================================================================================================

Upper and lower case, ``-`` and ``_`` are the same in names. The names are those of newspaper4k 0.9.6, trafilatura
2.3.1, fundus 0.5.7 and news-please 1.6.16.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from summarizer.datatypes import Document, Passage
from summarizer.errors import ReadingError
from summarizer.reading.dates import normalize_date, normalize_language
from summarizer.reading.intake import Intake, Notes, Origin

# In news-please ``text`` is not the article, and trafilatura's ``raw_text`` has lost its paragraphs: hence the order.
_TEXT: Final = (
    *("maintext", "plaintext", "text", "articlebody", "content", "body", "raw_text", "body_text", "content_text"),
)
_TITLE: Final = ("title", "headline")
_SOURCE: Final = (
    *("source", "publisher", "outlet", "site_name", "meta_site_name", "source_name"),
    *("source_hostname", "sitename", "source_domain", "hostname", "source_url"),
)
_URL: Final = ("url", "link", "source", "canonical_link")
_PUBLISHED: Final = (
    *("published", "publish_date", "publishing_date", "date_publish", "datepublished"),
    *("published_at", "publishedat", "date_published", "firstpublished", "versioncreated", "date"),
)
_LANGUAGE: Final = ("meta_lang", "language", "lang", "inlanguage")

# news-please writes str(None) for a date that it did not find.
_ABSENT: Final = ("", "None", "null", "NaT")
_WEB_ADDRESS: Final = re.compile(r"https?://(?:www\.)?([^/?#\s]+)", re.IGNORECASE)
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_MAX_ID_CHARACTERS: Final = 200
#: Of a title or the name of an outlet; a page of results repeats them wherever the article is named.
_MAX_LINE_CHARACTERS: Final = 1_000
#: Of an address: what browsers and servers take.
_MAX_URL_CHARACTERS: Final = 8_000

Fields = Mapping[str, object]


def is_article(value: object) -> bool:
    """Tell whether an object holds the text of an article under a known name."""
    return isinstance(value, Mapping) and any(
        isinstance(text, str) or (isinstance(text, Mapping) and "sections" in text)
        for name, text in _fold(value).items()
        if name in _TEXT
    )


def add_record(
    record: Mapping[Any, object],
    origin: Origin,
    intake: Intake,
    notes: Notes,
    *,
    dropped: tuple[Passage, ...] = (),
    inferred: tuple[str, ...] = (),
) -> None:
    """Take an article in.

    A field of the wrong type, an open date or an unknown language is left out with a warning; nothing is guessed.

    :param origin: where it stands, and its id if it declares none.
    :param notes: takes the warnings.
    :param dropped: passages of the text that are known not to be the article.
    :param inferred: names of fields that were found rather than declared.
    :raises ReadingError: if it has no text, or its text is over a limit.
    :raises LimitError: if it is one document too many.
    """
    fields = _fold(record)

    def warn(message: str) -> None:
        notes.add(f"{origin.name}: {message}")

    own_id = _own_id(fields.get("id"), warn)
    document = Document(
        text=_text(fields, origin.name),
        id=own_id or origin.id,
        title=_words(fields, _TITLE, "title", warn),
        source=_source(fields, warn),
        url=_url(fields, warn),
        published=_converted(fields, _PUBLISHED, normalize_date, "date", warn),
        language=_converted(fields, _LANGUAGE, normalize_language, "language", warn),
        inferred=inferred,
        dropped=dropped,
    )
    intake.add(document, origin.name, declared_id=bool(own_id))


def _fold(record: Mapping[Any, object]) -> dict[str, object]:
    """Make names alike and leave absent values out; of names that become the same, the first with a value stays."""
    fields: dict[str, object] = {}
    for name, value in record.items():
        # NaN and NaT are what a table of articles gives for an empty cell.
        empty = value is None or (isinstance(value, float | datetime) and value != value)
        if isinstance(name, str) and not empty:
            fields.setdefault(name.lower().replace("-", "_"), value)
    return fields


def _text(fields: Fields, name: str) -> str:
    """Find the text of an article.

    :raises ReadingError: if there is none.
    """
    wrong, seen = "", False
    for field in _TEXT:
        value = fields.get(field)
        seen = seen or value is not None
        if isinstance(value, Mapping):
            value = _join_body(value)
        if isinstance(value, str):
            if value.strip():
                return value
        elif value is not None and not wrong:
            wrong = f"its field {field!r} is {_kind(value)}, not a text: write the article as one string"
    if wrong:
        raise ReadingError(name, wrong)
    if seen:
        raise ReadingError(name, "its text is empty: leave the article out, or fetch it again")
    known = ", ".join(sorted(fields)[:8]) or "no fields"
    raise ReadingError(name, f"has no text: name the field 'text' (found: {known[:200]})")


def _join_body(body: Mapping[Any, object]) -> object:
    """Join the paragraphs of fundus' ``body``, as its ``plaintext`` does; give anything else back as it is."""
    sections, paragraphs = body.get("sections"), body.get("summary", [])
    if not isinstance(sections, list) or not isinstance(paragraphs, list):
        return body
    texts = [*paragraphs]
    for section in sections:
        for part in ("headline", "paragraphs"):
            lines = section.get(part, []) if isinstance(section, Mapping) else None
            if not isinstance(lines, list):
                return body
            texts += lines
    return "\n\n".join(texts) if all(isinstance(text, str) for text in texts) else body


def _kind(value: object) -> str:
    """Name a type in the words of JSON."""
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, Mapping):
        return "an object"
    return "a list" if isinstance(value, list | tuple) else f"of type {type(value).__name__}"


def _value(fields: Fields, names: tuple[str, ...]) -> tuple[str, object]:
    """Give the first name with a value, and the value."""
    for name in names:
        value = fields.get(name)
        if value is not None and not (isinstance(value, str) and value.strip() in _ABSENT):
            return name, value
    return "", None


def _words(fields: Fields, names: tuple[str, ...], meaning: str, warn: Callable[[str], None]) -> str | None:
    """Give a value in words, on one line; an object gives its ``name``."""
    field, value = _value(fields, names)
    if isinstance(value, Mapping):
        value = value.get("name")
    if value is None or isinstance(value, str):
        line = " ".join(value.split()) if value else ""
        if len(line) <= _MAX_LINE_CHARACTERS:
            return line or None
        warn(f"its {meaning} ({field!r}) has {len(line)} characters, over {_MAX_LINE_CHARACTERS}, and was left out")
        return None
    warn(f"its {meaning} ({field!r}) is {_kind(value)}, not a text, and was left out")
    return None


def _source(fields: Fields, warn: Callable[[str], None]) -> str | None:
    """Give the outlet; an address in its place is used only for its host, and only if nothing else names it."""
    addressed = None
    for name in _SOURCE:
        source = _words(fields, (name,), "source", warn)
        if source is None:
            continue
        address = _WEB_ADDRESS.match(source)
        if address is None:
            return source
        addressed = addressed or address[1].lower()
    return addressed


def _url(fields: Fields, warn: Callable[[str], None]) -> str | None:
    """Give the address of the article, if it is one of the web."""
    for name in _URL:
        field, value = _value(fields, (name,))
        if not field or (name == "source" and not (isinstance(value, str) and _WEB_ADDRESS.match(value))):
            continue
        url = value.strip() if isinstance(value, str) else ""
        if len(url) > _MAX_URL_CHARACTERS:
            warn(f"its address has {len(url)} characters, over {_MAX_URL_CHARACTERS}, and was left out")
            continue
        if url and url.isprintable() and " " not in url and (_WEB_ADDRESS.match(url) or not _SCHEME.match(url)):
            return url
        warn(f"its address {value!r:.60} is not one of the web, and was left out")
    return None


def _converted(
    fields: Fields,
    names: tuple[str, ...],
    convert: Callable[[object], str],
    meaning: str,
    warn: Callable[[str], None],
) -> str | None:
    field, value = _value(fields, names)
    if not field:
        return None
    try:
        return convert(value)
    except ValueError as error:
        warn(f"its {meaning} was left out: {error}")
        return None


def _own_id(value: object, warn: Callable[[str], None]) -> str:
    """Give the id that an article declares, or an empty text."""
    if value is None:
        return ""
    if isinstance(value, str | int) and not isinstance(value, bool):
        own_id = str(value).strip()
        if len(own_id) <= _MAX_ID_CHARACTERS and (own_id.isprintable() or not own_id):
            return own_id
    warn(f"its id {value!r:.40} is not a short text or a whole number, and was left out")
    return ""
