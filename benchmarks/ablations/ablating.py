"""What each part of the default is worth: the default without it against the default, on the same clusters."""

from __future__ import annotations

import json
import platform
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks.ablations import PARTS, find_part, without
from benchmarks.averages import summarize_measures
from benchmarks.data import DataSet, NewsCluster, spread
from benchmarks.quality import score_outcomes
from benchmarks.running import Outcome, run_system
from benchmarks.significance import Difference, paired_bootstrap
from benchmarks.systems import DEFAULT_SYSTEM, versions
from summarizer.rouge import RougeReport, resample_means

SCHEMA: Final = 1
METRICS: Final = ("rouge1", "rouge2", "rougeLsum")
#: Shares in [0, 1] beside ROUGE, and the counts of :class:`benchmarks.measures.Measures` whose ratio they are; None
#: stands for the number of summaries, and then only whether a count is above zero matters.
RATES: Final[dict[str, tuple[str, str | None]]] = {
    "support_rate": ("supported", "sentences"),
    "near_duplicate_summaries": ("near_duplicates", None),
    "orphan_openers": ("orphans", "sentences"),
}
_DIGITS: Final = 6


@dataclass(frozen=True, slots=True)
class Run:
    """The default, or the default without a part, over clusters."""

    outcomes: list[Outcome]
    report: RougeReport


def ablate(
    data: DataSet,
    *,
    parts: Sequence[str] = tuple(PARTS),
    system: str = DEFAULT_SYSTEM,
    limit: int | None = None,
    copies: int = 0,
    seed: int = 0,
    jobs: int | None = None,
    tell: Callable[[str], None] = lambda line: None,
) -> dict[str, Any]:
    """Measure a system, and again without each part.

    :param parts: names in :data:`benchmarks.ablations.PARTS`.
    :param system: one of ours.
    :param limit: clusters, spread evenly over the set; None for all.
    :param copies: copies of the first article put into every cluster: what folding is worth where a wire story is
        everywhere.
    :param jobs: fresh processes, a part each; None: in this one.
    :param tell: told a line a part as it is done.
    :return: what ``ablation__SET.json`` holds. Differences are of the default *without* the part minus the default:
        negative is what the part is worth.
    :raises DataError: if a part is unknown or names something that the library no longer has.
    """
    for name in parts:
        for change in find_part(name).changes:
            change.owner()
    clusters = tuple(plant_copies(cluster, copies) for cluster in spread(data.clusters, limit))
    runs = _runs((None, *parts), system, clusters, data.budget, seed, jobs)
    default = next(runs)
    tell(_line("the default", default.report))
    found = {}
    for name, run in zip(parts, runs, strict=True):
        found[name] = _part(name, default, run, clusters, seed)
        tell(f"{_line(f'without {name}', run.report)}  summaries changed {found[name]['changed']}")
    return {
        "schema": SCHEMA,
        "kind": "ablation",
        "set": data.name,
        "data": {"sha256": data.sha256, "clusters": len(data.clusters), "used": len(clusters)},
        "planted_copies": copies,
        "budget": {"unit": "words", "limit": data.budget},
        "seed": seed,
        "units": len({cluster.group for cluster in clusters}),
        "system": system,
        "signature": _signature(default),
        "rouge": default.report.signature,
        "versions": versions(),
        "platform": {"python": platform.python_version(), "system": platform.system(), "machine": platform.machine()},
        "default": _figures(default),
        "parts": found,
    }


def plant_copies(cluster: NewsCluster, n: int) -> NewsCluster:
    """Put n copies of the first article into a cluster, each under a dateline of its own."""
    first = cluster.documents[0]
    copies = (replace(first, text=f"Edition {number}.\n\n{first.text}") for number in range(1, n + 1))
    return replace(cluster, documents=(*cluster.documents, *copies))


def _runs(
    names: Sequence[str | None], system: str, clusters: Sequence[NewsCluster], budget: int, seed: int, jobs: int | None
) -> Iterator[Run]:
    """Give the runs in the order of the names, each as it is done."""
    if jobs is None:
        for name in names:
            yield _run(name, system, clusters, budget, seed)
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        waiting = [pool.submit(_run, name, system, clusters, budget, seed) for name in names]
        for future in waiting:
            yield future.result()


