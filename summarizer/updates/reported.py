"""The day on which something was said is not the day of which it was said.

"Killed 14 on Monday" and "killed 17, police said on Tuesday" are of one day, yet the later sentence names another; a
later report nearly always does. So the days of saying are blanked out of sentences before earlier and later ones are
compared, and what comes out is given its words again. Offsets stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from summarizer.findings import Comparison, Side, Snippet, Value

_DAY: Final = (
    r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|"
    r"(?:Jan(?:uary|\.)|Feb(?:ruary|\.)|March|April|May|June|July|Aug(?:ust|\.)|Sept(?:ember|\.)|Oct(?:ober|\.)|"
    r"Nov(?:ember|\.)|Dec(?:ember|\.)) \d{1,2})(?: (?:morning|afternoon|evening|night))?\b"
)
_SAID: Final = (
    r"(?:said|says?|announced|reported|confirmed|told [a-z]{2,15}|stated|added|statement|according to [^,.;]{1,40}?)"
)
_DAY_BEHIND: Final = re.compile(rf"\b{_SAID}((?: (?:late|early))?(?: on)? {_DAY})")
_DAY_BEFORE: Final = re.compile(
    rf"^((?:On )?{_DAY},?) (?=[^.;]{{1,60}}?\b(?:said|says|announced|reported|confirmed)\b)"
)
#: "Rose to 17 on Tuesday": the day on which a count moved is that of the report, too.
_DAY_OF_MOVING: Final = re.compile(
    rf"\b(?:rose|risen|rises|climbed|climbs|grew|grown|jumped|increased|raised|reached|stood|stands|revised)\b"
    rf"[^.;]{{1,40}}?((?: late)?(?: on)? {_DAY})"
)


def blank_days_of_saying(text: str) -> str:
    """Put blanks in the place of the days on which a sentence says that something was said; the length stays.

    >>> blank_days_of_saying("It killed 17, police said on Tuesday.")
    'It killed 17, police said           .'
    """
    for pattern in (_DAY_BEHIND, _DAY_BEFORE, _DAY_OF_MOVING):
        match = pattern.search(text)
        if match:
            text = text[: match.start(1)] + " " * len(match.group(1)) + text[match.end(1) :]
    return text


def restore(comparison: Comparison, texts: Mapping[tuple[str, int], str]) -> Comparison:
    """Give the places of a comparison the words that stand there.

    :param texts: the sentences as they are, by document and first character.
    """

    def whole(value: Value) -> Value:
        sentence, place = value.sentence, value.place
        text = texts.get((sentence.document_id, sentence.start), sentence.text)
        words = text[place.start - sentence.start : place.end - sentence.start]
        return replace(
            value,
            sentence=replace(sentence, text=text),
            place=Snippet(place.document_id, place.start, place.end, words),
        )

    def of(side: Side) -> Side:
        return replace(side, values=tuple(map(whole, side.values)), shown_by=tuple(map(whole, side.shown_by)))

    return replace(comparison, sides=tuple(map(of, comparison.sides)))
