"""Where a sentence was sewn together of two: a subject from one source before the predicate of another.

Of 51 fusions of news that had passed the other checks and were read beside their sources, 19 were ungrammatical or
misleading, nearly all where words of two sources met ("staff will be missed", of "staff will be present" and "she will
be missed").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from summarizer.faithfulness.lexicon import HELPING, IRREGULAR
from summarizer.faithfulness.objections import Objection
from summarizer.faithfulness.words import Pairing, Reading, read
from summarizer.terms import stem

_CHAIN: Final = HELPING | frozenset(("shall", "not", "never"))
#: Words that must stand together in a source, in their order, and within how many. Three instead of four took six of
#: those 19 and four of the 32 good ones.
_RUN: Final = 4
_WINDOW: Final = 10
#: Where two clauses may be joined.
_JOINTS: Final = frozenset("and but or while who which that as after before when where although because".split())
#: Between a chain of helping words and its verb: "will be dearly missed".
_ADVERB: Final = "ly"
_MARKS: Final = frozenset(('"', "“", "‘"))
_ARTICLES: Final = frozenset(("a", "an", "the"))
_LINKS: Final = frozenset(("and", "but"))
#: A subject is looked for in so many tokens.
_SUBJECT: Final = 9
#: A preposition and the noun behind it stand so close together in a source.
_REACH: Final = 7
_PREPOSITIONS: Final = frozenset(
    "of in on at by for from with to into onto about after before during over under against between through without "
    "near behind beside among across along around toward towards upon within since until".split()
)
_DETERMINERS: Final = _ARTICLES | frozenset("his her its their this that".split())
#: Those who act together in news of crime and accidents, and verbs that are not theirs.
_SEVERAL: Final = frozenset(
    "police officers authorities deputies investigators officials prosecutors detectives".split()
)
_SEVERAL_STEMS: Final = frozenset(map(stem, _SEVERAL))
_SINGULAR: Final = frozenset(("was", "is", "has"))
#: Words behind "between" that may be two things by themselves; and what joins two others.
_PAIRS: Final = _DETERMINERS | frozenset("these those them us both two several many some other various".split())
_HALVES: Final = frozenset(("and", "to", "-", "–", "&"))
#: Letters of a word that is not said twice for nothing.
_LONG: Final = 4


def check_seams(pairing: Pairing) -> list[Objection]:
    """Object to a predicate before which no source has the subject, where the subject has another one in a source.

    A subject that no source follows with helping words is left alone, unless a source opens with it, too, and the
    subject of the predicate is gone: else it may stand for a pronoun of the source.
    """
    said = [(subject, verb) for source in pairing.sources for subject, verb, _ in _clauses(source)]
    subjects, verbs = {subject for subject, _ in said}, {verb for _, verb in said}
    head = _head(pairing.candidate)
    elsewhere = any(head in _subject(source) for source in pairing.sources)
    for subject, verb, finite in _clauses(pairing.candidate):
        if not subject or (subject, verb) in said or verb not in verbs:
            continue
        owners = {owner for owner, other in said if other == verb}
        lost = "" not in owners and owners.isdisjoint(pairing.candidate.vocabulary)
        if subject in subjects or (finite and lost and elsewhere and subject == head):
            return [Objection("link", f"no source has “{subject}” with “{verb}”")]
    return _carried(pairing)


def _carried(pairing: Pairing) -> list[Objection]:
    """Object to "and" before a predicate whose subject in every source that has it so is another than here.

    "Police fined him, and was remorseful", of "Police fined him" and "The man was fined, and was remorseful".
    """
    mine = _subject(pairing.candidate)
    for link in _links(pairing.candidate):
        theirs = [_subject(source) for source in pairing.sources if link in _links(source)]
        if mine and theirs and all(theirs) and all(mine.isdisjoint(other) for other in theirs):
            return [Objection("link", f"what stands before “{' '.join(link)}” is another than in the sources")]
    return []


def _links(reading: Reading) -> list[tuple[str, str, str]]:
    """Give "and was remorseful", "but apologised": a link, the verb behind it, and the next content word."""
    found = []
    for at, low in enumerate(reading.lows[:-1]):
        verb = reading.lows[at + 1]
        if low in _LINKS and verb != "to" and (verb in _CHAIN or verb.endswith("ed")):
            after = next((reading.stems[k] for k in reading.content if k > at + 1 and not _is_adverb(reading, k)), "")
            found.append((low, verb, after))
    return found


def _is_adverb(reading: Reading, at: int) -> bool:
    return reading.lows[at].endswith(_ADVERB)


def _subject(reading: Reading) -> frozenset[str]:
    """Give the stems before the first verb that can be told, at most a few; none if it opens with a pronoun."""
    return frozenset(filter(None, (reading.stems[at] for at in _before_verb(reading))))


def _head(reading: Reading) -> str:
    """Give the stem of the last word of what opens a sentence, before any preposition."""
    head = ""
    for at in _before_verb(reading):
        if reading.lows[at] in _PREPOSITIONS:
            break
        head = reading.stems[at] or head
    return head


def _before_verb(reading: Reading) -> Iterator[int]:
    for at, low in enumerate(reading.lows[:_SUBJECT]):
        if low in _CHAIN or low.endswith("ed") or low in IRREGULAR or not low[0].isalnum():
            return
        yield at


def _clauses(reading: Reading) -> Iterator[tuple[str, str, bool]]:
    """Give stems of the word before each chain of helping words and of the word behind it, and whether it is finite.

    The first is empty for a pronoun. A chain of "to" alone is not finite.
    """
    lows = reading.lows
    at = 1
    while at < len(lows):
        start = at
        while at < len(lows) and lows[at] in _CHAIN:
            at += 1
        behind = at
        while behind < len(lows) and (lows[behind].endswith(_ADVERB) or lows[behind] in _MARKS):
            behind += 1
        if at > start and behind < len(lows) and reading.stems[behind]:
            yield reading.stems[start - 1], reading.stems[behind], lows[start] != "to"
        at = max(at, start + 1)


def find_loose_seam(candidate: str, sources: Sequence[str]) -> Objection | None:
    """Find words in a row that no source has together, in that order and close by, without a joint between them.

    Nor may it say a word or a name twice that each source says once, put a noun behind a preposition that has another
    in every source ("before the way", of "the way he flips" and "before the shooting"), leave "between" without its
    "and", or go on with "and was" behind a subject of several.

    It is no part of the gate, for it takes every third faithful paraphrase for a bad seam. What a fuser gives that
    copies runs of words: of 51 such sentences, the first rule took five of 32 that were good, and eight of 19 that
    were ungrammatical or misleading; of 25 that the other two took beside it, two were good.
    """
    readings = [read(source) for source in sources]
    mine = read(candidate)
    places = [_Places(reading.lows) for reading in readings]
    words: list[str] = []
    for low in mine.lows:
        if low in _JOINTS or not low[0].isalnum():
            words = []
            continue
        words = [*words[-(_RUN - 1) :], low]
        if len(words) == _RUN and not any(source.have(words) for source in places):
            return Objection("seam", f"no source has “{' '.join(words)}” together")
    twice = _said_twice(mine, readings)
    if twice:
        return Objection("seam", f"it says “{twice}” twice, and every source once")
    strange = _strange_noun(mine, readings)
    if strange:
        return Objection("seam", f"no source has “{strange}” together")
    broken = _broken(mine)
    return Objection("seam", broken) if broken else None


def _said_twice(candidate: Reading, sources: Sequence[Reading]) -> str:
    """Give a word in lower case that the candidate has more often than any source has it."""
    counts = Counter(
        candidate.stems[at]
        for at in candidate.content
        if candidate.tokens[at][0].islower() and len(candidate.tokens[at]) >= _LONG
    )
    for at in candidate.content:
        n = counts[candidate.stems[at]]
        if n > 1 and all(source.stems.count(candidate.stems[at]) < n for source in sources):
            return candidate.tokens[at]
    names = _names(candidate)
    for name in names:
        if names.count(name) > 1 and all(_names(source).count(name) < 2 for source in sources):
            return name
    return ""


def _names(reading: Reading) -> list[str]:
    """Give two words in a row with capitals, "Trump Tower"."""
    return [f"{one} {other}" for one, other in pairwise(reading.tokens) if one[0].isupper() and other[0].isupper()]


def _broken(candidate: Reading) -> str:
    """Say what of a sentence has lost the other half that grammar asks for."""
    lows = candidate.lows
    for at, low in enumerate(lows):
        behind = lows[at + 1 :]
        if low == "between" and behind and behind[0] not in _PAIRS and not _HALVES & set(behind):
            return "“between” one thing and none"
    head = next((low for low in lows if low in _SEVERAL), "") if _head(candidate) in _SEVERAL_STEMS else ""
    for at, low in enumerate(lows[:-1]):
        if head and low in _LINKS and lows[at + 1] in _SINGULAR:
            return f"“{head} … {low} {lows[at + 1]}”"
    return ""


def _strange_noun(candidate: Reading, sources: Sequence[Reading]) -> str:
    """Give a preposition and the word that it governs, if no source has the one soon behind the other."""
    lows = candidate.lows
    for at, low in enumerate(lows):
        if low not in _PREPOSITIONS:
            continue
        behind = at + 1
        while behind < len(lows) and lows[behind] in _DETERMINERS:
            behind += 1
        if behind == len(lows) or not candidate.stems[behind] or not lows[behind].isalpha():
            continue
        noun = lows[behind]
        if not any(
            other == low and noun in source.lows[place + 1 : place + _REACH]
            for source in sources
            for place, other in enumerate(source.lows)
        ):
            return " ".join(lows[at : behind + 1])
    return ""


class _Places:
    """Where the words of a source stand."""

    def __init__(self, lows: list[str]) -> None:
        self._of: dict[str, list[int]] = {}
        for at, low in enumerate(low for low in lows if low[0].isalnum()):
            self._of.setdefault(low, []).append(at)

    def have(self, words: list[str]) -> bool:
        """Say whether the words stand in this order within a window of words."""
        for first in self._of.get(words[0], ()):
            last = first
            for word in words[1:]:
                last = next((at for at in self._of.get(word, ()) if at > last), first + _WINDOW)
            if last < first + _WINDOW:
                return True
        return False
