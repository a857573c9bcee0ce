"""The state as a file: JSON, version 1, written whole or not at all, and checked when it is read."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from summarizer.briefing.files import write_file
from summarizer.findings import Snippet
from summarizer.updates.briefings import known_from_briefing
from summarizer.updates.fields import Fields, load_object
from summarizer.updates.lookup import Stems
from summarizer.updates.sketches import KEPT
from summarizer.updates.state import STATE_VERSION, KnownSentences, SeenArticle, State, Told
from summarizer.version import __version__

_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


def write_state(path: str | Path, state: State) -> None:
    """Write a state; a file that was there is replaced, and is untouched if anything fails.

    :raises OutputError: if it cannot be written.
    """
    write_file(Path(path), json.dumps(_to_dict(state), allow_nan=False) + "\n", force=True)


def read_state(path: str | Path) -> State:
    """Read a state, or what a briefing in JSON (version 1) tells of one.

    A briefing holds only the sentences that it quotes or that two articles share; that what else the articles said is
    not known is among the warnings of the state.

    :raises ReadingError: if the file cannot be read, is neither of the two, or of another version; what is wrong is
        named. Nothing in it is trusted: offsets, lengths and numbers are checked.
    """
    return read_fields(load_object(path))


def state_of(values: Mapping[str, Any], name: str) -> State:
    """Take a state, or a briefing, version 1, from an object that anyone may have sent; see :func:`read_state`.

    :param values: what JSON gives.
    :param name: how errors call it.
    :raises ReadingError: if it is neither of the two.
    """
    return read_fields(Fields(name, values))


def read_fields(fields: Fields) -> State:
    """Check the fields of a state or a briefing."""
    if "state_version" not in fields:
        if "schema_version" in fields:
            return known_from_briefing(fields)
        fields.fail("state_version", "is missing, and so is the schema_version of a briefing")
    version = fields.count("state_version")
    if version != STATE_VERSION:
        fields.fail("state_version", f"is {version}, and this version reads {STATE_VERSION}")
    articles = _articles(fields)
    sentences = _sentences(fields.object("sentences"), len(articles))
    embedder = fields.optional("embedder")
    if (embedder is None) != (sentences.vectors is None):
        fields.fail("embedder", "and vectors do not go together")
    return State(
        signature=fields.text("signature"),
        articles=articles,
        sentences=sentences,
        statements=_statements(fields, {article.id for article in articles}),
        names=frozenset(fields.texts("names")),
        figures=frozenset(fields.texts("figures")),
        embedder=embedder,
        forgotten=fields.count("forgotten"),
        partial=fields.flag("partial"),
        warnings=fields.texts("warnings"),
    )


def _to_dict(state: State) -> dict[str, Any]:
    known = state.sentences
    vectors = known.vectors
    return {
        "state_version": STATE_VERSION,
        "generated_by": f"crossbrief {__version__}",
        "signature": state.signature,
        "embedder": state.embedder,
        "forgotten": state.forgotten,
        "partial": state.partial,
        "warnings": list(state.warnings),
        "articles": [
            {
                "id": article.id,
                "digest": article.digest,
                "origin": article.origin,
                "published": article.published,
                "source": article.source,
                "title": article.title,
                "shingles": article.shingles,
                "sketch": _base64(article.sketch),
            }
            for article in state.articles
        ],
        "statements": [
            {
                "text": told.text,
                "document_id": told.place.document_id,
                "start": told.place.start,
                "end": told.place.end,
                "sentence": told.place.text,
            }
            for told in state.statements
        ],
        "names": sorted(state.names),
        "figures": sorted(state.figures),
        "sentences": {
            "texts": list(known.texts),
            "owner": _packed(known.owner, "<i4"),
            "start": _packed(known.start, "<i4"),
            "end": _packed(known.end, "<i4"),
            "vocabulary": list(known.stems.vocabulary),
            "indptr": _packed(known.stems.indptr, "<i4"),
            "indices": _packed(known.stems.indices, "<i4"),
            "counts": _packed(known.stems.counts, "<u1"),
            "width": 0 if vectors is None else vectors.shape[1],
            "vectors": "" if vectors is None else _packed(vectors, "<i1"),
        },
    }


def _packed(numbers: NDArray[Any], kind: str) -> str:
    return _base64(np.ascontiguousarray(numbers).astype(kind).tobytes())


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _articles(fields: Fields) -> tuple[SeenArticle, ...]:
    found = []
    ids: set[str] = set()
    for one in fields.objects("articles"):
        kept = one.numbers("sketch", "<u4")
        if len(kept) > KEPT or (np.diff(kept.astype(np.int64)) <= 0).any():
            one.fail("sketch", "is not a list of ascending hashes")
        article = SeenArticle(
            id=one.text("id"),
            digest=one.text("digest"),
            origin=one.text("origin"),
            published=one.optional("published"),
            source=one.optional("source"),
            title=one.optional("title"),
            shingles=one.count("shingles"),
            sketch=kept.tobytes(),
        )
        if not _DIGEST.fullmatch(article.digest):
            one.fail("digest", "is not a SHA-256 in hexadecimal")
        if article.shingles < len(kept):
            one.fail("shingles", "is less than the hashes of the sketch")
        if article.id in ids:
            one.fail("id", "is that of another article, too")
        ids.add(article.id)
        found.append(article)
    return tuple(found)


def _statements(fields: Fields, ids: set[str]) -> tuple[Told, ...]:
    found = []
    for one in fields.objects("statements"):
        place = Snippet(one.text("document_id"), one.count("start"), one.count("end"), one.text("sentence"))
        if place.document_id not in ids or place.end - place.start != len(place.text):
            one.fail("document_id", "and the offsets are not those of a sentence of an article")
        found.append(Told(one.text("text"), place))
    return tuple(found)


def _sentences(fields: Fields, n_articles: int) -> KnownSentences:
    texts = fields.texts("texts")
    owner, start, end = (fields.numbers(name, "<i4") for name in ("owner", "start", "end"))
    for name, column in (("owner", owner), ("start", start), ("end", end)):
        if len(column) != len(texts):
            fields.fail(name, f"has {len(column)} numbers for {len(texts)} sentences")
    if ((owner < 0) | (owner >= n_articles)).any():
        fields.fail("owner", "points to an article that is not there")
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    if (start < 0).any() or (end.astype(np.int64) - start != lengths).any():
        fields.fail("end", "and start are not as far apart as the sentences are long")
    if len(set(texts)) != len(texts):
        fields.fail("texts", "has one sentence twice")
    return KnownSentences(owner, start, end, texts, _stems(fields, len(texts)), _vectors(fields, len(texts)))


def _stems(fields: Fields, n: int) -> Stems:
    vocabulary = fields.texts("vocabulary")
    indptr, indices = fields.numbers("indptr", "<i4").astype(np.int64), fields.numbers("indices", "<i4")
    counts = fields.numbers("counts", "<u1")
    if len(set(vocabulary)) != len(vocabulary):
        fields.fail("vocabulary", "has one stem twice")
    if len(indptr) != n + 1 or indptr[0] != 0 or indptr[-1] != len(indices) or (np.diff(indptr) < 0).any():
        fields.fail("indptr", "does not part the stems into sentences")
    if ((indices < 0) | (indices >= len(vocabulary))).any():
        fields.fail("indices", "points to a stem that is not there")
    if len(counts) != len(indices) or (counts == 0).any():
        fields.fail("counts", "does not count each stem")
    rows = np.repeat(np.arange(n), np.diff(indptr))
    if ((np.diff(indices) <= 0) & (np.diff(rows) == 0)).any():
        fields.fail("indices", "does not ascend within a sentence")
    return Stems(vocabulary, indptr, indices, counts)


def _vectors(fields: Fields, n: int) -> NDArray[np.int8] | None:
    width = fields.count("width", most=65_536)
    data = fields.numbers("vectors", "<i1")
    if not width:
        if len(data):
            fields.fail("width", "is 0, and there are vectors")
        return None
    if len(data) != n * width:
        fields.fail("vectors", f"has {len(data)} numbers for {n} sentences of width {width}")
    return data.reshape(n, width)
