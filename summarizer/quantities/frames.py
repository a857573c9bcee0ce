"""How a figure is held: the frame of words around it, and the subjects of the verbs that hold it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from summarizer.quantities.owners import acting
from summarizer.quantities.phrases import Phrase, read_phrase
from summarizer.quantities.quantity import Role, Span
from summarizer.quantities.scene import REACH, Scene
from summarizer.quantities.words import (
    AUXILIARIES,
    CHANGE_ADVERBS,
    CHANGE_NOUNS,
    CHANGE_VERBS,
    CLAUSE_WORDS,
    FATES,
    LEVEL_VERBS,
    PREPOSITIONS,
    SAYING,
    STOPS,
)

#: Whose these are, the one who imposes or gives them tells.
IMPOSED: Final = frozenset(
    "tariff fine penalty loan stake sanction tax levy bid offer investment stake surcharge grant donation aid".split()
)


#: "At an annual rate of", "to a level of": nothing that is measured, and no bar to the verb before it.
PACES: Final = frozenset(
    "annual annualized annualised rate pace level clip yearly monthly seasonally adjusted price".split()
)


TIME_WORDS: Final = frozenset(
    "last this next week month year quarter second third fourth first half january february march april may june "
    "july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday "
    "wednesday thursday friday saturday sunday day today yesterday overnight years months weeks days annual rate "
    "pace early late mid seasonally adjusted fiscal trading session same period previous prior past".split()
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Frame:
    """How a figure is held by the words around it.

    :param phrase: what is measured, and whose.
    :param direction: the word that tells up or down.
    :param role: level, change, or one end of a move.
    :param verb: token of the word that the figure hangs on, -1 for none.
    """

    phrase: Phrase
    direction: Span | None = None
    role: Role = "level"
    verb: int = -1


#: A figure that hangs on nothing.
NOTHING: Final = Frame(Phrase(None, None))


def owned(scene: Scene, phrase: Phrase, at: int) -> Phrase:
    """Give a measure without owner the subject of its clause: "the US slapped a 145 % tariff on Chinese goods"."""
    if phrase.measure is None or (
        phrase.entity and not phrase.entity.name.startswith(("to ", "on ", "with ", "against "))
    ):
        return phrase
    begin = scene.bound_left(at)
    subject = acting(scene, begin, at, verbs=1)
    if subject is None:
        return phrase
    if phrase.entity is None:
        return Phrase(phrase.measure, subject)
    name = f"{subject.name} {phrase.entity.name}"
    return Phrase(
        phrase.measure, Span(name, min(subject.start, phrase.entity.start), max(subject.end, phrase.entity.end))
    )


def with_subject(scene: Scene, phrase: Phrase, at: int) -> Phrase:
    """Give a phrase without owner the subject of its verb."""
    if phrase.entity is not None:
        return phrase
    begin = scene.bound_left(at)
    return Phrase(phrase.measure, acting(scene, begin, at))


def subject_of(scene: Scene, at: int, earlier: list[Frame]) -> Phrase:
    """Read the subject of a verb; after "and" or a comma, that of the verb before it."""
    words = scene.words
    end = at
    floor = max(0, at - REACH)
    if words[at].endswith("ing") and scene.word(at - 1) in PREPOSITIONS:
        return (
            earlier[-1].phrase if earlier and words[at - 1] in ("after", "before", "following") else Phrase(None, None)
        )
    while end > floor and (
        words[end - 1] in AUXILIARIES or words[end - 1].endswith("ly") or words[end - 1] in ("as", "it's")
    ):
        end -= 1
    if end > floor and words[end - 1] in ("which", "that", "who") and end - 1 > floor:
        end -= 2 if words[end - 2] == "," else 1
    elif end > floor and words[end - 1] == "," and not words[at].endswith("ing") and words[at] not in CHANGE_ADVERBS:
        opening = next((spot for spot in range(end - 2, max(floor, end - 16), -1) if words[spot] == ","), -1)
        if opening > floor:
            end = opening
    begin = _subject_start(scene, end)
    while begin < end and words[begin] in ("and", "but", "or", ","):
        begin += 1
    if begin >= end:
        return _inherited(scene, at, earlier)
    return read_phrase(scene, _past_time(scene, begin, end), end)


def _subject_start(scene: Scene, end: int) -> int:
    words = scene.words
    at = end
    floor = max(0, end - REACH)
    while at > floor:
        word = words[at - 1]
        if word in STOPS or word == "," or scene.owner[at - 1] >= 0:
            break
        if word in CLAUSE_WORDS and not (word in ("and", "or") and not _verb_before(scene, at - 1)):
            break
        if (
            word in SAYING
            and not (at > 1 and scene.is_name(at - 1))
            and word not in ("claims", "reports", "estimates", "forecasts", "projects", "added", "expects")
        ):
            break
        at -= 1
    return at


def _verb_before(scene: Scene, at: int) -> bool:
    """Tell whether a clause has had its verb before "and"."""
    begin = scene.bound_left(at)
    return any(
        scene.owner[spot] >= 0
        or scene.words[spot] in LEVEL_VERBS
        or scene.words[spot] in CHANGE_VERBS
        or scene.words[spot] in FATES
        for spot in range(begin, at)
    )


def _past_time(scene: Scene, begin: int, end: int) -> int:
    """Skip a time that opens a clause: "Last year exports fell", "In May inflation rose"."""
    words = scene.words
    at = begin
    if words[at] in PREPOSITIONS:
        at += 1
    spot = at
    while spot < end and (words[spot] in TIME_WORDS or words[spot] in ("the", "a") or words[spot].isdecimal()):
        spot += 1
    if spot > at and spot < end and words[spot - 1] not in ("the", "a"):
        return spot
    return begin


def _inherited(scene: Scene, at: int, earlier: list[Frame]) -> Phrase:
    """Give what the nearest figure before in the sentence measures, if it moves or is moved to."""
    if earlier:
        return earlier[-1].phrase
    spot = at - 1
    while spot > 0 and scene.words[spot] in ("and", ","):
        spot -= 1
    begin = scene.bound_left(spot)
    for verb in range(begin + 1, spot + 1):
        if scene.words[verb] in LEVEL_VERBS or (
            scene.words[verb] in CHANGE_VERBS and scene.words[verb] not in CHANGE_NOUNS
        ):
            return read_phrase(scene, _past_time(scene, begin, verb), verb)
    return Phrase(None, None)
