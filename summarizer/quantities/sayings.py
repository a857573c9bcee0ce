"""Who can say something, and the words around verbs of saying."""

from __future__ import annotations

from typing import Final

#: Nouns that can say something; others before a verb of saying are its object or no speaker at all.
SPEAKERS: Final = frozenset(
    "police official officials authorities authority ministry ministries department agency agencies bureau office "
    "government spokesman spokeswoman spokesperson spokespeople report reports study studies analyst analysts "
    "economist economists expert experts researcher researchers scientist scientists company companies firm firms "
    "bank banks group groups source sources prosecutor prosecutors investigator investigators minister president "
    "governor mayor sheriff chief director doctor doctors hospital hospitals witness witnesses military army "
    "administration commission council survey poll polls data figures statistics documents records lawyer lawyers "
    "attorney attorneys aide aides regulator regulators union unions charity organization organisation organizers "
    "organisers newspaper paper media network news outlet outlets tv television monitor monitors observatory "
    "watchdog institute university center centre fund court affidavit lawsuit complaint filing statement coroner "
    "fire firefighters rescuers residents people leader leaders lawmakers senator committee campaign executive "
    "executives ceo cfo secretary professor author authors team".split()
)
#: These verbs tell more than saying ("Apple added 3,000 jobs"), and count as saying only before these words.
LOOSE: Final = frozenset(
    "added adds claimed claims claim found finds showed shows show revealed reveals confirmed confirms suggests "
    "suggest suggested report reports reported forecast forecasts project projects projected expects estimate "
    "estimates estimated disclosed announced announces announce noted notes denied declared state states".split()
)
#: Verbs that name a speaker only as what it says, never as who thinks.
AFTER_LOOSE: Final = frozenset(
    ("that", ",", ".", "”", '"', "a", "an", "the", "at", "its", "their", "more", "nearly", "about")
)
FILLERS: Final = frozenset(
    "has have had also later earlier now then first on in monday tuesday wednesday thursday friday saturday sunday "
    "yesterday today separately previously already would could".split()
)
#: A verb before the verb of saying makes that a noun: "cut its growth forecast".
DOING: Final = frozenset(
    "cut cuts raised raises lowered trimmed slashed its their his her released issued published made".split()
)
