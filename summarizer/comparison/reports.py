"""What explains a difference by who reports and when: speakers, dates, and words of revision."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from summarizer.comparison.measures import key_of
from summarizer.comparison.spelling import words_of
from summarizer.quantities import Quantity
from summarizer.terms import STOP_WORDS

#: What says that a figure is no longer what it was; a later report with such words revises.
_REVISED: Final = re.compile(
    r"\b(?:revis(?:ed|es|ing|ion)|updat(?:ed|es|ing)|correct(?:ed|s|ing|ion)|previously|now stands|now (?:says?|puts?|"
    r"leads?|believes?)|brings? the|"
    r"(?:cut|cuts|lower\w+|trim\w+|slash\w+|rais\w+|lift\w+|upgrad\w+|downgrad\w+|restat\w+|amend\w+) (?:\w+ ){0,3}?"
    r"(?:outlook|forecast|guidance|estimate|target|projection|magnitude|figure|count|tally|total|number|toll|results|earnings|profits?)s?|"
    r"restat(?:ed|es|ing|ement)|after (?:first|initially|earlier) \w+ing|"
    r"final (?:count|tally|toll|data|figures?)|earlier (?:count|toll|figure|report|estimate)s?|"
    r"first (?:figure|estimate|count)|(?:initially|originally|first) (?:reported|said|put|thought)|"
    r"had (?:earlier|previously)|up from|, from)\b",
    re.IGNORECASE,
)
#: What says that a figure moves: with a later date, or of a count that grows, it revises too.
_MOVED: Final = re.compile(
    r"\b(?:(?:rose|risen|rises|climbed|climbs|grew|grown|jumped|increased|raised|lowered|shrunk|shrank|fallen|widened|"
    r"extended|expanded|swelled|swollen)\b[^.;]{0,60}?\bto|ha(?:s|ve) (?:now )?(?:reached|raised)|ha(?:s|ve) now|"
    r"(?:is|are) now|so far)\b",
    re.IGNORECASE,
)
_SPEECH: Final = re.compile(
    r"\b(?:said|says?|told|believes?|believed|thinks?|thought|maintain(?:ed|s)|claim(?:ed|s)?|insist(?:ed|s)?|"
    r"estimate[sd]|reckons?|reckoned|counted|spoke|speaks|object(?:ed|s)?|attribute[sd]?|"
    r"puts?(?! (?:down|up|out|off|in|into|on)\b)|reported|"
    r"announced|calculates?|calculated|sees|alleged?s?|expects?|forecasts|predicts|projects|finds|showed|shows|"
    r"testified|admitted|admits?|denied|argued?|argues|warned|warns|registered|recorded|"
    r"confirmed|conceded|concedes|tallied|tallies|assessed|assess(?:es)?|valued|judge[sd]?|suggest(?:ed|s)?|stated|"
    r"acknowledged|acknowledges|assert(?:ed|s)?|contend(?:ed|s)?|suspect(?:ed|s)?|fear(?:ed|s)?|suppose[sd]?|"
    r"assume[sd]?|guess(?:ed|es)?|consider(?:ed|s)?|counter(?:ed|s)?|dispute[sd]?|conclude[sd]?|documented|verified|"
    r"logged|anticipate[sd]?|foresees?|talk(?:ed|s)? of|speaks? of|cite[sd]?|noted|notes|pegs|pegged|rate[sd]?)\b"
)
#: What somebody makes who tells a figure of his own.
_OWN: Final = (
    r"(?:count|reckoning|tally|estimates?|account|calculations?|figures?|numbers|version|assessment|view|opinion|"
    r"words|statement|forecast|report|toll|records|statistics|data)"
)
_ACCORDING: Final = re.compile(
    rf"\b(?:[Aa]ccording to|(?:[Ii]n|[Bb]y|[Oo]n) the {_OWN} of|"
    r"(?:[Ee]stimates?|[Cc]alculations?|[Ff]igures|[Ss]tatement|[Rr]eport|[Cc]ount|[Tt]ally) (?:by|from)) "
    r"(?:the |an? )?"
    r"((?:[\w'’-]++ ?){1,6}?)(?=[,.;:]|$| (?:on|in|at|who|which|that|and)\b)"
)
_POLLED: Final = re.compile(
    r"\b([A-Z]\w+)(?:['’]s)? (?:(?:[A-Z]\w+|latest|new|own|weekly) )?(?:poll|survey|tracker)\b|"
    r"\b(?:poll|survey) (?:conducted |published |carried out )?(?:by|from|for) (?:the )?([A-Z]\w+)"
)
_OWNED: Final = re.compile(
    rf"(?<![\w-])((?:[\w-]++ ){{0,2}}[\w-]++)(?:['’]s|(?<=s)['’]) (?:own |official |latest |first )?{_OWN}\b|"
    rf"\(([A-Z][\w ]{{2,30}}) (?:estimate|count|figures?|tally)\)"
)
_LEADING: Final = re.compile(r"^(?:(?:the|in|by|on|an?) )+", re.IGNORECASE)
_PLACE: Final = re.compile(r"\b(?:in|of|from|for|at)\b")
_WORD: Final = re.compile(r"[^\W\d_]+")
_DATA: Final = re.compile(r"\b(?:data|figures|statistics|numbers|records)$")
_NAME: Final = re.compile(r"(?<!^)\b[A-Z][a-z]+")
_NAMED: Final = re.compile(r"\b[A-Z]\w+")
_LOWER: Final = re.compile(r"\b[a-z]{2,}")
_DAYS: Final = frozenset("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())
#: "Officials" may be any of those who serve.
_OFFICIAL: Final = frozenset("official officials authorities authority".split())
_SERVE: Final = _OFFICIAL | frozenset("police ministry government spokesman spokeswoman".split())
#: One who wrote a paper, and the paper.
_SCIENCE: Final = frozenset(
    "researcher researchers scientist scientists astronomers study studies paper journal author authors team "
    "colleagues report group".split()
)
#: Words for a body that is named elsewhere.
_BODIES: Final = frozenset(
    "company firm group bank carmaker automaker airline retailer maker manufacturer operator publisher chain business "
    "corporation builder club team agency organisation organization charity university hospital".split()
)
#: "Cases were reported" is on nobody's word.
_PASSIVE: Final = re.compile(r"\b(?:is|are|was|were|be|been|being)(?: \w+ly)?\s*$")
#: A speaker has at most so many words.
_MOST_WORDS: Final = 6


@dataclass(frozen=True, slots=True)
class Report:
    """Where a figure stands.

    :param text: its sentence.
    :param published: date of the article, ISO 8601.
    """

    text: str
    published: str | None = None


def find_later(reports: tuple[Report, Report]) -> tuple[int, int]:
    """Give which report is the later by the dates of the articles, 1 or 2, and by how many days; 0 if unknown."""
    try:
        days = [date.fromisoformat((report.published or "")[:10]) for report in reports]
    except ValueError:
        return 0, 0
    apart = (days[1] - days[0]).days
    return (0, 0) if not apart else (1 + (apart > 0), abs(apart))


def says_revised(report: Report, *, moving: bool) -> bool:
    """Tell whether a sentence says that a figure has come to be what it is.

    :param moving: whether words that tell of any move count.
    """
    return _REVISED.search(report.text) is not None or (moving and _MOVED.search(report.text) is not None)


def find_speakers(quantities: tuple[Quantity, Quantity], reports: tuple[Report, Report]) -> tuple[str, str] | None:
    """Give on whose word each of two figures is, where both are on someone's and these are two."""
    pairs = zip(quantities, reports, strict=True)
    known = [words_of(quantity.attribution, report.text) or "" for quantity, report in pairs]
    if not all(known):
        known = [words or _guess_speaker(report.text) for words, report in zip(known, reports, strict=True)]
    one, other = known
    if not (one and other and _are_two(one, other)) or _stands_for(one, other, reports[0].text):
        return None
    return None if _stands_for(other, one, reports[1].text) else (one, other)


