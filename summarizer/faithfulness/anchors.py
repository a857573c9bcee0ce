"""Whether a number, date or name stands with the words it stands with in a source.

Every value of a candidate may be in a source, and the sentence still be wrong: two numbers that have changed places.
So what stands beside each is compared with what stands beside it in the sources, left and right apart, and with what
stands beside the other values there. If another value fits far better, the value was moved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from summarizer.faithfulness.words import Reading

#: Words on each side that are compared, the nearer the more.
_WINDOW: Final = 4
_ARTICLES: Final = frozenset(("a", "an", "the"))
#: What speaks for the value itself counts so many times what speaks for another.
_MARGIN: Final = 1.5
#: Least lead of the other value: the two nearest words of one side have 25.
_LEAST: Final = 12
#: Words right beside a value, on one side or the other, that must be kept where words were left out.
_BESIDE: Final = 2

#: What may stand on either side of a name.
SAID: Final = frozenset(("say",))

Sides = tuple[dict[str, int], dict[str, int]]
#: For each key, the token spans where it stands.
Anchors = Mapping[str, Sequence[tuple[int, int]]]


@lru_cache(maxsize=1 << 14)
def sides(reading: Reading, start: int, end: int, free: frozenset[str] = frozenset()) -> Sides:
    """Give the words left and right of tokens ``start`` to ``end``, with weights; those in ``free`` on both sides.

    Function words count: "from" and "over" tell two figures apart. Numbers do not, as they are what changes places.
    """
    left: dict[str, int] = {}
    right: dict[str, int] = {}
    for found, places in ((left, range(start - 1, -1, -1)), (right, range(end, len(reading.tokens)))):
        weight = _WINDOW
        for at in places:
            low = reading.lows[at]
            if not low[0].isalpha() or low in _ARTICLES:
                continue
            form = reading.stems[at] or low
            found.setdefault(form, weight)
            if form in free:
                (right if found is left else left).setdefault(form, weight)
            weight -= 1
            if not weight:
                break
    return left, right


def _apart(mine: Sides, same: Sides, other: Sides) -> int:
    """Give how much the words beside the candidate's value speak for another value of a source, and not for its own."""
    return sum(
        weight * max(theirs[form] - own.get(form, 0), 0)
        for side, own, theirs in zip(mine, same, other, strict=True)
        for form, weight in side.items()
        if form in theirs
    )


def _is_left(mine: Sides, beside: Sides, reading: Reading, place: tuple[int, int], free: frozenset[str]) -> bool:
    """Tell whether what stands beside a value stands on the same side of it in a source, however far.

    So it is where words between were left out on one side, while the nearest on the other were kept.
    """
    if not any(list(a)[:_BESIDE] == list(b)[:_BESIDE] for a, b in zip(beside, sides(reading, *place), strict=True)):
        return False
    left, right = mine
    before, after = reading.words_before(place[0]), reading.words_after(place[1])
    return all(form in before or form in free for form in left) and all(form in after or form in free for form in right)


def moved(
    candidate: Reading,
    mine: Anchors,
    sources: Sequence[tuple[Reading, Anchors]],
    free: frozenset[str] = SAID,
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
            own = [(reading, place) for reading, theirs in sources for place in theirs.get(key, ())]
            if any(_is_left(around, sides(candidate, start, end), reading, place, free) for reading, place in own):
                continue
            rival = _rival(key, around, own, sources, free)
            if rival:
                found.append((key, rival))
    return found


def _rival(
    key: str,
    around: Sides,
    own: Sequence[tuple[Reading, tuple[int, int]]],
    sources: Sequence[tuple[Reading, Anchors]],
    free: frozenset[str],
) -> str:
    """Give the value whose place a value has taken, or nothing."""
    mine = [sides(reading, *place, free) for reading, place in own] or [({}, {})]
    best, name = 0, ""
    for reading, theirs in sources:
        for rival, places in theirs.items():
            if rival == key:
                continue
            for place in places:
                other = sides(reading, *place, free)
                lead = min(_apart(around, same, other) - _MARGIN * _apart(around, other, same) for same in mine)
                best, name = max((best, name), (int(lead), rival))
    return name if best >= _LEAST else ""
