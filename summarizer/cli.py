"""The command ``summarizer``: its flags are the fields of :class:`summarizer.SummaryConfig`.

Data goes to stdout and commentary to stderr. Exit codes: 0 done, 1 failure, 2 wrong usage, 3 no usable input, 4 some
inputs failed under ``--strict``, 130 interrupted.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from summarizer.briefing.files import FORMAT_OF_SUFFIX, check_target, write_file
from summarizer.config import SummaryConfig
from summarizer.console import (
    DONE,
    SOME_FAILED,
    USAGE,
    Brief,
    Group,
    progress_bar,
    say,
    wants_color,
    write_output,
)
from summarizer.errors import NoInputError
from summarizer.options import (
    COMPARING,
    CompareFormat,
    Force,
    Format,
    NoColor,
    Output,
    Quiet,
    ScoreFormat,
    Sources,
    State,
    Strict,
    Width,
    takes_settings,
)
from summarizer.version import __version__

if TYPE_CHECKING:
    from summarizer.datatypes import Summary

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


# \b keeps the lines of the paragraph that follows as they are.
_BRIEF_HELP: Final = """Write a briefing of many articles about one event.

Every sentence stands in an article, word for word, and shows which articles say the same; with --rewrite it may be
fused from those that do, if it passes every check.

\b
Examples:
  summarizer brief articles/
  summarizer brief a.txt b.txt feed.jsonl -o today.md
  summarizer brief https://courier.example/talks.html --fetch-cache cache/
  summarizer brief articles/ --max-words 300 --query "rare earths"
  summarizer brief articles/ --rewrite
  summarizer brief today/ --state story.json
  cat a.txt | summarizer brief - b.txt --format json | jq .statements

\b
Exit codes: 0 done, 1 failure, 2 wrong usage, 3 no usable input,
            4 some inputs failed under --strict
"""


@app.command(help=_BRIEF_HELP, cls=Brief)
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
    **settings: Any,  # noqa: ANN401  the fields of SummaryConfig, which checks them
) -> int:
    """Write a briefing; the flags are the help's."""
    from summarizer.pipeline import summarize_documents

    if state is not None and state.exists() and settings["since"] is None:
        settings["since"] = str(state)
    config = SummaryConfig(**settings)
    target = None if output is None or str(output) == "-" else check_target(output, force=force)
    chosen = format or _default_format(output if target else None)
    summary, failures = _work(summarize_documents, sources, config, quiet=quiet, no_color=no_color)
    if not quiet and not _is_on_screen(chosen, target):
        _warn(warning for warning in summary.warnings if warning not in failures)
    text = _render(summary, chosen, width=width, color=target is None and wants_color(no_color=no_color))
    said = f"({summary.budget.used} of {summary.budget.limit} {summary.budget.unit})"
    _write(text, output if target else None, said, force=force, quiet=quiet)
    if chosen is Format.TEXT and not quiet:
        say("signature", summary.signature)
    if state is not None:  # last: what was not written was not told
        summary.save_state(state)
    return SOME_FAILED if strict and failures else DONE


def _is_on_screen(chosen: Format, target: Path | None) -> bool:
    """Whether the result shows its warnings where they would be said."""
    return chosen is Format.TERMINAL and target is None and sys.stdout.isatty()


def _write(text: str, output: Path | None, said: str, *, force: bool, quiet: bool) -> None:
    """Write a result to a file, whole or not at all, or to stdout."""
    if output is None:
        write_output(text)
        return
    write_file(output, f"{text}\n", force=force)
    if not quiet:
        say("wrote", f"{output} {said}")


def _default_format(output: Path | None) -> Format:
    if output is not None:
        return Format(FORMAT_OF_SUFFIX.get(output.suffix.lower(), "md"))
    return Format.TERMINAL if sys.stdout.isatty() else Format.MD


