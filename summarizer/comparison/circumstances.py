"""Against what, per what and of what time two figures are told."""

from __future__ import annotations

import re
from typing import Final

from summarizer.comparison.explaining import frame
from summarizer.comparison.figures import Figure
from summarizer.comparison.periods import Period, compare_periods, read_times
from summarizer.comparison.reports import Report
from summarizer.comparison.spelling import words_of
from summarizer.comparison.verdicts import Verdict
from summarizer.quantities import Quantity, Span

_EACH: Final = re.compile(r"\b(?:[Ee]ach|apiece|[Ee]very)\b")
_TOGETHER: Final = re.compile(
    r"\b(?:[Tt]ogether|combined|altogether|[Ii]n all|[Ii]n total|[Aa]ll of the|[Aa] total of)\b"
)
#: What a change is told against where it is none of the usual bases.
_AGAINST: Final = re.compile(
    r"\b(?:since|against|compared|[Ww]ithout|(?:from|below|above|than) (?:its|their|the|a|an|last|[A-Z]\w+(?:'s|’s))|"
    r"in \w+ years|over \w+ years|(?:years?|months?|weeks?|days?) (?:ago|before|earlier))\b"
)
#: Lengths and the like do not change with the time that a sentence happens to name.
LASTING: Final = frozenset(("length", "area", "volume", "mass", "speed", "temperature", "duration"))


def name_of(span: Span | None) -> str:
    """Give the one spelling of a span; nothing where there is none."""
    return span.name.strip() if span else ""


def judge_base(a: Quantity, b: Quantity, reports: tuple[Report, Report]) -> Verdict | None:
    """Tell a figure against or per one thing from one against or per another."""
    mine, theirs = name_of(a.basis), name_of(b.basis)
    if not mine and not theirs:
        each = [_EACH.search(report.text) is not None for report in reports]
        whole = [_TOGETHER.search(report.text) is not None for report in reports]
        apart = (each[0] and whole[1] and not each[1]) or (each[1] and whole[0] and not each[0])
        return Verdict("other base", "One is told of each, the other of all together.") if apart else None
    if mine.lower() == theirs.lower():
        return None
    told, silent = (mine, reports[1]) if mine else (theirs, reports[0])
    if not (mine and theirs) and _AGAINST.search(silent.text):
        return Verdict("other base", f"One is told {told}, the other against something else.")
    if mine and theirs:
        return Verdict("other base", f"One is told {mine}, the other {theirs}.")
    if (mine or theirs).startswith("per "):  # a rate and a total
        return Verdict("other base", f"One is told {mine or theirs}, the other is not.")
    return Verdict("unknown", f"One is told {mine or theirs}; the other does not say against or per what it is told.")


def same_steps(one: Figure, other: Figure, reports: tuple[Report, Report]) -> bool:
    """Tell whether both clauses name one thing that figures are told against or per."""
    mine, theirs = frame(one, reports[0]), frame(other, reports[1])
    named = name_of(one.quantity.basis) or name_of(other.quantity.basis)
    if named.startswith("per "):
        step = named.removeprefix("per ")
        silent = (reports[1] if one.quantity.basis else reports[0]).text
        if "each" in mine.each | theirs.each and re.search(rf"\b{re.escape(step)}s\b", silent):
            return True  # "sold shares at $18 each"
        return step in mine.each & theirs.each
    step = named.removeprefix("since ").lower()
    return any(step in word for word in mine.steps & theirs.steps)


def judge_period(one: Figure, other: Figure, reports: tuple[Report, Report], agree: bool) -> Verdict | None:
    """Tell a figure of one time from one of another.

    :param agree: whether the values do: then only what both say tells them apart.
    """
    standing = compare_periods(one.period, other.period)
    mine, theirs = words_of(one.quantity.period, reports[0].text), words_of(other.quantity.period, reports[1].text)
    if standing == "other":
        return Verdict("other period", f"One is of {mine}, the other of {theirs}.")
    if standing == "same":
        return None
    if agree:
        return None
    times = _times(one, reports[0]), _times(other, reports[1])
    if all(times) and all(compare_periods(a, b) == "other" for a in times[0] for b in times[1]):
        return Verdict("other period", f"One speaks of {times[0][0].words}, the other of {times[1][0].words}.")
    if any(compare_periods(a, b) == "same" for a in times[0] for b in times[1]):
        return None
    lasting = one.quantity.family in LASTING
    if standing == "one" and not lasting and (one.period.is_span or other.period.is_span):
        return Verdict("unknown", f"One is of {mine or theirs}; the other does not say of what time it is.")
    return None


def _times(figure: Figure, report: Report) -> tuple[Period, ...]:
    """Give the time of a figure; those of its sentence where its own is not said."""
    return (figure.period,) if figure.period.words else read_times(report.text, report.published)
