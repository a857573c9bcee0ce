"""How two figures of one matter stand to one another, and what decided it."""

from __future__ import annotations

import re
from typing import Final

from summarizer.comparison.alignment import Pair
from summarizer.comparison.circumstances import LASTING, judge_base, judge_period, name_of, same_steps
from summarizer.comparison.explaining import (
    explain_base,
    explain_source,
    explain_thing,
    explain_time,
    frame,
)
from summarizer.comparison.figures import Figure
from summarizer.comparison.judging import MANY, Judged
from summarizer.comparison.likeness import same_unit
from summarizer.comparison.measures import counted_apart, kinds_oppose
from summarizer.comparison.periods import compare_periods
from summarizer.comparison.reports import Report, find_later, find_speakers
from summarizer.comparison.revising import find_revision
from summarizer.comparison.sameness import (
    AT_LEAST,
    BORNE_OUT,
    CONFLICT,
    HARDLY,
    IN_SPITE,
    NOT_AT_ALL,
    ON_ONE_BASIS,
    ONE,
    PLAIN,
    SURELY,
    UNLIKELY,
)
from summarizer.comparison.spelling import spell, words_of
from summarizer.comparison.verdicts import Verdict
from summarizer.findings import Relation
from summarizer.quantities import Quantity, Span

#: What is said to come is no outcome.
_AHEAD: Final = frozenset(("forecast", "target", "plan"))
#: The same, said without a word for it: "will cut 300 jobs".
_WILL: Final = re.compile(
    r"\b(?:will|would|is to|are to|set to|approved|agreed|ordered|plans?|planned)\b|^(?:\S+ ){1,4}to [a-z]+"
)
#: What holds on one day may be another so many days later.
_LONG: Final = 5
_PLEDGE: Final = re.compile(r"\b(?:pledg|promis|commit|vow)\w*")
#: From here on a reading that no word bears out is told.
SURE: Final = 0.6
#: What it is told as, and how.
_READ_AS: Final[dict[Relation, str]] = {
    "other measure": "another thing were measured in each",
    "other period": "each figure were of another time",
    "other base": "each figure were told against or per something else",
    "attribution": "each figure were somebody's own",
    "revision": "one figure were a later state of the other",
}
#: Times by which reports of one thing may differ where one of them is read as a change.
_TWICE: Final = 2
#: Kinds whose level is itself a change.
_RATES: Final = frozenset(("growth", "inflation"))
_CHANGES: Final = re.compile(
    r"\b(?:up|down|higher|lower|below|above|less|more|fewer|smaller|larger|cheaper|dearer|added|lost|gained|shed|cut)\b"
)


def _both(one: Span | None, other: Span | None) -> bool:
    return one is not None and other is not None


def relate(one: Figure, other: Figure, reports: tuple[Report, Report], pair: Pair) -> Verdict | None:
    """Say how two aligned figures stand to one another: by words, and by how the cross-encoder reads the sentences.

    What it reads as a conflict is one, unless the later of two dated reports tells that a count has grown; where a word
    explains the difference it has to be surer, and less sure where the words alone tell a conflict.

    :param one: a figure.
    :param other: one of another origin, aligned with it.
    :param reports: where they stand.
    :param pair: how close they are, and what tells them apart.
    :return: None where nothing says that they are of one thing, nor what would set them apart.
    """
    verdict = _by_words(one, other, reports, pair)
    if not pair.is_read or pair.judged is None:
        return verdict
    found: Relation | None = verdict.relation if verdict else None
    if not _reads_as_conflict(found, one, other, pair.judged):
        return _as_read(pair) if found in (None, "conflict") else verdict
    if found in ("conflict", "revision"):
        return verdict
    a, b = one.quantity, other.quantity
    return _conflict(a, (spell(a, reports[0].text), spell(b, reports[1].text)))


def _reads_as_conflict(found: Relation | None, one: Figure, other: Figure, judged: Judged) -> bool:
    """Tell whether two figures are read as a conflict.

    :param found: what the words alone tell, None for nothing: where they tell a conflict, less is enough, and more is
        asked for where they explain the difference.
    """
    a, b = one.quantity, other.quantity
    same = judged.read_as("same")
    if same < (HARDLY if found == "other measure" else NOT_AT_ALL):
        return False
    if found == "conflict":
        plain = (a.basis and b.basis) or judged.sameness >= PLAIN
        return judged.conflict >= (ON_ONE_BASIS if plain else BORNE_OUT) or same >= ONE
    few = a.family == b.family == "count" and max(a.value or MANY, b.value or MANY) < MANY
    if few and same < SURELY:
        return judged.conflict >= UNLIKELY  # "two critical points", "three automakers"
    if found is not None:
        return judged.conflict >= IN_SPITE
    return judged.conflict >= (AT_LEAST if same >= ONE else CONFLICT)


