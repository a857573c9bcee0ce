"""Claims that no verb of their own tells: what there is or is had, what did not happen, what something is found to be.

English; see :mod:`summarizer.opposition.clauses` for those with a verb.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from summarizer.opposition.bounds import find_ends, find_start, find_subject
from summarizer.opposition.phrases import DETERMINERS, NOTHING, PREPOSITIONS, Phrase, read_links, read_phrase
from summarizer.opposition.reading import Reading
from summarizer.opposition.speakers import tellings
from summarizer.opposition.verbs import BE, HELPING, JOINING, REACH, STRONG, read_group
from summarizer.opposition.wording import SOFTENERS

#: What may stand behind the name of what is found or declared to be so.
_STATES: Final = frozenset(
    "guilty innocent alive dead safe unsafe legal illegal lawful unlawful constitutional unconstitutional valid "
    "invalid true false genuine fake liable responsible open closed".split()
)
_FINDING: Final = frozenset(
    "found find declared declare ruled deemed pronounced considered judged called left kept held".split()
)
_BEING: Final = frozenset("is are was were had has have".split())
_DID_NOT: Final = (["did", "not"], ["does", "not"], ["do", "not"])
_UNSURE: Final = frozenset("not never no nobody nothing may might could would will to should must do does did".split())
#: Tokens between "had" and what was had.
_NEAR: Final = 5
_CARRYING: Final = frozenset(
    "have has had give gave gives offer offers offered make makes made reach reached provide provides provided issue "
    "issued show shows showed shown raise raised get gets got receive received put".split()
)
_TELLING_OF: Final = frozenset("report make know record suffer".split())


@dataclass(frozen=True, slots=True)
class Claim:
    """One predicate of a sentence and what it is said of.

    :param key: the predicate by its stem, with its particle if it opposes something with it.
    :param word: as it stands.
    :param denied: whether it is said not to be so.
    :param anybody: whether it is denied of everybody: "nobody was hurt".
    :param voice: ``"active"`` with an object, ``"passive"`` or ``"none"``.
    :param agent: who acts; nothing in the passive without "by", and without an object.
    :param theme: what it is done to, or the subject of a verb without an object.
    :param rest: other words of the clause behind the predicate.
    :param mood: ``"fact"``, ``"future"``, ``"may"`` …
    :param speaker: on whose word, as it stands; empty where the article says so itself.
    :param start: first character of the clause in the sentence.
    :param end: one past its last.
    :param links: what hangs on which preposition behind the predicate.
    :param shift: what follows that may take the reason or the time out of a negation: "until noon".
    """

    key: str
    word: str
    denied: bool
    anybody: bool
    voice: str
    agent: Phrase
    theme: Phrase
    rest: frozenset[str]
    mood: str
    speaker: str
    start: int
    end: int
    shift: tuple[str, ...] = ()
    links: tuple[tuple[str, frozenset[str]], ...] = ()

    @property
    def told(self) -> frozenset[str]:
        """All words of the clause but the predicate."""
        return self.rest.union(self.agent.keys, self.theme.keys)


def none_of(reading: Reading, at: int, key: str) -> Claim | None:
    """Read "no injuries were reported", in which a noun tells what did not happen."""
    no = next((i for i in range(at - 1, max(at - 4, -1), -1) if reading.lows[i] == "no"), None)
    if no is None or reading.quoted[at] or reading.lows[no + 1] in SOFTENERS:
        return None
    _, end = find_ends(reading, at)
    rest = {reading.keys[i] for i in range(no + 1, end) if i != at and reading.keys[i]} - _TELLING_OF
    start, telling = (
        find_start(reading, no),
        next((one for one in tellings(reading) if one.start <= at < one.end), None),
    )
    return Claim(
        key=key,
        word=reading.tokens[at],
        denied=True,
        anybody=True,
        voice="none",
        agent=NOTHING,
        theme=NOTHING,
        rest=frozenset(rest),
        mood="fact",
        speaker=telling.speaker if telling else "",
        start=reading.starts[start],
        end=reading.end(max(end - 1, at)),
        links=read_links(reading, at + 1, end),
    )


def carried(reading: Reading, at: int, key: str) -> Claim | None:
    """Read "had no knowledge of the payments", in which a noun tells what somebody did not do."""
    lows = reading.lows
    verb = at - 2
    if verb < 1 or lows[at - 1] != "no" or lows[verb] not in _CARRYING or reading.quoted[at]:
        return None
    group = read_group(reading, verb)
    if group is None or group.negations or group.mood != "fact":
        return None
    start, end = find_subject(reading, group.start)
    _, stop = find_ends(reading, at)
    telling = next((one for one in tellings(reading) if one.start <= at < one.end), None)
    if telling is not None and telling.denies:
        return None
    return Claim(
        key=key,
        word=reading.tokens[at],
        denied=True,
        anybody=False,
        voice="none",
        agent=NOTHING,
        theme=read_phrase(reading, start, end),
        rest=frozenset(read_phrase(reading, at + 1, stop).keys),
        mood="fact",
        speaker=telling.speaker if telling else "",
        start=reading.starts[start],
        end=reading.end(max(stop - 1, at)),
        links=read_links(reading, at + 1, stop),
    )


def existence(reading: Reading, at: int, key: str) -> Claim | None:
    """Read "had no permit", "was no accident" and "there were survivors": what is, or is had, told by its noun."""
    if at + 1 < len(reading) and reading.keys[at + 1] and reading.lows[at + 1] not in PREPOSITIONS:
        return None
    verb = next((i for i in range(at - 1, max(at - _NEAR, -1), -1) if reading.lows[i] in _BEING), None)
    if not verb:
        return None
    unhad = reading.lows[verb] == "have" and reading.lows[verb - 2 : verb] in _DID_NOT
    first = verb - 2 * unhad
    if reading.lows[first - 1] in _UNSURE or first < 1:
        return None
    between = reading.lows[verb + 1 : at]
    denied = unhad or "no" in between or between[:1] == ["not"]
    inside = [low for low in between if low not in DETERMINERS and low != "not"]
    if any(low in PREPOSITIONS or not low[0].isalpha() for low in inside) or (denied and inside):
        return None
    there = reading.lows[first - 1] == "there"
    start, end = (first - 1, first - 1) if there else find_subject(reading, first)
    _, stop = find_ends(reading, at)
    telling = next((one for one in tellings(reading) if one.start <= at < one.end), None)
    if telling is not None and telling.denies:
        return None
    rest = read_phrase(reading, at + 1, stop)
    theme = Phrase((key,), key, frozenset()) if there else read_phrase(reading, start, end)
    return Claim(
        key=key,
        word=reading.tokens[at],
        denied=denied,
        anybody=False,
        voice=reading.lows[verb] if reading.lows[verb] not in BE else "being",
        agent=NOTHING,
        theme=theme,
        rest=frozenset((*rest.keys, *(one for one in reading.keys[verb + 1 : at] if one))),
        mood="fact",
        speaker=telling.speaker if telling else "",
        start=reading.starts[start],
        end=reading.end(max(stop - 1, at)),
        links=read_links(reading, at + 1, stop),
    )


def complement(reading: Reading, at: int, key: str) -> Claim | None:
    """Read "declared the bridge unsafe": what something is found to be, behind its name."""
    if reading.lows[at] not in _STATES:
        return None
    denied = at > 0 and reading.lows[at - 1] == "not"
    end = at - denied
    verb = next((i for i in range(end - 1, max(end - REACH, -1), -1) if reading.lows[i] in _FINDING), None)
    if verb is None or verb + 1 >= end or verb == 0 or reading.lows[verb - 1] in BE:
        return None
    between = reading.lows[verb + 1 : end]
    if any(low in STRONG or low in JOINING or low in HELPING or low == "," for low in between):
        return None
    _, stop = find_ends(reading, at)
    rest = read_phrase(reading, at + 1, stop)
    start, _ = find_subject(reading, verb)
    return Claim(
        key=key,
        word=reading.tokens[at],
        denied=denied,
        anybody=False,
        voice="passive",
        agent=NOTHING,
        theme=read_phrase(reading, verb + 1, end),
        rest=frozenset(rest.keys),
        mood="fact",
        speaker="",
        start=reading.starts[start],
        end=reading.end(max(stop - 1, at)),
        links=read_links(reading, at + 1, stop),
    )


def company(reading: Reading, at: int, key: str) -> Claim | None:
    """Read "ended without a deal" and "ended with a deal": what there was with it, told by its noun."""
    lows = reading.lows
    place = next((i for i in range(at - 1, max(at - _NEAR, -1), -1) if lows[i] in ("with", "without")), None)
    if not place or lows[at].endswith("ing") or any(low not in DETERMINERS for low in lows[place + 1 : at]):
        return None
    if at + 1 < len(reading) and reading.keys[at + 1] and lows[at + 1] not in PREPOSITIONS:
        return None
    start, end = find_subject(reading, place)
    theme = read_phrase(reading, start, end)
    if not _UNSURE.isdisjoint(lows[start:place]) or len(theme.keys) < 2:
        return None
    _, stop = find_ends(reading, at)
    telling = next((one for one in tellings(reading) if one.start <= at < one.end), None)
    return Claim(
        key=key,
        word=reading.tokens[at],
        denied=lows[place] == "without",
        anybody=False,
        voice="being",
        agent=NOTHING,
        theme=theme,
        rest=frozenset(read_phrase(reading, at + 1, stop).keys),
        mood="fact",
        speaker=telling.speaker if telling else "",
        start=reading.starts[start],
        end=reading.end(max(stop - 1, at)),
        links=read_links(reading, at + 1, stop),
    )