def _run(name: str | None, system: str, clusters: Sequence[NewsCluster], budget: int, seed: int) -> Run:
    with nullcontext() if name is None else without(name):
        outcomes = run_system(system, clusters, budget, seed=seed)
    return Run(outcomes, score_outcomes(clusters, outcomes, seed=seed))


def _part(name: str, default: Run, run: Run, clusters: Sequence[NewsCluster], seed: int) -> dict[str, Any]:
    part = find_part(name)
    groups = [cluster.group for cluster in clusters]
    differences = {
        metric: paired_bootstrap(_fmeasures(run, metric), _fmeasures(default, metric), groups=groups, seed=seed)
        for metric in METRICS
    }
    differences |= {rate: compare_rates(run.outcomes, default.outcomes, rate, groups, seed=seed) for rate in RATES}
    pairs = zip(run.outcomes, default.outcomes, strict=True)
    return {
        "title": part.title,
        "what": part.what,
        "readability": part.readability,
        "signature": _signature(run),
        "changed": sum(a.output.sentences != b.output.sentences for a, b in pairs),
        **_figures(run),
        "difference": {
            key: {"mean": round(d.mean, _DIGITS), "low": round(d.low, _DIGITS), "high": round(d.high, _DIGITS)}
            for key, d in differences.items()
        },
    }


def _fmeasures(run: Run, metric: str) -> list[float]:
    return [scores[metric].fmeasure for scores in run.report.items]


def _figures(run: Run) -> dict[str, Any]:
    scores = {metric: run.report[metric].fmeasure for metric in METRICS}
    measures = summarize_measures(run.outcomes)
    return {
        "scores": {
            metric: {"mean": round(s.mean, _DIGITS), "low": round(s.low, _DIGITS), "high": round(s.high, _DIGITS)}
            for metric, s in scores.items()
        },
        # No times: the encoder remembers sentences from one part to the next.
        "measures": {key: measures[key] for key in ("words", "sentences", *RATES, "failed")},
    }


def compare_rates(
    first: Sequence[Outcome], second: Sequence[Outcome], rate: str, groups: Sequence[str], *, seed: int = 0
) -> Difference:
    """Compare a rate of :data:`RATES` over all summaries, with a paired bootstrap interval of 95 %.

    A rate is a ratio of sums, so sums are drawn, and not the rates of clusters.
    """
    held, of = RATES[rate]
    columns = []
    for outcomes in (first, second):
        counts = [getattr(outcome.measures, held) for outcome in outcomes]
        columns.append([float(count > 0) for count in counts] if of is None else counts)
        columns.append([1.0 if of is None else getattr(outcome.measures, of) for outcome in outcomes])
    values = np.array(columns, dtype=float).T
    drawn = resample_means(values, groups=groups, seed=seed)
    low, high = np.quantile(_ratio_difference(drawn), [0.025, 0.975])
    mean = float(_ratio_difference(values.mean(axis=0, keepdims=True))[0])
    return Difference(mean, float(low), float(high), len(values), len(set(groups)))


def _ratio_difference(means: Any) -> Any:  # noqa: ANN401
    a, n_a, b, n_b = means.T
    return a / np.maximum(n_a, 1e-12) - b / np.maximum(n_b, 1e-12)


def _signature(run: Run) -> str:
    return next((o.output.signature for o in run.outcomes if o.output.signature), "")


def _line(name: str, report: RougeReport) -> str:
    return f"{name}: " + "  ".join(f"{metric} {100 * report[metric].fmeasure.mean:.2f}" for metric in METRICS)


def unchanged(found: dict[str, Any]) -> list[str]:
    """Name the parts without which every summary stayed as it was: unused on these data, or by this system."""
    return [name for name, part in found["parts"].items() if not part["changed"]]


def write_ablation(found: dict[str, Any], folder: Path) -> Path:
    """Write ``ablation__SET.json``, with the number of planted copies in the name if there are any."""
    folder.mkdir(parents=True, exist_ok=True)
    copies = f"__copies{found['planted_copies']}" if found["planted_copies"] else ""
    path = folder / f"ablation__{found['set']}{copies}.json"
    path.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def read_ablations(folder: Path) -> Iterable[dict[str, Any]]:
    """Read all results of :func:`write_ablation`, sorted by file name."""
    for path in sorted(folder.glob("ablation__*.json")):
        yield json.loads(path.read_text(encoding="utf-8"))
