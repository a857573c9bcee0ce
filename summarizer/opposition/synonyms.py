"""Words that reporters put for one another: nouns for one thing, verbs for one act. English.

Of nouns only what is one thing in any story: "the lawmakers" are the parliament that votes, while a ferry is not just
any ship. And only words whose stem is that of no other: not "officers", "villagers", "airliner".
"""

from __future__ import annotations

from functools import cache
from typing import Final

from summarizer.opposition.wording import word_key

#: Each group is read as its first word.
_NOUNS: Final = (
    "parliament legislature lawmakers mps parliamentarians", "court judge magistrate tribunal jury juror",
    "police policemen constables", "council councillors councilors aldermen", "company firm corporation business",
    "plane aircraft jet jetliner airplane aeroplane", "ship vessel boat", "truck lorry", "troops soldiers servicemen",
    "rebels insurgents guerrillas fighters", "accord deal pact agreement treaty",
    "truce ceasefire armistice cease-fire",
    "hospital clinic infirmary", "chairman chairwoman chair chairperson", "spokesman spokeswoman spokesperson",
    "quake earthquake tremor", "inquiry enquiry investigation probe", "gunman shooter", "child youngster",
    "baby infant newborn", "worker employees staff workforce", "doctor physician", "residents townspeople",
    "teenager teen youth", "pupil student schoolchild schoolchildren", "goalkeeper goalie", "team club side",
    "match game fixture", "film movie", "highway motorway", "airport airfield", "medicine drug", "bomb device",
    "gun firearm", "storm hurricane cyclone typhoon", "flood floodwaters", "landslide mudslide landslip",
    "electricity power", "prosecutor prosecution", "lawyer attorney solicitor barrister", "car automobile",
    "phone telephone", "money cash funds", "captain skipper",
)  # fmt: skip

#: Verbs for one act: who did not do the one did not do the other, whichever word an article takes.
_ONE_ACT: Final = """
release free
close shut
sack fire dismiss
quit resign step_down
approve pass
reject refuse turn_down spurn
flee escape
cancel call_off scrap axe
postpone delay
arrest detain
jail imprison
allow permit authorise authorize
ban prohibit forbid outlaw bar
conceal hide
begin start launch
end finish conclude
help aid assist
demolish raze
attend take_part participate
find locate discover recover retrieve
withdraw pull_out
inform tell notify
contact approach
apologise apologize
back support endorse
deploy send dispatch
join enter
collide crash
examine inspect
reveal disclose
agree consent
acquire buy purchase
hire recruit appoint
search raid
confess admit
"""
#: Words that are one where nobody is counted: who is hurt or wounded is injured, who is dead died.
_ALSO: Final = {
    word_key(word): word_key(meant)
    for word, meant in {
        "hurt": "injure", "wound": "injure", "purchase": "buy", "acquire": "buy", "commence": "start", "begin": "start",
        "perish": "die", "occur": "happen",
    }.items()
}  # fmt: skip
_FIRST: Final = {key: word_key(group.split()[0]) for group in _NOUNS for key in map(word_key, group.split()[1:])}


def one_noun(key: str) -> str:
    """Give the key that stands for a noun and those that mean the same.

    >>> one_noun("lawmak") == one_noun("legislatur")
    True
    """
    return _FIRST.get(key, key)


def meant_by(key: str) -> str:
    """Give the word that stands for a word and its near synonyms."""
    return _ALSO.get(key, key)


def synonyms() -> dict[str, str]:
    """Give the near synonyms that are read as one word, each with that word."""
    return dict(_ALSO)


@cache
def one_acts() -> dict[str, tuple[str, ...]]:
    """Give for each verb, by its key, the others for the same act."""
    found: dict[str, tuple[str, ...]] = {}
    for line in _ONE_ACT.split("\n"):
        parted = [word.partition("_") for word in line.split()]
        keys = [meant_by(word_key(verb)) + mark + particle for verb, mark, particle in parted]
        for key in keys:
            found[key] = tuple(dict.fromkeys((*found.get(key, ()), *(other for other in keys if other != key))))
    return found
