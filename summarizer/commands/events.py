"""``summarizer events``: the events of an archive, a briefing each."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from summarizer.commands.console import DONE, LOCAL_RAY, NO_INPUT, SOME_FAILED, say, stage_bars
from summarizer.commands.options import EVENTS, NoColor, Quiet, Strict, takes_settings
from summarizer.scale.settings import EMBEDDER, ScaleConfig

# \b keeps the lines of the paragraph that follows as they are.
HELP: Final = f"""Find the events of an archive of articles, and brief each.

The archive is JSON lines (.gz too), Parquet, web archives (WARC), or whatever else can be read, in files and folders.
Articles of one event are those that say much the same within the window; copies count once. In the output folder are
then events.jsonl and events.parquet/ with a briefing each, index.html with the largest events first, briefings/,
report.json, and failed/ if anything could not be used. work/ is what --resume needs.

Briefings are made with the embedder {EMBEDDER} unless --embedder says otherwise.

\b
Examples:
  summarizer events archive.jsonl.gz -o events/
  summarizer events crawl/*.warc.gz -o events/ --window 48h --min-origins 3
  summarizer events today.jsonl -o events/ --resume      adds a day; events go on
  summarizer events -o events/ --resume                  goes on after a run was cut off
  summarizer events archive/ -o /net/events --ray head:6379

\b
Exit codes: 0 done, 1 failure, 2 wrong usage, 3 no usable input,
            4 some articles or events failed under --strict
"""
_USUAL: Final = ScaleConfig()


def _hours(text: str) -> int:
    """Read a window such as ``36h`` or ``2d``."""
    number, unit = (text[:-1], text[-1:].lower()) if text[-1:].isalpha() else (text, "h")
    if not number.isascii() or not number.isdigit() or unit not in ("h", "d"):
        raise typer.BadParameter(f"{text!r} is not a length of time: write it as 36h or 2d")
    return int(number) * (24 if unit == "d" else 1)


@partial(takes_settings, only=EVENTS, defaults={"embedder": EMBEDDER})
def events(
    sources: Annotated[
        list[str] | None,
        typer.Argument(metavar="ARCHIVE", help="Files, folders, globs; with --resume only what is new, or nothing."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="DIR", help="The folder for the results, empty unless --resume."),
    ] = None,
    window: Annotated[
        str, typer.Option(metavar="TIME", help="Articles of one event are at most so far apart: 36h, 2d.")
    ] = f"{_USUAL.window_hours}h",
    min_origins: Annotated[
        int, typer.Option(min=1, metavar="N", help="Independent origins that an event needs for a briefing.")
    ] = _USUAL.min_origins,
    max_event_articles: Annotated[
        int, typer.Option(min=2, metavar="N", help="Articles of one event that are briefed; the others are counted.")
    ] = _USUAL.max_event_articles,
    pages: Annotated[
        int, typer.Option(min=0, metavar="N", help="Largest events that are in the index and get a page.")
    ] = _USUAL.pages,
    repeated_days: Annotated[
        int,
        typer.Option(
            min=0, metavar="N", help="Lines on so many days, in several events, are no article text; 0: keep."
        ),
    ] = _USUAL.repeated_days,
    article_seconds: Annotated[
        int, typer.Option(min=1, metavar="N", help="Longest time for one article, to read it and to describe it.")
    ] = _USUAL.article_seconds,
    brief_seconds: Annotated[
        int, typer.Option(min=1, metavar="N", help="Longest time for the briefing of one event.")
    ] = _USUAL.brief_seconds,
    articles_per_task: Annotated[
        int, typer.Option(min=1, metavar="N", help="Articles read by one task.")
    ] = _USUAL.articles_per_task,
    events_per_task: Annotated[
        int, typer.Option(min=1, metavar="N", help="Events briefed by one task.")
    ] = _USUAL.events_per_task,
    workers: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Processes on this machine.  [default: one a core]")
    ] = None,
    ray: Annotated[
        str | None,
        typer.Option(metavar="[ADDRESS]", help="Work on Ray: on this machine, or a cluster that sees the folder too."),
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with what is in the folder: the rest of a run, or more articles.")
    ] = False,
    strict: Strict = False,
    quiet: Quiet = False,
    no_color: NoColor = False,
    **settings: Any,  # noqa: ANN401  fields of SummaryConfig, which checks them
) -> int:
    """Brief the events of an archive; the flags are the help's."""
    from summarizer.scale import run

    if output is None:
        raise typer.BadParameter("name the folder for the results: -o DIR", param_hint="--output")
    if not sources and not resume:
        raise typer.BadParameter("name files or folders of articles", param_hint="ARCHIVE")
    with stage_bars(quiet=quiet, no_color=no_color) as progress:
        report = run(
            sources or [],
            output,
            workers=workers,
            ray=None if ray is None else True if ray == LOCAL_RAY else ray,
            resume=resume,
            progress=progress,
            window_hours=_hours(window),
            min_origins=min_origins,
            max_event_articles=max_event_articles,
            pages=pages,
            repeated_days=repeated_days,
            article_seconds=article_seconds,
            brief_seconds=brief_seconds,
            articles_per_task=articles_per_task,
            events_per_task=events_per_task,
            **settings,
        )
    if not report.articles:
        say("error", f"no usable article in what was given: see {output / 'failed'}")
        return NO_INPUT
    if not quiet:
        for warning in report.warnings:
            say("warning", warning)
        if report.over_limit:
            say("warning", f"{report.over_limit} articles of very large events were not briefed: --max-event-articles")
        if report.failed:
            say("warning", f"{report.failed} articles or events failed: see {output / 'failed'}")
        if report.repeated_in:
            lines = f"{report.repeated_lines} {'line' if report.repeated_lines == 1 else 'lines'}"
            told = f"{lines} that the archive repeats left out of {report.repeated_in} articles"
            say("note", f"{told}: see repeated in {output / 'report.json'}")
        say("wrote", f"{output} ({report.events} events of {report.articles} articles, {report.briefed} briefed now)")
    return SOME_FAILED if strict and report.failed else DONE
