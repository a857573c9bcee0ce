"""Comparisons, claims of one source, timeline and changes as a page shows them, their words marked in the articles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from summarizer.briefing.escaping import display
from summarizer.briefing.html_marks import Marks, Place
from summarizer.briefing.outline import PAST, count, date_phrase, part_comparisons, value_notes
from summarizer.datatypes import Summary
from summarizer.findings import Comparison, EarlierArticle, Repeated, Side, SingleSource, Snippet, Update, Value

#: So many agreements are listed; the others are folded: a reader looks for where sources differ.
_MAX_AGREEMENTS: Final = 12


@dataclass(frozen=True, slots=True)
class Claim:
    """Words that can be chosen, and the places that are marked then.

    :param key: its id on the page.
    :param text: the words.
    :param places: where they stand, or what they rest on; may be empty.
    :param told: what is announced when it is chosen.
    :param note: what else is known, in brackets; empty if nothing.
    """

    key: str
    text: str
    places: tuple[Place, ...]
    told: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class SideView:
    """One side of a comparison.

    :param claim: what it says, and its places.
    :param follows: the figures from which it follows; empty if none.
    :param words: the sentence in which it is said first; empty where the claim is these words.
    :param origins: independent origins.
    """

    claim: Claim
    follows: str
    words: str
    origins: int


@dataclass(frozen=True, slots=True)
class Difference:
    """A matter on which the sources differ, or that was corrected."""

    topic: str
    relation: str
    reason: str
    sides: tuple[SideView, ...]


@dataclass(frozen=True, slots=True)
class Agreements:
    """What two or more origins say alike.

    :param shown: the first of them; each claim is the topic with what is said.
    :param folded: the others.
    """

    shown: tuple[Claim, ...]
    folded: tuple[Claim, ...]


NO_AGREEMENTS: Final = Agreements((), ())


@dataclass(frozen=True, slots=True)
class Moment:
    """A line of the timeline.

    :param date: to the precision known, or ``date unknown``.
    :param facts: id and number of the facts.
    :param text: of the fact; empty where several stand together.
    :param reason: how the date was found, or why it is not known.
    """

    date: str
    facts: tuple[tuple[str, int], ...]
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What new articles add to an earlier briefing; see :class:`summarizer.findings.Update`."""

    corrected: tuple[Difference, ...]
    earlier: tuple[tuple[str, ...], ...]
    new: tuple[Claim, ...]
    figures: tuple[str, ...]
    names: tuple[str, ...]
    seen: str
    unchanged: tuple[Claim, ...]
    past: tuple[Claim, ...]


def difference_views(comparisons: Iterable[Comparison], marks: Marks, letter: str = "c") -> tuple[Difference, ...]:
    """Make a table of each matter on which the sources differ.

    :param letter: with which the ids of the sides begin.
    """
    differing, _ = part_comparisons(comparisons)
    return tuple(
        Difference(
            display(found.topic),
            display(found.relation),
            display(found.reason),
            tuple(_side(side, f"{letter}{at}s{n}", marks) for n, side in enumerate(found.sides, 1)),
        )
        for at, found in enumerate(differing, 1)
    )


def _side(side: Side, key: str, marks: Marks) -> SideView:
    says = display(side.says)
    notes = dict.fromkeys(note for value in side.values for note in value_notes(value))
    places = _places((value.place for value in side.values), key, marks)
    words = display(side.values[0].sentence.text)
    claim = Claim(key, says, places, _told("Side", says, places), "; ".join(notes))
    return SideView(claim, _levels(side.shown_by), "" if words == says else words, side.origins)


def _levels(values: Sequence[Value]) -> str:
    return display(" and ".join(value.value + (f" in {value.period}" if value.period else "") for value in values))


def _places(snippets: Iterable[Snippet], key: str, marks: Marks) -> tuple[Place, ...]:
    return tuple(marks.add(snippet, key) for snippet in snippets)


