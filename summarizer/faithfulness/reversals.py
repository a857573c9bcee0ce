"""Small words that turn a claim round, though every other word keeps its place.

"Fewer" for "more", "former" left out, what one was acquitted of put behind "convicted", those who were arrested for
those who were killed: each is looked up beside the words that it stands with.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from summarizer.faithfulness.lexicon import BE, NEGATORS
from summarizer.faithfulness.objections import Objection
from summarizer.faithfulness.words import Pairing, Reading

#: Comparatives and what they may not stand for.
_COMPARED: Final = {
    word: frozenset(others.split())
    for word, others in {
        "more": "fewer less", "fewer": "more", "less": "more", "above": "below under", "below": "above over",
        "under": "over above", "over": "under below",
    }.items()
}  # fmt: skip
#: Adjectives without which a noun names somebody or something else.
_LIMITING: Final = frozenset(
    "former ex acting interim deputy vice assistant retired outgoing incoming designate proposed planned draft "
    "attempted fake mock would-be".split()
)
#: Verdicts: on what stands behind one, the other was not given.
_VERDICTS: Final = {
    **dict.fromkeys("convicted convict guilty".split(), "convicted"),
    **dict.fromkeys("acquitted acquit cleared exonerated".split(), "acquitted"),
}
_TURNED: Final = {"convicted": "acquitted", "acquitted": "convicted"}
_ENDS: Final = frozenset((";", ".", ":", "but", "after", "before", "when", "while", "although", "though", "(", ")"))
#: Tokens behind a verdict in which its charges stand.
_CHARGES: Final = 12
#: What befalls somebody, in the passive.
_BEFALLING: Final = frozenset(
    "arrested detained charged convicted acquitted sentenced jailed killed shot murdered injured wounded rescued "
    "released fined sued fired dismissed appointed elected named hired accused".split()
)
_PREPOSITIONS: Final = frozenset(
    "of on in at for over with by after before to from as about against under during near between".split()
)
#: Tokens before a passive in which its subject stands.
_SUBJECT: Final = 12


def check_reversals(pairing: Pairing) -> list[Objection]:
    """Object to a comparison, an adjective, a verdict or a victim that is another than in the sources."""
    found = [Objection("negation", reason) for reason in (*_comparisons(pairing), *_verdicts(pairing))]
    found += [Objection("modality", reason) for reason in _limits(pairing)]
    found += [Objection("role", reason) for reason in _befallen(pairing)]
    return list(dict.fromkeys(found))


def _comparisons(pairing: Pairing) -> Iterator[str]:
    """Find "more" before a word before which the sources have nothing but "fewer"."""
    theirs = [pair for source in pairing.sources for pair in _compared(source)]
    for word, stem in _compared(pairing.candidate):
        beside = {other for other, form in theirs if form == stem}
        if beside and word not in beside and not beside.isdisjoint(_COMPARED[word]):
            yield f"“{word}” stands where the sources have “{min(beside & _COMPARED[word])}”"


def _compared(reading: Reading) -> Iterator[tuple[str, str]]:
    """Give comparatives, each with the stem of the next content word."""
    for at, low in enumerate(reading.lows):
        if low in _COMPARED:
            stem = next((form for form in reading.stems[at + 1 : at + 4] if form), "")
            if stem:
                yield low, stem


def _limits(pairing: Pairing) -> Iterator[str]:
    """Find nouns that lost "former" or the like, or gained it."""
    mine, theirs = _limited(pairing.candidate), [_limited(source) for source in pairing.sources]
    for noun in sorted(mine):
        given = [one[noun] for one in theirs if noun in one]
        words = frozenset[str]().union(*given)
        if not given:
            continue
        if all(given) and not mine[noun]:
            yield f"the sources have “{min(words)}” before “{noun}”"
        for word in sorted(mine[noun] - words):
            if not any(word in source.words for source in pairing.sources):
                yield f"“{word}” is in no source before “{noun}”"


def _limited(reading: Reading) -> dict[str, frozenset[str]]:
    """For each content word in lower case, the limiting adjectives before it anywhere, at most one word between."""
    found: dict[str, frozenset[str]] = {}
    for at in reading.content:
        low = reading.lows[at]
        if low in _LIMITING or not low.isalpha():
            continue
        reach = 2 if reading.stems[at - 1 : at] not in ([], [""]) else 1
        before = _LIMITING.intersection(reading.lows[max(0, at - reach) : at])
        found[low] = found.get(low, frozenset()) | before
    return found


def _verdicts(pairing: Pairing) -> Iterator[str]:
    """Find charges that stand behind the other verdict than in the sources."""
    theirs: dict[str, set[str]] = {}
    for source in pairing.sources:
        for charge, verdict in _charges(source):
            theirs.setdefault(charge, set()).add(verdict)
    for charge, verdict in _charges(pairing.candidate):
        if theirs.get(charge) == {_TURNED[verdict]}:
            yield f"“{verdict}” is another verdict on “{charge}” than that of the sources"


def _charges(reading: Reading) -> list[tuple[str, str]]:
    """Give the stems behind each verdict, with it; names and pronouns between are none."""
    found: list[tuple[str, str]] = []
    for at, low in enumerate(reading.lows):
        verdict = _VERDICTS.get(low)
        if verdict is None:
            continue
        if not NEGATORS.isdisjoint(reading.lows[max(0, at - 3) : at]):
            verdict = _TURNED[verdict]
        for place in range(at + 1, min(at + 1 + _CHARGES, len(reading.lows))):
            if reading.lows[place] in _ENDS or reading.lows[place] in _VERDICTS:
                break
            if reading.stems[place] and reading.tokens[place].islower():
                found.append((reading.stems[place], verdict))
    return found


def _befallen(pairing: Pairing) -> Iterator[str]:
    """Find subjects of a passive that the sources name elsewhere, where something else befell others."""
    for verb, mine in _patients(pairing.candidate):
        theirs = [patients for source in pairing.sources for other, patients in _patients(source) if other == verb]
        if mine and theirs and all(theirs) and all(mine.isdisjoint(patients) for patients in theirs):
            named = sorted(mine & pairing.vocabulary)
            if named and mine <= pairing.vocabulary:
                yield f"“{verb}” befell another than {' '.join(f'“{form}”' for form in named[:2])} in the sources"


def _patients(reading: Reading) -> Iterator[tuple[str, frozenset[str]]]:
    """Give the verbs that tell what befell somebody, with the stems of whom: before a passive, else right behind."""
    for at, low in enumerate(reading.lows):
        if low not in _BEFALLING:
            continue
        if not BE.isdisjoint(reading.lows[max(0, at - 3) : at]):
            yield low, frozenset(filter(None, reading.stems[max(0, at - _SUBJECT) : at]))
            continue
        found = set[str]()
        for place in range(at + 1, min(at + 1 + _SUBJECT, len(reading.lows))):
            if reading.lows[place] in _ENDS or (reading.lows[place] in _PREPOSITIONS and found):
                break
            if reading.stems[place]:
                found.add(reading.stems[place])
        yield low, frozenset(found)
