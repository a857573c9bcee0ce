"""On whose word a figure is told: "according to police", "the ministry said", "Reuters reported"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from summarizer.quantities.owners import lone_name
from summarizer.quantities.quantity import Span
from summarizer.quantities.sayings import AFTER_LOOSE, DOING, FILLERS, LOOSE, SPEAKERS
from summarizer.quantities.scene import Scene, actor_name
from summarizer.quantities.words import (
    CHANGE_NOUNS,
    CHANGE_VERBS,
    CLAUSE_WORDS,
    DETERMINERS,
    LEVEL_VERBS,
    PREPOSITIONS,
    PRONOUNS,
    SAYING,
)

#: Verbs of saying in one sentence that are read.
_MOST: Final = 24
_QUOTES: Final = frozenset(('"', "”", "“", "'", "’"))
_SOURCES_END: Final = frozenset("said says as when while after before but who which that where because if".split())


@dataclass(frozen=True, slots=True)
class _Said:
    """A speaker and the tokens that are on his word."""

    speaker: Span
    first: int
    end: int


def read_speakers(scene: Scene) -> dict[int, Span]:
    """Give each figure the speaker on whose word it is told.

    "According to" covers the sentence; a verb of saying covers what follows it, or what stands before it when it closes
    the sentence. The narrowest that covers a figure is its own. Pronouns are no speakers: they name nobody.
    """
    if SAYING.isdisjoint(scene.words) and "according" not in scene.words and "per" not in scene.words:
        return {}
    telling = [at for at, word in enumerate(scene.words) if word in SAYING or word == "according"][:_MOST]
    said = [found for at in telling if (found := _read(scene, at)) is not None]
    given: dict[int, Span] = {}
    for index, (first, end) in enumerate(scene.places):
        covering = [one for one in said if one.first <= first and end <= one.end]
        if covering:
            given[index] = min(covering, key=lambda one: (one.end - one.first, -one.first)).speaker
    return given


def _read(scene: Scene, at: int) -> _Said | None:
    word = scene.words[at]
    if word == "according" and scene.word(at + 1) == "to":
        return _according(scene, at)
    if word not in SAYING or scene.owner[at] >= 0:
        return None
    before = scene.word(at - 1)
    if before in (",", *_QUOTES) and at:
        inverted = _inverted(scene, at)
        if inverted is not None:
            return inverted
    return _verb(scene, at)


def _according(scene: Scene, at: int) -> _Said | None:
    first = at + 2
    end = first
    while end < min(len(scene.words), first + 14):
        word = scene.words[end]
        initial = word == "." and len(scene.words[end - 1]) == 1
        if (
            (not initial and word in (",", ".", ";", ":", "(", ")", "—", "–"))
            or word in _QUOTES
            or word in _SOURCES_END
            or scene.owner[end] >= 0
        ):
            break
        end += 1
    speaker = _speaker(scene, first, end)
    return None if speaker is None else _Said(speaker, 0, len(scene.words))


def _inverted(scene: Scene, at: int) -> _Said | None:
    """Read ", said Adm. Scott Swift" and ", reports CNN": what stands before is on that word."""
    end = first = at + 1
    while end < min(len(scene.words), first + 8):
        word = scene.words[end]
        if word in (",", ";", ":", ")") or word in _QUOTES or word in _SOURCES_END or word in PREPOSITIONS - {"of"}:
            break
        if word == "." and end + 1 >= len(scene.words):
            break
        end += 1
    if not any(scene.is_name(spot) or scene.words[spot] in SPEAKERS for spot in range(first, end)):
        return None
    if any(scene.owner[spot] >= 0 or scene.words[spot] in LEVEL_VERBS for spot in range(first, end)):
        return None
    if scene.word(first) in ("that", "it", "he", "she", "they"):
        return None
    speaker = _speaker(scene, first, end)
    return None if speaker is None else _Said(speaker, 0, at)


def _verb(scene: Scene, at: int) -> _Said | None:
    """Read "police said 12 people died" and "12 people died, police said"."""
    words = scene.words
    found = _subject_range(scene, at)
    if found is None:
        return None
    first, end, aside = found
    trailing = first > 0 and (words[first - 1] == "," or words[first - 1] in _QUOTES)
    lone = lone_name(scene) if first == 0 and end == 1 else None
    if lone is not None and (words[at] not in LOOSE or scene.word(at + 1) == "that" or lone.name in _AGENCIES):
        return _Said(lone, at, len(words))
    plain = trailing and words[first] in ("the", "a") and end - first <= 4
    named = plain or any(scene.is_name(spot) or _is_speaker(scene, spot) for spot in range(first, end))
    if not named or any(_is_deed(scene, spot) for spot in range(first, end)):
        return None
    if words[at] in LOOSE and not _loosely(scene, first, end, at, scene.word(at + 1)):
        return None
    speaker = _speaker(scene, first, end, plain=plain)
    if speaker is None:
        return None
    if trailing and not aside and _closes(scene, at):
        return _Said(speaker, 0, len(words))
    return _Said(speaker, at, _told_until(scene, at))


_AGENCIES: Final = frozenset(("reuters", "bloomberg"))


def _subject_range(scene: Scene, at: int) -> tuple[int, int, bool] | None:
    """Give where the subject of a verb of saying stands, and whether an aside parts it from its verb."""
    words = scene.words
    end = at
    while end and (words[end - 1] in FILLERS or words[end - 1].endswith("ly")):
        end -= 1
    aside = end > 1 and words[end - 1] == ","
    if aside:
        end = next((spot for spot in range(end - 2, max(-1, end - 20), -1) if words[spot] == ","), 0)
        if end == 0:
            return None
    first = end
    while first > max(0, end - 16):
        word = words[first - 1]
        broken = word in _CLOSING or word in _QUOTES or scene.owner[first - 1] >= 0
        initial = word == "." and first > 1 and len(words[first - 2]) <= 4 and scene.is_name(first - 2)
        if broken and not initial:
            break
        if word in CLAUSE_WORDS and word != "and":
            if word in ("who", "which"):
                return None  # "a doctor who helped deliver the prince has revealed": the noun is out of reach
            break
        first -= 1
    return first, end, aside


_CLOSING: Final = frozenset((",", ";", ":", "—", "–", "(", ")", "."))


def _is_deed(scene: Scene, at: int) -> bool:
    """Tell a verb among the words before a verb of saying, which then has another subject or is a noun."""
    word = scene.words[at]
    if word in LEVEL_VERBS or word in DOING or (word in CHANGE_VERBS and word not in CHANGE_NOUNS):
        return True
    return word in SAYING and not scene.is_name(at) and word not in SPEAKERS


def _told_until(scene: Scene, at: int) -> int:
    """Give where what is said ends: ", but the mayor put the toll at 16" is on another's word."""
    for spot in range(at + 1, len(scene.words) - 1):
        if scene.words[spot] == "," and scene.words[spot + 1] in ("but", "while", "whereas", "although", "though"):
            return spot
    return len(scene.words)