def _work(
    work: Callable[..., Any],
    sources: list[str] | None,
    config: SummaryConfig,
    *,
    quiet: bool,
    no_color: bool,
) -> tuple[Any, list[str]]:
    """Read, and summarize or compare; the second value is how the result warns of each source that was not used."""
    from summarizer.reading import read_sources

    if not sources:
        raise typer.BadParameter("name files, folders, addresses or JSON lines, or - for stdin", param_hint="SOURCES")
    with progress_bar(quiet=quiet, no_color=no_color) as progress:
        reading = read_sources(sources, config=config, progress=progress)
        for failure in reading.failures:
            say("error", failure)
        if not reading.documents:
            _warn(() if quiet else reading.warnings)
            raise NoInputError("no usable article in what was given; nothing was written")
        failures = [f"not used: {failure}" for failure in reading.failures]
        warnings = [*reading.warnings, *failures]
        return work(reading.documents, config, warnings=warnings, progress=progress), failures


def _warn(warnings: Iterable[str]) -> None:
    for warning in warnings:
        say("warning", warning)


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


_COMPARE_HELP: Final = """Say what articles about one event agree and differ on, without a summary.

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


@app.command(help=_COMPARE_HELP)
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
    target = None if output is None or str(output) == "-" else check_target(output, force=force)
    guessed = _default_format(output if target else None)
    chosen = Format(format.value) if format else Format.MD if guessed is Format.TEXT else guessed
    report, failures = _work(compare_documents, sources, config, quiet=quiet, no_color=no_color)
    if not quiet and not _is_on_screen(chosen, target):
        _warn(warning for warning in report.warnings if warning not in failures)
    match chosen:
        case Format.HTML:
            text = report.to_html()
        case Format.JSON:
            text = report.to_json()
        case Format.TERMINAL:
            text = report.to_terminal(width=width, color=target is None and wants_color(no_color=no_color))
        case _:
            text = report.to_markdown()
    _write(text, output if target else None, f"({len(report)} compared)", force=force, quiet=quiet)
    return SOME_FAILED if strict and failures else DONE


_SCORE_HELP: Final = """Score summaries against references with ROUGE.

SYSTEM and REFERENCES are folders (files of equal name belong together), JSON lines, or text files with one summary a
line. Every reference adds to every summary; scores are means over the references.

\b
Examples:
  summarizer score system/ reference/
  summarizer score system.jsonl gold_a.jsonl gold_b.jsonl --format json
  summarizer score summary.txt reference.txt --whole-files
"""


@app.command(help=_SCORE_HELP)
def score(
    system: Annotated[Path, typer.Argument(metavar="SYSTEM", help="The summaries to score.")],
    references: Annotated[list[Path], typer.Argument(metavar="REFERENCES", help="What they are compared with.")],
    format: Annotated[ScoreFormat | None, typer.Option(help="Default: json for FILE.json, else text.")] = None,
    output: Output = None,
    force: Force = False,
    metric: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME", help="rouge1 to rouge9, rougeL or rougeLsum; may be repeated.  [default: 1, 2, L, Lsum]"
        ),
    ] = None,
    stemmer: Annotated[bool, typer.Option(help="Compare words by their Porter stem.")] = True,
    split_sentences: Annotated[bool, typer.Option(help="Split texts on one line for rougeLsum.")] = True,
    whole_files: Annotated[bool, typer.Option("--whole-files", help="A text file is one summary.")] = False,
    n_resamples: Annotated[
        int, typer.Option(min=1, metavar="N", help="Bootstrap samples behind the intervals.")
    ] = 1000,
    seed: Annotated[int, typer.Option(min=0, metavar="N", help="Seed of the bootstrap.")] = 0,
    confidence: Annotated[float, typer.Option(metavar="N", help="Confidence of the intervals, in (0, 1).")] = 0.95,
) -> int:
    """Score summaries; the flags are the help's."""
    import json

    from summarizer.rouge import METRICS, score_files

    target = None if output is None or str(output) == "-" else check_target(output, force=force)
    report = score_files(
        system,
        references,
        whole_files=whole_files,
        metrics=tuple(metric) if metric else METRICS,
        stemmer=stemmer,
        split_sentences=split_sentences,
        n_resamples=n_resamples,
        seed=seed,
        confidence=confidence,
    )
    guessed = ScoreFormat.JSON if target and target.suffix.lower() == ".json" else ScoreFormat.TEXT
    as_json = (format or guessed) is ScoreFormat.JSON
    # ASCII only: the ids are file names, which may hold anything.
    text = json.dumps(report.to_dict(), indent=2, allow_nan=False) if as_json else report.to_table()
    if target is None or output is None:
        write_output(text)
    else:
        write_file(output, f"{text}\n", force=force)
    return DONE
