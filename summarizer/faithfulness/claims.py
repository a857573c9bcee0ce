"""Negation, and how certain a sentence is: neither may be lost or gained against the sources.

Each operator governs a few words. A governed word that the other side has too is looked up where its neighbours are
most alike; if it is not governed there by the like, the operator was lost, or gained.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from summarizer.faithfulness.attribution import is_attributed
from summarizer.faithfulness.lexicon import OPPOSITES, REFUSALS
from summarizer.faithfulness.objections import Objection
from summarizer.faithfulness.operators import Operator, operators
from summarizer.faithfulness.words import Pairing, Reading
from summarizer.terms import stem

#: How sure a governed word is: a candidate may not be surer than its source.
_SURENESS: Final = {"chance": 0, "hearsay": 1, "condition": 1, "intent": 2, "future": 3}
_SURE: Final = 4
_PREFIXES: Final = ("un", "in", "im", "ir", "il", "dis", "non", "mis", "anti", "counter")


def check_negation(pairing: Pairing) -> list[Objection]:
    """Object to a negation that is lost or gained, and to a word for its opposite."""
    mine = [one for one in operators(pairing.candidate.text) if one.kind == "negation"]
    found = []
    for one in mine:
        if not _has_counterpart(one, pairing):
            found.append(f"“{one.word}” is in no source before {_governed(one, pairing.candidate)}")
    found += list(_lost_negations(pairing))
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
    """Tell whether what a negation of the candidate denies is denied where the sources have it."""
    seen = False
    for k in one.scope[:2]:
        for s, place in pairing.best(k):
            seen = True
            if place in _denied(pairing.sources[s]):
                return True
    return not seen and any(
        other.kind == "negation" and other.word == one.word
        for source in pairing.sources
        for other in operators(source.text)
    )


def _lost_negations(pairing: Pairing) -> Iterator[str]:
    """Find words of the candidate that all their best counterparts deny, and the candidate does not."""
    mine = _denied(pairing.candidate)
    negations = {one.word for one in mine.values()}
    reach = [_denied(source) for source in pairing.sources]
    for k, at in enumerate(pairing.candidate.content):
        if k in mine:
            continue
        best = pairing.best(k)
        if not best or not all(place in reach[s] for s, place in best):
            continue
        s, place = best[0]
        one = reach[s][place]
        if one.scope[0] != place and not _nearest_is_kept(one, s, pairing):
            continue
        if one.word in negations or (one.word in REFUSALS and one.word in pairing.candidate.lows):
            continue
        yield f"the sources have “{one.word}” before “{pairing.candidate.tokens[at]}”"


def _nearest_is_kept(one: Operator, s: int, pairing: Pairing) -> bool:
    """Tell whether the word that a source's operator governs first is in the candidate."""
    source = pairing.sources[s]
    return source.stems[source.content[one.scope[0]]] in pairing.candidate.vocabulary


def _opposites(pairing: Pairing) -> Iterator[str]:
    """Find new words that are the opposite of a word of the sources."""
    reading = pairing.candidate
    known = pairing.vocabulary
    for at in reading.content:
        form, low = reading.stems[at], reading.lows[at]
        if form in known:
            continue
        for source in (form_of for pair in _OPPOSITE_STEMS.get(form, ()) for form_of in (pair,)):
            if source in known:
                yield f"“{low}” is the opposite of what the sources say"
                break
        else:
            if any(
                stem(prefix + low) in known or (low.startswith(prefix) and stem(low[len(prefix) :]) in known)
                for prefix in _PREFIXES
            ):
                yield f"“{low}” is the opposite of what the sources say"


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
        there, source_word = min(((*theirs[s].get(place, (_SURE, "")),) for s, place in best), key=_closest_to(here))
        if here > there and not (there == _SURENESS["hearsay"] and attributed):
            if source_word not in pairing.candidate.lows:
                found.append(f"the sources have “{source_word}” before “{pairing.candidate.tokens[at]}”")
        elif here < 2 and there > here and word not in pairing.lows:
            found.append(f"“{word}” is in no source before “{pairing.candidate.tokens[at]}”")
    return [Objection("modality", reason) for reason in dict.fromkeys(found)]


def _closest_to(here: int) -> Callable[[tuple[int, str]], tuple[int, tuple[int, str]]]:
    return lambda pair: (abs(pair[0] - here), pair)


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
