"""The headline: what most articles share, and of a story of days the newest state that two origins tell."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer import Document, preparation
from summarizer.config import SummaryConfig
from summarizer.headline import make_title
from summarizer.material import Material

#: A story of five days: day, title, text.
STORY = (
    (
        9,
        "Twelve boys trapped in a cave near Tarnhill",
        "Twelve boys are trapped in a cave near Tarnhill after heavy rain, rescuers said. The cave near Tarnhill was "
        "flooded by the rain on Sunday. Parents of the boys waited outside the cave.",
    ),
    (
        9,
        "Boys trapped in flooded Tarnhill cave",
        "A group of twelve boys is trapped in a flooded cave near Tarnhill. Heavy rain had closed the way out of the "
        "cave. Rescuers said that the boys had food for three days.",
    ),
    (
        10,
        "Pumps brought to Tarnhill cave where boys are trapped",
        "Pumps were brought to the cave near Tarnhill in which twelve boys are trapped. The water in the cave fell by "
        "ten centimetres. Rescuers drilled into the hill above the cave.",
    ),
    (
        11,
        "Divers find the trapped boys alive",
        "Divers found the twelve boys alive in the cave near Tarnhill. The boys trapped in the cave were thin and in "
        "good spirits, a doctor said. Divers brought food to them.",
    ),
    (
        13,
        "All twelve boys rescued from the cave",
        "All twelve boys were rescued from the cave near Tarnhill by divers. The boys were taken to a hospital in "
        "Arnholt. The rescue took nine hours, the head of the divers said.",
    ),
    (
        13,
        "Divers bring all boys out of Tarnhill cave",
        "Divers rescued the last of the twelve boys from the cave near Tarnhill on Friday. All of the boys are in a "
        "hospital. Parents of the boys thanked the divers who had brought them out.",
    ),
)


def material(articles: Sequence[tuple[int | None, str, str]]) -> Material:
    config = SummaryConfig(embedder="tfidf", keep_other_events=True)
    documents = [
        Document(text, id=f"d{number}", title=title, published=None if day is None else f"2025-06-{day:02d}")
        for number, (day, title, text) in enumerate(articles)
    ]
    prepared = preparation.prepare_documents(documents, config, preparation.silent)
    sentences = preparation.split_documents(prepared, config, [], preparation.silent)
    return preparation.compare_sentences(prepared, sentences, config, None, preparation.silent)


def headline(*articles: tuple[int | None, str, str]) -> str | None:
    return make_title(material(articles))


def test_a_story_of_five_days_is_headed_by_its_newest_state() -> None:
    assert headline(*STORY) in {title for day, title, _ in STORY if day == 13}


@pytest.mark.parametrize(("days", "last"), [(1, 9), (4, 11)])
def test_the_last_days_are_those_that_two_origins_tell_of(days: int, last: int) -> None:
    """With one article of the last day that the one before bears out, it is of either; before the end, of then."""
    story = [one for one in STORY if one[0] < 9 + days]
    assert headline(*story) in {title for day, title, _ in STORY if day <= last}


def test_without_dates_or_of_one_day_what_most_share_decides() -> None:
    undated = headline(*((None, title, text) for _, title, text in STORY))
    one_day = headline(*((9, title, text) for _, title, text in STORY))
    partly = headline((None, *STORY[0][1:]), *STORY[1:])
    next_day = headline(*((9 + (day > 10), title, text) for day, title, text in STORY))
    assert undated == one_day == partly == next_day
    assert undated is not None


def test_a_late_article_that_nobody_bears_out_gives_no_headline() -> None:
    aside = (
        14,
        "Tourism minister opens new museum wing in Lindholm",
        "A museum in Lindholm has a new wing for clocks.",
    )
    assert headline(*STORY, aside) in {title for day, title, _ in STORY if day == 13}


def test_what_was_to_come_and_is_past_is_no_headline() -> None:
    text = "Divers near Tarnhill will try to reach the twelve boys in the cave on Tuesday. The boys in the cave wait."
    told = [(9, "Divers will try to reach twelve boys in Tarnhill cave on Tuesday", text), *STORY[1:3]]
    assert headline(*told) in {STORY[1][1], STORY[2][1]}
    alone = [(9, told[0][1], text), (12, "AAP", STORY[4][2])]
    assert headline(*alone) == told[0][1], "better than none"


@pytest.mark.parametrize(
    "title",
    [
        "What we know about the twelve boys in the Tarnhill cave",
        "Here’s what we know about the boys in Tarnhill cave",
        "Live updates: boys in Tarnhill cave",
        "Five things about the boys in the Tarnhill cave",
        "Video: the boys in the cave of Tarnhill",
    ],
)
def test_a_title_that_tells_nothing_is_no_headline(title: str) -> None:
    told = [(13, title, STORY[0][2] + " " + STORY[1][2]), *STORY]
    assert headline(*told) in {row[1] for row in STORY}
    assert headline((13, title, STORY[0][2]), (13, "AAP", STORY[1][2])) == title, "better than none"


@pytest.mark.parametrize("title", ["What the minister told the court", "Live animals rescued from Tarnhill market"])
def test_a_title_that_only_begins_alike_is_a_headline(title: str) -> None:
    text = f"{title}, and divers in the Tarnhill cave waited for boys."
    assert headline((13, title, text), (13, "AAP", text)) == title


def test_a_date_that_is_none_is_no_date() -> None:
    config = SummaryConfig(embedder="tfidf", keep_other_events=True)
    documents = [Document(text, id=title, title=title, published=f"{day}th of June") for day, title, text in STORY]
    prepared = preparation.prepare_documents(documents, config, preparation.silent)
    sentences = preparation.split_documents(prepared, config, [], preparation.silent)
    found = make_title(preparation.compare_sentences(prepared, sentences, config, None, preparation.silent))
    assert found == headline(*((None, title, text) for _, title, text in STORY))


@settings(deadline=None, max_examples=20)
@given(st.permutations(STORY))
def test_the_order_of_the_articles_moves_nothing(story: list[tuple[int, str, str]]) -> None:
    config = SummaryConfig(embedder="tfidf", keep_other_events=True)
    documents = [Document(text, id=title, title=title, published=f"2025-06-{day:02d}") for day, title, text in story]
    prepared = preparation.prepare_documents(documents, config, preparation.silent)
    sentences = preparation.split_documents(prepared, config, [], preparation.silent)
    found = make_title(preparation.compare_sentences(prepared, sentences, config, None, preparation.silent))
    assert found in {title for day, title, _ in STORY if day == 13}


def test_no_title_gives_no_headline() -> None:
    assert headline(*((day, "AAP", text) for day, _, text in STORY)) is None
