"""Pairs of figures that share no word next to them, in sentences that share much."""

from __future__ import annotations

import pytest

from summarizer import compare
from summarizer.comparison import judging
from summarizer.comparison.candidates import find_alike, find_candidates
from summarizer.comparison.figures import Figures, read_figures
from summarizer.comparison.judging import find_facing, find_hidden, find_shut
from summarizer.config import SummaryConfig
from summarizer.datatypes import Document
from summarizer.material import Material
from summarizer.training.comparison_cases import material_of

LEAK = (
    "About 900 gulls died when a ruptured pipeline spilled crude into Otter Creek in Dakota, inspectors said.",
    "Inspectors who walked Otter Creek in Dakota counted 4,200 dead birds below the broken pipeline.",
)
FAR = "In Chile a mine sold 700 goats to its neighbours last spring, a newspaper wrote."


def material(*texts: str) -> Material:
    return material_of({"input": {"documents": [{"text": text} for text in texts]}})


def said(figures: Figures, pairs: list[tuple[int, int]]) -> list[set[float | None]]:
    return [{figures.all[number].quantity.value for number in pair} for pair in pairs]


def test_sentences_that_share_much_are_looked_at_and_others_are_not() -> None:
    figures = read_figures(material(*LEAK, FAR))
    assert said(figures, find_alike(figures, [])) == [{900, 4_200}]


def test_known_pairs_are_left_out_and_the_order_of_articles_does_not_matter() -> None:
    figures, turned = (read_figures(material(*texts)) for texts in (LEAK, LEAK[::-1]))
    (pair,) = find_alike(figures, [])
    assert find_alike(figures, [pair]) == []
    assert said(turned, find_alike(turned, [])) == said(figures, [pair])


def test_large_inputs_are_not_searched() -> None:
    texts = [f"In town {n} of Malden {100 + n} homes burned and {2_000 + n} people fled on Monday." for n in range(130)]
    figures = read_figures(material(*texts))
    assert len(figures.all) > 250
    assert find_alike(figures, []) == []


def test_every_pair_is_hidden_or_faced_never_both() -> None:
    whole = material(*LEAK, FAR)
    figures = read_figures(whole)
    candidates = find_candidates(figures, whole.clustering.topics.tolist())
    faced, hidden = ([pair for pair, _ in find(figures, candidates)] for find in (find_facing, find_hidden))
    assert len({*faced, *hidden}) == len(faced) + len(hidden)


def test_figures_that_share_no_word_beside_them_may_conflict() -> None:
    texts = (
        "Thieves made off with seven paintings from the Kersten Museum in Rotterdam on Tuesday, among them a Corot.",
        "Dutch police are searching for five canvases stolen from Rotterdam's Kersten Museum, a Corot being one.",
    )
    documents = [Document(text, id=f"d{n}") for n, text in enumerate(texts)]
    (found,) = compare(documents, config=SummaryConfig(embedder="tfidf", keep_other_events=True)).comparisons
    assert found.relation == "conflict"


RACE = (
    "The Marlow regatta drew 340 rowers to the river on Sunday, the organiser Kate Penn told Radio Thames.",
    "Crews came from all over: 410 rowers took part in the Marlow regatta on Sunday, among them the Olympian Jo Reed.",
)


def test_in_small_inputs_pairs_that_words_rule_out_are_read_and_in_others_not(monkeypatch: pytest.MonkeyPatch) -> None:
    figures = read_figures(material(*RACE))
    shut = find_shut(figures, [])
    assert said(figures, [pair for pair, _ in shut]) == [{340, 410}]
    assert list(find_shut(figures, [(0, 1)])) == []
    monkeypatch.setattr(judging, "SMALL", 1)
    assert list(find_shut(figures, [])) == []


def test_values_far_apart_stay_shut() -> None:
    figures = read_figures(material(RACE[0], RACE[1].replace("410", "41")))
    assert list(find_shut(figures, [])) == []
