"""``summarizer mcp``: tools for agents, over the Model Context Protocol."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from summarizer.commands.console import DONE
from summarizer.commands.options import COMPARING, takes_settings
from summarizer.config import SummaryConfig

HELP: Final = """Serve the tools summarize, compare and update to an agent, on standard input and output.

The tools only read, and read only the texts that they are sent, unless folders or addresses are switched on. The
flags are the settings of every call; a call may give budget, query and language.

\b
Examples:
  summarizer mcp
  summarizer mcp --root articles/ --root archive/
  summarizer mcp --fetch --fetch-cache cache/
"""


@partial(takes_settings, only=COMPARING)
def mcp(
    root: Annotated[
        list[Path] | None,
        typer.Option("--root", metavar="DIR", help="Also read files inside this folder; may be repeated."),
    ] = None,
    fetch: Annotated[bool, typer.Option("--fetch", help="Also fetch addresses that a call gives.")] = False,
    call_seconds: Annotated[int, typer.Option(min=1, metavar="N", help="Longest time of a call.")] = 120,
    **settings: Any,  # noqa: ANN401  fields of SummaryConfig, which checks them
) -> int:
    """Serve tools; the flags are the help's."""
    from summarizer.agents.access import Access
    from summarizer.agents.server import make_server, run_stdio

    run_stdio(make_server(Access.to(root or (), fetch=fetch), SummaryConfig(**settings), seconds=call_seconds))
    return DONE
