"""How near each sentence is to the query, and which of them bear on it.

The closeness of a sentence to one part of a query is a weighted mean of two things: the share of the part's words that
it holds, rare words weighing more, and the cosine of the encoder, where there is one. Words of the sentence before
count in part: "It lasted seven weeks" stands behind the sentence that says what lasted. A sentence without the kind of
thing that is asked for, a figure for "how many", counts less. Of several parts the nearest counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from summarizer.actors import name_key
from summarizer.material import Material
from summarizer.questions import Asked, Kind, Part, read_query
from summarizer.terms import tokenize

#: With an encoder the words count by this, the cosine by the rest. On 69 questions read while building, the answer was
#: within 60 words for 62 of them at 0.2 and 0.3, for 58 at 0.5.
_WORDS_SHARE: Final = 0.3
#: Words of the sentence before count by this: below the share of the best from which a sentence bears on the query, so
#: that none does by its neighbour alone.
_BEFORE: Final = 0.4
#: Closeness of a sentence that lacks what is asked for is multiplied by this.
_NO_SUCH: Final = 0.6
#: What is asked for is looked for in so many of the nearest sentences: reading figures takes 0.1 ms a sentence.
_LOOKED_AT: Final = 64
#: Sentences bear on the query from this share of the closeness of the best, and from this closeness.
_SHARE_OF_BEST: Final = 0.5
_LEAST: Final = 0.2
#: A part of which no sentence is nearer than this does not raise its sentences to the rank of those that answer.
_NEAR: Final = 0.4
#: So many sentences are shown where none bears on the query.
_FEW: Final = 3

_FAMILIES: Final[dict[Kind, frozenset[str]]] = {
    "money": frozenset(("money",)),
    "percent": frozenset(("percent", "points", "ratio")),
    "duration": frozenset(("duration", "length")),
    "length": frozenset(("length",)),
}
#: Spans that are counted and not measured: a player is banned for three of these.
_SPANS: Final = frozenset("match game round season term night generation".split())
_AGE: Final = re.compile(r", \d{1,3}[,.]|\baged? (?:of )?\d")
_PLACE: Final = re.compile(
    r"\b(?:in|at|near|on|from|to|outside|off|towards?) (?:the |its |[a-z]+ of |[a-z]+ )?[^\W\d_a-z]"
)
_WHY: Final = re.compile(
    r"\b(?:because|due to|owing to|thanks to|after|since|reasons?|caus\w+|blam\w+|led to)\b|\bfor an? "
)
_NAME: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


@dataclass(frozen=True, slots=True)
class Bearing:
    """How n sentences bear on a query of p parts.

    :param parts: what the query asks for.
    :param shared: shape (p, n), weighted share of the part's words that a sentence holds, in [0, 1].
    :param cosines: shape (p, n), by the encoder; None without one.
    :param closeness: shape (p, n), in [0, 1].
    :param spoken: for each part, which of the things asked for any source speaks of.
    :param held: for each part and each thing asked for which of the n sentences hold it.
    """

    parts: tuple[Part, ...]
    shared: NDArray[np.float64]
    cosines: NDArray[np.float64] | None
    closeness: NDArray[np.float64]
    spoken: tuple[tuple[bool, ...], ...]
    held: tuple[tuple[NDArray[np.bool_], ...], ...]

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
    index = _Index(material)
    shared, spoken, closeness, holders = [], [], [], []
    cosines = _cosines(material)
    for number, part in enumerate(parts):
        held, known, has = index.hold(part.asked)
        shared.append(held)
        spoken.append(known)
        holders.append(has)
        near = mix(held, None if cosines is None else cosines[number])
        closeness.append(np.round(near * _has_kind(material, part, near), 6))
    return Bearing(parts, np.array(shared), cosines, np.array(closeness), tuple(spoken), tuple(holders))


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


class _Index:
    """Which sentences hold what is asked for, by stem, number or key word of a name."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self._number = {term: index for index, term in enumerate(material.terms.vocabulary)}
        self._n = len(material.sentences)
        lengths = [len(row) for row in material.terms.rows]
        self._flat = np.concatenate(material.terms.rows) if lengths else np.zeros(0, dtype=np.int32)
        self._holder = np.repeat(np.arange(self._n), lengths)
        titles = " ".join(document.title or "" for document in material.documents)
        self._titles = frozenset(tokenize(titles))
        self._title_names = frozenset(name_key(token) for token in _NAME.findall(titles))
        self._names: list[frozenset[str]] | None = None

    def hold(
        self, asked: tuple[Asked, ...]
    ) -> tuple[NDArray[np.float64], tuple[bool, ...], tuple[NDArray[np.bool_], ...]]:
        """Give the weighted share of what is asked for that each sentence holds, what any source holds, and where."""
        total, held, known, each = 0.0, np.zeros(self._n), [], []
        follows = np.diff(self._material.owner, prepend=-1) == 0
        for item in asked:
            has = self._has_name(item) if item.kind == "name" else self._has_word(item)
            holders = int(has.sum())
            weight = 1 + np.log(self._n / max(holders, 1))
            before = np.concatenate(([0.0], has[:-1])) * follows * _BEFORE
            held += weight * np.maximum(has, before)
            total += weight
            known.append(bool(holders) or self._in_titles(item))
            each.append(has > 0)
        return np.round(held / max(total, 1e-9), 6), tuple(known), tuple(each)

    def _has_word(self, item: Asked) -> NDArray[np.float64]:
        numbers = [self._number[form] for form in item.forms if form in self._number]
        has = np.zeros(self._n)
        if numbers:
            has[self._holder[np.isin(self._flat, numbers)]] = 1.0
        return has

    def _has_name(self, item: Asked) -> NDArray[np.float64]:
        if self._names is None:
            self._names = [_name_keys(sentence.text) for sentence in self._material.sentences]
        return np.array([item.forms[-1] in names for names in self._names], dtype=np.float64)

    def _in_titles(self, item: Asked) -> bool:
        if item.kind == "name":
            return item.forms[-1] in self._title_names
        return not self._titles.isdisjoint((item.text.lower(), *item.forms))


