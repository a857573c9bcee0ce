"""What keeps two similar sentences from counting as the same fact.

Similarity is blind to the one word that matters: "exports fell 12.7 %" and "exports fell 34.5 %" are neighbours in
every vector space. Three guards read that word, each a plain rule that can be explained to the person who asks:

``"number"``
    a quantity of the same unit with another value, rounding and hedges ("about", "more than") allowed for;
``"negation"``
    one sentence denies what the other states ("no deal"), or the one rises where the other falls;
``"subject"``
    the same thing is said of another named actor.

They are tuned for English and for precision: a guard that is not sure stays silent, so two sentences that pass may
still say different things. In other languages little but numbers with the same unit is compared. What share of true
paraphrases each guard blocks is measured by ``benchmarks/clustering.py``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from summarizer.terms import STOP_WORDS, stem

Guard = Literal["number", "negation", "subject"]

_TOKEN: Final = re.compile(
    r"[$€£¥₹]"
    r"|\d+(?:,\d{3})*(?:\.\d+)?|(?<![\w.])\.\d+"
    r"|(?:[^\W\d_]\.){2,}"
    r"|[^\W\d_]+(?:['’][^\W\d_]+)?"
    r"|%|[^\w\s]"
)
_SCALES: Final = {
    "hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "mn": 1e6, "m": 1e6,
    "billion": 1e9, "bn": 1e9, "b": 1e9, "trillion": 1e12, "tn": 1e12,
}  # fmt: skip
_NUMBER_WORDS: Final = {
    word: float(value)
    for value, word in enumerate("two three four five six seven eight nine ten eleven twelve thirteen".split(), start=2)
} | {word: 10.0 * tens for tens, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_CURRENCIES: Final = {
    "$": "$", "dollar": "$", "dollars": "$", "€": "€", "euro": "€", "euros": "€", "£": "£", "¥": "¥",
    "yen": "¥", "yuan": "yuan", "₹": "₹", "rupees": "₹",
}  # fmt: skip
_MONTHS: Final = frozenset(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
_TELLING: Final = 10
#: Rounding moves a number by at most this share: "100" is not 127 written short.
_ROUNDED: Final = 0.1
_RANGES: Final = frozenset(("to", "-", "–"))
#: After digits, these make a clock time, an ordinal or a place.
_NOT_UNITS: Final = frozenset("am pm gmt est edt st nd rd th".split())
#: Written before a number, they loosen it: how far, as shares of the value below and above.
_HEDGES: Final = {
    "about": (0.1, 0.1), "around": (0.1, 0.1), "roughly": (0.1, 0.1), "approximately": (0.1, 0.1), "some": (0.1, 0.1),
    "estimated": (0.1, 0.1), "nearly": (0.1, 0.0), "almost": (0.1, 0.0), "up": (0.5, 0.0), "than": (0.34, 0.34),
    "over": (0.0, 0.34), "least": (0.0, 0.34), "above": (0.0, 0.34), "under": (0.34, 0.0),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, and the room that its writing leaves.

    :param low: least value meant: of a range, or of a hedge ("more than 30" reaches a third further up).
    :param high: greatest value meant.
    :param slack: half of the last place written, so that 12.7 and 13 agree and 12.7 and 12.8 do not.
    :param units: what it counts: ``%``, a currency, or the one or two words after it, singular.
    """

    low: float
    high: float
    slack: float
    units: tuple[str, ...]

    def agrees(self, other: Quantity) -> bool:
        """Tell whether both can be the same value, the coarser one rounded."""
        gap = max(self.low - other.high, other.low - self.high, 0.0)
        most = max(_ROUNDED * max(abs(self.high), abs(other.high)), 0.5)
        return gap <= min(max(self.slack, other.slack), most) * (1 + 1e-9)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the guards read in one sentence.

    :param quantities: numbers with units; dates, years, clock times and ordinals are not among them.
    :param denied: stems that stand in the scope of a negation.
    :param undone: stems of what the sentence says is blocked, lifted or withdrawn.
    :param negative: whether there is any negation, or a word of refusal or lack.
    :param stems: all stems of content words.
    :param direction: 1 if things only rise, -1 if they only fall, 0 if neither or both.
    :param subject: key words of the named actor that opens the sentence; empty if none is sure.
    :param names: key words of everything named.
    :param entities: one key word, the last, of each name: a run of capitalised words.
    :param predicate: stems of content words after the subject.
    :param told: stems of content words that are no names and no verbs of saying.
    """

    quantities: tuple[Quantity, ...]
    denied: frozenset[str]
    undone: frozenset[str]
    negative: bool
    stems: frozenset[str]
    direction: int
    subject: frozenset[str]
    names: frozenset[str]
    entities: frozenset[str]
    predicate: frozenset[str]
    told: frozenset[str]


def guard_between(a: str, b: str) -> Guard | None:
    """Name the guard that keeps two sentences from counting as the same fact.

    :param a: one sentence.
    :param b: the other; the order of the two does not matter.
    :return: the first of number, negation, subject that fires, or None.

    O(length); each sentence is read once and remembered.

    >>> guard_between("Exports fell 12.7% in May.", "Exports fell 34.5% in May.")
    'number'
    >>> guard_between("Exports fell 12.7% in May.", "Exports fell about 13% in May.") is None
    True
    """
    return conflict(read_facts(a), read_facts(b))


def conflict(a: Facts, b: Facts) -> Guard | None:
    """Name the guard that fires between two sentences already read, or None; see :func:`guard_between`."""
    if other_number(a, b):
        return "number"
    if negated(a, b):
        return "negation"
    return "subject" if other_subject(a, b) else None


@lru_cache(maxsize=4096)
def read_facts(text: str) -> Facts:
    """Read what the guards compare in one sentence. O(length)."""
    if "United" in text:
        text = _UNIONS.sub(lambda match: _UNION_NAMES[match.group(1)], text)
    tokens = _TOKEN.findall(text.replace("’", "'"))
    words = [token.lower() for token in tokens]
    denied, negates = _denied(words)
    content = list(map(_content, words))
    capitals = list(map(_capital, tokens))
    subject, after = _subject(tokens, words)
    return Facts(
        quantities=_quantities(tokens, words),
        denied=frozenset(content[i] for i in denied),
        undone=frozenset(_undone(words, content)),
        negative=negates or not _NEGATIVE.isdisjoint(words) or not _REVERSALS.isdisjoint(words),
        stems=frozenset(filter(None, content)),
        direction=_direction(words),
        subject=subject,
        names=frozenset(filter(None, capitals)),
        entities=_entities(tokens, capitals),
        predicate=frozenset(filter(None, content[after:])),
        told=frozenset(content[at] for at, word in enumerate(words) if content[at] and (not at or tokens[at] == word))
        - _SAYING,
    )


@lru_cache(maxsize=1 << 15)
def _content(word: str) -> str:
    """Give the stem of a content word, and nothing for others."""
    return stem(word.removesuffix("'s")) if _is_content(word) else ""


def _is_content(word: str) -> bool:
    return word[0].isalpha() and word not in STOP_WORDS


# --- numbers ---------------------------------------------------------------------------------------------------------


def other_number(a: Facts, b: Facts) -> bool:
    """Tell whether a unit stands in both with values that cannot be the same, while no quantity agrees."""
    conflict = False
    for mine in a.quantities:
        shared = [theirs for theirs in b.quantities if not set(mine.units).isdisjoint(theirs.units)]
        if any(mine.agrees(theirs) for theirs in shared):
            return False
        conflict = conflict or bool(shared)
    return conflict


def same_figure(a: Facts, b: Facts) -> bool:
    """Tell whether both state one figure, without a hedge; counts under ten are too common to tell anything."""
    return any(
        mine.low == mine.high
        and theirs.low == theirs.high
        and (mine.low >= _TELLING or mine.slack < 0.5)
        and not set(mine.units).isdisjoint(theirs.units)
        and mine.agrees(theirs)
        for mine in a.quantities
        for theirs in b.quantities
    )


def _quantities(tokens: list[str], words: list[str]) -> tuple[Quantity, ...]:
    found = []
    end = 0
    for at in [at for at, word in enumerate(words) if word[-1].isdecimal() or word in _NUMBER_WORDS]:
        if at < end or _is_label(tokens, words, at):
            continue
        number = _number(words, at)
        if number is None:
            continue
        low, slack, end = number
        high = low
        units = _units(words, at, end)
        if not units and end + 1 < len(words) and words[end] in _RANGES and words[max(at - 1, 0)] != "from":
            top = _number(words, end + 1)
            if top is not None:  # "three to four points": one range
                high, slack, end = top
                units = _units(words, end, end)
        if units:
            below, above = _hedge(words, at)
            low, high = min(low, high) * (1 - below), max(low, high) * (1 + above)
            found.append(Quantity(low, high, slack, units))
    return tuple(found)


def _number(words: list[str], at: int) -> tuple[float, float, int] | None:
    """Read a number at a place: its value, half of its last place, and where it ends."""
    word = words[at]
    end = at + 1
    if word[-1].isdecimal():
        value, slack = float(word.replace(",", "")), _slack(word)
    elif word in _NUMBER_WORDS:
        value, slack = _NUMBER_WORDS[word], 0.5
        ones = _NUMBER_WORDS.get(words[at + 2], 10) if words[end : end + 1] == ["-"] and at + 2 < len(words) else 10
        if value >= 20 and ones < 10:
            value, end = value + ones, at + 3
    else:
        return None
    scale = end + 1 if words[end : end + 1] == ["-"] else end
    if scale < len(words) and words[scale] in _SCALES:
        factor = _SCALES[words[scale]]
        return value * factor, slack * factor, scale + 1
    return value, slack, end


def _slack(digits: str) -> float:
    """Give half of the last place that was written; trailing zeros of a number over 99 were not."""
    _, point, decimals = digits.partition(".")
    if point:
        return 0.5 * 10.0 ** -len(decimals)
    whole = digits.replace(",", "")
    return 0.5 * 10.0 ** (len(whole) - len(whole.rstrip("0"))) if len(whole) > 2 else 0.5


def _is_label(tokens: list[str], words: list[str], at: int) -> bool:
    """Tell whether digits are a date, a year, a clock time, a version or part of a name rather than a quantity."""
    if not words[at][-1].isdecimal():
        return False
    before, after = words[at - 1] if at else "", words[at + 1] if at + 1 < len(words) else ""
    if before in _MONTHS or after in _MONTHS or {before, after} & {":", "/"} or after[:1] == ".":
        return after[:1] != "." or after[1:].isdigit()
    if after.replace(".", "") in _NOT_UNITS:
        return True
    measured = before in _CURRENCIES or after in ("%", "percent", "per") or after in _SCALES
    if len(words[at]) == 4 and words[at][:2] in ("18", "19", "20"):
        return not measured
    name = at - 2 if before == "-" else at - 1
    return name > 0 and tokens[name][0].isupper() and words[name] not in STOP_WORDS and not measured


def _units(words: list[str], at: int, end: int) -> tuple[str, ...]:
    if at and words[at - 1] in _CURRENCIES:
        return (_CURRENCIES[words[at - 1]],)
    units: list[str] = []
    for word in words[end : end + 4]:
        if word == "-" and not units:
            continue
        if word in ("%", "percent", "percentage", "pct", "per"):
            return ("point" if word == "percentage" else "%",) if not units else tuple(units)
        if word in _CURRENCIES:
            return (_CURRENCIES[word],)
        if not _is_content(word) or word in _SCALES or word in _NUMBER_WORDS or len(units) == 2:
            break
        units.append(_singular(word.removesuffix("'s")))
    return tuple(units)


def _singular(word: str) -> str:
    plural = word.endswith("s") and not word.endswith("ss") and len(word) > 3
    return _PEOPLE.get(word) or (word[:-1] if plural else word)


_PEOPLE: Final = {"persons": "people", "person": "people", "men": "man", "women": "woman", "dead": "killed"}


def _hedge(words: list[str], at: int) -> tuple[float, float]:
    """Read "about", "more than" and the like in the two words before a number or its currency sign."""
    start = at - 1 if at and words[at - 1] in _CURRENCIES else at
    for word in words[max(0, start - 2) : start][::-1]:
        if word in _HEDGES:
            return _HEDGES[word]
    return 0.0, 0.0


# --- negation --------------------------------------------------------------------------------------------------------

_NEGATORS: Final = frozenset("not no never without neither nor cannot nobody nothing none".split())
#: With "to" after them, they deny what follows.
_REFUSALS: Final = frozenset(
    "fail fails failed failing refuse refuses refused refusing decline declines declined unable".split()
)
_DENIERS: Final = _NEGATORS | _REFUSALS
#: Negative without a scope that can be read: they keep the guard silent on the sentence that holds them.
_NEGATIVE: Final = frozenset(
    "unless failure failures failed failing refusal refused declined declines missed missing incapable denied denies "
    "deny denying rejected rejects lack lacks lacked lost ruled little hardly barely dont wont didnt doesnt havent "
    "hasnt isnt wasnt despite instead halted stopped cancelled canceled avoid avoided prevent prevented overturned "
    "dropped".split()
)
#: Verbs that undo what follows: who lifts a ban does not impose it.
_REVERSALS: Final = frozenset(
    "block blocks blocked blocking lift lifts lifted lifting overturn overturns overturned overturning repeal repeals "
    "repealed revoke revokes revoked scrap scraps scrapped suspend suspends suspended suspending cancel cancels "
    "cancelled canceled reverse reverses reversed rescind rescinds rescinded withdraw withdraws withdrew "
    "withdrawn abandon abandons abandoned".split()
)
#: Content words after such a verb that it is taken to undo, up to the end of the clause.
_UNDONE: Final = 6
#: Stems of verbs of saying.
_SAYING: Final = frozenset("accord announc report said say tell told".split())
#: After "not" or "no", these undo or soften the denial.
_SOFTENERS: Final = frozenset("only just least merely necessarily doubt matter more later less".split())
#: Content words after a negator that it is taken to deny, up to the end of the clause.
_SCOPE: Final = 2
#: Words after a negator in which they are looked for.
_WINDOW: Final = 8
# Finite forms only: "a streak of gains" and "the yen's rise" tell no direction of the sentence.
_RISES: Final = frozenset("rose rises climbed climbs jumped surged soared gained advanced increased rallied".split())
_FALLS: Final = frozenset("fell falls dropped slipped slid plunged plummeted tumbled dipped decreased shrank".split())


def negated(a: Facts, b: Facts) -> bool:
    """Tell whether one sentence denies what the other states without any negation, or moves the other way."""
    if a.direction * b.direction < 0:
        return True
    if a.negative == b.negative:
        return False
    denying, stating = (a, b) if a.negative else (b, a)
    return not (denying.denied | denying.undone).isdisjoint(stating.stems)


def _undone(words: list[str], content: list[str]) -> list[str]:
    """Find the stems of what is blocked, lifted or withdrawn: the content words that follow."""
    found: list[str] = []
    for at in [at for at, word in enumerate(words) if word in _REVERSALS]:
        scope = 0
        for word, form in zip(words[at + 1 : at + 16], content[at + 1 : at + 16], strict=True):
            if scope == _UNDONE or not (word[0].isalnum() or word in "-'’"):
                break
            if form:
                found.append(form)
                scope += 1
    return found


def _denied(words: list[str]) -> tuple[list[int], bool]:
    """Find the content words in the scope of negators, and whether there is any negator."""
    found: list[int] = []
    negates = False
    for at in [at for at, word in enumerate(words) if word in _DENIERS or word[-3:] == "n't"]:
        word = words[at]
        after = words[at + 1] if at + 1 < len(words) else ""
        if word in _REFUSALS and after != "to":
            continue
        if after in _SOFTENERS or after == "." or (at and words[at - 1] == "or"):
            continue
        negates = True
        scope = 0
        for i in range(at + 1, min(at + 1 + _WINDOW, len(words))):
            if scope == _SCOPE or not (words[i][0].isalnum() or words[i] == "-") or words[i] == "but":
                break
            if _is_content(words[i]) and words[i] not in _MONTHS:
                found.append(i)
                scope += 1
    return found, negates


def _direction(words: list[str]) -> int:
    rises, falls = not _RISES.isdisjoint(words), not _FALLS.isdisjoint(words)
    return int(rises) - int(falls)


# --- subjects --------------------------------------------------------------------------------------------------------

#: Capital, people and country are one actor; written for this project.
_ACTORS: Final = {
    name: actor
    for actor, names in {
        "usa": "us u.s. usa u.s.a. america american americans washington",
        "uk": "uk u.k. britain british britons english london",
        "un": "un u.n. nations", "china": "china chinese beijing", "russia": "russia russian russians moscow kremlin",
        "ukraine": "ukraine ukrainian ukrainians kyiv kiev", "france": "france french paris",
        "germany": "germany german germans berlin", "japan": "japan japanese tokyo",
        "canada": "canada canadian canadians ottawa", "mexico": "mexico mexican mexicans",
        "india": "india indian indians delhi", "pakistan": "pakistan pakistani islamabad",
        "israel": "israel israeli israelis jerusalem", "palestine": "palestine palestinian palestinians",
        "iran": "iran iranian iranians tehran", "iraq": "iraq iraqi iraqis baghdad", "syria": "syria syrian damascus",
        "turkey": "turkey turkish ankara", "egypt": "egypt egyptian cairo", "italy": "italy italian rome",
        "spain": "spain spanish madrid", "greece": "greece greek athens", "poland": "poland polish warsaw",
        "australia": "australia australian canberra", "brazil": "brazil brazilian brasilia",
        "korea": "korea korean seoul pyongyang", "eu": "eu e.u. europe european brussels",
        "saudi": "saudi riyadh", "afghanistan": "afghanistan afghan kabul taliban", "taiwan": "taiwan taiwanese taipei",
        "vietnam": "vietnam vietnamese hanoi", "sweden": "sweden swedish stockholm", "norway": "norway norwegian oslo",
        "netherlands": "netherlands dutch", "switzerland": "switzerland swiss", "argentina": "argentina argentine",
        "nigeria": "nigeria nigerian", "kenya": "kenya kenyan nairobi", "qatar": "qatar doha", "cuba": "cuba cuban",
    }.items()
    for name in names.split()
}  # fmt: skip
_UNION_NAMES: Final = {"States": "US", "Kingdom": "UK", "Nations": "UN"}
_UNIONS: Final = re.compile(r"\bUnited (States|Kingdom|Nations)\b")
_COUNTRIES: Final = frozenset(_ACTORS.values())
#: Capitalised words that tell no actor: titles, days, and the words that names share.
_TITLES: Final = _MONTHS | frozenset(
    "mr mrs ms dr sir president prime minister vice premier secretary senator sen representative rep governor gov "
    "mayor judge justice chief chairman ceo king queen prince princess pope general gen colonel captain sgt monday "
    "tuesday wednesday thursday friday saturday sunday united states new north south east west white house state "
    "national department ministry minister commerce treasury trade foreign former federal first the inc corp co ltd "
    "llc".split()
)
#: A lone capitalised word that opens a sentence is taken for an actor only before one of these.
_FINITE: Final = frozenset("said says has have had is was will would announced plans plan agreed won lost".split())
_NOT_NAMES: Final = frozenset(
    "police people officials authorities nobody everybody congress parliament prosecutors investigators analysts "
    "experts shares stocks lawmakers officers company government nothing someone today yesterday".split()
)
#: What stands before a colon is a label of the text, not an actor in it.
_LABEL_ENDS: Final = frozenset((":",))
_LEAD_INS: Final = frozenset(("the", "but", "and", "meanwhile", ",", '"', "“"))
#: Share of the shorter predicate's stems that both must hold for it to be the same predicate.
_SAME_PREDICATE: Final = 0.5


def other_subject(a: Facts, b: Facts) -> bool:
    """Tell whether two different named actors open the sentences, neither names the other's, and the rest agrees."""
    if not a.subject or not b.subject or a.subject & b.names or b.subject & a.names:
        return False
    if _abbreviates(a.subject, b.subject):
        return False
    shorter = min(len(a.predicate), len(b.predicate))
    return shorter > 0 and len(a.predicate & b.predicate) >= _SAME_PREDICATE * shorter


