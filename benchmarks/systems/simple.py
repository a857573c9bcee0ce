"""Baselines that read no content, and the oracle, which reads the references."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from functools import partial
from itertools import zip_longest
from typing import Final

from benchmarks.data import NewsCluster
from benchmarks.oracle import greedy_oracle
from benchmarks.systems.filling import RankedSystem, Ranker, System, sentences_by_document

SIMPLE: Final = ("lead_first", "lead_interleaved", "random", "oracle")


def make_simple(name: str, *, seed: int) -> System:
    """Make a baseline of :data:`SIMPLE`.

    :param seed: of the random one.
    """
    rankers: dict[str, Ranker] = {
        "lead_first": _lead_first,
        "lead_interleaved": _lead_interleaved,
        "random": partial(_random, seed=seed),
        "oracle": _oracle,
    }
    return RankedSystem(rankers[name])


def _lead_first(cluster: NewsCluster, sentences: Sequence[str], max_words: int) -> Iterable[int]:
    return range(len(sentences))


def _lead_interleaved(cluster: NewsCluster, sentences: Sequence[str], max_words: int) -> Iterable[int]:
    rows, first = [], 0
    for document in sentences_by_document(cluster):
        rows.append(range(first, first + len(document)))
        first += len(document)
    return (i for row in zip_longest(*rows) for i in row if i is not None)


def _random(cluster: NewsCluster, sentences: Sequence[str], max_words: int, *, seed: int) -> Iterable[int]:
    order = list(range(len(sentences)))
    random.Random(f"{seed}:{cluster.id}").shuffle(order)
    return order


def _oracle(cluster: NewsCluster, sentences: Sequence[str], max_words: int) -> Iterable[int]:
    return greedy_oracle(sentences, cluster.references, max_words)
