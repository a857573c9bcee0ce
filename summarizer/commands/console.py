"""How the command speaks: data on stdout, commentary on stderr, one exit code for each kind of end."""

from __future__ import annotations

import logging
import os
import re
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

import typer
from typer.core import TyperCommand, TyperGroup

from summarizer.briefing.escaping import display
from summarizer.config import PACKAGED_REWRITER
from summarizer.errors import ConfigError, NoInputError, OutputError, ReadingError, SummarizerError

DONE: Final = 0
FAILURE: Final = 1
USAGE: Final = 2
NO_INPUT: Final = 3
SOME_FAILED: Final = 4
INTERRUPTED: Final = 130

#: Shows tracebacks and the log when set to anything.
DEBUG_VARIABLE: Final = "SUMMARIZER_DEBUG"

# The class above "bad parameter" is "wrong usage", in the click that typer brings and in the one that it needed before.
_UsageError: Final[type[Exception]] = typer.BadParameter.__mro__[1]


def say(kind: str, message: object) -> None:
    """Write one line of commentary to stderr; names and texts in it cannot steer the terminal."""
    with suppress(OSError, ValueError):  # nobody listens: that must not stop the work
        typer.echo(f"{kind}: {display(str(message))}", err=True)


def write_output(text: str) -> None:
    """Write a result and a line end to stdout, in UTF-8 whatever the locale.

    A reader that closes the pipe early, as ``head`` does, has what it wants: that ends the command quietly.

    :raises OutputError: if stdout takes no more, for example because a disk is full.
    """
    try:
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()
    except BrokenPipeError:
        _abandon_stdout()
    except OSError as error:
        _abandon_stdout()
        raise OutputError(f"standard output: cannot be written: {error.strerror or error}") from error


def _abandon_stdout() -> None:
    """Point stdout at nothing, so that the interpreter does not fail again when it flushes at exit."""
    with suppress(OSError, ValueError):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
        os.close(null)


def wants_color(*, no_color: bool) -> bool:
    """Whether stdout is a terminal that wants colours; ``NO_COLOR`` (no-color.org) and dumb terminals do not."""
    return sys.stdout.isatty() and not no_color and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


