"""Which sentences of new articles say something that was not known.

A sentence is new if it holds a number or a name that no earlier article had, or if the known sentences do not say what
it says. Similarity alone does not tell that: of 123 pairs of news sentences without a new number or name, read by hand
and half of them repeats, the best bar on it parts .67 rightly. So it is also asked what share of the words of a
sentence, by weight, none of the five nearest known ones has: the nearer these are, the more words may be other
ones (.71 at best). The rule leans to calling a sentence known: what is called new should be.

Known sentences are neither read nor embedded again; see :mod:`summarizer.updates.lookup`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from summarizer.dates import is_overtaken
from summarizer.facts import FactsOf
from summarizer.findings import Snippet
from summarizer.guards import conflict
from summarizer.language import detect_language
from summarizer.material import Material
from summarizer.terms import stem
from summarizer.updates.copies import find_copies
from summarizer.updates.figures import Figure, day_keys, figure_keys, is_told, read_figures
from summarizer.updates.lookup import Lookup, count_stems
from summarizer.updates.names import Name, read_names
from summarizer.updates.state import State, unpack_vectors

#: Why a sentence is new, or that it is not: a number, a name, a statement not known; too little said to be listed; what
#: was to come at a time that is past by the latest of the new articles.
Reason = Literal["figure", "name", "statement", "known", "slight", "past"]
#: Gives unit vectors, shape (n, d), of n texts.
Encode = Callable[[Sequence[str]], NDArray[np.float32]]

#: Lexical cosine from which a known sentence is looked at.
_LEXICAL_FLOOR: Final = 0.1
#: Share of unknown words, by weight, that a sentence at the bar of support may have and still say what the nearest
#: known one says, and how much this moves with the similarity. A logistic sum of both, fitted on 569 sentences without
#: a new number or name, of paraphrases and of days, leaves 141 of 157 news of days and calls 6 of 376 repeats new; the
#: rule of five sentences 119 and 7.
_UNKNOWN: Final = 0.44
_SLOPE: Final = 2.8
#: In a copy of a seen article, a sentence as near as this below the bar of support is the edited one, and so is one of
#: which the five nearest have all but so few words: two sentences joined.
_EDITED: Final = 0.15
_FEW_UNKNOWN: Final = 0.3
#: Known sentences whose acts and figures count as known of a matter.
_MATTER: Final = 5
#: Known sentences that a new one is compared with for corrections, and how far below the bar of topics they may be:
#: with its figure revised and told in other words a sentence is less similar.
_MOST_NEAR: Final = 8
_MATTER_BELOW: Final = 0.08
#: A sentence of fewer content words says too little to be news without a number or a name; so does a question.
_MIN_CONTENT: Final = 2
#: What turns a story, and is news to those who know the same people and places: each act by all the words for it, so
#: that a paraphrase holds the same one.
_ACTS: Final = {
    word: act
    for act, words in {
        "killed": "killed killing kill kills dead die died dies dying death deaths fatal slain murdered murder toll",
        "arrested": "arrested arrests arrest detained custody apprehended captured caught held charged suspects",
        "convicted": "convicted conviction guilty verdict found",
        "acquitted": "acquitted acquittal cleared innocent",
        "sentenced": "sentenced sentence sentences jailed imprisoned prison years",
        "resigned": "resigned resignation resigns resign quit quits stepped stepping left leave leaves leaving",
        "rescued": "rescued rescue rescuers saved survivors survived survivor",
        "halted": "suspend suspends suspended suspending suspension halt halts halted cancels cancelled canceled",
        "resumed": "resume resumes resumed resuming resumption",
        "evacuated": "evacuated evacuation evacuations evacuate fled flee",
    }.items()
    for word in words.split()
}
#: Fewer new sentences than this may well share nothing with what was known.
_STRANGE: Final = 2
#: So many known sentences tell the language of what was known.
_READ: Final = 40
_MARKS: Final = ".,;:!?\"'“”‘’()[]—–-"
#: Known sentences, nearest by words, whose vectors are asked for where the state has none.
_ENCODED: Final = 4


@dataclass(frozen=True, eq=False)
class Novelty:
    """What new articles say that was not known.

    :param material: n sentences of the new articles.
    :param state: what was known.
    :param eligible: shape (n,), which sentences say something new.
    :param reasons: why, of each sentence.
    :param nearest: number of the known sentence most similar to each, and the similarity; -1 where none is near.
    :param near: the known sentences on the matter of each, with the similarity, nearest first, at most 8.
    :param figures: numbers that were not known, with the sentence that each stands in.
    :param names: names that were not known.
    :param copies: new articles that copy one seen before -> its id.
    :param warnings: what a reader must know.
    """

    material: Material
    state: State
    eligible: NDArray[np.bool_]
    reasons: tuple[Reason, ...]
    nearest: tuple[tuple[int, float], ...]
    near: tuple[tuple[tuple[int, float], ...], ...]
    figures: tuple[tuple[int, Snippet], ...]
    names: tuple[tuple[int, Snippet], ...]
    copies: dict[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


def find_new(material: Material, state: State, *, encode: Encode | None = None, copy_threshold: float = 0.5) -> Novelty:
    """Tell which sentences of new articles say something that was not known.

    :param material: the new articles; those seen before are left out already (:func:`summarizer.updates.skip_seen`).
    :param state: what was known.
    :param encode: embeds known sentences that the state has no vectors of, four a new sentence at most; without it they
        are compared by words alone. Not used where the material has no vectors.
    :param copy_threshold: share of the shorter article's 5-grams from which a new one copies a seen one.

    O(new sentences · known sentences that share a rare word), and a few passes of numpy over the known stems.
    """
    copies = find_copies(material, state, copy_threshold)
    judge = _Judge(material, state, encode, frozenset(copies))
    judged = [judge.look(index) for index in range(len(material.sentences))]
    return Novelty(
        material=material,
        state=state,
        eligible=np.array([one.reason not in ("known", "slight", "past") for one in judged], dtype=np.bool_),
        reasons=tuple(one.reason for one in judged),
        nearest=tuple(one.nearest for one in judged),
        near=tuple(one.near for one in judged),
        figures=tuple((index, place) for index, one in enumerate(judged) for place in one.figures),
        names=tuple((index, place) for index, one in enumerate(judged) for place in one.names),
        copies=copies,
        warnings=(*state.warnings, *_strange(material, state, judged)),
    )


def _strange(material: Material, state: State, judged: Sequence[_Judged]) -> tuple[str, ...]:
    """Warn where the new articles are of another language than what was known, or share neither a matter nor a name."""
    known = detect_language(" ".join(state.sentences.texts[:_READ]))
    mine = {document.language for document in material.documents}
    if known and mine and None not in mine and known not in mine:
        return (
            f"the new articles are in another language ({', '.join(sorted(filter(None, mine)))}) than what was known "
            f"({known}): sentences of two languages are not compared, so much of what is called new may be known",
        )
    if len(judged) < _STRANGE or not state.sentences.texts or any(one.near for one in judged):
        return ()
    named = {key for sentence in material.sentences for name in read_names(sentence.text) for key in name.words}
    if not named.isdisjoint(state.names):
        return ()
    return (
        "nothing in the new articles comes near what was known, and no name is in both: check that the earlier "
        "briefing or state is of this story; all of it is called new",
    )


@dataclass(frozen=True, slots=True)
class _Judged:
    reason: Reason
    nearest: tuple[int, float]
    near: tuple[tuple[int, float], ...]
    figures: tuple[Snippet, ...] = ()
    names: tuple[Snippet, ...] = ()


class _Judge:
    """Holds what one sentence after another is judged by."""

    def __init__(self, material: Material, state: State, encode: Encode | None, copies: frozenset[str]) -> None:
        self._material, self._state, self._encode, self._copies = material, state, encode, copies
        self._bars = material.clustering.bars
        self._facts = FactsOf()
        self._lookup = Lookup(state.sentences.stems, count_stems(material.terms))
        self._encoded: dict[int, NDArray[np.float32]] = {}
        dates = {(article.published or "")[:10] for article in state.articles}
        self._days = frozenset().union(*map(day_keys, dates))
        self._ordinary = {
            word for sentence in material.sentences for word in sentence.text.split() if word == word.lower()
        }
        has_vectors = material.vectors is not None and state.sentences.vectors is not None
        self._kept = has_vectors and state.embedder == material.embedder

    def look(self, index: int) -> _Judged:
        """Judge one sentence."""
        sentence = self._material.sentences[index]
        known, similarity = self._near(index)
        topic = [int(number) for number in known[similarity >= self._bars.topic].tolist()]
        n = min(int((similarity >= self._bars.topic - _MATTER_BELOW).sum()), _MOST_NEAR)
        matter = tuple(zip(known[:n].tolist(), similarity[:n].tolist(), strict=True))
        nearest = (int(known[0]), float(similarity[0])) if len(known) else (-1, 0.0)
        published = self._material.documents[self._material.owner[index]].published
        if is_overtaken(sentence.text, published, self._material.latest):
            return _Judged("past", nearest, matter)

        def places(found: Sequence[Figure | Name]) -> tuple[Snippet, ...]:
            return tuple(
                Snippet(
                    sentence.document_id,
                    sentence.start + one.start,
                    sentence.start + one.end,
                    sentence.text[one.start : one.end],
                )
                for one in found
            )

        figures = places([one for one in read_figures(sentence.text, published) if self._is_new_figure(one, topic)])
        names = places([one for one in read_names(sentence.text) if self._is_new_name(one)])
        if figures or names:
            return _Judged("figure" if figures else "name", nearest, matter, figures, names)
        return _Judged(self._statement(index, known, similarity), nearest, matter)

    def _near(self, index: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Give the known sentences nearest to one, and how similar they are, nearest first."""
        known, cosines = self._lookup.near(index, _LEXICAL_FLOOR)
        vectors = self._vectors(known)
        if vectors is None or self._material.vectors is None:
            return known, cosines
        known, cosines = known[: len(vectors)], cosines[: len(vectors)]
        mine = self._material.vectors[index].astype(np.float64)
        similarity = np.round((cosines + vectors.astype(np.float64) @ mine) / 2, 6)
        order = np.lexsort((known, -similarity))
        return known[order], similarity[order]

    def _vectors(self, known: NDArray[np.int64]) -> NDArray[np.float32] | None:
        """Give the vectors of known sentences: those kept, else of the nearest few, computed once."""
        sentences = self._state.sentences
        if self._kept and sentences.vectors is not None:
            return unpack_vectors(sentences.vectors[known])
        if self._encode is None or self._material.vectors is None or not len(known):
            return None
        wanted = known[:_ENCODED].tolist()
        missing = [number for number in wanted if number not in self._encoded]
        if missing:
            found = self._encode([sentences.texts[number] for number in missing])
            self._encoded.update(zip(missing, found, strict=True))
        return np.stack([self._encoded[number] for number in wanted])

    def _is_new_figure(self, figure: Figure, topic: Sequence[int]) -> bool:
        """Tell whether a number was not known, as written or as a known one on the matter rounded."""
        if not (figure.keys.isdisjoint(self._state.figures) and figure.keys.isdisjoint(self._days)):
            return False
        texts = self._state.sentences.texts
        return not any(is_told(figure, known) for number in topic for known in read_figures(texts[number]))

    def _is_new_name(self, name: Name) -> bool:
        """Tell whether a name was not known: one of its words, or two of them together."""
        known = self._state.names
        if name.sure:
            return any(key not in known for key in (*name.words, *name.pairs))
        word = name.words[0]
        ordinary = word in self._ordinary or stem(word) in self._state.sentences.stems.numbers
        return word not in known and not ordinary

    def _statement(self, index: int, known: NDArray[np.int64], similarity: NDArray[np.float64]) -> Reason:
        """Tell whether a sentence without any new number or name says what known ones say."""
        columns, weights = self._lookup.rarity(index)
        text = self._material.sentences[index].text
        if np.count_nonzero(weights) < _MIN_CONTENT or text.endswith((":", "?")):
            return "slight"
        if not len(known):
            return "statement"
        is_copy = self._material.documents[self._material.owner[index]].id in self._copies
        held = np.isin(columns, self._lookup.held(known[: _MATTER if is_copy else 1]))
        unknown = float(weights[~held].sum() / weights.sum())
        nearest = float(similarity[0])
        if nearest >= self._bars.topic and self._conflict(text, int(known[0])):
            return "statement"
        support = self._bars.support
        if nearest >= support and self._other_figure(text, known[:_MATTER]):
            return "statement"
        if _acts(text) - {act for number in known[:_MATTER].tolist() for act in self._known_acts(number)}:
            return "statement"
        if is_copy and (nearest >= support - _EDITED or unknown <= _FEW_UNKNOWN):
            return "known"
        return "known" if unknown <= _UNKNOWN + _SLOPE * (nearest - support) else "statement"

    def _other_figure(self, text: str, near: NDArray[np.int64]) -> bool:
        """Tell whether a sentence holds a figure that is known, and yet not of this matter: no near sentence has it."""
        texts = self._state.sentences.texts
        known = [figure for number in near.tolist() for figure in read_figures(texts[number])]
        keys = figure_keys(known)
        return any(
            figure.keys.isdisjoint(keys) and not any(is_told(figure, other) for other in known)
            for figure in read_figures(text)
            if figure.quantity is not None
        )

    def _known_acts(self, number: int) -> frozenset[str]:
        return _acts(self._state.sentences.texts[number])

    def _conflict(self, text: str, number: int) -> bool:
        """Tell whether a guard keeps a sentence from saying what a known one says: another number, a denial."""
        known = self._facts[self._state.sentences.texts[number]]
        return conflict(self._facts[text], known) in ("number", "negation")


@lru_cache(maxsize=4096)
def _acts(text: str) -> frozenset[str]:
    """Give what is said to have been done or to have befallen somebody, each act by one of its words."""
    words = text.lower().replace("’", "'").split()
    return frozenset(act for word in words if (act := _ACTS.get(word.strip(_MARKS))))
