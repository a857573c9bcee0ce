"""Two sentences that share little, joined."""

from __future__ import annotations

import pytest

from summarizer.rewriting.fuser_joining import find_compound, join, share

COMMON = frozenset("police the in a it on he she we they officials sales".split())

JOINED = [
    ("It opened in 1888.", "It saw duty until 1905.", "It opened in 1888 and saw duty until 1905."),
    ("He was born in Ohio, in May.", "He is 14.", "He was born in Ohio, in May, and is 14."),
    ("Acme has 40 plants.", "Acme was founded by two.", "Acme has 40 plants and was founded by two."),
    ("Ann Cole of Perth was elected.", "She is 40.", "Ann Cole of Perth was elected and is 40."),
    ("Sales fell.", "The plant in Ohio closed.", "Sales fell; the plant in Ohio closed."),
    ("Sales fell.", "Acme closed its plant.", "Sales fell; Acme closed its plant."),
    ("The plant is in the U.S.", "Officials left.", "The plant is in the U.S.; officials left."),
    ("It belongs to Acme Inc.", "Officials left.", "It belongs to Acme Inc.; officials left."),
    ("She said, “We will go.”", "Officials left.", "She said, “We will go”; officials left."),
    ("Prices rose", "The bank waited", "Prices rose; the bank waited"),
]
#: What would be taken for another's word or thing if the subject went.
KEPT = [
    ("He said the firm lied.", "He praised its staff."),
    ("He thinks that it is late.", "He left at noon."),
    ("He called it “a shock”.", "He left at noon."),
    ("The winner was Ann.", "The organisers were pleased."),
    ("Ann Cole, the mayor, spoke.", "She left."),
    ("The mayor spoke to Ann Cole.", "She left."),
    ("Ann Cole was elected.", "They left."),
    ("In Perth Ann Cole was elected.", "She Left left."),
    ("There are two doors.", "There is a helipad."),
    ("Acme, the maker, fell.", "Acme, which sells cars, rose."),
    ("Acme shares fell.", "Acme workers left."),
]


@pytest.mark.parametrize(("first", "second", "expected"), JOINED)
def test_two_statements_become_one_sentence(first: str, second: str, expected: str) -> None:
    assert join(first, second, COMMON) == expected


@pytest.mark.parametrize(("first", "second"), KEPT)
def test_the_subject_stays_where_the_second_verb_could_be_taken_for_anothers(first: str, second: str) -> None:
    joined = join(first, second, COMMON)
    assert joined is not None
    head, tail = joined.split("; ")
    assert (head, tail.lower()) == (first[:-1], second.lower())


@pytest.mark.parametrize("first", ["Who knows?", "It stopped!", "He saw:", "Tuskegee, Alabama,.", "", " "])
def test_what_nothing_can_follow_is_not_joined(first: str) -> None:
    assert join(first, "Officials left.", COMMON) is None


def test_only_two_sentences_that_share_little_are_joined() -> None:
    apart = ("A fire closed the airport on Monday.", "Sales of masks doubled in the city.")
    alike = ("A fire closed the airport on Monday.", "The airport was closed by a fire early on Monday.")
    assert share(*apart) == 0
    assert share(*alike) == 1
    assert find_compound(apart, COMMON) == ("A fire closed the airport on Monday; sales of masks doubled in the city.")
    assert find_compound(alike, COMMON) is None
    assert find_compound(apart[:1], COMMON) is None
    assert find_compound([*apart, "Rain fell."], COMMON) is None
    assert share("", "") == 0
