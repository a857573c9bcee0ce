"""A piece of a run that one worker does: what it is told, what it leaves, and how it is done once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from summarizer.scale.settings import Settings

#: Where the function of each stage is, and the number that is raised when what it writes changes: folders that an
#: older number wrote are written again.
STAGES: Final[Mapping[str, tuple[str, int]]] = {
    "articles": ("summarizer.scale.intake:read_articles", 2),
    "lines": ("summarizer.scale.repeating:find_lines", 1),
    "days": ("summarizer.scale.days:gather_day", 2),
    "copies": ("summarizer.scale.copies:find_copies", 1),
    "neighbours": ("summarizer.scale.neighbours:find_neighbours", 2),
    "events": ("summarizer.scale.linking:link_events", 2),
    "briefs": ("summarizer.scale.briefs:brief_events", 1),
    "parts": ("summarizer.scale.parts:write_part", 1),
    "ledger": ("summarizer.scale.parts:write_ledger", 2),
}

#: What a stage does: reads ``work.store``, writes files into ``work.out``, returns counts by name.
Stage = Callable[["Work"], dict[str, int]]


@dataclass(frozen=True, slots=True)
class Task:
    """One task; small, made of JSON values, the same wherever it runs.

    :param stage: a name of :data:`STAGES`.
    :param key: names the folder that it writes, within its stage.
    :param payload: what it is told; JSON values only.
    :param reads: the folders that it may read, as (stage, key, digest of what they hold).
    """

    stage: str
    key: str
    payload: Mapping[str, Any] = field(default_factory=dict)
    reads: tuple[tuple[str, str, str], ...] = ()

    def digest(self, settings: Settings) -> str:
        """Name the task and all that decides what it writes, as a SHA-256 in hexadecimal."""
        told = [self.stage, STAGES[self.stage][1], self.key, dict(self.payload), list(self.reads), settings.to_dict()]
        return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Done:
    """What a task left.

    :param stage: its stage.
    :param key: its key.
    :param task: digest of the task and its settings.
    :param content: digest of the files that it wrote, which do not depend on where or when it ran.
    :param counts: what it counted, by name.
    :param seconds: how long it took; no part of any digest.
    """

    stage: str
    key: str
    task: str
    content: str
    counts: Mapping[str, int]
    seconds: float

    @property
    def read(self) -> tuple[str, str, str]:
        """The entry for :attr:`Task.reads` of a task that reads what this one left."""
        return self.stage, self.key, self.content


@dataclass(frozen=True, slots=True)
class Work:
    """What a stage is given.

    :param root: the folder of the store; read it through :class:`summarizer.scale.store.Store`.
    :param task: what is to be done.
    :param settings: the settings of the run.
    :param out: an empty folder for the files of this task; it takes its name when the stage returns.
    :param skip: numbers of items (articles, events) that ended a worker before, and are to be put among the failed.
    :param at: told the number of each item before it is begun, so that one that ends the worker is known.
    """

    root: Path
    task: Task
    settings: Settings
    out: Path
    skip: frozenset[int] = frozenset()
    at: Callable[[int], None] = lambda _number: None


def stage_function(name: str) -> Stage:
    """Give the function of a stage."""
    module, _, function = STAGES[name][0].partition(":")
    found: Stage = getattr(import_module(module), function)
    return found
