"""Stems of the index of terms -> the keys that words are compared by. English."""

from __future__ import annotations

from functools import cache
from typing import Final

from summarizer.opposition.antonyms import particled, poles, raw_stems
from summarizer.opposition.synonyms import meant_by, one_noun, synonyms
from summarizer.opposition.wording import IRREGULAR_FORMS, word_key
from summarizer.terms import stem

_MOST_KEPT: Final = 1 << 16
#: Letters of the longest stem that is no British verb for ending in "is".
_BRITISH: Final = 4


@cache
def _known() -> dict[str, str]:
    """Give the key of each stem that is not its own: irregular forms, words of the list, near synonyms."""
    irregular = {form: word_key(word) for word in IRREGULAR_FORMS for form in (stem(word), word)}
    known = {form: meant_by(key) for form, key in (synonyms() | raw_stems() | irregular).items()}
    return {form: key for form, key in known.items() if form != key}


class _Keys(dict[str, str]):
    """The key of each stem that was asked for; emptied when it holds too many."""

    def __missing__(self, form: str) -> str:
        if len(self) >= _MOST_KEPT:
            self.clear()
        british = form[-2:] in ("is", "ys") and len(form) > _BRITISH
        found = one_noun(_known().get(form) or (meant_by(word_key(form + "e")) if british else form))
        self[form] = found
        return found


KEYS: Final = _Keys()


@cache
def verbs() -> dict[str, tuple[str, ...]]:
    """Give the keys of verbs by the word that they begin with: those with a particle, and those with an opposite."""
    found: dict[str, tuple[str, ...]] = {}
    for key in dict.fromkeys((*poles(), *sorted(particled()))):
        found[key.split("_")[0]] = (*found.get(key.split("_")[0], ()), key)
    return found
