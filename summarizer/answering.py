"""Whether the statements of a briefing answer its query, and what of it no source speaks of.

Each part of a query is judged on its own. It is answered where a statement is near to it in words and, with an encoder,
in meaning, and holds the kind of thing that is asked for: a figure for "how many", a date for "when". A name or a
number that no source holds settles that it is not: names are not paraphrased. A common word may be: where one is
missing, the encoder has to be surer. Not seen is whether a near sentence with a figure gives the one that was asked
for.
docs/query.md has the measurements behind the bars.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from summarizer.datatypes import Statement
from summarizer.findings import Answer
from summarizer.material import Material
from summarizer.questions import Asked, Kind, Part
from summarizer.relevance import Bearing, bear_on_query, holds_kind, mix

#: A statement is near enough to be an answer from this closeness (of :func:`summarizer.relevance.mix`).
_NEAR: Final = 0.35
#: Where a common word of the question occurs nowhere, this much is asked of it, with an encoder and without, and below
#: it the answer is called one in part, or none from the last of these down.
_SURELY_NEAR: Final = 0.45
_SURELY_NEAR_BY_WORDS: Final = 0.55
_HARDLY_NEAR: Final = 0.4
#: A topic, as against a question, is met in part by a statement that holds this share of its words.
_TOPIC_SHARE: Final = 0.35
_MEANT: Final[dict[Kind, str]] = {
    "who": "a name", "where": "a place", "when": "a date", "why": "a reason", "money": "a sum of money",
    "percent": "a share", "duration": "a span of time or a length", "length": "a length", "figure": "a figure",
}  # fmt: skip
#: Kinds that every answer shows; a person may be told without a name, and a reason without "because".
_SURE: Final = frozenset(("where", "when", "money", "percent", "duration", "length", "figure"))
_SHOWN: Final = 4

Verdict = Literal["answered", "partly", "not answered"]


@dataclass(frozen=True, slots=True)
class _Judged:
    """What became of one part of the query."""

    verdict: Verdict
    reason: str
    found: tuple[str, ...]
    missing: tuple[str, ...]


def answer_query(material: Material, statements: Sequence[Statement], bearing: Bearing | None = None) -> Answer:
    """Say whether statements answer the query of the material, and why.

    :param material: n sentences, with a query.
    :param statements: of the briefing; the first support of each is the sentence that it stands for.
    :param bearing: how the sentences bear on the query; found anew when None.
    :return: the status, with what was found and what is missing in words of the query.

    O(n) once the bearing is known.
    """
    bearing = bearing or bear_on_query(material)
    number = {(sentence.document_id, sentence.start): index for index, sentence in enumerate(material.sentences)}
    places = [number.get((statement.support[0].document_id, statement.support[0].start)) for statement in statements]
    chosen = [(statement.id, place) for statement, place in zip(statements, places, strict=True) if place is not None]
    asking = [place for place, part in enumerate(bearing.parts) if part.asked]
    if not asking:
        reason = "the query holds nothing to look for but function words and signs; name what it is about"
        return Answer("not answered", (), (), (), reason)
    judged = [_judge(material, bearing, place, chosen) for place in asking]
    verdicts = {part.verdict for part in judged}
    status: Verdict = verdicts.pop() if len(verdicts) == 1 else "partly"
    ranked = (
        sorted((-float(bearing.nearest[place]), name) for name, place in chosen) if status != "not answered" else []
    )
    return Answer(
        status,
        tuple(dict.fromkeys(word for part in judged for word in part.found)),
        tuple(dict.fromkeys(word for part in judged for word in part.missing)),
        tuple(name for _, name in ranked),
        _reason(bearing, asking, judged),
    )


def _reason(bearing: Bearing, asking: Sequence[int], judged: Sequence[_Judged]) -> str:
    if len(judged) == 1:
        return judged[0].reason
    return "; ".join(
        f"“{bearing.parts[place].text}”: {part.reason}" for place, part in zip(asking, judged, strict=True)
    )


def _judge(material: Material, bearing: Bearing, place: int, chosen: Sequence[tuple[str, int]]) -> _Judged:
    """Judge one part of the query by the statements."""
    part, spoken = bearing.parts[place], bearing.spoken[place]
    numbers = [index for _, index in chosen]
    held = bearing.held[place]
    found = tuple(item.text for item, has in zip(part.asked, held, strict=True) if has[numbers].any())
    missing = tuple(item for item, known in zip(part.asked, spoken, strict=True) if not known)
    near = mix(bearing.shared[place], None if bearing.cosines is None else bearing.cosines[place])
    fitting = [(name, index) for name, index in chosen if _fits_kind(material, part, index)]
    best = max(fitting or chosen, key=lambda pair: (near[pair[1]], -numbers.index(pair[1])), default=None)
    words = tuple(item.text for item in missing)
    if best is None or (not found and bearing.cosines is None):
        return _Judged(
            "not answered", _unspoken(missing, "the nearest sentence shares no word with the question"), (), words
        )
    _, index = best
    shared, close = float(bearing.shared[place][index]), float(near[index])
    unknown = any(item.kind != "word" for item in missing)
    if close < (_HARDLY_NEAR if missing else _NEAR) or (unknown and part.question):
        if not part.question and shared >= _TOPIC_SHARE:
            return _Judged("partly", f"{_speaks(found)}; {_rest(missing)}", found, words)
        return _Judged("not answered", _unspoken(missing, _nearness(found)), found, words)
    if part.kind in _SURE and not fitting:
        return _Judged("not answered", f"{_speaks(found)}, but no statement gives {_MEANT[part.kind]}", found, words)
    if not missing:
        return _Judged("answered", _speaks(found), found, ())
    if unknown or close < (_SURELY_NEAR_BY_WORDS if bearing.cosines is None else _SURELY_NEAR):
        return _Judged("partly", f"{_speaks(found)}; {_rest(missing)}", found, words)
    return _Judged("answered", f"a sentence is near in meaning, though {_rest(missing)}", found, ())


def _rest(missing: Sequence[Asked]) -> str:
    return f"no source speaks of {_list(missing)}" if missing else "no statement speaks of all of it"


def _fits_kind(material: Material, part: Part, index: int) -> bool:
    if part.kind is None:
        return True
    names = frozenset(form for item in part.asked if item.kind == "name" for form in item.forms)
    return holds_kind(material.sentences[index].text, part.kind, names)


def _unspoken(missing: Sequence[Asked], otherwise: str) -> str:
    return f"no source speaks of {_list(missing)}; {otherwise}" if missing else otherwise


def _nearness(found: Sequence[str]) -> str:
    if not found:
        return "the nearest sentence shares no word with the question"
    return f"of the question the nearest sentences share only {_join(found)}"


def _speaks(found: Sequence[str]) -> str:
    return f"a sentence speaks of {_join(found)}" if found else "a sentence is near in meaning"


def _list(items: Sequence[Asked]) -> str:
    return _join([item.text for item in items])


def _join(words: Sequence[str]) -> str:
    quoted = [f"“{word}”" for word in dict.fromkeys(words)][:_SHOWN]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"
