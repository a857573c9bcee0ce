"""Which sentences go into the text: the order in which they are wanted, and what fits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
#: The text is counted as a whole so often at most for sentences that fit or not by a few tokens.
_TRIALS: Final = 40
#: The sum of the parts may be above the count of the whole by so much for one more sentence: its blank and the line
#: end of its document cost nothing in word pieces, and a tokenizer may join what meets.
_SLACK: Final = 3


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
        # The widest mark stands for all, and the order of the material for that of the text: who is chosen must not
        # depend on the order in which documents were given.
        self._mark = mark(max(numbers.values()))
        self._mark_cost = counter(self._mark) + 1
        self._places = {document.id: place for place, document in enumerate(material.documents, 1)}

    def choose(self, *, fill: bool) -> tuple[list[int], set[int]]:
        """Give the sentences chosen, most valuable first, and those left out as repetitions.

        :raises BudgetError: if none fits.
        """
        order = list(dict.fromkeys(self._order(fill=fill)))
        repetition = Repetition(self._material)
        chosen = self._settle(self._greedy(order, repetition), repetition)
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
        if judged.bearing is None or not any(part.open for part in judged.bearing.parts):
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
        """Take what fits, best first.

        Far from the limit the sum of the parts tells; near it the text is counted as a whole, since a sum that is one
        or two too high would pass over a sentence that fits and take a worse one for it.
        """
        chosen: list[int] = []
        used, counted, trials, missed = 0, True, 0, 0
        marked: set[int] = set()
        for index in order:
            owner = int(self._material.owner[index])
            cost = int(self._costs[index]) + (0 if owner in marked else self._mark_cost)
            if used + cost > self._limit and not counted:
                used, counted = self.count(chosen), True
            over = used + cost - self._limit
            if over > _SLACK or (over > 0 and trials >= _TRIALS):
                missed += 1
                if missed > _PATIENCE:
                    break
                continue
            if not repetition.allows(index):
                continue
            if over > 0:
                trials += 1
                cost = self.count([*chosen, index]) - used
                if used + cost > self._limit:
                    continue
            counted = over > 0
            chosen.append(index)
            repetition.add(index)
            marked.add(owner)
            used += cost
        return chosen

    def _settle(self, chosen: list[int], repetition: Repetition) -> list[int]:
        """Take the last ones off until the text as it will be fits: with some counters it is more than its parts."""
        while chosen and (over := self._counter(self._text(chosen, self._numbers)) - self._limit) > 0:
            while chosen and over > 0:
                over -= int(self._costs[chosen[-1]])
                repetition.remove(chosen.pop())
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
        """Count the tokens of the text that these sentences make, whatever the order of the documents."""
        return self._counter(self._text(chosen, self._places, lambda _: self._mark))

    def _text(self, chosen: Iterable[int], numbers: Mapping[str, int], mark_of: Callable[[int], str] = mark) -> str:
        return render(in_order([make_excerpt(self._material, numbers, index, ()) for index in chosen]), mark_of)


def make_excerpt(
    material: Material, numbers: Mapping[str, int], index: int, also: tuple[str, ...] | None = None
) -> Excerpt:
    """Give a sentence with its place.

    :param also: the other documents that say the same; None to find them.
    """
    sentence = material.sentences[index]
    if also is None:
        owners = (material.documents[material.owner[other]].id for other, _ in material.evidence(index))
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
