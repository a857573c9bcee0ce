"""Who speaks where something is quoted. English."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from summarizer.actors import name_key
from summarizer.datatypes import Sentence
from summarizer.opposition.quotes import find_spans
from summarizer.opposition.wording import SAID

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