def _by_words(one: Figure, other: Figure, reports: tuple[Report, Report], pair: Pair) -> Verdict | None:
    """Say how two aligned figures stand to one another by the words around them.

    Tested in this order: what is measured; unit; basis; period; whether it was foretold; value; whether it was revised;
    who speaks; the words around. The first that explains a difference decides, and what is left is a conflict.
    """
    a, b = one.quantity, other.quantity
    told = (spell(a, reports[0].text), spell(b, reports[1].text))
    match = pair.match
    agree = match in ("equal", "rounded")
    based = judge_base(a, b, reports) if not agree or _both(a.basis, b.basis) else None
    timed = judge_period(one, other, reports, agree)
    explained = _measure(one, other, pair, None if agree else reports) or _unit(a, b)
    if based and not _both(a.basis, b.basis) and same_steps(one, other, reports):
        based = None
    framed = [] if agree else _framed(one, other, reports)
    for verdict in (explained, based, timed, _ahead(a, b, reports, agree), *framed):
        if verdict and verdict.relation != "unknown":
            return verdict
    if match == "equal":
        if kinds_oppose(one.kinds, other.kinds):
            return Verdict("conflict", f"One tells {told[0]} of {_kinds(one)}, the other of {_kinds(other)}.")
        return Verdict("agreement", f"Both say {told[0]}.")
    if match == "rounded":
        return Verdict("rounding", f"{told[0]} and {told[1]} allow for one another.")
    return (
        find_revision(one, other, reports, told, pair)
        or _contrast(pair)
        or _attribution(a, b, reports)
        or based
        or timed
        or _unexplained(one, other, reports, told, match, pair, framed)
    )


def _framed(one: Figure, other: Figure, reports: tuple[Report, Report]) -> list[Verdict]:
    """Give what the words of the two clauses explain, what decides most first."""
    mine, theirs = frame(one, reports[0]), frame(other, reports[1])
    found = (
        explain_source(mine, theirs),
        explain_base(one, other, mine, theirs),
        explain_time(mine, theirs, same=compare_periods(one.period, other.period) == "same"),
        explain_thing(mine, theirs),
    )
    return [Verdict(*explained) for explained in found if explained]


def same_basis(a: Quantity, b: Quantity) -> bool:
    """Tell whether two figures may be told against the same basis: none of them is, or one, or both the same."""
    mine, theirs = name_of(a.basis).lower(), name_of(b.basis).lower()
    return not mine or not theirs or mine == theirs


def _ahead(a: Quantity, b: Quantity, reports: tuple[Report, Report], agree: bool) -> Verdict | None:
    """Tell a forecast, a target or a possibility from an outcome, and from one another."""
    mine, theirs = ("plan" if name == "possible" else name for name in (name_of(a.modality), name_of(b.modality)))
    ahead = {name for name in (mine, theirs) if name in _AHEAD}
    if len({mine, theirs} - ahead) != 1 or not ahead or agree or a.family in LASTING:
        return None
    if not (mine and theirs) and _WILL.search(reports[bool(mine)].text):
        return None
    if all(_PLEDGE.search(report.text) for report in reports):
        return None  # both are promises, though only one word for it is read as a target
    told = [words_of(quantity.modality, report.text) for quantity, report in zip((a, b), reports, strict=True)]
    if "will" in told and "change" not in (a.role, b.role) and a.family != "percent":
        return None  # "will hold 40 seats" is told of what is settled
    speakers = find_speakers((a, b), reports)
    if speakers:
        return Verdict("attribution", f"One is on the word of {speakers[0]}, the other of {speakers[1]}.")
    return Verdict("other measure", f"One is a {ahead.pop()}, the other is told as a fact.")


