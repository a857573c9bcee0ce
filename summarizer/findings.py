"""What a briefing finds beside its statements: comparisons, claims of one source, a timeline, updates, an answer.

Plain immutable values like those of :mod:`summarizer.datatypes`, and under the same rule: every offset points into
``Document.text`` as it was given, so that whatever is claimed of an article can be looked up in it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from summarizer.errors import InputError

#: How two or more sides of one matter stand to one another; docs/comparison.md tells each by an example.
Relation = Literal[
    "agreement",  # the same, from two or more origins
    "rounding",  # the same once the finer figure is rounded, or within what "about" and "at least" allow
    "conflict",  # cannot both hold: same measure, basis and period, other value; or one denies what the other states
    "other base",  # changes against another point of comparison: month on month, year on year
    "other period",  # figures of another time
    "other unit",  # one measure in other units: dollars and yuan, per cent and points
    "other measure",  # close by, yet another thing: killed and injured, imports and exports
    "revision",  # a later report with another value of a figure that grows, or is said to be revised
    "attribution",  # the same matter on another's word, with another value: two estimates, two sides
    "unknown",  # differs, and what would explain it is not said
]

#: Precision of a date, finest first.
Precision = Literal["day", "week", "month", "quarter", "year"]


@dataclass(frozen=True, slots=True)
class Snippet:
    """Words of an article, with the place they stand at: ``document.text[start:end] == text``.

    :param document_id: the document.
    :param start: first character.
    :param end: one past the last character.
    :param text: exactly as it stands.
    """

    document_id: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Value:
    """What one article says in one place, as far as it was read; what was not found is None.

    :param place: the words compared: a figure with its unit, a clause, a quotation.
    :param sentence: the sentence that they stand in.
    :param origin: the independent origin; copies, stories of one publisher and what is quoted from one agency share it.
    :param value: the figure in one spelling, such as ``"28.8 billion USD"``; for statements and quotations the words.
    :param low: least value meant, in the unit; minus infinity when open; None where nothing is counted.
    :param high: greatest value meant.
    :param unit: ``"%"``, ``"USD"``, ``"people"`` …
    :param measure: what is measured, in words of the article: ``"exports"``.
    :param entity: whose: ``"China"``.
    :param basis: against what a change is told, or per what: ``"year on year"``, ``"per head"``.
    :param period: of what time: ``"May"``.
    :param direction: ``"up"`` or ``"down"``.
    :param modality: ``"estimate"``, ``"forecast"``, ``"target"`` …
    :param attribution: on whose word.
    """

    place: Snippet
    sentence: Snippet
    origin: str
    value: str
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    measure: str | None = None
    entity: str | None = None
    basis: str | None = None
    period: str | None = None
    direction: Literal["up", "down"] | None = None
    modality: str | None = None
    attribution: str | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """One of the things said on a matter, and all who say it.

    :param says: in one line, such as ``"down 12.7 % month on month in May"``.
    :param values: the places that say it, in canonical order; at least one.
    :param origins: independent origins among them; five copies count once.
    :param articles: documents among them, copies included.
    :param shown_by: figures from which this one follows, such as the two levels behind a change in per cent.
    """

    says: str
    values: tuple[Value, ...]
    origins: int
    articles: int
    shown_by: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two or more independent origins say of one matter, side by side; no verdict on who is right.

    A copy in which a figure, a denial or a quotation was changed stands against its original, too: then both sides have
    the same origin, and the reason says so where it is a figure.

    :param id: ``c1``, ``c2`` … in the order in which they are shown.
    :param kind: what is compared.
    :param topic: the matter, in words of the articles: ``"exports · China"``.
    :param relation: how the sides stand to one another.
    :param reason: why it is that relation, in one sentence that names what decided it.
    :param sides: one for ``"agreement"`` and ``"rounding"`` where all say the same, else two or more, most origins
        first.
    """

    id: str
    kind: Literal["quantity", "statement", "quotation"]
    topic: str
    relation: Relation
    reason: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class SingleSource:
    """A salient claim that rests on one origin.

    :param place: the sentence.
    :param salience: on the scale of the statements.
    :param statement_id: the statement of the briefing that it is; None for one beyond the budget.
    :param relayed: whom the article names as the origin of the claim, such as ``"Reuters"``, if anyone.
    :param near: whether other origins come near it, though none was found to say the same: then it is not said that
        only this one reports it.
    """

    place: Snippet
    salience: float
    statement_id: str | None = None
    relayed: str | None = None
    near: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """A statement on the timeline.

    :param statement_id: the statement.
    :param date: first day of the time meant, ISO 8601; None when it is not known.
    :param precision: how exactly the time is known; None with the date.
    :param said: the words that tell the time; None where the sentence has none.
    :param reason: how the date was found, or why it is not known.
    :param reported: first day on which an article that supports it was published, ISO 8601; None where none is dated.
    """

    statement_id: str
    date: str | None
    precision: Precision | None
    said: Snippet | None
    reason: str
    reported: str | None = None


