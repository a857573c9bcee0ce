"""How many independent origins stand behind a claim.

Copies were folded before (:mod:`summarizer.origins`); for counting, three more things are one origin:

- articles of one publisher, known by the declared source and the address, or of a family of titles that share their
  copy (:mod:`summarizer.independence.outlets`), and stories that declare one news agency, whoever prints them;
- sentences that give their fact on the word of one outlet ("according to Reuters", "told the BBC", "citing a CNN
  report"), and reports of that outlet itself;
- what is joined by these, a step or more away.

Not folded is what rests on the word of an official, a company or a witness: two reporters may both have asked the
police. Nor is an outlet that cannot be named ("local media", "the newspaper"). Selection and salience keep the origins
of copies alone, so that the archive of a single newsroom still gets a good briefing.

Known limits: outlets are found in texts by name, those listed only, and relays by English words; a declared source that
is a person or a section stands for a publisher of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from summarizer.datatypes import Document
from summarizer.independence.names import AGENCY_NAMES
from summarizer.independence.outlets import FAMILIES
from summarizer.independence.publishers import find_dateline, find_publisher, publisher_of
from summarizer.independence.relays import find_relayed
from summarizer.origins import find_wires

__all__ = ["count_independent", "find_publisher", "find_relayed", "independent_origins", "origin_keys"]

_FAMILY_OF: Final = {title: family for family, titles in FAMILIES.items() for title in titles.split("|")}


def _ties(document: Document) -> tuple[str, ...]:
    """Give what other documents may share with one: its agencies, else its publisher; families by their name."""
    publisher, unlisted = publisher_of(document.source or "", document.url or "")
    wires = find_wires(document)
    if wires:  # whoever prints it
        return tuple(AGENCY_NAMES[code][0] for code in sorted(wires))
    publisher = publisher or (None if unlisted else find_dateline(document))
    return (_FAMILY_OF.get(publisher, publisher),) if publisher else unlisted


def origin_keys(places: Iterable[tuple[Document, str]]) -> tuple[str, ...]:
    """Give each place the name of its independent origin; two places share it exactly if they are no two origins.

    The more places are given at once, the more may join: the publisher of one may be whom two others rely on.

    :param places: documents, with the sentence of each that says what is counted, or nothing to ask about documents.
    :return: for each place the smallest ``origin_id`` among those of its origin, whatever the order of the places.

    O(places), and the length of the sentences.
    """
    given = list(places)
    parents: dict[str, str] = {}
    roots = []
    for document, text in given:
        own = "#" + (document.origin_id or document.id or document.text)
        relayed = find_relayed(text) if text else None
        shared = (*_ties(document), *((_FAMILY_OF.get(relayed, relayed),) if relayed else ()))
        for node in shared:
            _join(parents, own, "~" + node)
        roots.append(own)
    # A document sorts before what it shares, so that the root of a group is the smallest document in it.
    return tuple(_find(parents, own)[1:] for own in roots)


def _find(parents: dict[str, str], node: str) -> str:
    while (above := parents.setdefault(node, node)) != node:
        node = above
    return node


def _join(parents: dict[str, str], first: str, second: str) -> None:
    low, high = sorted((_find(parents, first), _find(parents, second)))
    parents[high] = low


def independent_origins(places: Iterable[tuple[Document, str]]) -> int:
    """Count the independent origins of what the sentences of some documents say; at least 1 where there is a place.

    Never more than :func:`count_independent` of the same documents.

    >>> one = Document("...", id="a", origin_id="a", url="https://www.lemonde.fr/1")
    >>> two = Document("...", id="b", origin_id="b", source="Reuters")
    >>> independent_origins([(one, "Talks ended."), (two, "Talks ended.")])
    2
    >>> independent_origins([(one, "Talks ended, according to Reuters."), (two, "Talks ended.")])
    1
    """
    return len(set(origin_keys(places)))


def count_independent(documents: Sequence[Document]) -> int:
    """Count the independent origins among documents: copies, wire stories and publishers folded."""
    return independent_origins((document, "") for document in documents)
