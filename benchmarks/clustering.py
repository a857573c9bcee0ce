"""How well sentences that say the same are found, how often a guard is wrong, and how often support is right.

Three measurements, none of which a default was chosen on alone:

* clusters: ``clusters_msrp`` holds groups of sentences that say the same. Groups are split at random into halves; the
  threshold is chosen on one, all figures come from the other; several times. The pairs of sentences that cross
  documents are counted apart, as only they make support: the set names no documents, so the first sentence of every
  group is taken to stand in one, the second of every group in another, and so on.
* guards: what share of true paraphrases each blocks (``clusters_msrp``, ``pairs_msrp_train`` positives), and what share
  of negatives.
* support: pairs of sentences that :func:`summarizer.clustering.supporters` gave, drawn at random from news clusters and
  labelled by hand: does the supporter state the main fact of the statement (yes, partly, no)? The labels are in
  ``results/support_labels.json`` under digests of the two texts.

    python -m benchmarks measure clustering --data FOLDER
"""

from __future__ import annotations

import hashlib
import json
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.data import load, read_lines, split_sentences
from summarizer.clustering import Clustering, cluster_sentences, default_bars, supporters
from summarizer.datatypes import Sentence
from summarizer.embedding import embed, load_embedder
from summarizer.facts import read_facts
from summarizer.guards import negated, other_number, other_subject
from summarizer.terms import index_terms
from summarizer.vectors import tfidf

LABELS: Final = Path(__file__).parent / "results" / "support_labels.json"
#: Thresholds tried, with and without encoder.
THRESHOLDS: Final = {"encoder": np.arange(0.34, 0.561, 0.02), "tfidf": np.arange(0.16, 0.361, 0.02)}
#: The threshold chosen is the middle of those whose index is this close to the best: a peak on half of the groups is
#: noise, the plateau under it is not.
CHOICE_MARGIN: Final = 0.01
#: Clusters that support is drawn from: this many of each set, the same ones each time.
SUPPORT_SETS: Final = {"neus_val": 15, "multi_news_val": 6}

Labels = NDArray[np.int64]
Vectors = NDArray[np.float32] | None


def measure(data: Path, *, seeds: int = 8) -> dict[str, Any]:
    """Measure clusters, guards, support and speed.

    :param data: folder with ``clusters_msrp``, ``pairs_msrp_train``, ``neus_val`` and ``multi_news_val``.
    :param seeds: number of random splits of the groups.
    """
    groups = [row["sentences"] for row in _rows(data, "clusters_msrp")]
    return {
        "clusters": {kind: _held_out(groups, kind, seeds) for kind in THRESHOLDS},
        "guards": measure_guards(data, groups),
        "support": measure_support(data),
        "seconds": measure_speed(data),
    }


def _rows(data: Path, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in read_lines(data, name)[1].decode("utf-8").splitlines() if line.strip()]


def _cluster(texts: Sequence[str], vectors: Vectors, threshold: float | None, owners: Sequence[str]) -> Clustering:
    terms = index_terms(texts)
    sentences = [
        Sentence(owner, i, 0, len(text), text) for i, (owner, text) in enumerate(zip(owners, texts, strict=True))
    ]
    rows = tfidf(terms, content_only=False)
    return cluster_sentences(sentences, terms, rows, vectors, origins=owners, threshold=threshold)


# --- clusters --------------------------------------------------------------------------------------------------------


