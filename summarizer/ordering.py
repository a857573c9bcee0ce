"""The order in which chosen statements are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

#: Two statements belong to one block from this cosine of their TF-IDF rows; set by reading briefings, not measured.
_RELATED: Final = 0.2
#: Longer briefings are put in order without blocks: grouping takes n³ steps, and nobody reads 400 sentences for flow.
MAX_GROUPED: Final = 400


@dataclass(frozen=True, slots=True)
class Place:
    """What is known of a chosen statement when it is put in order.

    :param origins: number of independent origins that support it.
    :param relative: mean relative position of its support in the articles, 0 = first sentence, 1 = last.
    :param published: earliest publication among its support, ISO 8601; None if any article of the input has no date.
    :param dangling: whether it opens by pointing at a sentence before.
    :param key: breaks ties; unique.
    :param leads: number of its origins that support it among their first two sentences.
    :param leaning: whether it speaks of something as known.
    :param past: whether it tells what was to come, at a time that is past by the latest article.
    :param after: number of the statement that it should follow at once, whatever else holds; None for any place.
    """

    origins: int
    relative: float
    published: str | None
    dangling: bool
    key: tuple[int, ...]
    leads: int = 0
    leaning: bool = False
    past: bool = False
    after: int | None = None


def order_statements(places: Sequence[Place], similarity: NDArray[np.float32] | None) -> list[int]:
    """Put statements in reading order.

    The first introduces: it does not dangle, nor tell what was to come at a time that is past, nor lean if another does
    not, and has the most support, where support at the top of an article counts twice, because leads say what happened.
    Related statements form blocks; the block of the first comes first, the others follow by earliest publication where
    all dates are known, then by mean relative position. Within a block the same holds. A statement that points at one
    before it follows the one it came after.

    :param places: n statements.
    :param similarity: cosines between them, shape (n, n); None for no blocks.
    :return: a permutation of range(n). O(n³), O(n log n) above 400 statements.

    Barzilay, Elhadad and McKeown (2002), doi:10.1613/jair.991: augmented ordering, which human judges preferred to
    majority and to chronological ordering.
    """
    if not places:
        return []
    first = min(
        range(len(places)),
        key=lambda i: _opening(places[i]),
    )
    if similarity is None or len(places) > MAX_GROUPED:
        blocks = [[index] for index in range(len(places))]
    else:
        blocks = _blocks(similarity)

    def rank(members: list[int]) -> tuple[bool, str, float, tuple[int, ...]]:
        dates = [places[i].published for i in members]
        known = [date for date in dates if date is not None]
        mean = sum(places[i].relative for i in members) / len(members)
        return (first not in members, min(known, default=""), round(mean, 6), min(places[i].key for i in members))

    ordered = []
    for members in sorted(blocks, key=rank):
        ordered += sorted(members, key=lambda i: (i != first, *rank([i])[1:]))
    return _follow(ordered, places)


def _follow(ordered: list[int], places: Sequence[Place]) -> list[int]:
    """Move statements right behind the one that they should follow; the others keep their order."""
    behind: dict[int, list[int]] = {}
    for index in ordered:
        if (after := places[index].after) is not None:
            behind.setdefault(after, []).append(index)
    result: list[int] = []
    waiting = [index for index in reversed(ordered) if places[index].after is None]
    while waiting:
        index = waiting.pop()
        result.append(index)
        waiting += reversed(behind.get(index, ()))
    return result


def _opening(place: Place) -> tuple[bool, bool, bool, int, int, float, tuple[int, ...]]:
    """Rank a statement as the first; lowest is best."""
    told = place.origins + place.leads
    return (place.dangling, place.past, place.leaning, -told, -place.leads, round(place.relative, 6), place.key)


def _blocks(similarity: NDArray[np.float32]) -> list[list[int]]:
    """Group statements by average link, so that one odd pair does not chain two blocks."""
    n = len(similarity)
    members = {index: [index] for index in range(n)}
    links = np.array(similarity, dtype=np.float64)
    np.fill_diagonal(links, -np.inf)
    while len(members) > 1:
        kept, absorbed = sorted(divmod(int(np.round(links, 6).argmax()), n))
        if round(float(links[kept, absorbed]), 6) < _RELATED:
            break
        sizes = len(members[kept]), len(members[absorbed])
        mean = (sizes[0] * links[kept] + sizes[1] * links[absorbed]) / sum(sizes)
        links[kept], links[:, kept] = mean, mean
        links[absorbed], links[:, absorbed] = -np.inf, -np.inf
        links[kept, kept] = -np.inf
        members[kept] += members.pop(absorbed)
    return list(members.values())
