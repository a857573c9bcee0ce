"""Who is named in a sentence: the actor that opens it, and every run of capitalised words. English."""

from __future__ import annotations

from typing import Final

from summarizer.amounts import MONTHS
from summarizer.terms import STOP_WORDS

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
_COUNTRIES: Final = frozenset(_ACTORS.values())
#: Capitalised words that tell no actor: titles, days, and the words that names share.
_TITLES: Final = MONTHS | frozenset(
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
_IN_NAMES: Final = frozenset(("and", "of", ".", "&"))
_LEAD_INS: Final = frozenset(("the", "but", "and", "meanwhile", ",", '"', "“"))


def name_key(token: str) -> str:
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


def find_entities(tokens: list[str], capitals: list[str]) -> frozenset[str]:
    """Give the last key word of each run of capitalised words, "of" within it allowed.

    A lone word that opens the sentence is no name.
    """
    found = set()
    for at, word in [pair for pair in enumerate(capitals) if pair[1]]:
        if at + 1 < len(tokens) and (capitals[at + 1] or tokens[at + 1] in _LABEL_ENDS):
            continue
        if at + 2 < len(tokens) and tokens[at + 1] == "of" and capitals[at + 2]:
            continue
        if at or word in _COUNTRIES:
            found.add(word)
    return frozenset(found)


def opens_without_name(piece: str) -> bool:
    """Tell whether no actor opens a sentence, by what stands before its first blank: a function word."""
    word = piece.lower()
    return word in STOP_WORDS and word not in _LEAD_INS and piece != "US"


def is_decided(tokens: list[str], words: list[str], end: int) -> bool:
    """Tell whether more tokens behind these could not move the end of the subject that was found in them."""
    return any(
        not (token[0].isupper() or word in _IN_NAMES) for token, word in zip(tokens[end:], words[end:], strict=True)
    )


def find_subject(tokens: list[str], words: list[str]) -> tuple[frozenset[str], int]:
    """Find the run of capitalised words that opens a sentence, and where it ends."""
    start = 0
    while start < len(words) and words[start] in _LEAD_INS:
        start += 1
    end = start
    if start < len(words) and words[start] in STOP_WORDS and tokens[start] != "US":
        return frozenset(), start
    while end < len(tokens) and (tokens[end][0].isupper() or (words[end] in _IN_NAMES and end > start)):
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
