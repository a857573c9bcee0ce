"""The fourth stage: which articles of a day report the event of another one, of that day or of the window before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from summarizer.scale import schemas
from summarizer.scale.copies import days_before
from summarizer.scale.meaning import compare_meaning, tells_meaning
from summarizer.scale.moments import is_undated
from summarizer.scale.proposing import propose
from summarizer.scale.settings import Settings
from summarizer.scale.store import Store, write_table
from summarizer.scale.tasks import Done, Task, Work
from summarizer.scale.weighing import Window, by_rarity, read_window
from summarizer.vectors import Pairs, cosines

if TYPE_CHECKING:
    import pyarrow as pa

#: Least cosine of two articles of one event. Nine in ten pairs of one event have more, and 99 in 100 pairs of articles
#: that a word or two proposed have less.
LEAST_SIMILARITY: Final = 0.08
#: Neighbours kept of an article.
MAX_NEIGHBOURS: Final = 24
#: With fewer name words and pairs of them (some five names) in one of them, two articles may well share none.
_TELLING_NAMES: Final = 12
#: So many of them are the nearest; the others the earliest with at least this share of the similarity of the nearest.
_N_NEAREST: Final = 12
CLOSE: Final = 0.6
_HOUR: Final = 3_600


def plan_neighbours(days: Sequence[Done], copies: Sequence[Done], settings: Settings) -> list[Task]:
    """Plan the search, a task a day; it reads the days of the same language that the window reaches, and their copies.

    :param days: what gathering left, one a day.
    :param copies: what the search for copies left, one a day.
    :return: in the order of their keys.
    """
    by_key = {done.key: done for done in days}
    folded = {done.key: done for done in copies}
    tasks = []
    for key in sorted(by_key):
        before = [day for day in reversed(days_before(key, settings.scale.window_hours)) if day in by_key]
        reads = [by_key[day].read for day in (*before, key)]
        reads += [folded[day].read for day in (*before, key) if day in folded]
        tasks.append(Task("neighbours", key, {"before": before}, tuple(reads)))
    return tasks


def find_neighbours(work: Work) -> dict[str, int]:
    """Write the neighbours of the articles of one day.

    Of articles that are copies of one another only the first of the window is compared: the others would push all other
    accounts out of the neighbourhood. Articles are weighed by how rare their words are in the window. Pairs that rare
    words propose (:mod:`summarizer.scale.proposing`) stay if the cosine of all their words is at least
    :data:`LEAST_SIMILARITY`, they are no further apart than the window, and one is among the nearest of the other.
    Those that stay are compared by vectors too, if the settings ask for the encoder (:mod:`summarizer.scale.meaning`).

    :return: ``articles``; ``compared``, those that repeat no other of the window; ``pairs``; ``hot``, articles with
        more close neighbours than are kept; ``over_limit``, pairs that were left out for that.

    About linear in the articles of the window.
    """
    store, task = Store(work.root), work.task
    seconds = work.settings.scale.window_hours * _HOUR
    copied = [store.read(stage, key, "pairs", ["left", "right"]) for stage, key, _ in task.reads if stage != "days"]
    window = read_window(store, task.key, task.payload["before"], copied, seconds)
    found = _of_day(propose(window.words, LEAST_SIMILARITY), window, seconds)
    near = _nearest(found, window)
    meaning = np.full(len(near.pairs), np.nan)
    if len(near.pairs) and tells_meaning(task.key, work.settings.summary.embedder):
        days = [key for stage, key, _ in task.reads if stage == "days"]
        meaning = compare_meaning(store, days, window.ids, near.pairs.left, near.pairs.right)
    write_table(work.out, "pairs", _table(window, near, 0 if is_undated(task.key) else seconds, meaning))
    return {
        "articles": window.n_articles,
        "compared": len(window.ids) - window.n_before,
        "pairs": len(near.pairs),
        "hot": near.hot,
        "over_limit": len(found) - len(near.pairs),
    }


def _of_day(pairs: Pairs, window: Window, seconds: int) -> Pairs:
    """Keep the pairs with an article of the day that are near enough in time; ``right`` is the later one of each."""
    kept = (pairs.right >= window.n_before) & (window.at[pairs.right] - window.at[pairs.left] <= seconds)
    return Pairs(pairs.left[kept], pairs.right[kept], pairs.similarity[kept])


@dataclass(frozen=True, slots=True)
class _Near:
    """Pairs of near articles, and how many articles of the day had more than are kept."""

    pairs: Pairs
    hot: int


def _nearest(pairs: Pairs, window: Window) -> _Near:
    """Keep the pairs in which an article of the day has the other among those that it keeps.

    It keeps its nearest; and of those that are about as near the earliest, which are the same for all articles of a hot
    event and hold it together.
    """
    owner = np.concatenate([pairs.right, pairs.left])
    other = np.concatenate([pairs.left, pairs.right])
    place = np.tile(np.arange(len(pairs)), 2)
    own = owner >= window.n_before
    owner, other, place = owner[own], other[own], place[own]
    order = np.lexsort((other, -pairs.similarity[place], owner))
    owner, other, place = owner[order], other[order], place[order]
    similarity = pairs.similarity[place]
    counts = np.bincount(owner, minlength=len(window.ids))
    starts = np.cumsum(counts) - counts
    nth = np.arange(len(owner)) - starts[owner]
    nearest = np.append(similarity, 0.0)[np.minimum(starts, len(similarity))]
    close = similarity >= CLOSE * nearest[owner]
    rank = np.where(nth < _N_NEAREST, nth, _N_NEAREST + np.where(close, other, len(window.ids) + nth))
    order = np.lexsort((rank, owner))
    kept = np.zeros(len(pairs), dtype=np.bool_)
    kept[place[order[nth < MAX_NEIGHBOURS]]] = True
    near = Pairs(pairs.left[kept], pairs.right[kept], pairs.similarity[kept])
    return _Near(near, int((np.bincount(owner[close], minlength=1) > MAX_NEIGHBOURS).sum()))


def _table(window: Window, near: _Near, seconds: int, meaning: NDArray[np.float64]) -> pa.Table:
    """Give the rows of neighbours.

    :param seconds: how far apart two articles may be; 0 where no times are known.
    :param meaning: of each pair, the cosine of the vectors of both; NaN where they are not known.
    """
    import pyarrow as pa

    left, right = near.pairs.left, near.pairs.right
    names = cosines(window.names, left, right)
    rare = cosines(by_rarity(window.words), left, right)
    n_names = np.diff(window.names.indptr)
    told = (n_names[left] >= _TELLING_NAMES) & (n_names[right] >= _TELLING_NAMES)
    apart = np.abs(window.at[right] - window.at[left]) / max(seconds, 1)
    n_words = np.diff(window.words.indptr).astype(np.int32)
    ours, theirs = window.weekdays[left], window.weekdays[right]
    order = np.lexsort((left, right))
    columns = [
        pa.array(window.ids[right[order]], pa.string()),
        pa.array(window.ids[left[order]], pa.string()),
        pa.array(near.pairs.similarity[order].astype(np.float32)),
        pa.array(names[order].astype(np.float32), mask=~told[order]),
        pa.array(apart[order].astype(np.float32), mask=np.full(len(order), not seconds)),
        pa.array(np.minimum(n_words[left], n_words[right])[order]),
        pa.array(np.maximum(n_words[left], n_words[right])[order]),
        pa.array(((ours > 0) & (theirs > 0) & (ours & theirs == 0))[order]),
        pa.array(rare[order].astype(np.float32)),
        pa.array(meaning[order].astype(np.float32), mask=np.isnan(meaning)[order]),
    ]
    return pa.Table.from_arrays(columns, schema=schemas.neighbours())
