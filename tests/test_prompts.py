"""Prompts are text files with named gaps, and load as package resources."""

from __future__ import annotations

import importlib.resources
import string

import pytest

GAPS = {"fuse_t5.txt": {"sentences"}, "fuse_instruct.txt": {"sentences", "max_words"}}


def test_every_prompt_is_listed() -> None:
    folder = importlib.resources.files("summarizer.prompts")
    assert {entry.name for entry in folder.iterdir() if entry.name.endswith(".txt")} == set(GAPS)


@pytest.mark.parametrize("name", sorted(GAPS))
def test_prompts_load_and_have_their_gaps(name: str) -> None:
    text = importlib.resources.files("summarizer.prompts").joinpath(name).read_text(encoding="utf-8")
    assert {field for _, field, _, _ in string.Formatter().parse(text) if field} == GAPS[name]
    assert text.endswith("\n")
    assert text.isascii()
