from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.language import detect_language
from tests.timing import assert_quick

SEEDS = [path.read_text("utf-8") for path in sorted((Path(__file__).parents[1] / "seeds").glob("*.txt"))]

CASES = json.loads((Path(__file__).parent / "cases" / "language.json").read_text("utf-8"))
PARAGRAPHS = {case["expected"]: case["input"] for case in CASES}


@pytest.mark.parametrize("code", PARAGRAPHS)
def test_one_sentence_is_enough(code: str) -> None:
    assert detect_language(PARAGRAPHS[code]) == code


@pytest.mark.parametrize("code", PARAGRAPHS)
def test_more_of_the_same_changes_nothing(code: str) -> None:
    assert detect_language("\n".join([PARAGRAPHS[code]] * 30)) == code


def test_the_seeds_are_english() -> None:
    assert [detect_language(text) for text in SEEDS] == ["en"] * 5


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n",
        "12.7 % – 34.5 %",
        "London",
        "Bessent Lutnick Greer",
        "\ud800\x00",
        "!?" * 2000,
        # Half English, half Chinese: either answer would be wrong for the other half.
        PARAGRAPHS["en"] + PARAGRAPHS["zh"] * 1,
        # Languages that share their script and many words with one that is known.
        "Tháinig an dá thaobh le chéile i Londain Dé Luain agus beidh cruinniú eile acu roimh dheireadh na seachtaine.",
        "دواړه لوري د دوشنبې په ورځ په لندن کې سره ولیدل او ښايي بیا خبرې وکړي.",
    ],
)
def test_unsure_is_none(text: str) -> None:
    assert detect_language(text) is None


def test_foreign_names_and_quotations_do_not_mislead() -> None:
    assert (
        detect_language(PARAGRAPHS["en"] + " They call it 中国 or Москва, and “la fin de la semaine” is Friday.")
        == "en"
    )
    assert detect_language(PARAGRAPHS["ja"] + "OpenAI と NATO の GDP。") == "ja"
    assert detect_language("店名は" + PARAGRAPHS["zh"] * 3) == "zh"


def test_only_the_beginning_is_read() -> None:
    assert detect_language(PARAGRAPHS["en"] * 30 + PARAGRAPHS["ru"] * 300) == "en"
    text = PARAGRAPHS["en"] * 10_000
    assert_quick(lambda: [detect_language(text) for _ in range(20)], 30)


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=300))
def test_any_text_gives_a_code_or_none(text: str) -> None:
    found = detect_language(text)
    assert found is None or (len(found) == 2 and found.islower())
    assert detect_language(text) == found
