"""What a briefing finds beside its statements, as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from typing import Any, Final

from summarizer.datatypes import Sentence, Support
from summarizer.findings import Answer, Comparison, Event, Repeated, SingleSource, Snippet, Update, Value

#: Decimals that are written: more than any stage promises, few enough to be the same on every processor.
DECIMALS: Final = 6


def comparison(found: Comparison) -> dict[str, Any]:
    """Write a comparison: its sides point into one flat list of values."""
    values: list[Value] = []
    sides = []
    for side in found.sides:
        sides.append(
            {
                "says": side.says,
                "origins": int(side.origins),
                "articles": int(side.articles),
                "values": _places(values, side.values),
                "shown_by": _places(values, side.shown_by),
            }
        )
    return {
        "id": found.id,
        "kind": found.kind,
        "topic": found.topic,
        "relation": found.relation,
        "reason": found.reason,
        "sides": sides,
        "values": [_value(value) for value in values],
    }


def _places(values: list[Value], more: Sequence[Value]) -> list[int]:
    """Add values to a list, and say where each came to stand."""
    start = len(values)
    values += more
    return list(range(start, len(values)))


def _value(value: Value) -> dict[str, Any]:
    return {
        "value": value.value,
        "low": _finite(value.low),
        "high": _finite(value.high),
        "unit": value.unit,
        "measure": value.measure,
        "entity": value.entity,
        "base": value.basis,
        "period": value.period,
        "direction": value.direction,
        "modality": value.modality,
        "attribution": value.attribution,
        "origin": value.origin,
        **snippet(value.place),
        "sentence": {"start": value.sentence.start, "end": value.sentence.end, "text": value.sentence.text},
    }


def _finite(number: float | None) -> float | None:
    """Give a number as JSON has it: an open end is null, like one that is not known."""
    return None if number is None or not isfinite(number) else round(float(number), DECIMALS) + 0.0


def snippet(place: Snippet | Support | Sentence) -> dict[str, Any]:
    """Write a place: words of a document and where they stand."""
    return {
        "document_id": place.document_id,
        "start": int(place.start),
        "end": int(place.end),
        "text": place.text,
    }


def single_source(claim: SingleSource) -> dict[str, Any]:
    """Write a claim of one origin."""
    return {
        **snippet(claim.place),
        "salience": round(float(claim.salience), DECIMALS) + 0.0,
        "statement_id": claim.statement_id,
        "relayed": claim.relayed,
        "near": claim.near,
    }


def event(found: Event) -> dict[str, Any]:
    """Write a statement's place on the timeline."""
    return {
        "date": found.date,
        "precision": found.precision,
        "statement_id": found.statement_id,
        "said": None if found.said is None else snippet(found.said),
        "reason": found.reason,
        "reported": found.reported,
    }


def changes(update: Update) -> dict[str, Any]:
    """Write what an update adds to an earlier briefing."""
    return {
        "since": update.since,
        "new": [snippet(place) for place in update.new],
        "corrected": [comparison(found) for found in update.corrected],
        "unchanged": [_repeated(one) for one in update.unchanged],
        "figures": [snippet(place) for place in update.figures],
        "names": [snippet(place) for place in update.names],
        "seen": list(update.seen),
        "earlier": [
            {
                "id": article.id,
                "title": article.title,
                "source": article.source,
                "published": article.published,
            }
            for article in update.earlier
        ],
        "past": [_repeated(one) for one in update.past],
    }


def _repeated(one: Repeated) -> dict[str, Any]:
    return {"text": one.text, "support": [snippet(place) for place in one.support]}


def answer(found: Answer) -> dict[str, Any]:
    """Write whether the sources answer the query."""
    return {
        "status": found.status,
        "found": list(found.found),
        "missing": list(found.missing),
        "statements": list(found.statements),
        "reason": found.reason,
    }
