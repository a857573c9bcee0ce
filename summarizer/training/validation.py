"""Cross-validation: every cluster is summarized with weights that were fitted without it.

Clusters of sets without events are held out a quarter at a time, by a hash of the id; clusters of sets with events are
held out a whole event at a time, because clusters of an event share articles. Summaries are made by
:func:`summarizer.summarize` without encoder and scored by :mod:`summarizer.rouge`, beside those of ``strategy="lead"``,
the leads of the articles in turn.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final, TypeVar

import numpy as np

from summarizer.calls import summarize
from summarizer.errors import MissingExtraError, SummarizerError
from summarizer.rouge import RougeReport, resample_means, score
from summarizer.training.clusters import TrainingCluster, TrainingSet
from summarizer.training.examples import Part, config_for
from summarizer.training.files import as_json, put
from summarizer.training.fitting import fit

_Job = TypeVar("_Job")
_Result = TypeVar("_Result")

METRICS: Final = ("rouge1", "rouge2", "rougeLsum")
INDEX: Final = "index.json"
_QUARTERS: Final = 4
#: So many events are held out one by one; more are held out a quarter at a time.
_MAX_EVENTS: Final = 12
#: Clusters of a set without events that are summarized and scored, at most; a fixed choice by a hash of the id. All
#: have their fold in the index.
MAX_SCORED: Final = 400
_PROCESSES: Final = 2
_CHUNK: Final = 8
#: Fewer clusters are done here before two processes would have started.
_MIN_PARALLEL: Final = 50


@dataclass(frozen=True, slots=True)
class Fold:
    """Clusters that are held out together.

    :param file: name of the file with the weights fitted without them.
    :param held_out: what they are, in words.
    :param members: set and id of each.
    :param groups: nothing of these groups is learned from, whatever the set.
    """

    file: str
    held_out: str
    members: frozenset[tuple[str, str]]
    groups: frozenset[str]


def need_rouge() -> None:
    """Check that summaries can be scored, before minutes are spent.

    :raises MissingExtraError: if rouge-score is not installed.
    """
    if importlib.util.find_spec("rouge_score") is None:
        raise MissingExtraError("--cross-validate", "rouge")


def make_folds(sets: Sequence[TrainingSet]) -> list[Fold]:
    """Share all clusters out; each is in one fold, and no group is in two."""
    plain = [(one.name, cluster) for one in sets if not one.has_events for cluster in one.clusters]
    nested = [(one.name, cluster) for one in sets if one.has_events for cluster in one.clusters]
    events = sorted({cluster.group for _, cluster in nested})
    held: list[tuple[str, list[tuple[str, TrainingCluster]]]] = []
    held += _quarters("clusters", plain)
    if len(events) > _MAX_EVENTS:
        held += _quarters("events", nested)
    else:
        held += [(f"the event {event}", [one for one in nested if one[1].group == event]) for event in events]
    return [
        Fold(
            f"fold-{number}.json",
            words,
            frozenset((name, cluster.id) for name, cluster in members),
            frozenset(cluster.group for _, cluster in members),
        )
        for number, (words, members) in enumerate([one for one in held if one[1]], 1)
    ]


def _quarters(
    what: str, clusters: Sequence[tuple[str, TrainingCluster]]
) -> list[tuple[str, list[tuple[str, TrainingCluster]]]]:
    return [
        (
            f"{what} of hash {quarter} modulo {_QUARTERS}",
            [one for one in clusters if int(_digest(one[1].group)[-8:], 16) % _QUARTERS == quarter],
        )
        for quarter in range(_QUARTERS)
    ]


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def fit_folds(folds: Sequence[Fold], parts: Sequence[Part], folder: Path, *, name: str, seed: int) -> None:
    """Fit the model of each fold, and write the weights, with an index ``{"clusters": {set: {id: file}}}``.

    :param folder: where to write; made if missing.
    :raises ConfigError: if a fold leaves too little to learn from.
    """
    files = {
        fold.file: fit([part.without(fold.groups) for part in parts], name=f"{name}-{Path(fold.file).stem}", seed=seed)
        .model.to_json()
        .encode("utf-8")
        for fold in folds
    }
    index: dict[str, dict[str, str]] = {}
    for fold in folds:
        for set_name, cluster in sorted(fold.members):
            index.setdefault(set_name, {})[cluster] = fold.file
    what = {fold.file: {"held_out": fold.held_out, "clusters": len(fold.members)} for fold in folds}
    put(files | {INDEX: as_json({"folds": what, "clusters": index})}, folder)


def cross_validate(sets: Sequence[TrainingSet], folds: Sequence[Fold], folder: Path) -> dict[str, Any]:
    """Summarize held-out clusters with the weights of their folds, and score them.

    :param folder: of :func:`fit_folds`.
    :return: by set, ROUGE F x 100 of salience, of lead, and of their paired difference, with intervals.
    """
    weights = {member: str(folder / fold.file) for fold in folds for member in fold.members}
    found: dict[str, Any] = {}
    for one in sets:
        scored = _choose_scored(one)
        ours = [(cluster, one.budget, weights[one.name, cluster.id], "coverage") for cluster in scored]
        leads = [(cluster, one.budget, None, "lead") for cluster in scored]
        texts = _map(_summarize, [*ours, *leads], parallel=len(scored) >= _MIN_PARALLEL)
        jobs = [(texts[: len(scored)], scored), (texts[len(scored) :], scored)]
        reports = _map(_score, jobs, parallel=len(scored) >= _MIN_PARALLEL)
        found[one.name] = _figures(one, scored, reports)
    return {
        "how": "ROUGE F x 100 of held-out clusters: mean, and 95 % percentile bootstrap; summarize(embedder='tfidf')",
        "folds": [fold.held_out for fold in folds],
        "sets": found,
    }


def _map(function: Callable[[_Job], _Result], jobs: Sequence[_Job], *, parallel: bool) -> list[_Result]:
    """Do jobs in order, in two processes if that is worth it."""
    if not parallel:
        return [function(job) for job in jobs]
    # Fresh processes: forking one in which catboost has started threads can hang.
    with ProcessPoolExecutor(_PROCESSES, mp_context=get_context("spawn")) as pool:
        return list(pool.map(function, jobs, chunksize=_CHUNK if len(jobs) > _PROCESSES else 1))


def _choose_scored(one: TrainingSet) -> list[TrainingCluster]:
    if one.has_events or len(one.clusters) <= MAX_SCORED:
        return list(one.clusters)
    chosen = sorted(cluster.id for cluster in one.clusters)
    chosen = sorted(chosen, key=_digest)[:MAX_SCORED]
    return [cluster for cluster in one.clusters if cluster.id in set(chosen)]


def _summarize(job: tuple[TrainingCluster, int, str | None, str]) -> str:
    """Summarize one cluster, one sentence a line; nothing where it cannot be summarized, which scores 0."""
    cluster, budget, weights, strategy = job
    try:
        summary = summarize(cluster.documents, config=config_for(cluster, budget, weights), strategy=strategy)
    except SummarizerError:
        return ""
    return "\n".join(statement.text for statement in summary.statements)


def _score(job: tuple[Sequence[str], Sequence[TrainingCluster]]) -> RougeReport:
    texts, clusters = job
    groups = [cluster.group for cluster in clusters]
    return score(texts, [cluster.references for cluster in clusters], metrics=METRICS, groups=groups)


def _figures(one: TrainingSet, scored: Sequence[TrainingCluster], reports: Sequence[RougeReport]) -> Mapping[str, Any]:
    groups = [cluster.group for cluster in scored]
    values = [np.array([[item[name].fmeasure for name in METRICS] for item in report.items]) for report in reports]
    means = resample_means(values[0] - values[1], groups=groups)
    rows = [(values[0] - values[1]).mean(axis=0), *np.quantile(means, [0.025, 0.975], axis=0)]
    minus_lead = {
        name: dict(zip(("mean", "low", "high"), (round(100 * float(row[column]), 2) for row in rows), strict=True))
        for column, name in enumerate(METRICS)
    }
    return {
        "clusters": len(scored),
        "of": len(one.clusters),
        "resampled": len(set(groups)),
        "words": one.budget,
        "salience": _percent(reports[0]),
        "lead": _percent(reports[1]),
        "salience minus lead": minus_lead,
        "failed": reports[0].n_empty,
        "rouge": reports[0].signature,
    }


def _percent(report: RougeReport) -> dict[str, dict[str, float]]:
    return {
        name: {key: round(100 * value, 2) for key, value in asdict(report[name].fmeasure).items()} for name in METRICS
    }
