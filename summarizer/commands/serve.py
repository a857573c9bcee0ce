"""``summarizer serve``: the app in the browser, and its API, on this machine."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any, Final

import typer

from summarizer.commands.console import DONE, say
from summarizer.commands.logs import log_to_stderr
from summarizer.commands.options import SERVING, Quiet, takes_settings
from summarizer.config import SummaryConfig

HELP: Final = """Serve a page for making briefings, and a JSON API, on this machine.

Paste or upload articles at the address that is printed; programs send them to /api/summarize and /api/compare, which
/openapi.json describes. Only this machine can reach it, and nothing is fetched, unless you say so.

\b
Examples:
  summarizer serve
  summarizer serve --port 9000 --workers 4 --fetch
  curl http://127.0.0.1:8765/api/summarize -H 'Content-Type: application/json'
       -d '{"documents": [{"text": "..."}, {"text": "..."}], "max_words": 100}'

\b
Exit codes: 0 stopped (Ctrl-C or SIGTERM), 1 failure, 2 wrong usage
"""


@partial(takes_settings, only=SERVING)
def serve(
    host: Annotated[str, typer.Option(metavar="HOST", help="Where to listen.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65_535, metavar="N", help="0 is any free one.")] = 8765,
    allow_host: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Also answer under this name, as of a proxy; repeatable.")
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="Summaries made at once; by default one a processor, at most 4."),
    ] = None,
    fetch: Annotated[bool, typer.Option("--fetch", help="Fetch addresses that are listed on the page.")] = False,
    max_concurrent: Annotated[
        int, typer.Option(min=1, metavar="N", help="Summaries made or waiting; one more is answered 429.")
    ] = 64,
    max_body_bytes: Annotated[int, typer.Option(min=1, metavar="N", help="Of one request; more is 413.")] = 20_000_000,
    time_limit: Annotated[int, typer.Option(min=1, metavar="N", help="Seconds for one summary; more is 504.")] = 120,
    keep_minutes: Annotated[int, typer.Option(min=1, metavar="N", help="How long a finished briefing is kept.")] = 60,
    quiet: Quiet = False,
    **settings: Any,  # noqa: ANN401  fields of SummaryConfig, which checks them
) -> int:
    """Serve; the flags are the help's."""
    from summarizer.serving import bind, limits, make_app, run, warnings_of

    config = SummaryConfig(**settings)
    most = limits.ServeLimits(
        workers=workers or limits.default_workers(),
        max_concurrent=max_concurrent,
        max_body_bytes=max_body_bytes,
        max_held_bytes=10 * max_body_bytes,
        job_seconds=time_limit,
        keep_seconds=60 * keep_minutes,
    )
    app = make_app(config, most, host=host, allow_hosts=allow_host or (), fetch=fetch)
    bound = bind(host, port)
    for warning in warnings_of(bound, fetch=fetch, private=config.allow_private):
        say("warning", warning)

    def ready() -> None:
        if not quiet:
            say("serving", f"{bound.url} (Ctrl-C stops)")

    with log_to_stderr():
        run(app, bound, max_concurrent=max_concurrent, ready=ready, stop=app.state.server.pool.stop)
    return DONE
