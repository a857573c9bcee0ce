"""Where a sentence tells in other words what a query asks for: kin of a common word, the name of who has a role.

"Who was hurt?" is met by "injured" through WordNet, as far as :mod:`summarizer.wordnet` has it, and "How old
is the former mayor?" by "Sandoval, 62" where some article writes "former mayor Victor Sandoval". Both are weaker than
the word itself: a word has many meanings, and two mayors may be spoken of. English.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from summarizer.actors import name_key
from summarizer.material import Material
from summarizer.questions import Asked
from summarizer.terms import stem
from summarizer.wordnet import is_person, kinship

#: What a sentence has of an asked word that it holds as another with the same meaning, as a kind of it or it as a kind
#: of that, or as the name of who has the role.
SAME: Final = 0.8
WIDER: Final = 0.6
ROLE: Final = 0.8

_NAMES: Final = r"[A-Z][\w’'-]+(?: (?:(?:de|van|von|al|bin|da|del) )?[A-Z][\w’'-]+){0,3}"
#: "former mayor Victor Sandoval", "captain, Marit Haugen"; the last word before the name is the role.
_BEFORE: Final = re.compile(rf"\b([A-Za-z]\w+),? ({_NAMES})")
#: "Maria Obi, a nurse", "Aaron Pell, its chief financial officer": up to four words, the last of which is the role.
_BEHIND: Final = re.compile(
    rf"\b({_NAMES}), (?:an?|the|its|their|his|her|who is an?) ((?:[\w-]+ ){{0,3}}?)(\w+)(?=[,.;])"
)


def find_roles(texts: Sequence[str]) -> dict[str, frozenset[str]]:
    """Give for the stem of each role that some name has in the texts the key words of who has it.

    >>> find_roles(["The mayor, Joy Lindqvist, spoke.", "Maria Obi, a nurse, wept."])
    {'mayor': frozenset({'lindqvist'}), 'nurs': frozenset({'obi'})}
    """
    found: dict[str, set[str]] = {}
    for text in texts:
        for role, name in _pairs(text):
            found.setdefault(role, set()).add(name)
    return {role: frozenset(names) for role, names in found.items()}


@lru_cache(maxsize=1 << 13)
def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    """Give the stem of a role and the key word of a name for each name of a sentence that has a role."""
    told = [(match[1], match[2]) for match in _BEFORE.finditer(text)]
    told += [(match[3], match[1]) for match in _BEHIND.finditer(text)]
    # A title is part of a capitalised run: "Mayor Joy Lindqvist".
    told += [(words[0], words[-1]) for match in re.finditer(_NAMES, text) if len(words := match[0].split()) > 1]
    pairs = ((stem(role.lower()), name_key(name.split()[-1])) for role, name in told)
    return tuple(dict.fromkeys((role, name) for role, name in pairs if name and name != role and is_person(role)))


class Kindred:
    """Looks up, for one asked word at a time, which sentences tell of it in other words.

    :param material: n sentences.
    :param names: key words of the names in each.
    :param holder: the sentence of each entry of ``flat``.
    :param flat: number of each stem in the vocabulary, sentence by sentence.
    """

    def __init__(
        self,
        material: Material,
        names: Sequence[frozenset[str]],
        holder: NDArray[np.int64],
        flat: NDArray[np.int32],
    ) -> None:
        self._vocabulary = material.terms.vocabulary
        self._names = names
        self._holder, self._flat = holder, flat
        self._roles = find_roles([sentence.text for sentence in material.sentences])

    def tell(self, item: Asked) -> NDArray[np.float64]:
        """Give how far each sentence tells of a thing in other words, shape (n,), in [0, 1]; names in none."""
        told = np.zeros(len(self._names))
        if item.kind != "word":
            return told
        form = item.forms[0]
        grades = np.array([_grade(form, word) for word in self._vocabulary])
        if grades.any():
            np.maximum.at(told, self._holder, grades[self._flat])
        holders = frozenset[str]().union(*(self._roles.get(one, frozenset()) for one in item.forms))
        if holders:
            by_role = np.array([not holders.isdisjoint(names) for names in self._names])
            told = np.maximum(told, ROLE * by_role)
        return told


@lru_cache(maxsize=1 << 16)
def _grade(form: str, word: str) -> float:
    if not word[:1].isalpha() or form == word:
        return 0.0
    return {"same": SAME, "wider": WIDER}.get(kinship(form, word), 0.0)
