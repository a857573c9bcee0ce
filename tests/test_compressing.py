"""Compression of retrieved documents: the budget, the places, what is said once, and what the order may move."""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer import (
    BudgetError,
    Compressed,
    ConfigError,
    InputError,
    LimitError,
    NoInputError,
    SummaryConfig,
    compress,
)
from summarizer.compressing.excerpts import render
from summarizer.embedding import load_token_counter
from tests.conftest import ROOT

SEEDS = ROOT / "seeds"
FLOOD = (
    "The river burst its banks on Tuesday. Four people were killed, the fire brigade said. Schools are shut until May."
)
CUP = "The cup final was lost on penalties in Wrexley. It was the third final in a row that the club has lost."
WALL = "Engineers had warned for years that the old wall was weak. A new one would cost $42 million."
DOCUMENTS = [{"text": FLOOD, "id": "flood"}, {"text": CUP, "id": "cup"}, {"text": WALL, "id": "wall"}]


def ask(documents: Any, query: str | None = None, max_tokens: int = 40, **more: Any) -> Compressed:
    return compress(documents, query, max_tokens=max_tokens, **{"embedder": "tfidf", **more})


def kept_or_least(*arguments: Any, **more: Any) -> Compressed | int:
    """Compress, or give the budget that would do."""
    try:
        return ask(*arguments, **more)
    except BudgetError as error:
        return int(str(error).rpartition("=")[2])


def check(found: Compressed, counter: Any = None) -> None:
    """Check what holds for every compression."""
    count = counter or load_token_counter()[1]
    assert found.passages
    assert found.tokens == count(found.text) <= found.limit
    texts = {document.id: document.text for document in found.documents}
    numbers = dict(zip((document.id for document in found.documents), found.numbers, strict=True))
    for passage in found.passages:
        assert texts[passage.document_id][passage.start : passage.end] == passage.text
        assert numbers[passage.document_id] == passage.number
    places = [(passage.number, passage.start) for passage in found.passages]
    assert places == sorted(set(places))
    kept = {passage.document_id for passage in found.passages}
    assert kept.isdisjoint(left.document_id for left in found.dropped)
    assert kept | {left.document_id for left in found.dropped} == set(texts)
    assert found.text == render(found.passages)
    json.loads(found.to_json())


@pytest.mark.parametrize(
    ("query", "answer", "document"),
    [
        ("How many people were killed?", "Four people were killed", "flood"),
        ("How much would a wall cost?", "$42 million", "wall"),
        ("Where was the cup final lost?", "Wrexley", "cup"),
    ],
)
def test_what_answers_comes_first(query: str, answer: str, document: str) -> None:
    found = ask(DOCUMENTS, query, 20)
    check(found)
    assert answer in found.text
    assert document in {passage.document_id for passage in found.passages}


def test_the_text_has_marks_and_gaps_and_counts_them() -> None:
    found = ask(DOCUMENTS, "people killed, and schools shut", 100)
    assert found.text.splitlines()[0] == f"[1] {FLOOD}"
    assert [line[:4] for line in found.text.splitlines()] == ["[1] ", "[2] ", "[3] "]
    gap = ask([FLOOD], "When did the river burst its banks? When are schools open?", 26)
    assert gap.text == "[1] The river burst its banks on Tuesday. … Schools are shut until May."
    check(gap)


def test_marks_are_places_in_what_was_given() -> None:
    found = ask(["", FLOOD, "   ", CUP], "How many people were killed?", 60)
    assert set(found.numbers) == {2, 4}
    assert found.text.startswith("[2] ")
    assert sum("not used" in warning for warning in found.warnings) == 2


def test_the_order_moves_no_sentence_in_or_out() -> None:
    kept = set()
    for order in permutations(DOCUMENTS):
        found = ask(list(order), "How many people were killed?", 40)
        check(found)
        kept.add(frozenset((passage.document_id, passage.start) for passage in found.passages))
        assert [document.id for document in found.documents] == [document["id"] for document in order]
    assert len(kept) == 1


def test_without_filling_only_what_bears_on_the_query_is_kept() -> None:
    full, bearing = (ask(DOCUMENTS, "How many people were killed?", 100, fill=fill) for fill in (True, False))
    assert bearing.tokens < full.tokens
    assert "Four people were killed" in bearing.text
    assert "cup" in {left.document_id for left in bearing.dropped}
    assert bearing.signature != full.signature


def test_a_sentence_brings_what_it_points_at() -> None:
    story = "The strike at the mine began in March. It lasted for seven weeks and two days. Wages rose."
    found = ask([story, CUP], "How many weeks did the strike last?", 30)
    assert "The strike at the mine began in March. It lasted for seven weeks" in found.text


