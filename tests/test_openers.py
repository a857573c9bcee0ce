"""Which sentences need the one before them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer import openers
from summarizer.openers import is_dangling, is_leaning
from tests.timing import assert_quick

CASES = json.loads((Path(__file__).parent / "cases" / "openers.json").read_text(encoding="utf-8"))


def by_language(name: str) -> list[tuple[str, str]]:
    return [(language, text) for language, texts in CASES[name].items() for text in texts]


@pytest.mark.parametrize("text", CASES["dangling"])
def test_dangling(text: str) -> None:
    assert is_dangling(text)


@pytest.mark.parametrize("text", CASES["standing"])
def test_standing(text: str) -> None:
    assert not is_dangling(text)


@pytest.mark.parametrize(("language", "text"), by_language("dangling_in"))
def test_dangling_in_other_languages(language: str, text: str) -> None:
    assert is_dangling(text, language)


@pytest.mark.parametrize(("language", "text"), by_language("standing_in"))
def test_standing_in_other_languages(language: str, text: str) -> None:
    assert not is_dangling(text, language)


@pytest.mark.parametrize("text", CASES["leaning"])
def test_leaning(text: str) -> None:
    assert is_leaning(text)
    assert not is_leaning(text, "de")


@pytest.mark.parametrize("text", CASES["opening"])
def test_fit_to_open_a_briefing(text: str) -> None:
    assert not is_leaning(text)
    assert not is_dangling(text)


#: Words and marks of the patterns for English: what sentences made of them open with is anything that could match.
PARTS = sorted(
    {*re.findall(r"[A-Za-z]{2,}", openers._ENGLISH + openers._FRONTED_PRONOUN.pattern), *"hours day a x 2006 N", "it's"}
)


@settings(deadline=None, max_examples=400)
@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=6), st.sampled_from(["", "“", "(", "' "]), st.booleans())
def test_first_words_leave_nothing_out(words: list[str], opening: str, comma: bool) -> None:
    text = opening + (", " if comma else " ").join([" ".join(words[:3]), " ".join(words[3:])]) + " he left, too."
    pattern = openers._dangling("en")
    assert pattern is not None
    found = bool(pattern.match(text) or openers._FRONTED_PRONOUN.match(text))
    late = re.match(rf"[^,.;]{{1,40}},{openers._LATE_CONNECTIVE.pattern}", text, re.IGNORECASE)
    assert is_dangling(text) == (found or late is not None)


@pytest.mark.parametrize("word", [word for word in PARTS if len(word) > 1])
def test_first_words_leave_no_word_out(word: str) -> None:
    for text in (f"{word} later the day he left", f"{word} of them said", f"{word} that, he left", f"{word} move was"):
        pattern = openers._dangling("en")
        assert pattern is not None
        assert is_dangling(text) == bool(pattern.match(text) or openers._FRONTED_PRONOUN.match(text))


@pytest.mark.parametrize("unit", ["he ", "in a ", "In x ", "the ", "When he ", "a,", "\n", "“", "その", "the two "])
def test_time_is_bounded(unit: str) -> None:
    text = unit * 20_000

    def read() -> None:
        for language in ("en", "de", "es", "fr", "it", "pt", "nl", "ru", "zh", "ja"):
            is_dangling(text, language)
            is_leaning(text, language)

    assert_quick(read, 140)
