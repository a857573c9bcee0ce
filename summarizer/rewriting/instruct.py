"""Instruction models (decoders with a chat template) as rewriters. Off by default: small ones invent.

Of ten clusters that SmolLM2-135M fused, two came out without an unsupported word. The gate decides about every
candidate, whoever wrote it.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Any, Final

from summarizer.errors import ModelError
from summarizer.rewriting.answers import first_sentence
from summarizer.rewriting.loading import choose_device, end_tokens, fit, input_limit, load, one_thread, quiet
from summarizer.rewriting.model_folder import ModelFolder
from summarizer.rewriting.prompts import load_prompt, neutralize
from summarizer.rewriting.seq2seq import TOKENS_A_WORD, check_counts
from summarizer.terms import count_words

DEFAULT_PROMPT: Final = "fuse_instruct"
#: Tokens for what stands around the sentence, such as "Sure! Here is the sentence:".
_TALK: Final = 30
#: Some templates write today's date, which would make tomorrow's briefing another one.
_NO_CLOCK: Final = "{%- macro strftime_now(format) -%}{%- endmacro -%}"

logger = logging.getLogger(__name__)


class InstructRewriter:
    """Fuse clusters with an instruction model, one a run; loaded when made, used from one thread at a time.

    :param folder: model, as :func:`summarizer.rewriting.model_folder.open_folder` gives it.
    :param beams: width of the search and number of candidates; 1 takes the likeliest token each time.
    :param max_words: longest candidate in words; longer and unfinished ones are not offered.
    :param device: ``"auto"``, ``"cpu"``, ``"cuda"`` or ``"cuda:0"``.
    :param seed: for models that draw random numbers even without sampling.
    :param prompt: name or path of another prompt.
    :raises ConfigError: if a setting is out of range or there is no such prompt or device.
    :raises MissingExtraError: if the extra ``rewrite`` is not installed.
    :raises ModelError: if the model cannot be loaded, or has no chat template.
    """

    def __init__(
        self,
        folder: ModelFolder,
        *,
        beams: int = 1,
        max_words: int = 45,
        device: str = "auto",
        seed: int = 0,
        prompt: str | Path | None = None,
    ) -> None:
        check_counts(beams=beams, max_words=max_words)
        self._prompt = load_prompt(prompt or DEFAULT_PROMPT)
        self._device = choose_device(device)
        self._tokenizer, self._model = load(folder, "CausalLM", self._device)
        if not self._tokenizer.chat_template:
            raise ModelError(
                f"{folder.path}: has no chat template, so it is no instruction model; take its -Instruct kind"
            )
        self._tokens = sorted(self._tokenizer.all_special_tokens, key=len, reverse=True)
        self._ends = end_tokens(self._model)
        padding = self._tokenizer.pad_token_id
        self._padding = min(self._ends, default=0) if padding is None else padding
        self._room = TOKENS_A_WORD * max_words + _TALK
        self._limit = input_limit(self._tokenizer, self._model) - self._room
        self._beams, self._max_words, self._seed = beams, max_words, seed
        self._lock = Lock()
        self._name = (
            f"{folder.label}@{folder.digest()}:beams{beams}:words{max_words}:seed{seed}:{self._prompt.signature}"
            f"{'' if self._device == 'cpu' else ':cuda'}"
        )
        #: Sentences left out so far because the input of the model was full.
        self.n_left_out = 0

    @property
    def name(self) -> str:
        """Model, digest of its files, beams, longest candidate, seed and prompt."""
        return self._name

    def rewrite(self, clusters: Sequence[Sequence[str]], /) -> list[list[str]]:
        """Rewrite each cluster as one sentence.

        :param clusters: n clusters; the sentences of each, its representative first. Sentences are left out from the
            end where the input has no room; a warning is logged, and :attr:`n_left_out` counts them.
        :return: n lists of at most ``beams`` different candidates, best first.
        """
        with self._lock:
            return [self._candidates(sentences) for sentences in clusters]

    def _candidates(self, sentences: Sequence[str]) -> list[str]:
        harmless = [text for sentence in sentences if (text := neutralize(sentence, self._tokens))]
        kept = fit(harmless, lambda some: len(self._encode(some)), self._limit)
        if len(kept) < len(harmless):
            self.n_left_out += len(harmless) - len(kept)
            logger.warning(
                "%s reads %d tokens: left out the last %d of %d sentences of a cluster",
                self._name, self._limit, len(harmless) - len(kept), len(harmless),
            )  # fmt: skip
        return self._generate(self._encode(kept)) if kept else []

    def _encode(self, sentences: list[str]) -> list[int]:
        """Give the tokens of the chat, as the model's template frames it."""
        chat = [{"role": "user", "content": self._prompt.fill(sentences, max_words=self._max_words)}]
        framed = self._tokenizer.apply_chat_template(
            chat,
            chat_template=_NO_CLOCK + self._tokenizer.get_chat_template(),
            tokenize=False,
            add_generation_prompt=True,
            enable_thinking=False,
            date_string="",
        )
        return list(self._tokenizer(framed, add_special_tokens=False, verbose=False)["input_ids"])

    def _generate(self, ids: list[int]) -> list[str]:
        import torch

        given: Any = torch.tensor([ids], device=self._device)
        gpus = [self._device] if self._device != "cpu" else []
        with quiet(), one_thread(), torch.random.fork_rng(devices=gpus), torch.inference_mode():
            torch.manual_seed(self._seed)
            written = self._model.generate(
                input_ids=given,
                attention_mask=torch.ones_like(given),
                do_sample=False,
                num_beams=self._beams,
                num_return_sequences=self._beams,
                early_stopping=self._beams > 1,
                max_new_tokens=self._room,
                pad_token_id=self._padding,
            ).tolist()
        answers = [
            self._tokenizer.decode(row[len(ids) :], skip_special_tokens=True)
            for row in written
            if self._ended(row[len(ids) :])
        ]
        texts = [
            text for answer in answers if (text := first_sentence(answer)) and count_words(text) <= self._max_words
        ]
        return list(dict.fromkeys(texts))

    def _ended(self, ids: list[int]) -> bool:
        """Whether the model came to an end; what was cut may look whole and be not."""
        return not self._ends or not self._ends.isdisjoint(ids)
