"""The third stage: which articles of one day are copies of one another, or of articles of the days before.

Candidates share hashes of word 5-grams that are below a bound, one in four of all; they are confirmed by the
containment of all their 5-grams, by the rules of :mod:`summarizer.origins`. Broder (1997) calls it a sketch modulo m.
A sample keeps the containment of articles of unequal length, where MinHash with bands sees a lower Jaccard similarity.
Among 6,000 articles with 1,500 made copies (``python -m benchmarks measure scale_copies``) the sample finds 99.9 % of
the pairs in 0.1 s, with 0.4 to 0.6 candidates an article: of whole articles, of 40 to 120 words, and of those of one
agency, for which a containment of 0.2 is enough. MinHash with 64 bands of 2 finds 99.4, 99.6 and 88.6 % in 0.5 to
1.3 s, with 0.5 to 0.8 candidates; of one hash in eight the sample finds 99.7, 99.4 and 98.7 %.

Known limit: a short article that appears whole in a longer one of a later day is not linked to that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from summarizer.origins import AGENCIES
from summarizer.scale import schemas
from summarizer.scale.candidates import Lists, find_candidates, share_of
from summarizer.scale.moments import is_undated
from summarizer.scale.settings import Settings
from summarizer.scale.store import Store, write_table
from summarizer.scale.tasks import Done, Task, Work

if TYPE_CHECKING:
    import pyarrow as pa

#: The rules of :mod:`summarizer.origins`: a short article must be in another nearly whole; two stories of one agency
#: are one origin from this share of the threshold on.
_SHORT_THRESHOLD: Final = 0.8
_WIRE_SHARE: Final = 0.4
#: Pairs confirmed in one step: 40 MB.
_STEP: Final = 4_096
_BITS: Final = {code: np.uint32(1 << place) for place, code in enumerate(sorted(AGENCIES))}


def plan_copies(days: Sequence[Done], settings: Settings) -> list[Task]:
    """Plan the search for copies: one task a day, which reads that day and those of the window before.

    :param days: what gathering left, in any order.
    :return: tasks in the order of their names.
    """
    return plan_windows("copies", days, settings)


def plan_windows(stage: str, days: Sequence[Done], settings: Settings) -> list[Task]:
    """Plan a stage that compares each day with the days before it that articles within the window can stand in.

    The payload names those days under ``before``, the latest first; the day itself is the key.
    """
    by_key = {done.key: done for done in days}
    tasks = []
    for key in sorted(by_key):
        before = [name for name in days_before(key, settings.scale.window_hours) if name in by_key]
        reads = tuple(by_key[name].read for name in (key, *before))
        tasks.append(Task(stage, key, {"before": before}, reads))
    return tasks


def days_before(key: str, hours: int) -> list[str]:
    """Name the days before a day that are within so many hours of its first moment, the latest first.

    >>> days_before("en-20260301", 36)
    ['en-20260228', 'en-20260227']
    """
    if is_undated(key):
        return []
    language, _, date = key.rpartition("-")
    day = datetime(int(date[:4]), int(date[4:6]), int(date[6:]), tzinfo=UTC)
    names = []
    for back in range(1, -(-hours // 24) + 1):
        try:
            earlier = day - timedelta(days=back)
        except OverflowError:  # before the year 1
            break
        names.append(f"{language}-{earlier.year:04d}{earlier.month:02d}{earlier.day:02d}")
    return names


@dataclass(frozen=True, slots=True)
class _Sketches:
    """The sketches of a day, and of those before it, behind one another; n articles.

    :param ids: n ids.
    :param sample: hashes below the bound.
    :param total: shape (n,), how many hashes there are in all.
    :param words: shape (n,), see :class:`summarizer.scale.sketching.Sketch`.
    :param wires: shape (n,), a bit for each agency.
    :param n_own: how many are of the day itself; they come first.
    """

    ids: list[str]
    sample: Lists
    total: NDArray[np.int64]
    words: NDArray[np.uint64]
    wires: NDArray[np.uint32]
    n_own: int


def find_copies(work: Work) -> dict[str, int]:
    """Find the copies of the articles of a day.

    :return: ``pairs``; ``candidates``, the pairs that were confirmed or not; ``hot``, hashes that are in so many
        articles that not every pair was looked at.

    Memory: for each article of the window 4 bytes a sampled hash, and those of the pairs confirmed in one step.
    """
    store = Store(work.root)
    days = (work.task.key, *work.task.payload["before"])
    sketches = _read_sketches(store, days)
    threshold = work.settings.summary.copy_threshold
    least = np.where(sketches.wires > 0, threshold * _WIRE_SHARE, threshold)
    found = find_candidates(sketches.sample, sketches.n_own, least)
    shared = _Shingles(store, days).share(found.left, found.right, sketches.total)
    left, right, contained = _decide(sketches, found.left, found.right, shared, threshold)
    order = np.lexsort((right, left))
    _write_pairs(work, sketches.ids, left[order], right[order], contained[order])
    return {"pairs": len(left), "candidates": len(found.left), "hot": found.n_hot}


def _read_sketches(store: Store, days: Sequence[str]) -> _Sketches:
    columns = ["id", "sample", "total", "words", "wires"]
    tables = [store.read("days", day, "sketches", columns) for day in days]
    import pyarrow as pa

    table = pa.concat_tables(tables)
    wires = np.zeros(table.num_rows, dtype=np.uint32)
    for row, names in enumerate(table.column("wires").to_pylist()):
        for name in names:
            wires[row] |= _BITS[name]
    return _Sketches(
        ids=table.column("id").to_pylist(),
        sample=read_lists(table, "sample"),
        total=table.column("total").to_numpy().astype(np.int64),
        words=table.column("words").to_numpy(),
        wires=wires,
        n_own=tables[0].num_rows,
    )


def read_lists(table: pa.Table, name: str) -> Lists:
    """Give a column of lists of numbers as one array, and where each list begins."""
    column = table.column(name).combine_chunks()
    lengths = column.value_lengths().to_numpy(zero_copy_only=False)
    return Lists(column.flatten().to_numpy(), np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64))


class _Shingles:
    """All the hashes of the articles of some days, of which those of candidates are read."""

    def __init__(self, store: Store, days: Sequence[str]) -> None:
        self._store, self._days = store, days

    def share(self, left: NDArray[np.int64], right: NDArray[np.int64], total: NDArray[np.int64]) -> NDArray[np.float64]:
        """Give the containment of pairs: the share of the hashes of the one with fewer that the other has too."""
        import pyarrow as pa

        wanted = np.unique(np.concatenate([left, right]))
        kept, start = [], 0
        for day in self._days:
            table = self._store.read("days", day, "sketches", ["shingles"])
            here = wanted[(wanted >= start) & (wanted < start + table.num_rows)] - start
            kept.append(table.take(here))
            start += table.num_rows
        lists = read_lists(pa.concat_tables(kept), "shingles")
        result = np.zeros(len(left))
        for step in range(0, len(left), _STEP):
            some = slice(step, step + _STEP)
            i, j = np.searchsorted(wanted, left[some]), np.searchsorted(wanted, right[some])
            smaller = np.minimum(total[left[some]], total[right[some]])
            result[some] = share_of(lists, i, j) / np.maximum(smaller, 1)
        return result


def _decide(
    sketches: _Sketches,
    left: NDArray[np.int64],
    right: NDArray[np.int64],
    contained: NDArray[np.float64],
    threshold: float,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Keep the pairs that are copies."""
    short = sketches.words > 0
    long = ~(short[left] | short[right])
    same_wire = (sketches.wires[left] & sketches.wires[right]) > 0
    kept = long & (contained >= np.where(same_wire, threshold * _WIRE_SHARE, threshold))
    near = ~long & (contained >= max(threshold, _SHORT_THRESHOLD))
    links = _short_links(sketches, left[near], right[near], contained[near])
    more = np.array([(i, j) for i, j, _ in links], dtype=np.int64).reshape(-1, 2)
    values = np.array([value for *_, value in links], dtype=np.float64)
    return (
        np.concatenate([left[kept], more[:, 0]]),
        np.concatenate([right[kept], more[:, 1]]),
        np.concatenate([contained[kept], values]),
    )


