"""How two figures of one matter stand to one another, and what decided it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from summarizer.comparison.figures import Figure
from summarizer.comparison.measures import exclude, grows
from summarizer.comparison.periods import compare_periods
from summarizer.comparison.values import compare_values
from summarizer.findings import Relation
from summarizer.quantities import Quantity, Span

#: What is said to come is no outcome.
_AHEAD: Final = frozenset(("forecast", "target", "possible"))
_REVISED: Final = re.compile(
    r"\b(?:revis(?:ed|es|ing|ion)|updat(?:ed|es|ing)|correct(?:ed|s|ion)|(?:rose|risen|rises|climbed|climbs|grew|grown|"
    r"jumped|increased|raised|now stands|has reached) (?:up )?(?:to|at)|previously|earlier (?:count|toll|figure|report|"
    r"estimate)s?|(?:initially|originally|first) (?:reported|said|put|thought)|had (?:earlier|previously))\b",
    re.IGNORECASE,
)


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


@dataclass(frozen=True, slots=True)
class Report:
    """Where a figure stands.

    :param text: its sentence.
    :param published: date of the article, ISO 8601.
    """

    text: str
    published: str | None = None


def relate(one: Figure, other: Figure, reports: tuple[Report, Report], *, close: bool) -> Verdict:
    """Say how two aligned figures stand to one another.

    Tested in this order: who speaks and whether of what is or of what is to come; what is measured; unit; basis;
    period; value. The first that explains a difference decides.

    :param one: a figure; ``other`` one of another origin, aligned with it.
    :param reports: where they stand.
    :param close: whether the sentences are so close that an unexplained difference is a conflict.
    """
    a, b = one.quantity, other.quantity
    first = _ahead(a, b) or _measure(one, other) or _unit(a, b)
    if first:
        return first
    match = compare_values(a, b)
    based = _basis(a, b, equal=match in ("equal", "rounded"))
    if based and based.relation != "unknown":
        return based
    timed = _period(one, other, equal=match in ("equal", "rounded"))
    if timed and timed.relation != "unknown":
        return timed
    if match == "equal":
        return Verdict("agreement", f"Both say {told(a)}.")
    if match == "rounded":
        return Verdict("rounding", f"{told(a)} and {told(b)} allow for one another.")
    return (
        _attribution(a, b)
        or _revision(one, other, reports)
        or based
        or timed
        or _open(match, a, b)
        or _conflict(a, b, close)
    )


def told(quantity: Quantity) -> str:
    """Give a quantity in one spelling, its bound before it."""
    bound = "" if quantity.bound in ("exact", "range", "vague") else f"{quantity.bound} "
    return f"{bound}{quantity.number.name} {_unit_name(quantity)}".strip()


def _unit_name(quantity: Quantity) -> str:
    name = quantity.unit.name
    if quantity.family != "count" or not name:
        return name
    return name


def _name(span: Span | None) -> str:
    return span.name.strip() if span else ""


def _ahead(a: Quantity, b: Quantity) -> Verdict | None:
    mine, theirs = _name(a.modality), _name(b.modality)
    if (mine in _AHEAD) != (theirs in _AHEAD):
        which = mine if mine in _AHEAD else theirs
        return Verdict(
            "attribution", f"One is a {which}, the other is told as a fact.".replace("a possible", "possible")
        )
    if mine in _AHEAD and mine != theirs:
        return Verdict("attribution", f"One is a {mine}, the other a {theirs}.")
    return None


def _measure(one: Figure, other: Figure) -> Verdict | None:
    if exclude(one.kinds, other.kinds):
        return Verdict("other measure", f"One is of {_said(one)}, the other of {_said(other)}.")
    a, b = one.quantity, other.quantity
    if a.family == b.family and (a.role == "change") != (b.role == "change"):
        return Verdict("other measure", "One is a change, the other a level.")
    return None


def _said(figure: Figure) -> str:
    return " and ".join(sorted(figure.kinds)) or _name(figure.quantity.measure)


def _unit(a: Quantity, b: Quantity) -> Verdict | None:
    mine, theirs = a.unit.name, b.unit.name
    if a.family != b.family or (a.family != "count" and mine != theirs):
        return Verdict("other unit", f"One is in {mine or a.family}, the other in {theirs or b.family}.")
    return None


def same_basis(a: Quantity, b: Quantity) -> bool:
    """Tell whether two figures may be told against the same basis: none of them is, or one, or both the same."""
    mine, theirs = _name(a.basis).lower(), _name(b.basis).lower()
    return not mine or not theirs or mine == theirs


def _basis(a: Quantity, b: Quantity, *, equal: bool) -> Verdict | None:
    mine, theirs = _name(a.basis), _name(b.basis)
    if mine and theirs:
        same = mine.lower() == theirs.lower()
        return None if same else Verdict("other base", f"One is told {mine}, the other {theirs}.")
    if equal or not (mine or theirs):
        return None
    return Verdict("unknown", f"One is told {mine or theirs}; the other does not say against or per what it is told.")


def _period(one: Figure, other: Figure, *, equal: bool) -> Verdict | None:
    standing = compare_periods(one.period, other.period)
    mine, theirs = _name(one.quantity.period), _name(other.quantity.period)
    if standing == "other":
        return Verdict("other period", f"One is of {mine}, the other of {theirs}.")
    spans = one.period.is_span or other.period.is_span
    if standing == "one" and spans and not equal:
        return Verdict("unknown", f"One is of {mine or theirs}; the other does not say of what time it is.")
    return None


def _attribution(a: Quantity, b: Quantity) -> Verdict | None:
    mine, theirs = _name(a.attribution), _name(b.attribution)
    if mine and theirs and not set(mine.lower().split()) & set(theirs.lower().split()):
        return Verdict("attribution", f"One is on the word of {mine}, the other of {theirs}.")
    if (_name(a.modality) == "estimate") and (_name(b.modality) == "estimate"):
        return Verdict("attribution", "Both are estimates.")
    if "estimate" in (_name(a.modality), _name(b.modality)):
        return Verdict("attribution", "One is an estimate, the other is told as a fact.")
    return None


def _revision(one: Figure, other: Figure, reports: tuple[Report, Report]) -> Verdict | None:
    days = [report.published or "" for report in reports]
    later = 0
    if all(days) and days[0][:10] != days[1][:10]:
        later = 1 if days[0] > days[1] else 2
    revised = [bool(_REVISED.search(report.text)) for report in reports]
    growing = grows(one.kinds, one.head) and grows(other.kinds, other.head)
    if later and growing:
        return Verdict(
            "revision", f"The count may grow, and {told(_pick(one, other, later))} is from the later report.", later
        )
    if later and revised[later - 1]:
        return Verdict(
            "revision",
            f"The later report says that the figure was revised, to {told(_pick(one, other, later))}.",
            later,
        )
    if revised[0] != revised[1]:
        side = 1 if revised[0] else 2
        return Verdict(
            "revision", f"One report says that the figure has come to be {told(_pick(one, other, side))}.", side
        )
    return None


def _pick(one: Figure, other: Figure, which: int) -> Quantity:
    return (one if which == 1 else other).quantity


def _open(match: str, a: Quantity, b: Quantity) -> Verdict | None:
    if match != "open":
        return None
    return Verdict("unknown", f"{told(a)} and {told(b)} do not exclude one another, yet are far apart.")


def _conflict(a: Quantity, b: Quantity, close: bool) -> Verdict:
    base = _name(a.basis)
    if not close:
        return Verdict("unknown", "The sentences are not close enough to tell whether they are of the same.")
    same = f"Both are told {base}" if base else "Neither says anything that would explain it"
    return Verdict("conflict", f"{same}, and {told(a)} and {told(b)} cannot both hold.")
