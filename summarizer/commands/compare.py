"""``summarizer compare``: where articles agree and differ, without a summary."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any, Final

import typer

from summarizer.commands.console import DONE, SOME_FAILED, wants_color
from summarizer.commands.options import (
    COMPARING,
    CompareFormat,
    Force,
    Format,
    NoColor,
    Output,
    Quiet,
    Sources,
    Strict,
    Width,
    takes_settings,
)
from summarizer.commands.running import default_format, is_on_screen, read_and, target_of, warn, write
from summarizer.config import SummaryConfig

HELP: Final = """Say what articles about one event agree and differ on, without a summary.

Figures, statements and quotations of independent origins are put side by side, each with its words and their place;
who is right is not judged.

\b
Examples:
  summarizer compare articles/
  summarizer compare a.txt b.txt --format json | jq '.comparisons[] | select(.relation == "conflict")'

\b
Exit codes: 0 done, 1 failure, 2 wrong usage, 3 no usable input,
            4 some inputs failed under --strict
"""


@partial(takes_settings, only=COMPARING)
def compare(
    sources: Sources = None,
    format: Annotated[
        CompareFormat | None,
        typer.Option(help="Default: by the name of the output file, else terminal on a terminal, else md."),
    ] = None,
    output: Output = None,
    force: Force = False,
    strict: Strict = False,
    quiet: Quiet = False,
    no_color: NoColor = False,
    width: Width = None,
    **settings: Any,  # noqa: ANN401  fields of SummaryConfig, which checks them
) -> int:
    """Compare articles; the flags are the help's."""
    from summarizer.pipeline import compare_documents

    config = SummaryConfig(**settings)
    target = target_of(output, force=force)
    guessed = default_format(output if target else None)
    chosen = Format(format.value) if format else Format.MD if guessed is Format.TEXT else guessed
    report, failures, complete = read_and(compare_documents, sources, config, quiet=quiet, no_color=no_color)
    if not quiet and not is_on_screen(chosen, target):
        warn(warning for warning in report.warnings if warning not in failures)
    match chosen:
        case Format.HTML:
            text = report.to_html()
        case Format.JSON:
            text = report.to_json()
        case Format.TERMINAL:
            text = report.to_terminal(width=width, color=target is None and wants_color(no_color=no_color))
        case _:
            text = report.to_markdown()
    write(text, output if target else None, f"({len(report)} compared)", force=force, quiet=quiet)
    return SOME_FAILED if strict and not complete else DONE
