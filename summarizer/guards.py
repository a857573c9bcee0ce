"""What keeps two similar sentences from counting as the same fact.

Similarity is blind to the one word that matters: "exports fell 12.7 %" and "exports fell 34.5 %" are neighbours in
every vector space. Three guards read that word, each a plain rule that can be explained to the person who asks:

``"number"``
    a quantity of the same unit with another value, rounding and hedges ("about", "more than") allowed for;
``"negation"``
    one sentence denies what the other states ("no deal"), or the one rises where the other falls;
``"subject"``
    the same thing is said of another named actor.

They are tuned for English and for precision: a guard that is not sure stays silent, so two sentences that pass may
still say different things. In other languages little but numbers with the same unit is compared. What they compare is
read by :mod:`summarizer.facts`. What share of true paraphrases each guard blocks is measured by
``benchmarks/clustering.py``.
"""

from __future__ import annotations

from typing import Final, Literal

from summarizer.facts import Facts, read_facts

Guard = Literal["number", "negation", "subject"]

#: Counts under this are too common to tell that two sentences state one figure.
_TELLING: Final = 10
#: Share of the shorter predicate's stems that both must hold for it to be the same predicate.
_SAME_PREDICATE: Final = 0.5


def guard_between(a: str, b: str) -> Guard | None:
    """Name the guard that keeps two sentences from counting as the same fact.

    :param a: one sentence.
    :param b: the other; the order of the two does not matter.
    :return: the first of number, negation, subject that fires, or None.

    O(length).

    >>> guard_between("Exports fell 12.7% in May.", "Exports fell 34.5% in May.")
    'number'
    >>> guard_between("Exports fell 12.7% in May.", "Exports fell about 13% in May.") is None
    True
    """
    return conflict(read_facts(a), read_facts(b))


def conflict(a: Facts, b: Facts) -> Guard | None:
    """Name the guard that fires between two sentences already read, or None; see :func:`guard_between`."""
    if a.may_count and b.may_count and other_number(a, b):
        return "number"
    if (a.may_tell or b.may_tell) and negated(a, b):
        return "negation"
    return "subject" if other_subject(a, b) else None


def other_number(a: Facts, b: Facts) -> bool:
    """Tell whether a unit stands in both with values that cannot be the same, while no quantity agrees."""
    conflict = False
    for mine in a.amounts:
        shared = [theirs for theirs in b.amounts if not set(mine.units).isdisjoint(theirs.units)]
        if any(mine.agrees(theirs) for theirs in shared):
            return False
        conflict = conflict or bool(shared)
    return conflict


def same_figure(a: Facts, b: Facts) -> bool:
    """Tell whether both state one figure, without a hedge; counts under ten are too common to tell anything."""
    return any(
        mine.low == mine.high
        and theirs.low == theirs.high
        and (mine.low >= _TELLING or mine.slack < 0.5)
        and not set(mine.units).isdisjoint(theirs.units)
        and mine.agrees(theirs)
        for mine in a.amounts
        for theirs in b.amounts
    )


def negated(a: Facts, b: Facts) -> bool:
    """Tell whether one sentence denies what the other states without any negation, or moves the other way."""
    if a.direction * b.direction < 0:
        return True
    if a.negative == b.negative:
        return False
    denying, stating = (a, b) if a.negative else (b, a)
    return not (denying.denied | denying.undone).isdisjoint(stating.stems)


def other_subject(a: Facts, b: Facts) -> bool:
    """Tell whether two different named actors open the sentences, neither names the other's, and the rest agrees."""
    if not a.subject or not b.subject or a.subject & b.names or b.subject & a.names:
        return False
    if _abbreviates(a.subject, b.subject):
        return False
    shorter = min(len(a.predicate), len(b.predicate))
    return shorter > 0 and len(a.predicate & b.predicate) >= _SAME_PREDICATE * shorter


def _abbreviates(a: frozenset[str], b: frozenset[str]) -> bool:
    """Tell whether one name is written with the initials of the other."""
    for short, long in ((a, b), (b, a)):
        initials = sorted(word[0] for word in long)
        if any(sorted(word) == initials for word in short if len(word) > 1):
            return True
    return False
