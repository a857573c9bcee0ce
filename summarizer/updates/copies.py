"""Articles given again: those read before, and copies of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np

from summarizer.briefing.outline import digest
from summarizer.datatypes import Document
from summarizer.material import Material
from summarizer.updates.sketches import containment, hash_shingles
from summarizer.updates.state import State

#: Share of a sketch that must be met before a seen article is compared: a tenth of what two short copies share.
_LEAST: Final = 0.02


def skip_seen(documents: Iterable[Document], state: State) -> tuple[list[Document], tuple[str, ...]]:
    """Leave out the articles that were read before, to the letter.

    :param documents: as they were read.
    :return: those that were not, in their order, and the ids under which the others are known, in the order of the
        state; an article given twice is named once.
    """
    known = {article.digest: article.id for article in state.articles}
    new, seen = [], set()
    for document in documents:
        name = known.get(digest(document.text))
        if name is None:
            new.append(document)
        else:
            seen.add(name)
    return new, tuple(article.id for article in state.articles if article.id in seen)


def find_copies(material: Material, state: State, threshold: float) -> dict[str, str]:
    """Find the new articles that copy one seen before.

    :param threshold: share of the shorter article's 5-grams from which two are copies, in [0, 1].
    :return: id of the new article -> id of the seen one that it shares most with, the first of equals.

    O(hashes kept), in one pass of numpy for all new articles; only those met are compared.
    """
    shingles = {document.id: hash_shingles(document) for document in material.documents}
    mine = np.unique(np.concatenate([np.zeros(0, np.uint32), *shingles.values()]))
    sketches = [article.sketch for article in state.articles]
    kept = np.frombuffer(b"".join(sketches), dtype="<u4")
    if not len(mine) or not len(kept):
        return {}
    places = np.minimum(np.searchsorted(mine, kept), len(mine) - 1)
    lengths = np.array([len(sketch) // 4 for sketch in sketches])
    owner = np.repeat(np.arange(len(sketches)), lengths)
    met = np.bincount(owner[mine[places] == kept], minlength=len(sketches))
    near = np.flatnonzero(met > _LEAST * lengths).tolist()
    found = {}
    for name, hashes in shingles.items():
        shares: Sequence[float] = [
            containment(hashes, sketches[number], state.articles[number].shingles) for number in near
        ]
        best = max(shares, default=0.0)
        if best >= threshold and best > 0:
            found[name] = state.articles[near[shares.index(best)]].id
    return found
