"""Names: people, places and bodies, with what stands in front of them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from summarizer.faithfulness.anchors import SAID, moved
from summarizer.faithfulness.dates import date_tokens
from summarizer.faithfulness.lexicon import BE, COMMON, DEMONYMS, SPEECH, TITLES, WEEKDAYS
from summarizer.faithfulness.objections import Objection
from summarizer.faithfulness.substitutions import substituted
from summarizer.faithfulness.words import Pairing, Reading, read
from summarizer.terms import STOP_WORDS

_INSIDE: Final = frozenset("of the de la van von der al bin & and for".split())
_APART: Final = frozenset((",", ";", ":", "(", ")", '"', "“", "”", "-", "—", "–"))
#: Words that stand in the list of function words, and are names with a capital.
_NAMES_TOO: Final = frozenset(("usa", "don"))
#: Tokens between a title and its name, or between two words of a name, in a source.
_TITLE_GAP: Final = 6
_NAME_GAP: Final = 2


@lru_cache(maxsize=4096)
def names(text: str) -> tuple[tuple[int, ...], ...]:
    """Find the runs of capitalised words of a sentence, as token indices. O(length).

    A function word, a date and "I" are none; the word that opens the sentence or a quotation is left to the caller.
    """
    reading = read(text)
    runs: list[list[int]] = []
    last = -2
    for at, token in enumerate(reading.tokens):
        if not token[0].isupper() or not _may_be_name(reading, at):
            continue
        joined = runs and (last == at - 1 or (last == at - 2 and reading.tokens[at - 1] in (".", "'")))
        if joined:
            runs[-1].append(at)
        else:
            runs.append([at])
        last = at
    return tuple(map(tuple, runs))


def _may_be_name(reading: Reading, at: int) -> bool:
    low = reading.lows[at]
    if at in date_tokens(reading.text) or low in WEEKDAYS:
        return False
    if low == "i" or (
        low in STOP_WORDS
        and low not in _NAMES_TOO
        and not (len(reading.tokens[at]) > 1 and reading.tokens[at].isupper())
    ):
        return False
    return not low.startswith(("i'", "it'", "he'", "she'", "we'", "they'", "that'", "don'", "there'"))


def opens(reading: Reading, at: int) -> bool:
    """Tell whether a capital may be due to the place: the first word of a sentence or of a quotation."""
    before = reading.tokens[at - 1] if at else ""
    return (
        at == 0
        or before in ('"', "“", ":", "‘", ".", "(", "—")
        or not any(token[0].isalnum() for token in reading.tokens[:at])
    )


def key(low: str) -> str:
    """Give what a word of a name is compared by: countries and their people are one."""
    return DEMONYMS.get(low, low)


@lru_cache(maxsize=4096)
def _keys(text: str) -> tuple[str, ...]:
    return tuple(map(key, read(text).lows))


def check_names(pairing: Pairing) -> list[Objection]:
    """Object to names that no source has, to names made of parts of several, and to names that changed places."""
    candidate = pairing.candidate
    found: list[str] = []
    known = _known(pairing)
    for run in names(candidate.text):
        named = [at for at in run if not (opens(candidate, at) and _is_common(pairing, candidate.lows[at]))]
        new = [
            at
            for at in named
            if key(candidate.lows[at]) not in known and not _abbreviated(candidate.tokens[at], pairing)
        ]
        if new:
            found.append(f"{_shown(candidate, run)} is in no source")
        elif len(named) > 1 and not _is_one_name([candidate.lows[at] for at in named], pairing):
            found.append(f"{_shown(candidate, run)} is no name in any source")
    if not found:
        found = [f"{a} stands where the sources have {b}" for a, b in (*_moved(pairing), *_substituted(pairing))]
    return [Objection("name", reason) for reason in dict.fromkeys(found)]


def _shown(reading: Reading, run: Sequence[int]) -> str:
    return " ".join(reading.tokens[at] for at in run)


def _known(pairing: Pairing) -> set[str]:
    """Give the keys of all words of the sources, and of the unions that are spelt out or abbreviated."""
    known: set[str] = set()
    for source in pairing.sources:
        known.update(_keys(source.text))
        text = source.text.casefold()
        for words, short in (("united states", "usa"), ("united kingdom", "uk"), ("united nations", "un"),
                             ("european union", "eu")):  # fmt: skip
            if words in text:
                known.add(short)
            if short in source.lows or (short == "usa" and not source.cased and "us" in source.lows):
                known |= {*words.split(), short}
    return known


def _is_common(pairing: Pairing, low: str) -> bool:
    """Tell whether a word is no name: the sources have it in lower case, or it is nothing that a name begins with."""
    for source in pairing.sources:
        if any(token == low for token, form in zip(source.tokens, source.lows, strict=True) if form == low):
            return True
    return low not in pairing.lows and low in COMMON


def _abbreviated(token: str, pairing: Pairing) -> bool:
    """Tell whether capitals are the initials of a name in a source."""
    letters = token.replace(".", "").rstrip("s")
    if len(letters) < 2 or not letters.isupper():
        return False
    wanted = letters.casefold()
    for source in pairing.sources:
        words = [low for low in source.lows if low[0].isalpha()]
        for kept in (words, [low for low in words if low not in _INSIDE]):
            if wanted in "".join(low[0] for low in kept):
                return True
    return False


def _is_one_name(lows: Sequence[str], pairing: Pairing) -> bool:
    """Tell whether each word of a run stands with the next in a source: side by side, or a title near its name."""
    return all(_stand_together(a, b, pairing) for a, b in itertools.pairwise(lows))


def _stand_together(a: str, b: str, pairing: Pairing) -> bool:
    loose = a in TITLES or b in TITLES or a in DEMONYMS or b in DEMONYMS
    for source in pairing.sources:
        keys = _keys(source.text)
        if key(a) not in keys or key(b) not in keys:
            continue
        seconds = [at for at, one in enumerate(keys) if one == key(b)]
        for first in [at for at, one in enumerate(keys) if one == key(a)]:
            for second in seconds:
                if 0 < second - first <= _NAME_GAP + 1 and _APART.isdisjoint(source.tokens[first + 1 : second]):
                    return True
                if loose and 0 < abs(second - first) <= _TITLE_GAP:
                    return True
    return _spelt_out(a, b, pairing)


def _spelt_out(a: str, b: str, pairing: Pairing) -> bool:
    pair = f"{a} {b}"
    short = {"united states": "usa", "united kingdom": "uk", "united nations": "un", "european union": "eu"}.get(pair)
    return short is not None and short in pairing.lows | {"us"}


def _substituted(pairing: Pairing) -> list[tuple[str, str]]:
    candidate = pairing.candidate
    if not candidate.cased:
        return []
    runs: list[tuple[int, int]] = []
    for run in names(candidate.text):
        if len(run) == 1 and opens(candidate, run[0]) and not _is_name_inside(pairing, candidate.lows[run[0]]):
            continue
        if runs and run[0] == runs[-1][1] + 2 and candidate.tokens[run[0] - 1] == "-":
            runs[-1] = runs[-1][0], run[-1]
        else:
            runs.append((run[0], run[-1]))
    return list(substituted(candidate, runs, [source for source in pairing.sources if source.cased]))


def _is_name_inside(pairing: Pairing, low: str) -> bool:
    """Tell whether a source has a word with a capital where none is due to the place."""
    return any(
        one == low and source.tokens[at][0].isupper() and not opens(source, at)
        for source in pairing.sources
        for at, one in enumerate(source.lows)
    )


def _anchors(reading: Reading) -> dict[str, list[tuple[int, int]]]:
    """Give the names of a cased sentence by their last word."""
    found: dict[str, list[tuple[int, int]]] = {}
    for run in names(reading.text):
        if len(run) > 1 or not opens(reading, run[0]) or reading.lows[run[0]] in DEMONYMS or _acts(reading, run[0]):
            found.setdefault(key(reading.lows[run[-1]]), []).append((run[0], run[-1] + 1))
    return found


def _acts(reading: Reading, at: int) -> bool:
    """Tell whether a lone capitalised first word is a name: a verb follows it."""
    after = reading.lows[at + 1] if at + 1 < len(reading.lows) else ""
    return after in SPEECH or after in BE or after in ("has", "had", "will", "would", "did") or after.endswith("ed")


def _moved(pairing: Pairing) -> list[tuple[str, str]]:
    candidate = pairing.candidate
    mine = _anchors(candidate) if candidate.cased else {}
    if not mine:
        return []
    theirs = []
    turned = passive(candidate)
    for source in pairing.sources:
        if (turned ^ passive(source)) & candidate.vocabulary & source.vocabulary:
            continue  # another voice: who did what is left to the check of roles
        places = dict(_anchors(source)) if source.cased else {}
        for at, name in enumerate(_keys(source.text)):
            if name in mine and not any(start <= at < end for start, end in places.get(name, ())):
                places[name] = [*places.get(name, ()), (at, at + 1)]
        theirs.append((source, places))
    free = SAID.union(*(passive(reading) for reading in (candidate, *pairing.sources)))
    return moved(candidate, mine, theirs, free)


@lru_cache(maxsize=4096)
def passive(reading: Reading) -> frozenset[str]:
    """Give the stems of verbs in the passive: a form of "be" up to two words before a participle, or "by" behind it."""
    found = set()
    lows = reading.lows
    for at in reading.content:
        if not lows[at].endswith(("ed", "en", "wn", "ght", "ld", "nt", "ot", "ut", "it", "un", "de", "id", "st")):
            continue
        if not BE.isdisjoint(lows[max(0, at - 3) : at]) or "by" in lows[at + 1 : at + 4]:
            found.add(reading.stems[at])
    return frozenset(found)


def passive_by(reading: Reading, at: int) -> bool:
    """Tell whether a verb has its agent behind it: "arrested by police"."""
    return "by" in reading.lows[at + 1 : at + 5]
