"""What the learned salience is shown: the meaning of every feature on made inputs, and what must move none of them."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.features import CONCEPT_FEATURES, SENTENCE_FEATURES, Features
from tests.conftest import ROOT
from tests.materials import compared, features, material
from tests.timing import assert_grows, assert_quick

# Tariffs are in both articles, twice in all; every other word is said once.
TARIFFS = (["Tariffs fell.", "Ministers met."], ["Tariffs rose."])


def of(found: Features, name: str) -> list[float]:
    """One feature of every sentence."""
    return [float(value) for value in found.sentences[:, SENTENCE_FEATURES.index(name)]]


def concept(found: Features, *stems: str) -> dict[str, float]:
    """The features of a word, or of a pair of words."""
    vocabulary, concepts = found.material.terms.vocabulary, found.concepts
    wanted = (0 if len(stems) == 2 else 1, vocabulary.index(stems[0]), vocabulary.index(stems[-1]))
    for row, number in zip(found.of_concepts, found.expected, strict=True):
        if (concepts.kinds[number], concepts.first_word[number], concepts.second_word[number]) == wanted:
            return dict(zip(CONCEPT_FEATURES, map(float, row), strict=True))
    raise AssertionError(f"no concept {stems}")


SENTENCES = {
    "words of many articles": [0.75, 0.5, 0.75],
    "words of two articles": [0.5, 0, 0.5],
    "frequent words": [0.25, 1 / 6, 0.25],  # tariffs are 2 of 6 words
    "most frequent words": [1, 2 / 3, 1],
    "repeated words": [math.log(2) / 2, 0, math.log(2) / 2],
    "pairs of two articles": [0, 0, 0],
    "most pairs of two articles": [0, 0, 0],
    "pairs of many articles": [0.5, 0.5, 0.5],
    "topic of many articles": [1, 0.5, 1],
    "most reported topic": [1, 0.5, 1],
    # Tariffs 4 + topic 16, first met at the start, over sqrt(2); ministers share nothing.
    "shared concepts": [1, 0, 1],
    "position": [0, 1, 0],
    "early": [1, 0.5, 1],
    "relative position": [0, 1, 0],
    "article length": [2, 2, 1],
    "length": [2, 2, 2],
    "log length": [math.log(2)] * 3,
    "length against the mean": [1, 1, 1],
    "quotation marks": [0, 0, 0],
    "digits": [0, 0, 0],
    "capitals": [0, 0, 0],
    "needs the one before": [0, 0, 0],
    "first or second person": [0, 0, 0],
    "words of titles": [0.5, 0, 0.5],
    "content words": [1, 1, 1],
    "first day": [0, 0, 0],
    "early days": [0, 0, 0],
    "late days": [0, 0, 0],
}
BY_COSINES = {
    "near the centre",
    "nearest the centre",
    "near the leads",
    "near the other articles",
    "near its own article",
}


@pytest.fixture(scope="module")
def tariffs() -> Features:
    return features(material(*TARIFFS, topics=[0, 1, 0], titles=["The tariffs, again", ""]))


def test_every_feature_of_a_sentence_is_looked_at_here() -> None:
    assert set(SENTENCES) | BY_COSINES == set(SENTENCE_FEATURES)
    assert len(set(SENTENCE_FEATURES)) == len(SENTENCE_FEATURES)


@pytest.mark.parametrize("name", SENTENCES)
def test_a_feature_of_sentences(name: str, tariffs: Features) -> None:
    assert of(tariffs, name) == pytest.approx(SENTENCES[name], abs=6e-6)


def test_cosines_of_two_that_share_nothing() -> None:
    found = features(material(["Tariffs fell."], ["Ministers met."]))
    assert of(found, "near the centre") == pytest.approx([math.sqrt(0.5)] * 2, abs=1e-5)
    assert of(found, "nearest the centre") == pytest.approx([1, 1])
    assert of(found, "near the leads") == pytest.approx([1, 1])
    assert of(found, "near its own article") == pytest.approx([1, 1], abs=1e-5)
    assert of(found, "near the other articles") == [0, 0]


def test_cosines_of_two_that_say_the_same_and_one_that_does_not() -> None:
    found = features(material(["Tariffs fell."], ["Tariffs fell."], ["Ministers met."]))
    # The centre is (2, 1) in the directions of the two subjects.
    assert of(found, "near the centre") == pytest.approx([2 / 5**0.5, 2 / 5**0.5, 1 / 5**0.5], abs=1e-5)
    assert of(found, "nearest the centre") == pytest.approx([1, 1, 0.5], abs=1e-5)
    # The mean over the two other articles.
    assert of(found, "near the other articles") == pytest.approx([0.5, 0.5, 0], abs=1e-5)


def test_leads_are_the_first_three_sentences() -> None:
    found = features(material(["Tariffs fell.", "Rain came.", "Ministers met.", "Dogs barked."]))
    assert of(found, "near the leads")[:3] == pytest.approx([1, 1, 1], abs=1e-5)
    assert of(found, "near the leads")[3] == 0


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("“Exports fell,” she said.", "quotation marks", 2),
        ('"No," he said, "no, no," and "never".', "quotation marks", 4),
        ("„Nein“, sagte er.", "quotation marks", 2),
        ("Exports fell 12.7% in 2025.", "digits", 1),
        ("The port of Hull was closed by Ann Cole.", "capitals", 3 / 8),
        ("Exports fell.", "capitals", 0),
        ("It fell by a third in May.", "needs the one before", 1),
        ("We told you about exports.", "first or second person", 2 / 5),
        ("The exports of the port fell.", "content words", 3 / 6),
        ("Exports of the port of Hull fell in May, officials said.", "length", 11),
    ],
)
def test_a_feature_of_form(text: str, name: str, expected: float) -> None:
    assert of(features(material([text])), name) == pytest.approx([expected], abs=6e-6)


def test_lengths_are_told_against_the_mean() -> None:
    found = features(material(["Exports fell.", "Exports of the port fell much."]))
    assert of(found, "length against the mean") == pytest.approx([0.5, 1.5])


def test_days_count_from_three_on() -> None:
    texts = [["Exports fell."], ["Ministers met."], ["Rain came."], ["Dogs barked."]]
    days = ["2025-06-09", "2025-06-10T08:00:00Z", "2025-06-10", "2025-06-12"]
    found = features(material(*texts, dates=days))
    assert of(found, "first day") == [1, 0, 0, 0]
    assert of(found, "late days") == [0, 0.5, 0.5, 1]
    assert of(found, "early days") == pytest.approx([1, math.exp(-1 / 3), math.exp(-1 / 3), math.exp(-2 / 3)], abs=1e-5)
    for few in (["2025-06-09", "2025-06-10", "2025-06-10", "2025-06-09"], [*days[:3], None]):
        none = features(material(*texts, dates=few))
        assert of(none, "first day") == of(none, "late days") == of(none, "early days") == [0, 0, 0, 0]
        assert concept(none, "export")["day"] == concept(none, "export")["first day"] == -1
    assert concept(found, "rain")["day"] == concept(found, "rain")["first day"] == 0.5


CONCEPTS = {
    "pair": (0, 1),
    "origins": (2, 1),
    "share of origins": (1, 0.5),
    "two origins": (1, 0),
    "occurrences": (2, 1),
    "share of occurrences": (2000 / 9, 1000 / 9),  # six words and three pairs
    "share of sentences": (2 / 3, 1 / 3),
    "occurrences an origin": (1, 0.5),
    "relative position": (0, 0),
    "position": (0, 0),
    "origins that open with it": (2, 1),
    "share of origins that open with it": (1, 0.5),
    "share of origins that have it early": (1, 0.5),
    "nearest centre": (1, 1),
    "nearest leads": (1, 1),
    "topic": (1, 1),
    "widest topic": (1, 1),
    "shared concepts": (1, 1),
    "quotation marks": (0, 0),
    "words of its sentences": (2, 2),
    "needs the one before": (0, 0),
    "day": (-1, -1),
    "first day": (-1, -1),
    "length": (6, 6),
    "length of the second word": (0, 4),
    "function words": (0, 0),
    "in titles": (1, 1),
    "sentences of the first word": (2 / 3, 2 / 3),
    "origins of the first word": (1, 1),
    "origins of the second word": (1, 0.5),
    "together": (0, math.log(2) / 2),
    "origins in all": (2, 2),
    "sentences in all": (3, 3),
    "sentences an origin": (1.5, 1.5),
    "budget": (0.5, 0.5),
}


@pytest.mark.parametrize("name", CONCEPTS)
def test_a_feature_of_concepts(name: str) -> None:
    found = features(material(*TARIFFS, topics=[0, 1, 0], titles=["The tariffs, again", ""]), budget=3)
    word, pair = concept(found, "tariff"), concept(found, "tariff", "fell")
    assert (word[name], pair[name]) == pytest.approx(CONCEPTS[name], rel=1e-5, abs=6e-6)


def test_every_feature_of_a_concept_is_looked_at_here() -> None:
    assert set(CONCEPTS) | {"centre", "leads"} == set(CONCEPT_FEATURES)
    assert len(set(CONCEPT_FEATURES)) == len(CONCEPT_FEATURES)


def test_a_concept_is_as_near_the_centre_as_its_sentences() -> None:
    found = features(material(["Tariffs fell.", "Tariffs rose and rose.", "Ministers met."], ["Ministers met."]))
    for concept_name, sentence_name in (("centre", "nearest the centre"), ("leads", "near the leads")):
        near = of(found, sentence_name)
        assert concept(found, "tariff")[concept_name] == pytest.approx((near[0] + near[1]) / 2, abs=1e-5)
        assert concept(found, "tariff")[f"nearest {concept_name}"] == pytest.approx(max(near[:2]), abs=1e-5)


def test_function_words_of_a_pair() -> None:
    found = features(material(["The exports of Hull fell."]))
    assert concept(found, "the", "export")["function words"] == 1
    assert concept(found, "export", "of")["function words"] == 2
    assert concept(found, "hull", "fell")["function words"] == 0


# --- what must move nothing ------------------------------------------------------------------------------------------


def keyed(found: Features) -> dict[tuple[int, str, str], dict[str, float]]:
    """The features of concepts by what they are."""
    concepts, vocabulary = found.concepts, found.material.terms.vocabulary
    return {
        (int(concepts.kinds[i]), vocabulary[concepts.first_word[i]], vocabulary[concepts.second_word[i]]): dict(
            zip(CONCEPT_FEATURES, map(float, row), strict=True)
        )
        for i, row in zip(found.expected.tolist(), found.of_concepts, strict=True)
    }


ARTICLES = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
#: The mean is that of all sentences, those of copies included.
UNCOUNTED = {"length against the mean"}


@pytest.fixture(scope="module")
def alone() -> Features:
    return features(compared(ARTICLES))


@pytest.mark.parametrize(("copied", "n"), [(0, 4), (1, 1), (2, 3), (3, 2), (4, 1)])
def test_exact_copies_move_nothing(copied: int, n: int, alone: Features) -> None:
    more = features(compared([*ARTICLES, *[ARTICLES[copied]] * n]))
    n_sentences = len(alone.words)
    assert more.counted.sum() == n_sentences
    assert not more.counted[n_sentences:].any()
    for name in set(SENTENCE_FEATURES) - UNCOUNTED:
        assert of(more, name)[:n_sentences] == pytest.approx(of(alone, name), abs=2e-5), name
    before, after = keyed(alone), keyed(more)
    assert list(before) == list(after)
    for key, row in before.items():
        assert after[key] == pytest.approx(row, abs=2e-5), key


def test_a_foreign_sentence_of_a_copy_counts_once_and_moves_little(alone: Features) -> None:
    foreign = "The weather on Sunday was fine, and gulls flew above the river."
    more = features(compared([*ARTICLES, *[f"{ARTICLES[0]}\n\n{foreign}"] * 3]))
    n_sentences = len(alone.words)
    counted = [more.material.sentences[i].text for i in np.flatnonzero(more.counted)]
    assert counted.count(foreign) == 1
    assert len(counted) == len(set(counted)) == n_sentences + 1
    assert more.n_origins == alone.n_origins == 5
    before, after = alone.sentences, more.sentences[:n_sentences]
    kept = [SENTENCE_FEATURES.index(name) for name in SENTENCE_FEATURES if name not in UNCOUNTED]
    assert np.abs(before[:, kept] - after[:, kept]).max() < 0.01


WORDS = ["tariff", "export", "minister", "harbour", "strike", "vote", "river", "bridge", "budget", "court"]
SENTENCE = st.lists(st.sampled_from(WORDS), min_size=2, max_size=5).map(
    lambda words: " ".join(words).capitalize() + "."
)
ARTICLE = st.lists(SENTENCE, min_size=1, max_size=5, unique=True)


@settings(deadline=None, max_examples=60)
@given(st.lists(ARTICLE, min_size=1, max_size=4), st.data())
def test_a_sentence_of_a_copy_counts_only_if_its_origin_has_none_like_it(
    articles: list[list[str]], data: st.DataObject
) -> None:
    copied = data.draw(st.integers(0, len(articles) - 1))
    copy = data.draw(st.permutations([*articles[copied], "Gulls sang."]))
    every = [*articles, copy]
    wording = [text for article in every for text in article]
    labels = [wording.index(text) for text in wording]  # what is worded alike says the same
    copies = [*[None] * len(articles), copied]
    made = material(*every, labels=labels, copies=copies)
    n = sum(map(len, articles))
    assert made.counted[:n].all()
    assert [made.sentences[i].text for i in range(n, len(wording)) if made.counted[i]] == ["Gulls sang."]
    # Where the copy comes first in the order of ids, it is still the one that does not count.
    turned = material(copy, *articles, labels=[wording.index(text) for text in [*copy, *wording[:n]]],
                      copies=[copied + 1, *[None] * len(articles)])  # fmt: skip
    assert turned.counted.sum() == n + 1
    assert turned.counted[len(copy) :].all()


@settings(deadline=None, max_examples=40)
@given(st.lists(ARTICLE, min_size=2, max_size=4), st.randoms(use_true_random=False))
def test_the_order_of_articles_moves_nothing(articles: list[list[str]], random: object) -> None:
    order = list(range(len(articles)))
    random.shuffle(order)  # type: ignore[attr-defined]

    def rows(found: Features) -> list[tuple[str, ...]]:
        return sorted(
            (s.text, *map(str, row)) for s, row in zip(found.material.sentences, found.sentences, strict=True)
        )

    one, other = features(material(*articles)), features(material(*[articles[i] for i in order]))
    for a, b in zip(rows(one), rows(other), strict=True):
        assert a[0] == b[0]
        assert [float(x) for x in a[1:]] == pytest.approx([float(x) for x in b[1:]], abs=2e-5)
    before, after = keyed(one), keyed(other)
    assert set(before) == set(after)
    for key, row in before.items():
        assert after[key] == pytest.approx(row, abs=2e-5), key


def test_features_are_finite_and_rounded(alone: Features) -> None:
    found = alone
    assert found.sentences.shape == (len(found.words), len(SENTENCE_FEATURES))
    assert found.of_concepts.shape == (len(found.expected), len(CONCEPT_FEATURES))
    assert found.of_concepts.dtype == np.float32
    for table in (found.sentences, found.of_concepts.astype(np.float64)):
        assert np.isfinite(table).all()
    assert (np.round(found.sentences, 5) == found.sentences).all()


@pytest.mark.parametrize(
    "articles",
    [
        [["Exports fell."]],
        [["Exports fell.", "Ministers met."]],
        [["Exports fell."], ["Exports fell."]],
        [["..."]],
        [["The of and."]],
        [["中国出口下降。"], ["出口上升。"]],
    ],
    ids=["one sentence", "one article", "one wording", "no word", "function words", "Chinese"],
)
def test_little_is_enough(articles: list[list[str]]) -> None:
    found = features(material(*articles))
    assert np.isfinite(found.sentences).all()
    assert np.isfinite(found.of_concepts).all()
    assert found.n_origins == len(articles)


def made(n_sentences: int) -> Features:
    """Articles of 25 sentences of 20 words, a tenth of them of a common vocabulary."""
    rng = np.random.default_rng(0)
    sentences = [
        " ".join(f"w{rng.integers(0, 200 if rng.random() < 0.1 else 20_000)}" for _ in range(20))
        for _ in range(n_sentences)
    ]
    return features(material(*[sentences[start : start + 25] for start in range(0, n_sentences, 25)]))


def test_5_000_sentences_take_about_ten_times_as_long_as_500() -> None:
    found = {n: made(n) for n in (500, 5_000)}

    def compute(n: int) -> Callable[[], object]:
        # What is kept with the features is kept in them, so that each run needs its own.
        of = found[500 if n < 5_000 else 5_000]
        fresh = Features(of.material, of.concepts, of.words, of.dangling, of.budget)
        return lambda: (fresh.sentences, fresh.of_concepts)

    assert_grows(compute, 500, 5_000, 25, spare=25, clock=time.process_time)
    assert_quick(lambda: compute(5_000)(), 150, clock=time.process_time)
    assert len(found[5_000].sentences) == 5_000
    assert len(found[5_000].of_concepts) > 5_000
