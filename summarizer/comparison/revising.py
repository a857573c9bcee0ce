"""Whether one of two figures is a later state of the other: by the dates of the articles, or by what they say of it."""

from __future__ import annotations

import re
from typing import Final

from summarizer.comparison.alignment import Pair
from summarizer.comparison.figures import Figure
from summarizer.comparison.measures import ONGOING, grows
from summarizer.comparison.reports import Report, find_later, says_revised
from summarizer.comparison.sameness import CONFLICT, REVISED
from summarizer.comparison.spelling import words_of
from summarizer.comparison.values import withdraws
from summarizer.comparison.verdicts import Verdict
from summarizer.quantities import Quantity

#: Of these a later report tells more only where it says so: an award, a rate.
_SUMS: Final = frozenset(("money", "percent"))
#: What has been done so far is more a day later.
_PERFECT: Final = re.compile(
    r"\b(?:has|have) (?:now |so far |already |since |by now )?"
    r"(?:[a-z]+(?:ed|en|wn)|brought|found|come|sent|made|left|lost|won|sold|hit|put|cut|begun|become)\b"
)


def find_revision(
    one: Figure, other: Figure, reports: tuple[Report, Report], told: tuple[str, str], pair: Pair
) -> Verdict | None:
    """Tell a later figure from an earlier one, by the dates of the articles or by what is said of it.

    Words count only where the cross-encoder does not read that nothing was revised: "raised the alert", "has now 57
    packs". That a toll is greater a day later it cannot read, for it sees neither values nor dates.
    """
    later, _ = find_later(reports)
    for place, figure in enumerate((other, one)):
        number = words_of(figure.quantity.number, reports[1 - place].text)
        if withdraws(reports[place].text, number or ""):
            return Verdict("revision", f"One report takes back {told[1 - place]}.", 1 + place)
    growing = grows(one.kinds, one.head) or grows(other.kinds, other.head) or bool(ONGOING & one.near & other.near)
    unrevised = _reads_as_unrevised(pair)
    perfect = all(_PERFECT.search(report.text) for report in reports) and one.quantity.family == "count"
    settled = unrevised and one.quantity.family in _SUMS
    if later and (growing or perfect) and not settled and _has_grown(one.quantity, other.quantity, later):
        return Verdict("revision", f"The count may change from day to day, and {told[later - 1]} is the later.", later)
    if unrevised:
        return None
    revised = [says_revised(report, moving=bool(later) or growing) for report in reports]
    if later and revised[later - 1]:
        return Verdict("revision", f"The later report says that the figure came to be {told[later - 1]}.", later)
    if not later and revised[0] != revised[1]:
        later = 1 + revised[1]
        return Verdict("revision", f"One report says that the figure came to be {told[later - 1]}.", later)
    return None


def _reads_as_unrevised(pair: Pair) -> bool:
    judged = pair.judged
    return pair.is_read and judged is not None and judged.read_as("revision") < REVISED and judged.conflict >= CONFLICT


def _has_grown(a: Quantity, b: Quantity, later: int) -> bool:
    """Tell whether the later of two figures is the greater."""
    values = [quantity.low if quantity.value is None else quantity.value for quantity in (a, b)]
    return values[later - 1] > values[2 - later]