def _abbreviates(a: frozenset[str], b: frozenset[str]) -> bool:
    """Tell whether one name is written with the initials of the other."""
    for short, long in ((a, b), (b, a)):
        initials = sorted(word[0] for word in long)
        if any(sorted(word) == initials for word in short if len(word) > 1):
            return True
    return False


@lru_cache(maxsize=1 << 15)
def _capital(token: str) -> str:
    """Give the key word of a capitalised token, and nothing for others."""
    return _actor(token) if token[0].isupper() else ""


def _actor(token: str) -> str:
    """Give the key word of a capitalised token, or nothing for titles and function words."""
    if token == "US":  # noqa: S105  the country, not a secret
        return "usa"
    word = token.lower().replace("’", "'").removesuffix("'s")
    if word in _TITLES or word in STOP_WORDS:
        return ""
    return _ACTORS.get(word, word)


def _entities(tokens: list[str], capitals: list[str]) -> frozenset[str]:
    """Give the last key word of each run of capitalised words, "of" within it allowed.

    A lone word that opens the sentence is no name.
    """
    found = set()
    for at, word in enumerate(capitals):
        if not word or (at + 1 < len(tokens) and (capitals[at + 1] or tokens[at + 1] in _LABEL_ENDS)):
            continue
        if at + 2 < len(tokens) and tokens[at + 1] == "of" and capitals[at + 2]:
            continue
        if at or word in _COUNTRIES:
            found.add(word)
    return frozenset(found)


def _subject(tokens: list[str], words: list[str]) -> tuple[frozenset[str], int]:
    """Find the run of capitalised words that opens a sentence, and where it ends."""
    start = 0
    while start < len(words) and words[start] in _LEAD_INS:
        start += 1
    end = start
    if start < len(words) and words[start] in STOP_WORDS and tokens[start] != "US":
        return frozenset(), start
    while end < len(tokens) and (tokens[end][0].isupper() or (words[end] in ("and", "of", ".", "&") and end > start)):
        end += 1
    while end > start and not tokens[end - 1][0].isupper():
        end -= 1
    names = frozenset(filter(None, (_actor(token) for token in tokens[start:end] if token[0].isupper())))
    follows = words[end] if end < len(words) else ""
    if follows in (",", ":", "'", "’"):
        return frozenset(), end
    if end - start == 1 and not (names & _COUNTRIES or tokens[start].isupper()):
        lone = words[start]
        if follows not in _FINITE or lone in _NOT_NAMES or lone.endswith("s"):
            return frozenset(), end
    return names, end
