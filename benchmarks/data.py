"""News clusters to measure on, from a folder of JSON lines.

A file ``NAME.jsonl`` or ``NAME.jsonl.gz`` holds a cluster a line: ``{"id", "documents": [{"text", "title"?, "date"?}],
"references": [text, ...], "event"?}``. Clusters with one ``event`` share articles, so they are resampled together.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

REPOSITORY: Final = Path(__file__).resolve().parent.parent

#: Budget in words for the sets whose name starts so: about the length of their references. That of WCEP is its authors'
#: (Gholipour Ghalandari et al. 2020: at most 40 words). CNN/DailyMail has 56 words in 3.75 sentences (See et al. 2017);
#: most of the literature takes three sentences there and counts no words.
BUDGETS: Final = {
    "multi_news": 225,
    "neus": 65,
    "background": 155,
    "multiling": 249,
    "wcep": 40,
    "cnn_dailymail": 60,
}
DEFAULT_BUDGET: Final = 150


class DataError(Exception):
    """The data of a benchmark are missing or not in the shape described above; says what is needed."""


@dataclass(frozen=True, slots=True)
class Article:
    """One document of a cluster."""

    text: str
    title: str | None = None
    date: str | None = None

    def as_input(self) -> dict[str, str]:
        """Give what :func:`summarizer.summarize` reads."""
        fields = {"text": self.text, "title": self.title, "published": self.date}
        return {name: value for name, value in fields.items() if value}


@dataclass(frozen=True, slots=True)
class NewsCluster:
    """Articles on one event, with human summaries.

    :param group: clusters with one group are resampled together.
    """

    id: str
    documents: tuple[Article, ...]
    references: tuple[str, ...]
    group: str


@dataclass(frozen=True, slots=True)
class DataSet:
    """One file of clusters.

    :param sha256: of the uncompressed file, so that a figure names what it was measured on.
    :param budget: in words.
    """

    name: str
    path: Path
    sha256: str
    budget: int
    clusters: tuple[NewsCluster, ...]


def data_folder(given: Path | None) -> Path:
    """Find the folder: the argument, else ``$SUMMARIZER_DATA``, else ``../shared/data`` beside the repository.

    :raises DataError: if it is not there.
    """
    folder = given or Path(os.environ.get("SUMMARIZER_DATA") or REPOSITORY.parent / "shared" / "data")
    if not folder.is_dir():
        raise DataError(
            f"{folder} is not a folder. The benchmarks need one with NAME.jsonl or NAME.jsonl.gz files of news clusters"
            ' ({"id", "documents": [{"text"}], "references": [text]} a line); give it with --data or SUMMARIZER_DATA.'
        )
    return folder


def read_lines(folder: Path, name: str) -> tuple[Path, bytes]:
    """Read ``NAME.jsonl`` or ``NAME.jsonl.gz``.

    :return: the path, and the content uncompressed.
    :raises DataError: if neither is there.
    """
    for path in (folder / f"{name}.jsonl", folder / f"{name}.jsonl.gz"):
        if path.is_file():
            data = path.read_bytes()
            return path, gzip.decompress(data) if path.suffix == ".gz" else data
    known = sorted({path.name.split(".jsonl")[0] for path in folder.glob("*.jsonl*")})
    raise DataError(
        f"{folder} has neither {name}.jsonl nor {name}.jsonl.gz; it has {', '.join(known) or 'no such files'}"
    )


def load(folder: Path, name: str, *, budget: int | None = None) -> DataSet:
    """Load a set of clusters.

    :param folder: of :func:`data_folder`.
    :param name: file name without ending.
    :param budget: in words; by default that of :data:`BUDGETS`.
    :raises DataError: if the file is missing or a row has another shape.
    """
    path, data = read_lines(folder, name)
    return parse_set(path, name, data, budget=budget)


def parse_set(path: Path, name: str, data: bytes, *, budget: int | None = None) -> DataSet:
    """Parse the lines of a set.

    :param path: what errors name.
    :param data: UTF-8, a cluster a line.
    :raises DataError: if a row has another shape, or there is none.
    """
    lines = data.decode("utf-8").split("\n")
    clusters = tuple(_cluster(path, number, line) for number, line in enumerate(lines, 1) if line.strip())
    if not clusters:
        raise DataError(f"{path} holds no clusters")
    default = next((words for start, words in BUDGETS.items() if name.startswith(start)), DEFAULT_BUDGET)
    return DataSet(name, path, hashlib.sha256(data).hexdigest(), budget or default, clusters)


def _cluster(path: Path, number: int, line: str) -> NewsCluster:
    try:
        row: dict[str, Any] = json.loads(line)
        name = str(row.get("id", number))
        documents = tuple(Article(one["text"], one.get("title"), one.get("date")) for one in row["documents"])
        references = tuple(map(str, row["references"]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DataError(f"{path}:{number} is not a cluster ({error!r}); see the shape in benchmarks/data.py") from error
    if not documents or not references:
        raise DataError(f"{path}:{number} needs at least one document and one reference")
    return NewsCluster(name, documents, references, str(row.get("event") or name))


def spread(clusters: Sequence[NewsCluster], limit: int | None) -> tuple[NewsCluster, ...]:
    """Take ``limit`` clusters spread evenly over the file, always the same ones; all of them for None."""
    if limit is None or limit >= len(clusters):
        return tuple(clusters)
    return tuple(clusters[i * len(clusters) // limit] for i in range(limit))


_PARAGRAPH: Final = re.compile(r"\n+")


def split_sentences(text: str) -> list[str]:
    """Split a text as every system here but ours is given it: by sentencex, paragraph by paragraph."""
    from sentencex import segment

    found = [sentence.strip() for paragraph in _PARAGRAPH.split(text) for sentence in segment("en", paragraph)]
    return [sentence for sentence in found if sentence]
