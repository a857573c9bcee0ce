"""Whether a sentence speaks of a day as one to come."""

from __future__ import annotations

import re
from typing import Final

_COMING: Final = re.compile(
    r"\b(?:will|won['’]t|shall|would|must|may|might|can|could|should|upcoming|deadline|ahead of)\b(?! have\b)|['’]ll\b"
    r"|\b(?:is|are|be|remains?)(?: now| also| still| not)? (?:due|set|scheduled|slated|expected|planned|likely|poised|to|going to|supposed)\b"
    r"|\b(?:due|scheduled|slated) (?:to|for|on|by|in|next)\b|\bdue $|\bto be \w+(?:ed|n|ld|t)\b"
    r"|\b(?:plans?|planning|intends?|hopes?|aims?|vow(?:s|ed)|agreed|pledged|promised|prepar(?:es|ing)|wants?|expects?) (?:\w+ )?(?:to|for)\b",
    re.IGNORECASE,
)
_PAST: Final = re.compile(
    r"\b(?:said|told|added|announced|was|were|had|has been|have been|began|came|took|met|held|found|died|killed|fell|rose|made|went"
    r"|became|showed|wrote|spoke|won|lost|left|struck|hit|\w{2,}ed)\b",
    re.IGNORECASE,
)
_WAS_DUE: Final = re.compile(r"\b(?:was|were|been|had)(?: \w+)? (?:due|scheduled|slated|set)\b", re.IGNORECASE)
_BREAK: Final = re.compile(r"[,;:—]|\b(?:but|while|who|which|when)\b", re.IGNORECASE)


def is_ahead(text: str, start: int, end: int) -> bool:
    """Say whether the words around a date tell of the future.

    A sign of the future counts in the same clause before the date, where nothing past stands between, or behind it where
    nothing past stands before: "will meet on Tuesday", "A vote on Friday will decide", not "said on Monday it will".

    :param text: the sentence.
    :param start: where the date starts.
    :param end: where it ends.
    """
    left = max(
        (found.end() for found in _BREAK.finditer(text, max(0, start - 120), start)), default=max(0, start - 120)
    )
    before = text[left:start]
    cue = None
    for cue in _COMING.finditer(before):
        pass
    if cue:
        return not _PAST.search(before, cue.end()) and not _WAS_DUE.search(before)
    if before.rstrip().lower().endswith(" by") and not _PAST.search(before):
        return True
    if _PAST.search(before):
        return False
    fronted = len(before.split()) <= 2 and text[end : end + 1] == ","
    right = _BREAK.search(text, end + fronted, end + 80)
    after = text[end : right.start() if right else end + 80]
    cue = _COMING.search(after)
    return bool(cue) and not _PAST.search(after[: cue.start()])
