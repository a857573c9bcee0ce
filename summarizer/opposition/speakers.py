"""Which part of a sentence is on somebody's word, and which part somebody denies. English."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from summarizer.opposition.phrases import DETERMINERS, PRONOUNS
from summarizer.opposition.reading import Reading
from summarizer.opposition.wording import DENIALS, HEARSAY, NEGATORS, NOBODY

#: Verbs that leave what follows somebody's word.
_CLAIMING: Final = frozenset(
    "said says say saying told tells claimed claims claim alleged alleges insisted insists argued argues added adds "
    "maintained maintains asserted asserts contended believes believed assumed imagined supposed reported reports "
    "testified tweeted wrote writes stated states suggested suggests warned accused announced estimated reckons thinks "
    "thought".split()
)
#: Verbs behind which nothing is said to be so, only wished or dreaded.
FEELING: Final = frozenset("feared hoped doubted suspected wished".split())
#: Behind these nothing is said to be so by the article.
UNSAID: Final = FEELING | HEARSAY | frozenset("believed thought assumed imagined supposed".split())
_PASSIVE: Final = frozenset("is are was were be been being".split())
_STRONG: Final = frozenset(";:—–()")
_FAR: Final = 10
#: Tokens that may follow the verb where "…, police said on Monday." closes a sentence.
_TAIL: Final = 9


@dataclass(frozen=True, slots=True)
class Telling:
    """A stretch that is somebody's word.

    :param start: first token.
    :param end: one past the last.
    :param speaker: who, as it stands.
    :param verb: token of the verb; the stretch may hold it where the speaker comes last.
    :param denies: 1 where he says that it is not so.
    :param gerund: token of a verb in -ing that is denied, whose subject the speaker is; -1 for none.
    :param subject: first token of the speaker and one past the last.
    """

    start: int
    end: int
    speaker: str
    verb: int
    denies: int = 0
    gerund: int = -1
    subject: tuple[int, int] = (0, 0)


def tellings(reading: Reading) -> list[Telling]:
    """Find what is told on somebody's word, denials first. O(length)."""
    denials, claims = [], []
    for at, low in enumerate(reading.lows):
        if reading.quoted[at]:
            continue
        if reading.keys[at] in DENIALS and reading.tokens[at][0].islower():
            found = _denial(reading, at)
            if found:
                denials.append(found)
        elif low in ("denial", "denials") and "that" in reading.lows[at + 1 : at + 4]:
            denials.append(Telling(reading.lows.index("that", at) + 1, len(reading), "", at, 1))
        elif low in HEARSAY and reading.lows[at + 1 : at + 2] == ["that"]:
            claims.append(Telling(at + 2, _clause_end(reading, at + 2), "", at))
        elif (low in _CLAIMING or low in FEELING) and not (at and reading.lows[at - 1] in _PASSIVE):
            claims.append(_claim(reading, at))
        elif low == "according" and reading.lows[at + 1 : at + 2] == ["to"]:
            end = _until(reading, at + 2)
            claims.append(Telling(0, len(reading), _words(reading, at + 2, end), at, subject=(at + 2, end)))
    return denials + claims


def _denial(reading: Reading, at: int) -> Telling | None:
    """Read "denied that", "denied it had", "denied reports that" and "denied killing"."""
    lows = reading.lows
    if not lows[at].endswith(("ed", "ies", "es", "s")) or any(low in NEGATORS for low in lows[max(at - 3, 0) : at]):
        return None
    start, end = _before(reading, at)
    if not NOBODY.isdisjoint(lows[start:end]):
        return None
    speaker = _words(reading, start, end)
    i = at + 1
    while i < len(lows) and (lows[i] in DETERMINERS - {"that"} or lows[i] in HEARSAY or lows[i] in ("any", "media")):
        i += 1
    after = lows[i] if i < len(lows) else ""
    stop = next((k for k in range(i, len(lows)) if lows[k] in _STRONG or lows[k] == "but"), len(lows))
    if after == "that":
        return Telling(i + 1, stop, speaker, at, 1, subject=(start, end))
    if not reading.keys[at].startswith("deni") or i > at + 1:
        return None
    if after in PRONOUNS:
        return Telling(i, stop, speaker, at, 1, subject=(start, end))
    if after.endswith("ing") and reading.keys[i]:
        return Telling(i, stop, speaker, at, 1, i, (start, end))
    return None


def _claim(reading: Reading, at: int) -> Telling:
    """Read "X said that P" and "P, X said"."""
    start, end = _before(reading, at)
    rest = len(reading) - at - 1
    if (
        start
        and reading.lows[start - 1] in (",", '"', "”")
        and start > 3
        and rest <= _TAIL
        and not _goes_on(reading, at)
    ):
        if start == end:  # "P, said X"
            end = _until(reading, at + 1)
            return Telling(0, at, _words(reading, at + 1, end), at, subject=(at + 1, end))
        return Telling(0, start, _words(reading, start, end), at, subject=(start, end))
    return Telling(at + 1, len(reading), _words(reading, start, end), at, subject=(start, end))


def _clause_end(reading: Reading, at: int) -> int:
    return next((k for k in range(at, len(reading)) if reading.lows[k] in _STRONG | {","}), len(reading))


def _goes_on(reading: Reading, at: int) -> bool:
    return reading.lows[at + 1 : at + 2] == ["that"]


def _before(reading: Reading, at: int) -> tuple[int, int]:
    """Give the tokens in front of a verb of saying that name who speaks."""
    end = at
    while end and reading.lows[end - 1] in ("has", "have", "had", "also", "later", "strongly", "repeatedly", "flatly"):
        end -= 1
    if end > 1 and reading.lows[end - 1] == ",":
        comma = next((i for i in range(end - 2, max(end - 2 - _FAR, -1), -1) if reading.lows[i] == ","), None)
        stretch = end - 1 - (comma or 0)
        if comma is not None and stretch < _FAR and reading.lows[comma + 1 : comma + 2] != ["and"]:
            end = comma
    start = end
    while start and end - start < _FAR and _belongs(reading, start - 1):
        start -= 1
    return start, end


def _belongs(reading: Reading, at: int) -> bool:
    low = reading.lows[at]
    return low not in _STRONG and low not in (",", '"', "”", "“", "but", "while", "that", "and", "who", "which")


def _until(reading: Reading, at: int) -> int:
    end = at
    while (
        end < len(reading) and end - at < _FAR and _belongs(reading, end) and reading.lows[end] not in (".", "on", "in")
    ):
        end += 1
    return end


def _words(reading: Reading, start: int, end: int) -> str:
    return reading.text[reading.starts[start] : reading.end(end - 1)] if start < end else ""
