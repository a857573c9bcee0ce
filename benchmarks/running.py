"""Run a system over clusters, in a process of its own where its cost is to be known."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from time import perf_counter
from typing import Final

from benchmarks.data import Article, NewsCluster
from benchmarks.measures import Measures, measure_text
from benchmarks.memory import peak_memory
from benchmarks.systems import Output, PeerError, System, give_corpus, make_system
from summarizer.errors import BudgetError, NoInputError


@dataclass(frozen=True, slots=True)
class Outcome:
    """One summary and what was measured on it.

    :param seconds: from text to sentences, by the clock.
    :param error: why there is no summary, if there is none.
    :param peak_mb: the most memory that the process had held by then; None in a process that does other things too.
    """

    output: Output
    measures: Measures
    seconds: float
    error: str = ""
    peak_mb: float | None = None


#: Output, seconds, error, peak memory.
_Raw = tuple[Output, float, str, float | None]


def run_system(
    name: str, clusters: Sequence[NewsCluster], budget: int, *, seed: int = 0, jobs: int | None = None
) -> list[Outcome]:
    """Summarize clusters, and measure the summaries when all are made, so that measuring costs a system nothing.

    :param budget: in words.
    :param jobs: fresh processes, so that no system finds what another one left in a cache; with more than one the times
        are those of processes that share the machine. None: in this process, without its memory.
    :return: one outcome a cluster, in order.
    """
    made: list[_Raw]
    if jobs is None:
        system = make_system(name, seed=seed)
        give_corpus(system, clusters)
        _run_one(system, _WARM_UP, budget)
        made = [(*_run_one(system, cluster, budget), None) for cluster in clusters]
    else:
        with ProcessPoolExecutor(
            jobs, mp_context=get_context("spawn"), initializer=_start, initargs=(name, seed, budget, clusters)
        ) as pool:
            made = list(pool.map(_run_in_worker, clusters, [budget] * len(clusters), chunksize=4))
    return [
        Outcome(output, measure_text(cluster, output.sentences), seconds, error, peak)
        for cluster, (output, seconds, error, peak) in zip(clusters, made, strict=True)
    ]


#: Loads models and libraries, which a user pays once, outside of the first cluster's time.
_WARM_UP: Final = NewsCluster(
    "warm-up",
    (Article("The harbour was closed on Monday."), Article("Ships went to another harbour on Monday.")),
    ("Ships went to another harbour.",),
    "warm-up",
)

_worker_system: System


def _start(name: str, seed: int, budget: int, clusters: Sequence[NewsCluster]) -> None:
    global _worker_system
    _worker_system = make_system(name, seed=seed)
    give_corpus(_worker_system, clusters)
    _run_one(_worker_system, _WARM_UP, budget)


def _run_in_worker(cluster: NewsCluster, budget: int) -> _Raw:
    made = _run_one(_worker_system, cluster, budget)
    # A system in an environment of its own holds its memory there.
    return *made, made[0].peak_mb or peak_memory()


def _run_one(system: System, cluster: NewsCluster, budget: int) -> tuple[Output, float, str]:
    error = ""
    begin = perf_counter()
    try:
        output = system(cluster, budget)
    except (BudgetError, NoInputError, PeerError) as refused:
        # A system that gives nothing scores nothing: leaving the cluster out would flatter it.
        output, error = Output(()), f"{type(refused).__name__}: {refused}"
    seconds = perf_counter() - begin
    return output, seconds if output.seconds is None else output.seconds, error
