"""A name set into the words of a source in the place of another name: "a Lyon court" -> "a Paris court".

Both names may be in the sources, and no neighbour tell them apart. But where the words before and behind are those of
a source, and between them the source has another name, the name was put there; unless a source has it beside one of
those words, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from summarizer.faithfulness.lexicon import DEMONYMS
from summarizer.faithfulness.words import Reading, read
from summarizer.terms import STOP_WORDS

#: Most words of the name that stood there.
_LONGEST: Final = 8
#: Words around a name that are compared on each side; of the outer two one must be the same, of the inner both.
_AROUND: Final = 2
_PASSED_OVER: Final = frozenset(('"', "“", "”", "‘", "’", "'"))
_END: Final = frozenset((".", "!", "?"))
#: What stands before the first word, and behind the last.
_EDGE: Final = ""
#: A shorter form of a name has at least so many letters of it: "Rep" for "Representative".
_SHORT: Final = 3
#: These stand before a noun as they are.
_UNIONS: Final = frozenset(("usa", "uk", "un", "eu"))


class _Row(NamedTuple):
    """A sentence without quotation marks and its end."""

    words: tuple[str, ...]
    """What is compared, with two edges at each end."""
    forms: tuple[str, ...]
    """The same, but a country, its adjective and its people are three."""
    capital: tuple[bool, ...]
    place: dict[int, int]
    """Where each token stands in it."""


@lru_cache(maxsize=4096)
def _row(text: str) -> _Row:
    reading = read(text)
    kept = [at for at, low in enumerate(reading.lows) if low not in _PASSED_OVER]
    while kept and reading.lows[kept[-1]] in _END:
        kept.pop()
    edge = (_EDGE,) * _AROUND
    return _Row(
        (*edge, *(reading.lows[at] for at in kept), *edge),
        (*edge, *(_form(reading, at) for at in kept), *edge),
        (*(False,) * _AROUND, *(reading.tokens[at][0].isupper() for at in kept), *(False,) * _AROUND),
        {at: place for place, at in enumerate(kept, _AROUND)},
    )


def _form(reading: Reading, at: int) -> str:
    """Give a word as it is told apart from another: "Turkish" is "Turkey's", but neither "Turkey" nor "Turks"."""
    low = reading.lows[at]
    country = DEMONYMS.get(low)
    if country is None or country in _UNIONS:
        return country or low
    owns = reading.tokens[at].endswith(("'s", "’s"))
    if low == country:
        return f"{country} of" if owns else country
    people = low.endswith("s") and low[:-1] in DEMONYMS
    return f"{low} of" if owns or people else f"{country} of"


def substituted(
    candidate: Reading, runs: Sequence[tuple[int, int]], sources: Sequence[Reading]
) -> Iterator[tuple[str, str]]:
    """Find names of a candidate that stand in the words of a source where the source has another name.

    :param runs: names of the candidate, as first and last token.
    :return: the name, and the one that stands there, in order. O(runs · length of the sources).
    """
    mine = _row(candidate.text)
    rows = [_row(source.text) for source in sources]
    for run in runs:
        start, last = (mine.place.get(at, 0) for at in run)
        if not start or not last:
            continue
        for row in rows:
            rival = next((one for one in _rivals(mine, start, last + 1, row) if not _is_known(one, rows)), None)
            if rival is not None:
                yield rival.name, rival.there
                break


class _Rival(NamedTuple):
    before: tuple[str, ...]
    """Words before the name of the candidate."""
    forms: tuple[str, ...]
    behind: tuple[str, ...]
    name: str
    there: str


def _rivals(mine: _Row, start: int, end: int, row: _Row) -> Iterator[_Rival]:
    """Find other names between the same words of a source."""
    left, right = mine.words[start - 1], mine.words[end]
    for before in range(_AROUND - 1, len(row.words) - _AROUND):
        if row.words[before] != left:
            continue
        for behind in range(before + 2, min(before + 2 + _LONGEST, len(row.words) - 1)):
            if row.words[behind] != right or not any(row.capital[before + 1 : behind]):
                continue
            outer = row.words[before - 1], row.words[behind + 1]
            if outer[0] != mine.words[start - 2] and outer[1] != mine.words[end + 1]:
                continue
            rival = _rival(mine, start, end, row, before + 1, behind)
            if rival is not None:
                yield rival


def _rival(mine: _Row, start: int, end: int, row: _Row, first: int, last: int) -> _Rival | None:
    """Compare two names in the same place, without what they begin and end with alike."""
    while start < end and first < last and mine.forms[start] == row.forms[first]:
        start, first = start + 1, first + 1
    while start < end and first < last and mine.forms[end - 1] == row.forms[last - 1]:
        end, last = end - 1, last - 1
    here, there = mine.forms[start:end], row.forms[first:last]
    names = mine.words[start:end], row.words[first:last]
    if (
        not here
        or not there
        or not (row.capital[first] and row.capital[last - 1])
        or set(here) & set(there)
        or _is_short_for(*names)
    ):
        return None
    around = mine.words[start - _AROUND : start], mine.words[end : end + _AROUND]
    return _Rival(around[0], here, around[1], *map(" ".join, names))


def _is_short_for(here: Sequence[str], there: Sequence[str]) -> bool:
    """Tell whether one name is the beginning or the initials of the other."""
    for short, full in ((here, there), (there, here)):
        if len(short) != 1 or short[0] in DEMONYMS:
            continue
        if len(short[0]) > 1 and "".join(word[:1] for word in full).startswith(short[0]):
            return True
        if len(short[0]) >= _SHORT and full[0].startswith(short[0]):
            return True
    return False


def _is_known(one: _Rival, rows: Sequence[_Row]) -> bool:
    """Tell whether a source has the name beside the same content word, or beside the same two words of one side."""
    near, next_, length = one.before[-1], one.behind[0], len(one.forms)
    for row in rows:
        for at in range(_AROUND, len(row.forms) - _AROUND - length + 1):
            if row.forms[at : at + length] != one.forms:
                continue
            before, behind = row.words[at - _AROUND : at], row.words[at + length : at + length + _AROUND]
            if before[-1] == near and behind[0] == next_:
                return True
            if (_tells(near) and before[-1] == near) or (_tells(next_) and behind[0] == next_):
                return True
            if (near.isalpha() and before == one.before) or (next_.isalpha() and behind == one.behind):
                return True
    return False


def _tells(word: str) -> bool:
    return word[:1].isalnum() and word not in STOP_WORDS
