"""Choosing sentences within a budget: one algorithm a file, all behind :func:`select`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from summarizer.concepts import reported
from summarizer.material import Material
from summarizer.quotable import is_said_by_pronoun
from summarizer.salience import Candidates
from summarizer.selection.budget import ENOUGH, Knapsack, add, both, fill
from summarizer.selection.centroid import centroid
from summarizer.selection.coverage import coverage
from summarizer.selection.facility_location import facility_location
from summarizer.selection.lead import lead
from summarizer.selection.lexrank import lexrank
from summarizer.selection.mmr import mmr
from summarizer.selection.nearest import nearest
from summarizer.selection.redundancy import Redundancy

__all__ = ["centroid", "coverage", "facility_location", "lead", "lexrank", "mmr", "select"]

#: Strategies that compare all pairs see this many of the most salient sentences: 2,000² float32 are 16 MB.
_MAX_COMPARED: Final = 2_000
#: Coverage does not fill the last of the budget with sentences that gain less than this share of the first one's gain:
#: a gap reads better than a filler. It costs 0.4 ROUGE-1 and 2 on full articles, nothing on the other tuning sets.
_LEAST_GAIN: Final = 0.1
#: In a summary of fewer sentences of median length none comes without the one that it points at: of three, one that
#: hangs in the air is a third. On three outlets (65 words) that gains 0.03 ROUGE-2 and leaves 0.3 % of the sentences
#: that point at none in place of 1.8 %; on full articles (225 words) it would cost 0.2 ROUGE-1.
_FEW: Final = 5


@dataclass(frozen=True, slots=True)
class Choice:
    """What a strategy may look at.

    :param material: n sentences.
    :param candidates: how much each matters.
    :param budget: what each costs; those that are not eligible cost more than the limit.
    :param redundancy: which sentences exclude each other.
    :param diversity: in [0, 1]; read by mmr and facility_location.
    :param with_antecedents: the budget in which sentences that only come with the one behind them are open too.
    """

    material: Material
    candidates: Candidates
    budget: Knapsack
    redundancy: Redundancy
    diversity: float
    with_antecedents: Knapsack
    stands: _Standing

    def speaks(self, index: int, chosen: list[int]) -> bool:
        """Say whether the speaker of a quotation is named, of a handful of accounts: a briefing of them is quoted from.

        Asked of others too, it costs 0.1 ROUGE-1 on full articles.
        """
        told = self.candidates.accounts > 0 and self.stands.is_said_by_pronoun(index)
        return self.stands.is_behind(index, chosen) if told else True

    def compared(self) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Give the most salient sentences in canonical order and their cosines, shape (k, k)."""
        salience = self.candidates.salience
        kept = np.sort(np.lexsort((np.arange(len(salience)), -salience))[:_MAX_COMPARED])
        rows = self.material.lexical.take(kept).dense()
        return kept, np.round(rows @ rows.T, 6)


Strategy = Callable[[Choice], list[int]]


def _coverage(choice: Choice) -> list[int]:
    follows = np.diff(choice.material.owner, prepend=-1) == 0

    def chosen(behind: NDArray[np.bool_] | None) -> list[int]:
        return coverage(
            choice.candidates,
            choice.with_antecedents,
            follows,
            allowed=both(choice.redundancy.allows, choice.speaks),
            least_gain=_LEAST_GAIN,
            antecedent=choice.candidates.antecedent,
            behind=behind,
        )

    costs = choice.budget.costs[choice.candidates.eligible]
    if len(costs) and choice.budget.limit < _FEW * float(np.median(costs)):
        # Where all point at what does not fit, one that does is better than none.
        return chosen(choice.candidates.standing < 1) or chosen(None)
    return chosen(None)


def _mmr(choice: Choice) -> list[int]:
    kept, similarity = choice.compared()
    chosen = mmr(similarity, choice.candidates.salience[kept], choice.budget.take(kept), diversity=choice.diversity)
    return [int(kept[index]) for index in chosen]


def _facility_location(choice: Choice) -> list[int]:
    kept, similarity = choice.compared()
    candidates = choice.candidates
    chosen = facility_location(
        similarity,
        candidates.salience[kept],
        candidates.words[kept],
        choice.budget.take(kept),
        diversity=choice.diversity,
    )
    return [int(kept[index]) for index in chosen]


def _lexrank(choice: Choice) -> list[int]:
    kept, similarity = choice.compared()

    numbers = kept.tolist()

    def allowed(index: int, chosen: list[int]) -> bool:
        return choice.redundancy.allows(numbers[index], [numbers[other] for other in chosen])

    chosen = lexrank(similarity, choice.budget.take(kept), factors=choice.candidates.factors[kept], allowed=allowed)
    return [numbers[index] for index in chosen]


