"""A briefing as JSON, version 1: the object that ``schema-1.json`` describes."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from importlib import resources
from math import isfinite
from typing import Any, Final

from summarizer.briefing import json_findings
from summarizer.briefing.outline import digest
from summarizer.datatypes import Cluster, Document, Gate, Passage, Rewriting, Statement, Summary, Support
from summarizer.terms import count_words
from summarizer.version import __version__

SCHEMA_VERSION: Final = 1

# Written as \uXXXX, so that a briefing shown on a terminal cannot steer it and any encoder takes it: DEL, C1, lone
# surrogates, line separators, bidi marks, zero-width characters, tags. JSON escapes C0 itself; values stay the same.
_UNPRINTABLE: Final = re.compile(
    "[\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)


def to_dict(summary: Summary) -> dict[str, Any]:
    """Give the briefing as plain dicts, lists, strings and numbers; texts and offsets are raw, as given.

    :raises ValueError: if a salience or similarity is not a finite number.
    """
    budget = summary.budget
    return {
        "schema_version": SCHEMA_VERSION,
        "generated_by": f"crossbrief {__version__}",
        "signature": summary.signature,
        "budget": {"unit": budget.unit, "limit": int(budget.limit), "used": int(budget.used)},
        "title": summary.title,
        "query": summary.query,
        "statements": [_statement(statement) for statement in summary.statements],
        "comparisons": [json_findings.comparison(found) for found in summary.comparisons],
        "single_source": [json_findings.single_source(claim) for claim in summary.single_source],
        "timeline": [json_findings.event(event) for event in summary.timeline],
        "clusters": [_cluster(cluster) for cluster in summary.clusters],
        "documents": [document_object(document) for document in summary.documents],
        "warnings": list(summary.warnings),
        # There only if they were asked for.
        **({"rewriting": _rewriting(summary.rewriting)} if summary.rewriting else {}),
        **({"changes": json_findings.changes(summary.changes)} if summary.changes else {}),
        **({"answer": json_findings.answer(summary.answer)} if summary.answer else {}),
    }


def to_json(summary: Summary, *, indent: int | None = 2) -> str:
    """Write :func:`to_dict` as JSON: the same summary gives the same characters.

    Letters of every script stand as they are; characters that are not seen are escaped, lone surrogates among them, so
    the result can always be encoded as UTF-8.

    :param indent: spaces a level; None for one line.
    :return: no line end after the last line.
    :raises ValueError: if a salience or similarity is not a finite number.
    """
    return escape_unseen(json.dumps(to_dict(summary), ensure_ascii=False, allow_nan=False, indent=indent))


def escape_unseen(text: str) -> str:
    """Write the characters of a JSON text that are not seen as escapes; its values stay the same."""
    return _UNPRINTABLE.sub(lambda match: json.dumps(match.group())[1:-1], text)


def load_schema() -> dict[str, Any]:
    """Load the JSON Schema (draft 2020-12) that every result of :func:`to_json` meets."""
    text = resources.files("summarizer.briefing").joinpath(f"schema-{SCHEMA_VERSION}.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def _statement(statement: Statement) -> dict[str, Any]:
    return {
        "id": statement.id,
        "text": statement.text,
        "kind": statement.kind,
        "salience": _number(statement.salience, f"salience of {statement.id}"),
        "why": _why(statement.why, statement.id),
        "support": [_support(support) for support in statement.support],
        "origins": int(statement.origins),
        "articles": int(statement.articles),
        "gate": _gate(statement.gate),
    }


def _gate(gate: Gate) -> dict[str, Any]:
    return {"status": gate.status, "reasons": list(gate.reasons)}


def _rewriting(rewriting: Rewriting) -> dict[str, Any]:
    return {
        "rewriter": rewriting.rewriter,
        "rewritten": int(rewriting.rewritten),
        "withheld": int(rewriting.withheld),
        "kept": int(rewriting.kept),
        "unchanged": int(rewriting.unchanged),
        "single": int(rewriting.single),
        "objections": {check: int(count) for check, count in rewriting.objections.items()},
        "title": _gate(rewriting.title),
    }


def _why(why: Mapping[str, float], statement_id: str) -> dict[str, float]:
    parts = {name: _number(value, f"{name} of {statement_id}") for name, value in why.items()}
    return dict(sorted(parts.items(), key=lambda part: (-part[1], part[0])))


def _support(support: Support) -> dict[str, Any]:
    similarity = _number(support.similarity, f"similarity of a sentence of {support.document_id}")
    return {**json_findings.snippet(support), "similarity": similarity}


def _cluster(cluster: Cluster) -> dict[str, Any]:
    return {
        "representative": json_findings.snippet(cluster.representative),
        "members": [json_findings.snippet(member) for member in cluster.members],
        "origins": int(cluster.origins),
    }


def document_object(document: Document) -> dict[str, Any]:
    """Write what is known of a document, its text left out."""
    return {
        "id": document.id,
        "title": document.title,
        "source": document.source,
        "url": document.url,
        "published": document.published,
        "language": document.language,
        "inferred": sorted(set(document.inferred)),
        "words": count_words(document.text),
        "dropped": _passages(document.dropped),
        "opinion": _passages(document.opinion),
        "origin_id": document.origin_id,
        "copy_of": document.copy_of,
        "digest": digest(document.text),
    }


def _passages(passages: Sequence[Passage]) -> list[dict[str, Any]]:
    return [{"start": int(p.start), "end": int(p.end), "why": p.reason} for p in passages]


def _number(value: float, what: str) -> float:
    if not isfinite(value):
        raise ValueError(f"{what} is {value!r}, not a finite number")
    # Adding 0.0 turns -0.0 into 0.0.
    return round(float(value), json_findings.DECIMALS) + 0.0
