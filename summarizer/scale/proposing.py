"""Pairs of articles that are worth comparing, out of all."""

from __future__ import annotations

from summarizer.vectors import Pairs, SparseRows, similar_sparse


def propose(words: SparseRows, least: float) -> Pairs:
    """Find pairs of articles whose cosine is at least ``least``.

    :param words: n unit rows.
    """
    return similar_sparse(words, least)
