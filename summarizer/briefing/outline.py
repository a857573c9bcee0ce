"""What every format of a briefing says about its sources, so that all say the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from summarizer.briefing.escaping import display
from summarizer.datatypes import ComparisonReport, Document, Rewriting, Statement, Summary
from summarizer.findings import Answer, Comparison, Event, Value
from summarizer.independence import count_independent
from summarizer.openers import is_dangling
from summarizer.quotable import is_said_by_pronoun

#: The title above earlier statements of what was to come, whose time is past.
PAST: Final = "Was to come, and its time is past"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Passages that were left out for one reason.

    :param reason: in words.
    :param passages: how many.
    :param numbers: of the documents they stand in, ascending.
    """

    reason: str
    passages: int
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """Statements by how many origins they have, each in reading order.

    :param shared: of two or more origins, and what is read with them; all where nothing is known of claims of one
        source.
    :param single: those that only one source reports.
    :param near: of one origin, where others come near without saying the same.
    """

    shared: tuple[Statement, ...]
    single: tuple[Statement, ...]
    near: tuple[Statement, ...]

    @property
    def shown(self) -> tuple[Statement, ...]:
        """All, in the order in which they are shown."""
        return self.shared + self.single + self.near


def part_statements(summary: Summary) -> Parts:
    """Part what two or more origins say from what one says.

    A statement that points at the one before it ("he said") is read behind that one: both stand in one part, the one
    that says less of them, so that none is called the only report of its kind for the sake of the other.
    """
    near = {claim.statement_id: claim.near for claim in summary.single_source}
    rank = {None: 0, True: 1, False: 2}
    runs = _runs(summary)
    part = [min(rank[near.get(statement.id)] for statement in run) for run in runs for _ in run]
    shown = [statement for run in runs for statement in run]

    def of(number: int) -> tuple[Statement, ...]:
        return tuple(statement for statement, its in zip(shown, part, strict=True) if its == number)

    return Parts(of(0), of(2), of(1))


def _runs(summary: Summary) -> list[list[Statement]]:
    """Group statements in reading order: one, and those behind it that point at it or at what points at it."""
    languages = {document.id: document.language or "en" for document in summary.documents}
    runs: list[list[Statement]] = []
    for statement in summary.statements:
        place = statement.support[0]
        before = runs[-1][-1].support[0] if runs else None
        follows = before is not None and before.document_id == place.document_id and before.end <= place.start
        if follows and (
            is_dangling(place.text, languages.get(place.document_id, "en")) or is_said_by_pronoun(place.text)
        ):
            runs[-1].append(statement)
        else:
            runs.append([statement])
    return runs


def number_statements(summary: Summary) -> dict[str, int]:
    """Number the statements from 1 in the order in which they are shown: what two or more origins say comes first."""
    return {statement.id: number for number, statement in enumerate(part_statements(summary).shown, 1)}


def part_comparisons(comparisons: Iterable[Comparison]) -> tuple[list[Comparison], list[Comparison]]:
    """Part comparisons into those whose sides differ and those that agree."""
    found = list(comparisons)
    agreeing = ("agreement", "rounding")
    return [c for c in found if c.relation not in agreeing], [c for c in found if c.relation in agreeing]


#: Relations of two figures that may well be of two things: shown where nothing but the comparison is asked for.
_LOOSE: Final = ("other measure", "unknown")


def part_loose(comparisons: Iterable[Comparison]) -> tuple[list[Comparison], list[Comparison]]:
    """Part comparisons that a briefing shows from those of which it only says how many there are."""
    found = list(comparisons)
    return [c for c in found if c.relation not in _LOOSE], [c for c in found if c.relation in _LOOSE]


def loose_phrase(loose: Sequence[Comparison]) -> str:
    """Say how many comparisons a briefing does not show, and where they are."""
    shown = "it" if len(loose) == 1 else "them"
    return f"{count(len(loose), 'more pair')} of figures may not be of one thing: summarizer compare shows {shown}"


def value_notes(value: Value) -> list[str]:
    """Give what qualifies a value and cannot be seen in one line: whose word it is, and that it is no outcome."""
    notes = [value.modality or "", f"on the word of {value.attribution}" if value.attribution else ""]
    return [display(note) for note in notes if note]


def answer_phrase(answer: Answer, facts: Mapping[str, int]) -> str:
    """Say whether the sources answer the query, and which facts do, by the numbers under which they are shown."""
    verdict = {
        "answered": "The sources answer it",
        "partly": "The sources answer it in part",
        "not answered": "The sources do not answer it",
    }[answer.status]
    numbers = [str(facts[name]) for name in answer.statements if name in facts]
    which = f" (fact{'s' * (len(numbers) > 1)} {', '.join(numbers)})" if numbers else ""
    return f"{verdict}: {display(answer.reason)}{which}"


def date_phrase(event: Event) -> str:
    """Write a date to the precision to which it is known, or say that it is not."""
    if event.date is None:
        return "date unknown"
    year, month, _ = event.date.split("-")
    return {
        "year": year,
        "quarter": f"{year} Q{(int(month) + 2) // 3}",
        "month": f"{year}-{month}",
        "week": f"week of {event.date}",
    }.get(event.precision or "day", event.date)


