"""Sentences as the gate reads them: tokens with stems, what is quoted, and which words stand for which in a source.

No parser is used: words are told apart by closed lists and by what stands beside them. English.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import Final

from summarizer.faithfulness.lexicon import IRREGULAR, NUMBER_WORDS, SAYING
from summarizer.terms import STOP_WORDS, stem

_TOKEN: Final = re.compile(
    r"(?:[^\W\d_]\.){2,}"
    r"|[^\W\d_]+(?:['’][^\W\d_]+)*"
    r"|\d+(?:[.,:/]\d+)*"
    r"|[^\w\s]|_"
)
#: How far the words lie that tell one use of a word from another, and how much each counts.
_CLOSENESS: Final = ((1, 4), (2, 3), (3, 2), (4, 1))
#: Share of the best likeness from which another use of a word may be the one meant.
_NEARLY: Final = 0.75
_UNITED_STATES: Final = frozenset(("US", "USA", "U.S.", "U.S.A.", "u.s.", "u.s.a."))
_OPENERS: Final = {"“": "”", "«": "»", "„": "”", "‘": "’"}
_CURLY: Final = re.compile(r"[“”«»„]")
_SINGLE: Final = re.compile(r"(?<![\w'’.,])['‘](?=\w)(?:[^'‘’\"“”]|(?<=\w)['’](?=\w)){2,300}['’](?!\w)")
_BACKTICKS: Final = re.compile(r"``|''")


class Reading:
    """One sentence, read.

    :ivar tokens: words, numbers and marks in order.
    :ivar lows: the same in lower case, possessives and the dots of acronyms removed.
    :ivar stems: for content words and numbers what they are compared by; empty for all else.
    :ivar content: indices of tokens with a stem.
    """

    def __init__(self, text: str) -> None:
        self.text = _BACKTICKS.sub('"', text)
        matches = list(_TOKEN.finditer(self.text))
        self.tokens = [match.group() for match in matches]
        self.starts = [match.start() for match in matches]
        self.lows = [_low(token) for token in self.tokens]
        self.stems = [_key(low) for low in self.lows]
        if "May" in self.tokens:
            for at in [at for at, word in enumerate(self.tokens) if at and word == "May"]:
                self.stems[at] = "May"
        self._around: dict[int, dict[str, int]] = {}
        self.content = [at for at, form in enumerate(self.stems) if form]

    @cached_property
    def cased(self) -> bool:
        """Whether capitals tell names: some word after the first that is not "I" begins with one."""
        return any(word[0].isupper() and word != "I" for word in self.tokens[1:])

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Stems of all content words and numbers."""
        return frozenset(filter(None, self.stems))

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Where each stem stands, as positions in :attr:`content`."""
        found: dict[str, list[int]] = {}
        for k, at in enumerate(self.content):
            found.setdefault(self.stems[at], []).append(k)
        return found

    @cached_property
    def quotations(self) -> list[tuple[int, int]]:
        """Character spans between quotation marks; a mark without its partner reaches to the end it is open to."""
        return find_quotations(self.text)

    @cached_property
    def quoted(self) -> list[bool]:
        """For each token, whether it stands in a quotation."""
        spans = self.quotations
        if not spans:
            return [False] * len(self.tokens)
        return [any(start <= place < end for start, end in spans) for place in self.starts]

    def words_before(self, at: int) -> frozenset[str]:
        """Give stems, and function words, of all tokens before one."""
        return frozenset(form or low for form, low in zip(self.stems[:at], self.lows[:at], strict=True))

    def words_after(self, at: int) -> frozenset[str]:
        """Give stems, and function words, of all tokens from one on."""
        return frozenset(form or low for form, low in zip(self.stems[at:], self.lows[at:], strict=True))

    @cached_property
    def words(self) -> frozenset[str]:
        """All tokens in lower case."""
        return frozenset(self.lows)

    def around(self, k: int) -> dict[str, int]:
        """Give the stems near a content word, the nearer the more."""
        if k in self._around:
            return self._around[k]
        found = self._around[k] = {}
        content, stems = self.content, self.stems
        for distance, weight in _CLOSENESS:
            if k >= distance:
                found.setdefault(stems[content[k - distance]], weight)
            if k + distance < len(content):
                found.setdefault(stems[content[k + distance]], weight)
        return found


@lru_cache(maxsize=4096)
def read(text: str) -> Reading:
    """Read one sentence; the same one is read once. O(length)."""
    return Reading(text)


class Pairing:
    """Which words of the sources stand where a word of the candidate stands.

    :param candidate: the sentence to judge.
    :param sources: the sentences of its cluster.
    """

    def __init__(self, candidate: Reading, sources: Sequence[Reading]) -> None:
        self.candidate = candidate
        self.sources = sources
        self._best: dict[int, list[tuple[int, int]]] = {}
        self._near: dict[int, list[tuple[int, int]]] = {}

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Stems of all sources."""
        return frozenset().union(*(source.vocabulary for source in self.sources))

    @cached_property
    def lows(self) -> frozenset[str]:
        """All tokens of all sources in lower case."""
        return frozenset(low for source in self.sources for low in source.lows)

    def near(self, k: int) -> list[tuple[int, int]]:
        """Give the uses of a content word in the sources whose neighbours are nearly as much alike as the best."""
        self.best(k)
        return self._near[k]

    def best(self, k: int) -> list[tuple[int, int]]:
        """Give the uses of a content word in the sources whose neighbours are most like those of the candidate's.

        :param k: position in the content of the candidate.
        :return: (source, position in its content), all that share the best score; empty if no source has the word.
        """
        if k not in self._best:
            mine = self.candidate.around(k)
            form = self.candidate.stems[self.candidate.content[k]]
            scored = [
                (likeness(mine, source.around(place)), s, place)
                for s, source in enumerate(self.sources)
                for place in source.places.get(form, ())
            ]
            top = max(scored)[0] if scored else 0
            self._near[k] = [(s, place) for score, s, place in scored if score >= _NEARLY * top]
            self._best[k] = [(s, place) for score, s, place in scored if score == top]
        return self._best[k]


