"""What several tests read: the seeds, their text by id, and their summaries."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest

from summarizer import Summary, summarize

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def seeds() -> dict[str, str]:
    """The five articles by document id."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))}


@functools.cache
def brief(max_words: int, embedder: str) -> Summary:
    """Summarize the seeds once for each budget and embedder."""
    return summarize(ROOT / "seeds", max_words=max_words, embedder=embedder)
