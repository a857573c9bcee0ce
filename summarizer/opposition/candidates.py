"""Which sentences are read at all: pairs of two origins that may go against one another, told by their stems alone.

A sentence with a word of denial meets those that hold one of the stems behind it; a sentence with one of a pair of
opposites meets those with the other. Both must share more words. Of 75 news sentences 5 are read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import product
from typing import Final

import numpy as np
from numpy.typing import NDArray

from summarizer.material import Material
from summarizer.opposition.antonyms import ONE_WAY, TWO_WAY, opposites, poles
from summarizer.opposition.stems import KEYS, verbs
from summarizer.opposition.wording import DENIALS, NEGATORS, NOBODY, NOMINAL, word_key

#: Stems that two sentences must share beside the predicate; one with fewer in all needs all of them but one.
_SHARED: Final = 2
#: Share of the stems of the shorter of two sentences that both must have, the predicate not counted.
_SHARE: Final = 0.3
#: Sentences that one sentence is held against for one predicate, those that share most first.
_MOST: Final = 30
#: Sentences from which on words are counted in arrays.
_CROWD: Final = 40
#: Words behind a cue, and before it, among which the denied predicate is looked for.
_SCOPE, _BEFORE = 5, 2
_CUES: Final = frozenset(
    (*NEGATORS, *NOBODY, "nobodi", "noth", "no", "neither", "without", "unabl", "fail", "refus", "declin")
)

_ALL_CUES: Final = _CUES | DENIALS
#: Whoever does not say one thing says another.
_UNDENIED: Final = frozenset(map(word_key, "say tell add ask comment respond repli explain elaborate".split()))

#: Two sentences and the key of the predicate looked for in each.
Candidate = tuple[int, str, int, str]


class Candidates:
    """The sentences of an input by the stems that may oppose.

    :param material: n sentences.
    :param usable: shape (n,), which of them are read.
    """

    def __init__(self, material: Material, usable: Sequence[bool]) -> None:
        vocabulary = material.terms.vocabulary
        numbers: dict[str, int] = {}
        same = [numbers.setdefault(key, len(numbers)) for key in map(KEYS.__getitem__, vocabulary)]
        self._vocabulary = vocabulary
        self._number = numbers
        self._keys = list(numbers)
        stop = material.terms.is_stop.copy()
        if "won" in vocabulary:  # a function word to those who cut "won't" in two
            stop[vocabulary.index("won")] = False
        rows = material.terms.rows
        lengths = [len(row) if use else 0 for row, use in zip(rows, usable, strict=True)]
        flat = np.concatenate([row for row, use in zip(rows, usable, strict=True) if use] or [rows[0][:0]])
        self._starts = np.concatenate(([0], np.cumsum(lengths)))
        self._owner = np.repeat(np.arange(len(lengths)), lengths)
        self._stems = flat
        self._flat = np.array(same, dtype=np.int64)[flat] if len(flat) else np.zeros(0, dtype=np.int64)
        self._told = ~stop[flat]
        self._origin: list[int] = material.voice.tolist()
        self._document: list[int] = material.owner.tolist()
        self._content: dict[int, frozenset[int]] = {}
        self._of_origin: dict[int, list[int]] = {}
        for number, origin in enumerate(self._origin):
            self._of_origin.setdefault(origin, []).append(number)

    def pairs(self) -> list[Candidate]:
        """Give the pairs that may be opposed, of two origins each, in order. O(words) but for the pairs."""
        if not len(self._flat):
            return []
        return sorted({*self._denied(), *self._opposite(), *self._exchanged()})

    def within(self, number: int, key: str) -> Iterator[tuple[int, str]]:
        """Give what in the origin of a sentence may oppose it: whoever tells both knows how they go together.

        :param number: the sentence.
        :param key: its predicate.
        :return: sentences, itself among them, and the key to look for in each.
        """
        own = self._of_origin[self._origin[number]]
        for other in (key, *opposites(key)):
            verb = self._number.get(other.split("_")[0])
            if verb is not None:
                yield from ((place, other) for place in own if verb in self._words(place))

    def words_before(self, number: int) -> frozenset[str]:
        """Give the keys of what the sentence before one in its document tells."""
        if not number or self._document[number - 1] != self._document[number]:
            return frozenset()
        return frozenset(self._keys[word] for word in self._words(number - 1))

    def _denied(self) -> Iterator[Candidate]:
        """Pair the sentences with a word of denial with others that hold a word that it may deny."""
        cues = np.array([form in _ALL_CUES or form[-3:] == "n't" for form in self._vocabulary], dtype=np.bool_)
        scopes: dict[str, list[tuple[int, int]]] = {}
        for place in np.flatnonzero(cues[self._stems]).tolist():
            number = int(self._owner[place])
            for word in self._scope(place, number):
                own = self._keys[word]
                for key in dict.fromkeys((own, NOMINAL.get(own, own), *verbs().get(own, ()))):
                    if key not in _UNDENIED:
                        scopes.setdefault(key, []).append((number, word))
        held = self._held_by_two()
        # What one origin alone has is denied by nobody else, unless a noun of the denial tells of a verb.
        words = {
            key: verb
            for key, found in scopes.items()
            if (verb := self._number.get(key.split("_")[0])) is not None
            and (held[verb] or any(word != verb for _, word in found))
        }
        places = self._places(sorted(words.values()))
        for key, word in words.items():
            if len(places[word]) > 1 or places[word][0] != scopes[key][0][0]:
                for number, denied in dict.fromkeys(scopes[key]):
                    for other in self._near(number, places[word], {word, denied}):
                        yield number, key, other, key

    def _held_by_two(self) -> NDArray[np.bool_]:
        """Tell which words two origins or more hold."""
        n = max(self._origin) + 1
        pairs = np.unique(self._flat * n + np.array(self._origin, dtype=np.int64)[self._owner])
        return np.bincount(pairs // n, minlength=len(self._keys)) > 1

    def _scope(self, place: int, number: int) -> list[int]:
        """Give the words that a word of denial may deny: some behind it, and two before it ("found no evidence")."""
        start, end = int(self._starts[number]), int(self._starts[number + 1])
        behind, before = (
            slice(place + 1, min(place + 1 + 2 * _SCOPE, end)),
            slice(max(place - 2 * _BEFORE, start), place),
        )
        told: list[int] = self._flat[behind][self._told[behind]].tolist()[:_SCOPE]
        told += self._flat[before][self._told[before]].tolist()[-_BEFORE:]
        return told

    def _opposite(self) -> Iterator[Candidate]:
        """Pair sentences that hold opposites."""
        table = verbs()
        sides: dict[tuple[int, int], list[tuple[int, str]]] = {}
        for verb in [key for key in self._keys if key in table]:
            for key in table[verb]:
                for pair in poles()[key]:
                    sides.setdefault(pair, []).append((self._number[verb], key))
        met = [number for number, sign in sides if sign > 0 and (number, -1) in sides]
        places = self._places(sorted({word for n in met for sign in (1, -1) for word, _ in sides[n, sign]}))
        for number in met:
            for (a, key), (b, other_key) in product(sides[number, 1], sides[number, -1]):
                if places[a] and places[b]:
                    for sentence in places[a]:
                        for other in self._near(sentence, places[b], {a, b}):
                            yield sentence, key, other, other_key

    def _exchanged(self) -> Iterator[Candidate]:
        """Pair sentences with one verb of which only one can have the roles right."""
        verbs = {key: self._number[key] for key in (*ONE_WAY, *TWO_WAY) if key in self._number}
        places = self._places(sorted(set(verbs.values())))
        for key, word in verbs.items():
            for number in places[word] if len(places[word]) > 1 else ():
                for other in self._near(number, places[word], {word}):
                    if number < other:
                        yield number, key, other, key

    def _places(self, words: Sequence[int]) -> dict[int, list[int]]:
        """Give the sentences that hold each of some words, ascending."""
        places: dict[int, list[int]] = {word: [] for word in words}
        looked = np.zeros(len(self._keys), dtype=np.bool_)
        looked[list(words)] = True
        at = np.flatnonzero(looked[self._flat] & self._told)
        for word, number in zip(self._flat[at].tolist(), self._owner[at].tolist(), strict=True):
            found = places[word]
            if not found or found[-1] != number:
                found.append(number)
        return places

    def _near(self, number: int, others: Sequence[int], words: set[int]) -> list[int]:
        """Give those of other sentences that share enough words with one, those that share most first."""
        origin, mine = self._origin[number], self._words(number) - words
        if len(others) > _CROWD:
            return self._near_in_crowd(origin, mine, others)
        found = []
        for other in others:
            if self._origin[other] != origin:
                theirs = self._words(other)
                shared = len(mine & theirs)
                if shared:
                    shorter = min(len(mine), len(theirs) - 1)
                    if shared >= max(1, min(_SHARED, shorter - 1), _SHARE * shorter):
                        found.append((-shared, other))
        return [other for _, other in sorted(found)[:_MOST]]

    def _near_in_crowd(self, origin: int, mine: frozenset[int], others: Sequence[int]) -> list[int]:
        """Give the same of many sentences, counted in arrays."""
        starts, owners, sizes, origins = self._postings
        held = [owners[starts[word] : starts[word + 1]] for word in sorted(mine)]
        counts = np.bincount(np.concatenate([owners[:0], *held]), minlength=len(sizes))
        crowd = np.array(others, dtype=np.int64)
        shared, shorter = counts[crowd], np.minimum(len(mine), sizes[crowd] - 1)
        least = np.maximum(np.maximum(1, np.minimum(_SHARED, shorter - 1)), _SHARE * shorter)
        near = crowd[(shared >= least) & (origins[crowd] != origin)]
        found: list[int] = near[np.lexsort((near, -counts[near]))][:_MOST].tolist()
        return found

    @cached_property
    def _postings(self) -> tuple[NDArray[np.int64], ...]:
        """Where the sentences that hold a word begin, these sentences, the words of each sentence, its origin."""
        n = len(self._origin)
        pairs = np.unique((self._flat * n + self._owner)[self._told])
        words, owners = np.divmod(pairs, n)
        starts = np.searchsorted(words, np.arange(len(self._keys) + 1))
        return starts, owners, np.bincount(owners, minlength=n), np.array(self._origin, dtype=np.int64)

    def _words(self, number: int) -> frozenset[int]:
        """Give the words of a sentence, function words left out."""
        if number not in self._content:
            row = slice(self._starts[number], self._starts[number + 1])
            self._content[number] = frozenset(self._flat[row][self._told[row]].tolist())
        return self._content[number]
