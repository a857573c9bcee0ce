"""A run over an archive: plans the tasks of each stage, has them done, publishes the results."""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, Final

from summarizer.config import SummaryConfig
from summarizer.errors import ConfigError, NoInputError, OutputError
from summarizer.scale.briefs import plan_briefs
from summarizer.scale.cluster import RayTasks
from summarizer.scale.continuing import make_agenda, read_members
from summarizer.scale.copies import plan_copies
from summarizer.scale.days import plan_days
from summarizer.scale.executors import Executor
from summarizer.scale.journal import Journal, locked
from summarizer.scale.linking import plan_events
from summarizer.scale.neighbours import plan_neighbours
from summarizer.scale.parts import plan_ledger, plan_parts, read_parts, read_told
from summarizer.scale.planning import plan_archive
from summarizer.scale.pool import LocalPool
from summarizer.scale.publishing import publish, publish_failures
from summarizer.scale.repeating import forget_sample, lists_of_days, most_repeated, plan_lines
from summarizer.scale.report import RunReport, StageReport
from summarizer.scale.settings import EMBEDDER, ScaleConfig, Settings
from summarizer.scale.store import MARKER, Store, damaged, not_written, write_whole
from summarizer.scale.tasks import Done, Task

logger = logging.getLogger(__name__)

#: Told the stage, how many of its tasks are done, how many there are, and how many articles or events those held.
Progress = Callable[[str, int, int, int], None]

#: Stages whose tasks are made of events; those of the others of articles.
_OF_EVENTS: Final = ("briefs", "parts", "ledger")


def run(
    sources: Sequence[str | Path],
    out: str | Path,
    *,
    workers: int | None = None,
    ray: str | bool | None = None,
    resume: bool = False,
    config: SummaryConfig | None = None,
    progress: Progress | None = None,
    **settings: Any,  # noqa: ANN401  fields of ScaleConfig and SummaryConfig, which check them
) -> RunReport:
    """Find the events of an archive and brief each.

    :param sources: files, folders and patterns: JSON lines, Parquet, web archives, and all else that can be read.
    :param out: the folder for the results, empty or absent unless ``resume`` holds. All workers must see it.
    :param workers: processes on this machine; as many as there are cores when None.
    :param ray: work on Ray in place of processes: True for one on this machine, or the address of a cluster.
    :param resume: go on with what is in ``out``: with the rest of a run that was cut off, or with more articles. Then
        ``sources`` may be empty, or name what is new.
    :param config: how events are briefed; by default as :func:`summarizer.summarize` does, with the embedder ``tfidf``.
    :param progress: told how each stage gets on.
    :param settings: fields of :class:`ScaleConfig` and of :class:`summarizer.SummaryConfig`.
    :return: what was done. In ``out`` are ``events.parquet/`` and ``events.jsonl`` with a briefing each,
        ``index.html``, ``briefings/``, ``report.json``, ``failed/`` if anything did, and ``work/``, which ``resume``
        needs.
    :raises ConfigError: if a setting is unknown, out of range, or not that of the run which is gone on with.
    :raises InputError: if there is no usable article, or what an earlier run left is damaged.
    :raises OutputError: if ``out`` holds something else, or cannot be written; what is done stays done.
    :raises MissingExtraError: if the extra ``scale``, or ``ray`` for Ray, is not installed.

    The same articles and settings give the same bytes in all files but ``report.json``, whatever works on them.
    """
    settings_ = _settle(config, settings)
    root = Path(out)
    with _executor(workers, ray) as executor, locked(root):
        journal = Journal.open(root, settings_, resume=resume)
        try:
            Store(root).sweep()
            return _Run(root, journal, settings_, executor, progress or _silent).go(sources)
        except OutputError:
            raise
        except OSError as error:
            raise not_written(error, root) from error


