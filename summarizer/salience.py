"""How much a sentence matters, and why.

Two things were learned from clusters with human summaries (:mod:`summarizer.training.salience`): the *merit* of a
sentence, which is the share of its wording that a summary is expected to keep, a linear sum of named features; and for
each word and word pair the share of summaries that are expected to hold it. A sentence starts with the gain
merit * (expected words and pairs) / words ** 0.7, times factors: whether it stands alone, how brief it is, whether it
is about the event, and how close it is to the query. :mod:`summarizer.selection.coverage` says how gains fall as more
is said.

For a handful of accounts of one event (:func:`accounts`) what independent origins share takes the place of what was
learned: each account has figures and names of its own, of which summaries of two or three articles say nothing. There
the weight of shared concepts over the root of the length is the gain. With the learned one the briefing of seeds/ loses
the phone call or the export figure, whatever its constants.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from summarizer.concepts import WORD, Concepts, weigh_concepts
from summarizer.features import SENTENCE_FEATURES, Features
from summarizer.learned import SalienceModel, load_salience
from summarizer.material import Material
from summarizer.openers import is_dangling
from summarizer.quotable import SPOKEN, Flaw, find_flaws

if TYPE_CHECKING:
    from summarizer.relevance import Bearing

#: What a sentence tells is divided by words ** 0.7; 0.5 and 0.7 are within 0.2 ROUGE-1 of each other, held out.
LENGTH_POWER: Final = 0.7
#: An expected word counts so much against an expected word pair.
_WORD_SHARE: Final = 0.5
#: For a handful of accounts, gains of sentences of more words are multiplied by 30 / words: they hold more than one
#: statement, and readers lose it. Everywhere, it would cost 0.4 ROUGE-1 on three outlets.
_LONG: Final = 30
#: Merit is at least this: a linear sum can fall below zero, and a product must not.
_LEAST_MERIT: Final = 1e-6
#: Gains of a sentence that opens by pointing at one before it, or does not say who speaks, are multiplied by this,
#: unless that one stands in the summary.
_DANGLING_FACTOR: Final = 0.25
#: Salience of a sentence that has nothing to do with the query is multiplied by this, that of the closest by 1.
_OFF_QUERY_FACTOR: Final = 0.05
#: In between, closeness counts by this power: the nearest come first, and salience decides among those equally near. Of
#: 69 questions read while building, 60 had their answer within 60 words, 56 at a power of 2.
_QUERY_POWER: Final = 24
#: Gains of sentences of an origin that is less close to the others than this share of the median closeness are
#: multiplied by the cube of what they have of it: it is about something else. Of articles of one event 5 % are below
#: 0.57 (full articles) and 0.70 (three outlets), of articles planted from other events 75 % are below 0.43 and 0.47.
_AFFINITY: Final = 0.6
_OFF_EVENT_POWER: Final = 3
#: Sentences of fewer words are chosen only when nothing else fits: they are mostly fragments and exclamations.
MIN_WORDS: Final = 5

Gains = TypeVar("Gains", float, NDArray[np.float64])


@dataclass(frozen=True, slots=True)
class Candidates:
    """n sentences in canonical order and how much each matters.

    :param eligible: shape (n,), which of them may be chosen at all.
    :param spare: shape (n,), which may be added where the others leave much of the budget unused: short ones.
    :param salience: shape (n,), at least 0, higher matters more: the gain of a sentence that stands first, factors
        included.
    :param merit: shape (n,), above 0: the share of its wording that a summary is expected to keep.
    :param expected: shape (m,), for each concept how much a summary is expected to hold it; 0 for figures.
    :param standing: shape (n,), factor below 1 for sentences that point at one before.
    :param brevity: shape (n,), factor below 1 for long sentences.
    :param affinity: shape (n,), factor below 1 for sentences of an article that is about another event.
    :param relevance: shape (n,), factor for closeness to the query; all 1 without one.
    :param words: shape (n,), words a sentence.
    :param concepts: what each sentence says, with weights by support.
    :param flaws: what speaks against quoting each of the n sentences alone; None for most.
    :param accounts: how far the input is a handful of accounts of one event, in [0, 1]; see :func:`accounts`.
    :param bearing: how the sentences bear on the query; None without one.
    :param antecedent: shape (n,), sentences that may be chosen only together with the one behind them, which points at
        them; None where all that may be chosen may be so alone.
    :param parts: what merit is the sum of: names, and values of shape (n, number of names).
    """

    eligible: NDArray[np.bool_]
    spare: NDArray[np.bool_]
    salience: NDArray[np.float64]
    merit: NDArray[np.float64]
    expected: NDArray[np.float64]
    standing: NDArray[np.float64]
    brevity: NDArray[np.float64]
    affinity: NDArray[np.float64]
    relevance: NDArray[np.float64]
    words: NDArray[np.int64]
    concepts: Concepts
    accounts: float
    parts: tuple[tuple[str, ...], NDArray[np.float64]] = field(repr=False)
    flaws: Sequence[Flaw | None] = ()
    bearing: Bearing | None = field(default=None, repr=False)
    antecedent: NDArray[np.bool_] | None = None

    @property
    def factors(self) -> NDArray[np.float64]:
        """What gains are multiplied by, shape (n,)."""
        return self.standing * self.brevity * self.affinity * self.relevance

    def explain(self, index: int) -> dict[str, float]:
        """Name the parts of one sentence's salience: those of its merit, largest first, then factors that are not 1.

        The parts sum to the salience once multiplied by the factors.
        """
        names, values = self.parts
        row = values[index]
        parts = [(round(value, 6), name) for value, name in zip(row.tolist(), names, strict=True) if value]
        parts.sort(key=lambda part: (-abs(part[0]), part[1]))
        ranked = {name: value for value, name in parts}
        standing, brevity, affinity, relevance = (
            float(factor[index]) for factor in (self.standing, self.brevity, self.affinity, self.relevance)
        )
        merit, factor = float(row.sum()), standing * brevity * affinity * relevance
        factors = {
            "tells what is expected": float(self.salience[index]) / factor / merit if merit > 0 else 0.0,
            "stands alone": standing,
            "is brief": brevity,
            "is about the event": affinity,
            "answers the query": relevance,
        }
        return ranked | {name: round(value, 6) for name, value in factors.items() if value != 1}


def judge(
    material: Material,
    *,
    budget: float = 150.0,
    model: SalienceModel | None = None,
    keep_opinion: bool = False,
    min_words: int = MIN_WORDS,
    keep_flawed: bool = False,
) -> Candidates:
    """Say of every sentence whether it may be chosen and how much it matters.

    :param material: n sentences with their words, vectors and clusters.
    :param budget: length of the summary in words: short summaries favour other sentences.
    :param model: the fitted salience; None for the packaged one.
    :param keep_opinion: whether passages marked as commentary are eligible.
    :param min_words: shorter sentences are not eligible.
    :param keep_flawed: whether sentences that should not be quoted alone (:mod:`summarizer.quotable`) are eligible.
    """
    model = model or load_salience()
    texts = [sentence.text for sentence in material.sentences]
    words = material.words
    opinion = np.array([sentence.opinion for sentence in material.sentences], dtype=np.bool_)
    languages = [material.documents[owner].language or "en" for owner in material.owner.tolist()]
    flaws = find_flaws(texts, languages, material.signs, material.follows)
    dangling = np.array(
        [flaw in SPOKEN or is_dangling(*pair) for flaw, *pair in zip(flaws, texts, languages, strict=True)],
        dtype=np.bool_,
    )
    flawed = np.array([flaw is not None and flaw not in SPOKEN for flaw in flaws], dtype=np.bool_)
    concepts = weigh_concepts(
        material.terms, material.origin, material.positions, material.clustering.topics, texts, material.counted
    )
    features = Features(material, concepts, words, dangling, budget)
    wanted = (keep_opinion | ~opinion) & material.counted
    eligible = wanted & (words >= min_words) & (keep_flawed | ~flawed)
    names, parts = model.explain_merit(features)
    length = np.maximum(words, 1).astype(np.float64)
    merit = np.maximum(parts.sum(axis=1), _LEAST_MERIT)
    strength = accounts(features.n_origins)
    bearing = _bearing(material)
    expected = model.expect(features) * np.where(concepts.kinds == WORD, _WORD_SHARE, 1.0)
    told = np.bincount(concepts.owners, weights=expected[concepts.indices], minlength=len(words)) / length**LENGTH_POWER
    judged = Candidates(
        eligible=eligible,
        spare=wanted & ~flawed & ~eligible,
        salience=blend(merit * told, concepts.totals() / np.sqrt(length), strength),
        merit=merit,
        expected=expected,
        standing=np.where(dangling, _DANGLING_FACTOR, 1.0),
        brevity=np.minimum(1.0, _LONG / length) ** strength,
        affinity=_affinity(features),
        relevance=_relevance(bearing, len(words)),
        words=words,
        concepts=concepts,
        accounts=strength,
        parts=(names, parts),
        flaws=flaws,
        bearing=bearing,
    )
    return replace(judged, salience=np.round(judged.salience * judged.factors, 9))


def accounts(n_origins: int) -> float:
    """Say how far an input is a handful of accounts of one event: 0 for up to three, 1 for five to eight, 0 from 16 on.

    Beyond, there are so many reports that what they share is all a summary can hold.
    """
    return float(np.clip((n_origins - 3) / 2, 0, 1) * np.clip(1 - np.log2(max(n_origins, 1) / 8), 0, 1))


def _affinity(features: Features) -> NDArray[np.float64]:
    """Give the factor of the sentences of each origin: how close it is to the others, against the median of all."""
    origin, n_origins = features.material.origin, features.n_origins
    if n_origins < 3:  # of two, nothing says which is about the event
        return np.ones(len(origin))
    close = features.sentences[:, SENTENCE_FEATURES.index("near the other articles")]
    of_origin = np.bincount(origin, weights=close, minlength=n_origins) / np.maximum(np.bincount(origin), 1)
    share = of_origin / max(float(np.median(of_origin)) * _AFFINITY, 1e-9)
    return np.round(np.clip(share, 0.1, 1.0)[origin] ** _OFF_EVENT_POWER, 6)


def blend(learned: Gains, shared: Gains, strength: float) -> Gains:
    """Give the geometric mean of what was learned and what independent origins share, by :func:`accounts`."""
    blended: Gains = learned ** (1 - strength) * shared**strength
    return blended


def _bearing(material: Material) -> Bearing | None:
    """Say how sentences bear on the query, if there is one; only then is what reads queries imported."""
    if not material.query:
        return None
    from summarizer.relevance import bear_on_query

    return bear_on_query(material)


def _relevance(bearing: Bearing | None, n: int) -> NDArray[np.float64]:
    """Give the factor of each sentence for its closeness to the query.

    The closest sentence has 1 and one that shares nothing :data:`_OFF_QUERY_FACTOR`; in between by
    :data:`_QUERY_POWER`, without which what many articles report crowds out what answers the query.
    """
    if bearing is None:
        return np.ones(n)
    return _OFF_QUERY_FACTOR + (1 - _OFF_QUERY_FACTOR) * bearing.relative**_QUERY_POWER


def narrow(candidates: Candidates, material: Material, fits: NDArray[np.bool_]) -> Candidates:
    """Let only sentences in that bear on the query, or the few nearest where none does.

    A sentence that points at the one before it may still bring that one along.

    :param candidates: n sentences, judged.
    :param material: the same sentences.
    :param fits: shape (n,), which of them fit the budget alone.
    :return: the same candidates where there is no query, or one of which nothing can be asked.
    """
    bearing = candidates.bearing
    if bearing is None or not any(part.open for part in bearing.parts):
        return candidates
    from summarizer.relevance import find_bearing

    whole = candidates.eligible | candidates.spare
    bears = find_bearing(bearing, whole & fits, candidates.salience)
    leaning = bears & (candidates.standing < 1) & (np.diff(material.owner, prepend=-1) == 0)
    antecedent = np.append(leaning[1:], False) & whole & ~bears
    return replace(candidates, eligible=bears, spare=np.zeros_like(bears), antecedent=antecedent)
