"""Where a sentence was sewn together of two: a subject from one source before the predicate of another.

Of 17 fusions of news that had passed all other checks and were read beside their sources, one had such a seam ("staff
will be missed", of "staff will be present" and "she will be missed") and one a quotation with nothing in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from summarizer.faithfulness.lexicon import BE
from summarizer.faithfulness.objections import Objection
from summarizer.faithfulness.words import Pairing, Reading

_LEADS: Final = BE | frozenset(
    "has have had will would to may might can could shall should must did do does not never be been being".split()
)
#: Between a chain of helping words and its verb: "will be dearly missed".
_ADVERB: Final = "ly"


def check_seams(pairing: Pairing) -> list[Objection]:
    """Object to a predicate before which no source has the subject, where the subject has another one in a source.

    A subject that no source follows with helping words is left alone: it may stand for a pronoun of the source.
    """
    said = [(subject, verb) for source in pairing.sources for subject, verb in _clauses(source)]
    subjects, verbs = {subject for subject, _ in said}, {verb for _, verb in said}
    for subject, verb in _clauses(pairing.candidate):
        if subject and (subject, verb) not in said and subject in subjects and verb in verbs:
            return [Objection("link", f"no source has “{subject}” with “{verb}”")]
    return []


def _clauses(reading: Reading) -> Iterator[tuple[str, str]]:
    """Give stems of the word before each chain of helping words, empty for a pronoun, and of the word behind it."""
    lows = reading.lows
    at = 1
    while at < len(lows):
        start = at
        while at < len(lows) and lows[at] in _LEADS:
            at += 1
        behind = at
        while behind < len(lows) and lows[behind].endswith(_ADVERB):
            behind += 1
        if at > start and behind < len(lows) and reading.stems[behind]:
            yield reading.stems[start - 1], reading.stems[behind]
        at = max(at, start + 1)
