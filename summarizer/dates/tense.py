"""Whether a sentence speaks of a day as gone or as one to come."""

from __future__ import annotations

import re
from typing import Final

from summarizer.dates.mention import Tense

_COMING: Final = re.compile(
    r"\b(?:will|won['’]t|shall|would|must|may|might|can|could|should|upcoming|deadline|ahead of)\b(?! have\b)|['’]ll\b"
    r"|\b(?:is|are|be|remains?)(?: now| also| still| not)? "
    r"(?:due|set|scheduled|slated|expected|planned|likely|poised|to|going to|supposed)\b"
    r"|\b(?:scheduled|slated|set) (?:to|for|on|by|in|next)\b|\bdue (?:for|on|by|in|next)?(?= |$)(?! to\b)"
    r"|\b(?:expect(?:s|ing)?|anticipat(?:es|ing|ed)|warn(?:s|ing|ed) against)\b"
    r"|\b(?<!than )(?:scheduled|planned|expected|proposed|slated|next \w+)(?: for| on| in| by)?(?: the)? $"
    r"|\b(?:is|are) (?:willing|able|ready) to\b"
    r"|(?:\b(?:is|are)|[’']s) (?:hosting|meeting|holding|visiting|speaking)\b|\bto be \w+(?:ed|n|ld|t)\b"
    r"|\b(?:plans?|planning|intends?|hopes?|aims?|vow(?:s|ed)|pledged|promised|prepar(?:es|ing)|wants?"
    r"|expects?) (?:\w+ )?(?:to|for)\b"
    r"|\bagreed (?:\w+ )?to\b(?! (?:an?|the|its|his|her|their|terms)\b)"
    r"|\b(?:delays?|postpones?|reschedules?|cancels?)\b",
    re.IGNORECASE,
)
#: A present tense directly before a day of the week is of a calendar: "the hearings start on Tuesday".
_STARTS: Final = re.compile(
    r"\b(?:starts?|begins?|opens?|resumes?|kicks? off|takes? (?:place|effect|cent(?:er|re) stage)|go(?:es)? on sale"
    r"|ends?|expires?|closes?|runs?|leaves?|departs?|arrives?|meets?|(?:go(?:es)?|heads?) to the polls|(?:is|are) held)"
    r"(?: again| here)?(?: on)? $",
    re.IGNORECASE,
)
#: "rose to a record close on Monday": behind a past tense these are nouns.
_NOUN: Final = re.compile(r"(?:start|close|end|open|run)\b", re.IGNORECASE)
_GONE: Final = re.compile(
    r"\b(?:was|were|had|has been|have been|began|came|took|fell|rose|went|became|showed|wrote|spoke|saw|gave|broke"
    r"|grew|ran|since"
    # "to be discussed", "will be held" and "is needed" are no past.
    r"|(?<!\bbe )(?<!\bis )(?<!\bare )(?:said|told|met|held|found|made|won|lost|left|struck|hit|got|sent|shot|led|paid"
    r"|sold))\b"
    r"|(?<!\bbe )(?<!\bis )(?<!\bare )(?<!\bget )(?<!ly )\b[a-z]{2,}ed\b(?<!\bneed)",
    re.IGNORECASE,
)
_WAS_DUE: Final = re.compile(r"\b(?:was|were|been|had)(?: \w+)? (?:due|scheduled|slated|set)\b", re.IGNORECASE)
_BREAK: Final = re.compile(r"[,;:—]|\b(?:but|while|who|which)\b", re.IGNORECASE)
_BREAK_AFTER: Final = re.compile(_BREAK.pattern + r"|\band\b", re.IGNORECASE)
_UNTIL: Final = re.compile(r"\b(?:until|till)(?: \w+)?(?: on)? $", re.IGNORECASE)
#: Characters on either side that are looked at.
_BEFORE: Final = 120
_AFTER: Final = 80


def tense_at(text: str, start: int, end: int, *, whole_day: bool) -> Tense | None:
    """Say whether the words around a date tell of the past or of the future.

    What counts is the last sign in the same clause before the date, else the first behind it: "will meet on Tuesday"
    and "A vote on Friday will decide" are to come, "said on Monday it will cut" is gone.

    :param text: the sentence.
    :param start: where the date starts.
    :param end: where it ends.
    :param whole_day: whether it is a day of the week: "until Friday" is to come, "until May" may be gone.
    :return: None where nothing tells.
    """
    left = max((found.end() for found in _BREAK.finditer(text, max(0, start - _BEFORE), start)), default=0)
    left = max(left, start - _BEFORE)
    if left and len(text[left:start].split()) == 1:
        left = max(0, start - _BEFORE)  # ", and even the White House, in November" goes on with what stood before
    before = text[left:start]
    coming, gone = _last(_COMING, before), _last(_GONE, before)
    if _WAS_DUE.search(before):
        return None
    if _UNTIL.search(before):
        return "future" if whole_day else None
    starts = _STARTS.search(before) if whole_day else None
    if starts and not (gone >= 0 and _NOUN.match(starts[0])):
        return "future"
    if coming >= 0 or gone >= 0:
        return "future" if coming >= gone else "past"
    if before.rstrip().lower().endswith(" by"):
        return "future"
    # "On Tuesday, lawmakers will vote": what is put in front belongs to the clause behind the comma.
    fronted = len(before.split()) <= 2 and text[end : end + 1] == ","
    right = _BREAK_AFTER.search(text, end + fronted, end + _AFTER)
    after = text[end : right.start() if right else end + _AFTER]
    cue, past = _COMING.search(after), _GONE.search(after)
    if cue and (not past or cue.start() < past.start()):
        return "future"
    return "past" if past else None


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((found.start() for found in pattern.finditer(text)), default=-1)
