"""The briefing of the five articles: what an analyst would look for in it."""

from __future__ import annotations

import itertools
import json
import re
from pathlib import Path

import pytest

from summarizer import Statement, Summary
from tests.conftest import brief

FACTS = json.loads((Path(__file__).parent / "cases" / "seed_facts.json").read_text(encoding="utf-8"))


def covers(text: str, fact: dict[str, list[list[str]]]) -> bool:
    return any(all(word in text.lower() for word in words) for words in fact["any_of"])


def facts_in(summary: Summary) -> list[str]:
    return [fact["label"] for fact in FACTS if any(covers(statement.text, fact) for statement in summary.statements)]


def test_the_facts_stand_where_the_list_says(seeds: dict[str, str]) -> None:
    assert len(FACTS) >= 25
    for fact in FACTS:
        for name, quotation in fact["where"].items():
            assert quotation in seeds[name], fact["label"]


@pytest.mark.parametrize(
    ("embedder", "max_words", "least"),
    [("minilm", 150, 12), ("minilm", 300, 18), ("tfidf", 150, 12), ("tfidf", 300, 15)],
)
def test_the_briefing_covers_the_facts(embedder: str, max_words: int, least: int) -> None:
    found = facts_in(brief(max_words, embedder))
    assert len(found) >= least, found


def one(summary: Summary, *words: str) -> Statement:
    """The only statement with all these words."""
    found = [s for s in summary.statements if all(word.lower() in s.text.lower() for word in words)]
    assert len(found) == 1, [statement.text for statement in found]
    return found[0]


def test_the_opening_is_supported_by_all_five() -> None:
    first = brief(150, "minilm").statements[0]
    assert "London" in first.text
    assert re.search("talks|negotiat|meeting", first.text)
    assert first.origins == 5


def test_the_delegations_stand_once_with_all_who_name_them() -> None:
    roster = one(brief(150, "minilm"), "Bessent", "He Lifeng")
    assert roster.origins == 5


def test_the_phone_call_stands_once_with_all_four() -> None:
    call = one(brief(150, "minilm"), "Xi Jinping", "Trump")
    assert {support.document_id[:3] for support in call.support} == {"001", "002", "003", "004"}


def test_the_geneva_truce_and_the_crux_are_there() -> None:
    text = brief(150, "minilm").text
    assert "Geneva" in text
    assert re.search("rare.earth", text)
    assert re.search("chip|semiconductor|technolog", text)


def test_an_export_figure_stands_with_its_base() -> None:
    text = brief(150, "minilm").text
    month_on_month = "12.7%" in text and "from $33 billion in April" in text
    year_on_year = "34.5%" in text and "year-on-year" in text
    assert month_on_month or year_on_year


def test_the_two_export_figures_never_support_each_other() -> None:
    for embedder in ("minilm", "tfidf"):
        summary = brief(10**6, embedder)
        for statement in summary.statements:
            if "34.5%" in statement.text:
                assert not any("12.7%" in support.text for support in statement.support)
            if "12.7%" in statement.text:
                assert not any("34.5%" in support.text for support in statement.support)
        for cluster in summary.clusters:
            texts = " ".join(member.text for member in cluster.members)
            assert not ("34.5%" in texts and "12.7%" in texts)


@pytest.mark.parametrize("max_words", [60, 150, 300, 10**6])
@pytest.mark.parametrize("embedder", ["minilm", "tfidf"])
def test_no_heading_disclaimer_or_commentary(max_words: int, embedder: str, seeds: dict[str, str]) -> None:
    summary = brief(max_words, embedder)
    for statement in summary.statements:
        assert re.search('[.!?][”’")]*$', statement.text), f"a heading: {statement.text}"
        assert "indiansdaily" not in statement.text
        assert "IT policy" not in statement.text
        assert "Legal action" not in statement.text
        place = statement.support[0]
        commentary = seeds[place.document_id].find("\nCommentary\n")
        assert commentary < 0 or place.start < commentary, statement.text


@pytest.mark.parametrize("max_words", [60, 150, 300])
@pytest.mark.parametrize("embedder", ["minilm", "tfidf"])
def test_no_fact_twice_and_nothing_that_needs_the_sentence_before(max_words: int, embedder: str) -> None:
    summary = brief(max_words, embedder)
    for a, b in itertools.combinations(summary.statements, 2):
        words_a, words_b = (set(re.findall(r"\w{4,}", statement.text.lower())) for statement in (a, b))
        assert len(words_a & words_b) < 0.6 * min(len(words_a), len(words_b)), (a.text, b.text)
    openers = {"he", "she", "they", "it", "this", "these", "that", "those", "however", "but", "meanwhile", "both"}
    for statement in summary.statements:
        assert statement.text.split()[0].strip('“",').lower() not in openers, statement.text


def test_the_crux_facts_gather_their_articles() -> None:
    """Named facts, each with a sentence that states it and the articles that report it."""
    named = {
        "roster": ("representing the US, while Chinese Vice Premier", {"000", "001", "002", "003", "004"}),
        "phone call": ("The talks follow a recent phone call", {"001", "002", "003", "004"}),
    }
    summary = brief(10**6, "minilm")
    for label, (words, articles) in named.items():
        statement = one(summary, words)
        assert {support.document_id[:3] for support in statement.support} == articles, label
