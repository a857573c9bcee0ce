"""True sentences made false in one way each, to see what the gate of rewritten sentences catches.

Every mutation is a plain rule with a seed, gives None where it does not apply, and changes nothing else. The sentence
given is true of its sources; the one returned is not.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

Mutation = Callable[[str, Sequence[str], Sequence[str], random.Random], str | None]

_NUMBER: Final = re.compile(r"(?<![\w.,$-])\d+(?:,\d{3})*(?:\.\d+)?(?![\w-]|,\d|\.\d|:)")
_WORDED: Final = "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty".split()
_NUMBER_WORD: Final = re.compile(rf"\b(?:{'|'.join(_WORDED)})\b")
_SCALE: Final = re.compile(r"\b(million|billion|thousand|trillion)\b")
_UNIT: Final = re.compile(
    r"\b(percent|per cent|percentage points|dollars|miles|years|months|weeks|days|hours|minutes)\b|%"
)
_UNITS: Final = {
    "percent": "percentage points", "per cent": "percentage points", "percentage points": "percent", "%": " points",
    "dollars": "euros", "miles": "kilometres", "years": "months", "months": "years", "weeks": "months", "days": "weeks",
    "hours": "days", "minutes": "hours",
}  # fmt: skip
_BOUND: Final = re.compile(
    r"\b(?:more than|at least|nearly|almost|about|around|up to|less than|fewer than|approximately|roughly|over) "
    r"(?=[$\d])"
)
_DAYS: Final = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTHS: Final = "January February March April May June July August September October November December".split()
_DAY: Final = re.compile(rf"\b(?:{'|'.join(_DAYS)})\b", re.IGNORECASE)
_MONTH: Final = re.compile(
    rf"\b(?:{'|'.join(month for month in _MONTHS if month not in ('March', 'May'))})\b", re.IGNORECASE
)
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b(?![\w%])")
_RELATIVE: Final = {
    "yesterday": "today", "today": "yesterday", "tomorrow": "yesterday", "last year": "this year",
    "this year": "last year", "last week": "last month", "this week": "last week", "last month": "last week",
    "next year": "this year", "next week": "next month", "next month": "next week", "this month": "next month",
}  # fmt: skip
_RELATIVE_DATE: Final = re.compile(rf"\b(?:{'|'.join(_RELATIVE)})\b", re.IGNORECASE)
_NOT_NAMES: Final = frozenset((*_DAYS, *_MONTHS)) | frozenset(
    "I The A An In On At He She It They We But And This That These Those His Her Its Their Our My You If When While "
    "After Before Since For From As By With To Of Or Mr Mrs Ms Dr Sen Rep Gov President Prime Minister Secretary "
    "Attorney General U.S US United States Also Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Today Sadly Once "
    "Though Upon Until Although Because During Under Over Here Now Then Both Each Television Former New Yet More Most "
    "Some Many Several There What Who Where Why How One Two Three Four Five Six Not No Monday's".split()
)
_RUN: Final = re.compile(r"(?<![\w'’.-])[A-Z][a-z]{2,}(?:[ -][A-Z][a-z]{2,}){0,3}(?![\w-])")
_AUXILIARY: Final = re.compile(
    r"\b(is|are|was|were|will|would|has|had|have|could|can|may|might|should|did|does)\b(?= [a-z])"
    r"(?! (?:not|no|never|just|only|have not|been not|so)\b)"
)
_NOT: Final = re.compile(
    r"\b(?:(is|are|was|were|did|does|do|has|have|had|would|could|should|will)n['’]t|(can)not|not|never)(?= [a-z])"
)
_NO: Final = re.compile(r"\b[Nn]o(?= [a-z])|\bwithout(?= )|\b(?:failed|refused|declined|unable) to(?= )")
_NO_FOR: Final = {"no": "a", "No": "A", "without": "with", "failed to": "managed to", "refused to": "agreed to",
                  "declined to": "agreed to", "unable to": "able to"}  # fmt: skip
_MODAL: Final = re.compile(
    r"\b(?:may|might|could)(?= (?!not)[a-z])|\b(?:allegedly|reportedly|possibly|perhaps|apparently|potentially) "
    r"|\b(?:is|are|was|were) (?:expected|likely|scheduled|due|set) to\b|\b(?:plans|plan|hopes|intends|wants|aims|"
    r"planned|hoped|wanted) to\b"
    r"|\b(?:alleged|suspected|potential) (?=[a-z])|\baccused of\b|\bseeking to\b|\btrying to\b|\btried to\b"
)
_SAYING: Final = r"(?:said|says|told reporters|warned)"
_SAID_LAST: Final = re.compile(
    rf",? ?(?:['’\"”] ?)?,? (?P<who>(?:[A-Z\w.'’-]+ ){{1,6}}){_SAYING}(?P<when>(?: (?:on )?{'|'.join(_DAYS)}| in "
    rf"a statement)?)\.\Z"
)
_SAID_FIRST: Final = re.compile(
    rf"\A(?P<who>(?:[\w.'’,-]+ ){{1,8}}){_SAYING} (?:that )?(?=(?:the|a|an|it|he|she|they|there|his|her|its|"
    rf"their|[A-Z])\w* )"
)
_ACCORDING: Final = re.compile(r",? according to (?P<who>[^,.;\"“”]{3,60})(?=[,.])")
_QUOTED: Final = re.compile(r'"([^"“”]{8,200})"|“([^"“”]{8,200})”')
_INVENTED: Final = (
    "this changes everything", "we have no choice", "a very serious matter", "nobody saw it coming",
    "a great day for everyone", "we will not rest", "deeply disappointing", "the right thing to do",
)  # fmt: skip


def _replace(text: str, match: re.Match[str], by: str) -> str:
    return text[: match.start()] + by + text[match.end() :]


def _pick(pattern: re.Pattern[str], text: str, rng: random.Random) -> re.Match[str] | None:
    found = list(pattern.finditer(text))
    return rng.choice(found) if found else None


# --- numbers ---------------------------------------------------------------------------------------------------------


def other_number(text: str, sources: Sequence[str], _: Sequence[str], rng: random.Random) -> str | None:
    """Put another number, of about the same size, that no source has."""
    match = _pick(_NUMBER, text, rng) or _pick(_NUMBER_WORD, text, rng)
    if match is None:
        return None
    written = match.group()
    if written in _WORDED:
        choices = [word for word in _WORDED if word != written and not any(word in source for source in sources)]
    else:
        choices = [_renumber(written, rng) for _ in range(6)]
        choices = [number for number in choices if not any(number in source for source in sources)]
    return _replace(text, match, choices[0]) if choices else None


def _renumber(written: str, rng: random.Random) -> str:
    digits = list(written)
    places = [at for at, char in enumerate(digits) if char.isdigit()]
    at = rng.choice(places)
    digits[at] = rng.choice([char for char in "123456789" if char != digits[at]])
    return "".join(digits)


def other_scale(text: str, sources: Sequence[str], _: Sequence[str], rng: random.Random) -> str | None:
    """Put another scale or unit after a number."""
    match = _pick(re.compile(rf"(?<=\d )(?:{_SCALE.pattern}|{_UNIT.pattern})|(?<=\d)%"), text, rng)
    if match is None:
        return None
    scales = {"million": "billion", "billion": "million", "thousand": "million", "trillion": "billion"}
    word = match.group()
    return _replace(text, match, scales.get(word) or _UNITS[word])


def numbers_swapped(text: str, sources: Sequence[str], _: Sequence[str], rng: random.Random) -> str | None:
    """Let two numbers of the sentence change places."""
    found = [match for match in _NUMBER.finditer(text) if not _YEAR.fullmatch(match.group())]
    if len(found) < 2:
        return None
    a, b = sorted(rng.sample(found, 2), key=re.Match.start)
    between = text[a.end() : b.start()]
    if a.group() == b.group() or between in (" and ", " or ", ", ", "/"):
        return None  # "8 and 9" says the same turned round
    return text[: a.start()] + b.group() + text[a.end() : b.start()] + a.group() + text[b.end() :]


def number_of_cluster(text: str, sources: Sequence[str], _: Sequence[str], rng: random.Random) -> str | None:
    """Put another number of the cluster in the place of one."""
    match = _pick(_NUMBER, text, rng)
    if match is None or _YEAR.fullmatch(match.group()):
        return None
    numbers = {m.group() for source in sources for m in _NUMBER.finditer(source) if not _YEAR.fullmatch(m.group())}
    choices = sorted(numbers - {match.group()})
    return _replace(text, match, rng.choice(choices)) if choices else None


def bound_lost(text: str, sources: Sequence[str], _: Sequence[str], rng: random.Random) -> str | None:
    """Leave out "more than", "about" and the like."""
    match = _pick(_BOUND, text, rng)
    if match is None or not match.start():
        return None
    number = re.match(r"\S+", text[match.end() :])
    others = (source for source in sources if source != text)
    if number is None or any(re.search(rf"(?<![\d,.]){re.escape(number.group())}", other) for other in others):
        return None  # another source may state it so
    return _replace(text, match, "")


# --- dates -----------------------------------------------------------------------------------------------------------


def other_date(text: str, sources: Sequence[str], _: Sequence[str], rng: random.Random) -> str | None:
    """Put another day, month, year, or relative date."""
    match = _pick(
        re.compile("|".join(f"(?:{p.pattern})" for p in (_DAY, _MONTH, _YEAR, _RELATIVE_DATE)), re.IGNORECASE),
        text,
        rng,
    )
    if match is None:
        return None
    written = match.group()
    everything = " ".join(sources).casefold()
    if written.isdigit():
        choices = [str(int(written) + step) for step in (-3, -2, -1, 1, 2, 3)]
    elif written.casefold() in _RELATIVE:
        choices = [_RELATIVE[written.casefold()]]
    else:
        names = (
            _DAYS if written.capitalize() in _DAYS else [month for month in _MONTHS if month not in ("March", "May")]
        )
        choices = [name if written[0].isupper() else name.lower() for name in names]
    choices = [one for one in choices if one.casefold() not in everything]
    return _replace(text, match, rng.choice(choices)) if choices else None


# --- names -----------------------------------------------------------------------------------------------------------


def runs(text: str) -> list[re.Match[str]]:
    """Find runs of capitalised words that are names, not at the start."""
    return [
        match
        for match in _RUN.finditer(text)
        if match.start() > 0
        and text[match.start() - 2 : match.start()] not in (". ", '" ')
        and not (set(match.group().replace("-", " ").split()) & _NOT_NAMES)
    ]


def other_name(text: str, sources: Sequence[str], pool: Sequence[str], rng: random.Random) -> str | None:
    """Put a name of another cluster."""
    found = runs(text)
    if not found or not pool:
        return None
    match = rng.choice(found)
    everything = " ".join(sources).casefold()
    for _ in range(20):
        name = rng.choice(pool)
        if not set(name.casefold().split()) & set(re.findall(r"\w+", everything)):
            return _replace(text, match, name)
    return None


def last_name(text: str, sources: Sequence[str], pool: Sequence[str], rng: random.Random) -> str | None:
    """Put the last name of another name of the cluster behind a first name."""
    found = [match for match in runs(text) if " " in match.group()]
    lasts = sorted({m.group().split()[-1] for source in sources for m in runs(source) if " " in m.group()})
    if not found:
        return None
    match = rng.choice(found)
    first = match.group().rsplit(" ", 1)[0]
    choices = [name for name in lasts if name not in match.group()]
    return _replace(text, match, f"{first} {rng.choice(choices)}") if choices else None


def name_of_cluster(text: str, sources: Sequence[str], pool: Sequence[str], rng: random.Random) -> str | None:
    """Put another name of the cluster in the place of one."""
    found = [match for match in runs(text) if not re.match(r"(?: and|,) [A-Z]", text[match.end() :])]
    if not found:
        return None
    match = rng.choice(found)
    named = sorted({m.group() for source in sources for m in runs(source)})
    choices = [
        name
        for name in named
        if not set(name.split()) & set(re.findall(r"[^\W_]+", text)) and name[:5] != match.group()[:5]
    ]
    return _replace(text, match, rng.choice(choices)) if choices else None


# --- negation, modality ----------------------------------------------------------------------------------------------


def negation_inserted(text: str, sources: Sequence[str], _: Sequence[str], rng: random.Random) -> str | None:
    """Put "not" after an auxiliary outside quotations."""
    match = _pick(_AUXILIARY, _QUOTED.sub(lambda m: "#" * len(m.group()), text), rng)
    return text[: match.end()] + " not" + text[match.end() :] if match else None


def negation_removed(text: str, sources: Sequence[str], _: Sequence[str], rng: random.Random) -> str | None:
    """Take a negation out, outside quotations."""
    hidden = _QUOTED.sub(lambda m: "#" * len(m.group()), text)
    match = _pick(_NOT, hidden, rng)
    if match:
        kept = match.group(1) or match.group(2) or ""
        by = kept
    else:
        match = _pick(_NO, hidden, rng)
        by = _NO_FOR[match.group()] if match else ""
    if match is None or re.match(r" (?:only|just|least|doubt)\b", text[match.end() :]):
        return None
    return re.sub(r"  +", " ", _replace(text, match, by))


def modality_dropped(text: str, sources: Sequence[str], _: Sequence[str], rng: random.Random) -> str | None:
    """Make sure of what may be: "will" for "may", "allegedly" left out."""
    match = _pick(_MODAL, _QUOTED.sub(lambda m: "#" * len(m.group()), text), rng)
    if match is None:
        return None
    word = match.group()
    if word == "accused of":
        return _replace(text, match, "guilty of")
    if word.endswith(" ") or word in ("alleged", "suspected", "potential"):
        return _replace(text, match, "") if match.start() else None
    return _replace(text, match, "will")


# --- roles -----------------------------------------------------------------------------------------------------------

_BETWEEN: Final = re.compile(r" (?:[a-z'’,-]+ ){0,6}?[a-z]+(?:ed|s|en|ing|id|ght|ld|on|de) (?:[a-z'’,-]+ ){0,5}\Z")
_SYMMETRIC: Final = re.compile(
    r"\b(?:and|or|met|meets|with|between|versus|talks|near|in|at|of|on|from|joined|said|says)\b|[,;\"“”()]"
)


def roles_swapped(text: str, sources: Sequence[str], _: Sequence[str], rng: random.Random) -> str | None:
    """Let two names on the two sides of a verb change places."""
    found = [m for m in _RUN.finditer(text) if not set(m.group().split()) & _NOT_NAMES]
    if found and not found[0].start() and not any(found[0].group() == m.group() for one in sources for m in runs(one)):
        found = found[1:]  # a capital may be due to the place
    pairs = [
        (a, b)
        for a, b in pairwise(found)
        if a.group() != b.group()
        and _BETWEEN.match(text[a.end() : b.start()])
        and not _SYMMETRIC.search(text[a.end() : b.start()])
    ]
    if not pairs:
        return None
    a, b = rng.choice(pairs)
    return text[: a.start()] + b.group() + text[a.end() : b.start()] + a.group() + text[b.end() :]


_NOUN: Final = r"(?:[a-z'’-]+ ){0,2}?[a-z]{4,}"
_VERB: Final = (
    r"(?:has |have |had |was |were |is |are |will |would )?(?:been |be )?"
    r"(?:[a-z]{3,}ed|shot|beat|sued|struck|hit|took|won|held|drew|led|met|sold|bought|found|gave|put)(?: by)?"
)
_NOUN_ROLES: Final = re.compile(
    rf"\b(?P<a>(?:[Tt]he|[Aa]n?|[Tt]wo|[Tt]hree|[Hh]is|[Ii]ts) {_NOUN}) (?P<verb>{_VERB}) "
    rf"(?P<b>(?:the|an?|his|its|their|two|three|four|five|several|more than) {_NOUN})"
    r"(?= (?:in|on|at|after|for|over|during|to|with|who|and|that|from|by|against|of|as|last|this)\b|[,.])"
)
_PLACES: Final = re.compile(r"\bfrom (?P<a>[A-Z][a-z]+(?: [A-Z][a-z]+)?) to (?P<b>[A-Z][a-z]+(?: [A-Z][a-z]+)?)")


def noun_roles_swapped(text: str, sources: Sequence[str], _: Sequence[str], rng: random.Random) -> str | None:
    """Let subject and object change places: "The police arrested the students"; and where from, and where to."""
    match = _PLACES.search(text)
    if match:
        return f"{text[: match.start('a')]}{match['b']} to {match['a']}{text[match.end('b') :]}"
    match = _pick(_NOUN_ROLES, text, rng)
    if (
        match is None
        or match["a"].casefold() == match["b"].casefold()
        or text[max(0, match.start() - 3) : match.start()] == "of "
    ):
        return None
    a, b = match["a"], match["b"]
    a, b = a[:1].lower() + a[1:], b[:1].upper() + b[1:] if a[:1].isupper() else b
    return f"{text[: match.start()]}{b} {match['verb']} {a}{text[match.end() :]}"


# --- attribution -----------------------------------------------------------------------------------------------------


def attribution_dropped(text: str, sources: Sequence[str], _: Sequence[str], rng: random.Random) -> str | None:
    """Take out "police said" and "according to"."""
    if '"' in text or "“" in text:
        return None
    match = _SAID_LAST.search(text)
    if match:
        return _unless_stated(text[: match.start()] + match["when"] + ".", sources)
    match = _ACCORDING.search(text)
    if match and match.start():
        return _unless_stated(_replace(text, match, ""), sources)
    match = _SAID_FIRST.match(text)
    if match:
        rest = text[match.end() :]
        return _unless_stated(rest[:1].upper() + rest[1:], sources)
    return None


def _unless_stated(text: str, sources: Sequence[str]) -> str | None:
    """Give a text unless a source without a speaker has most of its longer words."""
    words = {word for word in re.findall(r"\w+", text.casefold()) if len(word) > 3}
    for source in sources:
        if not re.search(r"\b(?:sa(?:id|ys?)|told|according|announced|claim)", source):
            if len(words & set(re.findall(r"\w+", source.casefold()))) >= 0.6 * len(words):
                return None
    return text


def attribution_moved(text: str, sources: Sequence[str], pool: Sequence[str], rng: random.Random) -> str | None:
    """Put what is said in another's mouth."""
    match = _SAID_LAST.search(text) or _ACCORDING.search(text) or _SAID_FIRST.match(text)
    own = [m.group() for source in sources for m in runs(source)]
    if match is None or re.match(r"(?:he|she|they|it) ", match["who"], re.IGNORECASE):
        return None
    choices = [name for name in dict.fromkeys([*own, *rng.sample(list(pool), min(3, len(pool)))])
               if not set(name.split()) & set(match["who"].split())]  # fmt: skip
    if not choices:
        return None
    space = " " if match["who"].endswith(" ") else ""
    return text[: match.start("who")] + rng.choice(choices) + space + text[match.end("who") :]