def _held_out(groups: Sequence[Sequence[str]], kind: str, seeds: int) -> dict[str, Any]:
    texts = [text for group in groups for text in group]
    gold = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    documents = np.concatenate([np.arange(len(group)) for group in groups])
    vectors = embed(load_embedder("minilm"), texts) if kind == "encoder" else None

    def found(chosen: NDArray[np.bool_], threshold: float | None) -> Labels:
        mine = np.flatnonzero(chosen)
        part = [texts[i] for i in mine]
        return _cluster(part, None if vectors is None else vectors[mine], threshold, [str(i) for i in mine]).labels

    splits = []
    for seed in range(seeds):
        half = np.random.default_rng(seed).permutation(len(groups))[: len(groups) // 2]
        train = np.isin(gold, half)
        scores = np.array(
            [agreement(gold[train], found(train, value), documents[train])["ari"] for value in THRESHOLDS[kind]]
        )
        chosen = round(float(np.median(THRESHOLDS[kind][scores >= scores.max() - CHOICE_MARGIN])), 4)
        splits.append({"threshold": chosen, **agreement(gold[~train], found(~train, chosen), documents[~train])})
    summary = {
        name: {
            "mean": round(float(np.mean([split[name] for split in splits])), 4),
            "low": round(min(split[name] for split in splits), 4),
            "high": round(max(split[name] for split in splits), 4),
        }
        for name in splits[0]
    }
    everything = agreement(gold, found(np.ones(len(gold), dtype=np.bool_), None), documents)
    default = default_bars(encoder=vectors is not None).cluster
    return {"held_out": summary, "all_groups_at_default": {"threshold": default, **everything}}


def agreement(gold: Labels, found: Labels, documents: Labels) -> dict[str, float]:
    """Give adjusted Rand index, V-measure, F1 over pairs, and precision, recall and F1 over those that cross documents.

    :param gold: shape (n,), group of each sentence.
    :param found: shape (n,), the cluster that it was put into.
    :param documents: shape (n,), the document that it stands in.
    """
    from sklearn.metrics import adjusted_rand_score, v_measure_score

    def crossing(*labels: Labels) -> int:
        return _n_pairs(*labels) - _n_pairs(*labels, documents)

    both, meant, made = crossing(gold, found), crossing(gold), crossing(found)
    figures = {
        "ari": float(adjusted_rand_score(gold, found)),
        "v_measure": float(v_measure_score(gold, found)),
        "pair_f1": 2 * _n_pairs(gold, found) / max(_n_pairs(gold) + _n_pairs(found), 1),
        "cross_document_precision": both / max(made, 1),
        "cross_document_recall": both / max(meant, 1),
        "cross_document_f1": 2 * both / max(meant + made, 1),
    }
    return {name: round(value, 4) for name, value in figures.items()}


def _n_pairs(*labels: Labels) -> int:
    """Count the pairs that agree in every labelling."""
    counts = Counter(zip(*(column.tolist() for column in labels), strict=True))
    return sum(count * (count - 1) // 2 for count in counts.values())


# --- guards ----------------------------------------------------------------------------------------------------------


def measure_guards(data: Path, groups: Sequence[Sequence[str]]) -> dict[str, Any]:
    """Give the share of pairs that each guard blocks: false alarms on paraphrases, catches on the others."""
    rows = _rows(data, "pairs_msrp_train")
    sets = {
        "clusters_msrp": [pair for group in groups for pair in combinations(group, 2)],
        "pairs_msrp_train positives": [(row["a"], row["b"]) for row in rows if row["label"]],
        "pairs_msrp_train negatives": [(row["a"], row["b"]) for row in rows if not row["label"]],
    }
    return {name: _blocked(pairs) for name, pairs in sets.items()}


def _blocked(pairs: Sequence[tuple[str, str]]) -> dict[str, float]:
    checks = {"number": other_number, "negation": negated, "subject": other_subject}
    counts = dict.fromkeys(checks, 0)
    for a, b in pairs:
        for name, check in checks.items():
            counts[name] += check(read_facts(a), read_facts(b))
    return {"pairs": len(pairs)} | {name: round(count / len(pairs), 4) for name, count in counts.items()}


# --- support ---------------------------------------------------------------------------------------------------------


def digest(text: str) -> str:
    """Give the first 16 hexadecimal digits of the SHA-256 of a text."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def supported_pairs(data: Path, *, encoder: bool = True) -> Iterator[tuple[str, str, float]]:
    """Give (statement, supporter, similarity) for each sentence and the best supporter in each other article.

    Identical sentences are left out: they need no judgement. So are sentences of under six words.
    """
    for name, limit in SUPPORT_SETS.items():
        clusters = load(data, name).clusters
        picked = random.Random(7).sample([c for c in clusters if sum(len(d.text) for d in c.documents) < 30_000], limit)
        for cluster in picked:
            owned = [(str(i), text) for i, d in enumerate(cluster.documents) for text in split_sentences(d.text)]
            owners, texts = [owner for owner, _ in owned], [text for _, text in owned]
            vectors = embed(load_embedder("minilm"), texts) if encoder else None
            clustering = _cluster(texts, vectors, None, owners)
            for index, text in enumerate(texts):
                taken = {owners[index]}
                for other, similarity in supporters(clustering, index) if len(text.split()) >= 6 else ():
                    if owners[other] not in taken and texts[other] != text:
                        yield text, texts[other], similarity
                    taken.add(owners[other])


def measure_support(data: Path) -> dict[str, Any]:
    """Give the precision of support on the labelled pairs that are supported today."""
    labels = json.loads(LABELS.read_text(encoding="utf-8"))["labels"]
    bars = default_bars(encoder=True)
    found: dict[str, Counter[str]] = {"all": Counter(), "similarity under the bar, by names": Counter()}
    for statement, supporter, similarity in supported_pairs(data):
        label = labels.get(f"{digest(statement)}-{digest(supporter)}", "not labelled")
        found["all"][label] += 1
        if similarity < bars.support:
            found["similarity under the bar, by names"][label] += 1
    return {name: _precision(counts) for name, counts in found.items()}


def _precision(counts: Counter[str]) -> dict[str, Any]:
    judged = sum(counts[label] for label in ("yes", "partly", "no"))
    shares = {"yes": counts["yes"], "yes or partly": counts["yes"] + counts["partly"]}
    return dict(counts) | {name: round(count / max(judged, 1), 3) for name, count in shares.items()}


# --- speed -----------------------------------------------------------------------------------------------------------


def measure_speed(data: Path, sizes: Sequence[int] = (4_000, 12_000, 40_000)) -> dict[str, float]:
    """Time clustering of many sentences without vectors: news sentences, and halves of two joined for more."""
    pool = [
        text for c in load(data, "multi_news_val").clusters for d in c.documents for text in split_sentences(d.text)
    ]
    pool = [text for text in pool if 30 < len(text) < 600]
    seconds = {}
    for size in sizes:
        rng = random.Random(1)
        texts = rng.sample(pool, min(size, len(pool)))
        while len(texts) < size:
            first, second = rng.choice(pool).split(), rng.choice(pool).split()
            texts.append(" ".join(first[: len(first) // 2] + second[len(second) // 2 :]))
        terms = index_terms(texts)
        start = time.perf_counter()
        owners = [str(i // 80) for i in range(size)]
        sentences = [Sentence(owners[i], i, 0, len(text), text) for i, text in enumerate(texts)]
        cluster_sentences(sentences, terms, tfidf(terms, content_only=False), None, origins=owners)
        seconds[str(size)] = round(time.perf_counter() - start, 2)
    return seconds
