"""Negation, and how certain a sentence is: neither may be lost or gained against the sources.

Each operator governs a few words. A governed word that the other side has too is looked up where its neighbours are
most alike; if it is not governed there by the like, the operator was lost, or gained. Beside that, a word that must
stay is missed where the words on both sides of it are kept: :func:`excised`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Final

from summarizer.faithfulness.attribution import is_attributed, speeches
from summarizer.faithfulness.excision import excised
from summarizer.faithfulness.lexicon import CONVICTIONS, OPPOSITES
from summarizer.faithfulness.objections import Objection
from summarizer.faithfulness.operators import Operator, operators
from summarizer.faithfulness.words import Pairing, Reading, likeness
from summarizer.terms import stem

#: How sure a governed word is: a candidate may not be surer than its source.
_SURENESS: Final = {"chance": 0, "hearsay": 1, "condition": 1, "intent": 2, "future": 3}
_SURE: Final = 4
_PREFIXES: Final = ("un", "in", "im", "ir", "il", "dis", "non", "mis", "anti", "counter")
#: Share of the neighbours of a new word that its opposite has in a source, for the one to stand for the other.
_IN_PLACE: Final = 0.4
#: Tokens before a word in which its negation is looked for.
_REACH: Final = 6


def check_negation(pairing: Pairing) -> list[Objection]:
    """Object to a negation that is lost or gained, and to a word for its opposite."""
    found = [
        f"“{one.word}” is in no source before {_governed(one, pairing.candidate)}"
        for one in operators(pairing.candidate.text)
        if one.kind == "negation" and not _has_counterpart(one, pairing)
    ]
    found += list(_lost_negations(pairing))
    found += excised(pairing, "negation")
    found += list(_opposites(pairing))
    return [Objection("negation", reason) for reason in dict.fromkeys(found)]


def _governed(one: Operator, reading: Reading) -> str:
    return "“" + " ".join(reading.tokens[reading.content[k]] for k in one.scope[:2]) + "”"


def _denied(reading: Reading) -> dict[int, Operator]:
    """For each governed content word, the negation; the nearest wins."""
    found: dict[int, Operator] = {}
    for one in operators(reading.text):
        if one.kind == "negation":
            for k in one.scope:
                found.setdefault(k, one)
    return found


def _has_counterpart(one: Operator, pairing: Pairing) -> bool:
    """Tell whether the first word that a negation of the candidate denies is denied where the sources have it."""
    for k in one.scope:
        best = pairing.best(k)
        if best:
            return any(place in _denied(pairing.sources[s]) for s, place in pairing.near(k)) or _is_there(one, pairing)
    return any(
        other.kind == "negation" and other.word == one.word
        for source in pairing.sources
        for other in operators(source.text)
    )


def _is_there(one: Operator, pairing: Pairing) -> bool:
    """Tell whether a source has the negation with the same word right behind it."""
    lows = pairing.candidate.lows
    after = {pair for pair in pairwise(lows) if pair[0] == one.word}
    return any(pair in after for source in pairing.sources for pair in pairwise(source.lows)) and one.word not in (
        "not",
        "no",
    )


def _lost_negations(pairing: Pairing) -> Iterator[str]:
    """Find words of the candidate that all their best counterparts deny, and the candidate does not."""
    mine = _denied(pairing.candidate)
    words = {one.word for one in operators(pairing.candidate.text) if one.kind == "negation"}
    reach = [_denied(source) for source in pairing.sources]
    for k, at in enumerate(pairing.candidate.content):
        best = pairing.best(k) if k not in mine else []
        if not best or not all(place in reach[s] for s, place in best):
            continue
        s, place = best[0]
        one = reach[s][place]
        if one.scope[0] != place and not _nearest_is_kept(one, s, pairing):
            continue
        if words and not words.isdisjoint(pairing.candidate.lows[max(0, at - _REACH) : at]):
            continue
        yield f"the sources have “{one.word}” before “{pairing.candidate.tokens[at]}”"


def _nearest_is_kept(one: Operator, s: int, pairing: Pairing) -> bool:
    """Tell whether the word that a source's operator governs first is in the candidate."""
    source = pairing.sources[s]
    return source.stems[source.content[one.scope[0]]] in pairing.candidate.vocabulary


def _opposites(pairing: Pairing) -> Iterator[str]:
    """Find new words that stand where the sources have the opposite."""
    reading = pairing.candidate
    for k, at in enumerate(reading.content):
        form, low = reading.stems[at], reading.lows[at]
        if form in pairing.vocabulary:
            continue
        if low in CONVICTIONS:
            yield f"“{low}” is in no source"
        rivals = set(_OPPOSITE_STEMS.get(form, ()))
        rivals |= {stem(prefix + low) for prefix in _PREFIXES}
        rivals |= {
            stem(low[len(prefix) :]) for prefix in _PREFIXES if low.startswith(prefix) and len(low) > len(prefix) + 3
        }
        if any(_stands_for(k, rival, pairing) for rival in sorted(rivals & pairing.vocabulary)):
            yield f"“{low}” is the opposite of what the sources say"


def _stands_for(k: int, rival: str, pairing: Pairing) -> bool:
    around = pairing.candidate.around(k)
    least = max(_IN_PLACE * likeness(around, around), 1)
    return any(
        likeness(around, source.around(place)) >= least
        for source in pairing.sources
        for place in source.places.get(rival, ())
    )


def _opposite_stems() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for a, b in OPPOSITES:
        for one, other in ((stem(a), stem(b)), (stem(b), stem(a))):
            found[one] = (*found.get(one, ()), other)
    return found


_OPPOSITE_STEMS: Final = _opposite_stems()


def check_modality(pairing: Pairing) -> list[Objection]:
    """Object to a sentence that is surer than its sources, or that doubts what they do not."""
    found = []
    theirs = [_surenesses(source) for source in pairing.sources]
    mine = _surenesses(pairing.candidate)
    attributed = is_attributed(pairing.candidate)
    for k, at in enumerate(pairing.candidate.content):
        best = pairing.best(k)
        if not best:
            continue
        here, word = mine.get(k, (_SURE, ""))
        levels = [(*theirs[s].get(place, (_SURE, "")), s) for s, place in best]
        there, source_word, s = min(levels, key=_closest_to(here))
        if here > there:
            hearsay = there == _SURENESS["hearsay"] and attributed and not speeches(pairing.sources[s].text)
            if source_word not in pairing.candidate.lows and not hearsay:
                found.append(f"the sources have “{source_word}” before “{pairing.candidate.tokens[at]}”")
        elif here < 2 and there > here and word not in pairing.lows:
            found.append(f"“{word}” is in no source before “{pairing.candidate.tokens[at]}”")
    found += excised(pairing, "chance", "hearsay", "intent", "condition")
    return [Objection("modality", reason) for reason in dict.fromkeys(found)]


def _closest_to(here: int) -> Callable[[tuple[int, str, int]], tuple[int, tuple[int, str, int]]]:
    return lambda level: (abs(level[0] - here), level)


def _surenesses(reading: Reading) -> dict[int, tuple[int, str]]:
    """Give the sureness of each governed content word, the least where several govern, and the word that governs."""
    found: dict[int, tuple[int, str]] = {}
    for one in operators(reading.text):
        level = _SURENESS.get(one.kind)
        if level is None:
            continue
        for k in one.scope[: 1 if one.kind in ("future", "intent", "chance") else None]:
            found[k] = min(found.get(k, (_SURE, "")), (level, one.word))
    return found
