"""The words of a sentence that holds figures, by what they are compared by."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from summarizer.actors import name_key
from summarizer.comparison.contrasts import CONTRASTING
from summarizer.comparison.measures import key_of, kind_of
from summarizer.quantities import Span
from summarizer.terms import STOP_WORDS

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|[;()—]")
_LETTERS: Final = re.compile(r"[^\W\d_]+(?:'s\b)?")
_BREAKS: Final = frozenset(";()—")
_UNIONS: Final = {"States": "usa", "Kingdom": "uk", "Nations": "un"}
_UNION: Final = "United"
#: Words that tell numbers, units and saying: no two sentences are about one thing for sharing them.
_MASKED: Final = STOP_WORDS | frozenset(
    "zero two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands "
    "million millions billion billions trillion dozen dozens scores bn mn percent per cent percentage point points "
    "least nearly approximately roughly estimated said says say according told reported reports report official "
    "officials year years month months week weeks day days hour hours minute minutes first third total number".split()
)


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a sentence with their places.

    :param words: each in lower case.
    :param starts: first character of each.
    :param keys: what each is compared by; nothing for those that are masked.
    :param kinds: the kind of measure that it names, or nothing.
    :param names: whether it is a name.
    :param breaks: whether it is a mark that ends a clause.
    :param all: the keys, once each.
    :param speakers: the keys of words before a verb of saying.
    :param marks: the words of which only one of a group can be meant.
    """

    words: tuple[str, ...]
    starts: tuple[int, ...]
    keys: tuple[str, ...]
    kinds: tuple[str, ...]
    names: tuple[bool, ...]
    breaks: tuple[bool, ...]
    all: frozenset[str]
    marks: frozenset[str]
    speakers: frozenset[str] = frozenset()

    @property
    def order(self) -> tuple[str, ...]:
        """The keys in the order of the words."""
        return tuple(filter(None, self.keys))


NONE: Final = Words((), (), (), (), (), (), frozenset(), frozenset())


def read_words(text: str) -> Words:
    """Read the words of a sentence. O(length)."""
    found = list(_WORD.finditer(text))
    words = [match.group() for match in found]
    if not words:
        return NONE
    lows, keys, kinds, names, breaks = map(list, zip(*map(_KNOWN.__getitem__, words), strict=True))
    if _UNION in words:
        for place in range(1, len(words)):
            if words[place - 1] == _UNION and words[place] in _UNIONS:
                keys[place], names[place] = _UNIONS[words[place]], True
    if names[0] and not _opens_with_name(words, lows):
        keys[0], names[0] = _key(lows[0].removesuffix("'s")), False
    _read_phrases(lows, keys, kinds)
    return Words(
        words=tuple(lows),
        starts=tuple([match.start() for match in found]),
        keys=tuple(keys),
        kinds=tuple(kinds),
        names=tuple(names),
        breaks=tuple(breaks),
        all=frozenset(filter(None, keys)),
        marks=CONTRASTING.intersection(lows),
        speakers=frozenset(_find_speakers(keys, lows, names, breaks)),
    )


def _read_phrases(lows: list[str], keys: list[str], kinds: list[str]) -> None:
    """Give verbs that mean one thing with a word behind them that meaning: "lost their lives", "burned down"."""
    for place, low in enumerate(lows):
        if low in _CLOSED:
            for before in range(max(0, place - _SPREAD), place):
                verbs, kind = _CLOSED[low]
                if lows[before] in verbs:
                    keys[before], keys[place], kinds[place] = "", kind, kind
        elif low == "pay" and place and lows[place - 1] in _BEFORE_VERBS:
            keys[place], kinds[place] = key_of("paid"), ""


def _find_speakers(keys: list[str], lows: list[str], names: list[bool], breaks: list[bool]) -> Iterator[str]:
    """Give the names that stand closely before a verb of saying or expecting."""
    for place, low in enumerate(lows):
        if low in _POLLS:
            yield from (keys[at] for at in range(max(0, place - 2), min(place + 4, len(lows))) if names[at])
        if low in _SAYS:
            for before in range(place - 1, max(place - _FAR, 0) - 1, -1):
                if breaks[before] or lows[before] in _SAYS:
                    break
                if names[before]:
                    yield keys[before]


#: Words between a verb and the word that gives it its meaning.
_SPREAD: Final = 4
_LOSE: Final = frozenset("lost lose loses losing claimed claims claiming took takes taking taken cost".split())
_BURN: Final = frozenset("burned burnt burns burning knocked torn pulled tore".split())
#: Word behind a verb -> the verbs, and the kind of measure that both name.
_CLOSED: Final = {
    "life": (_LOSE, "killed"),
    "lives": (_LOSE, "killed"),
    "down": (_BURN, "destroyed"),
    "go": (frozenset(("let", "lets", "letting")), "dismissed"),
    "off": (frozenset(("laid", "lay", "lays", "laying")), "dismissed"),
}
_BEFORE_VERBS: Final = frozenset("to must will would shall should can could may might not".split())


