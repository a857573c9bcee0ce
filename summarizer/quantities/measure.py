"""What a figure measures, whose it is, and how it moved: the frame of words that a figure stands in.

The nearest reading wins: first what follows the figure ("145 % tariff", "12.7 % fall in exports"), then the verb or
noun that it hangs on ("exports fell by", "inflation of"). A figure that hangs on neither has no measure: a missing
measure costs a comparison, a wrong one makes a false conflict.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from summarizer.quantities.changes import CHANGE_FAMILIES, by_adverb, by_noun, by_verb, is_verbal
from summarizer.quantities.following import read_following
from summarizer.quantities.frames import IMPOSED, NOTHING, PACES, TIME_WORDS, Frame, owned, with_subject
from summarizer.quantities.neighbours import moves, shares_fate, signed
from summarizer.quantities.phrases import Phrase, read_phrase
from summarizer.quantities.quantity import Role
from summarizer.quantities.scene import Scene
from summarizer.quantities.standing import by_level, by_of, by_worth, is_fateful, is_paid, whose
from summarizer.quantities.words import (
    CHANGE_ADVERBS,
    CHANGE_NOUNS,
    CHANGE_VERBS,
    CLAUSE_WORDS,
    FATES,
    LEVEL_VERBS,
    LIGHT,
    MONEY_VERBS,
    MOVING_VERBS,
    NEUTRAL,
    PREPOSITIONS,
    STOPS,
)

#: Tokens to the left within which the word is sought that a figure hangs on.
_NEAR: Final = 16


_ROLE_WORDS: Final[dict[str, Role]] = {"to": "to", "from": "from", "by": "change"}


#: After a noun of change, these make it a qualifier: "its growth forecast".
_QUALIFIED: Final = frozenset(
    "forecast forecasts estimate estimates rate rates target targets outlook projection figure".split()
)


_STILL: Final = frozenset(
    "still - high low record time year month still-high of fresh seasonal three two five six ten".split()
)
#: "A rise from the previous 300", "from a then-record 300": what was.
_WAS: Final = frozenset("then then-record then-high previous prior earlier former".split())


def read_frames(scene: Scene) -> list[Frame]:
    """Read the frame of every figure, in order; a figure may take over what the one before it measures."""
    frames: list[Frame] = []
    for index in range(len(scene.quantities)):
        frame = _read_frame(scene, index, frames)
        frames.append(signed(scene, index, frame))
    for index in range(len(frames) - 1, 0, -1):
        if moves(scene, index, frames):
            frames[index - 1] = replace(frames[index - 1], role="from")
            frames[index] = replace(frames[index], role="to")
        if shares_fate(scene, index, frames):
            frames[index - 1] = Frame(Phrase(frames[index].phrase.measure, whose(scene, index - 1)))
    return frames


def _read_frame(scene: Scene, index: int, earlier: list[Frame]) -> Frame:
    first, end = scene.places[index]
    if first >= end:
        return NOTHING
    held = _read_left(scene, index, earlier)
    follow = read_following(scene, index)
    if follow is None:
        return held
    if first and scene.words[first - 1] in ("a", "an", "the", "its", "their") and not follow.change and not follow.fate:
        held = NOTHING
    if first and scene.words[first - 1] == "of" and held.phrase.measure is not None and held.role == "level":
        return held
    if follow.change:
        return Frame(owned(scene, follow.phrase, first), follow.direction, "change", first)
    if held.role != "level" or (held.verb >= 0 and not follow.binding):
        return held if held.phrase.measure or follow.phrase.measure is None else replace(held, phrase=follow.phrase)
    phrase = follow.phrase
    if phrase.entity is None and first and scene.words[first - 1].endswith("'s") and scene.is_name(first - 1):
        phrase = Phrase(phrase.measure, read_phrase(scene, first - 1, first, head=first - 1).entity)
    imposed = phrase.measure is not None and phrase.measure.name.split()[-1] in IMPOSED
    return Frame(owned(scene, phrase, first) if imposed else phrase, held.direction, held.role, held.verb)


def _read_left(scene: Scene, index: int, earlier: list[Frame]) -> Frame:
    """Find the verb, noun or adverb to the left that a figure hangs on."""
    first = scene.places[index][0]
    words = scene.words
    role: Role = _ROLE_WORDS.get(scene.word(first - 1), "level")
    light = True
    valued = by_worth(scene, index)
    if valued is not None:
        return valued
    for at in range(first - 1, max(-1, first - _NEAR), -1):
        word = words[at]
        if word in STOPS or (word in CLAUSE_WORDS and word not in ("and", "as", "or", "since")):
            break
        owner = scene.owner[at]
        if owner >= 0 and owner != index:
            return _after_figure(scene, index, owner, at, role, earlier)
        if light and role == "level" and word in _ROLE_WORDS and _rated(scene, at, first):
            role = _ROLE_WORDS[word]
        frame = _hang(scene, index, at, role, light, earlier)
        if frame is not None:
            return frame
        if word == "," and not _parenthetical(scene, at):
            break
        light = light and (
            word in LIGHT
            or word in PACES
            or word in PREPOSITIONS
            or word in _WAS
            or word.endswith("ly")
            or not word[0].isalpha()
        )
    return NOTHING


def _rated(scene: Scene, at: int, first: int) -> bool:
    """Tell "to an annual rate of 61 %", whose "to" is said of the figure."""
    between = scene.words[at + 1 : first]
    if not between or len(between) > 5:
        return False
    return all(word in LIGHT or word in NEUTRAL or word in PACES or word in _STILL or word in _WAS for word in between)


def _parenthetical(scene: Scene, at: int) -> bool:
    """Tell whether a comma closes a short aside: "rose, however, by 3 %"."""
    return any(scene.word(before) == "," for before in range(at - 5, at))


def _after_figure(scene: Scene, index: int, owner: int, at: int, role: Role, earlier: list[Frame]) -> Frame:
    """Read a figure that follows another: "from 33 to 28.8", "4.1 % and 3.9 %", "5 % to $3 billion"."""
    frame = earlier[owner]
    between = scene.words[at + 1 : scene.places[index][0]]
    joins = between[-1] if between else ""
    if joins in LIGHT or joins in NEUTRAL or joins == "revised":
        joins = next(
            (
                word
                for word in reversed(between)
                if word not in LIGHT - {"to"} and word not in NEUTRAL and word != "revised"
            ),
            "",
        )
    role = _ROLE_WORDS.get(joins, role)
    if joins in ("to", "from") and len(between) <= 8 and "," not in between:
        if frame.role in ("change", "from", "to") or (frame.phrase.measure is None and joins == "to"):
            before = _from_start(scene, owner)
            if frame.role == "level" and not before:
                return NOTHING
            return replace(frame, role=role)
    family = scene.quantities[index].family
    coordinated = between in (["and"], ["or"], [","], ["and", "by"], [",", "and"]) or (
        "and" in between and len(between) <= 6
    )
    if (
        coordinated
        and frame.role == "change"
        and family == scene.quantities[owner].family
        and family in CHANGE_FAMILIES
    ):
        loose = [word for word in between if word not in PREPOSITIONS and word not in TIME_WORDS and word not in LIGHT]
        if all(word in ("and", ",", "or", "ago", "earlier") or word.isdecimal() for word in loose):
            return frame
    return NOTHING


def _from_start(scene: Scene, owner: int) -> bool:
    return scene.word(scene.places[owner][0] - 1) == "from"


#: "Held rates at 5 %", "put the toll at 16": their object is at that level.
_KEPT: Final = frozenset(
    "held hold holds holding kept keep keeps left set sets put puts fixed maintained pegged".split()
)


def _kept_at(scene: Scene, at: int, first: int) -> Frame:
    return Frame(with_subject(scene, read_phrase(scene, at + 1, first - 1), at), verb=at)


def _hang(scene: Scene, index: int, at: int, role: Role, light: bool, earlier: list[Frame]) -> Frame | None:
    """Read what one word to the left makes of a figure; None when it does not hold the figure."""
    word = scene.words[at]
    quantity = scene.quantities[index]
    first = scene.places[index][0]
    if word in CHANGE_ADVERBS and light and at >= first - 4:
        return by_adverb(scene, index, at, role, earlier)
    if word in CHANGE_NOUNS and not is_verbal(scene, at) and scene.word(at + 1) not in _QUALIFIED:
        return by_noun(scene, index, at, role)
    if word in CHANGE_VERBS or word in MOVING_VERBS:
        frame = by_verb(scene, index, at, role, light, earlier)
        if frame is not None:
            return frame
    if word in FATES and quantity.family == "count" and light and is_fateful(scene, at, first):
        return Frame(Phrase(scene.span(FATES[word], at, at + 1), whose(scene, index)), verb=at)
    if word in MONEY_VERBS and quantity.family == "money" and is_paid(scene, at, first, light):
        phrase = Phrase(scene.span(MONEY_VERBS[word], at, at + 1), None)
        return Frame(with_subject(scene, phrase, at), verb=at)
    things = quantity.family == "count" and quantity.unit.end > quantity.unit.start >= quantity.number.end
    if word in _KEPT and scene.word(first - 1) == "at" and first - 8 < at < first - 2 and not things:
        return _kept_at(scene, at, first)
    if word in LEVEL_VERBS and light:
        return by_level(scene, index, at, role, earlier)
    if word == "sentenced" and quantity.family == "duration" and light:
        return Frame(Phrase(scene.span("sentence", at, at + 1), None), verb=at)
    if word == "of" and light and at >= first - 4 and scene.word(at - 1) not in CHANGE_NOUNS:
        return by_of(scene, index, at)
    return None
