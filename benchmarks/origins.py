"""How many made copies are folded into one origin, and how many independent articles are.

* copies: articles get another headline and a byline, lose up to half of their sentences (from the end, or here and
  there) and gain up to 30 % of sentences from articles on other events.
* wire: two stories that share 30 to 45 % of their sentences, with the mark of one agency in both, and without.
* false merges: pairs of articles of one event that end with one origin. News clusters do hold real reprints; the pairs
  found were read by hand and are in ``results/reprints.json`` under digests of the two texts. A "reprint" is not
  counted as false; "independent" is, be it two reports of one press release, or a post and the article that quotes it.

    python -m benchmarks measure origins --data FOLDER
"""

from __future__ import annotations

import hashlib
import json
import random
import time
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, Final

from benchmarks.data import NewsCluster, load, split_sentences
from summarizer.datatypes import Document
from summarizer.origins import fold_copies

#: Pairs of articles of one event with one origin, read by hand: digest of the pair to "reprint" or "independent".
LABELS: Final = Path(__file__).parent / "results" / "reprints.json"
SETS: Final = ("neus_val", "multi_news_val")
#: Shorter articles are left out of the made copies: half of one is a short document, which has a rule of its own.
MIN_WORDS: Final = 120


def measure(data: Path, *, copies: int = 300, seed: int = 0, threshold: float = 0.5) -> dict[str, Any]:
    """Measure made copies and false merges.

    :param data: folder with ``neus_val`` and ``multi_news_val``.
    :param copies: number of copies made.
    :param seed: of the choice of articles and of what is cut and added.
    :param threshold: of :func:`summarizer.origins.fold_copies`.
    """
    articles = [
        document.text
        for cluster in load(data, "multi_news_val").clusters
        for document in cluster.documents
        if len(document.text.split()) >= MIN_WORDS
    ]
    result: dict[str, Any] = {
        "threshold": threshold,
        "copies": measure_copies(articles, copies=copies, seed=seed, threshold=threshold),
        "wire": measure_wire(articles, pairs=copies // 3, seed=seed, threshold=threshold),
    }
    labels = json.loads(LABELS.read_text("utf-8")) if LABELS.is_file() else {}
    for name in SETS:
        result[name] = measure_merges(load(data, name).clusters, labels, threshold=threshold)
    return result


def measure_copies(texts: Sequence[str], *, copies: int, seed: int = 0, threshold: float = 0.5) -> dict[str, Any]:
    """Make copies of articles and count those that share the origin of the article, and of that alone.

    All articles chosen and all copies are folded together, so that a copy can also go to a wrong origin.

    :param texts: articles to draw from; the longer ones give better copies.
    """
    chance = random.Random(seed)
    chosen = chance.sample(range(len(texts)), min(copies, len(texts)))
    originals, made = [], []
    for number in range(copies):
        text = texts[chosen[number % len(chosen)]]
        other = texts[chosen[(number + 1) % len(chosen)]]
        originals.append(Document(text, id=f"{number:04d}-a", published="2025-06-09"))
        made.append(Document(make_copy(text, other, chance), id=f"{number:04d}-b", published="2025-06-10"))
    start = time.perf_counter()
    folded = fold_copies([*originals, *made], threshold=threshold)
    seconds = time.perf_counter() - start
    pairs = list(zip(folded[:copies], folded[copies:], strict=True))
    return {
        "copies": copies,
        "one_origin": sum(a.origin_id == b.origin_id for a, b in pairs) / copies,
        "missed": [a.id for a, b in pairs if a.origin_id != b.origin_id],
        "seconds": round(seconds, 3),
    }


def measure_wire(texts: Sequence[str], *, pairs: int, seed: int = 0, threshold: float = 0.5) -> dict[str, float]:
    """Fold pairs of stories that share a good third of their text, with and without the mark of an agency.

    :param texts: articles to draw from.
    """
    chance = random.Random(seed)
    found = {"marked": 0, "unmarked": 0}
    for number in range(pairs):
        shared, one, two = (split_sentences(text) for text in chance.sample(list(texts), 3))
        shared = shared[: max(3, round(chance.uniform(0.3, 0.45) * min(len(shared), len(one), len(two))))]
        rest = round(len(shared) * 1.6)
        for kind, dateline in (("marked", "OSLO (AP) — "), ("unmarked", "")):
            stories = [dateline + " ".join([*shared, *own[:rest]]) for own in (one, two)]
            folded = fold_copies(
                [Document(text, id=f"{number}-{n}") for n, text in enumerate(stories)], threshold=threshold
            )
            found[kind] += folded[0].origin_id == folded[1].origin_id
    return {kind: count / pairs for kind, count in found.items()}


def make_copy(text: str, other: str, chance: random.Random) -> str:
    """Rework an article as a local paper does: headline, byline, 0-50 % cut, 0-30 % added from another article."""
    sentences = split_sentences(text)
    keep = max(3, round(len(sentences) * chance.uniform(0.5, 1)))
    if chance.random() < 0.5:
        kept = sentences[:keep]
    else:
        kept = [sentences[index] for index in sorted(chance.sample(range(len(sentences)), min(keep, len(sentences))))]
    local = split_sentences(other)
    added = local[: round(len(kept) * chance.uniform(0, 0.3))]
    place = chance.choice([0, len(kept) // 2, len(kept)])
    headline = f"Local view: {' '.join(reversed(sentences[0].split()[:8]))}"
    byline = f"By {chance.choice(['Ann Marsh', 'J. K. Olsen', 'Sam Reyes'])}, Staff Writer"
    return "\n".join([headline, byline, " ".join([*kept[:place], *added, *kept[place:]])])


def measure_merges(
    clusters: Sequence[NewsCluster], labels: dict[str, str], *, threshold: float = 0.5
) -> dict[str, Any]:
    """Fold each cluster and count the pairs with one origin, real reprints apart.

    :param labels: ``"reprint"`` or ``"independent"`` by :func:`pair_digest`.
    """
    pairs = reprints = 0
    merged: list[str] = []
    for cluster in clusters:
        texts = [document.text for document in cluster.documents]
        folded = fold_copies([Document(text, id=f"{n:02d}") for n, text in enumerate(texts)], threshold=threshold)
        for i, j in combinations(range(len(texts)), 2):
            pairs += 1
            if folded[i].origin_id != folded[j].origin_id:
                continue
            digest = pair_digest(texts[i], texts[j])
            reprints += labels.get(digest) == "reprint"
            if labels.get(digest) != "reprint":
                merged.append(f"{cluster.id} {i}-{j} {digest} {labels.get(digest, 'not read')}")
    return {
        "pairs": pairs,
        "one_origin": len(merged) + reprints,
        "reprints": reprints,
        "false_merges": len(merged) / max(pairs, 1),
        "false": merged,
    }


def pair_digest(first: str, second: str) -> str:
    """Name a pair of texts, in either order, without giving their words."""
    parts = sorted(hashlib.sha256(text.encode("utf-8")).hexdigest() for text in (first, second))
    return hashlib.sha256("".join(parts).encode()).hexdigest()[:16]