def _measure(one: Figure, other: Figure, pair: Pair, reports: tuple[Report, Report] | None) -> Verdict | None:
    a, b = one.quantity, other.quantity
    if pair.things and counted_apart(one.head, other.head) and one.kinds == other.kinds:
        return Verdict("other unit", f"One counts {pair.things[0]}, the other {pair.things[1]}.")
    if pair.things:
        return Verdict("other measure", f"One is of {pair.things[0]}, the other of {pair.things[1]}.")
    if reports is None:  # they agree
        return None
    level = reports[a.role == "change"].text
    moved = a.family == b.family != "count" and (a.role == "change") != (b.role == "change")
    if moved and a.family in LASTING and _are_near(a, b):
        return None  # a change is seldom as much as what it changed: "opens 14 months late", "slipped by 20 months"
    if moved and not _are_rates(one, other) and not _CHANGES.search(level):
        return Verdict("other measure", "One is a change, the other a level.")
    return None


def _are_near(a: Quantity, b: Quantity) -> bool:
    small, great = sorted(abs(quantity.value or quantity.low) for quantity in (a, b))
    return great <= _TWICE * small


def _are_rates(one: Figure, other: Figure) -> bool:
    """Tell whether both may be of a rate of change, of which "grew 2 %" and "growth of 2 %" tell the same."""
    percent = one.quantity.family == other.quantity.family == "percent"
    return percent and not _RATES.isdisjoint(one.kinds | other.kinds | one.near | other.near)


def _unit(a: Quantity, b: Quantity) -> Verdict | None:
    if same_unit(a, b):
        return None
    return Verdict("other unit", f"One is in {a.unit.name or a.family}, the other in {b.unit.name or b.family}.")


def _contrast(pair: Pair) -> Verdict | None:
    words = pair.contrast
    return Verdict("other measure", f"One is of {words[0]}, the other of {words[1]}.") if words else None


def _attribution(a: Quantity, b: Quantity, reports: tuple[Report, Report]) -> Verdict | None:
    """Tell the words of one from those of another, and an estimate from what is told as a fact."""
    speakers = find_speakers((a, b), reports)
    if speakers:
        return Verdict("attribution", f"One is on the word of {speakers[0]}, the other of {speakers[1]}.")
    estimates = [name_of(quantity.modality) == "estimate" for quantity in (a, b)]
    if all(estimates):
        return Verdict("attribution", "Both are estimates.")
    return Verdict("attribution", "One is an estimate, the other is told as a fact.") if any(estimates) else None


def _kinds(figure: Figure) -> str:
    return " and ".join(sorted(figure.kinds))


def _is_bare(quantity: Quantity, report: Report) -> bool:
    """Tell whether a change is told against nothing and for no time."""
    if quantity.family == "count" and _WILL.search(report.text):
        return False  # the cuts that are to come are one step
    if quantity.family in LASTING:
        return False
    changes = quantity.role == "change" or _CHANGES.search(report.text) is not None
    return changes and not quantity.basis and not quantity.period


def _unexplained(
    one: Figure,
    other: Figure,
    reports: tuple[Report, Report],
    told: tuple[str, str],
    match: str,
    pair: Pair,
    framed: list[Verdict],
) -> Verdict | None:
    a, b = one.quantity, other.quantity
    if match == "open":
        return Verdict("unknown", f"{told[0]} and {told[1]} do not exclude one another, yet are far apart.")
    if pair.words:
        return Verdict("other measure", f"One is of {pair.words[0]}, the other of {pair.words[1]}.")
    if not pair.close:
        return None
    if framed:
        return framed[0]
    days = find_later(reports)[1]
    if days >= _LONG and not one.period.words and not other.period.words and a.family not in LASTING:
        return Verdict(
            "other period", f"The articles are {days} days apart, and neither says of what time its figure is."
        )
    if not pair.anchored and _is_bare(a, reports[0]) and _is_bare(b, reports[1]) and "change" in (a.role, b.role):
        return Verdict("unknown", "Neither says against what the change is told, nor of what time it is.")
    return _conflict(a, told)


def _conflict(a: Quantity, told: tuple[str, str]) -> Verdict:
    same = f"Both are told {name_of(a.basis)}" if a.basis else "Neither says anything that would explain it"
    return Verdict("conflict", f"{same}, and {told[0]} and {told[1]} cannot both hold.")


def _as_read(pair: Pair) -> Verdict | None:
    """Give what the cross-encoder is sure of, where no word that the rules know tells it."""
    for name, what in _READ_AS.items():
        if pair.judged and pair.judged.read_as(name) >= SURE:
            return Verdict(name, f"The sentences read as if {what}; no single word says so.")
    return None
