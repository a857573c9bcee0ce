"""Concepts weigh by independent origins."""

from __future__ import annotations

import math

import numpy as np
import pytest

from summarizer.concepts import KINDS, Concepts, weigh_concepts
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
    held = concepts.of(0)
    shared = held[concepts.weights[held] > 0]
    assert sorted(KINDS[kind] for kind in concepts.kinds[shared]) == ["shared word pairs", "shared words"]
    assert sorted(KINDS[kind] for kind in concepts.kinds[held]) == sorted([*KINDS[:2], "shared topic"])


def test_concepts_know_their_words_their_origins_and_how_often_they_are_said() -> None:
    terms = index_terms(["tariff truce", "tariff truce tariff", "visit"])
    concepts = weigh_concepts(terms, np.array([0, 1, 1]), np.zeros(3, dtype=np.int64))
    told = {
        (int(concepts.kinds[c]), terms.vocabulary[concepts.first_word[c]], terms.vocabulary[concepts.second_word[c]]): (
            int(concepts.origins[c]),
            int(concepts.occurrences[c]),
        )
        for c in range(len(concepts.weights))
        if concepts.kinds[c] in (PAIR, WORD)
    }
    assert told == {
        (WORD, "tariff", "tariff"): (2, 3),
        (WORD, "truce", "truce"): (2, 2),
        (WORD, "visit", "visit"): (1, 1),
        (PAIR, "tariff", "truce"): (2, 2),
        (PAIR, "truce", "tariff"): (1, 1),
    }


def test_what_does_not_count_is_said_by_nobody_but_held_all_the_same() -> None:
    terms = index_terms(["tariff truce", "tariff truce", "tariff"])
    origins, positions = np.array([0, 0, 1]), np.zeros(3, dtype=np.int64)
    concepts = weigh_concepts(terms, origins, positions, counted=np.array([True, False, True]))
    words = concepts.kinds == WORD
    assert sorted(concepts.occurrences[words].tolist()) == [1, 2]
    assert concepts.of(1).tolist()[: len(concepts.of(0))] == concepts.of(1).tolist()
    assert concepts.totals()[0] == concepts.totals()[1] > 0


def test_entries_are_ascending_and_owned() -> None:
    terms = index_terms(["of the talks in Geneva", "", "talks and talks"])
    concepts = weigh_concepts(terms, np.array([0, 1, 2]), np.zeros(3, dtype=np.int64))
    assert len(concepts) == 3
    for index in range(3):
        held = concepts.of(index).tolist()
        assert held == sorted(set(held))
        assert (concepts.owners[concepts.indptr[index] : concepts.indptr[index + 1]] == index).all()


def test_topics_are_concepts_too() -> None:
    terms = index_terms(["alpha", "beta", "gamma"])
    topics = np.array([0, 0, 1])
    concepts = weigh_concepts(terms, np.array([0, 1, 2]), np.full(3, 1_000_000), topics)
    held, alone = concepts.of(0), concepts.of(2)
    assert concepts.weights[held[concepts.kinds[held] == TOPIC]].tolist() == [16.0]
    assert concepts.weights[alone[concepts.kinds[alone] == TOPIC]].tolist() == [0.0]


def test_figures_weigh_by_the_origins_of_their_topic() -> None:
    texts = ["Exports fell 12.7%, to $28.8 billion.", "Exports fell 34.5%.", "Rain fell, 9% more."]
    terms, topics = index_terms(texts), np.array([0, 0, 1])
    concepts = weigh_concepts(terms, np.array([0, 1, 2]), np.full(3, 1_000_000), topics, texts)
    figures = [[c for c in concepts.of(i).tolist() if concepts.kinds[c] == FIGURES] for i in range(3)]
    weights = [[float(concepts.weights[c]) for c in found] for found in figures]
    assert weights == [[20.0 * 4] * 2, [20.0 * 4], [0.0]]


def _gives_figure(text: str) -> bool:
    zero = np.zeros(1, dtype=np.int64)
    return bool(weigh_concepts(index_terms([text]), zero, zero, zero, [text]).gives_figure[0])


@pytest.mark.parametrize("text", ["by 3%", "by 3 per cent", "$5", "€ 20", "3.4 billion", "um 12 Millionen", "20 €"])
def test_a_figure(text: str) -> None:
    assert _gives_figure(text)


@pytest.mark.parametrize("text", ["in 2025", "12 people", "the second day", "G7", "percent", "$"])
def test_no_figure(text: str) -> None:
    assert not _gives_figure(text)


def test_nothing_gives_nothing() -> None:
    terms = index_terms([""])
    concepts = weigh_concepts(terms, np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64))
    assert concepts.totals().tolist() == [0.0]
