"""How fast: ours against sumy's LexRank in turn, in one process; the time beyond encoding; the time of the import.

The first is measured on the seeds, and on clusters of about 75 sentences where the data folder has them.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.data import REPOSITORY, DataError, NewsCluster, load, split_sentences
from benchmarks.stages import time_stages
from benchmarks.systems import sumy_document, sumy_summarizer, versions
from summarizer.datatypes import Summary
from summarizer.protocols import Embedder

#: sumy's LexRank takes at least so many times as long as ours with TF-IDF.
MIN_RATIO: Final = 6.0
#: Milliseconds wanted for a cluster of 75 sentences: reported, and no verdict, as it depends on the machine.
WANTED_MS: Final = 15.0
#: The set, and the sentences of the clusters that count as ones of 75.
TYPICAL_SET: Final = "multi_news_val"
TYPICAL_SENTENCES: Final = (65, 85)
#: Most milliseconds that a summary of the seeds takes beyond encoding.
MAX_BEYOND_ENCODING: Final = 60.0
#: ``import summarizer`` takes at most this part of the time of ``import sklearn.feature_extraction.text``.
MAX_IMPORT_RATIO: Final = 1 / 3


def read_seeds(folder: Path | None = None) -> list[str]:
    """Read the seed articles.

    :raises DataError: if there are none.
    """
    folder = folder or REPOSITORY / "seeds"
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    if not texts:
        raise DataError(f"{folder} holds no .txt files; run this from the repository, where seeds/ stands")
    return texts


def time_in_turn(first: Callable[[], object], second: Callable[[], object], n: int) -> tuple[list[float], list[float]]:
    """Time two functions A B A B …, after one warm-up each, so that a busy machine slows both.

    :return: n times of each, in seconds.
    """
    first()
    second()
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(n):
        for function, found in zip((first, second), times, strict=True):
            begin = perf_counter()
            function()
            found.append(perf_counter() - begin)
    return times


def describe_ratio(slow: Sequence[float], fast: Sequence[float]) -> dict[str, float]:
    """Give the median of the ratios of neighbouring runs, with the smallest and the largest."""
    ratios = [a / b for a, b in zip(slow, fast, strict=True)]
    return {"median": statistics.median(ratios), "min": min(ratios), "max": max(ratios)}


def against_sumy(texts: Sequence[str], *, n: int = 15, max_words: int = 150) -> dict[str, Any]:
    """Compare ``summarize(embedder="tfidf")`` with sumy's LexRank on the same texts, joined.

    Both start from text, and sumy gets the faster sentence splitter of the two, ours.
    """
    from summarizer import summarize

    lexrank = sumy_summarizer("sumy_lexrank")
    joined = "\n".join(texts)

    def theirs() -> object:
        return lexrank(sumy_document(split_sentences(joined)), 6)

    def ours() -> object:
        return summarize(list(texts), max_words=max_words, embedder="tfidf")

    slow, fast = time_in_turn(theirs, ours, n)
    return {
        "repeats": n,
        "sumy_lexrank_ms": 1000 * statistics.median(slow),
        "crossbrief_tfidf_ms": 1000 * statistics.median(fast),
        "ratio": describe_ratio(slow, fast),
        "target": {"min_ratio": MIN_RATIO},
    }


@contextmanager
def one_core() -> Iterator[None]:
    """Keep this process on one processor, where the system lets it; libraries' threads then share it."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def typical_clusters(folder: Path) -> list[NewsCluster]:
    """Give the clusters of :data:`TYPICAL_SET` with about 75 sentences.

    :raises DataError: if the folder lacks the set.
    """
    low, high = TYPICAL_SENTENCES
    return [
        cluster
        for cluster in load(folder, TYPICAL_SET).clusters
        if low <= sum(len(split_sentences(article.text)) for article in cluster.documents) <= high
    ]


def on_clusters(clusters: Sequence[NewsCluster], *, n: int = 5, max_words: int = 225) -> dict[str, Any]:
    """Compare ``summarize(embedder="tfidf")`` with sumy's LexRank cluster by cluster, in turn, on one core.

    :param n: rounds over all clusters; the first, in which every cluster is new, is reported beside the others.
    :return: medians over the clusters, of each the median over its rounds; the ratio with a bootstrap interval; and
        how many times as long it takes with comparisons, claims of one source and timeline, which are found when they
        are asked for, over all rounds and in the first, in which no sentence was read before.
    """
    from summarizer import summarize

    lexrank = sumy_summarizer("sumy_lexrank")

    def theirs(cluster: NewsCluster) -> object:
        joined = "\n".join(article.text for article in cluster.documents)
        return lexrank(sumy_document(split_sentences(joined)), 6)

    def ours(cluster: NewsCluster) -> Summary:
        return summarize([article.as_input() for article in cluster.documents], max_words=max_words, embedder="tfidf")

    def whole(cluster: NewsCluster) -> object:
        return ours(cluster).comparisons  # and with them the rest that is found when it is asked for

    with one_core():
        for function in (theirs, ours, whole):
            function(clusters[0])
        slow, fast, full = (np.zeros((len(clusters), n)) for _ in range(3))
        for turn in range(n):
            for row, cluster in enumerate(clusters):
                for function, found in ((theirs, slow), (ours, fast), (whole, full)):
                    begin = perf_counter()
                    function(cluster)
                    found[row, turn] = 1000 * (perf_counter() - begin)
        stages = time_stages([partial(ours, cluster) for cluster in clusters], n=n)
    ratios = np.median(slow / fast, axis=1)
    resampled = np.median(np.random.default_rng(0).choice(ratios, (1000, len(ratios))), axis=1)
    low, high = np.quantile(resampled, [0.025, 0.975])
    return {
        "set": TYPICAL_SET,
        "clusters": len(clusters),
        "repeats": n,
        "sumy_lexrank_ms": float(np.median(np.median(slow, axis=1))),
        "crossbrief_tfidf_ms": float(np.median(np.median(fast, axis=1))),
        "crossbrief_tfidf_first_ms": float(np.median(fast[:, 0])),
        "ratio": {"median": float(np.median(ratios)), "low": float(low), "high": float(high)},
        "with_findings_ratio": float(np.median(np.median(full / fast, axis=1))),
        "with_findings_first_ratio": float(np.median(full[:, 0] / fast[:, 0])),
        "stages_ms": stages,
        "target": {"min_ratio": MIN_RATIO},
        "wanted_ms": WANTED_MS,
    }


