"""A briefing for a terminal, laid out by rich; what articles hold is printed as text and never interpreted."""

from __future__ import annotations

from collections.abc import Sequence
from io import StringIO
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Final

from summarizer.briefing.escaping import display
from summarizer.briefing.outline import (
    brackets,
    cited_numbers,
    count,
    count_origins,
    describe,
    headline,
    left_out,
    loose_phrase,
    number_documents,
    number_statements,
    part_loose,
    part_statements,
    rewriting_phrase,
    scope_phrase,
    support_phrase,
)
from summarizer.briefing.terminal_findings import (
    agreement_parts,
    answer_parts,
    change_parts,
    difference_parts,
    further_parts,
    timeline_parts,
)
from summarizer.datatypes import Document, Statement, Summary

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

#: Narrower than this nothing can be laid out; wider than that the eye loses the line.
_MIN_WIDTH: Final = 20
_MAX_WIDTH: Final = 100
#: Cells of the bar that shows the share of origins.
_BAR_CELLS: Final = 10
#: Characters of a title in the list of sources; the id tells which article it is.
_MAX_FIELD: Final = 64
#: With more articles than this only those that a statement cites are listed.
_MAX_LISTED: Final = 30


def to_terminal(summary: Summary, *, width: int | None = None, color: bool = False) -> str:
    """Lay a briefing out in columns: statements with a bar of support, sources, what was left out, warnings.

    No control character, bidi mark or markup of an article comes through; the only escape sequences are the colours
    asked for, from the sixteen that every terminal has.

    :param width: columns, at least 20; None for the width of the terminal, at most 100.
    :param color: whether to style with ANSI escapes; without it the result holds none.
    :return: no line end after the last line, no spaces at the end of a line.
    """
    return lay_out(_parts(summary), width=width, color=color)


def lay_out(parts: Sequence[RenderableType], *, width: int | None, color: bool) -> str:
    """Lay parts out one below the other; see :func:`to_terminal`."""
    from rich.console import Console

    if width is None:
        width = min(get_terminal_size().columns, _MAX_WIDTH)
    buffer = StringIO()
    console = Console(
        file=buffer,
        width=max(width, _MIN_WIDTH),
        force_terminal=color,
        color_system="standard" if color else None,
        no_color=not color,
        force_jupyter=False,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
        _environ={},
    )
    for part in parts:
        console.print(part)
    return "\n".join(line.rstrip(" ") for line in buffer.getvalue().rstrip("\n").split("\n"))


def _parts(summary: Summary) -> list[RenderableType]:
    from rich.text import Text

    numbers, places = number_documents(summary), number_statements(summary)
    parts: list[RenderableType] = [Text(headline(summary), style="bold"), Text(scope_phrase(summary), style="dim")]
    if summary.query:
        parts.append(Text(f"Query: {display(summary.query)}", style="dim"))
    parts += answer_parts(summary)
    parts.append(Text())
    if summary.changes and not summary.statements:
        parts += [Text("Nothing new since the earlier briefing."), Text()]
    statements = part_statements(summary)
    parts.append(_facts(statements.shared, summary, places, numbers))
    changes = change_parts(summary.changes, numbers) if summary.changes else []
    single = [_facts(statements.single, summary, places, numbers)] if statements.single else []
    near = [_facts(statements.near, summary, places, numbers)] if statements.near else []
    shown, loose = part_loose(summary.comparisons)
    rest = [Text(loose_phrase(loose), style="dim")] if loose else []
    sections: list[tuple[str, Sequence[RenderableType]]] = [
        *changes[:1],
        ("Where the sources differ", [*difference_parts(shown, numbers), *rest]),
        ("Only one source reports", [*single, *further_parts(summary, numbers)]),
        ("From one source; others come near, and none says the same", near),
        ("Where the sources agree", agreement_parts(summary.comparisons, numbers)),
        ("Timeline", timeline_parts(summary)),
        *changes[1:],
    ]
    for title, rows in sections:
        if rows:
            closes = rows[-1] in (*single, *near)  # a table of facts ends with an empty line of its own
            parts += [Text(title, style="bold"), *rows, *([] if closes else [Text()])]
    listed = _listed(summary, numbers)
    if listed:
        parts += list_sources(listed, numbers)
    if len(listed) < len(summary.documents):
        parts.append(Text(f"and {count(len(summary.documents) - len(listed), 'more article')} not cited", style="dim"))
    omitted = left_out(summary)
    if omitted:
        reasons = [Text(f"{row.reason} {brackets(row.numbers)}") for row in omitted]
        quantities = [f"{row.passages} ×" for row in omitted]
        parts += [Text(), Text("Left out", style="bold"), _rows(quantities, reasons, "dim")]
    if summary.warnings:
        warnings = [Text(display(warning)) for warning in summary.warnings]
        parts += [Text(), Text("Warnings", style="bold yellow"), _rows(["!"] * len(warnings), warnings, "yellow")]
    parts.append(Text())
    if summary.rewriting is not None:
        parts.append(Text(f"Rewriting: {rewriting_phrase(summary.rewriting)}", style="dim"))
    return [*parts, Text(display(summary.signature), style="dim", overflow="fold")]


