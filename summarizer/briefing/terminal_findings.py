"""Comparisons, claims of one source, timeline, changes and answer for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from summarizer.briefing.escaping import display
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
from summarizer.findings import Comparison, Repeated, Side, Snippet, Update

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

#: A terminal shows so many lines of a kind; Markdown and JSON have all.
_MAX_LINES: Final = 8


def answer_parts(summary: Summary) -> list[RenderableType]:
    """Say whether the sources answer the query."""
    from rich.text import Text

    if summary.answer is None:
        return []
    style = {"answered": "green", "partly": "yellow"}.get(summary.answer.status, "bold yellow")
    return [Text(answer_phrase(summary.answer, number_statements(summary)), style=style)]


def difference_parts(comparisons: Sequence[Comparison], numbers: dict[str, int]) -> list[RenderableType]:
    """Give the matters on which sources differ, each side with its words and their places."""
    from rich.padding import Padding
    from rich.text import Text

    differing, _ = part_comparisons(comparisons)
    parts: list[RenderableType] = []
    for found in differing[:_MAX_LINES]:
        parts.append(Text.assemble((f"{display(found.topic)}: ", "bold"), (found.relation, "bold yellow")))
        parts.append(Padding(Text(display(found.reason), style="dim"), (0, 0, 0, 2)))
        parts += [Padding(_side(side, numbers), (0, 0, 0, 2)) for side in found.sides]
    if len(differing) > _MAX_LINES:
        parts.append(Text(f"and {len(differing) - _MAX_LINES} more", style="dim"))
    return parts


def _side(side: Side, numbers: dict[str, int]) -> Text:
    from rich.text import Text

    notes = "; ".join(dict.fromkeys(note for value in side.values for note in value_notes(value)))
    levels = " and ".join(display(value.value) for value in side.shown_by)
    where = " ".join(_place(value.place, numbers) for value in side.values)
    text = Text.assemble(
        (display(side.says), "cyan"),
        (f" ({notes})" if notes else "", "dim"),
        (f", from {levels}" if levels else "", "dim"),
        (f"  {count(side.origins, 'origin')} {where}", "dim"),
    )
    # A statement or a quotation is its own words already.
    first = side.values[0]
    if display(first.sentence.text) != display(side.says):
        text.append(f"\n“{display(first.sentence.text)}”")
    return text


def _place(snippet: Snippet, numbers: dict[str, int]) -> str:
    number = numbers.get(snippet.document_id)
    name = f"[{number}]" if number is not None else display(snippet.document_id)
    return f"{name} {snippet.start}–{snippet.end}"


def agreement_parts(comparisons: Sequence[Comparison], numbers: dict[str, int]) -> list[RenderableType]:
    """List what origins agree on."""
    from rich.text import Text

    _, agreeing = part_comparisons(comparisons)
    parts: list[RenderableType] = []
    for found in agreeing[:_MAX_LINES]:
        says = " / ".join(display(side.says) for side in found.sides)
        where = brackets(dict.fromkeys(numbers[v.place.document_id] for side in found.sides for v in side.values))
        parts.append(Text.assemble(f"{display(found.topic)}: ", (says, "green"), (f" {where}", "dim")))
    if len(agreeing) > _MAX_LINES:
        parts.append(Text(f"and {len(agreeing) - _MAX_LINES} more", style="dim"))
    return parts


def further_parts(summary: Summary, numbers: dict[str, int]) -> list[RenderableType]:
    """List the claims of one source beyond the budget."""
    from rich.text import Text

    further = [claim for claim in summary.single_source if claim.statement_id is None and summary.changes is None]
    return [
        Text.assemble("· ", display(claim.place.text), (f" {_place(claim.place, numbers)}", "dim")) for claim in further
    ]


def timeline_parts(summary: Summary) -> list[RenderableType]:
    """List the statements by date, and say which have no known date."""
    from rich.text import Text

    facts = number_statements(summary)
    texts = {statement.id: display(statement.text) for statement in summary.statements}
    parts: list[RenderableType] = []
    unknown = []
    for event in summary.timeline:
        if event.date is not None:
            parts.append(Text.assemble((f"{date_phrase(event)}  ", "cyan"), texts[event.statement_id]))
        elif event.reported is not None:
            when = f"date unknown, reported {display(event.reported)}  "
            parts.append(Text.assemble((when, "dim"), texts[event.statement_id]))
        else:
            unknown.append(facts[event.statement_id])
    if unknown:
        which = f"facts {', '.join(map(str, sorted(unknown)))}" if parts else "all facts"
        parts.append(Text(f"date unknown: {which}", style="dim"))
    return parts


def change_parts(update: Update, numbers: dict[str, int]) -> list[tuple[str, list[RenderableType]]]:
    """Give the sections of an update."""
    from rich.text import Text

    corrected = difference_parts(update.corrected, numbers)
    names = dict.fromkeys(display(snippet.text) for snippet in update.names)
    figures = dict.fromkeys(display(snippet.text) for snippet in update.figures)
    new: list[RenderableType] = []
    if figures:
        new.append(Text(f"Figures that are new: {', '.join(figures)}"))
    if names:
        new.append(Text(f"Names that are new: {', '.join(names)}"))
    if len(update.new) > 0:
        new.append(Text(f"{count(len(update.new), 'sentence')} say what was not known", style="dim"))
    if update.seen:
        new.append(Text(f"{count(len(update.seen), 'article')} read before, skipped", style="dim"))
    return [
        ("Corrected", corrected),
        ("All that is new", new),
        ("Unchanged", _repeated(update.unchanged)),
        (PAST, _repeated(update.past)),
    ]


def _repeated(told: Sequence[Repeated]) -> list[RenderableType]:
    """List earlier statements, as many as there is room for."""
    from rich.text import Text

    lines: list[RenderableType] = [Text(f"· {display(one.text)}") for one in told[:_MAX_LINES]]
    if len(told) > _MAX_LINES:
        lines.append(Text(f"and {len(told) - _MAX_LINES} more", style="dim"))
    return lines
