"""``python -m benchmarks serve``: fifty clients at once against a server of its own, on this machine.

Each round every client sends its requests one after the other, all clients at the same time; the requests differ, so
that no answer can be kept for the next. Beside them one more client asks every 50 ms whether the server lives: a loop
that was blocked would keep it waiting. The first round warms the workers up; leaks are looked for after it.
"""

from __future__ import annotations

import http.client
import itertools
import json
import os
import random
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import urlsplit

from benchmarks.data import REPOSITORY, DataError
from benchmarks.speed import read_seeds
from summarizer.version import __version__

CLIENTS: Final = 50
REQUESTS: Final = 4
ROUNDS: Final = 3
#: Growth of all processes from the end of the first round to that of the last that is no leak: caches fill, and
#: allocators keep pages.
MAX_GROWTH_MB: Final = 30.0
#: The slowest twentieth may wait so many times as long as all wait on the mean: requests differ by three times in cost,
#: and each has several before it.
MAX_TURNS: Final = 2.0
_START_SECONDS: Final = 120.0
_STOP_SECONDS: Final = 30.0
_REQUEST_SECONDS: Final = 300.0
_BEAT_SECONDS: Final = 0.05
_SERVE: Final = ("serve", "--port", "0")
_ADDRESS: Final = re.compile(r"serving: (http://\S+)")

Tell = Callable[[str], None]


class Running:
    """A server as a process of its own.

    :param arguments: of ``summarizer serve``, beside the port.
    :param environment: variables over those of this process.
    :param start: another command of the package that says where it listens.
    """

    def __init__(
        self, *arguments: str, environment: Mapping[str, str] = MappingProxyType({}), start: Sequence[str] = _SERVE
    ) -> None:
        command = [sys.executable, "-m", "summarizer", *start, *arguments]
        paths = os.pathsep.join(filter(None, [str(REPOSITORY), os.environ.get("PYTHONPATH", "")]))
        self.process = subprocess.Popen(
            command,
            stderr=subprocess.PIPE,
            text=True,
            cwd=REPOSITORY,
            env={**os.environ, **environment, "PYTHONPATH": paths},
        )
        self.said: list[str] = []
        self._known = threading.Event()
        self.url = ""
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        if not self._known.wait(_START_SECONDS) or not self.url:
            self._end()
            raise DataError(f"the server did not start: {' '.join(self.said)}")

    @property
    def place(self) -> str:
        """Host and port."""
        return urlsplit(self.url).netloc

    def ask(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, str], bytes]:
        """Send one request on a connection of its own.

        :return: status, headers in lower case, body.
        """
        connection = http.client.HTTPConnection(self.place, timeout=_REQUEST_SECONDS)
        try:
            return _ask(connection, method, path, body, headers or {})
        finally:
            connection.close()

    def post(self, path: str, value: object) -> tuple[int, dict[str, Any]]:
        """Send JSON, and give status and JSON."""
        status, _, body = self.ask("POST", path, json.dumps(value).encode(), {"Content-Type": "application/json"})
        return status, json.loads(body)

    def health(self) -> dict[str, Any]:
        """Ask whether it lives."""
        found: dict[str, Any] = json.loads(self.ask("GET", "/healthz")[2])
        return found

    def wait_ready(self, n_workers: int = 1) -> None:
        """Wait until so many workers are ready."""
        patience = time.monotonic() + _START_SECONDS
        while self.health()["workers"] < n_workers:
            if time.monotonic() > patience:
                raise DataError("the workers do not become ready")
            time.sleep(0.05)

    def family(self) -> list[int]:
        """Give the ids of the server and of every process below it."""
        return [self.process.pid, *descendants(self.process.pid)]

    def stop(self) -> int:
        """Stop it as a service manager would, and give its exit code."""
        if self.process.poll() is None:
            self.process.terminate()
        try:
            return self.process.wait(_STOP_SECONDS)
        finally:
            self._end()

    def _end(self) -> None:
        self.process.kill()
        self.process.wait()
        self._listener.join()
        if self.process.stderr is not None:
            self.process.stderr.close()

    def _listen(self) -> None:
        for line in self.process.stderr or ():
            self.said.append(line.rstrip())
            if found := _ADDRESS.match(line):
                self.url = found[1]
                self._known.set()
        self._known.set()


@contextmanager
def running(
    *arguments: str, environment: Mapping[str, str] = MappingProxyType({}), start: Sequence[str] = _SERVE
) -> Iterator[Running]:
    """Run a server as long as the block runs; see :class:`Running`."""
    server = Running(*arguments, environment=environment, start=start)
    try:
        yield server
    finally:
        server.stop()


