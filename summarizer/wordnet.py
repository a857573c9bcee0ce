"""Which words may tell one thing, a wider one or the opposite: WordNet, as far as two words of news may share it.

No list of verbs and nouns is ever long enough. The table is made by ``python -m summarizer.training wordnet``. Of the
pairs in :mod:`summarizer.comparison.acts`, which reporters put for one another, it finds 46 in 100 the same or wider;
of those in :mod:`summarizer.comparison.apart`, of which only one can be meant, 3 in 100.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final, Literal

from summarizer.terms import stem

#: ``same``: they share a meaning, or one derives from the other or causes it; ``wider``: one is a kind of the other;
#: ``beside``: both are kinds of a third; ``opposed``: antonyms.
Kinship = Literal["same", "wider", "beside", "opposed", ""]
#: So related, words may stand for one another.
KIN: Final[tuple[Kinship, ...]] = ("same", "wider")
PACKAGED: Final = "wordnet-1"


@dataclass(frozen=True, slots=True)
class Meanings:
    """What the words with one stem mean, by number.

    :param own: their meanings; :param above: what these are kinds of; :param opposed: to what they are opposed.
    :param person: whether one of the words is for persons.
    """

    own: frozenset[str]
    above: frozenset[str]
    opposed: frozenset[str]
    person: bool


@lru_cache(maxsize=1)
def _rows() -> dict[str, tuple[list[str], bool]]:
    data = (files("summarizer.models") / PACKAGED / "relations.tsv.gz").read_bytes()
    rows = {}
    for line in gzip.decompress(data).decode("utf-8").splitlines():
        key, *columns = line.split("\t")
        rows[key.removesuffix("*")] = (columns, key.endswith("*"))
    return rows


@lru_cache(maxsize=1 << 13)
def _meanings(key: str) -> Meanings | None:
    word = key.removeprefix("=")
    found = _rows().get(stem(word)) or _rows().get(word)
    if found is None:
        return None
    own, above, opposed = (frozenset(column.split()) for column in [*found[0], "", "", ""][:3])
    return Meanings(own, above, opposed, found[1])


@lru_cache(maxsize=1 << 15)
def kinship(one: str, other: str) -> Kinship:
    """Tell how the words of two keys are related; nothing where they are not, or one is unknown.

    :param one: what a word is compared by, see :func:`summarizer.comparison.measures.key_of`.
    """
    if one == other:
        return "same"
    a, b = _meanings(one), _meanings(other)
    if a is None or b is None:
        return ""
    if a.opposed & b.own or b.opposed & a.own:
        return "opposed"
    if a.own & b.own:
        return "same"
    if a.above & b.own or b.above & a.own:
        return "wider"
    return "beside" if a.above & b.above else ""


def is_person(key: str) -> bool:
    """Tell whether the word of a key is for persons."""
    found = _meanings(key)
    return found is not None and found.person
