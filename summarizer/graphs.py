"""Packaged ONNX graphs: files checked against their card, loaded so that a run depends on its input alone."""

from __future__ import annotations

import hashlib
import json
import os
from importlib.resources.abc import Traversable
from typing import Any

from summarizer.errors import ModelError


def read_checked(folder: Traversable, name: str, remedy: str) -> bytes:
    """Read a file of a model and compare it with the digest in the card; 20 ms for 23 MB.

    :param folder: with the file and the ``card.json`` that names its digest.
    :param remedy: what to do where it is missing or damaged; the end of the error's message.
    :raises ModelError: if the file or the card is missing, or the digests differ.
    """
    try:
        card = json.loads((folder / "card.json").read_bytes())
        expected = card["files"][name]["sha256"]
        data = (folder / name).read_bytes()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"the model in {folder} is incomplete ({error!r}): {remedy}") from error
    if hashlib.sha256(data).hexdigest() != expected:
        raise ModelError(f"{folder / name} is damaged (it is not the file that card.json names): {remedy}")
    return data


def load_tokenizer(folder: Traversable, remedy: str) -> Any:  # noqa: ANN401
    """Load ``tokenizer.json``, a ``tokenizers.Tokenizer``; see :func:`read_checked`."""
    from tokenizers import Tokenizer

    return Tokenizer.from_buffer(read_checked(folder, "tokenizer.json", remedy))


def load_session(folder: Traversable, remedy: str) -> Any:  # noqa: ANN401
    """Load ``model.onnx``, an ``onnxruntime.InferenceSession`` of one thread; see :func:`read_checked`.

    :raises ModelError: if it is missing or damaged, or onnxruntime cannot read it.
    """
    onnxruntime = import_onnxruntime()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_mem_pattern = False  # patterns serve inputs of one length; here each has its own
    options.log_severity_level = 3
    data = read_checked(folder, "model.onnx", remedy)
    try:
        return onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's own exceptions share no base class but this
        raise ModelError(f"onnxruntime cannot load {folder / 'model.onnx'} ({error}): {remedy}") from error


def import_onnxruntime() -> Any:  # noqa: ANN401
    """Import onnxruntime so that it keeps to itself.

    From 1.31 on it looks its makers up in the network, and keeps a database of what it did in the home folder, unless
    told otherwise before it is imported; its own switch comes too late.
    """
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
    import onnxruntime

    return onnxruntime


def valid(text: str) -> str:
    """Replace lone surrogates, which no tokenizer takes, by question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")
