"""Tasks on the processors of this machine, one process each."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, Self

from summarizer.errors import ConfigError, TaskError
from summarizer.reading.frames import receive, send
from summarizer.scale.attempts import Deaths, take, to_request
from summarizer.scale.settings import Settings
from summarizer.scale.tasks import Done, Task

#: Libraries that compute on threads of their own would fight with the other workers for the processors.
_ONE_THREAD: Final = {
    name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS")
}
#: How often a wait looks whether it was interrupted, in seconds: some systems deliver that only then.
_TICK: Final = 0.5


class LocalPool:
    """Processes of this machine, which stay from one call of :meth:`run` to the next.

    A process that is killed, by the system or by what it reads, is replaced, and its task is done again.

    :param workers: how many; the number moves no byte of what is written.
    :param prepare: function that each calls before its first task, as ``module:name``; empty for none.
    :raises ConfigError: if there are none.
    """

    def __init__(self, workers: int, *, prepare: str = "") -> None:
        if workers < 1:
            raise ConfigError(f"workers must be at least 1, not {workers}")
        self._slots = [_Slot(prepare) for _ in range(workers)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def processes(self) -> list[int]:
        """The numbers of the processes that are at work or ready for it."""
        return [slot.process.pid for slot in self._slots if slot.process is not None]

    def run(
        self, root: Path, settings: Settings, tasks: Sequence[Task], on_done: Callable[[Done], None] | None = None
    ) -> list[Done]:
        """Do tasks, see :class:`summarizer.scale.executors.Executor`."""
        results: queue.SimpleQueue[tuple[int, Done | BaseException]] = queue.SimpleQueue()
        stop = threading.Event()
        # Taking the next number is one step of the interpreter, so threads never take the same.
        numbers = iter(range(len(tasks)))

        def work(slot: _Slot) -> None:
            for number in numbers:
                if stop.is_set():
                    return
                try:
                    results.put((number, slot.perform(root, settings, tasks[number], stop)))
                except BaseException as error:  # the thread that waits decides
                    results.put((number, error))

        threads = [threading.Thread(target=work, args=(slot,), daemon=True) for slot in self._slots[: len(tasks)]]
        for thread in threads:
            thread.start()
        done: dict[int, Done] = {}
        try:
            while len(done) < len(tasks):
                with suppress(queue.Empty):
                    number, result = results.get(timeout=_TICK)
                    if isinstance(result, BaseException):
                        raise result
                    done[number] = result
                    if on_done is not None:
                        on_done(result)
        except BaseException:
            stop.set()
            self.close()  # whoever waits for an answer hears that there will be none
            raise
        finally:
            for thread in threads:
                thread.join()
            if stop.is_set():
                self.close()
        return [done[number] for number in range(len(tasks))]

    def close(self) -> None:
        """End the processes; what they were at is left undone."""
        for slot in self._slots:
            slot.close()


class _Slot:
    """One process, and what it is asked."""

    def __init__(self, prepare: str) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self._prepare = prepare
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def perform(self, root: Path, settings: Settings, task: Task, stop: threading.Event) -> Done:
        """Have a task done, by as many processes as it takes.

        :raises SummarizerError: if it cannot be done.
        """
        deaths = Deaths(task)
        while not stop.is_set():
            process = self._ready()
            item_file = self._item_file()
            item_file.unlink(missing_ok=True)
            request = to_request(root, settings, task, deaths.skip, item_file, self._prepare)
            try:
                if process.stdin is None or process.stdout is None:
                    raise TaskError("a worker process has no pipes: start the run again")
                send(process.stdin, json.dumps(request).encode())
                told = json.loads(receive(process.stdout))
            except (EOFError, OSError, ValueError):
                self._end()
                if not stop.is_set():
                    deaths.add(item_file)
            else:
                return take(told, task)
        raise TaskError(f"{task.stage} {task.key}: was broken off")

    def close(self) -> None:
        """End the process."""
        self._end()
        folder, self._folder = self._folder, None
        if folder is not None:
            folder.cleanup()

    def _item_file(self) -> Path:
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="summarizer-", ignore_cleanup_errors=True)
        return Path(self._folder.name) / "item"

    def _ready(self) -> subprocess.Popen[bytes]:
        if self.process is None or self.process.poll() is not None:
            self._end()
            self.process = _start()
        return self.process

    def _end(self) -> None:
        process, self.process = self.process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()


def _start() -> subprocess.Popen[bytes]:
    """Start a process that imports what this one would, and does not read the main module of the program again.

    :raises TaskError: if it cannot be started.
    """
    paths = [str(Path(__file__).resolve().parents[2]), *(path or os.getcwd() for path in sys.path)]
    environment = {**os.environ, **_ONE_THREAD, "PYTHONPATH": os.pathsep.join(dict.fromkeys(paths))}
    command = [sys.executable, "-P", "-X", "utf8", "-m", "summarizer.scale.worker"]
    try:
        if not sys.executable or getattr(sys, "frozen", False):
            raise OSError("there is no Python interpreter to run")
        return subprocess.Popen(  # noqa: S603  the command is our own
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
        )
    except OSError as error:
        raise TaskError(f"a worker process does not start ({error}): use --workers 1") from error
