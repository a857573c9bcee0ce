"""Cases of comparison as training reads them: the figures in their documents, and the relation told of two of them.

A case is documents and pairs of words in them with the relation in which their figures stand, as
``tests/cases/comparison_*.json`` holds them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from summarizer.comparison.figures import Figure
from summarizer.config import SummaryConfig
from summarizer.datatypes import Document
from summarizer.errors import ReadingError
from summarizer.material import Material
from summarizer.preparation import compare_sentences, prepare_documents, silent, split_documents

#: Files of cases to learn from; those kept aside are not among them.
CASES: Final = (
    "comparison_dev.json", "comparison_dev_2.json", "comparison_dev_3.json", "comparison_dev_4.json",
    "comparison_dev_5.json", "comparison_dev_6.json", "comparison_dev_7.json", "comparison_dev_8.json",
    "comparison_dev_9.json", "comparison_dev_10.json", "comparison_dev_11.json", "comparison_dev_12.json",
    "comparison_dev_13.json", "comparison_dev_14.json", "comparison_dev_15.json", "comparison_dev_16.json",
    "comparison_dev_17.json", "comparison_dev_18.json", "comparison_dev_19.json", "comparison_dev_20.json",
    "comparison_relations.json",
)  # fmt: skip
#: Cases with more documents are about copies.
MAX_DOCUMENTS: Final = 3


def read_cases(path: Path) -> list[Mapping[str, Any]]:
    """Read a file of cases, those about copies left out.

    :raises ReadingError: if it is missing or has another shape.
    """
    try:
        cases = json.loads(path.read_text(encoding="utf-8"))
        return [case for case in cases if len(case["input"]["documents"]) <= MAX_DOCUMENTS and case["expected"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReadingError(str(path), f"it holds no cases of comparison: {error!r}") from error


def material_of(case: Mapping[str, Any]) -> Material:
    """Prepare the documents of a case, compared by their words."""
    documents = [
        Document(given["text"], id=f"{number:02d}", published=given.get("published"))
        for number, given in enumerate(case["input"]["documents"])
    ]
    config = SummaryConfig(embedder="tfidf")
    notes: list[str] = []
    prepared = prepare_documents(documents, config, silent)
    sentences = split_documents(prepared, config, notes, silent)
    return compare_sentences(prepared, sentences, config, None, silent, notes)


def relation_of(case: Mapping[str, Any], one: Figure, other: Figure, material: Material) -> str:
    """Give the relation that the case tells of two figures; nothing where it tells none.

    Where it tells the relation of the two documents, it is that of the figures of short sentences.
    """
    if isinstance(case["expected"], str):
        return str(case["expected"])
    for relation, words, words_other, _ in case["expected"]["relations"]:
        for mine, theirs in ((words, words_other), (words_other, words)):
            if _stands(one, mine, material) and _stands(other, theirs, material):
                return str(relation)
    return ""


def is_told_of(case: Mapping[str, Any], figure: Figure, material: Material) -> bool:
    """Tell whether a case tells of a figure in any relation."""
    if isinstance(case["expected"], str):
        return True
    return any(_stands(figure, words, material) for row in case["expected"]["relations"] for words in (row[1], row[2]))


def _stands(figure: Figure, words: Sequence[str], material: Material) -> bool:
    """Tell whether a figure shares a character with one of some words in its document."""
    text = material.documents[figure.document].text
    start = material.sentences[figure.sentence].start + figure.quantity.start
    end = material.sentences[figure.sentence].start + figure.quantity.end
    for word in words:
        at = text.find(word)
        while at >= 0:
            if at < end and start < at + len(word):
                return True
            at = text.find(word, at + 1)
    return False
