"""The columns of the tables that tasks write for one another.

Rows of ``articles``, ``sketches`` and ``descriptions`` of one folder stand in the same order. Numbers of time are whole
seconds since 1970 in UTC; an article without a date has none, and stands in the day ``undated``.

===============================  =====================================================================================
articles/KEY/articles            read in the order of the input
articles/KEY/sketches            what copies are found by
articles/KEY/descriptions        what articles of one event are found by
days/KEY/articles, …             the same three, sorted by (at, id), each id once
copies/KEY/pairs                 left (of that day), right (of it or of the window before), containment
neighbours/KEY/pairs             left, right as there; similarity; number of names in both
events/all/members               event, article, its day, at, origin; sorted by (event, at, article)
===============================  =====================================================================================
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa


def articles() -> pa.Schema:
    """Give the columns of articles: the fields of a :class:`summarizer.Document` as it was read, its day and time."""
    import pyarrow as pa

    passage = pa.struct([("start", pa.int64()), ("end", pa.int64()), ("reason", pa.string())])
    return pa.schema(
        [
            ("id", pa.string()),
            ("day", pa.string()),
            ("at", pa.int64()),
            ("title", pa.string()),
            ("source", pa.string()),
            ("url", pa.string()),
            ("published", pa.string()),
            ("language", pa.string()),
            ("inferred", pa.list_(pa.string())),
            ("dropped", pa.list_(passage)),
            ("text", pa.string()),
        ]
    )


def sketches() -> pa.Schema:
    """Give the columns of sketches.

    ``shingles`` are those of the hashes of distinct word 5-grams that the sampling kept, ascending; ``total`` is how
    many there were.
    """
    import pyarrow as pa

    return pa.schema([("id", pa.string()), ("shingles", pa.list_(pa.uint32())), ("total", pa.int32())])


def descriptions() -> pa.Schema:
    """Give the columns of descriptions.

    ``terms`` are hashes of content stems, ascending, ``weights`` how much each counts before document frequencies are
    known; ``names`` are hashes of the names of people, places and bodies that it speaks of, ascending.
    """
    import pyarrow as pa

    return pa.schema(
        [
            ("id", pa.string()),
            ("terms", pa.list_(pa.uint32())),
            ("weights", pa.list_(pa.float32())),
            ("names", pa.list_(pa.uint32())),
        ]
    )


def pairs(measure: str) -> pa.Schema:
    """Give the columns of pairs of articles.

    :param measure: what the last number is: ``containment`` or ``similarity``.
    """
    import pyarrow as pa

    columns = [("left", pa.string()), ("right", pa.string()), (measure, pa.float32())]
    return pa.schema(columns + ([("shared_names", pa.int32())] if measure == "similarity" else []))


def members() -> pa.Schema:
    """Give the columns of members of events.

    ``event`` is named by the id of its first article; ``origin`` is the id of the first of its copies in the archive.
    """
    import pyarrow as pa

    return pa.schema(
        [
            ("event", pa.string()),
            ("article", pa.string()),
            ("day", pa.string()),
            ("at", pa.int64()),
            ("origin", pa.string()),
        ]
    )
