"""Fits the sum of signs by which a statement is called an answer to a question, and says how well it does unseen.

The questions are those read while building, of ``tests/cases/query.json``, ``query_second.json`` and
``query_third.json``; a question in two parts counts as two, of which the first is told. Each story in turn is left out,
so that the shares are of questions to stories that the weights have not seen. What comes out stands in
:mod:`summarizer.answering`.

    python -m benchmarks query --fit
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.query import EMBEDDERS, SEEDS, WORDS, read_cases
from summarizer import Document, SummaryConfig, preparation
from summarizer.answering import ANSWERS, SIGNS, nearest, read_signs
from summarizer.embedding import load_embedder
from summarizer.material import Material
from summarizer.protocols import Embedder
from summarizer.relevance import bear_on_query
from summarizer.salience import judge, narrow
from summarizer.selection import select
from summarizer.selection.budget import make_knapsack

#: Of the sum of squared weights, the constant aside. Between 0.1 and 1 nothing moves by more than a point.
PENALTY: Final = 0.3


@dataclass(frozen=True, slots=True)
class Example:
    """One part of a question: the story, the signs of its nearest statement, whether it is told, and its kind."""

    story: str
    signs: tuple[float, ...]
    told: bool
    unnamed: bool


def measure() -> dict[str, Any]:
    """Fit with and without the encoder."""
    found = {}
    for name in EMBEDDERS:
        embedder = load_embedder(name) if name != "tfidf" else None
        found[name] = _fit_one(list(read_examples(embedder)))
    return found


def read_examples(embedder: Embedder | None) -> Iterator[Example]:
    """Give what is seen of each part of each question that was read while building."""
    stories, cases = read_cases()
    for case in cases:
        if case["half"] == "held out":
            continue
        story, kind = case["input"]["story"], case["expected"]["kind"]
        material, numbers = _choose(stories.get(story), case["input"]["query"], embedder)
        bearing = bear_on_query(material)
        for place, part in enumerate(bearing.parts):
            index, grade = nearest(material, bearing, place, numbers)
            told = kind == "answerable" or (kind == "partly" and place == 0)
            spoken = zip(part.asked, bearing.held[place].spoken, strict=True)
            unnamed = any(item.kind != "word" and not known for item, known in spoken)
            yield Example(story, read_signs(material, bearing, place, index, grade), told, unnamed)


def _choose(
    articles: Sequence[dict[str, str]] | None, query: str, embedder: Embedder | None
) -> tuple[Material, list[int]]:
    """Give the sentences of a story, and those that are shown for a query."""
    config = SummaryConfig(query=query, max_words=WORDS, embedder="tfidf" if embedder is None else "minilm")
    given = [Document(one["text"], id=f"{place}", title=one["title"]) for place, one in enumerate(articles or ())]
    given = given or [Document(path.read_text("utf-8"), id=path.name) for path in sorted(SEEDS.glob("*.txt"))]
    prepared = preparation.prepare_documents(given, config, preparation.silent)
    sentences = preparation.split_documents(prepared, config, [], preparation.silent)
    material = preparation.compare_sentences(prepared, sentences, config, embedder, preparation.silent, [])
    knapsack = make_knapsack([sentence.text for sentence in material.sentences], material.words, config.budget(), len)
    candidates = narrow(judge(material, budget=WORDS), material, knapsack.costs <= knapsack.limit)
    return material, select(config.strategy, material, candidates, knapsack, diversity=config.diversity)


def _fit_one(examples: Sequence[Example]) -> dict[str, Any]:
    signs = np.array([example.signs for example in examples])
    told = np.array([example.told for example in examples])
    story = np.array([example.story for example in examples])
    unseen = np.zeros(len(told))
    for name in sorted(set(story.tolist())):
        left_out = story == name
        unseen[left_out] = _probability(signs[left_out], fit(signs[~left_out], told[~left_out]))
    unseen[[example.unnamed for example in examples]] = 0
    called = unseen >= ANSWERS
    weights = dict(zip(SIGNS, fit(signs, told).round(2).tolist(), strict=True))
    return {
        "parts": len(told),
        "right": round(float((called == told).mean()), 3),
        "told_called_answered": round(float(called[told].mean()), 3),
        "untold_called_not": round(float((~called[~told]).mean()), 3),
        "weights": weights,
    }


def fit(signs: NDArray[np.float64], told: NDArray[np.bool_], *, penalty: float = PENALTY) -> NDArray[np.float64]:
    """Fit a logistic sum by Newton's method; the last sign is the constant."""
    weights = np.zeros(signs.shape[1])
    punished = np.full(len(weights), penalty)
    punished[-1] = 1e-6
    for _ in range(50):
        expected = _probability(signs, weights)
        slope = signs.T @ (expected - told) + punished * weights
        curve = (signs * (expected * (1 - expected))[:, None]).T @ signs + np.diag(punished)
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < 1e-9:
            break
    return weights


def _probability(signs: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    found: NDArray[np.float64] = 1 / (1 + np.exp(-(signs @ weights)))
    return found


def text(found: dict[str, Any]) -> str:
    """Give the shares and the weights, one fit a line."""
    return "\n".join(f"{name}: {figures}" for name, figures in found.items())
