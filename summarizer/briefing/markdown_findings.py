"""Comparisons, claims of one source, timeline, changes and answer as Markdown; tables as GitHub reads them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from summarizer.briefing.escaping import code_span, markdown, table_cell
from summarizer.briefing.outline import (
    PAST,
    answer_phrase,
    brackets,
    count,
    date_phrase,
    number_statements,
    part_comparisons,
    value_notes,
)
from summarizer.datatypes import Summary
from summarizer.findings import Comparison, EarlierArticle, Repeated, Side, Snippet, Update, Value

#: More agreements than these are not listed, only counted: a reader looks for where sources differ.
_MAX_AGREEMENTS: Final = 12
_HEADER: Final = ("| Says | In its words | Where | Origins |", "|---|---|---|---|")


def answer_lines(summary: Summary) -> list[str]:
    """Say whether the sources answer the query."""
    if summary.answer is None:
        return []
    lines = [f"{markdown(answer_phrase(summary.answer, number_statements(summary)))}"]
    if summary.answer.missing:
        words = ", ".join(f"“{markdown(word)}”" for word in summary.answer.missing)
        lines.append(f"Not spoken of in any source: {words}.")
    return ["  \n".join(lines)]


def difference_blocks(comparisons: Sequence[Comparison], numbers: dict[str, int]) -> list[str]:
    """Give a heading, the reason and a table for each matter on which the sources differ."""
    differing, _ = part_comparisons(comparisons)
    blocks = []
    for found in differing:
        rows = [row for side in found.sides for row in _side(side, numbers)]
        blocks += [f"**{markdown(found.topic)}: {found.relation}.** {markdown(found.reason)}", _table(rows)]
    return blocks


def agreement_lines(comparisons: Sequence[Comparison], numbers: dict[str, int]) -> list[str]:
    """List the figures and statements on which two or more origins agree."""
    _, agreeing = part_comparisons(comparisons)
    lines = []
    for found in agreeing[:_MAX_AGREEMENTS]:
        places = [value.place for side in found.sides for value in side.values]
        says = " / ".join(markdown(side.says) for side in found.sides)
        where = brackets(dict.fromkeys(numbers[place.document_id] for place in places))
        origins = count(max(side.origins for side in found.sides), "origin")
        if found.relation == "rounding":
            origins = "after rounding"
        lines.append(f"- {markdown(found.topic)}: {says} {where} ({origins})")
    if len(agreeing) > _MAX_AGREEMENTS:
        lines.append(f"- and {len(agreeing) - _MAX_AGREEMENTS} more")
    return lines


def _side(side: Side, numbers: dict[str, int]) -> list[str]:
    """Give one row a side: what it says, its first words in full, and every place."""
    first = side.values[0]
    notes = "; ".join(dict.fromkeys(note for value in side.values for note in value_notes(value)))
    says = table_cell(side.says) + (f" ({table_cell(notes)})" if notes else "")
    if side.shown_by:
        says += f"; it follows from {_levels(side.shown_by)}"
    where = ", ".join(place(value.place, numbers) for value in side.values)
    return [f"| {says} | {table_cell(first.sentence.text)} | {where} | {side.origins} |"]


def _levels(values: Sequence[Value]) -> str:
    return " and ".join(table_cell(value.value + (f" in {value.period}" if value.period else "")) for value in values)


def place(snippet: Snippet, numbers: dict[str, int]) -> str:
    """Say where words stand: ``[3] 2441–2446``."""
    number = numbers.get(snippet.document_id)
    name = f"[{number}]" if number is not None else table_cell(snippet.document_id)
    return f"{name} {snippet.start}–{snippet.end}"


def _table(rows: Sequence[str]) -> str:
    return "\n".join((*_HEADER, *rows))


def further_claims(summary: Summary, numbers: dict[str, int]) -> list[str]:
    """List the claims of one source for which the budget had no room, each with its source."""
    lines = []
    for claim in summary.single_source:
        if claim.statement_id is None and summary.changes is None:  # an update lists all that is new
            relayed = f"; it names {markdown(claim.relayed)}" if claim.relayed else ""
            lines.append(f"- {markdown(claim.place.text)} ({place(claim.place, numbers)}{relayed})")
    return lines


def timeline_lines(summary: Summary) -> list[str]:
    """List the statements by date; those of unknown time behind them, by the day on which they were reported."""
    facts = number_statements(summary)
    texts = {statement.id: markdown(statement.text) for statement in summary.statements}
    lines = []
    unknown: dict[str, list[int]] = {}
    for event in summary.timeline:
        if event.date is not None:
            lines.append(f"- {date_phrase(event)}: {texts[event.statement_id]} ({markdown(event.reason)})")
        elif event.reported is not None:
            why = f"reported {markdown(event.reported)}; {markdown(event.reason)}"
            lines.append(f"- date unknown: {texts[event.statement_id]} ({why})")
        else:
            unknown.setdefault(event.reason, []).append(facts[event.statement_id])
    for reason, which in unknown.items():
        noun = "facts" if len(which) > 1 else "fact"
        lines.append(f"- date unknown: {noun} {', '.join(map(str, sorted(which)))} ({markdown(reason)})")
    return lines


def change_blocks(update: Update, numbers: dict[str, int]) -> list[tuple[str, list[str]]]:
    """Give the sections of an update: what is corrected, what is new beyond the statements, what is unchanged."""
    corrected = difference_blocks(update.corrected, numbers)
    names = [f"“{markdown(text)}”" for text in dict.fromkeys(snippet.text for snippet in update.names)]
    figures = [f"“{markdown(text)}”" for text in dict.fromkeys(snippet.text for snippet in update.figures)]
    new = [f"- {markdown(snippet.text)} ({place(snippet, numbers)})" for snippet in update.new]
    first_met = [f"- Figures that are new: {', '.join(figures)}"] if figures else []
    first_met += [f"- Names that are new: {', '.join(names)}"] if names else []
    seen = [f"- {count(len(update.seen), 'article')} read before, skipped"] if update.seen else []
    if update.earlier:
        corrected.append("\n".join(f"- {_earlier(article)}" for article in update.earlier))
    return [
        ("Corrected", ["\n\n".join(corrected)] if corrected else []),
        ("All that is new", [*new, *first_met, *seen]),
        ("Unchanged", [_repeated(one, numbers) for one in update.unchanged]),
        (PAST, [_repeated(one, numbers) for one in update.past]),
    ]


def _repeated(one: Repeated, numbers: dict[str, int]) -> str:
    told = brackets(dict.fromkeys(numbers[s.document_id] for s in one.support if s.document_id in numbers))
    return f"- {markdown(one.text)}{f' {told}' if told else ''}"


def _earlier(article: EarlierArticle) -> str:
    """Say what is known of an earlier article that is no source of this briefing."""
    known = [markdown(part) for part in (article.title, article.source, article.published) if part]
    return f"Earlier article {' · '.join((code_span(article.id), *known))}"
