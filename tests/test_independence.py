"""What counts as one origin: publishers, families, agencies and quoted attributions."""

from __future__ import annotations

import json
import random
from itertools import chain, count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.data import DataError, data_folder, load
from benchmarks.origins import independent_pairs, measure_publishers, measure_relays
from summarizer import summarize
from summarizer.datatypes import Document
from summarizer.independence import (
    count_independent,
    find_publisher,
    find_relayed,
    independent_origins,
    origin_keys,
)
from summarizer.independence.outlets import CARRIERS, FAMILIES, HOSTS_OF_MANY, OUTLETS
from tests.timing import assert_quick

FOLDER = Path(__file__).parent / "cases"
RELAYED = json.loads((FOLDER / "relayed.json").read_text(encoding="utf-8"))
PUBLISHERS = json.loads((FOLDER / "publishers.json").read_text(encoding="utf-8"))
PLAIN = "The ship left port on Monday."


def article(
    name: str, source: str | None = None, url: str | None = None, text: str = "…", origin: str = ""
) -> Document:
    return Document(text, id=name, source=source, url=url, origin_id=origin or name)


@pytest.mark.parametrize("case", RELAYED, ids=lambda case: case["label"])
def test_who_is_relayed(case: dict[str, str | None]) -> None:
    assert find_relayed(case["input"] or "") == case["expected"]


@pytest.mark.parametrize("case", PUBLISHERS, ids=lambda case: case["label"])
def test_who_published(case: dict[str, Any]) -> None:
    source, url = case["input"]
    assert find_publisher(article("a", source, url)) == case["expected"]


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        (("BBC News", None), (None, "https://www.bbc.co.uk/sport/1"), 1),
        (("Guardian", None), (None, "https://amp.theguardian.com/1"), 1),
        (("Miami Herald", None), (None, "https://www.sacbee.com/1"), 1),  # one family
        (("The Sun", None), ("The Times", None), 2),  # one owner, two newsrooms
        (("The Guardian", None), ("BBC News", None), 2),
        (("Reuters", "https://msn.com/1"), ("Reuters", "https://yahoo.com/2"), 1),
        (("Yahoo News", "https://yahoo.com/1"), ("Yahoo News", "https://yahoo.com/2"), 2),  # carriers wrote neither
        (("Springfield Gazette", None), ("the SPRINGFIELD gazette", None), 1),
        (("Springfield Gazette", None), (None, "https://www.springfieldgazette.com/1"), 1),
        (("The Herald", "https://herald.ie/1"), ("The Herald", "https://herald.co.zw/1"), 2),
        ((None, "https://a.example.co.uk/1"), (None, "https://b.example.co.uk/2"), 1),
        ((None, "https://one.co.uk/1"), (None, "https://two.co.uk/2"), 2),
        ((None, "https://ann.substack.com/1"), (None, "https://bob.substack.com/1"), 2),
        ((None, "https://ann.substack.com/1"), (None, "https://ann.substack.com/2"), 1),
        ((None, "https://medium.com/@ann/1"), (None, "https://medium.com/@bob/1"), 2),
        (("News", None), ("News", None), 2),
        ((None, None), (None, None), 2),
        ((None, "https://"), (None, "https://"), 2),
    ],
)
def test_two_articles(one: tuple[str | None, str | None], two: tuple[str | None, str | None], expected: int) -> None:
    assert count_independent([article("a", *one), article("b", *two)]) == expected


def test_stories_that_declare_one_agency_or_outlet_are_one_origin() -> None:
    agency = [
        article("a", "The Herald", text="OSLO (AP) — The ship left."),
        article("b", text="BONN (AP) — It rained."),
    ]
    assert count_independent(agency) == 1
    outlet = [article("a", "CNN", text="The ship left."), article("b", text="Tokyo (CNN) - It rained.")]
    assert count_independent(outlet) == 1
    about = article("b", text="The British Broadcasting Corporation (BBC) said on Monday that it would not appeal.")
    assert count_independent([article("a", "BBC"), about]) == 2


def test_copies_are_one_origin_whoever_prints_them() -> None:
    copies = [article("a", "BBC"), article("b", "Le Monde", origin="a"), article("c", "Le Monde")]
    assert count_independent(copies[:2]) == 1
    assert count_independent(copies) == 1  # the third is of a publisher of the second


