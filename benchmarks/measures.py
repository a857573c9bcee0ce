"""What ROUGE does not see, measured on the text alone, so that every system is measured the same way."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from benchmarks.data import NewsCluster, split_sentences
from summarizer.terms import STOP_WORDS, stem, tokenize

#: Two sentences repeat each other when they share this part of the words of the shorter one.
NEAR_DUPLICATE: Final = 0.7
#: ... and both have so many different words; one or two words ("he said") repeat nothing.
_MIN_WORDS: Final = 3
#: A sentence has support in a document when one sentence there holds this part of its content words.
SUPPORT: Final = 0.5

_PRONOUNS: Final = frozenset(
    "he she it they him her them his hers its their theirs this that these those such".split()
)  # fmt: skip
_SPACES: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Measures:
    """Counts for one summary.

    :param words: as a budget counts them.
    :param supported: sentences that two or more documents support by words; see :data:`SUPPORT`.
    :param pairs: pairs of sentences.
    :param near_duplicates: pairs that repeat each other; see :data:`NEAR_DUPLICATE`.
    :param orphans: sentences that open with a pronoun, without the sentence that stands before them in the article.
    :param documents: articles that a sentence was taken from (the first that holds it).
    """

    words: int
    sentences: int
    supported: int
    pairs: int
    near_duplicates: int
    orphans: int
    documents: int


def measure_text(cluster: NewsCluster, sentences: Sequence[str]) -> Measures:
    """Measure one summary against its cluster. O(sentences * words of the cluster).

    :param sentences: in reading order.
    """
    articles = [_SPACES.sub(" ", document.text) for document in cluster.documents]
    flat = [_SPACES.sub(" ", sentence).strip() for sentence in sentences]
    word_sets = [frozenset(tokenize(sentence)) for sentence in flat]
    pairs = list(combinations(word_sets, 2))
    contents = [[_content(s) for s in split_sentences(document.text)] for document in cluster.documents]
    homes = {next((i for i, article in enumerate(articles) if sentence in article), -1) for sentence in flat}
    return Measures(
        words=sum(len(sentence.split()) for sentence in sentences),
        sentences=len(sentences),
        supported=sum(_n_supporting(_content(sentence), contents) >= 2 for sentence in flat),
        pairs=len(pairs),
        near_duplicates=sum(_near(a, b) for a, b in pairs),
        orphans=sum(_is_orphan(flat, i, articles) for i in range(len(flat))),
        documents=len(homes - {-1}),
    )


def _content(sentence: str) -> frozenset[str]:
    return frozenset(stem(token) for token in tokenize(sentence) if token not in STOP_WORDS)


def _n_supporting(words: frozenset[str], contents: Sequence[Sequence[frozenset[str]]]) -> int:
    """Count the documents with a sentence that holds at least half of the content words, the own one among them."""
    needed = max(1.0, SUPPORT * len(words))
    return sum(any(len(words & other) >= needed for other in document) for document in contents)


def _near(a: frozenset[str], b: frozenset[str]) -> bool:
    shorter = min(len(a), len(b))
    return shorter >= _MIN_WORDS and len(a & b) >= NEAR_DUPLICATE * shorter


def _is_orphan(sentences: Sequence[str], i: int, articles: Sequence[str]) -> bool:
    opening = tokenize(sentences[i])[:1]
    if not opening or opening[0] not in _PRONOUNS:
        return False
    return i == 0 or not any(f"{sentences[i - 1]} {sentences[i]}" in article for article in articles)
