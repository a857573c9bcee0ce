from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer import Document, summarize
from summarizer.clustering import (
    DEFAULT_BARS,
    Clustering,
    cluster_sentences,
    default_bars,
    representative,
    supporters,
)
from summarizer.datatypes import Sentence
from summarizer.embedding import embed, load_embedder
from summarizer.errors import ConfigError
from summarizer.grouping import complete_link
from summarizer.terms import index_terms
from summarizer.vectors import Pairs, tfidf
from tests.materials import material
from tests.timing import assert_quick


def cluster(
    texts: Sequence[str], owners: Sequence[str], vectors: np.ndarray | None = None, threshold: float | None = None
) -> Clustering:
    terms = index_terms(texts)
    sentences = [
        Sentence(owner, i, 0, len(text), text) for i, (owner, text) in enumerate(zip(owners, texts, strict=True))
    ]
    rows = tfidf(terms, content_only=False)
    return cluster_sentences(sentences, terms, rows, vectors, origins=owners, threshold=threshold)


# --- the seed articles: the truth was written down by reading them ---------------------------------------------------


class Story:
    """The sentences of the seeds, clustered, with articles called 0 to 4."""

    def __init__(self, seeds: dict[str, str]) -> None:
        from sentencex import segment

        self.texts: list[str] = []
        self.owners: list[str] = []
        for number, text in enumerate(seeds.values()):
            for line in text.split("\n"):
                found = [sentence.strip() for sentence in segment("en", line) if len(sentence.split()) > 8]
                self.texts += found
                self.owners += [str(number)] * len(found)
        self.vectors = embed(load_embedder("minilm"), self.texts)
        self.clustering = cluster(self.texts, self.owners, self.vectors)

    def find(self, fragment: str) -> int:
        (index,) = (i for i, text in enumerate(self.texts) if fragment in text)
        return index

    def best(self, fragment: str) -> dict[str, str]:
        """Give the best supporter of each other article."""
        index = self.find(fragment)
        found: dict[str, str] = {}
        for other, _ in supporters(self.clustering, index):
            if self.owners[other] != self.owners[index]:
                found.setdefault(self.owners[other], self.texts[other])
        return found


@pytest.fixture(scope="module")
def story(seeds: dict[str, str]) -> Story:
    return Story(seeds)


OPENINGS = {
    "0": "in London",
    "1": "Trade negotiations between the United States and China are underway in London",
    "2": "The United States and China have resumed high-stakes trade negotiations in London",
    "3": "High-level trade negotiations between the United States and China are set to continue",
    "4": "Top trade officials from the US and China are meeting in London",
}
ROSTERS = {
    "0": "With the United States contingent led by Treasury Secretary Scott Bessent",
    "1": "Key members of the US team",
    "2": "The talks, hosted at the historic Lancaster House, are being led by",
    "3": "Leading the U.S. delegation are Treasury Secretary",
    "4": "US Treasury Secretary Scott Bessent, Commerce Secretary Howard Lutnick",
}
CALLS = {
    "1": "prompted by a recent phone conversation between",
    "2": "held their first direct talks since",
    "3": "just days after a phone call between",
    "4": "The talks follow a recent phone call between",
}
GENEVA = {
    "1": "The talks aim to maintain a delicate truce",
    "2": "following an earlier session in Geneva last month",
    "3": "which follow a preliminary trade agreement reached in Geneva",
}


