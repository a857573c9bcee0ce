"""What no source holds, and what no source links."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from summarizer.faithfulness.lexicon import (
    DEMONYMS,
    HELPING,
    IRREGULAR,
    LIGHT,
    NUMBER_WORDS,
    ORDINALS,
    REFUSALS,
    SAYING,
    SCALES,
    SYNONYMS,
    VAGUE,
    VERBS,
)
from summarizer.faithfulness.names import names
from summarizer.faithfulness.objections import Objection
from summarizer.faithfulness.operators import operators
from summarizer.faithfulness.words import Pairing, Reading
from summarizer.terms import stem

#: Content words that no source holds.
MAX_NEW: Final = 1
#: The same as a share of all of its content words: "the bank is safe" has one new word too.
MAX_NEW_SHARE: Final = 0.12
#: Two words are of one family if they begin with so many letters in common, and that is most of both.
_FAMILY: Final = 5
_AMOUNTS: Final = frozenset("percent pct cent cents dollars euros almost nearly roughly approximately".split())
_SYNONYMS: Final = {
    stem(word): frozenset(
        stem(other) for group in SYNONYMS if word in group.split() for other in group.split() if other != word
    )
    for words in SYNONYMS
    for word in words.split()
}
_LINKS: Final = frozenset("because after before since due amid following despite therefore thus hence although".split())


def check_novelty(pairing: Pairing) -> list[Objection]:
    """Object to more than one content word that no source holds, and to one that says what is claimed."""
    candidate = pairing.candidate
    new = [at for at in candidate.content if _is_new(at, pairing)]
    words = ", ".join(candidate.tokens[at] for at in new)
    if len(new) > MAX_NEW or len(new) > MAX_NEW_SHARE * len(candidate.content):
        return [Objection("novelty", f"no source has {words}")]
    claims = [candidate.tokens[at] for at in new if _is_predicate(candidate, at)]
    return [Objection("novelty", f"no source has the claim “{word}”") for word in claims]


def _is_new(at: int, pairing: Pairing) -> bool:
    """Tell whether no source has a content word, its like, or a synonym."""
    low, form = pairing.candidate.lows[at], pairing.candidate.stems[at]
    if form in pairing.vocabulary or low in LIGHT or low in SAYING or _is_counted(low):
        return False
    if low in DEMONYMS and any(DEMONYMS.get(other) == DEMONYMS[low] for other in pairing.lows):
        return False
    if low in REFUSALS and any(one.kind == "negation" for source in pairing.sources for one in operators(source.text)):
        return False  # the check of negation decides
    if not _SYNONYMS.get(form, frozenset()).isdisjoint(pairing.vocabulary):
        return False
    return not any(_related(form, other) for other in pairing.vocabulary)


def _is_predicate(reading: Reading, at: int) -> bool:
    """Tell whether a word is a verb, or what a form of "be" says of something."""
    low = reading.lows[at]
    if low.endswith("ed") or low in VERBS or low in IRREGULAR or reading.stems[at] in _SYNONYMS:
        return True
    return not HELPING.isdisjoint(reading.lows[max(0, at - 2) : at])


def _is_counted(low: str) -> bool:
    """Tell whether a word belongs to a number, which has a check of its own."""
    return low[0].isdecimal() or any(low in words for words in (NUMBER_WORDS, ORDINALS, VAGUE, SCALES, _AMOUNTS))


@lru_cache(maxsize=1 << 15)
def _related(a: str, b: str) -> bool:
    """Tell whether two stems are of one family: investig, investigator."""
    shorter = min(len(a), len(b))
    if shorter < 4 or a[:4] != b[:4]:
        return False
    common = next((i for i in range(shorter) if a[i] != b[i]), shorter)
    return common >= max(_FAMILY, 0.6 * max(len(a), len(b))) or (
        common == shorter and max(len(a), len(b)) - common <= 3
    )


def check_links(pairing: Pairing) -> list[Objection]:
    """Object to facts of sources that have nothing to do with one another, and to a link that no source makes."""
    candidate = pairing.candidate
    new = sorted(_LINKS & set(candidate.lows) - pairing.lows)
    if new and len(pairing.sources) > 1 and _drawn_on(pairing)[1:]:
        return [Objection("link", f"“{new[0]}” is in no source")]
    drawn = _drawn_on(pairing)
    for i, a in enumerate(drawn):
        if all(not _akin(pairing.sources[a], pairing.sources[b]) for j, b in enumerate(drawn) if j != i) and drawn[1:]:
            return [Objection("link", "it joins sources that have nothing in common")]
    return []


def _drawn_on(pairing: Pairing) -> list[int]:
    """Give the sources that the candidate needs: those with two or more content words that no earlier one has."""
    wanted = {form for form in pairing.candidate.vocabulary if form in pairing.vocabulary}
    order = sorted(
        range(len(pairing.sources)),
        key=lambda s: (-len(wanted & pairing.sources[s].vocabulary), pairing.sources[s].text),
    )
    drawn = []
    for s in order:
        held = wanted & pairing.sources[s].vocabulary
        if len(held) >= 2:
            drawn.append(s)
            wanted -= held
    return drawn


def _akin(a: Reading, b: Reading) -> bool:
    """Tell whether two sources may be about one thing: a name, two content words, or one of a few in common."""
    common = (a.vocabulary & b.vocabulary) - {"say"}
    shorter = min(len(a.vocabulary), len(b.vocabulary))
    return len(common) >= 2 or len(common) > 0.2 * shorter or not _named(a).isdisjoint(_named(b))


def _named(reading: Reading) -> set[str]:
    return {reading.lows[at] for run in names(reading.text) for at in run if at or reading.tokens[at].isupper()}
