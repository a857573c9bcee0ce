"""What the fuser starts from: the layers and the vocabulary of MiniLM."""

# mypy: disable-error-code="union-attr"

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from summarizer.rewriting.fuser_model import FuserForConditionalGeneration

_ATTENTION = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "output": "attention.output.dense",
    "norm": "attention.output.LayerNorm",
}
_FEED_FORWARD = {"inner": "intermediate.dense", "output": "output.dense", "norm": "output.LayerNorm"}


def warm_start(model: FuserForConditionalGeneration, weights: Path) -> None:
    """Copy MiniLM into the encoder, and every second of its layers, the last included, into the decoder.

    Cross-attention starts from self-attention of the same layer; pointer, gate and output layer start at random.

    :param weights: ``model.safetensors`` of a BERT of the same width.
    """
    import torch
    from safetensors.torch import load_file

    bert = load_file(weights)
    with torch.no_grad():
        model.words.weight.copy_(bert["embeddings.word_embeddings.weight"])
        places = bert["embeddings.position_embeddings.weight"]
        model.positions.weight.copy_(places[: len(model.positions.weight)])
        model.target_positions.weight.copy_(places[: len(model.target_positions.weight)])
        kind = bert["embeddings.token_type_embeddings.weight"][0]
        model.sentences.weight.add_(kind)
        model.target_positions.weight.add_(kind)
        for name in ("support", "cases"):
            getattr(model, name).weight.mul_(0.1)
        model.read.weight.mul_(0.1)
        model.output.weight.copy_(model.words.weight[model.config.written])
        model.transform.weight.copy_(torch.eye(model.config.hidden_size) + model.transform.weight)
        for norm in (model.source_norm, model.target_norm):
            _copy(norm, bert, "embeddings.LayerNorm")
        for number, layer in enumerate(model.encoder):
            _copy_layer(layer, bert, number)
        n_layers, n_copies = len(model.encoder), len(model.decoder)
        for number, layer in enumerate(model.decoder):
            _copy_layer(layer, bert, n_layers - 1 - 2 * (n_copies - 1 - number))
            layer.cross.load_state_dict(layer.attention.state_dict())


def _copy_layer(layer: Any, bert: Any, number: int) -> None:  # noqa: ANN401 - modules and tensors of torch
    for name, origin in _ATTENTION.items():
        _copy(getattr(layer.attention, name), bert, f"encoder.layer.{number}.{origin}")
    for name, origin in _FEED_FORWARD.items():
        _copy(getattr(layer.feed_forward, name), bert, f"encoder.layer.{number}.{origin}")


def _copy(module: Any, bert: Any, origin: str) -> None:  # noqa: ANN401 - modules and tensors of torch
    module.weight.copy_(bert[f"{origin}.weight"])
    module.bias.copy_(bert[f"{origin}.bias"])
