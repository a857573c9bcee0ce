"""How figures are shown: values with their places, sides in one line, topics in words of the articles."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import Final

from summarizer.comparison.figures import Figure
from summarizer.comparison.spelling import direction_of, say, spell, words_of
from summarizer.findings import Side, Snippet, Value
from summarizer.material import Material
from summarizer.quantities import Quantity, Span
from summarizer.quantities.levels import levels_behind

_HEDGED: Final = frozenset(("about", "nearly", "at least", "more than", "at most", "less than", "vague"))


def make_side(figures: Sequence[Figure], origins: int, story: Sequence[Figure], material: Material) -> Side:
    """Give the side that figures of one value make.

    :param figures: at least one, in canonical order.
    :param origins: independent origins among them.
    :param story: all figures, in canonical order, for the levels behind a change.
    :param material: their sentences.
    """
    values = tuple(make_value(figure, material) for figure in figures)
    best = min(figures, key=lambda figure: (figure.quantity.bound in _HEDGED, -_said(figure.quantity)))
    return Side(
        says=say(best.quantity, material.sentences[best.sentence].text),
        values=values,
        origins=origins,
        articles=len({figure.document for figure in figures}),
        shown_by=_shown_by(figures, story, material),
    )


def _shown_by(figures: Sequence[Figure], story: Sequence[Figure], material: Material) -> tuple[Value, ...]:
    """Give the two levels that a change follows from, of its sentence or the ones beside it."""
    for figure in figures:
        if figure.quantity.family != "percent" or figure.quantity.role != "change":
            continue
        low = bisect_left(story, figure.sentence - 1, key=_sentence)
        high = bisect_right(story, figure.sentence + 1, key=_sentence)
        beside = [other for other in story[low:high] if other.document == figure.document]
        levels = levels_behind(figure.quantity, [other.quantity for other in beside])
        if levels:
            return tuple(make_value(other, material) for level in levels for other in beside if other.quantity is level)
    return ()


def _sentence(figure: Figure) -> int:
    return figure.sentence


def make_value(figure: Figure, material: Material) -> Value:
    """Give a figure with its place in the article."""
    sentence, quantity = material.sentences[figure.sentence], figure.quantity
    start, end = sentence.start + quantity.start, sentence.start + quantity.end
    return Value(
        place=Snippet(sentence.document_id, start, end, sentence.text[quantity.start : quantity.end]),
        sentence=Snippet(sentence.document_id, sentence.start, sentence.end, sentence.text),
        origin=material.documents[figure.document].origin_id,
        value=spell(quantity, sentence.text),
        low=quantity.low,
        high=quantity.high,
        unit=quantity.unit.name or None,
        measure=words_of(quantity.measure, sentence.text),
        entity=words_of(quantity.entity, sentence.text),
        basis=_name(quantity.basis),
        period=words_of(quantity.period, sentence.text),
        direction=direction_of(quantity),
        modality=_name(quantity.modality),
        attribution=words_of(quantity.attribution, sentence.text),
    )


#: Families whose unit is the one that all others are turned into, and stands in no article: "30 years" are days here.
_TURNED: Final = frozenset(
    ("area", "data", "duration", "energy", "length", "mass", "power", "speed", "temperature", "volume")
)
_AGE: Final = "year old"


def name_topic(figures: Sequence[Figure], material: Material) -> str:
    """Name the matter of some figures in words of the articles: ``"exports · China"``."""
    measures = Counter[str]()
    entities = Counter[str]()
    for figure in figures:
        text, quantity = material.sentences[figure.sentence].text, figure.quantity
        measure = words_of(quantity.measure, text)
        counted = quantity.family == "count" and quantity.unit.end > quantity.unit.start
        measures[measure or (text[quantity.unit.start : quantity.unit.end] if counted else "")] += 1
        entities[words_of(quantity.entity, text) or ""] += 1
    del measures[""], entities[""]
    words = [max(sorted(counts), key=counts.__getitem__) for counts in (measures, entities) if counts]
    return " · ".join(dict.fromkeys(words)) or _units(figures)


def _units(figures: Sequence[Figure]) -> str:
    quantity = figures[0].quantity
    if quantity.family in _TURNED and quantity.unit.name != _AGE:
        return quantity.family
    return quantity.unit.name or quantity.family


def _said(quantity: Quantity) -> int:
    return sum(part is not None for part in (quantity.basis, quantity.period, quantity.direction, quantity.measure))


def _name(span: Span | None) -> str | None:
    return span.name if span else None
