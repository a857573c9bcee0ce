"""Whether the statements of a briefing answer its query, and what of it no source speaks of.

Each part of a query is judged on its own. It is answered where a statement is near to it in words and, with an encoder,
in meaning, and holds the kind of thing that is asked for: a figure for "how many", a date for "when"; a fitted sum
weighs these signs. A name or a number that no source holds settles that it is not: names are not paraphrased. Not seen
is whether a near sentence with a figure gives the one that was asked for.
docs/query.md has the measurements; ``python -m benchmarks query --fit`` gives the weights.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from summarizer.datatypes import Statement
from summarizer.findings import Answer
from summarizer.material import Material
from summarizer.questions import Asked, Kind, Part, find_leaning, split_query
from summarizer.relevance import Bearing, bear_on_query, grade_kind, mix

#: What tells whether a statement answers: its cosine with the question, the share of the question's words that it and
#: that its neighbours with it hold, how far it lacks the kind of thing that is asked for, and whether it surely does. A
#: logistic sum, with an encoder and by words alone, fitted on 322 questions and parts of questions read while building.
SIGNS: Final = ("meaning", "words", "words around", "lacks the kind", "surely lacks it", "any")
_BY_MEANING: Final = (4.33, 1.31, 1.49, -3.44, -0.64, -2.42)
_BY_WORDS: Final = (0.0, 1.83, 1.79, -2.72, -0.59, -1.18)
#: From this probability it is called an answer. With stories left out of the fit in turn, 83 of 100 of what the sources
#: answer, and 78 of what they do not, are told so.
ANSWERS: Final = 0.6
#: Nearness of a statement without the kind of thing asked for, where one that may answer is looked for.
#: Where the kind of thing is all that is asked for, a statement that holds it so far gives one.
_GIVES: Final = 0.5
_ANY_KIND: Final = 0.4
#: A topic, as against a question, is met in part by a statement that holds this share of its words.
_TOPIC_SHARE: Final = 0.35
_MEANT: Final[dict[Kind, str]] = {
    "who": "a name", "where": "a place", "when": "a date", "clock": "a time", "why": "a reason",
    "money": "a sum of money", "percent": "a share", "duration": "a span of time or a length", "age": "an age",
    "length": "a length", "measure": "an amount", "figure": "a figure", "colour": "a colour",
}  # fmt: skip
#: Kinds that every answer shows; a person may be told without a name, and a reason without "because".
_SURE: Final = frozenset(
    ("where", "when", "clock", "money", "percent", "duration", "age", "length", "measure", "figure", "colour")
)
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
    asking = [place for place, part in enumerate(bearing.parts) if part.open]
    if not asking:
        pronoun = next(filter(None, map(find_leaning, split_query(material.query or ""))), None)
        reason = "the query holds nothing to look for but function words and signs; name what it is about"
        return Answer("not answered", (), (), (), _leans(pronoun) if pronoun else reason)
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
    told = [_with_note(bearing.parts[place], part.reason) for place, part in zip(asking, judged, strict=True)]
    if len(told) == 1:
        return told[0]
    return "; ".join(f"“{bearing.parts[place].text}”: {reason}" for place, reason in zip(asking, told, strict=True))


def _with_note(part: Part, reason: str) -> str:
    pronoun = find_leaning(part.text) if part.question else None
    return f"{reason}; {_leans(pronoun)}" if pronoun else reason


def _leans(pronoun: str) -> str:
    return f"“{pronoun}” stands for something that this question does not name, and none before it is known: name it"


def _judge(material: Material, bearing: Bearing, place: int, chosen: Sequence[tuple[str, int]]) -> _Judged:
    """Judge one part of the query by the statements."""
    if bearing.parts[place].alone:
        return _judge_alone(bearing, place, [index for _, index in chosen])
    part, held = bearing.parts[place], bearing.held[place]
    numbers = [index for _, index in chosen]
    exact = held.told[:, numbers].max(axis=1, initial=0) == 1
    found = tuple(item.text for item, has in zip(part.asked, exact.tolist(), strict=True) if has)
    missing = tuple(item for item, known in zip(part.asked, held.spoken, strict=True) if not known)
    words = tuple(item.text for item in missing)
    if not numbers:
        return _Judged("not answered", _unspoken(missing, _nearness(found, part)), (), words)
    index, grade = nearest(material, bearing, place, numbers)
    unnamed = any(item.kind != "word" for item in missing)
    likely = weigh(read_signs(material, bearing, place, index, grade), bearing.cosines is not None)
    if likely < ANSWERS or (unnamed and part.question):
        if not part.question and held.shared[index] >= _TOPIC_SHARE:
            return _Judged("partly", f"{_speaks(found)}; {_rest(missing)}", found, words)
        if part.kind in _SURE and grade == 0 and found and not missing:
            return _Judged(
                "not answered", f"{_speaks(found)}, but no statement gives {_MEANT[part.kind]}", found, words
            )
        return _Judged("not answered", _unspoken(missing, _nearness(found, part)), found, words)
    if unnamed:
        return _Judged("partly", f"{_speaks(found)}; {_rest(missing)}", found, words)
    if not missing:
        return _Judged("answered", _speaks(found), found, ())
    return _Judged("answered", f"a sentence is near in meaning, though {_rest(missing)}", found, ())


def _judge_alone(bearing: Bearing, place: int, numbers: Sequence[int]) -> _Judged:
    """Judge a part that asks for a kind of thing and names nothing: what is given may be that of anybody."""
    part = bearing.parts[place]
    kind = _MEANT[part.kind] if part.kind else ""
    if bearing.held[place].shared[numbers].max(initial=0) < _GIVES:
        return _Judged("not answered", f"no statement gives {kind}", (), ())
    unnamed = "" if find_leaning(part.text) else ", and the question does not name what it asks it of"
    return _Judged("partly", f"a statement gives {kind}{unnamed}", (), ())


def nearest(material: Material, bearing: Bearing, place: int, numbers: Sequence[int]) -> tuple[int, float]:
    """Give the statement that is nearest to a part of the query, the kind of thing asked for weighing in, and how far
    it holds that.
    """
    part = bearing.parts[place]
    near = mix(bearing.shared[place], None if bearing.cosines is None else bearing.cosines[place])
    grades = {index: grade_kind(material.sentences[index].text, part) for index in numbers}
    best = max(
        numbers,
        key=lambda index: (
            round(float(near[index]) * (_ANY_KIND + (1 - _ANY_KIND) * grades[index]), 6),
            -numbers.index(index),
        ),
    )
    return best, grades[best]


def read_signs(material: Material, bearing: Bearing, place: int, index: int, grade: float) -> tuple[float, ...]:
    """Give the signs by which a sentence answers a part of the query, in the order of the weights.

    :param index: of the sentence; :param grade: how far it holds the kind of thing that is asked for.
    """
    part, held = bearing.parts[place], bearing.held[place]
    around = [
        number
        for number in (index - 1, index, index + 1)
        if 0 <= number < len(material.owner) and material.owner[number] == material.owner[index]
    ]
    told = held.told[:, around].max(axis=1, initial=0)
    return (
        0.0 if bearing.cosines is None else float(bearing.cosines[place][index]),
        float(held.shared[index]),
        float(told @ held.weights) / max(float(held.weights.sum()), 1e-9),
        1 - grade,
        float(part.kind in _SURE and grade == 0),
        1.0,
    )


def weigh(signs: Sequence[float], by_meaning: bool) -> float:
    """Give the probability that a sentence with these signs answers."""
    weights = _BY_MEANING if by_meaning else _BY_WORDS
    return round(1 / (1 + math.exp(-sum(sign * weight for sign, weight in zip(signs, weights, strict=True)))), 6)


def _rest(missing: Sequence[Asked]) -> str:
    return f"no source speaks of {_list(missing)}" if missing else "no statement speaks of all of it"


def _unspoken(missing: Sequence[Asked], otherwise: str) -> str:
    return f"no source speaks of {_list(missing)}; {otherwise}" if missing else otherwise


def _nearness(found: Sequence[str], part: Part) -> str:
    if not found:
        return "the nearest sentence shares no word with the question"
    if len(found) == len(part.asked):
        return f"the nearest sentences speak of {_join(found)}, but none seems to answer it"
    return f"of the question the nearest sentences share only {_join(found)}"


def _speaks(found: Sequence[str]) -> str:
    return f"a sentence speaks of {_join(found)}" if found else "a sentence is near in meaning"


def _list(items: Sequence[Asked]) -> str:
    return _join([item.text for item in items])


def _join(words: Sequence[str]) -> str:
    quoted = [f"“{word}”" for word in dict.fromkeys(words)][:_SHOWN]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"
