"""The description of the API (OpenAPI 3.1), from the fields of the configuration and the schema that ships."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from summarizer.briefing import load_schema
from summarizer.serving.fields import ARTICLE, setting_schemas
from summarizer.serving.problems import MEDIA_TYPE, TITLES
from summarizer.version import __version__

_BUDGETS: Final = ("max_words", "max_sentences", "max_characters", "max_tokens")
#: Parts of a briefing that a comparison without a summary has, too.
_REPORT: Final = ("schema_version", "generated_by", "signature", "comparisons", "documents", "warnings")
#: Statuses of every operation that takes a body, and the kinds of problem behind each.
_POST_PROBLEMS: Final = {
    400: "The body is no JSON.",
    403: "A page of another site sent the request.",
    408: "The body took too long to arrive.",
    413: "The body, or the articles in it, are over a limit of the server.",
    415: "The body is not application/json, or is compressed.",
    421: "The server does not go by the name in the Host header.",
    422: "A field is wrong, no sentence fits the budget, or no article can be used.",
    429: "Too many summaries are being made or wait; Retry-After says when to come back.",
    500: "The server failed.",
    503: "The server is stopping, or no worker became free; Retry-After says when to come back.",
    504: "The summary took too long.",
}
_GET_PROBLEMS: Final = {421: _POST_PROBLEMS[421], 503: "The server is stopping."}


@cache
def make_document() -> dict[str, Any]:
    """Give the description; who changes it changes it for all."""
    schemas = _shared_schemas()
    schemas["Problem"] = _problem()
    schemas["Article"] = _article()
    schemas["Health"] = _health()
    schemas["SummarizeRequest"] = _request("summarize")
    schemas["CompareRequest"] = _request("compare")
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "crossbrief",
            "version": __version__,
            "summary": "Briefings from many articles, in which every sentence shows who supports it.",
            "description": "Offsets count code points of the text as it was sent. Same request, same bytes.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "security": [],
        "tags": [{"name": "briefings"}, {"name": "server"}],
        "paths": {
            "/api/summarize": {"post": _work("summarize", "SummarizeRequest", "Briefing", "Make a briefing")},
            "/api/compare": {"post": _work("compare", "CompareRequest", "Comparison", "Compare articles")},
            "/healthz": {"get": _health_operation()},
            "/openapi.json": {"get": _own_operation()},
        },
        "components": {"schemas": schemas},
    }


def _shared_schemas() -> dict[str, Any]:
    """Take the schema of a briefing apart, so that its parts can be referred to from here."""
    schema: dict[str, Any] = _relocated(load_schema())
    parts: dict[str, Any] = {_name(name): part for name, part in schema.pop("$defs").items()}
    del schema["$schema"], schema["$id"]
    report = {
        "title": "Comparison without a summary, version 1",
        "type": "object",
        "additionalProperties": False,
        "required": list(_REPORT),
        "properties": {name: schema["properties"][name] for name in _REPORT},
    }
    return {"Briefing": schema, "Comparison": report, **parts}


def _relocated(value: Any) -> Any:  # noqa: ANN401
    """Copy a schema, its references led to the components of this document."""
    if isinstance(value, dict):
        return {key: _target(item) if key == "$ref" else _relocated(item) for key, item in value.items()}
    return [_relocated(item) for item in value] if isinstance(value, list) else value


def _target(reference: str) -> str:
    return "#/components/schemas/" + _name(reference.removeprefix("#/$defs/"))


def _name(part: str) -> str:
    return f"Briefing_{part}"


def _problem() -> dict[str, Any]:
    return {
        "title": "Problem (RFC 9457)",
        "type": "object",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": {"type": "string", "enum": [f"urn:crossbrief:problem:{kind}" for kind in TITLES]},
            "title": {"type": "string"},
            "status": {"type": "integer", "minimum": 400, "maximum": 599},
            "detail": {"type": "string", "description": "What happened, and what to do."},
            "errors": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["pointer", "detail"],
                    "properties": {
                        "pointer": {"type": "string", "description": "JSON pointer (RFC 6901) into the request."},
                        "detail": {"type": "string"},
                    },
                },
            },
        },
    }


def _article() -> dict[str, Any]:
    fields: dict[str, Any] = {
        name: {"type": ["string", "null"], "description": words} for name, words in ARTICLE.items()
    }
    fields["text"]["type"] = "string"
    return {"type": "object", "additionalProperties": False, "required": ["text"], "properties": fields}


def _request(task: str) -> dict[str, Any]:
    documents = {
        "type": "array",
        "minItems": 1,
        "items": {"$ref": "#/components/schemas/Article"},
        "description": "The articles, in any order. One that cannot be used is named in the warnings of the answer.",
    }
    schema: dict[str, Any] = {
        "type": "object",
        "additionalProperties": False,
        "required": ["documents"],
        "properties": {"documents": documents, **setting_schemas(task)},
    }
    if task == "summarize":
        # One budget at most: of two, one has to be left out or null.
        schema["allOf"] = [
            {"not": {"required": [one, two], "properties": {one: {"type": "integer"}, two: {"type": "integer"}}}}
            for at, one in enumerate(_BUDGETS)
            for two in _BUDGETS[at + 1 :]
        ]
    return schema


def _health() -> dict[str, Any]:
    count = {"type": "integer", "minimum": 0}
    return {
        "type": "object",
        "required": ["status", "version", "workers", "at_work", "inside", "kept"],
        "properties": {
            "status": {"enum": ["starting", "ready"]},
            "version": {"type": "string"},
            "workers": {**count, "description": "Processes that are ready or at work."},
            "at_work": {**count, "description": "Summaries that are being made."},
            "inside": {
                **count,
                "description": "Summaries made or waiting, and requests coming in.",
            },
            "kept": {**count, "description": "Briefings kept for pages."},
        },
    }


def _work(task: str, request: str, answer: str, summary: str) -> dict[str, Any]:
    return {
        "operationId": task,
        "tags": ["briefings"],
        "summary": summary,
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{request}"}, **_example()}},
        },
        "responses": {
            "200": _answer("What was made.", f"#/components/schemas/{answer}"),
            **_problems(_POST_PROBLEMS),
        },
    }


def _example() -> dict[str, Any]:
    texts = ("Exports fell by 3% in May, the ministry said.", "The ministry said that exports fell by 3% in May.")
    return {"example": {"documents": [{"text": text} for text in texts], "embedder": "tfidf"}}


def _health_operation() -> dict[str, Any]:
    return {
        "operationId": "health",
        "tags": ["server"],
        "summary": "Whether the server runs; answered at once, whatever is being made",
        "responses": {"200": _answer("It runs.", "#/components/schemas/Health"), **_problems(_GET_PROBLEMS)},
    }


def _own_operation() -> dict[str, Any]:
    content = {"application/json": {"schema": {"type": "object", "required": ["openapi", "paths"]}}}
    return {
        "operationId": "description",
        "tags": ["server"],
        "summary": "This description",
        "responses": {"200": {"description": "OpenAPI 3.1.", "content": content}, **_problems(_GET_PROBLEMS)},
    }


def _answer(description: str, schema: str) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": {"$ref": schema}}}}


def _problems(words: dict[int, str]) -> dict[str, Any]:
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    retry = {"Retry-After": {"required": True, "description": "Seconds.", "schema": {"type": "integer", "minimum": 1}}}
    return {
        str(status): {
            "description": text,
            **({"headers": retry} if status in (429, 503) else {}),
            "content": content,
        }
        for status, text in words.items()
    }
