"""Which sentences exclude each other: those that state one fact, and those that repeat each other's words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from summarizer.terms import Terms

#: Two sentences that share this part of the shorter one's content words repeat each other: against no limit at all it
#: moves ROUGE-1 by less than 0.1 on all three tuning sets.
MAX_OVERLAP: Final = 0.5
#: When the budget cannot be used otherwise, sentences may share up to this part.
_MAX_OVERLAP_RELAXED: Final = 0.85


def _nobody(index: int) -> Iterable[int]:
    """Say that nothing supports a sentence."""
    return ()


@dataclass(slots=True)
class _Said:
    """What the sentences chosen so far say, counted so that a candidate is compared with all of them at once."""

    chosen: list[int] = field(default_factory=list)
    topics: Counter[int] = field(default_factory=Counter)
    labels: Counter[int] = field(default_factory=Counter)
    stated: Counter[int] = field(default_factory=Counter)
    holders: dict[int, list[int]] = field(default_factory=dict)
    sizes: dict[int, int] = field(default_factory=dict)
    content: dict[int, frozenset[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Redundancy:
    """Judges whether a sentence repeats those chosen.

    It remembers whom it was asked about last: a question about the same sentences, or about one more or one fewer,
    takes O(words) and the holders of each, not a comparison with everyone chosen.

    :param labels: shape (n,), cluster of each sentence; two of one cluster state the same fact.
    :param terms: stems of the sentences.
    :param topics: shape (n,), loose cluster of each sentence; two of one topic mostly tell the same.
    :param own: shape (n,), sentences that tell something of their own though their topic was chosen: other figures.
    :param supporters: gives the sentences that support a sentence: they state what it states.
    """

    labels: NDArray[np.int64]
    terms: Terms
    topics: NDArray[np.int64]
    own: NDArray[np.bool_]
    supporters: Callable[[int], Iterable[int]] = _nobody
    _said: _Said = field(default_factory=_Said, repr=False)

    def allows(self, index: int, chosen: Sequence[int]) -> bool:
        """Say whether a sentence has a topic or figures of its own, and repeats no wording of the chosen ones."""
        self._follow(chosen)
        if not self.own[index] and self._said.topics[int(self.topics[index])]:
            return False
        return self._allows(index, MAX_OVERLAP)

    def allows_wording(self, index: int, chosen: Sequence[int]) -> bool:
        """Say whether a sentence states no fact of the chosen ones, though it may share much of their wording."""
        self._follow(chosen)
        return self._allows(index, _MAX_OVERLAP_RELAXED)

    def _allows(self, index: int, limit: float) -> bool:
        said = self._said
        if said.labels[int(self.labels[index])] or said.stated[index]:
            return False
        mine = self._content(index)
        shared = Counter(chain.from_iterable(said.holders.get(term, ()) for term in mine))
        return all(count < limit * min(len(mine), said.sizes[other]) for other, count in shared.items())

    def _content(self, index: int) -> frozenset[int]:
        """Give the content words of a sentence, found once."""
        known = self._said.content.get(index)
        if known is None:
            known = self._said.content[index] = frozenset(self.terms.content(index).tolist())
        return known

    def _follow(self, chosen: Sequence[int]) -> None:
        """Take note of the sentences chosen since the last question, and forget those given up."""
        known = self._said.chosen
        if known == chosen:
            return
        if known == chosen[: len(known)]:
            added = list(chosen[len(known) :])
        else:
            gone, added = set(known) - set(chosen), [index for index in chosen if index not in self._said.sizes]
            for index in sorted(gone):
                self._count(index, -1)
        for index in added:
            self._count(index, 1)
        self._said.chosen = list(chosen)

    def _count(self, index: int, step: Literal[1, -1]) -> None:
        """Add what a sentence says, or take it away."""
        said = self._said
        said.topics[int(self.topics[index])] += step
        said.labels[int(self.labels[index])] += step
        for other in self.supporters(index):
            said.stated[other] += step
        content = self._content(index)
        for term in content:
            holders = said.holders.setdefault(term, [])
            holders.append(index) if step > 0 else holders.remove(index)
        if step > 0:
            said.sizes[index] = len(content)
        else:
            del said.sizes[index]
