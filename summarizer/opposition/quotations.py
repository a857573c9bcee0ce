"""Quotations that differ: one utterance of one speaker, in words that do not say the same.

Two quotations are one utterance when at least half of the shorter stands in the other in the same order, and at least
four words that tell something; or when nearly all their words are the same. They differ when, between words that both
have, one has another word or number, or has a negation that the other has not. What is cut short, or marked as cut by
an editor, does not differ, and neither do spelling, punctuation, contractions, tense, small words and words of one
meaning, as two translators choose them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Final

from summarizer.datatypes import Document
from summarizer.findings import Comparison, Value
from summarizer.material import Material
from summarizer.opposition.alignment import (
    Difference,
    Keys,
    find_differences,
    find_turn,
    propose_pairs,
    tell_differences,
)
from summarizer.opposition.quoted_speakers import Speaker, Speakers
from summarizer.opposition.quotes import Quotation, find_quotations, has_marks
from summarizer.opposition.reading import other_time, read_sentence
from summarizer.opposition.sides import in_order, join_pairs, side_of, value_of
from summarizer.opposition.wording import CUTS, NEGATING, Word, read_all_words

#: Words that tell something which two quotations must share in order, and the share of the shorter that they must be.
_SHARED, _SHARE = 4, 0.5
#: Where both name the speaker fewer do, if the quotations are as much alike in all their words (Ratcliff, Obershelp).
_FEW, _ALIKE_WHOLE = 2, 0.6
#: Where only one of the two names a speaker, so many and such a share, since stock phrases have many speakers.
_SHARED_UNNAMED, _SHARE_UNNAMED = 5, 0.6
#: Share of the words of two quotations, whatever their order, below which they are not aligned.
_SHARE_AT_ONCE: Final = 0.35
#: Words beyond this are not aligned: alignment is quadratic.
_LONGEST: Final = 80
#: Words before a quotation among which its negation may stand.
_BEFORE: Final = 4


_MARKS: Final = re.compile(r"[^\w\s'’]+")


def find_differing(material: Material, usable: Sequence[bool]) -> list[Comparison]:
    """Find quotations of one utterance that differ in substance between origins.

    :param material: n sentences.
    :param usable: shape (n,), which of them are read.
    :return: comparisons without id, in order of their first place. O(characters) but for the pairs that share words.
    """
    wordings = _Wordings(material)
    for quotation in _read(material, usable):
        wordings.add(quotation)
    return wordings.compare()


def _read(material: Material, usable: Sequence[bool]) -> list[Quotation]:
    """Read the quotations, if two documents or more have any."""
    marked = [has_marks(document.text) for document in material.documents]
    if sum(marked) < 2:
        return []
    of_document = defaultdict(list)
    for number, owner in enumerate(material.owner.tolist()):
        if usable[number] and marked[owner]:
            of_document[owner].append((number, material.sentences[number]))
    return [
        quotation
        for owner, sentences in of_document.items()
        for quotation in find_quotations(material.documents[owner], sentences)
    ]


class _Wordings:
    """All quotations of an input by what they are compared by."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self._quotations: dict[str, list[Quotation]] = {}
        self._told: dict[str, Keys] = {}
        self._words: dict[str, list[Word]] = {}
        self._speakers: dict[int, Speakers] = {}

    def add(self, quotation: Quotation) -> None:
        text = self._document(quotation).text[quotation.start : quotation.end]
        self._quotations.setdefault(text.replace("’", "'").lower(), []).append(quotation)

    def compare(self) -> list[Comparison]:
        """Align what shares words, and group what belongs to one utterance."""
        listed = sorted(self._quotations, key=lambda text: self._place(self._quotations[text][0]))
        edges: dict[tuple[int, int], tuple[Difference, ...]] = {}
        self._told = {text: tuple(word.key for word in self._quotations[text][0].words)[:_LONGEST] for text in listed}
        for a, b in propose_pairs(listed, self._told):
            found = self._differences(listed[a], listed[b])
            if found is not None:
                edges[a, b] = found
        return [self._comparison(listed, group, edges) for group in _groups(edges)]

    def _all_words(self, text: str) -> list[Word]:
        """Give every word of a wording, read when it is first aligned."""
        if text not in self._words:
            quotation = self._quotations[text][0]
            written = self._document(quotation).text[quotation.start : quotation.end]
            self._words[text] = read_all_words(written, quotation.start)
        return self._words[text]

    def _document(self, quotation: Quotation) -> Document:
        return self._material.documents[int(self._material.owner[quotation.sentence])]

    def _place(self, quotation: Quotation) -> tuple[int, int]:
        return quotation.sentence, quotation.start

    def _voices(self, text: str) -> set[int]:
        return {int(self._material.voice[quotation.sentence]) for quotation in self._quotations[text]}

    def _differences(self, a: str, b: str) -> tuple[Difference, ...] | None:
        """Give where two wordings part; nothing where they say the same; None where they are not one utterance."""
        if self._voices(a) & self._voices(b):
            return None  # whoever prints both took them for two utterances
        if not self._may_be_one(a, b):
            return None
        same = self._same_speaker(a, b)
        if same is False:
            return None
        mine, theirs = self._quotations[a][0], self._quotations[b][0]
        turned = None
        if same and max(a.count(" "), b.count(" ")) < _LONGEST:
            turned = find_turn(self._all_words(a), self._all_words(b))
            if turned and self._denied_outside(mine, theirs, turned[0]):
                return None
        found = turned or self._by_content(mine, theirs, self._told[a], self._told[b], same)
        found = turned if found is None else found
        return None if found is None or self._other_time(mine, theirs) else found

    def _may_be_one(self, a: str, b: str) -> bool:
        """Tell, by the words alone, whether two wordings may be alike enough; most pairs are not."""
        mine, theirs = frozenset(self._told[a]), frozenset(self._told[b])
        shared = len(mine & theirs)
        if shared >= _SHARED and shared >= _SHARE_AT_ONCE * min(len(mine), len(theirs)):
            return True
        words, others = frozenset(a.split()), frozenset(b.split())
        return 2 * len(words & others) >= _SHARE_AT_ONCE * (len(words) + len(others))

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
        return other_time(*(read_sentence(self._material.sentences[one.sentence].text) for one in (a, b)))

    def _same_speaker(self, a: str, b: str) -> bool | None:
        """Tell whether one of the speakers is the same; None where no speaker is known on a side."""
        mine, theirs = (
            frozenset[str]().union(*(self._speaker(quotation).keys for quotation in self._quotations[text]))
            for text in (a, b)
        )
        return None if not mine or not theirs else not mine.isdisjoint(theirs)

    def _speaker(self, quotation: Quotation) -> Speaker:
        owner = int(self._material.owner[quotation.sentence])
        if owner not in self._speakers:
            numbers = (self._material.owner == owner).nonzero()[0].tolist()
            self._speakers[owner] = Speakers({number: self._material.sentences[number] for number in numbers})
        return self._speakers[owner].of(quotation.sentence)

    def _comparison(
        self, listed: list[str], group: list[int], edges: dict[tuple[int, int], tuple[Difference, ...]]
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
            reason=tell_differences(name, edges[first]),
            sides=in_order(sides),
        )

    def _value(self, quotation: Quotation) -> Value:
        name = self._name([quotation])
        return value_of(self._material, quotation.sentence, quotation.start, quotation.end, attribution=name or None)

    def _name(self, quotations: Sequence[Quotation]) -> str:
        return next((found.name for found in map(self._speaker, quotations) if found.name), "")


def _groups(edges: dict[tuple[int, int], tuple[Difference, ...]]) -> list[list[int]]:
    """Give the connected wordings among which two differ, in order."""
    group = join_pairs(edges)
    groups: dict[int, list[int]] = defaultdict(list)
    for number in sorted(group):
        groups[group[number]].append(number)
    differing = {group[a] for (a, _), found in edges.items() if found}
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
