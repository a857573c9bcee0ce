"""The sentence within an answer of an instruction model, which likes to talk around it."""

from __future__ import annotations

import re
from typing import Final

from summarizer.boundaries import find_boundaries

_OPENERS: Final = (
    r"sure|certainly|of course|okay|ok|here(?:'s|’s| is| are)|answer|final answer|output|response|summary|sentence"
    r"|(?:the |a |one |my )?(?:fused|rewritten|combined|merged|single|resulting|final|summary)"
    r" (?:sentence|version|fact)"
)
#: "Sure! Here is the sentence:", up to a colon on the same line.
_PREAMBLE: Final = re.compile(rf"(?:{_OPENERS})\b[^:\n]{{0,80}}:(?=\s|$)[*_\s]*", re.IGNORECASE)
_MARKER: Final = re.compile(r"(?:(?<![-*•>#])[-*•>#]++|\(?\d{1,2}[.)])\s+")
_QUOTES: Final = {'"': '"', "“": "”", "„": "“", "«": "»", "'": "'", "‘": "’", "`": "`"}
_THOUGHT_END: Final = "</think>"


def first_sentence(answer: str) -> str:
    """Give the first sentence of an answer, without preamble, list mark, emphasis, quotation marks and line ends.

    :param answer: what the model wrote; thoughts up to ``</think>`` are not part of it.
    :return: the sentence, or the empty string if nothing is left.
    """
    for line in answer.rsplit(_THOUGHT_END, 1)[-1].splitlines():
        text = _PREAMBLE.sub("", _bare(line), count=1) if _PREAMBLE.match(_bare(line)) else _bare(line)
        text = _bare(text)
        if any(character.isalnum() for character in text) and not text.endswith(":"):
            return _bare(_first(text))
    return ""


def _bare(line: str) -> str:
    """Take off list marks, Markdown's emphasis and one pair of quotation marks around the whole."""
    text = _MARKER.sub("", " ".join(line.split()), count=1) if _MARKER.match(line.strip()) else " ".join(line.split())
    for mark in ("**", "__", "*", "_"):
        if len(text) > 2 * len(mark) and text.startswith(mark) and text.endswith(mark):
            text = text[len(mark) : -len(mark)].strip()
    closing = _QUOTES.get(text[:1])
    if closing and len(text) > 2 and text.endswith(closing) and not {text[0], closing} & set(text[1:-1]):
        text = text[1:-1].strip()
    return text


def _first(text: str) -> str:
    return text[: find_boundaries(text, "en")[0]].strip()
