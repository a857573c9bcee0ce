"""How copies are best looked for among many articles: what is found, what it costs, and what is looked at in vain.

Articles of the data, some of them with a made copy (up to half cut, up to 30 % of another article added). What should
be found are the pairs of a containment from the threshold on, by all their 5-grams; candidates are looked for by

* samples: hashes below a bound, in lists by hash, which is :mod:`summarizer.scale.candidates`;
* MinHash with bands: Broder (1997); Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, 3.4.

Both start from the hashes of all 5-grams, so what is timed is what differs.

    python -m benchmarks measure scale_copies --data FOLDER
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.data import load, split_sentences
from benchmarks.origins import MIN_WORDS, make_copy
from summarizer.datatypes import Document
from summarizer.scale.candidates import Lists, find_candidates, share_of
from summarizer.updates.sketches import SHORTEST, hash_shingles

#: Samples of one hash in so many.
RATES: Final = (2, 4, 8, 16, 32)
#: Bands and rows of MinHash signatures of about 128 values; the last finds a Jaccard similarity of 0.33, which is a
#: containment of 0.5 at equal lengths, in 99 of 100 pairs.
BANDS: Final = ((32, 4), (42, 3), (64, 2))

Pairs = tuple[NDArray[np.int64], NDArray[np.int64]]


#: What is looked through: words that articles are cut to, at random between two bounds, and the threshold.
CASES: Final = {
    "whole articles": ((10**9, 10**9), 0.5),
    "articles of 40 to 120 words": ((40, 120), 0.5),
    "whole articles of one agency": ((10**9, 10**9), 0.2),
}


def measure(data: Path, *, articles: int = 6_000, copies: int = 1_500, seed: int = 0) -> dict[str, Any]:
    """Measure recall, candidates an article and time of each way.

    :param articles: how many are looked through, copies included.
    :param copies: how many of these are made copies.
    """
    return {
        name: _measure_case(_make(data, articles, copies, words, seed), threshold)
        for name, (words, threshold) in CASES.items()
    }


def _measure_case(lists: Lists, threshold: float) -> dict[str, Any]:
    n = len(lists.lengths)
    left, right = _within(lists.values, np.repeat(np.arange(n), lists.lengths), n)
    near = _containment(lists, left, right) >= threshold
    wanted = set(_codes(left[near], right[near], n).tolist())
    ways: dict[str, Callable[[], Pairs]] = {
        **{f"sample 1/{rate}": _by_sample(lists, rate, threshold) for rate in RATES},
        **{f"MinHash {bands} x {rows}": _by_minhash(lists, bands, rows) for bands, rows in BANDS},
    }
    found = []
    for name, way in ways.items():
        start = time.perf_counter()
        pairs = way()
        seconds = time.perf_counter() - start
        got = set(_codes(*pairs, n).tolist())
        found.append(
            {
                "way": name,
                "recall": round(len(wanted & got) / max(len(wanted), 1), 4),
                "candidates_per_article": round(len(got) / n, 3),
                "seconds": round(seconds, 2),
            }
        )
    return {"articles": n, "threshold": threshold, "pairs": len(wanted), "ways": found}


def _make(data: Path, articles: int, copies: int, words: tuple[int, int], seed: int) -> Lists:
    """Give the hashes of articles and their copies."""
    chance = random.Random(seed)
    texts = [
        document.text
        for name in ("multi_news_val", "multi_news_lower_train")
        for cluster in load(data, name).clusters
        for document in cluster.documents
        if len(document.text.split()) >= MIN_WORDS
    ]
    chosen = chance.sample(texts, min(articles - copies, len(texts)))
    chosen = [_shorten(text, chance.randint(*words)) for text in chosen]
    made = [make_copy(chosen[k % len(chosen)], chosen[(k + 1) % len(chosen)], chance) for k in range(copies)]
    hashes = [hash_shingles(Document(text)) for text in [*chosen, *made]]
    kept = [one for one in hashes if len(one) >= SHORTEST]
    return Lists(np.concatenate(kept), np.concatenate([[0], np.cumsum([len(one) for one in kept])]))


def _shorten(text: str, words: int) -> str:
    """Keep the first sentences of a text, up to so many words but for the last."""
    kept, n_words = [], 0
    for sentence in split_sentences(text):
        if n_words >= words:
            break
        kept.append(sentence)
        n_words += len(sentence.split())
    return " ".join(kept)


def _within(keys: NDArray[Any], owners: NDArray[np.int64], n: int, most: int = 64) -> Pairs:
    """Give the distinct pairs of owners of equal keys that at most so many own."""
    order = np.lexsort((owners, keys))
    keys, owners = keys[order], owners[order]
    begins = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]]))
    sizes = np.diff(begins, append=len(keys))
    codes: list[NDArray[np.int64]] = [np.zeros(0, dtype=np.int64)]
    for size in range(2, most + 1):
        first, second = np.triu_indices(size, 1)
        lists = owners[begins[sizes == size][:, None] + np.arange(size)]
        codes.append(np.unique(_codes(lists[:, first].ravel(), lists[:, second].ravel(), n)))
    every = np.unique(np.concatenate(codes))
    return every // n, every % n


def _codes(left: NDArray[np.int64], right: NDArray[np.int64], n: int) -> NDArray[np.int64]:
    return np.asarray(np.minimum(left, right) * n + np.maximum(left, right))


def _containment(lists: Lists, left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.float64]:
    result = np.zeros(len(left))
    for step in range(0, len(left), 2_000):
        some = slice(step, step + 2_000)
        smaller = np.minimum(lists.lengths[left[some]], lists.lengths[right[some]])
        result[some] = share_of(lists, left[some], right[some]) / smaller
    return result


def _by_sample(lists: Lists, rate: int, threshold: float) -> Callable[[], Pairs]:
    def way() -> Pairs:
        kept = lists.values < (1 << 32) // rate
        starts = np.concatenate([[0], np.cumsum(np.add.reduceat(kept, lists.starts[:-1]))])
        n = len(lists.lengths)
        found = find_candidates(Lists(lists.values[kept], starts), n, np.full(n, threshold))
        return found.left, found.right

    return way


def _by_minhash(lists: Lists, bands: int, rows: int) -> Callable[[], Pairs]:
    def way() -> Pairs:
        n = len(lists.lengths)
        random_numbers = np.random.default_rng(0)
        # Multiply-shift hashes, the multiplier odd: Dietzfelbinger et al. (1997), doi:10.1006/jagm.1997.0873
        factors = random_numbers.integers(0, 1 << 63, bands * rows, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
        summands = random_numbers.integers(0, 1 << 63, bands * rows, dtype=np.uint64)
        keys, owners = [], np.arange(n)
        values = lists.values.astype(np.uint64)
        for band in range(bands):
            key = np.zeros(n, dtype=np.uint64)
            for row in range(band * rows, band * rows + rows):
                mixed = (values * factors[row] + summands[row]) >> np.uint64(32)
                key = key * np.uint64(0x9E3779B97F4A7C15) + np.minimum.reduceat(mixed, lists.starts[:-1])
            keys.append(key + np.uint64(band))
        return _within(np.concatenate(keys), np.tile(owners, bands), n, 64)

    return way
