"""Cleaning: what is dropped and why, what must stay, opinion, what is found in the text, invariants, growth."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.boilerplate import MAX_SHORT, MAX_SPAN, RULES
from summarizer.cleaning import clean
from summarizer.datatypes import Document, Passage
from summarizer.layout import _MARKED_LINE_END, _line_ends
from summarizer.matching import _OF_LONG, _OF_SHORT
from tests.timing import assert_grows, assert_quick

CASES = Path(__file__).parent / "cases"
SEEDS = {path.name[:3]: path for path in sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))}
ARTICLE = [
    "Negotiators from both countries met in London on Monday to discuss export controls and tariffs.",
    "The talks follow a truce that was agreed in Geneva last month after weeks of tension.",
    "Officials said that the discussions would go on until an agreement on rare earths was reached.",
    "Exports to the United States fell by 12.7 percent in May, according to official data.",
]
#: Reasons that stand for the place or the neighbours of a line rather than for its wording.
STRUCTURAL = {"byline", "dateline", "heading", "repeated-lead", "repeated-line", "repeated-sentence", "title"}


def read(name: str) -> list[dict[str, Any]]:
    return list(json.loads((CASES / name).read_text("utf-8")))


def cases(name: str) -> list[Any]:
    return [pytest.param(case, id=case["label"]) for case in read(name)]


def left(document: Document, start: int = 0, end: int | None = None) -> str:
    """Give the letters and digits that are not dropped."""
    covered = bytearray(len(document.text))
    for passage in document.dropped:
        covered[passage.start : passage.end] = b"\1" * (passage.end - passage.start)
    stop = len(document.text) if end is None else end
    return "".join(document.text[i] for i in range(start, stop) if document.text[i].isalnum() and not covered[i])


def letters(texts: list[str]) -> str:
    return "".join(character for text in texts for character in text if character.isalnum())


def place(line: str, position: int, joint: str) -> tuple[str, int]:
    """Put a line among the sentences of an article; give the text and where the line begins."""
    above = "".join(sentence + joint for sentence in ARTICLE[:position])
    return above + joint.join([line, *ARTICLE[position:]]), len(above)


def check_invariants(document: Document) -> Document:
    cleaned = clean(document)
    assert cleaned.text == document.text
    for passages in (cleaned.dropped, cleaned.opinion):
        end = 0
        for passage in passages:
            assert end <= passage.start < passage.end <= len(document.text)
            end = passage.end
    assert clean(cleaned) == cleaned
    return cleaned


# --- boilerplate


@pytest.mark.parametrize("case", cases("cleaning_boilerplate.json"))
@pytest.mark.parametrize("joint", ["\n", "\n\n"])
def test_no_boilerplate_survives(case: dict[str, Any], joint: str) -> None:
    for position in (0, 2, len(ARTICLE)):
        text, start = place(case["input"], position, joint)
        cleaned = check_invariants(Document(text))
        end = start + len(case["input"])
        reasons = {passage.reason for passage in cleaned.dropped if passage.start < end and passage.end > start}
        assert reasons, position
        assert left(cleaned, start, end) == "", position
        assert left(cleaned) == letters(ARTICLE), position
        if position == 2:
            assert case["expected"] in reasons


SENTENCES = [
    case
    for case in cases("cleaning_boilerplate.json")
    if case.values[0]["input"][-1] in ".!?" and case.values[0]["expected"] != "photo-caption"
]


@pytest.mark.parametrize("case", SENTENCES)
def test_no_boilerplate_sentence_survives_inside_a_paragraph(case: dict[str, Any]) -> None:
    for position in (0, 2, len(ARTICLE)):
        text, _ = place(case["input"], position, " ")
        assert left(check_invariants(Document(text))) == letters(ARTICLE), position


@pytest.mark.parametrize("case", cases("cleaning_kept.json"))
def test_true_sentences_stay(case: dict[str, Any]) -> None:
    for joint in ("\n", "\n\n", " "):
        for position in range(len(ARTICLE) + 1):
            cleaned = check_invariants(Document(place(case["input"], position, joint)[0]))
            assert not cleaned.dropped, (joint, position, cleaned.dropped)
            assert not cleaned.opinion
            assert not cleaned.inferred


def test_every_rule_has_a_case() -> None:
    names = {rule.name for rule in RULES}
    covered = {case["expected"] for case in read("cleaning_boilerplate.json")}
    assert names <= covered
    assert covered - names <= {"byline", "separator", "wire-mark"}
    assert len(names) >= 60
    assert len(read("cleaning_kept.json")) >= 60


# --- articles


@pytest.mark.parametrize("case", cases("cleaning_articles.json"))
def test_articles(case: dict[str, Any]) -> None:
    document = Document(**case["input"])
    cleaned = check_invariants(document)
    expected = case["expected"]
    if expected["dropped"] is not None:  # None: whatever is dropped, the opinion counts
        found = [(document.text[passage.start : passage.end], passage.reason) for passage in cleaned.dropped]
        assert [text for text, _ in found] == [text for text, _ in expected["dropped"]]
        for (_, reason), (_, wanted) in zip(found, expected["dropped"], strict=True):
            assert wanted in (None, reason)
    opinion = [document.text[passage.start : passage.end].strip() for passage in cleaned.opinion]
    assert opinion == [text.strip() for text in expected["opinion"]]
    for name in {"title", "source", "published", "inferred"} & expected.keys():
        value = getattr(cleaned, name)
        assert (list(value) if name == "inferred" else value) == expected[name], name


def seed(number: str) -> tuple[Document, dict[str, list[str]]]:
    document = check_invariants(Document(SEEDS[number].read_text("utf-8"), id=number))
    found: dict[str, list[str]] = {}
    for passage in document.dropped:
        found.setdefault(passage.reason, []).append(document.text[passage.start : passage.end])
    return document, found


def test_seed_with_leads_headings_and_commentary() -> None:
    document, found = seed("000")
    assert document.title == "High-Stakes US-China Trade Talks in London"
    assert document.inferred == ("title",)
    assert found["repeated-lead"] == [
        "Trade Talks: US and China engaged in late-night discussions in London to resolve ongoing trade disputes."
    ]
    assert found["heading"] == [
        "The Issues: Export Restrictions and Shared Frustrations",
        "Hope for a Resolution Beyond Set Timelines",
        "Commentary",
        "The Significance of US-China Trade Relations",
        "Balancing Leadership and Shared Benefits",
    ]
    (opinion,) = document.opinion
    assert document.text[opinion.start : opinion.end].startswith("Commentary\n")
    assert opinion == Passage(opinion.start, len(document.text), "commentary")


def test_seed_with_headings_between_paragraphs() -> None:
    document, found = seed("002")
    assert found == {
        "heading": [
            "Rare Earths, Tech Restrictions at the Heart of the Dispute",
            "Diplomatic Ripples: Allies and Alternatives",
            "Trade Data Reflects Tensions",
        ]
    }
    assert not document.inferred


def test_seed_with_disclaimers() -> None:
    document, found = seed("003")
    dropped = " ".join(text for texts in found.values() for text in texts)
    assert dropped.startswith("The opinions posted here do not belong to")
    assert dropped.endswith("Legal action will be taken for such expressions of opinion.")
    assert found.keys() == {"views-disclaimer", "author-responsibility", "legal-notice"}
    assert not document.opinion


@pytest.mark.parametrize("number", ["001", "004"])
def test_seed_without_anything_to_drop(number: str) -> None:
    document, found = seed(number)
    assert not found
    assert not document.opinion
    assert not document.inferred


def test_passages_dropped_by_reading_stay_and_are_not_looked_at() -> None:
    header = "Title: Trade talks resume\nSource: Reuters"
    text = "\n".join([header, *ARTICLE])
    document = Document(text, dropped=(Passage(0, len(header), "header"),))
    cleaned = check_invariants(document)
    assert cleaned.dropped == document.dropped
    assert cleaned.source is None
    assert not cleaned.inferred


def test_declared_fields_are_never_replaced() -> None:
    text = "\n".join(["Trade talks resume", "By Jane Doe, Reuters", "Published: June 10, 2025", *ARTICLE])
    given_ = Document(text, title="Another title", source="Example News", published="2024-01-01")
    cleaned = check_invariants(given_)
    assert (cleaned.title, cleaned.source, cleaned.published) == ("Another title", "Example News", "2024-01-01")
    assert not cleaned.inferred
    assert left(cleaned) == letters(ARTICLE)


# --- invariants


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=400))
def test_any_text(text: str) -> None:
    check_invariants(Document(text))


BITS = [
    *ARTICLE,
    *(case["input"] for case in read("cleaning_boilerplate.json")),
    *(case["input"] for case in read("cleaning_kept.json")),
    "Commentary", "Background", "# Heading", "What Comes Next", "LONDON (AP) — ", "(", ")", '"', "“", "- ",
    "NEWLINE_CHAR", "|||||", "İstanbul ", "\u2028", "\x00", "\ud800",
]  # fmt: skip


@settings(deadline=None, max_examples=200)
@given(
    st.lists(st.tuples(st.sampled_from(BITS), st.sampled_from(["\n", "\n\n", " ", "", "\r\n"])), max_size=14),
    st.sampled_from([None, "What Comes Next", "Opinion: What Comes Next", ARTICLE[0]]),
)
def test_any_article(bits: list[tuple[str, str]], title: str | None) -> None:
    text = "".join(bit + joint for bit, joint in bits)
    cleaned = check_invariants(Document(text, title=title))
    assert check_invariants(replace(cleaned, inferred=())).dropped == cleaned.dropped


# --- what finds line ends and keywords faster than patterns do hides none


@settings(deadline=None)
@given(st.text(alphabet="ab .\n\r\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029\t|"))
def test_runs_of_line_ends_are_those_of_the_pattern(text: str) -> None:
    assert list(_line_ends(text)) == [match.span() for match in _MARKED_LINE_END.finditer(text)]


@pytest.mark.parametrize("before", ["", "exports fell ", "(", "more-"])
@pytest.mark.parametrize("after", ["", " in may", ".", "-"])
def test_no_keyword_is_hidden(before: str, after: str) -> None:
    for rule in RULES:
        for keyword in rule.keywords:
            line = before + keyword + after
            words = re.findall("[a-z]+", line)
            assert (keyword, rule) in _OF_SHORT.keywords(line, words), keyword
            assert rule.scope == "short" or (keyword, rule) in _OF_LONG.keywords(line, words), keyword


# --- growth

ATTACKS = [
    "a", " ", "By ", "(", "-", ".", "\n", '"', "A ", "A\n", "photo ", "(photo", "(photo)", "read more. ", "@", "#a ",
    "http://a", "Copyright 2020 ", "Sign up. ", "a@", "we use cookies ", "LONDON (", "A, ", "|", "> ", "By A, ", "x.\n",
    "1 ", "10:30 ", "contributed ", "NEWLINE_CHAR", "é", "İ", "Aa. ", "[", "the views expressed ", "a\n\n", "\u2028",
    "”", "。", "Facebook ", "FILE - ", "Opinion\n", "1/2 ",
    "Heading\nIt fell. It rose by a third on Monday, they said.\n",
]  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS, ids=repr)
def test_time_grows_with_length_only(attack: str) -> None:
    # The spare part keeps the clock's own grain out of ratios of microseconds.
    assert_grows(lambda n: partial(clean, Document((attack * n)[:n])), 1_000, 10_000, 15, spare=0.25)


def test_no_rule_backtracks() -> None:
    generator = random.Random(5)
    for rule in RULES:
        words = sorted({word for pattern in rule.patterns for word in re.findall(r"[a-z']{2,}|\d", pattern)})
        words += [*rule.keywords, "a", "1", "-", ",", ".", "(", "/", "|", ":"]
        limit = MAX_SHORT if rule.scope == "short" else MAX_SPAN
        for _ in range(24):
            few = generator.sample(words, min(len(words), generator.choice((1, 2, 3, 6))))
            text = "".join(generator.choice(few) + generator.choice((" ", " ", "", ",")) for _ in range(limit))[:limit]
            match = rule.pattern.match if rule.scope == "opening" else rule.pattern.fullmatch
            assert_quick(partial(match, text), 35, rule.name)
