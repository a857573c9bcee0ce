"""What no source holds, and what no source links."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from summarizer.faithfulness.lexicon import DEMONYMS, LIGHT, NUMBER_WORDS, ORDINALS, SAYING, VAGUE
from summarizer.faithfulness.names import names
from summarizer.faithfulness.objections import Objection
from summarizer.faithfulness.words import Pairing, Reading

#: Content words that no source holds.
MAX_NEW: Final = 1
#: Two words are of one family if they begin with so many letters in common, and that is most of both.
_FAMILY: Final = 5
_LINKS: Final = frozenset("because after before since due amid following despite therefore thus hence although".split())


def check_novelty(pairing: Pairing) -> list[Objection]:
    """Object to more than one content word that no source holds, and to one that may be a name."""
    candidate = pairing.candidate
    new = []
    for at in candidate.content:
        low, form = candidate.lows[at], candidate.stems[at]
        if form in pairing.vocabulary or low in LIGHT or low in SAYING or _is_counted(low):
            continue
        if DEMONYMS.get(low) and any(DEMONYMS.get(other) == DEMONYMS[low] for other in pairing.lows):
            continue
        if not any(_related(form, other) for other in pairing.vocabulary):
            new.append(candidate.tokens[at])
    if len(new) > MAX_NEW:
        return [Objection("novelty", f"no source has {', '.join(new)}")]
    return []


def _is_counted(low: str) -> bool:
    return low[0].isdecimal() or low in NUMBER_WORDS or low in ORDINALS or low in VAGUE


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
