"""How articles of one event are best looked for in a window: what is found, and what it costs.

Articles of :mod:`benchmarks.scale.archive`, all of one day, none a copy. What should be found are the pairs of one
event whose cosine over all words is high enough; candidates are looked for by

* rare words: an inverted index without its long lists, exact cosines included, which is
  :mod:`summarizer.scale.proposing`;
* random projections of the same rows to fewer numbers, or to their signs, and the nearest :data:`NEAREST` of each
  article in an index of vectors: usearch, hnswlib, faiss (HNSW: Malkov and Yashunin 2018, arXiv:1603.09320);
* all products of the projections.

Time is that of one thread, building and searching, and for the projections without making them and without the exact
cosines that must confirm what they find. A package that is not installed is left out and named.

    python -m benchmarks measure scale_neighbours --data FOLDER
"""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.scale.archive import Row, make_rows, read_clusters
from benchmarks.tables import table
from summarizer.datatypes import Document
from summarizer.scale.describing import describe
from summarizer.scale.neighbours import LEAST_SIMILARITY
from summarizer.scale.proposing import propose
from summarizer.scale.weighing import weigh
from summarizer.vectors import SparseRows, cosines

#: Cosine from which on a pair of one event should be found.
WANTED: Final = 0.14
#: Neighbours that an index is asked for.
NEAREST: Final = 48
#: Numbers that rows are projected to, and how many signs are kept.
WIDTHS: Final = (256, 512)
SIGNS: Final = 2_048
#: Links of an article in HNSW, and candidates kept while building and searching: the defaults of usearch and near those
#: of the others.
_LINKS: Final = 16
_BUILDING: Final = 128
_SEARCHING: Final = 64
_BLOCK: Final = 1_000
_COLUMNS: Final = 64
#: Copies have this place in their event or a later one, see :mod:`benchmarks.scale.archive`.
_COPY: Final = 100

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


def measure(data: Path, *, articles: int = 10_000, seed: int = 0) -> dict[str, Any]:
    """Measure recall, candidates an article and articles a second of each way.

    :param data: of :func:`benchmarks.data.data_folder`.
    :param articles: how many are made; copies are left out after that.
    """
    words, event = _make(data, articles, seed)
    n = len(words)
    wanted = _wanted(words, event)
    found = []
    start = time.process_time()
    pairs = propose(words, LEAST_SIMILARITY)
    seconds = time.process_time() - start
    found.append(_row("rare words, exact cosines", _codes(pairs.left, pairs.right, n), wanted, n, seconds))
    absent = []
    for name, package, width, way in _ways():
        try:
            importlib.import_module(package)
        except ModuleNotFoundError:
            absent.append(name)
            continue
        rows = _project(words, width)
        start = time.process_time()
        near = way(rows)
        seconds = time.process_time() - start
        owner = np.repeat(np.arange(n), near.shape[1])
        other = near.ravel()
        told = (other >= 0) & (other != owner)
        found.append(_row(name, _codes(owner[told], other[told], n), wanted, n, seconds))
    return {"articles": n, "cosine": WANTED, "pairs": len(wanted), "nearest": NEAREST, "ways": found, "absent": absent}


def text(found: dict[str, Any]) -> str:
    """Give a table."""
    rows = [
        [way["way"], f"{way['recall']:.3f}", f"{way['candidates_per_article']:.1f}", f"{way['articles_a_second']:,}"]
        for way in found["ways"]
    ]
    head = ("search", "recall", "candidates an article", "articles a second")
    absent = f"\n\nnot installed: {', '.join(found['absent'])}" if found["absent"] else ""
    told = (
        f"{found['articles']} articles, {found['pairs']} pairs of one event with a cosine of {found['cosine']} or more"
    )
    return f"{told}\n\n{table(head, rows)}{absent}"


def _row(name: str, codes: Ints, wanted: Ints, n: int, seconds: float) -> dict[str, Any]:
    return {
        "way": name,
        "recall": round(float(np.isin(wanted, codes).mean()) if len(wanted) else 1.0, 4),
        "candidates_per_article": round(len(codes) / n, 2),
        "articles_a_second": round(n / max(seconds, 1e-6)),
    }


def _make(data: Path, articles: int, seed: int) -> tuple[SparseRows, NDArray[np.object_]]:
    """Give the words of articles as unit rows, and the event of each."""
    rows = [row for row in make_rows(read_clusters(data), articles, days=1, seed=seed) if not _is_copy(row)]
    told = [describe(Document(row["text"], title=row["title"], language="en")) for row in rows]
    lengths = np.array([len(one.terms) for one in told], dtype=np.int64)
    terms, weights = (np.concatenate([getattr(one, name) for one in told]) for name in ("terms", "weights"))
    return weigh(terms, weights, lengths), np.array([row["event"] for row in rows], dtype=np.object_)


def _is_copy(row: Row) -> bool:
    return int(row["id"].rpartition("-")[2]) >= _COPY


