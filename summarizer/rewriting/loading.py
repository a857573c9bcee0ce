"""Tokenizer and model of a folder, by transformers: offline, without foreign code, in evaluation mode, in float32."""

from __future__ import annotations

import logging
from bisect import bisect_right
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, Literal

from summarizer.errors import ConfigError, MissingExtraError, ModelError
from summarizer.rewriting.model_folder import ModelFolder

#: Tokenizers say "no limit" with numbers around 1e30.
_NO_LIMIT: Final = 1_000_000
#: Names that configs have for the longest input, in tokens.
_LIMITS: Final = ("max_encoder_position_embeddings", "max_position_embeddings", "n_positions", "n_ctx")
#: What a model may say of its own generation: which tokens start, end and fill; lengths and sampling are ours.
_KEPT: Final = (
    "bos_token_id", "eos_token_id", "pad_token_id", "decoder_start_token_id", "forced_bos_token_id", "bad_words_ids",
    "suppress_tokens", "begin_suppress_tokens",
)  # fmt: skip

logger = logging.getLogger(__name__)


def choose_device(device: str) -> str:
    """Resolve ``"auto"``: the first GPU where there is one, else the processor.

    :raises ConfigError: if the device is unknown, or a GPU is asked for where there is none.
    :raises MissingExtraError: if the extra ``rewrite`` is not installed.
    """
    try:
        import torch
    except ImportError as error:
        raise MissingExtraError("a rewriter that runs a model", "rewrite") from error
    name, _, number = device.partition(":")
    if name not in {"auto", "cpu", "cuda"} or (number and not (name == "cuda" and number.isdecimal())):
        raise ConfigError(f"no device {device!r}; choose auto, cpu, cuda or cuda:0")
    if device == "auto":
        return "cuda" if torch.cuda.is_available() else "cpu"
    if name == "cuda" and (not torch.cuda.is_available() or int(number or 0) >= torch.cuda.device_count()):
        raise ConfigError(f"torch finds no device {device!r}; choose auto or cpu")
    return device


def load(folder: ModelFolder, kind: Literal["Seq2SeqLM", "CausalLM"], device: str) -> tuple[Any, Any]:
    """Load a tokenizer and a model.

    :param kind: which ``AutoModelFor`` reads it.
    :param device: ``"cpu"``, ``"cuda"`` or ``"cuda:0"``.
    :return: tokenizer, model.
    :raises MissingExtraError: if the extra ``rewrite`` is not installed.
    :raises ModelError: if transformers cannot read the folder, or weights are missing or of another shape.
    """
    try:
        import torch
        import transformers as untyped
    except ImportError as error:
        raise MissingExtraError(f"the model {folder.label}", "rewrite") from error
    transformers: Any = untyped
    options = {"local_files_only": True, "trust_remote_code": False}
    try:
        with quiet():
            tokenizer = transformers.AutoTokenizer.from_pretrained(folder.path, **options)
            model, found = getattr(transformers, f"AutoModelFor{kind}").from_pretrained(
                folder.path,
                use_safetensors=True,
                dtype=torch.float32,
                attn_implementation="eager",
                output_loading_info=True,
                **options,
            )
    except Exception as error:  # transformers lets through what its parts raise, from KeyError to SafetensorError
        reason = " ".join(str(error).split())[:300]
        raise ModelError(f"{folder.path}: transformers cannot load it ({type(error).__name__}: {reason})") from error
    # Weights that a file lacks are made up at random, with no more than a line in the log.
    lacking = sorted(map(str, found["missing_keys"])) + sorted(str(entry) for entry in found["mismatched_keys"])
    if lacking:
        raise ModelError(
            f"{folder.path}: the weights lack or do not fit {len(lacking)} parts of the model that config.json "
            f"describes, such as {lacking[0]}; fetch or save the model again"
        )
    _keep_ids(model, transformers.GenerationConfig())
    logger.debug("loaded %s on %s", folder.path, device)
    return tokenizer, model.eval().to(device)


def input_limit(tokenizer: Any, model: Any) -> int:  # noqa: ANN401
    """Give the longest input in tokens, by the config and the tokenizer; a million where neither sets one."""
    limits = [getattr(model.config, name, None) for name in _LIMITS] + [getattr(tokenizer, "model_max_length", None)]
    return min([limit for limit in limits if isinstance(limit, int) and limit > 0], default=_NO_LIMIT)


def end_tokens(model: Any) -> frozenset[int]:  # noqa: ANN401
    """Give the tokens with which the model ends an output; none where its config names none."""
    ends = model.generation_config.eos_token_id
    return frozenset([ends] if isinstance(ends, int) else ends or ())


def fit(sentences: list[str], length: Callable[[list[str]], int], limit: int) -> list[str]:
    """Give the longest run of first sentences whose input fits.

    :param length: gives the length in tokens of an input made of sentences; a longer run has no shorter input.
    :return: none if not even the first fits.

    O(log n) calls of length.
    """
    if length(sentences) <= limit:
        return sentences
    return sentences[: bisect_right(range(1, len(sentences)), limit, key=lambda end: length(sentences[:end]))]


def _keep_ids(model: Any, ours: Any) -> None:  # noqa: ANN401
    """Drop what the model says of lengths, beams and sampling: ``generate`` fills whatever we leave open with it."""
    for name in _KEPT:
        value = getattr(model.generation_config, name, None)
        setattr(ours, name, getattr(model.config, name, None) if value is None else value)
    model.generation_config = ours


@contextmanager
def one_thread() -> Iterator[None]:
    """Compute on one thread: what other numbers of threads sum up differs in the last bits."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


@contextmanager
def quiet() -> Iterator[None]:
    """Keep progress bars and advice of transformers off the terminal of the user."""
    from transformers.utils import logging as untyped

    theirs: Any = untyped
    bars, level = theirs.is_progress_bar_enabled(), theirs.get_verbosity()
    theirs.disable_progress_bar()
    theirs.set_verbosity_error()
    try:
        yield
    finally:
        theirs.set_verbosity(level)
        if bars:
            theirs.enable_progress_bar()
