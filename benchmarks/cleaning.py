"""What cleaning drops from news articles, how much of it was article text, and what cleaning costs.

Every passage dropped from a fixed sample was read by hand, and labelled true if it holds a sentence of the article
(no caption, heading or list entry) that stands nowhere else in it. Texts stay out of the repository:
``results/cleaning_labels.json`` holds digests. Passages met without a label (other data, other rules) are counted as
unlabelled, and as true sentences in the upper bound.

    python -m benchmarks measure cleaning --data FOLDER
"""

from __future__ import annotations

import hashlib
import json
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from benchmarks.data import REPOSITORY, Article, load
from summarizer.cleaning import clean
from summarizer.datatypes import Document
from summarizer.segmentation import segment

LABELS: Final = Path(__file__).parent / "results" / "cleaning_labels.json"
#: Share of the sample that comes from each set: full articles most, since the others have been cleaned by their makers.
SHARES: Final = {"multi_news_val": 0.65, "neus_val": 0.15, "multiling2011": 0.05, "background_val": 0.15}
SEED: Final = 20250610
#: Documents in the sample that was labelled.
LIMIT: Final = 400


def digest(text: str) -> str:
    """Name a dropped passage without showing it: the first 16 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def sample(data: Path, limit: int = LIMIT) -> list[Article]:
    """Draw articles at random, always the same ones.

    :param data: folder with the sets of :data:`SHARES`.
    :param limit: number of articles in all.
    """
    generator = random.Random(SEED)
    drawn: list[Article] = []
    for name, share in SHARES.items():
        articles = [document for cluster in load(data, name).clusters for document in cluster.documents]
        drawn += generator.sample(articles, min(len(articles), round(share * limit)))
    return drawn


def dropped(data: Path, limit: int = LIMIT) -> Iterator[tuple[str, str]]:
    """Give reason and text of every passage that cleaning drops from the sample: what the labels are for."""
    for article in sample(data, limit):
        for passage in clean(Document(article.text, title=article.title)).dropped:
            yield passage.reason, article.text[passage.start : passage.end]


def measure(data: Path, limit: int = LIMIT) -> dict[str, Any]:
    """Measure what is dropped by reason, the share of true sentences dropped with a 95 % interval, and time.

    :param data: folder with the sets of :data:`SHARES`.
    :param limit: number of articles; the labels are complete for :data:`LIMIT`.
    :return: counts by reason; ``true_share``: true sentences dropped / sentences of the articles, with its Wilson
        interval, and again with every unlabelled passage counted as true; milliseconds for the five seed articles.
    """
    labels: dict[str, bool] = json.loads(LABELS.read_text("utf-8"))["labels"]
    reasons: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    unlabelled = 0
    for reason, text in dropped(data, limit):
        reasons[reason] += 1
        if (label := labels.get(digest(text))) is None:
            unlabelled += 1
        elif label:
            wrong[reason] += 1
    articles = sample(data, limit)
    kept = sum(len(segment(clean(Document(one.text, title=one.title)))[0]) for one in articles)
    lost = wrong.total()
    return {
        "articles": len(articles),
        "sentences_kept": kept,
        "passages_dropped": reasons.total(),
        "passages_by_reason": dict(reasons.most_common()),
        "unlabelled": unlabelled,
        "true_sentences_dropped": lost,
        "true_by_reason": dict(wrong.most_common()),
        "true_share": round(lost / max(1, kept + lost), 5),
        "true_share_interval": [round(bound, 5) for bound in wilson(lost, kept + lost)],
        "true_share_if_unlabelled_were_true": round((lost + unlabelled) / max(1, kept + lost + unlabelled), 5),
        "seeds_ms": _seeds_ms(),
        "reference_ms": _best(lambda: sum(range(100_000))),
    }


def wilson(hits: int, trials: int, z: float = 1.96) -> tuple[float, float]:
    """Give the Wilson score interval of a share; (0, 1) without trials."""
    if not trials:
        return 0.0, 1.0
    share, spread = hits / trials, z * z / trials
    centre = (share + spread / 2) / (1 + spread)
    half = z * (share * (1 - share) / trials + spread / (4 * trials)) ** 0.5 / (1 + spread)
    return max(0.0, centre - half), min(1.0, centre + half)


def _seeds_ms() -> float:
    documents = [Document(path.read_text("utf-8")) for path in sorted((REPOSITORY / "seeds").glob("*.txt"))]
    return _best(lambda: [clean(document) for document in documents])


def _best(action: Callable[[], object], runs: int = 100) -> float:
    """Give the fewest milliseconds of many runs; ``reference_ms`` beside it tells how fast the machine was."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return round(1000 * min(times), 2)
