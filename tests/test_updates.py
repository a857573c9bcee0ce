"""Following a story: what is new, what is corrected, what is known, and the file between runs."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer import Document, Summary, SummaryConfig, preparation
from summarizer.comparison import compare
from summarizer.datatypes import Budget, Statement, Support
from summarizer.errors import OutputError, ReadingError
from summarizer.findings import Update
from summarizer.material import Material
from summarizer.pipeline import summarize_documents
from summarizer.updates import (
    Novelty,
    State,
    find_new,
    make_state,
    make_update,
    nothing_new,
    read_state,
    remember,
    skip_seen,
    write_state,
)
from summarizer.updates.figures import read_figures, restates
from summarizer.updates.names import read_names
from tests.conftest import ROOT, brief

DAY_ONE = {
    "harbour": (
        "A fire in the harbour of Lindholm killed 14 people on Monday, the port authority said. "
        "It broke out in a warehouse that held paint and solvents. "
        "Mayor Ingrid Solberg called the fire the worst in the history of the town. "
        "The harbour was closed to all ships."
    ),
    "gazette": (
        "Fourteen people died when a warehouse in the port of Lindholm burned down on Monday. "
        "Firefighters needed nine hours to put out the flames. "
        "The cause of the fire is not known, the port authority said."
    ),
}
DAY_TWO = (
    "The fire in the harbour of Lindholm killed 17 people, the port authority said, revising its count. "
    "Mayor Ingrid Solberg called it the worst fire in the history of the town. "
    "Prosecutor Mats Ekdahl opened an inquiry into the storage of solvents. "
    "The harbour will reopen to ships within 36 hours."
)


def read(articles: dict[str, str], day: str = "2025-06-10", embedder: str = "tfidf") -> Material:
    config = SummaryConfig(embedder=embedder, keep_other_events=True)
    documents = [Document(text, id=name, published=day, source=name) for name, text in articles.items()]
    prepared = preparation.prepare_documents(documents, config, preparation.silent)
    sentences = preparation.split_documents(prepared, config, [], preparation.silent)
    return preparation.compare_sentences(prepared, sentences, config, None, preparation.silent)


def told(material: Material, places: Sequence[int] = (), changes: Update | None = None) -> Summary:
    """A briefing whose statements are sentences of a material."""
    statements = []
    for number, place in enumerate(places, 1):
        one = material.sentences[place]
        support = Support(one.document_id, one.start, one.end, one.text, 1.0)
        statements.append(Statement(f"s{number}", one.text, (support,), 1, 1, 1.0))
    budget = Budget("words", 150)
    return Summary(tuple(statements), material.documents, (), budget, "made|v:1", changes=changes)


def first_day(embedder: str = "tfidf", places: Sequence[int] = (0, 2, 3, 6)) -> State:
    material = read(DAY_ONE, "2025-06-09", embedder)
    return make_state(told(material, places), material)


def update(novelty: Novelty) -> Update:
    salience = np.arange(len(novelty.reasons), 0, -1).astype(float)
    return make_update(novelty, salience.tolist(), compare=compare)


def reasons(state: State, text: str, day: str = "2025-06-10") -> dict[str, str]:
    material = read({"new": text}, day)
    found = find_new(material, state)
    return {sentence.text: reason for sentence, reason in zip(material.sentences, found.reasons, strict=True)}


# --- what is new ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("embedder", ["tfidf", "minilm"])
def test_what_is_given_again_says_nothing_new(embedder: str) -> None:
    state = first_day(embedder)
    found = find_new(read(DAY_ONE, "2025-06-09", embedder), state)
    assert not found.eligible.any()
    changes = update(found)
    assert (changes.new, changes.corrected, changes.figures, changes.names) == ((), (), (), ())
    assert [one.text for one in changes.unchanged] == [one.text for one in state.statements]


def test_news_in_the_words_of_a_long_story_is_new() -> None:
    told_so_far = {
        "mon": "The senate in Halden opened talks on the rescue of the carmakers on Monday.",
        "tue": "The governor of the central bank told the senate that the economy needs help.",
        "wed": "The heads of the carmakers came to the senate and asked for help with their debts.",
        "thu": "The governor said that the plan for the banks would be changed before the vote.",
        "fri": "Unions of the carmakers supported the rescue plan in a letter to the senate.",
    }
    material = read(told_so_far, "2025-06-09", "minilm")
    state = make_state(told(material), material)
    news = "The governor opposed the rescue plan for the carmakers."
    again = "Talks on a rescue of the carmakers were opened by the senate in Halden."
    found = find_new(read({"new": f"{news} {again}"}, embedder="minilm"), state)
    assert found.reasons == ("statement", "known")


def test_number_words_that_open_a_sentence_are_no_names() -> None:
    assert read_names("Seventeen of them were hurt.") == ()
    assert read_names("Ninety came.") == ()
    assert read_names("Twenty-one came.") == ()
    assert [name.words for name in read_names("Six-year-old Lena Mair was found.")] == [("lena", "mair")]


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("Seven students from Oslo won the chess cup in Bergen. The prize was small.", "check that the earlier"),
        (
            "Bei dem Brand in Lindholm sind viele Menschen ums Leben gekommen. Die Polizei ermittelt.",
            "another language",
        ),
        (DAY_TWO, ""),
    ],
)
def test_articles_of_another_story_or_language_are_warned_of(text: str, warning: str) -> None:
    warnings = find_new(read({"new": text}), first_day()).warnings
    assert (warning in " ".join(warnings)) if warning else warnings == ()


def test_articles_read_before_are_skipped_by_their_text() -> None:
    state = first_day()
    documents = [Document(DAY_ONE["gazette"], id="another-name"), Document(DAY_TWO, id="new")]
    new, seen = skip_seen(documents, state)
    assert [document.id for document in new] == ["new"]
    assert seen == ("gazette",)
    changes = nothing_new(state, seen)
    assert changes.new == ()
    assert changes.seen == ("gazette",)
    assert len(changes.unchanged) == 4


@pytest.mark.parametrize("embedder", ["tfidf", "minilm"])
def test_the_second_day(embedder: str) -> None:
    found = find_new(read({"harbour": DAY_TWO}, embedder=embedder), first_day(embedder))
    changes = update(found)
    said = " ".join(place.text for place in changes.new)
    assert "36 hours" in said
    assert "Mats Ekdahl" in said
    assert "17 people" in said
    assert "Ingrid Solberg" not in said
    assert [place.text for place in changes.figures] == ["17 people", "36 hours"]
    assert "Prosecutor Mats Ekdahl" in [place.text for place in changes.names]
    for place in (*changes.new, *changes.figures, *changes.names):
        assert DAY_TWO[place.start : place.end] == place.text


@pytest.mark.parametrize("embedder", ["tfidf", "minilm"])
def test_a_revised_figure_is_one_correction_with_both_values_and_both_places(embedder: str) -> None:
    state = first_day(embedder)
    changes = update(find_new(read({"harbour": DAY_TWO}, embedder=embedder), state))
    assert len(changes.corrected) == 1
    correction = changes.corrected[0]
    assert correction.relation == "revision"
    before, after = correction.sides
    assert {value.place.text for value in before.values} <= {"14 people", "Fourteen people"}
    assert [value.place.text for value in after.values] == ["17 people"]
    earlier = {article.id: article for article in changes.earlier}
    for value in before.values:
        assert value.place.document_id in earlier, "an article of yesterday is named, though today's has its id"
        assert earlier[value.place.document_id].published == "2025-06-09"
        source = DAY_ONE[str(earlier[value.place.document_id].source)]
        assert source[value.place.start : value.place.end] == value.place.text
    assert after.values[0].place.document_id == "harbour"
    standing = [one.text for one in changes.unchanged]
    assert state.statements[0].text not in standing, "what was corrected does not stand unchanged"
    assert len(standing) >= 2


@pytest.mark.parametrize(
    "sentence",
    [
        "The fire in the harbour of Lindholm killed 17 people, the port authority said on Tuesday.",
        "The fire in the harbour of Lindholm killed 17 people, police said late Tuesday.",
        "On Tuesday, officials said the fire in the harbour of Lindholm had killed 17 people.",
        "The fire in the harbour of Lindholm killed 17 people, according to a statement on June 10.",
        "The number of people killed in the fire in the harbour of Lindholm rose to 17 on Tuesday.",
    ],
)
def test_the_day_of_saying_does_not_hide_a_correction(sentence: str) -> None:
    correction = update(find_new(read({"harbour": sentence}), first_day())).corrected[0]
    assert correction.relation == "revision"
    assert correction.sides[-1].values[0].sentence.text == sentence


@pytest.mark.parametrize(
    ("earlier", "later", "expected"),
    [
        ("at least 44 people", "at least 60 people", ("at least 44 people", "at least 60 people")),
        ("at least 44 people", "63 people", ("at least 44 people", "63 people")),
        ("at least 44 people", "45 people", None),
        ("44 people", "at least 40 people", None),
    ],
)
def test_a_count_that_moved_on_is_a_revision_of_the_later_day(
    earlier: str, later: str, expected: tuple[str, str] | None
) -> None:
    sentence = "The earthquake in the valley of Orsova killed {} and cut off three villages, officials said."
    known = read({"a": sentence.format(earlier)}, "2025-06-09")
    state = make_state(told(known), known)
    corrected = update(find_new(read({"b": sentence.format(later)}), state)).corrected
    shown = [tuple(side.values[0].place.text for side in one.sides) for one in corrected]
    assert shown == ([expected] if expected else [])
    assert all(one.relation == "revision" for one in corrected)
    same_day = update(find_new(read({"b": sentence.format(later)}, "2025-06-09"), state)).corrected
    assert same_day == ()


def test_a_copy_of_a_known_article_with_one_figure_changed_is_a_correction() -> None:
    text = DAY_ONE["harbour"].replace("14 people", "19 people")
    found = find_new(read({"reprint": text}), first_day())
    assert found.reasons.count("figure") == 1
    assert found.eligible.sum() == 1
    assert any("19" in side.says for side in update(found).corrected[0].sides)


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (
            "Wexford Bank rejects Calder Group and will be bought by Welland Bank for $15.1 billion in stock.",
            "Calder Group files suit against Wexford Bank and Welland Bank for $60 billion in a court.",
        ),
        (
            "The House rejects the $700 billion rescue bill of the treasury by a vote of 205 to 228.",
            "By a vote of 274 to 25 the Senate approves a revised $700 billion rescue bill of the treasury.",
        ),
    ],
)
def test_what_another_sues_for_and_a_revised_bill_are_no_corrections(earlier: str, later: str) -> None:
    known = read({"a": earlier}, "2025-06-09")
    state = make_state(told(known), known)
    assert update(find_new(read({"b": later}, "2025-06-11"), state)).corrected == ()


#: A disaster as three outlets tell it on the first day, and two on the second.
SLIDE_ONE = {
    "courier": "At least nine people were killed and more than 40 were missing on Tuesday after a landslide tore "
    "through the village of Oberbrenn, the governor said. Heavy rain had fallen for four days.",
    "ledger": "Rescuers dug on Tuesday after a wall of mud hit the village of Oberbrenn, killing nine people and "
    "leaving 43 unaccounted for. The landslide destroyed the primary school.",
    "wire": "A landslide hit the village of Oberbrenn before dawn, killing at least nine people, authorities said. "
    "More than 40 people are missing in Oberbrenn, Governor Stefan Ladner told reporters.",
}
SLIDE_TWO = {
    "echo": "The death toll from the landslide in Oberbrenn rose to 21 on Wednesday, and 28 people were still missing, "
    "Governor Stefan Ladner said.",
    "star": "Twenty-one people are now known to have died after the landslide, police said. Twenty-eight people "
    "remained missing in Oberbrenn, Governor Stefan Ladner told reporters.",
}


def slide(later: dict[str, str]) -> Update:
    known = read(SLIDE_ONE, "2026-03-03", "minilm")
    places = [n for n, one in enumerate(known.sentences) if "nine" in one.text or "rain" in one.text]
    return update(find_new(read(later, "2026-03-04", "minilm"), make_state(told(known, places), known)))


def test_the_dead_and_the_missing_of_a_disaster_are_counted_anew_in_other_words() -> None:
    changes = slide(SLIDE_TWO)
    values = [value.place for one in changes.corrected for side in one.sides for value in side.values]
    places = {(place.document_id, place.text) for place in values}
    assert {("courier", "At least nine people"), ("star", "Twenty-one people")} <= places
    assert {("wire", "More than 40 people"), ("echo", "28 people"), ("star", "Twenty-eight people")} <= places
    assert [one.text for one in changes.unchanged] == ["Heavy rain had fallen for four days."]
    assert changes.names == ()


def test_the_dead_of_another_place_correct_nothing() -> None:
    changes = slide({"star": "Twenty-one people are now known to have died in a fire in Halden, police said."})
    assert changes.corrected == ()
    assert len(changes.unchanged) == 4


def test_a_statement_with_a_number_that_is_corrected_elsewhere_does_not_stand() -> None:
    slide = "The landslide in Oberbrenn killed 21 people, police said. "
    climbed = "The number of people killed climbed to 21 overnight, and prosecutors opened an inquiry into warnings."
    known = read({"a": slide, "c": climbed}, "2026-03-04")
    state = make_state(told(known, (0, 1)), known)
    changes = update(
        find_new(read({"b": "The landslide in Oberbrenn killed 26 people, police said."}, "2026-03-05"), state)
    )
    assert len(changes.corrected) == 1
    assert changes.unchanged == ()


def test_a_search_that_is_suspended_is_news_to_who_knew_of_it() -> None:
    known = read(
        {"a": "Coast guard helicopters began the search for 11 missing workers of the Orsova rig."}, "2025-06-09"
    )
    state = make_state(told(known), known)
    later = read({"b": "The coast guard suspended the search for 11 missing workers of the Orsova rig."}, "2025-06-11")
    assert find_new(later, state).reasons == ("statement",)


def test_a_partial_copy_says_nothing_new() -> None:
    long = {
        "long": " ".join(f"{s} The {n}th shed stood empty." for n, s in enumerate(DAY_ONE["harbour"].split(". "), 4))
    }
    material = read(long, "2025-06-09")
    state = make_state(told(material), material)
    half = " ".join(sentence.text for sentence in material.sentences[: len(material.sentences) // 2 + 2])
    found = find_new(read({"half": half}), state)
    assert not found.eligible.any()


@pytest.mark.parametrize(
    "sentence",
    [
        "Fourteen people died in the fire.",
        "The fire killed about 14 people in Lindholm on Monday.",
        "Firefighters took 9 hours to put out the flames.",
        "The mayor, Ingrid Solberg, called it the worst fire in the history of the town.",
    ],
)
def test_a_known_figure_or_name_in_other_words_is_not_new(sentence: str) -> None:
    assert reasons(first_day(), sentence)[sentence] == "known"


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("The fire killed 15 people in Lindholm.", "figure"),
        ("The fire killed fifteen people in Lindholm.", "figure"),
        ("Firefighters needed nine days to put out the flames.", "figure"),
        ("The warehouse in the harbour was built in 1962.", "figure"),
        ("The fire broke out at 4:30 in the warehouse.", "figure"),
        ("The fire in the harbour of Lindholm reached the Karlsson shipyard.", "name"),
        ("Kvistgaard said the harbour of Lindholm was closed to all ships.", "name"),
        ("Mayor Ingrid Monday closed the harbour to all ships; Ingrid Lindholm agreed.", "name"),
        ("Insurers refuse to pay for the paint that burned.", "statement"),
    ],
)
def test_what_was_not_known_is_new(sentence: str, reason: str) -> None:
    assert reasons(first_day(), sentence)[sentence] == reason


def test_the_day_on_which_a_known_article_was_published_is_not_news() -> None:
    sentence = "A fire in the harbour of Lindholm killed 14 people on June 9, 2025, the port authority said."
    assert reasons(first_day(), sentence)[sentence] == "known"
    later = sentence.replace("June 9", "June 20")
    assert reasons(first_day(), later)[later] == "figure"


def test_a_denial_of_what_is_known_is_new() -> None:
    sentence = "The harbour was not closed to ships."
    assert reasons(first_day(), sentence)[sentence] == "statement"


@pytest.mark.parametrize("sentence", ["Who will pay for the paint that burned?", "He wept."])
def test_what_says_too_little_is_not_listed(sentence: str) -> None:
    assert reasons(first_day(), f"{sentence} Divers found a safe.")[sentence] == "slight"


def test_two_new_articles_that_say_the_same_are_listed_once() -> None:
    text = "Insurers refuse to pay for the paint that burned."
    changes = update(find_new(read({"a": text, "b": text}), first_day()))
    assert [place.document_id for place in changes.new] == ["a"]


def test_every_new_figure_and_name_is_in_a_new_sentence() -> None:
    changes = update(find_new(read({"a": DAY_TWO, "b": DAY_TWO.replace("17", "18")}), first_day()))
    said = " ".join(place.text for place in changes.new)
    for place in (*changes.figures, *changes.names):
        assert place.text in said


@settings(deadline=None, max_examples=40)
@given(st.integers(18, 99_999), st.sampled_from(["Brannock", "Oyelaran", "Petrosyan", "McTavish", "Nguyen-Hale"]))
def test_a_planted_number_or_name_is_always_found(number: int, name: str) -> None:
    text = f"{DAY_ONE['harbour']} The fire destroyed {number} boats. A clerk told {name} of the smoke."
    found = find_new(read({"new": text}), first_day())
    changes = update(found)
    assert any(str(number) in place.text for place in changes.figures)
    assert any(name in place.text for place in changes.names)
    assert int(found.eligible.sum()) == 2


def test_the_order_of_the_articles_moves_nothing() -> None:
    texts = {
        "a": DAY_TWO,
        "b": DAY_ONE["gazette"] + " Divers found a safe.",
        "c": "The mayor resigned on Tuesday night.",
    }
    found = [update(find_new(read(dict(order)), first_day())) for order in (texts.items(), reversed(texts.items()))]
    assert found[0] == found[1]


# --- what was to come -------------------------------------------------------------------------------------------------

TO_COME = (
    "Twelve boys are trapped in a cave near Tarnhill since Sunday, rescuers said. "
    "Divers will try to reach them again tonight. "
    "A hearing on the closed gate of the cave is planned for 2026."
)
CAME = (
    "Divers reached the twelve boys in the cave near Tarnhill overnight, and two were carried out. The gate was open."
)


def cave(day: str = "2025-06-10") -> State:
    material = read({"first": TO_COME}, day)
    return make_state(told(material, (0, 1, 2)), material)


def test_what_was_to_come_is_not_unchanged_once_its_time_is_past() -> None:
    state, material = cave(), read({"later": CAME}, "2025-06-12")
    changes = update(find_new(material, state))
    assert [one.text for one in changes.past] == ["Divers will try to reach them again tonight."]
    assert [one.text for one in changes.unchanged] == [state.statements[0].text, state.statements[2].text]
    later = make_state(told(material, [0], changes), material, state)
    assert "Divers will try to reach them again tonight." not in [one.text for one in later.statements]


@pytest.mark.parametrize("day", ["2025-06-10", "2025-06-09"])
def test_what_is_still_to_come_is_unchanged(day: str) -> None:
    changes = update(find_new(read({"later": CAME}, day), cave()))
    assert changes.past == ()
    assert len(changes.unchanged) == 3


def test_what_the_new_articles_outran_themselves_is_no_news() -> None:
    config = SummaryConfig(embedder="tfidf", keep_other_events=True)
    early = "The boys in the cave will be brought out with 7 boats on Wednesday. Rescuers found a second way in."
    documents = [Document(early, id="early", published="2025-06-10"), Document(CAME, id="late", published="2025-06-13")]
    briefing = summarize_documents(documents, config, known=cave("2025-06-09"))
    assert briefing.changes is not None
    for said in (briefing.statements, briefing.changes.new):
        assert not any("boats" in one.text for one in said)
    assert "7 boats" not in [place.text for place in briefing.changes.figures]
    assert any("second way" in place.text for place in briefing.changes.new)


def test_every_format_lists_what_was_to_come() -> None:
    config = SummaryConfig(embedder="tfidf", keep_other_events=True)
    documents = [Document(CAME, id="late", published="2025-06-12")]
    briefing = summarize_documents(documents, config, known=cave())
    said = "Divers will try to reach them again tonight."
    for text in (briefing.to_markdown(), briefing.to_terminal(), briefing.to_html()):
        assert "Was to come, and its time is past" in text
        assert said in text
    (past,) = json.loads(briefing.to_json())["changes"]["past"]
    assert past == {"text": said, "support": []}


# --- what is remembered -----------------------------------------------------------------------------------------------


def test_two_runs_of_one_day_do_nothing() -> None:
    state = first_day()
    again = make_state(told(read({"harbour": DAY_TWO})), read({"harbour": DAY_TWO}), state)
    assert len(again.articles) == 3
    assert len(again.sentences) > len(state.sentences)
    assert skip_seen([Document(DAY_TWO, id="harbour")], again)[0] == []
    assert not find_new(read({"harbour": DAY_TWO}), again).eligible.any()


def test_an_article_of_a_known_id_gets_another() -> None:
    material = read({"harbour": DAY_TWO})
    state = make_state(told(material, [0]), material, first_day())
    ids = [article.id for article in state.articles]
    assert ids[:2] == ["gazette", "harbour"]
    assert ids[2].startswith("harbour@")
    assert state.statements[0].place.document_id == ids[2]


def test_statements_that_stand_are_carried_on_and_corrected_ones_are_not() -> None:
    state = first_day()
    material = read({"harbour": DAY_TWO})
    changes = update(find_new(material, state))
    later = make_state(told(material, [0], changes), material, state)
    kept = [one.text for one in later.statements]
    assert kept[0] == material.sentences[0].text
    assert state.statements[0].text not in kept
    assert set(kept[1:]) == {one.text for one in changes.unchanged}


def test_the_oldest_sentences_are_forgotten_and_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remember, "MAX_SENTENCES", 8)
    state = first_day()
    material = read({"new": DAY_TWO})
    later = make_state(told(material), material, state)
    n = len(state.sentences) + 4 - 8
    assert len(later.sentences) == 8
    assert later.forgotten == n
    assert later.warnings == (f"the oldest {n} known sentences were left out: there were more than 8",)
    assert later.sentences.texts == (*state.sentences.texts, *(s.text for s in material.sentences))[-8:]
    assert later.figures >= state.figures, "figures stay known"
    assert later.names >= state.names, "names stay known"
    assert reasons(later, "The fire killed 14 people, Ingrid Solberg said.")
    assert find_new(material, later).warnings == later.warnings


def test_without_vectors_known_sentences_near_by_words_are_encoded() -> None:
    from summarizer import embedding

    encoder = embedding.load_embedder("minilm")
    asked: list[str] = []

    def encode(texts: Sequence[str]) -> Any:
        asked.extend(texts)
        return embedding.embed(encoder, texts)

    found = find_new(read({"new": DAY_TWO}, embedder="minilm"), first_day("tfidf"), encode=encode)
    kept = find_new(read({"new": DAY_TWO}, embedder="minilm"), first_day("minilm"))
    assert found.reasons == kept.reasons
    assert asked
    assert len(asked) == len(set(asked)) <= len(first_day().sentences)


# --- the file ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("embedder", ["tfidf", "minilm"])
def test_a_state_survives_its_file(tmp_path: Path, embedder: str) -> None:
    state = first_day(embedder)
    write_state(tmp_path / "one.json", state)
    back = read_state(tmp_path / "one.json")
    write_state(tmp_path / "two.json", back)
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()
    assert (back.articles, back.statements, back.names) == (state.articles, state.statements, state.names)
    material = read({"harbour": DAY_TWO}, embedder=embedder)
    assert update(find_new(material, back)) == update(find_new(material, state))


def test_a_briefing_serves_as_a_state_and_says_what_it_lacks(tmp_path: Path, seeds: dict[str, str]) -> None:
    path = tmp_path / "old.json"
    path.write_text(brief(150, "tfidf").to_json(), encoding="utf-8")
    state = read_state(path)
    assert state.partial
    assert "--state" in state.warnings[0]
    assert str(path) in state.warnings[0]
    assert len(state.articles) == 5
    assert len(state.statements) == len(brief(150, "tfidf").statements)
    new, seen = skip_seen([Document(text, id=name) for name, text in seeds.items()], state)
    assert new == []
    assert len(seen) == 5
    text = "China's exports to the United States fell 39.5% in May from a year earlier, revised customs data show."
    found = find_new(read({"new": text}), state)
    assert found.reasons == ("figure",)
    assert found.warnings == state.warnings


def hostile(change: Callable[[dict[str, Any]], object]) -> Callable[[dict[str, Any]], str]:
    def make(content: dict[str, Any]) -> str:
        change(content)
        return json.dumps(content)

    return make


HOSTILE: dict[str, Callable[[dict[str, Any]], str]] = {
    "is not JSON": lambda content: "{",
    "holds no JSON object": lambda content: "[1, 2]",
    "nested too deeply": lambda content: "[" * 200_000,
    "NaN is no JSON number": lambda content: '{"state_version": NaN}',
    "is not JSON (Exceeds": lambda content: '{"state_version": ' + "9" * 5000 + "}",
    "state_version is missing": hostile(lambda content: content.pop("state_version")),
    "state_version is 2": hostile(lambda content: content.update(state_version=2)),
    "state_version is not a whole number": hostile(lambda content: content.update(state_version=True)),
    "signature is not a text": hostile(lambda content: content.update(signature=["x"])),
    "articles is not a list of objects": hostile(lambda content: content.update(articles=[1])),
    "articles[1].digest is not a SHA-256": hostile(lambda content: content["articles"][1].update(digest="00")),
    "articles[1].id is that of another": hostile(lambda content: content["articles"][1].update(id="gazette")),
    "articles[0].sketch is not base64": hostile(lambda content: content["articles"][0].update(sketch="?")),
    "articles[0].sketch has half": hostile(lambda content: content["articles"][0].update(sketch="AAA=")),
    "articles[0].shingles is not a whole": hostile(lambda content: content["articles"][0].update(shingles=-1)),
    "statements[0].document_id and": hostile(lambda content: content["statements"][0].update(document_id="x")),
    "names is not a list of texts": hostile(lambda content: content.update(names=[{}])),
    "sentences is not an object": hostile(lambda content: content.update(sentences="")),
    "sentences.owner points": hostile(lambda content: content["sentences"].update(owner="////fw==" * 7)),
    "sentences.owner has 0 numbers": hostile(lambda content: content["sentences"].update(owner="")),
    "sentences.texts has one": hostile(lambda content: content["sentences"].update(texts=["x"] * 7)),
    "sentences.indptr does not": hostile(lambda content: content["sentences"].update(indptr="AAAAAA==")),
    "sentences.indices points": hostile(lambda content: content["sentences"].update(vocabulary=[])),
    "sentences.counts does not": hostile(lambda content: content["sentences"].update(counts="")),
    "sentences.vectors has 0": hostile(lambda content: content["sentences"].update(width=384)),
    "embedder and vectors": hostile(lambda content: content.update(embedder="minilm")),
    "schema_version is 9": lambda content: '{"schema_version": 9}',
    "documents is missing": lambda content: '{"schema_version": 1}',
}


@pytest.mark.parametrize("wrong", HOSTILE)
def test_a_bad_file_is_refused_with_its_name_the_field_and_a_remedy(tmp_path: Path, wrong: str) -> None:
    path = tmp_path / "state.json"
    write_state(path, first_day())
    path.write_text(HOSTILE[wrong](json.loads(path.read_text())))
    with pytest.raises(ReadingError) as caught:
        read_state(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    if "sentences.owner points" not in wrong and "sentences.texts" not in wrong:
        assert wrong in message
    assert "give a file that" in message or "start anew" in message


def test_a_file_that_is_none_or_too_large_is_refused(tmp_path: Path) -> None:
    for path, wrong in (
        (tmp_path, "not a regular file"),
        (tmp_path / "none", "No such file"),
        ("a\0b", "cannot be read"),
    ):
        with pytest.raises(ReadingError, match=wrong):
            read_state(path)
    with (tmp_path / "large").open("wb") as file:
        file.truncate(100_000_001)
    with pytest.raises(ReadingError, match="100000001 bytes"):
        read_state(tmp_path / "large")
    (tmp_path / "bytes").write_bytes(b"\xff\xfe{}")
    with pytest.raises(ReadingError, match="not JSON"):
        read_state(tmp_path / "bytes")


@settings(deadline=None, max_examples=60)
@given(st.randoms(use_true_random=False))
def test_a_damaged_file_is_read_or_refused_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, chance: random.Random
) -> None:
    path = tmp_path_factory.getbasetemp() / "damaged.json"
    write_state(path, STATE)
    data = bytearray(path.read_bytes())
    for _ in range(chance.randint(1, 3)):
        place = chance.randrange(len(data))
        data[place : place + chance.randint(0, 2)] = bytes([chance.randrange(32, 127)])
    path.write_bytes(data)
    try:
        state = read_state(path)
    except ReadingError:
        return
    update(find_new(DAY, state))


STATE, DAY = first_day(), read({"harbour": DAY_TWO})


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "state.json"
    write_state(path, first_day())
    before = path.read_bytes()

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OutputError, match="No space left"):
        write_state(path, replace(first_day(), signature="other"))
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(sys.platform == "win32", reason="no signal that cannot be caught")
def test_a_run_that_is_killed_leaves_a_whole_state(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    write_state(path, first_day())
    loop = (
        "import sys; from dataclasses import replace; from summarizer.updates import *\n"
        "state = read_state(sys.argv[1])\n"
        "for n in range(10**9): write_state(sys.argv[1], replace(state, signature='x' * (n % 7) * 100_000))"
    )
    process = subprocess.Popen([sys.executable, "-c", loop, str(path)], cwd=ROOT)
    before, until = path.stat().st_mtime_ns, time.monotonic() + 60
    while path.stat().st_mtime_ns == before and time.monotonic() < until:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert path.stat().st_mtime_ns != before
    assert len(read_state(path).articles) == 2


# --- figures and names ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("new", "known", "expected"),
    [
        ("Exports fell 13%.", "Exports fell 12.7%.", True),
        ("Exports fell 12.7%.", "Exports fell 13%.", False),
        ("More than 12% were lost.", "Some said 12.7% were lost.", True),
        ("It cost $28.8bn.", "It cost 28.8 billion dollars.", True),
        ("It cost $28.9bn.", "It cost 28.8 billion dollars.", False),
        ("It took 14 days.", "It took two weeks.", False),
    ],
)
def test_a_figure_that_rounds_a_known_one_says_no_more(new: str, known: str, expected: bool) -> None:
    a, b = (next(f.quantity for f in read_figures(text) if f.quantity) for text in (new, known))
    assert restates(a, b) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "John Smith of the Bank of England met Xi Jinping on Monday.",
            ["John Smith of the Bank of England", "Xi Jinping"],
        ),
        ("Rescuers pulled three from the rubble.", []),
        ("The U.S. and South Sudan signed.", ["U.S.", "South Sudan"]),
        ("In Paris, Jean-Claude Juncker's office said.", ["Paris", "Jean-Claude Juncker"]),
        ("However, the NATO chief and the G7 did well.", ["NATO", "G7"]),
        ("I've met the Tea Party; Couldn’t say more.", ["Tea Party"]),
        ("Apple's Tim Cook spoke.", ["Apple", "Tim Cook"]),
    ],
)
def test_names_are_found_with_their_places(text: str, expected: list[str]) -> None:
    assert [text[name.start : name.end] for name in read_names(text)] == expected
