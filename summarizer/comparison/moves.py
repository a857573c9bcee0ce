"""How one sentence turns into another: words kept in one order, put in the place of others, added."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from summarizer.wordnet import KIN, kinship


@dataclass(frozen=True, slots=True)
class Moves:
    """How one sentence turns into another, words that tell nothing left out.

    :param kept: the share of the words of the shorter one that stand in one order in both, in [0, 1].
    :param swapped: pairs of words in one place, of which each sentence has its own and which are not kin.
    :param added: words in a place where the other sentence has none.
    """

    kept: float
    swapped: tuple[tuple[str, str], ...]
    added: tuple[str, ...]


@lru_cache(maxsize=1 << 12)
def find_moves(one: tuple[str, ...], other: tuple[str, ...]) -> Moves:
    """Line two sentences up by the longest run of words that stand in one order in both. O(product of lengths)."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    swapped: list[tuple[str, str]] = []
    added: list[str] = []
    kept = 0
    everything = {*one}, {*other}
    for tag, low, high, low_other, high_other in matcher.get_opcodes():
        mine = [key for key in one[low:high] if key not in everything[1]]
        theirs = [key for key in other[low_other:high_other] if key not in everything[0]]
        if tag == "equal":
            kept += high - low
        elif mine and theirs and not any(kinship(a, b) in KIN for a in mine for b in theirs):
            swapped.append((mine[-1], theirs[-1]))
        elif not (mine and theirs):
            added += mine or theirs
    return Moves(kept / max(1, min(len(one), len(other))), tuple(swapped), tuple(added))
