"""Which lines an archive repeats: on many days, in many articles, in several events.

Pleas, author boxes, footers and the notes of crawlers that no pattern of :mod:`summarizer.cleaning` knows stand in
articles of any event. The rule has three parts. A line stands on at least ``repeated_days`` days; it stands in at least
ten articles, and in one of 2,000 of those of its language from the first of its days to the last; and these articles
tell of several events (:mod:`summarizer.scale.judging`). The last part keeps what one long story says again and again.

Digests are counted, not texts. They are those of at most 65,536 articles: of a larger archive of a sample by a hash,
which halves when it is full. A generation goes on from the sample of the one before, so a day added costs that day and
a look at the sample.

A day is read with the lines that were known when it was first seen, and keeps them: what was told of it stays.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from summarizer.scale import schemas
from summarizer.scale.counting import Candidate, count_lines, gather_sample
from summarizer.scale.judging import judge
from summarizer.scale.marking import read_marked
from summarizer.scale.report import RepeatedLine
from summarizer.scale.store import MARKER, Store, damaged, write_lines, write_table
from summarizer.scale.tasks import Done, Task, Work

if TYPE_CHECKING:
    pass

#: Lines judged in one generation, those of most articles: an archive of forms and tables has thousands.
_MAX_JUDGED: Final = 1_000
#: A line that was found to be of one story is judged again when it is in so many times as many articles.
_AGAIN: Final = 1.5
#: Lines that the report of a run shows.
_MAX_SHOWN: Final = 20

Reads = tuple[str, str, str]


def plan_lines(store: Store, articles: Sequence[Done], generation: int) -> Task:
    """Plan the count of the lines that are new in a generation.

    :param articles: what reading left, of all generations.
    :raises InputError: if what earlier generations left is damaged.
    """
    earlier = [_earlier(store, number) for number in range(1, generation)]
    counted = {row["key"] for done in earlier for row in _rows(store, done, "counted")}
    new = tuple(done.read for done in articles if done.key not in counted)
    return Task("lines", f"g{generation:04d}", {}, (*(done.read for done in earlier[-1:]), *new))


def lists_of_days(store: Store, generation: int) -> dict[str, Reads]:
    """Say which folder of this stage each day is read with: that of the generation in which it was first seen."""
    found: dict[str, Reads] = {}
    for number in range(1, generation + 1):
        done = _earlier(store, number)
        for row in _rows(store, done, "days"):
            found.setdefault(row["day"], done.read)
    return found


def forget_sample(store: Store, generation: int) -> None:
    """Delete the sample of a generation from which another one went on; its other files stay."""
    (store.folder("lines", f"g{generation:04d}") / "sample.parquet").unlink(missing_ok=True)


def most_repeated(store: Store, done: Done, days: Sequence[Done]) -> tuple[RepeatedLine, ...]:
    """Give the lines that were dropped of most articles.

    :param done: what this stage left.
    :param days: what gathering left.
    """
    counts = read_marked(store, days)
    table = store.read(done.stage, done.key, "judged", ["language", "line", "text"])
    texts = {(row["language"], row["line"]): row["text"] for row in table.to_pylist()}
    ranked = sorted((-count, texts[line], line[0]) for line, count in counts.items())
    return tuple(RepeatedLine(text, language, -count) for count, text, language in ranked[:_MAX_SHOWN])


def _earlier(store: Store, number: int) -> Done:
    key = f"g{number:04d}"
    done = store.done("lines", key)
    if done is None:
        raise damaged(store.folder("lines", key) / MARKER)
    return done


def _rows(store: Store, done: Done, name: str) -> list[dict[str, Any]]:
    if not done.counts[name]:
        return []
    try:
        return [json.loads(line) for line in store.lines(done.stage, done.key, name)]
    except ValueError:
        raise damaged(store.folder(done.stage, done.key) / f"{name}.jsonl") from None


def find_lines(work: Work) -> dict[str, int]:
    """Find the lines that the archive repeats.

    Written are ``judged``, the lines that were looked at and whether they are dropped; ``sample``, of which the next
    generation goes on; ``words``, how common each is; ``counted`` and ``days``, the folders and days that were new.

    :return: ``lines`` that are dropped; ``kept``, those that one story repeats; ``sampled``, articles whose lines were
        counted; ``over_limit``, lines that were not looked at; ``counted``, ``days``.
    """
    store = Store(work.root)
    earlier = next((key for stage, key, _ in work.task.reads if stage == "lines"), None)
    keys = [key for stage, key, _ in work.task.reads if stage == "articles"]
    sample, days = gather_sample(store, earlier, keys)
    known = store.read("lines", earlier, "judged").to_pylist() if earlier else []
    before = {(row["language"], row["line"]): row for row in known}
    least = work.settings.scale.repeated_days
    found = [one for one in count_lines(sample, least) if _is_open(one, before)] if least else []
    found.sort(key=lambda one: (-one.articles, one.language, one.line))
    words = store.read("lines", earlier, "words") if earlier else schemas.words().empty_table()
    judged, words = judge(store, sample, found[:_MAX_JUDGED], words)
    before.update({(row["language"], row["line"]): row for row in judged})
    rows = [row for _, row in sorted(before.items())]
    new_days = sorted(days - {row["day"] for row in _seen(store, work.task.key)})
    import pyarrow as pa

    write_table(work.out, "judged", pa.Table.from_pylist(rows, schema=schemas.judged()))
    write_table(work.out, "sample", sample)
    write_table(work.out, "words", words)
    write_lines(work.out, "counted", [{"key": key} for key in keys])
    write_lines(work.out, "days", [{"day": day} for day in new_days])
    n_lines = sum(row["dropped"] for row in rows)
    return {
        "lines": n_lines,
        "kept": len(rows) - n_lines,
        "sampled": sample.num_rows,
        "over_limit": max(len(found) - _MAX_JUDGED, 0),
        "counted": len(keys),
        "days": len(new_days),
    }


def _seen(store: Store, key: str) -> Iterator[dict[str, Any]]:
    """Give the days that generations before this one have seen."""
    for number in range(1, int(key[1:])):
        yield from _rows(store, _earlier(store, number), "days")


def _is_open(one: Candidate, before: Mapping[tuple[str, int], dict[str, Any]]) -> bool:
    """Tell whether a line is still to be judged."""
    known = before.get((one.language, one.line))
    return known is None or (not known["dropped"] and one.articles >= _AGAIN * known["articles"])
