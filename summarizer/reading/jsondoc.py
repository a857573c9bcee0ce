"""Articles in one JSON value: an object, an array of objects, or an object that holds such arrays."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any, Final

from summarizer.errors import ReadingError
from summarizer.reading.encoding import decode
from summarizer.reading.intake import Intake, Notes, Origin
from summarizer.reading.jsonl import add_lines, parse
from summarizer.reading.markup import add_json_feed, is_json_feed, settle
from summarizer.reading.records import add_record, is_article

#: A JSON value is held whole, and takes about 5 times its size while it is read; JSONL has no such limit.
MAX_JSON_BYTES: Final = 100_000_000

_CONTAINERS: Final = ("articles", "documents", "results", "items", "entries", "news", "data", "stories", "docs")


def read_json(data: bytes, origin: Origin, intake: Intake) -> None:
    """Take in the articles of a JSON file; entries that hold none are skipped with a warning.

    Lines of JSON under the wrong suffix are read as what they are.

    :raises ReadingError: if it is not JSON, or gives no article.
    :raises LimitError: if it holds one document too many.
    """
    decoded = decode(data, origin.name)
    if not decoded.text.strip():
        raise ReadingError(origin.name, "is empty: give an article with text")
    try:
        value = parse(decoded.text)
    except ValueError as error:
        if not begins_with_object(decoded.text):
            raise ReadingError(origin.name, f"{error}: mend it, or name it .txt if it is text") from None
        add_lines(io.BytesIO(decoded.text.encode("utf-8", "replace")).read, origin, intake)
    else:
        add_json(value, origin, intake, n_bytes=len(data))
    if decoded.note:
        intake.warn(decoded.note)


def begins_with_object(text: str) -> bool:
    """Tell whether the first line that is not blank is one JSON object."""
    first = text.lstrip().split("\n", 1)[0]
    if not first.startswith("{"):
        return False
    try:
        return isinstance(parse(first), dict)
    except ValueError:
        return False


def add_json(value: object, origin: Origin, intake: Intake, *, n_bytes: int = 0) -> None:
    """Take in the articles of a JSON value.

    :param n_bytes: its size, against which a JSON Feed has a limit of its own.
    :param origin: the file; an article that is not alone has the id ``stem:NUMBER`` if it declares none.
    :raises ReadingError: if it gives no article.
    :raises LimitError: if it holds one document too many.
    """
    notes = Notes(intake, origin.name)
    n_before, n_entries = len(intake.documents), 0
    if isinstance(value, Mapping) and is_json_feed(value):
        n_entries = add_json_feed(value, n_bytes, origin, intake, notes)
        value = {}
    if isinstance(value, Mapping) and not n_entries:
        settled = settle(value, origin, intake)
        if is_article(settled) or not _arrays(settled):
            add_record(settled, origin, intake, notes)
            notes.close()
            return
    for publisher, entry in _entries(value):
        n_entries += 1
        place = Origin(f"{origin.name} article {n_entries}", f"{origin.id}:{n_entries}")
        try:
            if not isinstance(entry, Mapping):
                raise ReadingError(place.name, "is not an object and was skipped: write each article as an object")
            add_record({"publisher": publisher, **settle(entry, place, intake)}, place, intake, notes)
        except ReadingError as error:
            notes.skip(error)
    notes.close()
    if len(intake.documents) == n_before:
        raise ReadingError(origin.name, _explain_nothing(value, n_entries))


def _arrays(value: Mapping[str, Any]) -> list[tuple[str, list[Any]]]:
    """Give the arrays of objects that an object holds."""
    return [
        (name, entries)
        for name, entries in value.items()
        if isinstance(entries, list) and any(isinstance(entry, Mapping) for entry in entries)
    ]


def _entries(value: object) -> Iterator[tuple[str | None, object]]:
    """Give the entries of an array, or of the arrays of an object, each with the publisher whose array it is.

    ``{"articles": [...]}`` and the like have one array that counts; fundus writes one array for each publisher.
    """
    if isinstance(value, list):
        yield from ((None, entry) for entry in value)
    elif isinstance(value, Mapping):
        arrays = _arrays(value)
        known = [entries for name, entries in arrays if name.lower() in _CONTAINERS]
        if known:
            yield from ((None, entry) for entries in known for entry in entries)
        else:
            yield from ((name if _is_fundus(entry) else None, entry) for name, entries in arrays for entry in entries)


def _is_fundus(entry: object) -> bool:
    """Tell whether fundus wrote an entry: only then is the name of its array an outlet."""
    return isinstance(entry, Mapping) and any(name in entry for name in ("publishing_date", "plaintext", "free_access"))


def _explain_nothing(value: object, n_entries: int) -> str:
    if n_entries:
        return f"none of its {n_entries} entries gave an article; the warnings say why"
    if isinstance(value, list):
        return "is an empty array: give at least one article"
    return "is neither an object nor an array of objects: write each article as an object with the field 'text'"
