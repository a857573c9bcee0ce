"""One system over one input in a process of its own: ``python -m benchmarks.growth.one``, JSON in and out.

The parent makes the articles, so that the memory measured here is the system's.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from time import perf_counter, process_time
from typing import Any

from benchmarks.data import Article, DataError, NewsCluster
from benchmarks.memory import peak_memory
from benchmarks.processes import descendants, held_memory, processor_time
from benchmarks.systems import PeerError, give_corpus, make_system
from summarizer.errors import MissingExtraError

_WARM_UP = ("The harbour was closed on Monday.", "Ships went to another harbour on Monday.")


def measure_one(
    system: str, articles: Sequence[str], max_words: int, *, background: Sequence[str] = (), seed: int = 0
) -> dict[str, Any]:
    """Summarize articles with one system in this process.

    Libraries and models are loaded on two made-up articles first, and timed apart: a user pays for them once.

    :param background: other articles, for a system that weighs words by a corpus.
    :raises DataError: if the system is unknown or its library is missing; :class:`PeerError` if it breaks down.
    """
    begin = perf_counter()
    summarize = make_system(system, seed=seed)
    give_corpus(summarize, [_cluster([article], f"background {i}") for i, article in enumerate(background)])
    summarize(_cluster(_WARM_UP), max_words)
    loaded, helpers = perf_counter(), [pid for pid in descendants(os.getpid()) if pid != os.getpid()]
    begin_cpu, begin_helpers = process_time(), processor_time(helpers)
    output = summarize(_cluster(articles), max_words)
    seconds = perf_counter() - loaded if output.seconds is None else output.seconds
    cpu = process_time() - begin_cpu + processor_time(helpers) - begin_helpers
    return {
        "seconds": round(seconds, 3),
        "cpu_seconds": round(cpu, 3),
        "load_seconds": round(loaded - begin, 3),
        "peak_mb": round(max(peak_memory() + held_memory(helpers), output.peak_mb or 0.0), 1),
        "sentences": len(output.sentences),
        "signature": output.signature,
    }


def _cluster(articles: Sequence[str], name: str = "growth") -> NewsCluster:
    # No system that is measured reads references: the oracle is none of them.
    return NewsCluster(name, tuple(map(Article, articles)), ("",), name)


def main() -> int:
    """Read the arguments of :func:`measure_one` as JSON from standard input, and write what it gives.

    :return: 0, or 2 when the system cannot run here.
    """
    request = json.load(sys.stdin)
    try:
        with redirect_stdout(sys.stderr):
            found = measure_one(**request)
    except (DataError, MissingExtraError, PeerError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(json.dumps(found) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
