"""Which sentences are given a vector where there are so many that embedding all would take most of the time.

The encoder takes 2 to 4 ms of a processor for a sentence, everything else in a summary of many articles less than 1. A
vector tells something only beside that of another sentence, and two sentences that an encoder finds alike share words,
too: of the pairs across articles that are similar enough to support one another, one in twenty has a cosine of words
below .23, and none below .13 (533 articles of ``multi_news_val``). So the sentences come first whose words come nearest
to those of another article. Pairs of which one has no vector are as similar as their words let expect.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from summarizer.vectors import Pairs


def choose_embedded(
    near: Pairs, place: NDArray[np.int64], origins: NDArray[np.int64], *, most: int
) -> NDArray[np.bool_]:
    """Choose the sentences that come nearest by their words to another sentence of another origin.

    :param near: pairs of m different sentences with the cosines of their words.
    :param place: shape (n,), which of the m each of n sentences is.
    :param origins: shape (n,), number of the origin of each.
    :param most: how many of the m are chosen; all if there are no more.
    :return: shape (n,), equal sentences all or none of them; ties go to the lower place. O(n + m log m + pairs).
    """
    n_different = int(place.max(initial=-1)) + 1
    lowest, highest = np.full(n_different, np.iinfo(np.int64).max), np.full(n_different, -1)
    np.minimum.at(lowest, place, origins)
    np.maximum.at(highest, place, origins)
    one = (lowest == highest)[near.left] & (lowest == highest)[near.right]
    across = ~(one & (lowest[near.left] == lowest[near.right]))
    nearest = np.zeros(n_different)
    for sentences in (near.left, near.right):
        np.maximum.at(nearest, sentences[across], near.similarity[across])
    chosen = np.zeros(n_different, dtype=np.bool_)
    chosen[np.argsort(-nearest, kind="stable")[:most]] = True
    found: NDArray[np.bool_] = chosen[place]
    return found
