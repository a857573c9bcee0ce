"""Which settings a client may choose, and what a request for JSON may hold.

A setting that is not named here cannot be set from outside: those that name files, folders, models or servers, those
that open private networks, and the limits, which belong to who runs the server.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, Final, NoReturn, get_args, get_type_hints

from summarizer.config import EMBEDDERS, LANGUAGE, STRATEGIES, SummaryConfig
from summarizer.errors import ConfigError
from summarizer.serving.problems import Problem, problem_of

#: Settings that a request may hold, those of a comparison among them.
SETTINGS: Final = (
    *("max_words", "max_sentences", "max_characters", "max_tokens"),
    *("strategy", "embedder", "query", "diversity", "cluster_threshold", "copy_threshold"),
    *("keep_opinion", "keep_other_events", "compare", "language"),
)
COMPARE_SETTINGS: Final = ("embedder", "cluster_threshold", "copy_threshold", "keep_other_events", "language")
#: Fields of an article of a request.
ARTICLE: Final = {
    "text": "The article, as plain text; offsets of the answer count its characters.",
    "id": "A name for it in the answer; by default one is made of its content.",
    "title": "Its headline.",
    "source": "The outlet.",
    "url": "Its address; nothing is fetched from there.",
    "published": "When it was published, in ISO 8601.",
    "language": "ISO 639-1 code of its language.",
}
#: Longer budgets than any input has use for; a bound keeps arithmetic within what numbers can hold.
MAX_BUDGET: Final = 10_000_000
MAX_QUERY: Final = 1_000

_TYPES: Final = {int: "a whole number", float: "a number", str: "a text", bool: "true or false"}


def settings_of(task: str) -> tuple[str, ...]:
    """Give the settings that a task takes."""
    return COMPARE_SETTINGS if task == "compare" else SETTINGS


def setting_schemas(task: str) -> dict[str, Any]:
    """Describe the settings of a task as JSON Schema, from the fields of the configuration."""
    schemas = {}
    for spec in fields(SummaryConfig):
        if spec.name not in settings_of(task):
            continue
        kind, optional = _kind(spec.name)
        name = {int: "integer", float: "number", str: "string", bool: "boolean"}[kind]
        schema: dict[str, Any] = {"type": [name, "null"] if optional else name, "description": spec.metadata["help"]}
        schema["default"] = spec.default
        low, high = _range(spec.name)
        if low is not None:
            schema["minimum"], schema["maximum"] = low, high
        if spec.name in _CHOICES:
            schema["enum"] = list(_CHOICES[spec.name])
        if spec.name == "query":
            schema |= {"minLength": 1, "maxLength": MAX_QUERY, "pattern": r"\S"}
        if spec.name == "language":
            schema["pattern"] = f"^{LANGUAGE.pattern}$"
        schemas[spec.name] = schema
    return schemas


def configure(given: Mapping[str, Any], base: SummaryConfig) -> SummaryConfig:
    """Put the settings of a request over those of the server.

    :param given: settings that :func:`read_request` let through.
    :raises Problem: 422 if they exclude each other, or one is out of range.
    """
    try:
        return replace(base, **given)
    except ConfigError as error:
        raise problem_of(error) from None


def read_request(body: bytes, task: str) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Read the JSON of a request.

    :return: the articles, and the settings that were given.
    :raises Problem: 400 if it is no JSON; 422 if a field is missing, unknown or of the wrong kind.
    """
    given = _parse(body)
    if not isinstance(given, dict):
        raise Problem(422, "fields", "the request must be an object with documents", errors=[("", "is no object")])
    errors: list[tuple[str, str]] = []
    documents = _documents(given.pop("documents", None), errors)
    settings = {}
    for name, value in given.items():
        if name not in settings_of(task):
            known = ", ".join(settings_of(task))
            errors.append((f"/{_escape(name)}", f"is no field of this request: known are documents, {known}"))
            continue
        word = check_setting(name, value)
        if word:
            errors.append((f"/{name}", word))
        else:
            settings[name] = int(value) if _kind(name)[0] is int and value is not None else value
    if errors:
        first = f"{errors[0][0] or 'the request'} {errors[0][1]}"
        more = f" ({len(errors) - 1} more)" if len(errors) > 1 else ""
        raise Problem(422, "fields", f"{first}{more}", errors=errors)
    return documents, settings


