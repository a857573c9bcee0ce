"""The workers together: each summary gets one that is free, and one that dies or is ended is replaced."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from dataclasses import asdict
from typing import Any, Final

from summarizer.config import SummaryConfig
from summarizer.serving.limits import Admission, ServeLimits
from summarizer.serving.orders import Order, Result
from summarizer.serving.problems import Problem
from summarizer.serving.processes import Progress, Worker, WorkerDied, start

#: Orders after which a worker is replaced, so that what a library leaks does not add up.
_MAX_ORDERS: Final = 1_000
#: Longest pause before another try when workers do not start, in seconds.
_MAX_PAUSE: Final = 30.0

logger = logging.getLogger(__name__)


def stopping() -> Problem:
    """Give the problem of a request that comes while the server stops."""
    return Problem(503, "stopping", "the server is stopping: try again when it runs", headers={"Retry-After": "10"})


class Pool:
    """Workers that wait for orders.

    :param limits: how many there are, and how long one may take.
    :param config: the settings of the server, which those of an order go over.
    :param fetch: whether they may fetch addresses.
    :param admission: told how long each summary takes.
    """

    def __init__(self, limits: ServeLimits, config: SummaryConfig, *, fetch: bool, admission: Admission) -> None:
        self._limits, self._fetch, self._admission = limits, fetch, admission
        self._settings = asdict(config)
        self._idle: asyncio.Queue[Worker] = asyncio.Queue()
        self._workers: set[Worker] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._closing = asyncio.Event()
        self._failure = ""
        self.n_at_work = 0

    @property
    def n_workers(self) -> int:
        """How many processes are ready or at work."""
        return len(self._workers)

    @property
    def pids(self) -> list[int]:
        """The processes, for those who watch them."""
        return sorted(worker.pid for worker in self._workers)

    @property
    def closing(self) -> bool:
        """Whether the server stops."""
        return self._closing.is_set()

    def open(self) -> None:
        """Start the workers; orders may be given at once, and wait for them."""
        for _ in range(self._limits.workers):
            self._background(self._add())

    def stop(self) -> None:
        """Take no more orders, and call off those that were given: each is answered at once."""
        self._closing.set()

    async def close(self) -> None:
        """End every process."""
        self.stop()
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.gather(*(worker.close() for worker in list(self._workers)))
        self._workers.clear()

    async def run(self, order: Order, tell: Progress) -> Result:
        """Have an order carried out by the first worker that is free.

        :param tell: told the stage and the share of it that is done.
        :raises Problem: if it is refused, takes too long, its worker dies, or the server stops.
        """
        if self.closing:
            raise stopping()
        if self._failure and not self._workers:
            detail = f"no worker starts ({self._failure}): the log of the server says more"
            raise Problem(503, "waited", detail, headers={"Retry-After": "30"})
        work = asyncio.ensure_future(self._carry_out(order, tell))
        stop = asyncio.ensure_future(self._closing.wait())
        try:
            await asyncio.wait({work, stop}, return_when=asyncio.FIRST_COMPLETED)
            if not work.done():
                raise stopping()
            return work.result()
        finally:
            stop.cancel()
            if not work.done():
                work.cancel()
                await asyncio.gather(work, return_exceptions=True)

    async def _carry_out(self, order: Order, tell: Progress) -> Result:
        worker = await self._free()
        seconds, clock = self._limits.job_seconds, asyncio.get_running_loop()
        began, whole = clock.time(), False
        self.n_at_work += 1
        try:
            async with asyncio.timeout(seconds):
                result = await worker.ask(order, tell)
            whole = True
            return result
        except Problem:
            whole = True
            raise
        except TimeoutError:
            detail = f"it took over {seconds:g} s and was ended: send less text, or raise --time-limit on the server"
            raise Problem(504, "time-limit", detail) from None
        except WorkerDied:
            logger.warning("a worker died while it made a summary; another one takes its place")
            detail = "the process that made this summary ended, for want of memory perhaps: try again, or send less"
            raise Problem(500, "died", detail) from None
        finally:
            self.n_at_work -= 1
            self._admission.took(clock.time() - began)
            if whole and worker.alive and worker.n_orders < _MAX_ORDERS:
                self._idle.put_nowait(worker)
            else:
                self._background(self._replace(worker))

    async def _free(self) -> Worker:
        """Wait for a worker.

        :raises Problem: 503 if none becomes free in time.
        """
        try:
            async with asyncio.timeout(self._limits.wait_seconds):
                while not (worker := await self._idle.get()).alive:
                    pass  # it died while it waited, and is being replaced
        except TimeoutError:
            detail = f"no worker became free in {self._limits.wait_seconds:g} s: try again later"
            raise Problem(503, "waited", detail, headers={"Retry-After": "60"}) from None
        return worker

    async def _add(self) -> None:
        """Start a worker and put it among the others; if it does not start, try again, later each time."""
        pause = 0.5
        while True:
            try:
                worker = await start(self._settings, fetch=self._fetch)
                break
            except WorkerDied as error:
                self._failure = str(error)
                logger.warning("%s; the next try is in %g s", error, pause)
                await asyncio.sleep(pause)
                pause = min(2 * pause, _MAX_PAUSE)
        self._failure = ""
        self._workers.add(worker)
        self._idle.put_nowait(worker)
        self._background(self._watch(worker))

    async def _watch(self, worker: Worker) -> None:
        """Replace a worker that dies while nobody waits for it."""
        await worker.wait()
        await self._replace(worker)

    async def _replace(self, worker: Worker) -> None:
        if worker not in self._workers:
            return
        self._workers.discard(worker)
        await worker.close()
        await self._add()

    def _background(self, work: Coroutine[Any, Any, None]) -> None:
        if self.closing:
            work.close()
            return
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
