"""A sentence as its figures see it: tokens, which of them belong to which figure, and where clauses end."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from summarizer.actors import name_key
from summarizer.quantities.quantity import Quantity, Span
from summarizer.quantities.tokens import Token
from summarizer.quantities.words import CLAUSE_WORDS, DETERMINERS, PREPOSITIONS, SAYING, STOPS

#: No clause is read further than this many tokens to either side, which keeps the reading of long lists linear.
REACH: Final = 30
_TIMES: Final = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december jan feb mar apr jun jul aug sep sept oct nov dec i covid gdp fed mr "
    "mrs ms".split()
) - {"fed", "gdp"}  # fmt: skip
#: Countries, named by one word that is no other.
_COUNTRIES: Final = frozenset(
    "china russia ukraine france germany japan canada mexico india pakistan israel palestine iran iraq syria turkey "
    "egypt italy spain greece poland australia brazil korea taiwan vietnam sweden norway netherlands switzerland "
    "argentina nigeria kenya qatar cuba afghanistan".split()
)
#: Titles and common words that begin names at the start of a sentence.
_NAME_STARTS: Final = frozenset("new north south east west white supreme united federal house national".split())
_JOINED: Final = {
    "united states": "usa", "united kingdom": "uk", "european union": "eu", "united nations": "un",
    "saudi arabia": "saudi", "great britain": "uk", "united states of america": "usa", "hong kong": "hong kong",
}  # fmt: skip


class Scene:
    """The tokens of a sentence and the figures among them.

    :ivar words: the tokens in lower case.
    :ivar owner: for each token the index of the figure that it belongs to, -1 for none.
    :ivar places: for each figure its first token and one past its last.
    """

    __slots__ = ("owner", "places", "quantities", "tokens", "words")

    def __init__(self, tokens: Sequence[Token], quantities: Sequence[Quantity]) -> None:
        self.tokens = tokens
        self.words = [token.low for token in tokens]
        self.quantities = quantities
        self.owner = [-1] * len(tokens)
        self.places: list[tuple[int, int]] = []
        at = 0
        for index, quantity in enumerate(quantities):
            while at < len(tokens) and tokens[at].end <= quantity.start:
                at += 1
            end = at
            while end < len(tokens) and tokens[end].start < quantity.end:
                self.owner[end] = index
                end += 1
            self.places.append((at, end))

    def at(self, character: int) -> int:
        """Give the first token that begins at or after a character; their number for none."""
        return bisect_left(self.tokens, character, key=_start)

    def word(self, at: int) -> str:
        """Give a token in lower case, nothing outside of the sentence."""
        return self.words[at] if 0 <= at < len(self.words) else ""

    def span(self, name: str, first: int, end: int) -> Span:
        """Name the stretch from one token up to, not with, another."""
        return Span(name, self.tokens[first].start, self.tokens[end - 1].end)

    def is_name(self, at: int) -> bool:
        """Tell whether a token is capitalised as names are; the first word only if it is a known actor or part
        of one.
        """
        token = self.tokens[at]
        if not token.text[0].isupper() or token.low in _TIMES or token.low in DETERMINERS or token.low in PREPOSITIONS:
            return token.text == "US"
        if at and self.words[at - 1] not in STOPS:
            return True
        if token.low in CLAUSE_WORDS or token.low in SAYING:
            return False
        bare = token.low.removesuffix("'s")
        key = name_key(token.text)
        if key and (key != bare or bare in _COUNTRIES or token.text.isupper() or bare != token.low):
            return True
        if not key and token.low not in _NAME_STARTS:
            return False
        return (
            at + 1 < len(self.tokens)
            and self.tokens[at + 1].text[0].isupper()
            and self.tokens[at + 1].low not in _TIMES
        )

    def name_end(self, at: int, stop: int) -> int:
        """Give where a run of capitalised words ends that begins at a token; a possessive ends it."""
        end = at
        while end < stop and self.is_name(end) and self.owner[end] < 0:
            end += 1
            if self.words[end - 1].endswith(("'s", "s'")):
                break
            if self.word(end) == "of" and end + 1 < stop and self.is_name(end + 1):
                end += 1
        return end

    def bound_left(self, at: int, *, commas: bool = True) -> int:
        """Give where the clause begins that a token stands in, commas ending it or not."""
        first = max(0, at - REACH)
        while at > first:
            word = self.words[at - 1]
            if word in STOPS or (commas and word == ",") or (word in CLAUSE_WORDS and word not in ("and", "or", "as")):
                break
            at -= 1
        return at

    def bound_right(self, at: int, *, commas: bool = True) -> int:
        """Give where the clause ends that a token stands in."""
        last = min(len(self.words), at + REACH)
        while at < last:
            word = self.words[at]
            if word in STOPS or (commas and word == ",") or (word in CLAUSE_WORDS and word not in ("and", "or", "as")):
                break
            at += 1
        return at


def _start(token: Token) -> int:
    return token.start


@lru_cache(maxsize=1 << 13)
def actor_name(run: str) -> str:
    """Name an actor in one spelling: "China's", "Chinese" and "Beijing" are china, "the U.S." is usa."""
    low = run.lower().replace("’", "'").removesuffix("'s").removesuffix("'")
    if low in _JOINED:
        return _JOINED[low]
    words = run.replace("’", "'").removesuffix("'s").split()
    return (name_key(words[0]) or low) if len(words) == 1 else low


@lru_cache(maxsize=1 << 13)
def singular(word: str) -> str:
    """Give a noun in the singular, by its ending alone."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is", "ics", "news")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    return word[:-1]


_IRREGULAR: Final = {
    "men": "man", "women": "woman", "children": "child", "people": "people", "persons": "people", "person": "people",
    "series": "series", "damages": "damages", "taxes": "tax", "lives": "life", "wives": "wife", "prices":
    "price", "goods": "goods",
    "sales": "sale", "losses": "loss", "species": "species", "gas": "gas", "texas": "texas",
}  # fmt: skip