def _told(what: str, text: str, places: Sequence[Place]) -> str:
    """Say what is marked; articles that are not at hand have no place on the page."""
    named = list(dict.fromkeys(place.name for place in places if place.anchor is not None))
    if not named:
        return f"{what}: {text}. No article of this briefing says it"
    marked = count(sum(place.anchor is not None for place in places), "place")
    return f"{what}: {text}. {marked} marked in {'article' if len(named) == 1 else 'articles'} {', '.join(named)}"


def agreement_views(comparisons: Iterable[Comparison], marks: Marks) -> Agreements:
    """List what two or more origins say alike, each with its places."""
    _, agreeing = part_comparisons(comparisons)
    claims = []
    for at, found in enumerate(agreeing, 1):
        key = f"a{at}"
        text = display(f"{found.topic}: {' / '.join(side.says for side in found.sides)}")
        places = _places((value.place for side in found.sides for value in side.values), key, marks)
        origins = count(max(side.origins for side in found.sides), "origin")
        note = "after rounding" if found.relation == "rounding" else origins
        claims.append(Claim(key, text, places, _told("Agreement", text, places), note))
    return Agreements(tuple(claims[:_MAX_AGREEMENTS]), tuple(claims[_MAX_AGREEMENTS:]))


def further_views(summary: Summary, marks: Marks) -> tuple[Claim, ...]:
    """List the claims of one source for which the budget had no room; an update lists all that is new elsewhere."""
    beyond = [one for one in summary.single_source if one.statement_id is None and summary.changes is None]
    return tuple(_further(claim, f"o{at}", marks) for at, claim in enumerate(beyond, 1))


def _further(claim: SingleSource, key: str, marks: Marks) -> Claim:
    text, places = display(claim.place.text), _places((claim.place,), key, marks)
    note = f"it names {display(claim.relayed)}" if claim.relayed else ""
    return Claim(key, text, places, _told("One source", text, places), note)


def timeline_views(summary: Summary, facts: dict[str, int]) -> tuple[Moment, ...]:
    """List the statements by date; those of unknown time behind them, by the day on which they were reported.

    :param facts: numbers of the statements, by id.
    """
    texts = {statement.id: display(statement.text) for statement in summary.statements}
    moments = []
    unknown: dict[str, list[int]] = {}
    for event in summary.timeline:
        number, reason = facts[event.statement_id], display(event.reason)
        if event.date is None and event.reported is None:
            unknown.setdefault(reason, []).append(number)
            continue
        why = reason if event.date is not None else f"reported {display(event.reported or '')}; {reason}"
        moments.append(Moment(date_phrase(event), ((f"f{number}", number),), texts[event.statement_id], why))
    moments += [
        Moment("date unknown", tuple((f"f{number}", number) for number in sorted(which)), "", reason)
        for reason, which in unknown.items()
    ]
    return tuple(moments)


def change_views(update: Update, marks: Marks) -> Changes:
    """Give what is corrected, what is new beyond the statements, and what is unchanged."""
    new = []
    for at, snippet in enumerate(update.new, 1):
        text, places = display(snippet.text), _places((snippet,), f"n{at}", marks)
        new.append(Claim(f"n{at}", text, places, _told("New", text, places)))
    return Changes(
        difference_views(update.corrected, marks, "k"),
        tuple(_earlier(article) for article in update.earlier),
        tuple(new),
        tuple(dict.fromkeys(display(snippet.text) for snippet in update.figures)),
        tuple(dict.fromkeys(display(snippet.text) for snippet in update.names)),
        f"{count(len(update.seen), 'article')} read before, skipped" if update.seen else "",
        _repeated(update.unchanged, "u", "Unchanged", marks),
        _repeated(update.past, "z", PAST, marks),
    )


def _repeated(told: Iterable[Repeated], letter: str, kind: str, marks: Marks) -> tuple[Claim, ...]:
    """Give earlier statements with the places in new articles that say the same."""
    found = []
    for at, one in enumerate(told, 1):
        text, places = display(one.text), _places(one.support, f"{letter}{at}", marks)
        found.append(Claim(f"{letter}{at}", text, places, _told(kind, text, places)))
    return tuple(found)


def _earlier(article: EarlierArticle) -> tuple[str, ...]:
    known = (article.id, article.title, article.source, article.published)
    return tuple(display(part) for part in known if part)
