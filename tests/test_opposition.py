"""Opposed statements and quotations that differ: what fires, what must not, and what nothing may change."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from itertools import count, permutations
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer import Document, compare
from summarizer.findings import Comparison
from summarizer.opposition import find_opposed
from summarizer.opposition.antonyms import opposed_poles, poles
from summarizer.opposition.clauses import read_claims
from summarizer.opposition.quoted_speakers import find_speaker
from summarizer.opposition.quotes import find_spans
from summarizer.opposition.reading import Reading
from summarizer.opposition.synonyms import one_acts, one_noun
from summarizer.opposition.wording import read_words, word_key, word_keys
from tests.conftest import ROOT
from tests.materials import compared, material
from tests.timing import assert_quick

CASE_LIST: Final = json.loads((ROOT / "tests" / "cases" / "opposition.json").read_text(encoding="utf-8"))
PASSED, NOT_PASSED = "The council passed the harbour budget.", "The council did not pass the harbour budget."
FILLER = "Rain fell on the harbour town of Lund for most of the day."


def found(*articles: Sequence[str], **given: Any) -> tuple[Comparison, ...]:
    return find_opposed(material(*articles, **given))


@pytest.mark.parametrize("case", CASE_LIST, ids=lambda case: case["label"])
def test_cases(case: dict[str, Any]) -> None:
    given = case["input"]
    got = [
        {"kind": one.kind, "relation": one.relation} for one in found(*given["articles"], dates=given.get("dates", ()))
    ]
    assert got == ([case["expected"]] if case["expected"] else [])


def test_half_of_the_cases_must_not_fire() -> None:
    assert len(CASE_LIST) >= 100
    assert sum(case["expected"] is None for case in CASE_LIST) * 2 >= len(CASE_LIST)


@pytest.mark.parametrize("case", [case for case in CASE_LIST if case["expected"]], ids=lambda case: case["label"])
def test_places_are_verbatim_and_sides_are_two_origins(case: dict[str, Any]) -> None:
    made = material(*case["input"]["articles"], dates=case["input"].get("dates", ()))
    texts = {document.id: document.text for document in made.documents}
    (comparison,) = find_opposed(made)
    assert comparison.id == ""
    assert comparison.topic
    assert comparison.reason
    assert len(comparison.sides) == 2
    for side in comparison.sides:
        assert side.origins == 1
        assert side.says
        for value in side.values:
            for snippet in (value.place, value.sentence):
                assert texts[snippet.document_id][snippet.start : snippet.end] == snippet.text
            assert value.sentence.start <= value.place.start < value.place.end <= value.sentence.end
            assert value.value


@pytest.mark.parametrize("case", CASE_LIST[::4], ids=lambda case: case["label"])
def test_the_order_of_articles_does_not_change_what_is_found(case: dict[str, Any]) -> None:
    articles, dates = case["input"]["articles"], case["input"].get("dates")
    forth = found(*articles, dates=dates or ())
    back = found(*articles[::-1], dates=dates[::-1] if dates else ())

    def told(comparisons: tuple[Comparison, ...]) -> list[tuple[str, str, list[str]]]:
        return [(one.kind, one.relation, sorted(side.says for side in one.sides)) for one in comparisons]

    assert told(forth) == told(back)


def test_copies_count_once() -> None:
    (one,) = found([PASSED], [PASSED], [PASSED], [NOT_PASSED], copies=[None, 0, 0, None])
    assert [(side.origins, side.articles) for side in one.sides] == [(1, 3), (1, 1)]
    assert {value.origin for value in one.sides[0].values} == {"d0"}


def test_most_origins_come_first() -> None:
    (one,) = found([NOT_PASSED], [PASSED], ["In Lund the council passed the harbour budget."])
    assert [side.origins for side in one.sides] == [2, 1]
    assert one.sides[1].says == NOT_PASSED


def test_quotations_of_one_wording_share_a_side() -> None:
    quoted = "“We will {} the plan of the mediators in full,” Ann Cole said.".format
    (one,) = found([quoted("accept")], [quoted("reject")], [quoted("accept")])
    assert [side.origins for side in one.sides] == [2, 1]
    assert "“accept”" in one.reason
    assert "“reject”" in one.reason
    assert one.sides[0].values[0].attribution == "Ann Cole"


def test_three_wordings_are_three_sides() -> None:
    quoted = "“We counted {} people at the northern gate of the camp,” Ann Cole said.".format
    (one,) = found([quoted(200)], [quoted(300)], [quoted(400)])
    assert len(one.sides) == 3


def test_the_speaker_is_shown() -> None:
    said, denied = (
        "Police said the council passed the harbour budget.",
        "The mayor denied that the council passed the harbour budget.",
    )
    (one,) = found([said], [denied])
    assert one.relation == "attribution"
    assert sorted(side.values[0].attribution or "" for side in one.sides) == ["Police", "The mayor"]


def test_a_change_of_one_word_in_a_copy_of_an_article_fires() -> None:
    article = [FILLER, "The Senate approved the water treaty with Arvia.", "Farmers along the river welcomed the news."]
    other = [FILLER, "The Senate rejected the water treaty with Arvia.", "Farmers along the river welcomed the news."]
    assert found(article, list(article)) == ()
    assert [one.relation for one in found(article, other)] == ["conflict"]


def test_other_languages_are_not_read() -> None:
    assert found([PASSED], [NOT_PASSED], language="de") == ()


def test_commentary_is_not_read_as_a_statement() -> None:
    made = material([PASSED], [NOT_PASSED])
    opinion = tuple(replace(one, opinion=one.document_id == "d1") for one in made.sentences)
    assert find_opposed(replace(made, sentences=opinion)) == ()


def test_every_pair_of_opposites_opposes_both_ways() -> None:
    pairs = {number for sides in poles().values() for number, _ in sides}
    assert len(pairs) >= 80
    assert opposed_poles("approv", "reject") == opposed_poles("reject", "approv") is not None
    assert opposed_poles("approv", "approv") is None


def test_no_noun_that_stands_for_others_is_one_of_two_opposites() -> None:
    words = {key.split("_")[0] for key in poles()}
    nouns = set(map(word_key, "lawmakers judge deal firm vessel lorry skipper".split()))
    assert nouns.isdisjoint(words)
    assert all(one_noun(key) != key and one_noun(one_noun(key)) == one_noun(key) not in words for key in nouns)


def test_verbs_for_one_act_name_each_other() -> None:
    acts = one_acts()
    assert all(key in acts[other] for key, others in acts.items() for other in others)
    assert "free" in acts["releas"]


def test_of_statements_worded_freely_none_that_only_looks_opposed_is_a_conflict() -> None:
    """Few of the others are found: they share no predicate. See docs/comparison.md."""
    cases = json.loads((ROOT / "tests" / "cases" / "comparison_opposed.json").read_text(encoding="utf-8"))
    told = {True: 0, False: 0}
    for case in cases:
        documents = [Document(one["text"], id=str(n)) for n, one in enumerate(case["input"]["documents"])]
        reported = compare(documents, embedder="tfidf").comparisons
        told[case["expected"]["conflicts"] > 0] += any(one.relation == "conflict" for one in reported)
    assert told[True] >= 18
    assert told[False] == 0


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("He said “yes” and left.", ["yes"]),
        ('He said "yes" and "no".', ["yes", "no"]),
        ("“A first paragraph.\n“And a second.”", ["A first paragraph.", "And a second."]),
        ('A 12" record by "The Long Winter".', ["The Long Winter"]),
        ("No marks at all.", []),
        ('One " mark.', []),
    ],
)
def test_spans_between_marks(text: str, spans: list[str]) -> None:
    assert [text[start:end] for start, end in find_spans(text)] == spans


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“We won,” said Ann Cole, the mayor of Lund.", "Ann Cole"),
        ("Ann Cole, the mayor of Lund, said: “We won.”", "Ann Cole"),
        ("“We won,” Mayor Ann Cole told Kelmar Radio.", "Ann Cole"),
        ("According to Ann Cole, they “won”.", "Ann Cole"),
        ("“We won,” she said.", ""),
        ("“We won.”", ""),
    ],
)
def test_who_is_quoted(text: str, name: str) -> None:
    assert find_speaker(text).name == name


@pytest.mark.parametrize(
    ("text", "key", "denied"),
    [
        ("The council passed the budget.", "pass", [False]),
        ("The council has never passed the budget.", "pass", [True]),
        ("The council did not, it said, pass.", "pass", []),
        ("The council failed to pass the budget.", "pass", [True]),
        ("The council denied passing the budget.", "pass", [True]),
        ("The council passed no budget.", "pass", [True]),
        ("If the council passed the budget, it would close the port.", "pass", []),
        ("The passed budget.", "pass", []),
        ("“The council passed the budget.”", "pass", []),
        ("The court found the law invalid.", "invalid", [False]),
        ("No arrests were made in Lund.", "arrest", [True]),
        ("The gunman was carrying a passport in Lund.", "passport", [False, False]),
        ("No passport was found on the gunman.", "passport", [True]),
        ("There were no explosives in the parcel.", "explos", [True, True]),
        ("The ferry lacks lifeboats for its crew.", "lifeboat", [True]),
        ("The ferry has 20 lifeboats for its crew.", "lifeboat", []),
        ("The eggs were free of salmonella.", "salmonella", [True]),
        ("Rahn had no knowledge of the payments.", "know", [True]),
        ("Rahn knew nothing of the payments.", "know", [True]),
        ("The train ran past the signal without stopping.", "stop", [True]),
        ("Six senators voted no.", "vote", [False]),
        ("Money in the relief bill the Senate passed was spent.", "pass", []),
    ],
)
def test_what_a_clause_claims(text: str, key: str, denied: list[bool]) -> None:
    assert [claim.denied for claim in read_claims(Reading(text), key)] == denied


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("organise", "organized"), ("travelled", "traveling"), ("colours", "color"), ("theatre", "theater"),
        ("won", "win"), ("defence", "defense"), ("5,000", "5000"), ("twelve", "12"), ("isn't", "not"), ("%", "percent"),
    ],
)  # fmt: skip
def test_spellings_of_one_word(one: str, other: str) -> None:
    assert word_keys(one) == word_keys(other) != ()


@pytest.mark.parametrize(
    ("one", "other"), [("shelled", "shed"), ("filled", "filed"), ("killing", "king"), ("fire", "fir")]
)
def test_words_that_folding_must_not_mix(one: str, other: str) -> None:
    assert word_keys(one) != word_keys(other)


def test_words_keep_their_places() -> None:
    text = "We won’t accept the plan"
    assert [text[word.start : word.start + len(word.text)] for word in read_words(text, 0)] == [
        "won’t",
        "accept",
        "plan",
    ]


def test_all_orders_of_four_articles() -> None:
    texts = [
        f"{FILLER} {PASSED}",
        f"Boats lay idle in the old port. {NOT_PASSED}",
        "Two ferries sailed at noon. “We will accept the plan of the mediators in full,” Ann Cole said.",
        "A fog bank hid the pier. “We will reject the plan of the mediators in full,” Ann Cole said.",
    ]
    expected = None
    for order in permutations(texts):
        got = sorted(
            (one.kind, one.relation, *sorted(side.says for side in one.sides)) for one in find_opposed(compared(order))
        )
        expected = got if expected is None else expected
        assert got == expected
        assert len(got) == 2


WORDS = st.sampled_from(
    'The council did not never no pass passed reject rejected denied that it had been by “ ” " , . ; ? Ann Cole said '
    "he said: if until and or nobody was hurt injured in Lund on Monday 40 forty to refused no one's … [ ] -".split(" ")
)
TEXTS = st.one_of(st.text(max_size=120), st.lists(WORDS, max_size=30).map(" ".join)).filter(
    lambda text: bool(text.strip())
)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.lists(TEXTS, min_size=1, max_size=3), min_size=1, max_size=4))
def test_no_text_breaks_it(articles: list[list[str]]) -> None:
    made = material(*articles)
    texts = {document.id: document.text for document in made.documents}
    for comparison in find_opposed(made):
        assert len(comparison.sides) >= 2
        origins = [{value.origin for value in side.values} for side in comparison.sides]
        assert len(set().union(*origins)) >= 2
        for side in comparison.sides:
            for value in side.values:
                assert texts[value.place.document_id][value.place.start : value.place.end] == value.place.text


@settings(deadline=None, max_examples=40)
@given(
    st.sampled_from([case for case in CASE_LIST if case["expected"]]), st.lists(st.sampled_from([FILLER]), max_size=3)
)
def test_sentences_around_it_do_not_hide_it(case: dict[str, Any], around: list[str]) -> None:
    first, *others = case["input"]["articles"]
    assert found([*around, *first], *others, dates=case["input"].get("dates", ()))


def stories(n: int) -> list[list[str]]:
    """n articles on one story: much is shared, a few deny, each quotes."""
    return [
        [
            f"The council {'passed' if number % 3 else 'did not pass'} the harbour budget for district {number % 7}.",
            f"Boats from district {number} lay idle while the ministry of Arvia studied the budget of the harbour.",
            f"“We counted {number % 5 + 2} hundred boats at the northern pier of the harbour,” Ann Cole said.",
            f"No one was hurt in the old harbour, and the fishermen rejected the offer of district {number % 11}.",
        ]
        for number in range(n)
    ]


def test_time_stays_bounded_at_500_articles() -> None:
    made = material(*stories(500))
    assert_quick(lambda: find_opposed(made), 1_000)


def test_75_sentences_without_signs_cost_next_to_nothing() -> None:
    plain = [[f"Boat {number} of the fleet sailed past pier {k} at noon." for k in range(15)] for number in range(5)]
    made = material(*plain)
    assert_quick(lambda: find_opposed(made), 1.5)


@pytest.mark.parametrize(
    "text",
    [
        "“" * 4000,
        '"' * 4001,
        "“a, " * 3000,
        "not " * 6000,
        "the council did not " * 1500,
        "denied that " * 2500,
        "“Yes,” she said, " * 1500,
        ". . . " * 3000,
        "x's" * 4000,
    ],
)
def test_odd_text_takes_linear_time(text: str) -> None:
    fresh = count()
    assert_quick(lambda: find_opposed(material([f"{text}{next(fresh)} one"], [f"{text}{next(fresh)} two"])), 150)


FILLER = (
    "The council met for three hours in the old town hall. Dozens of residents had come to listen. "
    "Several of them carried banners from the spring. The debate was calm for most of the evening. "
    "A second meeting is planned for the autumn. "
)


@pytest.mark.parametrize(
    ("original", "changed"),
    [
        (
            "The mayor approved the plan for the bridge on Monday.",
            "The mayor did not approve the plan for the bridge on Monday.",
        ),
        (
            "“We will build the bridge before the winter comes,” Mayor Anna Berg said.",
            "“We will not build the bridge before the winter comes,” Mayor Anna Berg said.",
        ),
    ],
)
def test_a_copy_that_was_turned_goes_against_its_original(original: str, changed: str) -> None:
    texts = [FILLER + original, FILLER + changed, FILLER + changed]
    report = compare(texts, embedder="tfidf")
    assert len({document.origin_id for document in report.documents}) == 1, "they are copies"
    (found,) = [one for one in report if one.relation == "conflict"]
    assert [side.origins for side in found.sides] == [1, 1]
    assert sorted(side.articles for side in found.sides) in ([1, 1], [1, 2])
    assert not compare([FILLER + original] * 3, embedder="tfidf").comparisons
