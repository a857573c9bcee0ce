"""Who does tasks: this process, processes of this machine, or Ray. Whoever it is, the same folders come of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol, Self

from summarizer.errors import SummarizerError, TaskError
from summarizer.scale.cluster import RayTasks
from summarizer.scale.pool import LocalPool
from summarizer.scale.settings import Settings
from summarizer.scale.store import Store
from summarizer.scale.tasks import Done, Task

__all__ = ["Executor", "Inline", "LocalPool", "RayTasks"]


class Executor(Protocol):
    """Does tasks that do not depend on one another."""

    def run(
        self, root: Path, settings: Settings, tasks: Sequence[Task], on_done: Callable[[Done], None] | None = None
    ) -> list[Done]:
        """Do tasks; those that were done already are passed over.

        :param root: the folder of the store.
        :param on_done: told what each left, in the order in which they end.
        :return: what each left, in the order of the tasks.
        :raises SummarizerError: if one cannot be done; those that were done stay done.
        """

    def close(self) -> None:
        """Give back what it holds; it can be used again."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...


class Inline:
    """The process that asks: the simplest, and the only one that an article which ends its process takes with it."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def run(
        self, root: Path, settings: Settings, tasks: Sequence[Task], on_done: Callable[[Done], None] | None = None
    ) -> list[Done]:
        """Do tasks one after another, see :class:`Executor`.

        :raises TaskError: if one fails for another reason than its input, such as a full disk.
        """
        store, done = Store(root), []
        for task in tasks:
            try:
                done.append(store.perform(task, settings))
            except SummarizerError:
                raise
            except Exception as error:
                words = f"{type(error).__name__}: {error}"
                raise TaskError(f"{task.stage} {task.key}: {words[:300]}") from error
            if on_done is not None:
                on_done(done[-1])
        return done

    def close(self) -> None:
        """Do nothing."""
