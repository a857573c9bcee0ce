"""Which sentences would only say again what was said."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain
from typing import Final

from summarizer.guards import guard_between
from summarizer.material import Material

#: A sentence repeats one that was kept if this share of its content words stands there. That both were found to say the
#: same is no reason to ask for less: half of the words did for that once, and what was left out had words of its own.
#: On 90 clusters of three outlets for training, asked for a headline, that cost 2.5 points of ROUGE-2 recall at 512
#: tokens and 2.0 at 256. Of 80 questions read while building this loses the answer to none, and 16 clusters of full
#: articles lose 0.1 points.
_REPEATED: Final = 0.8

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
            if count >= _REPEATED * len(mine) and self._tells_no_more(index, other):
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

    def _tells_no_more(self, index: int, other: int) -> bool:
        """Say whether a sentence has no number of its own, and nothing that goes against the other."""
        mine, theirs = (self._material.sentences[i].text for i in (index, other))
        return set(_NUMBER.findall(mine)) <= set(_NUMBER.findall(theirs)) and guard_between(mine, theirs) is None
