"""Which sentences are read at all: pairs of two origins that may go against one another, told by their stems alone.

A sentence with a word of denial meets those that hold one of the stems behind it; a sentence with one of a pair of
opposites meets those with the other. Both must share more words. Of 75 news sentences 5 are read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, product
from typing import Final

import numpy as np
from numpy.typing import NDArray

from summarizer.material import Material
from summarizer.opposition.antonyms import ONE_WAY, TWO_WAY, opposites, poles
from summarizer.opposition.stems import KEYS, verbs
from summarizer.opposition.synonyms import one_acts
from summarizer.opposition.wording import CARRIED, DENIALS, NEGATORS, NOBODY, NOMINAL, word_key
from summarizer.vectors import distinct

#: Stems that two sentences must share beside the predicate; one with fewer in all needs all of them but one.
_SHARED: Final = 2
#: Share of the stems of the shorter of two sentences that both must have, the predicate not counted.
_SHARE: Final = 0.3
#: Sentences that one sentence is held against for one predicate, those that share most first.
_MOST: Final = 30
#: Words behind a cue, and before it, among which the denied predicate is looked for.
_SCOPE, _BEFORE = 5, 2
_CUES: Final = frozenset(
    (*NEGATORS, *NOBODY, *"nobodi noth no neither without unabl fail refus declin lack free".split())
)

_ALL_CUES: Final = _CUES | DENIALS
#: Whoever does not say one thing says another.
_UNDENIED: Final = frozenset(map(word_key, "say tell add ask comment respond repli explain elaborate".split()))

#: Two sentences and the key of the predicate looked for in each.
Candidate = tuple[int, str, int, str]


@dataclass(frozen=True, slots=True)
class _Sought:
    """What one sentence looks for in others.

    :param key: its own predicate, and :param own: the word for it.
    :param other_key: theirs, and :param word: the word for it.
    :param later: whether only later sentences are meant, for all others look for this one.
    """

    key: str
    own: int
    other_key: str
    word: int
    later: bool = False


def _least(shorter: int) -> float:
    """Give how many words two sentences must share, of which the shorter has so many beside the predicate."""
    return max(1, min(_SHARED, shorter - 1), _SHARE * shorter)


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
        self._origins = np.array(self._origin, dtype=np.int64)
        self._document: list[int] = material.owner.tolist()
        self._content: dict[int, frozenset[int]] = {}
        self._of_origin: dict[int, list[int]] = {}
        for number, origin in enumerate(self._origin):
            self._of_origin.setdefault(origin, []).append(number)

    def pairs(self) -> list[Candidate]:
        """Give the pairs that may be opposed, of two origins each, in order. O(words) but for the pairs."""
        if not len(self._flat):
            return []
        sought: dict[int, list[_Sought]] = {}
        for number, one in chain(self._denied(), self._opposite(), self._exchanged()):
            sought.setdefault(number, []).append(one)
        return sorted({pair for number, wanted in sought.items() for pair in self._meet(number, wanted)})

    def within(self, number: int, key: str) -> Iterator[tuple[int, str]]:
        """Give what in the origin of a sentence may oppose it: whoever tells both knows how they go together.

        :param number: the sentence.
        :param key: its predicate.
        :return: sentences, itself among them, and the key to look for in each.
        """
        own = self._of_origin[self._origin[number]]
        for other in (key, *one_acts().get(key, ()), *opposites(key)):
            verb = self._number.get(other.split("_")[0])
            if verb is not None:
                yield from ((place, other) for place in own if verb in self._words(place))

    def words_before(self, number: int) -> frozenset[str]:
        """Give the keys of what the sentence before one in its document tells."""
        if not number or self._document[number - 1] != self._document[number]:
            return frozenset()
        return frozenset(self._keys[word] for word in self._words(number - 1))

    def _denied(self) -> Iterator[tuple[int, _Sought]]:
        """Give the sentences with a word of denial, and what they may deny."""
        cues = np.array([form in _ALL_CUES or form[-3:] == "n't" for form in self._vocabulary], dtype=np.bool_)
        scopes: dict[str, list[tuple[int, int]]] = {}
        for place in np.flatnonzero(cues[self._stems]).tolist():
            number = int(self._owner[place])
            for word in self._scope(place, number):
                own = self._keys[word]
                for key in dict.fromkeys((own, NOMINAL.get(own, own), CARRIED.get(own, own), *verbs().get(own, ()))):
                    if key not in _UNDENIED:
                        scopes.setdefault(key, []).append((number, word))
        held = self._held_by_two()
        for key, found in scopes.items():
            for stated in (key, *one_acts().get(key, ())):
                verb = self._number.get(stated.split("_")[0])
                # What one origin alone has is denied by nobody else, unless another word of the denial tells of it.
                if verb is None or not (stated != key or held[verb] or any(word != verb for _, word in found)):
                    continue
                places = self._places(verb)
                if len(places) > 1 or places[0] != found[0][0]:
                    for number, denied in dict.fromkeys(found):
                        yield number, _Sought(key, denied, stated, verb)

    def _held_by_two(self) -> NDArray[np.bool_]:
        """Tell which words two origins or more hold."""
        n = max(self._origin) + 1
        pairs = distinct(self._flat * n + self._origins[self._owner])
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

    def _opposite(self) -> Iterator[tuple[int, _Sought]]:
        """Give the sentences with one of two opposites, and the other."""
        table = verbs()
        sides: dict[tuple[int, int], list[tuple[int, str]]] = {}
        for verb in [key for key in self._keys if key in table]:
            for key in table[verb]:
                for pair in poles().get(key, ()):
                    sides.setdefault(pair, []).append((self._number[verb], key))
        for number in [number for number, sign in sides if sign > 0 and (number, -1) in sides]:
            for (a, key), (b, other_key) in product(sides[number, 1], sides[number, -1]):
                if len(self._places(b)):
                    for sentence in self._places(a).tolist():
                        yield sentence, _Sought(key, a, other_key, b)

    def _exchanged(self) -> Iterator[tuple[int, _Sought]]:
        """Give the sentences with a verb of which only one of two can have the roles right."""
        for key in filter(self._number.__contains__, (*ONE_WAY, *TWO_WAY)):
            word = self._number[key]
            for number in self._places(word).tolist():
                yield number, _Sought(key, word, key, word, later=True)

    def _places(self, word: int) -> NDArray[np.int64]:
        """Give the sentences that hold a word, ascending."""
        starts, owners = self._postings
        return owners[starts[word] : starts[word + 1]]

    def _meet(self, number: int, wanted: Sequence[_Sought]) -> Iterator[Candidate]:
        """Pair one sentence with those that hold what it looks for, and share enough words with it."""
        found: dict[int, list[tuple[int, int]]] = {}
        for place, other, shared in self._near(number, wanted):
            found.setdefault(place, []).append((-shared, other))
        for place, others in found.items():
            one = wanted[place]
            for _, other in sorted(others)[:_MOST]:
                if number < other or not one.later:
                    yield number, one.key, other, one.other_key

    def _near(self, number: int, wanted: Sequence[_Sought]) -> Iterator[tuple[int, int, int]]:
        """Give the sentences of other origins that hold what one looks for and share enough other words with it.

        :return: the place of what is looked for, the sentence, and how many other words both hold. The words that any
            sentence shares with this one are counted once, whatever is looked for.
        """
        starts, owners = self._postings
        mine = self._words(number)
        counts = np.bincount(
            np.concatenate([owners[:0], *(owners[starts[word] : starts[word + 1]] for word in mine)]),
            minlength=len(self._least),
        )
        crowds = [self._places(one.word) for one in wanted]
        others = np.concatenate(crowds)
        nth = np.repeat(np.arange(len(crowds)), [len(crowd) for crowd in crowds])
        told = np.array([one.word in mine for one in wanted])
        shared = counts[others] - told[nth]
        least = np.array([_least(len(mine - {one.own, one.word})) for one in wanted])
        least = np.minimum(least[nth], self._least[others])  # it grows with the words of either
        near = (shared >= least) & (self._origins[others] != self._origin[number])
        columns = [row[near].tolist() for row in (nth, others, shared, least)]
        for place, other, both, enough in zip(*columns, strict=True):
            one = wanted[place]
            both -= one.own != one.word and one.own in self._words(other)
            if both >= enough:
                yield place, other, both

    @cached_property
    def _postings(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Where the sentences that hold a word begin, and these sentences."""
        n = len(self._origin)
        words, owners = np.divmod(distinct((self._flat * n + self._owner)[self._told]), n)
        return np.searchsorted(words, np.arange(len(self._keys) + 1)), owners

    @cached_property
    def _least(self) -> NDArray[np.float64]:
        """What each sentence must share with a longer one that looks for one of its words."""
        n = len(self._origin)
        return np.array([_least(size - 1) for size in np.bincount(self._postings[1], minlength=n).tolist()])

    def _words(self, number: int) -> frozenset[int]:
        """Give the words of a sentence, function words left out."""
        if number not in self._content:
            row = slice(self._starts[number], self._starts[number + 1])
            self._content[number] = frozenset(self._flat[row][self._told[row]].tolist())
        return self._content[number]
