"""Quotations that differ: one utterance of one speaker, in words that do not say the same.

Two quotations are one utterance when at least half of the shorter stands in the other in the same order, and at least
four words that tell something; or when nearly all their words are the same. They differ when, between words that both
have, one has another word or number, or has a negation that the other has not. What is cut short, or marked as cut by an editor, does not differ, and neither do
spelling, punctuation, contractions, tense and small words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import combinations
from typing import Final

from summarizer.datatypes import Document
from summarizer.findings import Comparison, Value
from summarizer.material import Material
from summarizer.opposition.alignment import Difference, find_differences, find_turn, told_apart
from summarizer.opposition.quoted_speakers import Speaker, Speakers
from summarizer.opposition.quotes import Quotation, find_quotations, has_marks
from summarizer.opposition.reading import Reading, other_time
from summarizer.opposition.sides import in_order, side_of, value_of
from summarizer.opposition.wording import CUTS, NEGATING, TURNING, Word, read_all_words

#: Words that tell something which two quotations must share in order, and the share of the shorter that they must be.
_SHARED, _SHARE = 4, 0.5
#: Where both name the speaker fewer do, if the quotations are as much alike in all their words (Ratcliff, Obershelp).
_FEW, _ALIKE_WHOLE = 2, 0.6
#: Where only one of the two names a speaker, so many and such a share, since stock phrases have many speakers.
_SHARED_UNNAMED, _SHARE_UNNAMED = 5, 0.6
#: Words beyond this are not aligned: alignment is quadratic.
_LONGEST, _LONGEST_WHOLE = 80, 250
#: Words of a quotation that may be held against another for one word that tells something.
_SHORT: Final = 14
#: Words before a quotation among which its negation may stand.
_BEFORE: Final = 4
#: A word of more quotations than this proposes no pair, so that the pairs stay few.
_COMMON: Final = 60


_MARKS: Final = re.compile(r"[^\w\s'’]+")

Keys = tuple[str, ...]


def find_differing(material: Material, usable: Sequence[bool]) -> list[Comparison]:
    """Find quotations of one utterance that differ in substance between origins.

    :param material: n sentences.
    :param usable: shape (n,), which of them are read.
    :return: comparisons without id, in order of their first place. O(characters) but for the pairs that share words.
    """
    read = _read(material, usable)
    if len(read) < 2:
        return []
    wordings = _Wordings(material)
    for quotations in read.values():
        for quotation in quotations:
            wordings.add(quotation)
    return wordings.compare()


def _read(material: Material, usable: Sequence[bool]) -> dict[str, list[Quotation]]:
    """Read the quotations of each origin that has any."""
    marked = [has_marks(document.text) for document in material.documents]
    if len({document.origin_id for document, found in zip(material.documents, marked, strict=True) if found}) < 2:
        return {}
    of_document = defaultdict(list)
    for number, owner in enumerate(material.owner.tolist()):
        if usable[number] and marked[owner]:
            of_document[owner].append((number, material.sentences[number]))
    read: dict[str, list[Quotation]] = defaultdict(list)
    for owner, sentences in of_document.items():
        document = material.documents[owner]
        read[document.origin_id] += find_quotations(document, sentences)
    return {origin: quotations for origin, quotations in read.items() if quotations}


class _Wordings:
    """All quotations of an input by what they are compared by."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self._quotations: dict[Keys, list[Quotation]] = {}
        self._words: dict[Keys, list[Word]] = {}
        self._speakers: dict[int, Speakers] = {}

    def add(self, quotation: Quotation) -> None:
        text = self._document(quotation).text[quotation.start : quotation.end]
        words = read_all_words(text, quotation.start)[:_LONGEST_WHOLE]
        keys = tuple(word.key for word in words)
        self._quotations.setdefault(keys, []).append(quotation)
        self._words.setdefault(keys, words)

    def compare(self) -> list[Comparison]:
        """Align what shares words, and group what belongs to one utterance."""
        listed = sorted(self._quotations, key=lambda keys: self._place(self._quotations[keys][0]))
        edges: dict[tuple[int, int], tuple[Difference, ...]] = {}
        told = [tuple(word.key for word in self._quotations[keys][0].words)[:_LONGEST] for keys in listed]
        for a, b in _proposals(told, listed):
            found = self._differences((listed[a], told[a]), (listed[b], told[b]))
            if found is not None:
                edges[a, b] = found
        return [self._comparison(listed, group, edges) for group in _groups(edges)]

    def _document(self, quotation: Quotation) -> Document:
        return self._material.documents[int(self._material.owner[quotation.sentence])]

    def _place(self, quotation: Quotation) -> tuple[int, int]:
        return quotation.sentence, quotation.start

    def _origins(self, keys: Keys) -> set[str]:
        return {self._document(quotation).origin_id for quotation in self._quotations[keys]}

    def _differences(self, one: tuple[Keys, Keys], other: tuple[Keys, Keys]) -> tuple[Difference, ...] | None:
        """Give where two wordings part; nothing where they say the same; None where they are not one utterance."""
        if self._origins(one[0]) & self._origins(other[0]):
            return None  # whoever prints both took them for two utterances
        same = self._same_speaker(one[0], other[0])
        mine, theirs = self._quotations[one[0]][0], self._quotations[other[0]][0]
        if same is False or self._other_time(mine, theirs):
            return None
        turned = None
        if same and max(len(one[0]), len(other[0])) <= _LONGEST:
            turned = find_turn(self._words[one[0]], self._words[other[0]])
            if turned and self._denied_outside(mine, theirs, turned[0]):
                return None
        return turned or self._by_content(mine, theirs, one[1], other[1], same) or turned

    def _by_content(
        self, mine: Quotation, theirs: Quotation, a: Keys, b: Keys, same: bool | None
    ) -> tuple[Difference, ...] | None:
        """Give where two wordings part by the words that tell something."""
        blocks = [block for block in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks() if block.size]
        shared = sum(1 for block in blocks for key in a[block.a : block.a + block.size] if key not in CUTS)
        shorter = min(sum(key not in CUTS for key in keys) for keys in (a, b))
        if shared < _FEW or (same is None and (shared < _SHARED_UNNAMED or shared < _SHARE_UNNAMED * shorter)):
            return None
        if shared < _SHARED or shared < _SHARE * shorter:
            if same is None or self._alike(mine, theirs) < _ALIKE_WHOLE:
                return None
        return find_differences(mine.words, theirs.words, blocks)

    def _denied_outside(self, mine: Quotation, theirs: Quotation, turn: Difference) -> bool:
        """Tell whether what one quotation denies the other leaves to its sentence: the bridge was not “safe to use”."""
        for quotation, words in ((mine, turn.mine), (theirs, turn.theirs)):
            if not any(word.key in NEGATING for word in words):
                start = self._material.sentences[quotation.sentence].start
                before = read_all_words(self._document(quotation).text[start : quotation.start], start)[-_BEFORE:]
                if any(word.key in NEGATING for word in before):
                    return True
        return False

    def _alike(self, a: Quotation, b: Quotation) -> float:
        mine, theirs = (self._text(quotation).lower().replace("’", "'").split() for quotation in (a, b))
        return float(SequenceMatcher(None, mine, theirs, autojunk=False).ratio())

    def _text(self, quotation: Quotation) -> str:
        return _MARKS.sub(" ", self._document(quotation).text[quotation.start : quotation.end])

    def _other_time(self, a: Quotation, b: Quotation) -> bool:
        return other_time(*(Reading(self._material.sentences[one.sentence].text) for one in (a, b)))

    def _same_speaker(self, a: Keys, b: Keys) -> bool | None:
        """Tell whether one of the speakers is the same; None where no speaker is known on a side."""
        mine, theirs = (
            frozenset[str]().union(*(self._speaker(quotation).keys for quotation in self._quotations[keys]))
            for keys in (a, b)
        )
        return None if not mine or not theirs else not mine.isdisjoint(theirs)

    def _speaker(self, quotation: Quotation) -> Speaker:
        owner = int(self._material.owner[quotation.sentence])
        if owner not in self._speakers:
            numbers = (self._material.owner == owner).nonzero()[0].tolist()
            self._speakers[owner] = Speakers({number: self._material.sentences[number] for number in numbers})
        return self._speakers[owner].of(quotation.sentence)

    def _comparison(
        self, listed: list[Keys], group: list[int], edges: dict[tuple[int, int], tuple[Difference, ...]]
    ) -> Comparison:
        sides = []
        for wordings in _same(group, edges):
            quotations = [quotation for number in wordings for quotation in self._quotations[listed[number]]]
            sides.append(side_of(self._value(quotation) for quotation in quotations))
        first = min(pair for pair in edges if edges[pair] and pair[0] in group)
        name = self._name(self._quotations[listed[first[0]]] + self._quotations[listed[first[1]]])
        return Comparison(
            id="",
            kind="quotation",
            topic=f"{name} · quotation" if name else "quotation",
            relation="conflict",
            reason=_reason(name, edges[first]),
            sides=in_order(sides),
        )

    def _value(self, quotation: Quotation) -> Value:
        name = self._name([quotation])
        return value_of(self._material, quotation.sentence, quotation.start, quotation.end, attribution=name or None)

    def _name(self, quotations: Sequence[Quotation]) -> str:
        return next((found.name for found in map(self._speaker, quotations) if found.name), "")


