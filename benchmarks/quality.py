"""Run a system over a set, score it, and keep what the tables need: numbers a cluster, and no text."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, Final

import numpy as np

from benchmarks.data import Article, DataSet, NewsCluster, spread
from benchmarks.measures import Measures, measure_text
from benchmarks.systems import Output, System, make_system, versions
from summarizer.errors import BudgetError, NoInputError
from summarizer.rouge import METRICS, RougeReport, score

SCHEMA: Final = 1
#: Digits kept of a score in [0, 1]: a ten-thousandth of a point.
_DIGITS: Final = 6


@dataclass(frozen=True, slots=True)
class Outcome:
    """One summary and what was measured on it.

    :param error: why there is no summary, if there is none.
    """

    output: Output
    measures: Measures
    seconds: float
    error: str = ""


def run_system(
    name: str, clusters: Sequence[NewsCluster], budget: int, *, seed: int = 0, jobs: int | None = None
) -> list[Outcome]:
    """Summarize clusters.

    :param budget: in words.
    :param jobs: fresh processes, so that no system finds what another one left in a cache; with more than one the times
        are those of processes that share the machine. None: in this process.
    :return: one outcome a cluster, in order.
    """
    if jobs is None:
        system = make_system(name, seed=seed)
        _run_one(system, _WARM_UP, budget)
        return [_run_one(system, cluster, budget) for cluster in clusters]
    with ProcessPoolExecutor(
        jobs, mp_context=get_context("spawn"), initializer=_start, initargs=(name, seed, budget)
    ) as pool:
        return list(pool.map(_run_in_worker, clusters, [budget] * len(clusters), chunksize=4))


#: Loads models and libraries, which a user pays once, outside of the first cluster's time.
_WARM_UP: Final = NewsCluster(
    "warm-up",
    (Article("The harbour was closed on Monday."), Article("Ships went to another harbour on Monday.")),
    ("Ships went to another harbour.",),
    "warm-up",
)

_worker_system: System


def _start(name: str, seed: int, budget: int) -> None:
    global _worker_system
    _worker_system = make_system(name, seed=seed)
    _run_one(_worker_system, _WARM_UP, budget)


def _run_in_worker(cluster: NewsCluster, budget: int) -> Outcome:
    return _run_one(_worker_system, cluster, budget)


def _run_one(system: System, cluster: NewsCluster, budget: int) -> Outcome:
    error = ""
    begin = perf_counter()
    try:
        output = system(cluster, budget)
    except (BudgetError, NoInputError) as refused:
        # A system that gives nothing scores nothing: leaving the cluster out would flatter it.
        output, error = Output(()), f"{type(refused).__name__}: {refused}"
    seconds = perf_counter() - begin
    return Outcome(output, measure_text(cluster, output.sentences), seconds, error)


def score_outcomes(clusters: Sequence[NewsCluster], outcomes: Sequence[Outcome], *, seed: int = 0) -> RougeReport:
    """Score with the settings that every figure here shares; clusters of one event are resampled together."""
    groups = [cluster.group for cluster in clusters]
    return score(
        ["\n".join(outcome.output.sentences) for outcome in outcomes],
        [cluster.references for cluster in clusters],
        groups=groups if len(set(groups)) < len(groups) else None,
        seed=seed,
    )


def evaluate(
    name: str, data: DataSet, *, limit: int | None = None, seed: int = 0, jobs: int | None = None
) -> dict[str, Any]:
    """Run one system on one set.

    :param limit: clusters, spread evenly over the set; None for all.
    :return: what a results file holds.
    """
    clusters = spread(data.clusters, limit)
    outcomes = run_system(name, clusters, data.budget, seed=seed, jobs=jobs)
    report = score_outcomes(clusters, outcomes, seed=seed)
    signatures = sorted({outcome.output.signature for outcome in outcomes if outcome.output.signature})
    return {
        "schema": SCHEMA,
        "system": name,
        "set": data.name,
        "data": {"sha256": data.sha256, "clusters": len(data.clusters), "used": len(clusters)},
        "budget": {"unit": "words", "limit": data.budget},
        "seed": seed,
        "rouge": report.signature,
        "signature": signatures[0] if signatures else name,
        "versions": versions(),
        "platform": {"python": platform.python_version(), "system": platform.system(), "machine": platform.machine()},
        "jobs": jobs,
        "scores": _rounded(report.to_dict(items=False)["metrics"]),
        "measures": summarize_measures(outcomes),
        "clusters": [
            _cluster_row(cluster, outcome, report.items[i])
            for i, (cluster, outcome) in enumerate(zip(clusters, outcomes, strict=True))
        ],
    }


def summarize_measures(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Give means and shares over all summaries; shares are in [0, 1], times in seconds."""
    measures = [outcome.measures for outcome in outcomes]
    n_sentences = max(1, sum(m.sentences for m in measures))
    stated = [outcome.output.stated_support for outcome in outcomes]
    seconds = [outcome.seconds for outcome in outcomes]
    found: dict[str, Any] = {
        "words": float(np.mean([m.words for m in measures])),
        "sentences": float(np.mean([m.sentences for m in measures])),
        "support_rate": sum(m.supported for m in measures) / n_sentences,
        "stated_support_rate": None if None in stated else sum(s or 0 for s in stated) / n_sentences,
        "near_duplicate_pairs": sum(m.near_duplicates for m in measures) / max(1, sum(m.pairs for m in measures)),
        "near_duplicate_summaries": float(np.mean([m.near_duplicates > 0 for m in measures])),
        "orphan_openers": sum(m.orphans for m in measures) / n_sentences,
        "documents": float(np.mean([m.documents for m in measures])),
        "seconds_median": median(seconds),
        "seconds_p95": float(np.quantile(seconds, 0.95)),
        "failed": sum(bool(outcome.error) for outcome in outcomes),
    }
    return {key: round(value, _DIGITS) if isinstance(value, float) else value for key, value in found.items()}


def _cluster_row(cluster: NewsCluster, outcome: Outcome, scores: Any) -> dict[str, Any]:  # noqa: ANN401
    row: dict[str, Any] = {"id": cluster.id}
    if cluster.group != cluster.id:
        row["group"] = cluster.group
    for metric in METRICS:
        found = scores[metric]
        row[metric] = [round(value, _DIGITS) for value in (found.precision, found.recall, found.fmeasure)]
    row |= asdict(outcome.measures)
    if outcome.output.stated_support is not None:
        row["stated_support"] = outcome.output.stated_support
    row["seconds"] = round(outcome.seconds, _DIGITS)
    if outcome.error:
        row["error"] = outcome.error
    return row


def _rounded(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, dict):
        return {key: _rounded(inner) for key, inner in value.items()}
    return round(value, _DIGITS) if isinstance(value, float) else value


def write_results(results: dict[str, Any], folder: Path) -> Path:
    """Write ``SET__SYSTEM.json``; a cluster stands on one line, so that a change shows as lines that changed."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{results['set']}__{results['system']}.json"
    rows = ",\n".join("    " + json.dumps(row) for row in results["clusters"])
    head = json.dumps({key: value for key, value in results.items() if key != "clusters"}, indent=2)
    path.write_text(f'{head[:-2]},\n  "clusters": [\n{rows}\n  ]\n}}\n', encoding="utf-8")
    return path


def read_results(folder: Path) -> Iterator[dict[str, Any]]:
    """Read all results of :func:`write_results`, sorted by file name; ``ablation__SET.json`` are others'."""
    for path in sorted(folder.glob("*__*.json")):
        if not path.name.startswith("ablation__"):
            yield json.loads(path.read_text(encoding="utf-8"))
