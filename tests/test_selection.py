"""Every strategy by itself: both ends of its range, the budget, and what the paper says it does."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from summarizer import summarize
from summarizer.concepts import Concepts
from summarizer.datatypes import Budget
from summarizer.errors import ConfigError
from summarizer.salience import LENGTH_POWER, Candidates, blend
from summarizer.selection import centroid, coverage, facility_location, lead, lexrank, mmr
from summarizer.selection.budget import ENOUGH, Knapsack, fill, make_knapsack, measure
from summarizer.selection.coverage import _MOST_ORIGINS, _SAID_SHARE
from summarizer.selection.coverage import _Said as Said
from summarizer.selection.lexrank import centrality
from summarizer.selection.redundancy import Redundancy
from summarizer.terms import count_words, index_terms
from summarizer.vectors import tfidf

# Three on one subject (0, 1, 2), two on another (3, 4), one alone (5).
SIMILARITY = np.array(
    [
        [1.0, 0.9, 0.8, 0.0, 0.0, 0.1],
        [0.9, 1.0, 0.7, 0.0, 0.0, 0.0],
        [0.8, 0.7, 1.0, 0.0, 0.0, 0.0],
        [0.0, 0.0, 0.0, 1.0, 0.6, 0.0],
        [0.0, 0.0, 0.0, 0.6, 1.0, 0.0],
        [0.1, 0.0, 0.0, 0.0, 0.0, 1.0],
    ],
    dtype=np.float32,
)
SALIENCE = np.array([6.0, 5.0, 4.0, 3.0, 2.0, 1.0])
WORDS = np.full(6, 10)
THREE = Knapsack(WORDS, 30)


def candidates(
    *held: list[int],
    weights: Sequence[float] = (),
    expected: Sequence[float] = (),
    merit: Sequence[float] = (),
    words: Sequence[int] = (),
    standing: Sequence[float] = (),
    brevity: Sequence[float] = (),
    affinity: Sequence[float] = (),
    relevance: Sequence[float] = (),
    origins: Sequence[int] = (),
    accounts: float = 0.0,
) -> Candidates:
    """Sentences as lists of concepts, numbers ascending; of what is given in lists, what is left out is 1 for all."""
    n, m = len(held), 1 + max((concept for row in held for concept in row), default=0)

    def ones(values: Sequence[float], size: int) -> NDArray[np.float64]:
        return np.array(values, dtype=np.float64) if len(values) else np.ones(size)

    indptr = np.cumsum([0, *map(len, held)])
    indices = np.array([concept for row in held for concept in row], dtype=np.int64)
    weighed = ones(weights, m)
    nothing = np.zeros(len(weighed), dtype=np.int64)
    held_by = ones(origins, len(weighed)).astype(np.int64)
    concepts = Concepts(indptr, indices, weighed, nothing.astype(np.int8), held_by, nothing + 1, nothing, nothing)
    length, worth = ones(words, n), ones(expected, len(weighed))
    told = np.bincount(concepts.owners, weights=worth[indices], minlength=n) / length**LENGTH_POWER
    shared = np.bincount(concepts.owners, weights=weighed[indices], minlength=n) / np.sqrt(length)
    of_each = [ones(values, n) for values in (merit, standing, brevity, affinity, relevance)]
    every = np.ones(n, dtype=np.bool_)
    return Candidates(
        eligible=every,
        spare=~every,
        salience=np.round(blend(of_each[0] * told, shared, accounts) * np.prod(of_each[1:], axis=0), 9),
        merit=of_each[0],
        expected=worth,
        standing=of_each[1],
        brevity=of_each[2],
        affinity=of_each[3],
        relevance=of_each[4],
        words=length.astype(np.int64),
        concepts=concepts,
        accounts=accounts,
        parts=(("any sentence",), of_each[0][:, None]),
    )


def apart(n: int) -> NDArray[np.bool_]:
    """No sentence stands behind another."""
    return np.zeros(n, dtype=np.bool_)


def row(n: int) -> NDArray[np.bool_]:
    """All sentences stand in one article, in their order."""
    return np.arange(n) > 0


def test_mmr_at_diversity_0_takes_the_most_salient() -> None:
    assert mmr(SIMILARITY, SALIENCE, THREE, diversity=0) == [0, 1, 2]


def test_mmr_at_diversity_1_takes_one_of_each_subject() -> None:
    assert mmr(SIMILARITY, SALIENCE, THREE, diversity=1) == [0, 3, 5]


def test_facility_location_at_diversity_0_takes_the_most_salient() -> None:
    assert facility_location(SIMILARITY, SALIENCE, WORDS, THREE, diversity=0) == [0, 1, 2]


def test_facility_location_at_diversity_1_represents_every_subject() -> None:
    assert facility_location(SIMILARITY, SALIENCE, WORDS, THREE, diversity=1) == [0, 3, 5]


@pytest.mark.parametrize("diversity", [-0.01, 1.01, float("nan")])
def test_diversity_outside_its_range_is_refused(diversity: float) -> None:
    with pytest.raises(ConfigError, match=r"diversity must be in \[0, 1\]"):
        mmr(SIMILARITY, SALIENCE, THREE, diversity=diversity)
    with pytest.raises(ConfigError, match=r"diversity must be in \[0, 1\]"):
        facility_location(SIMILARITY, SALIENCE, WORDS, THREE, diversity=diversity)


def test_centrality_at_damping_0_is_uniform_and_at_1_is_the_graph_alone() -> None:
    assert centrality(SIMILARITY, damping=0) == pytest.approx(np.full(6, 1 / 6))
    graph = centrality(SIMILARITY, damping=1)
    assert graph.sum() == pytest.approx(1)
    # A walk on an undirected graph stays longest where edges weigh most, within each connected part.
    assert graph[0] == max(graph[:3])
    with pytest.raises(ConfigError, match="damping"):
        centrality(SIMILARITY, damping=1.5)


def test_lexrank_prefers_the_centre_and_obeys_the_redundancy_rule() -> None:
    assert lexrank(SIMILARITY, Knapsack(WORDS, 10)) == [0]
    apart = lexrank(SIMILARITY, THREE, allowed=lambda i, chosen: all(SIMILARITY[i, j] < 0.5 for j in chosen))
    assert apart[0] == 0
    assert set(apart) == {0, 3, 5} or set(apart) == {0, 4, 5}


def sentences(n: int, limit: int | None = None) -> Knapsack:
    return Knapsack(np.ones(n, dtype=np.int64), n if limit is None else limit)


def test_coverage_counts_each_concept_once() -> None:
    held = candidates([0, 1], [0, 1], [2])
    assert coverage(held, sentences(3), apart(3)) == [0, 2]


def test_coverage_takes_what_a_summary_is_expected_to_hold() -> None:
    held = candidates([0], [1], [2], expected=[0.1, 0.3, 0.2])
    assert coverage(held, sentences(3), apart(3)) == [1, 2, 0]


def test_coverage_takes_the_sentence_of_more_merit() -> None:
    held = candidates([0], [1], merit=[1.0, 1.5])
    assert coverage(held, sentences(2, 1), apart(2)) == [1]


def test_coverage_multiplies_gains_by_the_factors() -> None:
    for factor in ("standing", "brevity", "affinity", "relevance"):
        held = candidates([0], [1], merit=[1.0, 1.5], **{factor: [1.0, 0.05]})  # type: ignore[arg-type]
        assert coverage(held, sentences(2, 1), apart(2)) == [0], factor


def test_coverage_divides_by_a_power_of_the_length() -> None:
    # Two concepts in 5 words gain 2 / 5 ** 0.7 = 0.65, in 6 words 0.57; one in 2 words 1 / 2 ** 0.7 = 0.62.
    assert coverage(candidates([0, 1], [2], words=[5, 2]), sentences(2, 1), apart(2)) == [0]
    assert coverage(candidates([0, 1], [2], words=[6, 2]), sentences(2, 1), apart(2)) == [1]


def test_coverage_passes_over_support_that_was_told() -> None:
    # Once concept 0 is told, 0.3 is left of the second, but all its support is told: half of it counts.
    def chosen(other: float) -> list[int]:
        expected = [0.5, 0.5, 0.3, other]
        return coverage(
            candidates([0, 1], [0, 2], [3], weights=[9, 0, 0, 4], expected=expected), sentences(3), apart(3)
        )

    assert _SAID_SHARE == 0.5
    assert chosen(0.14) == [0, 1, 2]
    assert chosen(0.16) == [0, 2, 1]


def test_of_a_handful_of_accounts_the_shared_weight_over_the_root_of_the_length_decides() -> None:
    # 4 / sqrt(4) against 3 / sqrt(words): 1.5 in 4 words, 2.1 in 2. What was learned says the opposite each time.
    for words, merit, learned in (([4, 4], [0.1, 1.0], [1]), ([4, 2], [1.0, 0.1], [0])):
        rows, given_ = ([0], [1]), {"weights": [4, 3], "words": words, "merit": merit, "expected": merit}
        assert coverage(candidates(*rows, **given_), sentences(2, 1), apart(2)) == learned  # type: ignore[arg-type]
        held = candidates(*rows, **given_, accounts=1.0)  # type: ignore[arg-type]
        assert coverage(held, sentences(2, 1), apart(2)) == [1 - learned[0]]
    # By the root: 2.5 in 2 words gain less than 4 in 4, though more a word.
    held = candidates([0], [0, 1], [2], weights=[9, 2.5, 4], words=[1, 2, 4], accounts=1.0)
    assert coverage(held, sentences(3), apart(3)) == [0, 2, 1]
    # What was said already counts no more, and what nobody shares adds nothing.
    held = candidates([0, 1], [0, 2], [3], [4], weights=[9, 3, 1, 2, 0], accounts=1.0)
    assert coverage(held, sentences(4), apart(4)) == [0, 2, 1]


def test_between_few_and_a_handful_of_accounts_both_count() -> None:
    # The root of 1 * 4 against that of 3 * 1, and of 1 * 4 against that of 5 * 1.
    for worth, first in ((3.0, 0), (5.0, 1)):
        held = candidates([0], [1], weights=[4, 1], expected=[1.0, worth], accounts=0.5)
        assert coverage(held, sentences(2, 1), apart(2)) == [first]


def test_support_counts_up_to_a_few_origins() -> None:
    # Once the first is told, half the support of each of the others is, if the 50 origins of concept 0 count as 5.
    origins = [50, 5, 5, 5]
    assert _MOST_ORIGINS == 5
    for expected, order in (([1, 0.4, 1, 0.3], [0, 1, 2]), ([1, 0.3, 1, 0.4], [0, 2, 1])):
        held = candidates([0, 2], [0, 1], [2, 3], weights=[n**2 for n in origins], origins=origins, expected=expected)
        assert coverage(held, sentences(3), apart(3)) == order
    # Up to five they count by their number: of [0, 1] a fifth is told, of [2, 3] four.
    origins = [1, 4, 4, 1]
    held = candidates(
        [0, 2], [0, 1], [2, 3], weights=[n**2 for n in origins], origins=origins, expected=[1, 0.3, 1, 0.4]
    )
    assert coverage(held, sentences(3), apart(3)) == [0, 1, 2]


def leaning(*expected: float) -> Candidates:
    """Three sentences; the second points at the one before it."""
    return candidates([0], [1], [2], expected=expected, standing=[1.0, 0.25, 1.0])


def test_a_dangling_sentence_comes_with_the_one_before_it() -> None:
    assert coverage(leaning(0.5, 0.9, 0.4), sentences(3), row(3)) == [0, 1, 2]
    # Together they gain the mean of both: 0.5 against 0.4, and 0.3 against 0.4.
    assert coverage(leaning(0.1, 0.9, 0.4), sentences(3), row(3)) == [0, 1, 2]
    assert coverage(leaning(0.1, 0.5, 0.4), sentences(3), row(3)) == [2, 0, 1]


def test_a_dangling_sentence_comes_alone_only_when_nothing_is_better() -> None:
    # The one before it stands in another article, or there is no room for both.
    assert coverage(leaning(0.5, 0.9, 0.4), sentences(3), apart(3)) == [0, 2, 1]
    assert coverage(leaning(0.1, 0.9, 0.4), sentences(3, 1), row(3)) == [2]
    assert coverage(leaning(0.1, 0.9, 0.2), sentences(3, 1), row(3)) == [1]
    assert coverage(leaning(0.1, 0.9, 0.4), Knapsack(np.array([9, 1, 1]), 2), row(3)) == [2, 1]


def test_a_sentence_may_be_bound_to_the_one_before_it() -> None:
    bound = np.array([False, True, False])
    assert coverage(leaning(0.5, 0.9, 0.4), sentences(3), apart(3), behind=bound) == [0, 2]
    assert coverage(leaning(0.1, 0.9, 0.4), sentences(3), row(3), behind=bound) == [0, 1, 2]
    assert coverage(leaning(0.1, 0.9, 0.2), sentences(3, 1), row(3), behind=bound) == [2]
    # No run opens with one either, unless it is behind its own.
    bound = np.array([False, True, True])
    assert coverage(chained(0.3, 0.4, 0.8), sentences(3, 2), row(3), behind=bound) == [0, 1]
    assert coverage(chained(0.3, 0.4, 0.8), sentences(3), row(3), behind=bound) == [0, 1, 2]


@pytest.mark.parametrize("max_words", [20, 30, 75])
def test_a_short_summary_ends_below_its_budget_rather_than_with_what_hangs_in_the_air(max_words: int) -> None:
    accounts = [
        "Dust from a comet was found in Antarctic ice that is 195,000 years old, scientists said. "
        "The study of the dust was paid for by two polar institutes of Japan and of Switzerland and by a small fund "
        "of the University of Sapporo in the north. It cost 4.1 million francs.",
        "In Antarctic ice scientists found dust from a comet, 195,000 years old. “It was a hard job,” she said.",
        "Scientists say that they have found comet dust, 195,000 years old, in the ice of Antarctica.",
    ]
    told = [one.text for one in summarize(accounts, max_words=max_words, embedder="tfidf").statements]
    assert told
    assert "“It was a hard job,” she said." not in told or any("In Antarctic ice" in text for text in told)
    for before, text in zip(["", *told], told, strict=False):
        assert not text.startswith("It cost") or before.startswith("The study")


def test_where_every_sentence_points_at_another_one_is_told_all_the_same() -> None:
    accounts = ["He won the vote in Oslo on Sunday. She lost it.", "He won the Oslo vote on Sunday, it said."]
    assert summarize(accounts, max_words=12, embedder="tfidf").statements


def test_a_run_is_allowed_only_if_both_are() -> None:
    for kept in ({1, 2}, {0, 2}):
        chosen = coverage(leaning(0.5, 0.9, 0.4), sentences(3), row(3), allowed=lambda i, _, kept=kept: i in kept)  # type: ignore[misc]
        assert set(chosen) == kept
    apart_from_each_other = coverage(
        leaning(0.5, 0.9, 0.4), sentences(3), row(3), allowed=lambda index, chosen: not (index == 1 and 0 in chosen)
    )
    assert apart_from_each_other == [0, 2]


def chained(*expected: float) -> Candidates:
    """Three sentences of one article; the last two point at the one before them."""
    return candidates([0], [1], [2], expected=expected, standing=[1.0, 0.25, 0.25])


def test_a_run_opens_with_a_dangling_sentence_only_at_its_price() -> None:
    # Alone the third gains 0.25 * 0.8; with the second (0.25 * 0.4 + 0.8) / 2; the first two (0.3 + 0.4) / 2.
    assert coverage(chained(0.3, 0.4, 0.8), sentences(3, 2), row(3)) == [1, 2]
    assert coverage(chained(0.6, 0.4, 0.8), sentences(3, 2), row(3)) == [0, 1]
    assert coverage(chained(0.6, 0.4, 0.8), sentences(3), row(3)) == [0, 1, 2]


def test_of_a_handful_of_accounts_runs_are_not_favoured() -> None:
    def chosen(accounts: float) -> list[int]:
        held = candidates(
            [0], [1], [2], weights=[5, 9, 4], expected=[5, 9, 4], standing=[1.0, 0.25, 1.0], accounts=accounts
        )
        return coverage(held, sentences(3), row(3))

    # The second gains 9 with the first or behind it, or a quarter of that, less than the third.
    assert chosen(0.0) == [0, 1, 2]
    assert chosen(1.0) == [0, 2, 1]
    # In between it gains 9 * 0.25 ** accounts: 4.5 and 3.9 behind the first.
    assert chosen(0.5) == [0, 1, 2]
    assert chosen(0.6) == [0, 2, 1]


def test_a_run_rises_once_the_sentence_before_it_is_told() -> None:
    # With the first told, the run of the last two gains (0.1 + 0.9) / 2: more than 0.4.
    held = candidates([0], [1], [2], [3], expected=[0.6, 0.1, 0.9, 0.4], standing=[1.0, 0.25, 0.25, 1.0])
    follows = np.array([False, True, True, False])
    assert coverage(held, sentences(4, 3), follows) == [0, 1, 2]
    # Before that it gained (0.025 + 0.9) / 2: less than 0.48.
    held = candidates([0], [1], [2], [3], expected=[0.6, 0.1, 0.9, 0.48], standing=[1.0, 0.25, 0.25, 1.0])
    assert coverage(held, sentences(4, 3), follows) == [0, 1, 2]


def test_a_run_is_of_one_article() -> None:
    # The second opens its article: nothing stands before it, whoever is listed there.
    held = leaning(0.5, 0.9, 0.4)
    assert coverage(held, sentences(3), np.array([False, False, True])) == [0, 2, 1]
    # The first of all sentences has none before it either.
    first = candidates([0], [1], expected=[0.9, 0.5], standing=[0.25, 1.0])
    assert coverage(first, sentences(2), row(2)) == [1, 0]


def test_the_second_of_a_run_gains_what_the_first_leaves() -> None:
    # Both tell concept 0, so together they gain (0.8 + 0) / 2 and the third comes before them; the second never does.
    held = candidates([0], [0], [1], expected=[0.8, 0.6], standing=[1.0, 0.25, 1.0])
    assert coverage(held, sentences(3), row(3)) == [0, 2]


def test_a_run_costs_what_both_cost() -> None:
    held = leaning(0.5, 0.9, 0.4)
    assert coverage(held, Knapsack(np.array([6, 5, 4]), 10), row(3)) == [0, 2]
    assert coverage(held, Knapsack(np.array([6, 5, 4]), 11), row(3)) == [0, 1]


def test_what_is_not_allowed_never_comes_back() -> None:
    held = candidates([0], [1], [2], standing=[1.0, 0.25, 1.0])
    assert coverage(held, sentences(3), row(3), allowed=lambda index, chosen: index != 1) == [0, 2]


def test_what_adds_nothing_is_not_chosen() -> None:
    assert coverage(candidates([0], [], [0]), sentences(3), apart(3)) == [0]


def test_a_gap_is_better_than_a_filler() -> None:
    held = candidates([0], [1], expected=[1.0, 0.05])
    assert coverage(held, Knapsack(np.array([17, 3]), 20), apart(2), least_gain=0.1) == [0]  # 85 % are used
    assert coverage(held, Knapsack(np.array([16, 3]), 20), apart(2), least_gain=0.1) == [0, 1]
    assert coverage(held, Knapsack(np.array([17, 3]), 20), apart(2), least_gain=0.05) == [0, 1]
    assert coverage(held, Knapsack(np.array([17, 3]), 20), apart(2)) == [0, 1]


@settings(deadline=None, max_examples=150)
@given(st.integers(1, 10**6), st.sampled_from([0.0, 0.3]))
def test_lazy_coverage_is_plain_greedy(seed: int, least_gain: float) -> None:
    rng = np.random.default_rng(seed)
    n, m = int(rng.integers(1, 12)), 15
    rows = [sorted(rng.choice(m, size=int(rng.integers(0, 6)), replace=False).tolist()) for _ in range(n)]
    words, limit = rng.integers(1, 20, n), int(rng.integers(1, 60))
    follows = row(n) & (rng.random(n) < 0.7)
    given_ = candidates(
        *rows,
        weights=rng.integers(0, 9, m).astype(float).tolist(),
        expected=(rng.integers(0, 9, m) / 8).tolist(),
        merit=(rng.integers(1, 9, n) / 8).tolist(),
        words=words.tolist(),
        standing=rng.choice([1.0, 1.0, 0.25], n).tolist(),
        brevity=rng.choice([1.0, 0.5], n).tolist(),
        affinity=rng.choice([1.0, 0.5], n).tolist(),
        relevance=rng.choice([1.0, 0.05], n).tolist(),
        origins=rng.integers(1, 9, m).tolist(),
        accounts=float(rng.choice([0.0, 0.25, 0.5, 1.0])),
    )
    runs = [(i,) for i in range(n)] + [(i - 1, i) for i in range(1, n) if follows[i] and given_.standing[i] < 1]
    scale, factors = given_.merit / words**LENGTH_POWER, given_.brevity * given_.affinity * given_.relevance
    origins = given_.concepts.origins
    support = given_.concepts.weights * np.minimum(origins, _MOST_ORIGINS) / origins**2
    supported = [float(support[held].sum()) for held in rows]
    chosen: list[int] = []

    def gain(run: tuple[int, ...]) -> float:
        total, said = 0.0, list(chosen)
        for i in run:
            covered = {c for other in said for c in rows[other]}
            new = [c for c in rows[i] if c not in covered]
            share = float(support[new].sum() / max(supported[i], 1e-9))
            stands = given_.standing[i] ** (given_.accounts if follows[i] and i - 1 in said else 1)
            told = float(given_.expected[new].sum() * scale[i]) * ((1 - _SAID_SHARE) + _SAID_SHARE * share)
            shared = float(given_.concepts.weights[new].sum() / np.sqrt(words[i]))
            total += float(blend(told, shared, given_.accounts) * factors[i]) * stands
            said.append(i)
        return round(total / len(run), 9)

    used, bar = 0, 0.0
    while True:
        gains = {
            run: gain(run)
            for run in runs
            if not set(run) & set(chosen) and used + sum(int(words[i]) for i in run) <= limit
        }
        best = max(sorted(gains), key=lambda run: gains[run], default=None)
        if best is None or gains[best] <= 0 or (gains[best] < bar and used >= ENOUGH * limit):
            break
        bar = bar or least_gain * gains[best]
        chosen += best
        used += sum(int(words[i]) for i in best)
    assert coverage(given_, Knapsack(words, limit), follows, least_gain=least_gain) == chosen


TEXTS = [
    "Ministers signed the trade agreement in Vienna.",
    "The trade agreement was signed by ministers in Vienna on Friday.",
    "Farmers protested against the trade agreement.",
    "The weather was fine.",
]


def test_centroid_starts_at_the_centre_and_ends_with_everything() -> None:
    lexical = tfidf(index_terms(TEXTS))
    one = centroid(lexical, np.ones(4), Knapsack(np.ones(4, dtype=np.int64), 1))
    assert one == [0]  # every word of it is shared, and none is wasted
    assert sorted(centroid(lexical, np.ones(4), Knapsack(np.ones(4, dtype=np.int64), 4))) == [0, 1, 2, 3]


def test_lead_takes_documents_in_turn() -> None:
    positions, documents = np.array([0, 1, 2, 0, 1]), np.array([0, 0, 0, 1, 1])
    costs = Knapsack(np.ones(5, dtype=np.int64), 3)
    assert lead(positions, documents, costs) == [0, 3, 1]
    assert lead(positions, documents, Knapsack(np.ones(5, dtype=np.int64), 5)) == [0, 3, 1, 4, 2]


def test_lead_passes_over_what_does_not_fit() -> None:
    assert lead(np.array([0, 1]), np.array([0, 0]), Knapsack(np.array([9, 3]), 5)) == [1]


@pytest.mark.parametrize(
    ("unit", "expected"), [("words", 4), ("sentences", 2), ("characters", len("One two.\nThree four.")), ("tokens", 19)]
)
def test_measure_counts_what_is_printed(unit: str, expected: int) -> None:
    assert measure(["One two.", "Three four."], Budget(unit, 99), lambda text: len(text) - 1) == expected  # type: ignore[arg-type]


def test_a_knapsack_of_characters_agrees_with_the_measure() -> None:
    texts = ["One two.", "Three four.", "Five."]
    for limit in range(5, 40):
        budget = Budget("characters", limit)
        knapsack = make_knapsack(texts, np.array([count_words(text) for text in texts]), budget, len)
        for chosen in ([0], [0, 1], [0, 1, 2], [2], [1, 2]):
            fits = knapsack.used(chosen) <= knapsack.limit
            assert fits == (measure([texts[i] for i in chosen], budget, len) <= limit)


def rules(labels: list[int], topics: list[int], own: list[bool], supporters: dict[int, list[int]]) -> Redundancy:
    terms = index_terms([f"noun{letter} verb{letter}" for letter in "abcdefghijklmnopqrst"[: len(labels)]])
    return Redundancy(np.array(labels), terms, np.array(topics), np.array(own), lambda index: supporters.get(index, []))


def free(n: int) -> Redundancy:
    return rules(list(range(n)), list(range(n)), [False] * n, {})


def test_fill_adds_the_best_that_fits() -> None:
    assert fill([0], [2, 1, 0], np.ones(3), Knapsack(np.array([10, 4, 5]), 20), free(3)) == [0, 2, 1]


def test_fill_exchanges_when_much_is_unused() -> None:
    # 6 of 20 used and nothing else fits beside it: one sentence of 18 uses 90 %.
    assert fill([0], [0, 1], np.ones(2), Knapsack(np.array([6, 18]), 20), free(2)) == [1]


def test_fill_exchanges_only_for_what_matters_nearly_as_much() -> None:
    costs = np.array([6, 18])
    assert fill([0], [0, 1], np.array([10.0, 3.0]), Knapsack(costs, 20), free(2)) == [1]
    assert fill([0], [0, 1], np.array([10.0, 2.9]), Knapsack(costs, 20), free(2)) == [0]
    # The bar is that of the sentence given up: the last one is worth little, the first one is kept.
    salience, costs = np.array([10.0, 5.0, 2.0]), np.array([6, 2, 13])
    assert fill([0, 1], [0, 1, 2], salience, Knapsack(costs, 20), free(3)) == [0, 2]
    # What is worth it comes before what is preferred and is not; what does not fit never comes.
    salience, costs = np.array([10.0, 2.0, 4.0, 9.0]), np.array([6, 18, 17, 21])
    assert fill([0], [3, 1, 2, 0], salience, Knapsack(costs, 20), free(4)) == [2]


def test_fill_leaves_a_small_gap_to_what_matters_little() -> None:
    salience, costs = np.array([10.0, 1.0, 4.0]), np.array([18, 2, 2])
    assert fill([0], [0, 1], salience, Knapsack(costs, 20), free(3)) == [0]
    assert fill([0], [0, 2, 1], salience, Knapsack(costs, 20), free(3)) == [0, 2]
    assert fill([0], [0, 1], salience, Knapsack(costs, 24), free(3)) == [0, 1]  # three quarters are not enough


def test_fill_never_repeats_what_a_chosen_sentence_states() -> None:
    states = rules([0, 1], [0, 1], [False, False], {0: [1]})
    assert fill([0], [0, 1], np.ones(2), Knapsack(np.array([5, 5]), 20), states) == [0]


def test_fill_never_repeats_a_fact() -> None:
    same = rules([0, 0], [0, 0], [True, True], {})
    assert fill([0], [0, 1], np.ones(2), Knapsack(np.array([5, 5]), 20), same) == [0]


def test_a_topic_is_told_once_unless_there_is_another_figure() -> None:
    one_topic = rules([0, 1, 2], [0, 0, 0], [False, False, True], {})
    assert not one_topic.allows(1, [0])
    assert one_topic.allows(2, [0])
    assert one_topic.allows_wording(1, [0])


def test_repeated_wording_is_not_allowed() -> None:
    terms = index_terms(["ministers signed the treaty", "ministers signed the treaty today", "farmers protested"])
    words = Redundancy(np.arange(3), terms, np.arange(3), np.zeros(3, dtype=np.bool_))
    assert not words.allows(1, [0])
    assert not words.allows_wording(1, [0])
    assert words.allows(2, [0, 1])


@settings(deadline=None, max_examples=100)
@given(st.lists(st.integers(1, 40), min_size=1, max_size=15), st.integers(1, 100), st.integers(0, 10**6))
def test_no_strategy_passes_its_budget(costs: list[int], limit: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = len(costs)
    rows = rng.random((n, 5)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    similarity, salience = rows @ rows.T, rng.random(n)
    budget = Knapsack(np.array(costs), limit)
    lexical = tfidf(index_terms([f"a{i} b{i % 3} c{i % 2}" for i in range(n)]))
    held = candidates(*[[i, n + i % 3] for i in range(n)])
    results = [
        mmr(similarity, salience, budget),
        facility_location(similarity, salience, budget.costs, budget),
        lexrank(similarity, budget),
        coverage(held, budget, row(n)),
        centroid(lexical, np.ones(n), budget),
        lead(np.arange(n), np.zeros(n, dtype=np.int64), budget),
    ]
    for chosen in results:
        assert budget.used(chosen) <= limit
        assert len(set(chosen)) == len(chosen)
        assert bool(chosen) == (min(costs) <= limit)
        assert budget.used(fill(chosen, list(range(n)), salience, budget, free(n))) <= limit


@settings(deadline=None, max_examples=50)
@given(st.lists(st.lists(st.integers(0, 7), unique=True, max_size=6), min_size=2, max_size=6))
def test_redundancy_remembers_nothing_that_was_given_up(asked: list[list[int]]) -> None:
    labels, topics, own = [0, 0, 1, 2, 3, 4, 5, 6], [0, 0, 1, 1, 2, 2, 3, 4], [False] * 4 + [True] * 4
    kept = rules(labels, topics, own, {6: [7], 0: [5]})
    for chosen in asked:
        fresh = rules(labels, topics, own, {6: [7], 0: [5]})
        for index in range(8):
            assert kept.allows(index, chosen) == fresh.allows(index, chosen)
            assert kept.allows_wording(index, chosen) == fresh.allows_wording(index, chosen)


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10**6), st.sampled_from([0.0, 0.3, 1.0]))
def test_lazy_facility_location_is_the_plain_one(seed: int, diversity: float) -> None:
    rng = np.random.default_rng(seed)
    rows = np.abs(rng.normal(size=(12, 4))).astype(np.float32)
    similarity = np.round(rows @ rows.T / np.outer(*[np.linalg.norm(rows, axis=1)] * 2), 6).astype(np.float32)
    salience, words = rng.random(12), rng.integers(3, 9, 12)
    chosen: list[int] = []
    represented, largest = np.zeros(12, dtype=np.float32), 0.0
    for _ in range(5):
        gains = np.maximum(similarity - represented, 0).sum(axis=1).astype(np.float64) / words**LENGTH_POWER
        largest = largest or float(gains.max())
        value = np.round((1 - diversity) * salience / salience.max() + diversity * gains / largest, 6)
        value[chosen] = -np.inf
        chosen.append(int(np.argmax(value)))
        represented = np.maximum(represented, similarity[chosen[-1]])
    budget = Knapsack(np.ones(12, dtype=np.int64), 5)
    assert facility_location(similarity, salience, words, budget, diversity=diversity) == chosen


@given(st.integers(0, 10_000), st.sampled_from([0.0, 0.4, 1.0]))
@settings(deadline=None, max_examples=40)
def test_gains_are_those_of_the_concepts_not_said_yet(seed: int, accounts: float) -> None:
    rng = np.random.default_rng(seed)
    n, m = 6, 9
    rows = [sorted(rng.choice(m, rng.integers(1, 6), replace=False).tolist()) for _ in range(n)]
    expected, weights = np.round(rng.random(m), 6), rng.integers(0, 4, m) ** 2.0
    words = rng.integers(1, 9, n)
    held = candidates(
        *[*rows[:-1], [*rows[-1], m]],
        expected=[*expected, 0.0],
        weights=[*weights, 0.0],
        words=words.tolist(),
        accounts=accounts,
    )
    state, said = Said(held, apart(n)), set[int]()
    for index in rng.permutation(n).tolist():
        for other in range(n):
            new = [concept for concept in rows[other] if concept not in said]
            support = sum(weights[c] for c in rows[other])
            share = sum(weights[c] for c in new) / max(support, 1e-9)
            learned = sum(expected[c] for c in new) / words[other] ** LENGTH_POWER * (0.5 + 0.5 * share)
            shared = sum(weights[c] for c in new) / words[other] ** 0.5
            assert state.gain([other]) == pytest.approx(learned ** (1 - accounts) * shared**accounts, abs=1e-8)
        state.say([index])
        said.update(rows[index])
    assert [state.gain([index]) for index in range(n)] == [0.0] * n
