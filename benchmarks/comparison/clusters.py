"""False conflicts in clusters of articles on one event, most of which agree: what is reported is read by hand.

The sample is fixed by a seed. Every comparison told as conflict or revision is shown to the reader and named by a
digest of the words compared; the label, ``"true"`` or ``"false"``, goes into ``results/comparison_labels.json`` under
it. So the figure can be had again, and no text is stored.

    python -m benchmarks comparison --clusters 50 --data FOLDER
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks.comparison import run_library
from benchmarks.data import REPOSITORY, DataError, NewsCluster, load
from summarizer.datatypes import Document
from summarizer.findings import Comparison

LABELS: Final = REPOSITORY / "benchmarks" / "results" / "comparison_labels.json"
#: In equal parts.
SETS: Final = ("multi_news_val", "neus_val")
#: Relations that say that something was wrong, or has changed.
READ: Final = ("conflict", "revision")
#: False conflicts allowed in 50 clusters.
TARGET: Final = 2


def sample_clusters(data: Path, n: int, *, seed: int = 0) -> list[NewsCluster]:
    """Draw clusters with two articles or more, in equal parts of each set, at most one of an event.

    :raises DataError: if a set is missing, or holds too few.
    """
    drawn = []
    for number, name in enumerate(SETS):
        share = n // len(SETS) + (number < n % len(SETS))
        of_event: dict[str, NewsCluster] = {}
        for cluster in load(data, name).clusters:
            if len(cluster.documents) > 1:
                of_event.setdefault(cluster.group, cluster)
        pool = sorted(of_event.values(), key=lambda one: hashlib.sha256(f"{seed} {one.id}".encode()).digest())
        if len(pool) < share:
            raise DataError(f"{name} has {len(pool)} events with two articles, fewer than the {share} asked for")
        drawn += pool[:share]
    return drawn


def digest(comparison: Comparison) -> str:
    """Name a comparison by what it compares, without giving a word; the order of the sides plays no part."""
    firsts = sorted(f"{side.values[0].sentence.text}\n{side.values[0].place.text}" for side in comparison.sides)
    return hashlib.sha256("\n".join([comparison.kind, *firsts]).encode()).hexdigest()[:16]


def read_labels(path: Path = LABELS) -> dict[str, str]:
    """Read the labels; none where there is no file yet.

    :raises DataError: if one is neither ``"true"`` nor ``"false"``.
    """
    if not path.is_file():
        return {}
    labels: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    for name, label in labels.items():
        if label not in ("true", "false"):
            raise DataError(f'{path}: {name} is labelled {label!r}; give "true" or "false"')
    return labels


def measure(
    data: Path,
    n: int,
    labels: Mapping[str, str],
    *,
    seed: int = 0,
    embedder: str = "minilm",
    tell: Callable[[str], None],
    unread_only: bool = False,
) -> dict[str, Any]:
    """Compare the articles of each cluster and count, by label, what is told as conflict or revision.

    :param labels: by :func:`digest`.
    :param tell: shown each of them with its words, to be read.
    :param unread_only: show only those without a label.
    """
    counts: Counter[str] = Counter()
    met: dict[str, dict[str, str]] = {}
    clusters = sample_clusters(data, n, seed=seed)
    for cluster in clusters:
        for comparison in run_library(_documents(cluster), embedder):
            counts[comparison.relation] += 1
            if comparison.relation not in READ:
                continue
            name = digest(comparison)
            label = labels.get(name, "not read")
            met[name] = {"cluster": cluster.id, "relation": comparison.relation, "label": label}
            if label == "not read" or not unread_only:
                tell(show(cluster.id, name, label, comparison))
    return {
        "seed": seed,
        "embedder": embedder,
        "clusters": [cluster.id for cluster in clusters],
        "relations": dict(sorted(counts.items())),
        **{relation: _by_label(met, relation) for relation in READ},
        "read": met,
        "target": TARGET,
    }


def _documents(cluster: NewsCluster) -> Sequence[Document]:
    return [
        Document(article.text, id=f"{number:02d}", title=article.title, published=article.date)
        for number, article in enumerate(cluster.documents)
    ]


def _by_label(met: Mapping[str, Mapping[str, str]], relation: str) -> dict[str, int]:
    labels = Counter(one["label"] for one in met.values() if one["relation"] == relation)
    return {label: labels[label] for label in ("true", "false", "not read")}


def show(cluster: str, name: str, label: str, comparison: Comparison) -> str:
    """Give a comparison with the sentences, for a reader."""
    lines = [f"--- {cluster} {name} [{label}] {comparison.kind} {comparison.relation}: {comparison.topic}"]
    lines.append(f"    {comparison.reason}")
    for side in comparison.sides:
        lines.append(f"  * {side.says} ({side.origins} origins)")
        lines += [f"      {v.place.document_id}: [{v.place.text}] {v.sentence.text}" for v in side.values[:2]]
    return "\n".join(lines)


def text(found: Mapping[str, Any]) -> str:
    """Give the figures as lines to read."""
    lines = [f"{len(found['clusters'])} clusters: {', '.join(f'{n} {name}' for name, n in found['relations'].items())}"]
    for relation in READ:
        row = found[relation]
        lines.append(f"{relation}: {row['true']} true, {row['false']} false, {row['not read']} not read")
    return "\n".join(lines)


def missed(found: Mapping[str, Any]) -> list[str]:
    """Name what is not reached; conflicts that nobody has read count as false."""
    false = found["conflict"]["false"] + found["conflict"]["not read"]
    allowed = found["target"] * len(found["clusters"]) / 50
    return [f"false or unread conflicts: {false}, at most {allowed:g} allowed"] if false > allowed else []
