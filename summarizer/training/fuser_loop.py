"""Training the fuser: batches of like length, a step, a checkpoint; unbroken or resumed, the same weights."""

# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

import logging
import os
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from summarizer.rewriting.fuser_text import Encoded, canonical, choose_sentences, encode, special_piece
from summarizer.training.fuser_pairs import Pair, vary
from summarizer.training.precision import fast_products

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from torch import Tensor

    from summarizer.rewriting.fuser_model import FuserForConditionalGeneration

_log = logging.getLogger(__name__)

#: Batches that are sorted by length together.
_POOL: Final = 40
#: Pieces of a target with its end; longer ones are left out.
MAX_TARGET_PIECES: Final = 110


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long and how fast to learn."""

    steps: int
    batch_pieces: int = 4096
    """Of the sources, padding included."""
    rate: float = 4e-4
    """Of what starts at random, and of the decoder."""
    encoder_rate: float = 1.2e-4
    warm_up: int = 150
    decay: float = 0.01
    clip: float = 1.0
    seed: int = 0

    def factor(self, step: int) -> float:
        """Give the share of the rate: rises over the warm-up, then falls in a line to a fiftieth."""
        return min((step + 1) / self.warm_up, max(0.02, (self.steps - step) / max(1, self.steps - self.warm_up)))


@dataclass(frozen=True, slots=True)
class Example:
    """A pair in word pieces."""

    source: Encoded
    target: tuple[int, ...]
    weight: float


def encode_pair(tokenizer: Tokenizer, pair: Pair) -> Example:
    """Cut a pair into word pieces; the end is put behind the target."""
    target = tokenizer.encode(canonical(pair.target), add_special_tokens=False).ids
    source = encode(tokenizer, choose_sentences(pair.inputs))
    return Example(source, (*target, special_piece(tokenizer, "[SEP]")), pair.weight)


def batches(pairs: Sequence[Pair], tokenizer: Tokenizer, schedule: Schedule, epoch: int) -> Iterator[list[Example]]:
    """Give one epoch: every pair once, varied; batches of like length, in random order."""
    random_ = random.Random(schedule.seed * 1000 + epoch)  # noqa: S311 - an order, no secret
    order = random_.sample(range(len(pairs)), len(pairs))
    size = max(1, schedule.batch_pieces // 100) * _POOL
    for start in range(0, len(order), size):
        varied = [vary(pairs[place], pairs, random_) for place in order[start : start + size]]
        examples = [encode_pair(tokenizer, pair) for pair in varied]
        examples = [one for one in examples if len(one.target) <= MAX_TARGET_PIECES]
        examples.sort(key=lambda one: (len(one.source.pieces), len(one.target)))
        made: list[list[Example]] = [[]]
        for example in examples:
            if made[-1] and (len(made[-1]) + 1) * len(example.source.pieces) > schedule.batch_pieces:
                made.append([])
            made[-1].append(example)
        random_.shuffle(made)
        yield from made


def collate(examples: Sequence[Example], pad: int = 0) -> dict[str, Tensor]:
    """Make the arguments of the model's ``forward``."""
    import torch

    def stack(rows: Sequence[Any], value: int) -> Tensor:
        filled = np.full((len(rows), max(len(row) for row in rows)), value, dtype=np.int64)
        for place, row in enumerate(rows):
            filled[place, : len(row)] = row
        return torch.from_numpy(filled)

    return {
        "input_ids": stack([one.source.pieces for one in examples], pad),
        "sentences": stack([one.source.sentences for one in examples], 0),
        "support": stack([one.source.support for one in examples], 0),
        "cases": stack([one.source.cases for one in examples], 0),
        "labels": stack([one.target for one in examples], pad),
        "weights": torch.tensor([one.weight for one in examples]),
    }


