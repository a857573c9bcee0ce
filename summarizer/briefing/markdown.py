"""A briefing as Markdown: CommonMark and tables as GitHub reads them, in which articles cannot write any."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.briefing.escaping import code_span, link, markdown
from summarizer.briefing.markdown_findings import (
    agreement_lines,
    answer_lines,
    change_blocks,
    difference_blocks,
    further_claims,
    timeline_lines,
)
from summarizer.briefing.outline import (
    Parts,
    brackets,
    cited_numbers,
    describe,
    digest,
    headline,
    inferred_fields,
    left_out,
    loose_phrase,
    number_documents,
    number_statements,
    part_loose,
    part_statements,
    rewriting_phrase,
    scope_phrase,
    support_phrase,
    withheld_phrase,
)
from summarizer.datatypes import Document, Statement, Summary

#: Hexadecimal digits of a digest that are shown; 48 bits tell any two inputs of one briefing apart. JSON has all 64.
_DIGEST_DIGITS = 12


def to_markdown(summary: Summary) -> str:
    """Give a briefing that can be handed on: facts with their sources, the evidence, the sources, the method.

    Nothing that an article, a file name or a warning holds comes out as markup; the reader sees the same words.

    :return: no line end after the last line. O(length of the supports and documents).
    """
    numbers, facts = number_documents(summary), number_statements(summary)
    parts = part_statements(summary)
    further = further_claims(summary, numbers)
    changes = change_blocks(summary.changes, numbers) if summary.changes else []
    sections = [
        ("Key facts" if summary.changes is None else "New", _facts(parts.shared, summary, facts, numbers)),
        *changes[:1],
        ("Where the sources differ", ["\n\n".join(_differences(summary, numbers))]),
        ("Only one source reports", [_single(parts, further, summary, facts, numbers)]),
        ("From one source; others come near, and none says the same", _facts(parts.near, summary, facts, numbers)),
        ("Where the sources agree", agreement_lines(summary.comparisons, numbers)),
        ("Timeline", timeline_lines(summary)),
        *changes[1:],
        ("Evidence", [line for s in parts.shown for line in _evidence(facts[s.id], s, numbers)]),
        ("Sources", list_sources(summary.documents, numbers)),
        ("What was left out", _left_out(summary)),
        ("Warnings", [f"- {markdown(warning)}" for warning in summary.warnings]),
        ("Method", _method(summary)),
    ]
    blocks = [f"# {markdown(headline(summary))}", f"{scope_phrase(summary)}."]
    if summary.query:
        blocks.append(f"Selected for the query: {markdown(summary.query)}")
    blocks += answer_lines(summary)
    if summary.changes and not summary.statements:
        blocks.append("Nothing new since the earlier briefing.")
    for title, lines in sections:
        if any(lines):
            blocks += [f"## {title}", "\n".join(lines)]
    return "\n\n".join(blocks)


def _facts(
    statements: Sequence[Statement], summary: Summary, facts: dict[str, int], numbers: dict[str, int]
) -> list[str]:
    return [f"{facts[s.id]}. {_fact(s, summary, numbers)}" for s in statements]


def _differences(summary: Summary, numbers: dict[str, int]) -> list[str]:
    shown, loose = part_loose(summary.comparisons)
    return difference_blocks(shown, numbers) + ([f"{loose_phrase(loose)}."] if loose else [])


def _single(
    parts: Parts, further: Sequence[str], summary: Summary, facts: dict[str, int], numbers: dict[str, int]
) -> str:
    """Give the claims of one source: statements, numbered on, and those beyond the budget."""
    statements = _facts(parts.single, summary, facts, numbers)
    blocks = ["\n".join(statements), "Beyond the budget:" if statements and further else "", "\n".join(further)]
    return "\n\n".join(filter(None, blocks))


def _fact(statement: Statement, summary: Summary, numbers: dict[str, int]) -> str:
    sources = brackets(cited_numbers(statement, numbers))
    return f"{markdown(statement.text)} {sources} ({support_phrase(statement, summary)})"


def _evidence(index: int, statement: Statement, numbers: dict[str, int]) -> list[str]:
    first = statement.support[0]
    verb = "Quoted from" if statement.kind == "extract" else "Rewritten from"
    lines = [f"{index}. {verb} [{numbers[first.document_id]}], characters {first.start} to {first.end}."]
    rest = statement.support[1:] if statement.kind == "extract" else statement.support
    # The marker of a nested item stands below the text of its parent, whatever the width of the parent's number.
    indent = " " * len(f"{index}. ")
    for support in rest:
        place = f"[{numbers[support.document_id]}] characters {support.start} to {support.end}"
        lines.append(f"{indent}- {place}, similarity {support.similarity:.2f}: {markdown(support.text)}")
    withheld = withheld_phrase(statement)
    if withheld:
        lines.append(f"{indent}- {markdown(withheld)}")
    return lines


def list_sources(documents: Sequence[Document], numbers: dict[str, int]) -> list[str]:
    """Give one line a document: its number, what is known of it, its id, and whose copy it is."""
    lines = []
    for document in documents:
        parts = [markdown(part) for part in describe(document)]
        parts.append(code_span(document.id))
        if document.url:
            parts.append(link(document.url))
        if document.copy_of is not None:
            parts.append(f"copy of {_reference(document.copy_of, numbers)}")
        lines.append(f"- [{numbers[document.id]}] {' · '.join(part for part in parts if part)}")
    return lines


def _reference(document_id: str, numbers: dict[str, int]) -> str:
    number = numbers.get(document_id)
    return f"[{number}]" if number is not None else code_span(document_id)


def _left_out(summary: Summary) -> list[str]:
    return [f"- {row.passages} × {markdown(row.reason)}, in {brackets(row.numbers)}" for row in left_out(summary)]


def _method(summary: Summary) -> list[str]:
    told = " A rewritten fact has words of its own; the evidence shows the sentences it was made from."
    rewritten = any(statement.kind == "rewrite" for statement in summary.statements)
    lines = ["- After each fact: the article whose words it repeats, then the others that say the same."]
    lines[0] += told if rewritten else ""
    if not summary.documents:
        return [f"- Signature: {code_span(summary.signature)}"]
    digests = [f"[{i}] {code_span(digest(d.text)[:_DIGEST_DIGITS])}" for i, d in enumerate(summary.documents, 1)]
    lines.append("- Offsets count characters of the text as given. SHA-256 of each text: " + ", ".join(digests))
    for name, where in inferred_fields(summary):
        lines.append(f"- Found in the text or file name, not declared: {markdown(name)} of {brackets(where)}")
    if summary.rewriting is not None:
        phrase = markdown(rewriting_phrase(summary.rewriting))
        lines.append(f"- Rewriting by {code_span(summary.rewriting.rewriter)}: {phrase}")
    lines.append(f"- Signature: {code_span(summary.signature)}")
    return lines
