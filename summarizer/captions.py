"""Sentences that describe a picture: what stands below a photo, and says who does what in it on which day.

English only. :mod:`summarizer.boilerplate` drops the lines that say so of themselves ("FILE - ", a credit behind them);
these are told by how they are written.
"""

from __future__ import annotations

import re
from typing import Final

from summarizer.signs import CAPTION, CLOSERS, DIGIT

_DATE: Final = (
    r"(?:(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?\s\d{1,2},?\s\d{4}"
    r"|\d{1,2}\s(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?,?\s\d{4})"
)
_NUMBERED: Final = re.compile(r"\d{1,3}\s(?:of|/)\s\d{1,3}\s[A-Z]")
#: The one mark of a caption that is no word: "in this photo".
_IN_THIS: Final = "n this"
#: Marks of a caption, each with strings of which one must be there: looking for those first is ten times as fast.
_CAPTIONS: Final = tuple(
    (hints, re.compile(pattern))
    for hints, pattern in (
        (
            ("left", "right", "center", "centre"),
            r",\s(?:(?:far|center|bottom|top|second\sfrom|third\sfrom|from)\s)?(?:left|right|center|centre)"
            r"(?:\sto\sright)?[,.]",
        ),
        (("(",), r"\((?:L|C|[LR]-[LR]|2nd\s[LR]|left|right|pictured|above)\)"),
        (("FILE",), r"\bFILES?(?:\s?[-–—]|\sPHOTO|\))"),
        (("photo", "image", "picture"), r"\b(?:[Ff]ile|[Uu]ndated|[Hh]andout|[Cc]ourtesy)\s(?:photo|image|picture)\b"),
        (
            (_IN_THIS,),
            r"\b[Ii]n\sthis\s(?:\w+\s){0,2}(?:photo|image|picture|frame\sgrab|photograph|still)\b"
            r"|\b[Ii]n\sthis\s(?:[A-Z]\w+[.,]?\s|\d{1,4},?\s|(?:file|handout|undated)\s){1,6}"
            r"(?:photo|image|picture|frame\sgrab|photograph|still)\b",
        ),
        (("seen", "shown", "pictured"), r"\b(?:seen|shown|pictured)\s(?:here|above|below|left|right)\b"),
        (
            ("(",),
            r"\([^()]*(?:\bvia\s(?:AP|A\.P\.|Getty|Reuters|AFP|the\sAssociated)|Photo|Getty|REUTERS|/AP|AP/|/AFP"
            r"|Reuters/|EPA/)[^()]*\)\W*\Z",
        ),
        (("/",), r"\b(?:REUTERS|Reuters|AP|AFP|EPA|Getty)/(?!Ipsos|NORC|GfK|Zogby|ABC|CBS)[A-Z]"),  # not their polls
    )
)
_DATED: Final = re.compile(
    r".{1,240}\b(?:waves?|holds?|speaks?|looks?|walks?|stands?|sits?|listens?|poses?|attends?|gestures?|arrives?|"
    r"leaves?|smiles?|talks?|addresses|shakes?|delivers?|reacts?|carr(?:y|ies)|gather|rides?|"
    r"takes?(?!\s(?:effect|place|office|over))|watch(?:es)?|greets?|answers?|works?|plays?|rest|meets|places|kneels|"
    r"prays|embraces|hugs|kisses|celebrates|cheers|raises|marches|inspects|salutes|pauses|boards|chats|mourns|weeps|"
    r"cries|wipes|performs|comforts|applauds|signs|unveils|throws|prepare\sto|"
    r"(?:soldiers|officers|police|troops|guards|personnel)\s(?:patrol|guard|march)|"
    r"is\sseen|are\sseen|is\spictured|are\spictured|is\sshown)\b.{1,200}"
    rf"(?:{_DATE})[^\w]*\Z",
    re.DOTALL,
)
# A letter before these marks, as in most sentences, tells that no year is last.
_LAST_MARKS: Final = CLOSERS + ".!?"
# Of the reversed text, so that it is one look at the end.
_YEAR_LAST: Final = re.compile(r"\W*\d{4}")


def is_caption(text: str, held: int) -> bool:
    """Tell whether an English sentence describes a picture.

    :param text: the sentence.
    :param held: its :class:`summarizer.signs.Signs`.

    O(length).
    """
    if held & CAPTION or _IN_THIS in text:
        for hints, pattern in _CAPTIONS:
            if any(map(text.__contains__, hints)) and pattern.search(text):
                return True
    if not held & DIGIT:
        return False
    if text[0].isdigit() and _NUMBERED.match(text):
        return True
    last = text.rstrip(_LAST_MARKS)[-1:]
    return not last.isalpha() and bool(_YEAR_LAST.match(text[::-1]) and _DATED.match(text))