def _facts(statements: Sequence[Statement], summary: Summary, places: dict[str, int], numbers: dict[str, int]) -> Table:
    marks = [str(places[statement.id]) for statement in statements]
    return _rows(marks, [_fact(statement, summary, numbers) for statement in statements], "bold cyan")


def _rows(marks: list[str], rows: list[Text], mark_style: str) -> Table:
    """Put marks to the left of paragraphs, which hang beside them."""
    from rich.table import Table

    grid = Table.grid(padding=(0, 1))
    grid.add_column(justify="right", no_wrap=True, style=mark_style)
    grid.add_column(overflow="fold")
    for mark, row in zip(marks, rows, strict=True):
        grid.add_row(f" {mark}", row)
    return grid


def _fact(statement: Statement, summary: Summary, numbers: dict[str, int]) -> Text:
    from rich.text import Text

    share = Text.assemble(
        (_bar(statement.origins, count_origins(summary)), "green"),
        (f" {support_phrase(statement, summary)} ", "dim"),
        ("from " if statement.kind == "rewrite" else "", "dim"),
        (brackets(cited_numbers(statement, numbers)), "cyan"),
    )
    return Text.assemble(display(statement.text), "\n", share, "\n")


def _bar(origins: int, total: int) -> str:
    """Draw the share of origins: one cell each up to ten, then scaled; full only when all, empty never."""
    cells = min(total, _BAR_CELLS)
    filled = cells if origins >= total else min(max(1, origins * cells // total), cells - 1)
    return "■" * filled + "□" * (cells - filled)


def _listed(summary: Summary, numbers: dict[str, int]) -> list[Document]:
    if len(summary.documents) <= _MAX_LISTED:
        return list(summary.documents)
    cited = {number for statement in summary.statements for number in cited_numbers(statement, numbers)}
    return [document for document in summary.documents if numbers[document.id] in cited]


def list_sources(documents: Sequence[Document], numbers: dict[str, int]) -> list[RenderableType]:
    """Give a heading and one line a document."""
    from rich.text import Text

    legend = [_source(document, numbers) for document in documents]
    return [Text("Sources", style="bold"), _rows([f"[{numbers[d.id]}]" for d in documents], legend, "cyan")]


def _clip(value: str) -> str:
    return value if len(value) <= _MAX_FIELD else f"{value[: _MAX_FIELD - 1].rstrip()}…"


def _source(document: Document, numbers: dict[str, int]) -> Text:
    from rich.text import Text

    known = [_clip(value) for value in describe(document)]
    identity = [display(value) for value in (document.id, document.url or "") if value]
    text = Text(" · ".join(known + identity))
    text.stylize("dim", len(" · ".join(known)))
    if document.copy_of is not None:
        number = numbers.get(document.copy_of)
        text.append(f" · copy of [{number}]" if number else f" · copy of {display(document.copy_of)}", "yellow")
    return text
