"""Who did what to whom: the words on the two sides of a verb may not change sides.

Without a parser: content words in order around a verb that a source has too. The passive turns the expectation round.
"""

from __future__ import annotations

from typing import Final

from summarizer.faithfulness.lexicon import IRREGULAR, SPEECH, VERBS
from summarizer.faithfulness.names import passive, passive_by
from summarizer.faithfulness.objections import Objection
from summarizer.faithfulness.words import Pairing, Reading

#: Content words on each side of a verb that may be its subject or object.
_WINDOW: Final = 4
#: Least sum of products of weights on each side: two words right beside the verb have 16, two of the third rank 4.
_LEAST: Final = 4

Sides = tuple[dict[str, int], dict[str, int]]


def check_roles(pairing: Pairing) -> list[Objection]:
    """Object where what stands before a verb of the candidate stands after it in the sources, and the reverse."""
    candidate = pairing.candidate
    found = []
    for k, at in enumerate(candidate.content):
        if not _is_verb(candidate, at):
            continue
        best = pairing.best(k)
        verdicts = [_swapped(candidate, k, pairing.sources[s], place) for s, place in best]
        if verdicts and all(verdicts):
            found.append(Objection("role", f"the two sides of “{candidate.tokens[at]}” have changed places"))
    return found


def _is_verb(reading: Reading, at: int) -> bool:
    low = reading.lows[at]
    if low in SPEECH or (reading.tokens[at][0].isupper() and at):
        return False
    return (
        low.endswith("ed")
        or low in VERBS
        or (low in IRREGULAR and IRREGULAR[low] not in ("man", "woman", "person", "child"))
    )


def _around(reading: Reading, k: int) -> Sides:
    """Give the content words before and after one, the nearer the more."""
    sides: Sides = ({}, {})
    for side, step in zip(sides, (-1, 1), strict=True):
        for distance in range(1, _WINDOW + 1):
            place = k + step * distance
            if not 0 <= place < len(reading.content):
                break
            side.setdefault(reading.stems[reading.content[place]], _WINDOW + 1 - distance)
    return sides


def _swapped(candidate: Reading, k: int, source: Reading, place: int) -> bool:
    """Tell whether both sides of a verb moved to the other, the voices allowed for."""
    at, there = candidate.content[k], source.content[place]
    verb = candidate.stems[at]
    voices = [(passive_by(one, where), verb in passive(one)) for one, where in ((candidate, at), (source, there))]
    plain = _crossed(_around(candidate, k), _around(source, place))
    turned = _crossed(_around(candidate, k), _around(source, place)[::-1])
    if voices[0][0] != voices[1][0]:
        return turned
    return plain and (turned or voices[0][1] == voices[1][1])


def _crossed(mine: Sides, theirs: Sides) -> bool:
    (left, right), (before, after) = mine, theirs
    crossed = _overlap(left, after, before), _overlap(right, before, after)
    return min(crossed) >= _LEAST and sum(crossed) > _overlap(left, before) + _overlap(right, after)


def _overlap(a: dict[str, int], b: dict[str, int], without: dict[str, int] | None = None) -> int:
    return sum(weight * b[form] for form, weight in a.items() if form in b and not (without and form in without))