@pytest.mark.parametrize(
    ("statement", "truth"),
    [
        (OPENINGS["1"], OPENINGS),
        (OPENINGS["2"], OPENINGS),
        (OPENINGS["3"], OPENINGS),
        (OPENINGS["4"], OPENINGS),
        (ROSTERS["0"], ROSTERS),
        (ROSTERS["1"], ROSTERS),
        (ROSTERS["2"], ROSTERS),
        (ROSTERS["3"], ROSTERS),
        (ROSTERS["4"], ROSTERS),
        (CALLS["1"], CALLS),
        (CALLS["3"], CALLS),
        (CALLS["4"], CALLS),
        (GENEVA["1"], GENEVA),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else "",
)
def test_a_fact_of_the_seeds_gathers_its_articles(story: Story, statement: str, truth: dict[str, str]) -> None:
    found = story.best(statement)
    own = story.owners[story.find(statement)]
    assert found.keys() == truth.keys() - {own}
    for article, supporter in found.items():
        assert truth[article] in supporter


def test_the_terms_of_the_truce_meet_by_their_figure(story: Story) -> None:
    assert "reduce tariffs for 90 days" in story.best("A temporary truce was struck in Geneva")["4"]
    assert "90-day rollback" in story.best("both sides agreed to reduce tariffs for 90 days")["2"]


def test_the_rosters_are_one_cluster(story: Story) -> None:
    labels = {story.clustering.labels[story.find(fragment)] for fragment in ROSTERS.values()}
    assert len(labels) == 1
    members = np.flatnonzero(story.clustering.labels == labels.pop()).tolist()
    assert representative(story.clustering, members) == story.find(ROSTERS["4"])


def test_two_export_figures_meet_without_being_one_fact(story: Story) -> None:
    monthly, yearly = story.find("fell by 12.7% in May"), story.find("plummeted 34.5% in May")
    assert story.clustering.topics[monthly] == story.clustering.topics[yearly]
    assert story.clustering.labels[monthly] != story.clustering.labels[yearly]
    assert yearly not in dict(supporters(story.clustering, monthly))
    assert monthly not in dict(supporters(story.clustering, yearly))


def test_what_one_source_says_has_no_support(story: Story) -> None:
    for fragment in ("Trade expert Kathleen Brooks noted", "145% tariff on Chinese goods", "As per the IT policy"):
        assert story.best(fragment) == {}


def test_speed_on_the_seeds(story: Story) -> None:
    terms = index_terms(story.texts)
    rows = tfidf(terms, content_only=False)
    sentences = [
        Sentence(owner, i, 0, 1, text) for i, (owner, text) in enumerate(zip(story.owners, story.texts, strict=True))
    ]

    def run() -> None:
        clustering = cluster_sentences(sentences, terms, rows, story.vectors, origins=story.owners)
        for index in range(10):
            supporters(clustering, index)

    run()
    assert_quick(run, 8, clock=time.process_time)


# --- properties ------------------------------------------------------------------------------------------------------


def pairs_of(similarity: np.ndarray, threshold: float) -> Pairs:
    left, right = np.nonzero(np.triu(similarity >= threshold, 1))
    return Pairs(left.astype(np.int64), right.astype(np.int64), similarity[left, right])


def naive_complete_link(similarity: np.ndarray, threshold: float) -> list[list[int]]:
    groups = [[i] for i in range(len(similarity))]
    while True:
        choices = [
            (-min(similarity[i, j] for i in a for j in b), min(a), min(b)) for a, b in combinations(sorted(groups), 2)
        ]
        choices = [choice for choice in choices if -choice[0] >= threshold]
        if not choices:
            return sorted(sorted(group) for group in groups)
        _, first, second = min(choices)
        a, b = (next(group for group in groups if min(group) == lowest) for lowest in (first, second))
        groups = [group for group in groups if group is not a and group is not b] + [a + b]


def as_groups(labels: np.ndarray) -> list[list[int]]:
    return sorted(np.flatnonzero(labels == label).tolist() for label in np.unique(labels))


@settings(deadline=None, max_examples=80)
@given(st.integers(1, 11), st.integers(0, 10_000), st.sampled_from([0.2, 0.5, 0.8]))
def test_complete_link_over_a_sparse_list_is_exact(n: int, seed: int, threshold: float) -> None:
    values = np.round(np.random.default_rng(seed).random((n, n)), 1)  # one decimal: many ties
    similarity = np.maximum(values, values.T)
    found = complete_link(np.arange(n), pairs_of(similarity, threshold))
    assert as_groups(found) == naive_complete_link(similarity, threshold)
    assert all(found[label] == label <= index for index, label in enumerate(found))


def test_complete_link_starts_from_groups() -> None:
    similarity = np.array([[1, 0.1, 0.6, 0.6], [0.1, 1, 0.6, 0.1], [0.6, 0.6, 1, 0.1], [0.6, 0.1, 0.1, 1]])
    groups = np.array([0, 0, 2, 3])
    assert complete_link(groups, pairs_of(similarity, 0.5)).tolist() == [0, 0, 0, 3]
    assert complete_link(groups, pairs_of(similarity, 0.5), at_least=0.7).tolist() == [0, 0, 2, 3]


WORDS = "ministers agreed tariff truce london 12% 30% not Japan Canada raised steel vote court storm river".split()
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=7).map(" ".join), min_size=1, max_size=14)