def test_statements_that_rely_on_one_outlet_are_one_origin() -> None:
    one, two, outlet = article("a", "BBC"), article("b", "Le Monde"), article("c", "Reuters")
    relayed = "The ship left, according to Reuters.", "A captain told Reuters that the ship had left."
    assert independent_origins([(one, PLAIN), (two, PLAIN)]) == 2
    assert independent_origins([(one, relayed[0]), (two, relayed[1])]) == 1
    assert independent_origins([(one, relayed[0]), (outlet, PLAIN)]) == 1
    assert independent_origins([(one, relayed[0]), (two, PLAIN)]) == 2
    assert independent_origins([(one, "The ship left, AFP said."), (two, relayed[0])]) == 2
    assert independent_origins([(one, "Police said the ship left."), (two, "Police said the ship left.")]) == 2
    assert count_independent([one, two, outlet]) == 3


def test_a_family_that_is_relayed_is_the_family() -> None:
    places = [
        (article("a", "BBC"), "The ship left, the Miami Herald reported."),
        (article("b", "Sacramento Bee"), PLAIN),
    ]
    assert independent_origins(places) == 1


def test_nothing_has_no_origin() -> None:
    assert independent_origins([]) == count_independent([]) == 0
    assert origin_keys([]) == ()
    assert count_independent([Document("One."), Document("Two."), Document("One.")]) == 2


def test_a_key_is_the_smallest_origin_id_that_is_joined() -> None:
    places = [(article("z", "BBC"), ""), (article("b", "BBC News"), ""), (article("k", "Le Monde"), "")]
    assert origin_keys(places) == ("b", "b", "k")


SOURCES = st.sampled_from(
    [None, "BBC", "BBC Sport", "Reuters", "Le Monde", "Miami Herald", "Sacramento Bee", "Village Post"]
)
SENTENCES = st.sampled_from(
    ["", PLAIN, "It left, Reuters said.", "A man told the BBC so.", "It left, citing Le Monde."]
)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(SOURCES, SENTENCES), max_size=8), st.randoms(use_true_random=False))
def test_order_does_not_matter_and_sentences_only_join(
    given_: list[tuple[str | None, str]], chance: random.Random
) -> None:
    places = [(article(f"d{number}", source), text) for number, (source, text) in enumerate(given_)]
    keys = dict(zip((document.id for document, _ in places), origin_keys(places), strict=True))
    shuffled = list(places)
    chance.shuffle(shuffled)
    assert dict(zip((document.id for document, _ in shuffled), origin_keys(shuffled), strict=True)) == keys
    assert independent_origins(places) <= count_independent([document for document, _ in places])


def test_the_seeds_are_five(seeds: dict[str, str]) -> None:
    assert count_independent([article(name, text=text) for name, text in seeds.items()]) == 5


def test_statements_count_independent_origins_and_choice_does_not_change(seeds: dict[str, str]) -> None:
    plain = [Document(text, id=name) for name, text in seeds.items()]
    archive = [Document(text, id=name, source="BBC News") for name, text in seeds.items()]
    apart, together = (summarize(documents, embedder="tfidf") for documents in (plain, archive))
    assert [statement.text for statement in together.statements] == [statement.text for statement in apart.statements]
    assert max(statement.origins for statement in apart.statements) == 5
    assert {statement.origins for statement in together.statements} == {1}
    assert [statement.articles for statement in together.statements] == [s.articles for s in apart.statements]
    assert apart.clusters
    assert not together.clusters


def test_the_data_are_consistent() -> None:
    hosts = list(chain.from_iterable(filter(None, row[2].split("|")) for row in OUTLETS.values()))
    assert len(hosts) == len(set(hosts))
    assert all(host == host.lower() and "." in host and "/" not in host for host in hosts)
    assert not set(hosts) & (CARRIERS | HOSTS_OF_MANY)
    written = [name for row in OUTLETS.values() for name in set(filter(None, row[0].split("|")))]
    assert len(written) == len(set(written))
    members = list(chain.from_iterable(titles.split("|") for titles in FAMILIES.values()))
    assert len(members) == len(set(members))
    assert set(members) <= set(OUTLETS)


@pytest.mark.parametrize(
    "text",
    [
        "told " + "the " * 5000 + "Reuters",
        "according to " + "a report of " * 3000 + "CNN reported",
        "Reuters " * 5000,
        "The New York " * 3000,
        "“" * 5000 + "Reuters reported",
        "Reuters'" + " Ann" * 5000,
    ],
)
def test_long_sentences_take_linear_time(text: str) -> None:
    fresh = count()
    assert_quick(lambda: find_relayed(f"{text}{next(fresh)}"), 60)


def test_made_pairs_of_news() -> None:
    try:
        pairs = independent_pairs(load(data_folder(None), "multi_news_val").clusters[:60])
    except DataError as error:
        pytest.skip(str(error))
    for found in (measure_publishers(pairs, count=80, seed=1), measure_relays(pairs, count=80, seed=1)):
        assert found["one_origin"] >= 0.95
        assert found["false_merges"] <= 0.01
