"""What a summary loses where only some of the sentences are embedded: :mod:`summarizer.sparing`.

Inputs that pass the bound are few and have no references, so the bound is lowered to shares of the different sentences
of smaller ones: ten clusters of ``multi_news_val`` joined, against their ten references, and the clusters of
``background_*`` with a hundred updates and more. Made of ``multi_news_val`` as in ``python -m benchmarks growth``, 500
articles of 2,000 words have 9,300 different sentences; the default bound lets 32 % of them be embedded. How well
sentences that say the same are found is measured on ``clusters_msrp``, put among all of ``multi_news_val``.

    python -m benchmarks measure sparing --data FOLDER
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.clustering import agreement
from benchmarks.data import Article, NewsCluster, load, read_lines
from benchmarks.robustness import only_large
from benchmarks.significance import paired_bootstrap
from benchmarks.systems import versions
from benchmarks.tables import table
from summarizer import Summary, summarize
from summarizer.config import SummaryConfig
from summarizer.datatypes import Document, Sentence
from summarizer.embedding import MAX_SENTENCES, MiniLMEmbedder
from summarizer.material import Material
from summarizer.preparation import compare_sentences, prepare_documents, silent
from summarizer.rouge import score

#: Shares of the different sentences that may be embedded; None for words alone.
SHARES: Final = (0.32, 0.1, None)
#: Clusters joined, and the words of their summary.
_JOINED: Final = 10
_JOINED_WORDS: Final = 2_250
#: Without longest common subsequences, which take longer than all else in texts of so many words.
_METRICS: Final = ("rouge1", "rouge2")


class _Kept:
    """The packaged encoder, which computes each vector once in all runs of this process."""

    name = MiniLMEmbedder.name

    def __init__(self) -> None:
        self._inner = MiniLMEmbedder()
        self._vectors: dict[str, NDArray[np.float32]] = {}
        self.max_sentences: int | None = None
        self.asked: set[str] = set()

    def encode(self, sentences: Sequence[str], /) -> NDArray[np.float32]:
        missing = [sentence for sentence in dict.fromkeys(sentences) if sentence not in self._vectors]
        if missing:
            self._vectors.update(zip(missing, self._inner.encode(missing), strict=True))
        self.asked.update(sentences)
        return np.stack([self._vectors[sentence] for sentence in sentences])


def measure(data: Path, *, shares: Sequence[float | None] = SHARES, seed: int = 0) -> dict[str, Any]:
    """Measure all of it; some minutes.

    :param data: folder with ``multi_news_val``, ``background_train``, ``background_val`` and ``clusters_msrp``.
    :param shares: of the different sentences that are embedded.
    :param seed: of the bootstrap.
    """
    embedder = _Kept()
    news = load(data, "multi_news_val")
    sets = {f"multi_news_val, {_JOINED} joined": (tuple(join(news.clusters)), _JOINED_WORDS)}
    for name in ("background_train", "background_val"):
        large = only_large(load(data, name))
        sets[f"{name}, 100 and more"] = (large.clusters, large.budget)
    groups = [json.loads(line)["sentences"] for line in read_lines(data, "clusters_msrp")[1].splitlines() if line]
    return {
        "versions": versions(),
        "seed": seed,
        "summaries": [
            row
            for name, (clusters, budget) in sets.items()
            for row in _try(name, clusters, budget, embedder, shares, seed)
        ],
        "clusters": _recover(groups, news.clusters, embedder),
    }


def join(clusters: Sequence[NewsCluster], n: int = _JOINED) -> list[NewsCluster]:
    """Make one cluster of every n that follow one another; each reference is that of all of them."""
    joined = []
    for start in range(0, len(clusters) - n + 1, n):
        part = clusters[start : start + n]
        documents = tuple(document for cluster in part for document in cluster.documents)
        reference = "\n".join(cluster.references[0] for cluster in part)
        joined.append(NewsCluster(part[0].id, documents, (reference,), part[0].group))
    return joined


def _summarize(cluster: NewsCluster, budget: int, embedder: Any, most: int | None) -> tuple[Summary, int]:  # noqa: ANN401
    if embedder != "tfidf":
        embedder.max_sentences, embedder.asked = most, set()
    articles = [document.as_input() for document in cluster.documents]
    summary = summarize(articles, max_words=budget, embedder=embedder, keep_other_events=True)
    return summary, 0 if embedder == "tfidf" else len(embedder.asked)


def _try(
    name: str,
    clusters: Sequence[NewsCluster],
    budget: int,
    embedder: _Kept,
    shares: Sequence[float | None],
    seed: int,
) -> list[dict[str, Any]]:
    """Compare summaries in pairs with those made with all vectors."""
    references = [cluster.references for cluster in clusters]
    full = [_summarize(cluster, budget, embedder, None) for cluster in clusters]
    before = score(
        ["\n".join(s.text for s in made.statements) for made, _ in full], references, metrics=_METRICS, seed=seed
    )
    rows = []
    for share in shares:
        found = [
            _summarize(
                cluster, budget, "tfidf" if share is None else embedder, max(1, round((share or 0) * n_different))
            )
            for cluster, (_, n_different) in zip(clusters, full, strict=True)
        ]
        after = score(
            ["\n".join(s.text for s in made.statements) for made, _ in found], references, metrics=_METRICS, seed=seed
        )
        row = {
            "set": name,
            "inputs": len(clusters),
            "events": len({cluster.group for cluster in clusters}),
            "share": share,
            "embedded": round(sum(n for _, n in found) / sum(n for _, n in full), 3),
            "same_statements": _shared(
                [_statements(made) for made, _ in found], [_statements(made) for made, _ in full]
            ),
            "same_supports": _shared([_supports(made) for made, _ in found], [_supports(made) for made, _ in full]),
        }
        groups = [cluster.group for cluster in clusters]
        for metric in _METRICS:
            new, old = ([item[metric].fmeasure for item in report.items] for report in (after, before))
            shift = paired_bootstrap(new, old, groups=groups, seed=seed)
            row[metric] = {
                "all": round(100 * float(np.mean(old)), 3),
                "shift": round(100 * shift.mean, 3),
                "low": round(100 * shift.low, 3),
                "high": round(100 * shift.high, 3),
            }
        rows.append(row)
    return rows


def _statements(summary: Summary) -> set[object]:
    return {(s.support[0].document_id, s.support[0].start) for s in summary.statements}


def _supports(summary: Summary) -> set[object]:
    """Give (statement, supporter) for the statements."""
    return {
        (s.support[0].document_id, s.support[0].start, support.document_id, support.start)
        for s in summary.statements
        for support in s.support[1:]
    }


def _shared(some: Sequence[set[object]], others: Sequence[set[object]]) -> float:
    """Give the F1 of what two lists of sets share."""
    both = sum(len(one & other) for one, other in zip(some, others, strict=True))
    return round(2 * both / max(1, sum(map(len, some)) + sum(map(len, others))), 4)


def _recover(groups: Sequence[Sequence[str]], clusters: Sequence[NewsCluster], embedder: _Kept) -> list[dict[str, Any]]:
    """Find groups of sentences that say the same among others, the first of each group in one article, and so on."""
    n_articles = max(map(len, groups))
    planted = [[group[place] for group in groups if place < len(group)] for place in range(n_articles)]
    rows = []
    for most in (None, MAX_SENTENCES, 0):
        embedder.max_sentences, embedder.asked = most, set()
        material = _material(
            planted, [d for cluster in clusters for d in cluster.documents], embedder if most != 0 else None
        )
        place = {sentence.text: index for index, sentence in enumerate(material.sentences)}
        told = [
            (number, article, place[text]) for number, group in enumerate(groups) for article, text in enumerate(group)
        ]
        gold, documents, index = (np.array(column) for column in zip(*told, strict=True))
        labels = material.clustering.labels[index]
        rows.append({"sentences": len(place), "embedded": len(embedder.asked), **agreement(gold, labels, documents)})
    return rows


def _material(planted: Sequence[Sequence[str]], others: Sequence[Article], embedder: _Kept | None) -> Material:
    """Prepare the planted articles, whose sentences are known, among others, which are split as usual."""
    from summarizer.preparation import split_documents

    config = SummaryConfig(embedder="tfidf", keep_other_events=True, max_input_sentences=100_000)
    news = prepare_documents([Document(id=f"b{i}", text=d.text) for i, d in enumerate(others)], config, silent)
    documents = [Document(id=f"a{i}", text="\n".join(texts), origin_id=f"a{i}") for i, texts in enumerate(planted)]
    sentences = []
    for document, texts in zip(documents, planted, strict=True):
        start = 0
        for position, text in enumerate(texts):
            sentences.append(Sentence(document.id, position, start, start + len(text), text))
            start += len(text) + 1
    return compare_sentences(
        [*documents, *news], [*sentences, *split_documents(news, config, [], silent)], config, embedder, silent
    )


# --- saying it -------------------------------------------------------------------------------------------------------


def text(found: dict[str, Any]) -> str:
    """Give the two tables."""
    head = [
        "set",
        "inputs",
        "bound",
        "embedded",
        "same statements",
        "same supports",
        "R1",
        "R1 moves by",
        "R2 moves by",
    ]
    rows = [
        [
            row["set"],
            str(row["inputs"]),
            "words alone" if row["share"] is None else f"{100 * row['share']:.0f} %",
            f"{100 * row['embedded']:.0f} %",
            f"{100 * row['same_statements']:.1f} %",
            f"{100 * row['same_supports']:.1f} %",
            f"{row['rouge1']['all']:.2f}",
            *(_interval(row[metric], row["events"]) for metric in _METRICS),
        ]
        for row in found["summaries"]
    ]
    clusters = [
        [
            f"{row['sentences']:,}",
            f"{row['embedded']:,}",
            *(f"{row[name]:.3f}" for name in ("ari", "pair_f1", "cross_document_f1")),
        ]
        for row in found["clusters"]
    ]
    return "\n\n".join(
        [
            table(head, rows),
            table(["sentences", "embedded", "adjusted Rand index", "F1 of pairs", "F1 across articles"], clusters),
        ]
    )


def _interval(moved: dict[str, float], n_events: int) -> str:
    """Give by how much a score moves; clusters of one event are one draw, which has no interval."""
    told = f"{moved['shift']:+.2f}"
    return f"{told} [{moved['low']:+.2f}, {moved['high']:+.2f}]" if n_events > 1 else told
