"""What a briefing finds beside its statements, in every format, with texts that try to steer what shows them."""

from __future__ import annotations

import json
import math
import pickle
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.briefing import to_dict, to_json, to_markdown, to_terminal
from summarizer.briefing.outline import loose_phrase, number_statements, part_statements
from summarizer.datatypes import Budget, Document, Statement, Summary, Support
from summarizer.findings import (
    Answer,
    Comparison,
    Event,
    Findings,
    Repeated,
    Side,
    SingleSource,
    Snippet,
    Update,
    Value,
)
from tests.conftest import validator
from tests.test_briefing import PARAGRAPH_IN_LIST, hostile_text, shown_by_markdown_it, shown_by_mistune, unsafe

TEXTS = (
    "Exports fell by 12.7% in May, dropping from $33 billion.",
    "Exports fell 34.5% in May, year on year.",
    "The talks resume. A second claim.",
)


def snippet(number: int, start: int, end: int, texts: tuple[str, ...] = TEXTS) -> Snippet:
    return Snippet(f"d{number}", start, end, texts[number][start:end])


def value(number: int, start: int, end: int, **known: object) -> Value:
    whole = snippet(number, 0, len(TEXTS[number]))
    place = snippet(number, start, end)
    return Value(place, whole, f"o{number}", place.text, **known)  # type: ignore[arg-type]


CHANGE = value(0, 16, 21, low=12.65, high=12.75, unit="%", measure="export", basis="month on month", period="May")
LEVEL = value(0, 43, 55, low=33e9, high=math.inf, unit="USD", modality="estimate", attribution="customs")
YEARLY = value(1, 13, 18, low=34.45, high=34.55, unit="%", measure="export", basis="year on year", direction="down")
BASES = Comparison(
    "c1",
    "quantity",
    "exports",
    "other base",
    "One is against the month before, the other against a year earlier.",
    (
        Side("down 12.7 % month on month", (CHANGE,), 1, 1, (LEVEL,)),
        Side("down 34.5 % year on year", (YEARLY,), 1, 1),
    ),
)
AGREED = Comparison("c2", "quantity", "exports", "agreement", "Both say May.", (Side("May", (CHANGE, YEARLY), 2, 2),))


def briefing(
    *,
    comparisons: tuple[Comparison, ...] = (),
    single_source: tuple[SingleSource, ...] = (),
    timeline: tuple[Event, ...] = (),
    **fields: object,
) -> Summary:
    documents = tuple(Document(text, id=f"d{n}", origin_id=f"o{n}") for n, text in enumerate(TEXTS))
    statements = tuple(
        Statement(f"s{n + 1}", text, (Support(f"d{n}", 0, len(text), text, 1.0),), 1, 1, 0.5)
        for n, text in enumerate(TEXTS[:2])
    )
    summary = Summary(statements, documents, (), Budget("words", 50, 20), "embed:tfidf|v:0")
    fields["findings"] = Findings(comparisons, single_source, timeline)
    return replace(summary, **fields)  # type: ignore[arg-type]


FULL = briefing(
    comparisons=(BASES, AGREED),
    single_source=(
        SingleSource(snippet(1, 0, 40), 0.5, "s2"),
        SingleSource(snippet(2, 0, 17), 0.25, None, relayed="Reuters"),
    ),
    timeline=(
        Event("s1", "2025-05-01", "month", snippet(0, 25, 28), "in the year that is nearest"),
        Event("s2", None, None, None, "no date in the sentence"),
    ),
    query="Did exports fall, and what of Mars?",
    answer=Answer("partly", ("exports",), ("Mars",), ("s1",), "two sentences speak of exports"),
    changes=Update(
        "embed:tfidf|v:0",
        (snippet(0, 0, 20),),
        (replace(BASES, relation="revision"),),
        (Repeated("The talks resume.", (snippet(2, 0, 17),)),),
        (snippet(0, 16, 21),),
        (snippet(2, 4, 9),),
        ("d9",),
    ),
)


