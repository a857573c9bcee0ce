"""Against what a change is told, or per what a figure is: "from a year earlier", "annualised", "per head"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from summarizer.quantities.quantity import Quantity, Span
from summarizer.quantities.tokens import Token

#: A sentence with none of these words has no basis, and the pattern is not tried.
_CUES: Final = frozenset(
    "year years month months quarter week weeks day days annual annualized annualised yearly monthly quarterly "
    "weekly m since per adjusted head capita yoy y q gdp gross output hour real pre prepandemic january february "
    "march april may june july august september october november december peak daily person share barrel gallon ton "
    "tonne ounce household minute pound kilogram unit student worker employee night family individual adult child "
    "resident taxpayer pupil patient high low qoq vs".split()
)
#: "Up 12 % from 2022" has no word that tells a basis.
_FROM_YEAR: Final = re.compile(r"(?:from|than|versus|against|over|to|with|on|in) (?:19|20)\d\d\b")
#: Words a basis begins with; the pattern is tried at these alone.
_FIRST: Final = frozenset(
    "year month quarter week day y yoy m q qoq w from than versus vs against compared up down on over in during for "
    "annualized annualised at a an annual yearly 12 twelve monthly quarterly weekly daily since seasonally inflation "
    "adjusted as of per each every above below".split()
)
_UNIT: Final = r"(?:year|month|quarter|week|day)"
_MONTH: Final = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)(?:[ ]\d{4})?"
)
_AGAINST: Final = (
    r"(?:from|than|versus|vs\.?|against|compared[ ](?:with|to)|up[ ]on|down[ ]on|on|over)(?:[ ](?:in|during|for|at))?"
)
_BASIS: Final = re.compile(
    rf"""\b(?:
      (?P<twin>(?P<unit>{_UNIT})[- –](?:on|over|to)[- –](?P=unit))(?!\w)
    | (?P<short>y/y|yoy|m/m|q/q|qoq|w/w)(?!\w)
    | (?P<same>(?:{_AGAINST}|in)[ ](?:that[ ]of[ ])?the[ ](?:same|comparable|corresponding|year-ago|year-earlier)
        (?:[ ](?:\w+[ -]?){{1,2}})??[ ](?:month|quarter|period|week|day|time|months|stretch|weekend)
        (?:[ ]of)?(?:[ ](?:last[ ]year|a[ ]year[ ](?:ago|earlier|before)|the[ ](?:previous|prior
        |preceding)[ ]year|one[ ]year|in[ ]\d{{4}}|\d{{4}}))?)
    | (?P<ago>{_AGAINST}[ ](?:a|one|the)[ ](?P<ago_unit>{_UNIT})[ ](?:earlier|ago|before|previously|prior))(?!\w)
    | (?P<last>{_AGAINST}[ ](?:the[ ])?(?:previous|prior|preceding|last|year-ago)[ ](?P<last_unit>{_UNIT}))(?!\w)
    | (?P<on>on[ ]the[ ](?P<on_unit>year|month|quarter)|in[ ]the[ ](?P<in_unit>year)[ ]to)(?!\w)
    | (?P<past>(?:over|in|during|for)[ ]the[ ](?:past|last|previous|preceding)[ ](?P<past_unit>{_UNIT}
        |12[ ]months|twelve[ ]months))(?!\w)
    | (?P<long>(?:(?:over|in|during)[ ](?:the[ ])?(?:past|last|previous)|(?:from|than|on|compared[ ](?:with
        |to))(?:[ ]the[ ](?:figure|level|number|total))?)
        [ ](?P<long_n>two|three|four|five|six|ten|\d{{1,2}})[ ](?P<long_unit>years|months|weeks|days
        |decades)(?:[ ](?:ago|earlier|before))?)(?!\w)
    | (?P<rate>annuali[sz]ed|(?:at[ ])?an?[ ](?:seasonally[ ]adjusted[ ])?annual[ ](?:pace
        |rate)(?![ ]of[ ]inflation))(?!\w)
    | (?P<yearly>(?P<adjective>annual|yearly|12-month|twelve-month|monthly|quarterly|weekly
        |daily)[ ](?:\w+[ ])??(?:inflation|rise|increase|gain|drop|fall|decline|growth|decrease|jump|basis|terms
        |loss|change|pace|rate[ ]of[ ]inflation))(?!\w)
    | (?P<since>since[ ](?:(?:early|late|mid-?|at[ ]least|the[ ](?:start|beginning|end|middle)[ ]of)[ ]?)?
        (?:(?:last|this)[ ](?:\w+)|{_MONTH}(?:[ ]\d{{1,2}}(?:,[ ]\d{{4}})?)?|(?:jan|feb|mar|apr|aug|sept?|oct
        |nov|dec)\.?(?:[ ]\d{{1,4}})?|\d{{4}}|\w+day|then|the[ ](?:start|beginning|outbreak|onset
        |end)[ ]of[ ](?:the[ ])?\w+
        |the[ ](?:\w+[ ])??(?:pandemic|invasion|war|election|crisis|recession|outbreak)))(?!\w)
    | (?P<named>{_AGAINST}[ ](?P<month>{_MONTH}|the[ ](?:first|second|third|fourth)[ ]quarter|\d{{4}}))(?![\w%]
        |[ ]to[ ])
    | (?P<adjusted>seasonally[- ]adjusted)(?!\w)
    | (?P<real>inflation[- ]adjusted|adjusted[ ]for[ ]inflation|in[ ]real[ ]terms)(?!\w)
    | (?P<gdp>(?:as[ ]a[ ](?:share|percentage|proportion)[ ])?of[ ](?:gdp|gross[ ]domestic[ ]product
        |economic[ ]output))(?!\w)
    | (?P<per>(?:per|each|every|an?)[ ](?P<each>head|capita|person|day|hour|week|month|year|share|barrel|gallon
        |tonne?|ounce|household|minute|pound|kilogram|unit|student|worker|employee|night|family|individual|adult
        |child|resident|taxpayer|pupil|patient|100,000(?:[ ](?:people|residents|inhabitants))?))(?!\w
        |[ ](?:earlier|ago|before|later|after|old))
    | (?P<peak>from[ ](?:its|their|a|the)(?:[ ]\w+)?[ ](?:peak|high|low)|(?:from|than|above
        |below)[ ]pre-?pandemic[ ]levels?)(?!\w)
    )""",
    re.IGNORECASE | re.VERBOSE,
)  # fmt: skip
#: More in one sentence are those of a table.
_MOST: Final = 64
_SHORT: Final = {"y": "year on year", "m": "month on month", "q": "quarter on quarter", "w": "week on week"}
_ADJECTIVES: Final = {
    "annual": "year", "yearly": "year", "12-month": "year", "twelve-month": "year", "monthly": "month",
    "quarterly": "quarter", "weekly": "week", "daily": "day",
}  # fmt: skip
_PER: Final = {"capita": "head", "person": "head", "individual": "head", "tonne": "ton", "resident": "head"}
_SUPERLATIVE: Final = re.compile(
    r"\b(?:\w{2,12}est|most|worst|best|first|record|only|least)\b[^.;:]{0,60}$", re.IGNORECASE
)
_PLACED: Final = frozenset(("twin", "short", "rate", "yearly", "adjusted", "real"))
_CHANGES: Final = frozenset(("percent", "points"))
#: Characters between a figure and the basis it takes.
_FAR: Final = 120


def find_bases(text: str, tokens: Sequence[Token], words: Sequence[str]) -> list[tuple[str, Span]]:
    """Find what figures can be told against, with the kind of words that tell it.

    :param words: the tokens in lower case.
    :return: kind and place, in order; the name is in one spelling.
    """
    if _CUES.isdisjoint(words) and not _FROM_YEAR.search(text):
        return []
    found: list[tuple[str, Span]] = []
    end = 0
    for token in tokens:
        if token.low not in _FIRST or token.start < end:
            continue
        match = _BASIS.match(text, token.start)
        name = "" if match is None else _name(match, text)
        if match is not None and name and len(found) < _MOST:
            found.append((_kind(match), Span(name, match.start(), match.end())))
            end = match.end()
    return found


def _kind(match: re.Match[str]) -> str:
    return next(kind for kind in _KINDS if match[kind] is not None)


_KINDS: Final = (
    "twin", "short", "same", "ago", "last", "past", "on", "long", "rate", "yearly", "since", "named",
    "adjusted", "real",
    "gdp", "per", "peak",
)  # fmt: skip


def _name(match: re.Match[str], text: str) -> str:
    """Name a basis in one spelling; "" for what only looks like one."""
    kind = _kind(match)
    low = match[kind].lower()
    if kind in _STEPS:
        return _step(match, kind, low, text)
    if kind == "long":
        return f"over {match['long_n'].lower()} {match['long_unit'].lower()}"
    if kind == "rate":
        return "annual rate" if low.endswith(("annual rate", "annual pace")) and "adjusted" not in low else "annualised"
    if kind == "since":
        superlative = _SUPERLATIVE.search(text, max(0, match.start() - 90), match.start())
        return "" if superlative else "since " + (low[6:] if low[6:10] == "the " else low[6:].title())
    if kind == "named":
        return "since " + match["month"].title().replace("The ", "the ")
    if kind == "per":
        each = match["each"].lower()
        return f"per {_PER.get(each, each)}"
    if kind == "peak":
        return "against pre-pandemic levels" if "pandemic" in low else "against " + low.split()[-1]
    return {"adjusted": "seasonally adjusted", "real": "inflation-adjusted", "gdp": "as share of GDP"}[kind]


_STEPS: Final = frozenset(("twin", "short", "same", "ago", "last", "past", "on", "yearly"))


def _step(match: re.Match[str], kind: str, low: str, text: str) -> str:
    """Name the step from one time to the next of its kind: "year on year"."""
    if kind == "short":
        return _SHORT[low[0]]
    if kind == "same":
        return "against pre-pandemic levels" if "before the pandemic" in text else "year on year"
    if kind == "yearly":
        unit = _ADJECTIVES[match["adjective"].lower()]
    elif kind == "on":
        unit = (match["on_unit"] or match["in_unit"]).lower()
    else:
        unit = match["unit" if kind == "twin" else f"{kind}_unit"].lower()
    if kind == "twin" and "to" in low.split(unit)[1] and unit != "year":
        return ""  # "from day to day", "week to week": no comparison
    unit = "year" if unit.endswith("months") else unit
    return f"{unit} on {unit}"


def attach_bases(text: str, bases: Sequence[tuple[str, Span]], quantities: Sequence[Quantity]) -> dict[int, Span]:
    """Give each basis to the figure that it is said of.

    "Per" and "of GDP" follow their figure at once; the others go to the nearest change before them in the sentence, or,
    when they are adjectives or open the sentence, to the nearest after them.

    :return: index of the figure to its basis; the first basis a figure is given stays, the sharper kind first.
    """
    given: dict[int, Span] = {}
    for kind, span in sorted(bases, key=lambda basis: (basis[0] in ("adjusted", "real", "rate"), basis[1].start)):
        index = _taker(text, kind, span, quantities, given)
        if index is not None and index not in given:
            given[index] = span
    for index in range(len(quantities) - 1, 0, -1):
        earlier, later = quantities[index - 1], quantities[index]
        joined = text[earlier.end : later.start].strip(" ,").lower()
        if (
            index in given
            and index - 1 not in given
            and joined in ("and", "or", "to", "")
            and earlier.family == later.family
        ):
            given[index - 1] = given[index]
    return given


def _taker(text: str, kind: str, span: Span, quantities: Sequence[Quantity], given: dict[int, Span]) -> int | None:
    if kind in ("per", "gdp"):
        taker = next((at for at, quantity in enumerate(quantities) if _at_once(text, quantity, span)), None)
        return _headed(text, span, quantities) if taker is None else taker
    before = [at for at, quantity in enumerate(quantities) if quantity.end <= span.start and _can(kind, quantity)]
    after = [at for at, quantity in enumerate(quantities) if quantity.start >= span.end and _can(kind, quantity)]
    if kind in _PLACED and after:
        gap = text[span.end : quantities[after[0]].start]
        near = len(gap) < 40 and not any(sign in gap for sign in ",;:—–")
        behind = text[quantities[before[-1]].end : span.start] if before else None
        if (near and (behind is None or len(behind) > len(gap))) or (behind is None and len(gap) < _FAR):
            return after[0]
    if before:
        at = before[-1]
        gap = text[quantities[at].end : span.start]
        broken = ";" in gap or " while " in gap or " but " in gap or " whereas " in gap
        return None if broken or len(gap) > _FAR or (at in given and kind not in ("since",) and at in given) else at
    if after and span.start < 40 and text[span.end : span.end + 1] == "," and kind != "since":
        return after[0]
    return None


def _headed(text: str, span: Span, quantities: Sequence[Quantity]) -> int | None:
    """Read "emissions per head fell to 8 tonnes": said of what is measured, before the figure."""
    for at, quantity in enumerate(quantities):
        if quantity.start >= span.end:
            gap = text[span.end : quantity.start]
            return at if span.name == "per head" and len(gap) < 40 and "," not in gap else None
    return None


def _at_once(text: str, quantity: Quantity, span: Span) -> bool:
    """Tell whether a basis follows its figure, or ends within it; "$5 billion a year" may be read with its unit."""
    gap = text[quantity.end : span.start]
    return quantity.end <= span.start and (
        not gap.strip()
        or (
            len(gap) < 16
            and gap.count(" ") <= 2
            and "," not in gap
            and quantity.family == "money"
            and span.name.startswith("per ")
        )
    )


def _can(kind: str, quantity: Quantity) -> bool:
    if quantity.family in ("duration", "rank", "length", "temperature"):
        return quantity.role == "change"
    if kind in ("since", "long", "rate", "adjusted", "real"):
        return quantity.role != "from"
    if kind in ("past",):
        return quantity.family in _CHANGES or quantity.role == "change"
    return quantity.role == "change" or (quantity.family in _CHANGES and quantity.role != "from")
