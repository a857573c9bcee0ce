"""What a run did, and how long it took."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from summarizer.scale.tasks import Done


@dataclass(frozen=True, slots=True)
class StageReport:
    """What became of one stage.

    :param name: the stage.
    :param tasks: how many tasks it has.
    :param earlier: how many of them had been done before.
    :param seconds: how long the stage took in this run.
    :param work: seconds of all its tasks together, those done before included.
    :param counts: what the tasks counted, summed.
    """

    name: str
    tasks: int
    earlier: int
    seconds: float
    work: float
    counts: Mapping[str, int]

    @classmethod
    def of(cls, name: str, done: Sequence[Done], earlier: int, seconds: float) -> StageReport:
        """Sum what the tasks of a stage left."""
        counts: dict[str, int] = {}
        for one in done:
            for what, number in one.counts.items():
                counts[what] = counts.get(what, 0) + number
        return cls(name, len(done), earlier, round(seconds, 3), round(sum(one.seconds for one in done), 3), counts)


@dataclass(frozen=True, slots=True)
class RepeatedLine:
    """A line that the archive repeats, and that counts in no article.

    :param text: as it is written in one of them.
    :param language: of the articles.
    :param articles: of how many it was dropped.
    """

    text: str
    language: str
    articles: int


@dataclass(frozen=True, slots=True)
class RunReport:
    """What a run over an archive did.

    :param events: events with a briefing, those of earlier runs included.
    :param briefed: events briefed or briefed anew in this run.
    :param articles: articles in the archive.
    :param failed: articles that could not be read and events that could not be briefed; see ``failed/``.
    :param few_origins: events of fewer independent origins than asked for.
    :param over_limit: articles of very large events that were not briefed.
    :param merged: events of earlier runs that became part of others.
    :param repeated_lines: lines that the archive repeats, which count in no article.
    :param repeated_in: articles in which one was dropped.
    :param generation: 1 for the first run over a folder, one more each time that articles were added.
    :param signature: names every setting that moves the output.
    :param stages: the stages in order.
    :param repeated: the repeated lines that were dropped of most articles.
    :param warnings: what to know.
    """

    events: int
    briefed: int
    articles: int
    failed: int
    few_origins: int
    over_limit: int
    merged: int
    repeated_lines: int
    repeated_in: int
    generation: int
    signature: str
    stages: tuple[StageReport, ...] = ()
    repeated: tuple[RepeatedLine, ...] = ()
    warnings: tuple[str, ...] = field(default=())

    def to_dict(self) -> dict[str, Any]:
        """Give the report as JSON values."""
        from dataclasses import asdict

        return {"schema_version": 1, **asdict(self)}
