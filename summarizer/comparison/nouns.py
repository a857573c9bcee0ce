"""Nouns that reporters put for one another when they count one thing. English.

Narrower and wider words are kept together only where a report may use either of the same ones: the inmates who broke
out are prisoners and men; pupils are children. Written for this project by going through what news counts.
"""

from __future__ import annotations

from typing import Final

#: One word may be in several rows: "children" are pupils, or minors.
KIN: Final = (
    "pupil student child schoolchild youngster schoolgirl schoolboy kid",
    "lawmaker mp deputy member legislator parliamentarian senator vote",
    "inmate prisoner detainee convict man",
    "customer user subscriber client account consumer household",
    "satellite spacecraft probe",
    "worker employee staff job post position staffer role hand",
    "miner man worker",
    "soldier troop serviceman trooper conscript recruit man",
    "home house property dwelling building residence household",
    "flat apartment unit home",
    "car vehicle automobile",
    "lorry truck vehicle",
    "passenger traveller traveler flyer",
    "sheep animal ewe lamb", "cow cattle animal head", "pig animal hog", "horse animal", "goat animal", "dog animal",
    "bird chicken hen turkey duck goose swan",
    "salmon fish trout tuna cod",
    "whale animal dolphin", "elephant animal", "rhino animal",
    "case infection patient sufferer", "signature signatory supporter name", "murder homicide killing victim slaying",
    "runner participant athlete entrant competitor", "marcher protester demonstrator",
    "migrant refugee asylum-seeker", "fan spectator supporter onlooker", "visitor tourist guest holidaymaker",
    "inhabitant resident villager citizen islander townspeople local", "patient case",
    "plane aircraft jet airliner", "boat vessel ship craft", "shop store outlet branch", "factory plant mill",
    "school college", "bus coach", "train service", "flight departure", "bomb explosive device", "shell round",
    "gun weapon firearm rifle pistol", "missile rocket projectile", "drone uav", "tree pine oak",
    "painting work canvas picture artwork",
    "song track", "film movie picture", "book title volume copy", "phone handset device smartphone",
    "farmer grower", "doctor physician medic", "nurse medic", "officer policeman policewoman",
    "firefighter crew man fireman",
    "hostage captive", "tonne ton", "company firm business", "bank lender", "church parish", "seat place",
    "acre hectare", "tremor aftershock quake", "attack strike raid assault", "word term",
    "shareholder investor", "saver depositor", "driver motorist", "cyclist rider",
    "climber mountaineer", "walker hiker", "sailor crewman seaman mariner", "teacher tutor", "voter elector",
    "defendant accused man", "suspect man", "fighter militant rebel insurgent gunman", "fisherman man",
    "delegate participant attendee", "ticket seat place", "bed place", "donor giver",
)  # fmt: skip
#: Nouns for people beyond those that every list of these has.
PERSONS: Final = (
    "runner customer user subscriber client elector voter traveller traveler inhabitant signatory defendant marcher "
    "participant athlete spectator islander lawmaker deputy mp senator trooper serviceman schoolchild youngster "
    "climber fisherman hiker cyclist delegate attendee employee saver donor case infection signature murder homicide "
    "captive detainee convict asylum-seeker holidaymaker believer worshipper pilgrim clubber partygoer reveller "
    "concertgoer festivalgoer viewer listener reader applicant recruit conscript job post"
)
