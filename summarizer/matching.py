"""Boilerplate by rule: the rules of :mod:`summarizer.boilerplate`, tried where one of their keywords occurs.

Rules are found line by line by the words of their keywords, so the time depends on the text and on the rules that may
match, not on how many there are.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, compress
from operator import itemgetter
from typing import Final

from summarizer.boilerplate import MAX_LINE, MAX_SHORT, MAX_SPAN, RULES, Rule
from summarizer.datatypes import Passage
from summarizer.datelines import is_credit
from summarizer.layout import Layout, Span, sentences
from summarizer.terms import STOP_WORDS, ByPiece

_WORD: Final = re.compile(r"[a-z]+")
#: Leaves only what :data:`_WORD` finds: splitting is four times as fast as searching.
_BLANKS: Final = bytes(c if 97 <= c <= 122 else 32 for c in range(256))
_KEY: Final = 4  # letters of a word by which its rules are found: long enough to be rare, short enough for inflections
# Words of a keyword that begin a word of the text, and are the whole of it if they are short.
_BEGUN: Final = re.compile(rf"(?<=[^a-z])(?:[a-z]+(?=[^a-z])|[a-z]{{{_KEY},}}$)")
EDGE: Final = " \t*_=~>»|•·.:;,!?)]}<→▶►×✕…/\\-(['[{"
#: How far before a keyword the bracket around it may open, in characters.
_MAX_BRACKET: Final = 200

_KEYWORDS: Final = tuple((keyword, rule) for rule in RULES for keyword in rule.keywords)


class _Index:
    """Keywords by one of their words, so that only those are sought in a line that has it.

    It is the longest word, or a rarer one that no end of the keyword cuts. A word of the line must begin with it if it
    has :data:`_KEY` letters, else be it.

    :param numbers: which of :data:`_KEYWORDS`.
    """

    def __init__(self, numbers: Iterable[int]) -> None:
        #: First letters of a word -> the word -> which keywords it stands for.
        self._words: dict[str, dict[str, list[int]]] = {}
        self._signs: dict[str, list[int]] = {}
        for number in numbers:
            self._file(number, _KEYWORDS[number][0])
        self._begun = frozenset(self._words)
        self._numbers = ByPiece(self._find_numbers)

    def _file(self, number: int, keyword: str) -> None:
        longest = max(_WORD.findall(keyword), key=len, default=None)
        if longest is None:
            self._signs.setdefault(keyword, []).append(number)
            return
        word = min((longest, *_BEGUN.findall(keyword)), key=lambda word: (word in STOP_WORDS, -len(word)))
        self._words.setdefault(word[:_KEY], {}).setdefault(word, []).append(number)

    def _find_numbers(self, word: str) -> tuple[int, ...]:
        """Give the keywords that a word of a line stands for."""
        entries = self._words.get(word[:_KEY], {})
        return tuple(number for begun, found in entries.items() if word.startswith(begun) for number in found)

    def keywords(self, line: str, words: Sequence[str]) -> list[tuple[str, Rule]]:
        """Give the keywords that occur in a line, with their rules, in the order of the rules.

        :param words: its runs of the letters a to z.
        """
        # Few words tell anything, and what is asked of is small.
        begun = list(map(_FIRST_LETTERS, words))
        numbers: set[int] = set()
        if not self._begun.isdisjoint(begun):
            telling = compress(words, map(self._begun.__contains__, begun))
            numbers.update(chain.from_iterable(map(self._numbers.__getitem__, telling)))
        for sign in filter(line.__contains__, self._signs):
            numbers.update(self._signs[sign])
        return [_KEYWORDS[number] for number in sorted(numbers) if _KEYWORDS[number][0] in line]


_FIRST_LETTERS: Final = itemgetter(slice(_KEY))
#: Rules of scope "short" have three of four of the keywords that are met, such as digits, and say nothing of a longer
#: line.
_OF_SHORT: Final = _Index(range(len(_KEYWORDS)))
_OF_LONG: Final = _Index(number for number, (_, rule) in enumerate(_KEYWORDS) if rule.scope != "short")


def find_boilerplate(layout: Layout, units: Sequence[int], splits: dict[Span, list[Span]]) -> list[Passage]:
    """Try the rules whose keywords occur, on the sentences, brackets and lines they occur in."""
    folded = layout.folded
    plain = folded.encode("ascii", "replace").translate(_BLANKS).decode()
    found: list[Passage] = []
    for number in units:
        start, end = layout.units[number]
        # A keyword that begins or ends with a blank may take it from the line end.
        first, last = max(start - 1, 0), end + 1
        index = _OF_SHORT if end - start <= MAX_SHORT else _OF_LONG
        keywords = index.keywords(folded[first:last], plain[start:end].split())
        if keywords:
            if end - start <= MAX_SHORT:
                found += _short(layout, (start, end), keywords)
            found += _long(layout, (start, end), keywords, splits)
    return found


def _long(
    layout: Layout, line: Span, keywords: Sequence[tuple[str, Rule]], splits: dict[Span, list[Span]]
) -> Iterator[Passage]:
    """Try the rules of all scopes but "short" where their keywords occur in a line."""
    folded, tried = layout.folded, set[tuple[int, Span]]()
    first, last = max(line[0] - 1, 0), line[1] + 1
    for keyword, rule in keywords:
        place = folded.find(keyword, first, last) if rule.scope != "short" else -1
        while place >= 0:
            for span in _spans(folded, rule, place, line, split_unit(layout, splits, line)):
                if (id(rule), span) not in tried:
                    tried.add((id(rule), span))
                    yield from _try(layout, rule, span)
            place = folded.find(keyword, place + len(keyword), last)


def _short(layout: Layout, span: Span, keywords: Sequence[tuple[str, Rule]]) -> Iterator[Passage]:
    """Give the first passage of a rule of scope "short"."""
    for keyword, rule in keywords:
        if rule.scope != "short" or layout.folded.find(keyword, *span) < 0:
            continue
        if passage := next(_try(layout, rule, span), None):
            yield passage
            return


def _spans(folded: str, rule: Rule, place: int, line: Span, parts: Sequence[Span]) -> Iterator[Span]:
    """Give what a rule is tried on because of a keyword: the line, the sentence, the bracket around it."""
    if rule.scope == "opening":
        yield line
        return
    if rule.scope == "line" and line[1] - line[0] <= MAX_LINE:
        yield line
    part = parts[max(0, bisect_right(parts, (place, len(folded))) - 1)]
    low = max(line[0], place - _MAX_BRACKET)
    opened = max(folded.rfind("(", low, place + 1), folded.rfind("[", low, place + 1))
    if opened >= 0:
        closed = folded.find(")" if folded[opened] == "(" else "]", place, min(line[1], opened + MAX_SPAN))
        if closed >= 0:
            yield opened, closed + 1
            if opened == part[0] and closed + 1 < part[1]:
                return  # a note in brackets before a sentence: the sentence is not part of it
    if part[1] - part[0] <= MAX_SPAN:
        yield part


def _try(layout: Layout, rule: Rule, span: Span) -> Iterator[Passage]:
    """Match a rule; a span with a quotation that begins or ends elsewhere is somebody's words and never matches."""
    folded, (start, end) = layout.folded, span
    if rule.scope == "opening":
        match = rule.pattern.match(folded, start, end)
        if match and (not rule.shouted or layout.text[start : match.end()].isupper()):
            yield Passage(start, match.end(), rule.name)
        return
    if folded.count('"', start, end) % 2:
        return
    while start < end and folded[start] in EDGE and not folded.startswith("(c)", start):
        start += 1
    if rule.label and folded.endswith(".", start, end) and not folded.endswith("..", start, end):
        return
    if rule.pattern.fullmatch(folded, start, end) and (not rule.names or is_credit(layout.text[start:end])):
        yield Passage(*span, rule.name)


def split_unit(layout: Layout, splits: dict[Span, list[Span]], span: Span) -> list[Span]:
    """Split into sentences, once."""
    if span not in splits:
        splits[span] = sentences(layout.text, *span)
    return splits[span]
