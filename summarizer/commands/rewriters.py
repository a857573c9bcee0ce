"""The flags that say how a rewriter works: what ``--rewrite`` alone leaves at its default."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from summarizer.errors import ConfigError

if TYPE_CHECKING:
    from summarizer.config import SummaryConfig
    from summarizer.protocols import Rewriter

Beams = Annotated[
    int | None,
    typer.Option(
        "--rewrite-beams",
        min=1,
        metavar="N",
        help="Width of the rewriter's search, and most drafts a statement. [default: 6 packaged, 4 others]",
    ),
]
Words = Annotated[
    int | None,
    typer.Option(
        "--rewrite-words",
        min=5,
        metavar="N",
        help="Longest draft, in words. [default: 60 packaged, 45 others]",
    ),
]
Device = Annotated[
    str | None,
    typer.Option(
        "--rewrite-device",
        metavar="NAME",
        help="Where a model runs: auto, cpu, cuda, cuda:0; the packaged one runs on the processor. [default: auto]",
    ),
]
Batch = Annotated[
    int | None,
    typer.Option(
        "--rewrite-batch",
        min=1,
        metavar="N",
        help="Clusters a run of an encoder-decoder; 1 for results that no other cluster moves. [default: 8]",
    ),
]
Seed = Annotated[
    int | None,
    typer.Option(
        "--rewrite-seed",
        min=0,
        metavar="N",
        help="For models and servers that draw random numbers. [default: 0]",
    ),
]
Prompt = Annotated[
    str | None,
    typer.Option(
        "--rewrite-prompt",
        metavar="NAME",
        help="A packaged prompt or a .txt file, instead of the one that the model expects.",
    ),
]
Remote = Annotated[
    bool,
    typer.Option(
        "--rewrite-remote",
        help="A server may be another computer: sentences leave this one. Its key is read from CROSSBRIEF_API_KEY.",
    ),
]

#: Parameter of :func:`summarizer.rewriting.load_rewriter`, by parameter of the command.
_SETTINGS: Final = {
    "rewrite_beams": "beams",
    "rewrite_words": "max_words",
    "rewrite_device": "device",
    "rewrite_batch": "batch_size",
    "rewrite_seed": "seed",
    "rewrite_prompt": "prompt",
    "rewrite_remote": "allow_remote",
}


def load_given(config: SummaryConfig, flags: dict[str, Any]) -> Rewriter | None:
    """Load the rewriter of the settings as the flags say.

    :param flags: those of this module, by parameter of the command.
    :return: None where no flag is given: then the pipeline loads what the settings name.
    :raises ConfigError: if a flag is given without ``--rewrite``.
    """
    given = {name: value for name, value in flags.items() if value is not None and value is not False}  # 0 is given
    if not given:
        return None
    if config.rewrite is None:
        raise ConfigError(f"--{next(iter(given)).replace('_', '-')} needs --rewrite: without it nothing is rewritten")
    from summarizer.rewriting import BRIEFING_AIM, load_rewriter

    return load_rewriter(config.rewrite, aim=BRIEFING_AIM, **{_SETTINGS[name]: value for name, value in given.items()})
