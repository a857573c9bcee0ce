"""A sentence as its clauses are read from it: tokens with places, what is quoted, names, times."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import Final

from summarizer.actors import name_key
from summarizer.amounts import MONTHS
from summarizer.opposition.quotes import find_spans, has_marks
from summarizer.opposition.synonyms import meant_by, one_noun
from summarizer.opposition.wording import word_key
from summarizer.terms import STOP_WORDS

_TOKEN: Final = re.compile(
    r"(?:[A-Za-z]\.){2,}|\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’-][^\W\d_]+)*|[^\w\s]",
)
_UNIONS: Final = {"states": "usa", "kingdom": "uk", "nations": "un"}
_DAYS: Final = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_ORDINALS: Final = frozenset(
    "first second third fourth fifth sixth last next previous earlier another other latter former final initial "
    "revised improved latest this".split()
)
#: What "this" makes a time of; elsewhere it points at things.
_PERIODS: Final = frozenset("week month year quarter season spring summer autumn winter decade century time".split())
_HOURS: Final = frozenset("morning afternoon evening night noon midnight dawn dusk".split())
#: What is told as over and done with is no part of what is reported now.
_BACKGROUND: Final = frozenset("previously initially originally formerly ago historically".split())
_ASKING: Final = ("?", '?"', "?”")
#: "Had he landed, he would have survived."
_INVERTED: Final = ("Had ", "Were ", "Should ")
#: "Will parliament pass it, ministers ask themselves."
_ASKED: Final = re.compile(r"(?:Will|Would|Did|Does|Do|Is|Are|Was|Were|Can|Could|Should|Has|Have) (?=[a-z])")
#: What follows these is not said to be so.
_OPEN: Final = re.compile(r"\b(?:[Ii]f|[Uu]nless|[Ww]hether)\b")


class Reading:
    """What is read of one sentence.

    :param text: the sentence. O(length).
    :ivar tokens: words, numbers and marks, as they stand.
    :ivar starts: first character of each in the sentence.
    :ivar lows: each in lower case, "n't" read as a word of its own in front of which its verb stands.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[str] = []
        self.starts: list[int] = []
        self.lows: list[str] = []
        for match in _TOKEN.finditer(text):
            token, start = match.group(), match.start()
            low = token.lower().replace("’", "'")
            if low.endswith("n't"):
                self._add(token[:-3] or token, start, _VERBS.get(low, low[:-3]))
                self._add(token[-3:], match.end() - 3, "not")
            elif low == "cannot":
                self._add(token[:3], start, "can")
                self._add(token[3:], start + 3, "not")
            else:
                self._add(token, start, low)
        self._join_unions()

    def _add(self, token: str, start: int, low: str) -> None:
        self.tokens.append(token)
        self.starts.append(start)
        self.lows.append(low)

    def _join_unions(self) -> None:
        for at, low in enumerate(self.lows):
            if low in _UNIONS and at and self.lows[at - 1] == "united" and self.tokens[at][0].isupper():
                self.lows[at - 1] = "the"

    def __len__(self) -> int:
        return len(self.tokens)

    def end(self, at: int) -> int:
        """Give one past the last character of a token."""
        return self.starts[at] + len(self.tokens[at])

    @cached_property
    def keys(self) -> list[str]:
        """What each token is compared by; nothing for function words and marks."""
        return [self._key(at) for at in range(len(self.tokens))]

    def _key(self, at: int) -> str:
        token, low = self.tokens[at], self.lows[at]
        if token in ("US", "U.S.", "USA", "U.S.A."):
            return "usa"
        if token[0].isupper():
            if low in _UNIONS and at and self.tokens[at - 1] == "United":
                return _UNIONS[low]
            name = name_key(token)
            if name and name != low.removesuffix("'s"):
                return name
        low = low.removesuffix("'s").removesuffix("'")
        if low == "won":  # a function word to those who cut "won't" in two
            return word_key(low)
        if not low or low in STOP_WORDS or not low[0].isalnum():
            return ""
        return one_noun(word_key(low))

    @cached_property
    def meant(self) -> list[str]:
        """The keys, near synonyms as one."""
        return [meant_by(key) for key in self.keys]

    @cached_property
    def quoted(self) -> list[bool]:
        """Which tokens stand between double quotation marks."""
        spans = find_spans(self.text) if has_marks(self.text) else []
        if not spans:
            return [False] * len(self.tokens)
        return [any(low <= start < high for low, high in spans) for start in self.starts]

    @cached_property
    def content(self) -> frozenset[str]:
        """Keys of all words that tell something."""
        return frozenset(filter(None, self.keys))

    @cached_property
    def names(self) -> frozenset[str]:
        """Keys of all capitalised words but one that opens the sentence and is no name elsewhere."""
        return frozenset(self.keys[at] for at in range(len(self)) if self.is_name(at))

    def is_name(self, at: int) -> bool:
        """Tell whether a token is part of a name."""
        token = self.tokens[at]
        if not token[0].isupper() or not self.keys[at] or self.lows[at] in _DAYS or self.lows[at] in MONTHS:
            return False
        first = at == 0 or (at == 1 and not self.tokens[0].isalnum())
        if not first or token.isupper() or self.keys[at] != one_noun(word_key(self.lows[at].removesuffix("'s"))):
            return True
        return bool(self.tokens[at + 1 : at + 2] and self.tokens[at + 1][0].isupper())

    @cached_property
    def times(self) -> dict[str, frozenset[str]]:
        """Days, months and years that are named, by which of these they are."""
        lows = self.lows
        named = [low for low, token in zip(lows, self.tokens, strict=True) if token[0].isupper()]
        return {
            "day": frozenset(low for low in named if low in _DAYS),
            "month": frozenset(low[:3] for low in named if low in MONTHS),
            "year": frozenset(low for low in lows if _YEAR.fullmatch(low)),
            "order": frozenset(
                low
                for low, after in zip(lows, (*lows[1:], ""), strict=True)
                if low in _ORDINALS and (low != "this" or after in _PERIODS)
            ),
            "hour": frozenset(low for low in lows if low in _HOURS),
            "background": frozenset(low for low in lows if low in _BACKGROUND),
        }


def is_open(text: str) -> bool:
    """Tell a question or a sentence with a condition: what it says is not said to be so."""
    inverted = (text.startswith(_INVERTED) and " would " in text) or _ASKED.match(text) is not None
    return inverted or text.rstrip().endswith(_ASKING) or _OPEN.search(text) is not None


@lru_cache(maxsize=1 << 12)
def read_sentence(text: str) -> Reading:
    """Give the reading of a sentence, which is never changed; those read last are kept."""
    return Reading(text)


_VERBS: Final = {"won't": "will", "can't": "can", "shan't": "shall", "ain't": "is"}


def same_time(a: Reading, b: Reading) -> bool:
    """Tell whether two sentences may speak of one time: no other day, month, year or turn, none of them long ago."""
    mine, theirs = a.times, b.times
    if other_time(a, b) or (mine["order"] and theirs["order"] and not mine["order"] & theirs["order"]):
        return False
    return all(mine[kind] == theirs[kind] for kind in ("year", "background"))


def other_time(a: Reading, b: Reading) -> bool:
    """Tell whether two sentences name different days, months or years."""
    mine, theirs = a.times, b.times
    return any(
        mine[kind] and theirs[kind] and not mine[kind] & theirs[kind] for kind in ("day", "month", "year", "hour")
    )
