"""Quotations of an article: what stands between double quotation marks, where, and who speaks. English.

A quotation is read sentence by sentence, since outlets choose which sentences of a speech they quote; ``"We won,"
she said, "and we know it."`` is one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from summarizer.actors import name_key
from summarizer.datatypes import Document, Sentence
from summarizer.opposition.wording import SAID, Word, read_words

#: Longer quotations are read to here: a speech printed whole is no quotation in a report.
_MOST: Final = 1500
_CURLY: Final = re.compile(rf"“([^“”\n]{{1,{_MOST}}})(?:”|\n|\Z)")
_STRAIGHT: Final = re.compile(r'"')
#: Between the halves of a quotation; who says it, and no end of a sentence.
_INSET: Final = re.compile(r"[”\"]\s?[^“”\".;:?!]{2,80},\s?[“\"]\Z")
_ENDS: Final = re.compile(r"(?<=[a-z\d][.!?])\s+(?=[“\"'‘]?[A-Z])")
_TOKEN: Final = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*|[^\w\s]")
_PRONOUNS: Final = frozenset("he she they it i we who".split())
_STOPS: Final = frozenset(", ; : . — – ( ) in on at to of during after before as when while who that and from".split())
_PERIODS: Final = frozenset(".;:?!—–")
#: Words looked through on either side of a verb of saying for who says it.
_REACH: Final = 12
#: Sentences back in which the speaker of "he said" is looked for.
_BACK: Final = 3
#: Sentences, the own one among them, in which a name without a verb of saying may be the speaker's.
_NAMED_BACK: Final = 2
_OPENING: Final = frozenset(
    "the a an in on at by for from of to after before as and but under asked when while".split()
)


@dataclass(frozen=True, slots=True)
class Quotation:
    """A sentence, or less, that somebody is quoted with.

    :param sentence: number of the sentence that it stands in.
    :param start: first character in the document, behind the mark.
    :param end: one past the last.
    :param words: its words, those of an inset ("she said") left out.
    """

    sentence: int
    start: int
    end: int
    words: tuple[Word, ...]


def has_marks(text: str) -> bool:
    """Tell whether a text may hold a quotation."""
    return "“" in text or '"' in text


def find_quotations(document: Document, sentences: Sequence[tuple[int, Sentence]]) -> list[Quotation]:
    """Find what is quoted in the sentences of one document.

    :param document: the article.
    :param sentences: its usable sentences with their numbers, in order.
    :return: in order. O(length).
    """
    spans = find_spans(document.text)
    found: list[Quotation] = []
    at = 0
    for number, sentence in sentences:
        while at < len(spans) and spans[at][1] <= sentence.start:
            at += 1
        inside, look = [], at
        while look < len(spans) and spans[look][0] < sentence.end:
            inside.append((max(spans[look][0], sentence.start), min(spans[look][1], sentence.end)))
            look += 1
        for parts in _joined(document.text, inside):
            found += _split(document.text, number, parts)
    return found


def find_spans(text: str) -> list[tuple[int, int]]:
    """Find what stands between double quotation marks, without the marks; a paragraph ends what was left open.

    >>> find_spans('He said "yes" and “no”.')
    [(9, 12), (19, 21)]
    """
    spans = [match.span(1) for match in _CURLY.finditer(text)]
    if '"' in text:
        start = 0
        for line in text.split("\n"):
            marks = [start + at for at in _marks(line)]
            if len(marks) % 2:
                marks.append(start + len(line))
            spans += [
                (low + 1, high)
                for low, high in zip(marks[::2], marks[1::2], strict=True)
                if 0 < high - low - 1 <= _MOST
            ]
            start += len(line) + 1
    return sorted(spans)


def _marks(line: str) -> list[int]:
    """Find straight quotation marks; those behind a digit are inches, unless there would be an odd one."""
    marks = [match.start() for match in _STRAIGHT.finditer(line)]
    if len(marks) % 2:
        marks = [at for at in marks if not line[at - 1 : at].isdecimal()] if len(marks) > 1 else []
    return marks


def _joined(text: str, spans: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Join the halves of a quotation around "she said"."""
    found: list[list[tuple[int, int]]] = []
    for start, end in spans:
        if found:
            last = found[-1][-1]
            between = text[last[1] : start]
            if text[last[1] - 1] in ",—" and len(between) < 100 and _INSET.match(between) and _says(between):
                found[-1].append((start, end))
                continue
        found.append([(start, end)])
    return found


def _says(text: str) -> bool:
    return not SAID.isdisjoint(re.findall(r"[a-z]+", text.lower()))


