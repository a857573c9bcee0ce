"""Where sentences end in one line of text: what sentencex proposes, corrected for news.

Where it is unclear whether a sentence ends, it does not: two sentences read as one do less harm than half a sentence.
``tests/cases/segmentation.json`` holds 306 hard cases. Of the first 297, sentencex alone gets 254, this module 293; of
the 72 labelled "second", written after the code and run once before it was touched again, it got 67.

Known limits: a sentence that ends in an initial or a state ("… in Conn. Parents …") is joined to the next one, and so
are the sentences of one quotation of up to 300 characters, so that quotation marks stay paired.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import Final

#: sentencex pairs quotation marks in quadratic time (100,000 of them take 4 to 8 s), so it sees this many at most.
_WINDOW: Final = 2_000
#: A boundary this close to the end of a window was proposed without what follows; the next window decides it.
_LOOKAHEAD: Final = 40
#: Quotations of several sentences stay whole up to this many characters: 99 of 100 news sentences are under 335.
_LONG_QUOTATION: Final = 300

_CLOSERS: Final = "\"”’'»›)\\]」』】）》"
_OPENERS: Final = "\"“„‘'«‹(\\[「『（《¿¡"
_MASK: Final = str.maketrans(dict.fromkeys('"“”„«»‹›()[]「」『』（）【】《》', " "))
_SURROGATES: Final = re.compile("[\ud800-\udfff]")

#: Boundaries that sentencex does not see: after nested quotation marks or a bracket, after "…" that touches its word,
#: and after words that it takes for abbreviations (the month of May, "ill", "me", "no", "art").
_MISSED: Final = re.compile(
    rf"[.!?…](?:[{_CLOSERS}]{{1,3}}|(?<=\w…)|(?<=\bMay\.)|(?<=\bon X\.)|(?<=\b(?:no|me)\.)|(?<=\b(?:art|ill)\.))"
    rf"\s+(?!I\b)(?=[{_OPENERS}]?[A-ZÀ-Þ])"
)
#: A quotation that touches the sentence before it, as pages leave it when they lose a line end.
# The mark first and what stands before it second: a search for marks is fast.
_GLUED: Final = re.compile(r"[\"“”](?<=[a-z\d)][.!?][\"“”])(?=[A-Z][a-z]*['’]?[a-z]* )")

_WORDS: Final = {
    "en": "mr mrs ms mx messrs dr drs prof gen gens col cols cmdr cdr capt sgt lt maj sen sens rep reps gov govs rev "
    "atty amb treas bp archbp msgr assoc intl natl approx",
    "de": "dr prof hr fr frl st bzw ca evtl ggf inkl exkl sog vgl z.b d.h u.a u.ä o.ä i.d.r z.t v.a v.chr n.chr mio "
    "mrd zzgl dipl ing geb",
    "fr": "m mm mme mlle mgr me dr pr prof st ste av env ex chap c.-à-d p.ex j.-c",
    "es": "sr sra sres sras srta dr dra prof profa lic ing gral cnel tte av avda ee.uu ee dña fray sto sta p.ej",
    "it": "sig sig.ra sigg sig.na dott dott.ssa prof prof.ssa ing avv on gen col cap arch geom rag mons ss p.es",
    "pt": "sr sra srs sras srta dr dra drs prof profa eng gen cel av exmo exma p.ex",
    "nl": "dhr mevr mw dr drs prof ir ing mr jhr st ca bijv o.a d.w.z m.b.t i.v.m t.a.v t.o.v resp vgl jl",
    "ru": "им ул пр акад проф доц т.е т.н т.к напр см ср",
    "hi": "डॉ श्री प्रो पं मो ए बी सी डी ई एफ जी एच आई जे के एल एम एन ओ पी क्यू आर एस टी यू वी",
}
#: Abbreviations after which no sentence ends, by language, without their last full stop.
_ABBREVIATIONS: Final = {code: frozenset(words.split()) for code, words in _WORDS.items()}
_NUMBERED: Final = frozenset(
    "no nos nr vol ch apt ste rte sq p pp par art fig sec núm nº n° est jan feb mar apr jun jul aug sep sept oct nov "
    "dec".split()
)
#: "3 p.m. Thursday", "8:50 a.m. BST": what follows a clock time belongs to it.
_CLOCK: Final = frozenset(("a.m", "p.m"))
_AFTER_CLOCK: Final = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Eastern|Central|Mountain|Pacific|Greenwich|(?:[BCEGHIJKMPSU][DS]?T)\b"
    r"|GMT|UTC|CEST|AEST|AEDT|Jan(?:uary|\.)|Feb(?:ruary|\.)|Mar(?:ch|\.) \d|Apr(?:il|\.)|May \d|June? \d|July? \d"
    r"|Aug(?:ust|\.)|Sept(?:ember|\.)|Oct(?:ober|\.)|Nov(?:ember|\.)|Dec(?:ember|\.))"
)
_WEEKDAYS: Final = frozenset("mon tue tues wed thu thurs fri sat sun".split())
_DATE: Final = re.compile(r"\d|(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)\b")
#: In German "3." is "third": a figure and a full stop end nothing after an article or preposition.
_GERMAN_ORDINAL: Final = re.compile(
    r"\b(?:am|im|vom|zum|zur|beim|ab|bis|seit|der|die|das|den|dem|des|und|ein|eine[mnrs]?) \d{1,2}\.$", re.IGNORECASE
)

_LIST_NUMBER: Final = re.compile(r"(?:^|[:;]\s)\(?(?:\d{1,2}|[a-hA-H]|[ivx]{2,4})\.$")
#: Characters of the longest of them, as "(viii."; it is what stands behind the last blank.
_LONGEST_NUMBER: Final = 6
_ELISION: Final = re.compile("^(?:l|d|dell|all|dall|qu)['’]")
_DOTTED: Final = re.compile(r"(?:[^\W\d_]\.-?){1,6}")
_QUOTED_END: Final = re.compile(rf"[.!?…。！？؟]\s?[{_CLOSERS}]{{1,3}}$")
_NAME: Final = r"(?:[A-Z][\w'’.-]*|of|the|de|van|von|al)"
#: Who said it, after a quotation that ends in a question or exclamation mark.
_ATTRIBUTION: Final = re.compile(
    rf"{_NAME}(?:\s{_NAME}){{0,5}}\s(?:said|says|asked|asks|wrote|writes|tweeted|shouted|cried|replied|wondered|told)\b"
    r"|[^\s，。！？“”「」]{0,8}(?:说|說|问|問|道|表示|称|稱|喊|回答|指出|写道)|と|って|などと|という"
    r"|(?:\S{1,20}\s){1,3}(?:कहा|पूछा|बताया)|(?:قال|سأل|أضاف|صرح|تساءل)ت?\b"
)
_BRAND: Final = re.compile(r"[a-z]{1,2}[A-Z]|[a-z]\.[a-z]\.")
_CLOSING: Final = re.compile(r"[”»›)\]」』】）》]{1,3}|[\"'’”»]{1,3}(?=\s|$)")
_CLOSING_APART: Final = re.compile(r"[\"'’”»›)\]]{1,3}(?=\s|$)")
_OPENING: Final = re.compile(r"\s[\"“„‘«(\[]\s*$")
_FILE_OR_SITE: Final = re.compile(r"(?:Com|Net|Org|Js|Tv|Gov|Edu|Txt|Pdf)\b|(?!(?:US|UK|EU|UN|AP)\b)[A-Z]{2}")
_ADDRESS: Final = re.compile(r"[@/]|www|\w\.\w+\.\w|^\W*\.$")
#: sentencex tells initials from the ends of sentences in English; Chinese and Japanese have none.
_INITIALS_KNOWN: Final = frozenset(("en", "zh", "ja"))


def find_boundaries(line: str, language: str) -> list[int]:
    """Give the ends of the sentences of one line.

    :param line: text in which no line end is a boundary.
    :param language: ISO 639-1 code; unknown ones get the English rules.
    :return: offsets, ascending; the last is ``len(line)``. Blanks after a sentence belong to it.

    O(len(line)).
    """
    try:
        line.encode()
    except UnicodeEncodeError:
        line = _SURROGATES.sub("\ufffd", line)
    ends = _correct(line, _add_missed(line, _propose(line, language)), language)
    if len(line) <= _LONG_QUOTATION:
        return ends
    result: list[int] = []
    for start, end in zip([0, *ends], ends, strict=False):
        if end - start > _LONG_QUOTATION:
            piece = line[start:end]
            result += [start + cut for cut in _correct(piece, _propose(piece.translate(_MASK), language), language)]
        else:
            result.append(end)
    return result


def _propose(line: str, language: str) -> list[int]:
    """Ask sentencex, window by window; a sentence cut by the end of a window is read again from its start."""
    ends: list[int] = []
    start = 0
    while start + _WINDOW < len(line):
        sure = [end for end in _ends(line[start : start + _WINDOW], language) if end <= _WINDOW - _LOOKAHEAD]
        ends += [start + end for end in sure]
        # A window without an end is part of a very long sentence: go on half a window later, still in linear time.
        start += sure[-1] if sure else _WINDOW // 2
    ends += [start + end for end in _ends(line[start:], language)]
    return [*[end for end in ends if end < len(line)], len(line)]


def _ends(window: str, language: str) -> Iterator[int]:
    """Give the ends of the sentences that sentencex finds; together they are the whole window."""
    import sentencex

    return accumulate(map(len, sentencex.segment(language, window)))


def _add_missed(line: str, ends: list[int]) -> list[int]:
    if not _MISSED.search(line) and not _GLUED.search(line):
        return ends
    result: list[int] = []
    for start, end in zip([0, *ends], ends, strict=False):
        for match in _MISSED.finditer(line, start, end):
            if _is_outside(line[max(start, match.end() - _LONG_QUOTATION) : match.end()].rstrip()):
                result.append(match.end())
        for match in _GLUED.finditer(line, start, end):
            opens = match.group() == "“" or (match.group() == '"' and line.count('"', start, match.start()) % 2 == 0)
            result.append(match.start() if opens else match.end())
        result.append(end)
    return sorted(result)


def _is_outside(sentence: str) -> bool:
    """Tell whether all quotation marks are paired, and a bracket that closes last holds a sentence, not "(D-Minn.)"."""
    if sentence.count("“") > sentence.count("”") or sentence.count('"') % 2:
        return False
    if sentence[-1] not in ")]":
        return True
    before = sentence[: max(sentence.rfind("("), sentence.rfind("["), 0)].rstrip()
    return not before or before[-1] in '.!?…”"'


def _correct(line: str, ends: list[int], language: str) -> list[int]:
    """Move boundaries past closing marks, then leave out those that part what belongs together."""
    if len(ends) == 1:
        return ends
    has_capitals = line != line.lower()
    kept: list[int] = []
    start = 0
    for proposed in ends[:-1]:
        end = _move(line, start, proposed)
        if start < end < len(line) and not _is_inside(line, start, end, language, has_capitals):
            kept.append(end)
            start = end
    return [*kept, len(line)]


def _move(line: str, start: int, end: int) -> int:
    """Give closing marks to the sentence before, and an opening mark to the one after."""
    closing = (_CLOSING_APART if line[end - 1].isspace() else _CLOSING).match(line, end)
    if closing is not None:
        return closing.end()
    opening = _OPENING.search(line, max(start, end - 8), end)
    if opening is not None and not line[start : opening.start()].isspace():
        return opening.start() + 1
    return end


def _is_inside(line: str, start: int, end: int, language: str, has_capitals: bool) -> bool:
    """Tell whether a boundary lies inside a sentence.

    :param start: where that sentence begins.
    :param has_capitals: whether a lower-case letter means anything in this text.
    """
    before, after = line[max(start, end - 80) : end].rstrip(), line[end : end + 160].lstrip()
    if not before or not after:
        return False
    token = before.rsplit(None, 1)[-1]
    goes_on = has_capitals and after[0].islower() and not _BRAND.match(after)
    if after[0] in "-—–" and after[1:].lstrip()[:1].islower():
        return True
    if _QUOTED_END.search(before[-6:]):
        return goes_on or (before.rstrip(_CLOSERS + " ")[-1:] not in ".…" and _ATTRIBUTION.match(after) is not None)
    if before[-1] != ".":
        return before[-1] in "?!" and goes_on
    if not line[end - 1].isspace() and after[0].isascii():
        return _is_name(token, after)
    return _is_abbreviated(before, token, after, language, goes_on)


def _is_name(token: str, after: str) -> bool:
    """Tell whether a full stop without a space after it is part of an address, a file name or "U.S.-China"."""
    if after[0] in '"“' and after[1:2].isupper():
        return False
    return not after[0].isupper() or bool(_ADDRESS.search(token) or _FILE_OR_SITE.match(after))


def _is_abbreviated(before: str, token: str, after: str, language: str, goes_on: bool) -> bool:
    """Tell whether the full stop at the end of ``before`` is that of an abbreviation, an ordinal or a list."""
    word = token.lstrip(_OPENERS)[:-1].lower()
    if language in ("fr", "it"):
        word = _ELISION.sub("", word)
    is_initial = len(word) == 1 and not token[-2].islower() and token[-2].isalpha() and language not in _INITIALS_KNOWN
    return (
        is_initial
        or word in _ABBREVIATIONS.get(language, ())
        or (language == "en" and word.rpartition("-")[2] in _ABBREVIATIONS["en"])
        or (word in _CLOCK and _AFTER_CLOCK.match(after) is not None)
        or (word in _NUMBERED and after[0].isdigit())
        or (word in _WEEKDAYS and _DATE.match(after) is not None)
        or (language == "de" and _GERMAN_ORDINAL.search(before[-20:]) is not None)
        or (goes_on and (language != "en" or word.isdigit() or _DOTTED.fullmatch(token) is not None))
        or (len(token) <= _LONGEST_NUMBER and _LIST_NUMBER.search(before) is not None)
    )