@settings(deadline=None, max_examples=60)
@given(TEXTS, st.randoms(use_true_random=False))
def test_order_does_not_matter_but_for_ties(texts: list[str], random: object) -> None:
    texts = sorted(set(texts))
    owners = [str(i) for i in range(len(texts))]
    clustering = cluster(texts, owners)
    again = cluster(texts, owners)
    assert clustering.labels.tolist() == again.labels.tolist()
    assert clustering.labels[0] == 0
    assert sorted(set(clustering.labels.tolist())) == list(range(clustering.labels.max() + 1))
    for label in np.unique(clustering.labels):  # a cluster lies within one topic
        assert len(np.unique(clustering.topics[clustering.labels == label])) == 1


@settings(deadline=None, max_examples=60)
@given(TEXTS)
def test_support_and_clusters_respect_the_guards(texts: list[str]) -> None:
    from summarizer.guards import guard_between

    clustering = cluster(texts, [str(i) for i in range(len(texts))])
    for index in range(len(texts)):
        found = supporters(clustering, index)
        assert index not in dict(found)
        assert [value for _, value in found] == sorted((value for _, value in found), reverse=True)
        assert all(0 <= value <= 1 for _, value in found)
        assert all(guard_between(texts[index], texts[other]) is None for other, _ in found)
    for i, j in combinations(range(len(texts)), 2):
        if clustering.labels[i] == clustering.labels[j]:
            assert guard_between(texts[i], texts[j]) is None


def test_shuffled_sentences_give_the_same_groups() -> None:
    subjects = "bank court storm river union bridge harvest museum school orchestra".split()
    texts = [
        f"The {s} {v} in {m}"
        for s in subjects
        for v, m in (("opened", "May"), ("opened early", "May"), ("closed", "June"))
    ]
    expected = {frozenset(texts[i] for i in group) for group in as_groups(cluster(texts, texts).labels)}
    for seed in range(5):
        shuffled = [texts[i] for i in np.random.default_rng(seed).permutation(len(texts))]
        labels = cluster(shuffled, shuffled).labels
        assert {frozenset(shuffled[i] for i in group) for group in as_groups(labels)} == expected


def test_identical_sentences_are_one_cluster_however_many() -> None:
    texts = ["Subscribe to the daily letter of this paper."] * 3000 + ["Exports fell in May."]
    labels = cluster(texts, [str(i) for i in range(len(texts))]).labels
    assert labels.tolist() == [0] * 3000 + [1]


def test_a_representative_counts_each_origin_once() -> None:
    copy = "Ministers met in Oslo on Monday to discuss fish quotas for cod"
    texts = [
        copy,
        copy + " again",
        copy + " now",
        "Ministers discuss fish quotas",
        "Ministers met to discuss fish quotas in Oslo",
    ]
    clustering = cluster(texts, ["wire", "wire", "wire", "a", "b"])
    assert representative(clustering, [0, 1, 2, 3, 4]) == 4
    assert representative(clustering, [0, 1]) == 0
    assert representative(clustering, [3]) == 3
    with pytest.raises(ValueError, match="empty"):
        representative(clustering, [])


