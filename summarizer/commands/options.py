"""The flags of the command: the fields of :class:`summarizer.SummaryConfig`, and those that several commands share."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import Field, fields
from enum import Enum
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Final, TypeVar, get_type_hints

import typer

from summarizer.config import EMBEDDERS, STRATEGIES, SummaryConfig

F = TypeVar("F", bound=Callable[..., Any])

_METAVARS: Final = {"rewrite": "[MODEL]"}
_CHOICES: Final = {"strategy": STRATEGIES, "embedder": EMBEDDERS}


class Format(str, Enum):  # noqa: UP042  StrEnum shows up in help in another form with older typer
    """How a briefing is written."""

    MD = "md"
    HTML = "html"
    JSON = "json"
    TEXT = "text"
    TERMINAL = "terminal"


class CompareFormat(str, Enum):  # noqa: UP042
    """How a comparison is written."""

    MD = "md"
    HTML = "html"
    JSON = "json"
    TERMINAL = "terminal"


class ScoreFormat(str, Enum):  # noqa: UP042
    """How scores are written."""

    TEXT = "text"
    JSON = "json"


Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write to a file, whole or not at all; - is stdout."),
]
Force = Annotated[bool, typer.Option("--force", help="Replace the output file if it exists.")]

Sources = Annotated[
    list[str] | None,
    typer.Argument(metavar="SOURCES", help="Files, folders, globs, addresses, JSON lines; - is standard input."),
]
Strict = Annotated[
    bool, typer.Option("--strict", help="Exit with 4 if any source, or article in it, could not be used.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No warnings, no progress; only errors.")]
NoColor = Annotated[bool, typer.Option("--no-color", help="No colours; NO_COLOR does the same.")]
State = Annotated[
    Path | None,
    typer.Option(
        "--state",
        metavar="FILE",
        help="Remember what was read: goes on from FILE if it is there, as --since does, and writes it again.",
    ),
]
Width = Annotated[int | None, typer.Option(min=20, metavar="N", help="Columns of the terminal format.")]

#: The settings that play a part where nothing is selected.
COMPARING: Final = (
    "embedder", "embedding_cache", "cluster_threshold", "copy_threshold", "keep_other_events", "fetch_cache",
    "allow_private", "language",
    "max_documents", "max_document_characters", "max_input_sentences", "max_sentence_characters",
    "max_html_bytes", "max_pdf_bytes", "max_pdf_pages", "max_feed_bytes", "max_feed_entries", "extraction_seconds",
    "max_redirects", "connect_seconds", "read_seconds", "fetch_seconds",
    "max_received_bytes", "max_unpacked_bytes", "max_ratio",
)  # fmt: skip

#: The settings that play a part where many events are briefed, none of which was asked for by itself.
EVENTS: Final = tuple(
    field.name
    for field in fields(SummaryConfig)
    if field.name not in {"query", "since", "fetch_cache", "allow_private", "max_documents"}
)

#: The settings of a server: its embedder, and what it takes in; each request brings its own budget and query.
SERVING: Final = (
    "embedder", "allow_private",
    "max_documents", "max_document_characters", "max_input_sentences", "max_sentence_characters",
    "max_html_bytes", "max_pdf_bytes", "max_pdf_pages", "max_feed_bytes", "max_feed_entries", "extraction_seconds",
    "max_redirects", "connect_seconds", "read_seconds", "fetch_seconds",
    "max_received_bytes", "max_unpacked_bytes", "max_ratio",
)  # fmt: skip


def takes_settings(function: F, *, only: Sequence[str] = (), defaults: Mapping[str, Any] = MappingProxyType({})) -> F:
    """Replace the parameter ``settings`` of a command by one option a field of :class:`SummaryConfig`.

    :param only: names of the fields; all if empty.
    :param defaults: what holds in place of the default of a field.
    """
    types = get_type_hints(SummaryConfig)
    own = get_type_hints(function, include_extras=True)
    parameters = [p.replace(annotation=own[p.name]) for p in inspect.signature(function).parameters.values()]
    options = [
        inspect.Parameter(
            field.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=defaults.get(field.name, field.default),
            annotation=Annotated[types[field.name], _option(field)],
        )
        for field in fields(SummaryConfig)
        if not only or field.name in only
    ]
    keyword_only = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in parameters[1:-1]]
    signature = inspect.Signature([parameters[0], *options, *keyword_only])
    function.__annotations__ = {p.name: p.annotation for p in signature.parameters.values()}
    function.__signature__ = signature  # type: ignore[attr-defined]
    return function


def _option(field: Field[Any]) -> Any:  # noqa: ANN401  typer calls its own return type Any
    choices = _CHOICES.get(field.name)
    low, high = field.metadata["low"], field.metadata["high"]
    metavar = "NAME" if choices else None if isinstance(field.default, bool) else "TEXT" if low is None else "N"
    flag = field.name.replace("_", "-")
    return typer.Option(
        f"--{flag}/--no-{flag}" if field.default is True else f"--{flag}",
        help=field.metadata["help"],
        metavar=_METAVARS.get(field.name, metavar),
        min=low,
        max=high,
        autocompletion=_completer(choices) if choices else None,
    )


def _completer(choices: Sequence[str]) -> Callable[[str], list[str]]:
    def complete(incomplete: str) -> list[str]:
        return [choice for choice in choices if choice.startswith(incomplete)]

    return complete
