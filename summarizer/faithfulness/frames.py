"""What stands before a claim and says how it is meant: "the call showed that", "we think", "both said they".

All of it may be in a source, and the claim in another: then the frame was set before what it was not said of.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from summarizer.faithfulness.lexicon import SPEECH
from summarizer.faithfulness.objections import Objection
from summarizer.faithfulness.words import Pairing, Reading

#: Share of the content words of a claim that a source must have behind the same frame.
_FRAMED: Final = 0.6
#: Share of the content words of a candidate that stand behind "we think" in a source, for it to be a view.
_VIEW: Final = 0.8
_THINKING: Final = frozenset(("think", "believe", "guess", "suspect", "feel"))
_WE: Final = frozenset(("i", "we"))
_THEY: Final = frozenset(("they", "both"))
#: Tokens before "said they" in which two are looked for.
_REACH: Final = 24
#: Names in capitals that make one more than one: "officials" needs none.
_AND: Final = "and"


def check_frames(pairing: Pairing) -> list[Objection]:
    """Object to a claim behind another's frame, to a view without the one whose view it is, and to "they" for one."""
    found = [*_reframed(pairing), *_unframed(pairing), *_one_for_two(pairing)]
    return [Objection("attribution", reason) for reason in found[:1]]


def _behind_that(reading: Reading) -> Iterator[tuple[str, frozenset[str]]]:
    """Give each word before "that" which shows or says, with the stems behind."""
    for at in range(1, len(reading.lows) - 1):
        if reading.lows[at] == "that" and reading.lows[at - 1] in SPEECH:
            yield reading.lows[at - 1], frozenset(filter(None, reading.stems[at + 1 :]))


def _reframed(pairing: Pairing) -> Iterator[str]:
    theirs = [row for source in pairing.sources for row in _behind_that(source)]
    for word, claim in _behind_that(pairing.candidate):
        behind = [claim & other for verb, other in theirs if verb == word]
        known = claim & pairing.vocabulary
        if behind and max(map(len, behind)) < _FRAMED * len(known):
            yield f"what stands behind “{word} that” stands elsewhere in the sources"


def _unframed(pairing: Pairing) -> Iterator[str]:
    candidate = pairing.candidate
    if not _WE.isdisjoint(candidate.lows) or not candidate.vocabulary:
        return
    wanted = candidate.vocabulary
    for source in pairing.sources:
        lows = source.lows
        at = next((at for at in range(1, len(lows)) if lows[at] in _THINKING and lows[at - 1] in _WE), None)
        if at is None or source.quoted[at]:
            continue
        view = wanted & frozenset(filter(None, source.stems[at + 1 :]))
        others = (len(wanted & other.vocabulary) for other in pairing.sources if other is not source)
        if len(view) >= _VIEW * len(wanted) and max(others, default=0) < len(view):
            yield f"a source has “{lows[at - 1]} {lows[at]}” before it"


def _one_for_two(pairing: Pairing) -> Iterator[str]:
    """Find "B said they" where the sources have "A and B said they"."""
    for verb, alone in _said_they(pairing.candidate):
        theirs = [other for source in pairing.sources for word, other in _said_they(source) if word == verb]
        if alone and theirs and not any(theirs):
            yield f"the sources have more than one before “{verb} they”"


def _said_they(reading: Reading) -> Iterator[tuple[str, bool]]:
    """Give each verb of saying before "they", and whether a single name stands before it."""
    lows, tokens = reading.lows, reading.tokens
    for at in range(1, len(lows) - 1):
        if lows[at] in SPEECH and lows[at + 1] in _THEY:
            before = range(max(0, at - _REACH), at)
            named = any(tokens[place][0].isupper() and place for place in before)
            yield lows[at], named and not any(lows[place] == _AND for place in before)
