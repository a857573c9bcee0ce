from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.quantities import Quantity, Span, read_quantities
from summarizer.quantities.levels import basis_between, levels_behind
from tests.timing import assert_grows, assert_quick

CASES = json.loads((Path(__file__).parent / "cases" / "quantity_context.json").read_text(encoding="utf-8"))
ATTRIBUTES = ("measure", "entity", "basis", "period", "direction", "modality", "attribution")


def described(text: str, quantity: Quantity) -> dict[str, str]:
    said: dict[str, str] = {"figure": text[quantity.start : quantity.end], "role": quantity.role}
    spans = {name: getattr(quantity, name) for name in ATTRIBUTES}
    return said | {name: span.name for name, span in spans.items() if span is not None}


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_cases(case: dict) -> None:
    text = case["input"]
    assert [described(text, quantity) for quantity in read_quantities(text)] == case["expected"]


def test_cases_cover_every_attribute_and_its_silence() -> None:
    told = Counter(name for case in CASES for figure in case["expected"] for name in figure)
    assert len(CASES) >= 120
    assert min(told[name] for name in ATTRIBUTES) >= 15
    assert sum(case["comment"].startswith("hard negative") for case in CASES) >= 12
    assert sum("measure" not in figure for case in CASES for figure in case["expected"]) >= 15


def test_spans_stand_on_the_words_that_tell() -> None:
    text = "Germany’s exports rose 2.1% in March from a year earlier, the statistics office said."
    (rise,) = read_quantities(text)
    words = {name: text[span.start : span.end] for name in ATTRIBUTES if (span := getattr(rise, name)) is not None}
    assert words == {
        "measure": "exports",
        "entity": "Germany’s",
        "basis": "from a year earlier",
        "period": "March",
        "direction": "rose",
        "attribution": "statistics office",
    }


SEED = "Exports to the US fell by 12.7% in May, dropping from $33 billion in April to $28.8 billion."


def test_levels_explain_a_change() -> None:
    change, before, after = read_quantities(SEED)
    assert levels_behind(change, (change, before, after)) == (before, after)
    assert levels_behind(change, (after, before)) == (before, after), "the order of the others does not matter"
    assert levels_behind(before, (change, after)) is None, "only a change follows from levels"
    assert change.basis is not None
    assert change.basis.name == "month on month"
    assert SEED[change.basis.start : change.basis.end] == "$33 billion in April to $28.8 billion"


@pytest.mark.parametrize(
    ("old", "new"),
    [("12.7%", "12.9%"), ("12.7%", "34.5%"), ("$28.8 billion", "$31.8 billion"), ("fell", "rose"), ("$33", "€33")],
)
def test_levels_that_do_not_add_up_explain_nothing(old: str, new: str) -> None:
    change, before, after = read_quantities(SEED.replace(old, new))
    expected = None if (old, new) != ("12.7%", "12.9%") else (before, after)  # 12.9 is within what "33" leaves open
    assert levels_behind(change, (before, after)) == expected
    if expected is None:
        assert change.basis is None


@pytest.mark.parametrize(
    ("before", "after", "step"),
    [
        ("april", "may", "month on month"),
        ("december", "january", "month on month"),
        ("2024-04", "2024-05", "month on month"),
        ("2023-05", "2024-05", "year on year"),
        ("2023", "2024", "year on year"),
        ("first quarter", "second quarter", "quarter on quarter"),
        ("q4 2023", "q1 2024", "quarter on quarter"),
        ("april", "june", None),
        ("2022", "2024", None),
        ("april", "2024", None),
        ("may", "may", None),
        ("monday", "tuesday", None),
        ("2023-04", "2024-05", None),
    ],
)
def test_steps_between_periods(before: str, after: str, step: str | None) -> None:
    assert basis_between(before, after) == step


@pytest.mark.parametrize(
    ("words", "basis"),
    [
        ("from a year earlier", "year on year"),
        ("from a year ago", "year on year"),
        ("than a year before", "year on year"),
        ("compared with a year earlier", "year on year"),
        ("compared with the same month last year", "year on year"),
        ("compared to the same period in 2023", "year on year"),
        ("from the same quarter a year ago", "year on year"),
        ("year on year", "year on year"),
        ("year-on-year", "year on year"),
        ("year-over-year", "year on year"),
        ("yoy", "year on year"),
        ("y/y", "year on year"),
        ("over the past year", "year on year"),
        ("over the past 12 months", "year on year"),
        ("from the previous month", "month on month"),
        ("from a month earlier", "month on month"),
        ("month-on-month", "month on month"),
        ("m/m", "month on month"),
        ("from the prior quarter", "quarter on quarter"),
        ("from last week", "week on week"),
        ("since February 2020", "since February 2020"),
        ("since 2015", "since 2015"),
        ("over the past five years", "over five years"),
        ("in real terms", "inflation-adjusted"),
        ("at an annualized rate", "annualised"),
    ],
)
def test_forms_of_a_basis(words: str, basis: str) -> None:
    (change,) = read_quantities(f"Sales rose 7% {words}.")
    assert change.basis is not None
    assert change.basis.name == basis


def test_a_word_of_basis_makes_another_basis_and_nothing_else() -> None:
    (month,) = read_quantities("Sales rose 7% from a month earlier.")
    (year,) = read_quantities("Sales rose 7% from a year earlier.")
    assert month.basis != year.basis
    assert (month.measure, month.direction, month.role) == (year.measure, year.direction, year.role)


def test_one_sentence_twice_is_read_the_same() -> None:
    for case in CASES[:40]:
        assert read_quantities(case["input"]) == read_quantities(case["input"])


PIECES = st.sampled_from(
    "Exports exports fell rose by to from 12.7% $33 billion in April May 2020 since the a year earlier , . — ; and "
    "people were killed 12 China's China US said according police will not may up down tariff on of worth at with more "
    "% than quarter month-on-month per head \" ( ) ' after which that accounted for inflation growth".split()
)


@settings(deadline=None, max_examples=150)
@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=40).map(" ".join)))
def test_any_text_is_read_and_every_span_lies_within_it(text: str) -> None:
    for quantity in read_quantities(text):
        for name in ATTRIBUTES:
            span = getattr(quantity, name)
            if span is not None:
                assert isinstance(span, Span)
                assert span.name
                assert 0 <= span.start <= span.end <= len(text)
                assert text[span.start : span.end].strip()
        assert quantity.direction is None or quantity.direction.name in ("up", "down")
        bare = {name: None for name in ATTRIBUTES} | {"role": "level"}
        assert replace(quantity, **bare).low == quantity.low, "context changes no figure"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "piece",
    [
        "rose 3% ",
        "from a year earlier ",
        "the annual the annual ",
        "since the ",
        "compared with the same ",
        "said the police, ",
        "up 3% and ",
        "12 people and ",
        "of exports of ",
        ", which rose, ",
        "China's US ",
        "5% - ",
    ],
)
def test_time_grows_with_the_length_alone(piece: str) -> None:
    # Five times the length, not twenty-five times the time.
    assert_grows(lambda n: partial(read_quantities, "Sales rose 5% " + piece * n), 400, 2_000, 12)


def test_a_sentence_takes_a_fraction_of_a_millisecond() -> None:
    texts = [case["input"] for case in CASES] * 2
    read_quantities(SEED)
    assert_quick(lambda: [read_quantities(text) for text in texts], 0.15 * len(texts))
