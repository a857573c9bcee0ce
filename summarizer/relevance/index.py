"""Which sentences hold what a query asks for, word by word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from summarizer.material import Material
from summarizer.questions import Asked
from summarizer.relevance.kindred import Kindred
from summarizer.relevance.kinds import name_keys
from summarizer.terms import tokenize

#: Words of the sentence before count by this, for "It lasted seven weeks" stands behind the sentence that says what
#: lasted: below the share of the best from which a sentence bears on the query, so that none does by its neighbour.
_BEFORE: Final = 0.4
#: What is told in other words counts by this. Without an encoder the nearest 60 words hold the answer to 116 of 141
#: questions read while building, to 111 at 0 and 112 at 1; with one it changes little.
_KINDRED: Final = 0.5


@dataclass(frozen=True, slots=True)
class Held:
    """What n sentences hold of k things that a question asks for.

    :param shared: shape (n,), the weighted share of them that each holds, in [0, 1].
    :param spoken: which of them any source speaks of, headlines included.
    :param told: shape (k, n), 1 where a sentence holds a thing, less where it tells it in other words.
    :param weights: shape (k,), how much each counts: rare ones more.
    """

    shared: NDArray[np.float64]
    spoken: tuple[bool, ...]
    told: NDArray[np.float64]
    weights: NDArray[np.float64]


class Index:
    """Which sentences hold what is asked for, by stem, number or key word of a name."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self._number = {term: index for index, term in enumerate(material.terms.vocabulary)}
        self._n = len(material.sentences)
        lengths = [len(row) for row in material.terms.rows]
        self._flat = np.concatenate(material.terms.rows) if lengths else np.zeros(0, dtype=np.int32)
        self._holder = np.repeat(np.arange(self._n), lengths)
        titles = " ".join(document.title or "" for document in material.documents)
        self._titles = frozenset(tokenize(titles))
        self._title_names = name_keys(titles)
        self._names = [name_keys(sentence.text) for sentence in material.sentences]
        self._kindred = Kindred(material, self._names, self._holder, self._flat)

    def hold(self, asked: Sequence[Asked]) -> Held:
        """Look up k things that a question asks for.

        What a sentence tells in other words, and what the one before holds, count in part in the share.
        """
        told, weights, known = np.zeros((len(asked), self._n)), np.zeros(len(asked)), []
        held = np.zeros(self._n)
        follows = np.diff(self._material.owner, prepend=-1) == 0
        for number, item in enumerate(asked):
            has = self._has_name(item) if item.kind == "name" else self._has_word(item)
            holders = int(has.sum())
            weights[number] = 1 + np.log(self._n / max(holders, 1))
            kin = self._kindred.tell(item)
            told[number] = np.maximum(has, kin)
            counted = np.maximum(has, _KINDRED * kin)
            before = np.concatenate(([0.0], counted[:-1])) * follows * _BEFORE
            held += weights[number] * np.maximum(counted, before)
            known.append(bool(holders) or self._in_titles(item))
        return Held(np.round(held / max(float(weights.sum()), 1e-9), 6), tuple(known), told, weights)

    def _has_word(self, item: Asked) -> NDArray[np.float64]:
        numbers = [self._number[form] for form in item.forms if form in self._number]
        has = np.zeros(self._n)
        if numbers:
            has[self._holder[np.isin(self._flat, numbers)]] = 1.0
        return has

    def _has_name(self, item: Asked) -> NDArray[np.float64]:
        return np.array([item.forms[-1] in names for names in self._names], dtype=np.float64)

    def _in_titles(self, item: Asked) -> bool:
        if item.kind == "name":
            return item.forms[-1] in self._title_names
        return not self._titles.isdisjoint((item.text.lower(), *item.forms))
