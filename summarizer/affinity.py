"""Which articles are about the event that most articles report, and which are about something else.

A folder of articles on one event often holds one or two on another: a search matched a word, a page held a log-in form.
What they say would count as an account of the event. Two articles are compared by the cosine of their content words,
each weighed by the square of log(1 + occurrences), so that what an article keeps coming back to decides. Average
linkage joins them to a tree. From its root down, the smaller branch is about something else while it shares little with
the larger one, by itself and against what the articles of the larger one share with each other.

Measured by ``python -m benchmarks measure robustness`` and on 408 (full articles), 2,000 (three outlets) and 1,600
(short texts) plantings of one article of another event: 92, 88 and 94 % of them are found. With nothing planted 20, 10
and 37 % of the clusters of three articles or more lose one, such as log-in pages and notes of archives.
``docs/salience.md`` says what that is worth.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from summarizer.terms import Terms
from summarizer.vectors import distinct

#: A branch of the tree is about something else below this mean cosine to the articles of the event. Nine in ten pairs
#: of full articles of different events have less than .13, of short ones less than .07.
_LEAST_CLOSENESS: Final = 0.2
#: ... and below this share of the mean cosine within the event: updates of a few words share few even on one event.
_LEAST_SHARE: Final = 0.35
#: Two branches are two events below this mean cosine, and below the share above of what each shares with itself. Of 464
#: clusters of four articles or more, one is called two events: half of it are notes of an archive. Of 457 mixtures of
#: three articles each of two clusters 182 are called so, and of 252 others articles are left out, which is said.
_LEAST_BETWEEN: Final = 0.12
#: An event has so many articles, whose mean cosine is so large: what shares little with itself may be anything.
_LEAST_ARTICLES: Final = 2
_LEAST_WITHIN: Final = 0.15
#: With more origins than this nothing is left out: the tree takes O(n³), a tenth of a second for 500.
_MAX_ORIGINS: Final = 1_000


@dataclass(frozen=True, slots=True)
class _Branch:
    """A branch of the tree.

    :param members: origin numbers.
    :param inner: sum of the cosines of its pairs.
    :param closeness: mean cosine between its two parts, the larger first, of equal ones the closer; 1 for a leaf.
    """

    members: tuple[int, ...]
    inner: float = 0.0
    closeness: float = 1.0
    parts: tuple[_Branch, _Branch] | None = None

    @property
    def within(self) -> float:
        """Mean cosine of its pairs; 1 for a leaf."""
        pairs = len(self.members) * (len(self.members) - 1) / 2
        return self.inner / pairs if pairs else 1.0


def compare_origins(
    terms: Terms, origin: NDArray[np.int64], counted: NDArray[np.bool_] | None = None
) -> NDArray[np.float64]:
    """Give the cosines of the words of k origins, shape (k, k), in [0, 1] with six decimals.

    :param terms: stems of n sentences.
    :param origin: shape (n,), origin number of each sentence, 0 to k - 1.
    :param counted: shape (n,), sentences that count: not what a copy repeats; None for all.
    """
    width, n_origins = max(len(terms.vocabulary), 1), int(origin.max(initial=-1)) + 1
    flat, owner = terms.flat, terms.owner
    telling = ~terms.is_stop[flat]
    if counted is not None:
        telling &= counted[owner]
    cells = np.sort(origin[owner[telling]] * width + flat[telling])
    starts = np.flatnonzero(np.diff(cells, prepend=-1))
    of_origin, column = np.divmod(cells[starts], width)
    values = np.log1p(np.diff(starts, append=len(cells))) ** 2
    values /= np.sqrt(np.maximum(np.bincount(of_origin, weights=values**2, minlength=n_origins), 1e-9))[of_origin]
    shared = np.bincount(column, minlength=width)[column] >= 2  # the others add to no product
    columns = distinct(column[shared])
    matrix = np.zeros((n_origins, len(columns)))
    matrix[of_origin[shared], np.searchsorted(columns, column[shared])] = values[shared]
    return np.asarray(np.round(matrix @ matrix.T, 6), dtype=np.float64)


def find_other_events(
    closeness: NDArray[np.float64], words: NDArray[np.int64], least_words: float
) -> NDArray[np.bool_]:
    """Say which origins are about something else than most.

    None is unless half of the origins remain, more than are left out and share something among themselves, and
    ``least_words`` words: with fewer the summary could not be filled. Of two origins, and of two events with as many
    articles each, nothing says which is meant.

    :param closeness: shape (k, k), of :func:`compare_origins`.
    :param words: shape (k,), words of each origin.
    :param least_words: words that must remain.
    :return: shape (k,).

    O(k³).
    """
    n = len(closeness)
    found = np.zeros(n, dtype=np.bool_)
    if not 3 <= n <= _MAX_ORIGINS:
        return found
    event, others = _link(closeness), np.zeros(n, dtype=np.bool_)
    while event.parts is not None:
        between = event.closeness
        event, other = event.parts
        others[list(other.members)] = True
        size = len(event.members)
        is_far = between < min(_LEAST_CLOSENESS, _LEAST_SHARE * event.within if size > 1 else 1.0)
        if 2 * size < n:
            break
        if is_far and size > _n_linked(closeness, others) and words[~others].sum() >= least_words:
            found = others.copy()
    return found


def find_events(closeness: NDArray[np.float64]) -> tuple[tuple[int, ...], ...]:
    """Part origins into the events that they are about, where there are several and none is the main one.

    :param closeness: shape (k, k), of :func:`compare_origins`, without those that were left out.
    :return: the origins of each event, the largest first; empty where there is one event, or where the next has less
        than half of its origins. Origins that share little with any are in none.

    O(k³).
    """
    if not 2 * _LEAST_ARTICLES <= len(closeness) <= _MAX_ORIGINS:
        return ()
    branches, events = [_link(closeness)], []
    while branches:
        branch = branches.pop()
        if branch.parts and branch.closeness < min(
            _LEAST_BETWEEN, _LEAST_SHARE * min(one.within for one in branch.parts)
        ):
            branches += branch.parts
        elif len(branch.members) >= _LEAST_ARTICLES and branch.within >= _LEAST_WITHIN:
            events.append(tuple(sorted(branch.members)))
    events.sort(key=lambda event: (-len(event), event))
    return tuple(events) if len(events) > 1 and 2 * len(events[1]) >= len(events[0]) else ()


def _n_linked(closeness: NDArray[np.float64], chosen: NDArray[np.bool_]) -> int:
    """Count the chosen origins that are close to another chosen one."""
    among = closeness[np.ix_(chosen, chosen)].copy()
    np.fill_diagonal(among, 0)
    return int((among.max(axis=1) >= _LEAST_CLOSENESS).sum())


def _link(closeness: NDArray[np.float64]) -> _Branch:
    """Join origins by average linkage, ties to the lower numbers; gives the root."""
    n = len(closeness)
    branches = [_Branch((number,)) for number in range(n)]
    table = closeness.copy()
    np.fill_diagonal(table, -1)
    while True:
        first, second = sorted(divmod(int(np.argmax(table)), n))
        left, right = branches[first], branches[second]
        between = float(table[first, second])
        sizes = len(left.members), len(right.members)
        joined = _Branch(
            left.members + right.members,
            left.inner + right.inner + between * sizes[0] * sizes[1],
            between,
            (left, right) if (sizes[0], left.inner) >= (sizes[1], right.inner) else (right, left),
        )
        if sum(sizes) == n:
            return joined
        branches[first] = joined
        row = np.round((sizes[0] * table[first] + sizes[1] * table[second]) / sum(sizes), 9)
        row[[first, second]] = -1
        row[table[first] < 0] = -1
        table[first], table[:, first] = row, row
        table[second], table[:, second] = -1, -1