# --- quotations ------------------------------------------------------------------------------------------------------


def quoted(text: str) -> list[tuple[int, int]]:
    """Find what stands between quotation marks, paired in order, as character spans without the marks."""
    spans = [match.span(1) for match in re.finditer(r"“([^“”]+)”", text)]
    marks = [match.start() for match in re.finditer('"', text)]
    if len(marks) % 2 == 0:
        spans += [(a + 1, b) for a, b in zip(marks[::2], marks[1::2], strict=True)]
    return sorted(spans)


def quotation_altered(text: str, sources: Sequence[str], _: Sequence[str], rng: random.Random) -> str | None:
    """Take a word out of the middle of a quotation, or put another in its place."""
    places = [
        (start + match.start(), start + match.end())
        for start, end in quoted(text)
        for match in list(re.finditer(r"(?<![^ ])[a-zA-Z]{2,}(?![^ ])", text[start:end]))[1:-1]
    ]
    if not places:
        return None
    start, end = rng.choice(places)
    if rng.random() < 0.5:
        return text[:start] + text[end + 1 :]
    choices = [word for word in ("always", "great", "some", "big", "other") if word != text[start:end].casefold()]
    return text[:start] + rng.choice(choices) + text[end:]


def quotation_invented(text: str, sources: Sequence[str], pool: Sequence[str], rng: random.Random) -> str | None:
    """Put words of the sentence, or words of no one, between quotation marks."""
    if any(mark in source for source in sources for mark in '"“'):
        return None
    if rng.random() < 0.5:
        return f'{text.rstrip(".")}, calling it "{rng.choice(_INVENTED)}."'
    words = text.split(" ")
    places = [at for at in range(1, len(words) - 4) if all(word.isalpha() for word in words[at : at + 3])]
    if not places:
        return None
    at = rng.choice(places)
    return " ".join([*words[:at], '"' + " ".join(words[at : at + 3]) + '"', *words[at + 3 :]])


#: Ways to be false, each a list of rules.
MUTATIONS: Final[dict[str, dict[str, Mutation]]] = {
    "number": {
        "other": other_number,
        "scale or unit": other_scale,
        "swapped": numbers_swapped,
        "of the cluster": number_of_cluster,
        "bound lost": bound_lost,
    },
    "name": {"other": other_name, "mixed": last_name, "of the cluster": name_of_cluster},
    "date": {"other": other_date},
    "quotation": {"altered": quotation_altered, "invented": quotation_invented},
    "negation": {"inserted": negation_inserted, "removed": negation_removed},
    "modality": {"dropped": modality_dropped},
    "attribution": {"dropped": attribution_dropped, "moved": attribution_moved},
    "role": {"names": roles_swapped, "nouns": noun_roles_swapped},
}
