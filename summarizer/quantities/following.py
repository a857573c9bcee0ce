"""What follows a figure and says what it is of: "12.7 % fall in exports", "145 % tariff", "12 people were killed"."""

from __future__ import annotations

from typing import Final

from summarizer.quantities.fates import read_fate
from summarizer.quantities.nouns import GERUNDS
from summarizer.quantities.phrases import Following, Phrase, read_phrase
from summarizer.quantities.quantity import Quantity
from summarizer.quantities.scene import Scene
from summarizer.quantities.shares import read_share
from summarizer.quantities.words import (
    AUXILIARIES,
    CHANGE_ADVERBS,
    CHANGE_NOUNS,
    CLAUSE_WORDS,
    DETERMINERS,
    LIGHT,
    NEUTRAL,
    PREPOSITIONS,
    SAYING,
    STOPS,
)

_PART_FAMILIES: Final = frozenset(("percent", "points"))
#: Adverbs and half-words between a percentage and its noun.
_NOT_NOUNS: Final = frozenset("of in for on at from to by as than when with more less and or but".split())
#: A sum before these is not of them: "$5 million deal last year" ends at deal.
_NOT_HEADS: Final = frozenset(
    "year month week day today yesterday ago per each every more less apiece alone annually monthly now said in".split()
)
#: What is told by how long it lasts.
LASTING: Final = frozenset(
    "sentence ban truce ceasefire delay suspension pause rollback extension review furlough term contract shutdown "
    "lockdown quarantine waiver reprieve moratorium strike curfew siege occupation mandate lease detention "
    "probation".split()
)
_SUM_OF: Final = frozenset(("of", "in", "for"))


def read_following(scene: Scene, index: int) -> Following | None:
    """Read what follows a figure; None when nothing there says what it is of."""
    quantity = scene.quantities[index]
    if quantity.family == "count":
        return read_fate(scene, index)
    if quantity.family == "duration":
        return _lasting(scene, index)
    if quantity.family not in ("percent", "points", "money"):
        return None
    _, end = scene.places[index]
    word = scene.word(end)
    if word in CHANGE_ADVERBS and word not in ("up", "down", "off") and quantity.family in _PART_FAMILIES:
        return _comparative(scene, index, end)
    if word == "of" and quantity.family == "percent":
        return read_share(scene, index)
    if word in ("worth", "in") and quantity.family == "money":
        start = end + 2 if scene.word(end + 1) == "of" else end + 1
        return _sum_of(scene, start) if scene.word(start) not in DETERMINERS else None
    if word == "of" and quantity.family == "money":
        return _sum_of(scene, end + 1)
    return _noun_after(scene, quantity, end)


def _lasting(scene: Scene, index: int) -> Following | None:
    """Read "a 90-day truce", "a three-year sentence": the hyphen tells that the noun lasts that long."""
    quantity = scene.quantities[index]
    first, end = scene.places[index]
    if quantity.unit.name != "day" or "-" not in scene.words[first:end]:
        return None
    found = _noun_after(scene, quantity, end)
    measure = found.phrase.measure if found else None
    return found if measure and measure.name.split()[-1] in LASTING else None


def _comparative(scene: Scene, index: int, end: int) -> Following | None:
    """Read "shares were 3 % higher"; "63 % more likely" compares something else."""
    word = scene.words[end]
    follows = scene.word(end + 1)
    if word in ("more", "less", "fewer") and follows not in ("than", "") and follows not in STOPS:
        return None
    if word in ("more", "less", "fewer"):
        return None
    first = scene.places[index][0]
    direction = scene.span(CHANGE_ADVERBS[word], end, end + 1)
    begin = scene.bound_left(first)
    stop = first
    while stop > begin and (
        scene.words[stop - 1] in AUXILIARIES
        or scene.words[stop - 1] in LIGHT
        or scene.words[stop - 1] in ("closed", "ended", "opened", "traded", "finished", "settled")
    ):
        stop -= 1
    if stop == first:
        return None
    return Following(read_phrase(scene, begin, stop), change=True, direction=direction)


