"""``compress()``: retrieved documents to a budget of tokens for a prompt, as sentences with their places.

A briefing is about one event; what a retriever gives may be about several things, and one sentence of it may be all
that is wanted. So no document is left out for being about something else, nothing counts for being told by many where
there is a query, and a sentence is a repetition only where nearly all of its words stand in one that was kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from summarizer import reading
from summarizer.calls import Articles, merge_settings
from summarizer.compressing.choosing import Choice, make_excerpt
from summarizer.compressing.excerpts import Compressed, Excerpt, LeftOut, in_order, render
from summarizer.config import SummaryConfig
from summarizer.datatypes import Document
from summarizer.embedding import load_token_counter
from summarizer.errors import ConfigError
from summarizer.learned import load_salience
from summarizer.material import Material
from summarizer.preparation import Progress, compare_sentences, prepare_documents, silent, split_documents
from summarizer.protocols import Embedder, TokenCounter
from summarizer.segmentation import segment

__all__ = ["Compressed", "Excerpt", "LeftOut", "compress"]


def compress(
    documents: Articles,
    query: str | None = None,
    *,
    max_tokens: int,
    token_counter: TokenCounter | None = None,
    fill: bool = True,
    config: SummaryConfig | None = None,
    embedder: str | Embedder | None = None,
    progress: Progress | None = None,
    **settings: Any,  # noqa: ANN401  the fields of SummaryConfig, which checks them
) -> Compressed:
    """Compress documents to a budget of tokens, for a prompt: whole sentences, word for word, with marks.

    With a query the sentences nearest to it come first; without one those that matter most in all documents. Copies
    are folded, and what was said is not said again. The order of the documents moves no sentence in or out; it is the
    order of the text, and the marks ``[1]``, ``[2]`` count the documents as they were given.

    :param documents: as for :func:`summarizer.summarize`; they may be about different things.
    :param query: a question or topic.
    :param max_tokens: the most tokens of the text, marks and separators included.
    :param token_counter: counts the tokens of a text; the packaged tokenizer when None.
    :param fill: use the whole budget; False keeps only what bears on the query, and moves nothing without one.
    :param config: all settings in one; keyword settings override it. The strategy, opinion and comparison play no part.
    :param embedder: as for :func:`summarizer.summarize`.
    :param progress: told the stage and the share done.
    :param settings: fields of :class:`SummaryConfig`, such as the limits.
    :return: the sentences by document and place; never over the budget, never empty.
    :raises ConfigError: if a setting is unknown or out of range; :class:`BudgetError` if no sentence fits the budget.
    :raises InputError: if nothing usable is left, or a limit is passed.

    Time is that of embedding the sentences, and one count of tokens for each.

    >>> kept = compress(["It rained. Exports fell 3% in May.", "The cup final was lost."], "exports", max_tokens=12)
    >>> kept.text
    '[1] Exports fell 3% in May.'
    """
    if isinstance(embedder, str):
        settings["embedder"] = embedder
        embedder = None
    budget = {"max_words": None, "max_sentences": None, "max_characters": None, "max_tokens": max_tokens}
    always = {"query": query, "keep_other_events": True, "keep_opinion": True, "compare": False}
    settings_ = merge_settings(config, {**settings, **budget, **always})
    name, counter = _counter(token_counter)
    tell = progress or silent
    read, numbers, notes = _read(documents, settings_)
    prepared = [_usable(document, settings_, notes) for document in prepare_documents(read, settings_, tell)]
    sentences = split_documents(prepared, settings_, notes, tell)
    material = compare_sentences(prepared, sentences, settings_, embedder, tell)
    tell("select", 0.0)
    chosen, repeated = Choice(material, numbers, settings_, counter, max_tokens).choose(fill=fill)
    passages = tuple(in_order([make_excerpt(material, numbers, index) for index in chosen]))
    text = render(passages)
    tell("select", 1.0)
    by_id = {document.id: document for document in prepared}
    given = tuple(by_id[document.id] for document in read)
    model = load_salience(settings_.salience_weights)
    return Compressed(
        text=text,
        passages=passages,
        tokens=counter(text),
        limit=max_tokens,
        original_tokens=sum(counter(document.text) for document in given),
        documents=given,
        numbers=tuple(numbers[document.id] for document in given),
        dropped=_dropped(given, passages, material, repeated),
        query=query,
        signature="compress|"
        + settings_.signature(
            embedder=material.embedder,
            threshold=material.clustering.threshold,
            salience=model.name,
            counter=name,
        )
        + ("" if fill else "|fill:off"),
        warnings=tuple(dict.fromkeys(notes)),
    )


def _counter(counter: TokenCounter | None) -> tuple[str, TokenCounter]:
    if counter is None:
        return load_token_counter()
    if not callable(counter):
        raise ConfigError(f"token_counter must be a function from a text to its tokens, not {counter!r:.80}")
    return getattr(counter, "__qualname__", type(counter).__name__), counter


def _read(documents: Articles, config: SummaryConfig) -> tuple[list[Document], dict[str, int], list[str]]:
    """Read documents; give with them the mark of each, and what there is to say of those that could not be read."""
    single = isinstance(documents, str | Path | Document | Mapping)
    given: list[Any] = [documents] if single else list(documents)  # type: ignore[arg-type]
    read = reading.collect(given, config=config)
    if not read.documents and len(read.failures) == 1:
        raise read.failures[0]
    found = reading.assign_ids(read.documents)
    failed = {failure.source for failure in read.failures}
    places = [place for place in range(1, len(given) + 1) if f"documents[{place - 1}]" not in failed]
    if len(places) != len(found):  # a folder gives several
        places = list(range(1, len(found) + 1))
    numbers = {document.id: place for document, place in zip(found, places, strict=True)}
    return found, numbers, [*read.warnings, *(f"not used: {failure}" for failure in read.failures)]


def _usable(document: Document, config: SummaryConfig, notes: list[str]) -> Document:
    """Take a document whole where cleaning left no sentence of it: a retriever may give a heading or a table row."""
    if not document.dropped or segment(document, max_characters=config.max_sentence_characters)[0]:
        return document
    notes.append(f"{document.id}: all of it looks like headings or notices; it was used all the same")
    return replace(document, dropped=())


def _dropped(
    documents: Sequence[Document], passages: Sequence[Excerpt], material: Material, repeated: set[int]
) -> tuple[LeftOut, ...]:
    """Say of which documents nothing was kept, and why."""
    kept = {passage.document_id for passage in passages}
    has = {sentence.document_id for sentence in material.sentences}
    said = {material.sentences[index].document_id for index in repeated}
    said.update(name for passage in passages for name in passage.also)
    left = []
    for document in documents:
        if document.id in kept:
            continue
        if document.id not in has:
            reason = "no sentence"
        elif document.copy_of is not None:
            reason = "copy"
        else:
            reason = "said by others" if document.id in said else "less relevant"
        left.append(LeftOut(document.id, reason))
    return tuple(left)
