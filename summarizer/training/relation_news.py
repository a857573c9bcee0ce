"""Pairs of figures in news clusters, with the relation that a reader told of them.

The texts are their publishers': what lies in the repository names a sentence by the SHA-256 of its text, and the texts
come from the folder of clusters. Pairs were drawn from those that the cross-encoder before this one read as of one
measure, or nearly: most are of two things in like sentences, of which invented cases have too few.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from summarizer.comparison.cross_encoder import CLASSES, Marked
from summarizer.errors import ReadingError, SummarizerError
from summarizer.material import Material
from summarizer.training.clusters import SetChoice, TrainingCluster, read_set
from summarizer.training.comparison_cases import material_of
from summarizer.training.relation_pairs import Example

LABELS: Final = "figures_of_news.json"
_DIGITS_OF_DIGEST: Final = 16

#: A figure: digest of its sentence, and its place in it.
FigureId = tuple[str, int, int]
#: What is told of pairs of figures, by set and cluster.
Labels = Mapping[tuple[str, str], Mapping[frozenset[FigureId], str]]


def read_labels(path: Path) -> Labels:
    """Read what was told of pairs of figures.

    :param path: a list of ``{"set", "cluster", "one": [digest, start, end], "other": […], "relation"}``.
    :raises ReadingError: if it is missing or has another shape.
    """
    found: dict[tuple[str, str], dict[frozenset[FigureId], str]] = {}
    try:
        for row in json.loads(path.read_text(encoding="utf-8")):
            ends = frozenset((str(name), int(start), int(end)) for name, start, end in (row["one"], row["other"]))
            found.setdefault((row["set"], row["cluster"]), {})[ends] = CLASSES[CLASSES.index(row["relation"])]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReadingError(str(path), f"it holds no labels of figures: {error!r}") from error
    return found


def id_of(marked: Marked) -> FigureId:
    """Name a figure without its text."""
    digest = hashlib.sha256(marked.text.encode("utf-8")).hexdigest()
    return digest[:_DIGITS_OF_DIGEST], marked.start, marked.end


def group_of_cluster(name: str, cluster: str) -> str:
    """Name the group of a cluster of a set: what is learned from, or kept aside, together."""
    return f"{name} {cluster}"


def material_of_cluster(cluster: TrainingCluster) -> Material | None:
    """Prepare the articles of a cluster; None where they hold no sentences, or nothing but copies."""
    try:
        return material_of({"input": {"documents": [{"text": one["text"]} for one in cluster.documents]}})
    except SummarizerError:
        return None


def read_news(folder: Path, labels: Labels) -> Iterator[Example]:
    """Give the pairs of figures of which a relation is told, with their sentences.

    A pair whose sentences are split otherwise now is passed over.

    :param folder: of the clusters.
    :raises InputError: if a set is missing. :raises ReadingError: if one has another shape.
    """
    for name in sorted({name for name, _ in labels}):
        for cluster in read_set(folder, SetChoice(name)).clusters:
            told = labels.get((name, cluster.id), {})
            material = material_of_cluster(cluster) if told else None
            if material is None:
                continue
            texts = {id_of(Marked(one.text, 0, 0))[0]: one.text for one in material.sentences}
            for ends, relation in told.items():
                if all(digest in texts for digest, _, _ in ends):
                    marks = [Marked(texts[digest], start, end) for digest, start, end in sorted(ends)]
                    yield Example(marks[0], marks[-1], CLASSES.index(relation), 1.0, group_of_cluster(name, cluster.id))
