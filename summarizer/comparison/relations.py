"""How two figures of one matter stand to one another, and what decided it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from summarizer.comparison.alignment import Pair
from summarizer.comparison.figures import Figure
from summarizer.comparison.likeness import same_unit
from summarizer.comparison.measures import grows, kinds_oppose
from summarizer.comparison.periods import Period, compare_periods, read_times
from summarizer.comparison.reports import Report, find_later, find_speakers, says_revised
from summarizer.comparison.spelling import spell, words_of
from summarizer.findings import Relation
from summarizer.quantities import Quantity, Span

#: What is said to come is no outcome.
_AHEAD: Final = frozenset(("forecast", "target", "plan"))
#: Kinds whose level is itself a change.
_RATES: Final = frozenset(("growth", "inflation"))
_EACH: Final = re.compile(r"\b(?:[Ee]ach|apiece|[Ee]very)\b")
_TOGETHER: Final = re.compile(
    r"\b(?:[Tt]ogether|combined|altogether|[Ii]n all|[Ii]n total|[Aa]ll of the|[Aa] total of)\b"
)
#: What a change is told against where it is none of the usual bases.
_AGAINST: Final = re.compile(
    r"\b(?:since|against|compared|[Ww]ithout|(?:from|below|above|than) (?:its|their|the|a|an|last|[A-Z]\w+(?:'s|’s))|"
    r"in \w+ years|over \w+ years|(?:years?|months?|weeks?|days?) (?:ago|before|earlier))\b"
)
_CHANGES: Final = re.compile(
    r"\b(?:up|down|higher|lower|below|above|less|more|fewer|smaller|larger|added|lost|gained|shed|cut)\b"
)
#: Lengths and the like do not change with the time that a sentence happens to name.
_LASTING: Final = frozenset(("length", "area", "volume", "mass", "speed", "temperature", "duration"))


@dataclass(frozen=True, slots=True)
class Verdict:
    """How two figures stand to one another.

    :param relation: the relation.
    :param reason: what decided it, in one sentence.
    :param later: which is the later of a revision: 1 or 2; 0 elsewhere.
    """

    relation: Relation
    reason: str
    later: int = 0


def relate(one: Figure, other: Figure, reports: tuple[Report, Report], pair: Pair) -> Verdict:
    """Say how two aligned figures stand to one another.

    Tested in this order: what is measured; unit; basis; period; whether it was foretold; value; whether it was revised;
    who speaks; the words around. The first that explains a difference decides, and what is left is a conflict.

    :param one: a figure.
    :param other: one of another origin, aligned with it.
    :param reports: where they stand.
    :param pair: how close they are, and what tells them apart.
    """
    a, b = one.quantity, other.quantity
    told = (spell(a, reports[0].text), spell(b, reports[1].text))
    match = pair.match
    agree = match in ("equal", "rounded")
    based = _basis(a, b, reports) if not agree or _both(a.basis, b.basis) else None
    timed = _period(one, other, reports, agree)
    explained = _measure(one, other, pair, None if agree else reports) or _unit(a, b)
    for verdict in (explained, based, timed, _ahead(a, b, reports, agree)):
        if verdict and verdict.relation != "unknown":
            return verdict
    if match == "equal":
        if kinds_oppose(one.kinds, other.kinds):
            return Verdict("conflict", f"One tells {told[0]} of {_kinds(one)}, the other of {_kinds(other)}.")
        return Verdict("agreement", f"Both say {told[0]}.")
    if match == "rounded":
        return Verdict("rounding", f"{told[0]} and {told[1]} allow for one another.")
    return (
        _revision(one, other, reports, told)
        or _attribution(a, b, reports)
        or based
        or timed
        or _unexplained(one, other, reports, told, match, pair)
    )


def _both(one: Span | None, other: Span | None) -> bool:
    return one is not None and other is not None


def same_basis(a: Quantity, b: Quantity) -> bool:
    """Tell whether two figures may be told against the same basis: none of them is, or one, or both the same."""
    mine, theirs = _name(a.basis).lower(), _name(b.basis).lower()
    return not mine or not theirs or mine == theirs


def _name(span: Span | None) -> str:
    return span.name.strip() if span else ""


def _ahead(a: Quantity, b: Quantity, reports: tuple[Report, Report], agree: bool) -> Verdict | None:
    """Tell a forecast, a target or a possibility from an outcome, and from one another."""
    mine, theirs = ("plan" if name == "possible" else name for name in (_name(a.modality), _name(b.modality)))
    ahead = {name for name in (mine, theirs) if name in _AHEAD}
    if len({mine, theirs} - ahead) != 1 or not ahead or agree or a.family in _LASTING:
        return None
    speakers = find_speakers((a, b), reports)
    if speakers:
        return Verdict("attribution", f"One is on the word of {speakers[0]}, the other of {speakers[1]}.")
    return Verdict("other measure", f"One is a {ahead.pop()}, the other is told as a fact.")


def _measure(one: Figure, other: Figure, pair: Pair, reports: tuple[Report, Report] | None) -> Verdict | None:
    a, b = one.quantity, other.quantity
    if pair.things:
        return Verdict("other measure", f"One is of {pair.things[0]}, the other of {pair.things[1]}.")
    if reports is None:  # they agree
        return None
    level = reports[a.role == "change"].text
    moved = a.family == b.family != "count" and (a.role == "change") != (b.role == "change")
    if moved and not _are_rates(one, other) and not _CHANGES.search(level):
        return Verdict("other measure", "One is a change, the other a level.")
    return None


def _are_rates(one: Figure, other: Figure) -> bool:
    """Tell whether both may be of a rate of change, of which "grew 2 %" and "growth of 2 %" tell the same."""
    percent = one.quantity.family == other.quantity.family == "percent"
    return percent and not _RATES.isdisjoint(one.kinds | other.kinds | one.near | other.near)


def _unit(a: Quantity, b: Quantity) -> Verdict | None:
    if same_unit(a, b):
        return None
    return Verdict("other unit", f"One is in {a.unit.name or a.family}, the other in {b.unit.name or b.family}.")


def _basis(a: Quantity, b: Quantity, reports: tuple[Report, Report]) -> Verdict | None:
    mine, theirs = _name(a.basis), _name(b.basis)
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


def _period(one: Figure, other: Figure, reports: tuple[Report, Report], agree: bool) -> Verdict | None:
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
    lasting = one.quantity.family in _LASTING
    if standing == "one" and not lasting and (one.period.is_span or other.period.is_span):
        return Verdict("unknown", f"One is of {mine or theirs}; the other does not say of what time it is.")
    return None


def _times(figure: Figure, report: Report) -> tuple[Period, ...]:
    """Give the time of a figure; those of its sentence where its own is not said."""
    return (figure.period,) if figure.period.words else read_times(report.text, report.published)


def _attribution(a: Quantity, b: Quantity, reports: tuple[Report, Report]) -> Verdict | None:
    """Tell the words of one from those of another, and an estimate from what is told as a fact."""
    speakers = find_speakers((a, b), reports)
    if speakers:
        return Verdict("attribution", f"One is on the word of {speakers[0]}, the other of {speakers[1]}.")
    estimates = [_name(quantity.modality) == "estimate" for quantity in (a, b)]
    if all(estimates):
        return Verdict("attribution", "Both are estimates.")
    return Verdict("attribution", "One is an estimate, the other is told as a fact.") if any(estimates) else None


def _revision(one: Figure, other: Figure, reports: tuple[Report, Report], told: tuple[str, str]) -> Verdict | None:
    """Tell a later figure from an earlier one, by the dates of the articles or by what is said of it."""
    later, _ = find_later(reports)
    growing = grows(one.kinds, one.head) or grows(other.kinds, other.head)
    revised = [says_revised(report, moving=bool(later) or growing) for report in reports]
    if later and growing:
        return Verdict("revision", f"The count may change from day to day, and {told[later - 1]} is the later.", later)
    if later and revised[later - 1]:
        return Verdict("revision", f"The later report says that the figure came to be {told[later - 1]}.", later)
    if not later and revised[0] != revised[1]:
        later = 1 + revised[1]
        return Verdict("revision", f"One report says that the figure came to be {told[later - 1]}.", later)
    return None


def _kinds(figure: Figure) -> str:
    return " and ".join(sorted(figure.kinds))


def _is_bare(quantity: Quantity, report: Report) -> bool:
    """Tell whether a change is told against nothing and for no time."""
    changes = quantity.role == "change" or _CHANGES.search(report.text) is not None
    return changes and not quantity.basis and not quantity.period


def _unexplained(
    one: Figure, other: Figure, reports: tuple[Report, Report], told: tuple[str, str], match: str, pair: Pair
) -> Verdict:
    a, b = one.quantity, other.quantity
    if match == "open":
        return Verdict("unknown", f"{told[0]} and {told[1]} do not exclude one another, yet are far apart.")
    if pair.words:
        return Verdict("other measure", f"One is of {pair.words[0]}, the other of {pair.words[1]}.")
    if not pair.close:
        return Verdict("unknown", "The sentences are not close enough to tell whether both are of the same.")
    if not pair.anchored and _is_bare(a, reports[0]) and _is_bare(b, reports[1]) and "change" in (a.role, b.role):
        return Verdict("unknown", "Neither says against what the change is told, nor of what time it is.")
    same = f"Both are told {_name(a.basis)}" if a.basis else "Neither says anything that would explain it"
    return Verdict("conflict", f"{same}, and {told[0]} and {told[1]} cannot both hold.")
