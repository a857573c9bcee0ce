"""Figures that count nothing: dates, years, clock times, names, addresses, versions."""

from __future__ import annotations

from typing import Final

from summarizer.quantities.draft import Draft
from summarizer.quantities.lexicon import ISO_CODES, MONTHS, NUMBER_WORDS, PLURALS, SCORES, WEEKDAYS
from summarizer.quantities.line import HYPHENS, Line
from summarizer.quantities.money import money_before
from summarizer.quantities.scales import Number
from summarizer.terms import STOP_WORDS

#: Lower-case nouns whose number is a name: "page 5".
_LABELLED: Final = frozenset(
    "page pages chapter chapters section sections article articles paragraph paragraphs flight route room rooms "
    "channel "
    "phase type version stage category tier title act scene episode season unit gate exit platform apartment apt suite "
    "line lines highway interstate grade level class game match day week year month lane box item step question clause "
    "resolution proposition amendment measure ward precinct verse psalm table figure fig lot bus train "
    "sector zone block floor world top district area engine ladder hole lap turn inning set period model "
    "mach mark generation rule".split()
)
#: After digits: a clock time.
_CLOCK: Final = frozenset("am pm a.m. p.m. a.m p.m o'clock gmt utc est edt pst pdt cet bst cst cdt ist et hrs".split())
_STREETS: Final = frozenset(
    "street avenue road ave boulevard blvd drive lane st rd highway plaza court square place parkway terrace "
    "hwy".split()
)
_EMERGENCIES: Final = frozenset(("911", "999", "112"))
_SYMBOLS: Final = frozenset("/_@=&~§\\^*|")
_QUOTES: Final = frozenset("\"'“”‘’")
_PERIODS: Final = frozenset(("'", "’", "‘"))
#: Said of a stretch of time that is counted back or on from a day: dates, no durations.
_FROM_A_DAY: Final = frozenset("ago later earlier".split())
_STRETCHES: Final = frozenset("past last next previous coming recent first final".split())
#: "One" counts before these; elsewhere it is a pronoun.
_SINGLES: Final = frozenset(
    "person man woman child soldier officer policeman civilian passenger victim worker student boy girl dead killed "
    "injured wounded missing suspect protester case death vote seat member bullet shot attacker gunman police people "
    "million billion trillion hundred thousand dozen firefighter patient resident pilot driver".split()
)
_ONLY: Final = frozenset(("only", "least", "than", "just"))


def is_label(line: Line, number: Number, measured: bool, counts: bool) -> bool:
    """Tell whether a number in digits counts nothing.

    :param number: the number.
    :param measured: it has a currency, a unit or a scale.
    :param counts: a plural noun, or what has become of those counted, stands after it.
    """
    if number.form != "digits":
        return number.form == "words" and _is_named_in_words(line, number, measured, counts)
    if not measured and (line.is_figure(number.last) or _follows_figure(line, number)):
        return True  # a telephone number
    if _is_attached(line, number, measured) or _is_date(line, number, measured, counts) or _is_clock(line, number):
        return True
    if measured:
        return _is_year(line, number) and line.low(number.last) in HYPHENS
    return _is_year(line, number, counts) or _is_named(line, number, counts) or _is_address(line, number)


def _is_attached(line: Line, number: Number, measured: bool) -> bool:
    """Tell whether letters or signs stand close to the digits: "G7", "COVID-19", "737s", "1.2.3", "3/4"."""
    first, last = number.first, number.last
    if line.joined(first):
        before = line.low(first - 1)
        money = money_before(line, first) is not None
        if (before[-1].isalnum() and not money) or before in _SYMBOLS or before == "#":
            return True
        if before in HYPHENS and line.joined(first - 1) and (line.is_word(first - 2) or _is_chain(line, first)):
            return line.low(first - 2) != "to" and (not measured or line.low(first - 2) not in ("mid", "low"))
        if (
            before in (".", ":", ",")
            and (before != ":" or len(line.lows[first]) > 1)
            and line.joined(first - 1)
            and line.low(first - 2)[-1:].isalnum()
        ):
            return True
        if before in _QUOTES and _is_title(line, last):
            return True
        if before in _PERIODS and len(line.low(first)) == 2:
            return True
    if line.joined(last) and not measured:
        after = line.low(last)
        if after in _QUOTES and line.joined(last + 1) and line.is_figure(last + 1):
            return True  # 5'11"
        if after in HYPHENS and len(line.text(last + 1)) == 1 and line.is_capital(last + 1):
            return True  # "3-D"
        return after[0].isalnum() or after in _SYMBOLS or (after == "." and line.joined(last + 1))
    return False


