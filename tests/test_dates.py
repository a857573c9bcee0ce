"""Dates: what is read, what is left alone, and which days are meant."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.dates import DateMention, bearing, is_overtaken, read_dates, resolve
from tests.timing import assert_quick

CASES = json.loads((Path(__file__).parent / "cases" / "dates.json").read_text(encoding="utf-8"))
WORDS = st.lists(
    st.sampled_from(
        "May March Monday Sunday Sept. Jan 3 5 2024 2023-24 1990s 31/12/2024 2024-05-03 first quarter of the last next "
        "this week month year ago two a few days later earlier early mid - to and in on since until will due said "
        "weekend fiscal Q1 summer 12 months ended every each following yesterday tonight that which killed "
        ", . ( ) ' ’s “ ”".split()
    ),
    max_size=25,
).map(" ".join)


def shown(case: dict[str, Any]) -> list[dict[str, Any]]:
    text, published = case["input"]["text"], case["input"]["published"]
    found = []
    for mention in read_dates(text):
        days = resolve(mention, published)
        found.append(
            {
                "words": text[mention.start : mention.end],
                "name": mention.name,
                "kind": mention.kind,
                "first": days and days.first,
                "last": days and days.last,
                "precision": days and days.precision,
            }
        )
    return found


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_cases(case: dict[str, Any]) -> None:
    assert shown(case) == case["expected"]


def test_labels_are_told_apart() -> None:
    labels = [case["label"] for case in CASES]
    assert len(labels) == len(set(labels)) >= 120


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("He left on Monday night.", "night"),
        ("He left early on Monday.", "early"),
        ("He left late last night.", "night"),
        ("He left this morning.", "morning"),
        ("It rose in mid-May.", "mid"),
        ("It rose at the end of 2024.", "end"),
        ("It rose earlier this month.", "earlier"),
        ("It rose in May.", None),
    ],
)
def test_the_part_is_kept_apart(text: str, part: str | None) -> None:
    assert [mention.part for mention in read_dates(text)] == [part]


def test_the_day_of_the_week_before_a_date_is_kept() -> None:
    assert read_dates("On Friday, May 3, 2024, they met.")[0].weekday == "friday"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Talks opened on Monday.", ["main"]),
        ("In 2019, he was elected.", ["main"]),
        ("Prices are at the lowest level since 2020.", ["aside"]),
        ("Polls show his support trailing Hannah Lindt's in 2016.", ["aside"]),
        ("It's in 2016 that he won.", ["main"]),
        ("He was shown in Tatler's May 2018 Almanac.", ["aside"]),
        ("He said so at Lumen's April 2016 F8 meeting.", ["main"]),
        ("The film is due to be released in November 2015.", ["main"]),
        ("Trains stood still due to a strike in May 2015.", ["aside"]),
        ("They were asked to testify before the Senate on May 3.", ["main"]),
        ("Banks were rescued after the 2008 crisis.", ["aside"]),
        ("The talks, which began in April, go on.", ["aside"]),
        ("The firm, founded in 1998, was sold on Friday.", ["aside", "main"]),
        ("Exports fell in May, officials said on Monday.", ["main", "said"]),
        ("After rates rose in May, the bank cut them on Friday.", ["aside", "main"]),
        ("It fell more than in April.", ["aside"]),
        ("It was dropping from $33 billion in April to $28.8 billion in May.", ["aside", "main"]),
        ("“We won in 2019,” he said on Monday.", ["aside", "said"]),
        ("The premier resigned over Monday’s attack.", ["aside"]),
        ("Monday’s attack killed ten.", ["main"]),
        ("The first film (1977) was shown again on Friday.", ["aside", "main"]),
        ("Emissions are to be halved by 2030.", ["aside"]),
        ("A bomb that killed ten in March was home-made.", ["aside"]),
        ("The army said that ten people died in March.", ["main"]),
        ("Masses were said for nine people killed in a raid on Friday.", ["aside"]),
        ("Two people were killed in a raid on Friday.", ["main"]),
        ("People fled when the dam broke on Friday.", ["main"]),
        ("It fell in the first week of May.", ["main"]),
        ("He met the crew, who left Lyon, France, in 1990.", ["aside"]),
        ("He, who lost a job to a rival in 2009, was hired.", ["aside"]),
        ("Ann Lee, a nurse, pleaded guilty on Friday.", ["main"]),
        ("Ann Lee (May 3, 1950 – June 4, 2013) was a poet.", ["aside", "aside"]),
        ("The law, first passed in 1939, forbids it.", ["aside"]),
        ("He is known, having run in 2008.", ["aside"]),
        ("He praised last week’s debate.", ["aside"]),
        ("He will accept the result of the election on Nov. 3.", ["aside"]),
        ("He is urging people to vote in person in the election on Nov. 3.", ["aside"]),
        ("Police are investigating the crash on Nov. 3.", ["aside"]),
        ("Millions have voted early for the election on Nov. 3.", ["aside"]),
        ("Turnout in the election on Nov. 3 was high.", ["main"]),
        ("They met at a summit on Nov. 3.", ["main"]),
        ("He lost the election on Nov. 3.", ["main"]),
        ("Minutes of the meeting on Nov. 3 were read.", ["main"]),
        ("She spoke of the attack on Monday.", ["main"]),
        ("The paper got 866 pages of letters from March and April 2020.", ["aside", "aside"]),
        ("As it has for the past two years, the house let readers vote.", ["aside"]),
        ("Deaths rose by more than 45% in 2017.", ["main"]),
        ("It fell more than in 2016.", ["aside"]),
        ("Brennan’s today released its list.", ["main"]),
    ],
)
def test_bearing(text: str, expected: list[str]) -> None:
    assert [bearing(text, mention) for mention in read_dates(text)] == expected


@settings(deadline=None, max_examples=200)
@given(st.one_of(st.text(max_size=120), WORDS), st.one_of(st.none(), st.text(max_size=12), st.dates().map(str)))
def test_any_text_and_any_date_of_the_article(text: str, published: str | None) -> None:
    end = 0
    for mention in read_dates(text):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end
        assert mention.name == mention.name.lower().strip()
        assert text[mention.start : mention.end].strip() == text[mention.start : mention.end]
        assert bearing(text, mention) in ("main", "said", "aside")
        days = resolve(mention, published)
        if days:
            assert date.fromisoformat(days.first) <= date.fromisoformat(days.last)
        if mention.kind in ("anaphoric", "recurring"):
            assert days is None


@settings(deadline=None, max_examples=100)
@given(
    st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    st.sampled_from("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()),
    st.sampled_from(["They met on {}.", "They will meet on {}.", "They met last {}.", "They met on {} of last week."]),
)
def test_a_week_later_is_a_week_later(published: date, weekday: str, frame: str) -> None:
    (mention,) = read_dates(frame.format(weekday))
    before, after = (resolve(mention, day.isoformat()) for day in (published, published + timedelta(days=7)))
    assert before is not None
    assert after is not None
    assert date.fromisoformat(after.first) - date.fromisoformat(before.first) == timedelta(days=7)
    assert abs(date.fromisoformat(before.first) - published) <= timedelta(days=14)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("The hearings of the court start on Thursday.", "2025-06-12"),
        ("The city takes center stage Thursday night.", "2025-06-12"),
        ("The hearings of the court started on Thursday.", "2025-06-05"),
        ("The funeral will be held on Thursday.", "2025-06-12"),
        ("The verdict is to be made public and the house to be sold on Thursday.", "2025-06-12"),
        ("The funeral was held on Thursday.", "2025-06-05"),
        ("The last tram runs on Thursday.", "2025-06-12"),
        ("The last tram ran on Thursday.", "2025-06-05"),
        ("Voters go to the polls on Thursday.", "2025-06-12"),
        ("He could lose the state, and even the house, in November.", "2025-11-01"),
        ("He lost the state, and even the house, in November.", "2024-11-01"),
    ],
)
def test_a_day_to_come_is_told_from_one_that_is_gone(text: str, first: str) -> None:
    (mention,) = read_dates(text)
    found = resolve(mention, "2025-06-10")
    assert found is not None
    assert found.first == first


@pytest.mark.parametrize("text", ["3 ſept 2024", "last frıday", "1 İune", "٣ May ٢٠٢٤", "two wee\u212as ago", "3² May"])
def test_odd_letters_and_digits_do_no_harm(text: str) -> None:
    for mention in read_dates(text):
        resolve(mention, "2025-06-10")


def test_blanks_of_any_kind() -> None:
    for text in ("It fell on May\u00a03,\u202f2024.", "It fell on May\n3, 2024."):
        (mention,) = read_dates(text)
        assert mention.name == "2024-05-03"
        assert text[mention.start : mention.end] == text[11:-1]


def test_absolute_dates_need_no_article() -> None:
    (mention,) = read_dates("It opened in March 2019.")
    assert resolve(mention, None) == resolve(mention, "2025-06-10")


def test_outside_the_calendar_is_unknown() -> None:
    assert resolve(DateMention(0, 1, "nine years ago", "relative"), "0003-01-01") is None


@pytest.mark.parametrize(
    "text",
    [
        "May " * 10_000,
        "in may " * 5_000,
        "Monday, " * 5_000,
        "1" * 50_000,
        "2024-" * 10_000,
        "the 12 months to " * 3_000,
        "early mid late " * 3_000,
        "said that which was “ due to " * 3_000,
        "from 2 " * 7_500,
        "last the next " * 3_500,
    ],
    ids=range(10),
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    def read() -> None:
        for mention in read_dates(text)[-50:]:
            bearing(text, mention)

    # 50,000 characters; quadratic rules would take minutes.
    assert_quick(read, 200)


def test_sentences_are_read_in_a_tenth_of_a_millisecond() -> None:
    sentences = [f"{case['input']['text']} {number}" for number in range(5) for case in CASES]
    assert_quick(lambda: [read_dates(sentence) for sentence in sentences], len(sentences) / 40)


# --- what was to come -------------------------------------------------------------------------------------------------

OVERTAKEN = json.loads((Path(__file__).parent / "cases" / "dates_overtaken.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", OVERTAKEN, ids=[case["label"] for case in OVERTAKEN])
def test_what_was_to_come_is_told_from_what_stays_true(case: dict[str, Any]) -> None:
    assert is_overtaken(case["input"], "2025-06-10", "2025-06-16") is case["expected"]
    assert not is_overtaken(case["input"], "2025-06-10", "2025-06-10T23:00"), "on its own day nothing is overtaken"
    assert not is_overtaken(case["input"], None, "2025-06-16")
    assert not is_overtaken(case["input"], "2025-06-10", None)


@pytest.mark.parametrize(
    ("text", "day"),
    [("Divers will try again tonight.", 11), ("The court will rule on Friday.", 14), ("It is due by Thursday.", 13)],
)
def test_the_day_that_was_named_must_be_over(text: str, day: int) -> None:
    assert not is_overtaken(text, "2025-06-10", f"2025-06-{day - 1}")
    assert is_overtaken(text, "2025-06-10", f"2025-06-{day}")


@settings(deadline=None, max_examples=100)
@given(WORDS)
def test_any_words_are_overtaken_or_not(text: str) -> None:
    assert is_overtaken(f"The court will rule {text}", "2025-06-10", "2025-06-20") in (True, False)