def _split(text: str, number: int, parts: list[tuple[int, int]]) -> list[Quotation]:
    """Cut a quotation into its sentences; one with an inset stays whole up to the first end behind it."""
    found: list[Quotation] = []
    words: list[Word] = []
    begin = parts[0][0]
    for k, (start, end) in enumerate(parts):
        cuts = [start, *(start + match.start() for match in _ENDS.finditer(text[start:end])), end]
        for low, high in pairwise(cuts):
            words += read_words(text[low:high], low)
            if high < end or k == len(parts) - 1:
                if words:
                    found.append(Quotation(number, min(begin, words[0].start), high, tuple(words)))
                words, begin = [], high
        if not words and k + 1 < len(parts):
            begin = parts[k + 1][0]
    return [_trimmed(text, quotation) for quotation in found]


def _trimmed(text: str, quotation: Quotation) -> Quotation:
    start, end = quotation.start, quotation.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] == ","):
        end -= 1
    return Quotation(quotation.sentence, start, end, quotation.words)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks.

    :param name: the words of the name, as they stand; empty where it is not known.
    :param keys: the words by which names are compared.
    """

    name: str
    keys: frozenset[str]


_NOBODY: Final = Speaker("", frozenset())


class Speakers:
    """Who speaks in the sentences of one document.

    :param sentences: its usable sentences by number.
    """

    def __init__(self, sentences: dict[int, Sentence]) -> None:
        self._sentences = sentences
        self._known: dict[int, Speaker] = {}

    def of(self, number: int) -> Speaker:
        """Give who is quoted in a sentence: the nearest named speaker in it or in the three before it."""
        for back in range(_BACK + 1):
            if number - back not in self._sentences:
                break
            named = self._named(number - back)
            if named.keys:
                return named
            if back < _NAMED_BACK:
                beside = _beside(self._sentences[number - back].text)
                if beside.keys:
                    return beside
        return _NOBODY

    def _named(self, number: int) -> Speaker:
        if number not in self._known:
            self._known[number] = find_speaker(self._sentences[number].text)
        return self._known[number]


def find_speaker(text: str) -> Speaker:
    """Find who speaks in a sentence.

    :return: the name beside the verb of saying; nobody without such a verb or beside a pronoun.

    >>> find_speaker('"We won," said Ann Cole, the mayor.').name, find_speaker('"We won," she said.').name
    ('Ann Cole', '')
    """
    tokens = _outside(text)
    for at, token in enumerate(tokens):
        if token.lower() == "according" and tokens[at + 1 : at + 2] == ["to"]:
            return _named(_until(tokens, at + 2))
        if token in SAID:
            before = _before(tokens, at)
            found = _named(before)
            if not found.keys and not any(word.lower() in _PRONOUNS for word in before):
                return _named(_until(tokens, at + 1))
            return Speaker(_nearest(before), found.keys)
    return _NOBODY


def _beside(text: str) -> Speaker:
    """Find the names outside of the quotations of a sentence that says of nobody that he speaks.

    Any of them may be meant by "he said" behind it: the keys are of all names of two words or with a title, and the
    name is shown if there is one only.
    """
    runs: list[list[str]] = [[]]
    for token in _outside(text):
        if token[0].isupper() and token.lower() not in _OPENING:
            runs[-1].append(token)
        elif runs[-1]:
            runs.append([])
    named = [found for found in (_named(run) for run in runs if len(run) > 1) if found.keys]
    keys = frozenset[str]().union(*(found.keys for found in named))
    return Speaker(named[0].name if len(named) == 1 else "", keys)


def _outside(text: str) -> list[str]:
    """Give the tokens outside of quotation marks, a mark standing for each quotation."""
    pieces, last = [], 0
    for start, end in find_spans(text):
        if start > last:
            pieces.append(text[last : start - 1])
        last = end + 1
    pieces.append(text[last:])
    return [token for piece in pieces for token in (*_TOKEN.findall(piece), '"')][:-1]


def _before(tokens: list[str], at: int) -> list[str]:
    found: list[str] = []
    for word in reversed(tokens[max(at - _REACH, 0) : at]):
        if word == '"' or word in _PERIODS:
            break
        found.append(word)
    return found[::-1]


def _until(tokens: list[str], at: int) -> list[str]:
    end = at
    while end < len(tokens) and end - at < _REACH and tokens[end] not in _STOPS and tokens[end] != '"':
        end += 1
    return tokens[at:end]


def _nearest(before: list[str]) -> str:
    """Give the name that stands beside the verb: the last before it, the first where an apposition is between."""
    runs: list[list[str]] = [[]]
    for word in before:
        if name_key(word):
            runs[-1].append(word)
        elif runs[-1] and word != "of":
            runs.append([])
    runs = [run for run in runs if run] or [[]]
    return " ".join(runs[0] if before[-1:] == [","] else runs[-1])


def _named(tokens: list[str]) -> Speaker:
    names = [token for token in tokens if name_key(token)]
    return Speaker(" ".join(names).removesuffix("'s").removesuffix("’s"), frozenset(map(name_key, names)))
