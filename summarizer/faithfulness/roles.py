"""Who did what to whom: the words on the two sides of a verb may not change sides.

Without a parser: content words in order around a verb that a source has too. The passive turns the expectation round.
"""

from __future__ import annotations

from typing import Final

from summarizer.faithfulness.lexicon import IRREGULAR, SPEECH, VERBS
from summarizer.faithfulness.names import passive
from summarizer.faithfulness.objections import Objection
from summarizer.faithfulness.words import Pairing, Reading

#: Content words on each side of a verb that may be its subject or object.
_WINDOW: Final = 5
_PREPOSITIONS: Final = frozenset("from to by against".split())


def check_roles(pairing: Pairing) -> list[Objection]:
    """Object where what stands before a verb of the candidate stands after it in the sources, and the reverse."""
    candidate = pairing.candidate
    turned = passive(candidate)
    found = []
    for k, at in enumerate(candidate.content):
        if not _is_verb(candidate, at):
            continue
        best = pairing.best(k)
        verdicts = [_swapped(candidate, k, pairing.sources[s], place, turned) for s, place in best]
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


def _around(reading: Reading, k: int) -> tuple[list[str], list[str]]:
    forms = [reading.stems[at] for at in reading.content]
    return forms[max(0, k - _WINDOW) : k], forms[k + 1 : k + 1 + _WINDOW]


def _swapped(candidate: Reading, k: int, source: Reading, place: int, turned: frozenset[str]) -> bool:
    """Tell whether both sides of a verb moved to the other, the voices allowed for."""
    verb = candidate.stems[candidate.content[k]]
    left, right = _around(candidate, k)
    before, after = _around(source, place)
    if (verb in turned) != (verb in passive(source)):
        before, after = after, before
    kept = len(set(left) & set(before)) + len(set(right) & set(after))
    crossed = len(set(left) & set(after) - set(before)), len(set(right) & set(before) - set(after))
    return min(crossed) >= 1 and sum(crossed) > kept
