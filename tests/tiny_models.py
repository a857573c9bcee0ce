"""Tiny models of the real classes, with real tokenizers: for what loads and runs them, not for what they write.

Each is made from its config class, with 2 + 2 layers, and saved as safetensors as any model is. BART, PEGASUS and LED
have a bias that ends sentences now and then; T5 is trained for a few steps to copy.
"""

from __future__ import annotations

import functools
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
SIZE = 48
PIECES = 400
#: Random weights as wide as these let what is written follow from what is read.
SPREAD = 0.2
#: What makes most of their beams end within a dozen tokens.
ENDING = 6.0
IDS = {"bos_token_id": 0, "pad_token_id": 1, "eos_token_id": 2, "decoder_start_token_id": 2}


@functools.cache
def lines() -> tuple[str, ...]:
    """Sentences of the seeds, roughly."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt")))
    return tuple(part.strip() for text in texts for part in re.split(r"(?<=[.!?])\s+|\n+", text) if len(part) > 30)


@functools.cache
def sentencepiece_model() -> bytes:
    """A Unigram model, with the ids that T5 and PEGASUS expect: padding, end, unknown."""
    import sentencepiece

    written = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(lines()), model_writer=written, vocab_size=PIECES, model_type="unigram",
        pad_id=0, eos_id=1, unk_id=2, bos_id=-1, minloglevel=2, num_threads=1,
    )  # fmt: skip
    return written.getvalue()


def byte_pairs(*special: str) -> Any:
    """A byte-level BPE tokenizer as BART and LED have it."""
    from tokenizers import ByteLevelBPETokenizer

    trained = ByteLevelBPETokenizer()
    tokens = ["<s>", "<pad>", "</s>", "<unk>", "<mask>", *special]
    trained.train_from_iterator(lines(), vocab_size=PIECES, special_tokens=tokens, show_progress=False)
    return trained


def save_bart(folder: Path) -> Path:
    from transformers import BartConfig, BartForConditionalGeneration

    size = _save_byte_pairs(folder, "bart", 128)
    config = BartConfig(
        vocab_size=size, d_model=SIZE, encoder_layers=2, decoder_layers=2, encoder_attention_heads=2,
        decoder_attention_heads=2, encoder_ffn_dim=64, decoder_ffn_dim=64, max_position_embeddings=128,
        forced_eos_token_id=2, init_std=SPREAD, **IDS,
    )  # fmt: skip
    return _save(BartForConditionalGeneration, config, folder)


def save_led(folder: Path, *, separator: bool = True) -> Path:
    """LED; with ``<doc-sep>`` in the vocabulary, it is PRIMERA's kind."""
    from transformers import LEDConfig, LEDForConditionalGeneration

    size = _save_byte_pairs(folder, "led", 256, *(["<doc-sep>"] if separator else []))
    config = LEDConfig(
        vocab_size=size, d_model=SIZE, encoder_layers=2, decoder_layers=2, encoder_attention_heads=2,
        decoder_attention_heads=2, encoder_ffn_dim=64, decoder_ffn_dim=64, max_encoder_position_embeddings=256,
        max_decoder_position_embeddings=128, attention_window=16,
        init_std=SPREAD, **IDS,
    )  # fmt: skip
    return _save(LEDForConditionalGeneration, config, folder)


def save_pegasus(folder: Path) -> Path:
    from transformers import PegasusConfig, PegasusForConditionalGeneration, PegasusTokenizer

    size = _save_sentencepiece(folder, PegasusTokenizer, 128)
    config = PegasusConfig(
        vocab_size=size, d_model=SIZE, encoder_layers=2, decoder_layers=2, encoder_attention_heads=2,
        decoder_attention_heads=2, encoder_ffn_dim=64, decoder_ffn_dim=64, max_position_embeddings=128,
        pad_token_id=0, eos_token_id=1, decoder_start_token_id=0, forced_eos_token_id=1, init_std=SPREAD,
    )  # fmt: skip
    return _save(PegasusForConditionalGeneration, config, folder)


def save_t5(folder: Path, steps: int = 60, **settings: Any) -> Path:
    """T5, trained to copy eight sentences."""
    import torch
    from transformers import AutoTokenizer, T5Config, T5ForConditionalGeneration, T5Tokenizer

    size = _save_sentencepiece(folder, T5Tokenizer, 512)
    config = T5Config(
        vocab_size=size, d_model=SIZE, d_kv=16, d_ff=96, num_layers=2, num_heads=4, dropout_rate=0.0,
        decoder_start_token_id=0, **settings,
    )  # fmt: skip
    torch.manual_seed(0)
    model = T5ForConditionalGeneration(config)
    _train(model, AutoTokenizer.from_pretrained(folder, local_files_only=True), steps)
    model.save_pretrained(folder)
    return folder


