"""Articles about another event are left out, as if they had not been given, and it is said which."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer import Summary, summarize
from summarizer.affinity import compare_origins, find_events, find_other_events
from summarizer.terms import index_terms
from tests.conftest import ROOT

SEEDS = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
OTHER = (
    "A rare orchid bloomed in the botanical garden for the first time since 1987. "
    "Gardeners had waited decades for its petals. Visitors queued around the greenhouse to smell it. "
    "The curator said its scent resembled chocolate. The bloom should last nine days."
)
ANOTHER = (
    "Gardeners in the greenhouse celebrated when an orchid opened its petals. The bloom smelled of chocolate, the "
    "curator said, and visitors queued for hours. The botanical garden will keep its greenhouse open at night."
)


def found(closeness: Sequence[Sequence[float]], *, words: int = 100, least_words: float = 0) -> list[int]:
    table = np.array(closeness, dtype=np.float64)
    return np.flatnonzero(find_other_events(table, np.full(len(table), words), least_words)).tolist()


def table(*groups: int, within: float = 0.5, between: float = 0.05) -> list[list[float]]:
    """Cosines of events with so many articles each."""
    event = np.repeat(np.arange(len(groups)), groups)
    cosines = np.where(event[:, None] == event[None, :], within, between)
    np.fill_diagonal(cosines, 1)
    return [list(map(float, row)) for row in cosines]


# --- which articles --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ((2, 1), [2]),
        ((3, 1), [3]),
        ((1, 3), [0]),
        ((4, 2), [4, 5]),
        ((3, 2, 1), [3, 4, 5]),
        ((2, 1, 1), [2, 3]),
        ((1,), []),
        ((1, 1), []),
        ((1, 1, 1), []),
        ((2, 2), []),  # nothing says which is meant
        ((3, 3), []),
        ((5,), []),
    ],
)
def test_what_is_far_from_most(groups: tuple[int, ...], expected: list[int]) -> None:
    assert found(table(*groups)) == expected


def test_an_article_of_its_own_angle_stays() -> None:
    assert found(table(3, 1, between=0.21)) == []  # it shares enough by itself
    assert found(table(3, 1, within=0.5, between=0.17)) == [3]
    assert found(table(3, 1, within=0.4, between=0.17)) == []  # the others share little more among themselves


def test_close_to_one_article_is_close_enough() -> None:
    cosines = table(4)
    for other, value in enumerate((0.5, 0.1, 0.1)):
        cosines[3][other] = cosines[other][3] = value
    assert found(cosines) == []


def test_what_remains_must_fill_the_budget() -> None:
    assert found(table(3, 1), words=50, least_words=150) == [3]
    assert found(table(3, 1), words=50, least_words=151) == []


@given(st.data())
@settings(deadline=None, max_examples=40)
def test_the_order_of_articles_does_not_matter(data: st.DataObject) -> None:
    groups = data.draw(st.lists(st.integers(1, 5), min_size=1, max_size=4))
    cosines = np.array(table(*groups))
    # No two pairs are as close as each other: of ties, the lower number decides.
    noise = np.triu(np.arange(cosines.size).reshape(cosines.shape), 1) / 1e4
    cosines += noise + noise.T
    order = np.array(data.draw(st.permutations(range(len(cosines)))))
    shuffled = found(cosines[np.ix_(order, order)].tolist())
    assert sorted(order[shuffled].tolist()) == found(cosines.tolist())


# --- several events of one size --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ((3, 3), [(0, 1, 2), (3, 4, 5)]),
        ((2, 2), [(0, 1), (2, 3)]),
        ((3, 3, 3), [(0, 1, 2), (3, 4, 5), (6, 7, 8)]),
        ((2, 3, 1), [(2, 3, 4), (0, 1)]),
        ((4, 2), [(0, 1, 2, 3), (4, 5)]),
        ((5, 2), []),
        ((6,), []),
        ((5, 1), []),
        ((2, 1, 1), []),
        ((1, 1, 1, 1), []),
        ((1, 1), []),
    ],
)
def test_events_of_about_one_size_are_parted(groups: tuple[int, ...], expected: list[tuple[int, ...]]) -> None:
    assert list(find_events(np.array(table(*groups)))) == expected


@pytest.mark.parametrize(("within", "between"), [(0.5, 0.13), (0.3, 0.11), (0.14, 0.01)])
def test_two_angles_of_one_event_are_not_two_events(within: float, between: float) -> None:
    assert find_events(np.array(table(3, 3, within=within, between=between))) == ()


def test_two_events_of_one_size_are_named() -> None:
    mixed = brief(*SEEDS[:2], OTHER, ANOTHER)
    (told,) = [warning for warning in mixed.warnings if "events" in warning]
    assert told.startswith("the articles seem to be about 2 events, and the briefing mixes them: (1) ")
    names = {document.text: document.id for document in mixed.documents}
    first, second = told.partition("(1) ")[2].split(" (2) ")
    sides = [{names[text] for text in pair} for pair in (SEEDS[:2], [OTHER, ANOTHER])]
    assert {frozenset(first.split(", ")), frozenset(second.partition(";")[0].split(", "))} == set(map(frozenset, sides))


def test_who_asks_or_keeps_all_or_gives_two_languages_is_not_warned() -> None:
    german = [
        "China beschränkt die Ausfuhr von Seltenen Erden. Die Regierung in Peking teilte am Donnerstag mit, dass sie "
        "die Ausfuhr Seltener Erden beschränkt.",
        "Die Regierung in Peking beschränkt die Ausfuhr von Seltenen Erden. Die Ausfuhr Seltener Erden aus China fiel.",
    ]
    for briefing in (
        brief(*SEEDS),
        brief(*SEEDS[:2], OTHER, ANOTHER, query="orchid in the botanical garden"),
        brief(*SEEDS[:2], OTHER, ANOTHER, keep_other_events=True),
        brief(*SEEDS[:2], *german),
        brief(SEEDS[0], OTHER),
    ):
        assert not any("events" in warning for warning in briefing.warnings)


# --- how close -------------------------------------------------------------------------------------------------------


def test_closeness_is_the_cosine_of_content_words() -> None:
    texts = ["The port closed.", "A port closed.", "Dog barked.", "The port barked."]
    cosines = compare_origins(index_terms(texts), np.arange(4))
    # A word that only one origin has adds to no product, so the diagonal says nothing.
    np.fill_diagonal(cosines, 1)
    assert cosines.tolist() == [[1, 1, 0, 0.5], [1, 1, 0, 0.5], [0, 0, 1, 0.5], [0.5, 0.5, 0.5, 1]]


def test_what_an_article_repeats_decides_and_what_a_copy_repeats_does_not() -> None:
    terms = index_terms(["Port port closed.", "Port opened.", "Shop closed.", "Port."])
    origin = np.array([0, 1, 2, 0])
    counted = np.array([True, True, True, False])
    cosines = compare_origins(terms, origin, counted)
    assert cosines[0, 1] > cosines[0, 2] > 0
    assert compare_origins(terms, origin)[0, 1] > cosines[0, 1]


def test_origins_without_a_word_are_close_to_nothing() -> None:
    cosines = compare_origins(index_terms(["The.", "The port.", "A port."]), np.arange(3))
    assert cosines.tolist() == [[0, 0, 0], [0, 1, 1], [0, 1, 1]]
    assert find_other_events(np.zeros((3, 3)), np.ones(3, dtype=np.int64), 0).tolist() == [False] * 3


# --- whole summaries -------------------------------------------------------------------------------------------------


def brief(*texts: str, **options: Any) -> Summary:
    return summarize(list(texts), embedder="tfidf", **{"max_words": 150, **options})


def test_a_planted_article_changes_no_statement_and_is_named() -> None:
    plain, planted = brief(*SEEDS), brief(*SEEDS[:2], OTHER, *SEEDS[2:])
    assert planted.statements == plain.statements
    assert planted.clusters == plain.clusters
    assert len(planted.documents) == len(plain.documents) + 1
    gone = next(document for document in planted.documents if document.text == OTHER)
    notes = [warning for warning in planted.warnings if warning not in plain.warnings]
    assert len(notes) == 1
    assert notes[0].startswith(f"{gone.id}: left out")


def test_two_articles_on_another_event_are_left_out_together() -> None:
    assert brief(*SEEDS, OTHER, ANOTHER).statements == brief(*SEEDS).statements


def test_a_copy_goes_with_its_origin() -> None:
    planted = brief(*SEEDS, OTHER, f"Garden news.\n\n{OTHER}")
    assert planted.statements == brief(*SEEDS).statements
    assert sum("left out" in warning for warning in planted.warnings) == 2


def test_an_article_without_a_sentence_is_no_article() -> None:
    blank = "© 2024\n\n* * *"
    told = [warning for warning in brief(*SEEDS, OTHER, blank).warnings if "left out" in warning]
    assert len(told) == 1
    assert brief(*SEEDS[:1], blank, OTHER).statements


def test_an_article_that_is_left_out_does_not_count() -> None:
    """Nor is it lost: it stands among the articles, dropped as a whole, and counts again where it is read anew."""
    alone, planted = brief(*SEEDS), brief(*SEEDS, OTHER)
    scope = f"{len(SEEDS)} articles from {len(SEEDS)} independent origins;"
    assert scope in alone.to_markdown()
    for text in (planted.to_markdown(), planted.to_html(), planted.to_terminal(width=200)):
        assert scope in text
        assert f"of {len(SEEDS)} articles" in text
        assert "another event" in text
    assert len(planted.documents) == len(SEEDS) + 1
    (left_out,) = [document for document in planted.documents if not document.is_used]
    assert [(passage.start, passage.end) for passage in left_out.dropped] == [(0, len(left_out.text))]
    again = summarize([left_out], embedder="tfidf")
    assert again.documents[0].is_used
    assert again.statements


def test_with_a_query_every_article_counts() -> None:
    asked = brief(*SEEDS, OTHER, query="orchid in the botanical garden")
    assert not any("left out" in warning for warning in asked.warnings)


def test_every_article_counts_on_request() -> None:
    kept = brief(*SEEDS, OTHER, keep_other_events=True)
    assert not any("left out" in warning for warning in kept.warnings)
    assert "|other_events:kept|" in kept.signature


def test_a_budget_that_the_rest_cannot_fill_keeps_every_article() -> None:
    long = brief(*SEEDS, OTHER, max_words=100_000)
    assert not any("left out" in warning for warning in long.warnings)


@pytest.mark.parametrize("budget", ["max_sentences", "max_characters", "max_tokens"])
def test_any_unit_of_a_budget_is_understood(budget: str) -> None:
    limit = {"max_sentences": 4, "max_characters": 900, "max_tokens": 200}[budget]
    options = {"max_words": None, budget: limit}
    assert any("left out" in warning for warning in brief(*SEEDS, OTHER, **options).warnings)
    many = {"max_words": None, budget: 100_000}
    assert not any("left out" in warning for warning in brief(*SEEDS, OTHER, **many).warnings)


def test_an_article_in_another_language_counts() -> None:
    german = (
        "China beschränkt die Ausfuhr von Seltenen Erden. Die Regierung in Peking teilte das am Donnerstag mit. "
        "Die Kurse fielen daraufhin. Der Präsident drohte mit neuen Zöllen."
    )
    assert not any("left out" in warning for warning in brief(*SEEDS, german).warnings)
