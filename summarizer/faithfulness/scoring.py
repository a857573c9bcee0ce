"""How well the sources cover a sentence, as a number: for ranking candidates, not for letting them pass.

A sentence that a source has word for word has 1. What is missing from the sources and what was joined that stood apart
are penalties, each with a name and a weight.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import exp
from typing import Final

from summarizer.faithfulness.words import Reading, read
from summarizer.terms import STOP_WORDS, stem

#: Fitted, none below zero, on ``faithfulness_rank19`` by ``benchmarks.faithfulness.ranking``, which measures them on
#: premises that they were not fitted on, over four: so the grade spreads over summaries that people judged, and
#: no order depends on it.
WEIGHTS: Final = {
    "unigrams": 0.523, "bigrams": 0.045, "trigrams": 0.53, "order": 0.172, "object": 3.705, "subject": 0.915,
    "governed": 3.457, "governor": 1.348, "cut": 1.65, "bridges": 0.324, "end": 2.762,
}  # fmt: skip
#: Penalties that are counts, given as a share of the words.
_COUNTED: Final = ("object", "subject", "governed", "governor", "cut", "bridges", "end")
_GOVERNING: Final = frozenset(
    "of in on at by for with from to against over under after before into about as between during through than that "
    "which who the a an his her its their this these those some any no my our your".split()
)
#: Content words within which the same neighbour is found again, before and after a word.
_NEAR: Final = 4
_FAR: Final = 6

Words = list[str]


def faithfulness_score(candidate: str, sources: Sequence[str]) -> float:
    """Grade a sentence by its sources, 0 (nothing of it is there) to 1 (it is there word for word).

    Coverage of one, two and three words in a row and of the longest common subsequence, and the share of words whose
    nearest content word on either side is another than in the sources.

    :param candidate: the sentence.
    :param sources: what it should be drawn from.
    :return: in [0, 1]; higher is better.

    O(length of all, times the length of the candidate).
    """
    if not candidate.strip() or not any(source.strip() for source in sources):
        return 0.0
    found = penalties(candidate, sources)
    return exp(-sum(WEIGHTS[name] * amount for name, amount in found.items()))


def penalties(candidate: str, sources: Sequence[str]) -> dict[str, float]:
    """Give all that is held against a sentence, by the names of :data:`WEIGHTS`; each 0 or more."""
    readings = [read(source) for source in sorted(set(sources)) if source.strip()]
    mine, theirs = _words(read(candidate)), [_words(reading) for reading in readings]
    n = max(len(mine), 1)
    found = {
        name: 1 - _coverage(mine, theirs, size)
        for name, size in (("unigrams", 1), ("bigrams", 2), ("trigrams", 3))
    }  # fmt: skip
    found["order"] = 1 - max(_common(mine, words) for words in theirs) / n
    places = _places(theirs)
    found |= _neighbours(mine, theirs, places)
    found |= _bridges(mine, readings, places)
    return found | {name: found[name] / n for name in _COUNTED}


def _words(reading: Reading) -> Words:
    return [low for low in reading.lows if low[0].isalnum()]


def _places(sources: Sequence[Words]) -> dict[str, list[tuple[int, int]]]:
    found: dict[str, list[tuple[int, int]]] = {}
    for s, words in enumerate(sources):
        for at, word in enumerate(words):
            found.setdefault(word, []).append((s, at))
    return found


def _coverage(mine: Words, sources: Sequence[Words], size: int) -> float:
    wanted = [tuple(mine[at : at + size]) for at in range(len(mine) - size + 1)]
    held = {tuple(words[at : at + size]) for words in sources for at in range(len(words) - size + 1)}
    return sum(gram in held for gram in wanted) / len(wanted) if wanted else 1.0


def _common(a: Words, b: Words) -> int:
    """Give the length of the longest common subsequence."""
    before = [0] * (len(b) + 1)
    known = set(b)
    for word in a:
        if word not in known:
            continue
        row = [0]
        for at, other in enumerate(b):
            row.append(before[at] + 1 if word == other else max(before[at + 1], row[-1]))
        before = row
    return before[-1]


def _after(words: Words, at: int, n: int) -> Iterator[str]:
    return _nearest(words[at + 1 : at + 1 + 2 * n], n)


def _before(words: Words, at: int, n: int) -> Iterator[str]:
    return _nearest(words[max(0, at - 2 * n) : at][::-1], n)


def _nearest(words: Words, n: int) -> Iterator[str]:
    for word in words:
        if word not in STOP_WORDS:
            yield stem(word)
            n -= 1
            if not n:
                return


def _neighbours(mine: Words, sources: Sequence[Words], places: dict[str, list[tuple[int, int]]]) -> dict[str, float]:
    """Count words whose nearest content word before or after is near them in no source."""
    found = dict.fromkeys(("object", "subject", "governed", "governor"), 0.0)
    for at, word in enumerate(mine):
        uses = places.get(word)
        content = word not in STOP_WORDS
        if not uses or not (content or word in _GOVERNING):
            continue
        reach = _FAR if content else _NEAR
        after, before = next(_after(mine, at, 5), ""), next(_before(mine, at, 5), "")
        if after and not any(after in _after(sources[s], place, reach) for s, place in uses):
            found["object" if content else "governed"] += 1
        if before and not any(before in _before(sources[s], place, reach if content else _NEAR) for s, place in uses):
            found["subject" if content else "governor"] += 1
    return found


def _bridges(
    mine: Words, readings: Sequence[Reading], places: dict[str, list[tuple[int, int]]]
) -> dict[str, float]:  # fmt: skip
    """Count neighbours that are apart in the sources, and content words whose next content word was cut off."""
    beside: set[tuple[str, str]] = set()
    followed: dict[str, list[str]] = {}
    for reading in readings:
        for word, after in pairwise([*reading.lows, "."]):
            beside.add((word, after))
            followed.setdefault(word, []).append(after)
    found = {"bridges": 0.0, "cut": 0.0, "end": 0.0}
    for word, after in pairwise([*mine, ""]):
        if word not in places or (word, after) in beside:
            continue
        severed = word not in STOP_WORDS and all(
            one[0].isalnum() and one not in STOP_WORDS for one in followed.get(word, ["."])
        )
        if not after:
            found["end"] += severed
        else:
            found["bridges"] += 1
            found["cut"] += severed
    return found
