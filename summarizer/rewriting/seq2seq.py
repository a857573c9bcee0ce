"""Any encoder-decoder of Hugging Face as a rewriter: T5, BART, PEGASUS, LED and PRIMERA, and their kin.

Beam search without sampling, so the same input gives the same candidates. Batching moves the logits by up to 5e-6 of
their spread, and another number of threads by 3e-6 (T5 and BART, float32, torch 2.13): the order of sums in a matrix
product follows its shape. Padding moves nothing. A candidate changes only where two beams come that close;
``batch_size=1``, which computes on one thread, excludes even that, for about three times the time.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from threading import Lock
from typing import Any, Final

from summarizer.errors import ConfigError
from summarizer.rewriting.loading import choose_device, end_tokens, fit, input_limit, load, one_thread, quiet
from summarizer.rewriting.model_folder import ModelFolder
from summarizer.rewriting.prompts import SEPARATOR, choose_prompt, load_prompt, neutralize
from summarizer.terms import count_words

#: Tokens for a word of the answer: of 2,000 fused sentences none needs more than 2.3 pieces a word, the mean is 1.26.
TOKENS_A_WORD: Final = 2
#: Runs of tokens that may not come twice, which stops loops. Of 2,000 fused sentences by people 11 % repeat a run of
#: 3 word pieces (a name, "the United States"), 2 % one of 5.
NO_REPEAT: Final = 5
#: No news sentence is shorter; in tokens.
MIN_TOKENS: Final = 6
BATCH_SIZE: Final = 8

logger = logging.getLogger(__name__)


class Seq2SeqRewriter:
    """Fuse clusters with an encoder-decoder; loaded when made, used from one thread at a time.

    :param folder: model, as :func:`summarizer.rewriting.model_folder.open_folder` gives it.
    :param beams: width of the search and number of candidates, at least 1.
    :param max_words: longest candidate in words; longer and unfinished ones are not offered.
    :param device: ``"auto"``, ``"cpu"``, ``"cuda"`` or ``"cuda:0"``.
    :param seed: for models that draw random numbers even so (BigBird's attention).
    :param prompt: name or path of another prompt than the model's kind gets.
    :param batch_size: clusters a run, at least 1; 1 also means one thread.
    :raises ConfigError: if a setting is out of range or there is no such prompt or device.
    :raises MissingExtraError: if the extra ``rewrite`` is not installed.
    :raises ModelError: if the model cannot be loaded.
    """

    def __init__(
        self,
        folder: ModelFolder,
        *,
        beams: int = 4,
        max_words: int = 45,
        device: str = "auto",
        seed: int = 0,
        prompt: str | Path | None = None,
        batch_size: int = BATCH_SIZE,
    ) -> None:
        check_counts(beams=beams, max_words=max_words, batch_size=batch_size)
        asked = load_prompt(prompt) if prompt else None
        self._device = choose_device(device)
        self._tokenizer, self._model = load(folder, "Seq2SeqLM", self._device)
        vocabulary = self._tokenizer.get_vocab()
        self._separator: int | None = vocabulary.get(SEPARATOR)
        self._prompt = asked or load_prompt(choose_prompt(folder.config, separator=self._separator is not None))
        self._tokens = sorted(self._tokenizer.all_special_tokens, key=len, reverse=True)
        self._ends = end_tokens(self._model)
        padding = (self._tokenizer.pad_token_id, self._model.config.pad_token_id)
        self._padding = next((token for token in padding if token is not None), 0)  # the mask hides it
        self._limit = input_limit(self._tokenizer, self._model)
        self._beams, self._max_words, self._seed, self._batch_size = beams, max_words, seed, batch_size
        self._lock = Lock()
        self._name = ":".join(
            [
                f"{folder.label}@{folder.digest()}",
                f"beams{beams}",
                f"words{max_words}",
                f"seed{seed}",
                self._prompt.signature,
                *([] if self._device == "cpu" else ["cuda"]),
            ]
        )
        #: Sentences left out so far because the input of the model was full.
        self.n_left_out = 0

    @property
    def name(self) -> str:
        """Model, digest of its files, beams, longest candidate, seed and prompt."""
        return self._name

    def rewrite(self, clusters: Sequence[Sequence[str]], /) -> list[list[str]]:
        """Rewrite each cluster as one sentence.

        Runs hold clusters of like length, the longest first. Sentences that the input has no room for are left out
        from the end, as a whole; a warning is logged, and :attr:`n_left_out` counts them.

        :param clusters: n clusters; the sentences of each, its representative first.
        :return: n lists of at most ``beams`` different candidates, best first.
        """
        with self._lock:
            inputs = [self._encode(sentences) for sentences in clusters]
            order = sorted((row for row, ids in enumerate(inputs) if ids), key=lambda row: (-len(inputs[row]), row))
            candidates: list[list[str]] = [[] for _ in clusters]
            for start in range(0, len(order), self._batch_size):
                rows = order[start : start + self._batch_size]
                for row, found in zip(rows, self._generate([inputs[row] for row in rows]), strict=True):
                    candidates[row] = found
            return candidates

    def _encode(self, sentences: Sequence[str]) -> list[int]:
        """Give the tokens of a cluster's input; none if not even its representative fits."""
        harmless = [text for sentence in sentences if (text := neutralize(sentence, self._tokens))]

        def tokens(kept: list[str]) -> list[int]:
            text = self._prompt.fill(kept, max_words=self._max_words)
            return list(self._tokenizer(text, truncation=False, verbose=False)["input_ids"])

        kept = fit(harmless, lambda some: len(tokens(some)), self._limit)
        if len(kept) < len(harmless):
            self.n_left_out += len(harmless) - len(kept)
            logger.warning(
                "%s reads %d tokens: left out the last %d of %d sentences of a cluster",
                self._name, self._limit, len(harmless) - len(kept), len(harmless),
            )  # fmt: skip
        return tokens(kept) if kept else []

    def _generate(self, inputs: list[list[int]]) -> list[list[str]]:
        """Run the model on a batch; give the finished candidates of each input, best first."""
        import torch

        width, pad = max(map(len, inputs)), self._padding
        ids = torch.tensor([row + [pad] * (width - len(row)) for row in inputs], device=self._device)
        mask = torch.tensor([[1] * len(row) + [0] * (width - len(row)) for row in inputs], device=self._device)
        given: dict[str, Any] = {"input_ids": ids, "attention_mask": mask}
        if self._model.config.model_type == "led":
            looked_at = torch.zeros_like(ids)
            looked_at[:, 0] = 1
            if self._separator is not None:
                looked_at[ids == self._separator] = 1
            given["global_attention_mask"] = looked_at
        gpus = [self._device] if self._device != "cpu" else []
        still = one_thread() if self._batch_size == 1 else nullcontext()
        with quiet(), still, torch.random.fork_rng(devices=gpus), torch.inference_mode():
            torch.manual_seed(self._seed)
            written = self._model.generate(
                **given,
                do_sample=False,
                num_beams=self._beams,
                num_return_sequences=self._beams,
                early_stopping=self._beams > 1,
                min_new_tokens=MIN_TOKENS,
                max_new_tokens=TOKENS_A_WORD * self._max_words + MIN_TOKENS,
                no_repeat_ngram_size=NO_REPEAT,
            ).tolist()
        return [self._read(written[row * self._beams : (row + 1) * self._beams]) for row in range(len(inputs))]

    def _read(self, sequences: list[list[int]]) -> list[str]:
        """Decode sequences that the model has ended; drop what is empty, too long, or there already."""
        texts: list[str] = []
        for sequence in sequences:
            # The first token is the decoder's start, which BART writes as the end.
            if self._ends and self._ends.isdisjoint(sequence[1:]):
                continue
            decoded = self._tokenizer.decode(sequence, skip_special_tokens=True, clean_up_tokenization_spaces=False)
            text = _line(decoded)
            if text and count_words(text) <= self._max_words:
                texts.append(text)
        return list(dict.fromkeys(texts))


def _line(text: str) -> str:
    """Give a text as one line without control characters; ``<n>`` is a line end of PEGASUS."""
    shown = (character if character.isprintable() else " " for character in text.replace("<n>", " "))
    return " ".join("".join(shown).split())


def check_counts(**counts: int) -> None:
    """Refuse settings that are not whole numbers of at least 1.

    :raises ConfigError: naming the setting and the value.
    """
    for name, value in counts.items():
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise ConfigError(f"{name} must be a whole number of at least 1, not {value!r}")
