"""Words that must stay, cut out of a sentence whose other words were kept: "he allegedly fired" -> "he fired"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from summarizer.faithfulness.operators import kind_of
from summarizer.faithfulness.words import Pairing, Reading, read

#: Between the word that must stay and the words beside it, these are passed over.
_GLUE: Final = frozenset("to of be been being with a an the , - have has had is are was were do does did".split())
#: Tokens that may stand in the candidate in place of what was cut out.
_GAP: Final = 4


@lru_cache(maxsize=4096)
def _kinds(text: str) -> tuple[str, ...]:
    reading = read(text)
    return tuple(kind_of(reading, at) for at in range(len(reading.lows)))


def excised(pairing: Pairing, *kinds: str) -> list[str]:
    """Find words of some kinds that the sources have between words which stand together in the candidate without.

    :param kinds: of :class:`summarizer.faithfulness.operators.Operator`.
    :return: reasons, in order.
    """
    found = []
    for source in pairing.sources:
        of_word = _kinds(source.text)
        for at, kind in enumerate(of_word):
            if kind in kinds:
                frame = _frame(source, at)
                if (
                    frame
                    and _is_bare(pairing.candidate, frame, kinds)
                    and not any(_is_bare(other, frame, kinds) for other in pairing.sources)
                ):
                    found.append(f"“{source.lows[at]}” was left out before “{frame[1]}”")
    return list(dict.fromkeys(found))


def _frame(reading: Reading, at: int) -> tuple[str, str, str] | None:
    """Give the word before, and the two after, that are no glue."""
    before = [low for low in reading.lows[max(0, at - 5) : at] if low[0].isalnum() and low not in _GLUE]
    after = [low for low in reading.lows[at + 1 : at + 8] if low[0].isalnum() and low not in _GLUE]
    if not before or len(after) < 2:
        return None
    return before[-1], after[0], after[1]


def _is_bare(reading: Reading, frame: tuple[str, str, str], kinds: Sequence[str]) -> bool:
    """Tell whether a sentence has the words of a frame together, and none of the kinds between them."""
    before, first, second = frame
    if not {before, first, second} <= reading.words:
        return False
    lows, of_word = reading.lows, _kinds(reading.text)
    for at, low in enumerate(lows):
        if low != first or second not in lows[at + 1 : at + 4]:
            continue
        for start in range(at - 1, max(-1, at - 2 - _GAP), -1):
            if lows[start] == before:
                return not any(kind in kinds for kind in of_word[start + 1 : at])
    return False