def descendants(pid: int) -> list[int]:
    """Give the processes that a process started, and those that these started; Linux only."""
    below: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        below.setdefault(int(fields[1]), []).append(int(folder.name))
    found, left = [], [pid]
    while left:
        children = below.get(left.pop(), [])
        found += children
        left += children
    return sorted(found)


def memory_of(pids: Sequence[int]) -> float:
    """Give the resident memory of processes together, in MB."""
    total = 0
    for pid in pids:
        try:
            total += int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
        except OSError:
            continue
    return total * os.sysconf("SC_PAGE_SIZE") / 1e6


def processor_seconds(pids: Sequence[int]) -> float:
    """Give the time of the processor that processes took so far together, with that of children that ended."""
    total = 0
    for pid in pids:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        total += sum(map(int, fields[11:15]))
    return total / os.sysconf("SC_CLK_TCK")


def open_files(pid: int) -> int:
    """Count the open files and sockets of a process."""
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


def make_requests(texts: Sequence[str], n: int, seed: int) -> list[bytes]:
    """Make requests that differ: two to all of the texts, and a budget."""
    drawn = random.Random(seed)
    sets = [some for size in range(2, len(texts) + 1) for some in itertools.combinations(texts, size)]
    return [
        json.dumps(
            {"documents": [{"text": text} for text in drawn.choice(sets)], "max_words": drawn.randrange(60, 260)}
        ).encode()
        for _ in range(n)
    ]


def measure(
    *,
    clients: int = CLIENTS,
    requests: int = REQUESTS,
    rounds: int = ROUNDS,
    workers: int | None = None,
    arguments: Sequence[str] = (),
    seed: int = 0,
    tell: Tell = lambda text: None,
) -> dict[str, Any]:
    """Send rounds of requests to a server, and look at times, answers, memory and files.

    :param clients: that send at the same time.
    :param requests: of each client in each round.
    :param arguments: further ones of ``summarizer serve``.
    :return: JSON without any text.
    :raises DataError: if the server does not start.
    """
    texts = read_seeds()
    n_workers = workers or _processors()
    with running("--max-concurrent", str(2 * clients), "--workers", str(n_workers), *arguments) as server:
        server.wait_ready(n_workers)
        before = _look(server)
        found = []
        for number in range(rounds):
            sent = make_requests(texts, clients * requests, seed + number)
            spent = processor_seconds(server.family())
            found.append(_round(server, [sent[at::clients] for at in range(clients)]))
            spent = processor_seconds(server.family()) - spent
            found[-1] |= _look(server) | _against_ideal(found[-1], spent, clients, n_workers)
            tell(_line(number, found[-1]))
        workers_after = len(descendants(server.process.pid))
        code = server.stop()
    return {
        "version": __version__,
        "clients": clients,
        "requests_a_client": requests,
        "workers": n_workers,
        "processors": os.cpu_count(),
        "seed": seed,
        "before": before,
        "rounds": found,
        "growth_mb": round(found[-1]["memory_mb"] - found[0]["memory_mb"], 1),
        "growth_files": found[-1]["files"] - before["files"],
        "processes_after": workers_after,
        "exit_code": code,
        "errors": sum(one["errors"] for one in found),
        "p50_seconds": found[-1]["p50_seconds"],
        "p95_seconds": found[-1]["p95_seconds"],
        "cpu_seconds": found[-1]["cpu_seconds"],
        "ideal_seconds": found[-1]["ideal_seconds"],
        "p95_to_turn": found[-1]["p95_to_turn"],
    }


def missed(found: dict[str, Any]) -> list[str]:
    """Say what is not as it should be."""
    problems = []
    if found["errors"]:
        problems.append(f"{found['errors']} requests were not answered with a briefing")
    if found["growth_mb"] > MAX_GROWTH_MB:
        problems.append(f"memory grew by {found['growth_mb']} MB after the first round, more than {MAX_GROWTH_MB}")
    if found["growth_files"] > 0:
        problems.append(f"{found['growth_files']} files or sockets stayed open")
    if found["processes_after"] != found["workers"]:
        problems.append(f"{found['processes_after']} processes, not {found['workers']}, stood after the last round")
    if found["p95_to_turn"] > MAX_TURNS:
        problems.append(
            f"p95 was {found['p95_to_turn']} times the mean turn, more than {MAX_TURNS}: some wait for others"
        )
    if found["exit_code"]:
        problems.append(f"the server ended with {found['exit_code']}")
    return problems


