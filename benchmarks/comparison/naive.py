"""What a comparison without any reading of figures finds: same unit, other number, similar sentence.

It stands beside the library in tables, so that a reader sees what measure, basis, period and speaker buy.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from math import sqrt
from typing import Final

from benchmarks.comparison.scoring import Finding, Place
from summarizer.datatypes import Document
from summarizer.segmentation import segment
from summarizer.terms import STOP_WORDS, tokenize

#: Least cosine of two sentences; of .2, .3 … .9 the one with the best F1 of conflicts on the development half: .35.
BAR: Final = 0.7
_NUMBER: Final = re.compile(
    r"(?P<sign>[$€£¥])?(?P<digits>\d[\d,]*(?:\.\d+)?)"
    r"(?: ?(?P<scale>thousand|million|billion|trillion|bn|m)\b)?(?: ?(?P<unit>%|[A-Za-z]+))?"
)
_SCALES: Final = {"thousand": 1e3, "million": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12}
_UNITS: Final = {"percent": "%", "per": "%", "dollar": "$", "euro": "€", "pound": "£", "yen": "¥"}
_NEGATION: Final = re.compile(r"\b(?:not|no|never|none|nobody|nothing|neither|without|denied)\b|n't\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Line:
    place: Place
    words: Counter[str]
    numbers: tuple[tuple[Place, float, str], ...]
    negated: bool


def compare_naively(documents: Sequence[Document], *, bar: float = BAR) -> list[Finding]:
    """Report every two numbers of one unit in similar sentences of two documents, and similar sentences one negated.

    :param bar: least cosine of two sentences, in [0, 1].
    """
    lines = [list(_lines(document, number)) for number, document in enumerate(documents)]
    found = []
    for first in range(len(lines)):
        for second in range(first + 1, len(lines)):
            for one, other in product(lines[first], lines[second]):
                if _cosine(one.words, other.words) >= bar:
                    found += _compared(one, other)
    return found


def _compared(one: _Line, other: _Line) -> list[Finding]:
    found = []
    for (place, value, unit), (place2, value2, unit2) in product(one.numbers, other.numbers):
        if unit == unit2:
            relation = "agreement" if value == value2 else "conflict"
            found.append(Finding("quantity", relation, ((place,), (place2,)), (1, 1)))
    if one.negated != other.negated:
        found.append(Finding("statement", "conflict", ((one.place,), (other.place,)), (1, 1)))
    return found


def _lines(document: Document, number: int) -> list[_Line]:
    return [
        _Line(
            Place(number, sentence.start, sentence.end),
            Counter(w for w in tokenize(sentence.text.lower()) if w not in STOP_WORDS and not w[0].isdigit()),
            tuple(_numbers(sentence.text, number, sentence.start)),
            bool(_NEGATION.search(sentence.text)),
        )
        for sentence in segment(document)[0]
    ]


def _numbers(text: str, number: int, offset: int) -> list[tuple[Place, float, str]]:
    found = []
    for match in _NUMBER.finditer(text):
        value = float(match["digits"].replace(",", "")) * _SCALES.get(match["scale"] or "", 1.0)
        word = (match["unit"] or "").lower().removesuffix("s")
        unit = match["sign"] or _UNITS.get(word, word)
        found.append((Place(number, offset + match.start(), offset + match.end()), value, unit))
    return found


def _cosine(one: Counter[str], other: Counter[str]) -> float:
    dot = sum(count * other[word] for word, count in one.items())
    return dot / (sqrt(sum(c * c for c in one.values()) * sum(c * c for c in other.values())) or 1.0)
