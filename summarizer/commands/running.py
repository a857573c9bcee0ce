"""What commands do around their work: read the sources, say what was not used, write the result."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import typer

from summarizer.briefing.files import FORMAT_OF_SUFFIX, check_target, write_file
from summarizer.commands.console import progress_bar, say, write_output
from summarizer.commands.options import Format
from summarizer.config import SummaryConfig
from summarizer.errors import ConfigError, NoInputError


def target_of(output: Path | None, *, force: bool) -> Path | None:
    """Give the file to write, checked before any work is done; None for stdout.

    :raises OutputError: if it cannot be written.
    """
    return None if output is None or str(output) == "-" else check_target(output, force=force)


def check_state(state: Path, target: Path | None, *, elsewhere: bool) -> bool:
    """Check, before any work is done, that a state can be written to a file and would replace nothing but a state.

    :param target: where the result goes.
    :param elsewhere: whether what was known comes from another file, so that nobody else reads this one.
    :return: whether there is a state.
    :raises ConfigError: if both would be one file.
    :raises OutputError: if it cannot be written.
    :raises ReadingError: if what is there is no state.
    """
    found = check_target(state, force=True)
    if found == target:
        raise ConfigError(f"--state and --output both name {state}: give two files")
    if elsewhere and found.exists():
        from summarizer.updates import read_state

        read_state(state)
    return found.exists()


def read_and(
    work: Callable[..., Any],
    sources: list[str] | None,
    config: SummaryConfig,
    *,
    quiet: bool,
    no_color: bool,
) -> tuple[Any, list[str], bool]:
    """Read, and summarize or compare.

    :return: the result; how it warns of each source that was not used; whether all articles given could be used.
    """
    from summarizer.reading import read_sources

    if not sources:
        raise typer.BadParameter("name files, folders, addresses or JSON lines, or - for stdin", param_hint="SOURCES")
    _check_caches(config)
    with progress_bar(quiet=quiet, no_color=no_color) as progress:
        reading = read_sources(sources, config=config, progress=progress)
        for failure in reading.failures:
            say("error", failure)
        if not reading.documents:
            warn(() if quiet else reading.warnings)
            raise NoInputError("no usable article in what was given; nothing was written")
        failures = [f"not used: {failure}" for failure in reading.failures]
        warnings = [*reading.warnings, *failures]
        complete = not failures and not reading.n_skipped
        return work(reading.documents, config, warnings=warnings, progress=progress), failures, complete


def _check_caches(config: SummaryConfig) -> None:
    """Refuse a file as the folder of a cache: the library would go on without the cache and only log it."""
    for name in ("embedding_cache", "fetch_cache"):
        given = getattr(config, name)
        # os.path answers False where Path.exists raises, as for a name that is too long.
        if given is not None and os.path.exists(given) and not os.path.isdir(given):
            raise ConfigError(f"--{name.replace('_', '-')} {given}: is a file; name a folder, which is made if needed")


def warn(warnings: Iterable[str]) -> None:
    """Say each warning on a line of stderr."""
    for warning in warnings:
        say("warning", warning)


def is_on_screen(chosen: Format, target: Path | None) -> bool:
    """Whether the result shows its warnings where they would be said."""
    return chosen is Format.TERMINAL and target is None and sys.stdout.isatty()


def default_format(output: Path | None) -> Format:
    """Give the format that fits the ending of the output file, or stdout."""
    if output is not None:
        return Format(FORMAT_OF_SUFFIX.get(output.suffix.lower(), "md"))
    return Format.TERMINAL if sys.stdout.isatty() else Format.MD


def write(text: str, output: Path | None, said: str, *, force: bool, quiet: bool) -> None:
    """Write a result to a file, whole or not at all, or to stdout."""
    if output is None:
        write_output(text)
        return
    write_file(output, f"{text}\n", force=force)
    if not quiet:
        say("wrote", f"{output} {said}")
