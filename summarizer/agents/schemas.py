"""What the tools take and give, as JSON Schema."""

from __future__ import annotations

from typing import Any, Final

from summarizer.agents.access import Access
from summarizer.briefing.json_object import load_schema
from summarizer.config import LANGUAGE

#: Longest query, in characters.
MAX_QUERY: Final = 1_000
#: Largest budget: longer ones mean that everything is wanted.
MAX_BUDGET: Final = 1_000_000
#: Most addresses of one call.
MAX_URLS: Final = 50

_FIELDS: Final = {
    "text": "the article, plain text; offsets in the result count its characters",
    "id": "a name by which the result cites it",
    "title": "its headline",
    "source": "the outlet; copies and agencies are folded with its help",
    "url": "where it was published; never fetched",
    "published": "ISO 8601; relative dates in the article need it",
    "language": "ISO 639-1",
}
_BUDGETS: Final = {
    "max_words": "Longest briefing in words; 150 if no budget is given.",
    "max_sentences": "Longest briefing in sentences, instead of words.",
    "max_characters": "Longest briefing in characters, instead of words.",
    "max_tokens": "Longest briefing in tokens (word pieces of the packaged tokenizer), instead of words.",
}
#: The settings that each tool takes, by type.
SETTINGS: Final[dict[str, dict[str, type]]] = {
    "summarize": {
        **dict.fromkeys(_BUDGETS, int),
        "query": str,
        "language": str,
        "keep_opinion": bool,
        "keep_other_events": bool,
    },
    "compare": {"language": str, "keep_other_events": bool},
}
SETTINGS["update"] = SETTINGS["summarize"]


def input_schema(tool: str, access: Access) -> dict[str, Any]:
    """Describe the arguments of a tool; paths and addresses only where they may be given.

    :param tool: its name.
    :param access: what may be read.
    """
    properties = {"documents": _documents()}
    if access.roots:
        properties["paths"] = {
            "type": "array",
            "items": {"type": "string", "minLength": 1},
            "description": "Files or folders inside the folders of this server, relative to them.",
        }
    if access.fetch:
        properties["urls"] = {
            "type": "array",
            "items": {"type": "string", "pattern": "^https?://"},
            "maxItems": MAX_URLS,
            "description": "Addresses of articles or feeds; links in them are not followed.",
        }
    if tool == "update":
        properties["since"] = {
            "type": ["string", "object"],
            "description": "The earlier briefing: the id that summarize or update gave, or its structured result.",
        }
    described = _settings()
    properties |= {name: described[name] for name in SETTINGS[tool]}
    required = ["since"] if tool == "update" else []
    if not access.roots and not access.fetch:
        required = ["documents", *required]
    return {"type": "object", "additionalProperties": False, "properties": properties, "required": required}


def output_schema(tool: str) -> dict[str, Any]:
    """Describe what a tool gives: a briefing, version 1, or the part of one that a comparison is."""
    schema = load_schema()
    if tool != "compare":
        return schema
    kept = ("schema_version", "generated_by", "signature", "comparisons", "documents", "warnings")
    properties = {name: schema["properties"][name] for name in kept}
    return {
        "$schema": schema["$schema"],
        "title": "Comparison, version 1",
        "type": "object",
        "additionalProperties": False,
        "required": list(kept),
        "properties": properties,
        "$defs": _needed(properties, schema["$defs"]),
    }


def _documents() -> dict[str, Any]:
    return {
        "type": "array",
        "minItems": 1,
        "description": "Articles: texts, or objects with text and what is known of it.",
        "items": {
            "anyOf": [
                {"type": "string"},
                {
                    "type": "object",
                    "properties": {name: {"type": "string", "description": told} for name, told in _FIELDS.items()},
                },
            ]
        },
    }


def _settings() -> dict[str, dict[str, Any]]:
    budgets = {
        name: {"type": "integer", "minimum": 1, "maximum": MAX_BUDGET, "description": told}
        for name, told in _BUDGETS.items()
    }
    return {
        **budgets,
        "query": {
            "type": "string",
            "minLength": 1,
            "maxLength": MAX_QUERY,
            "description": "A question or topic: only what bears on it is told, and whether it is answered.",
        },
        "language": {
            "type": "string",
            "pattern": f"^{LANGUAGE.pattern}$",
            "description": "ISO 639-1 code of all documents; found for each when not given.",
        },
        "keep_opinion": {"type": "boolean", "description": "Also quote commentary."},
        "keep_other_events": {
            "type": "boolean",
            "description": "Also use articles that seem to be about another event than most.",
        },
    }


def _needed(value: Any, definitions: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401  any JSON
    """Give the definitions that a schema refers to, and those that these refer to."""
    names: set[str] = set()
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            name = str(one.get("$ref", "")).removeprefix("#/$defs/")
            if name in definitions and name not in names:
                names.add(name)
                waiting.append(definitions[name])
            waiting += one.values()
    return {name: definitions[name] for name in definitions if name in names}
