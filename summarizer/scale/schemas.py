"""The columns of the tables that tasks write for one another.

Rows of ``articles``, ``sketches``, ``descriptions`` and ``ids`` of one folder stand in the same order. Numbers of time
are whole seconds since 1970 in UTC; an article without a date has none, and stands in a day such as ``en-undated``.

===============================  =====================================================================================
articles/KEY/articles            sorted by (day, at, id), each day a row group; ``days.jsonl`` says which
articles/KEY/sketches            what copies are found by
articles/KEY/descriptions        what articles of one event are found by
articles/KEY/ids                 what tells articles of one id apart
articles/KEY/lines               digests of the lines of each article
articles/KEY/failed.jsonl        ``place`` and ``reason`` of what gave no article; ``notes.jsonl``: what was interpreted
lines/KEY/judged                 lines on many days and in many articles, and which of them are dropped
lines/KEY/sample, words          what the next generation counts and judges lines by
days/KEY/articles, …             the first three, sorted by (at, id), each id once; repeated lines dropped
copies/KEY/pairs                 left (of that day), right (of it or of the window before), containment
neighbours/KEY/pairs             left, right as there, copies left out; similarity, names and what else tells
events/all/members               event, article, its day, at, origin; sorted by (event, at, article)
===============================  =====================================================================================
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import pyarrow as pa

#: Hashes of 5-grams below this are the sample by which copies are looked for: one in four. Of one in eight,
#: copies of short articles and stories of one agency are found less often, see :mod:`summarizer.scale.copies`.
SAMPLED: Final = 1 << 30


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
            # The texts of one day may be over the 2 GB that a column of short strings holds.
            ("text", pa.large_string()),
        ]
    )


def sketches() -> pa.Schema:
    """Give the columns of sketches.

    ``shingles`` are the hashes of distinct word 5-grams, ascending, ``total`` is how many these are, and ``sample`` are
    those below :data:`SAMPLED`; ``words`` tells short articles of the same words, and is 0 for others; ``wires`` are
    the agencies that an article names as its source, ascending.
    """
    import pyarrow as pa

    hashes = pa.list_(pa.uint32())
    columns = [("id", pa.string()), ("sample", hashes), ("shingles", hashes), ("total", pa.int32())]
    return pa.schema([*columns, ("words", pa.uint64()), ("wires", pa.list_(pa.string()))])


def ids() -> pa.Schema:
    """Give the columns by which articles that want one id are told apart.

    ``id`` is a hash of it, ``declared`` whether the article says it itself, ``text`` a hash of the text and ``print``
    one of all that was read.
    """
    import pyarrow as pa

    columns = [("id", pa.uint64()), ("declared", pa.bool_()), ("at", pa.int64())]
    return pa.schema([*columns, ("text", pa.uint64()), ("print", pa.uint64())])


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


def lines() -> pa.Schema:
    """Give the columns of lines.

    ``print`` is that of ``ids``, ``lines`` are 64 bits of a digest of each line, each once.
    """
    import pyarrow as pa

    return pa.schema([("print", pa.uint64()), ("lines", pa.list_(pa.uint64()))])


def sampled() -> pa.Schema:
    """Give the columns of articles whose lines are counted, with the folder, row group and row in which each stands."""
    import pyarrow as pa

    place = [("key", pa.string()), ("group", pa.int32()), ("row", pa.int32())]
    return pa.schema([("print", pa.uint64()), ("day", pa.string()), *place, ("lines", pa.list_(pa.uint64()))])


def judged() -> pa.Schema:
    """Give the columns of lines that were looked at.

    ``text`` as it is written in one article; ``articles`` and ``days``, how many of the sample held it; ``events``, of
    how many events those that were compared are as unlike one another; ``dropped``, whether it is no text of articles.
    """
    import pyarrow as pa

    columns = [("language", pa.string()), ("line", pa.uint64()), ("text", pa.string())]
    numbers = [(name, pa.int64()) for name in ("articles", "days")]
    return pa.schema([*columns, *numbers, ("events", pa.float64()), ("dropped", pa.bool_())])


def words() -> pa.Schema:
    """Give the columns of how common words are: in how many ``articles`` ``of`` those of a language a ``term`` is."""
    import pyarrow as pa

    numbers = [("articles", pa.int32()), ("of", pa.int32())]
    return pa.schema([("language", pa.string()), ("term", pa.uint32()), *numbers])


def pairs(measure: str) -> pa.Schema:
    """Give the columns of pairs of articles.

    :param measure: what the last number is, such as ``containment``.
    """
    import pyarrow as pa

    return pa.schema([("left", pa.string()), ("right", pa.string()), (measure, pa.float32())])


def neighbours() -> pa.Schema:
    """Give the columns of neighbours.

    ``similarity`` and ``names`` are cosines, of the words and of the names of both, the rare weighing more; ``names``
    is null where one has too few to tell. ``apart`` is the time between both as a share of the window, null where it is
    not known; ``shorter`` and ``longer`` are how many terms they have; ``other_days``, whether both name days of the
    week, and none in common; ``rare``, the sum, over the words of both, of 1 / the number of other articles of the
    window that have each; ``meaning`` is the cosine of the vectors of both, null if none were made.
    """
    import pyarrow as pa

    numbers = [(name, pa.float32()) for name in ("similarity", "names", "apart")]
    lengths = [(name, pa.int32()) for name in ("shorter", "longer")]
    return pa.schema(
        [
            ("left", pa.string()),
            ("right", pa.string()),
            *numbers,
            *lengths,
            ("other_days", pa.bool_()),
            ("rare", pa.float32()),
            ("meaning", pa.float32()),
        ]
    )


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
