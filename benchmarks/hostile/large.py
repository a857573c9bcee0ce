"""500 articles of 2,000 words in a process of its own: ``python -m benchmarks.hostile.large EMBEDDER``, JSON out."""

from __future__ import annotations

import json
import sys
from time import perf_counter, process_time
from typing import Any, Final

from benchmarks.growth import make_articles, read_pool
from benchmarks.memory import peak_memory

N_ARTICLES: Final = 500
N_WORDS: Final = 2_000


def measure_large(embedder: str) -> dict[str, Any]:
    """Summarize and compare, and find everything that a briefing can say.

    :return: seconds by the clock and of the processor, for the summary and for all findings beside it, and the most
        memory of this process in MB, the articles included.
    """
    from summarizer import summarize

    origin, pool = read_pool(None)
    articles = make_articles(pool, N_ARTICLES, words=N_WORDS)
    del pool
    begin, begin_cpu = perf_counter(), process_time()
    summary = summarize(articles, embedder=embedder)
    told, told_cpu = perf_counter(), process_time()
    n_found = len(summary.comparisons) + len(summary.single_source) + len(summary.timeline)
    return {
        "text": origin,
        "articles": len(articles),
        "words": sum(len(article.split()) for article in articles),
        "embedder": embedder,
        "seconds": round(told - begin, 1),
        "cpu_seconds": round(told_cpu - begin_cpu, 1),
        "findings": n_found,
        "findings_seconds": round(perf_counter() - told, 1),
        "findings_cpu_seconds": round(process_time() - told_cpu, 1),
        "peak_mb": round(peak_memory(), 0),
        "cut": any("max_input_sentences" in warning for warning in summary.warnings),
    }


if __name__ == "__main__":
    json.dump(measure_large(sys.argv[1]), sys.stdout)
