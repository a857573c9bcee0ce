"""Where two wordings of one utterance part, and whether what they say there differs in substance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from itertools import pairwise
from typing import Final

from summarizer.opposition.wording import CUTS, TURNING, Word

#: A gap with more words than this on a side is another sentence, not another word.
_GAP: Final = 3
#: Letters that words of one root begin with: "delivery", "delivering".
_ROOT: Final = 3
#: Names written in two ways: of so many letters, and as much alike, by Ratcliff and Obershelp.
_LONG_NAME, _ALIKE = 5, 0.75
_POSSESSIVE: Final = ("'s", "’s")


@dataclass(frozen=True, slots=True)
class Difference:
    """Where two wordings part.

    :param mine: words of the one; empty where it has none.
    :param theirs: words of the other.
    """

    mine: tuple[Word, ...]
    theirs: tuple[Word, ...]


def find_differences(
    mine: Sequence[Word], theirs: Sequence[Word], blocks: Sequence[Match]
) -> tuple[Difference, ...] | None:
    """Give where two aligned wordings part; None where they go on as two different sentences."""
    found = []
    ends = [Match(0, 0, 0), *blocks, Match(len(mine), len(theirs), 0)]
    for k, (one, two) in enumerate(pairwise(ends)):
        gap = tuple(mine[one.a + one.size : two.a]), tuple(theirs[one.b + one.size : two.b])
        if max(map(len, gap)) > _GAP and min(map(len, gap)) > 0:
            return None
        inside = 0 < k < len(ends) - 2
        if (inside or all(gap)) and (
            _differs(*gap) or (inside and _owned(mine[one.a + one.size - 1], theirs[one.b + one.size - 1]))
        ):
            found.append(Difference(*gap))
    return tuple(found)


def _owned(mine: Word, theirs: Word) -> bool:
    """Tell "the president" from "the president's lawyer"."""
    return mine.text.endswith(_POSSESSIVE) != theirs.text.endswith(_POSSESSIVE)


def _differs(mine: Sequence[Word], theirs: Sequence[Word]) -> bool:
    """Tell whether what stands between two words that both quotations have says something else."""
    keys, others = {word.key for word in mine}, {word.key for word in theirs}
    if not CUTS.isdisjoint(keys | others):
        return False
    turned = (keys ^ others) & TURNING
    if turned:
        return True
    if not keys - others or not others - keys:
        return any(key[0].isdecimal() for key in keys ^ others)
    return not _misspelt(mine, theirs)


def _misspelt(mine: Sequence[Word], theirs: Sequence[Word]) -> bool:
    """Tell one name or long word written in two ways, as names from other scripts are."""
    if _glued(mine) == _glued(theirs):  # "flag pole"
        return True
    return len(mine) == len(theirs) and all(
        one.key.startswith(two.key[: max(len(two.key) - 1, _ROOT)])
        or two.key.startswith(one.key[: max(len(one.key) - 1, _ROOT)])
        or (
            min(len(one.text), len(two.text)) >= _LONG_NAME
            and one.text[0] == two.text[0]
            and (one.text[0].isupper() or one.text[-1] == two.text[-1])
            and SequenceMatcher(None, one.text, two.text, autojunk=False).ratio() >= _ALIKE
        )
        for one, two in zip(mine, theirs, strict=True)
    )


def _glued(words: Sequence[Word]) -> str:
    return "".join(dict.fromkeys(word.text.lower().replace("-", "") for word in words))


def told_apart(difference: Difference) -> tuple[Sequence[Word], Sequence[Word]]:
    """Give the words of a difference that the other side has not."""
    mine, theirs = difference.mine, difference.theirs
    keys, others = {word.key for word in mine}, {word.key for word in theirs}
    return [word for word in mine if word.key not in others], [word for word in theirs if word.key not in keys]
