"""Which sentences go into the text: the order in which they are wanted, and what fits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from summarizer.compressing.excerpts import Excerpt, in_order, mark, render, seen
from summarizer.compressing.nearness import nearness
from summarizer.compressing.repetition import Repetition
from summarizer.config import SummaryConfig
from summarizer.errors import BudgetError
from summarizer.learned import load_salience
from summarizer.material import Material
from summarizer.protocols import TokenCounter
from summarizer.salience import Candidates, judge, narrow
from summarizer.selection import select
from summarizer.selection.budget import Knapsack

#: After so many sentences that did not fit, the budget is full.
_PATIENCE: Final = 200
#: The text is counted as a whole so often at most to use what the sums of its parts left.
_TRIALS: Final = 40


class Choice:
    """Chooses sentences within a budget of tokens.

    :param material: n sentences.
    :param numbers: the mark of each document.
    :param config: the settings.
    :param counter: counts tokens.
    :param limit: the most tokens of the text.
    """

    def __init__(
        self, material: Material, numbers: Mapping[str, int], config: SummaryConfig, counter: TokenCounter, limit: int
    ) -> None:
        self._material, self._numbers, self._config = material, numbers, config
        self._counter, self._limit = counter, limit
        # A blank or a gap goes with each sentence, a mark and a line end with each document.
        self._costs = np.array([counter(seen(s.text)) + 1 for s in material.sentences], dtype=np.int64)
        most = mark(max(numbers.values()))
        self._mark = counter(most) + 1
        self._documents = [numbers[document.id] for document in material.documents]

    def choose(self, *, fill: bool) -> tuple[list[int], set[int]]:
        """Give the sentences chosen, most valuable first, and those left out as repetitions.

        :raises BudgetError: if none fits.
        """
        order = list(dict.fromkeys(self._order(fill=fill)))
        repetition = Repetition(self._material)
        chosen = self._greedy(order, repetition)
        if not chosen:
            chosen = [self._shortest()]
        return chosen, repetition.found

    def _order(self, *, fill: bool) -> Iterator[int]:
        """Give sentences, best first."""
        words = int(self._material.words.sum()) / max(int(self._costs.sum()), 1)
        judged = judge(
            self._material,
            budget=max(self._limit * words, 1.0),
            model=load_salience(self._config.salience_weights),
            keep_opinion=True,
            min_words=1,
            keep_flawed=self._material.query is not None,
        )
        if judged.bearing is None or not any(part.asked for part in judged.bearing.parts):
            yield from self._by_salience(judged)
            return
        near = nearness(judged.bearing, self._material.owner)
        order = np.lexsort((np.arange(len(near)), -judged.salience, -near))
        bears = narrow(judged, self._material, np.ones(len(near), dtype=np.bool_)).eligible
        for index in order[judged.eligible[order]].tolist():
            if not fill and not bears[index]:
                continue
            yield index
            if bears[index] and judged.standing[index] < 1 and self._follows(index):
                yield index - 1  # what "it" points at

    def _by_salience(self, judged: Candidates) -> Iterator[int]:
        """Give what a briefing would hold, then the rest by salience, and scraps last."""
        # One of several things is not worth less for being another one than most.
        level = replace(
            judged, affinity=np.ones_like(judged.affinity), salience=np.round(judged.salience / judged.affinity, 9)
        )
        if level.eligible.any():
            yield from select("coverage", self._material, level, Knapsack(self._costs, self._limit))
        order = np.lexsort((np.arange(len(level.salience)), -level.salience))
        yield from order[level.eligible[order]].tolist()
        yield from order[self._material.counted[order] & ~level.eligible[order]].tolist()

    def _follows(self, index: int) -> bool:
        return index > 0 and bool(self._material.owner[index] == self._material.owner[index - 1])

    def _greedy(self, order: Sequence[int], repetition: Repetition) -> list[int]:
        """Take what fits, best first: by the sum of the parts, then by counts of the whole text."""
        chosen, used, missed = [], 0, 0
        marked: set[int] = set()
        for index in order:
            owner = int(self._material.owner[index])
            cost = int(self._costs[index]) + (0 if owner in marked else self._mark)
            if used + cost > self._limit:
                missed += 1
                if missed > _PATIENCE:
                    break
            elif repetition.allows(index):
                chosen.append(index)
                repetition.add(index)
                marked.add(owner)
                used += cost
        return self._settle(chosen, order, repetition)

    def _settle(self, chosen: list[int], order: Sequence[int], repetition: Repetition) -> list[int]:
        """Take the last ones off until the text fits as a whole, then add what fits after all."""
        while chosen and (over := self.count(chosen) - self._limit) > 0:
            while chosen and over > 0:
                over -= int(self._costs[chosen[-1]])
                repetition.remove(chosen.pop())
        used, taken, trials = self.count(chosen), set(chosen), 0
        for index in order:
            if trials >= _TRIALS:
                break
            if index in taken or used + int(self._costs[index]) - 1 > self._limit or not repetition.allows(index):
                continue
            trials += 1
            with_it = self.count([*chosen, index])
            if with_it <= self._limit:
                chosen.append(index)
                repetition.add(index)
                used = with_it
        return chosen

    def _shortest(self) -> int:
        """Give the sentence whose line takes the fewest tokens, where no better one fits.

        :raises BudgetError: if even that is over the budget.
        """
        by_cost = np.lexsort((np.arange(len(self._costs)), self._costs))[:_TRIALS].tolist()
        least, index = min((self.count([index]), index) for index in by_cost)
        if least > self._limit:
            raise BudgetError(
                f"no sentence fits the budget of {self._limit} tokens: the shortest has {least} with its mark; "
                f"sentences are never cut, so give at least max_tokens={least}"
            )
        return int(index)

    def count(self, chosen: Iterable[int]) -> int:
        """Count the tokens of the text that these sentences make."""
        return self._counter(render(in_order([make_excerpt(self._material, self._numbers, i, ()) for i in chosen])))


def make_excerpt(
    material: Material, numbers: Mapping[str, int], index: int, also: tuple[str, ...] | None = None
) -> Excerpt:
    """Give a sentence with its place.

    :param also: the other documents that say the same; None to find them.
    """
    sentence = material.sentences[index]
    if also is None:
        owners = (material.documents[material.owner[other]].id for other, _ in material.supporters(index))
        also = tuple(sorted({owner for owner in owners if owner != sentence.document_id}))
    return Excerpt(
        number=numbers[sentence.document_id],
        document_id=sentence.document_id,
        start=sentence.start,
        end=sentence.end,
        text=sentence.text,
        position=sentence.position,
        also=also,
    )
