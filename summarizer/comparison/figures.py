"""The figures of a story, each with what it is compared by: kind, entity, period, and the words around it."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, compress
from typing import Final

from summarizer.comparison.measures import key_of, kind_of
from summarizer.comparison.periods import Period, read_period
from summarizer.comparison.values import is_compared
from summarizer.comparison.words import NONE, Words, keys_of, kinds_of, read_words
from summarizer.material import Material
from summarizer.quantities import Quantity, read_quantities

#: Words on either side of a figure that say what it is of.
_NEAR: Final = 9
#: Words between a figure and the word for what it is of.
_REACH: Final = 7
#: A word that so many sentences with figures hold weighs half.
_COMMON: Final = 10
#: Words between a figure and the verb or noun that it hangs on.
_BESIDE: Final = 6
#: Verbs and nouns that tell nothing of what a figure is of.
_EMPTY: Final = frozenset(
    map(
        key_of,
        "make made come came get got give gave hold held stand stood put reach reached amount amounted total rate "
        "level people person persons new top average large largest more record unit number figure "
        "count show showed shows expected expect bring brought go went take took taken leave left have find found be "
        "become became mark worth set ago later city town country nation state region area capital local national "
        "whole part".split(),
    )
)
#: Words that tell of another than the one that the story is about.
_SHIFTS: Final = frozenset(
    map(
        key_of,
        "previous earlier prior separate different additional extra further remaining similar brother sister "
        "wife husband son daughter father mother partner colleague rival neighbouring neighboring accomplice".split(),
    )
)
_STAYS: Final = frozenset(("remain", "remains", "remained"))


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
    :param left: the content word that stands next before it, by its key and as it is; no name, nor the noun counted.
    :param right: the same behind it.
    :param next: the one behind that.
    :param before: those of them that are names and stand before it.
    :param behind: those that are names and stand behind it.
    :param shifted: whether a word such as "previous" or "brother" stands by it, which tells of another of the same.
    :param marks: words around it of which only one of a group can be meant.
    :param speakers: keys of the words before a verb of saying.
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
    left: tuple[str, str]
    right: tuple[str, str]
    next: tuple[str, str]
    before: frozenset[str]
    behind: frozenset[str]
    shifted: bool
    marks: frozenset[str]
    speakers: frozenset[str]
    period: Period


@dataclass(frozen=True, eq=False)
class Figures:
    """All figures of a story.

    :param all: in canonical order.
    :param words: the keys of the content words of each sentence that holds a figure.
    :param order: the same in the order in which they stand.
    :param names: those of them that are names, speakers left out.
    :param marks: the words of each of which only one of a group can be meant.
    :param weights: how much each key tells, by its rarity, in whole thousandths: sums do not depend on their order.
    :param rare: the weight of a word met nowhere else.
    """

    all: tuple[Figure, ...]
    words: dict[int, frozenset[str]]
    order: dict[int, tuple[str, ...]]
    names: dict[int, frozenset[str]]
    marks: dict[int, frozenset[str]]
    weights: dict[str, int]
    rare: int

    def weigh(self, words: Iterable[str]) -> int:
        """Give the weight of some words together."""
        weights, rare = self.weights, self.rare
        return sum([weights.get(word, rare) for word in words])

    def closeness(self, one: int, other: int) -> float:
        """Give the share of the words around each of two figures that the sentence of the other tells, by weight."""
        held, held_other = self.all[one].near & self.told[other], self.all[other].near & self.told[one]
        shares = self.weigh(held) / (self.totals[one] or 1), self.weigh(held_other) / (self.totals[other] or 1)
        return sum(shares) / 2

    @cached_property
    def told(self) -> tuple[frozenset[str], ...]:
        """For each figure all that its sentence tells, and what is read of the figure."""
        return tuple([self.words[figure.sentence] | figure.near for figure in self.all])

    @cached_property
    def totals(self) -> tuple[int, ...]:
        """For each figure the weight of the words around it."""
        return tuple([self.weigh(figure.near) for figure in self.all])


def read_figures(material: Material) -> Figures:
    """Read the figures of all usable sentences: English, no commentary. Copies are read once.

    :param material: n sentences. O(words of the sentences that hold a number).
    """
    known: dict[str, tuple[tuple[Quantity, ...], Words]] = {}
    words: dict[int, frozenset[str]] = {}
    order: dict[int, tuple[str, ...]] = {}
    names: dict[int, frozenset[str]] = {}
    marks: dict[int, frozenset[str]] = {}
    found: list[Figure] = []
    english = [document.language in (None, "en") for document in material.documents]
    for number, (sentence, document, origin) in enumerate(
        zip(material.sentences, material.owner.tolist(), material.origin.tolist(), strict=True)
    ):
        if sentence.opinion or not english[document]:
            continue
        text = sentence.text
        if text not in known:
            quantities = tuple(one for one in read_quantities(text) if is_compared(one, text))
            known[text] = (quantities, read_words(text) if quantities else NONE)
        quantities, read = known[text]
        if quantities:
            words[number], marks[number] = read.all, read.marks
            order[number] = read.order
            speakers = [keys_of(quantity.attribution, read) for quantity in quantities]
            names[number] = frozenset(compress(read.keys, read.names)).difference(*speakers)
            published = material.documents[document].published
            found += [_figure(quantity, text, read, (number, document, origin), published) for quantity in quantities]
    weights, rare = _weigh([read.all for quantities, read in known.values() if quantities])
    return Figures(tuple(found), words, order, names, marks, weights, rare)


def _weigh(rows: Sequence[frozenset[str]]) -> tuple[dict[str, int], int]:
    """Give each key a weight that falls with the sentences that hold it, and the weight of one that none does.

    Gently: what two reports of one fact share is rarer than what the whole story repeats, yet never rare.
    """
    held = Counter(chain.from_iterable(rows))
    return {key: round(1000 / (1 + count / _COMMON)) for key, count in held.items()}, 1000


def _figure(quantity: Quantity, text: str, read: Words, at: tuple[int, int, int], published: str | None) -> Figure:
    first, last = bisect_left(read.starts, quantity.start), bisect_left(read.starts, quantity.end)
    unit = quantity.unit.name.lower() if quantity.family == "count" else ""
    window = _window(read, first, last, bare=quantity.family == "count" and not unit)
    measure, entity = keys_of(quantity.measure, read), keys_of(quantity.entity, read)
    speaker = keys_of(quantity.attribution, read)
    kinds = kinds_of(quantity.measure, text) or frozenset(filter(None, map(kind_of, unit.split())))
    kinds = kinds or _nearest(read, window, first, last)
    own = quantity.unit if quantity.family != "count" else None
    around = [place for place in window if read.keys[place]]
    for span in filter(None, (quantity.basis, quantity.period, quantity.attribution, own)):  # compared on their own
        around = [place for place in around if not span.start <= read.starts[place] < span.end]
    head = _head(unit)
    right = _next([place for place in around if place >= last], read, head, last - 1)
    named = [place for place in around if read.names[place]]
    period = quantity.period
    return Figure(
        sentence=at[0],
        document=at[1],
        origin=at[2],
        quantity=quantity,
        kinds=kinds,
        head=head,
        measure=measure,
        entity=entity,
        near=(
            frozenset(read.keys[place] for place in around if read.keys[place] not in _EMPTY) | measure | entity | kinds
        )
        - speaker,
        left=_next([place for place in reversed(around) if place < first], read, head, first)[0],
        right=right[0],
        next=right[1],
        before=frozenset(read.keys[place] for place in named if place < first) - speaker,
        behind=frozenset(read.keys[place] for place in named if place >= first) - speaker,
        marks=read.marks and read.marks.intersection(read.words[window.start : first] + read.words[last : window.stop]),
        speakers=read.speakers,
        shifted=any(read.keys[place] in _SHIFTS and read.words[place] not in _STAYS for place in around),
        period=read_period(text[period.start : period.end], period.name, published) if period else Period(),
    )


def _next(places: list[int], read: Words, head: str, at: int) -> list[tuple[str, str]]:
    """Give the first two of some words that tell something, not too far off: their keys, and themselves."""
    found = []
    for place in places:
        key = read.keys[place]
        if abs(place - at) <= _BESIDE and not read.names[place] and key != head and key not in _EMPTY:
            found.append((key, read.words[place]))
    return [*found, ("", ""), ("", "")][:2]


def _head(unit: str) -> str:
    """Give the key of a counted noun; "34 dead" are people, whose fate is their kind."""
    return key_of(unit.split()[-1]) if unit and not kind_of(unit.split()[-1]) else ""


def _window(read: Words, first: int, last: int, *, bare: bool) -> range:
    """Give the words of the clause around a figure, :data:`_NEAR` on either side at most."""
    low, high = first, last
    aside = (
        bare and "(" in read.words[max(0, first - 2) : first] and ")" in read.words[last : last + 4]
    )  # "jobs (850 of them)"
    while low > max(0, first - _NEAR) and (not read.breaks[low - 1] or aside):
        low -= 1
    while high < min(len(read.starts), last + _NEAR) and (not read.breaks[high] or aside):
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
