"""What counts for a handful of accounts of one event: numbers, figures, brevity, and what was not said yet."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.concepts import PAIR, WORD
from summarizer.salience import LENGTH_POWER, Candidates, accounts, judge
from tests.conftest import ROOT
from tests.materials import FACTORS, compared, explained, made, material

#: One sentence each of as many origins as are asked for, on one topic, that share no word.
WORDS = "alpha bravo cocoa delta eagle fable giant hotel igloo joker koala lemon mango noble ocean piano".split()


def reports(n: int, *texts: str) -> Candidates:
    """Judge texts of one topic, each of an origin of its own, among n origins."""
    others = [[f"{WORDS[number % len(WORDS)].title()} number words stay here."] for number in range(n - len(texts))]
    topics = [0] * len(texts) + list(range(1, len(others) + 1))
    return judge(material(*([text] for text in texts), *others, topics=topics), model=made())


# --- a handful of accounts -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("n_origins", "expected"),
    [(0, 0), (1, 0), (3, 0), (4, 0.5), (5, 1), (8, 1), (16, 0.5), (32, 0), (33, 0), (10**6, 0)],
)
def test_accounts(n_origins: int, expected: float) -> None:
    assert accounts(n_origins) == pytest.approx(expected, abs=1e-12)


def test_accounts_rise_and_fall_once() -> None:
    values = [accounts(n) for n in range(200)]
    assert all(0 <= value <= 1 for value in values)
    assert values[:9] == sorted(values[:9])
    assert values[8:] == sorted(values[8:], reverse=True)
    # From one number of origins to the next nothing jumps, the two that make a handful aside.
    assert max(np.abs(np.diff(values[8:]))) < 0.1


def test_copies_do_not_make_a_handful() -> None:
    texts = ["Exports fell 3.5% in May."] * 5
    judged = judge(material(*([text] for text in texts), labels=[0] * 5, copies=[None, 0, 0, 0, 0]), model=made())
    assert judged.said_share == 0.5
    assert (judged.figures == 1).all()
    assert judge(material(*([text] for text in texts), labels=[0] * 5), model=made()).said_share == 0.75


# --- what was said already -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("n", "expected"), [(1, 0.5), (3, 0.5), (4, 0.625), (5, 0.75), (8, 0.75), (32, 0.5)])
def test_more_of_a_gain_falls_with_what_was_said_among_a_handful(n: int, expected: float) -> None:
    assert reports(n, "Exports fell in May.").said_share == pytest.approx(expected)


# --- figures ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("n", "factor"), [(3, 1), (4, 2), (5, 3), (6, 3)])
def test_a_figure_for_what_many_report_raises(n: int, factor: float) -> None:
    judged = reports(n, "Exports fell 3.5% in May.", "Exports fell 4.1% in May.")
    assert judged.figures[:2] == pytest.approx([factor, factor])
    assert (judged.figures[2:] == 1).all()
    why = judged.explain(0)
    assert why.get("gives a reported figure", 1) == factor
    assert ("gives a reported figure" in why) == (factor != 1)
    assert explained(judged, 0) == pytest.approx(float(judged.salience[0]), abs=1e-4)


def test_a_figure_that_few_report_does_not_raise() -> None:
    # Two of seven origins are less than the share that counts; one is not reported at all.
    assert reports(7, "Exports fell 3.5% in May.", "Exports fell 4.1% in May.").figures[0] == 1
    assert reports(5, "Exports fell 3.5% in May.").figures[0] == 1


def test_a_number_that_is_no_figure_does_not_raise() -> None:
    # A bare count is in every sentence; a percentage, an amount, or a number with its scale is what was reported.
    assert reports(5, "Talks took 12 hours in May.", "Talks took 14 hours in May.").figures[0] == 1
    assert reports(5, "It sold $33 billion in May.", "It sold $28 billion in May.").figures[0] == 3


# --- numbers ---------------------------------------------------------------------------------------------------------


def expectation(judged: Candidates, sentence: int) -> dict[int, list[float]]:
    """What a summary is expected to hold of a sentence, by kind."""
    held = judged.concepts.of(sentence)
    kinds = judged.concepts.kinds[held]
    return {kind: sorted(judged.expected[held][kinds == kind].tolist()) for kind in (PAIR, WORD)}


@pytest.mark.parametrize(("n", "more"), [(1, 0.0), (3, 0.0), (4, 0.3), (5, 0.6), (8, 0.6), (16, 0.3), (32, 0.0)])
def test_a_word_that_begins_with_a_digit_counts_more(n: int, more: float) -> None:
    found = expectation(reports(n, "Exports fell 1978 tons."), 0)
    assert found[WORD] == pytest.approx([0.05, 0.05, 0.05, 0.05 + more])
    assert found[PAIR] == pytest.approx([0.1] * 3)  # pairs of a number count as others do


def test_no_number_no_more() -> None:
    assert max(expectation(reports(5, "Exports fell many tons."), 0)[WORD]) == pytest.approx(0.05)
    for text in ("Of the.", "…", "She was there and so were you."):
        assert np.isfinite(judge(material([text]), model=made()).salience).all()


# --- brevity ---------------------------------------------------------------------------------------------------------


def of_length(n_words: int) -> str:
    return " ".join(["Exports", *["fell"] * (n_words - 1)]) + "."


@pytest.mark.parametrize(
    ("n_words", "factor"), [(1, 1), (5, 1), (20, 1), (21, (20 / 21) ** 0.75), (40, 0.5**0.75), (320, 0.125)]
)
def test_long_sentences_count_less_among_a_handful(n_words: int, factor: float) -> None:
    judged = reports(5, of_length(n_words))
    assert judged.brevity[0] == pytest.approx(factor)
    assert judged.explain(0).get("is brief", 1) == pytest.approx(factor, abs=1e-6)
    assert ("is brief" in judged.explain(0)) == (n_words > 20)
    for n in (1, 3, 32):
        assert reports(n, of_length(n_words)).brevity[0] == 1


def test_brevity_fades_with_the_accounts() -> None:
    assert reports(4, of_length(40)).brevity[0] == pytest.approx(0.5 ** (0.75 / 2))
    assert reports(16, of_length(40)).brevity[0] == pytest.approx(0.5 ** (0.75 / 2))


# --- all of it -------------------------------------------------------------------------------------------------------


def test_every_factor_is_named_in_its_order_and_multiplies() -> None:
    long = " and the port of Hull was closed to ships of the north and of the south"
    texts = [f"It said exports fell {number}.5% in May{long}." for number in (3, 4)]
    others = [["Ministers met in Vienna on Friday."], ["Dogs barked in the streets."], ["Snow fell on roofs."]]
    given_ = material(*([text] for text in texts), *others, topics=[0, 0, 1, 2, 3], query="ministers exports")
    judged = judge(given_, model=made())
    why = judged.explain(0)
    assert tuple(name for name in why if name in FACTORS) == FACTORS
    assert list(why)[-len(FACTORS) :] == list(FACTORS)
    assert why["stands alone"] == 0.25
    assert why["gives a reported figure"] == 3
    assert 0 < why["is brief"] < 1
    assert 0 < why["answers the query"] < 1
    factors = judged.standing * judged.figures * judged.brevity * judged.relevance
    assert judged.factors == pytest.approx(factors)
    assert explained(judged, 0) == pytest.approx(float(judged.salience[0]), rel=1e-3)


@settings(deadline=None, max_examples=25)
@given(st.integers(1, 12), st.integers(0, 10**6))
def test_salience_is_what_the_docs_say(n: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    words = [*WORDS, "3%", "1978", "exports", "fell"]
    texts = [" ".join(rng.choice(words, int(rng.integers(1, 40)))).capitalize() + "." for _ in range(n)]
    judged = judge(material(*([text] for text in texts)), model=made())
    for index in range(n):
        told = float(judged.expected[judged.concepts.of(index)].sum()) / judged.words[index] ** LENGTH_POWER
        expected = judged.merit[index] * told * math.prod((judged.figures[index], judged.brevity[index]))
        assert judged.salience[index] == pytest.approx(expected * judged.standing[index], abs=1e-8)


def test_order_of_the_articles_moves_no_factor() -> None:
    articles = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
    one = judge(compared(articles))
    other = judge(compared(articles[::-1]))
    for name in ("figures", "brevity", "standing"):
        assert sorted(getattr(one, name).tolist()) == sorted(getattr(other, name).tolist()), name
    assert (one.brevity < 1).any()
