"""What several tests read: the seeds, their text by id, and their summaries."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from summarizer import Summary, summarize
from summarizer.briefing import load_schema

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

ROOT = Path(__file__).resolve().parents[1]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Take no coverage of tests of made-up examples.

    Which lines they reach differs from run to run, and tracing hundreds of examples takes longer than running them.
    """
    for item in items:
        if item.get_closest_marker("hypothesis"):
            item.add_marker("no_cover")


@pytest.fixture(scope="session")
def seeds() -> dict[str, str]:
    """The five articles by document id."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))}


@functools.cache
def brief(max_words: int, embedder: str) -> Summary:
    """Summarize the seeds once for each budget and embedder."""
    return summarize(ROOT / "seeds", max_words=max_words, embedder=embedder)


@functools.cache
def validator() -> Draft202012Validator:
    """Give the validator of a briefing as JSON; checking the schema itself takes a second, and once is enough."""
    from jsonschema import Draft202012Validator

    Draft202012Validator.check_schema(load_schema())
    return Draft202012Validator(load_schema())
