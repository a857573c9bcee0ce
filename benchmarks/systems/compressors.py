"""What compresses documents to a budget of tokens: ours, two baselines in the same form, and trimwise."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import zip_longest
from typing import Any, Final

import numpy as np

from benchmarks.data import DataError
from benchmarks.systems.excerpt_peers import WordEncoding
from benchmarks.systems.filling import import_peer
from summarizer import compress
from summarizer.datatypes import Document, Sentence
from summarizer.embedding import load_embedder, load_token_counter
from summarizer.protocols import Embedder
from summarizer.segmentation import segment
from summarizer.terms import index_terms
from summarizer.vectors import tfidf

#: What was kept: pairs of the number of a document, from 0, and text of it.
Kept = list[tuple[int, str]]
#: Texts, a query or None, and the most tokens, to what was kept.
Compressor = Callable[[Sequence[str], str | None, int], Kept]

NAMES: Final = ("crossbrief", "crossbrief, words only", "crossbrief, not filled", "lead", "tfidf", "trimwise")
OURS: Final = NAMES[0]


def make_compressors(names: Sequence[str] = NAMES) -> dict[str, Compressor]:
    """Make compressors by name; trimwise only where it is installed."""
    embedder = load_embedder("minilm")
    made: dict[str, Callable[[], Compressor]] = {
        "crossbrief": lambda: partial(_ours, embedder=embedder, fill=True),
        "crossbrief, words only": lambda: partial(_ours, embedder="tfidf", fill=True),
        "crossbrief, not filled": lambda: partial(_ours, embedder=embedder, fill=False),
        "lead": lambda: _lead,
        "tfidf": lambda: _tfidf,
        "trimwise": _make_trimwise,
    }
    found = {}
    for name in names:
        try:
            found[name] = made[name]()
        except DataError:
            if name != "trimwise":
                raise
    return found


def count_tokens(text: str) -> int:
    """Count as all systems do: word pieces of the packaged tokenizer."""
    return load_token_counter()[1](text)


def _ours(texts: Sequence[str], query: str | None, limit: int, *, embedder: str | Embedder, fill: bool) -> Kept:
    found = compress(list(texts), query, max_tokens=limit, embedder=embedder, fill=fill)
    return [(passage.number - 1, passage.text) for passage in found.passages]


def _split(texts: Sequence[str]) -> list[list[Sentence]]:
    return [segment(Document(text, id=str(number), language="en"))[0] for number, text in enumerate(texts)]


def _lead(texts: Sequence[str], query: str | None, limit: int) -> Kept:
    """Keep the first sentences of all documents, one of each in turn."""
    rows = [[(number, sentence) for sentence in found] for number, found in enumerate(_split(texts))]
    return _fill((one for row in zip_longest(*rows) for one in row if one is not None), limit)


def _tfidf(texts: Sequence[str], query: str | None, limit: int) -> Kept:
    """Keep the sentences nearest to the query, or to the mean of all, by the cosine of TF-IDF rows."""
    pairs = [(number, sentence) for number, found in enumerate(_split(texts)) for sentence in found]
    rows = tfidf(index_terms([sentence.text for _, sentence in pairs] + ([query] if query else []))).dense()
    near = rows[:-1] @ rows[-1] if query else rows @ rows.mean(axis=0)
    return _fill((pairs[index] for index in np.argsort(-near, kind="stable").tolist()), limit)


#: Tokens of the mark of a document, ``[1]``.
_MARK: Final = 3


def _fill(ranked: Iterable[tuple[int, Sentence]], limit: int) -> Kept:
    """Keep what fits of ranked sentences, in the form of ours: a mark a document; gaps cost nothing, in its favour."""
    kept: Kept = []
    marked: set[int] = set()
    used = 0
    for number, sentence in ranked:
        cost = count_tokens(sentence.text) + (0 if number in marked else _MARK)
        if used + cost <= limit:
            used += cost
            marked.add(number)
            kept.append((number, sentence.text))
    return kept


def _make_trimwise() -> Compressor:
    """Make trimwise: its strategy "lexical" with a query, "structural" without one; no marks, which saves it tokens."""
    trimwise = import_peer("trimwise")
    name = "words-without-download"
    import_peer("tiktoken.registry", "tiktoken").ENCODINGS[name] = WordEncoding()
    trimmer = trimwise.Trimmer(trimwise.TrimConfig(token_encoding=name))

    def keep(texts: Sequence[str], query: str | None, limit: int) -> Kept:
        found: Any = trimmer.trim_context(
            [trimwise.ContextSource(text) for text in texts],
            limit=limit,
            unit="tokens",
            strategy="lexical" if query else "structural",
            query=query,
            token_counter=count_tokens,
        )
        return [
            (one.source_index, texts[one.source_index][span.start : span.end])
            for one in found.sources
            for span in one.spans
        ]

    return keep
