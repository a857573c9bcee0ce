"""Datelines, bylines, wire marks and dates of publication: what stands around an article about where it comes from.

Everything here is recognized by form alone and only when it is explicit; nothing is looked up and nothing guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from summarizer.releases import SERVICES

_UPPER: Final = r"[A-ZÀ-Þ][A-ZÀ-Þ.'’-]{1,24}"
_NAME: Final = r"[A-ZÀ-Þ][\w.'’-]{0,24}"
_MONTH: Final = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?|JAN|FEB|MAR|APR|MAY|JUNE?|JULY?|AUG|SEPT?|OCT|NOV|DEC)\.?"
)
_DATE: Final = rf"(?:{_MONTH} \d{{1,2}}(?:, \d{{4}})?|\d{{1,2}} {_MONTH}(?: \d{{4}})?)"
#: Agencies whose mark in brackets opens or closes a wire text.
_WIRES: Final = (
    r"(?:AP|Reuters|REUTERS|AFP|UPI|CNN|CNNMoney|CNN Business|CBS|NBC|ABC|FOX|Fox News|DPA|dpa|EFE|PTI|ANI|IANS|Xinhua|"
    r"XINHUA|Bloomberg|TASS|"
    r"Interfax|Kyodo|Yonhap|Anadolu|Associated Press|The Associated Press|BBC|NPR|Sputnik|RIA|Agencies|JTA|CP|"
    r"The Canadian Press|Canadian Press|AAP|PA|SPA|KUNA|NNN|RNS|CNS|MarketWatch|Dow Jones)"
)
_DASH: Final = r"[ \t\u00a0]*(?:—|–|―|--|-)[ \t\u00a0]*"
_BY: Final = rf"(?:(?:By|BY) (?:(?:{_NAME},?|and|AND|&|\|) ){{1,10}})?"
_PLACE: Final = (
    rf"(?:{_UPPER}(?:[ /]{_UPPER}){{0,3}}|{_NAME}(?: {_NAME}){{0,2}})(?:, {_NAME}(?: {_NAME}){{0,2}}){{0,2}}"
)

#: "LONDON, June 10 (Reuters) - ", "(CNN) ", "(CNN)" that touches the sentence, "By Jane Doe WASHINGTON (AP) — ".
_WIRE_DATELINE: Final = re.compile(
    rf"{_BY}(?:{_PLACE},? ?)?(?:{_DATE},? ?)?\(\s?{_WIRES}(?:[ /][\w ]{{2,20}})?\s?\)"
    rf"(?:{_DASH}|[: \t]{{1,4}}|(?=[A-Z\"“]))"
)
#: "CHICAGO--(BUSINESS WIRE)--", "NEW YORK, March 16, 2026 /PRNewswire/ -- ".
_RELEASE_DATELINE: Final = re.compile(
    rf"(?:{_PLACE},? ?)?(?:{_DATE},? ?)?(?:{_DASH})?(?:\(\s?{SERVICES}\s?\)|/ ?{SERVICES}(?:-[\w -]{{1,20}})? ?/)"
    rf"(?:{_DASH}|[: \t]{{1,4}})"
)
#: "BEIJING — ", "LONDON, June 10 — ", "ROANOKE, Va. - ": capitals, and a dash with a blank behind it.
_PLAIN_DATELINE: Final = re.compile(
    rf"{_UPPER}(?:[ /]{_UPPER}){{0,3}}(?:, {_NAME}(?: {_NAME}){{0,2}}){{0,2}}(?:,? {_DATE})?(?: \([A-Z]{{3,6}}\))?"
    r"[ \t\u00a0]*(?:—[ \t\u00a0]*|–[ \t\u00a0]*|--[ \t\u00a0]*|(?<=[ \t\u00a0])-[ \t\u00a0]+)"
)
#: "London, June 10 — ": without capitals or a wire mark only the date tells.
_DATED_DATELINE: Final = re.compile(rf"{_NAME}(?: {_NAME}){{0,2}}, {_DATE}[ \t\u00a0]*(?:—|–|--|-|:)[ \t\u00a0]+")
#: "NEW DELHI: ".
_COLON_DATELINE: Final = re.compile(rf"{_UPPER}(?: {_UPPER}){{0,2}}(?:, {_NAME}| \({_NAME}\))?: ")
#: "VANCOUVER, B.C. (CN) – ", "FORT WAYNE, Ind. (WANE) ", "EL SEGUNDO, CA (CBS 5) — ": a station or a service of its
#: own, and "LOS ANGELES (May 14, 2017) - " of press releases. Without a state, "WORLD BANK (WB) Director" is none.
_STATION_DATELINE: Final = re.compile(
    rf"{_UPPER}(?:[ /]{_UPPER}){{0,3}}"
    rf"(?:, {_NAME}(?: {_NAME})? \([A-Z][A-Z0-9]{{1,6}}(?: \d{{1,2}})?\)(?:{_DASH}|[ \t]{{1,4}})"
    rf"|(?:, {_NAME}(?: {_NAME})?)? \((?:[A-Z][A-Z0-9]{{1,6}}(?: \d{{1,2}})?|{_DATE})\){_DASH})"
)
#: "BRUSSELS NATO invited …": some sites print the place apart, and the dash is lost. Only where wires report from.
_CITIES: Final = frozenset(
    city.replace("_", " ")
    for city in """
    ABUJA ALGIERS AMMAN AMSTERDAM ANKARA ATHENS ATLANTA BAGHDAD BALTIMORE BANGKOK BARCELONA BEIJING
    BEIRUT BELFAST BELGRADE BERLIN BOGOTA BOSTON BRASILIA BRUSSELS BUCHAREST BUDAPEST CAIRO CANBERRA
    CARACAS CHICAGO COLOMBO COPENHAGEN DAKAR DALLAS DAMASCUS DENVER DETROIT DHAKA DUBAI DUBLIN FRANKFURT GAZA
    GENEVA HANOI HARARE HAVANA HELSINKI HOUSTON ISLAMABAD ISTANBUL JAKARTA JERUSALEM JOHANNESBURG KABUL KAMPALA
    KARACHI KATHMANDU KHARTOUM KIEV KYIV LAGOS LAHORE LIMA LISBON LONDON MADRID MANILA MIAMI MILAN MINNEAPOLIS
    MOGADISHU MOSCOW MUMBAI MUNICH NAIROBI NICOSIA OSLO OTTAWA PARIS PHILADELPHIA PHOENIX PORT-AU-PRINCE PRAGUE
    PRETORIA QUITO RAMALLAH RIGA ROME SANAA SANTIAGO SARAJEVO SEATTLE SEOUL SHANGHAI SINGAPORE SOFIA STOCKHOLM
    SYDNEY TAIPEI TBILISI TEHRAN TOKYO TORONTO TRIPOLI TUNIS VANCOUVER VIENNA VILNIUS WARSAW
    WASHINGTON WELLINGTON YANGON ZAGREB ZURICH RIYADH ADDIS_ABABA
    BUENOS_AIRES HONG_KONG KUALA_LUMPUR LOS_ANGELES MEXICO_CITY MELBOURNE NEW_DELHI NEW_ORLEANS NEW_YORK
    PHNOM_PENH RIO_DE_JANEIRO SAN_DIEGO SAN_FRANCISCO SAO_PAULO UNITED_NATIONS
    """.split()
)
_MAX_CITY_WORDS: Final = 3
_AFTER_CITY: Final = re.compile(r"[A-Z][a-z]|A [A-Z]?[a-z]|NATO\b|EU\b|UN\b|U\.[SKN]\.")
#: Papers that print their first word in capitals write "LONDON Mayor Sadiq Khan".
_PART_OF_NAME: Final = frozenset(
    """
    Mayor City Underground Bridge Airport Police Times Post Fashion Film Stock Marathon University Street Heathrow Bulls
    Bears Cubs Celtics Red Giants Jets Yankees Mets Knicks State Metro Zoo Zoological Dungeon Eye Olympics
    """.split()
)
_OPENER: Final = re.compile(r"[\"“‘'(\[]?[A-ZÀ-Þ\d$£€]")
#: Words in capitals before a dash or colon that name no place.
_NOT_PLACES: Final = frozenset(
    """
    NATO NASA UNICEF UNESCO OPEC WHO FIFA UEFA ISIS COVID COVID-19 DNA GOP FBI CIA NSA SEC FDA CDC EPA IMF WTO GDP HIV
    AIDS IBM BBC CNN NBC CBS ABC MSNBC PBS NPR ESPN UPDATE UPDATED BREAKING CORRECTION CORRECTED NOTE EDITOR FILE
    PHOTO PHOTOS VIDEO WATCH MORE READ RELATED EXCLUSIVE ANALYSIS OPINION FACT FACTBOX TIMELINE INVESTIGATORS POLICE
    REPORT WARNING ALERT LIVE QUESTION ANSWER HOST TRUTH CLAIM VERDICT RATING
    """.split()
)
#: These name an agency or a service.
_MARKED: Final = (_WIRE_DATELINE, _RELEASE_DATELINE)
#: Units from the top of an article in which a dateline without a wire mark may stand.
DATELINE_UNITS: Final = 4


def names_speakers(lines: Iterable[str]) -> bool:
    """Tell whether lines open with names in capitals and a colon, as those of an interview do: more than one does."""
    return sum(1 for line in lines if _COLON_DATELINE.match(line)) > 1


def find_dateline(text: str, start: int, end: int, position: int, *, speakers: bool = False) -> int:
    """Find where the sentence behind a dateline begins.

    A dateline with an agency's mark is known anywhere; one that is only capitals and a dash, or capitals and a colon,
    only in the first :data:`DATELINE_UNITS` lines.

    :param start: first character of the line.
    :param end: one past its last.
    :param position: number of lines above it.
    :param speakers: whether a name and a colon are a speaker here (:func:`names_speakers`).
    :return: ``start`` if there is none. O(1): at most about 200 characters are looked at.
    """
    head = text[start : min(end, start + 220)]
    bare = start + _bare_dateline(head) if position < DATELINE_UNITS else start
    signs = "(" if position >= DATELINE_UNITS else "(-—–:"
    if not any(map(head.__contains__, signs)):
        return bare
    for pattern in (*_MARKED, _STATION_DATELINE, _PLAIN_DATELINE, _DATED_DATELINE, _COLON_DATELINE):
        if (pattern not in _MARKED and position >= DATELINE_UNITS) or (pattern is _COLON_DATELINE and speakers):
            break
        match = pattern.match(head)
        if not match or len(head) - match.end() < 12 or not _OPENER.match(head, match.end()):
            continue
        if pattern in _MARKED or _is_place(match.group()):
            return start + match.end()
    return bare


def _bare_dateline(head: str) -> int:
    """Give the length of a city in capitals before a sentence that begins with a capital; 0 if there is none."""
    words = head.split(" ", _MAX_CITY_WORDS + 1)
    for n in range(min(_MAX_CITY_WORDS, len(words) - 1), 0, -1):
        city = " ".join(words[:n])
        if city.partition("/")[0] in _CITIES and _AFTER_CITY.match(words[n] + " x"):
            return 0 if words[n] in _PART_OF_NAME else len(city) + 1
    return 0


def _is_place(prefix: str) -> bool:
    word = re.split(r"[ ,:/—–]", prefix, maxsplit=1)[0]
    return (len(word.strip("-.")) >= 3 or word in ("EL", "LA", "LE")) and word.strip("-.") not in _NOT_PLACES


# The bracket or dash first and what stands before it second: a search for signs is fast.
_WIRE_TAIL: Final = re.compile(
    rf"[(\[—–-](?:(?<=[(\[])\s?{_WIRES}(?:[/ ]{_WIRES})?\s?[)\]]"
    rf"|(?:(?<=[.!?\"”] [—–-])|(?<=[.!?\"”][—–-]))[—–-]?\s?{_WIRES})[.\s]*\Z"
)


def find_wire_tail(text: str, start: int, end: int) -> int:
    """Find the agency's mark that closes a line, such as "(AP)" or "— Reuters".

    :return: its first character; ``end`` if there is none. O(1).
    """
    low = max(start, end - 40)
    match = _WIRE_TAIL.search(text[low:end])
    return low + match.start() if match else end


_OUTLET: Final = re.compile(
    r"\b(?:Reuters|Associated Press|AFP|Agence France-Presse|AP|UPI|BBC|CNN|NBC|CBS|ABC|NPR|PBS|Bloomberg|Xinhua|TASS|"
    r"Al Jazeera|Politico|POLITICO|Axios|Deutsche Welle|DW|Guardian|Economist|Telegraph|Independent|Forbes|Fortune|Vox|"
    r"Newsweek|Time|TODAY|[A-Z]\w*(?:News|Times|Post|Press|Journal|Herald|Tribune|Gazette|Chronicle|Observer|Standard|"
    r"Examiner|Dispatch|Mirror|Express|Today|Wire|Daily)|News|Times|Post|Press|Journal|Herald|Tribune|Gazette|Chronicle|"
    r"Observer|Standard|Examiner|Dispatch|Bulletin|Courier|Register|Sentinel|Inquirer|Globe|Zeitung|Le Monde|El País)\b"
    r"|\b[\w-]{2,30}\.(?:com|org|net|co\.uk|de|fr|in)\b"
)
_BYLINE_START: Final = re.compile(
    r"(?:By|BY|by|Written by|Story by|Posted by|Published by|Analysis by|Report by|From|FROM)(?::? |:)(?=\S)"
)
_SMALL: Final = frozenset(
    """
    and & of for the in at de la le du van von der den del della di da dos bin ibn al el y e with on | / - – — • ·
    staff writer reporter correspondent editor
    """.split()
)
_CREDIT_WORDS: Final = frozenset(
    """
    video footage clip audio courtesy credit via provided supplied additional reporting report editing writing
    research production translation graphics photography fact-checking by with from inputs input files contributed
    contributing compiled written edited reported produced translated to this story article was also further original
    other more agencies agency wire reports services bureau news
    """.split()
)
_DAYS_AND_TIMES: Final = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december midday noon midnight now then contrast law day night the this that all far
    """.split()
)


