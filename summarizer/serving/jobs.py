"""The briefings that pages show: made in the background, kept for a time under names that cannot be guessed."""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from dataclasses import dataclass, field

from summarizer.serving.forms import Filled
from summarizer.serving.limits import ServeLimits, Slot
from summarizer.serving.orders import Format, Order, Result
from summarizer.serving.pool import Pool
from summarizer.serving.problems import Problem

#: 144 bits: nobody guesses one.
_ID_BYTES = 18

logger = logging.getLogger(__name__)


@dataclass(slots=True, eq=False)
class Job:
    """One briefing that is made or was made.

    :param id: its name in addresses.
    :param format: how its page shows it.
    :param stage: of the work; ``wait`` before it begins.
    :param share: of the stage that is done, in [0, 1].
    :param result: what came of it.
    :param problem: why nothing came of it.
    :param version: grows with every change.
    :param n_watchers: pages that are told of every change.
    :param filled: what its form held, to be shown again if nothing came of it.
    :param began: when it was asked for, in seconds of the monotonic clock.
    """

    id: str
    format: Format
    stage: str = "wait"
    share: float = 0.0
    result: Result | None = None
    problem: Problem | None = None
    version: int = 0
    n_watchers: int = 0
    filled: Filled | None = None
    began: float = field(default_factory=time.monotonic)
    finished: float = 0.0
    _work: asyncio.Task[None] | None = field(default=None, repr=False)
    _timer: asyncio.TimerHandle | None = field(default=None, repr=False)

    @property
    def done(self) -> bool:
        """Whether there is a result or a problem."""
        return self.result is not None or self.problem is not None

    @property
    def size(self) -> int:
        """Bytes that are kept of it, about."""
        return (self.result.size if self.result else 0) + (self.filled.size if self.filled else 0)

    def tell(self, stage: str, share: float) -> None:
        """Note how far the work is."""
        self.stage, self.share = stage, share
        self.version += 1


class Jobs:
    """The jobs of one server.

    :param pool: does the work.
    :param limits: how many are kept, how large and how long.
    """

    def __init__(self, pool: Pool, limits: ServeLimits) -> None:
        self._pool, self._limits = pool, limits
        self._jobs: dict[str, Job] = {}

    def __len__(self) -> int:
        return len(self._jobs)

    def start(self, order: Order, format: Format, slot: Slot, filled: Filled | None = None) -> Job:
        """Begin a job.

        :param filled: what its form held.
        :param slot: given back when the job is done.
        :raises Problem: 429 if there are too many that are not done.
        """
        if len(self._jobs) >= self._limits.max_jobs and not self._drop_oldest():
            slot.leave()
            detail = f"{len(self._jobs)} briefings are not done yet: try again later"
            raise Problem(429, "busy", detail, headers={"Retry-After": "10"})
        job = Job(secrets.token_urlsafe(_ID_BYTES), format, filled=filled)
        self._jobs[job.id] = job
        job._work = asyncio.ensure_future(self._run(job, order, slot))
        return job

    def get(self, id: str) -> Job:
        """Give a job.

        :raises Problem: 404 if there is none, or no more.
        """
        job = self._jobs.get(id)
        if job is None:
            minutes = round(self._limits.keep_seconds / 60)
            detail = f"this briefing was deleted, is older than {minutes} minutes, or never was: make it again"
            raise Problem(404, "not-found", detail)
        return job

    def delete(self, id: str) -> None:
        """Forget a job; one that is not done is called off. One that is not there changes nothing."""
        job = self._jobs.pop(id, None)
        if job is None:
            return
        if job._timer is not None:
            job._timer.cancel()
        if job._work is not None:
            job._work.cancel()
        job.problem = job.problem or Problem(404, "not-found", "this briefing was deleted: make it again")
        job.version += 1

    async def close(self) -> None:
        """Forget all jobs, and wait until the work has stopped."""
        works = [job._work for job in self._jobs.values() if job._work is not None]
        for id in list(self._jobs):
            self.delete(id)
        await asyncio.gather(*works, return_exceptions=True)

    async def _run(self, job: Job, order: Order, slot: Slot) -> None:
        try:
            job.result = await self._pool.run(order, job.tell)
            job.filled = None
        except Problem as problem:
            job.problem = problem
        except Exception:
            logger.exception("a job failed")
            job.problem = Problem(500, "unexpected", "the server failed: its log says where; please report it")
        finally:
            slot.leave()
            job.finished = time.monotonic()
            job.version += 1
        job._timer = asyncio.get_running_loop().call_later(self._limits.keep_seconds, self.delete, job.id)
        while self._kept_bytes() > self._limits.max_kept_bytes and self._drop_oldest(but=job):
            pass

    def _kept_bytes(self) -> int:
        return sum(job.size for job in self._jobs.values() if job.done)

    def _drop_oldest(self, but: Job | None = None) -> bool:
        """Forget the job that has been done longest, and say whether there was one."""
        done = [job for job in self._jobs.values() if job.done and job is not but]
        if not done:
            return False
        self.delete(min(done, key=lambda job: job.finished).id)
        return True
