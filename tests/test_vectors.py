from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.terms import index_terms
from summarizer.vectors import (
    MAX_ALL_PAIRS,
    Pairs,
    SparseRows,
    all_cosines,
    cosines,
    distinct,
    similar_dense,
    similar_sparse,
    sort_with_places,
    tfidf,
)

WORDS = "talks tariff truce london export chip ship steel vote court storm river bank rate price the of and".split()


def random_texts(n: int, *, seed: int = 0, words: int = 9, vocabulary: int = 300) -> list[str]:
    rng = np.random.default_rng(seed)
    names = ["".join(chr(97 + (i // 26**k) % 26) for k in range(3)) + "x" for i in range(vocabulary)]
    chances = 1 / np.arange(1, vocabulary + 1)
    return [" ".join(rng.choice(names, size=words, p=chances / chances.sum())) for _ in range(n)]


def brute_force(rows: SparseRows, threshold: float) -> dict[tuple[int, int], float]:
    dense = rows.dense().astype(np.float64)
    scores = np.round(dense @ dense.T, 6)
    return {
        (i, j): scores[i, j] for i in range(len(rows)) for j in range(i + 1, len(rows)) if scores[i, j] >= threshold
    }


def as_dict(pairs: Pairs) -> dict[tuple[int, int], float]:
    return dict(
        zip(zip(pairs.left.tolist(), pairs.right.tolist(), strict=True), pairs.similarity.tolist(), strict=True)
    )


def test_tfidf_rows_are_unit_and_weigh_rare_words_more() -> None:
    terms = index_terms(["tariff talks", "tariff vote", "tariff storm"])
    rows = tfidf(terms)
    assert np.linalg.norm(rows.dense(), axis=1) == pytest.approx(1)
    first = rows.dense()[0]
    assert first[terms.vocabulary.index("talk")] > first[terms.vocabulary.index("tariff")] > 0


def test_tfidf_leaves_function_words_out_unless_asked() -> None:
    terms = index_terms(["the vote of the court", "the storm"])
    assert len(tfidf(terms).indices) == 3
    assert len(tfidf(terms, content_only=False).indices) == 6


def test_tfidf_counts_what_it_is_told_to() -> None:
    texts = ["tariff talks", "vote storm", "tariff vote"]
    alone = tfidf(index_terms(texts)).dense()
    copied = tfidf(index_terms([*texts, texts[0], texts[0]]), counted=np.array([True] * 3 + [False] * 2)).dense()
    assert (copied[:3] == alone).all()
    assert (copied[3:] == alone[0]).all()


def test_tfidf_of_nothing() -> None:
    assert len(tfidf(index_terms([]))) == 0
    assert tfidf(index_terms(["", "!"])).dense().sum() == 0


@pytest.mark.parametrize("threshold", [0.1, 0.3, 0.7])
def test_similar_sparse_is_complete_up_to_400_rows(threshold: float) -> None:
    rows = tfidf(index_terms(random_texts(390)))
    expected = brute_force(rows, threshold)
    found = as_dict(similar_sparse(rows, threshold))
    assert found.keys() == expected.keys()
    assert list(found) == sorted(found)
    assert np.array(list(found.values())) == pytest.approx([expected[key] for key in found], abs=2e-6)


def test_similar_sparse_misses_little_where_common_columns_do_not_propose() -> None:
    rows = tfidf(index_terms(random_texts(1500, vocabulary=3000)), content_only=False)
    expected = brute_force(rows, 0.35)
    found = as_dict(similar_sparse(rows, 0.35, max_postings=60))
    assert found.keys() <= expected.keys()
    assert len(found) >= 0.8 * len(expected)


@pytest.mark.parametrize("postings", [None, 60])
def test_sums_of_a_table_are_those_of_sorting(monkeypatch: pytest.MonkeyPatch, postings: int | None) -> None:
    rows = tfidf(index_terms(random_texts(900, vocabulary=2000)), content_only=False)
    monkeypatch.setattr("summarizer.vectors._TABLE_CELLS", 5_000)
    tabled = as_dict(similar_sparse(rows, 0.15, max_postings=postings))
    monkeypatch.setattr("summarizer.vectors._MOST_TABLED", 0)
    assert as_dict(similar_sparse(rows, 0.15, max_postings=postings)) == tabled
    assert len(tabled) > 1000


def test_rows_of_common_words_alone_are_found() -> None:
    texts = [f"vote court {word}" for word in random_texts(700, words=6, vocabulary=3000)]
    rows = tfidf(index_terms([*texts, "vote court", "court vote"]))
    assert (700, 701) in as_dict(similar_sparse(rows, 0.9, max_postings=50))


def test_blocks_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = tfidf(index_terms(random_texts(200, seed=4)))
    whole = similar_sparse(rows, 0.2)
    vectors = rows.dense()
    whole_dense = similar_dense(vectors, 0.2)
    for name in ("_BLOCK_PRODUCTS", "_BLOCK_PAIRS", "_BLOCK_CELLS"):
        monkeypatch.setattr(f"summarizer.vectors.{name}", 50)
    assert as_dict(similar_sparse(rows, 0.2)) == as_dict(whole)
    assert as_dict(similar_dense(vectors, 0.2)) == as_dict(whole_dense)
    assert as_dict(whole) == as_dict(whole_dense)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join), max_size=12))
def test_sparse_and_dense_agree(texts: list[str]) -> None:
    rows = tfidf(index_terms(texts))
    assert as_dict(similar_sparse(rows, 0.25)).keys() == brute_force(rows, 0.25).keys()
    if texts:
        left, right = np.triu_indices(len(texts), 1)
        assert cosines(rows, left, right) == pytest.approx(cosines(rows.dense(), left, right), abs=2e-6)


def test_cosines_of_no_pairs() -> None:
    none = np.zeros(0, dtype=np.int64)
    assert len(cosines(tfidf(index_terms(["a b"])), none, none)) == 0
    assert len(similar_dense(np.zeros((0, 4), dtype=np.float32), 0.5)) == 0
    assert len(similar_sparse(tfidf(index_terms([])), 0.5)) == 0


def test_taken_rows_keep_their_cosines() -> None:
    rows = tfidf(index_terms(random_texts(30)))
    chosen = np.array([20, 3, 11], dtype=np.int64)
    taken = rows.take(chosen)
    left, right = np.array([0, 0, 1]), np.array([1, 2, 2])
    assert cosines(taken, left, right) == pytest.approx(cosines(rows, chosen[left], chosen[right]), abs=2e-6)


@given(st.lists(st.integers(-5, 5), max_size=30))
def test_distinct_is_unique(values: list[int]) -> None:
    assert distinct(np.array(values, dtype=np.int64)).tolist() == sorted(set(values))


def test_columns_hold_what_rows_hold() -> None:
    rows = tfidf(index_terms(random_texts(40)))
    assert np.array_equal(rows.transposed().dense(), rows.dense().T)


def test_cosines_of_pairs_in_any_order_and_of_empty_rows() -> None:
    rows = tfidf(index_terms([*random_texts(30), "", "!"]))
    left, right = np.divmod(np.random.default_rng(0).permutation(32 * 32), 32)
    dense = rows.dense().astype(np.float64)
    assert cosines(rows, left, right) == pytest.approx((dense @ dense.T)[left, right], abs=2e-6)


@pytest.mark.parametrize("block", [1_000_000, 37])
def test_all_cosines_are_the_bits_of_the_cosines_of_pairs(block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summarizer.vectors._BLOCK_PRODUCTS", block)
    rows = tfidf(index_terms([*random_texts(60, seed=5), "", "vote", "vote"]), content_only=False)
    left, right = np.divmod(np.arange(len(rows) ** 2), len(rows))
    table = all_cosines(rows)
    assert table is not None
    expected = cosines(rows, left, right).reshape(len(rows), -1)
    assert np.abs(table - expected).max() <= (0 if block > 1000 else 1e-6)
    assert (table == table.T).all()


def test_all_cosines_of_nothing_and_of_too_many() -> None:
    nothing = all_cosines(tfidf(index_terms([])))
    assert nothing is not None
    assert nothing.shape == (0, 0)
    assert all_cosines(tfidf(index_terms(["vote"] * (MAX_ALL_PAIRS + 1)))) is None


@given(st.lists(st.integers(-(10**9), 10**9), max_size=40) | st.lists(st.integers(-2, 2), max_size=40))
@settings(deadline=None, max_examples=100)
def test_sorting_with_places_is_a_stable_sort(values: list[int]) -> None:
    given_ = np.array(values, dtype=np.int64)
    ascending, places = sort_with_places(given_)
    assert places.tolist() == np.argsort(given_, kind="stable").tolist()
    assert ascending.tolist() == sorted(values)
