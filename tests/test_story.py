"""Following a story through the public calls: days build on one another, and nothing is told twice."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from summarizer import Document, InputError, Summary, summarize
from summarizer.errors import ConfigError

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
