"""What a figure counts or measures, by words that name one thing, and which of these exclude one another. English.

Two reports of one event call the dead "killed", "deaths" or "the toll": these are one kind. Two different kinds, such
as the killed and the injured, are never compared as if they were one. Written for this project by going through the
fates, accounts and balances that news counts.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from summarizer.comparison.acts import ACTS
from summarizer.comparison.nouns import KIN, PERSONS
from summarizer.comparison.synonyms import SYNONYMS
from summarizer.terms import stem
from summarizer.wordnet import is_person, kinship

_WORDS: Final = {
    # what became of people
    "killed": "killed kills killing dead die dies died dying death deaths fatalities fatality fatal perished slain "
    "drowned drowning drowns toll",
    "injured": "injured injures injuring injury injuries wounded wounding wounds hurt hurting",
    "missing": "missing unaccounted",
    "arrested": "arrested arrests arrest arresting detained detains detaining detention detentions custody detainees",
    "rescued": "rescue rescued rescues rescuing survived survivors survivor",
    "evacuated": "evacuated evacuates evacuating evacuation evacuations evacuees displaced displacing homeless "
    "fled fleeing refugees",
    "hospitalised": "hospitalised hospitalized hospitalisations hospitalizations hospitals",
    "infected": "infected infections infection cases",
    "recovered": "recovered recoveries",
    "vaccinated": "vaccinated vaccinations vaccination doses",
    "charged": "charged charges indicted indictment indictments",
    "sentenced": "sentenced sentence sentences jailed imprisoned prison jail imprisonment",
    "hired": "hired hires hiring recruited",
    "dismissed": "layoffs redundancies redundant sacked dismissed furloughed",
    "trapped": "trapped stranded",
    # balances of trade
    "exports": "exports exported export exporting",
    "imports": "imports imported import importing",
    "surplus": "surplus",
    "deficit": "deficit shortfall",
    # accounts
    "revenue": "revenue revenues sales turnover takings",
    "profit": "profit profits earnings",
    "losses": "losses loss",
    "debt": "debt debts owe owes owed owing",
    "dividend": "dividend dividends",
    "fine": "fine fined fines penalty penalties",
    "wages": "wages wage salary salaries pay",
    # economies
    "inflation": "inflation",
    "unemployment": "unemployment jobless joblessness",
    "growth": "gdp",
    "births": "births born",
    "turnout": "turnout",
    # things
    "destroyed": "destroyed destroying demolished",
    "damaged": "damaged damaging damage damages",
}
#: Words for the killed that also stand for the tolls of other things, and kinds told of the same people at once.
_TOGETHER: Final = (frozenset(("injured", "hospitalised")), frozenset(("arrested", "charged")))
#: Kinds of which a balance is one or the other.
_OPPOSED: Final = (("surplus", "deficit"), ("profit", "losses"))
#: Kinds that grow while a story runs.
GROWING: Final = frozenset(
    "killed injured missing arrested rescued evacuated hospitalised infected recovered vaccinated charged destroyed "
    "damaged".split()
)


@lru_cache(maxsize=1)
def _kinds() -> dict[str, str]:
    return {word: kind for kind, words in _WORDS.items() for word in words.split()}


def kind_of(word: str) -> str:
    """Give the kind that a lower-cased word names, or nothing."""
    return _kinds().get(word, "")


@lru_cache(maxsize=1 << 15)
def key_of(word: str) -> str:
    """Give what a lower-cased word is compared by: its kind, the first of its synonyms, or its stem."""
    return _kinds().get(word) or SYNONYMS.get(word) or ACTS.get(word) or stem(word)


_NOUNS_THAT_GROW: Final = frozenset(
    map(
        key_of,
        "vote votes ballot arrest case death casualty donation signature victim body bodies aftershock outage customer "
        "fatality home acre hectare".split(),
    )
)
#: Nouns that say no more of people than that they are people.
ANYONE: Final = frozenset(
    map(key_of, "people person persons other others individual individuals victim victims life lives".split())
)
_OF_PEOPLE: Final = frozenset(
    map(
        key_of,
        "people person other individual victim life man woman child boy girl student pupil worker employee soldier "
        "troop civilian officer police passenger protester demonstrator resident villager miner firefighter migrant "
        "refugee tourist patient inmate prisoner hostage militant rebel gunman suspect fan teenager adult citizen "
        "national american palestinian israeli fighter marine sailor crew member guest shopper survivor pedestrian "
        f"motorist driver bystander teacher staff {PERSONS}".split(),
    )
)


#: A client, to WordNet, and one of a trial; in news not who, but what.
_CASE: Final = key_of("case")


def is_of_people(head: str) -> bool:
    """Tell whether a counted noun, by its key, is of people."""
    return head != _CASE and (head in ANYONE or head in _OF_PEOPLE or is_person(head))


def exclude(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether figures of these kinds are of different things; never where either has no kind."""
    if not one or not other or one & other:
        return False
    if kinds_oppose(one, other):
        return False
    return not any(one & pair and other & pair for pair in _TOGETHER)


def kinds_oppose(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether one figure cannot be of both kinds at once: a surplus is no deficit."""
    return any((one & {a} and other & {b}) or (one & {b} and other & {a}) for a, b in _OPPOSED)


_COUNTED_IN: Final = tuple(
    frozenset(map(key_of, words.split()))
    for words in (
        "herd flock cattle cow animal sheep goat pig",
        "family household people person resident child inhabitant",
        "vote point",
        "lorry truck container crate box bag sack pallet",
        "copy sale",
        "case patient",
        "flight passenger",
    )
)


def counted_apart(one: str, other: str) -> bool:
    """Tell whether two counted nouns, by their keys, may count one thing in two units: herds and cattle."""
    return one != other and any(one in nouns and other in nouns for nouns in _COUNTED_IN)


_KIN: Final = tuple(frozenset(map(key_of, words.split())) for words in KIN)


@lru_cache(maxsize=1 << 14)
def same_heads(one: str, other: str) -> bool:
    """Tell whether two counted nouns, by their keys, may be one: "people" may be soldiers, soldiers no students."""
    if one == other or not one or not other:
        return True
    if any(one in kin and other in kin for kin in _KIN) or kinship(one, other) in ("same", "wider"):
        return True
    if one in ANYONE or other in ANYONE:
        return any(head in _OF_PEOPLE or is_person(head) for head in (one, other) if head not in ANYONE)
    return False


#: What is done to one after the other: the count is another a day later.
ONGOING: Final = frozenset(
    map(
        key_of,
        "burned scorched charred blackened consumed rescued freed pulled pumped collected raised recovered removed "
        "cleared signed counted delivered restored treated retrieved exhumed unearthed spilled leaked".split(),
    )
)


def grows(kinds: frozenset[str], head: str) -> bool:
    """Tell whether a count is of a kind that grows while a story runs: a toll, arrests, votes counted."""
    return not kinds.isdisjoint(GROWING) or head in _NOUNS_THAT_GROW
