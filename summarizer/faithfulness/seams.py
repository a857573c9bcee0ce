"""Where a sentence was sewn together of two: a subject from one source before the predicate of another.

Of 51 fusions of news that had passed the other checks and were read beside their sources, 19 were ungrammatical or
misleading, nearly all where words of two sources met ("staff will be missed", of "staff will be present" and "she will
be missed").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from summarizer.faithfulness.lexicon import HELPING
from summarizer.faithfulness.objections import Objection
from summarizer.faithfulness.words import Pairing, Reading, read

_CHAIN: Final = HELPING | frozenset(("shall", "not", "never"))
#: Words that must stand together in a source, in their order, and within how many. Three instead of four took six of
#: those 19 and four of the 32 good ones.
_RUN: Final = 4
_WINDOW: Final = 10
#: Where two clauses may be joined.
_JOINTS: Final = frozenset("and but or while who which that as after before when where although because".split())
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
        while at < len(lows) and lows[at] in _CHAIN:
            at += 1
        behind = at
        while behind < len(lows) and lows[behind].endswith(_ADVERB):
            behind += 1
        if at > start and behind < len(lows) and reading.stems[behind]:
            yield reading.stems[start - 1], reading.stems[behind]
        at = max(at, start + 1)


def find_loose_seam(candidate: str, sources: Sequence[str]) -> Objection | None:
    """Find words in a row that no source has together, in that order and close by, without a joint between them.

    It is no part of the gate, for it takes every third faithful paraphrase for a bad seam; of what a fuser that copies
    runs of words gave, it took five good fusions in 32, and eight in 19 that were ungrammatical or misleading.
    """
    places = [_Places(read(source).lows) for source in sources]
    words: list[str] = []
    for low in read(candidate).lows:
        if low in _JOINTS or not low[0].isalnum():
            words = []
            continue
        words = [*words[-(_RUN - 1) :], low]
        if len(words) == _RUN and not any(source.have(words) for source in places):
            return Objection("seam", f"no source has “{' '.join(words)}” together")
    return None


class _Places:
    """Where the words of a source stand."""

    def __init__(self, lows: list[str]) -> None:
        self._of: dict[str, list[int]] = {}
        for at, low in enumerate(low for low in lows if low[0].isalnum()):
            self._of.setdefault(low, []).append(at)

    def have(self, words: list[str]) -> bool:
        """Say whether the words stand in this order within a window of words."""
        for first in self._of.get(words[0], ()):
            last = first
            for word in words[1:]:
                last = next((at for at in self._of.get(word, ()) if at > last), first + _WINDOW)
            if last < first + _WINDOW:
                return True
        return False
