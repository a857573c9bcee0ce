"""The statements alone, as plain text."""

from __future__ import annotations

from summarizer.briefing.escaping import display
from summarizer.datatypes import Summary


def to_text(summary: Summary) -> str:
    """Give the statements, one a line, as a reader sees them.

    Unlike :attr:`summarizer.Summary.text` this is safe to print: see :func:`summarizer.briefing.display`.

    :return: no line end after the last line.
    """
    return "\n".join(display(statement.text) for statement in summary.statements)
