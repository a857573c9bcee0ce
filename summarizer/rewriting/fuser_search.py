"""Beam search over what the fuser may write or copy.

One cluster at a time: its candidates then cannot depend on the others, not even in the last bit of a sum.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import torch
from torch import Tensor

from summarizer.rewriting.fuser_model import FuserForConditionalGeneration, Source, step_runs

if TYPE_CHECKING:
    from summarizer.rewriting.fuser_text import Encoded

#: Word pieces of a sentence, a word: news in English takes about 1.3; numbers and rare names take more.
_PIECES_PER_WORD: Final = 1.7
_NEVER: Final = -1e9


@dataclass(frozen=True, slots=True)
class Beam:
    """One finished output."""

    pieces: tuple[int, ...]
    """Without the end."""
    log_probability: float
    """Of all pieces and the end, in nats."""


@dataclass(frozen=True, slots=True)
class Search:
    """Settings.

    :param length_power: log probability is divided by the length to this power; 1 = mean of a piece.
    """

    beams: int = 4
    max_words: int = 45
    min_pieces: int = 5
    length_power: float = 1.0


class _Words:
    """The pieces that one cluster can give: the short list, then what only the sources hold."""

    def __init__(self, model: FuserForConditionalGeneration, pieces: Tensor, written: Tensor) -> None:
        rows = model.rows[pieces]
        new = torch.unique(pieces[rows < 0])
        self.ids = torch.cat([torch.tensor(model.config.written), new])
        self.index = torch.where(
            rows >= 0, rows, len(model.config.written) + torch.searchsorted(new, pieces.contiguous())
        )
        # Short-list pieces that need a source, and pieces that no sentence has.
        self.barred = torch.zeros(len(self.ids), dtype=torch.bool)
        self.barred[: len(written)] = ~written
        self.barred[self.index] = False
        for special in (model.config.bos_token_id, model.config.pad_token_id):
            self.barred |= self.ids == special
        self.places = {piece: place for place, piece in enumerate(self.ids.tolist())}

    def log_probabilities(self, writing: Tensor, pointing: Tensor) -> Tensor:
        """Add up both ways to a piece; shape (beams, rows) and (beams, n) to (beams, pieces)."""
        together = torch.zeros(len(writing), len(self.ids))
        together[:, : writing.shape[1]] = writing.exp()
        together.index_add_(1, self.index, pointing.exp())
        return together.clamp_min(1e-30).log().masked_fill(self.barred, _NEVER)


@torch.inference_mode()
def search(
    model: FuserForConditionalGeneration, encoded: Encoded, written: Tensor, begins: Sequence[bool], settings: Search
) -> list[Beam]:
    """Find the likeliest outputs.

    :param written: which rows of the short list may be written without a source, shape (rows,).
    :param begins: of each piece of the vocabulary: whether it begins a word, and is no mark.
    :return: at most twice as many as there are beams, likeliest first: what a ranking chooses from costs no time.
    """
    source = _read(model, encoded)
    words = _Words(model, source.pieces[0], written)
    end = model.config.eos_token_id
    limit = min(int(settings.max_words * _PIECES_PER_WORD) + 2, model.config.max_target_positions - 1)
    prefixes: list[tuple[int, ...]] = [()]
    scores = torch.zeros(1)
    last = torch.tensor([model.config.bos_token_id])
    run, most = step_runs(last, source.pieces, torch.zeros_like(source.pieces), torch.zeros_like(source.pieces))
    past = None
    finished: list[Beam] = []
    for step in range(limit):
        around = _repeat(source, len(prefixes))
        writing, pointing, _gate, past = model.decode(last[:, None], run[:, None], most[:, None], around, past)
        totals = words.log_probabilities(writing[:, 0], pointing[:, 0]) + scores[:, None]
        if step < settings.min_pieces:
            totals[:, words.ids == end] = _NEVER
        _bar_repeats(totals, prefixes, words)
        values, places = totals.flatten().topk(min(2 * settings.beams, totals.numel()))
        kept: list[tuple[int, int, float]] = []
        for value, place in zip(values.tolist(), places.tolist(), strict=True):
            parent, column = divmod(place, totals.shape[1])
            piece = int(words.ids[column])
            if value <= _NEVER / 2 or len(kept) == settings.beams:
                break
            if piece == end:
                finished.append(Beam(prefixes[parent], value))
            elif _n_words((*prefixes[parent], piece), begins) <= settings.max_words:
                kept.append((parent, piece, value))
        if not kept or _is_settled(finished, kept[0][2], step + 1, settings):
            break
        prefixes = [(*prefixes[parent], piece) for parent, piece, _ in kept]
        scores = torch.tensor([value for _, _, value in kept])
        last = torch.tensor([piece for _, piece, _ in kept])
        parents = torch.tensor([parent for parent, _, _ in kept])
        past = [(keys[parents], values_[parents]) for keys, values_ in past]
        run, most = step_runs(last, source.pieces.expand(len(kept), -1), run[parents], most[parents])
    return rank_beams(finished, settings)[: 2 * settings.beams]


def rank_beams(beams: Sequence[Beam], settings: Search) -> list[Beam]:
    """Order by log probability over length; ties by pieces, so that the order is always the same."""
    return sorted(beams, key=lambda beam: (-_worth(beam, settings), beam.pieces))


def _worth(beam: Beam, settings: Search) -> float:
    return float(beam.log_probability / (len(beam.pieces) + 1) ** settings.length_power)


def _is_settled(finished: Sequence[Beam], best: float, length: int, settings: Search) -> bool:
    if len(finished) < settings.beams:
        return False
    worst = sorted((_worth(beam, settings) for beam in finished), reverse=True)[settings.beams - 1]
    return bool(best / length**settings.length_power < worst)


def _n_words(pieces: Sequence[int], begins: Sequence[bool]) -> int:
    return sum(begins[piece] for piece in pieces)


def _read(model: FuserForConditionalGeneration, encoded: Encoded) -> Source:
    rows = (encoded.pieces, encoded.sentences, encoded.support, encoded.cases)
    return model.encode(*(torch.from_numpy(row)[None, :] for row in rows))


def _repeat(source: Source, n: int) -> Source:
    return Source(
        source.pieces.expand(n, -1),
        source.readable.expand(n, -1),
        source.states.expand(n, -1, -1),
        source.pointer_keys.expand(n, -1, -1),
        [(keys.expand(n, -1, -1, -1), values.expand(n, -1, -1, -1)) for keys, values in source.cross],
    )


def _bar_repeats(totals: Tensor, prefixes: Sequence[tuple[int, ...]], words: _Words) -> None:
    """Forbid a fourth piece that would say three pieces a second time."""
    for row, prefix in enumerate(prefixes):
        ending = prefix[-2:]
        for start in range(len(prefix) - 2):
            if prefix[start : start + 2] == ending:
                totals[row, words.places[prefix[start + 2]]] = _NEVER
