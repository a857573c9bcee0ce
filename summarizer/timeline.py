"""The statements of a briefing by the time that they tell of.

A statement is dated by the words of its sentence, never by the date of the article alone: an article of today tells of
last year. What cannot be dated says why. :mod:`summarizer.dates` reads and resolves; English.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from summarizer.datatypes import Document, Statement, Support
from summarizer.dates import Bearing, DateMention, Resolved, bearing, read_dates, resolve
from summarizer.findings import Event, Snippet

#: Which date of a sentence is preferred: when the thing happened, then when it was said.
_RANKS: Final[dict[Bearing, int]] = {"main": 0, "said": 1}
#: What cannot be dated whatever the article, and why.
_NEVER: Final = {
    "anaphoric": "counts from a time told elsewhere",
    "recurring": "is no one time",
}


@dataclass(frozen=True, slots=True)
class _Reading:
    """The date of one supporting sentence."""

    support: Support
    mention: DateMention
    said: bool
    resolved: Resolved | None

    @property
    def words(self) -> str:
        return self.support.text[self.mention.start : self.mention.end]

    @property
    def snippet(self) -> Snippet:
        start = self.support.start + self.mention.start
        return Snippet(self.support.document_id, start, self.support.start + self.mention.end, self.words)


def make_timeline(statements: Sequence[Statement], documents: Sequence[Document]) -> tuple[Event, ...]:
    """Put statements in the order of the times that they tell of.

    The date is that of the statement's own sentence; where that has none, of the first supporting sentence that has.
    Other supports that name another time are named in the reason.

    :param statements: in reading order.
    :param documents: those of the supports; the date of the article is what "Monday" counts from.
    :return: one event a statement, by first day, the finer first among equals, then in reading order; those of unknown
        time last, by the day on which they were first reported.

    O(characters of the supports).
    """
    published = {document.id: document.published for document in documents}
    events = [
        replace(_event(statement, published), reported=_reported(statement, published)) for statement in statements
    ]
    order = sorted(range(len(events)), key=lambda at: (*_key(events[at]), at))
    return tuple(events[at] for at in order)


_FINENESS: Final = {"day": 0, "week": 1, "month": 2, "quarter": 3, "year": 4, None: 5}


def _key(event: Event) -> tuple[bool, str, int]:
    return event.date is None, event.date or event.reported or "9", _FINENESS[event.precision]


def _reported(statement: Statement, published: Mapping[str, str | None]) -> str | None:
    """Give the first day on which an article that supports a statement was published."""
    return min((day[:10] for support in statement.support if (day := published.get(support.document_id))), default=None)


def _event(statement: Statement, published: Mapping[str, str | None]) -> Event:
    readings = [_read(support, published.get(support.document_id)) for support in statement.support]
    own = readings[0]
    # What another sentence says of when it was said is not when this one's matter happened.
    known = [one for one in readings if one and one.resolved and (one is own or not (one.said or _is_history(one)))]
    if not known or known[0].resolved is None:
        return _unknown(statement, own, published)
    chosen, resolved = known[0], known[0].resolved
    others = [one for one in known[1:] if _differs(resolved, one.resolved)]
    if others and chosen is not own:
        told = "; ".join(_other(one) for one in (chosen, *others))
        return Event(statement.id, None, None, None, f"no date in the sentence, and its supports differ: {told}")
    parts = [_how(chosen, published.get(chosen.support.document_id))]
    if chosen is not readings[0]:
        parts.append("in a supporting sentence")
    if chosen.said:
        parts.append("the day that it was said")
    if others:
        parts.append("; ".join(_other(reading) for reading in others))
    return Event(statement.id, resolved.first, resolved.precision, chosen.snippet, "; ".join(parts))


def _is_history(reading: _Reading) -> bool:
    """Tell a decade or a year long before that another sentence mentions: a school of the 1860s is renamed now."""
    resolved = reading.resolved
    return resolved is not None and resolved.precision == "year" and reading.mention.name.endswith("s")


def _read(support: Support, published: str | None) -> _Reading | None:
    """Give the date that belongs to what a sentence reports, if it has one."""
    found: list[tuple[int, int, DateMention]] = []
    for at, mention in enumerate(read_dates(support.text)):
        rank = _RANKS.get(bearing(support.text, mention))
        if rank is not None:
            found.append((rank + 2 * (mention.kind in _NEVER), at, mention))
    if not found:
        return None
    rank, _, mention = min(found, key=lambda one: one[:2])
    return _Reading(support, mention, rank % 2 == 1, resolve(mention, published))


def _how(reading: _Reading, published: str | None) -> str:
    if reading.mention.kind == "absolute":
        return f"“{reading.words}”"
    return f"“{reading.words}” counted from the date of the article, {(published or '')[:10]}"


def _other(reading: _Reading) -> str:
    resolved = reading.resolved
    when = "" if resolved is None else f" ({_span(resolved)})"
    return f"another source says “{reading.words}”{when}"


def _span(resolved: Resolved) -> str:
    return resolved.first if resolved.first == resolved.last else f"{resolved.first} to {resolved.last}"


def _differs(one: Resolved, other: Resolved | None) -> bool:
    """Tell times that have no day in common."""
    return other is not None and (one.last < other.first or other.last < one.first)


def _unknown(statement: Statement, own: _Reading | None, published: Mapping[str, str | None]) -> Event:
    """Say why a statement has no date."""
    if own is None:
        text = statement.support[0].text
        aside = [text[mention.start : mention.end] for mention in read_dates(text)]
        told = f"; {_list(aside)} tell{'s' * (len(aside) == 1)} of something else" if aside else ""
        return Event(statement.id, None, None, None, f"no date in the sentence{told}")
    mention, where = own.mention, own.support.document_id
    if mention.kind in _NEVER:
        why = _NEVER[mention.kind]
    elif published.get(where) or mention.kind == "absolute":
        why = "names no calendar date" if mention.kind in ("relative", "absolute") else "could be of two years"
    else:
        why = "cannot be dated: its article has no date"
    return Event(statement.id, None, None, own.snippet, f"“{own.words}” {why}")


def _list(words: Sequence[str]) -> str:
    return " and ".join(f"“{word}”" for word in words)