class _Known(dict[str, tuple[str, str, str, bool, bool]]):
    """A word as written -> in lower case, its key, its kind, whether it is a name, whether it ends a clause.

    Most words of an input were met before: in another article, or the last input.
    """

    #: Words kept: 6 MB.
    MOST = 40_000

    def __missing__(self, word: str) -> tuple[str, str, str, bool, bool]:
        low = word.lower().replace("’", "'")
        bare = low.removesuffix("'s")
        kind = kind_of(bare)
        name = "" if kind or word == _UNION else _name_of(word)
        is_name = bool(name) and (bare not in _MASKED or word.isupper())
        ends = word in _BREAKS
        known = (low, "" if ends or word == _UNION else name if is_name else _key(bare), kind, is_name, ends)
        if len(self) >= self.MOST:
            self.clear()
        self[word] = known
        return known


_KNOWN: Final = _Known()


def _key(low: str) -> str:
    """Give what a word is compared by; nothing for function words, numbers and moves: direction is read apart."""
    if len(low) > _SHORT and low.endswith("ian"):
        return low[:-1]
    key = "" if low in _MASKED else key_of(low)
    return "" if key == _MOVE else key


def _opens_with_name(words: list[str], lows: list[str]) -> bool:
    """Tell whether the capitalised word that opens a sentence is a name: another follows, or a verb or "'s" does."""
    after, low = (words[1], lows[1]) if len(words) > 1 else ("", "")
    if name_key(words[0]) != lows[0].removesuffix("'s") or lows[0].endswith("'s"):
        return True
    if after[:1].isupper() and (lows[0].endswith(_DOERS) or lows[0] in _TITLES):
        return False  # "Climber Asha Rai"
    plural = lows[0].endswith("s") or lows[0] in _NOT_NAMES
    return not plural and (after[:1].isupper() or low in _FINITE or low.endswith("ed"))


def _name_of(word: str) -> str:
    name = word.lower() if word in _PLACES else name_key(word)
    # Who is "Elbonian" is of Elbonia, also where no table knows the country; other names in "-an" lose no likeness.
    return name[:-1] if len(name) >= _DEMONYM and name.endswith("an") else name


#: Titles and quarters that tell names apart where they are written with a capital.
_PLACES: Final = frozenset(("House", "North", "South", "East", "West"))
_SHORT: Final = 6
_DEMONYM: Final = 5
_MOVE: Final = key_of("rose")
#: Verbs after a lone capitalised word that opens a sentence and is its subject.
_FINITE: Final = frozenset(
    "said says has had have is was will would won lost got took made scored led gave sold bought cut hit held paid put "
    "fell rose grew beat drew plans plan spent built".split()
)
_SAYS: Final = frozenset(
    "said says say told expects expect expected forecasts forecast predicts predict predicted projects projected sees "
    "believes believe thinks estimates estimated reckons reckon claims claimed warned announced finds found".split()
)
_POLLS: Final = frozenset("poll survey tracker pollster pollsters".split())
#: Words between a speaker's name and the verb.
_FAR: Final = 4
#: Endings of what somebody does, and words for it that have none of these.
_DOERS: Final = ("er", "or", "ist", "man", "woman", "eer")
_TITLES: Final = frozenset("pilot architect captain coach chef judge guard nurse surgeon mechanic poet tycoon".split())
_NOT_NAMES: Final = frozenset(
    "police production turnout output trade business industry demand attendance membership traffic investment "
    "consumption spending manufacturing construction tourism rainfall rent income nobody everybody somebody congress "
    "parliament government company management crime research growth rain snow".split()
)


def keys_of(span: Span | None, read: Words) -> frozenset[str]:
    """Give the keys of the words of a span, and the kinds that its name names."""
    if span is None:
        return frozenset()
    first, last = bisect_left(read.starts, span.start), bisect_left(read.starts, span.end)
    kinds = map(kind_of, _LETTERS.findall(span.name.lower()))
    return frozenset(filter(None, [*read.keys[first:last], *kinds]))


def kinds_of(span: Span | None, text: str) -> frozenset[str]:
    """Give the kinds that the words of a span name."""
    if span is None:
        return frozenset()
    words = _LETTERS.findall(f"{span.name} {text[span.start : span.end]}".lower())
    if "consumer" in words and not {"prices", "price"}.isdisjoint(words):
        return frozenset(("inflation",))
    return frozenset(filter(None, (kind_of(word.removesuffix("'s")) for word in words)))
