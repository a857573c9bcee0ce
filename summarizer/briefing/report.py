"""A comparison of articles without a summary, in every format."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from summarizer.briefing import json_findings
from summarizer.briefing.escaping import code_span, display, markdown
from summarizer.briefing.json_object import SCHEMA_VERSION, document_object, escape_unseen
from summarizer.briefing.markdown import list_sources as markdown_sources
from summarizer.briefing.markdown_findings import agreement_lines, difference_blocks
from summarizer.briefing.outline import count, count_articles, count_origins, number_documents
from summarizer.briefing.terminal import lay_out
from summarizer.briefing.terminal import list_sources as terminal_sources
from summarizer.briefing.terminal_findings import agreement_parts, difference_parts
from summarizer.datatypes import ComparisonReport
from summarizer.version import __version__

if TYPE_CHECKING:
    from rich.console import RenderableType

_TITLE = "What the sources agree and differ on"
_NOTHING = "Nothing was found on which two origins can be compared."


def report_to_dict(report: ComparisonReport) -> dict[str, Any]:
    """Give the report as plain objects; each part has the form that it has in a briefing."""
    return {
        "schema_version": SCHEMA_VERSION,
        "generated_by": f"crossbrief {__version__}",
        "signature": report.signature,
        "comparisons": [json_findings.comparison(found) for found in report.comparisons],
        "documents": [document_object(document) for document in report.documents],
        "warnings": list(report.warnings),
    }


def report_to_json(report: ComparisonReport, *, indent: int | None = 2) -> str:
    """Write :func:`report_to_dict` as JSON; see :func:`summarizer.briefing.to_json`.

    :param indent: spaces a level; None for one line.
    """
    return escape_unseen(json.dumps(report_to_dict(report), ensure_ascii=False, allow_nan=False, indent=indent))


def _scope(report: ComparisonReport) -> str:
    matters = count(len(report), "matter")
    return f"{count_articles(report)} from {count(count_origins(report), 'independent origin')}; {matters} compared"


def report_to_markdown(report: ComparisonReport) -> str:
    """Give a table of each matter on which the articles differ, what they agree on, and the sources.

    :return: no line end after the last line.
    """
    numbers = number_documents(report)
    sections = [
        ("Where the sources differ", "\n\n".join(difference_blocks(report.comparisons, numbers))),
        ("Where the sources agree", "\n".join(agreement_lines(report.comparisons, numbers))),
        ("Sources", "\n".join(markdown_sources(report.documents, numbers))),
        ("Warnings", "\n".join(f"- {markdown(warning)}" for warning in report.warnings)),
        ("Method", f"- Signature: {code_span(report.signature)}"),
    ]
    blocks = [f"# {_TITLE}", f"{_scope(report)}."]
    if not report.comparisons:
        blocks.append(_NOTHING)
    for title, text in sections:
        if text:
            blocks += [f"## {title}", text]
    return "\n\n".join(blocks)


def report_to_terminal(report: ComparisonReport, *, width: int | None = None, color: bool = False) -> str:
    """Lay the report out for a terminal; see :func:`summarizer.briefing.to_terminal`.

    :param width: columns, at least 20; None for the width of the terminal, at most 100.
    :param color: whether to style with ANSI escapes.
    """
    from rich.text import Text

    numbers = number_documents(report)
    parts: list[RenderableType] = [Text(_TITLE, style="bold"), Text(_scope(report), style="dim"), Text()]
    if not report.comparisons:
        parts += [Text(_NOTHING), Text()]
    for title, rows in (
        ("Where the sources differ", difference_parts(report.comparisons, numbers)),
        ("Where the sources agree", agreement_parts(report.comparisons, numbers)),
    ):
        if rows:
            parts += [Text(title, style="bold"), *rows, Text()]
    parts += terminal_sources(report.documents, numbers)
    if report.warnings:
        parts += [Text(), *(Text(f"! {display(warning)}", style="yellow") for warning in report.warnings)]
    return lay_out([*parts, Text(), Text(display(report.signature), style="dim")], width=width, color=color)
