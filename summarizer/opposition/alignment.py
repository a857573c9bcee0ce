"""Where two wordings of one utterance part, and whether what they say there differs in substance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from itertools import combinations, pairwise
from typing import Final

from summarizer.opposition.turns import is_like, is_turned
from summarizer.opposition.wording import CUTS, NEGATING, TURNING, Word, read_all_words
from summarizer.terms import STOP_WORDS

#: A gap with more words than this on a side is another sentence, not another word.
_GAP: Final = 3
#: A gap with so many words on both sides is the same thing in words of a translator's, or another sentence.
_RETOLD: Final = 2
#: Letters that words of one root begin with: "delivery", "delivering".
_ROOT: Final = 3
#: Names written in two ways: of so many letters, and as much alike, by Ratcliff and Obershelp.
_LONG_NAME, _ALIKE = 5, 0.75
#: Words that both must have in order, and their share of all words of both, where all words are held together.
_SHARED, _SHARE = 2, 0.6
#: The same where the one place has another word that is no opposite: "a triumph", "a scandal".
_SHARED_OTHER, _SHARE_OTHER = 4, 0.7
#: An opposite stands among so many words.
_TURNED: Final = 2
_POSSESSIVE: Final = ("'s", "’s")
#: Different words that tell something which two wordings must share.
_SHARED_TOLD: Final = 2
#: Words of a quotation that may be held against another for one word that tells something.
_SHORT: Final = 14
#: A word of more quotations than this proposes no pair, so that the pairs stay few.
_COMMON: Final = 60

#: What the words of a wording are compared by.
Keys = tuple[str, ...]


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
        if min(map(_telling, gap)) >= _RETOLD:
            return None
        inside = 0 < k < len(ends) - 2
        if (inside or all(gap)) and (
            _differs(*gap) or (inside and _owned(mine[one.a + one.size - 1], theirs[one.b + one.size - 1]))
        ):
            found.append(Difference(*gap))
    return tuple(found)


def _telling(words: Sequence[Word]) -> int:
    """Count words that are no number and turn nothing; of several on either side one was translated, or retold."""
    return sum(not word.key[0].isdecimal() and word.key not in TURNING for word in words)


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
    return not (_misspelt(mine, theirs) or _renders(mine, theirs))


def _renders(mine: Sequence[Word], theirs: Sequence[Word]) -> bool:
    """Tell words of one meaning, as two translators choose them."""
    told = [word.key for word in mine], [word.key for word in theirs]
    return len(mine) == len(theirs) and all(a == b or is_like(a, b) for a, b in zip(*told, strict=True))


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


def find_turn(mine: Sequence[Word], theirs: Sequence[Word]) -> tuple[Difference, ...] | None:
    """Find the one place where two wordings say the opposite, all their words held against each other.

    Short utterances share too few words that tell something to be aligned by those: "I will resign", "I won't resign".
    Here all words count, so little else may differ.

    :param mine: every word of the one.
    :param theirs: of the other.
    :return: nothing where only small words differ; None where they are not so alike, or differ in more places.
        O(product of the lengths).
    """
    a, b = [word.key for word in mine], [word.key for word in theirs]
    operations = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    shared = sum(high - low for kind, low, high, _, _ in operations if kind == "equal")
    if shared < _SHARED or 2 * shared < _SHARE * (len(a) + len(b)):
        return None
    found = []
    for kind, low, high, start, end in operations:
        gap = Difference(tuple(mine[low:high]), tuple(theirs[start:end]))
        if kind == "equal":
            continue
        if _turns(gap):
            found.append(gap)
        elif kind == "replace" and not _is_small(gap):
            inside = low > 0 and high < len(a) and start > 0 and end < len(b)
            alike = shared >= _SHARED_OTHER and 2 * shared >= _SHARE_OTHER * (len(a) + len(b))
            if not (inside and alike):
                return None
            found.append(gap)
    return tuple(found) if len(found) <= 1 else None


def _turns(gap: Difference) -> bool:
    """Tell whether a place has a negation that the other has not, opposites, or two numbers."""
    mine, theirs = ([word.key for word in words] for words in (gap.mine, gap.theirs))
    if max(len(mine), len(theirs)) <= _TURNED and any(is_turned(one, other) for one in mine for other in theirs):
        return True
    negations = [sum(key in NEGATING for key in keys) for keys in (mine, theirs)]
    told = [[key for key in keys if key not in NEGATING and key not in STOP_WORDS] for keys in (mine, theirs)]
    if (negations[0] - negations[1]) % 2:
        return not any(told)
    return all(told) and all(len(keys) == 1 and keys[0][0].isdecimal() for keys in told)


def _is_small(gap: Difference) -> bool:
    """Tell whether a place has only function words on a side, or what does not differ in substance."""
    mine, theirs = ([word for word in words if word.key not in STOP_WORDS] for words in (gap.mine, gap.theirs))
    return not mine or not theirs or not _differs(mine, theirs)


def tell_differences(name: str, differences: Sequence[Difference]) -> str:
    """Say where two wordings part, and who is quoted."""
    parts = []
    for difference in differences:
        mine, theirs = (" ".join(dict.fromkeys(word.text for word in words)) for words in told_apart(difference))
        if mine and theirs:
            parts.append(f"“{mine}” in one, “{theirs}” in the other")
        else:
            parts.append(f"“{mine or theirs}” in one only")
    who = f"{name} is quoted" if name else "one utterance is quoted"
    return f"{who} in different words: {'; '.join(parts)}"


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
    return sorted((a, b) for (a, b), count in shared.items() if count >= _SHARED_TOLD or (short[a] and short[b]))


def _bare(text: str) -> str:
    """Give a wording of function words without what denies: "it is over"."""
    return " ".join(word.key for word in read_all_words(text, 0) if word.key not in NEGATING)
