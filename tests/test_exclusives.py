"""What only one source reports."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import exclusives as benchmark
from benchmarks.data import DataError, data_folder
from summarizer.config import SummaryConfig
from summarizer.datatypes import Document, Statement, Support
from summarizer.exclusives import find_single_source
from summarizer.findings import SingleSource
from summarizer.material import Material
from summarizer.preparation import compare_sentences, prepare_documents, silent, split_documents
from summarizer.salience import Candidates, judge
from summarizer.statements import make_statements
from tests.timing import assert_quick

STORY = (
    "The ferry Aurora left Bergen on Monday with 240 passengers on board, the coast guard said. "
    "A storm hit the ferry near Stavanger in the evening and broke two of its windows. "
    "The coast guard brought every passenger of the ferry to Stavanger by midnight."
)
AGAIN = (
    "On Monday the ferry Aurora, with 240 passengers on board, left Bergen, said the coast guard. "
    "Near Stavanger a storm hit the ferry in the evening, and two windows broke. "
    "By midnight the coast guard had brought every passenger of the ferry to Stavanger."
)
THIRD = (
    "All 240 people on board the ferry were safe in Stavanger by midnight, and two windows had been lost to a storm."
)
#: Said in one article only; names and figures that no other has.
OWN = "Engineer Nils Holm had warned the shipyard in Gdansk about weak glass in 14 letters since 2019."
OTHER = "Insurers at Lloyd's expect claims of 30 million euros from hauliers whose lorries were ruined by salt water."


def made(
    texts: Sequence[str | Document], chosen: Sequence[int] = ()
) -> tuple[Material, Candidates, tuple[Statement, ...]]:
    config = SummaryConfig(embedder="tfidf")
    documents = [text if isinstance(text, Document) else Document(text, id=f"d{n}") for n, text in enumerate(texts)]
    prepared = prepare_documents(documents, config, silent)
    sentences = split_documents(prepared, config, [], silent)
    material = compare_sentences(prepared, sentences, config, None, silent)
    candidates = judge(material)
    return material, candidates, make_statements(material, candidates, chosen)


def listed(*texts: str | Document, chosen: Sequence[int] = (), most: int = 5) -> tuple[SingleSource, ...]:
    return find_single_source(*made(texts, chosen), most=most)


def texts_of(found: Sequence[SingleSource]) -> list[str]:
    return [claim.place.text for claim in found]


def test_a_claim_of_one_article_is_listed_with_its_place() -> None:
    (claim,) = listed(f"{STORY} {OWN}", AGAIN)
    text = f"{STORY} {OWN}"
    assert claim.place.document_id == "d0"
    assert text[claim.place.start : claim.place.end] == claim.place.text == OWN
    assert claim.salience > 0
    assert claim.statement_id is claim.relayed is None


def test_what_another_article_also_reports_is_not_listed() -> None:
    assert listed(STORY, AGAIN) == ()
    assert listed(f"{STORY} {OWN}", f"{AGAIN} {OWN}") == ()


@pytest.mark.parametrize(
    "echo",
    [
        "Holm, an engineer, wrote 14 letters about weak glass.",  # half of its words
        "In all 14 letters Nils Holm spoke of glass.",  # its figure with a name
        "The shipyard in Gdansk had been warned about weak glass. It was engineer Nils Holm who wrote the letters.",
    ],
)
def test_what_another_article_tells_in_part_is_not_listed(echo: str) -> None:
    assert listed(f"{STORY} {OWN}", f"{AGAIN} {echo}") == ()


def test_a_year_alone_is_no_echo() -> None:
    assert texts_of(listed(f"{STORY} {OWN}", f"{AGAIN} It was the worst storm of the region since 2019.")) == [OWN]


def test_statements_come_first_and_keep_their_ids() -> None:
    texts = (f"{STORY} {OWN} {OTHER}", AGAIN)
    found = listed(*texts, chosen=[3])
    assert [claim.statement_id for claim in found] == ["s1", None]
    assert texts_of(found) == [OWN, OTHER]
    assert texts_of(listed(*texts, chosen=[3], most=0)) == [OWN]


def test_a_statement_of_two_origins_is_never_listed() -> None:
    material, candidates, statements = made((f"{STORY} {OWN}", AGAIN), chosen=[3])
    assert find_single_source(material, candidates, [replace(statements[0], origins=2)]) == ()


def test_a_rewritten_statement_is_found_by_its_first_support() -> None:
    material, candidates, (statement,) = made((f"{STORY} {OWN}", AGAIN), chosen=[3])
    rewritten = replace(statement, text="Nils Holm had warned the yard.", kind="rewrite")
    (claim,) = find_single_source(material, candidates, [rewritten], most=0)
    assert claim.place.text == OWN


def test_copies_and_one_publisher_are_one_source() -> None:
    copied = listed(f"{STORY} {OWN}", f"{STORY} {OWN} Ann Marsh wrote this.", AGAIN)
    assert texts_of(copied) == [OWN]
    one, two = Document(f"{STORY} {OWN}", id="a", source="BBC"), Document(f"{AGAIN} {OWN}", id="b", source="BBC Sport")
    assert texts_of(listed(one, two, Document(THIRD, id="c", source="Le Monde"))) == [OWN]


def test_one_origin_alone_has_nothing_exclusive() -> None:
    assert listed(f"{STORY} {OWN}") == ()
    assert listed(*(Document(text, id=text[:3], source="BBC") for text in (f"{STORY} {OWN}", AGAIN))) == ()


def test_two_that_rely_on_one_outlet_are_one_source() -> None:
    claim = "Engineer Nils Holm had warned the shipyard in Gdansk about weak glass in 14 letters, according to Reuters."
    again = "Engineer Nils Holm had warned the shipyard in Gdansk in 14 letters about weak glass, Reuters reported."
    (found,) = listed(f"{STORY} {claim}", f"{AGAIN} {again}", chosen=[3], most=0)
    assert (found.statement_id, found.relayed) == ("s1", "Reuters")
    apart = again.replace("Reuters", "Le Monde")
    assert listed(f"{STORY} {claim}", f"{AGAIN} {apart}", chosen=[3], most=0) == ()


def test_its_own_interview_is_not_relayed() -> None:
    claim = (
        "Engineer Nils Holm told the BBC that the shipyard in Gdansk had been warned about weak glass in 14 letters."
    )
    for source, relayed in (("BBC News", None), ("Le Monde", "BBC")):
        (found,) = listed(Document(f"{STORY} {claim}", id="a", source=source), Document(AGAIN, id="b"))
        assert found.relayed == relayed


@pytest.mark.parametrize(
    "sentence",
    [
        "He had warned the shipyard in Gdansk about weak glass in 14 letters since 2019.",  # leans on another
        "“Weak glass from Gdansk was my worry in 14 letters to engineer Nils Holm.”",  # nobody speaks
        "Engineer Nils Holm wrote 14 letters.",  # short
        "Why had engineer Nils Holm warned the shipyard in Gdansk in 14 letters?",
        "But engineer Nils Holm had warned the shipyard in Gdansk about weak glass in 14 letters since 2019.",
        "There is something sad about weak glass and those who trust in shipyards these days.",  # no name
    ],
)
def test_what_is_no_claim_that_stands_alone_is_not_listed(sentence: str) -> None:
    assert listed(f"{STORY} {sentence}", AGAIN) == ()


def test_no_claim_is_listed_twice() -> None:
    again = "In 14 letters since 2019, engineer Nils Holm had warned the shipyard in Gdansk about weak glass."
    assert len(listed(f"{STORY} {OWN} {again} {OTHER}", AGAIN)) == 2


def test_no_more_are_listed_than_asked_for() -> None:
    texts = (f"{STORY} {OWN} {OTHER}", AGAIN)
    assert [len(listed(*texts, most=most)) for most in (0, 1, 2, 5)] == [0, 1, 2, 2]


@settings(deadline=None, max_examples=15)
@given(st.randoms(use_true_random=False))
def test_order_does_not_matter(chance: random.Random) -> None:
    documents = [
        Document(text, id=name)
        for name, text in (("a", f"{STORY} {OWN}"), ("b", f"{AGAIN} {OTHER}"), ("c", f"{AGAIN} It was late."))
    ]
    first = listed(*documents)
    chance.shuffle(documents)
    assert listed(*documents) == first
    assert len(first) == 2


def test_a_support_that_is_not_among_the_sentences_is_an_error() -> None:
    material, candidates, (statement,) = made((f"{STORY} {OWN}", AGAIN), chosen=[3])
    stranger = replace(statement, support=(Support("d9", 0, 3, "The", 1.0),))
    with pytest.raises(KeyError):
        find_single_source(material, candidates, [stranger])


def test_seeds_take_little_time(seeds: dict[str, str]) -> None:
    parts = made(list(seeds.values()), chosen=[0, 5, 9])
    find_single_source(*parts)
    assert_quick(lambda: find_single_source(*parts), 3)


def test_precision_on_news_read_by_hand() -> None:
    stored = json.loads((benchmark.LABELS.parent / "measure_exclusives.json").read_text(encoding="utf-8"))
    assert all(part["one_article"] >= 0.9 and part["unread"] == [] for part in stored.values())
    try:
        found = benchmark.measure(data_folder(None), clusters=2, unseen=0)["chosen_on"]
    except DataError as error:
        pytest.skip(str(error))
    assert found["claims"] == sum(found[kind]["claims"] for kind in ("statements", "further"))
    assert found["unread"] == []


def test_of_what_the_others_say_in_another_language_nothing_is_known() -> None:
    german = (
        "Die Fähre Aurora verließ Bergen am Montag mit 240 Passagieren an Bord, wie die Küstenwache mitteilte. "
        "Ein Sturm traf die Fähre am Abend in der Nähe von Stavanger und zerbrach zwei ihrer Fenster."
    )
    texts = [Document(text, id=f"d{n}") for n, text in enumerate((STORY, AGAIN, THIRD, german))]
    material, _, _ = made(texts)
    theirs = [n for n, sentence in enumerate(material.sentences) if sentence.document_id == "d3"]
    assert theirs
    assert listed(*texts, chosen=theirs) == ()
    five = (*texts, Document(OWN, id="d4"))
    material, _, _ = made(five)
    own = [n for n, sentence in enumerate(material.sentences) if sentence.document_id in ("d3", "d4")]
    assert [claim.place.document_id for claim in listed(*five, chosen=own)] == ["d4"]
