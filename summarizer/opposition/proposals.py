"""Which wordings of quotations are held against each other: those that share words that tell something. English."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Final

from summarizer.opposition.wording import CUTS, NEGATING, TURNING, read_all_words

#: Different words that tell something which two wordings must share.
_FEW: Final = 2
#: Words of a quotation that may be held against another for one word that tells something.
_SHORT: Final = 14
#: A word of more quotations than this proposes no pair, so that the pairs stay few.
_COMMON: Final = 60

#: What the words of a wording are compared by.
Keys = tuple[str, ...]


def propose_pairs(listed: Sequence[str], told: Mapping[str, Keys]) -> list[tuple[int, int]]:
    """Give the pairs of wordings that share enough different words, in order; one is enough for two short ones."""
    places: dict[str, list[int]] = defaultdict(list)
    for number, text in enumerate(listed):
        telling = [key for key in dict.fromkeys(told[text]) if key not in CUTS and key not in TURNING]
        for key in telling or [_bare(text)]:
            places[key].append(number)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for numbers in places.values():
        if len(numbers) <= _COMMON:
            for pair in combinations(numbers, 2):
                shared[pair] += 1
    short = [text.count(" ") < _SHORT for text in listed]
    return sorted((a, b) for (a, b), count in shared.items() if count >= _FEW or (short[a] and short[b]))


def _bare(text: str) -> str:
    """Give a wording of function words without what denies: "it is over"."""
    return " ".join(word.key for word in read_all_words(text, 0) if word.key not in NEGATING)