def number_documents(summary: Summary | ComparisonReport) -> dict[str, int]:
    """Number the documents from 1, in their order; the numbers are what ``[1]`` points to."""
    return {document.id: number for number, document in enumerate(summary.documents, 1)}


def cited_numbers(statement: Statement, numbers: dict[str, int]) -> list[int]:
    """Give the numbers of the documents that support a statement: the one quoted first, the others ascending."""
    quoted = numbers[statement.support[0].document_id]
    return [quoted, *sorted({numbers[support.document_id] for support in statement.support} - {quoted})]


def brackets(numbers: Iterable[int]) -> str:
    """Write numbers as ``[1][3]``."""
    return "".join(f"[{number}]" for number in numbers)


def count(n: int, noun: str) -> str:
    """Write a number with its noun: ``1 article``, ``2 articles``, ``2 copies``."""
    if n == 1:
        return f"1 {noun}"
    return f"{n} {noun[:-1]}ies" if noun.endswith("y") else f"{n} {noun}s"


def support_phrase(statement: Statement, summary: Summary) -> str:
    """Say who supports a statement: ``3 of 5 articles; 2 origins``."""
    phrase = f"{statement.articles} of {count_articles(summary)}; {count(statement.origins, 'origin')}"
    return f"{phrase}; rewritten" if statement.kind == "rewrite" else phrase


def rewriting_phrase(rewriting: Rewriting) -> str:
    """Say what became of the statements: ``2 of 6 facts rewritten, 1 withheld, 1 not fused, 2 with nothing to fuse``.

    Behind that, in brackets, why drafts were withheld and facts not fused.
    """
    told = (rewriting.withheld, "withheld"), (rewriting.kept, "not fused"), (rewriting.unchanged, "as they stand")
    total = rewriting.rewritten + sum(number for number, _ in told) + rewriting.single
    parts = [f"{rewriting.rewritten} of {count(total, 'fact')} rewritten"]
    parts += [f"{number} {what}" for number, what in (*told, (rewriting.single, "with nothing to fuse")) if number]
    why = ", ".join(f"{check} {number}" for check, number in rewriting.objections.items())
    phrase = ", ".join(parts) + (f" ({display(why)})" if why else "")
    return f"{phrase}; headline rewritten" if rewriting.title.status == "passed" else phrase


def withheld_phrase(statement: Statement) -> str:
    """Say why a statement stands verbatim though there was something to fuse; empty if there is nothing to say."""
    reasons = display("; ".join(statement.gate.reasons))
    if not reasons:
        return ""
    return f"Rewrite withheld: {reasons}" if statement.gate.status == "failed" else f"Not fused: {reasons}"


def count_origins(summary: Summary | ComparisonReport) -> int:
    """Count independent origins: copies and articles of one publisher are one."""
    return count_independent([document for document in summary.documents if document.is_used])


def count_articles(summary: Summary | ComparisonReport) -> str:
    """Say how many articles it is made of: ``5 articles``; those about another event, left out, are not among them."""
    return count(sum(document.is_used for document in summary.documents), "article")


def headline(summary: Summary) -> str:
    """Give the title, or say what the briefing is made of when there is none."""
    if not summary.documents:
        return "Nothing new"
    return display(summary.title or "") or f"Briefing of {count_articles(summary)}"


def scope_phrase(summary: Summary) -> str:
    """Say what the briefing is made of and how long it is."""
    origins = count(count_origins(summary), "independent origin")
    budget = summary.budget
    return f"{count_articles(summary)} from {origins}; {budget.used} of {budget.limit} {budget.unit}"


def left_out(summary: Summary) -> list[LeftOut]:
    """Count the passages left out by reason, most first; then those marked as commentary; then copies."""
    places: dict[str, list[int]] = {}
    opinions: list[int] = []
    copies: list[int] = []
    for number, document in enumerate(summary.documents, 1):
        for passage in document.dropped:
            places.setdefault(passage.reason, []).append(number)
        opinions += [number] * len(document.opinion)
        copies += [number] * (document.copy_of is not None)
    rows = sorted(places.items(), key=lambda row: (-len(row[1]), row[0]))
    named = [(display(reason).replace("-", " ") or "no reason given", where) for reason, where in rows]
    named += [("commentary, marked", opinions), ("copy of another article, counted as one origin", copies)]
    return [LeftOut(reason, len(where), tuple(sorted(set(where)))) for reason, where in named if where]


def describe(document: Document) -> list[str]:
    """Give title, outlet and date of a document, as far as they are known, ready for display."""
    fields = (display(value or "") for value in (document.title, document.source, document.published))
    return [value for value in fields if value]


def inferred_fields(summary: Summary) -> list[tuple[str, list[int]]]:
    """Say which fields were found in the text or file name rather than declared, and in which documents."""
    places: dict[str, list[int]] = {}
    for number, document in enumerate(summary.documents, 1):
        for name in set(document.inferred):
            places.setdefault(display(name), []).append(number)
    return sorted(places.items())


def digest(text: str) -> str:
    """Give the SHA-256 of the UTF-8 bytes of a text, in hexadecimal; lone surrogates count as three bytes each."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
