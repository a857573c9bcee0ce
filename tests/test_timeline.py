"""The timeline: which date a statement has, and what is said where it has none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from summarizer.datatypes import Document, Statement, Support
from summarizer.findings import Event
from summarizer.timeline import make_timeline

PUBLISHED = "2025-06-10"  # a Tuesday


def statement(number: int, *texts: str) -> Statement:
    """A statement whose supports are the given sentences, of documents a, b, c, three characters in."""
    supports = tuple(
        Support("abcdefgh"[at], 3, 3 + len(text), text, 1.0 if at == 0 else 0.6) for at, text in enumerate(texts)
    )
    return Statement(f"s{number}", texts[0], supports, len(texts), len(texts), 1.0)


def documents(**published: str | None) -> list[Document]:
    return [Document("", id=name, published=published.get(name, PUBLISHED)) for name in "abcdefgh"]


def event(*texts: str, **published: str | None) -> Event:
    (found,) = make_timeline([statement(1, *texts)], documents(**published))
    return found


@pytest.mark.parametrize(
    ("text", "date", "precision", "said"),
    [
        ("Talks opened on Monday.", "2025-06-09", "day", "Monday"),
        ("Talks will open on Monday.", "2025-06-16", "day", "Monday"),
        ("Exports fell in May, customs data showed on Monday.", "2025-05-01", "month", "May"),
        ("The bank said on Monday that it expects growth.", "2025-06-09", "day", "Monday"),
        ("The firm, founded in 1998, was sold last week.", "2025-06-02", "week", "last week"),
        ("It rose in the first quarter, the most since 2020.", "2025-01-01", "quarter", "first quarter"),
        ("He joined in 2019.", "2019-01-01", "year", "2019"),
        ("Shares ended at their lowest on Monday.", "2025-06-09", "day", "Monday"),
        ("The closing price on Monday was a record.", "2025-06-09", "day", "Monday"),
    ],
)
def test_dated(text: str, date: str, precision: str, said: str) -> None:
    found = event(text)
    assert (found.date, found.precision) == (date, precision)
    assert found.said is not None
    assert found.said.text == said == text[found.said.start - 3 : found.said.end - 3]
    assert found.said.document_id == "a"
    assert f"“{said}”" in found.reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Talks opened.", "no date in the sentence"),
        ("Prices are the lowest since 2020.", "no date in the sentence; “2020” tells of something else"),
        (
            "It will pay a premium of 28 per cent to Fisk's closing price on Friday.",
            "no date in the sentence; “Friday” tells of something else",
        ),
        ("She died the following day.", "“following day” counts from a time told elsewhere"),
        ("They meet every Monday.", "“every Monday” is no one time"),
        ("It closed years ago.", "“years ago” names no calendar date"),
        ("The November vote is open.", "“November” could be of two years"),
    ],
)
def test_unknown(text: str, reason: str) -> None:
    found = event(text)
    assert (found.date, found.precision, found.reason) == (None, None, reason)


def test_a_weekday_needs_the_date_of_the_article() -> None:
    found = event("Talks opened on Monday.", a=None)
    assert found.date is None
    assert found.said is not None
    assert found.reason == "“Monday” cannot be dated: its article has no date"


def test_the_date_of_the_article_is_never_the_date_of_the_statement() -> None:
    assert event("Talks opened.", "Talks have opened.").date is None


def test_a_supporting_sentence_dates_it_and_is_named() -> None:
    found = event("Talks opened.", "Talks opened in London on Monday.", b="2025-06-12")
    assert found.date == "2025-06-09"
    assert found.said is not None
    assert found.said.document_id == "b"
    assert found.reason == ("“Monday” counted from the date of the article, 2025-06-12; in a supporting sentence")


def test_a_dated_article_helps_one_without_a_date() -> None:
    found = event("Talks opened on Monday.", "Talks opened in London on Monday.", a=None)
    assert found.date == "2025-06-09"
    assert found.said is not None
    assert found.said.document_id == "b"


def test_when_another_said_it_is_not_when_it_happened() -> None:
    assert event("Talks opened.", "Talks have opened, he said on Monday.").date is None


def test_a_decade_that_another_sentence_mentions_dates_nothing() -> None:
    found = event("A school is to be renamed.", "The school was built in the 1860s.", a="2021-05-03", b="2021-05-03")
    assert found.date is None
    assert found.reason.startswith("no date in the sentence")


def test_its_own_sentence_wins_and_the_difference_is_named() -> None:
    found = event("Talks opened on Monday.", "Talks opened on Sunday.", "Talks opened on Monday.")
    assert found.date == "2025-06-09"
    assert found.reason.endswith("another source says “Sunday” (2025-06-08)")
    assert found.reason.count("another source") == 1


def test_a_coarser_time_is_no_difference() -> None:
    assert "another source" not in event("Talks opened on Monday.", "Talks opened in June.").reason


def test_supports_that_differ_date_nothing() -> None:
    found = event("Talks opened.", "Talks opened on Monday.", "Talks opened on Sunday.")
    assert found.date is None
    assert found.reason == (
        "no date in the sentence, and its supports differ: "
        "another source says “Monday” (2025-06-09); another source says “Sunday” (2025-06-08)"
    )


def test_order() -> None:
    texts = [
        "It is open.",
        "It rose in May.",
        "It rose in 2019.",
        "It is shut.",
        "It fell on May 1.",
        "It fell on May 1.",
    ]
    found = make_timeline([statement(at, text) for at, text in enumerate(texts, 1)], documents())
    assert [one.statement_id for one in found] == ["s3", "s5", "s6", "s2", "s1", "s4"]
    assert make_timeline([], documents()) == ()


def test_the_seeds_are_undated_and_say_why() -> None:
    from summarizer import summarize

    summary = summarize(Path(__file__).parents[1] / "seeds")
    undated = make_timeline(summary.statements, summary.documents)
    assert [one.statement_id for one in undated] == [one.id for one in summary.statements]
    assert {one.date for one in undated} == {None}
    assert all(one.reason for one in undated)
    dated = make_timeline(summary.statements, [replace(one, published=PUBLISHED) for one in summary.documents])
    texts = {document.id: document.text for document in summary.documents}
    told = {one.said.text: one.date for one in dated if one.said}
    assert told == {"May": "2025-05-01"}
    for one in dated:
        if one.said:
            assert texts[one.said.document_id][one.said.start : one.said.end] == one.said.text


def test_a_weekday_of_the_seeds() -> None:
    text = "The United States and China have resumed high-stakes trade negotiations in London on Monday."
    assert event(text).date == "2025-06-09"


def test_what_is_not_dated_is_put_by_the_day_it_was_reported() -> None:
    days = {"a": "2025-06-12", "b": "2025-06-10T09:00:00+00:00", "c": None}
    documents = [Document("x", id=name, published=day) for name, day in days.items()]
    statements = [
        Statement(f"s{n}", "Talks opened.", (Support(name, 0, 13, "Talks opened.", 1.0),), 1, 1, 0.5)
        for n, name in enumerate(days, 1)
    ]
    found = make_timeline(statements, documents)
    assert [(one.statement_id, one.date, one.reported) for one in found] == [
        ("s2", None, "2025-06-10"),
        ("s1", None, "2025-06-12"),
        ("s3", None, None),
    ]
