"""Known figures and statements that new articles give otherwise, both sides shown.

New sentences and the known ones nearest to them are put side by side as if they were articles of one input, and
compared as those are: by :mod:`summarizer.comparison`. What differs between an earlier and a later article is a
correction; what the earlier ones differed on already is none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from summarizer.clustering import cluster_sentences
from summarizer.datatypes import Document, Sentence
from summarizer.findings import Comparison, EarlierArticle, Relation, Side
from summarizer.material import Material
from summarizer.terms import index_terms
from summarizer.updates.novelty import Novelty
from summarizer.updates.state import unpack_vectors
from summarizer.vectors import tfidf

#: Relations in which a later side says otherwise.
_OTHERWISE: Final[frozenset[Relation]] = frozenset(("revision", "conflict"))
#: Known sentences that are put beside the new ones, those most often near first.
_MOST_KNOWN: Final = 400

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
    known = _nearest_known(novelty)
    if not known:
        return NO_CORRECTIONS
    shown = _shown_ids(novelty, known)
    beside = _put_beside(novelty, known, shown)
    earlier = set(shown.values())
    found: list[Comparison] = []
    for comparison in compare(beside):
        corrected = _earlier_first(comparison, earlier) if comparison.relation in _OTHERWISE else None
        if corrected is not None:
            found.append(replace(corrected, id=f"u{len(found) + 1}"))
    first = [value.sentence for comparison in found for side in comparison.sides for value in side.values]
    cited = {place.document_id for place in first} & earlier
    back = {name: number for number, name in shown.items()}
    articles = novelty.state.articles
    return Corrections(
        tuple(found),
        tuple(
            EarlierArticle(name, articles[number].title, articles[number].source, articles[number].published)
            for name, number in sorted(back.items())
            if name in cited
        ),
        frozenset((articles[back[one.document_id]].id, one.start) for one in first if one.document_id in earlier),
    )


def _nearest_known(novelty: Novelty) -> list[int]:
    """Give the known sentences that new ones are near to, in their order."""
    counts: dict[int, int] = {}
    for near in novelty.near:
        for number in near:
            counts[number] = counts.get(number, 0) + 1
    return sorted(sorted(counts, key=lambda number: (-counts[number], number))[:_MOST_KNOWN])


def _shown_ids(novelty: Novelty, known: Sequence[int]) -> dict[int, str]:
    """Name the earlier articles so that none is taken for a new one of the same id."""
    taken = {document.id for document in novelty.material.documents}
    shown = {}
    for owner in sorted({int(novelty.state.sentences.owner[number]) for number in known}):
        article = novelty.state.articles[owner]
        shown[owner] = article.id if article.id not in taken else f"{article.id}@{article.digest[:8]}"
    return shown


def _put_beside(novelty: Novelty, known: Sequence[int], shown: dict[int, str]) -> Material:
    """Make one material of the new sentences and the known ones nearest to them.

    The articles in it hold nothing but these, and do not say who published them: between articles of one day, two of
    one publisher are one origin and are not compared, yet who corrects a figure is most often who first gave it.
    """
    state, new = novelty.state, novelty.material
    sentences = state.sentences
    told: dict[str, list[Sentence]] = {document.id: [] for document in new.documents}
    for sentence in new.sentences:
        told[sentence.document_id].append(sentence)
    documents = [replace(one, text=_spread(told[one.id]), title=None, source=None, url=None) for one in new.documents]
    origins = {article.id: shown.get(owner) for owner, article in enumerate(state.articles)}
    order = sorted(known, key=lambda number: (int(sentences.owner[number]), int(sentences.start[number])))
    for number in order:
        owner, start, end = (int(column[number]) for column in (sentences.owner, sentences.start, sentences.end))
        held = told.setdefault(shown[owner], [])
        held.append(Sentence(shown[owner], len(held), start, end, sentences.texts[number]))
    for owner in sorted({int(sentences.owner[number]) for number in known}):
        article = state.articles[owner]
        origin = origins.get(article.origin) or shown[owner]
        text = _spread(told[shown[owner]])
        documents.append(Document(text, id=shown[owner], published=article.published, origin_id=origin))
    return _compare_material(novelty, documents, [sentence for held in told.values() for sentence in held], order)


def _spread(sentences: Sequence[Sentence]) -> str:
    """Make a text that holds sentences at their places, and blanks between them."""
    text = ""
    for sentence in sentences:
        text = text.ljust(sentence.start)[: sentence.start] + sentence.text
    return text


def _compare_material(
    novelty: Novelty, documents: list[Document], told: list[Sentence], order: Sequence[int]
) -> Material:
    new, sentences = novelty.material, novelty.state.sentences
    place = {document.id: number for number, document in enumerate(documents)}
    owner = np.array([place[sentence.document_id] for sentence in told], dtype=np.int64)
    texts = [sentence.text for sentence in told]
    terms = index_terms(texts, [documents[number].language or "en" for number in owner.tolist()])
    vectors = None
    if new.vectors is not None and sentences.vectors is not None and novelty.state.embedder == new.embedder:
        vectors = np.concatenate([new.vectors, unpack_vectors(sentences.vectors[list(order)])])
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


def _earlier_first(comparison: Comparison, earlier: set[str]) -> Comparison | None:
    """Put the sides that earlier articles hold first; None unless they all say one thing and new ones another."""
    before: list[Side] = []
    after: list[Side] = []
    for side in comparison.sides:
        held = any(value.place.document_id in earlier for value in side.values)
        (before if held else after).append(side)
    return replace(comparison, sides=(*before, *after)) if before and after else None
