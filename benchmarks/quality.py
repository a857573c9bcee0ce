"""Run a system over a set, score it, and keep what the tables need: numbers a cluster, and no text."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from benchmarks.averages import summarize_measures
from benchmarks.data import DataError, DataSet, NewsCluster, spread
from benchmarks.running import Outcome, run_system
from benchmarks.systems import versions
from summarizer.rouge import METRICS, RougeReport, score

__all__ = [
    "METRICS",
    "SCHEMA",
    "Outcome",
    "evaluate",
    "read_results",
    "run_system",
    "score_outcomes",
    "summarize_measures",
    "write_results",
]

#: 2 adds to the measures of 1: overlap, unplaced sentences, positions, entropy, coverage, density, memory, intervals.
SCHEMA: Final = 2
#: Digits kept of a score in [0, 1]: a ten-thousandth of a point.
_DIGITS: Final = 6


def score_outcomes(clusters: Sequence[NewsCluster], outcomes: Sequence[Outcome], *, seed: int = 0) -> RougeReport:
    """Score with the settings that every figure here shares; clusters of one event are resampled together."""
    return score(
        ["\n".join(outcome.output.sentences) for outcome in outcomes],
        [cluster.references for cluster in clusters],
        groups=_groups(clusters),
        seed=seed,
    )


def _groups(clusters: Sequence[NewsCluster]) -> list[str] | None:
    groups = [cluster.group for cluster in clusters]
    return groups if len(set(groups)) < len(groups) else None


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
        "measures": _rounded(summarize_measures(outcomes, groups=_groups(clusters), seed=seed)),
        "clusters": [
            _cluster_row(cluster, outcome, report.items[i])
            for i, (cluster, outcome) in enumerate(zip(clusters, outcomes, strict=True))
        ],
    }


def _cluster_row(cluster: NewsCluster, outcome: Outcome, scores: Any) -> dict[str, Any]:  # noqa: ANN401
    row: dict[str, Any] = {"id": cluster.id}
    if cluster.group != cluster.id:
        row["group"] = cluster.group
    for metric in METRICS:
        found = scores[metric]
        row[metric] = [round(value, _DIGITS) for value in (found.precision, found.recall, found.fmeasure)]
    row |= _rounded(asdict(outcome.measures))
    if outcome.output.stated_support is not None:
        row["stated_support"] = outcome.output.stated_support
    row["seconds"] = round(outcome.seconds, _DIGITS)
    if outcome.error:
        row["error"] = outcome.error
    return row


def _rounded(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, dict):
        return {key: _rounded(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(inner) for inner in value]
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
    """Read all results of :func:`write_results`, sorted by file name; older ones lack the newer measures.

    Files named ``ablation__SET.json`` are those of the ablations and are passed over.

    :raises DataError: if a file is no results file, or one of a later version.
    """
    for path in sorted(folder.glob("*__*.json")):
        if path.name.startswith("ablation__"):
            continue
        try:
            results = json.loads(path.read_text(encoding="utf-8"))
            known = 1 <= results["schema"] <= SCHEMA
        except (ValueError, KeyError, TypeError) as error:
            raise DataError(f"{path} is not a results file of python -m benchmarks run ({error!r})") from error
        if not known:
            raise DataError(f"{path} has schema {results['schema']!r}; this version reads 1 to {SCHEMA}: measure anew")
        yield results
