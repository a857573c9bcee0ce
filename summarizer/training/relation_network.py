"""The cross-encoder in torch, and how it is trained: MPNet, with a layer over the states at the two figures."""

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
from summarizer.graphs import import_onnxruntime
from summarizer.training.encoder_graph import Weights
from summarizer.training.precision import fast_products
from summarizer.training.relation_graph import COARSE_LEVELS, N_PIECES, place_of
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
#: What stands where a pair is shorter than the longest of its batch.
_PADDING: Final = 1


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long and how fast to learn.

    :param rate: of the transformer; the last layer, which starts at random, learns ten times as fast.
    :param warm_up: share of the steps over which the rate rises; then it falls in a line.
    :param smoothing: probability that is spread over all classes.
    :param rounded: whether it learns with weights rounded as a coarse graph holds them (Jacob et al. 2018): gradients
        pass the rounding as if it were not there.
    """

    epochs: int
    rate: float = 5e-5
    batch: int = 16
    warm_up: float = 0.1
    decay: float = 0.01
    clip: float = 1.0
    smoothing: float = 0.05
    seed: int = 0
    rounded: bool = False

    def factor(self, step: int, steps: int) -> float:
        """Give the share of the rate at a step."""
        return min((step + 1) / (self.warm_up * steps), max(0.0, (steps - step) / ((1 - self.warm_up) * steps)))


def make_network(folder: Path, layers: int | None = None, start: Weights | None = None) -> nn.Module:
    """Make the network.

    :param folder: of an MPNet as transformers keeps it: ``config.json`` and ``model.safetensors``.
    :param layers: how many of its layers are kept, from the first; all by default.
    :param start: weights of such a network trained before; else the transformer is that of the folder, and the last
        layer starts at random.
    """
    import torch
    from torch import nn
    from transformers import AutoModel

    class Network(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            # Attention written out is 1.2 times as fast on a processor as the fused one.
            self.transformer = AutoModel.from_pretrained(
                folder,
                local_files_only=True,
                use_safetensors=True,
                attn_implementation="eager",
                add_pooling_layer=False,
            )
            self.transformer.encoder.layer = self.transformer.encoder.layer[:layers]
            self.width = self.transformer.config.hidden_size
            self.dropout, self.classes = nn.Dropout(_DROPOUT), nn.Linear(_MARKS * self.width, len(CLASSES))

        def forward(self, words: Tensor, filled: Tensor, marks: Tensor) -> Tensor:
            states = self.transformer(input_ids=words, attention_mask=filled).last_hidden_state
            read = states.gather(1, marks[..., None].expand(-1, -1, self.width)).flatten(1)
            odds: Tensor = self.classes(self.dropout(read.float()))
            return odds

    network = Network()
    if start is not None:
        tensors = {name: torch.from_numpy(np.array(value)) for name, value in start.items()}
        classes = {name: value for name, value in tensors.items() if name.startswith("classes.")}
        network.transformer.load_state_dict({n: v for n, v in tensors.items() if n not in classes}, strict=False)
        network.classes.load_state_dict({name.partition(".")[2]: value for name, value in classes.items()})
    return network


def weights_of(network: Any) -> Weights:  # noqa: ANN401
    """Give the weights by the names that :func:`summarizer.training.relation_graph.build_pair_graph` reads."""
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
    unround = _round(network) if schedule.rounded else None
    for epoch in range(schedule.epochs):
        losses = []
        for batch in _batches(examples, schedule, epoch):
            for group in optimizer.param_groups:
                group["lr"] = group["rate"] * schedule.factor(step, steps)
            turned = random.Random(f"{schedule.seed} {epoch} {step}")  # noqa: S311 - an order, no secret
            pieces = [_in_an_order(tokenizer, one, turn=turned.random() < 0.5) for one in batch]
            with fast_products():
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
    if unround:
        unround()
    network.eval()


def _round(network: Any) -> Callable[[], None]:  # noqa: ANN401
    """Round matrices wherever they are used, each row to multiples of its own step, and keep what is learned whole.

    :return: what takes the rounding away again.
    """
    import torch
    from torch.nn.utils import parametrize

    def rounded(rows: Tensor) -> Tensor:
        steps = rows.detach().abs().amax(dim=-1, keepdim=True).clamp_min(1e-12) / COARSE_LEVELS
        return rows + ((rows / steps).round() * steps - rows).detach()

    class Rounding(torch.nn.Module):
        def forward(self, weight: Tensor) -> Tensor:
            return rounded(weight)

    matrices = [one for one in network.transformer.encoder.layer.modules() if isinstance(one, torch.nn.Linear)]
    for matrix in matrices:
        parametrize.register_parametrization(matrix, "weight", Rounding())
    table = network.transformer.embeddings.word_embeddings
    looked_up = table.register_forward_hook(lambda _, __, rows: rounded(rows))

    def unround() -> None:
        looked_up.remove()
        for matrix in matrices:
            parametrize.remove_parametrizations(matrix, "weight", leave_parametrized=False)

    return unround


def judge(graph: bytes, tokenizer: Tokenizer, examples: Sequence[Example]) -> NDArray[np.float64]:
    """Give the probabilities of the classes as the written graph reads them, shape (n, classes).

    :param graph: by :func:`summarizer.training.relation_graph.build_pair_graph`.
    """
    session = import_onnxruntime().InferenceSession(graph)
    found = np.zeros((len(examples), len(CLASSES)))
    for row, one in zip(found, examples, strict=True):
        pieces = take_apart(tokenizer, *in_order(one.one, one.other))
        (odds,) = session.run(["odds"], {"word_pieces": pieces.words, "marks": pieces.marks})
        row[:] = np.exp(odds - odds.max()) / np.exp(odds - odds.max()).sum()
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


def _stack(rows: Sequence[Pieces]) -> tuple[Tensor, Tensor, Tensor]:
    """Give words, by MPNet's numbers, which places are filled, and marks."""
    import torch

    longest = max(len(row.words) for row in rows)
    words = np.full((len(rows), longest), _PADDING, dtype=np.int64)
    filled = np.zeros((len(rows), longest), dtype=np.int64)
    for number, row in enumerate(rows):
        words[number, : len(row.words)] = _PLACES[row.words]
        filled[number, : len(row.words)] = 1
    marks = np.stack([row.marks for row in rows])
    return torch.from_numpy(words), torch.from_numpy(filled), torch.from_numpy(marks)


_PLACES: Final = np.array([place_of(piece) for piece in range(N_PIECES)], dtype=np.int64)
