"""Publishers by the names and addresses that texts and declarations use."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from summarizer.independence.outlets import OUTLETS
from summarizer.origins import AGENCIES

#: Agency -> its names; the mark of Reuters' list of editors is none.
AGENCY_NAMES: Final = {
    code: [name for name in names.split("|") if name != "Reporting by"] for code, names in AGENCIES.items()
}
#: Names begin with one of these words.
LEAD: Final = re.compile(r"\b(?:[A-Z][^\W\d_]*|dpa|60)\b")
_NOT_A_LETTER: Final = re.compile(r"[\W_]+")


def _index() -> tuple[dict[str, list[tuple[str, str]]], dict[str, list[str]], dict[str, str]]:
    """Give names of texts by their first word, longest first; declared names, squeezed; and addresses."""
    written: dict[str, list[tuple[str, str]]] = {}
    declared: dict[str, list[str]] = {}
    hosts: dict[str, str] = {}
    rows = {title: [list(filter(None, part.split("|"))) for part in parts] for title, parts in OUTLETS.items()}
    for names in AGENCY_NAMES.values():
        rows.setdefault(names[0], [[], [], []])[0].extend(names)
    for title, (in_text, only_declared, addresses) in rows.items():
        hosts.update(dict.fromkeys(addresses, title))
        for name in dict.fromkeys((title, *in_text, *only_declared)):
            declared.setdefault(squeeze(name), []).append(title)
        for name in in_text:
            lead = LEAD.search(name.removeprefix("The "))
            if lead:
                written.setdefault(lead.group(), []).append((name, title))
    for found in written.values():
        found.sort(key=lambda pair: (-len(pair[0]), pair))
    return written, declared, hosts


@lru_cache(maxsize=1 << 12)
def squeeze(name: str) -> str:
    """Give a name without case, accents, blanks and article, so that it can be compared."""
    plain = unicodedata.normalize("NFKD", name).casefold().strip().removeprefix("the ")
    return _NOT_A_LETTER.sub("", "".join(mark for mark in plain if not unicodedata.combining(mark)))


_INDEX: Final = _index()
#: First word of a name in a text -> names with their publishers, longest first.
WRITTEN: Final = _INDEX[0]
#: Declared name, squeezed -> publishers that bear it.
DECLARED: Final = _INDEX[1]
#: Address -> publisher.
HOSTS: Final = _INDEX[2]
