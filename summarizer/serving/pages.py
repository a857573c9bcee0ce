"""The pages: start, progress, result, problem; whole without script, and with a policy that lets in their own bytes."""

from __future__ import annotations

import time
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from summarizer.briefing.escaping import display
from summarizer.briefing.style import digest_of, style_of
from summarizer.serving.forms import Filled
from summarizer.serving.jobs import Job
from summarizer.serving.limits import ServeLimits
from summarizer.serving.problems import Problem
from summarizer.version import __version__

if TYPE_CHECKING:
    from jinja2 import Environment
    from starlette.responses import Response

_POLICY: Final = (
    "default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; img-src data:; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
#: A briefing is shown as a stranger to this server: its page may follow its own links and open those of articles.
_BRIEFING_POLICY: Final = (
    "default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; img-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'; require-trusted-types-for 'script'; trusted-types 'none'; "
    "sandbox allow-scripts allow-popups allow-popups-to-escape-sandbox"
)
#: What the stages of the work are called; the share of the whole that is done when one begins.
STAGES: Final = {
    "wait": ("Waiting for its turn", 0.0),
    "read": ("Reading", 0.02),
    "fetch": ("Fetching", 0.04),
    "clean": ("Cleaning", 0.1),
    "segment": ("Splitting into sentences", 0.2),
    "embed": ("Comparing meanings", 0.25),
    "cluster": ("Gathering what says the same", 0.7),
    "select": ("Choosing", 0.8),
    "write": ("Comparing the sources", 0.85),
}
_MEDIA_TYPES: Final = {
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "json": "application/json",
}


def start_page(
    limits: ServeLimits,
    *,
    fetch: bool,
    filled: Filled | None = None,
    problem: Problem | None = None,
    status: int | None = None,
) -> Response:
    """Give the page with the form.

    :param filled: what it held when it was sent, if something was wrong with it.
    :param problem: what was wrong.
    :param status: of the answer; that of the problem when None.
    """
    megabytes = f"{limits.max_body_bytes / 1_000_000:.3g}"
    return _page("start", status or (problem.status if problem else 200), filled=filled or Filled(), problem=problem,
                 fetch=fetch, limits=limits, megabytes=megabytes)  # fmt: skip


def job_page(job: Job, limits: ServeLimits, *, fetch: bool) -> Response:
    """Give the page of a job: how far it is, what came of it, or why nothing did, above its form."""
    if job.problem is not None:
        return start_page(limits, fetch=fetch, filled=job.filled, problem=job.problem, status=200)
    if job.result is None:
        name, whole = progress_of(job)
        return _page("progress", 200, job=job, stage=name, whole=round(100 * whole), seconds=seconds_of(job))
    shown = "" if job.format == "html" else job.result.forms[job.format].decode()
    title = display(job.result.title)
    return _page("result", 200, job=job, title=title, shown=shown, minutes=round(limits.keep_seconds / 60))


def problem_page(problem: Problem) -> Response:
    """Give the page of a problem."""
    page = _page("problem", problem.status, problem=problem)
    page.headers.update(problem.headers)
    return page


def form_of(job: Job, name: str) -> Response:
    """Give a finished briefing in one form.

    :param name: ``html``, ``md`` or ``json``.
    :raises Problem: 404 if it is not done.
    """
    from starlette.responses import Response

    if job.problem is not None:
        raise job.problem
    if job.result is None or name not in job.result.forms:
        raise Problem(404, "not-found", "the briefing is not done yet: its page says how far it is")
    headers = {"Content-Disposition": f'attachment; filename="briefing.{name}"'}
    if name == "html":
        headers = {
            "Content-Disposition": 'inline; filename="briefing.html"',
            "Content-Security-Policy": _briefing_policy(),
            "X-Frame-Options": "SAMEORIGIN",
            "Cross-Origin-Opener-Policy": "unsafe-none",
        }
    return Response(job.result.forms[name], headers=headers, media_type=_MEDIA_TYPES[name])


def progress_of(job: Job) -> tuple[str, float]:
    """Give the stage of a job in words, and the share of the whole that is done."""
    name, begins = STAGES.get(job.stage, (job.stage.capitalize(), 0.5))
    later = [begin for _, begin in STAGES.values() if begin > begins]
    ends = min(later, default=1.0)
    return name, begins + (ends - begins) * min(max(job.share, 0.0), 1.0)


def seconds_of(job: Job) -> int:
    """Give the whole seconds since a job was asked for."""
    return int(time.monotonic() - job.began)


def _page(name: str, status: int, **values: Any) -> Response:  # noqa: ANN401
    from starlette.responses import HTMLResponse

    style, script = style_of("summarizer.serving", "app.css"), _part("app.js")
    text = (
        _environment()
        .get_template(f"{name}.html.j2")
        .render(style=style, script=script, generator=f"crossbrief {__version__}", **values)
    )
    return HTMLResponse(text, status, {"Content-Security-Policy": _policy(_POLICY, style, script)})


@cache
def _part(name: str, package: str = "summarizer.serving") -> str:
    return resources.files(package).joinpath(name).read_text(encoding="utf-8").strip()


@cache
def _briefing_policy() -> str:
    folder = "summarizer.briefing"
    return _policy(_BRIEFING_POLICY, style_of(folder, "page.css"), _part("page.js", folder))


@cache
def _policy(policy: str, style: str, script: str) -> str:
    return policy.format(style=digest_of(style), script=digest_of(script))


@cache
def _environment() -> Environment:
    from jinja2 import DictLoader, Environment, StrictUndefined

    names = [f"{name}.html.j2" for name in ("base", "start", "progress", "result", "problem")]
    loader = DictLoader({name: _part(name) for name in names})
    return Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, loader=loader)