def is_byline(line: str) -> bool:
    """Tell whether a line names its author: "By Jane Doe", "By JANE DOE and John Roe, Reuters".

    Every word is a name, a number or one of a few small words, and no full stop ends it: "By Tuesday, the talks had
    ended." is a sentence.
    """
    if len(line) > 200 or not (match := _BYLINE_START.match(line)):
        return False
    words = line[match.end() :].split()
    if not words or len(words) > 24 or words[0].strip(",.").lower() in _DAYS_AND_TIMES or not words[0][0].isalpha():
        return False
    if not words[0][0].isupper() or (line[-1] in ".!?:;" and words[-1] not in ("Jr.", "Sr.", "M.D.", "Ph.D.")):
        return False
    if match.group().lower().startswith("from") and ("," not in line or not _OUTLET.search(line)):
        return False
    return all(not word[0].isalpha() or word[0].isupper() or word.strip(",").lower() in _SMALL for word in words)


def is_credit(line: str) -> bool:
    """Tell whether a line is a list of names and the words of a credit: "Reporting by Jane Doe; editing by John Roe".

    "Reporting by human rights groups showed 40 deaths." is a sentence.
    """
    words = [word.strip("().,;:[]*_—-") for word in line.split()]
    small = _SMALL | _CREDIT_WORDS
    if "editing by" in line.lower():
        return True
    return all(not word or not word[0].islower() or word in small for word in words)


