"""Figures that a copy tells otherwise: sentences of one origin that are the same but for the figures.

Within one origin nothing else is compared. A copy that agrees tells nothing new, and two sentences of one origin that
are worded differently are of two things. Where a word or two are others, too, as an editor changes them, the
cross-encoder reads whether they are of one thing: "said" for "announced", not "injured" for "killed".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import combinations, count
from typing import Final

from summarizer.comparison.alignment import Pair
from summarizer.comparison.figures import Figure, Figures
from summarizer.comparison.judging import read_as_one
from summarizer.comparison.likeness import same_unit
from summarizer.comparison.values import Match, compare_values
from summarizer.material import Material
from summarizer.quantities import Quantity

#: Share of the words of two sentences, figures masked, from which they are read where some of them are others.
_LIKE: Final = 0.7
#: Pairs of an input that are read.
_MOST_READ: Final = 60
#: Words in a row that sentences share that are looked at.
_RUN: Final = 5
#: Wordings that share a run of which every pair is looked at: more are a list, or a form filled in.
_MOST: Final = 24
_WORD: Final = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?")
#: The mask of a figure.
_MASK: Final = "#"

#: Words of a sentence, figures masked, and for each figure its number and which of the masks it is.
_Masked = tuple[tuple[str, ...], dict[int, int]]


def find_changed(figures: Figures, material: Material) -> list[Pair]:
    """Find figures of different documents of one origin whose sentences are the same but for the figures.

    :param figures: k figures.
    :param material: their sentences.
    :return: pairs that differ in value, basis, time or unit, in canonical order. Each wording is compared once: O(k).
    """
    if len({document.origin_id for document in material.documents}) == len(material.documents):
        return []
    wordings: dict[tuple[int, str], list[list[int]]] = {}
    last = -1
    for number, figure in enumerate(figures.all):
        told = wordings.setdefault((figure.origin, material.sentences[figure.sentence].text), [])
        if figure.sentence != last:
            told.append([])
        told[-1].append(number)
        last = figure.sentence
    by_origin: dict[int, list[tuple[str, list[list[int]]]]] = {}
    for (origin, text), told in wordings.items():
        by_origin.setdefault(origin, []).append((text, told))
    room = count(_MOST_READ, -1)

    def is_one(one: int, other: int) -> bool:
        return next(room) > 0 and read_as_one(figures.all[one], figures.all[other], material)

    found = [pair for told in by_origin.values() if len(told) > 1 for pair in _within(figures, told, is_one)]
    return sorted(found, key=lambda pair: (pair.one, pair.other))


def _within(
    figures: Figures, told: Sequence[tuple[str, list[list[int]]]], is_one: Callable[[int, int], bool]
) -> Iterator[Pair]:
    """Give the pairs of one origin: of every two wordings each telling of the one with the first of the other.

    :param is_one: tells whether two figures, by number, are read as of one measure.
    """
    every = figures.all
    quantities = [[every[number].quantity for number in rows[0]] for _, rows in told]
    masked = [_mask(text, read) for (text, _), read in zip(told, quantities, strict=True)]
    for one, other in _near_pairs([words for words, _ in masked]):
        same = _are_same((told[one][0], told[other][0]), (quantities[one], quantities[other]))
        if not same and not _share_words(masked[one][0], masked[other][0]):
            continue
        rows, rows_other = told[one][1], told[other][1]
        if every[rows[0][0]].document == every[rows_other[0][0]].document:
            continue
        for place, place_other in _partners(masked[one], masked[other]):
            ends = {(row[place], rows_other[0][place_other]) for row in rows}
            ends |= {(rows[0][place], row[place_other]) for row in rows_other}
            pairs = [pair for pair in sorted(ends) if _are_told_apart(*(every[number] for number in pair))]
            if pairs and (same or is_one(*pairs[0])):
                for a, b in pairs:
                    match = compare_copied(every[a].quantity, every[b].quantity)
                    yield Pair(min(a, b), max(a, b), 1.0, match, True, anchored=True, copied=True)


def _near_pairs(rows: Sequence[tuple[str, ...]]) -> list[tuple[int, int]]:
    """Give the pairs of masked wordings that share a run of words."""
    index: dict[tuple[str, ...], list[int]] = {}
    for number, words in enumerate(rows):
        size = min(_RUN, len(words))
        for run in {words[at : at + size] for at in range(len(words) - size + 1)}:
            index.setdefault(run, []).append(number)
    return sorted({pair for numbers in index.values() if len(numbers) <= _MOST for pair in combinations(numbers, 2)})


def _are_same(texts: tuple[str, str], quantities: tuple[Sequence[Quantity], Sequence[Quantity]]) -> bool:
    """Tell whether two sentences are the same but for the figures, what these are told against, and of what time."""
    pairs = list(zip(texts, quantities, strict=True))
    wordings = ([_mask(text, read, hide=hide)[0] for text, read in pairs] for hide in (False, True))
    return any(mine == theirs for mine, theirs in wordings)


def _share_words(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether two sentences share most of their words, in one order, and differ in no name."""
    if min(len(one), len(other)) < _LIKE * max(len(one), len(other)):
        return False
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.quick_ratio() < _LIKE or matcher.ratio() < _LIKE:
        return False
    changed = [(one[a:b], other[c:d]) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"]
    return not any(_named(mine) or _named(theirs) for mine, theirs in changed)


def _named(words: tuple[str, ...]) -> bool:
    """Tell whether one of some words is a name: sentences that differ in it are of two things."""
    return any(word[:1].isupper() for word in words)


def _mask(text: str, quantities: Sequence[Quantity], *, hide: bool = False) -> _Masked:
    """Give the words of a sentence, its figures masked.

    :param hide: leave out what they are told against and of what time.
    """
    masks = [(quantity.start, quantity.end) for quantity in quantities]
    hidden = [(span.start, span.end) for q in quantities for span in (q.basis, q.period) if span and hide]
    words: list[tuple[str, int]] = []
    for found in _WORD.finditer(text):
        at, word = found.start(), found.group()
        of = next((number for number, (start, end) in enumerate(masks) if start <= at < end), -1)
        if of >= 0:
            if not words or words[-1] != (_MASK, of):
                words.append((_MASK, of))
        elif not any(start <= at < end for start, end in hidden):
            words.append((_MASK if word[0].isdigit() else word, -1))
    return tuple([word for word, _ in words]), {place: of for place, (_, of) in enumerate(words) if of >= 0}


def _partners(one: _Masked, other: _Masked) -> list[tuple[int, int]]:
    """Give the figures of two wordings that stand in one place, by their numbers within each."""
    if one[0] == other[0]:
        return [(of, other[1][place]) for place, of in one[1].items() if place in other[1]]
    blocks = SequenceMatcher(None, one[0], other[0], autojunk=False).get_matching_blocks()
    places = ((block.a + at, block.b + at) for block in blocks for at in range(block.size))
    return [(one[1][a], other[1][b]) for a, b in places if a in one[1] and b in other[1]]


def compare_copied(one: Quantity, other: Quantity) -> Match:
    """Compare the values of two figures in one place of one sentence.

    Two reporters may say "more than 30" and "more than 50" of one count; who copies "more than 30" does not.
    """
    if not same_unit(one, other):
        return "apart"
    match = compare_values(one, other)
    if match in ("rounded", "open") and one.bound == other.bound and one.value is not None and other.value is not None:
        return compare_values(_bare(one, one.value), _bare(other, other.value))
    return match


def _bare(quantity: Quantity, value: float) -> Quantity:
    return replace(quantity, bound="exact", value=value, low=value - quantity.slack, high=value + quantity.slack)


def _are_told_apart(one: Figure, other: Figure) -> bool:
    """Tell whether two documents tell the figure otherwise, or against another basis or of another time."""
    a, b = one.quantity, other.quantity
    told = ((a.basis, b.basis), (a.period, b.period))
    if one.document == other.document:
        return False
    return compare_copied(a, b) != "equal" or any((x and x.name) != (y and y.name) for x, y in told)


def is_copied(one: Figure, other: Figure, material: Material) -> bool:
    """Tell whether two figures stand in sentences of two documents that are the same but for the figures."""
    if one.document == other.document:
        return False
    text, text_other = (material.sentences[figure.sentence].text for figure in (one, other))
    return _are_same((text, text_other), ([one.quantity], [other.quantity]))
