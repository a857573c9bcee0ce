"""What a briefing in JSON tells of what is known: its sentences, its articles, and nothing else the articles said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import numpy as np

from summarizer.findings import Snippet
from summarizer.terms import index_terms
from summarizer.updates.fields import Fields
from summarizer.updates.figures import figure_keys, read_figures
from summarizer.updates.lookup import count_stems
from summarizer.updates.names import name_keys, read_names
from summarizer.updates.state import KnownSentences, SeenArticle, State, Told

#: The version of briefings that is read.
_SCHEMA_VERSION: Final = 1
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


def known_from_briefing(fields: Fields) -> State:
    """Take from a briefing what it holds: statements with support, clusters, comparisons, and the articles' digests.

    :param fields: the object of a briefing, version 1.
    :raises ReadingError: if it is of another version, or a field is not what a briefing has there.
    """
    version = fields.count("schema_version")
    if version != _SCHEMA_VERSION:
        fields.fail("schema_version", f"is {version}, and this version reads {_SCHEMA_VERSION}")
    articles, languages = [], {}
    for one in fields.objects("documents"):
        article = SeenArticle(
            id=one.text("id"),
            digest=one.text("digest"),
            origin=one.optional("origin_id") or one.text("id"),
            published=one.optional("published"),
            source=one.optional("source"),
            title=one.optional("title"),
        )
        if article.id in languages or not _DIGEST.fullmatch(article.digest):
            one.fail("id", "is that of another document, or its digest is no SHA-256 in hexadecimal")
        languages[article.id] = one.optional("language") or "en"
        articles.append(article)
    statements = tuple(_told(one, set(languages)) for one in fields.objects("statements"))
    places = {place.text: place for place in reversed(list(_places(fields, set(languages))))}
    told = sorted(places.values(), key=lambda place: (place.document_id, place.start, place.end))
    number = {article.id: index for index, article in enumerate(articles)}
    dates = {article.id: article.published for article in articles}
    texts = [place.text for place in told]
    return State(
        signature=fields.text("signature"),
        articles=tuple(articles),
        sentences=KnownSentences(
            owner=np.array([number[place.document_id] for place in told], dtype=np.int32),
            start=np.array([place.start for place in told], dtype=np.int32),
            end=np.array([place.end for place in told], dtype=np.int32),
            texts=tuple(texts),
            stems=count_stems(index_terms(texts, [languages[place.document_id] for place in told])),
        ),
        statements=statements,
        names=frozenset().union(*(name_keys(read_names(text)) for text in texts)),
        figures=frozenset().union(*(figure_keys(read_figures(place.text, dates[place.document_id])) for place in told)),
        partial=True,
        warnings=(
            f"{fields.source} is a briefing: what else its {len(articles)} articles said is not known, so some of what "
            "is called new may have been in them; keep all they said with --state FILE",
        ),
    )


def _told(one: Fields, ids: set[str]) -> Told:
    support = one.objects("support")
    if not support:
        one.fail("support", "is empty")
    return Told(one.text("text"), _place(support[0], ids))


def _places(fields: Fields, ids: set[str]) -> Iterator[Snippet]:
    """Give every sentence that a briefing quotes."""
    for statement in fields.objects("statements"):
        yield from (_place(one, ids) for one in statement.objects("support"))
    for cluster in fields.objects("clusters"):
        yield from (_place(one, ids) for one in cluster.objects("members"))
    for claim in fields.objects("single_source", optional=True):
        yield _place(claim, ids)
    for comparison in fields.objects("comparisons", optional=True):
        for value in comparison.objects("values"):
            sentence = value.object("sentence")
            yield _checked(sentence, value.text("document_id"), ids)


def _place(one: Fields, ids: set[str]) -> Snippet:
    return _checked(one, one.text("document_id"), ids)


def _checked(one: Fields, document_id: str, ids: set[str]) -> Snippet:
    place = Snippet(document_id, one.count("start"), one.count("end"), one.text("text"))
    if document_id not in ids or place.end - place.start != len(place.text):
        one.fail("start", "and end are not those of a sentence of a document")
    return place