def _loosely(scene: Scene, first: int, end: int, at: int, follows: str) -> bool:
    """Tell saying from doing for verbs that can mean either."""
    if scene.words[at] in (
        "added",
        "adds",
        "claimed",
        "claims",
        "claim",
        "announced",
        "announces",
        "announce",
        "denied",
        "state",
        "states",
    ):
        return follows in ("that", ",", ".", "”", '"', "")
    if follows in ("that", ",", ".", ""):
        return True
    nouns = any(scene.words[spot] in SPEAKERS for spot in range(first, end))
    return (nouns or scene.is_name(end - 1)) and (
        follows in AFTER_LOOSE or scene.is_name(min(at + 1, len(scene.words) - 1)) or follows[:1].isalnum()
    )


def _closes(scene: Scene, at: int) -> bool:
    """Tell whether a verb of saying closes its sentence or aside: ", police said." ", the bureau said Friday, down"."""
    for spot in range(at + 1, min(at + 9, len(scene.words) + 1)):
        word = scene.word(spot)
        if word in ("", ".", ",", ";", "—", "–", "!", "?") or word in _QUOTES:
            return True
        if word in ("that", "it", "he", "she", "they", "there") or word in LEVEL_VERBS:
            return False
    return len(scene.words) - at <= 12


def _is_speaker(scene: Scene, at: int) -> bool:
    return scene.words[at] in SPEAKERS and scene.word(at - 1) not in ("of", "by", "for", "with")


def _speaker(scene: Scene, first: int, end: int, *, plain: bool = False) -> Span | None:
    """Name a speaker by its words without article and time; the whole run of names when there is one."""
    words = scene.words
    while first < end and (
        words[first] in DETERMINERS
        or words[first] in ("and", "but", ",", "however", "meanwhile")
        or words[first] in _QUOTES
    ):
        first += 1
    while end > first and (words[end - 1] in PREPOSITIONS or words[end - 1] in (".", ",") or words[end - 1] in FILLERS):
        end -= 1
    if first >= end or end - first > 14 or (words[first] in PRONOUNS and end - first == 1):
        return None
    names = [spot for spot in range(first, end) if scene.is_name(spot)]
    text = " ".join(words[first:end])
    if not names and not plain and not any(words[spot] in SPEAKERS for spot in range(first, end)):
        return None
    if len(names) == end - first == 1:
        return scene.span(actor_name(scene.tokens[first].text), first, end)
    return scene.span(text, first, end)