def test_what_is_not_shown_is_counted_in_whole_sentences() -> None:
    assert loose_phrase([BASES]).startswith("1 more pair of figures may not be")
    assert loose_phrase([BASES]).endswith("summarizer compare shows it")
    assert loose_phrase([BASES, BASES]).startswith("2 more pairs of figures may not be")
    assert loose_phrase([BASES, BASES]).endswith("summarizer compare shows them")


def test_the_json_meets_the_schema_and_points_into_the_texts() -> None:
    written = json.loads(to_json(FULL))
    validator().validate(written)
    comparison = written["comparisons"][0]
    assert [side["values"] for side in comparison["sides"]] == [[0], [2]]
    assert comparison["sides"][0]["shown_by"] == [1]
    assert [one["high"] for one in comparison["values"]] == [12.75, None, 34.55]
    texts = {document.id: document.text for document in FULL.documents}
    for found in [*written["comparisons"], *written["changes"]["corrected"]]:
        for one in found["values"]:
            text = texts[one["document_id"]]
            assert text[one["start"] : one["end"]] == one["text"]
            assert text[one["sentence"]["start"] : one["sentence"]["end"]] == one["sentence"]["text"]


def test_nothing_found_is_said_by_empty_lists() -> None:
    written = to_dict(briefing())
    assert (written["comparisons"], written["single_source"], written["timeline"]) == ([], [], [])
    assert not {"changes", "answer"} & set(written)
    assert "## Where the sources" not in to_markdown(briefing())


def test_findings_are_found_when_asked_for_and_once() -> None:
    asked = []

    def find() -> Findings:
        asked.append(1)
        return FULL.findings

    later = replace(FULL, findings=Findings.later(find))
    assert later.text == FULL.text
    assert (asked, repr(later.findings)) == ([], "Findings.later(...)")
    assert pickle.loads(pickle.dumps(later)) == FULL == later
    assert later.comparisons == (BASES, AGREED)
    assert asked == [1]
    assert later.findings != Findings()
    assert hash(Findings()) == hash(Findings())


def test_markdown_parts_what_two_say_from_what_one_says() -> None:
    shown = to_markdown(replace(FULL, changes=None))
    facts, rest = shown.split("## Where the sources differ")
    table, rest = rest.split("## Only one source reports")
    assert "1. Exports fell by 12.7% in May" in facts
    assert "34.5%" not in facts
    assert "| down 12.7 % month on month; it follows from $33 billion |" in table.replace("\\", "")
    assert "| [1] 16–21 | 1 |" in table
    assert "**exports: other base.**" in table
    single = rest.split("## ")[0]
    assert single.startswith("\n\n2. Exports fell 34.5%")
    assert "- The talks resume. ([3] 0–17; it names Reuters)" in single
    assert "- 2025-05: Exports fell by 12.7%" in rest
    assert "- date unknown: fact 2 (no date in the sentence)" in rest
    assert "The sources answer it in part: two sentences speak of exports" in shown
    assert "“Mars”" in shown


def test_he_said_stands_behind_who_said_it_in_one_part() -> None:
    text = "Ladner said it was too early to tell. “Today is about saving lives,” he said. A farmer lost two cows."
    ends = [text.index(". “") + 1, text.index(" A farmer"), len(text)]
    starts = [0, ends[0] + 1, ends[1] + 1]
    supports = [Support("d0", *place, text[slice(*place)], 1.0) for place in zip(starts, ends, strict=True)]
    statements = tuple(Statement(f"s{n}", one.text, (one,), 1, 1, 0.5) for n, one in enumerate(supports, 1))
    claims = tuple(
        SingleSource(Snippet("d0", one.start, one.end, one.text), 0.5, f"s{n}", near=near)
        for n, (one, near) in enumerate(zip(supports, (True, False, False), strict=True), 1)
    )
    summary = Summary(
        statements,
        (Document(text, id="d0", language="en"),),
        (),
        Budget("words", 50, 20),
        "made",
        findings=Findings((), claims, ()),
    )
    parts = part_statements(summary)
    assert [statement.id for statement in parts.near] == ["s1", "s2"]
    assert [statement.id for statement in parts.single] == ["s3"]
    assert number_statements(summary) == {"s3": 1, "s1": 2, "s2": 3}


