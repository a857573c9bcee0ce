"""How figures are shown: values with their places, sides in one line, topics in words of the articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final, Literal

from summarizer.comparison.figures import Figure
from summarizer.findings import Side, Snippet, Value
from summarizer.material import Material
from summarizer.quantities import Quantity, Span

_PLAIN: Final = frozenset(("exact", "range", "vague"))


def make_side(figures: Sequence[Figure], origins: int, material: Material) -> Side:
    """Give the side that figures of one value make.

    :param figures: at least one, in canonical order.
    :param origins: independent origins among them.
    :param material: their sentences.
    """
    values = tuple(make_value(figure, material) for figure in figures)
    best = min(figures, key=lambda figure: (figure.quantity.bound not in _PLAIN, -_said(figure.quantity)))
    return Side(
        says=say(best.quantity, material.sentences[best.sentence].text),
        values=values,
        origins=origins,
        articles=len({figure.document for figure in figures}),
    )


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
        measure=_words(quantity.measure, sentence.text),
        entity=_words(quantity.entity, sentence.text),
        basis=_name(quantity.basis),
        period=_name(quantity.period),
        direction=_direction(quantity),
        modality=_name(quantity.modality),
        attribution=_words(quantity.attribution, sentence.text),
    )


def spell(quantity: Quantity, text: str) -> str:
    """Give a figure in one spelling: bound, number, unit; but for money and per cent the unit is as it stands."""
    bound = "" if quantity.bound in _PLAIN else f"{quantity.bound} "
    if quantity.family in ("money", "percent"):
        return f"{bound}{quantity.number.name} {quantity.unit.name}".strip()
    unit = text[quantity.unit.start : quantity.unit.end]
    return f"{bound}{quantity.number.name} {unit}".strip()


def say(quantity: Quantity, text: str) -> str:
    """Tell a figure in one line: ``"down 12.7 % month on month in May"``."""
    change = _direction(quantity) if quantity.role == "change" else None
    period = _name(quantity.period)
    parts = (change, spell(quantity, text), _name(quantity.basis), f"in {period}" if period else None)
    return " ".join(part for part in parts if part)


def name_topic(figures: Sequence[Figure], material: Material) -> str:
    """Name the matter of some figures in words of the articles: ``"exports · China"``."""
    measures = Counter[str]()
    entities = Counter[str]()
    for figure in figures:
        text, quantity = material.sentences[figure.sentence].text, figure.quantity
        measure = _words(quantity.measure, text)
        counted = quantity.family == "count" and quantity.unit.end > quantity.unit.start
        measures[measure or (text[quantity.unit.start : quantity.unit.end] if counted else "")] += 1
        entities[_words(quantity.entity, text) or ""] += 1
    del measures[""], entities[""]
    words = [max(sorted(counts), key=counts.__getitem__) for counts in (measures, entities) if counts]
    return " · ".join(dict.fromkeys(words)) or _units(figures)


def _units(figures: Sequence[Figure]) -> str:
    return figures[0].quantity.unit.name or figures[0].quantity.family


def _said(quantity: Quantity) -> int:
    return sum(part is not None for part in (quantity.basis, quantity.period, quantity.direction, quantity.measure))


def _direction(quantity: Quantity) -> Literal["up", "down"] | None:
    name = _name(quantity.direction)
    return "up" if name == "up" else "down" if name == "down" else None


def _name(span: Span | None) -> str | None:
    return span.name if span else None


def _words(span: Span | None, text: str) -> str | None:
    """Give a span in the words of the article; in its own spelling where it has none there."""
    return (text[span.start : span.end] or span.name) if span else None