def byline_outlet(line: str) -> str | None:
    """Give the outlet that a byline names behind its last comma, bar or "for": "By Jane Doe, Reuters"."""
    parts = re.split(r", (?:for )?| \| | for ", line)
    tail = parts[-1].strip(" .")
    return tail if len(parts) > 1 and len(tail) <= 50 and _OUTLET.search(tail) and not re.search(r"\d", tail) else None


_SOURCE_LINE: Final = re.compile(r"\W{0,3}(?:News |Article |Story )?(?:Source|SOURCE|source)\s?: ?([^,;|()]{2,40})")


def source_outlet(line: str) -> str | None:
    """Give the outlet of a line "Source: Reuters"; a source that is no outlet, as under a chart, is not taken."""
    match = _SOURCE_LINE.fullmatch(line.strip())
    name = match.group(1).strip(" .") if match else ""
    return name if name and _OUTLET.search(name) else None


_PUBLISHED: Final = re.compile(
    r"(?:first |originally |date )?(?:published|posted)(?: on| at| date)?\s?[:|-]? ?(?!by )(.{6,60})"
)
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO: Final = re.compile(
    r"\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:t(\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?(z|[+-]\d{2}:\d{2}))?"
)
_MONTH_FIRST: Final = re.compile(r"\b([a-z]{3})[a-z]{0,6}\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b")
_DAY_FIRST: Final = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)? ([a-z]{3})[a-z]{0,6}\.?,? (\d{4})\b")
_NUMBERS: Final = re.compile(r"\b(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\b")


def published_date(folded: str) -> str | None:
    """Give the date of a line "Published: June 10, 2025" as ISO 8601, if it can be read in one way only.

    "06/10/2025" is June in one country and October in another: not read. "25/06/2025" is.

    :param folded: the line in lower case.
    """
    label = _PUBLISHED.match(folded)
    if not label:
        return None
    stamp = label.group(1)
    if match := _ISO.search(stamp):
        day = _iso(int(match[1]), int(match[2]), int(match[3]))
        return f"{day}T{match[4]}{match[5].upper()}" if day and match[4] else day
    if (match := _MONTH_FIRST.search(stamp)) and match[1] in _MONTHS:
        return _iso(int(match[3]), _MONTHS.index(match[1]) + 1, int(match[2]))
    if (match := _DAY_FIRST.search(stamp)) and match[2] in _MONTHS:
        return _iso(int(match[3]), _MONTHS.index(match[2]) + 1, int(match[1]))
    if match := _NUMBERS.search(stamp):
        first, second, year = int(match[1]), int(match[2]), int(match[3])
        if first > 12 or first == second:
            return _iso(year, second, first)
        if second > 12:
            return _iso(year, first, second)
    return None


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
