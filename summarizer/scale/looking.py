"""How likely two accounts are of one event, looked at again and again: first by a sum of measures, then by trees.

What the logistic sum of :mod:`summarizer.scale.evidence` says of all links tells more of each of them: third accounts
near to both ends speak for it, those near to one alone against it (:mod:`summarizer.scale.others`). Trees weigh that
with the measures themselves, and once more with what they said of all links. ``python -m benchmarks events
--fit-trees`` makes them: only such that more of what speaks for a link never makes it less likely.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from summarizer.scale.evidence import FAINT, WEIGHTS, WEIGHTS_WITH_MEANING, Measured, measure_links, weigh_measured
from summarizer.scale.joining import Links
from summarizer.scale.others import OTHERS, Weighed, measure_others
from summarizer.trees import Trees

if TYPE_CHECKING:
    import pyarrow as pa

FORMAT: Final = 1
#: Folder of the packaged trees below ``summarizer/models``.
PACKAGED: Final = "events-1"
#: What the trees are told of a link, by their numbers: the measures of :data:`summarizer.scale.evidence.MEASURES`, how
#: rare the words of both are, the odds as they were before this look, and what the other links say.
TOLD: Final = (
    *("common", "cosine", "usual", "apart", "shorter", "longer", "other_days"),
    *("rare", "odds"),
    *OTHERS,
)
#: The same where articles were compared by vectors too: how much nearer these are than is usual, behind the others.
TOLD_WITH_MEANING: Final = (*TOLD, "nearer")
#: Links that are less likely than this by the look before are not looked at again: nine in ten of all links.
LEAST_LIKELY: Final = 0.01
#: Odds are the logarithm of likelihoods no nearer to 0 or 1 than this.
_SURE: Final = 1e-4
#: What trees are told is rounded so far that no border, which has six decimals, comes to stand on a value.
_DECIMALS: Final = 4


@dataclass(frozen=True, slots=True)
class Look:
    """Trees that give the log-odds that a link is one of an event.

    :param words: over :data:`TOLD`.
    :param meaning: over :data:`TOLD_WITH_MEANING`, for links between articles that were compared by vectors.
    """

    words: Trees
    meaning: Trees

    def to_dict(self) -> dict[str, Any]:
        """Give the trees as JSON values."""
        return {"words": self.words.to_dict(), "meaning": self.meaning.to_dict()}

    @classmethod
    def from_dict(cls, given: Mapping[str, Any]) -> Look:
        """Read the trees back.

        :raises ValueError: if they are no trees over these measures.
        """
        words = Trees.from_dict(given["words"], len(TOLD))
        return cls(words, Trees.from_dict(given["meaning"], len(TOLD_WITH_MEANING)))


def to_json(looks: Sequence[Look]) -> bytes:
    """Give looks as the file that :func:`packaged` reads."""
    given = {"format": FORMAT, "told": list(TOLD_WITH_MEANING), "looks": [look.to_dict() for look in looks]}
    return (json.dumps(given, separators=(",", ":")).replace('],"', '],\n"') + "\n").encode()


def from_dict(given: Mapping[str, Any]) -> tuple[Look, ...]:
    """Read looks.

    :raises ValueError: if they were fitted for other measures, or are of another version.
    """
    if given["format"] != FORMAT or given["told"] != list(TOLD_WITH_MEANING):
        raise ValueError("the trees were fitted for other measures; make them with python -m benchmarks events")
    return tuple(Look.from_dict(one) for one in given["looks"])


@lru_cache(maxsize=1)
def packaged() -> tuple[Look, ...]:
    """Give the looks that the package ships, read once."""
    source = files("summarizer.models") / PACKAGED / "weights.json"
    return from_dict(json.loads(source.read_text(encoding="utf-8")))


def weigh_links(
    ids: NDArray[np.object_],
    origin: NDArray[np.int64],
    tables: Sequence[pa.Table],
    at: NDArray[np.int64],
    seconds: int,
) -> Links:
    """Give the links between origins, and how likely each is one of an event.

    Links between articles that both name people and places, and none in common, are no links, nor are faint ones
    between long articles.

    :param ids: n articles.
    :param origin: shape (n,), the first article that each is a copy of.
    :param tables: of :func:`summarizer.scale.schemas.neighbours`.
    :param at: shape (n,), when each appeared, in seconds; equal where nobody knows.
    :param seconds: how far apart two articles may be to be compared.

    O(m log m) for m links of n articles with a bounded number of links each.
    """
    told = measure_links(ids, origin, tables)
    likely = look(told, at, seconds, packaged())
    # The others count among the neighbours all the same: what is usual, and what is common, is of words.
    kept = likely >= FAINT
    return Links(told.left[kept], told.right[kept], likely[kept], told.hot)


def look(told: Measured, at: NDArray[np.int64], seconds: int, looks: Sequence[Look]) -> NDArray[np.float64]:
    """Say how likely each link is one of an event, shape (m,), six decimals; 0 for those that cannot join.

    :param at: shape (n,), as of :func:`weigh_links`, and so ``seconds``.
    """
    likely = look_first(told)
    for trees in looks:
        likely = look_again(told, likely, at, seconds, trees)
    return likely


def look_first(told: Measured) -> NDArray[np.float64]:
    """Say how likely each link is by its own measures, shape (m,); 0 for those that cannot join."""
    return np.where(told.counts, weigh_measured(told, WEIGHTS, WEIGHTS_WITH_MEANING), 0.0)


def look_again(
    told: Measured, likely: NDArray[np.float64], at: NDArray[np.int64], seconds: int, trees: Look
) -> NDArray[np.float64]:
    """Say how likely each link is, by what was said of all of them before; parameters as of :func:`look`.

    :param likely: shape (m,), as said before.
    """
    found = np.zeros(len(likely))
    seen = np.flatnonzero(likely >= LEAST_LIKELY)
    if not len(seen):
        return found
    rows = tell(told, seen, likely, at, seconds)
    known = ~np.isnan(told.nearer[seen])
    odds = np.zeros(len(seen))
    odds[known] = trees.meaning.predict(rows[known])
    odds[~known] = trees.words.predict(rows[~known, : len(TOLD)])
    found[seen] = np.round(1 / (1 + np.exp(-np.clip(odds, -30, 30))), 6)
    return found


def tell(
    told: Measured, seen: NDArray[np.int64], likely: NDArray[np.float64], at: NDArray[np.int64], seconds: int
) -> NDArray[np.float32]:
    """Give the rows that trees are told of some links, shape (len(seen), 23), by :data:`TOLD_WITH_MEANING`."""
    before = likely[seen]
    others = measure_others(Weighed(told.left[seen], told.right[seen], before, at, told.hot, seconds))
    sure = np.clip(before, _SURE, 1 - _SURE)
    columns = (told.measures[seen], told.rare[seen], np.log(sure / (1 - sure)), others, told.nearer[seen])
    return np.round(np.column_stack(columns), _DECIMALS).astype(np.float32)
