"""What ROUGE does not see, measured on the text alone, so that every system is measured the same way."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import log2
from typing import Final

from benchmarks.data import Article, NewsCluster, split_sentences
from summarizer.terms import STOP_WORDS, stem, tokenize

#: Two sentences repeat each other when they share this part of the words of the shorter one.
NEAR_DUPLICATE: Final = 0.7
#: ... and both have so many different words; one or two words ("he said") repeat nothing.
_MIN_WORDS: Final = 3
#: A sentence has support in a document when one sentence there holds this part of its content words.
SUPPORT: Final = 0.5
#: Articles kept ready: the updates of one event, which hundreds of clusters share, and a large cluster beside them.
_KEPT_ARTICLES: Final = 512

_PRONOUNS: Final = frozenset(
    "he she it they him her them his hers its their theirs this that these those such".split()
)  # fmt: skip
_SPACES: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Measures:
    """What was counted on one summary.

    :param words: as a budget counts them.
    :param supported: sentences that two or more documents support by words; see :data:`SUPPORT`.
    :param pairs: pairs of sentences.
    :param near_duplicates: pairs that repeat each other; see :data:`NEAR_DUPLICATE`.
    :param overlap: mean over the sentences of the largest part of the words that one shares with another one, counted
        on the shorter of the two, in [0, 1]; 0 below two sentences.
    :param orphans: sentences that open with a pronoun, without the sentence that stands before them in the article.
    :param positions: for each sentence that stands in an article word for word, where it begins there: 0 is the first
        character, 1 the end. The first article that holds it counts.
    :param documents: articles that a sentence was taken from.
    :param of_documents: articles of the cluster.
    :param entropy: of the sentences over those articles, in bits; 2 is as much as four articles used evenly.
    :param coverage: part of the words that stand in runs copied from an article, in [0, 1]; Grusky et al. (2018).
    :param density: mean length in words of the copied run that a word stands in; the same.
    """

    words: int
    sentences: int
    supported: int
    pairs: int
    near_duplicates: int
    overlap: float
    orphans: int
    positions: tuple[float, ...]
    documents: int
    of_documents: int
    entropy: float
    coverage: float
    density: float


@dataclass(frozen=True, slots=True)
class _View:
    """One article as the measures read it.

    :param flat: the text with single spaces.
    :param contents: content stems of each sentence.
    :param tokens: words in order.
    :param places: where each word stands in ``tokens``.
    """

    flat: str
    contents: tuple[frozenset[str], ...]
    tokens: tuple[str, ...]
    places: Mapping[str, Sequence[int]]


@lru_cache(maxsize=_KEPT_ARTICLES)
def _view(article: Article) -> _View:
    tokens = tuple(tokenize(article.text))
    places: dict[str, list[int]] = {}
    for i, token in enumerate(tokens):
        places.setdefault(token, []).append(i)
    contents = tuple(_content(sentence) for sentence in split_sentences(article.text))
    return _View(_SPACES.sub(" ", article.text), contents, tokens, places)


def measure_text(cluster: NewsCluster, sentences: Sequence[str]) -> Measures:
    """Measure one summary against its cluster. O(sentences * words of the cluster).

    :param sentences: in reading order.
    """
    views = [_view(document) for document in cluster.documents]
    flat = [_SPACES.sub(" ", sentence).strip() for sentence in sentences]
    word_sets = [frozenset(tokenize(sentence)) for sentence in flat]
    places = [place for place in (_find(sentence, views) for sentence in flat) if place is not None]
    homes = Counter(home for home, _ in places)
    coverage, density = _fragments(tokenize(" ".join(flat)), views)
    return Measures(
        words=sum(len(sentence.split()) for sentence in sentences),
        sentences=len(sentences),
        supported=sum(_n_supporting(_content(sentence), views) >= 2 for sentence in flat),
        pairs=len(flat) * (len(flat) - 1) // 2,
        near_duplicates=sum(_near(a, b) for a, b in combinations(word_sets, 2)),
        overlap=_overlap(word_sets),
        orphans=sum(_is_orphan(flat, i, views) for i in range(len(flat))),
        positions=tuple(position for _, position in places),
        documents=len(homes),
        of_documents=len(views),
        entropy=_entropy(homes),
        coverage=coverage,
        density=density,
    )


def _content(sentence: str) -> frozenset[str]:
    return frozenset(stem(token) for token in tokenize(sentence) if token not in STOP_WORDS)


def _n_supporting(words: frozenset[str], views: Sequence[_View]) -> int:
    """Count the documents with a sentence that holds at least half of the content words, the own one among them."""
    needed = max(1.0, SUPPORT * len(words))
    return sum(any(len(words & other) >= needed for other in view.contents) for view in views)


def _near(a: frozenset[str], b: frozenset[str]) -> bool:
    shorter = min(len(a), len(b))
    return shorter >= _MIN_WORDS and len(a & b) >= NEAR_DUPLICATE * shorter


def _overlap(word_sets: Sequence[frozenset[str]]) -> float:
    """Give the mean over sentences of the largest share; a fragment of one or two words shares nothing."""
    most = [0.0] * len(word_sets)
    for (i, a), (j, b) in combinations(enumerate(word_sets), 2):
        shorter = min(len(a), len(b))
        if shorter >= _MIN_WORDS:
            share = len(a & b) / shorter
            most[i], most[j] = max(most[i], share), max(most[j], share)
    return sum(most) / len(most) if len(most) > 1 else 0.0


def _is_orphan(sentences: Sequence[str], i: int, views: Sequence[_View]) -> bool:
    opening = tokenize(sentences[i])[:1]
    if not opening or opening[0] not in _PRONOUNS:
        return False
    return i == 0 or not any(f"{sentences[i - 1]} {sentences[i]}" in view.flat for view in views)


def _find(sentence: str, views: Sequence[_View]) -> tuple[int, float] | None:
    """Give the first article that holds a sentence and where it begins there, in [0, 1); None if it stands in none."""
    if sentence:
        for home, view in enumerate(views):
            at = view.flat.find(sentence)
            if at >= 0:
                return home, round(at / len(view.flat), 3)
    return None


def _entropy(counts: Counter[int]) -> float:
    total = counts.total()
    return sum(count / total * log2(total / count) for count in counts.values())


def _fragments(words: Sequence[str], views: Sequence[_View]) -> tuple[float, float]:
    """Give coverage and density: at each word the longest run that an article holds too, then on behind it.

    Runs end where an article does. The published procedure takes the longest run among those that do not overlap, which
    can be shorter; it never is where whole sentences were copied.

    Grusky, Naaman and Artzi (2018), Newsroom, aclanthology.org/N18-1065
    """
    covered = squares = i = 0
    while i < len(words):
        run = max((_run(words, i, view) for view in views), default=0)
        covered += run
        squares += run * run
        i += max(run, 1)
    return (covered / len(words), squares / len(words)) if words else (0.0, 0.0)


def _run(words: Sequence[str], start: int, view: _View) -> int:
    """Give the length of the longest run of words from ``start`` on that stands in one article."""
    longest = 0
    for place in view.places.get(words[start], ()):
        n = min(len(words) - start, len(view.tokens) - place)
        # A run that differs where the longest one ends cannot be longer.
        if n <= longest or words[start + longest] != view.tokens[place + longest]:
            continue
        k = 0
        while k < n and words[start + k] == view.tokens[place + k]:
            k += 1
        longest = max(longest, k)
    return longest
