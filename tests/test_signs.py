"""What single words tell never hides what the patterns would find in the sentence."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.quotable import _find_flaw
from summarizer.signs import CAPITAL, DIGIT, QUOTATION, QUOTATION_MARKS, VERB, read_signs
from summarizer.terms import count_words

PARTS = [
    "We", "we", "us", "our", "ourselves", "I", "I'm", "WWI", "said", "runs", "don't", "’tis", "'", "''", "``", "’’",
    '"', "“", "”", "‘", "’", "(", ")", "(file", "photo", "file", "image", "In", "in", "this", "picture,", "left,",
    "right", "seen", "here", "FILE", "-", "REUTERS/A", "Q:", "ANN COLE:", "?", "؟", ".", "...", ",", ":", "1)", "3",
    "of", "4", "X", "May 3, 2016", "waves", "and", "Cole", "\n", "é", "中",
]  # fmt: skip


@settings(deadline=None, max_examples=400)
@given(st.lists(st.tuples(st.sampled_from(PARTS), st.sampled_from([" ", " ", ""])), min_size=1, max_size=12))
def test_signs_leave_no_flaw_out(parts: list[tuple[str, str]]) -> None:
    text = "".join(part + blank for part, blank in parts).strip() or "x"
    held = int(read_signs([text]).held[0])
    for cut in (True, False):
        told = _find_flaw(text, "en", held, cut, cut)
        assert told == _find_flaw(text, "en", ~VERB | (held & VERB), cut, cut)


@settings(deadline=None, max_examples=200)
@given(st.lists(st.text(st.sampled_from('aA1“"» \u2003\nÉ中٣'), max_size=12), max_size=4))
def test_signs_are_those_of_the_text(texts: list[str]) -> None:
    signs = read_signs(texts)
    for text, held, capitals, words in zip(texts, signs.held, signs.capitals, signs.words, strict=True):
        assert bool(held & DIGIT) == bool(re.search(r"\d", text))
        assert bool(held & QUOTATION) == any(mark in text for mark in QUOTATION_MARKS)
        assert capitals == len(re.findall(r"(?<=\s)[A-Z]", text.lstrip()))
        assert words == count_words(text)


@pytest.mark.parametrize(("word", "begins"), [("Cole", True), ("cole", False), ("“Cole", False), ("Élan", False)])
def test_capitals(word: str, begins: bool) -> None:
    assert bool(read_signs([word]).held[0] & CAPITAL) is begins
