"""One worker from outside: starts it, hands it an order, reads what it says, and ends it with all that it started."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import struct
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from summarizer.serving.orders import Order, Result
from summarizer.serving.problems import Problem
from summarizer.serving.worker import end_group

#: Starting Python and loading the model takes 2 s; far more on a disk that is cold or a machine that is busy.
START_SECONDS: Final = 120
_LENGTH: Final = struct.Struct(">Q")  # as summarizer.reading.frames writes it
#: More than any result is; a length beyond it means that the pipe is out of step.
_MAX_BYTES: Final = 1_000_000_000

logger = logging.getLogger(__name__)

Progress = Callable[[str, float], None]


class WorkerDied(Exception):  # noqa: N818
    """The process ended before it answered."""


class Worker:
    """A process that makes one summary at a time.

    :param process: a running ``summarizer.serving.worker`` that said that it is ready.
    """

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.n_orders = 0

    @property
    def pid(self) -> int:
        """The id of the process."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._process.returncode is None

    async def ask(self, order: Order, tell: Progress) -> Result:
        """Have an order carried out.

        :param tell: told the stage and the share of it that is done.
        :raises Problem: if the worker refuses it.
        :raises WorkerDied: if the process ends meanwhile.
        """
        self.n_orders += 1
        try:
            await _send(self._process, order.to_messages())
            while True:
                head = await _receive(self._process)
                if "stage" in head:
                    tell(head["stage"], head["share"])
                elif "problem" in head:
                    if head["log"]:
                        logger.error("a summary failed\n%s", head["log"])
                    raise _problem(head["problem"])
                else:
                    forms = {name: await _receive_bytes(self._process) for name in head["forms"]}
                    return Result(head["title"], forms)
        except (OSError, EOFError) as error:
            raise WorkerDied(str(error)) from None

    async def close(self) -> None:
        """End the process, with all that it started, whatever it is doing."""
        await _end(self._process)

    async def wait(self) -> None:
        """Wait until the process ends by itself."""
        await self._process.wait()


async def start(settings: dict[str, Any], *, fetch: bool) -> Worker:
    """Start a worker and wait until it has loaded what a summary needs.

    :param settings: of the server; must be JSON.
    :param fetch: whether it may open connections.
    :raises WorkerDied: if it does not become ready.
    """
    process = await _spawn()
    try:
        hello = json.dumps({"settings": settings, "fetch": fetch}).encode()
        async with asyncio.timeout(START_SECONDS):
            await _send(process, [hello])
            said = await _receive(process)
            if "failed" in said:
                logger.error("a worker did not start\n%s", said["log"])
                raise EOFError(said["failed"])
    except (OSError, EOFError, TimeoutError) as error:
        await _end(process)
        told = str(error) if type(error) is EOFError else f"{type(error).__name__}: {error}"
        raise WorkerDied(f"a worker did not start ({told})") from None
    except BaseException:
        await _end(process)
        raise
    return Worker(process)


async def _spawn() -> asyncio.subprocess.Process:
    """Start a process that imports this package from where it is imported here, and leads a group of its own."""
    paths = [str(Path(__file__).resolve().parents[2]), *(path or os.getcwd() for path in sys.path)]
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(dict.fromkeys(paths)),
        **{"PYTHONHASHSEED": "0", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"},
        # onnxruntime 1.31 keeps a database of what it did in the home folder, to be sent to its makers.
        "ORT_DISABLE_TELEMETRY": "1",
    }
    command = [sys.executable, "-P", "-X", "utf8", "-W", "ignore", "-m", "summarizer.serving.worker"]
    return await asyncio.create_subprocess_exec(
        *command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,  # so that a Ctrl-C of the terminal does not reach it, and its group can be ended
    )


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        end_group(process.pid)
        with suppress(ProcessLookupError):
            process.kill()
    if process.stdin is not None:
        process.stdin.close()
    # Ended as a whole, even if who waits here is called off meanwhile: nothing may be left behind.
    await asyncio.shield(process.wait())


async def _send(process: asyncio.subprocess.Process, messages: Sequence[bytes]) -> None:
    if process.stdin is None:
        raise EOFError("the worker has no pipes")
    for message in messages:
        process.stdin.write(_LENGTH.pack(len(message)))
        process.stdin.write(message)
        await process.stdin.drain()


async def _receive(process: asyncio.subprocess.Process) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(await _receive_bytes(process))
    return found


async def _receive_bytes(process: asyncio.subprocess.Process) -> bytes:
    if process.stdout is None:
        raise EOFError("the worker has no pipes")
    (n_bytes,) = _LENGTH.unpack(await process.stdout.readexactly(_LENGTH.size))
    if n_bytes > _MAX_BYTES:
        raise EOFError("the pipe is out of step")
    return await process.stdout.readexactly(n_bytes)


def _problem(found: dict[str, Any]) -> Problem:
    errors = [(pointer, word) for pointer, word in found["errors"]]
    return Problem(found["status"], found["kind"], found["detail"], errors=errors)
