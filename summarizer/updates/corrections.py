"""Known figures and statements that new articles give otherwise, both sides shown.

New sentences that say something new and the known ones nearest to each are put side by side as if they were articles of
one input, and compared as those are: by :mod:`summarizer.comparison`. What a new sentence and a known one near to it
differ on is a correction, if the one can be the other told otherwise (:mod:`summarizer.updates.pairing`). What the
earlier articles differed on already is none, and neither is what is like it in another story that is followed too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from summarizer.facts import FactsOf
from summarizer.findings import Comparison, EarlierArticle, Relation, Side, Value
from summarizer.material import Material
from summarizer.updates.beside import put_beside
from summarizer.updates.moved import find_moved
from summarizer.updates.novelty import Novelty
from summarizer.updates.pairing import Pairing, Place, number_of
from summarizer.updates.reported import restore
from summarizer.updates.state import SeenArticle

#: Relations in which a later side says otherwise.
_OTHERWISE: Final[frozenset[Relation]] = frozenset(("revision", "conflict"))

Compare = Callable[[Material], Sequence[Comparison]]


@dataclass(frozen=True, slots=True)
class Corrections:
    """What reads otherwise now.

    :param comparisons: the earlier side first; ids ``u1``, ``u2`` …
    :param articles: the earlier articles that they point to, by id.
    :param contradicted: earlier sentences that new ones go against: id in the state, and first character.
    """

    comparisons: tuple[Comparison, ...] = ()
    articles: tuple[EarlierArticle, ...] = ()
    contradicted: frozenset[Place] = frozenset()


NO_CORRECTIONS: Final = Corrections()


def find_corrections(novelty: Novelty, compare: Compare) -> Corrections:
    """Find what earlier articles said and new ones say otherwise.

    :param novelty: which known sentences are near which new ones.
    :param compare: compares what the articles of a material say.
    """
    beside = put_beside(novelty)
    if beside is None:
        return NO_CORRECTIONS
    found: list[Comparison] = []
    fresh = frozenset((place.document_id, place.start) for _, place in novelty.figures)
    for comparison in (restore(one, beside.texts) for one in compare(beside.material)):
        corrected = None
        if comparison.relation == "rounding":
            corrected = find_moved(comparison, beside.pairing, fresh)
        elif comparison.relation in _OTHERWISE:
            corrected = _earlier_first(comparison, beside.pairing)
        if corrected is not None:
            found.append(replace(corrected, id=f"u{len(found) + 1}"))
    places = [value.sentence for one in found for side in one.sides for value in side.values]
    back = {name: number for number, name in beside.shown.items()}
    cited = sorted({place.document_id for place in places} & set(back))
    articles = novelty.state.articles
    return Corrections(
        tuple(found),
        tuple(_introduce(name, articles[back[name]]) for name in cited),
        frozenset((articles[back[one.document_id]].id, one.start) for one in places if one.document_id in back)
        | _otherwise_told(novelty, found, back),
    )


def _otherwise_told(novelty: Novelty, found: Sequence[Comparison], back: Mapping[str, int]) -> frozenset[Place]:
    """Give the earlier statements that hold a number which is corrected elsewhere, in other words.

    "The number of those killed climbed to 21" does not stand where "21 people have died" is corrected to 26.
    """
    facts = FactsOf()
    olds = [value for one in found for side in one.sides for value in side.values if value.place.document_id in back]
    corrected = [
        amount
        for value in olds
        for amount in facts[value.sentence.text].amounts
        if amount.low == amount.high == number_of(value)
    ]
    return frozenset(
        (told.place.document_id, told.place.start)
        for told in novelty.state.statements
        for mine in facts[told.place.text].amounts
        if any(mine.low == mine.high == one.low and not set(mine.units).isdisjoint(one.units) for one in corrected)
    )


def _introduce(name: str, article: SeenArticle) -> EarlierArticle:
    return EarlierArticle(name, article.title, article.source, article.published)


def _earlier_first(comparison: Comparison, pairing: Pairing) -> Comparison | None:
    """Put the sides that hold earlier sentences first, with nothing in them but what corrects or is corrected.

    :return: None unless a new sentence and a known one that it can correct stand on two sides.
    """
    before = [side for side in comparison.sides if not all(map(pairing.is_new, side.values))]
    after = [side for side in comparison.sides if all(map(pairing.is_new, side.values))]
    news = [value for side in after for value in side.values]
    olds: set[Place] = set()
    corrected_by: set[Place] = set()
    for side in before:
        held = [value for value in side.values if not pairing.is_new(value)]
        found = [new for new in news if any(pairing.may_correct(old, new) for old in held)]
        corrected_by.update(map(_place, found))
        olds.update(
            _place(old)
            for old in held
            if any(pairing.may_correct(old, new) or pairing.goes_along(old, new) for new in found)
        )
    if not olds:
        return None
    kept = [*(_keep(side, olds) for side in before), *(_keep(side, corrected_by) for side in after)]
    return replace(comparison, sides=tuple(side for side in kept if side.values))


def _keep(side: Side, places: set[Place]) -> Side:
    """Keep some of the values of a side."""
    values = tuple(value for value in side.values if _place(value) in places)
    if len(values) == len(side.values):
        return side
    articles = {value.place.document_id for value in values}
    return replace(
        side,
        values=values,
        origins=min(side.origins, len({value.origin for value in values})),
        articles=len(articles),
        shown_by=tuple(value for value in side.shown_by if value.place.document_id in articles),
    )


def _place(value: Value) -> Place:
    return value.place.document_id, value.place.start
