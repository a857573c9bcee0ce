"""In how many articles, and on how many days, each line of a sample of an archive stands."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from summarizer.errors import InputError
from summarizer.scale import schemas
from summarizer.scale.copies import read_lists
from summarizer.scale.moments import is_undated, language_of
from summarizer.scale.store import MARKER, Store, damaged
from summarizer.scale.tasks import Done

if TYPE_CHECKING:
    import pyarrow as pa

#: Articles whose lines are counted. With some 25 lines each that is 13 MB, and 60 MB while they are sorted.
MAX_SAMPLE: Final = 1 << 16
#: Fewest articles of a line, and the share of the articles between its first day and its last.
MIN_ARTICLES: Final = 10
SHARE: Final = 1 / 2_000


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line on many days and in many articles.

    :param line: its digest.
    :param holders: the articles that hold it, as places in the sample, ascending.
    :param days: shape (n,), the number of the day of each.
    :param n_days: how many days these are.
    """

    language: str
    line: int
    holders: NDArray[np.int64]
    days: NDArray[np.int64]
    n_days: int

    @property
    def articles(self) -> int:
        """How many articles hold it."""
        return len(self.holders)

    def spread(self, n: int) -> list[int]:
        """Choose articles that hold it: the first of each day, then the second, and so on, to ``n``."""
        turns: Counter[int] = Counter()
        ranked = []
        for holder, day in zip(self.holders.tolist(), self.days.tolist(), strict=True):
            ranked.append((turns[day], holder))
            turns[day] += 1
        return [holder for _, holder in sorted(ranked)[:n]]


def gather_sample(store: Store, earlier: str | None, keys: Iterable[str]) -> tuple[pa.Table, set[str]]:
    """Give the sample of all articles with a date, and the days of the new ones.

    Articles are in it whose print is below a bound, which is halved while they are too many: so it depends on what the
    articles are, and not on the order in which they came.
    """
    import pyarrow as pa

    sample = store.read("lines", earlier, "sample") if earlier else schemas.sampled().empty_table()
    bound, days, held = 1 << 64, set[str](), [sample]
    n_held = sample.num_rows
    for key in keys:
        table, some = _read_folder(store, key)
        days |= some
        held.append(_below(table, bound))
        n_held += held[-1].num_rows
        while n_held > MAX_SAMPLE:
            bound >>= 1
            held = [_below(pa.concat_tables(held), bound)]
            n_held = held[0].num_rows
    sample = pa.concat_tables(held).combine_chunks()
    prints: NDArray[np.uint64] = sample.column("print").to_numpy()
    _, first = np.unique(prints, return_index=True)  # in the order of their prints, what was given twice once
    return sample.take(pa.array(first)).combine_chunks(), days


def _below(table: pa.Table, bound: int) -> pa.Table:
    import pyarrow as pa

    if bound >= 1 << 64:
        return table
    return table.filter(pa.array(table.column("print").to_numpy() < np.uint64(bound)))


def _read_folder(store: Store, key: str) -> tuple[pa.Table, set[str]]:
    """Read the lines of a folder of articles, each with the place of its article, and which days it has."""
    import pyarrow as pa

    done = store.done("articles", key)
    if done is None:
        raise damaged(store.folder("articles", key) / MARKER)
    groups = read_days(store, done)
    table = store.read("articles", key, "lines")
    if table.num_rows != sum(row["articles"] for row in groups):
        raise damaged(store.folder("articles", key) / "lines.parquet")
    sizes = [row["articles"] for row in groups]
    columns = {
        "print": table.column("print"),
        "day": pa.array(np.repeat([row["day"] for row in groups], sizes).tolist(), pa.string()),
        "key": pa.array([key] * table.num_rows, pa.string()),
        "group": pa.array(np.repeat([row["group"] for row in groups], sizes), pa.int32()),
        "row": pa.array([place for size in sizes for place in range(size)], pa.int32()),
        "lines": table.column("lines"),
    }
    whole = pa.table(columns, schema=schemas.sampled())
    dated = [not is_undated(row["day"]) for row in groups]
    return whole.filter(pa.array(np.repeat(dated, sizes).astype(bool))), {row["day"] for row in groups}


def read_days(store: Store, done: Done) -> list[dict[str, Any]]:
    """Read which days a folder of articles has: ``day``, ``group`` and ``articles`` of each.

    :raises InputError: if the folder is damaged.
    """
    path = store.folder(done.stage, done.key) / "days.jsonl"
    try:
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    except FileNotFoundError:
        if not done.counts["articles"]:
            return []
        raise InputError(f"{path}: is missing: delete {path.parent} and go on with --resume") from None
    except ValueError:
        raise InputError(f"{path}: is damaged: delete {path.parent} and go on with --resume") from None


@dataclass(frozen=True, slots=True)
class _Language:
    """The sampled articles of one language.

    :param rows: their places in the sample.
    :param day: shape (n,), the number of the day of each.
    :param until: shape (d + 1,), how many articles are of days before each.
    """

    name: str
    rows: NDArray[np.int64]
    day: NDArray[np.int64]
    until: NDArray[np.int64]


def count_lines(sample: pa.Table, least_days: int) -> Iterator[Candidate]:
    """Give the lines of enough days and articles, language by language."""
    lists = read_lists(sample, "lines") if sample.num_rows else None
    if lists is None:
        return
    owners = np.repeat(np.arange(sample.num_rows), lists.lengths)
    for language in _languages(sample):
        mine = np.zeros(sample.num_rows, dtype=bool)
        mine[language.rows] = True
        chosen = mine[owners]
        values, owner = lists.values[chosen], owners[chosen]
        order = np.argsort(values, kind="stable")
        values, owner = values[order], owner[order]
        begins = np.flatnonzero(np.concatenate([[True], values[1:] != values[:-1]])) if len(values) else order
        sizes = np.diff(begins, append=len(values))
        for begin, size in zip(begins[sizes >= MIN_ARTICLES], sizes[sizes >= MIN_ARTICLES], strict=True):
            holders = owner[begin : begin + size]
            days = language.day[np.searchsorted(language.rows, holders)]
            between = language.until[days.max() + 1] - language.until[days.min()]
            n_days = len(np.unique(days))
            if n_days >= least_days and size >= SHARE * between:
                yield Candidate(language.name, int(values[begin]), holders, days, n_days)


def _languages(sample: pa.Table) -> Iterator[_Language]:
    names = sample.column("day").to_pylist()
    by_language: dict[str, list[int]] = defaultdict(list)
    for row, name in enumerate(names):
        by_language[language_of(name)].append(row)
    for language, rows in sorted(by_language.items()):
        days, day = np.unique([names[row] for row in rows], return_inverse=True)
        until = np.concatenate([[0], np.cumsum(np.bincount(day, minlength=len(days)))])
        yield _Language(language, np.array(rows, dtype=np.int64), day.astype(np.int64), until.astype(np.int64))