def make_optimizer(model: FuserForConditionalGeneration, schedule: Schedule) -> Any:  # noqa: ANN401 - of torch
    """Two rates, no decay of biases and norms; the words stay as they are, which saves a tenth of the time."""
    import torch

    model.words.weight.requires_grad_(False)
    groups: dict[tuple[float, float], list[Tensor]] = {}
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            read = name.startswith(("encoder.", "positions", "source_norm"))
            rate = schedule.encoder_rate if read else schedule.rate
            groups.setdefault((rate, schedule.decay if parameter.ndim > 1 else 0.0), []).append(parameter)
    return torch.optim.AdamW(
        [{"params": found, "lr": rate, "rate": rate, "weight_decay": decay} for (rate, decay), found in groups.items()],
        betas=(0.9, 0.98),
        fused=True,
    )


def train(
    model: FuserForConditionalGeneration,
    tokenizer: Tokenizer,
    pairs: Sequence[Pair],
    schedule: Schedule,
    *,
    checkpoint: Path | None = None,
    every: int = 200,
    resume: bool = False,
    report: Callable[[str], None] = _log.info,
    after: Callable[[int], None] = lambda _: None,
) -> None:
    """Train in place.

    :param checkpoint: file to write every so many steps, and to go on from with ``resume``.
    :param report: told how it goes, every 25 steps.
    :param after: called after each step with the number of steps done; may raise to end the run.
    """
    import torch

    optimizer = make_optimizer(model, schedule)
    done = _load(checkpoint, model, optimizer) if resume and checkpoint is not None else 0
    model.train()
    began, seen, losses = time.monotonic(), 0, []
    for step, batch in enumerate(_endless(pairs, tokenizer, schedule)):
        if step >= schedule.steps:
            break
        if step < done:
            continue
        # Dropout depends on the step alone, so that a resumed run draws what an unbroken one does.
        torch.manual_seed(schedule.seed * 1_000_003 + step)
        for group in optimizer.param_groups:
            group["lr"] = group["rate"] * schedule.factor(step)
        with fast_products():
            loss = model(**collate(batch))
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), schedule.clip)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        losses.append(float(loss.detach()))
        seen += len(batch)
        if (step + 1) % 25 == 0:
            rate = seen / (time.monotonic() - began)
            report(f"step {step + 1} loss {np.mean(losses[-100:]):.4f} pairs/s {rate:.1f}")
        if checkpoint is not None and ((step + 1) % every == 0 or step + 1 == schedule.steps):
            _save(checkpoint, model, optimizer, step + 1)
        after(step + 1)
    model.eval()


def _endless(pairs: Sequence[Pair], tokenizer: Tokenizer, schedule: Schedule) -> Iterator[list[Example]]:
    epoch = 0
    while True:
        yield from batches(pairs, tokenizer, schedule, epoch)
        epoch += 1


def _save(path: Path, model: FuserForConditionalGeneration, optimizer: Any, step: int) -> None:  # noqa: ANN401
    from safetensors.torch import save_file

    tensors = {f"model.{name}": value for name, value in model.state_dict().items() if name != "words.weight"}
    for number, kept in optimizer.state_dict()["state"].items():
        tensors |= {f"optimizer.{number}.{name}": value for name, value in kept.items()}
    part = path.with_suffix(".part")
    save_file({name: value.contiguous() for name, value in tensors.items()}, part, metadata={"step": str(step)})
    os.replace(part, path)


def _load(path: Path, model: FuserForConditionalGeneration, optimizer: Any) -> int:  # noqa: ANN401
    from safetensors import safe_open

    kept: dict[int, dict[str, Any]] = {}
    weights = {}
    with safe_open(path, framework="pt") as opened:
        step = int(opened.metadata()["step"])
        for name in opened.keys():
            if name.startswith("model."):
                weights[name.removeprefix("model.")] = opened.get_tensor(name)
            else:
                _, number, kind = name.split(".")
                kept.setdefault(int(number), {})[kind] = opened.get_tensor(name)
    model.load_state_dict(weights, strict=False)
    optimizer.load_state_dict({"state": kept, "param_groups": optimizer.state_dict()["param_groups"]})
    return step
