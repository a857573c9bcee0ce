"""Which sentences need the one before them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from summarizer.openers import is_dangling

CASES = json.loads((Path(__file__).parent / "cases" / "openers.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("text", CASES["dangling"])
def test_dangling(text: str) -> None:
    assert is_dangling(text)


@pytest.mark.parametrize("text", CASES["standing"])
def test_standing(text: str) -> None:
    assert not is_dangling(text)
