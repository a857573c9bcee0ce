"""The arguments of a call, checked, and the documents that they mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from summarizer import reading
from summarizer.agents.access import Access
from summarizer.agents.schemas import MAX_BUDGET, MAX_QUERY, MAX_URLS, SETTINGS, input_schema
from summarizer.config import SummaryConfig
from summarizer.datatypes import Document
from summarizer.errors import ConfigError, InputError, LimitError, NoInputError, ReadingError

#: Most characters that the documents of one call may have together.
MAX_CHARACTERS: Final = 20_000_000
#: Reasons that an error names where nothing could be read.
_MAX_REASONS: Final = 5
_TYPES: Final = {int: "a whole number", str: "a text", bool: "true or false"}

Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done.

    :param documents: at least one.
    :param config: the settings of the server, with those of the call.
    :param since: id or object of an earlier briefing, for an update.
    :param warnings: what there is to say of what could not be read.
    """

    documents: tuple[Document, ...]
    config: SummaryConfig
    since: str | dict[str, Any] | None
    warnings: tuple[str, ...]


def read_order(
    tool: str, arguments: Mapping[str, Any], access: Access, config: SummaryConfig, progress: Progress | None = None
) -> Order:
    """Check the arguments of a call, and read its documents.

    :raises ConfigError: if an argument is unknown, missing, or not what it must be.
    :raises InputError: if nothing usable was given, or a limit is passed.
    """
    known = input_schema(tool, access)
    unknown = sorted(set(arguments) - set(known["properties"]))
    if unknown:
        raise ConfigError(f"unknown argument {unknown[0]!r:.60}; known are {', '.join(known['properties'])}")
    missing = [name for name in known["required"] if arguments.get(name) is None]
    if missing:
        raise ConfigError(f"the argument {missing[0]} is missing: give it")
    settings = {name: value for name in SETTINGS[tool] if (value := _setting(tool, name, arguments)) is not None}
    since = arguments.get("since")
    if since is not None and not isinstance(since, str | dict):
        raise ConfigError("since must be the id of a briefing, or the briefing as an object")
    config = replace(config, **settings)
    documents, warnings = _read(arguments, access, config, progress)
    return Order(documents, config, since, warnings)


def _setting(tool: str, name: str, arguments: Mapping[str, Any]) -> Any:  # noqa: ANN401
    value, kind = arguments.get(name), SETTINGS[tool][name]
    if value is None:
        return None
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise ConfigError(f"{name} must be {_TYPES[kind]}, not {value!r:.60}")
    if isinstance(value, int) and kind is int and not 1 <= value <= MAX_BUDGET:
        raise ConfigError(f"{name} must be at least 1 and at most {MAX_BUDGET}, not {value!r:.60}")
    if name == "query" and isinstance(value, str) and len(value) > MAX_QUERY:
        raise ConfigError(f"query has {len(value)} characters, over the limit of {MAX_QUERY}: shorten it")
    return value


def _read(
    arguments: Mapping[str, Any], access: Access, config: SummaryConfig, progress: Progress | None
) -> tuple[tuple[Document, ...], tuple[str, ...]]:
    """Read what was sent, then files, then addresses."""
    given = _list(arguments, "documents", str | dict, "texts and objects")
    if len(given) > config.max_documents:  # before they are read: a million empty ones take a minute
        most = config.max_documents
        raise LimitError(f"there are {len(given)}, more than {most} documents, the limit for one briefing: give fewer")
    n_characters = sum(len(one) if isinstance(one, str) else _length(one) for one in given)
    if n_characters > MAX_CHARACTERS:
        raise LimitError(f"documents have {n_characters} characters, over the limit of {MAX_CHARACTERS}: give fewer")
    failures: list[InputError] = []
    sources: list[str] = []
    for path in _list(arguments, "paths", str, "texts"):
        try:
            sources += map(str, access.files(path))
        except ReadingError as error:
            failures.append(error)
    sources += _addresses(_list(arguments, "urls", str, "texts"))
    sent = reading.collect(given, config=config)
    found = reading.read_sources(sources, config=config, progress=progress) if sources else None
    documents = [*sent.documents, *(found.documents if found else ())]
    failures += [*sent.failures, *(found.failures if found else ())]
    if len(documents) > config.max_documents:
        raise LimitError(f"{len(documents)} documents are over the limit of {config.max_documents}: give fewer")
    if not documents:
        reasons = "; ".join(access.hide(str(failure)) for failure in failures[:_MAX_REASONS])
        raise NoInputError(f"there is no usable document ({reasons or 'none was given'})")
    warnings = [*sent.warnings, *(found.warnings if found else ()), *(f"not used: {failure}" for failure in failures)]
    return tuple(reading.assign_ids(documents)), tuple(access.hide(warning) for warning in warnings)


def _addresses(urls: list[str]) -> list[str]:
    if not urls:
        return []
    from summarizer.fetching import is_address

    if len(urls) > MAX_URLS:
        raise LimitError(f"{len(urls)} addresses are over the limit of {MAX_URLS}: give fewer at a time")
    for url in urls:
        if not is_address(url):
            raise ConfigError(f"urls must be addresses that begin with https:// or http://, not {url!r:.80}")
    return urls


def _list(arguments: Mapping[str, Any], name: str, kind: Any, told: str) -> list[Any]:  # noqa: ANN401  a union
    value = arguments.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise ConfigError(f"{name} must be a list of {told}, not {type(value).__name__}")
    for place, one in enumerate(value):
        if not isinstance(one, kind):
            raise ConfigError(f"{name}[{place}] must be one of {told}, not {type(one).__name__}")
    return value


def _length(value: Mapping[str, Any]) -> int:
    return sum(len(one) for one in value.values() if isinstance(one, str))