def test_bars_move_with_the_threshold() -> None:
    bars = default_bars(encoder=True, threshold=0.52)
    assert bars.cluster == 0.52
    assert bars.support - bars.cluster == pytest.approx(
        DEFAULT_BARS["encoder"].support - DEFAULT_BARS["encoder"].cluster
    )
    assert default_bars(encoder=False) == DEFAULT_BARS["tfidf"]
    assert default_bars(encoder=True, threshold=0).topic == 0
    for wrong in (-0.1, 1.1, float("nan")):
        with pytest.raises(ConfigError, match="cluster_threshold"):
            default_bars(encoder=True, threshold=wrong)


def test_inputs_of_other_lengths_are_refused() -> None:
    terms = index_terms(["one text"])
    with pytest.raises(ValueError, match="one length"):
        cluster_sentences([], terms, tfidf(terms), None, origins=[])


def test_nothing_and_one() -> None:
    assert cluster([], []).labels.tolist() == []
    alone = cluster(["Exports fell."], ["a"], np.zeros((1, 3), dtype=np.float32))
    assert alone.labels.tolist() == alone.topics.tolist() == [0]
    assert supporters(alone, 0) == []


@pytest.mark.parametrize("threshold", [0.0, 1.0])
def test_ends_of_the_threshold(threshold: float) -> None:
    texts = ["Exports fell in May", "Exports fell in May too", "A storm hit the coast", "!"]
    labels = cluster(texts, texts, threshold=threshold).labels
    assert labels[2] != labels[0]
    assert (labels[0] == labels[1]) == (threshold == 0)


@pytest.mark.parametrize("encoder", [False, True])
def test_all_cosines_at_once_and_pair_by_pair_give_one_result(
    story: Story, encoder: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    vectors = story.vectors if encoder else None
    at_once = cluster(story.texts, story.owners, vectors)
    assert at_once.by_words is not None
    monkeypatch.setattr("summarizer.vectors.MAX_ALL_PAIRS", 10)
    by_pairs = cluster(story.texts, story.owners, vectors)
    assert by_pairs.by_words is None
    assert at_once.labels.tolist() == by_pairs.labels.tolist()
    assert at_once.topics.tolist() == by_pairs.topics.tolist()
    for index in range(len(story.texts)):
        assert supporters(at_once, index) == supporters(by_pairs, index)


# --- articles of other days


STATEMENT = "Two car bombs killed 15 people in the centre of Perth on Monday."
NEXT_EVENT = "A car bomb killed people in front of a police station in the north of Perth, officers said."
SAME_FIGURE = "The two car bombs that killed 15 people in Perth were made in a garage."
SAME_WORDS = "Two car bombs killed 15 people in the centre of Perth on a Monday."


@pytest.mark.parametrize(
    ("supporter", "published", "supports"),
    [
        (NEXT_EVENT, "2026-03-02", True),
        (NEXT_EVENT, "2026-03-03T06:00:00Z", True),
        (NEXT_EVENT, "2026-03-04", False),
        (NEXT_EVENT, "2025-03-02", False),
        (NEXT_EVENT, None, True),
        (NEXT_EVENT, "2026", True),
        (SAME_FIGURE, "2026-03-30", True),
        (SAME_WORDS, "2027-03-30", True),
    ],
)
def test_more_is_asked_of_support_in_articles_of_other_days(
    supporter: str, published: str | None, supports: bool
) -> None:
    other = ["The council met to talk about the budget of the schools.", "Rain fell on the hills for a week."]
    story = material([STATEMENT], [supporter], other, dates=["2026-03-02", published, None])
    assert 1 in dict(story.supporters(0))  # what is chosen stays as it is
    assert (1 in dict(story.evidence(0))) is supports


def test_a_statement_counts_no_origin_of_another_event() -> None:
    articles = [
        Document(STATEMENT, id="first", published="2026-03-02"),
        Document(NEXT_EVENT, id="next", published="2026-05-09"),
    ]
    apart = summarize(articles, embedder="tfidf")
    together = summarize([replace(article, published="2026-03-02") for article in articles], embedder="tfidf")
    assert max(statement.origins for statement in apart.statements) == 1
    assert max(statement.origins for statement in together.statements) == 2