@lru_cache(maxsize=1 << 14)
def _name_keys(text: str) -> frozenset[str]:
    """Give the key words of the capitalised tokens of a text."""
    keys = {name_key(token) for token in _NAME.findall(text.replace("U.S.", "US").replace("U.K.", "UK"))}
    return frozenset(key for key in keys if key)


def _has_kind(material: Material, part: Part, near: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the factor for the kind of thing that is asked for, shape (n,)."""
    if part.kind is None:
        return np.ones(len(near))
    factor = np.full(len(near), _NO_SUCH)
    order = np.lexsort((np.arange(len(near)), -near))
    names = frozenset(form for item in part.asked if item.kind == "name" for form in item.forms)
    for index in order[:_LOOKED_AT].tolist():
        if holds_kind(material.sentences[index].text, part.kind, names):
            factor[index] = 1.0
    return factor


def holds_kind(text: str, kind: Kind, named: frozenset[str] = frozenset()) -> bool:
    """Say whether a sentence holds the kind of thing that is asked for.

    :param text: the sentence.
    :param kind: a name, a place, a time or some figure.
    :param named: key words of names that the question itself holds; they are no answer.
    """
    if kind == "who":
        return bool(_name_keys(text.lstrip("\"“'‘(")[1:]) - named)
    if kind == "why":
        return bool(_WHY.search(text))
    if kind == "where":
        return bool(_PLACE.search(text))
    if kind == "when":
        from summarizer.dates import read_dates

        return bool(read_dates(text))
    families = _FAMILIES.get(kind)
    # Readers of figures and dates take a quarter of the time of importing the package; only queries need them.
    from summarizer.quantities import read_quantities

    found = read_quantities(text)
    if families is None:
        return any(quantity.family != "rank" for quantity in found)
    if kind == "duration" and _AGE.search(text):
        return True
    if kind == "duration" and any(quantity.unit.name in _SPANS for quantity in found):
        return True
    return any(quantity.family in families for quantity in found)
