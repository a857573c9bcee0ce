"""Tasks on Ray: on this machine, or on a cluster whose machines all see the folder of the run."""

from __future__ import annotations

import logging
import os
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, Self

from summarizer.errors import ConfigError, MissingExtraError, TaskError
from summarizer.scale.attempts import Answer, Deaths, Request, answer, take, to_request
from summarizer.scale.settings import Settings
from summarizer.scale.store import ITEMS
from summarizer.scale.tasks import Done, Task

#: Tasks given to Ray at a time, for each processor that it has: one at work and one waiting.
_AHEAD: Final = 2
#: What a Ray of its own keeps of results in memory: they are a few hundred bytes each, the files are in the store.
_OBJECT_BYTES: Final = 100_000_000
#: Raised by Ray when a worker or its machine is gone, whatever became of the task.
_GONE: Final = ("WorkerCrashedError", "NodeDiedError", "OutOfMemoryError", "LocalRayletDiedError", "ActorDiedError")


class RayTasks:
    """Ray, which is started on this machine if no address is given.

    A worker that is killed is replaced by Ray, and its task is done again, here as in the local pool.

    :param address: of a cluster, as ``ray.init`` takes it; None for a Ray of its own on this machine.
    :param workers: processors of that; None for all of the machine. Not together with an address.
    :param prepare: function that each worker calls before its first task, as ``module:name``; empty for none.
    :raises ConfigError: if workers are given with an address, or are none.
    :raises MissingExtraError: if Ray is not installed.
    """

    def __init__(self, address: str | None = None, *, workers: int | None = None, prepare: str = "") -> None:
        if workers is not None and (address is not None or workers < 1):
            raise ConfigError("workers are at least 1, and are the cluster's own where there is an address")
        self._address, self._workers, self._prepare = address, workers, prepare
        self._started = False
        _import_ray()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def run(
        self, root: Path, settings: Settings, tasks: Sequence[Task], on_done: Callable[[Done], None] | None = None
    ) -> list[Done]:
        """Do tasks, see :class:`summarizer.scale.executors.Executor`.

        :raises TaskError: if Ray cannot be reached.
        """
        self._start()
        return _Run(root.absolute(), settings, tasks, self._prepare, on_done).finish()

    def close(self) -> None:
        """End the Ray that was started, or the connection to the cluster."""
        if self._started:
            self._started = False
            _import_ray().shutdown()

    def _start(self) -> None:
        ray = _import_ray()
        if ray.is_initialized():
            return
        # Ray reports how it is used to its makers unless told not to.
        os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
        options: dict[str, Any] = {"address": self._address}
        if self._address is None:
            options = {"address": "local", "num_cpus": self._workers, "include_dashboard": False}
            options["object_store_memory"] = _OBJECT_BYTES
        try:
            ray.init(**options, configure_logging=True, logging_level=logging.ERROR, log_to_driver=False)
        except (ConnectionError, RuntimeError, ValueError) as error:
            raise TaskError(f"Ray cannot be reached at {self._address or 'this machine'}: {error}") from error
        self._started = True


class _Run:
    """The tasks of one stage, on their way through Ray."""

    def __init__(
        self,
        root: Path,
        settings: Settings,
        tasks: Sequence[Task],
        prepare: str,
        on_done: Callable[[Done], None] | None,
    ) -> None:
        self._ray = _import_ray()
        self._root, self._settings, self._tasks, self._prepare = root, settings, tasks, prepare
        self._on_done = on_done
        # Tries are counted here: Ray's own would not know which article to pass over.
        self._remote = self._ray.remote(num_cpus=1, max_retries=0)(_answer)
        self._deaths = [Deaths(task) for task in tasks]
        self._flying: dict[Any, tuple[int, Path]] = {}
        self._done: dict[int, Done] = {}

    def finish(self) -> list[Done]:
        """Do all tasks."""
        folder = self._root / "work" / ITEMS
        folder.mkdir(parents=True, exist_ok=True)
        ahead = max(2, _AHEAD * int(self._ray.cluster_resources().get("CPU", 1)))
        waiting = iter(range(len(self._tasks)))
        try:
            while len(self._done) < len(self._tasks):
                while len(self._flying) < ahead and (number := next(waiting, None)) is not None:
                    self._send(number, folder)
                self._receive(folder)
        except BaseException:
            for reference in self._flying:
                self._ray.cancel(reference, force=True)
            raise
        finally:
            for _, item_file in self._flying.values():
                item_file.unlink(missing_ok=True)
        return [self._done[number] for number in range(len(self._tasks))]

    def _send(self, number: int, folder: Path) -> None:
        item_file = folder / uuid.uuid4().hex
        skip = self._deaths[number].skip
        request = to_request(self._root, self._settings, self._tasks[number], skip, item_file, self._prepare)
        self._flying[self._remote.remote(request)] = number, item_file

    def _receive(self, folder: Path) -> None:
        """Wait until a task has ended, and take what it left, or try it again."""
        ready, _ = self._ray.wait(list(self._flying), num_returns=1)
        for reference in ready:
            number, item_file = self._flying.pop(reference)
            try:
                told: Answer = self._ray.get(reference)
            except self._ray.exceptions.RayError as error:
                if type(error).__name__ not in _GONE:
                    raise TaskError(f"{self._tasks[number].key}: Ray failed: {error}") from error
                self._deaths[number].add(item_file)
                self._send(number, folder)
                continue
            finally:
                item_file.unlink(missing_ok=True)
            self._done[number] = take(told, self._tasks[number])
            if self._on_done is not None:
                self._on_done(self._done[number])


def _answer(request: Request) -> Answer:
    """Do a task in a worker of Ray."""
    try:
        return answer(request)
    except MemoryError:
        os._exit(137)


def _import_ray() -> Any:  # noqa: ANN401  Ray is not annotated
    """Import Ray.

    :raises MissingExtraError: if it is not installed.
    """
    try:
        import ray
    except ImportError as error:
        raise MissingExtraError("working on Ray", "ray") from error
    return ray
