"""Pairs of articles that are worth comparing, out of all: an inverted index whose long lists propose nothing.

Rare words propose, and the cosine of all words confirms (:func:`summarizer.vectors.similar_sparse`). ``python -m
benchmarks measure scale_neighbours`` on 9,097 articles of one day, for 5,315 pairs of one event with a cosine of .14 or
more, one thread of a busy machine; the 48 nearest of each index:

=================================================  =======  =======================
search                                             recall   articles a second
=================================================  =======  =======================
this one, exact cosines included                   99.9 %   2,990
usearch 2.26, 2,048 signs (Hamming)                96.2 %   3,940, without the signs
usearch, 512 projections as int8                   93.7 %   1,840, likewise
usearch, 512 projections as float32                94.1 %   560, likewise
faiss 1.15 (HNSW), 512 projections as float32      93.9 %   1,340, likewise
usearch, 256 projections as float32                82.8 %   1,260, likewise
all products of 256 projections                    83.5 %   6,220
=================================================  =======  =======================

Random projections lose what tells events apart, a few rare words, in the noise of all others. So no index of vectors is
used; it would not pay before a window holds far more articles than the memory of one task takes.

Known limit: words that very many articles share propose nothing, so of an event of thousands of accounts not all pairs
are found. Of 2,000 made ones 1,695 come to one event, 300 stay alone.
"""

from __future__ import annotations

from summarizer.vectors import Pairs, SparseRows, similar_sparse


def propose(words: SparseRows, least: float) -> Pairs:
    """Find pairs of articles whose cosine is at least ``least``.

    :param words: n unit rows, n below 2 million.
    :return: pairs with their exact cosines, the lower number left. About O(n).
    """
    return similar_sparse(words, least)
