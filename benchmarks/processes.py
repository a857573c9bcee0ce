"""Run a command within limits of time and memory, its own processes counted in."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

#: Seconds between two looks at a running command.
_PAUSE: Final = 0.1
_PROC: Final = Path("/proc")
#: Clock ticks a second, in which the kernel counts processor time.
_TICKS: Final = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Finished:
    """A command that ended, or was stopped.

    :param stopped: the limit it passed, if any.
    :param peak_mb: the most memory seen over all its processes; 0 where the system does not tell (no ``/proc``).
    """

    returncode: int
    stdout: str
    stderr: str
    stopped: Literal["", "time", "memory"]
    seconds: float
    peak_mb: float


def run_limited(command: Sequence[str], text: str, *, seconds: float, mb: float, cwd: Path) -> Finished:
    """Run a command, and kill it with its descendants as soon as it passes a limit.

    :param text: its standard input.
    :param seconds: longest time by the clock.
    :param mb: most memory of the command and its descendants together; without ``/proc`` there is no such limit.
    """
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        given.write(text.encode())
        given.seek(0)
        begin = time.perf_counter()
        process = subprocess.Popen(command, stdin=given, stdout=out, stderr=err, cwd=cwd, start_new_session=True)
        stopped, peak = "time", 0.0
        try:
            for _ in _until_done(process, begin + seconds):
                peak = max(peak, held_memory(descendants(process.pid)))
                if peak > mb:
                    stopped = "memory"
                    break
            if process.poll() is not None:
                stopped = ""
        finally:
            _kill(process)
        found = []
        for stream in (out, err):
            stream.seek(0)
            found.append(stream.read().decode(errors="replace"))
        took = time.perf_counter() - begin
        return Finished(process.returncode, found[0], found[1], _named(stopped), took, peak)


def _named(stopped: str) -> Literal["", "time", "memory"]:
    return "time" if stopped == "time" else "memory" if stopped else ""


def _until_done(process: subprocess.Popen[bytes], end: float) -> Iterator[None]:
    """Give a turn every tenth of a second until a process ends or the time is up."""
    while time.perf_counter() < end:
        try:
            process.wait(timeout=_PAUSE)
        except subprocess.TimeoutExpired:
            yield
        else:
            return


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a process and everything it started."""
    for pid in descendants(process.pid) if process.poll() is None else ():
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    process.wait()


def descendants(pid: int) -> list[int]:
    """Give a process and all that it started, directly or not; only itself where there is no ``/proc``."""
    children: dict[int, list[int]] = {}
    for path in _PROC.glob("[0-9]*/stat"):
        fields = _stat(path)
        if fields:
            children.setdefault(int(fields[1]), []).append(int(path.parent.name))
    found = [pid]
    for parent in found:
        found += sorted(children.get(parent, ()))
    return found


def held_memory(pids: Sequence[int]) -> float:
    """Add up the most memory that each of these processes has held so far, in MB."""
    total = 0
    for pid in pids:
        try:
            lines = (_PROC / str(pid) / "status").read_text(encoding="ascii", errors="replace").splitlines()
        except OSError:
            continue
        total += next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0)
    return total / 1024


def processor_time(pids: Sequence[int]) -> float:
    """Add up the processor time of these processes and of their ended children, in seconds."""
    ticks = 0
    for pid in pids:
        fields = _stat(_PROC / str(pid) / "stat")
        ticks += sum(map(int, fields[11:15])) if fields else 0
    return ticks / _TICKS


def _stat(path: Path) -> list[str]:
    """Read what stands behind the name of a process, which may hold spaces: state, parent, and so on."""
    try:
        return path.read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    except OSError:
        return []
