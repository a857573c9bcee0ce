"""How much a sentence matters, and why.

The salience of a sentence is the weight of its concepts (:mod:`summarizer.concepts`) over the root of its length, times
factors: whether it stands alone, how brief it is, and how close it is to the query.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from summarizer.concepts import KINDS, Concepts, weigh_concepts
from summarizer.material import Material
from summarizer.openers import is_dangling
from summarizer.quotable import SPOKEN, find_flaws
from summarizer.terms import count_words, stem, tokenize

#: Salience divides by words ** 0.5: 0.3 loses 0.4 ROUGE-1 on many short documents, 0.7 loses 0.9.
LENGTH_POWER: Final = 0.5
#: Salience of a sentence that opens by pointing at one before it, or does not say who speaks, is multiplied by this.
#: From 1 down to 0.2 ROUGE moves by less than 0.2 on all three tuning sets: sentences that stand alone cost nothing.
#: Leaving quotations without a speaker and the first person out for good would cost 0.6 ROUGE-1 on full articles.
_DANGLING_FACTOR: Final = 0.25
#: Salience of a longer sentence is multiplied by 30 / words: it holds more than one statement, and readers lose it.
#: Better on all three tuning sets, by 0.1 to 0.4 ROUGE-1 and 0.1 to 0.5 ROUGE-2.
_LONG: Final = 30
#: Salience of a sentence that has nothing to do with the query is multiplied by this, that of the closest by 1.
_OFF_QUERY_FACTOR: Final = 0.05
#: Sentences of fewer words are chosen only when nothing else fits: they are mostly fragments and exclamations.
MIN_WORDS: Final = 5


@dataclass(frozen=True, slots=True)
class Candidates:
    """n sentences in canonical order and how much each matters.

    :param eligible: shape (n,), which of them may be chosen at all.
    :param spare: shape (n,), which may be added where the others leave much of the budget unused: short ones.
    :param salience: shape (n,), at least 0, higher matters more; the factors are in it.
    :param standing: shape (n,), factor below 1 for sentences that point at one before.
    :param brevity: shape (n,), factor below 1 for sentences of more than :data:`_LONG` words.
    :param relevance: shape (n,), factor for closeness to the query; all 1 without one.
    :param words: shape (n,), words a sentence.
    :param concepts: what each sentence says, with weights.
    """

    eligible: NDArray[np.bool_]
    spare: NDArray[np.bool_]
    salience: NDArray[np.float64]
    standing: NDArray[np.float64]
    brevity: NDArray[np.float64]
    relevance: NDArray[np.float64]
    words: NDArray[np.int64]
    concepts: Concepts

    @property
    def factors(self) -> NDArray[np.float64]:
        """What gains are multiplied by, shape (n,)."""
        return self.standing * self.brevity * self.relevance

    def explain(self, index: int) -> dict[str, float]:
        """Name the parts of one sentence's salience: its concepts by kind, largest first, then factors that are not 1.

        The parts sum to the salience once multiplied by the factors.
        """
        held = self.concepts.of(index)
        sums = np.bincount(self.concepts.kinds[held], weights=self.concepts.weights[held], minlength=len(KINDS))
        scale = max(int(self.words[index]), 1) ** LENGTH_POWER
        parts = {name: round(float(total) / scale, 6) for name, total in zip(KINDS, sums, strict=True) if total > 0}
        ranked = dict(sorted(parts.items(), key=lambda part: (-part[1], part[0])))
        factors = {
            "stands alone": self.standing[index],
            "is brief": self.brevity[index],
            "answers the query": self.relevance[index],
        }
        return ranked | {name: round(float(value), 6) for name, value in factors.items() if value != 1}


def judge(
    material: Material, *, keep_opinion: bool = False, min_words: int = MIN_WORDS, keep_flawed: bool = False
) -> Candidates:
    """Say of every sentence whether it may be chosen and how much it matters.

    :param material: n sentences with their words, vectors and clusters.
    :param keep_opinion: whether passages marked as commentary are eligible.
    :param min_words: shorter sentences are not eligible.
    :param keep_flawed: whether sentences that should not be quoted alone (:mod:`summarizer.quotable`) are eligible.
    """
    words = np.array([count_words(sentence.text) for sentence in material.sentences], dtype=np.int64)
    opinion = np.array([sentence.opinion for sentence in material.sentences], dtype=np.bool_)
    texts = [sentence.text for sentence in material.sentences]
    concepts = weigh_concepts(material.terms, material.origin, material.positions, material.clustering.topics, texts)
    languages = [material.documents[owner].language or "en" for owner in material.owner.tolist()]
    flaws = find_flaws(texts, languages)
    dangling = np.array(
        [flaw in SPOKEN or is_dangling(*pair) for flaw, *pair in zip(flaws, texts, languages, strict=True)],
        dtype=np.bool_,
    )
    flawed = np.array([flaw is not None and flaw not in SPOKEN for flaw in flaws], dtype=np.bool_)
    wanted = keep_opinion | ~opinion
    eligible = wanted & (words >= min_words) & (keep_flawed | ~flawed)
    candidates = Candidates(
        eligible=eligible,
        spare=wanted & ~flawed & ~eligible,
        salience=concepts.totals() / np.maximum(words, 1).astype(np.float64) ** LENGTH_POWER,
        standing=np.where(dangling, _DANGLING_FACTOR, 1.0),
        brevity=np.minimum(1.0, _LONG / np.maximum(words, 1)),
        relevance=_relevance(material),
        words=words,
        concepts=concepts,
    )
    return replace(candidates, salience=np.round(candidates.salience * candidates.factors, 9))


def _relevance(material: Material) -> NDArray[np.float64]:
    """Give the closeness of each sentence to the query: idf share of the query's words it holds, and cosine.

    Scaled so that the closest sentence has 1 and one that shares nothing :data:`_OFF_QUERY_FACTOR`; squared in between,
    without which what many articles report crowds out what answers the query.
    """
    n = len(material.sentences)
    if not material.query:
        return np.ones(n)
    terms = material.terms
    number = {term: index for index, term in enumerate(terms.vocabulary)}
    languages = sorted({document.language or "en" for document in material.documents})
    forms = {stem(token, language) for token in tokenize(material.query) for language in languages}
    asked = np.array(sorted(number[form] for form in forms if form in number), dtype=np.int64)
    asked = asked[~terms.is_stop[asked]]
    weight = np.zeros(len(terms.vocabulary))
    holders = np.bincount(material.lexical.indices, minlength=len(terms.vocabulary))
    weight[asked] = 1 + np.log(n / np.maximum(holders[asked], 1))
    shared = np.bincount(material.lexical.row_of_entry(), weights=weight[material.lexical.indices], minlength=n) / max(
        float(weight.sum()), 1e-9
    )
    closeness = shared
    if material.vectors is not None and material.query_vector is not None:
        closeness = (shared + np.maximum(material.vectors @ material.query_vector, 0).astype(np.float64)) / 2
    closeness = np.round(closeness / max(float(closeness.max(initial=0)), 1e-6), 6)
    return _OFF_QUERY_FACTOR + (1 - _OFF_QUERY_FACTOR) * closeness**2
