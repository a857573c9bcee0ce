"""Numbers, units and bounds of a sentence; what they measure is tested beside its own module."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.quantities import Quantity, read_quantities, tokenize
from summarizer.quantities.draft import spell
from summarizer.quantities.reader import read_figures
from tests.timing import assert_quick

CASES = json.loads((Path(__file__).parent / "cases" / "quantities.json").read_text(encoding="utf-8"))

#: What numbers are made of, and what traps their reading.
SENTENCES = st.lists(st.sampled_from((*"12 3.5 1,234 .5 1/2 ½ 2016 10:30 $ € US$ Rs % percent million bn m k - – to "
    "and a half third two twenty dozen dozens hundreds of thousands one in five people killed dead soldiers at least "
    "more than about nearly between from or so + No. 2nd largest May , . ; ( ) years old aged km miles per hour F "
    "points basis percentage 1e999".split(), "9" * 400)), max_size=14).flatmap(
        lambda words: st.sampled_from((" ".join(words), "".join(words)))
)  # fmt: skip


def shown(text: str, quantity: Quantity) -> str:
    """Put a quantity into the spelling of the cases: words, family, number, unit, bound."""
    words = text[quantity.start : quantity.end]
    return "|".join((words, quantity.family, quantity.number.name, quantity.unit.name, quantity.bound))


@pytest.mark.parametrize("case", CASES, ids=[f"{case['label']}: {case['input']}" for case in CASES])
def test_cases(case: dict[str, object]) -> None:
    text = str(case["input"])
    assert [shown(text, quantity) for quantity in read_figures(text, tokenize(text))] == case["expected"], case[
        "comment"
    ]


@pytest.mark.parametrize(
    ("text", "low", "high", "value", "slack"),
    [
        ("Exports fell 12.7 %.", 12.65, 12.75, 12.7, 0.05),
        ("The blast killed 12 people.", 12, 12, 12, 0.5),
        ("The flood hit 300 houses.", 300, 300, 300, 50),
        ("Exports were $28.8 billion.", 28.75e9, 28.85e9, 28.8e9, 0.05e9),
        ("Some 2 million people fled.", 1.5e6, 2.5e6, 2e6, 0.5e6),
        ("More than 30 people died.", 30, math.inf, 30, 0.5),
        ("Up to 30 people died.", -math.inf, 30, 30, 0.5),
        ("About 30 people died.", 27, 33, 30, 0.5),
        ("Nearly 30 people died.", 27, 30, 30, 0.5),
        ("Just under 30 people died.", 27, 30, 30, 0.5),
        ("Just over 30 people died.", 30, 33, 30, 0.5),
        ("Dozens of people died.", 24, math.inf, None, 6),
        ("Several hundred people died.", 200, 1000, None, 50),
        ("Rates are 3 to 5 percent.", 3, 5, None, 0.5),
        ("It lasted two weeks.", 10.5, 17.5, 14, 3.5),
        ("A boy aged 12 fell.", 12, 12, 12, 0.5),
        ("Rates rose 25 basis points.", 0.245, 0.255, 0.25, 0.005),
        ("It cost 80 cents.", 0.795, 0.805, 0.8, 0.005),
        ("It was 212F there.", 211.5 * 5 / 9 - 160 / 9, 212.5 * 5 / 9 - 160 / 9, 100, 2.5 / 9),
        ("One in five Americans smokes.", 0.195, 0.205, 0.2, 0.02),
        ("It holds 231 thousand litres.", 230.5e3, 231.5e3, 231e3, 500),
    ],
)
def test_intervals(text: str, low: float, high: float, value: float | None, slack: float) -> None:
    (quantity,) = read_figures(text, tokenize(text))
    assert (quantity.low, quantity.high) == pytest.approx((low, high))
    assert quantity.value == (value if value is None else pytest.approx(value))
    assert quantity.slack == pytest.approx(slack)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It is 10 miles away.", "It is 16 km away."),
        ("A 90-day truce holds.", "A three-month truce holds."),
        ("It burned 5,000 acres.", "It burned 20 square kilometres."),
        ("It was 86F.", "It was 30 degrees Celsius."),
        ("Winds of 60 mph blew.", "Winds of 97 km/h blew."),
        ("The bag weighs 11 pounds.", "The bag weighs 5 kilograms."),
        ("The rate rose by 50 basis points.", "The rate rose by half a percentage point."),
    ],
)
def test_units_of_one_family_meet_in_one_base(one: str, other: str) -> None:
    (a,), (b,) = read_quantities(one), read_quantities(other)
    assert (a.family, a.unit.name) == (b.family, b.unit.name)
    assert a.value == pytest.approx(b.value, rel=0.05)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Some 2,400 ha of scrub burned.", "Some 2,400 ha = 24000000 m²"),
        ("The bar holds 210 kilocalories.", "210 kilocalories = 0.244 kWh"),
        ("Nearly 59,000 US gallons leaked.", "Nearly 59,000 US gallons = 223339.295 l"),
        ("An eighth of the crop was lost.", "An eighth = 0.125 share"),
        ("They stole R78 million in Durban.", "R78 million = 78000000 ZAR"),
        ("He was fined R45,000 on Monday.", "R45,000 = 45000 ZAR"),
        ("KSh1.8 billion was paid.", "KSh1.8 billion = 1800000000 KES"),
        ("The deal is worth SFr190m.", "SFr190m = 190000000 CHF"),
        ("The Robinson R44 came down near the N20.", ""),
        ("The blast killed 12 US soldiers.", "12 US soldiers = 12 soldier"),
        ("They hired 40 IT workers.", "40 IT workers = 40 worker"),
        ("It gave 300 to us soldiers.", "300 = 300 "),
    ],
)
def test_what_papers_write_of_units_and_names(text: str, said: str) -> None:
    found = [f"{text[q.start : q.end]} = {round(q.value or 0, 3):.12g} {q.unit.name}" for q in read_quantities(text)]
    assert "; ".join(found) == said


@settings(deadline=None, max_examples=100)
@given(st.text(st.sampled_from("aB U.S.'’-1.,5$–“%"), max_size=30))
def test_plain_texts_have_the_same_tokens_as_others(text: str) -> None:
    marked = tokenize(text + " é")
    assert tokenize(text) == marked[:-1]


def test_the_public_reading_has_the_same_figures() -> None:
    for case in CASES[::5]:
        text = case["input"]
        assert [shown(text, quantity) for quantity in read_quantities(text)] == case["expected"]


def test_an_age_is_no_duration() -> None:
    (age,), (time_,) = read_quantities("A boy aged 12 fell."), read_quantities("It took 12 years.")
    assert age.unit.name != time_.unit.name


def check(text: str) -> None:
    for quantity in read_figures(text, tokenize(text)):
        assert 0 <= quantity.start <= quantity.number.start < quantity.number.end <= quantity.end <= len(text)
        assert 0 <= quantity.unit.start <= quantity.unit.end <= len(text)
        assert quantity.low <= quantity.high
        assert quantity.value is None or math.isfinite(quantity.value)
        assert math.isfinite(quantity.slack)
        assert quantity.slack >= 0
        assert quantity.family == "score" or quantity.value is not None or quantity.bound in ("range", "vague")


@settings(deadline=None, max_examples=200)
@given(SENTENCES)
def test_what_numbers_are_made_of_is_read_without_error(text: str) -> None:
    check(text)
    tokens = tokenize(text)
    assert read_figures(text, tokens) == read_figures(text, tokens)


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=60))
def test_any_text_is_read_without_error(text: str) -> None:
    check(text)
    tokens = tokenize(text)
    assert all(text[token.start : token.end] == token.text for token in tokens)
    assert "".join(token.text for token in tokens) == "".join(text.split())


@settings(deadline=None, max_examples=100)
@given(st.integers(10, 10**9), st.sampled_from(("people", "houses", "soldiers")))
def test_a_count_is_read_as_written(number: int, noun: str) -> None:
    text = f"They counted {number:,} {noun} there."
    (quantity,) = read_figures(text, tokenize(text))
    assert text[quantity.number.start : quantity.number.end] == f"{number:,}"
    assert (quantity.value, quantity.low, quantity.high) == (number, number, number)
    assert quantity.number.name == spell(float(number)) == str(number)


@pytest.mark.parametrize(
    "piece",
    ["1-", "one ", "$", "half a ", "1 ", "two and ", "1/", "1,", "a.", "dozen ", "of hundreds ", "3 to ", "US$1 ",
     "No. ", "third ", "twenty-", "million ", "5 percent of the 1 ", "at least ", "'", "several ", "hundred thousand "],
)  # fmt: skip
def test_time_grows_with_length(piece: str) -> None:
    text = "1 " + piece * (40_000 // len(piece))
    tokens = tokenize(text)
    assert_quick(lambda: read_figures(text, tokens), 400)


@pytest.mark.parametrize("text", ["9" * 100_000, "1." * 50_000, "1e999", "-" * 100_000, "." + "0" * 5000 + "1 percent"])
def test_absurd_figures_are_no_error(text: str) -> None:
    assert_quick(lambda: check(text), 100)