def test_nothing_is_said_twice() -> None:
    again = "Four people were killed, the fire brigade said on Tuesday."
    found = ask([FLOOD, f"{again} Nobody is missing."], "How many people were killed?", 200)
    assert found.text.count("killed") == 1
    said = next(passage for passage in found.passages if "killed" in passage.text)
    assert len(said.also) == 1
    alone = ask([f"{again} Nobody is missing.", "The fire brigade said: four people killed."], "killed people", 200)
    check(alone)
    assert [left.reason for left in alone.dropped] == ["said by others"]


def test_another_figure_is_no_repetition() -> None:
    other = "Five people were killed, the fire brigade said. Seven are missing."
    figures = "The fire in Leeds killed 12 people."
    found = ask([FLOOD, other, figures, figures.replace("12", "15")], "How many people were killed?", 200)
    for told in ("Four", "12", "15"):
        assert told in found.text


def test_copies_are_folded_and_named() -> None:
    found = ask([{"text": FLOOD, "id": "a"}, {"text": FLOOD, "id": "b"}, {"text": CUP, "id": "c"}], "killed", 200)
    check(found)
    assert [(left.document_id, left.reason) for left in found.dropped] == [("b", "copy")]
    assert found.of("b") == ()
    assert found.text_of("b") == ""
    assert found.text_of("a") == FLOOD


def test_documents_about_other_things_stay() -> None:
    found = ask(SEEDS, None, 300)
    check(found)
    assert not any("about another event" in warning for warning in found.warnings)
    mixed = ask([*(path.read_text() for path in sorted(SEEDS.glob("*.txt"))), WALL], "What would a wall cost?", 60)
    assert "$42 million" in mixed.text


def test_a_document_that_looks_like_a_notice_is_used() -> None:
    found = ask(["Subscribe to our newsletter", CUP], "How do I subscribe?", 60)
    assert "Subscribe to our newsletter" in found.text
    assert any("looks like headings" in warning for warning in found.warnings)
    with_more = ask([f"{CUP}\n\nSubscribe to our newsletter", FLOOD], "How do I subscribe?", 60)
    assert "newsletter" not in with_more.text


def test_a_budget_that_admits_no_sentence_is_an_error_that_says_how_much_would_do() -> None:
    with pytest.raises(BudgetError, match=r"give at least max_tokens=(\d+)") as error:
        ask(DOCUMENTS, "killed", 5)
    least = int(str(error.value).rpartition("=")[2])
    check(ask(DOCUMENTS, "killed", least))
    with pytest.raises(BudgetError):
        ask(DOCUMENTS, "killed", least - 1)


@pytest.mark.parametrize("max_tokens", [0, -1, True, 1.5, "9", None])
def test_a_budget_is_a_whole_number(max_tokens: Any) -> None:
    with pytest.raises((ConfigError, TypeError)):
        ask(DOCUMENTS, None, max_tokens)


def test_wrong_arguments_are_errors() -> None:
    with pytest.raises(ConfigError, match="unknown setting max_token"):
        ask(DOCUMENTS, max_token=3)
    with pytest.raises(ConfigError, match="token_counter must be a function"):
        ask(DOCUMENTS, token_counter=7)
    with pytest.raises(ConfigError, match="query must be a question"):
        ask(DOCUMENTS, " ")
    with pytest.raises(NoInputError):
        ask([])
    with pytest.raises(InputError):
        ask(["", " "])
    with pytest.raises(LimitError):
        ask(DOCUMENTS, config=SummaryConfig(max_documents=2))


def test_a_budget_in_the_settings_gives_way() -> None:
    found = ask(DOCUMENTS, config=SummaryConfig(max_words=9, embedder="tfidf"))
    assert found.limit == 40


@pytest.mark.parametrize(
    "counter",
    [
        len,
        lambda text: len(text.split()),
        lambda text: 3 * len(text.split()) + 7,  # not the sum of its parts
        lambda text: len(text) ** 2 // 40,  # far above the sum of its parts
        lambda text: (len(text) + 3) // 4,
    ],
)
@pytest.mark.parametrize("limit", [90, 91, 150, 1_000])
def test_any_counter_is_kept_to(counter: Any, limit: int) -> None:
    for query in (None, "How much would a wall cost?"):
        found = kept_or_least(DOCUMENTS, query, limit, token_counter=counter)
        if isinstance(found, int):
            assert found > limit
        else:
            check(found, counter)


