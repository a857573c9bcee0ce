"""A folder with a Hugging Face model: found or fetched, and looked through before any library opens it.

Weights are read as safetensors only, which hold numbers and nothing that runs. Folders with pickled weights alone
(loading a pickle runs whatever it says), with code of their own or with adapters are refused with a word on what to do.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from summarizer.errors import MissingExtraError, ModelError

#: Everything that is read from a folder or fetched from the hub; nothing else is, neither code nor pickles.
_WEIGHTS: Final = ("model.safetensors", "model.safetensors.index.json", "model-*-of-*.safetensors")
_SETTINGS: Final = ("config.json", "generation_config.json")
_VOCABULARY: Final = (
    "tokenizer.json", "vocab.json", "vocab.txt", "spiece.model", "sentencepiece.bpe.model", "sentencepiece.model",
    "tokenizer.model",
)  # fmt: skip
_TOKENIZER: Final = (
    *_VOCABULARY, "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json", "merges.txt",
    "chat_template.jinja",
)  # fmt: skip
_PICKLES: Final = (".bin", ".pt", ".pth", ".pkl", ".pickle", ".ckpt", ".npy", ".npz", ".joblib", ".h5", ".msgpack")
#: A config is some kilobytes; what is larger is none.
_MAX_JSON: Final = 10_000_000
#: Seconds to wait for the hub's first answer.
_PATIENCE: Final = 5.0
_HUB_ID: Final = re.compile(r"(?P<id>[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*)(?:@(?P<revision>[\w.-]+))?", re.ASCII)


@dataclass(frozen=True)
class ModelFolder:
    """A folder that passed every check.

    :param path: where it lies.
    :param label: what a signature calls it: the hub id or the name of the folder, without odd characters.
    :param config: its ``config.json``.
    """

    path: Path
    label: str
    config: dict[str, Any]

    @property
    def decodes_only(self) -> bool:
        """Whether the model is a decoder without an encoder, such as Llama."""
        return not self.config.get("is_encoder_decoder") and any(
            str(name).endswith("ForCausalLM") for name in self.config.get("architectures") or ()
        )

    def digest(self) -> str:
        """Give 8 hexadecimal digits over weights, settings and tokenizer; about a second a gigabyte."""
        digest = hashlib.sha256()
        for file in self.files():
            with file.open("rb") as stream:
                digest.update(f"{file.name}:{hashlib.file_digest(stream, 'sha256').hexdigest()}\n".encode())
        return digest.hexdigest()[:8]

    def files(self) -> list[Path]:
        """List the files that are read, by name."""
        return sorted(_matching(self.path, *_WEIGHTS, *_SETTINGS, *_TOKENIZER))

    def state(self) -> tuple[tuple[str, int, int], ...]:
        """Tell whether a file changed since: names, times of change and sizes."""
        return tuple((file.name, file.stat().st_mtime_ns, file.stat().st_size) for file in self.files())


def parse_hub_id(text: str) -> tuple[str, str | None] | None:
    """Split ``owner/name`` or ``owner/name@revision``; None for anything else."""
    found = _HUB_ID.fullmatch(text)
    return (found["id"], found["revision"]) if found else None


def read_kind(path: Path) -> str:
    """Give the ``model_type`` of a folder.

    :raises ModelError: if its ``config.json`` is missing or damaged.
    """
    return str(_read_json(path / "config.json").get("model_type"))


def open_folder(path: Path, label: str | None = None) -> ModelFolder:
    """Look a folder through.

    :param path: folder with ``config.json``, ``model.safetensors`` (or its shards) and the files of a tokenizer.
    :param label: name for the signature; by default the name of the folder.
    :raises ModelError: if a part is missing or damaged, weights are pickled, or code or adapters lie beside them.
    """
    if not path.is_dir():
        raise ModelError(f"{path}: no such folder; give one with config.json, model.safetensors and the tokenizer")
    config = _read_json(path / "config.json")
    _refuse_code(path)
    if (path / "adapter_config.json").exists():
        raise ModelError(
            f"{path}: holds an adapter, not a whole model; merge it (peft: merge_and_unload), and save that"
        )
    for file in _weight_files(path):
        _check_safetensors(file)
    if not any(_matching(path, *_VOCABULARY)):
        raise ModelError(
            f"{path}: has no tokenizer; save it beside the model with tokenizer.save_pretrained({path.name!r})"
        )
    name = label or path.resolve().name
    return ModelFolder(path, re.sub(r"[^A-Za-z0-9._/+-]+", "-", name).strip("-") or "model", config)


def fetch_folder(hub_id: str, revision: str | None = None) -> Path:
    """Give the folder of a model from the Hugging Face cache; download what is missing, safetensors only.

    What is in the cache is used as it is, so a newer upload on the hub moves nothing. Without network, or with
    ``HF_HUB_OFFLINE=1``, a model that is not in the cache is an error at once.

    :param hub_id: ``owner/name``.
    :param revision: branch, tag or commit; the main branch by default.
    :raises MissingExtraError: if the extra ``rewrite`` is not installed.
    :raises ModelError: if the model can be neither found nor fetched.
    """
    try:
        from huggingface_hub import constants, snapshot_download
        from huggingface_hub.errors import (
            GatedRepoError,
            HfHubHTTPError,
            RepositoryNotFoundError,
            RevisionNotFoundError,
        )
    except ImportError as error:
        raise MissingExtraError(f"the model {hub_id}", "rewrite") from error
    offline = constants.HF_HUB_OFFLINE or os.environ.get("HF_HUB_OFFLINE", "").upper() in {"1", "ON", "YES", "TRUE"}
    wanted: dict[str, Any] = {
        "allow_patterns": [*_WEIGHTS, *_SETTINGS, *_TOKENIZER],
        "ignore_patterns": ["*/*"],
        "revision": revision,
    }
    remedy = (
        f"put its files into a folder and give that folder, or fetch it where there is a network (hf download "
        f"{hub_id}) and copy it to {Path(constants.HF_HUB_CACHE) / ('models--' + hub_id.replace('/', '--'))}"
    )
    for local in (True, False) if not offline else (True,):
        try:
            folder = Path(snapshot_download(hub_id, local_files_only=local, etag_timeout=_PATIENCE, **wanted))
        except (RepositoryNotFoundError, RevisionNotFoundError, GatedRepoError) as error:
            raise ModelError(
                f"the hub gives no model {hub_id}{f' at {revision}' if revision else ''} (misspelt, private, or its "
                f"terms not accepted): {type(error).__name__}; or give a local folder"
            ) from error
        except (OSError, HfHubHTTPError, ValueError) as error:
            if local and not offline:
                continue
            reason = "HF_HUB_OFFLINE is set" if offline else f"the hub cannot be reached ({type(error).__name__})"
            raise ModelError(f"the model {hub_id} is not on this computer, and {reason}: {remedy}") from error
        # A download that was broken off leaves a folder without weights, which the next try completes.
        if not local or offline or (any(_matching(folder, *_WEIGHTS)) and any(_matching(folder, *_VOCABULARY))):
            return folder
    raise ModelError(f"the model {hub_id} is not on this computer: {remedy}")


def _matching(path: Path, *patterns: str) -> Iterator[Path]:
    for pattern in patterns:
        yield from path.glob(pattern)


def _read_json(file: Path) -> dict[str, Any]:
    try:
        if file.stat().st_size > _MAX_JSON:
            raise ModelError(f"{file}: over {_MAX_JSON:,} bytes, which no such file has")
        content = json.loads(file.read_bytes())
    except FileNotFoundError as error:
        raise ModelError(f"{file.parent}: has no {file.name}; give the folder that save_pretrained() wrote") from error
    except (OSError, ValueError, RecursionError) as error:
        raise ModelError(f"{file}: cannot be read as JSON ({error}); fetch or save the model again") from error
    if not isinstance(content, dict):
        raise ModelError(f"{file}: is not a JSON object; fetch or save the model again")
    return content


def _refuse_code(path: Path) -> None:
    """Refuse code of the folder (``auto_map``, ``custom_generate``) and of the hub (kernels for attention)."""
    if (path / "custom_generate").exists():  # transformers 4 runs it unasked when the folder is local
        raise ModelError(f"{path}: has code of its own in custom_generate, which is never run; delete that folder")
    for name in (*_SETTINGS, "tokenizer_config.json"):
        if not (path / name).exists():
            continue
        content = _read_json(path / name)
        if content.get("auto_map") or content.get("custom_generate"):
            raise ModelError(
                f"{path / name}: names code of its own (auto_map), which is never run; "
                "use a model whose classes transformers has"
            )
        kernels = [key for key in content if "attn_implementation" in key and "/" in str(content[key])]
        if kernels:
            raise ModelError(
                f"{path / name}: {kernels[0]} names code from the hub, which is never run; delete that line"
            )


def _weight_files(path: Path) -> list[Path]:
    """List the safetensors files: the one, or the shards that the index names.

    :raises ModelError: if there are none, or one that the index names is missing.
    """
    if (path / "model.safetensors").exists():
        return [path / "model.safetensors"]
    index = path / "model.safetensors.index.json"
    if index.exists():
        shards = sorted({str(name) for name in dict(_read_json(index).get("weight_map") or {}).values()})
        strange = [name for name in shards if not re.fullmatch(r"[\w.-]+\.safetensors", name)]
        missing = [name for name in shards if not (path / name).exists()]
        if not shards or strange or missing:
            named = ", ".join([*strange, *missing][:3]) or "no weights"
            raise ModelError(f"{index}: names {named}, which the folder does not have; fetch the model again")
        return [path / name for name in shards]
    pickles = sorted(file.name for file in path.iterdir() if file.suffix in _PICKLES)
    if pickles:
        raise ModelError(
            f"{path}: has its weights as {', '.join(pickles[:3])} only, and loading such a file can run any code in "
            "it; where you trust it, convert it once: model = transformers.AutoModelForSeq2SeqLM.from_pretrained(OLD, "
            "weights_only=True); model.save_pretrained(NEW) writes safetensors; copy the tokenizer's files too"
        )
    raise ModelError(f"{path}: has no model.safetensors; fetch the model again, or save it with save_pretrained()")


def _check_safetensors(file: Path) -> None:
    """Compare header and length: a file cut short is told before seconds go into loading."""
    try:
        from safetensors import SafetensorError, safe_open
    except ImportError as error:
        raise MissingExtraError(f"the model in {file.parent}", "rewrite") from error
    try:
        with safe_open(file, framework="numpy") as tensors:
            empty = not tensors.keys()
    except (OSError, SafetensorError) as error:
        raise ModelError(f"{file}: damaged or cut short ({error}); fetch or save the model again") from error
    if empty:
        raise ModelError(f"{file}: holds no weights; fetch or save the model again")
