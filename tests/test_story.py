"""Following a story through the public calls: days build on one another, and nothing is told twice."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summarizer import Document, InputError, Summary, summarize
from summarizer.errors import ConfigError, SummarizerError
from tests.conftest import validator

MONDAY = Document(
    "A fire in a mill in Leeds killed 12 people on Monday, police said. The cause is not known.",
    id="mon",
    published="2025-06-09",
)
TUESDAY = Document(
    "The toll of the fire in a mill in Leeds rose to 15 people, police said. The mill belongs to Harold Finch.",
    id="tue",
    published="2025-06-10",
)
WEDNESDAY = Document(
    "Harold Finch was arrested on Wednesday over the fire in a mill in Leeds, police said.",
    id="wed",
    published="2025-06-11",
)


def brief(*documents: Document, **settings: object) -> Summary:
    return summarize(list(documents), embedder="tfidf", **settings)  # type: ignore[arg-type]


def test_three_days() -> None:
    monday = brief(MONDAY)
    tuesday = monday.update([MONDAY, TUESDAY], embedder="tfidf")
    assert monday.changes is None
    assert tuesday.changes is not None
    assert tuesday.changes.seen == ("mon",)
    assert [document.id for document in tuesday.documents] == ["tue"]
    (corrected,) = tuesday.changes.corrected
    assert [side.values[0].low for side in corrected.sides] == [12, 15]
    assert [place.text for place in tuesday.changes.names] == ["Harold Finch"]
    wednesday = tuesday.update([WEDNESDAY], embedder="tfidf")
    assert wednesday.changes is not None
    assert wednesday.changes.names == (), "Tuesday named him"
    assert [place.document_id for place in wednesday.changes.new] == ["wed"]
    again = wednesday.update([MONDAY, TUESDAY, WEDNESDAY], embedder="tfidf")
    assert again.changes is not None
    assert (again.statements, again.changes.new) == ((), ())
    assert again.changes.seen == ("mon", "tue", "wed")


def test_a_saved_state_is_the_briefing_itself(tmp_path: Path) -> None:
    monday, path = brief(MONDAY), tmp_path / "story.json"
    monday.save_state(path)
    assert brief(TUESDAY, since=path).to_json() == brief(TUESDAY, since=monday).to_json()
    assert brief(TUESDAY, since=str(path)).to_json() == monday.update([TUESDAY], embedder="tfidf").to_json()


def test_the_signature_tells_what_was_known() -> None:
    one, other = brief(MONDAY), brief(WEDNESDAY)
    signatures = {brief(TUESDAY).signature, brief(TUESDAY, since=one).signature, brief(TUESDAY, since=other).signature}
    assert len(signatures) == 3


def test_the_order_of_the_articles_does_not_matter() -> None:
    monday = brief(MONDAY)
    assert brief(TUESDAY, WEDNESDAY, since=monday).to_json() == brief(WEDNESDAY, TUESDAY, since=monday).to_json()


def test_a_pickled_briefing_says_that_it_forgot() -> None:
    monday = brief(MONDAY)
    stored = pickle.loads(pickle.dumps(monday))
    assert stored == monday
    with pytest.raises(InputError, match="save_state"):
        stored.update([TUESDAY])


def test_since_takes_no_other_object() -> None:
    with pytest.raises(ConfigError, match="since must be a briefing"):
        brief(TUESDAY, since=3)


def test_a_budget_holds_for_updates() -> None:
    update = brief(TUESDAY, WEDNESDAY, since=brief(MONDAY), max_words=16)
    assert 0 < update.budget.used <= 16


PIECES = st.sampled_from(
    [
        "The fire in Leeds killed 12 people on Monday, police said.",
        "The fire in Leeds killed 15 people on Monday, police said.",
        "The fire in Leeds did not kill anyone, the mayor said.",
        "Exports to China fell 12.7% in May, from $33 billion in April to $28.8 billion.",
        "China’s exports fell about 34.5 percent year on year in May.",
        "“We will not sign the treaty,” Anna Berg told the BBC on June 3.",
        "“We will sign the treaty,” Anna Berg told Reuters on June 3.",
        "'It can't be', she said, 'that 3-1 or 1/3 of 2,5 ... was 10%-plus'.",
        "No one was charged; 2 of the 3 were released.",
        "$$$ 1-1-1 %% 1e999 12:30 –5 ½ no. 2",
        "« Nous ne signerons pas », a dit Anna Berg le 3 juin.",
        "中国出口下降了12.7%。",
        "\ud800 \u202e12 \x00 killed \x1b[31m",
        '"',
        "’",
    ]
)
ARTICLES = st.lists(st.lists(st.one_of(PIECES, st.text(max_size=30)), max_size=5).map(" ".join), min_size=1, max_size=4)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(ARTICLES, ARTICLES, st.sampled_from([None, "Who signed the treaty?", "How many people were killed in Leeds?"]))
def test_any_texts_are_compared_dated_and_followed(first: list[str], second: list[str], query: str | None) -> None:
    try:
        one = summarize(first, embedder="tfidf", query=query)
        two = one.update(second, embedder="tfidf")
    except SummarizerError:
        return
    for summary in (one, two):
        validator().validate(summary.to_dict())
        summary.to_markdown().encode("utf-8")
        summary.to_terminal(width=80).encode("utf-8")
        texts = {document.id: document.text for document in summary.documents}
        for comparison in summary.comparisons:
            for value in (value for side in comparison.sides for value in (*side.values, *side.shown_by)):
                for place in (value.place, value.sentence):
                    assert texts[place.document_id][place.start : place.end] == place.text
        for claim in summary.single_source:
            assert texts[claim.place.document_id][claim.place.start : claim.place.end] == claim.place.text
        for event in summary.timeline:
            if event.said is not None:
                assert texts[event.said.document_id][event.said.start : event.said.end] == event.said.text
