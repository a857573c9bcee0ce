"""How likely two accounts are of one event, from how near they are, and how near others are.

Articles on one long story share more words than articles on two events elsewhere do, so a cosine alone says little. It
is set against what each article shares with its nearest ones, and against whether those are the same for both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from summarizer.scale.neighbours import CLOSE, MAX_NEIGHBOURS
from summarizer.scale.weighing import places
from summarizer.vectors import are_new, ranges

if TYPE_CHECKING:
    import pyarrow as pa

#: The nearest other accounts that say how near is near for an article.
NEAREST: Final = 3
#: What is measured of a link, in the order of :data:`WEIGHTS`: the share of neighbours in common; the logarithms of the
#: cosine and of what is usual for both; the time between, as a share of the window; the logarithms of how many terms
#: the shorter and the longer have; whether they name other days of the week, and less so the further apart.
MEASURES: Final = ("common", "cosine", "usual", "apart", "shorter", "longer", "other_days")
#: Logistic regression on the links of streams made of the sets for training, and a constant: ``python -m benchmarks
#: events --fit``. In half of the streams events last longer than the window; of events of a day alone, time gets twice
#: the weight, and events that go on fall apart; it is held at -2.0 where the fit says -2.51, for the same reason.
WEIGHTS: Final = (4.32, 6.81, -8.08, -2.0, 1.8, -2.49, -2.67, 1.1)
#: The same where articles were compared by vectors too: after :data:`MEASURES`, how much nearer their vectors are than
#: is usual for both. All are as fitted: with vectors time may count for more, and events that go on gain as well.
WEIGHTS_WITH_MEANING: Final = (3.12, 3.3, -4.49, -2.99, 1.71, -2.56, -2.58, 17.31, 2.76)
#: Taken as the time between two articles where none is known: what is usual for links.
USUALLY_APART: Final = 0.33
#: Of two hot articles, which have more close neighbours than are kept, the nearest are nearer than is usual in their
#: event, and few neighbours are kept for both: what is usual is taken of all, and as common what is usual for an event.
HOT_COMMON: Final = 0.85
#: Links less likely than this are taken for none: they are most of all links, and move no mean.
FAINT: Final = 0.03
#: Least cosine of a link between two articles of so many terms or more, leads having some 35. Two long ones of which
#: nobody else tells are near to each other for want of others. On the streams for training .14 gives the best events of
#: .1, .12, … .18, and is no worse at the lower density.
LEAST_COSINE: Final = 0.14
LONG_TERMS: Final = 60
#: From this share of the window on, accounts of one event may well name other days of the week: 24 of 36 hours.
SAME_DAYS: Final = 2 / 3
#: Lengths count as no more: the streams for training have few longer articles, and say nothing of them.
MOST_TERMS: Final = 120
#: What is known of a pair of articles.
_COLUMNS: Final = ("similarity", "names", "apart", "shorter", "longer", "other_days", "rare", "meaning")
#: Logarithms are taken of no less.
_LEAST: Final = 1e-3
#: Lookups of one step: a few arrays of 8 MB.
_STEP: Final = 1_000_000


def weigh_measured(
    told: Measured, weights: Sequence[float], weights_with_meaning: Sequence[float]
) -> NDArray[np.float64]:
    """Say how likely each link is one of an event, shape (m,), by the vectors too where they are known."""
    likely = likelihood(told.measures, weights)
    known = ~np.isnan(told.nearer)
    every = np.column_stack([told.measures[known], told.nearer[known]])
    likely[known] = likelihood(every, weights_with_meaning)
    return likely


def likelihood(measures: NDArray[np.float64], weights: Sequence[float]) -> NDArray[np.float64]:
    """Give the logistic of weighed measures, shape (m,), to six decimals; the last weight is the constant."""
    odds = measures @ np.array(weights[:-1]) + weights[-1]
    return np.asarray(np.round(1 / (1 + np.exp(-np.clip(odds, -30, 30))), 6))


@dataclass(frozen=True, slots=True)
class Measured:
    """m links between origins, ascending, each once.

    :param hot: shape (n,), which origins have more links than were kept.
    :param counts: shape (m,), whether it can join: not if both name people and places, and none in common, nor if both
        are long and the cosine is below :data:`LEAST_COSINE`.
    :param measures: shape (m, 7), by :data:`MEASURES`.
    :param rare: shape (m,), the logarithm of one more than the rarity of the words in common, 0 if not known.
    :param nearer: shape (m,), the cosine of the vectors of both less what is usual for both, NaN if not known.
    """

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    hot: NDArray[np.bool_]
    counts: NDArray[np.bool_]
    measures: NDArray[np.float64]
    rare: NDArray[np.float64]
    nearer: NDArray[np.float64]


def measure_links(ids: NDArray[np.object_], origin: NDArray[np.int64], tables: Sequence[pa.Table]) -> Measured:
    """Measure the links between origins; parameters as of :func:`summarizer.scale.looking.weigh_links`."""
    left, right, pairs = _between_origins(ids, origin, tables)
    similarity, apart = pairs["similarity"], np.nan_to_num(pairs["apart"], nan=USUALLY_APART)
    nearest, close, hot = _usual(len(ids), left, right, similarity)
    common = _common(len(ids), left, right, similarity)
    both = hot[left] & hot[right]
    usual = np.where(both, close[left] * close[right], nearest[left] * nearest[right])
    measures = [
        np.where(both, np.maximum(common, HOT_COMMON), common),
        np.log(np.maximum(similarity, _LEAST)),
        np.log(np.maximum(np.sqrt(usual), _LEAST)),
        apart,
        np.log1p(np.minimum(pairs["shorter"], MOST_TERMS)),
        np.log1p(np.minimum(pairs["longer"], MOST_TERMS)),
        pairs["other_days"] * np.maximum(1 - apart / SAME_DAYS, 0),
    ]
    vague = (pairs["shorter"] >= LONG_TERMS) & (similarity < LEAST_COSINE)
    counts = (pairs["names"] != 0) & ~vague
    nearer = _nearer(left, right, hot, pairs["meaning"])
    rare = np.asarray(np.round(np.log1p(np.nan_to_num(pairs["rare"])), 6), dtype=np.float64)
    return Measured(left, right, hot, counts, np.stack(measures, axis=1), rare, nearer)


def _nearer(
    left: NDArray[np.int64], right: NDArray[np.int64], hot: NDArray[np.bool_], meaning: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Say how much nearer by their vectors the ends of each link are than is usual; NaN where nobody knows."""
    found, known = np.full(len(left), np.nan), ~np.isnan(meaning)
    left, right, meaning = left[known], right[known], meaning[known]
    nearest, close, _ = _usual(len(hot), left, right, meaning)
    usual = np.where(hot[left] & hot[right], close[left] + close[right], nearest[left] + nearest[right]) / 2
    found[known] = np.round(meaning - usual, 6)
    return found


