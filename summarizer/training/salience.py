"""Fit the salience weights on clusters of articles with human summaries.

Reads JSON lines, one cluster a line, and writes weights.json with its card. No date and no text is written: the same
command on the same data gives the same bytes, with the library versions that the card names. Use weights of your own
with ``summarize(..., salience_weights="DIR/weights.json")`` or ``--salience-weights DIR/weights.json``.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from contextlib import nullcontext
from importlib.resources import files as resources
from pathlib import Path
from typing import Any, Final

from summarizer.errors import ConfigError, InputError
from summarizer.learned import PACKAGED
from summarizer.training.boosting import need_catboost
from summarizer.training.card import make_card, to_markdown
from summarizer.training.clusters import SetChoice, read_set
from summarizer.training.examples import Part, make_examples, make_parts
from summarizer.training.files import as_json, put, refuse_existing
from summarizer.training.fitting import fit
from summarizer.training.validation import INDEX, cross_validate, fit_folds, make_folds, need_rouge

#: What the packaged weights are fitted on. Weights: full articles as they will be met count most; held out, 2.5 in
#: place of 1 gained 0.1 ROUGE-1 and 0.3 ROUGE-2 on them and moved the others by less than 0.2; 4 gained no more.
#: Budgets are those at which the sets are scored.
DEFAULT_SETS: Final = (
    SetChoice("multi_news_val", 2.5, 225),
    SetChoice("multi_news_lower_train", 0.5, 225, 1200),
    SetChoice("neus_train", 0.7, 65),
    SetChoice("background_val", 0.5, 155),
    SetChoice("background_train", 0.5, 155),
)

FILES: Final = ("weights.json", "card.md", "card.json")


def build(
    data: Path,
    sets: Sequence[SetChoice] = DEFAULT_SETS,
    *,
    name: str = PACKAGED,
    seed: int = 0,
    validate: bool = False,
    folds_out: Path | None = None,
) -> dict[str, bytes]:
    """Fit salience weights.

    :param data: folder of ``NAME.jsonl`` or ``NAME.jsonl.gz``; see :mod:`summarizer.training.clusters`.
    :param sets: which to learn from, and how.
    :param name: of the model, for the signature of summaries.
    :param seed: of the sample of concepts.
    :param validate: measure by cross-validation too.
    :param folds_out: folder for the weights of the folds; None keeps them for the measurement only.
    :return: content of :data:`FILES`, by file name.
    :raises InputError: if the data cannot be read.
    :raises ConfigError: if there is too little to learn from, or a set is named twice.
    :raises MissingExtraError: if catboost, or for validation rouge-score, is not installed.
    """
    need_catboost()
    if validate:
        need_rouge()
    if len({choice.name for choice in sets}) < len(sets):
        raise ConfigError("--sets names a set twice: give each once")
    if not data.is_dir():
        raise InputError(f"{data} is not a folder: give one with NAME.jsonl or NAME.jsonl.gz files of clusters")
    # All are read before the first is looked at: an error in the last one shows at once.
    read = [read_set(data, choice) for choice in sets]
    parts: list[Part] = []
    for one in read:
        _tell(f"{one.name}: {len(one.clusters)} clusters, budget {one.budget} words")
        examples = make_examples(one)
        if not examples:
            raise InputError(f"{one.name} holds no cluster of two usable sentences; leave it out of --sets")
        parts += make_parts(one.name, one.choice.weight, examples, by_event=one.has_events)
    _tell("fitting")
    fitted = fit(parts, name=name, seed=seed)
    weights = fitted.model.to_json().encode("utf-8")
    card: dict[str, Any] = make_card(name, weights, fitted, read, parts, seed=seed)
    if validate:
        folds = make_folds(read)
        _tell(f"fitting {len(folds)} folds")
        with tempfile.TemporaryDirectory() if folds_out is None else nullcontext(folds_out) as folder:
            fit_folds(folds, parts, Path(folder), name=name, seed=seed)
            _tell("summarizing and scoring what was held out")
            card["cross_validation"] = cross_validate(read, folds, Path(folder))
    return {"weights.json": weights, "card.md": to_markdown(card).encode("utf-8"), "card.json": as_json(card)}


def _tell(text: str) -> None:
    """Say on standard error what is going on; it takes minutes."""
    sys.stderr.write(f"{text} ...\n")
    sys.stderr.flush()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the subcommand."""
    parser.add_argument(
        "--data",
        type=Path,
        metavar="DIR",
        required=True,
        help="folder of NAME.jsonl or NAME.jsonl.gz files of clusters",
    )
    parser.add_argument(
        "--sets",
        nargs="+",
        metavar="NAME[:weight=W,words=N,first=N]",
        help="sets to learn from; weight: against the other sets (1); words: budget of summaries (mean length of the "
        "references); first: so many clusters (all). Default: " + " ".join(map(str, DEFAULT_SETS)),
    )
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="where to write (default: where the package reads them)"
    )
    parser.add_argument("--force", action="store_true", help="replace the files that are there")
    parser.add_argument("--cross-validate", action="store_true", help="measure on held-out clusters, too")
    parser.add_argument(
        "--folds-out", type=Path, metavar="DIR", help=f"keep the weights of the folds there, with {INDEX}"
    )
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="of the sample of concepts (default: 0)")


def run(arguments: argparse.Namespace) -> str:
    """Fit the weights, write them, and report."""
    if arguments.folds_out is not None and not arguments.cross_validate:
        raise ConfigError("--folds-out keeps the folds of --cross-validate: give both")
    if arguments.seed < 0:
        raise ConfigError(f"--seed must be at least 0, not {arguments.seed}")
    sets = [SetChoice.parse(text) for text in arguments.sets] if arguments.sets else DEFAULT_SETS
    out = arguments.out or Path(str(resources("summarizer.models") / PACKAGED))
    if not arguments.force:
        refuse_existing(out, FILES)
        if arguments.folds_out is not None:
            refuse_existing(arguments.folds_out, [INDEX], option="--folds-out")
    made = build(
        arguments.data,
        sets,
        name=out.resolve().name,
        seed=arguments.seed,
        validate=arguments.cross_validate,
        folds_out=arguments.folds_out,
    )
    # The card goes last: until it is there, its digest tells weights half replaced from whole ones.
    put({name: made[name] for name in FILES}, out)
    return f"{out}: weights.json of {len(made['weights.json']):,} bytes\n" + made["card.md"].decode("utf-8")
