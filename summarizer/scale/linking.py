"""The fifth stage: neighbours -> events.

Copies are folded: an event takes them as one. :mod:`summarizer.scale.looking` says how likely two accounts are of one
event. Events grow by average linkage, the likeliest first, so that a chain of articles, each near to the next, does not
become one event: both sides must be near as a whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from summarizer.scale import schemas
from summarizer.scale.joining import join
from summarizer.scale.looking import weigh_links
from summarizer.scale.store import Store, write_table
from summarizer.scale.tasks import Done, Task, Work
from summarizer.scale.weighing import fold

if TYPE_CHECKING:
    import pyarrow as pa

#: Mean likelihood from which on two groups of accounts are one event: the best for all streams of ``benchmarks
#: events --fit`` together.
LEAST_CLOSENESS: Final = 0.35
_HOUR: Final = 3_600
#: Sizes by which events are counted: up to so many articles.
_SIZES: Final = (1, 2, 5, 10, 100)


def plan_events(days: Sequence[Done], copies: Sequence[Done], neighbours: Sequence[Done]) -> list[Task]:
    """Plan the one task that links all days; it reads ids, times and pairs, no text.

    :param days: what gathering left; ``copies``, ``neighbours``: what the searches left.
    """
    reads = tuple(done.read for done in sorted((*days, *copies, *neighbours), key=lambda done: (done.stage, done.key)))
    return [Task("events", "all", {}, reads)]


def link_events(work: Work) -> dict[str, int]:
    """Write which article belongs to which event.

    :return: ``articles``; ``origins``, of which copies are one; ``events``; ``links`` between origins that were seen,
        ``cut`` of them because their ends came to different events; ``largest`` event in articles; ``events_of_1`` …
        ``events_of_more``, how many events have so many articles.

    O(m log m) for m pairs, of which 1,000,000 take a few seconds.
    """
    store, reads = Store(work.root), work.task.reads
    articles = read_articles(store, [key for stage, key, _ in reads if stage == "days"])
    copies = [store.read(stage, key, "pairs", ["left", "right"]) for stage, key, _ in reads if stage == "copies"]
    origin = fold(articles.ids, copies)
    near = [store.read(stage, key, "pairs") for stage, key, _ in reads if stage == "neighbours"]
    seconds = work.settings.scale.window_hours * _HOUR
    links = weigh_links(articles.ids, origin, near, articles.at, seconds)
    of_origin = join(links, articles.at, origin, least=LEAST_CLOSENESS, seconds=seconds)
    event = of_origin[origin]
    write_table(work.out, "members", _members(articles, event, origin))
    sizes = np.bincount(event, minlength=1)
    sizes = sizes[sizes > 0]
    return {
        "articles": len(articles.ids),
        "origins": int((origin == np.arange(len(origin))).sum()),
        "events": len(sizes),
        "links": len(links),
        "cut": int((of_origin[links.left] != of_origin[links.right]).sum()),
        "largest": int(sizes.max(initial=0)),
        **_count_sizes(sizes),
    }


@dataclass(frozen=True, slots=True)
class Articles:
    """All articles of an archive, in the order of (dated first, at, id)."""

    ids: NDArray[np.object_]
    at: NDArray[np.int64]
    dated: NDArray[np.bool_]
    day: NDArray[np.object_]


def read_articles(store: Store, keys: Sequence[str]) -> Articles:
    """Read which articles some days have."""
    ids, at, dated, days = [], [], [], []
    for key in keys:
        table = store.read("days", key, "articles", ["id", "at"])
        ids += table.column("id").to_pylist()
        at.append(table.column("at").fill_null(0).to_numpy().astype(np.int64))
        dated.append(table.column("at").is_valid().to_numpy().astype(np.bool_))
        days += [key] * table.num_rows
    names, moments = np.array(ids, dtype=np.object_), np.concatenate([np.zeros(0, dtype=np.int64), *at])
    known = np.concatenate([np.zeros(0, dtype=np.bool_), *dated])
    by_name = np.array(sorted(range(len(ids)), key=ids.__getitem__), dtype=np.int64)
    order = by_name[np.lexsort((moments[by_name], ~known[by_name]))]
    return Articles(names[order], moments[order], known[order], np.array(days, dtype=np.object_)[order])


def _members(articles: Articles, event: NDArray[np.int64], origin: NDArray[np.int64]) -> pa.Table:
    """Give one row an article, those of an event together; articles stand in the order of time."""
    import pyarrow as pa

    names = articles.ids[event]
    by_name = np.array(sorted(range(len(names)), key=names.__getitem__), dtype=np.int64)
    order = by_name
    at = pa.array(articles.at[order], pa.int64(), mask=~articles.dated[order])
    columns = [
        pa.array(names[order], pa.string()),
        pa.array(articles.ids[order], pa.string()),
        pa.array(articles.day[order], pa.string()),
        at,
        pa.array(articles.ids[origin[order]], pa.string()),
    ]
    return pa.Table.from_arrays(columns, schema=schemas.members())


def _count_sizes(sizes: NDArray[np.int64]) -> dict[str, int]:
    """Count the events of up to so many articles, and those of more."""
    place = np.searchsorted(np.array(_SIZES), sizes)
    counts = Counter(place.tolist())
    names = [*(f"events_of_{size}" for size in _SIZES), "events_of_more"]
    return {name: counts[number] for number, name in enumerate(names)}