def test_markdown_of_an_update_shows_both_figures() -> None:
    shown = to_markdown(FULL)
    corrected = shown.split("## Corrected")[1].split("## ")[0]
    assert "down 12.7 %" in corrected
    assert "down 34.5 %" in corrected
    assert "## New\n" in shown
    assert "## Unchanged" in shown
    nothing = to_markdown(replace(FULL, statements=(), findings=Findings()))
    assert "Nothing new since the earlier briefing." in nothing


def test_the_table_is_a_table() -> None:
    kinds, words = shown_by_markdown_it(to_markdown(FULL))
    assert {"table_open", "td_open"} <= kinds
    assert "down 34.5 % year on year" in words


def test_a_pipe_in_an_address_does_not_end_a_cell() -> None:
    text = "See http://a|*b* \\| @|_c_ now"
    one = Value(Snippet("d0", 0, len(text), text), Snippet("d0", 0, len(text), text), "o0", text)
    found = Comparison("c1", "statement", "x", "conflict", "y", (Side(text, (one,), 1, 1), Side("no", (one,), 1, 1)))
    kinds, words = shown_by_markdown_it(to_markdown(briefing(comparisons=(found,))))
    assert not kinds & {"em_open", "strong_em_open"}
    assert "http://a|*b*" in words


def test_a_terminal_shows_the_same() -> None:
    shown = " ".join(to_terminal(FULL, width=90).split())
    for words in ("exports: other base", "Only one source reports", "2025-05", "The sources answer it in part", "Mars"):
        assert words in shown
    assert "down 12.7 % month on month, from $33 billion 1 origin [1] 16–21" in shown
    assert "Figures that are new: 12.7%" in shown


@settings(deadline=None, max_examples=100)
@given(st.one_of(st.text(max_size=40), hostile_text).filter(bool))
def test_no_text_of_an_article_becomes_markup(text: str) -> None:
    place = Snippet("d0", 0, len(text), text)
    one = Value(place, place, "o0", text, unit=text, period=text, modality=text, attribution=text)
    side = Side(text, (one,), 1, 1, (one,))
    hostile = briefing(
        documents=(Document(text, id="d0", origin_id="o0"),),
        statements=(Statement("s1", text, (Support("d0", 0, len(text), text, 1.0),), 1, 1, 0.5),),
        comparisons=(
            Comparison("c1", "quantity", text, "conflict", text, (side, side)),
            Comparison("c2", "quotation", text, "agreement", text, (side,)),
        ),
        single_source=(SingleSource(place, 0.1, None, text),),
        timeline=(Event("s1", None, None, place, text),),
        changes=Update(text, (place,), (), (Repeated(text, (place,)),), (place,), (place,), (text,)),
        query=text,
        answer=Answer("partly", (text,), (text,), ("s1",), text),
    )
    shown = to_markdown(hostile)
    allowed = PARAGRAPH_IN_LIST | {kind.replace("ordered", "bullet") for kind in PARAGRAPH_IN_LIST}
    table = {f"{part}_{end}" for part in ("table", "thead", "tbody", "tr", "th", "td") for end in ("open", "close")}
    marks = {"code_inline", "heading_open", "heading_close", "strong_open", "strong_close", "hardbreak", "softbreak"}
    kinds, _ = shown_by_markdown_it(shown)
    assert kinds <= allowed | table | marks
    kinds, _ = shown_by_mistune(shown)
    assert not kinds & {"link", "image", "inline_html", "block_html", "emphasis", "block_code"}
    assert unsafe(to_terminal(hostile, width=60), allowed="\n") == []
    to_json(hostile).encode("utf-8")


@pytest.mark.parametrize(
    ("date", "precision", "shown"),
    [
        ("2025-06-09", "day", "2025-06-09"),
        ("2025-06-09", "week", "week of 2025-06-09"),
        ("2025-04-01", "quarter", "2025 Q2"),
        ("2025-01-01", "year", "2025"),
    ],
)
def test_dates_are_as_sharp_as_they_are_known(date: str, precision: str, shown: str) -> None:
    event = Event("s1", date, precision, snippet(0, 25, 28), "absolute")  # type: ignore[arg-type]
    assert f"- {shown}: Exports" in to_markdown(briefing(timeline=(event,)))
