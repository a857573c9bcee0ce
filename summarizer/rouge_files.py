"""Predictions and references that stand in files, read and matched for :mod:`summarizer.rouge`."""

from __future__ import annotations

import gzip
import json
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from summarizer.errors import InputError, NoInputError, ReadingError

_PREDICTION_KEYS: Final = ("prediction", "summary", "text")
_REFERENCE_KEYS: Final = ("references", "reference", "summary", "text")

#: One side: texts by file name or id (str), or by place from 1 (int).
_Side = dict[str | int, list[str]]


def read_pairs(
    predictions: Path, references: Sequence[Path], *, whole_files: bool
) -> tuple[tuple[str, ...], list[str], list[list[str]]]:
    """Read both sides; the layouts are those of :func:`summarizer.rouge.score_files`.

    :param predictions: file or folder.
    :param references: files or folders.
    :param whole_files: whether a plain file is one text instead of one a line.
    :return: names, predictions, and the references of each.
    :raises ReadingError: if a file cannot be read.
    :raises NoInputError: if a side holds no text.
    :raises InputError: if the two sides do not fit together.
    """
    if not references:
        raise InputError("no reference was given: name at least one file or folder of references")
    systems = _read_side(predictions, _PREDICTION_KEYS, whole_files)
    if not systems:
        raise _nothing(predictions, "predictions")
    for name, texts in systems.items():
        if len(texts) != 1:
            raise ReadingError(str(predictions), f"{name} holds {len(texts)} predictions; one is needed")
    several: list[list[str]] = [[] for _ in systems]
    for path in references:
        side = _read_side(path, _REFERENCE_KEYS, whole_files)
        if not side:
            raise _nothing(path, "references")
        for found, texts in zip(several, _match(predictions, systems, path, side), strict=True):
            found.extend(texts)
    return tuple(map(str, systems)), [texts[0] for texts in systems.values()], several


def _nothing(path: Path, kind: str) -> NoInputError:
    return NoInputError(
        f"{path}: is empty: it holds no {kind}, so there is nothing to score; give one text a line or file"
    )


def _read_side(path: Path, keys: tuple[str, ...], whole_files: bool) -> _Side:
    """Read one side: texts by file name, by id, or by line number from 1."""
    try:
        if path.is_dir():
            files = sorted(file for file in path.iterdir() if file.is_file() and not file.name.startswith("."))
            return {file.name: [_decode(file, file.read_bytes())] for file in files}
        data = path.read_bytes()
        if path.name.endswith(".gz"):
            data = gzip.decompress(data)
    except (OSError, EOFError, zlib.error) as error:
        raise ReadingError(str(path), f"cannot be read ({error}); check the path") from error
    text = _decode(path, data)
    if path.name.removesuffix(".gz").endswith((".jsonl", ".ndjson")):
        return _read_rows(path, text, keys)
    if whole_files:
        return {1: [text]}
    # Only \n ends a line: str.splitlines would also cut at form feeds and U+2028, and shift every line after them.
    lines = text.removesuffix("\n").split("\n") if text else []
    return {number: [line.removesuffix("\r")] for number, line in enumerate(lines, 1)}


def _read_rows(path: Path, text: str, keys: tuple[str, ...]) -> _Side:
    rows: list[tuple[object, list[str]]] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise ReadingError(f"{path}:{number}", f"is not JSON ({error}); each line must be one object") from error
        value = next((row[key] for key in keys if key in row), None) if isinstance(row, dict) else None
        texts = [value] if isinstance(value, str) else value
        if not isinstance(texts, list) or not texts or not all(isinstance(one, str) for one in texts):
            raise ReadingError(f"{path}:{number}", f"has no text under {' or '.join(map(repr, keys))}")
        rows.append((row.get("id"), texts))
    ids = [row_id for row_id, _ in rows]
    if any(row_id is None for row_id in ids):
        return {number: texts for number, (_, texts) in enumerate(rows, 1)}
    repeated = next((name for name, times in Counter(map(str, ids)).items() if times > 1), None)
    if repeated is not None:
        raise ReadingError(str(path), f"the id {repeated!r} occurs more than once; each text needs its own")
    return {str(row_id): texts for row_id, texts in rows}


def _decode(path: Path, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReadingError(str(path), f"is not UTF-8 (byte {error.start}); convert it first") from error


def _match(
    left_path: Path, left: Mapping[str | int, list[str]], right_path: Path, right: Mapping[str | int, list[str]]
) -> list[list[str]]:
    """Give the references in the order of the predictions: by name where both sides have names, else by place."""
    if not all(isinstance(name, str) for side in (left, right) for name in side):
        if len(left) != len(right):
            raise InputError(
                f"{left_path} holds {len(left)} but {right_path} holds {len(right)} texts: give as many on both sides, "
                "or name them by ids; if each text file is one summary, add --whole-files"
            )
        return list(right.values())
    for path, missing in ((right_path, set(left) - set(right)), (left_path, set(right) - set(left))):
        if missing:
            names = sorted(map(str, missing))
            more = f" and {len(names) - 3} more" if len(names) > 3 else ""
            raise InputError(
                f"{path} has no {', '.join(map(repr, names[:3]))}{more}, which the other side has: "
                "give both sides the same names"
            )
    return [right[name] for name in left]
