"""The cross-encoder in torch, and how it is trained: MiniLM, with a layer over the states at the two figures."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from summarizer.comparison.cross_encoder import CLASSES, Pieces, in_order, take_apart
from summarizer.training.encoder import source_folder
from summarizer.training.encoder_graph import WIDTH, Weights
from summarizer.training.relation_pairs import Example

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from torch import Tensor, nn

_log = logging.getLogger(__name__)

#: Places whose states the last layer reads: where the input and the two figures begin.
_MARKS: Final = 3
#: Batches that are sorted by length together.
_POOL: Final = 8
_DROPOUT: Final = 0.1


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long and how fast to learn.

    :param rate: of the transformer; the last layer, which starts at random, learns ten times as fast.
    :param warm_up: share of the steps over which the rate rises; then it falls in a line.
    :param smoothing: probability that is spread over all classes.
    """

    epochs: int
    rate: float = 1e-4
    batch: int = 16
    warm_up: float = 0.1
    decay: float = 0.01
    clip: float = 1.0
    smoothing: float = 0.05
    seed: int = 0

    def factor(self, step: int, steps: int) -> float:
        """Give the share of the rate at a step."""
        return min((step + 1) / (self.warm_up * steps), max(0.0, (steps - step) / ((1 - self.warm_up) * steps)))


def make_network(start: Weights | None = None) -> nn.Module:
    """Make the network.

    :param start: weights of a transformer trained before; those of MiniLM by default. The last layer is new.
    """
    import torch
    from torch import nn
    from transformers import AutoModel

    class Network(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            folder = source_folder()
            # Attention written out is 1.2 times as fast on a processor as the fused one.
            self.transformer = AutoModel.from_pretrained(
                folder, local_files_only=True, use_safetensors=True, attn_implementation="eager"
            )
            self.dropout, self.classes = nn.Dropout(_DROPOUT), nn.Linear(_MARKS * WIDTH, len(CLASSES))

        def forward(self, words: Tensor, segments: Tensor, filled: Tensor, marks: Tensor) -> Tensor:
            given = {"input_ids": words, "token_type_ids": segments, "attention_mask": filled}
            states = self.transformer(**given).last_hidden_state
            read = states.gather(1, marks[..., None].expand(-1, -1, WIDTH)).flatten(1)
            odds: Tensor = self.classes(self.dropout(read.float()))
            return odds

    network = Network()
    if start is not None:
        tensors = {name: torch.from_numpy(np.array(value)) for name, value in start.items()}
        network.transformer.load_state_dict(
            {name: value for name, value in tensors.items() if not name.startswith("classes.")}, strict=False
        )
    return network


def weights_of(network: Any) -> Weights:  # noqa: ANN401
    """Give the weights by the names that :func:`summarizer.training.encoder_graph.build_pair_graph` reads."""
    tensors = {f"classes.{name}": value for name, value in network.classes.state_dict().items()}
    tensors |= network.transformer.state_dict()
    return {name: value.detach().float().numpy() for name, value in tensors.items() if value.is_floating_point()}


def train(
    network: nn.Module,
    tokenizer: Tokenizer,
    examples: Sequence[Example],
    schedule: Schedule,
    *,
    report: Callable[[str], None] = _log.info,
) -> None:
    """Train in place, each pair in a random one of its two orders.

    :param report: told the mean loss of each epoch.
    """
    import torch

    torch.manual_seed(schedule.seed)
    fast = [{"params": list(network.classes.parameters()), "rate": 10 * schedule.rate}]  # type: ignore[union-attr]
    slow = [{"params": list(network.transformer.parameters()), "rate": schedule.rate}]  # type: ignore[union-attr]
    optimizer = torch.optim.AdamW(fast + slow, lr=schedule.rate, weight_decay=schedule.decay, fused=True)
    judge = torch.nn.CrossEntropyLoss(label_smoothing=schedule.smoothing, reduction="none")
    steps, step = schedule.epochs * -(-len(examples) // schedule.batch), 0
    network.train()
    for epoch in range(schedule.epochs):
        losses = []
        for batch in _batches(examples, schedule, epoch):
            for group in optimizer.param_groups:
                group["lr"] = group["rate"] * schedule.factor(step, steps)
            turned = random.Random(f"{schedule.seed} {epoch} {step}")  # noqa: S311 - an order, no secret
            pieces = [_in_an_order(tokenizer, one, turn=turned.random() < 0.5) for one in batch]
            with torch.autocast("cpu", dtype=torch.bfloat16):
                odds = network(*_stack(pieces))
            labels = torch.tensor([one.label for one in batch])
            loss = (judge(odds.float(), labels) * torch.tensor([one.weight for one in batch])).mean()
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), schedule.clip)
            optimizer.step()
            losses.append(float(loss.detach()))
            step += 1
        report(f"epoch {epoch + 1} of {schedule.epochs}: loss {np.mean(losses):.3f}")
    network.eval()


def judge(network: nn.Module, tokenizer: Tokenizer, examples: Sequence[Example]) -> NDArray[np.float64]:
    """Give the probabilities of the classes, shape (n, classes), in the order in which pairs are read."""
    import torch

    found = np.zeros((len(examples), len(CLASSES)))
    with torch.inference_mode():
        for number, one in enumerate(examples):
            odds = network(*_stack([take_apart(tokenizer, *in_order(one.one, one.other))]))
            found[number] = torch.softmax(odds[0].float(), -1).numpy()
    return found


def save(weights: Weights, path: Path) -> None:
    """Keep the weights of a stage."""
    from safetensors.numpy import save_file

    path.parent.mkdir(parents=True, exist_ok=True)
    save_file({name: np.ascontiguousarray(value) for name, value in weights.items()}, path)


def _in_an_order(tokenizer: Tokenizer, one: Example, *, turn: bool) -> Pieces:
    return take_apart(tokenizer, one.other, one.one) if turn else take_apart(tokenizer, one.one, one.other)


def _batches(examples: Sequence[Example], schedule: Schedule, epoch: int) -> Iterator[list[Example]]:
    """Give one epoch: batches of like length, in random order."""
    order = random.Random(f"{schedule.seed} {epoch}")  # noqa: S311 - an order, no secret
    shuffled = order.sample(list(examples), len(examples))
    found = []
    for start in range(0, len(shuffled), schedule.batch * _POOL):
        pool = sorted(
            shuffled[start : start + schedule.batch * _POOL], key=lambda e: len(e.one.text) + len(e.other.text)
        )
        found += [pool[at : at + schedule.batch] for at in range(0, len(pool), schedule.batch)]
    order.shuffle(found)
    yield from found


def _stack(rows: Sequence[Pieces]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Give words, segments, which places are filled, and marks."""
    import torch

    longest = max(len(row.words) for row in rows)
    words, segments, filled = (np.zeros((len(rows), longest), dtype=np.int64) for _ in range(3))
    for number, row in enumerate(rows):
        words[number, : len(row.words)], segments[number, : len(row.words)] = row.words, row.segments
        filled[number, : len(row.words)] = 1
    marks = np.stack([row.marks for row in rows])
    return tuple(map(torch.from_numpy, (words, segments, filled, marks)))  # type: ignore[return-value]
