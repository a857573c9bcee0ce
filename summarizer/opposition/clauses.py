"""What a sentence states or denies: each predicate with who acts, on what, how surely, and on whose word. English.

No parser is asked: a clause is read outwards from its predicate. What cannot be read so is left out, since what is
read wrongly would be shown as an opposition.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from summarizer.opposition.antonyms import GOVERNING, particled
from summarizer.opposition.bounds import find_ends, find_subject, first_subject, read_by
from summarizer.opposition.claims import Claim, carried, company, complement, existence, none_of
from summarizer.opposition.holdings import holding
from summarizer.opposition.phrases import NOTHING, PREPOSITIONS, read_links, read_phrase
from summarizer.opposition.reading import Reading, is_open
from summarizer.opposition.speakers import UNSAID, Telling, tellings
from summarizer.opposition.verbs import (
    HELPING,
    UNCHANGED,
    VerbGroup,
    is_predicate,
    looks_finite,
    read_group,
)
from summarizer.opposition.wording import CARRIED, NOBODY, NOMINAL, word_key

#: What is told behind these did not happen yet, or never.
_UNTOLD: Final = frozenset("until till before".split())
#: Behind a negation these take the reason or the time out of it, and leave the act: "did not leave because".
_SHIFTING: Final = frozenset("because until till before unless except but since".split())
_ARTICLES: Final = frozenset("the a an his her their its".split())
_KNOW: Final = word_key("know")
#: Tokens by which what shifts a negation is compared.
_SHIFT: Final = 3
#: Before a predicate that is not read as denied, these leave it unsure.
_UNCERTAIN: Final = frozenset(
    "no not never nor neither none nobody nothing without hardly barely cannot fail failed fails refused refuses "
    "declined denied denies unable rejected dismissed".split()
)


def read_claims(reading: Reading, wanted: str) -> tuple[Claim, ...]:
    """Read the claims of a sentence with one predicate.

    :param reading: the sentence.
    :param wanted: key of the predicate.
    :return: in order; none of a question or a sentence with a condition. O(length).
    """
    if is_open(reading.text):
        return ()
    places = _places(reading, wanted)
    found = [_at(reading, at, wanted) for at in places] + [_held(reading, at, wanted) for at in places]
    if wanted in NOMINAL.values():
        found += [none_of(reading, at, wanted) for at, key in enumerate(reading.keys) if NOMINAL.get(key) == wanted]
    if wanted in CARRIED.values():
        found += [carried(reading, at, wanted) for at, key in enumerate(reading.keys) if CARRIED.get(key) == wanted]
    return tuple(claim for claim in found if claim is not None)


def _places(reading: Reading, wanted: str) -> list[int]:
    """Give where the predicate may stand: its own word, its particle behind it, or a noun that tells of it."""
    verb, _, particle = wanted.partition("_")
    places = []
    for at in [at for at, key in enumerate(reading.meant) if key == verb]:
        after = reading.lows[at + 1] if at + 1 < len(reading) else ""
        if (after if f"{verb}_{after}" in particled() else "") == particle:
            places.append(at)
    return places


def _held(reading: Reading, at: int, key: str) -> Claim | None:
    if not reading.tokens[at][0].islower() or reading.lows[at].endswith(("ly", "ed")) or reading.quoted[at]:
        return None
    return holding(reading, at, key)


def _at(reading: Reading, at: int, key: str) -> Claim | None:
    if not reading.tokens[at][0].islower() or reading.lows[at].endswith("ly") or reading.quoted[at]:
        return None
    stated = complement(reading, at, key) or company(reading, at, key)
    if stated is not None:
        return stated
    if at and reading.lows[at].endswith("ing") and reading.lows[at - 1] in ("without", ","):
        return _beside(reading, at, key)
    group = read_group(reading, at)
    if group is None or group.negations > 1:
        return None
    telling = next((one for one in tellings(reading) if one.start <= at < one.end and at != one.verb), None)
    gerund = telling is not None and telling.gerund == at
    there = group.is_be and group.start and reading.lows[group.start - 1] == "there"
    if not gerund and (there or not is_predicate(reading, at, group)):
        return None if group.negations else existence(reading, at, key)
    return _claim(reading, at, key, group, telling)


def _beside(reading: Reading, at: int, key: str) -> Claim | None:
    """Read "drove off without stopping" and "cut costs, lowering its rate": what the subject of a clause did beside."""
    start, end = first_subject(reading, at - 1)
    subject = read_phrase(reading, start, end)
    if not subject.keys or not _UNCERTAIN.isdisjoint(reading.lows[start : at - 1]):
        return None
    object_end, clause_end = find_ends(reading, at)
    theme = read_phrase(reading, at + 1, object_end)
    return Claim(
        key=key,
        word=reading.tokens[at],
        denied=reading.lows[at - 1] == "without",
        anybody=False,
        voice="active" if theme.keys else "none",
        agent=subject if theme.keys else NOTHING,
        theme=theme if theme.keys else subject,
        rest=frozenset(read_phrase(reading, object_end, clause_end).keys),
        mood="fact",
        speaker="",
        start=reading.starts[start],
        end=reading.end(max(clause_end - 1, at)),
        links=read_links(reading, at + 1, clause_end),
    )


def _claim(reading: Reading, at: int, key: str, group: VerbGroup, telling: Telling | None) -> Claim | None:
    gerund = telling is not None and telling.gerund == at
    start, end = (telling.subject if telling and gerund else find_subject(reading, group.start)) or (0, 0)
    if (start and reading.lows[start - 1] in _UNTOLD) or (telling and reading.lows[telling.verb] in UNSAID):
        return None
    if _is_inside(reading, start, end, own=group.helped or gerund):
        return None
    nobody = _is_nobody(reading, start, end)
    negations = group.negations + (telling.denies if telling else 0) + bool(nobody)
    subject = read_phrase(reading, start + nobody, end)
    object_start = _object(reading, at, key)
    object_end, clause_end = find_ends(reading, object_start - 1)
    later = reading.tokens[at + 1 : clause_end]
    if not (group.helped or gerund) and any(word in HELPING and word != "to" for word in later):
        return None  # "prisoners held in the north were"
    theme = read_phrase(reading, object_start, _until_verb(reading, object_start, object_end))
    if theme.keys and reading.lows[object_end : object_end + 1] == ["of"]:
        object_end = min(find_ends(reading, object_end)[0], clause_end)
        theme = read_phrase(reading, object_start, object_end)
    none = reading.lows[object_start : object_start + 1] == ["no"] and bool(theme.keys)
    negations += none
    if key == _KNOW and reading.lows[object_start : object_start + 1] == ["nothing"]:
        theme, object_end, negations = NOTHING, object_start + 1, negations + 1
    elif _is_nobody(reading, object_start, object_end) and not (none or _is_vote(reading, object_start)):
        theme, nobody, negations = NOTHING, 1, negations + 1
    if not negations and not _UNCERTAIN.isdisjoint(reading.lows[start:at]):
        return None
    shifting = not _SHIFTING.isdisjoint(reading.lows[clause_end : clause_end + 2])
    if negations > 1:
        return None
    passive = group.is_be and not reading.lows[at].endswith("ing")
    agent, voice = (read_by(reading, at, clause_end), "passive") if passive else (subject, "active")
    rest = read_phrase(reading, object_end, _until_verb(reading, object_end, clause_end) if negations else clause_end)
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
        links=read_links(reading, object_start, clause_end),
        shift=tuple(reading.lows[clause_end : clause_end + _SHIFT]) if shifting else (),
    )


def _is_inside(reading: Reading, start: int, end: int, *, own: bool) -> bool:
    """Tell a clause inside a noun phrase: "vetoed a bill passed last week", "money in the bill the Senate passed".

    :param own: whether the predicate is surely a verb of its own.
    """
    if not own and any(looks_finite(reading, i, start) for i in range(start, end)):
        return True
    return any(_opens_relative(reading, i, start) for i in range(start + 1, end))


def _until_verb(reading: Reading, start: int, end: int) -> int:
    """Give where a verb behind a noun begins to tell of it: "passengers left stranded", "questions put to her"."""
    behind = (i for i in range(start + 1, end) if reading.keys[i - 1])
    return next((i for i in behind if looks_finite(reading, i, start) or reading.lows[i] in UNCHANGED), end)


def _is_vote(reading: Reading, at: int) -> bool:
    """Tell "voted no" from "accepted no offer"."""
    return reading.lows[at : at + 1] == ["no"] and not any(reading.keys[at + 1 : at + 2])


def _opens_relative(reading: Reading, at: int, start: int) -> bool:
    """Tell an article right behind a noun, where a clause begins that tells of it, unless a verb stood before."""
    lows = reading.lows
    if lows[at] not in _ARTICLES or not reading.keys[at - 1] or lows[start] in PREPOSITIONS or "," in lows[start:at]:
        return False
    return not any(looks_finite(reading, i, -1) or lows[i] in UNCHANGED for i in range(start, at))


def _object(reading: Reading, at: int, key: str) -> int:
    """Give where the object of a predicate may begin: behind its particle, and the preposition that it governs."""
    start = at + 1 + ("_" in key)
    return start + (key in GOVERNING and reading.lows[start : start + 1] == [GOVERNING[key]])


def _is_nobody(reading: Reading, start: int, end: int) -> int:
    """Give how many tokens say that nobody or nothing is meant: "no", "none", "not one", "neither", "no one"."""
    lows = reading.lows[start:end][:2]
    if lows in (["not", "one"], ["not", "a"], ["no", "one"]):
        return len(lows)
    return int(bool(lows) and (lows[0] in NOBODY or lows[0] == "no"))