def text(found: dict[str, Any]) -> str:
    """Say what was found in lines, as docs/serving.md shows them."""
    head = f"{found['clients']} clients at once, {found['requests_a_client']} requests each, {found['workers']} workers"
    lines = [_line(number, one) for number, one in enumerate(found["rounds"])]
    cost = (
        f"a request takes {1000 * found['cpu_seconds']:.0f} ms of a processor: {found['clients']} clients would wait "
        f"{found['ideal_seconds']:.2f} s if nothing else ran; p95 was {found['p95_to_turn']:.2f} times the mean turn"
    )
    end = (
        f"memory grew by {found['growth_mb']} MB after the first round, files by {found['growth_files']}; "
        f"{found['errors']} errors"
    )
    return "\n".join([head, *lines, cost, end])


def _round(server: Running, queues: Sequence[Sequence[bytes]]) -> dict[str, Any]:
    times: list[float] = []
    statuses: dict[str, int] = {}
    beats: list[float] = []
    lock, over, start = threading.Lock(), threading.Event(), threading.Barrier(len(queues) + 1)

    def client(bodies: Sequence[bytes]) -> None:
        connection = http.client.HTTPConnection(server.place, timeout=_REQUEST_SECONDS)
        start.wait()
        for body in bodies:
            began = time.perf_counter()
            status = _status(connection, body)
            with lock:
                times.append(time.perf_counter() - began)
                statuses[status] = statuses.get(status, 0) + 1
        connection.close()

    def beat() -> None:
        while not over.wait(_BEAT_SECONDS):
            began = time.perf_counter()
            server.health()
            beats.append(time.perf_counter() - began)

    threads = [threading.Thread(target=client, args=(bodies,)) for bodies in queues]
    pulse = threading.Thread(target=beat)
    for thread in threads:
        thread.start()
    pulse.start()
    start.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - began
    over.set()
    pulse.join()
    return {
        "requests": len(times),
        "statuses": dict(sorted(statuses.items())),
        "errors": len(times) - statuses.get("200", 0),
        "seconds": round(seconds, 2),
        "a_second": round(len(times) / seconds, 2),
        **_shares("", times),
        **_shares("health_", beats),
    }


def _against_ideal(one: dict[str, Any], spent: float, clients: int, workers: int) -> dict[str, float]:
    """Compare the times of a round with what the work itself takes.

    Where all ask at once and ask again when they are answered, each waits while one request of every other is made:
    clients times the cost of one, over the processors that work. ``p95_to_turn`` sets the 95th percentile against that
    turn as it was, however much others used the machine: 1 would be that nobody waits longer than anybody else.

    :param spent: seconds of the processor for the whole round, server and workers together.
    """
    cost = spent / max(one["requests"], 1)
    return {
        "cpu_seconds": round(cost, 3),
        "ideal_seconds": round(clients * cost / min(workers, os.cpu_count() or 1), 2),
        "p95_to_turn": round(one["p95_seconds"] * one["a_second"] / clients, 2),
    }


def _status(connection: http.client.HTTPConnection, body: bytes) -> str:
    try:
        status, _, answer = _ask(connection, "POST", "/api/summarize", body, {"Content-Type": "application/json"})
        if status == 200 and not json.loads(answer)["statements"]:
            return "empty"
        return str(status)
    except (OSError, http.client.HTTPException, ValueError) as error:
        connection.close()
        return type(error).__name__


def _ask(
    connection: http.client.HTTPConnection, method: str, path: str, body: bytes | None, headers: dict[str, str]
) -> tuple[int, dict[str, str], bytes]:
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()


def _shares(name: str, times: Sequence[float]) -> dict[str, float]:
    cuts = quantiles(times, n=100, method="inclusive") if len(times) > 1 else [0.0] * 99
    shares = {"p50": cuts[49], "p95": cuts[94], "most": max(times, default=0.0)}
    return {f"{name}{share}_seconds": round(value, 3) for share, value in shares.items()}


def _look(server: Running) -> dict[str, Any]:
    """Look at a server that rests: connections that clients closed are given time to be noticed."""
    time.sleep(0.5)
    return {"memory_mb": round(memory_of(server.family()), 1), "files": open_files(server.process.pid)}


def _line(number: int, one: dict[str, Any]) -> str:
    return (
        f"round {number + 1}: {one['requests']} requests, {one['errors']} errors, p50 {one['p50_seconds']:.2f} s, "
        f"p95 {one['p95_seconds']:.2f} s, {one['a_second']:.1f} a second; health p95 "
        f"{1000 * one['health_p95_seconds']:.0f} ms; {one['memory_mb']:.0f} MB, {one['files']} files"
    )


def _processors() -> int:
    from summarizer.serving.limits import default_workers

    return default_workers()
