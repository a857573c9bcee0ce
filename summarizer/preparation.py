"""Documents -> everything that is known of their sentences: the stages before any sentence is judged."""

from __future__ import annotations

import functools
import logging
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from summarizer import embedding, reading
from summarizer.affinity import compare_origins, find_events, find_other_events
from summarizer.cleaning import clean
from summarizer.clustering import cluster_sentences
from summarizer.config import SummaryConfig
from summarizer.datatypes import OTHER_EVENT, Document, Passage, Sentence
from summarizer.errors import NoInputError
from summarizer.language import detect_language
from summarizer.material import Material
from summarizer.origins import fold_copies
from summarizer.protocols import Embedder
from summarizer.segmentation import segment
from summarizer.signs import read_signs
from summarizer.similarity import Partial, near_by_words
from summarizer.sparing import choose_embedded
from summarizer.terms import Terms, index_terms
from summarizer.vectors import Pairs, SparseRows, distinct, tfidf_rows

logger = logging.getLogger(__name__)

#: Told the name of a stage and the share of it that is done, in [0, 1].
Progress = Callable[[str, float], None]
#: An error names at most so many reasons.
_MAX_REASONS = 5
_OTHER_EVENT: Final = (
    "{}: left out: it shares so few words with the others that it seems to be about another event "
    "(keep_other_events keeps it)"
)
_SEVERAL_EVENTS: Final = (
    "the articles seem to be about {} events, and the briefing mixes them: {}; give the articles of each by themselves"
)
#: So many articles of an event are named.
_MAX_NAMED: Final = 6


def silent(stage: str, share: float) -> None:
    """Tell nobody."""


def prepare_documents(documents: Sequence[Document], config: SummaryConfig, tell: Progress) -> list[Document]:
    """Put documents in canonical order, find their language, mark what is not article text, and fold copies."""
    if not documents:
        raise NoInputError("there is no document to summarize: give at least one article with text")
    tell("clean", 0.0)
    prepared = []
    for number, document in enumerate(sorted(reading.assign_ids(documents), key=lambda document: document.id)):
        if document.language is None:
            found = config.language or detect_language(document.text)
            inferred = document.inferred if config.language or not found else (*document.inferred, "language")
            document = replace(document, language=found, inferred=inferred)
        prepared.append(clean(document))
        tell("clean", (number + 1) / len(documents))
    return fold_copies(prepared, threshold=config.copy_threshold)


def split_documents(
    documents: Sequence[Document], config: SummaryConfig, notes: list[str], tell: Progress
) -> list[Sentence]:
    """Split every document into sentences, and keep the first of each when there are too many in all."""
    found: list[list[Sentence]] = []
    for number, document in enumerate(documents):
        sentences, warnings = segment(document, max_characters=config.max_sentence_characters)
        found.append(sentences)
        notes += warnings
        if not sentences:
            notes.append(f"{document.id}: has no usable sentence")
        tell("segment", (number + 1) / len(documents))
    notes += _warn_of_languages(documents)
    total = sum(map(len, found))
    if not total:
        raise NoInputError(
            f"no usable sentence in {len(documents)} documents; give articles with whole sentences ("
            + "; ".join(notes[-_MAX_REASONS:])
            + ")"
        )
    if total > config.max_input_sentences:
        # The longest documents give up their ends first: the first k sentences of each stay, with the greatest k.
        lengths = np.array([len(sentences) for sentences in found])
        most = int(np.searchsorted(_kept_by_cut(lengths), config.max_input_sentences, side="right"))
        found = [sentences[: max(most, 1)] for sentences in found]
        first = f"first {most} sentences" if most > 1 else "first sentence"
        notes.append(
            f"only the {first} of each document {'were' if most > 1 else 'was'} compared: {total} are more than "
            f"max_input_sentences={config.max_input_sentences}: give fewer articles, or raise it "
            "(--max-input-sentences)"
        )
    return [sentence for sentences in found for sentence in sentences]


def _warn_of_languages(documents: Sequence[Document]) -> list[str]:
    """Warn where the documents are in several languages; one whose language is not known counts for none."""
    written = Counter((document.language or "").lower()[:2] for document in documents)
    written.pop("", None)
    if len(written) < 2:
        return []
    languages = ", ".join(f"{count} {language}" for language, count in sorted(written.items(), key=_most_first))
    return [
        f"the documents are in {len(written)} languages ({languages}): what one language says is not found again in "
        "another, so it may be told twice and rest on fewer origins than it has; give those of one language"
    ]


