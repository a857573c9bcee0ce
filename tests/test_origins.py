from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.data import DataError, data_folder
from benchmarks.origins import make_copy, measure, measure_copies, measure_wire
from summarizer.datatypes import Document, Passage
from summarizer.errors import ConfigError
from summarizer.origins import find_wires, fold_copies

SEEDS = {path.stem: path.read_text("utf-8") for path in sorted((Path(__file__).parents[1] / "seeds").glob("*.txt"))}
STORY = SEEDS["001_b6b1e0ca712ab53b"]
OTHER = SEEDS["003_a44ccf034b124434"]


def origins(documents: Sequence[Document], **settings: float) -> dict[str, str]:
    return {document.id: document.origin_id for document in fold_copies(documents, **settings)}


def first_words(text: str, count: int) -> str:
    return " ".join(text.split()[:count])


def test_the_seeds_are_five_origins() -> None:
    folded = fold_copies([Document(text, id=name) for name, text in SEEDS.items()])
    assert [document.origin_id for document in folded] == list(SEEDS)
    assert [document.copy_of for document in folded] == [None] * 5


def test_five_copies_of_one_article_are_one_origin() -> None:
    chance = random.Random(3)
    copies = [Document(make_copy(STORY, OTHER, chance), id=f"copy{number}") for number in range(5)]
    folded = fold_copies([*copies, Document(STORY, id="story", published="2025-06-09"), Document(OTHER, id="other")])
    assert [document.origin_id for document in folded] == ["story"] * 6 + ["other"]
    assert [document.copy_of for document in folded] == ["story"] * 5 + [None, None]


def test_copies_of_the_seeds_are_found_and_the_seeds_stay_apart() -> None:
    found = measure_copies(list(SEEDS.values()), copies=40, seed=1)
    assert found["one_origin"] == 1
    chance = random.Random(2)
    # Text of its own, not of another seed: a copy that holds most of a second article is a copy of that one too.
    local = " ".join(f"At {n} Harbour Road the shop of family {n * 7} has been shut since day {n}." for n in range(40))
    texts = [*SEEDS.values(), *(make_copy(text, local, chance) for text in SEEDS.values() for _ in range(6))]
    folded = fold_copies([Document(text, id=f"{number:02d}") for number, text in enumerate(texts)])
    assert len({document.origin_id for document in folded}) == 5