class _Run:
    """One run, stage by stage."""

    def __init__(
        self, root: Path, journal: Journal, settings: Settings, executor: Executor, progress: Progress
    ) -> None:
        self._root = root
        self._store = Store(root)
        self._journal = journal
        self._settings = settings
        self._executor = executor
        self._progress = progress
        self._stages: list[StageReport] = []

    def go(self, sources: Sequence[str | Path]) -> RunReport:
        journal, scale = self._journal, self._settings.scale
        is_new = journal.add(iter(plan_archive(sources, self._settings, self._store) if sources else ()))
        if not journal.tasks:
            raise NoInputError("no file with articles in what was given; nothing was written")
        if is_new and journal.finished:
            journal.generation, journal.finished = journal.generation + 1, False
        journal.save()
        articles = self._stage("articles", [task for _, task in sorted(journal.tasks.items())])
        lines = self._stage("lines", [plan_lines(self._store, articles, journal.generation)])[0]
        lists = lists_of_days(self._store, journal.generation)
        days = self._stage("days", plan_days(self._store, articles, lists))
        copies = self._stage("copies", plan_copies(days, self._settings))
        neighbours = self._stage("neighbours", plan_neighbours(days, copies, self._settings))
        events = self._stage("events", plan_events(days, copies, neighbours))[0]
        earlier = self._earlier()
        told = read_told(self._store, earlier)
        agenda = make_agenda(read_members(self._store, events), told, scale, n_pages=scale.pages)
        by_day = {done.key: done for done in days}
        briefs = self._stage("briefs", plan_briefs(agenda.stories, by_day, self._settings, journal.generation))
        parts = self._stage("parts", plan_parts(self._store, briefs, earlier, told, agenda, journal.generation))
        ledger = self._stage("ledger", [plan_ledger(parts, read_parts(self._store, earlier), journal.generation)])[0]
        n_failed = publish_failures(self._store, self._root, [*articles, *briefs])
        n_articles, n_repeated = (sum(done.counts[name] for done in days) for name in ("articles", "marked"))
        n_events = publish(
            self._store,
            self._root,
            ledger,
            {"articles": n_articles, "failed": n_failed, "repeated": n_repeated},
            n_pages=scale.pages,
            signature=self._settings.signature(),
            generation=journal.generation,
        )
        counts = {stage.name: stage.counts for stage in self._stages}
        report = RunReport(
            events=n_events,
            briefed=counts["briefs"].get("events", 0),
            articles=n_articles,
            failed=n_failed,
            few_origins=agenda.few + counts["briefs"].get("few_origins", 0),
            over_limit=agenda.left_out,
            merged=len(agenda.gone),
            repeated_lines=lines.counts["lines"],
            repeated_in=n_repeated,
            generation=journal.generation,
            signature=self._settings.signature(),
            stages=tuple(self._stages),
            repeated=most_repeated(self._store, lines, days),
        )
        write_whole(self._root / "report.json", [f"{json.dumps(report.to_dict(), indent=1)}\n".encode()])
        journal.finished = True
        journal.save()
        forget_sample(self._store, journal.generation - 1)
        return report

    def _earlier(self) -> Done | None:
        """Give the ledger of the run before, if there was one.

        :raises InputError: if it is damaged: without it everything would be told again as new.
        """
        if self._journal.generation == 1:
            return None
        key = f"g{self._journal.generation - 1:04d}"
        earlier = self._store.done("ledger", key)
        if earlier is None:
            raise damaged(self._store.folder("ledger", key) / MARKER)
        return earlier

    def _stage(self, name: str, tasks: Sequence[Task]) -> list[Done]:
        """Have the tasks of a stage done that were not done before."""
        start = time.perf_counter()
        finished: dict[str, Done] = {}
        for task in tasks:
            earlier = self._store.done(task.stage, task.key)
            if earlier is not None and earlier.task == task.digest(self._settings):
                finished[task.key] = earlier
        n_earlier = len(finished)
        items = [0]
        self._progress(name, n_earlier, len(tasks), 0)

        def tell(done: Done) -> None:
            finished[done.key] = done
            items[0] += done.counts.get("events" if name in _OF_EVENTS else "articles", 0)
            self._progress(name, len(finished), len(tasks), items[0])

        open_ = [task for task in tasks if task.key not in finished]
        for done in self._executor.run(self._root, self._settings, open_, tell) if open_ else ():
            finished[done.key] = done
        ordered = [finished[task.key] for task in tasks]
        self._stages.append(StageReport.of(name, ordered, n_earlier, time.perf_counter() - start))
        logger.debug("%s: %s", name, self._stages[-1])
        return ordered


def _settle(config: SummaryConfig | None, settings: dict[str, Any]) -> Settings:
    """Part the settings of a run from those of its briefings.

    :raises ConfigError: if one is unknown.
    """
    of_scale = {spec.name for spec in fields(ScaleConfig)}
    of_summary = {spec.name for spec in fields(SummaryConfig)}
    unknown = sorted(set(settings) - of_scale - of_summary)
    if unknown:
        raise ConfigError(f"unknown setting {', '.join(unknown)}; known are {', '.join(sorted(of_scale | of_summary))}")
    scale = ScaleConfig(**{name: value for name, value in settings.items() if name in of_scale})
    usual = asdict(config) if config else {"embedder": EMBEDDER}
    summary = SummaryConfig(**{**usual, **{name: value for name, value in settings.items() if name in of_summary}})
    for name in ("since", "query"):
        if getattr(summary, name) is not None:
            raise ConfigError(f"{name} is of one briefing, not of all events of an archive; leave it out")
    return Settings(scale, summary)


def _executor(workers: int | None, ray: str | bool | None) -> Executor:
    if ray:
        if workers is not None:
            raise ConfigError("give workers or ray, not both: on Ray the cluster says how many there are")
        return RayTasks(ray if isinstance(ray, str) and ray != "local" else None)
    if workers is not None and (isinstance(workers, bool) or not isinstance(workers, int) or workers < 1):
        raise ConfigError(f"workers must be a whole number of at least 1, not {workers!r}")
    # Also one worker is a process of its own: what ends it must not end the run.
    return LocalPool(
        workers or (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
    )


def _silent(stage: str, done: int, total: int, items: int) -> None:
    """Take no notice."""
