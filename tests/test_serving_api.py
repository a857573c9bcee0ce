"""The description of the API: it is true (schemathesis asks everything of a running server), and it is whole."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import jsonschema
import pytest

pytest.importorskip("uvicorn", reason="the extra serve is not installed")
pytest.importorskip("schemathesis", reason="schemathesis is not installed")

import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import positive_data_acceptance

from benchmarks.serve import Running, running
from summarizer import SummaryConfig, compare, summarize
from summarizer.serving.fields import ARTICLE, COMPARE_SETTINGS, SETTINGS
from summarizer.serving.openapi import make_document
from summarizer.serving.problems import TITLES

DOCUMENT = make_document()
SCHEMA = schemathesis.openapi.from_dict(DOCUMENT)
SCHEMAS = DOCUMENT["components"]["schemas"]
TWO = ["The fire in Leeds killed 12 people.", "The fire in Leeds killed 15 people, police said."]


@pytest.fixture(name="live", scope="module")
def _live() -> Iterator[Running]:
    with running("--workers", "1", "--embedder", "tfidf") as server:
        server.wait_ready()
        yield server


@SCHEMA.parametrize()
@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_the_server_keeps_what_the_description_promises(case: Any, live: Running) -> None:
    answer = case.call(base_url=live.url)
    assert answer.status_code < 500, answer.text
    # No schema can say whether a text has a sentence that fits a budget: that is 422, as the description says.
    case.validate_response(answer, excluded_checks=[positive_data_acceptance])


def test_it_is_served_as_it_is(live: Running) -> None:
    status, headers, body = live.ask("GET", "/openapi.json")
    assert (status, headers["content-type"]) == (200, "application/json")
    assert json.loads(body) == DOCUMENT


def test_it_is_openapi() -> None:
    """By the meta-schema of OpenAPI 3.1 that ships with schemathesis, and each schema by that of JSON Schema."""
    from schemathesis.specs.openapi.definitions import OPENAPI_31

    jsonschema.validators.validator_for(OPENAPI_31)(OPENAPI_31).validate(DOCUMENT)
    for schema in SCHEMAS.values():
        jsonschema.Draft202012Validator.check_schema(schema)


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (value["$ref"],) if "$ref" in value else ()
        for item in value.values():
            yield from references(item)
    elif isinstance(value, list):
        for item in value:
            yield from references(item)


def test_references_lead_somewhere_and_nothing_is_left_over() -> None:
    found = set(references(DOCUMENT))
    assert found == {f"#/components/schemas/{name}" for name in SCHEMAS}


def validator(name: str) -> Any:
    return jsonschema.Draft202012Validator({**DOCUMENT, "$ref": f"#/components/schemas/{name}"})


def test_answers_meet_their_schemas() -> None:
    validator("Briefing").validate(summarize(TWO, query="Leeds", embedder="tfidf").to_dict())
    report = json.loads(compare(TWO, embedder="tfidf").to_json())
    assert report["comparisons"]
    validator("Comparison").validate(report)
    with pytest.raises(jsonschema.ValidationError):
        validator("Comparison").validate({**report, "statements": []})


def test_requests_are_the_settings() -> None:
    for name, known in (("SummarizeRequest", SETTINGS), ("CompareRequest", COMPARE_SETTINGS)):
        properties = SCHEMAS[name]["properties"]
        assert set(properties) == {"documents", *known}
        for field in fields(SummaryConfig):
            if field.name in known:
                assert properties[field.name]["default"] == field.default
                assert properties[field.name]["description"] == field.metadata["help"]
    assert set(SCHEMAS["Article"]["properties"]) == set(ARTICLE)
    assert len(SCHEMAS["Problem"]["properties"]["type"]["enum"]) == len(TITLES)


@pytest.mark.parametrize(
    ("more", "valid"),
    [
        ({}, True), ({"max_words": 50, "max_tokens": None}, True), ({"max_words": 50, "max_tokens": 50}, False),
        ({"max_words": 0}, False), ({"query": " "}, False), ({"since": "x"}, False), ({"compare": None}, False),
    ],
)  # fmt: skip
def test_schema_and_server_agree(more: dict[str, Any], valid: bool, live: Running) -> None:
    request = {"documents": [{"text": text} for text in TWO], **more}
    assert validator("SummarizeRequest").is_valid(request) == valid
    assert live.post("/api/summarize", request)[0] == (200 if valid else 422)
