"""Noun phrases as they are compared: what their head is, which words are names."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from functools import cache
from typing import Final

from summarizer.faithfulness.lexicon import TITLES
from summarizer.opposition.reading import Reading
from summarizer.opposition.synonyms import one_noun
from summarizer.opposition.wording import word_key

PREPOSITIONS: Final = frozenset(
    "in on at by for with from to into over after before during under against of about as amid despite through via "
    "within without since between toward towards near off out than per because following including until upon along "
    "across behind beside beneath above below outside throughout".split()
)
DETERMINERS: Final = frozenset("a an the this that these those its his her their our my your some any no every".split())
PRONOUNS: Final = frozenset("he she they it we i this that these those him them".split())
#: With one of these a phrase tells of a part, or of others.
_PARTIAL: Final = frozenset(
    "some most many several half few majority other others another part more fewer less either neither only".split()
)
_EVERY: Final = frozenset("all both each every".split())
#: What makes a name that of another place: "Ciro", "Alto Ciro".
_PARTS_OF_PLACES: Final = frozenset(
    "new old upper lower alto west east north south little great port fort mount".split()
)
_OWNERS: Final = frozenset("its his her their our my".split())
#: Prepositions of which a clause has one object.
_LINKING: Final = frozenset("of for to from against about with".split())
#: Where: of two such places, whichever the prepositions, one is meant.
_PLACING: Final = frozenset("in on at aboard inside near".split())
WHERE: Final = "in"
#: Where something is told, which is not where it was done.
_TOLD_IN: Final = frozenset(
    map(
        word_key,
        "statement interview conference speech report letter testimony court hearing vote end case fact".split(),
    )
)
_NO_ADVERBS: Final = frozenset(
    "family supply assembly rally ally reply fly bully anomaly monopoly early only daily weekly monthly belly".split()
)
#: What somebody or something named is, where the name alone would do: "the Oder river".
_KINDS: Final = frozenset(
    "river citi town bridg ship ferri compani group parti bank airlin island mountain dam hotel newspap team club "
    "storm hurrican agenc firm provinc region counti villag hospit".split()
)
_TIMES: Final = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december jan feb mar apr jun jul aug sep sept oct nov dec today yesterday tomorrow "
    "week weekend month year morning afternoon evening night late early".split()
)
#: Who speaks or acts for somebody named beside it.
_ON_BEHALF: Final = frozenset(
    "govern offici author militari forc armi troop minist ministri leader compani administr regim".split()
)


#: Words of which each tells of another of its kind: the northern bridge is not the southern one.
_KINDS_APART: Final = (
    "north northern south southern east eastern west western central middle", "upper lower", "left right",
    "old new former current previous present", "first second third fourth fifth", "eldest oldest youngest middle",
    "man men woman women boy girl", "adult young child old", "husband wife", "son daughter", "brother sister",
    "father mother", "inner outer", "left-wing right-wing", "public private", "domestic foreign",
    "junior senior", "male female", "big small large little", "morning evening afternoon", "summer winter",
    "nurse doctor", "driver passenger", "pilot passenger crew", "red blue green yellow black white", "wheat barley",
    "quarter-final semi-final final", "local national", "federal state",
    "value volume", "profit revenue sale", "import export", "short long", "primary secondary",
)  # fmt: skip


@cache
def _apart() -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for number, words in enumerate(_KINDS_APART):
        for word in words.split():
            key = one_noun(word_key(word))
            found[key] = (*found.get(key, ()), number)
    return found


def contrasted(mine: Set[str], theirs: Set[str]) -> bool:
    """Tell whether each of two claims has a word that the other has another of its kind for."""
    table = _apart()
    kinds = {kind for key in mine - theirs for kind in table.get(key, ())}
    return any(kind in kinds for key in theirs - mine for kind in table.get(key, ()))


@cache
def titles() -> frozenset[str]:
    """Give the keys of what stands before a name, or in its place: "the mayor"."""
    return frozenset(one_noun(word_key(title)) for title in TITLES)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase.

    :param keys: its words, in order, function words and times left out.
    :param head: the last of them before "of", "in" or the like; empty for a pronoun.
    :param names: which of them are names.
    :param pronoun: the pronoun that it is, if it is one.
    :param partial: whether it tells of a part: "some senators".
    :param every: whether it tells of all there are.
    :param owned: whether it is somebody's who is named elsewhere: "their union".
    """

    keys: tuple[str, ...]
    head: str
    names: frozenset[str]
    pronoun: str = ""
    partial: bool = False
    every: bool = False
    owned: bool = False