def _centroid(choice: Choice) -> list[int]:
    factors = choice.candidates.factors
    return centroid(choice.material.lexical, factors, choice.budget, allowed=choice.redundancy.allows)


def _lead(choice: Choice) -> list[int]:
    material = choice.material
    return lead(material.positions, material.owner, choice.budget, allowed=choice.redundancy.allows)


_STRATEGIES: Final[dict[str, Strategy]] = {
    "coverage": _coverage,
    "mmr": _mmr,
    "lexrank": _lexrank,
    "centroid": _centroid,
    "facility_location": _facility_location,
    "lead": _lead,
}


def select(
    strategy: str, material: Material, candidates: Candidates, budget: Knapsack, *, diversity: float = 0.5
) -> list[int]:
    """Choose sentences by a named strategy, then use what the budget leaves.

    :param strategy: one of :data:`summarizer.config.STRATEGIES`.
    :param material: n sentences.
    :param candidates: how much each matters, and which may be chosen.
    :param budget: the cost of each and the limit.
    :param diversity: 0 = salience only, 1 = diversity only; read by mmr and facility_location.
    :return: sentence numbers in the order chosen; never over the limit, and empty only if nothing fits.
    """
    open_budget = _open(budget, candidates.eligible)
    antecedent = candidates.antecedent
    with_antecedents = open_budget if antecedent is None else _open(budget, candidates.eligible | antecedent)
    topics = material.clustering.topics
    own = reported(topics, material.origin) & candidates.concepts.gives_figure
    redundancy = Redundancy(
        material.clustering.labels,
        material.terms,
        topics,
        own,
        lambda index: (other for other, _ in material.supporters(index)),
    )
    stands = _Standing(material, candidates.standing == 1)
    bearing = candidates.bearing if antecedent is not None else None
    near = np.zeros(len(candidates.salience)) if bearing is None else bearing.relative
    order = np.lexsort((np.arange(len(near)), material.positions, -candidates.salience, -near))
    preference = order[candidates.eligible[order]].tolist()
    if bearing is not None and strategy == "coverage":
        # What answers a query is the nearest first: of 141 questions read while building, the answer is within 60 words
        # for 123 so, and for 119 by closeness and salience in one.
        pointing = (candidates.standing < 1) & (np.diff(material.owner, prepend=-1) == 0)
        chosen = nearest(preference, pointing.tolist(), with_antecedents, redundancy.allows)
    else:
        chosen = _STRATEGIES[strategy](
            Choice(material, candidates, open_budget, redundancy, diversity, with_antecedents, stands)
        )
    if antecedent is not None:
        # Of what bears on a query nothing is exchanged for what fills more, and the budget need not be used.
        add(chosen, preference, with_antecedents, redundancy.allows)
        add(chosen, preference, with_antecedents, redundancy.allows_wording)
        return chosen
    filled = fill(chosen, preference, candidates.salience, open_budget, redundancy, stands)
    if open_budget.used(filled) < ENOUGH * budget.limit:
        spare = order[candidates.spare[order]].tolist()
        add(filled, spare, budget, both(redundancy.allows_wording, stands if filled else None))
    return filled


class _Standing:
    """Says whether a sentence can be read where it would stand: alone, or behind the one that it points at.

    A quotation of "he said" points at the sentence before it, too.

    :param material: n sentences.
    :param alone: shape (n,), sentences that point at none before.
    """

    def __init__(self, material: Material, alone: NDArray[np.bool_]) -> None:
        self._owner, self._alone = material.owner.tolist(), alone.tolist()
        self._sentences = material.sentences

    def __call__(self, index: int, chosen: list[int]) -> bool:
        return (self._alone[index] and not self.is_said_by_pronoun(index)) or self.is_behind(index, chosen)

    def is_said_by_pronoun(self, index: int) -> bool:
        return is_said_by_pronoun(self._sentences[index].text)

    def is_behind(self, index: int, chosen: list[int]) -> bool:
        """Tell whether the sentence before one is among the chosen."""
        return index > 0 and self._owner[index - 1] == self._owner[index] and index - 1 in chosen


def _open(budget: Knapsack, which: NDArray[np.bool_]) -> Knapsack:
    """Give a budget that none but these sentences fit."""
    return Knapsack(np.where(which, budget.costs, budget.limit + 1), budget.limit)