def _short_links(
    sketches: _Sketches, left: NDArray[np.int64], right: NDArray[np.int64], contained: NDArray[np.float64]
) -> list[tuple[int, int, float]]:
    """Link each short article of the day to one that has the same words, or else to the one that holds most of it.

    One link each, so that a short article never joins two others.
    """
    links: dict[int, tuple[float, int]] = {}
    first: dict[int, int] = {}
    # From the earliest day on, so that the same words are linked to where they stood first.
    n_own = sketches.n_own
    backwards = [*range(n_own, len(sketches.ids)), *range(n_own)]
    for row in (row for row in backwards if sketches.words[row]):
        partner = first.setdefault(int(sketches.words[row]), row)
        if partner != row and row < n_own:
            links[row] = (-2.0, partner)  # before any containment
    for i, j, share in zip(left.tolist(), right.tolist(), contained.tolist(), strict=True):
        ours = [row for row in (i, j) if row < n_own and sketches.words[row]]
        if ours:
            row = min(ours, key=lambda row: (sketches.total[row], row))
            links[row] = min(links.get(row, (0.0, 0)), (-share, i + j - row))
    return [(row, partner, min(-value, 1.0)) for row, (value, partner) in sorted(links.items())]


def _write_pairs(
    work: Work, ids: list[str], left: NDArray[np.int64], right: NDArray[np.int64], contained: NDArray[np.float64]
) -> None:
    import pyarrow as pa

    columns = {
        "left": [ids[row] for row in left.tolist()],
        "right": [ids[row] for row in right.tolist()],
        "containment": contained.astype(np.float32),
    }
    write_table(work.out, "pairs", pa.table(columns, schema=schemas.pairs("containment")))
