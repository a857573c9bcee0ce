"""What a word is, for budgets and for comparison."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.terms import _PIECES, STOP_WORDS, _find_tokens, count_words, index_terms, stem, tokenize


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("   \n\t ", 0),
        ("one", 1),
        ("Exports fell 12.7% in May.", 5),
        ("state-of-the-art — indeed", 3),
        ("中国出口下降", 6),
        ("中国 exports 下降", 5),
        ("日本は強い。", 6),
        ("भारत ने कहा", 3),
        ("قالت الحكومة", 2),
    ],
)
def test_count_words(text: str, expected: int) -> None:
    assert count_words(text) == expected


@given(st.text())
def test_a_budget_never_counts_less_than_a_reader(text: str) -> None:
    assert count_words(text) >= len(text.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The U.S. team's rare-earth plan: 12.7%", ["the", "usa", "team", "rare", "earth", "plan", "12.7"]),
        ("US and us", ["usa", "and", "us"]),
        ("U.S.-China talks", ["usa", "china", "talks"]),
        ("$28.8 billion, 1,000 jobs", ["28.8", "billion", "1,000", "jobs"]),
        ("don’t", ["don't"]),
        ("E.U. and N.A.T.O.", ["eu", "and", "nato"]),
        ("中国 GDP", ["中", "国", "gdp"]),
        ("_under_score", ["under", "score"]),
        ("", []),
    ],
)
def test_tokenize(text: str, expected: list[str]) -> None:
    assert tokenize(text) == expected


SIGNS = [
    "US", "USA", "U.S.", "U.S.A.", "U.N.", "a.m.", "US's", "s", "'s", "’s", "'S", "don’t", "Trump", "x", ".", ",",
    "'", "’", "-", "–", "…", '"', "“", "(", "$", "_", "@", "1", "2,5", " ", "\n", "\u00a0", "é", "ß", "İ", "ΣΑΣ",
    "中文", "ที่", "๓", "²",
]  # fmt: skip


@settings(deadline=None, max_examples=500)
@given(st.lists(st.sampled_from(SIGNS) | st.characters(), max_size=9).map("".join))
def test_pieces_between_blanks_have_the_tokens_of_the_whole(text: str) -> None:
    assert tokenize(text) == list(_find_tokens(text))


def test_pieces_are_kept_up_to_a_number_and_a_length() -> None:
    _PIECES.clear()
    long = "é" * (_PIECES.LONGEST + 1)
    assert tokenize(f"Exports fell {long}") == ["exports", "fell", long]
    assert set(_PIECES) == {"Exports", "fell"}
    for number in range(_PIECES.MOST + 1):
        assert tokenize(f"{number}th") == [str(number), "th"]
    assert 0 < len(_PIECES) <= _PIECES.MOST


def test_stems_by_language() -> None:
    assert stem("negotiations") == stem("negotiation")
    assert stem("häuser", "de") == stem("hauses", "de")
    assert stem("negotiations", "xx") == "negotiations"
    assert stem("12.7") == "12.7"


def test_index_terms_numbers_stems_and_marks_function_words() -> None:
    terms = index_terms(["The talks", "talk of the town"])
    assert [[terms.vocabulary[term] for term in row] for row in terms.rows] == [
        ["the", "talk"],
        ["talk", "of", "the", "town"],
    ]
    assert [terms.vocabulary[term] for term in terms.content(1)] == ["talk", "town"]


def test_function_words_are_english_only() -> None:
    terms = index_terms(["die Gespräche", "die talks"], ["de", "en"])
    assert not terms.is_stop.any()
    assert "die" not in STOP_WORDS
