"""How many hard cases are segmented right, how long sentences of news are, and how often the language is found.

python -m benchmarks measure segmentation --data FOLDER
"""

from __future__ import annotations

import json
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any, Final

from benchmarks.data import REPOSITORY, load
from summarizer.datatypes import Document
from summarizer.language import detect_language
from summarizer.segmentation import segment

CASES: Final = REPOSITORY / "tests" / "cases" / "segmentation.json"
SETS: Final = ("neus_val", "multi_news_val")
#: Texts shorter than this are headlines, in which a language cannot be told.
MIN_CHARACTERS: Final = 80


def measure(data: Path) -> dict[str, Any]:
    """Measure the cases, the length of sentences, speed, and the language of English articles.

    :param data: folder with ``neus_val`` and ``multi_news_val``.
    """
    return {"cases": _cases(), "seeds_ms": _seeds(), **{name: _news(data, name) for name in SETS}}


def _cases() -> dict[str, Any]:
    right: Counter[str] = Counter()
    wrong: defaultdict[str, list[str]] = defaultdict(list)
    for case in json.loads(CASES.read_text("utf-8")):
        sentences, _ = segment(Document(case["input"], language=case["language"]))
        if [sentence.text for sentence in sentences] == case["expected"]:
            right[case["language"]] += 1
        else:
            wrong[case["language"]].append(case["label"])
    n_wrong = sum(map(len, wrong.values()))
    return {
        "cases": right.total() + n_wrong,
        "right": right.total() / (right.total() + n_wrong),
        "right_by_language": dict(sorted(right.items())),
        "wrong": dict(sorted(wrong.items())),
    }


def _seeds() -> float:
    """Give the milliseconds that the five articles take, best of ten."""
    documents = [Document(path.read_text("utf-8")) for path in sorted((REPOSITORY / "seeds").glob("*.txt"))]
    times = []
    for _ in range(10):
        start = time.perf_counter()
        for document in documents:
            segment(document)
        times.append(time.perf_counter() - start)
    return round(1000 * min(times), 2)


def _news(data: Path, name: str) -> dict[str, Any]:
    texts = [document.text for cluster in load(data, name).clusters for document in cluster.documents]
    lengths: list[int] = []
    skipped = 0
    start = time.perf_counter()
    for text in texts:
        sentences, warnings = segment(Document(text))
        lengths += [len(sentence.text) for sentence in sentences]
        skipped += len(warnings)
    seconds = time.perf_counter() - start
    lengths.sort()
    languages = Counter(detect_language(text) or "unsure" for text in texts if len(text) >= MIN_CHARACTERS)
    return {
        "articles": len(texts),
        "sentences": len(lengths),
        "characters": {share: lengths[int(share * (len(lengths) - 1))] for share in (0.5, 0.9, 0.99, 1.0)},
        "skipped": skipped,
        "megabytes_per_second": round(sum(map(len, texts)) / seconds / 1e6, 2),
        "languages": dict(languages.most_common()),
    }