def _follows_figure(line: Line, number: Number) -> bool:
    """Tell whether digits stand right before that are no year."""
    before = line.low(number.first - 1)
    return line.is_figure(number.first - 1) and not (len(before) == 4 and before[:2] in ("19", "20"))


def _is_title(line: Line, last: int) -> bool:
    """Tell whether a quotation mark closes after a capitalised word or two: "60 Minutes"."""
    return line.is_capital(last) and any(line.low(at) in _QUOTES for at in (last + 1, last + 2))


def _is_chain(line: Line, first: int) -> bool:
    """Tell whether the digits are the third of three or more joined by dashes."""
    return line.is_figure(first - 2) and line.low(first - 3) in HYPHENS and line.joined(first - 2)


def _is_month(line: Line, at: int) -> bool:
    return line.low(at) in MONTHS and line.is_capital(at)


def _is_date(line: Line, number: Number, measured: bool, counts: bool) -> bool:
    """Tell whether a month stands beside the digits, or a day that a dash or "and" joins to one that has a month."""
    first, last, low = number.first, number.last, line.lows[number.first]
    if measured or len(low) > 4 or not low.isdecimal():
        return False
    before = first - 1
    if line.low(before) == "." and line.low(before - 1) in MONTHS:
        before -= 1
    if _is_month(line, before):
        return not counts or line.low(before - 1) not in ("in", "since", "by", "of", "until", "last", "early", "late")
    if _is_month(line, last) or (line.low(last) == "of" and _is_month(line, last + 1)):
        return True
    if len(low) > 2:
        return line.low(first - 1) == "," and _is_year(line, number) and line.is_figure(first - 2)
    if line.low(last) in HYPHENS or line.low(last) in ("and", "to", "or"):
        return line.is_figure(last + 1) and _is_month(line, last + 2)
    joined = line.low(first - 1) in HYPHENS or line.low(first - 1) in ("and", "to", "or", "through", ",")
    return joined and line.is_figure(first - 2) and _is_month(line, first - 3) and not counts


def _is_clock(line: Line, number: Number) -> bool:
    first, last = number.first, number.last
    if line.low(last) in _CLOCK and line.low(last) != "hrs":
        return True
    if line.low(last) in HYPHENS and line.is_figure(last + 1) and line.low(last + 2) in _CLOCK:
        return True
    if line.low(last) == ":" and line.joined(last) and line.joined(last + 1) and line.is_figure(last + 1):
        return len(line.lows[last + 1]) > 1
    minutes = line.low(first - 1) == ":" and len(line.lows[first]) > 1
    return minutes and line.joined(first) and line.is_figure(first - 2) and line.joined(first - 1)


def _is_year(line: Line, number: Number, counts: bool = False) -> bool:
    """Tell whether four digits are a year; those that end in two zeros and count a plural may be none."""
    low = line.lows[number.first]
    if len(low) != 4 or not low.isdecimal() or not "1500" <= low <= "2100" or number.last > number.first + 1:
        return False
    before = line.low(number.first - 1)
    round_ = low.endswith("00") and before not in ("in", "since", "the", "until", "before", "of")
    return not (counts and (round_ or line.low(number.last) in PLURALS)) or before in ("in", "since")


#: Words before a score in which its verb stands.
_SCORE_REACH: Final = 6


def _is_score(line: Line, number: Number) -> bool:
    """Tell whether digits begin a score: "beat Rovik 4-2"."""
    first, last = number.first, number.last
    told = not SCORES.isdisjoint(line.lows[max(0, first - _SCORE_REACH) : first])
    return told and line.low(last) in HYPHENS and line.is_figure(last + 1) and len(line.lows[first]) <= _SCORE_DIGITS


