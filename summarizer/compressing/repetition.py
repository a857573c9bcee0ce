"""Which sentences would only say again what was said."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain
from typing import Final

from summarizer.guards import guard_between
from summarizer.material import Material

#: A sentence repeats one that was kept if this share of its content words stands there, or the lower one where both
#: were found to say the same. Clusters alone left out the answer to 2 of 80 questions: with what was said stood a
#: number of its own.
_REPEATED: Final = 0.8
_REPEATED_IN_CLUSTER: Final = 0.5

_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)*")


class Repetition:
    """Knows what was said, and which sentences would only say it again."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self._holders: dict[int, list[int]] = {}
        self._content: dict[int, frozenset[int]] = {}
        self.found: set[int] = set()

    def allows(self, index: int) -> bool:
        """Say whether a sentence says something that none of those kept says."""
        mine = self._words(index)
        if not mine:
            return True
        shared = Counter(chain.from_iterable(self._holders.get(term, ()) for term in mine))
        for other, count in shared.items():
            share = count / len(mine)
            if share < _REPEATED and (share < _REPEATED_IN_CLUSTER or not self._same(index, other)):
                continue
            if self._tells_no_more(index, other):
                self.found.add(index)
                return False
        return True

    def add(self, index: int) -> None:
        """Note that a sentence was kept."""
        for term in self._words(index):
            self._holders.setdefault(term, []).append(index)

    def remove(self, index: int) -> None:
        """Note that a sentence was given up."""
        for term in self._words(index):
            self._holders[term].remove(index)

    def _words(self, index: int) -> frozenset[int]:
        known = self._content.get(index)
        if known is None:
            known = self._content[index] = frozenset(self._material.terms.content(index).tolist())
        return known

    def _same(self, index: int, other: int) -> bool:
        labels = self._material.clustering.labels
        return bool(labels[index] == labels[other]) or any(i == index for i, _ in self._material.supporters(other))

    def _tells_no_more(self, index: int, other: int) -> bool:
        """Say whether a sentence has no number of its own, and nothing that goes against the other."""
        mine, theirs = (self._material.sentences[i].text for i in (index, other))
        return set(_NUMBER.findall(mine)) <= set(_NUMBER.findall(theirs)) and guard_between(mine, theirs) is None