def test_half_a_story_with_local_text_is_a_copy_and_a_fifth_of_it_is_not() -> None:
    words = STORY.split()
    half = " ".join(words[: len(words) // 2]) + " " + first_words(OTHER, len(words) // 10)
    fifth = " ".join(words[: len(words) // 5]) + " " + first_words(OTHER, len(words))
    documents = [Document(STORY, id="story"), Document(half, id="half"), Document(fifth, id="fifth")]
    assert origins(documents) == {"story": "story", "half": "story", "fifth": "fifth"}


def test_the_threshold_is_kept() -> None:
    words = STORY.split()
    part = " ".join(words[: len(words) // 3]) + " " + first_words(OTHER, len(words) // 3)
    documents = [Document(STORY, id="a"), Document(part, id="b")]
    assert origins(documents, threshold=0.4)["b"] == "a"
    assert origins(documents, threshold=0.6)["b"] == "b"
    assert origins([Document(STORY, id="a"), Document(STORY, id="b")], threshold=1)["b"] == "a"
    assert origins([Document(STORY, id="a"), Document("Rain fell on the hills. " * 9, id="b")], threshold=0)["b"] == "b"


@pytest.mark.parametrize("threshold", [-0.1, 1.5, float("nan")])
def test_a_threshold_outside_its_range_is_refused(threshold: float) -> None:
    with pytest.raises(ConfigError, match="copy_threshold"):
        fold_copies([], threshold=threshold)


def test_reports_of_one_statement_are_not_copies() -> None:
    statement = " ".join(STORY.split(". ")[:3]).replace("“", "").replace("”", "")
    one = (
        f"The minister spoke to reporters in the rain outside the old town hall late in the evening. “{statement}” he "
        "said. He was then driven away in a grey car, and it was not known where he would spend the night."
    )
    two = (
        f'In a note that reached this newspaper by post, the head of the ministry wrote at length. "{statement}" was '
        "how it ended. Nobody at the ministry could be reached on Sunday, and its switchboard rang for an hour."
    )
    assert origins([Document(one, id="one"), Document(two, id="two")])["two"] == "two"


def test_dropped_passages_do_not_count() -> None:
    notice = first_words(OTHER, 200)
    texts = [f"{notice}\n{first_words(SEEDS[name], 90)}" for name in list(SEEDS)[1:3]]
    documents = [Document(text, id=str(number)) for number, text in enumerate(texts)]
    assert len(set(origins(documents).values())) == 1
    cleaned = [replace(document, dropped=(Passage(0, len(notice), "notice"),)) for document in documents]
    assert origins(cleaned) == {"0": "0", "1": "1"}


def test_the_origin_is_the_first_then_the_longest_then_the_smallest_id() -> None:
    short = STORY[: len(STORY) * 3 // 4]
    dated = [
        Document(STORY, id="undated"),
        Document(STORY, id="late", published="2025-06-10T09:00:00+02:00"),
        Document(short, id="early", published="2025-06-10T06:59:00Z"),
        Document(STORY, id="nonsense", published="last Tuesday"),
    ]
    assert set(origins(dated).values()) == {"early"}
    assert set(origins([Document(short, id="a"), Document(STORY, id="c"), Document(STORY, id="b")]).values()) == {"b"}


def test_short_documents_need_the_same_words_or_to_be_held_nearly_whole() -> None:
    lead = first_words(STORY, 20)
    documents = [
        Document(STORY, id="story"),
        Document(lead, id="lead"),
        Document("Trade negotiations between the two are underway in London, a person said on Monday.", id="own"),
        Document("Talks resume.", id="two"),
        Document("TALKS  resume!", id="two-again"),
        Document("Talks end.", id="three"),
    ]
    assert origins(documents) == {
        "story": "story", "lead": "story", "own": "own", "two": "two-again", "two-again": "two-again", "three": "three",
    }  # fmt: skip


def test_a_short_document_does_not_join_two_others() -> None:
    lead = first_words(STORY, 18)
    body = " ".join(OTHER.split()[:150])
    again = " ".join(OTHER.split()[200:350])
    documents = [Document(f"{lead} {body}", id="a"), Document(f"{lead} {again}", id="b"), Document(lead, id="lead")]
    found = origins(documents)
    assert found["a"] != found["b"]
    assert found["lead"] in ("a", "b")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("LONDON (AP) — Talks resumed on Monday.", {"ap"}),
        ("WASHINGTON, Jan 5 (Reuters) - The Senate voted.", {"reuters"}),
        ("BEIJING, June 9 (Xinhua) -- Talks resumed.", {"xinhua"}),
        ("Berlin (dpa) - Die Gespräche gehen weiter.", {"dpa"}),
        ("New Delhi, June 10 (PTI): Talks resumed.", {"pti"}),
        ("Talks resume\nBy The Associated Press\nTalks resumed.", {"ap"}),
        ("Talks resume\nBy Ann Lee, Associated Press\nTalks resumed.", {"ap"}),
        ("Talks resume\nAssociated Press Tue Feb 19, 2013\nTalks resumed.", {"ap"}),
        ("Talks resumed.\nSource: Xinhua", {"xinhua"}),
        ("Talks resumed.\n© 2025 AFP", {"afp"}),
        ("Talks resumed.\n(Reporting by Ann Lee in Oslo; Editing by Tom Park)", {"reuters"}),
        ("Talks resumed.\nAssociated Press writer Ann Lee in Oslo contributed to this report.", {"ap"}),
        ("He told Reuters that talks had resumed, AFP said.", set()),
        ("Imran Khan's party, the Pakistan Tehreek-e-Insaf (PTI), called for talks.", set()),
        ("A poll by Reuters found this.", set()),
        ("By the time Reuters asked, it was over.", set()),
        ("The White House. (AP Photo/Ann Lee)\nTalks resumed.", set()),
        ("Talks resumed.\nThe Associated Press contributed to this report.", set()),
    ],
)
def test_wire_marks(text: str, expected: set[str]) -> None:
    assert find_wires(Document(text)) == expected


def test_the_outlet_is_a_wire_mark_and_the_middle_of_a_text_is_not() -> None:
    assert find_wires(Document("Talks resumed.", source="Reuters")) == {"reuters"}
    assert find_wires(Document("word " * 200 + "\nSource: Xinhua\n" + "word " * 200)) == frozenset()


def test_two_stories_of_one_agency_are_one_origin_sooner() -> None:
    words = STORY.split()
    part = " ".join(words[: len(words) // 3]) + " " + first_words(OTHER, len(words) // 2)
    stories = [Document(f"LONDON (AP) — {text}", id=name) for name, text in (("a", STORY), ("b", part))]
    assert origins(stories)["b"] == "a"
    assert origins([stories[0], Document(f"LONDON (Reuters) - {part}", id="b")])["b"] == "b"
    assert origins([stories[0], Document(f"LONDON (AP) — {OTHER}", id="b")])["b"] == "b"
    found = measure_wire(list(SEEDS.values()), pairs=20)
    assert found["marked"] > found["unmarked"]


def test_empty_texts_and_equal_ids_do_no_harm() -> None:
    assert fold_copies([]) == []
    blank = fold_copies([Document("", id="a"), Document(" ", id="b"), Document("…", id="c")])
    assert [document.origin_id for document in blank] == ["a", "b", "c"]
    twins = fold_copies([Document(STORY, id="x"), Document(STORY, id="x")])
    assert [document.origin_id for document in twins] == ["x", "x"]
    assert sorted(document.copy_of is None for document in twins) == [False, True]
    odd = Document("\ud800 " * 30 + "\x00", id="odd", dropped=(Passage(5, 900, "a"), Passage(2, 7, "b")))
    assert fold_copies([odd])[0].origin_id == "odd"


def test_an_earlier_folding_is_forgotten() -> None:
    stale = Document(STORY, id="a", origin_id="gone", copy_of="gone")
    assert fold_copies([stale])[0] == replace(stale, origin_id="a", copy_of=None)


def test_a_shingle_in_many_documents_is_counted_like_any_other() -> None:
    # 40 documents with one notice in common: far more than are counted pair by pair.
    chance = random.Random(5)
    bodies = [" ".join(f"word{chance.randrange(5000)}" for _ in range(100)) for _ in range(40)]
    documents = [Document(f"{first_words(STORY, 60)} {body}", id=f"{n:02d}") for n, body in enumerate(bodies)]
    assert len(set(origins(documents).values())) == 40
    assert len(set(origins([*documents, *(replace(one, id="x" + one.id) for one in documents)]).values())) == 40
    assert len(set(origins(documents, threshold=0.2).values())) == 1


PIECES = [first_words(text, 60) for text in SEEDS.values()] + ["Talks resume.", "", "(AP) — ", "“No,” he said. "]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.tuples(st.lists(st.sampled_from(PIECES), max_size=4), st.sampled_from([None, "2025-06-09", "x"])), max_size=9
    ),
    st.randoms(use_true_random=False),
    st.sampled_from([0.0, 0.3, 0.5, 1.0]),
)
def test_the_order_of_the_documents_does_not_matter(
    drawn: list[tuple[list[str], str | None]], chance: random.Random, threshold: float
) -> None:
    documents = [Document(" ".join(texts), id=f"d{n}", published=date) for n, (texts, date) in enumerate(drawn)]
    folded = fold_copies(documents, threshold=threshold)
    assert [replace(one, origin_id="", copy_of=None) for one in folded] == documents
    by_id = {document.id: document for document in folded}
    for document in folded:
        origin = by_id[document.origin_id]
        assert origin.copy_of is None
        assert document.copy_of == (None if document is origin else origin.id)
    shuffled = list(documents)
    chance.shuffle(shuffled)
    assert {document.id: document for document in fold_copies(shuffled, threshold=threshold)} == by_id


def test_every_process_finds_the_same() -> None:
    code = (
        "from summarizer import origins; print(origins._shingles('a b c d e f'.split(), origins._Numbers()).tolist())"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert len(outputs) == 1
    assert len(json.loads(outputs.pop())) == 2


@pytest.mark.no_cover  # twice as quick
def test_measured_on_news() -> None:
    try:
        data = data_folder(None)
    except DataError as error:
        pytest.skip(str(error))
    found = measure(data)
    assert found["copies"]["one_origin"] >= 0.95
    assert found["neus_val"]["false_merges"] <= 0.01
    assert found["multi_news_val"]["false_merges"] <= 0.01
    assert found["multi_news_val"]["reprints"] >= 5
