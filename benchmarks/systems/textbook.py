"""Two methods of the literature that no installable package offers, written here so that they can be compared.

Their settings are the best of those tried on ``neus_train``, ``background_train`` and ``multi_news_val``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.data import NewsCluster
from benchmarks.systems.filling import RankedSystem, System, import_peer, sentences_by_document
from summarizer.terms import STOP_WORDS

TEXTBOOK: Final = ("greedy_centroid", "concept_coverage_ilp")

_WORD: Final = re.compile(r"[^\W_]+")
#: Similarities are compared so rounded, that the order of summation does not decide.
_DIGITS: Final = 12
#: A solver that has proven no optimum by then has failed: what it holds so far would depend on the machine.
_SOLVER_SECONDS: Final = 120.0


def make_textbook(name: str) -> System:
    """Make one of :data:`TEXTBOOK`.

    :raises DataError: if scikit-learn or scipy is not installed.
    """
    if name == "greedy_centroid":
        import_peer("sklearn.feature_extraction.text", "scikit-learn")
        return RankedSystem(rank_by_centroid, "greedy_centroid|terms:stems|weights:log-tf*idf of sentences|stop:none")
    import_peer("scipy.optimize", "scipy")
    return RankedSystem(
        rank_by_concepts, "concept_coverage_ilp|concepts:stem bigrams of 2+ articles|solver:highs|rest:lead"
    )


@lru_cache(maxsize=1)
def _stemmer() -> Any:  # noqa: ANN401  nltk carries no types
    return import_peer("nltk.stem").PorterStemmer()


@lru_cache(maxsize=200_000)
def _stem(word: str) -> str:
    return str(_stemmer().stem(word))


def _stems(text: str) -> list[str]:
    return [_stem(word) for word in _WORD.findall(text.lower())]


def rank_by_centroid(cluster: NewsCluster, sentences: Sequence[str], max_words: int) -> Iterable[int]:
    """Add the sentence after which the summary, as a whole, is most similar to the centroid of the cluster.

    Stems with logarithmic counts and no stop list, against whole words and a stop list: +0.1 R1 on ``neus_train``,
    +1.2 on ``background_train``, +0.7 on ``multi_news_val`` (200, 60, 100 clusters).
    Gholipour Ghalandari (2017), doi:10.18653/v1/W17-4511

    :return: in the order chosen, within the budget. O(k * words of the cluster).
    """
    vectorizer = import_peer("sklearn.feature_extraction.text").TfidfVectorizer(
        tokenizer=_stems, token_pattern=None, sublinear_tf=True, norm=None
    )
    try:
        rows = vectorizer.fit_transform(sentences)
    except ValueError:
        # No sentence holds a word.
        return []
    centroid = np.asarray(rows.sum(axis=0)).ravel()
    squares = np.asarray(rows.multiply(rows).sum(axis=1)).ravel()
    towards = rows @ centroid
    lengths = np.array([len(sentence.split()) for sentence in sentences])
    free = squares > 0
    summary, chosen, used = np.zeros(len(centroid)), [], 0
    while (fits := np.flatnonzero(free & (used + lengths <= max_words))).size:
        norms = np.sqrt(summary @ summary + 2 * (rows @ summary)[fits] + squares[fits])
        pick = int(fits[np.argmax(np.round((summary @ centroid + towards[fits]) / norms, _DIGITS))])
        chosen.append(pick)
        free[pick] = False
        used += int(lengths[pick])
        summary += rows[pick].toarray().ravel()
    return chosen


def rank_by_concepts(cluster: NewsCluster, sentences: Sequence[str], max_words: int) -> Iterable[int]:
    """Choose the sentences that hold the heaviest set of concepts, exactly, by integer programming.

    A concept is a pair of neighbouring stems, not both function words, that two or more articles hold; it weighs as
    many as hold it, and counts once. This is the program of Gillick and Favre (2009), aclanthology.org/W09-1802, with
    what a budget leaves over given to leading sentences: without that it used 186 of 225 words on ``multi_news_val``
    and lost 1.9 R1 (60 clusters). It is not ``sume``, which pip cannot install: on PyPI that name is another project's.

    :return: the chosen sentences, then all others, those that lead their article first.
    :raises RuntimeError: if the solver does not finish.
    """
    homes, places = _homes(cluster)
    held = [_concepts(sentence) for sentence in sentences]
    articles: dict[tuple[str, str], set[int]] = {}
    for home, concepts in zip(homes, held, strict=True):
        for concept in concepts:
            articles.setdefault(concept, set()).add(home)
    weights = {concept: len(where) for concept, where in sorted(articles.items()) if len(where) >= 2}
    rest = sorted(range(len(sentences)), key=lambda i: (places[i], homes[i]))
    lengths = [len(sentence.split()) for sentence in sentences]
    able = [i for i, concepts in enumerate(held) if lengths[i] <= max_words and not weights.keys().isdisjoint(concepts)]
    if not able:
        return rest
    best = _solve([held[i] for i in able], weights, np.array([lengths[i] for i in able]), max_words)
    return [*(able[i] for i in best), *rest]


def _homes(cluster: NewsCluster) -> tuple[list[int], list[int]]:
    """Give the article of each sentence, and its place there."""
    documents = sentences_by_document(cluster)
    homes = [home for home, document in enumerate(documents) for _ in document]
    return homes, [place for document in documents for place in range(len(document))]


def _concepts(sentence: str) -> frozenset[tuple[str, str]]:
    words = _WORD.findall(sentence.lower())
    return frozenset((_stem(a), _stem(b)) for a, b in pairwise(words) if not (a in STOP_WORDS and b in STOP_WORDS))


def _solve(
    held: Sequence[frozenset[tuple[str, str]]],
    weights: dict[tuple[str, str], int],
    lengths: NDArray[np.int_],
    max_words: int,
) -> NDArray[np.intp]:
    """Maximise the weight of the concepts covered.

    Variables are the sentences (0 or 1), then the concepts: with positive weights those need no integrality, and one
    row each, "covered only if a chosen sentence holds it".
    """
    optimize, sparse = import_peer("scipy.optimize"), import_peer("scipy.sparse")
    index = {concept: j for j, concept in enumerate(weights)}
    cells = [(index[concept], i) for i, concepts in enumerate(held) for concept in concepts if concept in index]
    columns, ones = np.array(sorted(cells)).T, np.ones(len(cells))
    n, m = len(held), len(weights)
    holds = sparse.csr_matrix((ones, (columns[0], columns[1])), shape=(m, n))
    budget = sparse.csr_matrix(np.concatenate([lengths, np.zeros(m)])[None])
    found = optimize.milp(
        -np.concatenate([np.zeros(n), np.fromiter(weights.values(), float)]),
        constraints=optimize.LinearConstraint(
            sparse.vstack([sparse.hstack([-holds, sparse.identity(m)]), budget]).tocsr(),
            -np.inf,
            np.concatenate([np.zeros(m), [max_words]]),
        ),
        bounds=optimize.Bounds(0, 1),
        integrality=np.concatenate([np.ones(n), np.zeros(m)]),
        options={"time_limit": _SOLVER_SECONDS},
    )
    if found.status != 0:
        raise RuntimeError(f"HiGHS found no optimum: {found.message}")
    return np.flatnonzero(found.x[:n] > 0.5)
