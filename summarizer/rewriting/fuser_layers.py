"""Layers of the fuser: those of BERT, with room for what was written before and for the sources.

Importing this module imports torch and transformers: import it inside functions only.
"""

# mypy: disable-error-code="no-untyped-call, no-any-return"

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import PretrainedConfig

#: Added to a score that must not count.
LOWEST = -1e4


class FuserConfig(PretrainedConfig):
    """Sizes of the network, and the word pieces that it may write without a source.

    :param written: ids of the short list, in the order of the rows of the output layer; the end, [SEP], is the first.
    """

    model_type = "crossbrief-fuser"

    def __init__(
        self,
        vocab_size: int = 30522,
        hidden_size: int = 384,
        num_attention_heads: int = 12,
        intermediate_size: int = 1536,
        encoder_layers: int = 6,
        decoder_layers: int = 3,
        max_position_embeddings: int = 512,
        max_target_positions: int = 128,
        dropout: float = 0.1,
        layer_norm_eps: float = 1e-12,
        written: list[int] | None = None,
        bos_token_id: int = 101,
        eos_token_id: int = 102,
        pad_token_id: int = 0,
        **other: Any,  # noqa: ANN401 - whatever transformers writes into a config
    ) -> None:
        self.vocab_size = vocab_size
        self.hidden_size = hidden_size
        self.num_attention_heads = num_attention_heads
        self.intermediate_size = intermediate_size
        self.encoder_layers = encoder_layers
        self.decoder_layers = decoder_layers
        self.max_position_embeddings = max_position_embeddings
        self.max_target_positions = max_target_positions
        self.dropout = dropout
        self.layer_norm_eps = layer_norm_eps
        self.written = [eos_token_id] if written is None else written
        self.bos_token_id = bos_token_id
        self.eos_token_id = eos_token_id
        self.pad_token_id = pad_token_id
        other.setdefault("is_encoder_decoder", True)
        super().__init__(**other)


def drop(states: Tensor, share: float, training: bool) -> Tensor:
    """Drop features of a whole text, not of each of its positions: as good a regulariser, and no drawing of millions.

    Drawing for each position took a sixth of the time of a step. Gal and Ghahramani (2016), arXiv:1512.05287
    """
    if not training or not share:
        return states
    kept = torch.rand(states.shape[0], 1, states.shape[2], device=states.device) >= share
    return states * (kept.to(states.dtype) / (1 - share))


class Attention(nn.Module):
    """Multi-head attention as BERT has it, with the sum and the layer norm behind it."""

    def __init__(self, config: FuserConfig) -> None:
        super().__init__()
        width = config.hidden_size
        self.heads = config.num_attention_heads
        self.scale = (width // self.heads) ** -0.5
        self.query = nn.Linear(width, width)
        self.key = nn.Linear(width, width)
        self.value = nn.Linear(width, width)
        self.output = nn.Linear(width, width)
        self.norm = nn.LayerNorm(width, eps=config.layer_norm_eps)
        self.dropout = config.dropout

    def split(self, states: Tensor) -> Tensor:
        """Turn (b, n, width) into (b, heads, n, width / heads)."""
        return states.unflatten(-1, (self.heads, -1)).transpose(1, 2)

    def keys_values(self, states: Tensor) -> tuple[Tensor, Tensor]:
        """Give what :meth:`forward` attends to, for keeping."""
        return self.split(self.key(states)), self.split(self.value(states))

    def forward(self, states: Tensor, keys: Tensor, values: Tensor, mask: Tensor | None) -> Tensor:
        """Attend.

        :param states: shape (b, n, width).
        :param keys: shape (b, heads, m, width / heads), as ``values``.
        :param mask: 0 where attention may go, very low elsewhere, shape (b, 1, 1 or n, m).
        """
        query = self.split(self.query(states)) * self.scale
        scores = query @ keys.transpose(-1, -2)
        if mask is not None:
            scores = scores + mask.to(scores.dtype)
        # torch's fused attention takes four times as long on a processor: 288 against 68 ms there and back in bfloat16.
        with torch.autocast("cpu", enabled=False):
            shares = scores.softmax(-1)
        mixed = self.output((shares @ values).transpose(1, 2).flatten(2))
        return self.norm(states + drop(mixed, self.dropout, self.training))


class FeedForward(nn.Module):
    """The two dense layers of BERT, with the sum and the layer norm behind them."""

    def __init__(self, config: FuserConfig) -> None:
        super().__init__()
        self.inner = nn.Linear(config.hidden_size, config.intermediate_size)
        self.output = nn.Linear(config.intermediate_size, config.hidden_size)
        self.norm = nn.LayerNorm(config.hidden_size, eps=config.layer_norm_eps)
        self.dropout = config.dropout

    def forward(self, states: Tensor) -> Tensor:
        """Transform each position; shape (b, n, width) both ways."""
        inner = functional.gelu(self.inner(states))
        return self.norm(states + drop(self.output(inner), self.dropout, self.training))


class EncoderLayer(nn.Module):
    """A layer of BERT."""

    def __init__(self, config: FuserConfig) -> None:
        super().__init__()
        self.attention = Attention(config)
        self.feed_forward = FeedForward(config)

    def forward(self, states: Tensor, mask: Tensor | None) -> Tensor:
        """Read the sources; shape (b, n, width) both ways."""
        return self.feed_forward(self.attention(states, *self.attention.keys_values(states), mask))


class DecoderLayer(nn.Module):
    """A layer of BERT that also attends to the sources."""

    def __init__(self, config: FuserConfig) -> None:
        super().__init__()
        self.attention = Attention(config)
        self.cross = Attention(config)
        self.feed_forward = FeedForward(config)

    def forward(
        self, states: Tensor, past: tuple[Tensor, Tensor] | None, source: tuple[Tensor, Tensor], mask: Tensor | None
    ) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """Write on.

        :param states: shape (b, t, width); t = 1 with a past.
        :param past: keys and values of what was written before; None at training, when all is given at once.
        :param source: keys and values of the sources.
        :return: states, and the past with the new positions.
        """
        keys, values = self.attention.keys_values(states)
        if past is not None:
            keys, values = torch.cat([past[0], keys], 2), torch.cat([past[1], values], 2)
        steps = states.shape[1]
        later = None
        if past is None and steps > 1:
            later = torch.full((steps, steps), LOWEST, device=states.device).triu(1)
        states = self.attention(states, keys, values, later)
        states = self.cross(states, *source, mask)
        return self.feed_forward(states), (keys, values)