#: A longer number before a dash is a type: "737-800".
_SCORE_DIGITS: Final = 2


def _is_named(line: Line, number: Number, counts: bool) -> bool:
    """Tell whether digits are part of a name: "Boeing 737", "Article 5", "page 5"."""
    first = number.first
    if first == 0 or _is_score(line, number):
        return not first and line.low(number.last) in (".", ")")
    name = first - 1
    before = line.lows[name]
    if before == "." and line.low(name - 1) in ("no", "nos", "art", "sec", "vol", "fig", "pp", "p", "ch", "v"):
        return True
    if before == "(" and line.low(number.last) == ")":
        return True
    if (line.lows[first] in _EMERGENCIES or line.lows[first][0] == ".") and not counts:
        return True
    if before == "of" and line.text(name - 1) == "Group":
        return True
    if before in _LABELLED and not counts:
        return True
    if line.text(name) == before or before in STOP_WORDS or before in WEEKDAYS or before in MONTHS:
        return False
    if before in ISO_CODES and line.tokens[name].text.isupper():
        return False
    if line.low(number.last + 1) in ("over", "older", "under", "younger", "up"):
        return False
    if name == 0 or line.low(name - 1) in (".", '"', "“", ":"):
        return not counts and not line.lows[name].endswith(("ed", "ing", "ly"))
    if counts and ("," in line.lows[first] or _follows_place(line, name)):
        return False  # "in Kessa 61,000 pupils"
    return not (counts and (line.low(number.last) in PLURALS or line.low(number.last + 1) in PLURALS))


def _follows_place(line: Line, name: int) -> bool:
    """Tell whether the name that ends at a token is a place by the word before it."""
    first = name
    while first > 0 and line.is_capital(first - 1) and name - first < _LONGEST_PLACE:
        if line.low(first - 1) in _AT_A_PLACE:
            return True  # at the beginning of a sentence
        first -= 1
    return line.low(first - 1) in _AT_A_PLACE


_AT_A_PLACE: Final = frozenset("in at near off across around outside inside".split())
_LONGEST_PLACE: Final = 3


def _is_named_in_words(line: Line, number: Number, measured: bool, counts: bool) -> bool:
    """Tell whether a number in words is part of a name: "Big Ten", "Chapter Eleven", "Seven Network"."""
    first = number.first
    text = line.text(first)
    if line.joined(number.last) and line.is_figure(number.last):
        return True
    if measured or not text[0].isupper() or number.last > first + 1 or first == 0:
        return line.low(first - 1) in _LABELLED and not counts and not measured and line.low(first - 1) != "top"
    return line.is_capital(first - 1) or line.is_capital(number.last)


def _is_address(line: Line, number: Number) -> bool:
    """Tell whether a street follows: "1600 Pennsylvania Avenue"."""
    last = number.last
    return line.is_capital(last) and any(
        line.low(at) in _STREETS and line.is_capital(at) for at in range(last + 1, last + 4)
    )


def is_counted_back(line: Line, draft: Draft) -> bool:
    """Tell whether a stretch of time tells when: "three years ago", "the past 12 months", "two weeks from now"."""
    if draft.family != "duration" or draft.is_age():
        return False
    after = line.low(draft.last)
    return (
        after in _FROM_A_DAY
        or line.low(draft.first - 1) in _STRETCHES
        or (after == "from" and line.low(draft.last + 1) == "now")
    )


def is_pronoun(line: Line, number: Number, draft: Draft) -> bool:
    """Tell whether "one" points and does not count."""
    after = line.low(number.last)
    if after in ("in", "out", "or", "to") and line.low(number.last + 1 + (after == "out")) in NUMBER_WORDS:
        return False
    if line.low(number.first - 1) in _ONLY or after in _SINGLES or line.low(number.last + 1) in _SINGLES:
        return after in ("of", "that", "who", "another") or (after in ("in", "day") and not draft.unit)
    return draft.unit is None or (draft.family == "duration" and line.low(number.last) not in HYPHENS)
