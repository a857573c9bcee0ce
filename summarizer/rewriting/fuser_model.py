"""The fuser's network: an encoder and a decoder of BERT layers, and a pointer that copies from the sources.

What comes next is a mixture of two: a word of a short list (function words, endings, frequent words; never a name or a
number) is written, or a word piece of the sources is copied. Pointer-generator after See, Liu and Manning (2017),
doi:10.18653/v1/P17-1099; the decoder also reads where in the sources it has just copied (selective read, Gu et al.
2016, doi:10.18653/v1/P16-1154), found by matching instead of by memory: the run of pieces written last, looked up in
the sources. So copying on costs the network nothing to learn.

Importing this module imports torch and transformers: import it inside functions only.
"""

# mypy: disable-error-code="no-untyped-call, no-any-return, union-attr, operator"

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import PreTrainedModel

from summarizer.rewriting.fuser_layers import LOWEST, DecoderLayer, EncoderLayer, FuserConfig, drop
from summarizer.rewriting.fuser_store import INT8_ROWS, read_weights
from summarizer.rewriting.fuser_text import MAX_SENTENCES, MAX_SUPPORT, N_CASES

#: Runs of copied pieces are told apart up to this length.
MAX_RUN = 4
#: How much a longer run counts when the decoder looks up where it has copied from.
_RUN_BASE = 4.0


@dataclass(slots=True)
class Source:
    """What the encoder made of the sources, for the decoder."""

    pieces: Tensor
    """Shape (b, n)."""
    readable: Tensor
    """Where there is a piece, shape (b, n)."""
    states: Tensor
    """Shape (b, n, width)."""
    pointer_keys: Tensor
    """Shape (b, n, width)."""
    cross: list[tuple[Tensor, Tensor]]
    """Keys and values of each layer of the decoder."""

    @property
    def mask(self) -> Tensor:
        """For attention."""
        return (~self.readable)[:, None, None, :] * LOWEST


