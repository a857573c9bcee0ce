"""Whether a number, date or name stands with the words it stands with in a source.

Every value of a candidate may be in a source, and the sentence still be wrong: two numbers that have changed places.
So what stands beside each is compared with what stands beside it in the sources, left and right apart, and with what
stands beside the other values there. If another value fits far better, the value was moved.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from summarizer.faithfulness.words import Reading

#: Content words on each side that are compared, the nearer the more.
_WINDOW: Final = 3
#: How much better another value must fit: false alarms fall from 5 to under 1 % of true sentences by this.
_MARGIN: Final = 2.0
_LEAST: Final = 8

Sides = tuple[dict[str, int], dict[str, int]]
#: For each key, the token spans where it stands.
Anchors = Mapping[str, Sequence[tuple[int, int]]]


def sides(reading: Reading, start: int, end: int, free: Collection[str] = ()) -> Sides:
    """Give the stems left and right of tokens ``start`` to ``end``, with weights; those in ``free`` on both sides."""
    left: dict[str, int] = {}
    right: dict[str, int] = {}
    for found, places in ((left, range(start - 1, -1, -1)), (right, range(end, len(reading.tokens)))):
        weight = _WINDOW
        for at in places:
            form = reading.stems[at]
            if not form:
                continue
            found.setdefault(form, weight)
            if form in free:
                (right if found is left else left).setdefault(form, weight)
            weight -= 1
            if not weight:
                break
    return left, right


def _fit(mine: Sides, theirs: Sides) -> int:
    return sum(weight * b[form] for a, b in zip(mine, theirs, strict=True) for form, weight in a.items() if form in b)


def moved(
    candidate: Reading,
    mine: Anchors,
    sources: Sequence[tuple[Reading, Anchors]],
    free: Collection[str] = ("say",),
) -> list[tuple[str, str]]:
    """Find values of a candidate that stand where the sources have another.

    :param candidate: the sentence to judge.
    :param mine: its values and where they stand.
    :param sources: each source with its values.
    :param free: stems that may stand on either side.
    :return: (value, the value that the sources have there), in order.
    """
    found = []
    for key, spans in mine.items():
        for start, end in spans:
            around = sides(candidate, start, end, free)
            same, other, name = 0, 0, ""
            for reading, theirs in sources:
                for rival, places in theirs.items():
                    fit = max(_fit(around, sides(reading, *place, free)) for place in places)
                    if rival == key:
                        same = max(same, fit)
                    elif (fit, rival) > (other, name):
                        other, name = fit, rival
            if other >= _LEAST and other > _MARGIN * same + 2:
                found.append((key, name))
    return found
