"""What a system is, and how a ranking of sentences becomes a summary within the budget."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol

from benchmarks.data import DataError, NewsCluster, split_sentences


class PeerError(Exception):
    """A system broke down on one cluster: a failure of that cluster, which then scores nothing."""


@dataclass(frozen=True, slots=True)
class Output:
    """What a system made of one cluster.

    :param sentences: in reading order.
    :param stated_support: how many of them two or more origins support, by the system's own account, if it gives one.
    :param signature: the settings as the system itself, or its adapter here, states them.
    :param seconds: what it took, if the system runs in another process and was timed there; None: time the call.
    :param peak_mb: peak memory of that other process in megabytes (10^6 bytes), with its models.
    """

    sentences: tuple[str, ...]
    stated_support: int | None = None
    signature: str = ""
    seconds: float | None = None
    peak_mb: float | None = None


#: Cluster and budget in words -> output.
System = Callable[[NewsCluster, int], Output]
#: Cluster, its sentences in document order, and budget in words -> indices, best first.
Ranker = Callable[[NewsCluster, Sequence[str], int], Iterable[int]]


class NeedsCorpus(Protocol):
    """A system that weighs words by other articles than those it summarizes."""

    def __call__(self, cluster: NewsCluster, max_words: int, /) -> Output:
        """Summarize."""

    def read_corpus(self, clusters: Sequence[NewsCluster]) -> None:
        """Take the clusters of a set; the references are not looked at."""


def sentences_by_document(cluster: NewsCluster) -> list[list[str]]:
    """Split every article as all systems here but ours are given it."""
    return [split_sentences(document.text) for document in cluster.documents]


def fill(sentences: Sequence[str], ranked: Iterable[int], max_words: int) -> tuple[str, ...]:
    """Take whole sentences best first, skipping what does not fit; they are read in the order of the articles."""
    kept: set[int] = set()
    used = 0
    for i in ranked:
        words = len(sentences[i].split())
        if i not in kept and used + words <= max_words:
            kept.add(i)
            used += words
    return tuple(sentences[i] for i in sorted(kept))


@dataclass(frozen=True)
class RankedSystem:
    """A system that ranks the sentences of the cluster.

    :param signature: package, version and settings.
    """

    ranker: Ranker
    signature: str = ""

    def __call__(self, cluster: NewsCluster, max_words: int) -> Output:
        """Summarize.

        :raises PeerError: if the ranker raises, whatever it raises: other people's code is not ours to predict.
        """
        sentences = [sentence for document in sentences_by_document(cluster) for sentence in document]
        try:
            return Output(fill(sentences, self.ranker(cluster, sentences, max_words), max_words), None, self.signature)
        except Exception as error:
            raise PeerError(f"{cluster.id}: {type(error).__name__}: {error}") from error


def import_peer(module: str, package: str | None = None) -> Any:  # noqa: ANN401  peers carry no types
    """Import a library that only the benchmark needs.

    :param package: name of the distribution, if it is another one.
    :raises DataError: if it is not installed.
    """
    try:
        return import_module(module)
    except ImportError as error:
        name = package or module.partition(".")[0]
        raise DataError(f"{name} is not installed: pip install -c constraints.txt -e '.[bench]'") from error
