"""Lead: the first sentence of every document, then the second of every document, and so on."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from summarizer.selection.budget import Allowed, Knapsack


def lead(
    positions: NDArray[np.int64],
    documents: NDArray[np.int64],
    budget: Knapsack,
    *,
    allowed: Allowed | None = None,
) -> list[int]:
    """Choose by position, documents in turn; what repeats a chosen sentence or does not fit is passed over.

    :param positions: shape (n,), index of each sentence in its document.
    :param documents: shape (n,), document number in canonical order.
    :param budget: costs and limit.
    :param allowed: whether a sentence may join the chosen ones; None for always.
    :return: indices in the order chosen.

    O(n log n). The baseline that most systems do not beat on full articles: Fabbri et al. (2019),
    doi:10.18653/v1/P19-1102, table 4.
    """
    chosen: list[int] = []
    used = 0
    for index in np.lexsort((documents, positions)).tolist():
        if budget.fits(index, used) and (allowed is None or allowed(index, chosen)):
            chosen.append(index)
            used += int(budget.costs[index])
    return chosen
