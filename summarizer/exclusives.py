"""Salient claims that only one independent origin reports.

Statements of the briefing that rest on one origin are all named, so that they are not mixed with what two or more say.
That only one source reports a claim is said when nothing in another origin comes near it, for a claim shown as such
that another article also reports is an error that a reader can see. So the bar is far below that of support:

- no supporter, and no sentence that speaks of the same thing, in another origin;
- no sentence there that holds a good part of what it says, by the weight of its words, or its figure with some of the
  rest;
- a good part of its words is in no other origin at all: what another article spreads over a paragraph has its words;
- its article is in the language of most: what one language says is not found again in another.

By hand on clusters of Multi-News not seen before, 30 of the 32 claims listed are in no other article: docs/origins.md.

Known limits: what another article tells in wholly other words is missed, the more so without an encoder; and that no
article given reports a claim says nothing of those that were not given.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from summarizer.clustering import similarities
from summarizer.datatypes import Statement
from summarizer.findings import SingleSource, Snippet
from summarizer.independence import find_publisher, find_relayed, origin_keys
from summarizer.material import Material
from summarizer.openers import is_leaning
from summarizer.quotable import is_said_by_pronoun
from summarizer.salience import Candidates
from summarizer.terms import stem, tokenize
from summarizer.vectors import distinct

#: Words of a sentence that may be listed beyond the statements: shorter ones are rarely claims.
_MIN_WORDS: Final = 8
#: Salience of one, as a share of the median statement's: below a third asides and quips begin.
_LEAST_SALIENCE: Final = 1 / 3
#: So many are looked at, most salient first.
_LOOKED_AT: Final = 25
#: A sentence of another origin comes near at this share of the similarity from which two speak of one topic, or at this
#: cosine of the encoder alone. With 0.8 and 0.5, 7 of 38 claims read were told elsewhere too; so 1 of 20.
_NEAR: Final = 0.7
_NEAR_IN_SENSE: Final = 0.4
#: It holds the claim from this share of the weight of the claim's words on.
_HELD: Final = 0.2
#: Of one that holds a figure of it, this is enough.
_HELD_WITH_FIGURE: Final = 0.15
#: At least this share of the claim's content words, and so many, are in no other origin.
_NEW_SHARE: Final = 0.25
_NEW_WORDS: Final = 3

#: Where another origin comes near, no sentence there may hold so much; this share of the words and so many must be in
#: no other origin; and of these so many must be figures, or so many figures and names, and then no sentence may be
#: closer than this cosine of the encoder.
_VERY_CLOSE: Final = 0.6
_HELD_ON_TOPIC: Final = 0.17
_OWN_SHARE: Final = 0.4
_OWN_WORDS: Final = 4
_OWN_FIGURES: Final = 2
_OWN_TELLING: Final = 3
#: Two names of its own are enough where no sentence is closer than this: of the claims read, 10 more are listed so, and
#: none of them is told elsewhere.
_OWN_NAMES: Final = 2
_CLOSE: Final = 0.52

#: Capitalised words that do not open the sentence, days and months aside.
_NAME: Final = re.compile(
    r"(?<=[a-z,;:’'\d] )(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:January|February|March|April|May|June|July"
    r"|August|September|October|November|December)\b)[A-Z]\w+"
)
#: A figure, or a name that does not open the sentence.
_TELLING: Final = re.compile(r"\d|[a-z,;:’'] [A-Z]\w")


def find_single_source(
    material: Material, candidates: Candidates, statements: Sequence[Statement], *, most: int = 5
) -> tuple[SingleSource, ...]:
    """Find the salient claims that rest on one origin: first statements, then sentences beyond the budget.

    :param material: n sentences.
    :param candidates: their salience.
    :param statements: of the briefing, in reading order.
    :param most: sentences listed beyond the statements, at most; 0 for statements only.
    :return: the statements of one origin in reading order, marked where others come near, then sentences by salience
        to which no other comes near; empty where there is one independent origin.

    O(n) for each sentence looked at.
    """
    others = _Others(material)
    if others.n_groups < 2:
        return ()
    place_of = {(s.document_id, s.start, s.end): index for index, s in enumerate(material.sentences)}
    told = [place_of[first.document_id, first.start, first.end] for first in (found.support[0] for found in statements)]
    single = []
    for index, statement in zip(told, statements, strict=True):
        relying = {support.document_id for support in statement.support[1:]}
        if statement.origins == 1 and others.can_be_told(index):
            relayed = next(filter(None, (find_relayed(support.text) for support in statement.support)), None)
            near = not others.are_silent_on(index, relying)
            single.append(_single(material, candidates, index, statement.id, relayed, near=near))
    known = list(told)
    for index in further(material, candidates, told) if most > 0 else ():
        if len(known) == len(told) + most:
            break
        if others.can_be_told(index) and others.are_silent_on(index) and not _repeats(material, known, index):
            known.append(index)
            relayed = find_relayed(material.sentences[index].text)
            single.append(_single(material, candidates, index, None, relayed))
    return tuple(single)


def _single(
    material: Material,
    candidates: Candidates,
    index: int,
    statement_id: str | None,
    relayed: str | None,
    *,
    near: bool = False,
) -> SingleSource:
    sentence = material.sentences[index]
    if relayed == find_publisher(material.documents[material.owner[index]]):
        relayed = None  # its own interview
    place = Snippet(sentence.document_id, sentence.start, sentence.end, sentence.text)
    return SingleSource(place, round(float(candidates.salience[index]), 6), statement_id, relayed, near)


def further(material: Material, candidates: Candidates, told: Sequence[int]) -> Iterator[int]:
    """Give sentences that can be listed, most salient first: whole claims that stand alone and are no commentary."""
    least = float(np.median(candidates.salience[list(told)])) * _LEAST_SALIENCE if told else 0.0
    fit = (
        candidates.eligible
        & (candidates.standing == 1)
        & (candidates.words >= _MIN_WORDS)
        & (candidates.salience >= least)
    )
    order = np.lexsort((np.arange(len(fit)), -candidates.salience))
    for index in order[fit[order]][:_LOOKED_AT].tolist():
        sentence = material.sentences[index]
        language = material.documents[material.owner[index]].language or "en"
        if (
            not sentence.opinion
            and candidates.flaws[index] is None
            and (language != "en" or _TELLING.search(sentence.text))
            and not is_leaning(sentence.text, language)
            and not is_said_by_pronoun(sentence.text)
        ):
            yield index


def _repeats(material: Material, known: Sequence[int], index: int) -> bool:
    """Tell whether a sentence speaks of the same thing as one that is told."""
    if not known:
        return False
    clustering = material.clustering
    others = np.array(known, dtype=np.int64)
    same_topic = clustering.topics[others] == clustering.topics[index]
    return bool((same_topic | (similarities(clustering, index)[others] >= clustering.bars.topic)).any())


class _Others:
    """What the other origins say, looked up for one claim at a time.

    :ivar n_groups: number of independent origins.
    """

    def __init__(self, material: Material) -> None:
        self._material = material
        keys = origin_keys((document, "") for document in material.documents)
        number = {key: group for group, key in enumerate(dict.fromkeys(keys))}
        self.n_groups = len(number)
        self._group = np.array([number[key] for key in keys], dtype=np.int64)[material.owner]
        rows, n, n_stems = material.terms.rows, len(material.sentences), len(material.terms.vocabulary)
        # Each stem once a sentence.
        flat = np.concatenate(rows).astype(np.int64) + np.repeat(np.arange(n) * n_stems, [len(row) for row in rows])
        self._holder, self._stems = np.divmod(distinct(flat), n_stems)
        self._starts = np.searchsorted(self._holder, np.arange(n + 1))
        frequency = np.bincount(self._stems, minlength=n_stems)
        self._weight = np.log((n + 1) / np.maximum(frequency, 1)) * ~material.terms.is_stop
        held = distinct(self._stems * self.n_groups + self._group[self._holder]) // self.n_groups
        self._n_groups_with = np.bincount(held, minlength=n_stems)
        # Whatever may support a sentence is as near as this.
        bars = material.clustering.bars
        self._least = min(_NEAR * bars.topic, bars.named, bars.figure, bars.support)

    def can_be_told(self, index: int) -> bool:
        """Tell whether the article of a sentence is in the language of most: of others nothing can be said."""
        languages = [document.language for document in self._material.documents]
        return 2 * languages.count(languages[self._material.owner[index]]) > len(languages)

    def are_silent_on(self, index: int, relying: Collection[str] = ()) -> bool:
        """Tell whether no other independent origin comes near a sentence.

        :param relying: ids of documents that say it too, yet on the word of the same outlet.
        """
        content = self._stems[self._starts[index] : self._starts[index + 1]]
        content = content[self._weight[content] > 0]
        apart = self._group != self._group[index]
        # A stem of the claim that one origin holds is held by its own.
        new = content[self._n_groups_with[content] == 1]
        joined = [number for number, document in enumerate(self._material.documents) if document.id in relying]
        if joined and apart[folded := np.isin(self._material.owner, joined)].any():
            apart &= ~folded
        elif len(new) < max(_NEW_WORDS, _NEW_SHARE * len(content)):
            return False
        close = np.flatnonzero(apart & self._are_close(index)).tolist()
        if not close:
            return not self._is_held(content, apart, _HELD)
        return (
            len(new) >= max(_OWN_WORDS, _OWN_SHARE * len(content))
            and not self._is_held(content, apart, _HELD_ON_TOPIC)
            and self._tells_another(index, new, close)
        )

    def _are_close(self, index: int) -> NDArray[np.bool_]:
        """Tell which sentences are similar to a sentence, shape (n,)."""
        clustering = self._material.clustering
        close = similarities(clustering, index) >= self._least
        if clustering.vectors is not None:
            close |= clustering.vectors @ clustering.vectors[index] >= _NEAR_IN_SENSE
        return close

    def _tells_another(self, index: int, stems: NDArray[np.int64], close: Sequence[int]) -> bool:
        """Tell whether a sentence states another fact than sentences on its topic: its own figures and names tell.

        :param stems: those of the sentence that no other origin holds.
        """
        sentence = self._material.sentences[index]
        new = [self._material.terms.vocabulary[number] for number in stems.tolist()]
        language = self._material.documents[self._material.owner[index]].language or "en"
        names = {stem(token, language) for name in _NAME.findall(sentence.text) for token in tokenize(name)}
        figures, named = sum(map(_is_figure, new)), sum(word in names for word in new)
        if figures < _OWN_FIGURES:
            nearest = self._nearest(index, close)
            bar = _VERY_CLOSE if figures + named >= _OWN_TELLING else _CLOSE if named >= _OWN_NAMES else 0.0
            if nearest >= bar:
                return False
        if not {other for other, _ in self._material.supporters(index)}.isdisjoint(close):
            return False
        clustering = self._material.clustering
        amounts = clustering.facts[sentence.text].amounts
        return not any(
            amount.agrees(other) and not set(amount.units).isdisjoint(other.units)
            for place in (close if amounts else ())
            for other in clustering.facts[clustering.texts[place]].amounts
            for amount in amounts
        )

    def _is_held(self, content: NDArray[np.int64], apart: NDArray[np.bool_], least: float) -> bool:
        """Tell whether one of some sentences has a good part of the words of a claim, or its figure with some others.

        :param content: stems of the claim.
        :param least: share of the weight of its words.
        """
        weight = np.zeros(len(self._weight))
        weight[content] = self._weight[content]
        told = np.bincount(self._holder, weights=weight[self._stems], minlength=len(apart))
        share = told * apart / max(float(weight.sum()), 1e-9)
        if share.max(initial=0.0) >= least:
            return True
        vocabulary = self._material.terms.vocabulary
        figures = {number for number in content.tolist() if _is_figure(vocabulary[number])}
        for holder in np.flatnonzero(share >= _HELD_WITH_FIGURE).tolist() if figures else ():
            if not figures.isdisjoint(self._stems[self._starts[holder] : self._starts[holder + 1]].tolist()):
                return True
        return False

    def _nearest(self, index: int, close: Sequence[int]) -> float:
        """Give the cosine of the nearest of some sentences; without an encoder, as if it were not quite close."""
        vectors = self._material.clustering.vectors
        return _CLOSE if vectors is None else float((vectors[list(close)] @ vectors[index]).max())


def _is_figure(word: str) -> bool:
    """Tell whether a stem is a number and no year, which any two sentences may share."""
    return word[0].isdecimal() and not (len(word) == 4 and word[:2] in ("18", "19", "20"))
