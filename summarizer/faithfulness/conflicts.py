"""Sources that differ: a cluster of which they say different things is never fused."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from summarizer.faithfulness.dates import dates
from summarizer.faithfulness.numbers import Figure, figures
from summarizer.faithfulness.objections import Objection
from summarizer.guards import guard_between


def sources_differ(sources: Sequence[str]) -> Objection | None:
    """Say in what the sources of a cluster differ, or give None.

    What one has and another lacks is no difference: only where both say something of one kind, and not the same.

    :param sources: n sentences that are held to say the same; their order does not matter.
    :return: the first difference found, or None. O(n² length).
    """
    for a, b in combinations(sorted(set(sources)), 2):
        found = _between(a, b)
        if found:
            return found
    return None


def _between(a: str, b: str) -> Objection | None:
    guard = guard_between(a, b)
    if guard:
        word = {"number": "number", "negation": "negation", "subject": "name"}[guard]
        return Objection(word, f"two sources differ in a {word}")
    return _numbers(a, b) or _dates(a, b)


def _numbers(a: str, b: str) -> Objection | None:
    mine, theirs = figures(a), figures(b)
    for one in mine:
        rivals = [other for other in theirs if _comparable(one, other)]
        if rivals and not any(_equal(one, other) for other in rivals):
            free = [other for other in rivals if not any(_equal(third, other) for third in mine)]
            if free:
                return Objection("number", f"one source has {one}, another {free[0]}")
    return None


def _comparable(one: Figure, other: Figure) -> bool:
    if "ordinal" in (one.kind, other.kind) or one.kind != other.kind:
        return False
    if one.kind in ("count", "vague"):
        return not set(one.heads[:2]).isdisjoint(other.heads[:2])
    return not one.heads or not other.heads or not set(one.heads).isdisjoint(other.heads)


def _equal(one: Figure, other: Figure) -> bool:
    return (one.value, one.bound) == (other.value, other.bound) and (
        one.basis == other.basis or not (one.basis and other.basis)
    )


def _dates(a: str, b: str) -> Objection | None:
    days = [{key for key, _, _ in dates(text) if key in _DAYS} for text in (a, b)]
    if all(days) and days[0].isdisjoint(days[1]):
        return Objection("date", f"one source has {min(days[0])}, another {min(days[1])}")
    return None


_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