@dataclass
class TimedEmbedder:
    """An embedder that adds up the time spent in it, by the clock and by the processor."""

    inner: Embedder
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    sentences: int = 0

    @property
    def name(self) -> str:
        """The name of the embedder inside."""
        return str(getattr(self.inner, "name", type(self.inner).__name__))

    def encode(self, sentences: Sequence[str], /) -> NDArray[np.float32]:
        """Encode, and note how long it took."""
        begin, begin_cpu = perf_counter(), process_time()
        vectors = self.inner.encode(sentences)
        self.seconds += perf_counter() - begin
        self.cpu_seconds += process_time() - begin_cpu
        self.sentences += len(sentences)
        return vectors


def beyond_encoding(
    texts: Sequence[str], make_embedder: Callable[[], Embedder], *, n: int = 9, max_words: int = 150
) -> dict[str, Any]:
    """Measure what a summary takes beside the encoder.

    The target is held against the clock, which is what a user waits for. Processor time stands beside it and is larger
    where the linear algebra library keeps a second thread spinning after a small product.

    :param make_embedder: called for each repetition, as an embedder may keep the vectors of the one before.
    """
    from summarizer import summarize

    rows = []
    for _ in range(n + 1):
        timed = TimedEmbedder(make_embedder())
        timed.inner.encode(["Loads the model."])
        begin, begin_cpu = perf_counter(), process_time()
        summarize(list(texts), max_words=max_words, embedder=timed)
        clock, cpu = perf_counter() - begin, process_time() - begin_cpu
        rows.append((cpu - timed.cpu_seconds, clock - timed.seconds, timed.seconds))
    cpu_times, clock_times, encoding = zip(*rows[1:], strict=True)
    return {
        "repeats": n,
        "embedder": timed.name,
        "sentences": timed.sentences,
        "encoding_ms": 1000 * statistics.median(encoding),
        "beyond_encoding_ms": _describe(cpu_times),
        "beyond_encoding_clock_ms": _describe(clock_times),
        "target": {"max_ms": MAX_BEYOND_ENCODING},
    }


def _describe(seconds: Sequence[float]) -> dict[str, float]:
    return {"median": 1000 * statistics.median(seconds), "min": 1000 * min(seconds), "max": 1000 * max(seconds)}


def _start(statement: str) -> Callable[[], object]:
    def run() -> object:
        return subprocess.run([sys.executable, "-c", statement], check=True, cwd=REPOSITORY)

    return run


def import_time(*, n: int = 7) -> dict[str, Any]:
    """Compare whole processes that import this package and scikit-learn's text module, and an empty one.

    :raises DataError: if scikit-learn is not installed.
    """
    try:
        ours, theirs = time_in_turn(_start("import summarizer"), _start("import sklearn.feature_extraction.text"), n)
    except subprocess.CalledProcessError as error:
        raise DataError("the import comparison needs the extra 'bench': pip install 'crossbrief[bench]'") from error
    empty, _ = time_in_turn(_start("pass"), lambda: None, n)
    return {
        "repeats": n,
        "summarizer_ms": 1000 * statistics.median(ours),
        "sklearn_text_ms": 1000 * statistics.median(theirs),
        "empty_process_ms": 1000 * statistics.median(empty),
        "ratio": describe_ratio(ours, theirs),
        "target": {"max_ratio": MAX_IMPORT_RATIO},
    }


def measure_speed(folder: Path | None = None, *, n: int = 15) -> dict[str, Any]:
    """Measure all of them on the seeds, and the first on clusters of 75 sentences, too.

    :param folder: of :func:`benchmarks.data.data_folder`; None for the seeds alone.
    """
    from summarizer.embedding import MiniLMEmbedder

    texts = read_seeds()
    found = {
        "versions": versions(),
        "against_sumy": against_sumy(texts, n=n),
        "beyond_encoding": beyond_encoding(texts, MiniLMEmbedder, n=max(3, n // 2)),
        "import": import_time(n=max(3, n // 2)),
    }
    return found if folder is None else found | {"clusters_of_75": on_clusters(typical_clusters(folder))}


def missed(found: dict[str, Any]) -> list[str]:
    """Name the targets that were not met; against sumy the clusters of 75 sentences decide where they were measured."""
    against = "clusters_of_75" if "clusters_of_75" in found else "against_sumy"
    beyond = found["beyond_encoding"]["beyond_encoding_clock_ms"]["median"]
    checks = [
        (found[against]["ratio"]["median"] >= MIN_RATIO, "sumy LexRank / ours", against),
        (beyond <= MAX_BEYOND_ENCODING, "beyond encoding", "beyond_encoding"),
        (found["import"]["ratio"]["median"] <= MAX_IMPORT_RATIO, "import", "import"),
    ]
    return [f"{name}: target {found[key]['target']} not met" for met, name, key in checks if not met]
