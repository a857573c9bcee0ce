"""The figures of a story, each with what it is compared by: kind, entity, period, and the words around it."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from summarizer.comparison.measures import key_of, kind_of
from summarizer.comparison.periods import Period, read_period
from summarizer.comparison.words import NONE, Words, keys_of, kinds_of, read_words
from summarizer.material import Material
from summarizer.quantities import Quantity, read_quantities

#: Words on either side of a figure that say what it is of.
_NEAR: Final = 9
#: Words between a figure and the word for what it is of.
_REACH: Final = 7


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """A quantity in its sentence.

    :param sentence: number of the sentence in the material.
    :param document: number of the document.
    :param origin: number of its origin.
    :param quantity: what was read.
    :param kinds: what it counts or measures, by :func:`summarizer.comparison.measures.kind_of`.
    :param head: key of the noun that it counts, or nothing.
    :param measure: keys of the words of its measure.
    :param entity: keys of the names of its entity.
    :param near: keys of the content words around it, numbers masked.
    :param names: those of them that are names.
    :param period: the time that it is of, as far as it is said.
    """

    sentence: int
    document: int
    origin: int
    quantity: Quantity
    kinds: frozenset[str]
    head: str
    measure: frozenset[str]
    entity: frozenset[str]
    near: frozenset[str]
    names: frozenset[str]
    period: Period


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """All figures of a story.

    :param all: in canonical order.
    :param words: the keys of the content words of each sentence that holds a figure.
    :param weights: how much each key tells, by its rarity, in whole thousandths: sums do not depend on their order.
    :param rare: the weight of a word met nowhere else.
    """

    all: tuple[Figure, ...]
    words: dict[int, frozenset[str]]
    weights: dict[str, int]
    rare: int

    def share(self, of: frozenset[str], within: frozenset[str]) -> float:
        """Give the share of the weight of some words that others hold too, in [0, 1]; 0 of none."""
        if not of:
            return 0.0
        weights, rare = self.weights, self.rare
        return sum([weights.get(word, rare) for word in of & within]) / sum([weights.get(word, rare) for word in of])


def read_figures(material: Material) -> Figures:
    """Read the figures of all usable sentences: English, no commentary. Copies are read once.

    :param material: n sentences. O(words of the sentences that hold a number).
    """
    known: dict[str, tuple[tuple[Quantity, ...], Words]] = {}
    words: dict[int, frozenset[str]] = {}
    found: list[Figure] = []
    english = [document.language in (None, "en") for document in material.documents]
    for number, (sentence, document, origin) in enumerate(
        zip(material.sentences, material.owner.tolist(), material.origin.tolist(), strict=True)
    ):
        if sentence.opinion or not english[document]:
            continue
        text = sentence.text
        if text not in known:
            quantities = read_quantities(text)
            known[text] = (quantities, read_words(text) if quantities else NONE)
        quantities, read = known[text]
        if quantities:
            words[number] = read.all
            published = material.documents[document].published
            found += [_figure(quantity, text, read, (number, document, origin), published) for quantity in quantities]
    weights, rare = _weigh([read.all for quantities, read in known.values() if quantities])
    return Figures(tuple(found), words, weights, rare)


def _weigh(rows: Sequence[frozenset[str]]) -> tuple[dict[str, int], int]:
    """Give each key log(1 + n / sentences that hold it), and the weight of one that no other sentence holds."""
    held = Counter(chain.from_iterable(rows))
    weights = {key: round(1000 * math.log1p(len(rows) / count)) for key, count in held.items()}
    return weights, round(1000 * math.log1p(len(rows)))


def _figure(quantity: Quantity, text: str, read: Words, at: tuple[int, int, int], published: str | None) -> Figure:
    first, last = bisect_left(read.starts, quantity.start), bisect_left(read.starts, quantity.end)
    window = _window(read, first, last)
    unit = quantity.unit.name.lower() if quantity.family == "count" else ""
    measure, entity = keys_of(quantity.measure, text), keys_of(quantity.entity, text)
    speaker = keys_of(quantity.attribution, text)
    kinds = kinds_of(quantity.measure, text) or frozenset(filter(None, [kind_of(unit)]))
    around = [place for place in window if read.keys[place]]
    period = quantity.period
    return Figure(
        sentence=at[0],
        document=at[1],
        origin=at[2],
        quantity=quantity,
        kinds=kinds or _nearest(read, window, first, last),
        head=key_of(unit.split()[-1]) if unit else "",
        measure=measure,
        entity=entity,
        near=(frozenset(read.keys[place] for place in around) | measure | entity) - speaker,
        names=frozenset(read.keys[place] for place in around if read.names[place]) - speaker,
        period=read_period(text[period.start : period.end], period.name, published) if period else Period(),
    )


def _window(read: Words, first: int, last: int) -> range:
    """Give the words of the clause around a figure, :data:`_NEAR` on either side at most."""
    low, high = first, last
    while low > max(0, first - _NEAR) and not read.breaks[low - 1]:
        low -= 1
    while high < min(len(read.starts), last + _NEAR) and not read.breaks[high]:
        high += 1
    return range(low, high)


def _nearest(read: Words, window: range, first: int, last: int) -> frozenset[str]:
    """Give the kind named nearest to a figure; at equal distance the one behind it."""
    found = [
        (first - place if place < first else place - last + 1, place < first, read.kinds[place])
        for place in window
        if read.kinds[place]
    ]
    nearest = min(found, default=None)
    return frozenset(nearest[2:]) if nearest and nearest[0] <= _REACH else frozenset()