def _proposals(told: Sequence[Keys], listed: Sequence[Keys]) -> list[tuple[int, int]]:
    """Give the pairs of wordings that share enough different words, in order; one is enough for two short ones."""
    places: dict[str, list[int]] = defaultdict(list)
    for number, (keys, whole) in enumerate(zip(told, listed, strict=True)):
        telling = [key for key in dict.fromkeys(keys) if key not in CUTS and key not in TURNING]
        for key in telling or [" ".join(key for key in whole if key not in NEGATING)]:
            places[key].append(number)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for numbers in places.values():
        if len(numbers) <= _COMMON:
            for pair in combinations(numbers, 2):
                shared[pair] += 1
    short = [len(whole) <= _SHORT for whole in listed]
    return sorted((a, b) for (a, b), count in shared.items() if count >= _FEW or (short[a] and short[b]))


def _groups(edges: dict[tuple[int, int], tuple[Difference, ...]]) -> list[list[int]]:
    """Give the connected wordings among which two differ, in order."""
    parent: dict[int, int] = {}

    def top(number: int) -> int:
        while parent.setdefault(number, number) != number:
            number = parent[number]
        return number

    for a, b in sorted(edges):
        low, high = sorted((top(a), top(b)))
        parent[high] = low
    groups: dict[int, list[int]] = defaultdict(list)
    for number in sorted(parent):
        groups[top(number)].append(number)
    differing = {top(a) for (a, _), found in edges.items() if found}
    return [groups[number] for number in sorted(differing)]


def _same(group: Sequence[int], edges: dict[tuple[int, int], tuple[Difference, ...]]) -> list[list[int]]:
    """Put wordings that do not differ on one side: each joins the first side with which it differs nowhere."""
    sides: list[list[int]] = []
    for number in group:
        for side in sides:
            found = [edges.get((other, number)) for other in side]
            if any(one is not None for one in found) and not any(found):
                side.append(number)
                break
        else:
            sides.append([number])
    return sides


def _reason(name: str, differences: Sequence[Difference]) -> str:
    parts = []
    for difference in differences:
        mine, theirs = (" ".join(dict.fromkeys(word.text for word in words)) for words in told_apart(difference))
        if mine and theirs:
            parts.append(f"“{mine}” in one, “{theirs}” in the other")
        else:
            parts.append(f"“{mine or theirs}” in one only")
    who = f"{name} is quoted" if name else "one utterance is quoted"
    return f"{who} in different words: {'; '.join(parts)}"
