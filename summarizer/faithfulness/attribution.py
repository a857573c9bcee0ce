"""Who says it: what the sources give as somebody's word stays somebody's word, and the same one's."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from summarizer.faithfulness.lexicon import REPORTING, TITLES
from summarizer.faithfulness.objections import Objection
from summarizer.faithfulness.words import Pairing, Reading, read

#: Share of the candidate's content that must lie in what somebody says before its speaker must be named.
_SAID: Final = 0.6
#: Share of its content that a source must hold to state the same without a speaker.
_STATED: Final = 0.75
_PRONOUNS: Final = frozenset("he she they it who i we".split())
_VAGUE: Final = frozenset(
    "official officials source sources authorities police report reports spokesman spokeswoman".split()
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
        if reading.quoted[at]:
            continue
        if low == "according" and reading.lows[at + 1 : at + 2] == ["to"]:
            found.append(_according(reading, at))
        elif low in REPORTING and _reports(reading, at):
            found.append(_said(reading, at))
    return tuple(found)


def is_attributed(reading: Reading) -> bool:
    """Tell whether a sentence gives anything as somebody's word."""
    return bool(speeches(reading.text))


def _reports(reading: Reading, at: int) -> bool:
    """Tell a verb of reporting from a noun or participle: somebody stands beside it."""
    low = reading.lows[at]
    before = reading.lows[at - 1] if at else ""
    after = reading.lows[at + 1] if at + 1 < len(reading.lows) else ""
    if before in ("the", "a", "an", "of", "its", "his", "her", "their", "to"):
        return False
    if low in ("report", "reports", "claims", "estimates", "notes", "states", "claim") and after not in (
        "that",
        "the",
        '"',
        "“",
    ):
        return False
    return low.endswith("ing") is False or before in (",", "") or low == "saying"


def _position(reading: Reading, at: int) -> int:
    """Give how many content words stand before a token."""
    import bisect

    return bisect.bisect_left(reading.content, at)


def _name_after(reading: Reading, at: int) -> tuple[frozenset[str], int]:
    """Read who is named from a token on, up to a comma or a verb."""
    end = at
    while end < len(reading.lows) and end - at < 12 and reading.tokens[end] not in (",", ".", ";", '"', "“", "”"):
        if reading.lows[end] in ("that", "who", "on", "in", "at", "as", "after", "during", "when", "while"):
            break
        end += 1
    return _speakers(reading, at, end), end


def _speakers(reading: Reading, start: int, end: int) -> frozenset[str]:
    return frozenset(
        reading.stems[at] for at in range(start, end) if reading.stems[at] and reading.lows[at] not in TITLES
    )


def _according(reading: Reading, at: int) -> Speech:
    speakers, end = _name_after(reading, at + 2)
    before = _position(reading, at)
    if before == 0:
        return Speech(speakers, _position(reading, end), len(reading.content), at)
    return Speech(speakers, 0, before, at)


def _said(reading: Reading, at: int) -> Speech:
    """Read "X said that P", "P, X said" and "P, said X"."""
    lows = reading.lows
    start = at
    while start and at - start < 14 and reading.tokens[start - 1] not in (",", ";", '"', "“", "”", ":", "—", "–"):
        start -= 1
    after = lows[at + 1] if at + 1 < len(lows) else ""
    closes = start > 0 and reading.tokens[start - 1] in (",", '"', "”", "—", "–")
    rest = len(reading.content) - _position(reading, at + 1)
    inverted = start == at and closes
    if inverted:
        speakers, _ = _name_after(reading, at + 1)
        return Speech(speakers, 0, _position(reading, start), at)
    speakers = _speakers(reading, start, at)
    if closes and (after in ("", ".", ",", '"', "”", "in", "on", "at", "after", "during") or rest <= 2):
        if _apposition(reading, start) and not after_says(reading, at):
            return Speech(speakers, 0, _position(reading, start), at)
    if closes and start > 1:
        speakers |= _speakers(reading, max(0, start - 12), start)
    return Speech(speakers, _position(reading, at + 1), len(reading.content), at)


def after_says(reading: Reading, at: int) -> bool:
    """Tell whether a reporting verb is followed by what is said."""
    return reading.lows[at + 1 : at + 2] in (["that"], [":"])


def _apposition(reading: Reading, start: int) -> bool:
    """Tell whether more than a name stands before the comma."""
    return _position(reading, start) >= 2


def check_attribution(pairing: Pairing) -> list[Objection]:
    """Object to somebody's word told as a fact, and to words put in another's mouth."""
    mine = speeches(pairing.candidate.text)
    if mine:
        return [
            Objection("attribution", f"no source has {' '.join(sorted(speech.speakers))} say it")
            for speech in mine
            if speech.speakers and not _is_speaker(speech, pairing)
        ]
    return _dropped(pairing)


def _is_speaker(speech: Speech, pairing: Pairing) -> bool:
    """Tell whether the one who speaks, speaks in the source that says most of it."""
    said = [pairing.candidate.stems[at] for at in pairing.candidate.content[speech.start : speech.end]]
    best, right = -1.0, False
    for source in pairing.sources:
        for other in speeches(source.text):
            region = {source.stems[at] for at in source.content[other.start : other.end]}
            held = sum(form in region for form in said)
            names = not speech.speakers.isdisjoint(other.speakers) or not other.speakers
            if (held, names) > (best, right):
                best, right = held, names
    return right


def _dropped(pairing: Pairing) -> list[Objection]:
    candidate = pairing.candidate
    said, total = 0, 0
    word = ""
    for k in range(len(candidate.content)):
        best = pairing.best(k)
        if not best:
            continue
        total += 1
        inside = [_speech_at(pairing.sources[s], place) for s, place in best]
        if all(inside):
            said += 1
            s, _place = best[0]
            word = pairing.sources[s].tokens[inside[0].verb] if inside[0] else word
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