def _stands_for(bare: str, named: str, text: str) -> bool:
    """Tell whether a body without a name, such as "the company", may be one that its own sentence names."""
    if not _BODIES.intersection(bare.lower().split()) or _NAMED.search(bare):
        return False
    return any(re.search(rf"\b{name}\b", text) for name in _NAMED.findall(named))


def _are_two(one: str, other: str) -> bool:
    if _DATA.search(one) or _DATA.search(other):
        return False  # data are nobody's own estimate
    mine, theirs = _heads(one), _heads(other)
    names = [frozenset(_NAME.findall(words)) - _DAYS for words in (one, other)]
    if mine & theirs and all(names):
        return not names[0] & names[1]  # the army of one country, and of another
    if _plain(one) & _plain(other):
        return False
    if mine & _SCIENCE and theirs & _SCIENCE and not (names[0] and names[1]):
        return False
    official = (mine & _OFFICIAL and theirs & _SERVE) or (theirs & _OFFICIAL and mine & _SERVE)
    return not mine & theirs and not official


def _plain(words: str) -> frozenset[str]:
    return frozenset(word for word in _LOWER.findall(words) if word not in STOP_WORDS)


def _heads(words: str) -> frozenset[str]:
    head = _PLACE.split(words.lower())[0]
    lows = [word for word in _WORD.findall(head) if word not in STOP_WORDS]
    return frozenset(lows) | frozenset(map(key_of, lows))


@lru_cache(maxsize=2048)
def _guess_speaker(text: str) -> str:
    """Give the words before a verb of saying, up to where their clause begins; nothing where there is none."""
    told = _ACCORDING.search(text) or _POLLED.search(text) or _OWNED.search(text)
    if told:
        return _LEADING.sub("", str(told[told.lastindex or 0]).strip())
    for found in _SPEECH.finditer(text):
        before = re.split(r"[,;:.]|\bthat\b|\band\b", text[: found.start()])[-1]
        if _PASSIVE.search(before):
            continue
        words = [word for word in _WORD.findall(before) if word.lower() not in STOP_WORDS]
        if words and len(words) <= _MOST_WORDS:
            return " ".join(words)
    return ""
