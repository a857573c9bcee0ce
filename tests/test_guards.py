from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.facts import _TOKEN, Facts, FactsOf, _tokenize, hint, read_facts
from summarizer.guards import conflict, guard_between
from tests.timing import assert_grows

CASES = json.loads((Path(__file__).parent / "cases" / "guards.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_cases(case: dict) -> None:
    a, b = case["input"]
    assert guard_between(a, b) == case["expected"]
    assert guard_between(b, a) == case["expected"], "the order of the two must not matter"


def test_cases_cover_each_guard_and_its_silence() -> None:
    counts = {name: sum(case["expected"] == name for case in CASES) for name in ("number", "negation", "subject", None)}
    assert len(CASES) >= 60
    assert min(counts.values()) >= 7


def test_amounts_are_read_with_unit_and_rounding() -> None:
    (fall,) = read_facts("Exports fell nearly 12.7% in May 2025.").amounts
    assert fall.units == ("%",)
    assert fall.low < 12.7 == fall.high
    assert fall.slack == pytest.approx(0.05)
    (range_,) = read_facts("It costs between three to four dollars.").amounts
    assert (range_.low, range_.high, range_.units) == (3, 4, ("$",))


def test_names_are_keyed_by_actor() -> None:
    facts = read_facts("Washington and Beijing sent Scott Bessent and He Lifeng to London.")
    assert {"usa", "china", "bessent", "lifeng", "uk"} <= facts.names
    assert facts.entities == {"usa", "china", "bessent", "lifeng", "uk"}
    assert read_facts("Trade Talks: United States and China met.").entities == {"usa", "china"}


def test_an_empty_sentence_has_no_facts() -> None:
    facts = read_facts("")
    assert (facts.amounts, facts.negative, facts.direction) == ((), False, 0)
    for name in ("denied", "undone", "stems", "subject", "names", "entities", "predicate", "told"):
        assert getattr(facts, name) == frozenset()


@settings(deadline=None, max_examples=300)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts(a: str, b: str) -> None:
    assert guard_between(a, b) == guard_between(b, a)
    assert guard_between(a, a) is None


ALPHABET = st.sampled_from(
    "Japan the US Canada raised not no fell rose 12 12.7 % $ million seven twenty - to percent . , : May people".split()
)


@settings(deadline=None, max_examples=300)
@given(st.lists(ALPHABET, max_size=14), st.lists(ALPHABET, max_size=14))
def test_any_two_lists_of_telling_words(a: list[str], b: list[str]) -> None:
    first, second = " ".join(a), " ".join(b)
    assert conflict(read_facts(first), read_facts(second)) == conflict(read_facts(second), read_facts(first))
    assert guard_between(first, first) is None


GLUED = st.lists(
    st.sampled_from(
        "The the And of He Japan US United States United\u00a0Nations don’t won't isn't not no fell rose 12 12.7 seven "
        "twenty-five ٣ ban lifts , . - ’ ( ) : & $ “ failed-to I".split(" ")
    )
    | st.text(max_size=3),
    max_size=14,
)


@settings(deadline=None, max_examples=400)
@given(GLUED, st.lists(st.sampled_from(["", " ", "\n", "\u2009"]), min_size=14, max_size=14))
def test_words_tell_what_a_sentence_cannot_hold(words: list[str], gaps: list[str]) -> None:
    text = "".join(word + gap for word, gap in zip(words, gaps, strict=False))
    hints = 0
    for piece in text.split():
        hints |= hint(piece)
    whole, hinted = read_facts(text), Facts(text, hints)
    assert hinted.subject == whole.subject, "the subject is read first, of a few words"
    for name in ("amounts", "negative", "direction", "denied", "undone", "stems", "names", "entities", "predicate"):
        assert getattr(hinted, name) == getattr(whole, name), name
    fresh = read_facts(text)
    assert fresh.names == whole.names
    assert fresh.subject == whole.subject, "the subject is read last, of all"


def test_subjects_are_read_as_in_whole_sentences() -> None:
    names = " ".join(["Ann", "Bell", "and"] * 6)
    for text in (
        f"{names} Cole said no.",
        "But the US and China met.",
        "The",
        "The the the and but",
        "He Lifeng left.",
    ):
        early, late = read_facts(text), read_facts(text)
        assert late.names is not None
        assert early.subject == late.subject, text


def test_facts_are_read_with_hints_where_there_are_any() -> None:
    facts = FactsOf({"No deal.": 0})
    assert not facts["No deal."].negative, "what is said not to be there is not looked for"
    assert facts["No deal was made."].negative


@pytest.mark.parametrize("unit", ["1,", "1,000", "1.", "U.", "a'", "not ", "Aa ", "$", "twenty-", "- ", "1 to "])
def test_time_is_linear(unit: str) -> None:
    names = ("amounts", "denied", "undone", "stems", "direction", "subject", "entities", "predicate", "told")

    def read(text: str) -> None:
        facts = read_facts(text)
        for name in names:
            getattr(facts, name)

    assert_grows(lambda n: partial(read, (unit * n)[:n]), 5_000, 50_000, 25, spare=40)


def test_a_name_with_of_is_one_name() -> None:
    facts = read_facts("The fight between Bundy and the Bureau of Land Management in Nevada widened.")
    assert facts.entities == {"bundy", "management", "nevada"}


@given(st.text(alphabet="aBü 1.,'\"”’$%-_²\n\xa0", max_size=30))
@settings(deadline=None, max_examples=300)
def test_pieces_between_blanks_give_the_tokens_of_the_whole_sentence(text: str) -> None:
    assert _tokenize(text) == _TOKEN.findall(text)
