"""What the words of candidates say of their worth for a gist.

:mod:`summarizer.rewriting.fuser_rank` prefers what all agree on. Editors who boil down several sentences do more: they
keep some words and drop others. Small boosted trees expect how much nearer a candidate is to what an editor would write
than the others are. They read lengths and shared words alone, nothing of the network, so they are fitted on sources
with no fuser in between, by ``python -m summarizer.training fuser-choice``; trees fitted on sources and clippings of
them, or on outputs of the fuser too, gained no more. The card of the model has the figures. Two sentences do not show
whether all of them is wanted, or little: of these they are asked only where a gist is.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from summarizer.rewriting.fuser_rank import Grams, overlap
from summarizer.trees import Trees

#: Name of the file in the folder of a fuser; one without it ranks by agreement alone.
CHOICE: Final = "choice.json"
FORMAT: Final = 1
#: Of the sources, then of a candidate against them. F measures and shares are in [0, 1]; *shared* words stand in two
#: sources or more, *single* ones in one; *telling* words have four letters or more.
FEATURES: Final = (
    "words_of_all",
    "distinct_to_mean_length",
    "agreement_words",
    "agreement_pairs",
    "words",
    "to_shortest",
    "to_longest",
    "to_distinct",
    "near_words_mean",
    "near_words_most",
    "near_pairs_mean",
    "near_pairs_median",
    "telling_shared",
    "telling_single",
    "of_shared_telling",
    "of_all_telling",
    "pairs_shared",
)
#: Shorter stems are mostly function words.
_TELLING: Final = 4
#: Features are rounded to so many digits: borders of trees, written with six, then part them as they were fitted.
_DIGITS: Final = 4


@dataclass(frozen=True, slots=True)
class Choice:
    """Trees that expect the worth of candidates.

    :param trees: over :data:`FEATURES`; their sum is ROUGE F in [-1, 1], above the mean of the candidates.
    """

    trees: Trees

    def expect(self, candidates: Sequence[str], sources: Sequence[str]) -> list[float]:
        """Give what is expected of each candidate.

        O(candidates · words of the sources).
        """
        expected: list[float] = self.trees.predict(describe(candidates, sources)).round(6).tolist()
        return expected

    def to_json(self) -> str:
        """Write the trees."""
        return json.dumps({"format": FORMAT, "features": FEATURES, "trees": self.trees.to_dict()}) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Choice:
        """Read the trees back.

        :raises ValueError: if it is no choice, or one of another version.
        """
        given = json.loads(text)
        if not isinstance(given, Mapping) or given.get("format") != FORMAT:
            raise ValueError(f"no choice of format {FORMAT}")
        if given.get("features") != list(FEATURES):
            raise ValueError("it was fitted on other features")
        try:
            return cls(Trees.from_dict(given["trees"], len(FEATURES)))
        except (KeyError, TypeError) as error:
            raise ValueError(f"its trees cannot be read: {error!r}") from error


def describe(candidates: Sequence[str], sources: Sequence[str]) -> NDArray[np.float32]:
    """Describe candidates for the trees.

    :param sources: at least one.
    :return: shape (len(candidates), len(FEATURES)).
    """
    read = [Grams(source) for source in sources]
    cluster = _Cluster(read)
    rows = np.array([cluster.describe(Grams(text)) for text in candidates]).reshape(-1, len(FEATURES))
    return rows.round(_DIGITS).astype(np.float32)


class _Cluster:
    """What sources have in common."""

    def __init__(self, sources: Sequence[Grams]) -> None:
        self.sources = sources
        self.lengths = [source.singles.total() for source in sources]
        self.holders: Counter[Any] = Counter(word for source in sources for word in source.singles)
        self.pair_holders: Counter[Any] = Counter(pair for source in sources for pair in source.pairs)
        telling = [word for word in self.holders if len(word) >= _TELLING]
        self.n_telling = max(1, len(telling))
        self.n_shared = max(1, sum(self.holders[word] > 1 for word in telling))
        couples = list(combinations(sources, 2))
        self.n_distinct = max(1, len(self.holders))
        self.own = [
            float(sum(self.lengths)),
            len(self.holders) * len(sources) / max(1, sum(self.lengths)),
            _mean([overlap(one.singles, other.singles) for one, other in couples]),
            _mean([overlap(one.pairs, other.pairs) for one, other in couples]),
        ]

    def describe(self, candidate: Grams) -> list[float]:
        """Give the features of one candidate, in the order of :data:`FEATURES`."""
        length = candidate.singles.total()
        near = [overlap(candidate.singles, source.singles) for source in self.sources]
        near_pairs = [overlap(candidate.pairs, source.pairs) for source in self.sources]
        telling = [word for word in candidate.singles if len(word) >= _TELLING]
        shared = sum(self.holders[word] > 1 for word in telling)
        single = sum(self.holders[word] == 1 for word in telling)
        return [
            *self.own,
            float(length),
            length / max(1, min(self.lengths)),
            length / max(1, max(self.lengths)),
            length / self.n_distinct,
            _mean(near),
            max(near),
            _mean(near_pairs),
            float(np.median(near_pairs)),
            shared / max(1, len(telling)),
            single / max(1, len(telling)),
            shared / self.n_shared,
            len(telling) / self.n_telling,
            sum(self.pair_holders[pair] > 1 for pair in candidate.pairs) / max(1, len(candidate.pairs)),
        ]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 1.0
