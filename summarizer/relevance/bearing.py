"""How near each sentence is to the query, and which of them bear on it.

The closeness of a sentence to one part of a query is a weighted mean of two things: the share of the part's words that
it holds, rare words weighing more, and the cosine of the encoder, where there is one. Words of the sentence before and
other words for the same thing count in part (:mod:`summarizer.relevance.index`). A sentence without the kind of thing
that is asked for, a figure for "how many", counts less. Of several parts the nearest counts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from summarizer.material import Material
from summarizer.questions import Part, read_query
from summarizer.relevance.index import Held, Index
from summarizer.relevance.kinds import grade_kind

#: With an encoder the words count by this, the cosine by the rest. Of 141 questions read while building, the nearest
#: 60 words hold the answer for 125 at 0.3 to 0.4, for 122 at 0.6, for 112 by the cosine alone.
_WORDS_SHARE: Final = 0.4
#: Closeness of a sentence that lacks what is asked for is multiplied by this.
_NO_SUCH: Final = 0.7
#: What is asked for is looked for in so many of the nearest sentences: reading figures takes 0.1 ms a sentence.
_LOOKED_AT: Final = 64
#: ... and in so many where the kind of thing is all that is asked for.
_LOOKED_AT_ALONE: Final = 1_000
#: Sentences bear on the query from this share of the closeness of the best, and from this closeness.
_SHARE_OF_BEST: Final = 0.42
_LEAST: Final = 0.2
#: A part of which no sentence is nearer than this does not raise its sentences to the rank of those that answer.
_NEAR: Final = 0.4
#: So many sentences are shown where none bears on the query.
_FEW: Final = 3


@dataclass(frozen=True, slots=True)
class Bearing:
    """How n sentences bear on a query of p parts.

    :param parts: what the query asks for.
    :param shared: shape (p, n), weighted share of the part's words that a sentence holds, in [0, 1].
    :param cosines: shape (p, n), by the encoder; None without one.
    :param closeness: shape (p, n), in [0, 1].
    :param held: for each part, what the sentences hold of the things asked for.
    """

    parts: tuple[Part, ...]
    shared: NDArray[np.float64]
    cosines: NDArray[np.float64] | None
    closeness: NDArray[np.float64]
    held: tuple[Held, ...]

    @property
    def nearest(self) -> NDArray[np.float64]:
        """Closeness to the part that a sentence is nearest to, shape (n,)."""
        best: NDArray[np.float64] = self.closeness.max(axis=0)
        return best

    @property
    def relative(self) -> NDArray[np.float64]:
        """Closeness against that of the nearest sentence, part by part, the greatest of them, shape (n,), in [0, 1].

        Each part that something bears on has a sentence with 1; one that nothing bears on has none.
        """
        best = np.maximum(self.closeness.max(axis=1, initial=0), _NEAR)
        share: NDArray[np.float64] = np.round((self.closeness / best[:, None]).max(axis=0), 6)
        return share


def find_bearing(bearing: Bearing, eligible: NDArray[np.bool_], salience: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Say which sentences bear on the query; where none does, the few that are nearest.

    :param bearing: of n sentences.
    :param eligible: shape (n,), which of them may be chosen; at least one for a mask that is not empty.
    :param salience: shape (n,), settles who is nearer where closeness does not.
    :return: shape (n,), within ``eligible``.
    """
    open_ = bearing.closeness * eligible
    bars = np.maximum(open_.max(axis=1, initial=0) * _SHARE_OF_BEST, _LEAST)
    bears: NDArray[np.bool_] = (open_ >= bars[:, None]).any(axis=0)
    if bears.any():
        return bears
    order = np.lexsort((np.arange(len(eligible)), -salience, -bearing.nearest))
    bears[order[eligible[order]][:_FEW]] = True
    return bears


def bear_on_query(material: Material) -> Bearing:
    """Say how near each sentence is to the query of the material. O(words of the input)."""
    languages = sorted({document.language or "en" for document in material.documents})
    parts = read_query(material.query or "", languages)
    index = Index(material)
    cosines = _cosines(material)
    held = [index.hold(part.asked) for part in parts]
    closeness: list[NDArray[np.float64]] = []
    for number, (part, one) in enumerate(zip(parts, held, strict=True)):
        if part.alone:
            row = None if cosines is None else cosines[number]
            held[number] = replace(one, shared=_grades(material, part, row))
            closeness.append(mix(held[number].shared, row))
            continue
        near = mix(one.shared, None if cosines is None else cosines[number])
        closeness.append(np.round(near * _has_kind(material, part, near), 6))
    return Bearing(parts, np.array([one.shared for one in held]), cosines, np.array(closeness), tuple(held))


def mix(shared: NDArray[np.float64], cosines: NDArray[np.float64] | None) -> NDArray[np.float64]:
    """Give closeness before the kind of thing asked for is looked at: by words, and by meaning with an encoder."""
    if cosines is None:
        return shared
    near: NDArray[np.float64] = np.round(_WORDS_SHARE * shared + (1 - _WORDS_SHARE) * cosines, 6)
    return near


def _cosines(material: Material) -> NDArray[np.float64] | None:
    """Give the cosine of each part with each sentence, shape (p, n), at least 0."""
    vectors, asked = material.vectors, material.query_vectors
    if vectors is None or asked is None:
        return None
    found: NDArray[np.float64] = np.maximum(np.round((asked @ vectors.T).astype(np.float64), 6), 0)
    return found


def _grades(material: Material, part: Part, cosines: NDArray[np.float64] | None) -> NDArray[np.float64]:
    """Say how far each sentence holds the kind of thing that is all that is asked for, shape (n,)."""
    n = len(material.sentences)
    order = np.arange(n) if cosines is None else np.lexsort((np.arange(n), -cosines))
    grades = np.zeros(n)
    for index in order[:_LOOKED_AT_ALONE].tolist():
        grades[index] = grade_kind(material.sentences[index].text, part)
    return grades


def _has_kind(material: Material, part: Part, near: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the factor for the kind of thing that is asked for, shape (n,)."""
    if part.kind is None:
        return np.ones(len(near))
    factor = np.full(len(near), _NO_SUCH)
    order = np.lexsort((np.arange(len(near)), -near))
    for index in order[:_LOOKED_AT].tolist():
        factor[index] += (1 - _NO_SUCH) * grade_kind(material.sentences[index].text, part)
    return factor
