"""Public sets of news clusters, from a hub id or from files that were downloaded before, through ``datasets``.

``hub:PLACE[:SPLIT]`` names a set: ``hub:alexfabbri/multi_news:test``, ``hub:ccdv/WCEP-10:test``,
``hub:abisee/cnn_dailymail:test``, or a folder in the shape of one of them, ``hub:~/wcep:test``. The shape is seen from
the columns; where it is not, ``hub:SHAPE=PLACE:SPLIT`` says it. ``@REVISION`` behind a hub id takes that revision.

Only data are loaded, never code: a repository that holds a loading script is read from the Parquet branch that the hub
makes of it, and where there is none the error says what to download. Every row becomes a line in the shape of
:mod:`benchmarks.data`, and the digest is that of those lines: it does not depend on where and how they were stored.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from itertools import chain, islice
from logging import getLogger
from pathlib import Path
from typing import Any, Final

from benchmarks.data import DataError, DataSet, data_folder, load, parse_set
from benchmarks.shapes import SHAPES, Row, see_shape

_log = getLogger(__name__)

PREFIX: Final = "hub:"
#: The branch in which the hub keeps what it made of a repository with a script.
_PARQUET: Final = "refs/convert/parquet"
#: Splits by the names that people give them.
_SPLITS: Final = {"train": "train", "val": "validation", "valid": "validation", "dev": "validation"}
#: Rows looked at to see the shape: a Multi-News row of one article has no separator.
_SEEN_ROWS: Final = 50


@dataclass(frozen=True, slots=True)
class Known:
    """A repository whose shape is known.

    :param shape: key of :data:`SHAPES`.
    :param config: name of its configuration.
    :param revision: branch that holds data and no script.
    :param remedy: what to download, and how to name it, where the hub cannot be reached.
    """

    shape: str
    config: str | None
    revision: str | None
    remedy: str


KNOWN: Final = {
    "alexfabbri/multi_news": Known(
        "multi_news",
        None,
        _PARQUET,
        "default/{split}/*.parquet of its branch refs/convert/parquet as FOLDER/{split}-*.parquet",
    ),
    "ccdv/WCEP-10": Known(
        "wcep10",
        "list",
        _PARQUET,
        "{split}.zip, unpack it, and store the JSON lines in it as FOLDER/{split}.jsonl (or, of the authors' release at"
        " github.com/complementizer/wcep-mds-dataset, {split}.jsonl.gz, named hub:wcep10=FOLDER:{split})",
    ),
    "abisee/cnn_dailymail": Known("cnn_dailymail", "3.0.0", None, "3.0.0/{split}-*.parquet into FOLDER"),
}
_ANY_REMEDY: Final = "its Parquet or JSON lines files as FOLDER/{split}-*.parquet or FOLDER/{split}.jsonl"


@dataclass(frozen=True, slots=True)
class Place:
    """What ``hub:[SHAPE=]PLACE[@REVISION][:SPLIT]`` says."""

    where: str
    split: str
    shape: str | None = None
    revision: str | None = None

    @property
    def folder(self) -> Path | None:
        """The folder, if there is one of that name."""
        folder = Path(self.where).expanduser()
        return folder if folder.is_dir() else None


def open_set(name: str, folder: Path | None, *, budget: int | None = None) -> DataSet:
    """Load a set by its name in a folder of JSON lines, or by ``hub:…``.

    :param folder: as for :func:`benchmarks.data.data_folder`; not looked at for ``hub:…``.
    :param budget: in words; by default that of the set.
    :raises DataError: if it is not there, cannot be read or has another shape.
    """
    if name.startswith(PREFIX):
        return load_hub(parse_place(name), budget=budget)
    return load(data_folder(folder), name, budget=budget)


def parse_place(name: str) -> Place:
    """Read ``hub:…``.

    :raises DataError: if it names no place, or a shape that is not known.
    """
    rest = name.removeprefix(PREFIX)
    where, colon, split = rest.rpartition(":")
    # The colon of a Windows drive stands before a path, that of a split before a word.
    if not colon or not re.fullmatch(r"\w+", split):
        where, split = rest, "test"
    shape, equals, place = where.partition("=")
    if not equals:
        shape, place = "", where
    if shape and shape not in SHAPES:
        raise DataError(f"{name}: the shape {shape!r} is not known; choose from {', '.join(SHAPES)}")
    place, _, revision = place.partition("@")
    if not place:
        raise DataError(
            f"{name} names no place; write hub:ID:SPLIT or hub:FOLDER:SPLIT, as in hub:{next(iter(KNOWN))}:test"
        )
    return Place(place, _SPLITS.get(split, split), shape or None, revision or None)


def load_hub(place: Place, *, budget: int | None = None) -> DataSet:
    """Load and convert one split.

    :raises DataError: if ``datasets`` is missing, the place cannot be read, or the columns are of no known shape.
    """
    name, data = read_lines_of(place)
    return parse_set(Path(place.where), name, data, budget=budget)


def fetch(place: Place, folder: Path) -> Path:
    """Write one split as ``NAME.jsonl.gz`` into a folder of JSON lines, with the digest that ``hub:…`` has.

    :raises DataError: as :func:`load_hub`.
    """
    name, data = read_lines_of(place)
    path = folder / f"{name}.jsonl.gz"
    parse_set(path, name, data)
    folder.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(data, mtime=0))
    return path


def read_lines_of(place: Place) -> tuple[str, bytes]:
    """Read one split and give its rows in the shape of :mod:`benchmarks.data`.

    Rows without a text or without a summary are left out, and their number is logged.

    :return: the name of the set, its shape and split; and the lines.
    :raises DataError: as :func:`load_hub`.
    """
    rows = iter(_read(place))
    head = list(islice(rows, _SEEN_ROWS))
    known = KNOWN.get(place.where)
    shape = place.shape or (known.shape if known else "") or see_shape(head, name=f"{place.where}:{place.split}")
    lines, left_out = [], 0
    for number, row in enumerate(chain(head, rows)):
        try:
            documents, reference = SHAPES[shape](row)
        except (KeyError, TypeError, AttributeError) as error:
            raise DataError(f"{place.where}: row {number} is not of the shape {shape} ({error!r})") from error
        documents = [document for document in documents if document["text"]]
        if documents and reference:
            canonical = {"id": str(row.get("id") or number), "documents": documents, "references": [reference]}
            lines.append(json.dumps(canonical, ensure_ascii=False))
        else:
            left_out += 1
    if left_out:
        _log.warning("%s: %d of %d rows have no text or no summary", place.where, left_out, left_out + len(lines))
    return f"{shape}_{place.split}", "".join(line + "\n" for line in lines).encode("utf-8")


# --- reading ---------------------------------------------------------------------------------------------------------


def _read(place: Place) -> Iterable[Row]:
    try:
        datasets: Any = import_module("datasets")
    except ImportError as error:
        raise DataError(f"{PREFIX}{place.where} needs the extra 'hub': pip install 'crossbrief[hub]'") from error
    folder = place.folder
    if folder is not None:
        return _read_folder(datasets, folder, place.split)
    if place.where.startswith((".", "/", "~")):
        raise DataError(f"{place.where} is not a folder")
    known = KNOWN.get(place.where)
    try:
        rows: Iterable[Row] = datasets.load_dataset(
            place.where,
            known.config if known else None,
            split=place.split,
            revision=place.revision or (known.revision if known else None),
        )
    except Exception as error:
        # Each version of the library raises other classes for the same thing, from OSError to RuntimeError.
        raise DataError(_unreachable(place, known, error)) from error
    return rows


def _read_folder(datasets: Any, folder: Path, split: str) -> Iterable[Row]:  # noqa: ANN401
    try:
        # Streaming: no copy of the files is left in a cache.
        rows: Iterable[Row] = datasets.load_dataset(str(folder), split=split, streaming=True)
        yield from rows
    except Exception as error:
        held = ", ".join(sorted(path.name for path in folder.iterdir())[:10]) or "nothing"
        raise DataError(
            f"{folder}: the split {split!r} could not be read ({_first_line(error)}); it holds {held}, and needs"
            f" {split}.parquet, {split}-*.parquet, {split}.jsonl or {split}.jsonl.gz"
        ) from error


def _unreachable(place: Place, known: Known | None, error: Exception) -> str:
    remedy = (known.remedy if known else _ANY_REMEDY).format(split=place.split)
    return (
        f"{place.where} could not be loaded: {_first_line(error)}. Where the hub cannot be reached, or holds a script"
        f" (which is not run) and no data: get of the Hugging Face data set {place.where} {remedy}, and take"
        f" --set hub:FOLDER:{place.split}"
    )


def _first_line(error: Exception) -> str:
    return f"{type(error).__name__}: {str(error).strip().splitlines()[0] if str(error).strip() else ''}".rstrip(": ")