class Findings:
    """Comparisons, claims of one source and timeline of a briefing, found when the first of them is asked for.

    Who only wants the statements does not pay for the rest, which takes two thirds of the time again
    (``benchmarks/results/speed.json``). Equal and pickled by what is found. Threads that ask at once may find the same
    twice.

    :param comparisons: where origins agree and where they differ, in the order in which they are shown.
    :param single_source: salient claims that rest on one origin, those of the statements first.
    :param timeline: the statements by the time that they tell of, those of unknown time last.
    """

    __slots__ = ("_find", "_found")

    def __init__(
        self,
        comparisons: tuple[Comparison, ...] = (),
        single_source: tuple[SingleSource, ...] = (),
        timeline: tuple[Event, ...] = (),
    ) -> None:
        self._found = (comparisons, single_source, timeline)
        self._find: Callable[[], Findings] | None = None

    @classmethod
    def later(cls, find: Callable[[], Findings]) -> Findings:
        """Make findings that are found when they are asked for, once.

        :param find: gives them; what it holds on to is let go of then.
        """
        findings = cls()
        findings._find = find
        return findings

    def _all(self) -> tuple[tuple[Comparison, ...], tuple[SingleSource, ...], tuple[Event, ...]]:
        find = self._find
        if find is not None:
            self._found = find()._all()
            self._find = None
        return self._found

    @property
    def comparisons(self) -> tuple[Comparison, ...]:
        """Where origins agree and where they differ."""
        return self._all()[0]

    @property
    def single_source(self) -> tuple[SingleSource, ...]:
        """Salient claims that rest on one origin."""
        return self._all()[1]

    @property
    def timeline(self) -> tuple[Event, ...]:
        """The statements by the time that they tell of."""
        return self._all()[2]

    def __eq__(self, other: object) -> bool:
        return self._all() == other._all() if isinstance(other, Findings) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._all())

    def __reduce__(self) -> tuple[type[Findings], tuple[object, ...]]:
        return Findings, self._all()

    def __repr__(self) -> str:
        if self._find is not None:
            return "Findings.later(...)"
        comparisons, single_source, timeline = self._found
        return f"Findings({comparisons!r}, {single_source!r}, {timeline!r})"


class Memory:
    """What a briefing remembers for the next one, made when it is asked for; left behind when the briefing is pickled.

    :param make: gives the state; what it holds on to is let go of with the briefing.
    """

    __slots__ = ("_make",)

    def __init__(self, make: Callable[[], Any] | None = None) -> None:
        self._make = make

    def state(self) -> Any:  # noqa: ANN401  a summarizer.updates.State, which this module does not know
        """Give what is known after the briefing, as :class:`summarizer.updates.State`.

        :raises InputError: if the briefing was pickled, or not made by this library.
        """
        if self._make is None:
            raise InputError(
                "the briefing no longer holds what its articles said: save its state before it is stored or sent "
                "(summary.save_state), and give that file as since"
            )
        return self._make()

    def __reduce__(self) -> tuple[type[Memory], tuple[()]]:
        return Memory, ()


@dataclass(frozen=True, slots=True)
class Repeated:
    """A statement of the earlier briefing and what the new articles make of it.

    :param text: the earlier statement.
    :param support: sentences of new articles that say the same.
    """

    text: str
    support: tuple[Snippet, ...] = ()


@dataclass(frozen=True, slots=True)
class EarlierArticle:
    """An article of an earlier run that a correction points to; its text is not at hand any more.

    :param id: as the places of the correction name it.
    :param title: its headline.
    :param source: the outlet.
    :param published: ISO 8601.
    """

    id: str
    title: str | None = None
    source: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Update:
    """What new articles add to an earlier briefing.

    :param since: the signature of the earlier briefing.
    :param new: sentences of the new articles that say something that was not known, most salient first.
    :param corrected: figures and statements that now read otherwise, both sides shown, the earlier one first.
    :param unchanged: statements of the earlier briefing that nothing new goes against.
    :param figures: figures that no earlier article had.
    :param names: names that no earlier article had.
    :param seen: articles given again that had been read before; they were skipped.
    :param past: statements of the earlier briefing that told what was to come, at a time that was past when the latest
        of the new articles came out: they are neither unchanged nor corrected.
    :param earlier: the earlier articles in which the corrected figures and statements stand, by id.
    """

    since: str
    new: tuple[Snippet, ...]
    corrected: tuple[Comparison, ...]
    unchanged: tuple[Repeated, ...]
    figures: tuple[Snippet, ...] = ()
    names: tuple[Snippet, ...] = ()
    seen: tuple[str, ...] = ()
    earlier: tuple[EarlierArticle, ...] = ()
    past: tuple[Repeated, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether the sources answer the query.

    :param status: ``"answered"``, ``"partly"`` or ``"not answered"``.
    :param found: what the query asks about and the statements speak of, in its words.
    :param missing: what it asks about and no source speaks of.
    :param statements: ids of the statements that bear on the query, best first.
    :param reason: in one sentence.
    """

    status: Literal["answered", "partly", "not answered"]
    found: tuple[str, ...]
    missing: tuple[str, ...]
    statements: tuple[str, ...]
    reason: str
