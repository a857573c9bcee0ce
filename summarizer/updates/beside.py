"""New sentences and the known ones nearest to them, as one material that can be compared like any input."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from summarizer.clustering import cluster_sentences
from summarizer.datatypes import Document, Sentence
from summarizer.material import Material
from summarizer.terms import index_terms
from summarizer.updates.novelty import Novelty
from summarizer.updates.pairing import Pairing, Place
from summarizer.updates.reported import blank_days_of_saying
from summarizer.updates.state import unpack_vectors
from summarizer.vectors import tfidf

#: Known sentences that are put beside a new one, nearest first.
_BESIDE: Final = 4


@dataclass(frozen=True, eq=False)
class Beside:
    """What is compared.

    :param material: new sentences that say something new, and the known ones nearest to each, without the days of
        saying.
    :param texts: the same sentences as they are, by document and first character.
    :param shown: number of each earlier article that is in it -> the id that it has there.
    :param pairing: which known sentences stand beside which new ones.
    """

    material: Material
    texts: dict[Place, str]
    shown: dict[int, str]
    pairing: Pairing


def put_beside(novelty: Novelty) -> Beside | None:
    """Put the known sentences nearest to what is new beside it; None where there are none."""
    eligible = np.flatnonzero(novelty.eligible).tolist()
    near = {index: dict(novelty.near[index][:_BESIDE]) for index in eligible if novelty.near[index]}
    known = sorted({number for numbers in near.values() for number in numbers})
    if not known:
        return None
    shown = _shown_ids(novelty, known)
    new, sentences = novelty.material.sentences, novelty.state.sentences
    place = {index: (new[index].document_id, new[index].start) for index in near}
    earlier = {number: (shown[int(sentences.owner[number])], int(sentences.start[number])) for number in known}
    material = _put_together(novelty, list(near), known, shown)
    texts = {place[index]: new[index].text for index in near}
    texts |= {earlier[number]: sentences.texts[number] for number in known}
    pairing = Pairing(
        similarity={
            place[index]: {earlier[number]: similarity for number, similarity in numbers.items()}
            for index, numbers in near.items()
        },
        days={document.id: document.published for document in material.documents},
        support=novelty.material.clustering.bars.support,
    )
    return Beside(material, texts, shown, pairing)


def _shown_ids(novelty: Novelty, known: Sequence[int]) -> dict[int, str]:
    """Name the earlier articles so that none is taken for a new one of the same id."""
    taken = {document.id for document in novelty.material.documents}
    shown = {}
    for owner in sorted({int(novelty.state.sentences.owner[number]) for number in known}):
        article = novelty.state.articles[owner]
        shown[owner] = article.id if article.id not in taken else f"{article.id}@{article.digest[:8]}"
    return shown


def _put_together(novelty: Novelty, chosen: Sequence[int], known: Sequence[int], shown: dict[int, str]) -> Material:
    """Make one material of the new sentences and the known ones nearest to them.

    The articles in it hold nothing but these, and do not say who published them: between articles of one day, two of
    one publisher are one origin and are not compared, yet who corrects a figure is most often who first gave it.
    """
    state, new = novelty.state, novelty.material
    sentences = state.sentences
    told: dict[str, list[Sentence]] = {}
    for index in chosen:
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
    return _compare_material(novelty, documents, every, chosen, order)


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
