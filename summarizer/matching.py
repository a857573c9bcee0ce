"""Boilerplate by rule: the rules of :mod:`summarizer.boilerplate`, tried where one of their keywords occurs.

Rules are found by the longest word of their keywords, so the time depends on the text and on the rules that may match,
not on how many there are.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from summarizer.boilerplate import MAX_LINE, MAX_SHORT, MAX_SPAN, RULES, Rule
from summarizer.datatypes import Passage
from summarizer.datelines import is_credit
from summarizer.layout import Layout, Span, sentences

_WORD: Final = re.compile(r"[a-z]+")
#: Leaves only what :data:`_WORD` finds: splitting is four times as fast as searching.
_BLANKS: Final = bytes(c if 97 <= c <= 122 else 32 for c in range(256))
_KEY: Final = 4  # letters of a word by which its rules are found: long enough to be rare, short enough for inflections
EDGE: Final = " \t*_=~>»|•·.:;,!?)]}<→▶►×✕…/\\-(['[{"
#: How far before a keyword the bracket around it may open, in characters.
_MAX_BRACKET: Final = 200

#: First letters of a word -> the word -> which keywords it stands for.
_Index = dict[str, dict[str, list[int]]]
_KEYWORDS: Final = tuple((keyword, rule) for rule in RULES for keyword in rule.keywords)


def _index(short: bool) -> _Index:
    """File keywords under the first letters of their longest word, or under themselves if they are signs."""
    index: _Index = {}
    for number, (keyword, rule) in enumerate(_KEYWORDS):
        if (rule.scope == "short") == short:
            word = max(_WORD.findall(keyword), key=len, default=keyword)
            index.setdefault(word[:_KEY] if _WORD.match(word) else word, {}).setdefault(word, []).append(number)
    return index


_INDEX: Final = _index(short=False)
_SHORT_INDEX: Final = _index(short=True)
_SIGNS: Final = tuple(key for key in _INDEX if not _WORD.match(key))
_SHORT_SIGNS: Final = tuple(key for key in _SHORT_INDEX if not _WORD.match(key))


def _candidates(folded: str, index: _Index, signs: Sequence[str]) -> list[tuple[str, Rule]]:
    """Give the keywords whose longest word occurs in a text, with their rules, in the order of the rules."""
    numbers: set[int] = set()
    for word in set(folded.encode("ascii", "replace").translate(_BLANKS).decode().split()):
        if entries := index.get(word[:_KEY]):
            for beginning, found in entries.items():
                if word.startswith(beginning):
                    numbers.update(found)
    for sign in signs:
        if sign in folded:
            numbers.update(index[sign][sign])
    return [_KEYWORDS[number] for number in sorted(numbers)]


def find_boilerplate(layout: Layout, units: Sequence[int], splits: dict[Span, list[Span]]) -> list[Passage]:
    """Try the rules whose keywords occur, on the sentences, brackets and lines they occur in."""
    folded, spans = layout.folded, [layout.units[index] for index in units]
    found: list[Passage] = []
    for start, end in spans:
        if end - start <= MAX_SHORT:
            found += _short(layout, start, end)
    starts = [start for start, _ in spans]
    tried: set[tuple[int, Span]] = set()
    for keyword, rule in _candidates(folded, _INDEX, _SIGNS):
        place = folded.find(keyword)
        while place >= 0:
            line = bisect_right(starts, place + len(keyword) - 1) - 1
            if line >= 0 and place < spans[line][1]:
                for span in _spans(folded, rule, place, spans[line], split_unit(layout, splits, spans[line])):
                    if (id(rule), span) not in tried:
                        tried.add((id(rule), span))
                        found += _try(layout, rule, span)
            place = folded.find(keyword, place + len(keyword))
    return found


def _short(layout: Layout, start: int, end: int) -> Iterator[Passage]:
    line = layout.folded[start:end]
    for keyword, rule in _candidates(line, _SHORT_INDEX, _SHORT_SIGNS):
        if keyword in line and (passage := next(_try(layout, rule, (start, end)), None)):
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
        if match := rule.pattern.match(folded, start, end):
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
