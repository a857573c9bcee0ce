"""The words of a sentence that holds figures, by what they are compared by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from summarizer.actors import name_key
from summarizer.comparison.measures import key_of, kind_of
from summarizer.quantities import Span
from summarizer.terms import STOP_WORDS

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|[;:()—]")
_LETTERS: Final = re.compile(r"[^\W\d_]+(?:'s\b)?")
_BREAKS: Final = frozenset(";:()—")
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

    :param starts: first character of each.
    :param keys: what each is compared by; nothing for those that are masked.
    :param kinds: the kind of measure that it names, or nothing.
    :param names: whether it is a name.
    :param breaks: whether it is a mark that ends a clause.
    :param all: the keys, once each.
    """

    starts: tuple[int, ...]
    keys: tuple[str, ...]
    kinds: tuple[str, ...]
    names: tuple[bool, ...]
    breaks: tuple[bool, ...]
    all: frozenset[str]


NONE: Final = Words((), (), (), (), (), frozenset())


def read_words(text: str) -> Words:
    """Read the words of a sentence. O(length)."""
    starts: list[int] = []
    keys: list[str] = []
    kinds: list[str] = []
    names: list[bool] = []
    breaks: list[bool] = []
    before = ""
    for match in _WORD.finditer(text):
        word, start = match.group(), match.start()
        low = word.lower().replace("’", "'").removesuffix("'s")
        kind = kind_of(low)
        name = "" if kind else _name_of(word, before)
        before = word
        if not start and name == low:  # a capital that opens the sentence tells nothing
            name = ""
        masked = word == _UNION or (low in _MASKED and not (name and word.isupper()))
        starts.append(start)
        kinds.append(kind)
        names.append(bool(name))
        breaks.append(word in _BREAKS)
        keys.append("" if masked or breaks[-1] else name or key_of(low))
    return Words(tuple(starts), tuple(keys), tuple(kinds), tuple(names), tuple(breaks), frozenset(filter(None, keys)))


def _name_of(word: str, before: str) -> str:
    return _UNIONS.get(word, "") if before == _UNION else name_key(word)


def keys_of(span: Span | None, text: str) -> frozenset[str]:
    """Give the keys of the words of a span, as it stands and as it is named."""
    if span is None:
        return frozenset()
    words = _LETTERS.findall(f"{span.name} {text[span.start : span.end]}".replace("’", "'"))
    found = set()
    for before, word in zip(["", *words[:-1]], words, strict=True):
        low = word.lower().removesuffix("'s")
        if word != _UNION and (low not in _MASKED or word.isupper()):
            found.add(_name_of(word, before) or key_of(low))
    return frozenset(found)


def kinds_of(span: Span | None, text: str) -> frozenset[str]:
    """Give the kinds that the words of a span name."""
    if span is None:
        return frozenset()
    words = _LETTERS.findall(f"{span.name} {text[span.start : span.end]}".lower())
    return frozenset(filter(None, (kind_of(word.removesuffix("'s")) for word in words)))
