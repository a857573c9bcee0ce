"""How likely two figures with different values are of one measure: a weighted sum of named signs, its weights fitted.

The signs are those of :mod:`summarizer.comparison.signs`. Where the cross-encoder has read the two sentences, its
readings are signs, too, and the sum tells how likely the two figures conflict. ``python -m summarizer.training
measure`` fits both sums by ridge-regularised logistic regression on pairs of figures whose relation is known; the one
with readings on pairs that the cross-encoder was not trained on.

Above :data:`SAME` an unexplained difference is told as a conflict; below :data:`OTHER` a word of its own that stands by
each is told as what sets them apart; between the two nothing is known, and nothing is told.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from math import exp, log
from typing import Any, Final

from summarizer.comparison.cross_encoder import CLASSES
from summarizer.comparison.figures import Figure
from summarizer.comparison.likeness import may_be_one_age
from summarizer.comparison.measures import exclude, is_of_people
from summarizer.comparison.signs import SIGNS, Facing, read_signs

FORMAT: Final = 2
PACKAGED: Final = "measure-1"
#: From here on two figures count as of one measure. Chosen on four sets, each with weights fitted on the three others.
SAME: Final = 0.7
#: The same where a word stands in the place of another: that word often is what differs.
SURE: Final = 0.75
#: The same where one word next to the figures is equal and another is not: "spent on bridges", "spent on tunnels".
SUREST: Final = 0.85
#: The same where the sentences share little, or one speaks of names or fates that the other does not know.
DOUBTFUL: Final = 0.9
#: Kinds that no other wording stands for.
_RATES: Final = frozenset(("inflation", "unemployment"))
#: From here on two figures that the cross-encoder has read conflict, where no word explains their difference. This and
#: those below, up to HARDLY, were chosen on groups of cases that it was not trained on.
CONFLICT: Final = 0.45
#: The same where the signs tell nothing; and in inputs of many figures, where with one bar for all more conflicts are
#: told in clusters of articles (at .6, 17 for 13 in 232 of Multi-News) and next to none more in cases.
HIDDEN: Final = 0.46
HIDDEN_AMONG_MANY: Final = 0.8
#: The same where the words alone tell a conflict.
BORNE_OUT: Final = 0.25
#: The same where, besides, both name one basis, or the signs alone are as sure as PLAIN that they are of one measure.
ON_ONE_BASIS: Final = 0.15
PLAIN: Final = 0.9
#: The same where a word explains the difference.
IN_SPITE: Final = 0.55
#: Read as one revised with less than this, words of revision in a sentence speak of something else.
REVISED: Final = 0.1
#: The same where both are counts of a few that are not surely read as of one measure.
UNLIKELY: Final = 0.8
SURELY: Final = 0.7
#: Read as of one measure with so much certainty, they conflict from the second on, however far the values are apart.
ONE: Final = 0.85
AT_LEAST: Final = 0.05
#: Read as of one measure with less than this, they do not conflict; the second where a word sets them apart.
NOT_AT_ALL: Final = 0.05
HARDLY: Final = 0.3
#: No probability reaches it.
NEVER: Final = 2.0
#: Reports of one thing seldom differ by more than so many times.
TIMES: Final = 5
#: Up to here they count as of two.
OTHER: Final = 0.45


#: Names of the readings as signs.
READINGS: Final = tuple(f"read as {name}" for name in CLASSES)
#: Probabilities below it, and above one less it, tell no more than these do.
_LEAST: Final = 0.002


@dataclass(frozen=True, slots=True)
class Weights:
    """What each sign adds to the logarithm of the odds.

    :param signs: by name, in the order of :data:`summarizer.comparison.signs.SIGNS`, and of :data:`READINGS` behind.
    """

    intercept: float
    signs: Mapping[str, float]

    def judge(self, values: tuple[float, ...]) -> float:
        """Give the probability that two figures are of one measure, rounded, so that every processor decides alike.

        :param values: of the signs, in their order.
        """
        total = sum(weight * value for weight, value in zip(self.signs.values(), values, strict=True))
        return round(1 / (1 + exp(-max(-30.0, min(30.0, self.intercept + total)))), 6)

    @classmethod
    def from_dict(cls, given: Mapping[str, Any], names: Sequence[str]) -> Weights:
        """Read weights.

        :param names: of the signs.
        :raises ValueError: if they were fitted for other signs.
        """
        if list(given["signs"]) != list(names):
            raise ValueError("the weights were fitted for other signs; make them with python -m summarizer.training")
        return cls(float(given["intercept"]), {name: float(weight) for name, weight in given["signs"].items()})


@lru_cache(maxsize=1)
def packaged() -> tuple[Weights, Weights]:
    """Give the weights that the package ships, read once: of the signs alone, and of signs and readings."""
    source = files("summarizer.models") / PACKAGED / "weights.json"
    given = json.loads(source.read_text(encoding="utf-8"))
    if given["format"] != FORMAT:
        raise ValueError("the weights are of another version; make them with python -m summarizer.training measure")
    return Weights.from_dict(given["alone"], list(SIGNS)), Weights.from_dict(given["read"], [*SIGNS, *READINGS])


def odds_of(reading: Sequence[float]) -> tuple[float, ...]:
    """Give the logarithms of the odds of a reading, the values of :data:`READINGS`."""
    bounded = [min(max(probability, _LEAST), 1 - _LEAST) for probability in reading]
    return tuple(round(log(probability / (1 - probability)), 4) for probability in bounded)


def bar_of(facing: Facing) -> float:
    """Give the probability from which two figures count as of one measure; above 1 where they never do.

    Never where one is told of another of the same ("his brother"), where they tell two fates or accounts, where the one
    value is many times the other, where both sentences hold names and share none, or where ages are told of nobody that
    both name: in articles, other than in cases written for the purpose, no other sign outweighs these.
    """
    one, other = facing.one, facing.other
    if one.shifted != other.shifted or exclude(one.kinds, other.kinds) or facing.ratio > log(TIMES):
        return NEVER
    if facing.shares_no_name or (_is_age(one) and _is_age(other) and not may_be_one_age(one, other)):
        return NEVER
    if _is_example(one) or _is_example(other):
        return NEVER
    if not _RATES.isdisjoint(one.kinds ^ other.kinds):
        return NEVER
    if not (facing.is_plausible or facing.leans):
        return DOUBTFUL
    if facing.equal and facing.unlike:
        return SUREST
    return SURE if facing.is_swapped else SAME


def _is_example(figure: Figure) -> bool:
    """Tell whether a figure is one of several, told apart: "One case involved an officer"; one person may be all."""
    quantity = figure.quantity
    single = quantity.start == 0 and quantity.value == 1 and quantity.family == "count"
    return single and bool(figure.head) and not is_of_people(figure.head)


def _is_age(figure: Figure) -> bool:
    return figure.quantity.unit.name == "year old"


def judge_sameness(facing: Facing, reading: Sequence[float] = ()) -> float:
    """Give the probability that two figures, whose values differ, are of one measure, in [0, 1].

    :param reading: how likely they stand in each class of the cross-encoder; nothing where they were not read.
    """
    alone, read = packaged()
    signs = read_signs(facing)
    return read.judge((*signs, *odds_of(reading))) if len(reading) else alone.judge(signs)