NOTHING: Final = Phrase((), "", frozenset())


def read_phrase(reading: Reading, start: int, end: int) -> Phrase:
    """Read the tokens from start up to end as one phrase."""
    keys, names, head, pronoun, partial = [], [], "", "", False
    closed = False
    for at in range(start, end):
        low, key = reading.lows[at], reading.keys[at]
        partial = partial or (low in _PARTIAL and _is_partial(reading, at, start))
        if low in PREPOSITIONS and head:
            closed = True
        if (
            not key
            or low in _TIMES
            or (low.endswith("ly") and low not in _NO_ADVERBS and reading.tokens[at][0].islower())
        ):
            pronoun = pronoun or (low if low in PRONOUNS else "")
            continue
        keys.append(key)
        if reading.is_name(at):
            names.append(key)
        head = head if closed else key
    owned = start < end and reading.lows[start] in _OWNERS
    every = not _EVERY.isdisjoint(reading.lows[start:end])
    return Phrase(tuple(keys), head, frozenset(names), "" if keys else pronoun, partial, every, owned)


def _is_partial(reading: Reading, at: int, start: int) -> bool:
    """Tell "a majority of" and "only the guards" from "the majority leader" and "the only guard"."""
    low, after = reading.lows[at], reading.lows[at + 1 : at + 2]
    if low == "only":
        return at == start or not DETERMINERS.isdisjoint(after)
    return low != "majority" or after == ["of"]


def same_phrase(a: Phrase, b: Phrase) -> bool:
    """Tell whether two phrases mean one thing: one head, and no name or number that only the other has another of."""
    if not a.keys or not b.keys:
        return False
    mine, theirs = set(a.keys), set(b.keys)
    only_mine, only_theirs = mine - theirs, theirs - mine
    if _counts(only_mine) and _counts(only_theirs):
        return False
    if a.names - theirs and b.names - mine and not a.names & b.names:
        return False
    if (a.names ^ b.names) & _PARTS_OF_PLACES:
        return False
    shared = mine & theirs
    if a.head == b.head in a.names and len(shared & a.names) == 1:
        if a.names & only_mine - titles() and b.names & only_theirs - titles():
            return False  # another of the family
    if a.head == b.head:
        if a.head not in a.names & b.names and _before_head(a) - theirs and _before_head(b) - mine:
            return False  # bus drivers, tram drivers
        return not (only_mine and only_theirs) or len(shared) >= 2 or a.head in a.names & b.names
    if {a.head, b.head} & _KINDS and a.names & b.names and (mine <= theirs or theirs <= mine):
        return True
    behalf = {a.head, b.head} & _ON_BEHALF
    return bool(behalf and a.names & b.names and {a.head, b.head} <= a.names | b.names | _ON_BEHALF)


def _before_head(phrase: Phrase) -> set[str]:
    """Give the word in front of the head, if there is one and it is no name."""
    at = phrase.keys.index(phrase.head)
    return set(phrase.keys[max(at - 1, 0) : at]) - phrase.names


def _counts(keys: set[str]) -> bool:
    return any(key[0].isdecimal() for key in keys)


def read_links(reading: Reading, start: int, end: int) -> tuple[tuple[str, frozenset[str]], ...]:
    """Read what hangs on the prepositions that say which matter is meant: "of murder", "for children"."""
    found: list[tuple[str, frozenset[str]]] = []
    at = start
    while at < end:
        low = reading.lows[at]
        at += 1
        if low in _LINKING or low in _PLACING:
            stop = at
            while stop < end and reading.lows[stop] not in PREPOSITIONS and reading.lows[stop] != ",":
                stop += 1
            keys = frozenset(
                key
                for key, low in zip(reading.keys[at:stop], reading.lows[at:stop], strict=True)
                if key and low not in _TIMES
            )
            if low in _PLACING:
                low, keys = WHERE, keys - _TOLD_IN
            if keys:
                found.append((low, keys))
            at = stop
    return tuple(found)
