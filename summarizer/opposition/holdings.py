"""What somebody or something has on or in it, told by the noun: "carried a passport", "no passport was found on him".

One thing is told with many verbs, so neither the verb nor its place in the clause is compared. English.
"""

from __future__ import annotations

from typing import Final

from summarizer.opposition.bounds import find_ends, find_subject
from summarizer.opposition.claims import Claim
from summarizer.opposition.phrases import DETERMINERS, NOTHING, PREPOSITIONS, Phrase, read_links, read_phrase
from summarizer.opposition.reading import Reading
from summarizer.opposition.speakers import tellings
from summarizer.opposition.verbs import BE, HAVE, HOLDING, LACKING, looks_finite, read_group

#: "No passport was found on the gunman", "found traces of salmonella in the eggs".
_FOUND: Final = frozenset("found discovered detected seen recovered spotted present aboard".split())
_FINDING: Final = frozenset("found discovered detected recovered spotted saw find".split())
_PLACES: Final = frozenset("in on aboard inside at with among around".split())
#: What stands before a noun and its adjectives.
_STOPS: Final = DETERMINERS | PREPOSITIONS | HOLDING | LACKING | _FINDING | BE | frozenset("not and or , there".split())
#: Tokens between a verb and its noun.
_NEAR: Final = 4

#: Who has something, or where it is; how often that is denied; first token of the clause, and one past what was read.
_Found = tuple[Phrase, int, int, int]


def holding(reading: Reading, at: int, key: str) -> Claim | None:
    """Read a noun as what somebody or something has or has not.

    :param at: token of the noun.
    :param key: its key.
    """
    lows = reading.lows
    after = lows[at + 1] if at + 1 < len(reading) and reading.keys[at + 1] else ""
    if after and after not in PREPOSITIONS and after not in _FOUND:
        return None  # "passport control"
    first = at
    while first and at - first < _NEAR and lows[first - 1] not in _STOPS and reading.keys[first - 1]:
        first -= 1
    adjectives = lows[first:at]
    if any(low[0].isdecimal() for low in adjectives):
        return None  # "has 20 beds for children", and lacks beds
    while first and lows[first - 1] in DETERMINERS and at - first < _NEAR:
        first -= 1
    none = "no" in lows[first:at]
    found = _had(reading, first) or _found(reading, at, first) or _there(reading, at, first)
    if found is None:
        return None
    theme, negations, start, end = found
    denied = none + negations
    if denied > 1 or (denied and adjectives) or not theme.keys:
        return None
    telling = next((one for one in tellings(reading) if one.start <= at < one.end), None)
    if telling is not None and telling.denies:
        return None
    _, stop = find_ends(reading, at)
    rest = set(read_phrase(reading, first, max(stop, end)).keys) - {key} - set(theme.keys)
    return Claim(
        key=key,
        word=reading.tokens[at],
        denied=denied == 1,
        anybody=False,
        voice="held",
        agent=NOTHING,
        theme=theme,
        rest=frozenset(rest),
        mood="fact",
        speaker=telling.speaker if telling else "",
        start=reading.starts[min(start, first)],
        end=reading.end(max(stop, end, at + 1) - 1),
        links=read_links(reading, at + 1, stop),
    )


def _had(reading: Reading, first: int) -> _Found | None:
    """Read who has what begins at a token: "was carrying", "did not have", "lacks", "is free of", "was without"."""
    lows, verb = reading.lows, first - 1
    if verb < 1:
        return None
    lacks = lows[verb] in LACKING
    if lows[verb] in ("of", "from") and lows[verb - 1] == "free" and lows[verb - 2 : verb - 1] and lows[verb - 2] in BE:
        lacks, verb = True, verb - 1
    elif lows[verb] == "without" and lows[verb - 1] in BE:
        lacks = True
    elif not (lacks or lows[verb] in HOLDING):
        return None
    group = read_group(reading, verb)
    if group is None or group.mood != "fact" or lows[verb] == "having":
        return None
    if lows[verb].endswith("ing") and not group.is_be:
        return None
    start, end = find_subject(reading, group.start)
    return _phrase(reading, start, end), group.negations + lacks, start, first


def _found(reading: Reading, at: int, first: int) -> _Found | None:
    """Read where something was found, or was not."""
    lows, stop = reading.lows, at + 1
    negations = 0
    if lows[first - 1 : first] and lows[first - 1] in _FINDING:
        group = read_group(reading, first - 1)
        if group is None or group.mood != "fact":
            return None
        negations = group.negations
    else:
        while stop < len(lows) and (lows[stop] in BE or lows[stop] in HAVE or lows[stop] in ("not", "also")):
            negations += lows[stop] == "not"
            stop += 1
        if stop == at + 1 or stop >= len(lows) or lows[stop] not in _FOUND:
            return None
        stop += lows[stop] != "aboard"
    return _placed(reading, stop, negations, first)


def _there(reading: Reading, at: int, first: int) -> _Found | None:
    """Read where there is something, or is not."""
    lows = reading.lows
    verb = first - 1
    negations = int(verb > 0 and lows[verb] == "not")
    verb -= negations
    while verb > 0 and lows[verb] in BE | HAVE and lows[verb - 1] in BE | HAVE:
        verb -= 1
    if verb < 1 or lows[verb] not in BE | HAVE or lows[verb - 1] != "there":
        return None
    return _placed(reading, at + 1, negations, verb - 1)


def _placed(reading: Reading, at: int, negations: int, start: int) -> _Found | None:
    """Read the place that a preposition names."""
    if at >= len(reading) or reading.lows[at] not in _PLACES:
        return None
    end = at + 1
    while end < len(reading) and reading.lows[end] not in PREPOSITIONS and reading.lows[end][0].isalnum():
        end += 1
    return _phrase(reading, at + 1, end), negations, start, end


def _phrase(reading: Reading, start: int, end: int) -> Phrase:
    """Read a noun phrase without what a participle behind it adds: "the gunman shot"."""
    stop = next((i for i in range(start + 1, end) if looks_finite(reading, i, start) and reading.keys[i - 1]), end)
    return read_phrase(reading, start, stop)
