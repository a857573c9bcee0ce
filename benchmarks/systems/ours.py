"""Our own summarizer in each strategy, through its public interface alone."""

from __future__ import annotations

from functools import partial
from typing import Final

from benchmarks.data import NewsCluster
from benchmarks.held_out import held_out_weights
from benchmarks.systems.filling import Output, System
from summarizer.config import STRATEGIES

#: The name under which :func:`summarizer.summarize` runs with its defaults.
DEFAULT_SYSTEM: Final = "crossbrief_coverage_minilm"
OURS: Final = tuple(f"crossbrief_{strategy}_{embedder}" for embedder in ("tfidf", "minilm") for strategy in STRATEGIES)


def make_ours(name: str) -> System:
    """Make one of :data:`OURS`."""
    strategy, _, embedder = name.removeprefix("crossbrief_").rpartition("_")
    return partial(_ours, strategy=strategy, embedder=embedder)


def _ours(cluster: NewsCluster, max_words: int, *, strategy: str, embedder: str) -> Output:
    from summarizer import summarize

    summary = summarize(
        [document.as_input() for document in cluster.documents],
        max_words=max_words,
        strategy=strategy,
        embedder=embedder,
        salience_weights=held_out_weights(cluster.id),
    )
    return Output(
        tuple(statement.text for statement in summary.statements),
        sum(statement.origins >= 2 for statement in summary.statements),
        summary.signature,
    )
