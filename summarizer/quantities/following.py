"""What follows a figure and says what it is of: "12.7 % fall in exports", "145 % tariff", "12 people were killed"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from summarizer.quantities.phrases import GERUNDS, Phrase, read_phrase
from summarizer.quantities.quantity import Quantity, Span
from summarizer.quantities.scene import Scene, actor_name, singular
from summarizer.quantities.words import (
    AUXILIARIES,
    CHANGE_ADVERBS,
    CHANGE_NOUNS,
    CLAUSE_WORDS,
    DETERMINERS,
    FATES,
    LIGHT,
    NEUTRAL,
    PREPOSITIONS,
    SAYING,
    SHARE_VERBS,
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


@dataclass(frozen=True, slots=True)
class Following:
    """What the words after a figure make of it.

    :param phrase: what is measured, and whose.
    :param change: whether the figure is a change, as in "12.7 % fall".
    :param direction: the word that tells which way.
    :param fate: whether it is what happened to those counted.
    :param binding: whether it holds the figure closer than any verb before it.
    """

    phrase: Phrase
    change: bool = False
    direction: Span | None = None
    fate: bool = False
    binding: bool = True


def read_following(scene: Scene, index: int) -> Following | None:
    """Read what follows a figure; None when nothing there says what it is of."""
    quantity = scene.quantities[index]
    if quantity.family == "count":
        return _fate(scene, index)
    if quantity.family == "duration":
        return _lasting(scene, index)
    if quantity.family not in ("percent", "points", "money"):
        return None
    _, end = scene.places[index]
    word = scene.word(end)
    if word in CHANGE_ADVERBS and word not in ("up", "down", "off") and quantity.family in _PART_FAMILIES:
        return _comparative(scene, index, end)
    if word == "of" and quantity.family == "percent":
        return _share(scene, index)
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


def _share(scene: Scene, index: int) -> Following | None:
    """Read "38 % of all drug seizures" as a share, told apart by what those do: "60 % of voters support"."""
    first, end = scene.places[index]
    stop = scene.bound_right(end + 1)
    words = scene.words
    at = end + 1
    while at < stop and (words[at] in DETERMINERS or words[at] in ("those", "people's") or words[at] in NEUTRAL):
        at += 1
    head = at
    while head < stop and words[head].isalpha() and words[head] not in PREPOSITIONS and words[head] not in AUXILIARIES:
        if head > at and (words[head] in FATES or words[head] in SAYING or _finite(scene, head)):
            break
        head += 1
    if head == at or head - at > 4 or scene.owner[at] >= 0:
        return None
    noun = _bare(scene, at, head)
    if noun is None:
        return None
    predicate = _predicate(scene, head, stop)
    if scene.word(first - 1) in ("for", "up") or scene.word(first - 1) in SHARE_VERBS:
        stop_at = first - 1
        while stop_at > 0 and (words[stop_at - 1] in SHARE_VERBS or words[stop_at - 1] in AUXILIARIES):
            stop_at -= 1
        subject = read_phrase(scene, scene.bound_left(first), stop_at, forward=True).measure
        predicate = predicate or (f": {subject.name}" if subject is not None else "")
        predicate = predicate or (
            f": {scene.words[first - 1]}" if subject is None and scene.word(first - 1) != "for" else ""
        )
    elif not predicate and first and scene.words[first - 1].endswith("ed"):
        predicate = f": {scene.words[first - 1]}"
    name = f"share of {noun}{predicate}"
    entity = None
    for spot in range(at, head):
        if scene.is_name(spot):
            entity = scene.span(actor_name(scene.tokens[spot].text), spot, spot + 1)
            break
    return Following(Phrase(scene.span(name, at, head), entity), binding=False)


def _finite(scene: Scene, at: int) -> bool:
    """Guess a verb after the people counted: "voters support", "women had"; the noun before it is a plural."""
    before, word = scene.words[at - 1], scene.words[at]
    return singular(before) != before and not word.endswith("s") and word not in PREPOSITIONS


def _bare(scene: Scene, first: int, end: int) -> str | None:
    if scene.is_name(end - 1):
        return actor_name(scene.tokens[end - 1].text)
    names = [singular(scene.words[at]) for at in range(first, end) if not scene.is_name(at)]
    return " ".join(names[-2:]) if names and len(names[-1]) > 2 else None


def _predicate(scene: Scene, at: int, stop: int) -> str:
    """Name what those counted do, "" when nothing is said."""
    while at < stop and (scene.words[at] in LIGHT or scene.words[at] in AUXILIARIES):
        at += 1
    if (
        at >= stop
        or scene.words[at] in PREPOSITIONS
        or not scene.words[at].isalpha()
        or scene.words[at] in CLAUSE_WORDS
    ):
        return ""
    more = [
        word
        for word in scene.words[at + 1 : stop]
        if word not in LIGHT and word.isalpha() and word not in PREPOSITIONS and word not in CLAUSE_WORDS
    ]
    return f": {' '.join([scene.words[at], *more[:1]])}"


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


def _fate(scene: Scene, index: int) -> Following | None:
    """Read what happened to those counted: "12 people were killed", "12 dead", "12 deaths"."""
    first, end = scene.places[index]
    quantity = scene.quantities[index]
    unit = quantity.unit.name
    for at in range(first, end):
        if scene.words[at] in FATES:
            return Following(
                Phrase(scene.span(FATES[scene.words[at]], at, at + 1), _people(scene, index, end)), fate=True
            )
    if singular(unit) in ("death", "fatality", "injury", "arrest", "infection", "dead"):
        name = FATES.get(unit, FATES.get(unit + "s", unit))
        return Following(
            Phrase(
                quantity.unit if unit == name else Span(name, quantity.unit.start, quantity.unit.end),
                _people(scene, index, end),
            ),
            fate=True,
        )
    stop = min(scene.bound_right(end, commas=False), end + 12)
    at = end
    gap = 0
    while at < stop:
        word = scene.words[at]
        if word in FATES and word not in ("death", "deaths", "fire", "firing", "release", "lives"):
            return Following(
                Phrase(scene.span(FATES[word], at, at + 1), _people(scene, index, at)), fate=True, binding=gap == 0
            )
        if word == "," and scene.word(at + 1) in ("including", "among", "most", "mostly"):
            at = next(
                (spot + 1 for spot in range(at + 1, min(at + 9, len(scene.words))) if scene.words[spot] == ","), stop
            )
            stop = min(len(scene.words), at + 8)
            continue
        if scene.owner[at] >= 0 or word in ("and", "or", ","):
            break
        if word not in LIGHT and word not in AUXILIARIES:
            gap += 1
            if word in PREPOSITIONS or gap > 3:
                break
        at += 1
    return None


def _people(scene: Scene, index: int, end: int) -> Span | None:
    """Read whose people are counted, up to their fate: "12 Israeli soldiers"."""
    number = scene.quantities[index].number
    for at in range(scene.places[index][0], end):
        if scene.tokens[at].start >= number.end and scene.is_name(at):
            return scene.span(actor_name(scene.tokens[at].text), at, at + 1)
    return None
