"""Known figures and statements that new articles give otherwise, both sides shown.

New sentences that say something new and the known ones nearest to each are put side by side as if they were articles of
one input, and compared as those are: by :mod:`summarizer.comparison`. What a new sentence and a known one near to it
differ on is a correction; what the earlier articles differed on already is none, and neither is what is like it in
another story that was followed beside this one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from summarizer.clustering import cluster_sentences
from summarizer.datatypes import Document, Sentence
from summarizer.findings import Comparison, EarlierArticle, Relation, Side, Value
from summarizer.material import Material
from summarizer.terms import index_terms
from summarizer.updates.moved import find_moved
from summarizer.updates.novelty import Novelty
from summarizer.updates.reported import blank_days_of_saying, restore
from summarizer.updates.state import SeenArticle, unpack_vectors
from summarizer.vectors import tfidf

#: Relations in which a later side says otherwise.
_OTHERWISE: Final[frozenset[Relation]] = frozenset(("revision", "conflict"))
#: Known sentences that are put beside a new one, nearest first.
_BESIDE: Final = 4

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
    contradicted: frozenset[tuple[str, int]] = frozenset()


NO_CORRECTIONS: Final = Corrections()


def find_corrections(novelty: Novelty, compare: Compare) -> Corrections:
    """Find what earlier articles said and new ones say otherwise.

    :param novelty: which known sentences are near which new ones.
    :param compare: compares what the articles of a material say.
    """
    near = _near(novelty)
    known = sorted({number for numbers in near.values() for number in numbers})
    if not known:
        return NO_CORRECTIONS
    shown = _shown_ids(novelty, known)
    beside = _put_beside(novelty, near, known, shown)
    links = _links(novelty, near, shown)
    found: list[Comparison] = []
    texts = _texts(novelty, near, known, shown)
    fresh = frozenset((place.document_id, place.start) for _, place in novelty.figures)
    days = {document.id: document.published for document in beside.documents}
    for comparison in (restore(one, texts) for one in compare(beside)):
        if comparison.relation == "rounding":
            corrected = find_moved(comparison, links, fresh, days)
        else:
            corrected = _earlier_first(comparison, links) if comparison.relation in _OTHERWISE else None
        if corrected is not None:
            found.append(replace(corrected, id=f"u{len(found) + 1}"))
    places = [value.sentence for one in found for side in one.sides for value in side.values]
    back = {name: number for number, name in shown.items()}
    cited = sorted({place.document_id for place in places} & set(back))
    articles = novelty.state.articles
    return Corrections(
        tuple(found),
        tuple(_introduce(name, articles[back[name]]) for name in cited),
        frozenset((articles[back[one.document_id]].id, one.start) for one in places if one.document_id in back),
    )


def _texts(
    novelty: Novelty, near: Iterable[int], known: Iterable[int], shown: dict[int, str]
) -> dict[tuple[str, int], str]:
    """Give the sentences that are compared as they are, by document and first character."""
    new, sentences = novelty.material.sentences, novelty.state.sentences
    texts = {(new[index].document_id, new[index].start): new[index].text for index in near}
    for number in known:
        texts[shown[int(sentences.owner[number])], int(sentences.start[number])] = sentences.texts[number]
    return texts


def _introduce(name: str, article: SeenArticle) -> EarlierArticle:
    return EarlierArticle(name, article.title, article.source, article.published)


def _near(novelty: Novelty) -> dict[int, tuple[int, ...]]:
    """Give the new sentences that say something new, and the known ones nearest to each."""
    eligible = np.flatnonzero(novelty.eligible).tolist()
    return {index: novelty.near[index][:_BESIDE] for index in eligible if novelty.near[index]}


def _links(
    novelty: Novelty, near: dict[int, tuple[int, ...]], shown: dict[int, str]
) -> dict[tuple[str, int], frozenset[tuple[str, int]]]:
    """Give for the place of each new sentence the places of the known ones beside it."""
    known, sentences = novelty.state.sentences, novelty.material.sentences
    return {
        (sentences[index].document_id, sentences[index].start): frozenset(
            (shown[int(known.owner[number])], int(known.start[number])) for number in numbers
        )
        for index, numbers in near.items()
    }


def _shown_ids(novelty: Novelty, known: Sequence[int]) -> dict[int, str]:
    """Name the earlier articles so that none is taken for a new one of the same id."""
    taken = {document.id for document in novelty.material.documents}
    shown = {}
    for owner in sorted({int(novelty.state.sentences.owner[number]) for number in known}):
        article = novelty.state.articles[owner]
        shown[owner] = article.id if article.id not in taken else f"{article.id}@{article.digest[:8]}"
    return shown


def _put_beside(
    novelty: Novelty, near: dict[int, tuple[int, ...]], known: Sequence[int], shown: dict[int, str]
) -> Material:
    """Make one material of the new sentences and the known ones nearest to them.

    The articles in it hold nothing but these, and do not say who published them: between articles of one day, two of
    one publisher are one origin and are not compared, yet who corrects a figure is most often who first gave it.
    """
    state, new = novelty.state, novelty.material
    sentences = state.sentences
    told: dict[str, list[Sentence]] = {}
    for index in near:
        sentence = new.sentences[index]
        blanked = replace(sentence, text=blank_days_of_saying(sentence.text))
        told.setdefault(sentence.document_id, []).append(blanked)
    documents = [
        replace(one, text=_spread(told[one.id]), title=None, source=None, url=None)
        for one in new.documents
        if one.id in told
    ]
    origins = {article.id: shown.get(owner) for owner, article in enumerate(state.articles)}
    order = sorted(known, key=lambda number: (int(sentences.owner[number]), int(sentences.start[number])))
    for number in order:
        owner, start, end = (int(column[number]) for column in (sentences.owner, sentences.start, sentences.end))
        held = told.setdefault(shown[owner], [])
        held.append(Sentence(shown[owner], len(held), start, end, blank_days_of_saying(sentences.texts[number])))
    for owner in sorted({int(sentences.owner[number]) for number in known}):
        article = state.articles[owner]
        origin = origins.get(article.origin) or shown[owner]
        text = _spread(told[shown[owner]])
        documents.append(Document(text, id=shown[owner], published=article.published, origin_id=origin))
    every = [sentence for held in told.values() for sentence in held]
    return _compare_material(novelty, documents, every, list(near), order)


def _spread(sentences: Sequence[Sentence]) -> str:
    """Make a text that holds sentences at their places, and blanks between them."""
    text = ""
    for sentence in sentences:
        text = text.ljust(sentence.start)[: sentence.start] + sentence.text
    return text


def _compare_material(
    novelty: Novelty, documents: list[Document], told: list[Sentence], chosen: Sequence[int], order: Sequence[int]
) -> Material:
    new, sentences = novelty.material, novelty.state.sentences
    place = {document.id: number for number, document in enumerate(documents)}
    owner = np.array([place[sentence.document_id] for sentence in told], dtype=np.int64)
    texts = [sentence.text for sentence in told]
    terms = index_terms(texts, [documents[number].language or "en" for number in owner.tolist()])
    vectors = None
    if new.vectors is not None and sentences.vectors is not None and novelty.state.embedder == new.embedder:
        vectors = np.concatenate([new.vectors[list(chosen)], unpack_vectors(sentences.vectors[list(order)])])
    clustering = cluster_sentences(
        told,
        terms,
        tfidf(terms, content_only=False),
        vectors,
        origins=[documents[number].origin_id for number in owner.tolist()],
    )
    return Material(
        documents=tuple(documents),
        sentences=tuple(told),
        owner=owner,
        terms=terms,
        lexical=tfidf(terms),
        clustering=clustering,
        embedder=new.embedder if vectors is not None else "tfidf",
        vectors=vectors,
    )


def _earlier_first(
    comparison: Comparison, links: dict[tuple[str, int], frozenset[tuple[str, int]]]
) -> Comparison | None:
    """Put the sides of earlier articles first, with nothing in them that is not near to a side of the others.

    :return: None unless a new sentence and a known one beside it stand on two sides.
    """
    before: list[Side] = []
    after: list[Side] = []
    for side in comparison.sides:
        held = any(_place(value) not in links for value in side.values)
        (before if held else after).append(side)
    later = {_place(value) for side in after for value in side.values}
    wanted = frozenset().union(*(links[place] for place in later)) if later else frozenset()
    before = [_keep(side, {_place(value) for value in side.values} & wanted) for side in before]
    before = [side for side in before if side.values]
    earlier = {_place(value) for side in before for value in side.values}
    after = [_keep(side, {place for place in later if links[place] & earlier}) for side in after]
    after = [side for side in after if side.values]
    return replace(comparison, sides=(*before, *after)) if before and after else None


def _keep(side: Side, places: set[tuple[str, int]]) -> Side:
    """Keep the values of a side that stand in some sentences."""
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


def _place(value: Value) -> tuple[str, int]:
    return value.sentence.document_id, value.sentence.start
