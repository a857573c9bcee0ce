"""Systems whose library clashes with ours: each in an environment of its own, asked through a pipe."""

from __future__ import annotations

import hashlib
import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
import weakref
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Any, Final

from benchmarks.data import REPOSITORY, DataError, NewsCluster
from benchmarks.systems.filling import Output, PeerError, fill, sentences_by_document

RECIPES: Final = REPOSITORY / "benchmarks" / "environments"
ENVIRONMENTS: Final = REPOSITORY / ".benchmarks"
#: Names of systems; each has a ``NAME.txt`` of requirements and a ``NAME.py``, the adapter that the worker loads.
ISOLATED: Final = ("bert_extractive",)
#: Seconds until a worker must have loaded its models, and until it must have answered.
START_SECONDS: Final = 300.0
ANSWER_SECONDS: Final = 300.0
_STAMP: Final = "requirements.sha256"


def environment_python(name: str, folder: Path = ENVIRONMENTS) -> Path:
    """Find the interpreter of an environment.

    :raises DataError: if it was never made, or other requirements were installed there.
    """
    home = folder / f".venv-{name}"
    stamp = home / _STAMP
    if not stamp.is_file():
        raise DataError(f"{name} needs an environment of its own: python -m benchmarks environments {name}")
    if stamp.read_text(encoding="ascii").strip() != _digest(name):
        raise DataError(f"{home} was made of other requirements: python -m benchmarks environments {name}")
    return _python(home)


def make_environment(name: str, folder: Path = ENVIRONMENTS, run: Callable[..., Any] = subprocess.run) -> Path:
    """Make the environment of a system, or make it anew, with pip.

    :return: its folder.
    :raises DataError: if the name is unknown or pip fails.
    """
    if name not in ISOLATED:
        raise DataError(f"unknown environment {name!r}; choose from {', '.join(ISOLATED)}")
    home = folder / f".venv-{name}"
    (home / _STAMP).unlink(missing_ok=True)
    requirements = RECIPES / f"{name}.txt"
    for command in (
        [sys.executable, "-m", "venv", "--clear", str(home)],
        [str(_python(home)), "-m", "pip", "install", "--disable-pip-version-check", "-r", str(requirements)],
    ):
        if run(command, check=False).returncode:
            raise DataError(f"{' '.join(command)} failed; see what it wrote above")
    (home / _STAMP).write_text(_digest(name) + "\n", encoding="ascii")
    return home


def _python(home: Path) -> Path:
    return home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _digest(name: str) -> str:
    return hashlib.sha256((RECIPES / f"{name}.txt").read_bytes()).hexdigest()


class Worker:
    """A process that ranks sentences in another environment.

    :param adapter: what ``benchmarks/environments/worker.py`` loads there.
    :raises DataError: if it does not start: the environment is broken, whatever the cluster.
    """

    def __init__(
        self, python: Path, adapter: Path, *, start_seconds: float = START_SECONDS, seconds: float = ANSWER_SECONDS
    ) -> None:
        self._seconds = seconds
        self._errors: IO[bytes] = tempfile.TemporaryFile()
        command = [str(python), "-I", str(RECIPES / "worker.py"), str(adapter)]
        pipe = subprocess.PIPE
        try:
            self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=self._errors, env=_environment())
        except OSError as error:
            self._errors.close()
            raise DataError(f"{python} cannot be run ({error}): python -m benchmarks environments") from error
        self._lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._reader = threading.Thread(target=_read, args=(self._process.stdout, self._lines), daemon=True)
        self._reader.start()
        self.close = weakref.finalize(self, _end, self._process, self._reader, self._errors)
        try:
            self.ready = self._receive(start_seconds)
        except PeerError as error:
            raise DataError(f"the worker for {adapter.stem} did not start: {error}") from error

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """Send a request and wait for its answer.

        :raises PeerError: if it answers with an error, not at all, or ends; in the last two cases the worker is closed.
        """
        stdin = self._process.stdin
        try:
            if stdin is None or not self.close.alive:
                raise BrokenPipeError("the worker is closed")
            stdin.write(json.dumps(request).encode() + b"\n")
            stdin.flush()
        except OSError as error:
            raise self._broken("ended") from error
        answer = self._receive(self._seconds)
        if "error" in answer:
            raise PeerError(str(answer["error"]))
        return answer

    def _receive(self, seconds: float) -> dict[str, Any]:
        try:
            line = self._lines.get(timeout=seconds)
        except queue.Empty:
            raise self._broken(f"gave no answer in {seconds:g} s") from None
        if not line:
            raise self._broken("ended")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _broken(self, what: str) -> PeerError:
        """Close the worker, and say what it last wrote to its error stream."""
        said = ""
        if self.close.alive:
            self._process.kill()
            self._process.wait()
            self._errors.seek(0)
            lines = self._errors.read().decode(errors="replace").strip().splitlines()
            said = f"; it said: {lines[-1][:300]}" if lines else ""
        self.close()
        return PeerError(f"the worker {what} (exit code {self._process.returncode}){said}")


def _environment() -> dict[str, str]:
    """Let no library of the worker look for a network."""
    return os.environ | {"HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}


def _read(stream: IO[bytes], lines: queue.SimpleQueue[bytes]) -> None:
    for line in stream:
        lines.put(line)
    lines.put(b"")


def _end(process: subprocess.Popen[bytes], reader: threading.Thread, errors: IO[bytes]) -> None:
    process.kill()
    process.wait()
    reader.join()
    for stream in (process.stdin, process.stdout, errors):
        if stream is not None:
            try:
                stream.close()
            except BrokenPipeError:
                # What was still buffered for a process that is gone.
                continue


class IsolatedSystem:
    """A system behind a :class:`Worker`; one that broke is started again for the next cluster.

    :raises DataError: if the worker does not start.
    """

    def __init__(self, name: str, start: Callable[[], Worker] | None = None) -> None:
        self._start = start or (lambda: Worker(environment_python(name), RECIPES / f"{name}.py"))
        self._worker = self._start()

    @property
    def signature(self) -> str:
        """The settings and versions that the worker states."""
        versions = "".join(f"|{package}:{found}" for package, found in self._worker.ready["versions"].items())
        return f"{self._worker.ready['signature']}{versions}"

    def __call__(self, cluster: NewsCluster, max_words: int) -> Output:
        """Summarize; the time is that of the worker, without the pipe and a new start.

        :raises PeerError: if the worker fails on this cluster.
        """
        if not self._worker.close.alive:
            self._worker = self._start()
        sentences: Sequence[str] = [s for document in sentences_by_document(cluster) for s in document]
        answer = self._worker.ask({"id": cluster.id, "sentences": sentences, "max_words": max_words})
        if answer.get("id") != cluster.id or not all(0 <= i < len(sentences) for i in answer["ranked"]):
            raise PeerError(f"{cluster.id}: the worker answered {str(answer)[:200]}")
        taken = fill(sentences, answer["ranked"], max_words)
        return Output(taken, None, self.signature, float(answer["seconds"]), float(answer["peak_mb"]))

    def close(self) -> None:
        """End the worker."""
        self._worker.close()
