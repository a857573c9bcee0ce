"""Adding what new articles said to what was known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from summarizer.briefing.outline import digest
from summarizer.datatypes import Document, Summary, Support
from summarizer.findings import Snippet
from summarizer.material import Material
from summarizer.updates.figures import figure_keys, read_figures
from summarizer.updates.lookup import count_stems, drop_first, join_stems
from summarizer.updates.names import name_keys, read_names
from summarizer.updates.sketches import hash_shingles, sketch
from summarizer.updates.state import NOTHING_KNOWN, KnownSentences, SeenArticle, State, Told, pack_vectors

#: Known sentences kept, of about a thousand articles: 22 MB of file with stems and vectors, and a third of a second to
#: read and to write. The oldest go first.
MAX_SENTENCES: Final = 25_000
#: Statements kept of earlier briefings; the latest come first.
MAX_STATEMENTS: Final = 100
#: Bytes of vectors that are kept; those of wider ones than 1,280 dimensions are computed anew where they are needed.
MAX_VECTOR_BYTES: Final = 32_000_000
#: How the one warning begins that a later state says anew.
_FORGOTTEN: Final = "the oldest"


def make_state(summary: Summary, material: Material, earlier: State | None = None) -> State:
    """Add what new articles said to what was known.

    :param summary: the briefing over the new articles; what it corrects is no longer among the statements.
    :param material: the new articles and their sentences.
    :param earlier: what was known before; None for a first run.

    O(sentences of the new articles), beside copying the arrays.
    """
    articles = list(earlier.articles) if earlier else []
    number = _see_articles(articles, material.documents)
    known = earlier.sentences if earlier else NOTHING_KNOWN
    texts = set(known.texts)
    chosen = [place for place, sentence in enumerate(material.sentences) if sentence.text not in texts]
    chosen = list({material.sentences[place].text: place for place in reversed(chosen)}.values())[::-1]
    embedder, vectors = _join_vectors(earlier, material, chosen)
    told = [material.sentences[place] for place in chosen]
    sentences = KnownSentences(
        owner=_joined(known.owner, [number[sentence.document_id] for sentence in told]),
        start=_joined(known.start, [sentence.start for sentence in told]),
        end=_joined(known.end, [sentence.end for sentence in told]),
        texts=(*known.texts, *(sentence.text for sentence in told)),
        stems=join_stems(known.stems, count_stems(material.terms, chosen)),
        vectors=vectors,
    )
    dates = {document.id: document.published for document in material.documents}
    surplus = max(len(sentences) - MAX_SENTENCES, 0)
    forgotten = surplus + (earlier.forgotten if earlier else 0)
    warnings = tuple(one for one in (earlier.warnings if earlier else ()) if not one.startswith(_FORGOTTEN))
    if forgotten:
        warnings += (f"{_FORGOTTEN} {forgotten} known sentences were left out: there were more than {MAX_SENTENCES}",)
    return State(
        signature=summary.signature,
        articles=tuple(articles),
        sentences=_drop_oldest(sentences, surplus),
        statements=_keep_statements(summary, articles, number, earlier),
        names=(earlier.names if earlier else frozenset()).union(
            *(name_keys(read_names(text)) for text in dict.fromkeys(sentence.text for sentence in told))
        ),
        figures=(earlier.figures if earlier else frozenset()).union(
            *(figure_keys(read_figures(sentence.text, dates[sentence.document_id])) for sentence in told)
        ),
        embedder=embedder,
        forgotten=forgotten,
        partial=earlier.partial if earlier else False,
        warnings=warnings,
    )


def _see_articles(articles: list[SeenArticle], documents: Sequence[Document]) -> dict[str, int]:
    """Add documents to the articles seen.

    :return: the number of each document's article.
    """
    ids = {article.id for article in articles}
    names = {}
    for document in documents:
        names[document.id] = unique_id(document, ids)
        ids.add(names[document.id])
    number = {}
    for document in documents:
        shingles = hash_shingles(document)
        number[document.id] = len(articles)
        articles.append(
            SeenArticle(
                id=names[document.id],
                digest=digest(document.text),
                origin=names.get(document.origin_id, document.origin_id) or names[document.id],
                published=document.published,
                source=document.source,
                title=document.title,
                shingles=len(shingles),
                sketch=sketch(shingles),
            )
        )
    return number


def unique_id(document: Document, taken: set[str]) -> str:
    """Give the id of a document, with the start of its digest behind it where another article has that id."""
    return document.id if document.id not in taken else f"{document.id}@{digest(document.text)[:8]}"


def _join_vectors(
    earlier: State | None, material: Material, chosen: Sequence[int]
) -> tuple[str | None, NDArray[np.int8] | None]:
    """Put the vectors of new sentences behind those known.

    :return: none where the embedder changed, some sentences have none, or they are too many.
    """
    if material.vectors is None or material.clustering.partial is not None:
        return None, None
    known = earlier.sentences if earlier else NOTHING_KNOWN
    new = pack_vectors(material.vectors[chosen])
    if len(known):
        if known.vectors is None or earlier is None or earlier.embedder != material.embedder:
            return None, None
        if known.vectors.shape[1] != new.shape[1]:
            return None, None
        new = np.concatenate([known.vectors, new])
    return (None, None) if new.nbytes > MAX_VECTOR_BYTES else (material.embedder, new)


def _joined(known: NDArray[np.int32], new: Sequence[int]) -> NDArray[np.int32]:
    return np.concatenate([known, np.array(new, dtype=np.int32)])


def _drop_oldest(sentences: KnownSentences, n: int) -> KnownSentences:
    if not n:
        return sentences
    return KnownSentences(
        owner=sentences.owner[n:],
        start=sentences.start[n:],
        end=sentences.end[n:],
        texts=sentences.texts[n:],
        stems=drop_first(sentences.stems, n),
        vectors=None if sentences.vectors is None else sentences.vectors[n:],
    )


def _keep_statements(
    summary: Summary, articles: Sequence[SeenArticle], number: dict[str, int], earlier: State | None
) -> tuple[Told, ...]:
    """Give what the briefing tells, and behind it what earlier ones told and it does not correct."""
    told = [
        Told(
            statement.text,
            replace_id(statement.support[0], articles[number[statement.support[0].document_id]].id),
        )
        for statement in summary.statements
        if statement.support[0].document_id in number
    ]
    if earlier is not None:
        standing = {unchanged.text for unchanged in summary.changes.unchanged} if summary.changes else None
        told += [one for one in earlier.statements if standing is None or one.text in standing]
    return tuple({one.text: one for one in reversed(told)}.values())[::-1][:MAX_STATEMENTS]


def replace_id(place: Snippet | Support, document_id: str) -> Snippet:
    """Give a place under the id that its article is known by."""
    return Snippet(document_id, place.start, place.end, place.text)
