"""What happened to those counted: "12 people were killed", "12 dead", "30 of them injured"."""

from __future__ import annotations

from summarizer.quantities.phrases import Following, Phrase
from summarizer.quantities.quantity import Span
from summarizer.quantities.scene import Scene, actor_name, singular
from summarizer.quantities.words import AUXILIARIES, FATES, LIGHT, PREPOSITIONS


def read_fate(scene: Scene, index: int) -> Following | None:
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
    if unit == "time":
        return None
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