class FuserForConditionalGeneration(PreTrainedModel):
    """The fuser.

    :meth:`forward` gives the loss; :meth:`encode` and :meth:`decode` are what a search needs.
    """

    config_class = FuserConfig
    base_model_prefix = "fuser"
    main_input_name = "input_ids"
    _no_split_modules = ["EncoderLayer", "DecoderLayer"]  # noqa: RUF012 - declared so by transformers

    def __init__(self, config: FuserConfig) -> None:
        super().__init__(config)
        width = config.hidden_size
        self.words = nn.Embedding(config.vocab_size, width)
        self.positions = nn.Embedding(config.max_position_embeddings, width)
        self.sentences = nn.Embedding(MAX_SENTENCES, width)
        self.support = nn.Embedding(MAX_SUPPORT + 1, width)
        self.cases = nn.Embedding(N_CASES, width)
        self.source_norm = nn.LayerNorm(width, eps=config.layer_norm_eps)
        self.encoder = nn.ModuleList([EncoderLayer(config) for _ in range(config.encoder_layers)])
        self.target_positions = nn.Embedding(config.max_target_positions, width)
        self.read = nn.Linear(width, width)
        self.target_norm = nn.LayerNorm(width, eps=config.layer_norm_eps)
        self.decoder = nn.ModuleList([DecoderLayer(config) for _ in range(config.decoder_layers)])
        self.pointer_query = nn.Linear(width, width)
        self.pointer_key = nn.Linear(width, width)
        # Weight of each length of run that copying a piece would continue, and of each length of run that it was
        # copied in before; both depend on the state of the decoder.
        self.run_weights = nn.Linear(width, 2 * (MAX_RUN + 1))
        self.gate = nn.Linear(width, 1)
        self.transform = nn.Linear(width, width)
        self.output = nn.Linear(width, len(config.written))
        self._rows: Tensor | None = None
        self.post_init()

    @property
    def rows(self) -> Tensor:
        """Row of each piece of the vocabulary in the short list, or -1; shape (vocabulary,)."""
        if self._rows is None:
            self._rows = torch.full((self.config.vocab_size,), -1, dtype=torch.long)
            self._rows[torch.tensor(self.config.written)] = torch.arange(len(self.config.written))
        return self._rows

    @classmethod
    def from_pretrained(cls, pretrained_model_name_or_path: Any, *arguments: Any, **settings: Any) -> Any:  # noqa: ANN401
        """Load a folder as transformers does, and one whose weights are int8 rows too."""
        config = settings.pop("config", None) or FuserConfig.from_pretrained(pretrained_model_name_or_path)
        if getattr(config, "stored", None) != INT8_ROWS:
            return super().from_pretrained(pretrained_model_name_or_path, *arguments, config=config, **settings)
        # In memory the weights are float32, and so are they in what save_pretrained() writes.
        config.stored = None
        with torch.device("meta"):
            model = cls(config)
        model.load_state_dict(read_weights(Path(pretrained_model_name_or_path) / "model.safetensors"), assign=True)
        return model.eval()

    def _init_weights(self, module: nn.Module) -> None:
        if isinstance(module, nn.Linear | nn.Embedding):
            nn.init.normal_(module.weight, std=0.02)
            if isinstance(module, nn.Linear):
                nn.init.zeros_(module.bias)
        elif isinstance(module, nn.LayerNorm):
            nn.init.ones_(module.weight)
            nn.init.zeros_(module.bias)

    def encode(self, pieces: Tensor, sentences: Tensor, support: Tensor, cases: Tensor) -> Source:
        """Read the sources; all arguments have shape (b, n), and pieces are padded with ``pad_token_id``."""
        readable = pieces != self.config.pad_token_id
        places = torch.arange(pieces.shape[1], device=pieces.device)
        states = self.words(pieces) + self.positions(places) + self.sentences(sentences)
        states = self.source_norm(states + self.support(support) + self.cases(cases))
        states = drop(states, self.config.dropout, self.training)
        mask = None if bool(readable.all()) else (~readable)[:, None, None, :] * LOWEST
        for layer in self.encoder:
            states = layer(states, mask)
        cross = [layer.cross.keys_values(states) for layer in self.decoder]
        return Source(pieces, readable, states, self.pointer_key(states), cross)

    def decode(
        self, written: Tensor, runs: Tensor, copied: Tensor, source: Source, past: list[Any] | None = None
    ) -> tuple[Tensor, Tensor, Tensor, list[Any]]:
        """Say what comes next after each position.

        :param written: pieces so far, shape (b, t); with a past, the last one only.
        :param runs: see :func:`match_runs`, shape (b, t, n).
        :param copied: longest run that each piece was copied in so far, shape (b, t, n).
        :return: log probability of the rows of the short list, shape (b, t, rows), and of copying from each place,
            shape (b, t, n), both with that of the gate in them; attention of the pointer; the past.
        """
        start = 0 if past is None else past[0][0].shape[2]
        places = torch.arange(start, start + written.shape[1], device=written.device)
        states = self.words(written) + self.target_positions(places) + self.read(self._look_up(runs, source))
        states = drop(self.target_norm(states), self.config.dropout, self.training)
        kept = []
        for number, layer in enumerate(self.decoder):
            states, both = layer(states, None if past is None else past[number], source.cross[number], source.mask)
            kept.append(both)
        gate = self.gate(states).float()
        writing = functional.log_softmax(self.output(functional.gelu(self.transform(states))).float(), -1)
        pointing = self._point(states, runs, copied, source)
        return writing + functional.logsigmoid(-gate), pointing + functional.logsigmoid(gate), gate, kept

    def _look_up(self, runs: Tensor, source: Source) -> Tensor:
        weights = torch.where(runs > 0, _RUN_BASE ** runs.float(), 0.0)
        weights = weights / weights.sum(-1, keepdim=True).clamp_min(1.0)
        return torch.bmm(weights.to(source.states.dtype), source.states)

    def _point(self, states: Tensor, runs: Tensor, copied: Tensor, source: Source) -> Tensor:
        queries = self.pointer_query(states)
        scores = torch.bmm(queries, source.pointer_keys.transpose(1, 2)).float() / self.config.hidden_size**0.5
        weights = self.run_weights(states).float()
        on, before = weights[..., : MAX_RUN + 1], weights[..., MAX_RUN + 1 :]
        # The run that copying place j would continue is the one that ends at place j - 1.
        continued = functional.pad(runs, (1, 0))[..., :-1]
        scores = scores + on.gather(-1, continued) + before.gather(-1, copied)
        special = (source.pieces == self.config.bos_token_id) | (source.pieces == self.config.eos_token_id)
        scores = scores.masked_fill((special | ~source.readable)[:, None, :], LOWEST)
        return functional.log_softmax(scores, -1)

    def forward(
        self,
        input_ids: Tensor,
        sentences: Tensor,
        support: Tensor,
        cases: Tensor,
        labels: Tensor,
        weights: Tensor | None = None,
        **_: Any,  # noqa: ANN401 - what transformers may pass
    ) -> Tensor:
        """Give the loss, -log of the mixture, in nats a word piece.

        :param labels: the target with its end, padded with ``pad_token_id``, shape (b, t). Pieces that can neither be
            written nor copied do not count.
        :param weights: of the pairs, shape (b,).
        """
        source = self.encode(input_ids, sentences, support, cases)
        before = functional.pad(labels, (1, 0), value=self.config.bos_token_id)[:, :-1]
        runs, copied = match_runs(before, input_ids)
        writing, pointing, _gate, _past = self.decode(before, runs, copied, source)
        rows = self.rows[labels]
        wrote = writing.gather(-1, rows.clamp_min(0)[..., None])[..., 0].masked_fill(rows < 0, LOWEST)
        same = labels[..., None] == input_ids[:, None, :]
        took = pointing.masked_fill(~same, LOWEST).logsumexp(-1)
        counts = (labels != self.config.pad_token_id) & ((rows >= 0) | same.any(-1))
        losses = -torch.logaddexp(wrote, took).masked_fill(~counts, 0.0)
        if weights is None:
            return losses.sum() / counts.sum()
        return (losses * weights[:, None]).sum() / (counts * weights[:, None]).sum()


def match_runs(written: Tensor, pieces: Tensor) -> tuple[Tensor, Tensor]:
    """Find what was written last in the sources.

    :param written: shape (b, t), starting with the beginning-of-sentence piece.
    :param pieces: of the sources, shape (b, n).
    :return: ``runs`` and ``copied``, both of shape (b, t, n), in [0, :data:`MAX_RUN`]: how many of the last pieces up
        to t are the pieces up to place j of the sources; and the most that ``runs`` was there up to t, or at later
        places of the same run.
    """
    batch, steps = written.shape
    run = torch.zeros_like(pieces)
    most = torch.zeros_like(pieces)
    runs = torch.empty((batch, steps, pieces.shape[1]), dtype=torch.long, device=pieces.device)
    copied = torch.empty_like(runs)
    for step in range(steps):
        run, most = step_runs(written[:, step], pieces, run, most)
        runs[:, step], copied[:, step] = run, most
    return runs, copied


def step_runs(last: Tensor, pieces: Tensor, run: Tensor, most: Tensor) -> tuple[Tensor, Tensor]:
    """Update :func:`match_runs` by one piece; ``last`` has shape (b,), the others (b, n)."""
    run = ((functional.pad(run, (1, 0))[:, :-1] + 1) * (pieces == last[:, None])).clamp_max(MAX_RUN)
    return run, torch.maximum(most, run)