def _sum_of(scene: Scene, at: int) -> Following | None:
    """Read "$5 million in damages", "$3 billion worth of goods"."""
    stop = scene.bound_right(at)
    if at >= stop or scene.owner[at] >= 0 or (scene.is_name(at) and scene.is_name(min(at + 1, stop - 1))):
        return None
    head = at
    while (
        head < stop
        and scene.words[head].isalpha()
        and scene.words[head] not in PREPOSITIONS
        and scene.words[head] not in AUXILIARIES
        and scene.words[head] not in CLAUSE_WORDS
    ):
        head += 1
    if head == at or head - at > 5:
        return None
    phrase = read_phrase(scene, at, stop, head=head - 1)
    if phrase.measure is None or phrase.measure == phrase.entity:
        return None
    return Following(phrase)


def _noun_after(scene: Scene, quantity: Quantity, end: int) -> Following | None:
    """Read the noun that a figure qualifies: "145 % tariff", "$700 billion bailout", "12.7 % fall in exports"."""
    words = scene.words
    at = end
    if scene.word(at) == "-":
        at += 1
    stop = scene.bound_right(at)
    if at >= stop or words[at] in _NOT_NOUNS or words[at] in PREPOSITIONS or words[at] in AUXILIARIES:
        return None
    head = at
    while head < stop and head - at < 6 and _in_phrase(scene, head):
        head += 1
        if words[head - 1] in CHANGE_NOUNS and scene.word(head) in ("in", "of", "from", "for", "to", "on", "since"):
            break
    if head == at:
        return None
    last = head - 1
    if words[last] in _NOT_HEADS or words[last] in SAYING or words[last].endswith("ly"):
        return None
    if words[last] in CHANGE_NOUNS and quantity.family in ("percent", "points", "money", "count"):
        return _change_after(scene, quantity, at, last)
    if (words[last].endswith("ing") and words[last] not in GERUNDS) or words[last] in _COMPARED:
        return None
    phrase = read_phrase(scene, at, stop, head=last)
    if phrase.measure is None or phrase.measure == phrase.entity:
        return None
    return Following(phrase)


#: "33 pounds lighter" compares; nothing there is measured by name.
_COMPARED: Final = frozenset(
    "lighter heavier cheaper taller longer shorter older younger faster slower bigger smaller larger richer poorer "
    "better worse later earlier further away deep long tall wide high".split()
)


def _in_phrase(scene: Scene, at: int) -> bool:
    word = scene.words[at]
    if (
        scene.owner[at] >= 0
        or word in PREPOSITIONS
        or word in AUXILIARIES
        or word in DETERMINERS
        or word in CLAUSE_WORDS
    ):
        return False
    return word.isalpha() or word == "-" or word.endswith("'s") or scene.is_name(at)


def _change_after(scene: Scene, quantity: Quantity, at: int, last: int) -> Following | None:
    """Read "12.7 % fall in exports", "4 % wage growth", "$3 billion tax cut"."""
    words = scene.words
    direction = scene.span(CHANGE_NOUNS[words[last]], last, last + 1)
    if quantity.family == "money" and words[last] in (
        "cut",
        "cuts",
        "loss",
        "losses",
        "gain",
        "gains",
        "boost",
        "raise",
    ):
        phrase = read_phrase(scene, at, scene.bound_right(last), head=last)
        return Following(phrase) if phrase.measure else None
    if scene.word(last + 1) in ("in", "of", "for"):
        phrase = read_phrase(scene, last + 2, scene.bound_right(last + 2), forward=True)
        return Following(phrase, change=True, direction=direction)
    if last > at and words[last - 1] not in NEUTRAL and words[last - 1] != "-":
        phrase = read_phrase(scene, at, last, head=last - 1)
        return Following(phrase, change=True, direction=direction)
    if words[last] == "growth":
        phrase = read_phrase(scene, at, scene.bound_right(last), head=last)
        return Following(phrase, change=True, direction=direction)
    return Following(Phrase(None, None), change=True, direction=direction)
