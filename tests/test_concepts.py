"""Concepts weigh by independent origins."""

from __future__ import annotations

import math

import numpy as np
import pytest

from summarizer.concepts import KINDS, Concepts, gives_figure, weigh_concepts
from summarizer.terms import Terms, index_terms

PAIR, WORD, TOPIC, FIGURES = range(len(KINDS))


def weight_of(concepts: Concepts, terms: Terms, *words: str) -> float:
    """Weight of the word pair or word, found through the only sentence that consists of it."""
    probe = [index for index, row in enumerate(terms.rows) if [terms.vocabulary[t] for t in row] == list(words)]
    held = concepts.of(probe[0])
    kind = PAIR if len(words) == 2 else WORD
    return float(concepts.weights[held[concepts.kinds[held] == kind]].sum())


def test_a_concept_weighs_the_square_of_its_origins() -> None:
    terms = index_terms(["tariff", "tariff", "tariff", "truce", "truce", "visit"])
    concepts = weigh_concepts(terms, np.array([0, 1, 2, 0, 1, 0]), np.full(6, 1_000_000))
    assert weight_of(concepts, terms, "tariff") == pytest.approx(9)
    assert weight_of(concepts, terms, "truce") == pytest.approx(4)
    assert weight_of(concepts, terms, "visit") == 0


def test_copies_count_once() -> None:
    terms = index_terms(["tariff", "tariff", "tariff", "truce", "truce"])
    concepts = weigh_concepts(terms, np.array([0, 0, 0, 0, 1]), np.full(5, 1_000_000))
    assert weight_of(concepts, terms, "tariff") == 0
    assert weight_of(concepts, terms, "truce") == pytest.approx(4)


def test_early_concepts_weigh_up_to_twice() -> None:
    terms = index_terms(["tariff", "tariff"])
    early = weigh_concepts(terms, np.array([0, 1]), np.array([0, 7]))
    later = weigh_concepts(terms, np.array([0, 1]), np.array([20, 7]))
    assert weight_of(early, terms, "tariff") == pytest.approx(8)
    assert weight_of(later, terms, "tariff") == pytest.approx(4 * (1 + math.exp(-0.7)))


def test_one_article_alone_weighs_by_frequency() -> None:
    terms = index_terms(["tariff", "tariff", "truce"])
    concepts = weigh_concepts(terms, np.zeros(3, dtype=np.int64), np.full(3, 1_000_000))
    assert weight_of(concepts, terms, "tariff") == pytest.approx(2)
    assert weight_of(concepts, terms, "truce") == pytest.approx(1)


def test_pairs_of_function_words_say_nothing() -> None:
    terms = index_terms(["of the talks", "of the talks"])
    concepts = weigh_concepts(terms, np.array([0, 1]), np.zeros(2, dtype=np.int64))
    assert sorted(KINDS[kind] for kind in concepts.kinds[concepts.of(0)]) == ["shared word pairs", "shared words"]


def test_topics_are_concepts_too() -> None:
    terms = index_terms(["alpha", "beta", "gamma"])
    topics = np.array([0, 0, 1])
    concepts = weigh_concepts(terms, np.array([0, 1, 2]), np.full(3, 1_000_000), topics)
    held = concepts.of(0)
    assert concepts.weights[held[concepts.kinds[held] == TOPIC]].tolist() == [16.0]
    assert not (concepts.kinds[concepts.of(2)] == TOPIC).any()


def test_figures_weigh_by_the_origins_of_their_topic() -> None:
    texts = ["Exports fell 12.7%, to $28.8 billion.", "Exports fell 34.5%.", "Rain fell, 9% more."]
    terms, topics = index_terms(texts), np.array([0, 0, 1])
    concepts = weigh_concepts(terms, np.array([0, 1, 2]), np.full(3, 1_000_000), topics, texts)
    figures = [[c for c in concepts.of(i).tolist() if concepts.kinds[c] == FIGURES] for i in range(3)]
    assert [len(found) for found in figures] == [2, 1, 0]
    assert {float(concepts.weights[c]) for found in figures for c in found} == {20.0 * 4}


@pytest.mark.parametrize("text", ["by 3%", "by 3 per cent", "$5", "€ 20", "3.4 billion", "um 12 Millionen", "20 €"])
def test_a_figure(text: str) -> None:
    assert gives_figure(text)


@pytest.mark.parametrize("text", ["in 2025", "12 people", "the second day", "G7", "percent", "$"])
def test_no_figure(text: str) -> None:
    assert not gives_figure(text)


def test_nothing_gives_nothing() -> None:
    terms = index_terms([""])
    concepts = weigh_concepts(terms, np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64))
    assert concepts.totals().tolist() == [0.0]
