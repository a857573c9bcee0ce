"""The command ``summarizer``: its flags are the fields of :class:`summarizer.SummaryConfig`.

Data goes to stdout and commentary to stderr. Exit codes: 0 done, 1 failure, 2 wrong usage, 3 no usable input, 4 some
inputs failed under ``--strict``, 130 interrupted.
"""

from __future__ import annotations

from typing import Annotated

import typer

from summarizer.commands import brief, compare, events, mcp, score, serve
from summarizer.commands.console import USAGE, Brief, Events, Group, write_output
from summarizer.version import __version__

app = typer.Typer(
    name="summarizer",
    cls=Group,
    help="Briefings from many articles, in which every sentence shows who supports it.",
    # Plain help: panels cut long names of options at 80 columns, and cost the import of rich.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> None:
    """Run the command with the arguments of the process, and exit."""
    app(prog_name="summarizer")


@app.callback(invoke_without_command=True)
def _root(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version and exit.", is_eager=True)] = False,
) -> None:
    if version:
        write_output(f"summarizer {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
        raise typer.Exit(USAGE)


app.command("brief", help=brief.HELP, cls=Brief)(brief.brief)
app.command("compare", help=compare.HELP)(compare.compare)
app.command("events", help=events.HELP, cls=Events)(events.events)
app.command("mcp", help=mcp.HELP)(mcp.mcp)
app.command("score", help=score.HELP)(score.score)
app.command("serve", help=serve.HELP)(serve.serve)
