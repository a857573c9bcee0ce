"""Where the subject of a verb stands, and where its object and its clause end. English."""

from __future__ import annotations

from typing import Final

from summarizer.opposition.antonyms import PARTICLES
from summarizer.opposition.phrases import NOTHING, PREPOSITIONS, PRONOUNS, Phrase, read_phrase
from summarizer.opposition.reading import Reading
from summarizer.opposition.verbs import HELPING, JOINING, REACH, STRONG, UNCHANGED, looks_finite
from summarizer.opposition.wording import IRREGULAR_FORMS, NEGATORS, SAID

_RELATIVE: Final = frozenset("who which that".split())
_SHOWING: Final = frozenset("show shows showed according".split())
#: Tokens of a name between commas, the commas counted.
_NAME: Final = 5
#: Tokens from "between" to the "and" that belongs to it.
_BETWEEN: Final = 7
_ALSO: Final = frozenset("and or but then".split())


def find_subject(reading: Reading, at: int) -> tuple[int, int]:
    """Give from which to which token the subject of a verb group reaches that begins at a token."""
    lows, end = reading.lows, at
    if end and lows[end - 1] == ",":  # "Smith, 34, was"
        comma = next((i for i in range(end - 2, max(end - 2 - REACH, -1), -1) if lows[i] == ","), -1)
        if comma > 0 and reading.tokens[comma + 1][0].isupper() and end - comma <= _NAME:
            start = find_start(reading, comma)
            owned = any(low.endswith("'s") for low in lows[start:comma])
            if owned or (start and lows[start - 1] in JOINING):
                return comma + 1, end - 1  # "the pilot of the plane that crashed, Leo Marr, was"
            return start, end - 1  # "the suspect, Leo Marr, was"
        end = comma if comma > 0 else end - 1
    if end and lows[end - 1] in _RELATIVE:
        end -= 2 if end > 1 and lows[end - 2] == "," else 1
    if end and lows[end - 1] in _ALSO:
        return first_subject(reading, end - 1)
    start = find_start(reading, end)
    if start > 1 and lows[start - 1] in _RELATIVE and any(looks_finite(reading, i, -1) for i in range(start, end)):
        end = start - 1  # "the cub that escaped from the zoo was"
        start = find_start(reading, end)
    return start, end


def find_start(reading: Reading, end: int) -> int:
    """Give where the clause that ends before a token begins: behind a mark, a joining word or a verb of saying."""
    lows, start = reading.lows, end
    while start and end - start < REACH:
        low = lows[start - 1]
        if low in STRONG or low in JOINING or low == "," or low in SAID:
            break
        if low == "and" and not _joins(reading, start):
            break
        start -= 1
    return start


def _joins(reading: Reading, at: int) -> bool:
    """Tell an "and" in front of a token that joins names, or what something is between."""
    lows = reading.lows
    names = at > 1 and reading.tokens[at - 2][0].isupper() and at < len(lows)
    return names or "between" in lows[max(0, at - _BETWEEN) : at]


def first_subject(reading: Reading, end: int) -> tuple[int, int]:
    """Give the subject that a verb behind "and" shares with the first verb of its clause."""
    start = end
    while start and reading.lows[start - 1] not in STRONG and reading.lows[start - 1] not in JOINING:
        start -= 1
    verbs = (i for i in range(start + 1, end) if looks_finite(reading, i, start) or reading.lows[i] in UNCHANGED)
    stop = next(verbs, start)
    return find_subject(reading, stop) if stop < end else (stop, stop)


def find_ends(reading: Reading, at: int) -> tuple[int, int]:
    """Give where the object of a predicate ends, and where its clause does."""
    lows = reading.lows
    stop, i = 0, at + 1
    if i < len(lows) and lows[i] in PARTICLES:
        i += 1
    while i < len(lows):
        low = lows[i]
        if low in STRONG or low in JOINING or low in SAID or low in ("?", "!"):
            break
        if low in (",", "and", "or") and _opens(reading, i):
            break
        if not stop and (low in PREPOSITIONS or low == ","):
            stop = i
        i += 1
    return stop or i, i


def _opens(reading: Reading, at: int) -> bool:
    """Tell whether a comma or "and" opens another clause: a verb, a pronoun or a determiner with a verb follows."""
    lows = reading.lows
    after = lows[at + 1 : at + 7]
    if not after:
        return True
    if after[0] in HELPING or after[0] in PRONOUNS or after[0] in NEGATORS or after[0] in JOINING or after[0] in _ALSO:
        return True
    return any(
        low in HELPING or low in SAID or low in _SHOWING or low.endswith("ed") or low in IRREGULAR_FORMS
        for low in after
    )


def read_by(reading: Reading, at: int, end: int) -> Phrase:
    """Read who acts in the passive."""
    place = next((i for i in range(at + 1, min(end, at + 10)) if reading.lows[i] == "by"), None)
    if place is None:
        return NOTHING
    stop = place + 1
    while stop < end and reading.lows[stop] not in PREPOSITIONS and reading.lows[stop] not in (",", "and"):
        stop += 1
    found = read_phrase(reading, place + 1, stop)
    return found if found.keys else NOTHING
