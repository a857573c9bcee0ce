"""``summarizer brief``: a briefing of articles about one event."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from summarizer.commands import rewriters
from summarizer.commands.console import DONE, SOME_FAILED, say, wants_color
from summarizer.commands.options import (
    Force,
    Format,
    NoColor,
    Output,
    Quiet,
    Sources,
    State,
    Strict,
    Width,
    takes_settings,
)
from summarizer.commands.running import check_state, default_format, is_on_screen, read_and, target_of, warn, write
from summarizer.config import SummaryConfig

if TYPE_CHECKING:
    from summarizer.datatypes import Summary

# \b keeps the lines of the paragraph that follows as they are.
HELP: Final = """Write a briefing of many articles about one event.

Every sentence stands in an article, word for word, and shows which articles say the same; with --rewrite it may be
fused from those that do, if it passes every check.

\b
Examples:
  summarizer brief articles/
  summarizer brief a.txt b.txt feed.jsonl -o today.md
  summarizer brief https://courier.example/talks.html --fetch-cache cache/
  summarizer brief articles/ --max-words 300 --query "rare earths"
  summarizer brief articles/ --rewrite
  summarizer brief articles/ --rewrite google/flan-t5-small --rewrite-words 30
  summarizer brief today/ --state story.json
  cat a.txt | summarizer brief - b.txt --format json | jq .statements

\b
Exit codes: 0 done, 1 failure, 2 wrong usage, 3 no usable input,
            4 some inputs failed under --strict
"""


@takes_settings
def brief(
    sources: Sources = None,
    format: Annotated[
        Format | None,
        typer.Option(help="Default: by the name of the output file, else terminal on a terminal, else md."),
    ] = None,
    output: Output = None,
    force: Force = False,
    strict: Strict = False,
    quiet: Quiet = False,
    no_color: NoColor = False,
    width: Width = None,
    state: State = None,
    rewrite_beams: rewriters.Beams = None,
    rewrite_words: rewriters.Words = None,
    rewrite_device: rewriters.Device = None,
    rewrite_batch: rewriters.Batch = None,
    rewrite_seed: rewriters.Seed = None,
    rewrite_prompt: rewriters.Prompt = None,
    rewrite_remote: rewriters.Remote = False,
    **settings: Any,  # noqa: ANN401  the fields of SummaryConfig, which checks them
) -> int:
    """Write a briefing; the flags are the help's."""
    from summarizer.pipeline import summarize_documents

    target = target_of(output, force=force)
    if state is not None and check_state(state, target, elsewhere=settings["since"] is not None):
        settings["since"] = settings["since"] or str(state)
    config = SummaryConfig(**settings)
    rewriter = rewriters.load_given(
        config,
        {
            "rewrite_beams": rewrite_beams,
            "rewrite_words": rewrite_words,
            "rewrite_device": rewrite_device,
            "rewrite_batch": rewrite_batch,
            "rewrite_seed": rewrite_seed,
            "rewrite_prompt": rewrite_prompt,
            "rewrite_remote": rewrite_remote,
        },
    )
    summarize = partial(summarize_documents, rewriter=rewriter) if rewriter is not None else summarize_documents
    chosen = format or default_format(output if target else None)
    summary, failures, complete = read_and(summarize, sources, config, quiet=quiet, no_color=no_color)
    if not quiet and not is_on_screen(chosen, target):
        warn(warning for warning in summary.warnings if warning not in failures)
    text = _render(summary, chosen, width=width, color=target is None and wants_color(no_color=no_color))
    said = f"({summary.budget.used} of {summary.budget.limit} {summary.budget.unit})"
    write(text, output if target else None, said, force=force, quiet=quiet)
    if chosen is Format.TEXT and not quiet:
        say("signature", summary.signature)
    if state is not None:  # last: what was not written was not told
        summary.save_state(state)
    return SOME_FAILED if strict and not complete else DONE


def _render(summary: Summary, chosen: Format, *, width: int | None, color: bool) -> str:
    from summarizer import briefing

    match chosen:
        case Format.MD:
            return briefing.to_markdown(summary)
        case Format.HTML:
            return briefing.to_html(summary)
        case Format.JSON:
            return briefing.to_json(summary)
        case Format.TEXT:
            return briefing.to_text(summary)
        case Format.TERMINAL:
            return briefing.to_terminal(summary, width=width, color=color)
