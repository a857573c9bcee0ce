"""Where there are very many sentences only some get a vector; what the statements rest on is found all the same."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from summarizer import Summary, compare, summarize
from summarizer.clustering import Clustering, cluster_sentences, default_bars, similarities, supporters
from summarizer.datatypes import Sentence
from summarizer.embedding import MAX_SENTENCES, MiniLMEmbedder, embed
from summarizer.embedding_cache import CachedEmbedder
from summarizer.errors import ConfigError
from summarizer.similarity import Partial
from summarizer.sparing import choose_embedded
from summarizer.terms import index_terms
from summarizer.vectors import Pairs, tfidf

SEEDS = sorted((Path(__file__).resolve().parents[1] / "seeds").glob("*.txt"))


class Asked:
    """The packaged encoder, which remembers what it was asked for."""

    name = MiniLMEmbedder.name
    inner = MiniLMEmbedder(threads=1)

    def __init__(self, max_sentences: int | None) -> None:
        self.max_sentences = max_sentences
        self.asked: list[str] = []

    def encode(self, sentences: Sequence[str], /) -> NDArray[np.float32]:
        self.asked += sentences
        return self.inner.encode(sentences)


def pairs(*rows: tuple[int, int, float]) -> Pairs:
    left, right, similarity = zip(*rows, strict=True)
    return Pairs(np.array(left), np.array(right), np.array(similarity))


def chosen(near: Pairs, place: Sequence[int], origins: Sequence[int], most: int) -> list[int]:
    return np.flatnonzero(choose_embedded(near, np.array(place), np.array(origins), most=most)).tolist()


# Which are chosen


def test_nearest_to_another_origin_first() -> None:
    near = pairs((0, 1, 0.9), (0, 2, 0.4), (1, 3, 0.5), (2, 4, 0.3))
    # 0 and 1 are of one origin: that they are near to each other tells nothing.
    assert chosen(near, range(5), [0, 0, 1, 1, 2], 2) == [1, 3]
    assert chosen(near, range(5), [0, 0, 1, 1, 2], 4) == [0, 1, 2, 3]
    assert chosen(near, range(5), [0, 0, 1, 1, 2], 9) == [0, 1, 2, 3, 4]


def test_ties_go_to_the_earlier() -> None:
    assert chosen(pairs((0, 1, 0.5), (2, 3, 0.5)), range(4), [0, 1, 2, 3], 3) == [0, 1, 2]


def test_equal_sentences_are_all_chosen_or_none() -> None:
    # Sentences 0 and 2 are equal and stand in two origins, so 1 has a pair in another origin than its own.
    assert chosen(pairs((0, 1, 0.5)), [0, 1, 0, 2], [0, 0, 1, 1], 2) == [0, 1, 2]


# What a summary is made of


def briefing(embedder: Asked, **given: object) -> Summary:
    return summarize(SEEDS, embedder=embedder, **given)  # type: ignore[arg-type]


def test_up_to_the_bound_all_are_embedded() -> None:
    free = Asked(None)
    summary = briefing(free)
    bound = Asked(len(set(free.asked)))
    assert briefing(bound).to_json() == summary.to_json()
    assert sorted(bound.asked) == sorted(free.asked)


def test_beyond_the_bound_the_statements_keep_their_support() -> None:
    free = Asked(None)
    whole = briefing(free)
    some = Asked(len(set(free.asked)) // 2)
    summary = briefing(some)
    assert len(some.asked) == len(set(some.asked)) < 0.7 * len(set(free.asked))
    supported, found = (
        {(s.text, p.document_id, p.start) for s in made.statements for p in s.support} for made in (whole, summary)
    )
    assert 2 * len(supported & found) >= 0.8 * (len(supported) + len(found))


def test_same_bytes_in_any_order_of_the_articles() -> None:
    one, other = (summarize(paths, embedder=Asked(30)) for paths in (SEEDS, SEEDS[::-1]))
    assert one.to_json() == other.to_json()


def test_a_query_and_an_update_ask_for_all(tmp_path: Path) -> None:
    free = Asked(None)
    before = briefing(free)
    queried = Asked(10)
    briefing(queried, query="Who met in London?")
    assert set(free.asked) <= set(queried.asked)
    state = tmp_path / "state.json"
    state.write_text(summarize(SEEDS[:1], embedder=Asked(None)).to_json(), encoding="utf-8")
    later = Asked(10)
    briefing(later, since=str(state))
    assert len(set(later.asked)) > len(set(free.asked)) / 2
    assert before.statements


def test_a_state_keeps_no_vectors_where_some_are_missing() -> None:
    assert briefing(Asked(None)).memory.state().sentences.vectors is not None
    assert briefing(Asked(10)).memory.state().sentences.vectors is None


def test_compare_is_sparing_too() -> None:
    some, free = Asked(20), Asked(None)
    compare(SEEDS, embedder=some)
    compare(SEEDS, embedder=free)
    assert len(some.asked) == 20 < len(free.asked)


# The encoder's own bound


def test_the_bound_of_the_packaged_encoder(tmp_path: Path) -> None:
    assert MiniLMEmbedder().max_sentences == MAX_SENTENCES
    assert CachedEmbedder(MiniLMEmbedder(max_sentences=7), tmp_path).max_sentences == 7
    assert MiniLMEmbedder(max_sentences=None).max_sentences is None
    with pytest.raises(ConfigError, match="max_sentences must be at least 1, not 0"):
        MiniLMEmbedder(max_sentences=0)


def test_embed_leaves_others_zero() -> None:
    vectors = embed(Asked(None), ["Ships left.", "Rain fell.", "Ships left."], np.array([False, True, False]))
    assert vectors.shape == (3, 384)
    assert not vectors[[0, 2]].any()
    assert vectors[1].any()


# Similarity where vectors are missing

TEXTS = [
    "The harbour of Aldport was closed on Monday.",
    "On Monday the harbour of Aldport was shut.",
    "Aldport's harbour closed on Monday because of ice.",
    "Rain fell on the hills.",
    "The council will meet in May.",
    "In May the council meets again.",
]


@settings(deadline=None, max_examples=10)
@given(st.lists(st.booleans(), min_size=6, max_size=6), st.permutations(range(6)))
def test_support_does_not_hang_on_what_was_asked_before(mask: list[bool], order: list[int]) -> None:
    terms = index_terms(TEXTS)
    sentences = [Sentence(f"d{i}", 0, 0, len(text), text) for i, text in enumerate(TEXTS)]
    chosen = np.array(mask, dtype=np.bool_)
    embedder = Asked(None)

    def cluster() -> Clustering:
        return cluster_sentences(
            sentences,
            terms,
            tfidf(terms, content_only=False),
            embed(embedder, TEXTS, chosen) if any(mask) else np.zeros((6, 384), dtype=np.float32),
            origins=[sentence.document_id for sentence in sentences],
            partial=Partial(chosen, lambda texts: embed(embedder, texts), chosen.copy()),
        )

    one, fresh = cluster(), [cluster() for _ in TEXTS]
    assert {index: supporters(one, index) for index in order} == {i: supporters(fresh[i], i) for i in range(6)}
    assert all((similarities(one, i) == similarities(fresh[i], i)).all() for i in range(6))
    # Whoever shares words is compared by vectors, whether chosen at first or not.
    assert {1, 2} <= {other for other, _ in supporters(one, 0)}
    assert one.bars == default_bars(encoder=True)
