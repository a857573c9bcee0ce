"""From chosen sentences to statements: support, origins and order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from summarizer.clustering import representative
from summarizer.datatypes import Cluster, Statement, Support
from summarizer.dates import is_overtaken
from summarizer.deferred import later
from summarizer.independence import independent_origins
from summarizer.material import Material
from summarizer.openers import is_dangling, is_leaning
from summarizer.ordering import MAX_GROUPED, Place, order_statements
from summarizer.quotable import is_said_by_pronoun
from summarizer.salience import MIN_WORDS, Candidates

#: Sentences at the top of an article that count as its lead.
LEAD_SENTENCES: Final = 2


def make_statements(material: Material, candidates: Candidates, chosen: Sequence[int]) -> tuple[Statement, ...]:
    """Give chosen sentences their support and put them in reading order.

    :param material: n sentences.
    :param candidates: their salience.
    :param chosen: sentence numbers, most valuable first.
    """
    evidence = [_evidence(material, candidates, index) for index in chosen]
    numbers = np.array(chosen, dtype=np.int64)
    all_dated = all(document.published for document in material.documents)
    places = [_place(material, index, found, all_dated) for index, found in zip(chosen, evidence, strict=True)]
    places = [replace(place, after=_antecedent(place, places)) if place.dangling else place for place in places]
    related = _related(material, numbers) if len(chosen) <= MAX_GROUPED else None
    statements = []
    for number, rank in enumerate(order_statements(places, related), start=1):
        index, found = chosen[rank], evidence[rank]
        statements.append(
            Statement(
                id=f"s{number}",
                text=material.sentences[index].text,
                support=later(partial(_supports, material, found)),
                origins=later(partial(_independent, material, [other for other, _ in found])),
                articles=len(found),
                salience=round(float(candidates.salience[index]), 6),
                why=later(partial(candidates.explain, index)),
            )
        )
    return tuple(statements)


def _independent(material: Material, indices: Sequence[int]) -> int:
    """Count the independent origins of sentences; copies alone are looked at where that settles it."""
    if len(indices) < 2 or len(set(material.origin[indices].tolist())) < 2:
        return 1
    return independent_origins(
        (material.documents[material.owner[index]], material.sentences[index].text) for index in indices
    )


def _antecedent(place: Place, places: Sequence[Place]) -> int | None:
    """Give the number of the last statement before one in the same article, which "it" can only mean there."""
    (document, position), last, found = place.key, -1, None
    for number, other in enumerate(places):
        if other.key[0] == document and last < other.key[1] < position:
            last, found = other.key[1], number
    return found


def _related(material: Material, chosen: NDArray[np.int64]) -> NDArray[np.float32]:
    """Give the cosines of k chosen sentences, shape (k, k), 1 for those of one topic."""
    rows = material.lexical.take(chosen).dense()
    topics = material.clustering.topics[chosen]
    return np.where(topics[:, None] == topics[None, :], np.float32(1), rows @ rows.T)


def _evidence(material: Material, candidates: Candidates, index: int) -> list[tuple[int, float]]:
    """Give the sentence itself and the best supporting sentence of every other article, best first.

    Neither commentary nor a scrap of a few words, a question or a caption is evidence, unless the statement is the like
    itself: agencies send one caption to all.
    """
    taken = {int(material.owner[index])}
    found = [(index, 1.0)]
    sound: bool | None = None
    for other, similarity in material.evidence(index):
        document = int(material.owner[other])
        if document in taken:
            continue
        if sound is None:
            sound = _is_evidence(material, candidates, index)
        if sound and not _is_evidence(material, candidates, other):
            continue
        taken.add(document)
        found.append((other, similarity))
    return found


def _is_evidence(material: Material, candidates: Candidates, index: int) -> bool:
    """Say whether a sentence may support another."""
    return (
        not material.sentences[index].opinion
        and bool(material.words[index] >= MIN_WORDS - 1)
        and candidates.flaws[index] not in ("caption", "question")
    )


def _supports(material: Material, evidence: Sequence[tuple[int, float]]) -> tuple[Support, ...]:
    return tuple(
        Support(sentence.document_id, sentence.start, sentence.end, sentence.text, round(similarity, 6))
        for sentence, similarity in ((material.sentences[index], similarity) for index, similarity in evidence)
    )


def _place(material: Material, index: int, evidence: Sequence[tuple[int, float]], all_dated: bool) -> Place:
    owners = [material.documents[material.owner[other]] for other, _ in evidence]
    dates = [document.published for document in owners]
    sentence = material.sentences[index]
    language = material.documents[material.owner[index]].language or "en"
    return Place(
        origins=len({document.origin_id for document in owners}),
        relative=_relative(material, [other for other, _ in evidence]),
        published=min(date for date in dates if date) if all_dated else None,
        dangling=is_dangling(sentence.text, language) or is_said_by_pronoun(sentence.text),
        key=(int(material.owner[index]), sentence.position),
        leads=len(
            {
                document.origin_id
                for document, (other, _) in zip(owners, evidence, strict=True)
                if material.sentences[other].position < LEAD_SENTENCES
            }
        ),
        leaning=is_leaning(sentence.text, language),
        past=is_overtaken(sentence.text, material.documents[material.owner[index]].published, material.latest),
    )


def _relative(material: Material, evidence: Sequence[int]) -> float:
    """Give the mean over origins of where they first speak of the topic of a statement, or support it."""
    speaking = np.flatnonzero(material.clustering.topics == material.clustering.topics[evidence[0]])
    first: dict[int, float] = {}
    told = [*evidence, *speaking.tolist()]
    origins, places = material.origin.take(told).tolist(), material.relative.take(told).tolist()
    for origin, relative in zip(origins, places, strict=True):
        first[origin] = min(relative, first.get(origin, 1.0))
    return float(np.add.reduce(list(first.values()))) / len(first)


def make_clusters(material: Material) -> tuple[Cluster, ...]:
    """Give the clusters that two or more independent origins share, most origins first."""
    groups: dict[int, list[int]] = {}
    for index, label in enumerate(material.clustering.labels.tolist()):
        groups.setdefault(label, []).append(index)
    clusters = []
    for members in groups.values():
        n_origins = _independent(material, members)
        if n_origins >= 2:
            sentences = tuple(material.sentences[index] for index in members)
            chosen = material.sentences[representative(material.clustering, members)]
            clusters.append((members[0], Cluster(sentences, chosen, n_origins)))
    return tuple(cluster for _, cluster in sorted(clusters, key=lambda pair: (-pair[1].origins, pair[0])))
