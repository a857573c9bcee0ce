"""Who says it: what the sources give as somebody's word stays somebody's word, and the same one's."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from summarizer.faithfulness.frames import check_frames
from summarizer.faithfulness.lexicon import ADDRESSING, REPORTING, TITLES
from summarizer.faithfulness.objections import Objection
from summarizer.faithfulness.words import Pairing, Reading, read

#: Share of the candidate's content that must lie in what somebody says before its speaker must be named.
_SAID: Final = 0.6
#: Share of its content that a source must hold outside of what is said to state the same without a speaker.
_STATED: Final = 0.75
#: A speaker is right if what he says holds this share of what the best-fitting speaker says.
_AS_MUCH: Final = 0.6
#: Of "X says that P", X says this share of what P takes from the sources: else another's words were put behind it.
_OWN: Final = 0.7
_BREAKS: Final = frozenset((",", ";", '"', "“", "”", ":", "—", "–", "(", ")", "--"))
_NOT_SAID: Final = frozenset("the a an of its his her their to no any this that".split())
_AFTERS: Final = frozenset(
    (".", ",", '"', "”", "!", "?", ";", "in", "on", "at", "after", "during", "as", "yesterday", "today")
)
_DAYS: Final = frozenset("monday tuesday wednesday thursday friday saturday sunday late early".split())
_STOPS: Final = frozenset("that who on in at as after during when while of with from for".split())
_NOUNS: Final = frozenset("report reports claims estimates notes states claim believes thinks".split())
#: Of these, behind a mark and a name, "…, the paper reports." is no noun.
_CLOSING: Final = frozenset("reports claims estimates notes states believes thinks".split())
_NAME: Final = 5
#: Tokens in which "that" is looked for behind "advised the residents".
_ADDRESSEE: Final = 6
#: These take an object as often as what is said: "it reported a loss", "he noted the date".
_TRANSITIVE: Final = frozenset(
    "reported states suggested suggests noted notes recalled admitted wrote writes explained quoted acknowledged "
    "predicted predicts estimated declared believes believed thinks thought added adds maintained maintains".split()
)


@dataclass(frozen=True, slots=True)
class Speech:
    """Something said.

    :param speakers: stems of the words that name who says it; empty for a pronoun.
    :param start: first content position of what is said.
    :param end: the one after its last.
    :param verb: token of the reporting verb.
    """

    speakers: frozenset[str]
    start: int
    end: int
    verb: int


@lru_cache(maxsize=4096)
def speeches(text: str) -> tuple[Speech, ...]:
    """Find who says what in a sentence. O(length)."""
    reading = read(text)
    found = []
    for at, low in enumerate(reading.lows):
        if low not in REPORTING and low not in ADDRESSING and low != "according":
            continue
        if reading.quoted[at]:
            continue
        if low == "according":
            if reading.lows[at + 1 : at + 2] == ["to"]:
                found.append(_according(reading, at))
        elif _reports(reading, at):
            found.append(_said(reading, at))
    return tuple(found)


def is_attributed(reading: Reading) -> bool:
    """Tell whether a sentence gives anything as somebody's word."""
    return bool(speeches(reading.text))


def _reports(reading: Reading, at: int) -> bool:
    """Tell a verb of reporting from a noun, an infinitive and a verb with an object."""
    low = reading.lows[at]
    before = reading.lows[at - 1] if at else ""
    after = reading.lows[at + 1] if at + 1 < len(reading.lows) else "."
    named = low in _CLOSING and _stands_behind(reading, at)
    if before in _NOT_SAID or (low in _NOUNS and after not in ("that", '"', "“", ",") and not named) or after == "to":
        return False
    if low in ADDRESSING:
        return "that" in reading.lows[at + 1 : at + 1 + _ADDRESSEE]
    if low in _TRANSITIVE:
        return after in ("that", ",", '"', "“", ":", "it", "he", "she", "they", "there") or _closes(reading, at)
    return True


def _stands_behind(reading: Reading, at: int) -> bool:
    """Tell whether all that stands between a mark and the end is a name and the verb: ", the paper reports"."""
    n = sum(token[0].isalnum() for token in reading.tokens[at + 1 :])
    if at and reading.tokens[at - 1] in _BREAKS:  # ", reports the paper."
        return 0 < n <= _NAME
    return n == 0 and any(reading.tokens[k] in _BREAKS for k in range(max(1, at - _NAME), at))


def _closes(reading: Reading, at: int) -> bool:
    """Tell whether a verb ends a sentence as "…, Smith said on Monday." does."""
    rest = [low for low in reading.lows[at + 1 :] if low[0].isalnum() and low not in _DAYS]
    return len(rest) <= 3 and any(mark in _BREAKS for mark in reading.tokens[max(0, at - 8) : at])


def _position(reading: Reading, at: int) -> int:
    """Give how many content words stand before a token."""
    return bisect_left(reading.content, at)


def _speakers(reading: Reading, start: int, end: int) -> frozenset[str]:
    return frozenset(
        reading.stems[at] for at in range(start, end) if reading.stems[at] and reading.lows[at] not in TITLES
    ) or frozenset(reading.stems[at] for at in range(start, end) if reading.stems[at])


def _name_after(reading: Reading, at: int) -> int:
    """Give where the name that begins at a token ends: at a mark or a preposition."""
    end = at
    while (
        end < len(reading.lows) and end - at < 10 and reading.tokens[end] not in _BREAKS and reading.tokens[end] != "."
    ):
        if reading.lows[end] in _STOPS and end > at:
            break
        end += 1
    return end


