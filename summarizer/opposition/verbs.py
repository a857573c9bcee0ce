"""The verb group that a predicate ends: how often it is negated, how sure it is, and whether it is a verb. English."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from summarizer.opposition.phrases import DETERMINERS, PREPOSITIONS
from summarizer.opposition.reading import Reading
from summarizer.opposition.wording import IRREGULAR_FORMS, NEGATORS, REFUSALS, SOFTENERS

BE: Final = frozenset("is are was were be been being am 's".split())
HAVE: Final = frozenset("has have had having".split())
#: Verbs of having something on or in one.
HOLDING: Final = HAVE | frozenset(
    "carry carries carried carrying contain contains contained containing wear wears wore worn wearing possess "
    "possesses possessed hold holds held holding include includes included bear bears bore offer offers offered".split()
)
LACKING: Final = frozenset("lack lacks lacked lacking".split())
DO: Final = frozenset("do does did".split())
_MODALS: Final = {
    "will": "future", "shall": "future", "'ll": "future", "would": "would", "can": "can", "could": "can",
    "may": "may", "might": "may", "should": "ought", "must": "ought", "ought": "ought",
}  # fmt: skip
HELPING: Final = BE | HAVE | DO | _MODALS.keys() | frozenset(("to", "get", "got", "gets"))
_ADVERBS: Final = frozenset("also already now still again finally ever even since then later eventually soon".split())
#: What is done so is not quite done, and not left undone.
_NEARLY: Final = frozenset("almost nearly partly partially virtually practically hardly barely scarcely rarely".split())
_REPORTEDLY: Final = frozenset(
    "reportedly allegedly apparently supposedly possibly perhaps probably presumably seemingly".split()
)
#: What stands before "to" and a verb -> how sure the verb is; others keep their own name, so that like meets like.
_TO: Final = {
    word: mood
    for mood, words in {
        "future": "expected set due scheduled plan plans planned planning intend intends intended likely going poised",
        "fact": "voted able managed continue continues continued began begun proceeded unable",
        "decide": "decided agreed chose opted agree agrees",
        "ought": "has have had need needs needed",
    }.items()
    for word in words.split()
}
#: Verbs between a subject and what it is or is found to be.
_LINKING: Final = frozenset(
    "found ruled declared deemed remained remains remain stayed stays stay kept keep pleaded pronounced".split()
)
#: Words that end a clause, and words that open one.
STRONG: Final = frozenset(';:—–()"“”')
JOINING: Final = frozenset(
    "but while although though whereas because who which whom whose where when after before until till since as that "
    "despite".split()
)
REACH: Final = 14
#: What somebody is said to be doing who will do it.
_GOING: Final = frozenset("leaving staying returning joining quitting retiring resigning moving attending".split())
_NOW: Final = frozenset("is are am 's".split())


@dataclass(slots=True)
class VerbGroup:
    """The verb group that a predicate ends: where it begins, how often it is negated, how sure it is."""

    start: int
    negations: int = 0
    mood: str = "fact"
    is_be: bool = False
    helped: bool = False


def read_group(reading: Reading, at: int) -> VerbGroup | None:
    """Read the helping words, adverbs and negators in front of a predicate; None where a negation is softened."""
    group = _read_group(reading, at)
    if group and group.mood == "fact" and reading.lows[at] in _GOING:
        if not _NOW.isdisjoint(reading.lows[group.start : at]):
            group.mood = "future"  # "is leaving", "will leave"
    return group


def _read_group(reading: Reading, at: int) -> VerbGroup | None:
    lows = reading.lows
    group = VerbGroup(at)
    i = at - 1
    while i >= 0 and at - i < REACH:
        low = lows[i]
        if low in NEGATORS:
            if lows[i + 1] in SOFTENERS:
                return None
            group.negations += 1
        elif low == "longer" and i and lows[i - 1] == "no":
            group.negations += 1
            i -= 1
        elif low == "to":
            i = _governed(reading, i, group)
        elif low in _NEARLY:
            return None
        elif low in _REPORTEDLY:
            group.mood = "reported"
        elif low in _MODALS:
            group.mood = _MODALS[low]
        elif low in BE:
            group.is_be = group.is_be or group.mood == "fact"
        elif low in _LINKING and group.start == at and reading.lows[at] != "to":
            group.is_be = group.helped = True
        elif not (low in HELPING or low in _ADVERBS or low.endswith("ly")):
            break
        group.helped = group.helped or low in HELPING
        i -= 1
    group.start = i + 1
    return group


def _governed(reading: Reading, at: int, group: VerbGroup) -> int:
    """Read what stands before "to": a refusal denies, a plan is not the act; gives the token read last."""
    i = at - 1
    if i >= 0 and reading.lows[i] in NEGATORS:
        group.negations += 1
        i -= 1
    if i < 0:
        group.mood = "to"
        return at
    low = reading.lows[i]
    if reading.keys[i] in REFUSALS or low == "unable":
        group.negations += 1
    elif low in BE:
        group.mood = "future"
        return i + 1
    elif low in _TO:
        group.mood = _TO[low]
        if i and reading.lows[i - 1] == "no":  # "has no plans to"
            group.negations += 1
            i -= 1
    else:
        group.mood = "to " + (reading.keys[i] or low)
    return i


def is_predicate(reading: Reading, at: int, group: VerbGroup) -> bool:
    """Tell a verb, or an adjective behind "is", from a noun and a participle in front of one."""
    low, lows = reading.lows[at], reading.lows
    before = lows[group.start - 1] if group.start else ""
    if before in ("or", "nor"):  # "not qualified or authorised"
        return False
    after = lows[at + 1] if at + 1 < len(lows) else "."
    if group.helped:
        return not low.endswith("ing") or group.is_be
    if not before or before in DETERMINERS or (before in PREPOSITIONS and before not in JOINING) or before == "'s":
        return False
    if low.endswith("ing") or before.endswith(("'s", "s'")) or before[0].isdecimal():
        return False
    if low.endswith("ed") or low in IRREGULAR_FORMS:
        return after != "by"  # "a bill passed by Congress"
    if (
        low.endswith("s")
        and after in PREPOSITIONS
        and before not in HOLDING | LACKING
        and not any(looks_finite(reading, i, 0) for i in _between_commas(reading, at) if i != at)
    ):
        return True  # "the vaccine protects against": the only verb that there is
    return after in DETERMINERS or (bool(reading.keys[at + 1 : at + 2] and reading.keys[at + 1]) and after[0].isalpha())


def _between_commas(reading: Reading, at: int) -> range:
    """Give the tokens around one up to the next mark on either side."""
    marks = [-1, *(i for i, low in enumerate(reading.lows) if low == "," or low in STRONG), len(reading)]
    return range(max(i for i in marks if i < at) + 1, min(i for i in marks if i > at))


#: Verbs whose past is their stem, and which may be nouns.
UNCHANGED: Final = frozenset("cut put set hit shut quit shed split".split())


def looks_finite(reading: Reading, at: int, start: int) -> bool:
    """Tell whether a word behind the start of a clause may be its finite verb."""
    low = reading.lows[at]
    return at > start and (
        low in HELPING
        or low in _LINKING
        or low in IRREGULAR_FORMS
        or (low.endswith("ed") and reading.tokens[at][0].islower())
    )
