"""The app: which address does what."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from summarizer.config import SummaryConfig
from summarizer.errors import MissingExtraError
from summarizer.serving import pages
from summarizer.serving.bodies import check_media_type, read_body
from summarizer.serving.forms import BadForm, read_form
from summarizer.serving.guard import Guard, is_wildcard, names_of
from summarizer.serving.jobs import Job, Jobs
from summarizer.serving.limits import Admission, ServeLimits
from summarizer.serving.openapi import make_document
from summarizer.serving.orders import Order, Result, Task
from summarizer.serving.pool import Pool
from summarizer.serving.problems import Problem, answer_problem, from_status
from summarizer.version import __version__

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

#: Pages that are told of every change of one job at the same time.
_MAX_WATCHERS: Final = 8
_LOOK_SECONDS: Final = 0.2
#: A line now and then tells proxies that the connection lives.
_BEAT_LOOKS: Final = 75


def make_app(
    config: SummaryConfig,
    limits: ServeLimits,
    *,
    host: str = "127.0.0.1",
    allow_hosts: Iterable[str] = (),
    fetch: bool = False,
) -> Starlette:
    """Make the app; its workers start with its lifespan and end with it.

    :param config: the settings that hold where a request sets nothing.
    :param host: where the server listens; the app answers under its names only.
    :param allow_hosts: further names under which it answers.
    :param fetch: whether addresses in a form are fetched.
    :return: an ASGI app; ``app.state.server`` is the :class:`Server` in it.
    :raises MissingExtraError: if the extra ``serve`` is not installed.
    """
    try:
        import python_multipart  # noqa: F401  starlette asks for it when a form comes
        from starlette.applications import Starlette
        from starlette.exceptions import HTTPException
        from starlette.middleware import Middleware
        from starlette.requests import ClientDisconnect
    except ImportError:
        raise MissingExtraError("the app", "serve") from None
    server = Server(config, limits, fetch=fetch)
    guard = Middleware(
        Guard,
        names=names_of(host, allow_hosts),
        any_address=is_wildcard(host),
        is_closing=lambda: server.pool.closing,
        refuse=lambda scope, problem: server.answer(scope["path"], _accepts(scope), problem),
    )
    app = Starlette(
        routes=server.routes(),
        middleware=[guard],
        lifespan=server.lifespan,
        exception_handlers={
            Problem: server.on_problem,
            HTTPException: server.on_problem,
            ClientDisconnect: server.on_problem,
            Exception: server.on_problem,
        },
    )
    app.state.server = server
    return app


class Server:
    """What the addresses of the app do.

    :param config: see :func:`make_app`, as for the others.
    """

    def __init__(self, config: SummaryConfig, limits: ServeLimits, *, fetch: bool) -> None:
        self._limits, self._fetch = limits, fetch
        self.admission = Admission(limits)
        self.pool = Pool(limits, config, fetch=fetch, admission=self.admission)
        self.jobs = Jobs(self.pool, limits)

    def routes(self) -> list[Any]:
        """Give the addresses."""
        from starlette.routing import Route

        return [
            Route("/", self.start),
            Route("/jobs", self.make, methods=["POST"]),
            Route("/jobs/{id}", self.show),
            Route("/jobs/{id}/events", self.events),
            Route("/jobs/{id}/delete", self.delete, methods=["POST"]),
            Route("/jobs/{id}/briefing.{form}", self.download),
            Route("/api/summarize", partial(self.work, "summarize"), methods=["POST"]),
            Route("/api/compare", partial(self.work, "compare"), methods=["POST"]),
            Route("/openapi.json", self.describe),
            Route("/healthz", self.health),
        ]

    @asynccontextmanager
    async def lifespan(self, _: Starlette) -> AsyncIterator[None]:
        """Start the workers, and end them."""
        self.pool.open()
        try:
            yield
        finally:
            await self.jobs.close()
            await self.pool.close()

    async def start(self, _: Request) -> Response:
        """Show the form."""
        return pages.start_page(self._limits, fetch=self._fetch)

    async def make(self, request: Request) -> Response:
        """Begin a job, and lead to its page."""
        from starlette.responses import RedirectResponse

        slot = self.admission.enter()
        try:
            order, format, filled = await read_form(request, self._limits, slot, fetch=self._fetch)
            job = self.jobs.start(order, format, slot, filled)
        except BadForm as problem:
            slot.leave()
            return pages.start_page(self._limits, fetch=self._fetch, filled=problem.filled, problem=problem)
        except BaseException:
            slot.leave()
            raise
        return RedirectResponse(f"/jobs/{job.id}", 303)

    async def show(self, request: Request) -> Response:
        """Show a job."""
        return pages.job_page(self.jobs.get(request.path_params["id"]), self._limits, fetch=self._fetch)

    async def download(self, request: Request) -> Response:
        """Give a finished briefing in one form."""
        return pages.form_of(self.jobs.get(request.path_params["id"]), request.path_params["form"])

    async def delete(self, request: Request) -> Response:
        """Forget a job, and lead to the form."""
        from starlette.responses import RedirectResponse

        self.jobs.get(request.path_params["id"])
        self.jobs.delete(request.path_params["id"])
        return RedirectResponse("/", 303)

    async def events(self, request: Request) -> Response:
        """Tell of every change of a job, as server-sent events."""
        from starlette.responses import StreamingResponse

        job = self.jobs.get(request.path_params["id"])
        if job.n_watchers >= _MAX_WATCHERS:
            detail = f"{_MAX_WATCHERS} pages watch this briefing already: close one"
            raise Problem(429, "busy", detail, headers={"Retry-After": "5"})
        return StreamingResponse(self._tell(job), media_type="text/event-stream")

    async def _tell(self, job: Job) -> AsyncIterator[str]:
        job.n_watchers += 1
        seen, silent = -1, 0
        try:
            while not (job.done or self.pool.closing):
                if job.version != seen:
                    seen, silent = job.version, 0
                    stage, whole = pages.progress_of(job)
                    found = {"stage": stage, "whole": round(100 * whole), "seconds": pages.seconds_of(job)}
                    yield f"event: progress\ndata: {json.dumps(found)}\n\n"
                elif (silent := silent + 1) % _BEAT_LOOKS == 0:
                    yield ": still at it\n\n"
                await asyncio.sleep(_LOOK_SECONDS)
            yield "event: done\ndata: {}\n\n"
        finally:
            job.n_watchers -= 1

    async def work(self, task: Task, request: Request) -> Response:
        """Make a briefing or a comparison, and answer with it as JSON."""
        from starlette.responses import Response

        slot = self.admission.enter()
        try:
            check_media_type(request, ("application/json",))
            body = await read_body(request, self._limits, slot)
            result = await _unless_gone(request, self.pool.run(Order(task, ("json",), body), _silent))
            return Response(result.forms["json"], media_type="application/json")
        finally:
            slot.leave()

    async def describe(self, _: Request) -> Response:
        """Give the description of the API."""
        from starlette.responses import JSONResponse

        return JSONResponse(make_document())

    async def health(self, _: Request) -> Response:
        """Say whether the server runs."""
        from starlette.responses import JSONResponse

        found = {
            "status": "ready" if self.pool.n_workers else "starting",
            "version": __version__,
            "workers": self.pool.n_workers,
            "at_work": self.pool.n_at_work,
            "inside": self.admission.n_inside,
            "kept": len(self.jobs),
        }
        return JSONResponse(found)

    async def on_problem(self, request: Request, error: Exception) -> Response:
        """Answer with what went wrong."""
        from starlette.exceptions import HTTPException
        from starlette.requests import ClientDisconnect

        if isinstance(error, HTTPException):
            error = from_status(error.status_code, error.headers)
        elif isinstance(error, ClientDisconnect):
            error = Problem(400, "bad-request", "the connection ended before the body did")
        elif not isinstance(error, Problem):
            error = Problem(500, "unexpected", "the server failed: its log says where; please report it")
        return self.answer(request.url.path, request.headers.get("accept", ""), error)

    def answer(self, path: str, accept: str, problem: Problem) -> Response:
        """Give a problem as a page to who reads pages, and else as JSON."""
        if path.startswith("/api/") or "text/html" not in accept:
            return answer_problem(problem)
        return pages.problem_page(problem)


async def _unless_gone(request: Request, work: Awaitable[Result]) -> Result:
    """Wait for work, and call it off if the client goes away.

    :raises ClientDisconnect: if it did.
    """
    from starlette.requests import ClientDisconnect

    working = asyncio.ensure_future(work)
    leaving = asyncio.ensure_future(_gone(request.receive))
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise ClientDisconnect
        return working.result()
    finally:
        left = [task for task in (working, leaving) if not task.done()]
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)


async def _gone(receive: Callable[[], Awaitable[Any]]) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _accepts(scope: Any) -> str:  # noqa: ANN401
    return ", ".join(value.decode("latin-1") for name, value in scope["headers"] if name.lower() == b"accept")


def _silent(stage: str, share: float) -> None:
    """Tell nobody."""
