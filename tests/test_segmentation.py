from __future__ import annotations

import json
import textwrap
from collections import Counter
from functools import partial
from pathlib import Path

import pytest
import sentencex
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.boundaries import _ends
from summarizer.datatypes import Document, Passage
from summarizer.errors import ConfigError
from summarizer.segmentation import _LINE_END, _blocks, segment
from tests.timing import assert_grows, assert_quick

HERE = Path(__file__).parent
CASES = json.loads((HERE / "cases" / "segmentation.json").read_text("utf-8"))
SEEDS = [path.read_text("utf-8") for path in sorted((HERE.parent / "seeds").glob("*.txt"))]


def texts(text: str, **fields: object) -> list[str]:
    return [sentence.text for sentence in segment(Document(text, **fields))[0]]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "case", [case for case in CASES if not case.get("known_failure")], ids=lambda case: case["label"]
)
def test_case(case: dict[str, object]) -> None:
    assert texts(str(case["input"]), language=case["language"]) == case["expected"], case["comment"]


@pytest.mark.parametrize("case", [case for case in CASES if case.get("known_failure")], ids=lambda case: case["label"])
@pytest.mark.xfail(reason="known failure, counted against the 97 %", strict=True)
def test_known_failure(case: dict[str, object]) -> None:
    assert texts(str(case["input"]), language=case["language"]) == case["expected"], case["comment"]


def test_cases_are_many_and_97_percent_are_right() -> None:
    wrong = [case["label"] for case in CASES if texts(case["input"], language=case["language"]) != case["expected"]]
    assert len(wrong) <= 0.03 * len(CASES), wrong
    assert len(CASES) >= 150
    assert len({case["label"] for case in CASES}) == len(CASES)
    languages = Counter(case["language"] for case in CASES)
    assert all(languages[code] >= 8 for code in ("de", "fr", "es", "zh", "ja", "hi", "ar")), languages


@pytest.mark.parametrize("text", SEEDS, ids=range(len(SEEDS)))
def test_seeds_are_the_same_sentences_when_hard_wrapped(text: str) -> None:
    for width in (60, 72, 88):
        wrapped = "\n\n".join(
            "\n".join(textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False))
            for line in text.split("\n")
            if line.strip()
        )
        assert [" ".join(sentence.split()) for sentence in texts(wrapped)] == [
            " ".join(sentence.split()) for sentence in texts(text)
        ]


def test_seeds_have_the_sentences_that_were_counted_by_hand() -> None:
    assert texts(SEEDS[4])[0] == (
        "Top trade officials from the US and China are meeting in London to ease rising economic tensions, "
        "particularly around rare-earth minerals and advanced technologies."
    )
    assert texts(SEEDS[0])[4] == "High-Stakes US-China Trade Talks in London"
    # Paragraph 5 of this article: two titles with "U.S." before them, and a dash inside a sentence.
    start = SEEDS[3].index("Leading the U.S.")
    document = Document(SEEDS[3][start : SEEDS[3].index("\n", start)])
    assert [sentence.text.split()[0] for sentence in segment(document)[0]] == ["Leading", "On", "The"]


def test_short_lines_are_not_taken_for_wrapped_text() -> None:
    headlines = "Talks resume in London\nrare earths at the heart of it\nan old truce\nand a new one"
    assert texts(headlines) == headlines.split("\n")
    poem = "\n".join(f"line {number} of a list that has no full stops" for number in range(30))
    assert len(texts(poem)) == 30


def test_a_heading_and_a_list_stay_apart_in_wrapped_text() -> None:
    text = (
        "Short heading\nThe committee of the two houses met on Monday, and after nine hours of\ndebate it sent the "
        "bill back to where it came from, which is what all of\nits members had said that they did not want.\n"
        "- a point about money, which the committee made in a long list of other\npoints about money\n- a second point"
    )
    assert [sentence[:13] for sentence in texts(text)] == [
        "Short heading",
        "The committee",
        "- a point abo",
        "- a second po",
    ]


def test_dropped_passages_belong_to_no_sentence_and_opinion_is_marked() -> None:
    text = "LONDON (AP) — Talks resumed. They ended.\nCommentary\nThis is wrong. It must stop."
    dropped = (Passage(41, 51, "heading"), Passage(0, 14, "dateline"))
    document = Document(text, dropped=dropped, opinion=(Passage(52, len(text), "opinion"),))
    sentences, warnings = segment(document)
    assert [(s.text, s.opinion, s.position) for s in sentences] == [
        ("Talks resumed.", False, 0),
        ("They ended.", False, 1),
        ("This is wrong.", True, 2),
        ("It must stop.", True, 3),
    ]
    assert warnings == []


def test_passages_may_overlap_and_reach_past_the_end() -> None:
    text = "One is here. Two is here. Three is here."
    dropped = (Passage(13, 999, "b"), Passage(13, 20, "a"), Passage(15, 18, "c"), Passage(5, 5, "empty"))
    assert texts(text, dropped=dropped) == ["One i", "s here."]
    assert texts(text, dropped=(Passage(0, 40, "all"),)) == []


