"""Live blogs: what they say of themselves is left out, and so is the time above or before an entry."""

from __future__ import annotations

import pytest

from summarizer.cleaning import clean
from summarizer.datatypes import Document

BLOG = """08:00 Good morning
Welcome to our live coverage of the storm. Follow us here for the latest.

09:30 Forecasters say that a gust of 152 km/h has been measured on the coast. We will bring you more as we get it.

13:40 GMT – Our reporter is in the port. "It is quiet here now," he writes. More from him soon.

18:10 That is where we leave it. The airport is open again."""


def _kept(text: str) -> list[str]:
    """Give what cleaning leaves, piece by piece."""
    document = clean(Document(text))
    places = [0, *(place for passage in document.dropped for place in (passage.start, passage.end)), len(text)]
    pieces = [text[start:end].strip() for start, end in zip(places[::2], places[1::2], strict=True)]
    return [piece for piece in pieces if any(map(str.isalnum, piece))]


def test_a_live_blog_keeps_its_news_only() -> None:
    kept = _kept(BLOG)
    assert "Forecasters say that a gust of 152 km/h has been measured on the coast." in kept
    assert 'Our reporter is in the port. "It is quiet here now," he writes.' in kept
    assert kept[-1] == "The airport is open again."
    assert not any("elcome" in piece or "bring you" in piece or "More from" in piece for piece in kept)


@pytest.mark.parametrize("stamp", ["09:30 ", "9:30 – ", "17:05 GMT ", "5:05 p.m. ", "5:05 PM: ", "23:59 CET | "])
def test_the_time_of_an_entry_goes(stamp: str) -> None:
    assert _kept(f"{stamp}Élodie Martin says that the bridge is closed.") == [
        "Élodie Martin says that the bridge is closed."
    ]


@pytest.mark.parametrize(
    "text",
    [
        "12:30 is when the train leaves, the company said.",
        "9.30 Million people were told to leave their homes.",
        "2:05:31 was the winning time of the race in the rain.",
        "The race began at 09:30 Moscow time, the organisers said.",
    ],
)
def test_other_figures_at_the_start_stay(text: str) -> None:
    assert _kept(text) == [text]
