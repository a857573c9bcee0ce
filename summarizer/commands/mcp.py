"""``summarizer mcp``: tools for agents, over the Model Context Protocol."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from summarizer.commands.console import DONE, say
from summarizer.commands.logs import log_to_stderr
from summarizer.commands.options import COMPARING, takes_settings
from summarizer.config import SummaryConfig

HELP: Final = """Serve the tools summarize, compare and update to an agent, on standard input and output or over HTTP.

The tools only read, and read only the texts that they are sent, unless folders or addresses are switched on. The
flags are the settings of every call; a call may give budget, query and language.

\b
Examples:
  summarizer mcp
  summarizer mcp --root articles/ --root archive/
  summarizer mcp --fetch --fetch-cache cache/
  summarizer mcp --http 8766

\b
Exit codes: 0 ended, 1 failure, 2 wrong usage
"""


@partial(takes_settings, only=COMPARING)
def mcp(
    root: Annotated[
        list[Path] | None,
        typer.Option("--root", metavar="DIR", help="Also read files inside this folder; may be repeated."),
    ] = None,
    fetch: Annotated[bool, typer.Option("--fetch", help="Also fetch addresses that a call gives.")] = False,
    http: Annotated[
        str | None,
        typer.Option(
            "--http", metavar="[HOST:]PORT", help="Serve streamable HTTP there; this machine only if no host is given."
        ),
    ] = None,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="With --http: also answer under this name, as of a proxy; repeatable."),
    ] = None,
    max_concurrent: Annotated[
        int, typer.Option(min=1, metavar="N", help="With --http: requests at a time; one more is answered 429.")
    ] = 16,
    max_body_bytes: Annotated[
        int, typer.Option(min=1, metavar="N", help="With --http: of one request; more is 413.")
    ] = 20_000_000,
    call_seconds: Annotated[int, typer.Option(min=1, metavar="N", help="Longest time of a call.")] = 120,
    **settings: Any,  # noqa: ANN401  fields of SummaryConfig, which checks them
) -> int:
    """Serve tools; the flags are the help's."""
    from summarizer.agents.access import Access
    from summarizer.agents.server import make_server, run_stdio

    config = SummaryConfig(**settings)
    server = make_server(Access.to(root or (), fetch=fetch), config, seconds=call_seconds)
    if http is None:
        run_stdio(server)
        return DONE
    from summarizer.agents.http import PATH, Stopping, make_http_app, read_place
    from summarizer.serving import bind, run, warnings_of

    host, port = read_place(http)
    state = Stopping()
    app = make_http_app(
        server,
        host=host,
        allow_hosts=allow_host or (),
        max_body_bytes=max_body_bytes,
        max_concurrent=max_concurrent,
        state=state,
    )
    bound = bind(host, port)
    for warning in warnings_of(bound, fetch=fetch, files=bool(root), private=config.allow_private):
        say("warning", warning)

    def ready() -> None:
        say("serving", f"{bound.url.rstrip('/')}{PATH} (Ctrl-C stops)")

    with log_to_stderr():
        run(app, bound, max_concurrent=max_concurrent, ready=ready, stop=state.stop)
    return DONE