def check_setting(name: str, value: object) -> str:
    """Say what is wrong with the value of a setting; an empty text if nothing is."""
    kind, optional = _kind(name)
    if value is None and optional:
        return ""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    fits = number if kind in (int, float) else isinstance(value, kind)
    if fits and kind is int and isinstance(value, float):
        fits = value.is_integer()
    if not fits:
        return f"must be {_TYPES[kind]} and {_short(value)}"
    low, high = _range(name)
    if low is not None and isinstance(value, int | float) and not low <= value <= high:
        return f"must be at least {low} and at most {high} and {_short(value)}"
    if name in _CHOICES and value not in _CHOICES[name]:
        return f"must be one of {', '.join(_CHOICES[name])} and {_short(value)}"
    if name == "query" and isinstance(value, str):
        if not value.strip():
            return "is blank: leave it out"
        if len(value) > MAX_QUERY:
            return f"has {len(value)} characters, more than {MAX_QUERY}"
    if name == "language" and isinstance(value, str) and not LANGUAGE.fullmatch(value):
        return f"must be an ISO 639-1 code of two small letters, such as en, and {_short(value)}"
    return _unprintable(value)


_CHOICES: Final = {"strategy": STRATEGIES, "embedder": EMBEDDERS}
_HINTS: Final = get_type_hints(SummaryConfig)


def _kind(name: str) -> tuple[type, bool]:
    """Give the type of a setting, and whether it may be null."""
    options = get_args(_HINTS[name]) or (_HINTS[name],)
    return options[0], type(None) in options


def _range(name: str) -> tuple[float | None, float]:
    metadata = SummaryConfig.__dataclass_fields__[name].metadata
    high = metadata["high"]
    return metadata["low"], MAX_BUDGET if high is None else high


def _documents(given: object, errors: list[tuple[str, str]]) -> list[dict[str, Any]]:
    if not isinstance(given, list) or not given:
        errors.append(("/documents", "must be a list of at least one article, each an object with text"))
        return []
    for at, article in enumerate(given):
        place = f"/documents/{at}"
        if not isinstance(article, dict):
            errors.append((place, f"must be an object with text and {_short(article)}"))
            continue
        if not isinstance(article.get("text"), str):
            errors.append((f"{place}/text", f"must be a text and {_short(article.get('text'))}"))
        for name, value in article.items():
            if name not in ARTICLE:
                errors.append(
                    (f"{place}/{_escape(name)}", f"is no field of an article: known are {', '.join(ARTICLE)}")
                )
            elif name != "text" and not isinstance(value, str | None):
                errors.append((f"{place}/{name}", f"must be a text and {_short(value)}"))
    return given


def _parse(body: bytes) -> Any:  # noqa: ANN401
    """Read JSON, which is UTF-8 and knows no NaN.

    :raises Problem: 400.
    """
    try:
        if not body.strip():
            raise ValueError("it is empty: send an object with documents, as /openapi.json describes it")
        # A byte order mark is no JSON, but some tools write one.
        return json.loads(body.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        reason = f"is not UTF-8 (byte {error.start})"
    except json.JSONDecodeError as error:
        reason = f"is not JSON ({error.msg[:60]}, line {error.lineno}, character {error.colno})"
    except RecursionError:
        reason = "is JSON nested too deep"
    except ValueError as error:
        reason = f"is not JSON ({str(error)[:80]})"
    raise Problem(400, "bad-request", f"the body {reason}")


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")


def _unprintable(value: object) -> str:
    """Say that a text cannot be written down, as half a character."""
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError:
            return "holds half a character (a lone surrogate)"
    return ""


def _short(value: object) -> str:
    """Say what was met."""
    if value is None:
        return "is missing or null"
    if isinstance(value, dict | list):
        return f"is {'an object' if isinstance(value, dict) else 'a list'}"
    return f"is {json.dumps(value):.60}"


def _escape(name: str) -> str:
    """Write a name as part of a JSON pointer (RFC 6901)."""
    return name.replace("~", "~0").replace("/", "~1")[:60]
