"""How far a sentence holds the kind of thing that a question asks for: a count of what is counted, a date, a reason.

English. Not seen is whether the figure or the name is the one that was asked for; that is for the words around it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from summarizer.actors import name_key
from summarizer.questions import Kind, Part
from summarizer.terms import stem, tokenize
from summarizer.wordnet import KIN, is_person, kinship

_FAMILIES: Final[dict[Kind, frozenset[str]]] = {
    "money": frozenset(("money",)),
    "percent": frozenset(("percent", "points", "ratio")),
    "duration": frozenset(("duration", "length")),
    "age": frozenset(("duration",)),
    "length": frozenset(("length",)),
}
#: Spans that are counted and not measured: a player is banned for three of these.
_SPANS: Final = frozenset("match game round season term night generation".split())
#: Currencies that are read as counts.
_COINS: Final = frozenset("crown krone krona franc rupee peso real rand lira dinar dirham shilling cent penny".split())
_COLOURS: Final = frozenset(
    "red blue green yellow white black grey gray brown orange pink purple violet silver golden gold beige turquoise "
    "colour colours coloured color colors colored".split()
)
_AGE: Final = re.compile(r", \d{1,3}[,.]|\baged? (?:of )?\d|\d-year-old\b|\bwho is \d\d\b|\byears? (?:ago|old)\b")
_PLACE: Final = re.compile(
    r"\b(?:in|at|near|on|from|to|outside|off|towards?|for) (?:the |its |[a-z]+ of |[a-z]+ )?[^\W\d_a-z]"
)
_WHY: Final = re.compile(
    r"\b(?:because|due to|owing to|thanks to|after|since|as|reasons?|caus\w+|blam\w+|led to)\b|\bfor an? "
)
#: "8.30 p.m.", "14:05", "at 9 o'clock", "noon"; a score or a price is none.
_CLOCK: Final = re.compile(
    r"\b(?:[01]?\d|2[0-3])(?:[:.][0-5]\d)? ?(?:[ap]\.?m\b|o['’]clock|hours GMT|GMT|UTC)|\b(?:[01]?\d|2[0-3]):[0-5]\d\b"
    r"|\b(?:at|around|before|after|until|by|from) (?:[01]?\d|2[0-3])\.[0-5]\d\b|\b(?:noon|midday|midnight)\b",
    re.IGNORECASE,
)
_NAME: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")

#: Of a sentence that holds another kind of thing which may still answer: who did it told by a role, why without
#: "because", a count without its noun, one of a thing beside what is counted.
_BY_ROLE: Final = 0.6
_UNMARKED: Final = 0.4
_BARE_COUNT: Final = 0.5
_KIN_COUNT: Final = 0.9
_BESIDE_COUNT: Final = 0.7
#: "When" asks for the day of what is told, less for that on which it was said or of something beside it.
_DATED: Final = {"main": 1.0, "said": 0.5, "aside": 0.7}
#: A day, where a time of the clock is asked for, and the reverse.
_OTHER_TIME: Final = 0.4
#: "How much" and "how high" are not answered by a count of people or a span of days.
_COUNTED: Final = frozenset(("count", "duration", "rank", "score"))
#: No names of anybody.
_CALENDAR: Final = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december".split()
)
_PEOPLE: Final = frozenset(("person", "people", "persons"))


def grade_kind(text: str, part: Part) -> float:
    """Say how far a sentence holds the kind of thing that a question asks for, in [0, 1]; 1 where it asks for none.

    :param text: the sentence.
    :param part: the question; names that it holds are no answer to "who".
    """
    kind = part.kind
    if kind is None:
        return 1.0
    if kind == "who":
        asked = frozenset(form for item in part.asked for form in item.forms)
        if name_keys(text.lstrip("\"“'‘(")[1:]) - asked - _CALENDAR:
            return 1.0
        return _BY_ROLE if any(is_person(form) for form in map(stem, tokenize(text)) if form not in asked) else 0.0
    if kind == "why":
        return 1.0 if _WHY.search(text) else _UNMARKED
    if kind == "where":
        return float(bool(_PLACE.search(text)))
    if kind in ("when", "clock"):
        return _grade_time(text, kind)
    if kind == "colour":
        return float(not _COLOURS.isdisjoint(tokenize(text)))
    return _grade_figure(text, part, kind)


def _grade_time(text: str, kind: Kind) -> float:
    from summarizer.dates import bearing, read_dates

    clock = float(bool(_CLOCK.search(text)))
    dated = max((_DATED[bearing(text, mention)] for mention in read_dates(text)), default=0.0)
    return max(clock, _OTHER_TIME * dated) if kind == "clock" else max(dated, _OTHER_TIME * clock)


def _grade_figure(text: str, part: Part, kind: Kind) -> float:
    # Readers of figures and dates take a quarter of the time of importing the package; only queries need them.
    from summarizer.quantities import read_quantities

    found = [quantity for quantity in read_quantities(text) if quantity.family != "rank"]
    if kind == "age":
        of_person = any(item.kind == "name" or is_person(item.forms[0]) for item in part.asked)
        if _AGE.search(text) or any(quantity.unit.name == "year old" for quantity in found):
            return 1.0
        return 0.0 if of_person else float(any(quantity.family == "duration" for quantity in found))
    if kind == "measure":
        return float(any(quantity.family not in _COUNTED or quantity.unit.name in _COINS for quantity in found))
    if kind == "duration" and any(quantity.unit.name in _SPANS for quantity in found):
        return 1.0
    if kind != "figure":
        families = _FAMILIES[kind]
        coins = kind == "money" and any(quantity.unit.name in _COINS for quantity in found)
        # "She was 34 years old" tells no span; where an age is asked for, it was looked for above.
        return float(coins or any(one.family in families and one.unit.name != "year old" for one in found))
    if part.counted is None:
        return float(bool(found))
    # "How many hours?": a unit has one name for spans of all lengths, but stands there as it is written.
    written = (frozenset(map(stem, tokenize(text[quantity.start : quantity.end]))) for quantity in found)
    if any(not words.isdisjoint(part.counted.forms) for words in written):
        return 1.0
    return max((_grade_count(quantity.unit.name, part) for quantity in found), default=0.0)


def _grade_count(unit: str, part: Part) -> float:
    """Say how far a number of some unit is one of what is counted."""
    counted = part.counted
    if counted is None or not unit:
        return _BARE_COUNT
    noun, people = stem(unit), counted.text.lower() in _PEOPLE
    if noun in counted.forms or unit in counted.forms or (people and unit in _PEOPLE):
        return 1.0
    if any(kinship(form, noun) in KIN for form in counted.forms[:1]):
        return _KIN_COUNT
    if any(noun in item.forms for item in part.asked):
        return _BESIDE_COUNT
    # "How many passengers?" may be told as people, and "How many people?" as passengers.
    same = (people and is_person(noun)) or (unit in _PEOPLE and is_person(counted.forms[0]))
    return _BESIDE_COUNT if same else 0.0


@lru_cache(maxsize=1 << 14)
def name_keys(text: str) -> frozenset[str]:
    """Give the key words of the capitalised tokens of a text."""
    keys = {name_key(token) for token in _NAME.findall(text.replace("U.S.", "US").replace("U.K.", "UK"))}
    return frozenset(key for key in keys if key)
