"""What a sentence states or denies: each predicate with who acts, on what, how surely, and on whose word. English.

No parser is asked: a clause is read outwards from its predicate. What cannot be read so is left out, since what is
read wrongly would be shown as an opposition.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from summarizer.opposition.antonyms import NEGATORS, NOBODY, NOMINAL, PARTICLES, REFUSALS, SOFTENERS, meant_by, poles
from summarizer.opposition.phrases import DETERMINERS, NOTHING, PREPOSITIONS, PRONOUNS, Phrase, read_phrase
from summarizer.opposition.reading import Reading
from summarizer.opposition.speakers import Telling, tellings
from summarizer.opposition.wording import IRREGULAR_FORMS, SAID

_BE: Final = frozenset("is are was were be been being am 's".split())
_HAVE: Final = frozenset("has have had having".split())
_DO: Final = frozenset("do does did".split())
_MODALS: Final = {
    "will": "future", "shall": "future", "'ll": "future", "would": "would", "can": "can", "could": "can",
    "may": "may", "might": "may", "should": "ought", "must": "ought", "ought": "ought",
}  # fmt: skip
_HELPING: Final = _BE | _HAVE | _DO | _MODALS.keys() | frozenset(("to", "get", "got", "gets"))
_ADVERBS: Final = frozenset("also already now still again finally ever even since then later eventually soon".split())
#: What stands before "to" and a verb -> how sure the verb is; others keep their own name, so that like meets like.
_TO: Final = {
    word: mood
    for mood, words in {
        "future": "expected set due scheduled plan plans planned planning intend intends intended likely going poised",
        "fact": "voted able managed continue continues continued began begun proceeded unable",
        "decide": "decided agreed chose opted agree agrees",
        "ought": "has have had need needs needed",
    }.items()
    for word in words.split()
}
_STRONG: Final = frozenset(';:—–()"“”')
_JOINING: Final = frozenset(
    "but while although though whereas because who which whom whose where when after before until till since as that "
    "despite".split()
)
_RELATIVE: Final = frozenset("who which that".split())
#: What is told behind these did not happen yet, or never.
_UNTOLD: Final = frozenset("until till before".split())
#: Behind a negation these take the reason or the time out of it, and leave the act: "did not leave because".
_SHIFTING: Final = frozenset("because until till before unless except but".split())
#: Before a predicate that is not read as denied, these leave it unsure.
_UNCERTAIN: Final = frozenset(
    "no not never nor neither none nobody nothing without hardly barely cannot fail failed fails refused refuses "
    "declined denied denies unable rejected dismissed".split()
)
_ALSO: Final = frozenset("and or but then".split())
#: Verbs between a subject and what it is or is found to be.
_LINKING: Final = frozenset(
    "found ruled declared deemed remained remains remain stayed stays pleaded pronounced".split()
)
#: What may stand behind the name of what is found or declared to be so.
_STATES: Final = frozenset(
    "guilty innocent alive dead safe unsafe legal illegal lawful unlawful constitutional unconstitutional valid "
    "invalid true false genuine fake liable responsible open closed".split()
)
_FINDING: Final = frozenset(
    "found find declared declare ruled deemed pronounced considered judged called left kept held".split()
)
_TELLING_OF: Final = frozenset("report make know record suffer".split())
_REACH: Final = 14


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


@dataclass(slots=True)
class _Group:
    """The verb group that a predicate ends: where it begins, how often it is negated, how sure it is."""

    start: int
    negations: int = 0
    mood: str = "fact"
    is_be: bool = False
    helped: bool = False


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
    _, end = _ends(reading, at)
    rest = {reading.keys[i] for i in range(no + 1, end) if i != at and reading.keys[i]} - _TELLING_OF
    start, telling = _start(reading, no), next((one for one in tellings(reading) if one.start <= at < one.end), None)
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
    group = _read_group(reading, at)
    if group is None or group.negations > 1:
        return None
    telling = next((one for one in tellings(reading) if one.start <= at < one.end and at != one.verb), None)
    gerund = telling is not None and telling.gerund == at
    if not gerund and not _is_predicate(reading, at, group):
        return None
    return _claim(reading, at, key, group, telling)


def _complement(reading: Reading, at: int, key: str) -> Claim | None:
    """Read "declared the bridge unsafe": what something is found to be, behind its name."""
    if reading.lows[at] not in _STATES:
        return None
    denied = at > 0 and reading.lows[at - 1] == "not"
    end = at - denied
    verb = next((i for i in range(end - 1, max(end - _REACH, -1), -1) if reading.lows[i] in _FINDING), None)
    if verb is None or verb + 1 >= end or verb == 0 or reading.lows[verb - 1] in _BE:
        return None
    between = reading.lows[verb + 1 : end]
    if any(low in _STRONG or low in _JOINING or low in _HELPING or low == "," for low in between):
        return None
    _, stop = _ends(reading, at)
    rest = read_phrase(reading, at + 1, stop)
    start, _ = _subject(reading, verb)
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


def _read_group(reading: Reading, at: int) -> _Group | None:
    """Read the helping words, adverbs and negators in front of a predicate; None where a negation is softened."""
    lows = reading.lows
    group = _Group(at)
    i = at - 1
    while i >= 0 and at - i < _REACH:
        low = lows[i]
        if low in NEGATORS:
            if lows[i + 1] in SOFTENERS:
                return None
            group.negations += 1
        elif low == "longer" and i and lows[i - 1] == "no":
            group.negations += 1
            i -= 1
        elif low == "to":
            i = _governed(reading, i, group)
        elif low in _MODALS:
            group.mood = _MODALS[low]
        elif low in _BE:
            group.is_be = group.is_be or group.mood == "fact"
        elif low in _LINKING and group.start == at and reading.lows[at] != "to":
            group.is_be = group.helped = True
        elif not (low in _HELPING or low in _ADVERBS or low.endswith("ly")):
            break
        group.helped = group.helped or low in _HELPING
        i -= 1
    group.start = i + 1
    return group


def _governed(reading: Reading, at: int, group: _Group) -> int:
    """Read what stands before "to": a refusal denies, a plan is not the act; gives the token read last."""
    i = at - 1
    if i >= 0 and reading.lows[i] in NEGATORS:
        group.negations += 1
        i -= 1
    if i < 0:
        group.mood = "to"
        return at
    low = reading.lows[i]
    if reading.keys[i] in REFUSALS or low == "unable":
        group.negations += 1
    elif low in _BE:
        group.mood = "future"
        return i + 1
    elif low in _TO:
        group.mood = _TO[low]
        if i and reading.lows[i - 1] == "no":  # "has no plans to"
            group.negations += 1
            i -= 1
    else:
        group.mood = "to " + (reading.keys[i] or low)
    return i


def _is_predicate(reading: Reading, at: int, group: _Group) -> bool:
    """Tell a verb, or an adjective behind "is", from a noun and a participle in front of one."""
    low, lows = reading.lows[at], reading.lows
    before = lows[group.start - 1] if group.start else ""
    if before in ("or", "nor"):  # "not qualified or authorised"
        return False
    after = lows[at + 1] if at + 1 < len(lows) else "."
    if group.helped:
        return not low.endswith("ing") or group.is_be
    if not before or before in DETERMINERS or (before in PREPOSITIONS and before not in _JOINING) or before == "'s":
        return False
    if low.endswith("ing") or before.endswith(("'s", "s'")) or before[0].isdecimal():
        return False
    if low.endswith("ed") or low in IRREGULAR_FORMS:
        return after != "by"  # "a bill passed by Congress"
    return after in DETERMINERS or (bool(reading.keys[at + 1 : at + 2] and reading.keys[at + 1]) and after[0].isalpha())


def _claim(reading: Reading, at: int, key: str, group: _Group, telling: Telling | None) -> Claim | None:
    gerund = telling is not None and telling.gerund == at
    start, end = (telling.subject if telling and gerund else _subject(reading, group.start)) or (0, 0)
    if start and reading.lows[start - 1] in _UNTOLD:
        return None
    if not (group.helped or gerund) and any(_looks_finite(reading, i, start) for i in range(start, end)):
        return None  # "vetoed a bill passed last week"
    negations = group.negations + (telling.denies if telling else 0)
    subject = read_phrase(reading, start, end)
    nobody = _is_nobody(reading, start, end)
    negations += nobody
    object_end, clause_end = _ends(reading, at)
    theme = read_phrase(reading, at + 1, object_end)
    none = at + 2 < object_end and reading.lows[at + 1] in ("no", "nobody", "nothing")
    negations += none
    if not negations and not _UNCERTAIN.isdisjoint(reading.lows[start:at]):
        return None
    if negations > 1 or (negations and not _SHIFTING.isdisjoint(reading.lows[clause_end : clause_end + 2])):
        return None
    passive = group.is_be and not reading.lows[at].endswith("ing")
    agent, voice = (_by(reading, at, clause_end), "passive") if passive else (subject, "active")
    rest = read_phrase(reading, object_end, clause_end)
    if passive:
        rest, theme = replace(rest, keys=rest.keys + theme.keys), subject
    elif not theme.keys and not theme.pronoun:
        agent, theme, voice = NOTHING, subject, "none"
    first = min(start, group.start) if end else group.start
    return Claim(
        key=key,
        word=reading.text[reading.starts[at] : reading.end(at)],
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


def _subject(reading: Reading, at: int) -> tuple[int, int]:
    """Give from which to which token the subject of a verb group reaches that begins at a token."""
    lows, end = reading.lows, at
    if end and lows[end - 1] == ",":  # "Smith, 34, was"
        comma = next((i for i in range(end - 2, max(end - 2 - _REACH, -1), -1) if lows[i] == ","), -1)
        end = comma if comma > 0 else end - 1
    if end and lows[end - 1] in _RELATIVE:
        end -= 2 if end > 1 and lows[end - 2] == "," else 1
    if end and lows[end - 1] in _ALSO:
        return _first_subject(reading, end - 1)
    return _start(reading, end), end


def _start(reading: Reading, end: int) -> int:
    lows, start = reading.lows, end
    while start and end - start < _REACH:
        low = lows[start - 1]
        if low in _STRONG or low in _JOINING or low == "," or low in SAID:
            break
        if low == "and" and not (start > 1 and reading.tokens[start - 2][0].isupper() and start < len(lows)):
            break
        start -= 1
    return start


def _first_subject(reading: Reading, end: int) -> tuple[int, int]:
    """Give the subject that a verb behind "and" shares with the first verb of its clause."""
    start = end
    while start and reading.lows[start - 1] not in _STRONG and reading.lows[start - 1] not in _JOINING:
        start -= 1
    stop = next((i for i in range(start, end) if _looks_finite(reading, i, start)), start)
    return _subject(reading, stop) if stop < end else (stop, stop)


def _looks_finite(reading: Reading, at: int, start: int) -> bool:
    low = reading.lows[at]
    return at > start and (
        low in _HELPING or low in IRREGULAR_FORMS or (low.endswith("ed") and reading.tokens[at][0].islower())
    )


def _is_nobody(reading: Reading, start: int, end: int) -> int:
    if start >= end:
        return 0
    low = reading.lows[start]
    return int(low in NOBODY or low == "no")


def _ends(reading: Reading, at: int) -> tuple[int, int]:
    """Give where the object of a predicate ends, and where its clause does."""
    lows, keys = reading.lows, reading.keys
    stop, i = 0, at + 1
    if i < len(lows) and lows[i] in PARTICLES and f"{meant_by(keys[at])}_{lows[i]}" in poles():
        i += 1
    while i < len(lows):
        low = lows[i]
        if low in _STRONG or low in _JOINING or low in SAID or low in ("?", "!"):
            break
        if low in (",", "and", "or") and _opens(reading, i):
            break
        if not stop and (low in PREPOSITIONS or low == ","):
            stop = i
        i += 1
    return stop or i, i


def _opens(reading: Reading, at: int) -> bool:
    """Tell whether a comma or "and" opens another clause: a verb, a pronoun or a determiner with a verb follows."""
    lows = reading.lows
    after = lows[at + 1 : at + 7]
    if not after:
        return True
    if (
        after[0] in _HELPING
        or after[0] in PRONOUNS
        or after[0] in NEGATORS
        or after[0] in _JOINING
        or after[0] in _ALSO
    ):
        return True
    return any(low in _HELPING or low in SAID or low.endswith("ed") or low in IRREGULAR_FORMS for low in after)


def _by(reading: Reading, at: int, end: int) -> Phrase:
    """Read who acts in the passive."""
    place = next((i for i in range(at + 1, min(end, at + 10)) if reading.lows[i] == "by"), None)
    if place is None:
        return NOTHING
    stop = place + 1
    while stop < end and reading.lows[stop] not in PREPOSITIONS and reading.lows[stop] not in (",", "and"):
        stop += 1
    found = read_phrase(reading, place + 1, stop)
    return found if found.keys else NOTHING
