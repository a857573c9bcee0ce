"""What an update costs as more is known: five new articles against states of 50, 500 and 2,000 old ones.

Old articles are recombined from real sentences, two words of each changed so that no two are equal; their vectors are
random, as only their number costs time. Ratios are to five new articles without anything known, in the same run.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks.data import split_sentences
from summarizer import Document, Summary, SummaryConfig, preparation
from summarizer.comparison import compare
from summarizer.datatypes import Budget
from summarizer.embedding import MODEL_NAME, MiniLMEmbedder
from summarizer.material import Material
from summarizer.updates import State, find_new, make_state, make_update, read_state, write_state

SIZES: Final = (50, 500, 2000)
_SENTENCES: Final = 25
_NEW: Final = 5
_BATCH: Final = 50
_REPEATS: Final = 3


def measure_costs(texts: Sequence[str], *, seed: int = 0, sizes: Sequence[int] = SIZES) -> dict[str, Any]:
    """Time a run with a state from reading it to writing it.

    :param texts: articles whose sentences are recombined.
    :return: seconds of the plain run, and for each size the ratio to it, in all and by step.
    """
    chance = random.Random(seed)
    make = _recombiner(texts, chance)
    new = [Document(make(), id=f"new{number}", published="2025-06-10") for number in range(_NEW)]
    embedders = [MiniLMEmbedder(threads=1) for _ in range(_REPEATS)]  # a used one keeps its vectors
    for embedder in embedders:
        embedder.encode(["loads the model"])
    plain, material = _time(lambda: _read(new, embedders.pop()))
    found: dict[str, Any] = {"new_articles": _NEW, "plain_seconds": round(plain, 3)}
    state: State | None = None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "state.json"
        for size in sizes:
            while state is None or len(state.articles) < size:
                first = len(state.articles) if state else 0
                state = _add(make, first, min(_BATCH, size - first), state)
            write_state(path, state)
            found[str(size)] = {"sentences": len(state.sentences), **_steps(path, material, plain)}
    return found


def _steps(path: Path, material: Material, plain: float) -> dict[str, Any]:
    """Time each step; written elsewhere, so that the state stays."""
    reading, state = _time(lambda: read_state(path))
    finding, novelty = _time(lambda: find_new(material, state))
    telling, _ = _time(lambda: make_update(novelty, [1.0] * len(novelty.reasons), compare=compare))
    adding, later = _time(lambda: make_state(_summary(material), material, state))
    writing, _ = _time(lambda: write_state(path.with_name("later.json"), later))
    steps = {"read": reading, "find_new": finding, "make_update": telling, "make_state": adding, "write": writing}
    return {
        "ratio": round((plain + sum(steps.values())) / plain, 2),
        "by_step": {name: round(seconds / plain, 3) for name, seconds in steps.items()},
        "megabytes": round(path.stat().st_size / 1e6, 1),
    }


def _time(run: Callable[[], Any]) -> tuple[float, Any]:
    """Give the least of three times, and what came out."""
    times = []
    for _ in range(_REPEATS):
        start = time.perf_counter()
        result = run()
        times.append(time.perf_counter() - start)
    return min(times), result


def _read(documents: Sequence[Document], embedder: MiniLMEmbedder | None) -> Material:
    config = SummaryConfig(keep_other_events=True, embedder="minilm" if embedder else "tfidf")
    prepared = preparation.prepare_documents(documents, config, preparation.silent)
    sentences = preparation.split_documents(prepared, config, [], preparation.silent)
    return preparation.compare_sentences(prepared, sentences, config, embedder, preparation.silent)


def _add(make: Callable[[], str], first: int, n: int, earlier: State | None) -> State:
    documents = [Document(make(), id=f"old{first + number}", published="2025-06-09") for number in range(n)]
    material = _read(documents, None)
    vectors = np.random.default_rng(first).standard_normal((len(material.sentences), 384)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    material = replace(material, vectors=vectors, embedder=MODEL_NAME)
    return make_state(_summary(material), material, earlier)


def _summary(material: Material) -> Summary:
    return Summary((), material.documents, (), Budget("words", 1), "benchmark")


def _recombiner(texts: Sequence[str], chance: random.Random) -> Callable[[], str]:
    pool = [one for text in texts for one in split_sentences(text) if 8 < len(one.split()) < 40]
    words = [word for one in pool for word in one.split() if word.islower() and len(word) > 3]

    def make() -> str:
        told = []
        for one in chance.sample(pool, _SENTENCES):
            tokens = one.split()
            places = [place for place, word in enumerate(tokens) if word.islower() and len(word) > 3]
            for place in chance.sample(places, min(2, len(places))):
                tokens[place] = chance.choice(words)
            told.append(" ".join(tokens))
        return " ".join(told)

    return make