@contextmanager
def progress_bar(*, quiet: bool, no_color: bool) -> Iterator[Callable[[str, float], None]]:
    """Show a bar on stderr while the block runs, if stderr is a terminal and quiet does not hold.

    :return: a function that is told the stage and the share of it that is done, in [0, 1].
    """
    if quiet or not sys.stderr.isatty():
        yield _silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

    console = Console(stderr=True, no_color=no_color or None, highlight=False, markup=False, emoji=False)
    columns = (SpinnerColumn(), TextColumn("{task.description:<8}", markup=False), BarColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("read", total=1.0)

        def tell(stage: str, share: float) -> None:
            bar.update(task, description=display(stage), completed=share)

        yield tell


def _silent(stage: str, share: float) -> None:
    """Take no notice."""


@contextmanager
def stage_bars(*, quiet: bool, no_color: bool) -> Iterator[Callable[[str, int, int, int], None]]:
    """Show a bar a stage on stderr while the block runs, with its rate; none unless stderr is a terminal.

    :return: a function that is told the stage, how many of its tasks are done, how many there are, and how many
        articles or events those held.
    """
    if quiet or not sys.stderr.isatty():
        yield _silent_stage
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

    console = Console(stderr=True, no_color=no_color or None, highlight=False, markup=False, emoji=False)
    columns = (
        TextColumn("{task.description:<10}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[rate]}", markup=False),
    )
    with Progress(*columns, console=console) as bar:
        rows: dict[str, TaskID] = {}

        def tell(stage: str, done: int, total: int, items: int) -> None:
            if stage not in rows:
                rows[stage] = bar.add_task(display(stage), total=total, rate="")
            seconds = bar.tasks[rows[stage]].elapsed or 0.0
            kind = "events" if stage == "briefs" else "articles"
            rate = f"{items / seconds:,.0f} {kind}/s" if items and seconds else ""
            bar.update(rows[stage], completed=done, total=total, rate=rate)

        yield tell


def _silent_stage(stage: str, done: int, total: int, items: int) -> None:
    """Take no notice."""


class Group(TyperGroup):
    """The command as a whole: whatever ends it becomes a line on stderr and an exit code, never a traceback."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,  # noqa: ANN401  typer's signature
    ) -> Any:  # noqa: ANN401
        """Run the command and leave with its exit code; return the code instead when not ``standalone_mode``."""
        _prepare_streams()
        run = super().main
        code = _exit_code(lambda: run(args, prog_name, complete_var, False, windows_expand_args, **extra))
        if standalone_mode:
            sys.exit(code)
        return code


_REWRITE: Final = "--rewrite"
_MODELS: Final = (PACKAGED_REWRITER, f"{PACKAGED_REWRITER}:gist", f"{PACKAGED_REWRITER}:union", "smollm2")
#: How models are named on the hub; a path with two slashes, or with the ending of a text, is none.
_HUB_ID: Final = re.compile(r"[A-Za-z0-9][\w.-]{0,95}/[A-Za-z0-9][\w.-]{0,95}(?:@[\w./-]{1,96})?", re.ASCII)
_SERVER: Final = re.compile(r"https?://[^#\s]+#\S+", re.IGNORECASE)
_CLUSTER: Final = re.compile(r"(?:ray://)?[\w.-]+:\d{1,5}", re.ASCII)
#: What a bare ``--ray`` means: Ray on this machine.
LOCAL_RAY: Final = "local"
_TEXT_ENDING: Final = re.compile(r"\.(?:txt|md|markdown|jsonl?|ndjson|html?|xml|gz)\Z", re.IGNORECASE)


class Brief(TyperCommand):
    """The command ``brief``, in which ``--rewrite`` may stand with a model or without."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401  the class depends on typer's version
        """Give a bare ``--rewrite`` its value, so that it never takes a source for the name of a model."""
        return super().parse_args(ctx, _settle(args, _REWRITE, is_model, PACKAGED_REWRITER))


class Events(TyperCommand):
    """The command ``events``, in which ``--ray`` may stand with an address or without."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401  the class depends on typer's version
        """Give a bare ``--ray`` its value, so that it never takes an archive for an address."""
        return super().parse_args(ctx, _settle(args, "--ray", is_cluster, LOCAL_RAY))


def _settle(args: Sequence[str], option: str, is_value: Callable[[str], bool], bare: str) -> list[str]:
    """Write an option with a value behind it, or without, as ``option=value``; what stands behind ``--`` stays."""
    settled: list[str] = []
    rest = list(args)
    while rest:
        argument = rest.pop(0)
        if argument == "--":
            return [*settled, argument, *rest]
        if argument == option:
            value = rest.pop(0) if rest and is_value(rest[0]) else bare
            argument = f"{option}={value}"
        settled.append(argument)
    return settled


def is_cluster(word: str) -> bool:
    """Say whether a word behind ``--ray`` is the address of a cluster rather than an archive."""
    with suppress(OSError, ValueError):
        if Path(word).exists():
            return False
    return word == "auto" or bool(_CLUSTER.fullmatch(word))


def is_model(word: str) -> bool:
    """Say whether a word behind ``--rewrite`` names a model rather than an article.

    A folder with ``config.json`` does, and, where no such file or folder exists, ``owner/name``, ``fuser`` with or
    without its aim, ``smollm2`` and an address with ``#MODEL`` behind it. Anything else can be named with
    ``--rewrite=MODEL``.
    """
    with suppress(OSError, ValueError):
        path = Path(word)
        if path.exists():
            return (path / "config.json").is_file()
    if word in _MODELS or _SERVER.fullmatch(word):
        return True
    return bool(_HUB_ID.fullmatch(word)) and not _TEXT_ENDING.search(word)


def _prepare_streams() -> None:
    for stream, settings in ((sys.stdout, {"encoding": "utf-8"}), (sys.stderr, {})):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace", **settings)
    if os.environ.get(DEBUG_VARIABLE):
        logging.basicConfig(level=logging.DEBUG)
    else:
        # Without a handler Python prints warnings of the log, unescaped; what users must know is in the summary.
        logger = logging.getLogger("summarizer")
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())


def _exit_code(run: Callable[[], object]) -> int:
    try:
        result = run()
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except _UsageError as error:
        return _report_usage(error)
    except SummarizerError as error:
        say("error", error)
        return _code_of(error)
    except Exception as error:
        if os.environ.get(DEBUG_VARIABLE):
            traceback.print_exc()
        hint = f"set {DEBUG_VARIABLE}=1 to see where; please report it"
        say("error", f"unexpected {type(error).__name__}: {error} ({hint})")
        return FAILURE
    return result if isinstance(result, int) else DONE


def _code_of(error: SummarizerError) -> int:
    if isinstance(error, ConfigError):
        return USAGE
    return NO_INPUT if isinstance(error, NoInputError | ReadingError) else FAILURE


def _report_usage(error: Any) -> int:  # noqa: ANN401  the class depends on the version of typer
    # Newer versions of typer put the class of an error before the value that is none of a list.
    say("error", error.format_message().replace(": Value error, ", ": ", 1))
    if getattr(error, "ctx", None) is not None:
        say("hint", f"see {error.ctx.command_path} --help")
    return USAGE