def likeness(mine: dict[str, int], theirs: dict[str, int]) -> int:
    """Give how many neighbours two words share, by their closeness."""
    return sum(weight * theirs[form] for form, weight in mine.items() if form in theirs)


@lru_cache(maxsize=1 << 15)
def _low(token: str) -> str:
    if token in _UNITED_STATES:
        return "usa"
    low = token.casefold().replace("’", "'")
    if low.endswith("'s") and len(low) > 2:
        low = low[:-2]
    return low.replace(".", "") if low[0].isalpha() else low


@lru_cache(maxsize=1 << 15)
def _key(low: str) -> str:
    """Give what a token is compared by: numbers by value, words by stem, irregular forms by their verb."""
    if low[0].isdecimal():
        return low.replace(",", "")
    if low in NUMBER_WORDS:
        return f"{NUMBER_WORDS[low]:g}"
    if not low[0].isalpha() or low in STOP_WORDS or low.endswith("n't"):
        return ""
    return "say" if low in SAYING else stem(IRREGULAR.get(low, low))


def find_quotations(text: str) -> list[tuple[int, int]]:
    """Find what stands between quotation marks, as character spans without the marks. O(length)."""
    spans: list[tuple[int, int]] = []
    opened = -1
    for match in _CURLY.finditer(text):
        if match.group() in "“«„":
            opened = match.end()
        else:
            spans.append((max(opened, 0) if opened >= 0 or not spans else spans[-1][1] + 1, match.start()))
            opened = -1
    if opened >= 0:
        spans.append((opened, len(text)))
    spans += _straight(text)
    if not spans:
        spans += [(match.start() + 1, match.end() - 1) for match in _SINGLE.finditer(text)]
    return sorted(spans)


def _straight(text: str) -> list[tuple[int, int]]:
    marks = [at for at, char in enumerate(text) if char == '"' and not text[at - 1 : at].isdecimal()]
    marks = marks or [at for at, char in enumerate(text) if char == '"']
    if len(marks) % 2:
        first = marks[0]
        closes = first > 0 and not text[first - 1].isspace() and not text[first + 1 : first + 2].isalnum()
        marks = [-1, *marks] if closes else [*marks, len(text)]
    return [(start + 1, end) for start, end in zip(marks[::2], marks[1::2], strict=True)]
