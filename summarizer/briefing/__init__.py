"""The formats of a briefing: pure functions from a :class:`summarizer.Summary` to text, one file a format.

Whatever an article holds, it cannot steer the terminal, the Markdown or the JSON that shows it. No result ends with a
line end; ``print`` or the command adds the one that a file needs.
"""

from __future__ import annotations

from summarizer.briefing.escaping import display
from summarizer.briefing.html import report_to_html, to_frame, to_html
from summarizer.briefing.json_object import load_schema, to_dict, to_json
from summarizer.briefing.markdown import to_markdown
from summarizer.briefing.report import report_to_dict, report_to_json, report_to_markdown, report_to_terminal
from summarizer.briefing.terminal import to_terminal
from summarizer.briefing.text import to_text

__all__ = [
    "display",
    "load_schema",
    "report_to_dict",
    "report_to_html",
    "report_to_json",
    "report_to_markdown",
    "report_to_terminal",
    "to_dict",
    "to_frame",
    "to_html",
    "to_json",
    "to_markdown",
    "to_terminal",
    "to_text",
]