def _most_first(entry: tuple[str, int]) -> tuple[int, str]:
    return -entry[1], entry[0]


def _kept_by_cut(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give how many sentences are kept when each document keeps its first 1, 2, 3 …; ascending."""
    return np.array([np.minimum(lengths, cut).sum() for cut in range(1, int(lengths.max()) + 1)])


def compare_sentences(
    documents: Sequence[Document],
    sentences: Sequence[Sentence],
    config: SummaryConfig,
    embedder: Embedder | None,
    tell: Progress,
    notes: list[str] | None = None,
    *,
    complete: bool = False,
) -> Material:
    """Give sentences their words, vectors and clusters.

    :param documents: in canonical order, with origins.
    :param sentences: of all documents, in their order.
    :param config: the settings.
    :param embedder: used in place of the one that ``config`` names.
    :param tell: told the stage and the share done.
    :param notes: where it is said which articles were left out as about another event, as if they had not been given;
        None to leave none out.
    :param complete: embed every sentence, however many there are; so it is with a query, too, which may ask for what is
        told in other words.
    """
    texts = [sentence.text for sentence in sentences]
    number = {document.id: index for index, document in enumerate(documents)}
    owner = np.array([number[sentence.document_id] for sentence in sentences], dtype=np.int64)
    terms = index_terms(texts, [documents[index].language or "en" for index in owner])
    signs = read_signs(texts)
    counted = _counted(documents, owner, terms)
    others: set[str] = set()
    if notes is not None:
        others, events = _other_events(documents, sentences, owner, terms, signs.words, counted, config)
        notes += _say_events(events)
    if notes is not None and others:
        notes += [_OTHER_EVENT.format(document.id) for document in documents if document.id in others]
        return compare_sentences(
            [document for document in documents if document.id not in others],
            [sentence for sentence in sentences if sentence.document_id not in others],
            config,
            embedder,
            tell,
            complete=complete,
        )
    lexical, with_stops = tfidf_rows(terms, counted=counted)
    origins = [documents[index].origin_id for index in owner]
    vectors, query_vectors, name, partial, near = None, None, "tfidf", None, None
    if embedder is None and config.embedder != "tfidf":
        embedder = embedding.load_embedder(config.embedder, cache=config.embedding_cache)
    if embedder is not None:
        tell("embed", 0.0)
        if not complete and not config.query:
            partial, near = _spare(embedder, texts, with_stops, origins)
        vectors = embedding.embed(
            embedder, texts, partial.chosen if partial else None, functools.partial(tell, "embed")
        )
        query_vectors = _embed_query(embedder, config.query) if config.query else None
        name = embedding.embedder_name(embedder)
        tell("embed", 1.0)
    tell("cluster", 0.0)
    clustering = cluster_sentences(
        sentences,
        terms,
        with_stops,
        vectors,
        origins=origins,
        threshold=config.cluster_threshold,
        partial=partial,
        near=near,
        hints=signs.hints.tolist(),
    )
    tell("cluster", 1.0)
    return Material(
        documents=tuple(documents),
        sentences=tuple(sentences),
        owner=owner,
        terms=terms,
        lexical=lexical,
        clustering=clustering,
        embedder=name,
        vectors=vectors,
        query=config.query,
        query_vectors=query_vectors,
        known_signs=signs,
    )


def _embed_query(embedder: Embedder, query: str) -> NDArray[np.float32]:
    """Embed the parts of a query; what reads queries is imported only where there is one."""
    from summarizer.questions import split_query

    return embedding.embed(embedder, split_query(query))


def _spare(
    embedder: Embedder, texts: Sequence[str], lexical: SparseRows, origins: Sequence[str]
) -> tuple[Partial | None, Pairs | None]:
    """Say which sentences are embedded where the embedder names a bound and there are more.

    :return: nothing where all are; else which are, and the pairs of different sentences that share words.
    """
    most = getattr(embedder, "max_sentences", None)
    if most is None or len(set(texts)) <= most:
        return None, None
    place, near = near_by_words(texts, lexical)
    numbers = {name: number for number, name in enumerate(dict.fromkeys(origins))}
    chosen = choose_embedded(near, place, np.array([numbers[name] for name in origins], dtype=np.int64), most=most)
    logger.debug("%d of %d sentences are embedded", int(chosen.sum()), len(texts))
    return Partial(chosen, functools.partial(embedding.embed, embedder), chosen.copy()), near


def _other_events(
    documents: Sequence[Document],
    sentences: Sequence[Sentence],
    owner: NDArray[np.int64],
    terms: Terms,
    lengths: NDArray[np.int64],
    counted: NDArray[np.bool_] | None,
    config: SummaryConfig,
) -> tuple[set[str], list[list[str]]]:
    """Give the ids of the documents about another event than most, and of each event where none is the main one.

    A query says what the summary is about: with one, all count, as they do where the settings say so. Words tell
    nothing across languages: a document in a language in which none on the event is written counts.
    """
    told = [documents[place] for place in distinct(owner).tolist()]  # some documents have no usable sentence
    names = sorted({document.origin_id for document in told})
    if len(names) < 3 or config.query or config.keep_other_events:
        return set(), []
    number = {name: index for index, name in enumerate(names)}
    origin = np.array([number[documents[place].origin_id] for place in owner.tolist()], dtype=np.int64)
    usable = np.array([not sentence.opinion for sentence in sentences], dtype=np.bool_)
    if counted is not None:
        usable &= counted
    words = np.bincount(origin, weights=lengths * usable, minlength=len(names)).astype(np.int64)
    least = _budget_words(config, sentences, int(lengths.sum()))
    closeness = compare_origins(terms, origin, counted)
    found = find_other_events(closeness, words, least)
    far = {name for name, is_far in zip(names, found.tolist(), strict=True) if is_far}
    spoken = {document.language for document in told if document.origin_id not in far}
    others = {document.id for document in documents if document.origin_id in far and document.language in spoken}
    kept = np.flatnonzero([name not in {one.origin_id for one in told if one.id in others} for name in names])
    events = [{names[kept[place]] for place in event} for event in find_events(closeness[np.ix_(kept, kept)])]
    languages = [{document.language for document in told if document.origin_id in event} for event in events]
    if not events or not set.intersection(*languages):
        return others, []
    return others, [[document.id for document in told if document.origin_id in event] for event in events]


def mark_left_out(documents: Sequence[Document], material: Material) -> tuple[Document, ...]:
    """Give the documents, those that are about another event dropped as a whole."""
    used = {document.id for document in material.documents}
    return tuple(
        document
        if document.id in used
        else replace(document, dropped=(Passage(0, len(document.text), OTHER_EVENT),), opinion=())
        for document in documents
    )


def _say_events(events: Sequence[Sequence[str]]) -> list[str]:
    """Warn where there are several events, naming the articles of each."""
    if not events:
        return []
    named = []
    for number, event in enumerate(events, 1):
        more = f" and {len(event) - _MAX_NAMED} more" if len(event) > _MAX_NAMED else ""
        named.append(f"({number}) {', '.join(event[:_MAX_NAMED])}{more}")
    return [_SEVERAL_EVENTS.format(len(events), " ".join(named))]


def _budget_words(config: SummaryConfig, sentences: Sequence[Sentence], words: int) -> float:
    """Give the budget in words, by the mean length of sentences and words; a token is about three quarters of one."""
    budget = config.budget()
    units = {
        "words": words,
        "sentences": len(sentences),
        "characters": sum(len(sentence.text) for sentence in sentences),
        "tokens": words / 0.75,
    }
    return budget.limit * words / max(units[budget.unit], 1)


def _counted(documents: Sequence[Document], owner: NDArray[np.int64], terms: Terms) -> NDArray[np.bool_] | None:
    """Say which sentences count when it is asked how rare a word is, shape (n,): not what a copy repeats of its origin.

    With them, four copies of one of five articles moved cosines by up to .07, and topics with them.

    :return: None if there are no copies, and all count.
    """
    copy = np.array([document.copy_of is not None for document in documents], dtype=np.bool_)[owner]
    if not copy.any():
        return None
    counted = np.ones(len(owner), dtype=np.bool_)
    said: set[tuple[str, bytes]] = set()
    for index in np.argsort(copy, kind="stable").tolist():  # originals first
        wording = (documents[owner[index]].origin_id, terms.rows[index].tobytes())
        counted[index] = not copy[index] or wording not in said
        said.add(wording)
    return counted
