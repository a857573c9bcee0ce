"""What the framing of two figures explains of their difference; see :mod:`summarizer.comparison.framing`."""

from __future__ import annotations

from typing import Final

from summarizer.comparison.figures import Figure
from summarizer.comparison.framing import Framing, read_framing
from summarizer.comparison.reports import Report
from summarizer.findings import Relation

#: Relation and reason.
Explained = tuple[Relation, str]

#: One figure is so many times the other where one is told of each and the other of all.
_TIMES: Final = 3
_SHARES: Final = frozenset(("percent", "points", "ratio"))


def frame(figure: Figure, report: Report) -> Framing:
    """Read the framing of a figure in its sentence."""
    return read_framing(report.text, figure.quantity.start, figure.quantity.end)


def explain_base(one: Figure, other: Figure, mine: Framing, theirs: Framing) -> Explained | None:
    """Say whether two figures are told against, per or within something else."""
    if mine.adjusted != theirs.adjusted:
        return "other base", f"One is told {_first(mine.adjusted, theirs.adjusted)}, the other is not."
    if not _per_one(mine.each, theirs.each):
        each = _first(mine.each, theirs.each)
        if (mine.each and theirs.each) or _far(one, other) or one.quantity.role == other.quantity.role == "change":
            return "other base", f"One is told per {each}, the other is not."
        return "unknown", f"One is told per {each}; the other does not say per what it is told."
    changes = [figure.quantity.role == "change" or figure.quantity.family in _SHARES for figure in (one, other)]
    known = one.quantity.basis and other.quantity.basis
    if not known and all(changes) and not mine.steps & theirs.steps:
        step = _first(mine.steps, theirs.steps)
        silent = other if mine.steps else one
        if (mine.steps and theirs.steps) or (step and (_is_short(silent, step) or silent.quantity.basis)):
            return "other base", f"One is told against {step}, the other against something else."
        if step:
            return "unknown", f"One is told against {step}; the other does not say against what."
    if mine.within != theirs.within:
        within = _first(mine.within, theirs.within)
        both = bool((mine.within or mine.seasons) and (theirs.within or theirs.seasons))
        return ("other base" if both else "unknown"), f"One came about in {within}, of the other it is not said."
    return None


def _per_one(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Tell whether two figures may be told per the same: "$21 a share", "$18 each"."""
    return mine == theirs or bool(mine & theirs) or bool(mine and theirs and "each" in mine | theirs)


def _is_short(figure: Figure, step: str) -> bool:
    """Tell whether a figure is of a time that is shorter than the step of the other: a day, or a year in ten."""
    day = "weekday" in figure.period.parts or "day" in figure.period.parts
    return day or (bool(figure.period.words) and step.endswith(("years", "decade", "months")))


def _far(one: Figure, other: Figure) -> bool:
    small, great = sorted(abs(figure.quantity.value or figure.quantity.low) for figure in (one, other))
    return great > _TIMES * small


def _first(mine: frozenset[str], theirs: frozenset[str]) -> str:
    """Give the first that only one of two has, of whichever has any."""
    return next(iter(sorted(mine - theirs) + sorted(theirs - mine)), "")


def explain_time(mine: Framing, theirs: Framing, *, same: bool) -> Explained | None:
    """Say whether two figures are of different times.

    :param same: whether both are known to be of the same day or year: the hour may still be another.
    """
    named = [(mine.hours, theirs.hours)]
    if not same:
        named += [(mine.seasons, theirs.seasons), (mine.years, theirs.years)]
    for a, b in named:
        if a and b and not a & b:
            return "other period", f"One is of {min(a)}, the other of {min(b)}."
    for one, other in () if same else ((mine, theirs), (theirs, mine)):
        if one.years and other.then and not other.years and not one.then:
            return "other period", f"One is of {min(one.years)}, the other of {other.then}."
        past = one.then or min(one.years, default="")
        if past and not one.now and past != other.then and (other.now or (one.then and other.present)):
            return "other period", f"One is of {past}, the other of {other.now or 'now'}."
        if one.then and not one.now and not other.then:
            return "unknown", f"One is of {one.then}; of the other it is not said."
    return None


def explain_thing(mine: Framing, theirs: Framing) -> Explained | None:
    """Say whether one of two figures is of another event, a part, or what was foretold."""
    if mine.taxed != theirs.taxed:
        return "other measure", f"One is {_first(mine.taxed, theirs.taxed)}, of the other that is not said."
    for one, other in ((mine, theirs), (theirs, mine)):
        if one.elsewhere and not other.elsewhere:
            return "other measure", f"One is told of another event: {one.elsewhere}."
        if one.limit and not other.limit:
            return "other measure", f"One is what is allowed or needed: {one.limit}."
        if one.whole and not other.whole:
            return "other measure", f"Of one a part is told: {one.whole.strip()}."
        if one.part and not other.part:
            return "other measure", f"One is of a part: {one.part}."
        if one.expected and not other.expected:
            return "attribution", f"One is what somebody foretold: {one.expected}."
    return None


def explain_source(mine: Framing, theirs: Framing) -> Explained | None:
    """Say whether one of two figures is somebody's own."""
    for one, other in ((mine, theirs), (theirs, mine)):
        if one.claimed and not other.claimed:
            return "attribution", f"One is on the word of somebody of whom it says: {one.claimed}."
    return None