def _wanted(words: SparseRows, event: NDArray[np.object_]) -> Ints:
    """Give the codes of the pairs of one event that are near enough."""
    groups: dict[str, list[int]] = {}
    for number, name in enumerate(event.tolist()):
        groups.setdefault(name, []).append(number)
    pairs = [(a, b) for some in groups.values() for place, a in enumerate(some) for b in some[place + 1 :]]
    left, right = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    near = cosines(words, left, right) >= WANTED
    return _codes(left[near], right[near], len(words))


def _codes(left: Ints, right: Ints, n: int) -> Ints:
    return np.asarray(np.unique(np.minimum(left, right) * n + np.maximum(left, right)), dtype=np.int64)


def _project(words: SparseRows, width: int) -> Floats:
    """Project rows at random, and scale them to unit length, shape (n, width)."""
    random_numbers = np.random.default_rng(0)
    lengths = np.diff(words.indptr)
    projected = np.zeros((len(words), width), dtype=np.float32)
    for first in range(0, width, _COLUMNS):
        some = random_numbers.standard_normal((words.n_columns, min(_COLUMNS, width - first)), dtype=np.float32)
        for start in range(0, len(words), _BLOCK):
            block = start + np.flatnonzero(lengths[start : start + _BLOCK])  # sums of nothing stay 0
            entries = slice(words.indptr[start], words.indptr[min(start + _BLOCK, len(words))])
            products = words.values[entries, None] * some[words.indices[entries]]
            sums = np.add.reduceat(products, words.indptr[block] - words.indptr[start])
            projected[block, first : first + some.shape[1]] = sums
    norms = np.linalg.norm(projected, axis=1, keepdims=True)
    return np.asarray(projected / np.maximum(norms, 1e-9), dtype=np.float32)


def _ways() -> Sequence[tuple[str, str, int, Callable[[Floats], Ints]]]:
    """Give the name of each search over projections, the package it needs, how many numbers, and what does it."""
    ways: list[tuple[str, str, int, Callable[[Floats], Ints]]] = [
        (f"usearch, {SIGNS} signs (Hamming)", "usearch", SIGNS, _usearch_signs)
    ]
    for width in WIDTHS:
        ways += [
            (f"usearch, {width} as int8", "usearch", width, lambda rows: _usearch(rows, "i8")),
            (f"usearch, {width} as float32", "usearch", width, lambda rows: _usearch(rows, "f32")),
            (f"hnswlib, {width} as float32", "hnswlib", width, _hnswlib),
            (f"faiss HNSW, {width} as float32", "faiss", width, _faiss),
        ]
    return [*ways, (f"all products of {WIDTHS[0]}", "numpy", WIDTHS[0], _all_products)]


def _usearch(rows: Floats, kind: str) -> Ints:
    index = importlib.import_module("usearch.index").Index(
        ndim=rows.shape[1],
        metric="cos",
        dtype=kind,
        connectivity=_LINKS,
        expansion_add=_BUILDING,
        expansion_search=_SEARCHING,
    )
    return _search_usearch(index, rows)


def _usearch_signs(rows: Floats) -> Ints:
    index = importlib.import_module("usearch.index").Index(
        ndim=rows.shape[1],
        metric="hamming",
        dtype="b1",
        connectivity=_LINKS,
        expansion_add=_BUILDING,
        expansion_search=_SEARCHING,
    )
    return _search_usearch(index, np.packbits(rows > 0, axis=1))


def _search_usearch(index: Any, rows: NDArray[Any]) -> Ints:  # noqa: ANN401  the package is optional
    index.add(np.arange(len(rows)), rows, threads=1)
    found = index.search(rows, min(NEAREST, len(rows)), threads=1)
    return np.asarray(found.keys).reshape(len(rows), -1).astype(np.int64)


def _hnswlib(rows: Floats) -> Ints:
    index = importlib.import_module("hnswlib").Index(space="ip", dim=rows.shape[1])
    index.init_index(max_elements=len(rows), ef_construction=_BUILDING, M=_LINKS, random_seed=0)
    index.set_num_threads(1)
    index.add_items(rows, np.arange(len(rows)))
    index.set_ef(_SEARCHING)
    labels, _ = index.knn_query(rows, k=min(NEAREST, len(rows)))
    return np.asarray(labels).astype(np.int64)


def _faiss(rows: Floats) -> Ints:
    faiss: Any = importlib.import_module("faiss")
    faiss.omp_set_num_threads(1)
    index = faiss.IndexHNSWFlat(rows.shape[1], _LINKS, faiss.METRIC_INNER_PRODUCT)
    index.hnsw.efConstruction, index.hnsw.efSearch = _BUILDING, _SEARCHING
    index.add(rows)
    _, labels = index.search(rows, min(NEAREST, len(rows)))
    return np.asarray(labels).astype(np.int64)


def _all_products(rows: Floats) -> Ints:
    """Give the nearest of each by computing all products, block by block."""
    found = []
    most = min(NEAREST, len(rows))
    for first in range(0, len(rows), _BLOCK):
        scores = rows[first : first + _BLOCK] @ rows.T
        found.append(np.argpartition(-scores, most - 1, axis=1)[:, :most])
    return np.concatenate(found).astype(np.int64)
