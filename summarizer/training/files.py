"""Putting the files of a model in place: all or none, and never over others unasked."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from summarizer.errors import OutputError


def sha256(data: bytes) -> str:
    """Give the digest in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def as_json(value: Mapping[str, Any]) -> bytes:
    """Give JSON for people to read."""
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode("utf-8")


def refuse_existing(folder: Path, names: Iterable[str], *, option: str = "--out") -> None:
    """Check, before work is spent, that nothing is replaced.

    :param option: that names the folder.
    :raises OutputError: if one of the files is there.
    """
    there = [name for name in names if (folder / name).exists()]
    if there:
        raise OutputError(
            f"{folder} already holds {', '.join(there)}; give --force to replace them, or another {option}"
        )


def put(files: Mapping[str, bytes], folder: Path) -> None:
    """Write files beside their places, then move them there in the order given.

    :param folder: made if missing; other files in it are left alone.
    :raises OutputError: if it cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".making-", dir=folder) as work:
            for name, data in files.items():
                (Path(work) / name).write_bytes(data)
            for name in files:
                os.replace(Path(work) / name, folder / name)
    except OSError as error:
        raise OutputError(f"{folder} cannot be written: {error}") from error