@pytest.mark.parametrize("counter", [None, len, lambda text: len(text.split()), lambda text: (len(text) + 3) // 4])
def test_a_budget_that_just_holds_the_answer_keeps_it(counter: Any) -> None:
    """An estimate that is one or two too high would take a short sentence that is about nothing in its place."""
    answer = "The council of Wrexley said on Friday that the new wall would cost $42 million."
    documents = [
        f"It is raining. {answer} He left.",
        "Rain fell. The cup final was lost. Not so.",
        "So it goes. It ended.",
    ]
    query = "How much would the wall of Wrexley cost?"
    exact = (counter or load_token_counter()[1])(f"[1] {answer}")
    found = ask(documents, query, exact, token_counter=counter)
    assert (found.text, found.tokens) == (f"[1] {answer}", exact)
    check(found, counter)


@pytest.mark.parametrize("limit", range(60, 130, 7))
def test_nothing_that_would_fit_is_left_out_before_something_worse(limit: int) -> None:
    """Whatever stands before the last sentence chosen, and is not there, would not have fitted beside those before."""
    documents = [f"The {name} of town {n} cost {n} million, it said." for n, name in enumerate(("wall", "dam") * 5, 1)]
    for query in ("What did the dam of town 4 cost?", None):
        found = ask(documents, query, limit, token_counter=len)
        shortest = min(len(f"\n[10] {text}") for text in documents)
        assert limit - found.tokens < shortest
        check(found, len)


def test_the_order_moves_nothing_where_marks_differ_in_length() -> None:
    documents = [f"The {name} of town {n} cost {n} million, it said." for n, name in enumerate(("wall", "dam") * 6, 1)]
    for limit in (150, 163, 171):
        kept = {
            frozenset(
                passage.text for passage in ask(order, "What did the dam cost?", limit, token_counter=len).passages
            )
            for order in (documents, documents[::-1], documents[5:] + documents[:5])
        }
        assert len(kept) == 1


def test_who_says_the_same_with_words_of_its_own_is_no_repetition() -> None:
    told = "The minister resigned on Monday after the report."
    more = "The minister resigned on Monday, hours before a vote in the upper house was due."
    found = ask([told, more], "Did the minister resign?", 200)
    assert told in found.text
    assert more in found.text


def test_an_ample_budget_keeps_all() -> None:
    found = ask(DOCUMENTS, None, 10_000)
    assert len(found) == 7
    assert found.dropped == ()
    assert found.ratio > 1  # the marks


def test_most_of_a_budget_is_used() -> None:
    for limit in (100, 200, 400):
        for query in (None, "What happened to exports?"):
            assert ask(SEEDS, query, limit).tokens >= 0.85 * limit


def test_hidden_characters_and_forged_marks_are_left_out_of_the_text() -> None:
    forged = "Four people\n[7] were killed \u202e\U000e0041\u200b\x1b[31mtoday, it was said."
    found = ask([{"text": f"{forged} {CUP}", "id": "x"}], "How many people were killed?", 60)
    check(found)
    assert not set(found.text) & {"\u202e", "\U000e0041", "\u200b", "\x1b"}
    assert all(line.startswith("[1] ") for line in found.text.splitlines())


def test_the_result_is_frozen_and_tells_itself() -> None:
    found = ask(DOCUMENTS, "killed")
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.tokens = 3  # type: ignore[misc]
    assert str(found) == found.text
    assert list(found) == list(found.passages)
    told = found.to_dict()
    assert told["ratio"] == found.ratio
    assert told["documents"][0]["id"] == "flood"
    assert json.loads(found.to_json(indent=None)) == told
    assert found.signature.startswith("compress|embed:tfidf|")


def test_no_hash_seed_moves_a_byte() -> None:
    code = (
        "from pathlib import Path; from summarizer import compress; "
        "print(compress(Path('seeds'), 'What happened to exports?', max_tokens=200, embedder='tfidf').to_json())"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            check=True,
            capture_output=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("0", "7")
    }
    assert len(told) == 1
    assert told != {b""}


def test_progress_is_told() -> None:
    told: list[str] = []
    ask(Path(SEEDS), "exports", progress=lambda stage, share: told.append(stage))
    assert list(dict.fromkeys(told)) == ["clean", "segment", "cluster", "select"]


def test_the_encoder_finds_what_is_told_in_other_words() -> None:
    found = compress(DOCUMENTS, "What was the death toll?", max_tokens=20)
    check(found)
    assert "Four people were killed" in found.text


WORDS = st.sampled_from(
    "rain fell Leeds killed 12 exports 3% it The minister said, not no river “Yes” § 中文 \u202e".split()
)
SENTENCES = st.lists(WORDS, min_size=1, max_size=9).map(lambda words: " ".join(words) + ". ")
TEXTS = st.one_of(st.text(max_size=60), st.lists(SENTENCES, min_size=1, max_size=5).map("".join))


@settings(deadline=None, max_examples=60)
@given(
    st.lists(TEXTS, min_size=1, max_size=5),
    st.one_of(st.none(), SENTENCES),
    st.integers(1, 60),
    st.booleans(),
)
def test_whatever_is_given_the_promises_hold(texts: list[str], query: str | None, limit: int, fill: bool) -> None:
    try:
        found = kept_or_least(texts, query, limit, fill=fill)
    except InputError:  # nothing usable in it
        return
    if isinstance(found, int):
        assert found > limit
        found = ask(texts, query, found, fill=fill)
    check(found)
