"""What counts for a handful of accounts of one event, and what an article about something else loses."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.salience import LENGTH_POWER, Candidates, accounts, blend, judge
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
    [(0, 0), (1, 0), (3, 0), (4, 0.5), (5, 1), (8, 1), (16, 0), (17, 0), (10**6, 0)],
)
def test_accounts(n_origins: int, expected: float) -> None:
    assert accounts(n_origins) == pytest.approx(expected, abs=1e-12)


def test_accounts_rise_and_fall_once() -> None:
    values = [accounts(n) for n in range(200)]
    assert all(0 <= value <= 1 for value in values)
    assert values[:9] == sorted(values[:9])
    assert values[8:] == sorted(values[8:], reverse=True)
    # From one number of origins to the next nothing jumps, the two that make a handful aside.
    assert max(np.abs(np.diff(values[8:]))) < 0.2


def test_copies_do_not_make_a_handful() -> None:
    texts = ["Exports fell 3.5% in May."] * 5
    judged = judge(material(*([text] for text in texts), labels=[0] * 5, copies=[None, 0, 0, 0, 0]), model=made())
    assert judged.accounts == 0
    assert judge(material(*([text] for text in texts), labels=[0] * 5), model=made()).accounts == 1


# --- learned and shared ----------------------------------------------------------------------------------------------


def test_blend_is_one_at_0_and_the_other_at_1() -> None:
    learned, shared = np.array([0.0, 0.2, 3.0]), np.array([5.0, 0.0, 7.0])
    assert blend(learned, shared, 0.0).tolist() == learned.tolist()
    assert blend(learned, shared, 1.0).tolist() == shared.tolist()


def test_blend_is_the_geometric_mean_between() -> None:
    assert float(blend(4.0, 9.0, 0.5)) == pytest.approx(6)
    assert float(blend(16.0, 1.0, 0.25)) == pytest.approx(8)
    assert blend(np.array([0.0, 2.0]), np.array([2.0, 0.0]), 0.5).tolist() == [0, 0]


# --- about the event -------------------------------------------------------------------------------------------------

EXPORTS = ["Exports fell sharply in May after the port closed.", "The port of Hull closed in May."]
PORT = ["The port of Hull closed and exports fell in May.", "Exports fell sharply."]
OFF_TOPIC = ["Dogs barked at a purple giraffe.", "Nobody knew why giraffes laughed."]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_an_article_about_something_else_loses(place: int) -> None:
    articles = [EXPORTS, PORT]
    articles.insert(place, OFF_TOPIC)
    judged = judge(material(*articles), model=made())
    expected = np.ones(6)
    expected[2 * place : 2 * place + 2] = 0.001
    assert judged.affinity.tolist() == expected.tolist()
    assert judged.explain(2 * place)["is about the event"] == 0.001
    assert sum("is about the event" in judged.explain(index) for index in range(6)) == 2


def test_what_is_partly_about_the_event_loses_less() -> None:
    partly = [*OFF_TOPIC, "A parrot sang when exports fell."]
    judged = judge(material(EXPORTS, PORT, partly), model=made())
    assert judged.affinity[:4].tolist() == [1] * 4
    assert 0.001 < judged.affinity[4] < 1
    assert len(set(judged.affinity[4:].tolist())) == 1  # articles are judged, not sentences


def test_of_two_articles_none_is_about_something_else() -> None:
    assert judge(material(EXPORTS, OFF_TOPIC), model=made()).affinity.tolist() == [1] * 4
    copied = judge(material(EXPORTS, EXPORTS, OFF_TOPIC, copies=[None, 0, None]), model=made())
    assert copied.affinity.tolist() == [1] * 6


def test_where_nothing_is_shared_no_article_is_singled_out() -> None:
    judged = judge(material(*([" ".join(WORDS[start : start + 4])] for start in (0, 4, 8))), model=made())
    assert len(set(judged.affinity.tolist())) == 1


# --- brevity ---------------------------------------------------------------------------------------------------------


def of_length(n_words: int) -> str:
    return " ".join(["Exports", *["fell"] * (n_words - 1)]) + "."


@pytest.mark.parametrize(("n_words", "factor"), [(1, 1), (5, 1), (30, 1), (31, 30 / 31), (60, 0.5), (240, 0.125)])
def test_long_sentences_count_less_among_a_handful(n_words: int, factor: float) -> None:
    judged = reports(5, of_length(n_words))
    assert judged.brevity[0] == pytest.approx(factor)
    assert judged.explain(0).get("is brief", 1) == pytest.approx(factor, abs=1e-6)
    assert ("is brief" in judged.explain(0)) == (n_words > 30)
    for n in (1, 3, 32):
        assert reports(n, of_length(n_words)).brevity[0] == 1


def test_brevity_fades_with_the_accounts() -> None:
    assert reports(4, of_length(60)).brevity[0] == pytest.approx(0.5**0.5)
    assert reports(12, of_length(60)).brevity[0] == pytest.approx(0.5 ** accounts(12))


# --- all of it -------------------------------------------------------------------------------------------------------


def test_every_factor_is_named_in_its_order_and_multiplies() -> None:
    long = " and a giraffe laughed at the dogs of a street in which nobody knew of a port" * 2
    others = [EXPORTS, PORT, EXPORTS[::-1], PORT[::-1]]
    judged = judge(material([f"It said exports amused parrots{long}."], *others, query="exports of Hull"), model=made())
    why = judged.explain(0)
    assert tuple(name for name in why if name in FACTORS) == FACTORS
    assert list(why)[-len(FACTORS) :] == list(FACTORS)
    assert why["stands alone"] == 0.25
    for name in ("is brief", "is about the event", "answers the query"):
        assert 0 < why[name] < 1, name
    factors = judged.standing * judged.brevity * judged.affinity * judged.relevance
    assert judged.factors == pytest.approx(factors)
    assert judged.salience[0] > 0
    assert explained(judged, 0) == pytest.approx(float(judged.salience[0]), rel=1e-3, abs=1e-6)


@settings(deadline=None, max_examples=25)
@given(st.integers(1, 18), st.integers(0, 10**6))
def test_salience_is_what_the_docs_say(n: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    words = [*WORDS, "3%", "1978", "exports", "fell"]
    texts = [" ".join(rng.choice(words, int(rng.integers(1, 40)))).capitalize() + "." for _ in range(n)]
    judged = judge(material(*([text] for text in texts)), model=made())
    for index in range(n):
        held, length = judged.concepts.of(index), int(judged.words[index])
        learned = judged.merit[index] * float(judged.expected[held].sum()) / length**LENGTH_POWER
        shared = float(judged.concepts.weights[held].sum()) / length**0.5
        gain = learned ** (1 - accounts(n)) * shared ** accounts(n)
        factors = judged.standing[index] * judged.brevity[index] * judged.affinity[index]
        assert judged.salience[index] == pytest.approx(gain * factors, abs=1e-8)


def test_order_of_the_articles_moves_no_factor() -> None:
    articles = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
    one = judge(compared(articles))
    other = judge(compared(articles[::-1]))
    for name in ("affinity", "brevity", "standing"):
        assert sorted(getattr(one, name).tolist()) == sorted(getattr(other, name).tolist()), name
    assert (one.brevity < 1).any()
