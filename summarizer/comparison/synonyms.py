"""Words that reporters put for one another, so that two reports of one fact are seen to share them. English.

Only for asking whether two sentences speak of the same thing; what is measured is in
:mod:`summarizer.comparison.measures`. Written for this project by going through the verbs and nouns of news reports.
"""

from __future__ import annotations

from typing import Final

_GROUPS: Final = (
    # moves: the direction is read on its own
    "rose rise rises rising risen climbed climb climbing jumped jump surged surge soared gained gain grew grow grows "
    "growing grown growth increased increase increasing advanced rallied added expanded up higher "
    "fell fall falls falling fallen dropped drop dropping declined decline slipped slid plunged plummeted tumbled "
    "dipped decreased decrease shrank sank contracted down lower",
    "close closes closed closing closure closures shut shuts shutting shuttered",
    "cut cuts cutting slash slashes slashed slashing reduce reduces reduced reducing reduction trim trimmed axe axed",
    "buy buys buying bought acquire acquires acquired acquiring purchase purchased",
    "begin begins began begun start starts started starting launch launched launches",
    "end ends ended ending finish finished conclude concluded",
    "crash crashes crashed collision collided accident derailed derailment wreck",
    "attack attacks attacked attacker bomb bombs bomber bombers bombing bombings blast blasts exploded explosion "
    "explosions assault detonated raid",
    "fire fires blaze wildfire wildfires blazes inferno bushfire burned burnt burning burn",
    "storm storms hurricane cyclone typhoon tornado twister",
    "earthquake quake quakes tremor temblor earthquakes",
    "flood floods flooding flooded floodwaters deluge",
    "shooting shootings shot gunfire gunman gunmen shooter massacre",
    "sank sink sinks sinking capsized capsizes ferry boat vessel ship",
    "company companies firm firms retailer maker manufacturer carmaker automaker automakers chipmaker group giant "
    "corporation business chain operator",
    "staff employees employee workers worker workforce jobs job posts personnel",
    "plane planes aircraft jet jetliner airliner flight",
    "car cars vehicle vehicles automobile",
    "troops troop soldiers soldier servicemen service-members",
    "child children kids kid minors boys girls",
    "police officers officer policemen",
    "government administration cabinet",
    "law bill legislation act measure",
    "deal agreement accord pact takeover merger acquisition",
    "court judge tribunal jury",
    "election elections vote votes voted ballot poll polls polling",
    "home homes house houses household households",
    "power electricity",
    "talks negotiations discussions meeting",
    "spend spends spending spent outlay expenditure invest invests invested investment investing",
    "say says said",
    "price prices cost costs costing pay pays paid paying payment payments fetched fetch",
    "share shares stock stocks equities",
    "employ employs employed payroll",
    "study trial experiment test tests tested testing",
    "volunteers volunteer participants participant",
    "beat beats defeated defeat defeats",
    "pulled rescued saved lifted plucked",
    "rubble ruins debris wreckage",
    "rally protest protests demonstration demonstrators protesters march marched crowd",
    "destroyed destroys wrecked razed gutted levelled",
    "hit hits struck strike strikes",
    "pupils pupil students student",
    "firefighters firefighter crews rescuers",
)
SYNONYMS: Final = {word: f"={words.split()[0]}" for words in _GROUPS for word in words.split()}
