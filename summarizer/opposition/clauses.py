"""What a sentence states or denies: each predicate with who acts, on what, how surely, and on whose word. English.

No parser is asked: a clause is read outwards from its predicate. What cannot be read so is left out, since what is
read wrongly would be shown as an opposition.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from summarizer.opposition.antonyms import NOBODY, NOMINAL, PARTICLES, SOFTENERS, poles
from summarizer.opposition.bounds import find_ends, find_start, find_subject, read_by
from summarizer.opposition.phrases import DETERMINERS, NOTHING, PREPOSITIONS, Phrase, read_phrase
from summarizer.opposition.reading import Reading
from summarizer.opposition.speakers import Telling, tellings
from summarizer.opposition.verbs import (
    BE,
    HELPING,
    JOINING,
    REACH,
    STRONG,
    VerbGroup,
    is_predicate,
    looks_finite,
    read_group,
)

#: What is told behind these did not happen yet, or never.
_UNTOLD: Final = frozenset("until till before".split())
#: Behind a negation these take the reason or the time out of it, and leave the act: "did not leave because".
_SHIFTING: Final = frozenset("because until till before unless except but".split())
#: Before a predicate that is not read as denied, these leave it unsure.
_UNCERTAIN: Final = frozenset(
    "no not never nor neither none nobody nothing without hardly barely cannot fail failed fails refused refuses "
    "declined denied denies unable rejected dismissed".split()
)
#: What may stand behind the name of what is found or declared to be so.
_STATES: Final = frozenset(
    "guilty innocent alive dead safe unsafe legal illegal lawful unlawful constitutional unconstitutional valid "
    "invalid true false genuine fake liable responsible open closed".split()
)
_FINDING: Final = frozenset(
    "found find declared declare ruled deemed pronounced considered judged called left kept held".split()
)
_BEING: Final = frozenset("is are was were had has have".split())
_UNSURE: Final = frozenset("not never no nobody nothing may might could would will to should must do does did".split())
#: Tokens between "had" and what was had.
_NEAR: Final = 5
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

    @property
    def told(self) -> frozenset[str]:
        """All words of the clause but the predicate."""
        return self.rest.union(self.agent.keys, self.theme.keys)


def read_claims(reading: Reading, wanted: str) -> tuple[Claim, ...]:
    """Read the claims of a sentence with one predicate.

    :param reading: the sentence.
    :param wanted: key of the predicate.
    :return: in order; none of a question or a sentence with a condition. O(length).
    """
    if reading.is_open:
        return ()
    found = [_at(reading, at, wanted) for at in _places(reading, wanted)]
    if wanted in NOMINAL.values():
        found += [_none_of(reading, at, wanted) for at, key in enumerate(reading.keys) if NOMINAL.get(key) == wanted]
    return tuple(claim for claim in found if claim is not None)


def _none_of(reading: Reading, at: int, key: str) -> Claim | None:
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
    )


def _places(reading: Reading, wanted: str) -> list[int]:
    """Give where the predicate may stand: its own word, its particle behind it, or a noun that tells of it."""
    verb, _, particle = wanted.partition("_")
    places = []
    for at in [at for at, key in enumerate(reading.meant) if key == verb]:
        after = reading.lows[at + 1] if at + 1 < len(reading) else ""
        if (after if after in PARTICLES and f"{verb}_{after}" in poles() else "") == particle:
            places.append(at)
    return places


def _at(reading: Reading, at: int, key: str) -> Claim | None:
    if not reading.tokens[at][0].islower() or reading.lows[at].endswith("ly") or reading.quoted[at]:
        return None
    stated = _complement(reading, at, key)
    if stated is not None:
        return stated
    group = read_group(reading, at)
    if group is None or group.negations > 1:
        return None
    telling = next((one for one in tellings(reading) if one.start <= at < one.end and at != one.verb), None)
    gerund = telling is not None and telling.gerund == at
    if not gerund and not is_predicate(reading, at, group):
        return None if group.negations else _existence(reading, at, key)
    return _claim(reading, at, key, group, telling)


def _existence(reading: Reading, at: int, key: str) -> Claim | None:
    """Read "had no permit", "was no accident" and "there were survivors": what is, or is had, told by its noun."""
    if at + 1 < len(reading) and reading.keys[at + 1] and reading.lows[at + 1] not in PREPOSITIONS:
        return None
    verb = next((i for i in range(at - 1, max(at - _NEAR, -1), -1) if reading.lows[i] in _BEING), None)
    if not verb or reading.lows[verb - 1] in _UNSURE:
        return None
    between = reading.lows[verb + 1 : at]
    denied = "no" in between or between[:1] == ["not"]
    inside = [low for low in between if low not in DETERMINERS and low != "not"]
    if any(low in PREPOSITIONS or not low[0].isalpha() for low in inside) or (denied and inside):
        return None
    there = reading.lows[verb - 1] == "there"
    start, end = (verb - 1, verb - 1) if there else find_subject(reading, verb)
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
    )


def _complement(reading: Reading, at: int, key: str) -> Claim | None:
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
    )


def _claim(reading: Reading, at: int, key: str, group: VerbGroup, telling: Telling | None) -> Claim | None:
    gerund = telling is not None and telling.gerund == at
    start, end = (telling.subject if telling and gerund else find_subject(reading, group.start)) or (0, 0)
    if start and reading.lows[start - 1] in _UNTOLD:
        return None
    if not (group.helped or gerund) and any(looks_finite(reading, i, start) for i in range(start, end)):
        return None  # "vetoed a bill passed last week"
    negations = group.negations + (telling.denies if telling else 0)
    subject = read_phrase(reading, start, end)
    nobody = _is_nobody(reading, start, end)
    negations += nobody
    object_end, clause_end = find_ends(reading, at)
    later = reading.tokens[at + 1 : clause_end]
    if not (group.helped or gerund) and any(token in HELPING and token != "to" for token in later):
        return None  # "prisoners held in the north were"
    theme = read_phrase(reading, at + 1, object_end)
    none = reading.lows[at + 1 : at + 2] == ["no"] and bool(theme.keys)
    negations += none
    if not negations and not _UNCERTAIN.isdisjoint(reading.lows[start:at]):
        return None
    if negations > 1 or (negations and not _SHIFTING.isdisjoint(reading.lows[clause_end : clause_end + 2])):
        return None
    passive = group.is_be and not reading.lows[at].endswith("ing")
    agent, voice = (read_by(reading, at, clause_end), "passive") if passive else (subject, "active")
    rest = read_phrase(reading, object_end, clause_end)
    if passive:
        rest, theme = replace(rest, keys=rest.keys + theme.keys), subject
    elif not theme.keys and not theme.pronoun:
        agent, theme, voice = NOTHING, subject, "none"
    first = min(start, group.start) if end else group.start
    return Claim(
        key=key,
        word=reading.text[reading.starts[at] : reading.end(at + ("_" in key))],
        denied=negations == 1,
        anybody=bool(nobody),
        voice=voice,
        agent=agent,
        theme=theme,
        rest=frozenset(rest.keys),
        mood="future" if telling and group.mood == "would" else group.mood,
        speaker=telling.speaker if telling else "",
        start=reading.starts[first],
        end=reading.end(max(clause_end - 1, at)),
    )


def _is_nobody(reading: Reading, start: int, end: int) -> int:
    if start >= end:
        return 0
    low = reading.lows[start]
    return int(low in NOBODY or low == "no")