def _between_origins(
    ids: NDArray[np.object_], origin: NDArray[np.int64], tables: Sequence[pa.Table]
) -> tuple[NDArray[np.int64], NDArray[np.int64], dict[str, NDArray[np.float64]]]:
    """Give each two origins with a link once, ascending.

    :return: the two; what is known of their nearest articles, by the names of :func:`schemas.neighbours`.
    """
    n = max(len(ids), 1)
    left, right = places(ids, tables, "left"), places(ids, tables, "right")
    columns = {name: _column(tables, name) for name in _COLUMNS}
    known = (left >= 0) & (right >= 0)
    first, second = origin[left[known]], origin[right[known]]
    key = np.minimum(first, second) * n + np.maximum(first, second)
    order = np.lexsort((columns["apart"][known], -columns["similarity"][known], key))
    order = order[(first != second)[order]]
    chosen = order[are_new(key[order])]
    lower, higher = np.divmod(key[chosen], n)
    return lower, higher, {name: values[known][chosen] for name, values in columns.items()}


def _column(tables: Sequence[pa.Table], name: str) -> NDArray[np.float64]:
    import pyarrow as pa

    if not tables:
        return np.zeros(0)
    column = pa.concat_tables(tables).column(name)
    values: NDArray[np.float64] = column.cast(pa.float64()).to_numpy()
    return values


def _usual(
    n: int, left: NDArray[np.int64], right: NDArray[np.int64], similarity: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]:
    """Say how near others usually are to each of n.

    :return: the mean similarity to the nearest ones; to all that are about as near as the nearest; and whether those
        are as many as are kept. Both means are 1 for those without neighbours.
    """
    owner, value = np.concatenate([left, right]), np.concatenate([similarity, similarity])
    order = np.lexsort((-value, owner))
    owner, value = owner[order], value[order]
    counts = np.bincount(owner, minlength=n)
    starts = np.cumsum(counts) - counts
    nth = np.arange(len(owner)) - starts[owner]
    nearest = np.append(value, 0.0)[np.minimum(starts, len(value))]
    means = []
    for chosen in (nth < NEAREST, value >= CLOSE * nearest[owner]):
        n_chosen = np.bincount(owner[chosen], minlength=n)
        total = np.bincount(owner[chosen], weights=value[chosen], minlength=n)
        means.append(np.where(n_chosen > 0, total / np.maximum(n_chosen, 1), 1.0))
    return means[0], means[1], n_chosen >= MAX_NEIGHBOURS


def _common(
    n: int, left: NDArray[np.int64], right: NDArray[np.int64], similarity: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Give the cosine of the neighbourhoods of the two ends of each link, each end a neighbour of itself.

    The neighbours of the end that has fewer are looked up among those of the other: O(m log m).
    """
    numbers = np.arange(n)
    keys = np.concatenate([left * n + right, right * n + left, numbers * n + numbers])
    values = np.concatenate([similarity, similarity, np.ones(n)])
    order = np.argsort(keys)
    keys, values = keys[order], values[order]
    owner, other = np.divmod(keys, max(n, 1))
    values /= np.sqrt(np.bincount(owner, weights=values**2, minlength=n))[owner]
    degree = np.bincount(owner, minlength=n)
    start = np.cumsum(degree) - degree
    fewer = np.where(degree[left] <= degree[right], left, right)
    more = left + right - fewer
    work = np.cumsum(degree[fewer])
    found = np.zeros(len(left))
    first = 0
    while first < len(left):
        last = max(first + 1, int(np.searchsorted(work, (work[first - 1] if first else 0) + _STEP)))
        some = slice(first, last)
        lengths = degree[fewer[some]]
        entries = ranges(start[fewer[some]], lengths)
        wanted = np.repeat(more[some] * n, lengths) + other[entries]
        place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        products = values[entries] * values[place] * (keys[place] == wanted)
        found[some] = np.bincount(np.repeat(np.arange(last - first), lengths), products, minlength=last - first)
        first = last
    return np.round(found, 6)