def save_llama(folder: Path) -> Path:
    """A decoder with a chat template, as instruction models have."""
    from transformers import LlamaConfig, LlamaForCausalLM

    size = _save_byte_pairs(folder, "llama", 1024, "<|im_start|>", "<|im_end|>")
    config = LlamaConfig(
        vocab_size=size, hidden_size=SIZE, intermediate_size=64, num_hidden_layers=2, num_attention_heads=2,
        max_position_embeddings=1024, bos_token_id=0, pad_token_id=1, eos_token_id=2,
    )  # fmt: skip
    return _save(LlamaForCausalLM, config, folder)


CHAT = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'] }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}{{ strftime_now('%Y') }}"
)


def _save_byte_pairs(folder: Path, kind: str, limit: int, *special: str) -> int:
    from tokenizers.processors import TemplateProcessing
    from transformers import PreTrainedTokenizerFast

    trained = byte_pairs(*special)
    inner = trained._tokenizer
    if kind != "llama":
        inner.post_processor = TemplateProcessing(single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)])
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=inner, bos_token="<s>", pad_token="<pad>", eos_token="</s>", unk_token="<unk>",
        mask_token="<mask>", additional_special_tokens=list(special), model_max_length=limit,
    )  # fmt: skip
    if kind == "llama":
        tokenizer.chat_template = CHAT
    tokenizer.save_pretrained(folder)
    return len(tokenizer)


def _save_sentencepiece(folder: Path, kind: Any, limit: int) -> int:
    """Save the way old checkpoints on the hub are: a sentencepiece file, which the loader converts."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "spiece.model").write_bytes(sentencepiece_model())
    settings = {"tokenizer_class": kind.__name__, "model_max_length": limit}
    (folder / "tokenizer_config.json").write_text(json.dumps(settings), encoding="utf-8")
    return len(kind.from_pretrained(folder, local_files_only=True))


def _save(kind: Any, config: Any, folder: Path) -> Path:
    import torch

    torch.manual_seed(0)
    model = kind(config)
    if hasattr(model, "final_logits_bias"):
        model.final_logits_bias[:, config.eos_token_id] = ENDING
    model.save_pretrained(folder)
    return folder


def _train(model: Any, tokenizer: Any, steps: int) -> None:
    import torch

    optimizer = torch.optim.AdamW(model.parameters(), lr=6e-3)
    for texts in _batches(steps):
        batch = tokenizer(texts, padding=True, return_tensors="pt")
        labels = batch["input_ids"].masked_fill(batch["attention_mask"] == 0, -100)
        loss = model(**batch, labels=labels).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()


def learned() -> list[str]:
    """What :func:`save_t5` learns to copy."""
    return sorted(lines(), key=len)[:8]


def _batches(steps: int) -> Iterator[list[str]]:
    for _ in range(steps):
        yield learned()


def bare_prompt(folder: Path) -> Path:
    """A prompt without prefix."""
    path = folder / "bare.txt"
    path.write_text("{sentences}", encoding="utf-8")
    return path


def save_gguf(path: Path) -> Path:
    """A Llama as llama.cpp keeps it, with tokenizer and chat template."""
    import gguf
    import numpy as np

    vocabulary = json.loads(byte_pairs("<|im_start|>", "<|im_end|>")._tokenizer.to_str())
    tokens = sorted(vocabulary["model"]["vocab"], key=vocabulary["model"]["vocab"].get)
    special = {token["content"] for token in vocabulary["added_tokens"]}
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_context_length(1024)
    writer.add_embedding_length(32)
    writer.add_block_count(1)
    writer.add_feed_forward_length(32)
    writer.add_head_count(2)
    writer.add_head_count_kv(2)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(16)
    writer.add_rope_freq_base(10_000.0)
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("smollm")
    writer.add_token_list(tokens)
    writer.add_token_types([gguf.TokenType.CONTROL if token in special else gguf.TokenType.NORMAL for token in tokens])
    writer.add_token_merges([" ".join(pair) for pair in vocabulary["model"]["merges"]])
    writer.add_bos_token_id(0)
    writer.add_eos_token_id(2)
    writer.add_pad_token_id(1)
    writer.add_unk_token_id(3)
    writer.add_chat_template(CHAT)
    random = np.random.default_rng(0)
    shapes = {f"blk.0.attn_{part}.weight": (32, 32) for part in ("q", "k", "v", "output")}
    shapes |= {f"blk.0.ffn_{part}.weight": (32, 32) for part in ("gate", "up", "down")}
    shapes |= {"token_embd.weight": (len(tokens), 32), "output.weight": (len(tokens), 32)}
    for name, shape in shapes.items():
        writer.add_tensor(name, random.normal(0, 0.2, shape).astype(np.float32))
    for name in ("blk.0.attn_norm.weight", "blk.0.ffn_norm.weight", "output_norm.weight"):
        writer.add_tensor(name, np.ones(32, dtype=np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path
