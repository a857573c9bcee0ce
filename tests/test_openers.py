"""Which sentences need the one before them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

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


@pytest.mark.parametrize("unit", ["he ", "in a ", "In x ", "the ", "When he ", "a,", "\n", "“", "その", "the two "])
def test_time_is_bounded(unit: str) -> None:
    text = unit * 20_000

    def read() -> None:
        for language in ("en", "de", "es", "fr", "it", "pt", "nl", "ru", "zh", "ja"):
            is_dangling(text, language)
            is_leaning(text, language)

    assert_quick(read, 140)
