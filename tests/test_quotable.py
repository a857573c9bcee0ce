"""Which sentences should not be quoted alone."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer import summarize
from summarizer.quotable import SPOKEN, Flaw, find_flaw, find_flaws, is_said_by_pronoun, leaves_open
from tests.timing import assert_grows

CASES = json.loads((Path(__file__).parent / "cases" / "quotable.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_cases(case: dict[str, Any]) -> None:
    assert find_flaw(case["input"]["text"], case["input"]["language"]) == case["expected"]


def test_cases_cover_each_flaw_and_none() -> None:
    assert {case["expected"] for case in CASES} == {*get_args(Flaw), None} - {"quoted"}  # what no sentence shows alone
    assert set(get_args(Flaw)) >= SPOKEN


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We will never give up,” he said.", True),
        ('"I lost my home," she told the court.', True),
        ("“It is late,” said she.", True),
        ("“I lost my home,” she told Ann Cole.", False),
        ("“I lost my home,” she said as Senator Cole listened.", False),
        ("“I lost my home,” Ann Cole said.", False),
        ("He said that it was late.", False),
        ("“It is late.”", False),
    ],
)
def test_a_quotation_may_leave_its_speaker_to_the_sentence_before(text: str, expected: bool) -> None:
    assert is_said_by_pronoun(text) is expected


def test_a_sentence_needs_no_full_stop_where_the_input_has_none() -> None:
    texts = ["the mayor resigned", "the council met on monday", "buses stopped in leeds", "nobody was hurt."]
    assert find_flaws(texts, ["en"] * 4) == [None] * 4
    assert (
        find_flaws(["The mayor resigned.", "The council met.", "Buses stopped.", "buses"], ["en"] * 4)[3] == "fragment"
    )


def test_no_flawed_sentence_while_there_are_others() -> None:
    articles = [
        "1 of 3 The river Tay in Perth after the flood.\nThe river Tay flooded Perth on Monday, police said.\n"
        "Was the flood in Perth foreseen?\n“The river Tay flooded Perth.\nPolice closed two bridges in Perth.",
        "River Tay, Perth flood on Monday:\nPerth was flooded by the river Tay on Monday.\nTwo bridges were closed.",
    ]
    summary = summarize(articles, embedder="tfidf", max_words=100)
    assert summary.statements
    for statement in summary.statements:
        assert find_flaw(statement.text) is None, statement.text


@pytest.mark.parametrize(
    ("opening", "closing"), [("“", "”"), ('"', '"'), ("„", "“"), ("„", "”"), ("»", "«"), ("«", "»"), ("« ", " »")]
)
def test_what_stands_inside_quotation_marks_is_not_quoted(opening: str, closing: str) -> None:
    texts = [
        f"The minister said: {opening}The river flooded Perth.",
        "Two bridges were closed for a week.",
        f"Nobody was hurt in the flood.{closing}",
        "The council met on Monday.",
    ]
    first, inside, last, behind = find_flaws(texts, ["en"] * 4, follows=bool)
    assert inside == "quoted"
    assert behind is None
    assert first is not None
    assert last is not None
    apart = find_flaws(texts, ["en"] * 4, follows=lambda at: at != 1)  # a new paragraph opens its quotation anew
    assert apart[1] is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“It fell,” said Cole.", False),
        ("It “fell”. “Then", True),
        ('“It fell," said Cole.', False),  # marks of two kinds
        ('a 6" pipe', False),
        ('He said: ("It fell.', True),
        ("no mark", False),
        ("“", False),
        ("", False),
    ],
)
def test_the_last_mark_tells_whether_a_quotation_is_open(text: str, expected: bool) -> None:
    assert leaves_open(text) is expected


def test_words_of_a_long_quotation_are_no_statement() -> None:
    article = (
        "Perth was flooded on Monday. Ann Cole, its mayor, said: {}Nobody expected so much rain in so few hours, and "
        "the warning came when most people slept. Two bridges over the Tay were closed for a week by the harbour "
        "office. Our schools will stay open as long as the power does, and the buses run to the hospital. That is what "
        "I can promise today, and what I will be asked about tomorrow.{} Police said nobody was hurt."
    )
    inside = "Two bridges over the Tay were closed for a week by the harbour office."
    reported, quoted = ([article.format(*marks)] for marks in (("", ""), ("“", "”")))
    assert inside in [statement.text for statement in summarize(reported, embedder="tfidf").statements]
    assert inside not in [statement.text for statement in summarize(quoted, embedder="tfidf").statements]


def test_a_flawed_sentence_is_better_than_none() -> None:
    assert summarize(["Was the flood in Perth foreseen?"], embedder="tfidf").text == "Was the flood in Perth foreseen?"


@settings(deadline=None, max_examples=200)
@given(st.lists(st.text(min_size=1, max_size=60), max_size=6), st.sampled_from(["en", "de", "zh", ""]))
def test_any_texts(texts: list[str], language: str) -> None:
    assert len(find_flaws(texts, [language] * len(texts))) == len(texts)


@pytest.mark.parametrize(
    "unit",
    ['"', "“", "‘a ", "'a ", "(", "(L", ", left", "a, ", "in this ", "A ", "holds ", "I ", "1 of ", "via ", "x's "],
)
def test_time_is_linear(unit: str) -> None:
    assert_grows(lambda n: partial(find_flaw, (unit * n)[:n]), 4_000, 40_000, 25, spare=40)
