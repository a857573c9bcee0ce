"""Words of a clause that say how its figure is meant: of what time, against or per what, of which part, told by whom.

Read by meaning, beside what :mod:`summarizer.quantities` attaches to the figure itself: "before the merger" and "now",
"at 9 a.m.", "like-for-like", "for every 100", "within an hour", "claims to". Where one of two figures is so framed and
the other is not, or otherwise, a difference of values is explained. English. Written for this project by going through
the ways in which news limits what a figure is said of.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_N: Final = (
    r"(?:\d[\d,.]{0,20}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|fifty|a hundred)"
)
_UNIT: Final = r"(?:minute|hour|day|night|week|fortnight|month|quarter|season|year|decade|century)"


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE)


#: Times of which two different ones explain a difference. The first group that matches names the time.
_HOUR: Final = _words(
    r"\b(?:(\d{1,2}(?:[:.]\d\d)?)[ ]?([ap])\.?m\b|(noon|midday|midnight|dawn|dusk|daybreak|nightfall|sunset|sunrise)\b"
    r"|(\d{1,2})[ ]o'clock|(half-?time|full-?time|the[ ](?:break|interval)|extra[ ]time|aggregate|penalties)\b)"
)
_SEASON: Final = _words(
    rf"\b(?P<which>last|this|next|previous|current|coming|past)[ ](?P<what>season|term|{_UNIT}|summer|winter|spring"
    r"|autumn|fall|morning|afternoon|evening|tonight|half|edition|round|election|census)(?:'s|’s)?\b"
    r"|\b(?P<bare>spring|summer|autumn|winter)\b|\b(?P<span>(?:first|second|third|fourth|final|last)[ -](?:half|quarter"
    r"|(?:three|six|nine)[ ]months)|(?:whole|full|entire)[ -]year|half-year|nine[ ]months|annual)\b"
)
_MONTH: Final = re.compile(
    r"\b(January|February|March|April|May|June|July|August|September|October|November|December)(?:['’]s)?"
    r" (?:poll|survey|census|count|figure|report|data|estimate|tally|reading|issue|edition|election|election)s?\b"
)
_YEAR: Final = re.compile(r"\b(?:[Ii]n|[Bb]y) ((?:1[5-9]|20)\d\d)\b(?!-)")
_NOW: Final = _words(
    r"\b(?:now|today|currently|nowadays|these[ ]days|at[ ]present|still|to[ ]date|this[ ](?:year|season|week|month|term"
    r"|summer|winter|spring|autumn|edition|decade|time)|remain|remains|latest|new)\b(?![ ](?:year|york))"
)
_THEN: Final = _words(
    rf"\b(?:{_UNIT}s?[ ](?:ago|earlier|before)|at[ ]the[ ]time|back[ ]then|used[ ]to|once[ ]had|formerly|originally"
    r"|^\W*before[ ](?:the|its|his|her|their)[ ](?!pandemic|crisis)[a-z]+|at[ ](?:the|its|their)[ ](?:peak|height)"
    r"|last[ ](?:year|season|week|month|term|summer|winter|spring|autumn|decade|time|election)|previously"
    r"|in[ ]the[ ](?:\d{2}|\d{4})s|until[ ](?:the|then|last))"
)
#: Adjustments: who does not name one means none.
_ADJUSTED: Final = {
    "like for like": r"like[- ]for[- ]like|same[- ]store|comparable[ ](?:store|sales|basis|terms)|organic(?:ally)?\b",
    "at constant exchange rates": r"constant[ ](?:currenc|exchange)|currency[- ]neutral|stripp?(?:ed|ing)[ ]out"
    r"|exchange[- ]rate[ ](?:effects|moves)|in[ ]local[ ]currency",
    "inflation-adjusted": r"(?:after|adjust\w{1,6}[ ]for|net[ ]of|taking[ ]account[ ]of)[ ]inflation|in[ ]real[ ]terms"
    r"|inflation-adjusted|in[ ]today's[ ]money",
    "seasonally adjusted": r"seasonally|seasonal[ ]adjustment",
}
_ADJUSTMENT: Final = _words("|".join(f"(?P<a{n}>{words})" for n, words in enumerate(_ADJUSTED.values())))
#: Against what a change is told.
_STEP: Final = _words(
    rf"\b(?:on[ ](?:the|a)|over[ ](?:the|a)|within[ ](?:the|a)|in[ ](?:the|a)|from[ ](?:the|a)|than[ ](?:the|a)|month"
    rf"-on|year-on|on|from[ ]one|than[ ](?:in[ ]the|last)|against[ ](?:the|a|last)|from[ ]last)[ ]?-?"
    rf"(?P<step>day|week|month|quarter|year|decade)\b(?!s)"
    rf"|(?P<since>since[ ](?:the[ ])?[\w]+(?:[ ]\d{{4}})?)"
    rf"|\b(?P<then>(?:of|than[ ]in|than|from|against|over|to|on|with|above|below)[ ](?:the[ ]\w+[ ]of[ ])?"
    rf"(?:19|20)\d\d)\b|(?P<pre>pre-?(?:pandemic|crisis|war|covid)|before[ ]the[ ](?:pandemic|crisis|war))"
    rf"|\bin[ ](?P<span>{_N}[ ]{_UNIT}s?)\b"
)
#: Per what a figure is told.
_EACH: Final = _words(
    rf"\b(?:(?:(?:per|for[ ]every|for[ ]each|out[ ]of[ ]every|in[ ]every|each|every)[ ](?:{_N}[ ]|\d[\d,]*[ ])?(\w+))"
    r"|(each|apiece|average|averaged|averaging|averages)"
    r"|a[ ](head|piece|day|week|month|year|night|hour|tonne|barrel|kilo)"
    r"(?![ ](?:ago|earlier|before|later|after|old|long|and)|[-])|(daily|weekly|monthly|hourly|nightly))\b"
)
_OFTEN: Final = {"daily": "day", "weekly": "week", "monthly": "month", "hourly": "hour", "nightly": "night"}
_WITHIN: Final = _words(
    rf"\b(?:within|in(?:[ ]the)?[ ](?:(?:its|their|the|his|her)[ ])?(?:first|past|last|space[ ]of))[ ]"
    rf"({_N}?[ ]?{_UNIT}s?)\b"
    rf"|\bover[ ]({_N}[ ]{_UNIT}s?)|\bin[ ](just[ ])?({_N}[ ]{_UNIT}s?)\b|\b({_N}[- ]{_UNIT})[ ](?:total|toll|record)"
)
#: Who tells a figure has a stake in it, or counted it by himself.
_CLAIMED: Final = _words(
    r"\b(?:claim(?:s|ed|ing)?[ ]to|claim(?:s|ed)(?![ ](?:the[ ])?(?:lives|life|\d|another|more|at[ ]least))"
    r"|allege[sd]?|allegedly|purported\w*|self-reported|boasts?|boasted"
    r"|(?:'s|’s|its|their|his|her)[ ]own[ ](?:\w+[ ])?(?:tally|count|estimate|figure|figures|survey|records|poll)"
    r"|parallel[ ](?:count|tally)|exit[ ]polls?|unofficial(?:ly)?|by[ ](?:its|their|his|her)[ ]own)\b"
)
_EXPECTED: Final = _words(
    r"\b(?:(?:had|were|was)[ ](?:\w+[ ])?(?:expect\w+|forecast|predicted|hop(?:ed|ing)|fear(?:ed|ing)|pencil\w+)"
    r"|consensus|analysts[ ]expect\w*|economists[ ]expect\w*|pledg\w+|promis\w+|aim(?:s|ed)?|target\w*|hop(?:es|ed|ing)"
    r"|budgeted|asking[ ]price|estimate[ ]of"
    r"|(?:was|were)[ ](?:(?:supposed|meant|due|scheduled)[ ])?to[ ](?!be\b)[a-z]+)\b"
)
#: Another event told beside the one that the story is of.
_ELSEWHERE: Final = _words(
    rf"\b(?:{_N}|several|many|some)[ ]{_UNIT}s?[ ](?:after|since|before)\b|\b(?:an?|the)[ ](?:earlier|previous|similar"
    r"|separate|different|second|first|last|deadliest|worst)[ ](?:one|attack|crash|fire|quake|earthquake|storm|flood"
    r"|incident|accident|blast|explosion|shooting|sinking|outbreak|disaster|strike|collapse|eruption|spill)\b"
    r"|\b(?:anniversary|in[ ]which|as[ ]against)\b"
)
#: Part of what is counted, said right before the figure.
_PART: Final = _words(
    r"\b(?:including|among[ ]them|among[ ]the[ ]\w+|of[ ]whom|of[ ]which|of[ ](?:them|these|those)"
    r"|of[ ](?:the|its|their)[ ][\w'’-]++(?:[ ][\w'’-]++)?,?|excluding|not[ ]counting|apart[ ]from|besides|another"
    r"|an[ ]additional|a[ ]further)[^\w:;.!?]+"
    r"(?:(?:were|are|was|is|had|have|only|about|some|at[ ]least|nearly)[ ]){0,2}$"
)
#: What a part is told of: "11 of the 12 defendants".
_WHOLE: Final = _words(
    rf"\b(?:{_N}|none|most|several|some|many|few|half)[ ](?:out[ ])?of[ ](?:(?:the|its|his|her|their|those)[ ])?$"
)
_WOMEN: Final = _words(r"^[ ](?:of[ ](?:them|whom|these)[ ])?(?:are|were)[ ](?:wo)?men\b|^[ ]of[ ](?:whom|which)\b")
_TAXED: Final = _words(r"\b(?:(pre-?tax|before[ -]tax)|(after[ -]tax|post-tax|net[ ]of[ ]tax))\b")
#: What is allowed or needed is not what was done.
_LIMIT: Final = _words(
    r"\b(?:limit|ceiling|quota|threshold|allowed|permitted|maximum|necessary|short[ ]of"
    r"|(?:needed|required)[ ](?:to|for))\b"
)
_PRESENT: Final = re.compile(r"\b(?:has|have|is|are|stands?|runs?|owns?|employs?|lives?|holds?|costs?)\b")
_BREAK: Final = _words(
    r"[;—()]|,[ ](?=while|whereas|but|and|which|who|whose|though|although|with|as[ ]against)"
    r"|[ ]and[ ](?=[a-z]+(?:s|ed)[ ])"
)
#: What is told of the thing counted, not of the figure: "a planet 41 light-years away that orbits every nine days".
_RELATIVE: Final = re.compile(r"(?<!of)(?<!in)[ ](?:that|which|who|whose|where)[ ]")
#: "Torn open by last month's storm": the time of what led to it.
_CAUSE: Final = _words(
    rf"\b(?:by|after|following|before|since)[ ](?:last|this)[ ]"
    rf"(?:{_UNIT}|\w+day|summer|winter|spring|autumn|fall)(?:'s|’s)"
)
#: "Its best day in a month": what is out of the ordinary is told of a time that is not the figure's.
_RECORD: Final = _words(
    r"\b(?:\w{2,12}est|most|worst|best|first|record|only|least|biggest)\b[\w, -]{0,40}?[ ](?:since|in|for|of)[ ][\w-]+"
    r"(?:[ ](?:\d{4}|years?|months?|weeks?|decades?|century|day))?"
)


@dataclass(frozen=True, slots=True)
class Framing:
    """How a figure is framed by the words of its clause; what is not said is empty.

    :param times: hours, seasons, years and editions that are named.
    :param now: whether it is said to be of now; :param then: of some time before.
    :param adjusted: names of adjustments.
    :param steps: what changes are told against.
    :param each: per what it is told.
    :param within: in how long it came about.
    :param claimed: words by which it is somebody's own.
    :param expected: words by which it was foretold.
    :param elsewhere: words that tell of another event.
    :param part: words by which it is a part of what is counted.
    :param whole: words by which it is all of what a part is told.
    :param limit: words by which it is what is allowed or needed.
    :param taxed: whether it is before or after tax.
    :param present: whether its verb is in the present.
    """

    hours: frozenset[str]
    seasons: frozenset[str]
    years: frozenset[str]
    now: str
    then: str
    adjusted: frozenset[str]
    steps: frozenset[str]
    each: frozenset[str]
    within: frozenset[str]
    claimed: str
    expected: str
    elsewhere: str
    part: str
    whole: str
    limit: str
    taxed: frozenset[str]
    present: bool


@lru_cache(maxsize=4096)
def read_framing(text: str, start: int, end: int) -> Framing:
    """Read how the figure at a place is framed. O(length of its clause).

    :param text: its sentence.
    """
    breaks = [match.start() for match in _BREAK.finditer(text)]
    low = max((at for at in breaks if at < start), default=0)
    high = min((at for at in breaks if at >= end), default=len(text))
    relative = _RELATIVE.search(text, end, high)
    high = relative.start() if relative else high
    before, behind = text[low:start], text[end:high]
    clause = _CAUSE.sub(" ", _RECORD.sub(" ", f"{before} # {behind}"))
    part = _PART.search(before) or _WOMEN.search(behind)
    return Framing(
        hours=_names(_HOUR, clause),
        seasons=_names(_SEASON, clause),
        years=_names(_YEAR, clause) | _names(_MONTH, clause),
        now=_first(_NOW, clause),
        then=_first(_THEN, clause),
        adjusted=frozenset(
            list(_ADJUSTED)[int(match.lastgroup[1:])] for match in _ADJUSTMENT.finditer(clause) if match.lastgroup
        ),
        steps=_names(_STEP, clause),
        each=frozenset(map(_each, _EACH.findall(clause))),
        within=_names(_WITHIN, clause),
        claimed=_first(_CLAIMED, clause),
        expected=_first(_EXPECTED, clause),
        elsewhere=_first(_ELSEWHERE, clause),
        part=part.group().strip() if part else "",
        whole=_first(_WHOLE, before),
        limit=_first(_LIMIT, clause),
        taxed=_names(_TAXED, clause),
        present=_PRESENT.search(clause) is not None,
    )


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found.group().lower() if found else ""


def _names(pattern: re.Pattern[str], text: str) -> frozenset[str]:
    """Give what is named, one spelling each: the groups that matched."""
    return frozenset(" ".join(filter(None, match.groups())).lower() for match in pattern.finditer(text))


def _each(groups: tuple[str, ...]) -> str:
    word = next(filter(None, groups)).lower()
    return _OFTEN.get(word, "each" if word == "apiece" else word.removesuffix("s"))
