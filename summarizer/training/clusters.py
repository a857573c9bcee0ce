"""Clusters of articles with human summaries, from JSON lines, to learn from.

A file ``NAME.jsonl`` or ``NAME.jsonl.gz`` holds a cluster a line: ``{"id", "documents": [{"text", "title"?, "date"?}],
"references": [text, ...], "event"?}``. Clusters with one ``event`` may share articles, so they weigh together and are
held out together.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO, Any, Final, cast

from summarizer.errors import ConfigError, InputError, ReadingError

SHAPE: Final = '{"id": "...", "documents": [{"text": "..."}], "references": ["..."]}'
_SYNTAX: Final = "NAME[:weight=W,words=N,first=N]"


@dataclass(frozen=True, slots=True)
class SetChoice:
    """Which set to learn from, and how.

    :param name: of the file, without ending.
    :param weight: above 0, against the other sets, however many clusters each has.
    :param words: budget of the summaries; None for the mean length of the references.
    :param first: learn from so many clusters, the first of the file; None for all.
    """

    name: str
    weight: float = 1.0
    words: int | None = None
    first: int | None = None

    def __str__(self) -> str:
        given = {"weight": f"{self.weight:g}", "words": self.words, "first": self.first}
        return f"{self.name}:" + ",".join(f"{key}={value}" for key, value in given.items() if value is not None)

    @classmethod
    def parse(cls, text: str) -> SetChoice:
        """Read ``NAME[:weight=W,words=N,first=N]``.

        :raises ConfigError: if the text has another shape or a number is not above 0.
        """
        name, _, options = text.partition(":")
        if not name:
            raise ConfigError(f"--sets {text}: the name of the set is missing; the shape is {_SYNTAX}")
        numbers: dict[str, float] = {}
        for option in options.split(",") if options else ():
            key, _, value = option.partition("=")
            if key not in ("weight", "words", "first"):
                raise ConfigError(f"--sets {text}: {option!r} is no option of a set; the shape is {_SYNTAX}")
            numbers[key] = _positive(text, key, value, whole=key != "weight")
        words, first = numbers.get("words"), numbers.get("first")
        return cls(
            name,
            numbers.get("weight", 1.0),
            None if words is None else int(words),
            None if first is None else int(first),
        )


def _positive(text: str, key: str, value: str, *, whole: bool) -> float:
    try:
        number: float = int(value) if whole else float(value)
    except ValueError:
        number = 0
    if not 0 < number < float("inf"):
        kind = "whole number" if whole else "number"
        raise ConfigError(f"--sets {text}: {key} must be a {kind} above 0, not {value!r}")
    return number


@dataclass(frozen=True, slots=True)
class TrainingCluster:
    """Articles on one event, with human summaries.

    :param id: unique in its set.
    :param documents: what :func:`summarizer.summarize` reads.
    :param references: at least one.
    :param group: clusters of one group weigh together; the event, or the id.
    """

    id: str
    documents: tuple[Mapping[str, str], ...]
    references: tuple[str, ...]
    group: str


@dataclass(frozen=True)
class TrainingSet:
    """The clusters of one file that are learned from.

    :param choice: which, and how.
    :param sha256: of the whole file, uncompressed.
    :param clusters: at least one.
    """

    choice: SetChoice
    sha256: str
    clusters: tuple[TrainingCluster, ...]

    @property
    def name(self) -> str:
        """Name of the file, without ending."""
        return self.choice.name

    @cached_property
    def mean_words(self) -> float:
        """Mean length of the references, in words."""
        lengths = [len(text.split()) for cluster in self.clusters for text in cluster.references]
        return sum(lengths) / len(lengths)

    @property
    def budget(self) -> int:
        """Length of the summaries, in words."""
        return self.choice.words or max(round(self.mean_words), 1)

    @cached_property
    def has_events(self) -> bool:
        """Whether its clusters are grouped by events."""
        return any(cluster.group != cluster.id for cluster in self.clusters)


def read_set(folder: Path, choice: SetChoice) -> TrainingSet:
    """Read the clusters of a set.

    :param folder: that holds ``NAME.jsonl`` or ``NAME.jsonl.gz``.
    :raises InputError: if it holds neither.
    :raises ReadingError: if a file or a line cannot be read; names both and the remedy.
    """
    path = _find(folder, choice.name)
    digest = hashlib.sha256()
    clusters: dict[str, TrainingCluster] = {}
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as lines:
            for number, line in enumerate(cast(IO[bytes], lines), 1):
                digest.update(line)
                if (choice.first is not None and len(clusters) >= choice.first) or not line.strip():
                    continue
                cluster = _parse(line, number, where=f"{path}, line {number}")
                if clusters.setdefault(cluster.id, cluster) is not cluster:
                    raise ReadingError(f"{path}, line {number}", f"a second cluster {cluster.id!r}; give ids once")
    except (OSError, EOFError, zlib.error) as error:
        raise ReadingError(str(path), f"cannot be read ({error}); put a whole file there") from error
    if not clusters:
        raise ReadingError(str(path), f"holds no cluster; give one a line, as {SHAPE}")
    return TrainingSet(choice, digest.hexdigest(), tuple(clusters.values()))


def _find(folder: Path, name: str) -> Path:
    for path in (folder / f"{name}.jsonl", folder / f"{name}.jsonl.gz"):
        if path.is_file():
            return path
    known = sorted({path.name.split(".jsonl")[0] for path in folder.glob("*.jsonl*")})
    has = f"it has {', '.join(known)}: name those to learn from with --sets" if known else f"put lines {SHAPE} there"
    raise InputError(f"{folder} has neither {name}.jsonl nor {name}.jsonl.gz; {has}")


def _parse(line: bytes, number: int, *, where: str) -> TrainingCluster:
    try:
        row: dict[str, Any] = json.loads(line)
        documents = tuple(filter(None, map(_document, row["documents"])))
        references = row["references"]
        if not isinstance(references, list) or not all(isinstance(text, str) for text in references):
            raise ReadingError(where, f"references must be a list of texts; the shape is {SHAPE}")
        name, event = str(row.get("id", number)), row.get("event")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ReadingError(where, f"is no cluster ({error!r}); the shape is {SHAPE}") from error
    references = [text for text in references if text.strip()]
    if not documents or not references:
        missing = "a document with text" if not documents else "a reference with text"
        raise ReadingError(where, f"needs at least {missing}; remove the line, or add it")
    return TrainingCluster(name, documents, tuple(references), str(event or name))


def _document(given: Mapping[str, Any]) -> Mapping[str, str] | None:
    """Give what reading takes; None for a document without text."""
    fields = {"text": given["text"], "title": given.get("title"), "published": given.get("date")}
    wrong = [name for name, value in fields.items() if value is not None and not isinstance(value, str)]
    if wrong:
        raise TypeError(f"{wrong[0]} of a document is no text")
    return {name: value for name, value in fields.items() if value} if fields["text"].strip() else None