def _according(reading: Reading, at: int) -> Speech:
    end = _name_after(reading, at + 2)
    speakers = _speakers(reading, at + 2, end)
    before = _position(reading, at)
    n = len(reading.content)
    if before == 0 or (at and not any(token in _BREAKS for token in reading.tokens[:at]) and before <= 2):
        return Speech(speakers, _position(reading, end), n, at)
    rest = n - _position(reading, end)
    return Speech(speakers, 0, before if rest < before or rest < 6 else n, at)


def _before(reading: Reading, at: int) -> int:
    """Give where the words that stand before a token without a mark begin."""
    start = at
    while start and at - start < 14 and reading.tokens[start - 1] not in _BREAKS:
        start -= 1
    return start


def _said(reading: Reading, at: int) -> Speech:
    """Read "X said that P", "P, X said" and "P, said X"."""
    lows, n = reading.lows, len(reading.content)
    after = lows[at + 1] if at + 1 < len(lows) else "."
    start = _before(reading, at)
    rest = n - _position(reading, at + 1)
    ends = after in _AFTERS if after not in ("in", "on", "at", "as", "during", "after") else rest <= 8
    last = start > 0 and _position(reading, start) >= 2 and (ends or rest <= 3 or (start == at and rest <= 9))
    if start == at:  # "Smith, the mayor, said", or "P, said Smith"
        if last and (after not in ("that", "the") or reading.tokens[at - 1] in ('"', "”")):
            return Speech(_speakers(reading, at + 1, _name_after(reading, at + 1)), 0, _position(reading, start), at)
        return Speech(_apposed(reading, start), _position(reading, at + 1), n, at)
    speakers = _speakers(reading, start, at)
    if last and after != "that":
        return Speech(speakers, 0, _position(reading, start), at)
    return Speech(speakers, _position(reading, at + 1), n, at)


def _apposed(reading: Reading, start: int) -> frozenset[str]:
    """Give the words of the two stretches between marks before a token: a name and what it is."""
    middle = _before(reading, start - 1) if start else 0
    first = _before(reading, middle - 1) if middle else 0
    return _speakers(reading, first, max(start - 1, 0))


def check_attribution(pairing: Pairing) -> list[Objection]:
    """Object to somebody's word told as a fact, and to words put in another's mouth."""
    mine = speeches(pairing.candidate.text)
    wrong = [speech for speech in mine if speech.speakers and not _is_speaker(speech, pairing)]
    if wrong:
        return [Objection("attribution", f"no source has {_shown(one, pairing)} say it") for one in wrong]
    moved = [speech for speech in mine if not speech.speakers and _is_moved(speech, pairing)]
    if moved:
        tokens, verb = pairing.candidate.tokens, moved[0].verb
        return [Objection("attribution", f"“{' '.join(tokens[verb - 1 : verb + 1])}” stands by another claim there")]
    return [*_dropped(pairing, mine), *check_frames(pairing)]


def _shown(speech: Speech, pairing: Pairing) -> str:
    reading = pairing.candidate
    words = [reading.tokens[at] for at in reading.content if reading.stems[at] in speech.speakers]
    return " ".join(dict.fromkeys(words))


def _is_speaker(speech: Speech, pairing: Pairing) -> bool:
    """Tell whether the one who speaks says about as much of it in a source as anyone does."""
    said = [pairing.candidate.stems[at] for at in pairing.candidate.content[speech.start : speech.end]]
    best, own = 0, -1
    for source in pairing.sources:
        for other in speeches(source.text):
            region = {source.stems[at] for at in source.content[other.start : other.end]}
            held = sum(form in region for form in said)
            best = max(best, held)
            if not other.speakers or not speech.speakers.isdisjoint(other.speakers):
                own = max(own, held)
    known = sum(form in pairing.vocabulary for form in said)
    leads = speech.end == len(pairing.candidate.content)
    return own >= max(0, _AS_MUCH * best, _OWN * known if leads else 0)


def _is_moved(speech: Speech, pairing: Pairing) -> bool:
    """Tell whether "it said" stands behind what no source that has these words says it of, while others hold it."""
    candidate = pairing.candidate
    if not speech.verb:
        return False
    words = candidate.lows[speech.verb - 1 : speech.verb + 1]
    known = frozenset(candidate.stems[at] for at in candidate.content[speech.start : speech.end]) & pairing.vocabulary
    held = [
        len(known & {source.stems[at] for at in source.content[other.start : other.end]})
        for source in pairing.sources
        for other in speeches(source.text)
        if source.lows[other.verb - 1 : other.verb + 1] == words
    ]
    return bool(held) and max(held) < _OWN * len(known)


def _dropped(pairing: Pairing, mine: Sequence[Speech]) -> list[Objection]:
    """Object where most of the candidate, its own speeches left out, is somebody's word in the sources."""
    said, total, word = 0, 0, ""
    for k in range(len(pairing.candidate.content)):
        best = pairing.best(k)
        if not best:
            continue
        total += 1
        inside = [_speech_at(pairing.sources[s], place) for s, place in best]
        if all(inside) and not any(one.start <= k < one.end for one in mine):
            said += 1
            verb = inside[0].verb if inside[0] else 0
            word = pairing.sources[best[0][0]].tokens[verb]
    if not total or said < _SAID * total or _stated(pairing):
        return []
    return [Objection("attribution", f"the sources give it as somebody's word (“{word}”)")]


def _speech_at(source: Reading, place: int) -> Speech | None:
    return next((one for one in speeches(source.text) if one.start <= place < one.end), None)


def _stated(pairing: Pairing) -> bool:
    """Tell whether a source states what the candidate does, nobody saying it."""
    wanted = [pairing.candidate.stems[at] for at in pairing.candidate.content]
    for source in pairing.sources:
        own = {source.stems[at] for k, at in enumerate(source.content) if _speech_at(source, k) is None}
        if sum(form in own for form in wanted) >= _STATED * len(wanted):
            return True
    return False
