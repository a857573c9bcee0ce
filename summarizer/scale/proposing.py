"""Pairs of articles that are worth comparing, out of all: an inverted index whose long lists propose nothing.

Rare words propose, and the cosine of all words confirms (:func:`summarizer.vectors.similar_sparse`). Measured on 19,482
articles of one window, for pairs of one event with a cosine of .14 or more, one thread of a busy machine:

=================================================  =======  =======================
search                                             recall   articles a second
=================================================  =======  =======================
this one, exact cosines included                   97 %     4,600
usearch 2.26, 2,048 signs (Hamming), 48 nearest    92 %     3,800, without the signs
usearch, 512 projections as int8, 48 nearest       91 %     1,100, likewise
usearch, 512 projections as float32                91-93 %  130 to 290, likewise
usearch, 256 projections as float32                84-86 %  250 to 460, likewise
all products of 256 projections, 48 nearest        88 %     3,500
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
