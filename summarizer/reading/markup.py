"""Articles as objects whose text is HTML: items of JSON Feed, and of ninjs, the JSON of the news agencies (IPTC).

ninjs 1 has ``body_text`` or ``body_xhtml``, ``headline``, ``versioncreated``, ``uri``, ``infosource``; ninjs 2 and 3
have lists: ``bodies``, ``headlines``, ``infosources``. Both come out in names that
:mod:`summarizer.reading.records` reads.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from summarizer.errors import ReadingError
from summarizer.reading.intake import Intake, Notes, Origin
from summarizer.reading.pages import Short, fragments
from summarizer.reading.records import add_record, is_article
from summarizer.reading.sizes import refuse_size

_MARKUP: Final = ("body_xhtml", "body_html", "content_html")
_FEED_VERSION: Final = ("https://jsonfeed.org/version/", "http://jsonfeed.org/version/")


def is_json_feed(value: object) -> bool:
    """Tell whether a JSON value says that it is a JSON Feed."""
    version = value.get("version") if isinstance(value, Mapping) else None
    return isinstance(version, str) and version.startswith(_FEED_VERSION)


def add_json_feed(value: Mapping[str, Any], n_bytes: int, origin: Origin, intake: Intake, notes: Notes) -> int:
    """Take in the items of a JSON Feed that have a text; the others are counted in one warning.

    :param n_bytes: its size, which is held against ``max_feed_bytes``.
    :return: how many items there were.
    :raises ReadingError: if it is too large.
    :raises LimitError: if it holds one document too many.
    """
    limit, most = intake.config.max_feed_bytes, intake.config.max_feed_entries
    if n_bytes > limit:
        refuse_size(n_bytes, limit, origin.name, "max_feed_bytes")
    items = value.get("items")
    items = items if isinstance(items, list) else []
    short = Short(origin.name, "entry")
    for number, item in enumerate(items[:most], 1):
        place = Origin(f"{origin.name} entry {number}", f"{origin.id}:{number}")
        try:
            if not isinstance(item, Mapping):
                raise ReadingError(place.name, "is not an object and was skipped: fetch the feed again")
            record = settle(item, place, intake)
            text = record.get("text") or record.get("content_text") or record.get("summary")
            if short.holds(text if isinstance(text, str) else "", f"entry {number}"):
                continue
            shared = {"source": value.get("title"), "language": value.get("language")}
            names = ("title", "url", "date_published", "language")
            own = {name: record.get(name) for name in names if record.get(name)}
            own.setdefault("url", record.get("external_url"))
            own.setdefault("published", record.get("date_modified"))
            add_record({**shared, **own, "text": text}, place, intake, notes)
        except ReadingError as error:
            notes.skip(error)
    short.warn(notes)
    if len(items) > most:
        notes.add(
            f"{origin.name}: holds {len(items)} entries, and the last {len(items) - most} were left out: raise "
            "max_feed_entries (--max-feed-entries)"
        )
    return len(items)


def settle(record: Mapping[Any, Any], place: Origin, intake: Intake) -> Mapping[Any, Any]:
    """Give an article with its text as text, and its fields under names that are read; any other record as it is.

    :raises ReadingError: if its HTML cannot be read.
    """
    flat = _flatten(record)
    if flat is record and (is_article(record) or not any(name in record for name in _MARKUP)):
        return record
    markup = next((flat[name] for name in _MARKUP if isinstance(flat.get(name), str)), None)
    if markup is not None and not (isinstance(flat.get("body_text"), str) and flat["body_text"].strip()):
        flat = {**flat, "text": fragments([markup], place, intake)[0]}
    return flat


def _flatten(record: Mapping[Any, Any]) -> Mapping[Any, Any]:
    """Bring the lists of ninjs into fields; a record that is none is given back itself."""
    if not any(name in record for name in ("body_text", "body_xhtml", "bodies")) or "uri" not in record:
        return record
    flat = dict(record)
    for part in _objects(record.get("bodies")):
        kind = str(part.get("contenttype") or part.get("contentType") or part.get("role") or "").lower()
        name = "body_xhtml" if "html" in kind else "body_text"
        flat.setdefault(name, part.get("value"))
    for part in _objects(record.get("headlines"))[:1]:
        flat.setdefault("headline", part.get("value"))
    own_source = isinstance(record.get("source"), str) and record["source"].strip()
    if not own_source:
        sources = _objects(record.get("infosources") or record.get("infosource"))
        flat["source"] = next((part["name"] for part in sources if isinstance(part.get("name"), str)), None)
    uri = record.get("uri")
    if isinstance(uri, str):
        flat.setdefault("url" if uri.lower().startswith(("http://", "https://")) else "id", uri)
    return {name: value for name, value in flat.items() if name not in ("body", "content") or isinstance(value, str)}


def _objects(value: object) -> Sequence[Mapping[str, Any]]:
    values = value if isinstance(value, list) else [value]
    return [part for part in values if isinstance(part, Mapping)]
