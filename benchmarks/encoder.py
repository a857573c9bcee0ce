"""How well the packaged encoder keeps meaning, and how fast it is: ``python -m benchmarks measure encoder``."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.data import REPOSITORY, DataError, read_lines, split_sentences
from summarizer.embedding import MiniLMEmbedder, embed, embedder_name
from summarizer.errors import MissingExtraError
from summarizer.protocols import Embedder

PAIRS: Final = "pairs_sts_headlines"
GROUPS: Final = "clusters_msrp"
THRESHOLDS: Final = tuple(round(0.4 + 0.025 * step, 3) for step in range(17))
_ROUNDS: Final = 3


def measure(data: Path, embedder: Embedder | None = None) -> dict[str, Any]:
    """Measure an embedder.

    ``spearman`` is the rank correlation of cosine and human similarity on headline pairs; ``ari`` is the adjusted Rand
    index of average and complete link on groups of sentences that say the same, at the best of :data:`THRESHOLDS`
    (chosen on the same groups, so it compares embedders and is no promise). Speed is measured for the packaged encoder
    only, on the sentences of the seed articles, the best of three rounds.

    :param data: a folder with ``pairs_sts_headlines`` ({"a", "b", "score"} a line) and ``clusters_msrp``
        ({"sentences": [text]} a line).
    :param embedder: what to measure; the packaged encoder by default.
    :raises DataError: if a file is missing or has another shape.
    :raises MissingExtraError: if the extra ``bench`` is not installed.
    """
    measured = embedder or MiniLMEmbedder()
    figures: dict[str, Any] = {"embedder": embedder_name(measured)}
    figures |= _similarity(data, measured) | _clusters(data, measured)
    if embedder is None:
        figures |= _speed()
    return figures


def _rows(data: Path, name: str, *fields: str) -> list[dict[str, Any]]:
    path, content = read_lines(data, name)
    try:
        rows = [json.loads(line) for line in content.decode("utf-8").split("\n") if line.strip()]
        return [{field: row[field] for field in fields} for row in rows]
    except (ValueError, KeyError, TypeError) as error:
        raise DataError(f"{path} must hold the fields {', '.join(fields)} in each line: {error!r}") from error


def _similarity(data: Path, embedder: Embedder) -> dict[str, Any]:
    rows = _rows(data, PAIRS, "a", "b", "score")
    left, right = (embed(embedder, [row[side] for row in rows]) for side in ("a", "b"))
    cosines = np.einsum("nd,nd->n", left, right).astype(np.float64)
    human = np.array([row["score"] for row in rows], dtype=np.float64)
    return {"spearman": round(float(np.corrcoef(_ranks(cosines), _ranks(human))[0, 1]), 4), "pairs": len(rows)}


def _ranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Rank values from 0; equal ones share their mean rank."""
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    means: NDArray[np.float64] = ends - (counts + 1) / 2
    return means[place]


def _clusters(data: Path, embedder: Embedder) -> dict[str, Any]:
    try:
        from sklearn.cluster import AgglomerativeClustering
        from sklearn.metrics import adjusted_rand_score
    except ImportError as error:
        raise MissingExtraError("python -m benchmarks measure encoder", "bench") from error
    groups = [row["sentences"] for row in _rows(data, GROUPS, "sentences")]
    gold = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    vectors = embed(embedder, [sentence for group in groups for sentence in group])
    distances = np.clip(1 - vectors @ vectors.T, 0, 2)
    figures: dict[str, Any] = {"sentences": len(gold), "groups": len(groups)}
    for linkage in ("average", "complete"):
        scores = {}
        for threshold in THRESHOLDS:
            clustering = AgglomerativeClustering(
                n_clusters=None, metric="precomputed", linkage=linkage, distance_threshold=1 - threshold
            )
            scores[threshold] = float(adjusted_rand_score(gold, clustering.fit_predict(distances)))
        best = max(scores, key=lambda threshold: scores[threshold])
        figures[f"ari_{linkage}"] = {"best": round(scores[best], 4), "threshold": best}
    return figures


def _speed() -> dict[str, Any]:
    texts = [path.read_text("utf-8") for path in sorted((REPOSITORY / "seeds").glob("*.txt"))]
    sentences = [sentence for text in texts for sentence in split_sentences(text)]
    started = time.perf_counter()
    MiniLMEmbedder(threads=1).encode([""])
    figures: dict[str, Any] = {"load_seconds": round(time.perf_counter() - started, 3)}
    figures["sentences_a_cpu_second"] = _best(sentences, 1, time.process_time)
    for threads in (1, 2):
        figures[f"sentences_a_second_{threads}_threads"] = _best(sentences, threads, time.perf_counter)
    return figures


def _best(sentences: Sequence[str], threads: int, clock: Callable[[], float]) -> int:
    rates = []
    for _ in range(_ROUNDS):
        embedder = MiniLMEmbedder(threads=threads)  # a new one: vectors are kept
        embedder.encode([""])
        started = clock()
        embedder.encode(sentences)
        rates.append(len(set(sentences)) / (clock() - started))
    return round(max(rates))
