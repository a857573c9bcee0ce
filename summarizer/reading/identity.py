"""Ids: unique, stable, and independent of the order in which documents are given."""

from __future__ import annotations

import dataclasses
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence

from summarizer.datatypes import Document


def content_id(text: str) -> str:
    """Name a text by its content: ``d`` and the first 8 hexadecimal digits of its SHA-256.

    O(n).
    """
    return "d" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def resolve_ids(documents: Sequence[Document]) -> tuple[list[Document], dict[str, int]]:
    """Give each document a unique id, and tell which ids were wanted more than once.

    A document without an id gets :func:`content_id`. Where several want the same id, they are ordered by content: the
    first keeps it, the others get ``-2``, ``-3`` …, passing over ids that a document has anyway. So any permutation of
    the documents gives the same ids to the same content.

    :return: the documents in the order given, and how many wanted each id that was wanted more than once.

    O(n log n) comparisons of documents.
    """
    wanted = [document.id or content_id(document.text) for document in documents]
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for index, id_ in enumerate(wanted):
        holders[id_].append(index)
    taken = set(wanted)
    final = list(wanted)
    clashes = {id_: len(indices) for id_, indices in holders.items() if len(indices) > 1}
    for id_ in sorted(clashes):
        suffix = 1
        for index in sorted(holders[id_], key=lambda index: _content(documents[index]))[1:]:
            suffix += 1
            while f"{id_}-{suffix}" in taken:
                suffix += 1
            final[index] = f"{id_}-{suffix}"
            taken.add(final[index])
    named = [
        document if document.id == id_ else dataclasses.replace(document, id=id_)
        for document, id_ in zip(documents, final, strict=True)
    ]
    return named, clashes


def assign_ids(documents: Iterable[Document]) -> list[Document]:
    """Give each document a unique id that does not depend on the order of the documents.

    An id that is there and unique stays; see :func:`resolve_ids` for the others.

    :return: the documents in the order given.

    O(n log n) comparisons of documents.
    """
    return resolve_ids(list(documents))[0]


def _content(document: Document) -> tuple[str, ...]:
    """Give what tells documents with the same id apart."""
    fields = (document.text, document.title, document.source, document.url, document.published, document.language)
    return tuple(value or "" for value in fields)
