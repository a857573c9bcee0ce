"""Quotations: every quoted span word for word in a quotation of a source, and nobody's "I" without marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from summarizer.faithfulness.objections import Objection
from summarizer.faithfulness.words import Pairing, Reading

_WORD: Final = re.compile(r"[^\W_]+(?:['’.,][^\W_]+)*")
#: What an editor leaves out or puts in: the parts between are compared one by one.
_CUT: Final = re.compile(r"\.\.\.|…|\. \. \.|\[[^\[\]]{0,80}\]|\([^()]{0,80}\)|--")
_FIRST_PERSON: Final = frozenset("i i'm i've i'll i'd me my mine we we're we've we'll our ours us".split())


def check_quotations(pairing: Pairing) -> list[Objection]:
    """Object to quotations that are not word for word in one of a source, and to unmarked first persons."""
    candidate = pairing.candidate
    sources = [_quoted(source) for source in pairing.sources]
    found = []
    for start, end in candidate.quotations:
        span = candidate.text[start:end]
        for part in filter(None, (_words(part) for part in _CUT.split(span))):
            if not any(_holds(whole, part) for quotations in sources for whole in quotations):
                found.append(Objection("quotation", f"“{span.strip()}” is quoted in no source"))
                break
    return found or _unmarked(pairing)


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.casefold().replace("’", "'").replace(".", "") for word in _WORD.findall(text))


def _quoted(source: Reading) -> list[tuple[str, ...]]:
    return [_words(source.text[start:end]) for start, end in source.quotations]


def _holds(whole: Sequence[str], part: Sequence[str]) -> bool:
    n = len(part)
    return any(whole[at] == part[0] and tuple(whole[at : at + n]) == tuple(part) for at in range(len(whole) - n + 1))


def _unmarked(pairing: Pairing) -> list[Objection]:
    mine = _persons(pairing.candidate)
    if mine and all(not (_persons(source) & mine) for source in pairing.sources):
        return [Objection("quotation", f"“{min(mine)}” stands outside quotation marks in no source")]
    return []


def _persons(reading: Reading) -> set[str]:
    return {
        low for low, quoted in zip(reading.lows, reading.quoted, strict=True) if not quoted and low in _FIRST_PERSON
    }
