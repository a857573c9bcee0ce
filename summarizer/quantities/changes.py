"""Figures of change: "exports fell by 12.7 %", "a fall of 12.7 % in exports", "up 3 %", "raised rates to 4 %"."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from summarizer.quantities.frames import TIME_WORDS, Frame, subject_of, with_subject
from summarizer.quantities.phrases import Phrase, read_phrase
from summarizer.quantities.quantity import Role, Span
from summarizer.quantities.scene import Scene
from summarizer.quantities.words import (
    AUXILIARIES,
    CHANGE_ADVERBS,
    CHANGE_NOUNS,
    CHANGE_VERBS,
    LIGHT,
    MONEY_VERBS,
    MOVING_VERBS,
    PREPOSITIONS,
)

CHANGE_FAMILIES: Final = frozenset(("percent", "points"))


#: With these, "up" and "down" make another verb: "pick up 75 %".
_PHRASAL: Final = frozenset(
    "pick picks picked picking make makes made making take takes took set sets give gives gave put puts pay pays "
    "paid track tracked back backs turn turned add adds added shut break broke hold held cough rack racked burn "
    "burned buy bought eat ended end blow blew fork track hunt round rounded write wrote bring brought took mark "
    "marked knock knocked".split()
)


_GONE: Final = frozenset(
    "gone go goes going went moved moves moving shot crept inched pushed driven drove came".split()
)


def is_verbal(scene: Scene, at: int) -> bool:
    """Tell whether a word that is both is a verb here: "exports increase 3 %", "will rise", "to cut"."""
    word, before = scene.words[at], scene.word(at - 1)
    if word not in CHANGE_VERBS and word not in MOVING_VERBS:
        return False
    if before in AUXILIARIES or before.endswith("ly"):
        return True
    follows = scene.word(at + 1)
    noun = before in (
        "a",
        "an",
        "the",
        "of",
        "in",
        "its",
        "their",
        "this",
        "that",
        "for",
        "with",
        "further",
        "or",
        "and",
        "%",
    )
    nominal = (
        noun or scene.owner[at - 1] >= 0 or follows in ("of", "in") or before.endswith(("st", "ed", "al", "ing", "er"))
    )
    return not nominal


def by_adverb(scene: Scene, index: int, at: int, role: Role, earlier: list[Frame]) -> Frame | None:
    """Read "up 3 %", "down from 5.2 %", "gone up to $91,000"."""
    word = scene.words[at]
    if (
        word in ("more", "less", "fewer", "off")
        or scene.word(at - 1) in _PHRASAL
        or (word in ("up", "down") and scene.word(at - 1) in MOVING_VERBS)
    ):
        return None
    if word == "up" and scene.word(at + 1) == "to" and scene.word(at - 1) not in _GONE:
        return None
    first = scene.places[index][0]
    direction = scene.span(CHANGE_ADVERBS[word], at, at + 1)
    if not (at == first - 1 or (at == first - 2 and scene.words[first - 1] in ("from", "to", "by", "another"))):
        return None
    role = role if role in ("from", "to") else "change"
    subject = subject_of(scene, at - 1 if scene.word(at - 1) in _GONE else at, earlier)
    return Frame(subject, direction, role, at)


def by_noun(scene: Scene, index: int, at: int, role: Role) -> Frame | None:
    """Read "a fall of 12.7 % in exports", "growth of 3 %", "the increase in wages of 3 %"."""
    words = scene.words
    first, end = scene.places[index]
    quantity = scene.quantities[index]
    between = words[at + 1 : first]
    if "of" not in between and "to" not in between and "from" not in between and "by" not in between:
        return None
    direction = scene.span(CHANGE_NOUNS[words[at]], at, at + 1)
    if scene.word(at + 1) in ("in", "of", "for") and len(between) > 2:
        phrase = read_phrase(scene, at + 2, first - 1)
    elif scene.word(end) in ("in", "for"):
        phrase = read_phrase(scene, end + 1, scene.bound_right(end + 1), forward=True)
    elif words[at].startswith(("growth", "loss", "gain", "cut")):
        begin = scene.bound_left(at)
        phrase = _grown(scene, begin, at)
    else:
        begin = scene.bound_left(at)
        phrase = read_phrase(scene, begin, at, head=at - 1) if at - 1 > begin else Phrase(None, None)
        phrase = (
            phrase
            if phrase.measure and scene.words[at - 1].isalpha() and _nounlike(scene, at - 1)
            else Phrase(None, phrase.entity)
        )
    if quantity.family == "money" and words[at] in ("loss", "losses", "gain", "gains"):
        phrase = Phrase(scene.span("loss" if words[at][0] == "l" else "gain", at, at + 1), phrase.entity)
        return Frame(with_subject(scene, phrase, at), direction, "level", at)
    return Frame(phrase, direction, role if role in ("from", "to") else "change", at)


def _nounlike(scene: Scene, at: int) -> bool:
    word = scene.words[at]
    return word.endswith(("s", "tion", "ment", "ion")) or word in (
        "price",
        "wage",
        "rate",
        "rent",
        "tax",
        "tariff",
        "job",
        "gdp",
    )


def _grown(scene: Scene, begin: int, at: int) -> Phrase:
    """Read the noun before "growth": "GDP growth of 2 %" is of GDP, "growth of 2 %" alone as well."""
    named = read_phrase(scene, begin, at + 1, head=at)
    if scene.words[at].startswith("growth") and named.measure and scene.words[at - 1].isalpha():
        name = named.measure.name.removesuffix(" growth")
        return Phrase(replace(named.measure, name=name if name != "growth" else "gdp"), named.entity)
    return named


def by_verb(scene: Scene, index: int, at: int, role: Role, light: bool, earlier: list[Frame]) -> Frame | None:
    """Read a verb of change: of its subject when only light words part it from the figure, else of its object."""
    word = scene.words[at]
    first = scene.places[index][0]
    quantity = scene.quantities[index]
    if not light and not _object(scene, at, first):
        if word not in CHANGE_VERBS or not _only_times(scene, at, first):
            return None
        light = True
    verbs = CHANGE_VERBS if light and word in CHANGE_VERBS else MOVING_VERBS
    if word not in verbs:
        return None
    direction = scene.span(verbs[word], at, at + 1)
    if verbs is CHANGE_VERBS:
        if quantity.family == "count" and role == "level" and quantity.unit.name and scene.word(first - 1) != "by":
            if word in MOVING_VERBS:
                return _moved_count(scene, index, at, direction)
            if quantity.unit.end > quantity.unit.start >= quantity.number.end:
                return None  # "had to climb over three barriers"
        role = role if role in ("from", "to") else "change"
        return Frame(subject_of(scene, at, earlier), direction, role, at)
    if light:
        return _moved(scene, index, at, role, direction)
    phrase = read_phrase(scene, at + 1, first - 1 if scene.words[first - 1] in ("by", "to", "from") else first)
    phrase = with_subject(scene, phrase, at) if phrase.entity is None else phrase
    return Frame(phrase, direction, role, at)


def _moved(scene: Scene, index: int, at: int, role: Role, direction: Span) -> Frame | None:
    """Read a figure that is itself what a verb moves: "raised $5m", "cut 300 jobs", "slashed 15 % of its workforce"."""
    quantity = scene.quantities[index]
    _, end = scene.places[index]
    word = scene.words[at]
    if quantity.family == "money":
        if word in MONEY_VERBS:
            return Frame(
                with_subject(scene, Phrase(scene.span(MONEY_VERBS[word], at, at + 1), None), at), None, "level", at
            )
        return None
    if quantity.family == "count":
        return _moved_count(scene, index, at, direction)
    if quantity.family in CHANGE_FAMILIES:
        if scene.word(end) == "of":
            phrase = read_phrase(scene, end + 1, scene.bound_right(end + 1), forward=True)
            return Frame(with_subject(scene, phrase, at), direction, "change", at)
        return Frame(subject_of(scene, at, []), direction, "change", at)
    return None


def _moved_count(scene: Scene, index: int, at: int, direction: Span) -> Frame | None:
    """Read "added 4.8 million jobs": the things whose are what changes."""
    unit = scene.quantities[index].unit
    if unit.start >= unit.end or unit.name in (
        "people",
        "person",
        "time",
        "place",
        "spot",
        "man",
        "woman",
        "child",
        "goal",
        "match",
        "game",
        "point",
        "",
    ):
        return None
    return Frame(with_subject(scene, Phrase(unit, None), at), direction, "change", at)


def _object(scene: Scene, at: int, first: int) -> bool:
    """Tell whether a verb's object and nothing else stands before a figure: "cut its forecast to", "raise rates by"."""
    words = scene.words
    if words[first - 1] not in ("by", "to", "from") or scene.word(at) not in MOVING_VERBS:
        return False
    between = words[at + 1 : first - 1]
    return (
        0 < len(between) <= 9
        and "," not in between
        and "and" not in between
        and not any(
            (word in CHANGE_VERBS and word not in CHANGE_NOUNS) or word in ("in", "by", "to", "on", "at")
            for word in between
        )
    )


def _only_times(scene: Scene, at: int, first: int) -> bool:
    """Tell whether only a time stands between: "rose in May by 3 %", "fell last week to"."""
    between = [word for word in scene.words[at + 1 : first] if word not in LIGHT and word not in PREPOSITIONS]
    return len(between) <= 4 and all(
        word in TIME_WORDS
        or word.isdecimal()
        or word.endswith("ly")
        or word == "-"
        or word == "high"
        or word == "low"
        or word == "still"
        for word in between
    )
