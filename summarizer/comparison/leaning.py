"""Whether two figures told in different words are of one thing, by what their sentences pin down.

Reporters have more words for an act than any list holds. Where two sentences name the same and nothing else, agree in
the time they name, hold one figure of the kind each, count what may be the same, and tell no two acts apart, then
other words for the act are no sign of another measure.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import Final

from summarizer.comparison.figures import Figure, Figures
from summarizer.comparison.likeness import marks_apart, roles_agree, same_unit, words_apart
from summarizer.comparison.measures import exclude, same_heads
from summarizer.quantities import Quantity

#: Words that both sentences must hold, names included; one fewer where both count and name the same.
_SHARED: Final = 3
#: Reports of one thing seldom differ by more than so many times.
_TIMES: Final = 3
#: Share of the words of the sentence that holds fewer which the other must hold.
_SHARE: Final = 0.4


def leans(figures: Figures, a: Figure, b: Figure) -> bool:
    """Tell whether nothing but the wording sets two figures apart.

    :param a: a figure.
    :param b: one of another document, which gives another value.
    """
    if not same_unit(a.quantity, b.quantity) or a.shifted != b.shifted or not roles_agree(a, b):
        return False
    if not _told_alike(a.quantity, b.quantity):
        return False
    small, great = sorted(abs(figure.quantity.value or figure.quantity.low) for figure in (a, b))
    if great > _TIMES * small or not same_heads(a.head, b.head) or exclude(a.kinds, b.kinds):
        return False
    if marks_apart(figures, a, b) or not is_only(figures, a, b) or not is_only(figures, b, a):
        return False
    names, names_other = figures.names[a.sentence], figures.names[b.sentence]
    words, words_other = figures.words[a.sentence], figures.words[b.sentence]
    if names - words_other or names_other - words:
        return False
    beside = (a.left[0], b.left[0]), (a.right[0], b.right[0])
    parallel = not names or any(one and one == other for one, other in beside)
    if parallel and words_apart(figures, a, b, words, words_other):
        return False  # "spent on roads", "spent on railways"
    shared = words & words_other
    least = _SHARED - bool(a.head and b.head and names and names == names_other)
    return len(shared) >= least and len(shared) >= _SHARE * min(len(words), len(words_other))


def _told_alike(a: Quantity, b: Quantity) -> bool:
    """Tell whether two figures are both changes or both levels, one way, and told as equally sure."""
    if a.modality and b.modality and a.modality.name != b.modality.name:
        return False
    if a.direction and b.direction and a.direction.name != b.direction.name:
        return False
    return (a.role == "change") == (b.role == "change") or a.family in ("count", "length", "mass")


def is_only(figures: Figures, figure: Figure, other: Figure) -> bool:
    """Tell whether a figure is the only one of its sentence that could be what the other is."""
    first = bisect_left(figures.all, figure.sentence, key=_sentence)
    last = bisect_right(figures.all, figure.sentence, key=_sentence)
    return not any(
        rival is not figure and same_unit(rival.quantity, other.quantity) and same_heads(rival.head, other.head)
        for rival in figures.all[first:last]
    )


def _sentence(figure: Figure) -> int:
    return figure.sentence