def test_a_long_sentence_is_parted_or_skipped_with_a_warning() -> None:
    clauses = "; ".join(["the court heard a long argument about the meaning of a comma"] * 40)
    sentences, warnings = segment(Document(clauses + ".", id="court"), max_characters=500)
    assert warnings == []
    assert all(200 < len(sentence.text) <= 500 for sentence in sentences)
    assert all(sentence.text.endswith((";", ".")) for sentence in sentences)
    text = "It began well. " + "x" * 2_000_000 + " It ended."
    sentences, warnings = segment(Document(text, id="token"))
    assert sentences[0].text == "It began well."
    assert len(warnings) == 1
    assert "token: skipped" in warnings[0]
    assert "at character 15" in warnings[0]


def test_a_long_quotation_is_split_at_its_sentences_and_a_short_one_stays_whole() -> None:
    said = ["We came here to find an answer that both of our houses can live with for a while."] * 5
    assert len(texts(f"“{' '.join(said)}”")) == 5
    assert len(texts(f"“{' '.join(said[:2])}” That was all.")) == 2


@pytest.mark.parametrize("text", ["", " ", "\n\n", "…", "***\n---", "\ufeff", "\u200b \u200b", "()"])
def test_nothing_gives_nothing(text: str) -> None:
    assert segment(Document(text)) == ([], [])


def test_odd_characters_do_no_harm() -> None:
    assert texts("\ufeffOne \ud800 left. \x00Two came.") == ["One \ud800 left.", "\x00Two came."]
    assert texts("😀 He won. 😀 She lost.") == ["😀 He won.", "😀 She lost."]
    assert (
        texts("He won. She lost.", language="en_US")
        == texts("He won. She lost.", language="xx")
        == ["He won.", "She lost."]
    )


def test_a_limit_under_one_is_refused() -> None:
    with pytest.raises(ConfigError, match="max_characters"):
        segment(Document("One."), max_characters=0)


# fmt: off
ATTACKS = [
    "a", "A", ".", " ", "\n", "a.", "a. ", "A. ", "1.", "1. ", "“", "”", '"', "'", "(", ")", "[", "«", "» ", "「",
    "！」", "“a.” ", "(a.", "...",
    "… ", "?!", "a@b.c ", "http://a.b/c ", "。", "z. B. ", "a.m. ", "U.S. ", "\u0301", "😀",
    "\r\n", "\x00", ", ", "Mr. ", "“a. B ", "A.) B ", "a; ", "Of the ", "“A” said ",
]
# fmt: on


@pytest.mark.parametrize("attack", ATTACKS, ids=ascii)
def test_time_grows_with_the_text_and_no_faster(attack: str) -> None:
    assert_grows(lambda n: partial(segment, Document((attack * n)[:n])), 4_000, 40_000, 15)


def test_the_seeds_take_milliseconds() -> None:
    documents = [Document(text) for text in SEEDS]
    assert_quick(lambda: [segment(document) for document in documents], 3)


WRITING = st.lists(
    st.one_of(
        st.text(max_size=12),
        st.sampled_from(
            ["Mr. Lee ", "said. ", "The U.S. ", "“No.” ", "\n", "12.7% ", "e.g. ", "(see 3.) ", "。", "x.Y", ' "', "…"]
        ),
    ),
    max_size=25,
).map("".join)


@settings(deadline=None, max_examples=300)
@given(
    WRITING,
    st.lists(st.tuples(st.integers(0, 150), st.integers(0, 40)), max_size=3),
    st.sampled_from([None, "en", "de", "fr", "zh", "hi", "ar", "ru"]),
    st.sampled_from([5, 40, 1000]),
)
def test_offsets_are_exact_and_no_letter_is_lost(
    text: str, passages: list[tuple[int, int]], language: str | None, limit: int
) -> None:
    dropped = tuple(Passage(start, start + length, "made") for start, length in passages)
    sentences, warnings = segment(Document(text, id="d", language=language, dropped=dropped), max_characters=limit)
    covered = set()
    last = 0
    for position, sentence in enumerate(sentences):
        assert text[sentence.start : sentence.end] == sentence.text == sentence.text.strip()
        assert sentence.position == position
        assert sentence.start >= last
        assert 0 < len(sentence.text) <= limit
        assert any(map(str.isalnum, sentence.text))
        last = sentence.end
        covered.update(range(sentence.start, sentence.end))
    for passage in dropped:
        assert not any(
            s.start < passage.end and passage.start < s.end for s in sentences if passage.start < passage.end
        )
        covered.update(range(passage.start, passage.end))
    missing = [place for place, character in enumerate(text) if character.isalnum() and place not in covered]
    assert not missing or warnings


@settings(deadline=None)
@given(st.text(alphabet="ab .\n\r\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029\t"))
def test_lines_are_those_of_the_pattern(text: str) -> None:
    lines = [text[start:end] for start, end in _blocks(text, 0)]
    assert lines == [line for line in _LINE_END.split(text) if line]


@settings(deadline=None, max_examples=300)
@given(WRITING, st.sampled_from(["en", "de", "fr", "zh", "hi", "ar", "xx"]))
def test_sentences_of_sentencex_are_the_whole_window(text: str, language: str) -> None:
    boundaries = sentencex.get_sentence_boundaries(language, text)
    assert list(_ends(text, language)) == [boundary["end_index"] for boundary in boundaries]
