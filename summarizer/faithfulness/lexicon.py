"""The closed lists by which the gate tells words apart. English; written for this project."""

from __future__ import annotations

from typing import Final

#: Numbers in words, by value; "a", "an" and "single" are none.
NUMBER_WORDS: Final = (
    {
        word: float(value)
        for value, word in enumerate(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
            "seventeen eighteen nineteen".split()
        )
    }
    | {
        word: 10.0 * tens
        for tens, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
    }
    | {"dozen": 12.0, "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
)
SCALES: Final = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
    "k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "bn": 1e9, "b": 1e9, "bln": 1e9, "tn": 1e12, "trn": 1e12, "dozen": 12.0,
}  # fmt: skip
ORDINALS: Final = {
    word: float(value)
    for value, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        start=1,
    )
}
#: Numbers without a sharp value: kept by name.
VAGUE: Final = frozenset(
    "dozens scores hundreds thousands millions billions trillions half halves quarters thirds fifths double doubled "
    "doubles doubling triple tripled triples tripling quadruple quadrupled twice thrice couple pair twofold threefold "
    "tenfold halve halved".split()
)
CURRENCIES: Final = {
    "$": "$", "dollar": "$", "dollars": "$", "usd": "$", "€": "€", "euro": "€", "euros": "€", "£": "£", "¥": "¥",
    "pound": "£", "pounds": "£", "yen": "¥", "yuan": "yuan", "₹": "₹", "rupees": "₹", "rupee": "₹", "cents": "cents",
    "cent": "cents", "pence": "pence", "rubles": "ruble", "roubles": "ruble", "francs": "franc", "pesos": "peso",
}  # fmt: skip
MONTHS: Final = {
    name: full
    for full, names in {
        "january": "january jan", "february": "february feb", "march": "march mar", "april": "april apr", "may": "may",
        "june": "june jun", "july": "july jul", "august": "august aug", "september": "september sept sep",
        "october": "october oct", "november": "november nov", "december": "december dec",
    }.items()
    for name in names.split()
}  # fmt: skip
WEEKDAYS: Final = {
    name: full
    for full, names in {
        "monday": "monday mondays mon", "tuesday": "tuesday tuesdays tue tues", "wednesday": "wednesday wednesdays",
        "thursday": "thursday thursdays thu thurs", "friday": "friday fridays fri", "saturday": "saturday saturdays",
        "sunday": "sunday sundays",
    }.items()
    for name in names.split()
}  # fmt: skip

#: Verbs of saying that make what is said somebody's word.
SAYING: Final = frozenset("said say says saying told tell tells telling stated".split())
REPORTING: Final = SAYING | frozenset(
    "added adds argued argues asserted asserts believes believed claimed claims claiming complained contended contends "
    "insisted insists maintained maintains reported reports stated states suggested suggests testified tweeted warned "
    "warns wrote writes alleged alleges alleging acknowledged predicted predicts estimated estimates "
    "explained noted notes quoted remarked replied commented declared estimates reckons thinks thought argued "
    "conceded admitted cautioned recalled speculated".split()
)
#: Those that name whom it is said to, and then say it behind "that".
ADDRESSING: Final = frozenset("advised advises informed informs assured assures reminded reminds notified".split())
#: Verbs by which somebody's act is told, not a claim: to leave them out makes no claim a fact.
_FACTIVE: Final = "announced announces confirmed confirms revealed reveals showed shows found finds learned".split()
#: All that may stand before what somebody said.
SPEECH: Final = REPORTING | frozenset(_FACTIVE) | frozenset(("according",))

NEGATORS: Final = frozenset("not no never without neither nor cannot nobody nothing none nowhere hardly barely".split())
#: Verbs and adjectives that deny what follows them.
REFUSALS: Final = {
    word: lemma
    for lemma, words in {
        "fail": "fail fails failed failing failure", "refuse": "refuse refuses refused refusing refusal",
        "decline": "decline declines declined declining", "deny": "deny denies denied denying denial",
        "reject": "reject rejects rejected rejecting rejection", "unable": "unable inability",
        "unlikely": "unlikely", "lack": "lack lacks lacked lacking", "avoid": "avoid avoids avoided avoiding",
        "prevent": "prevent prevents prevented preventing", "stop": "stop stops stopped stopping",
        "unwilling": "unwilling", "refute": "refute refutes refuted", "dispute": "dispute disputes disputed",
        "cancel": "cancel cancels cancelled canceled", "block": "block blocks blocked blocking",
    }.items()
    for word in words.split()
}  # fmt: skip
#: After "not" or "no", these undo or soften the denial.
SOFTENERS: Final = frozenset("only just merely simply doubt".split())

#: How certain a word leaves what follows: 0 a mere chance, 1 hearsay, 2 intent, duty or likelihood, 3 the future.
CHANCE: Final = frozenset("may might could possibly perhaps maybe potentially possible".split())
HEARSAY: Final = frozenset(
    "alleged allegedly alleges alleging allege allegation allegations accused accuse accuses accusing suspected "
    "suspect "
    "suspects suspicion reportedly purported purportedly apparently supposedly rumored rumoured charged charges "
    "claimed claims claiming claim believed thought unconfirmed".split()
)
INTENT: Final = frozenset(
    "expected expects expect plans planned planning plan intends intended intend aims aimed aiming hopes hoped hoping "
    "hope wants wanted want seeks sought seeking considering considers proposed proposes proposal likely probably set "
    "scheduled due poised vowed vows promised promises threatened threatens try tried tries trying attempted "
    "attempting "
    "attempt urged urges asked ordered should must ought needs need appears appeared appear seems seemed seem "
    "projected forecast predicted potential would-be agreed agrees agree agreeing decided decides offered "
    "offers".split()
)
FUTURE: Final = frozenset("will would shall 'll won't wouldn't".split())
CONDITION: Final = frozenset("if unless whether".split())

#: Verbs whose forms no stemmer brings together.
IRREGULAR: Final = {
    form: lemma
    for lemma, forms in {
        "arise": "arose arisen", "beat": "beaten", "become": "became", "begin": "began begun", "bind": "bound",
        "bite": "bit bitten", "blow": "blew blown", "break": "broke broken", "bring": "brought", "build": "built",
        "buy": "bought", "catch": "caught", "choose": "chose chosen", "come": "came", "deal": "dealt",
        "draw": "drew drawn", "drive": "drove driven", "eat": "ate eaten", "fall": "fell fallen", "feel": "felt",
        "fight": "fought", "find": "found", "flee": "fled", "fly": "flew flown", "forget": "forgot forgotten",
        "get": "got gotten", "give": "gave given", "go": "went gone", "grow": "grew grown", "hang": "hung",
        "hear": "heard", "hide": "hid hidden", "hold": "held", "keep": "kept", "know": "knew known", "lead": "led",
        "leave": "left", "lend": "lent", "lose": "lost", "make": "made", "meet": "met", "overcome": "overcame",
        "overtake": "overtook overtaken", "pay": "paid", "ride": "rode ridden", "rise": "rose risen", "run": "ran",
        "see": "saw seen", "seek": "sought", "sell": "sold", "send": "sent", "shake": "shook shaken",
        "shoot": "shot", "show": "shown", "sing": "sang sung", "sink": "sank sunk", "sit": "sat", "slay": "slain",
        "sleep": "slept", "slide": "slid", "speak": "spoke spoken", "spend": "spent", "spring": "sprang sprung",
        "stand": "stood", "steal": "stole stolen", "strike": "struck stricken", "swear": "swore sworn",
        "sweep": "swept", "swim": "swam", "swing": "swung", "take": "took taken", "teach": "taught",
        "tear": "tore torn", "think": "thought", "throw": "threw thrown", "undergo": "underwent",
        "wear": "wore worn", "win": "won", "withdraw": "withdrew withdrawn", "write": "wrote written",
        "man": "men", "woman": "women", "child": "children kids kid", "person": "people persons",
        "die": "dying died dead",
        "percent": "pct",
    }.items()
    for form in forms.split()
}  # fmt: skip
#: Base and present forms of common transitive verbs, besides past forms, by which roles are told.
VERBS: Final = frozenset(
    "accuse accuses arrest arrests attack attacks back backs ban bans beat beats bomb bombs bought buy buys call calls "
    "charge charges chase chases criticise criticises criticize criticizes cut cuts defeat defeats defend defends "
    "defy defies hit hits help helps hire hires hurt hurts join joins kill kills lead leads leave leaves lift lifts "
    "love loves make makes meet meets name names need needs order orders oust ousts overtake overtakes own owns pay "
    "pays praise praises promise promises push pushes put puts raid raids reach reaches rejects replace replaces "
    "rescue rescues save saves seek seeks sell sells send sends shoot shoots show shows sign signs slam slams split "
    "stab stabs strike strikes sue sues support supports take takes threaten threatens urge urges use uses visit "
    "visits want wants warn warns win wins".split()
)
BE: Final = frozenset("is are was were be been being am get gets got gotten".split())
#: Words that stand between a subject and what is said of it.
HELPING: Final = BE | frozenset("has have had will would to may might can could should must did do does".split())

#: Words that may stand in front of a name and say what its bearer is.
TITLES: Final = frozenset(
    "mr mrs ms miss dr sir dame lord lady president prime minister vice premier chancellor secretary senator sen "
    "representative rep congressman congresswoman governor gov mayor judge justice chief chairman chairwoman chair ceo "
    "king queen prince princess pope bishop archbishop cardinal general gen colonel col captain capt sergeant sgt "
    "lieutenant lt major admiral officer detective inspector sheriff attorney prosecutor director professor prof "
    "ambassador commissioner spokesman spokeswoman spokesperson deputy former ex acting coach speaker leader "
    "foreign defense defence finance interior treasury state commerce interim democratic republican rev reverend "
    "father sister brother officers the".split()
)
#: Country and its people: the only names that may stand for one another.
DEMONYMS: Final = {
    form: country
    for country, forms in {
        "usa": "usa us america american americans", "uk": "uk britain british briton britons",
        "un": "un", "eu": "eu", "china": "china chinese", "russia": "russia russian russians",
        "ukraine": "ukraine ukrainian ukrainians", "france": "france french", "germany": "germany german germans",
        "japan": "japan japanese", "canada": "canada canadian canadians", "mexico": "mexico mexican mexicans",
        "india": "india indian indians", "pakistan": "pakistan pakistani pakistanis",
        "israel": "israel israeli israelis", "iran": "iran iranian iranians", "iraq": "iraq iraqi iraqis",
        "palestine": "palestine palestinian palestinians", "syria": "syria syrian syrians",
        "turkey": "turkey turkish turks", "egypt": "egypt egyptian egyptians", "italy": "italy italian italians",
        "spain": "spain spanish", "greece": "greece greek greeks", "poland": "poland polish poles",
        "australia": "australia australian australians", "brazil": "brazil brazilian brazilians",
        "saudi": "saudi saudis", "afghanistan": "afghanistan afghan afghans", "taiwan": "taiwan taiwanese",
        "vietnam": "vietnam vietnamese", "sweden": "sweden swedish", "norway": "norway norwegian norwegians",
        "denmark": "denmark danish", "finland": "finland finnish", "netherlands": "netherlands dutch holland",
        "switzerland": "switzerland swiss", "argentina": "argentina argentine", "nigeria": "nigeria nigerian nigerians",
        "kenya": "kenya kenyan kenyans", "cuba": "cuba cuban cubans", "libya": "libya libyan libyans",
        "somalia": "somalia somali somalis", "yemen": "yemen yemeni yemenis", "haiti": "haiti haitian haitians",
        "ireland": "ireland irish", "scotland": "scotland scottish", "wales": "wales welsh",
        "europe": "europe european europeans", "africa": "africa african africans", "asia": "asia asian asians",
        "texas": "texas texan", "lebanon": "lebanon lebanese", "colombia": "colombia colombian",
        "venezuela": "venezuela venezuelan venezuelans", "indonesia": "indonesia indonesian",
        "philippines": "philippines filipino philippine", "thailand": "thailand thai", "belgium": "belgium belgian",
    }.items()
    for form in forms.split()
}  # fmt: skip
#: Content words that carry no claim of their own: they may appear though no source has them.
LIGHT: Final = frozenset(
    "people person persons also including include includes included said say says told according reported report "
    "reports announced announce event events year years day days time well one two made make get got take took "
    "took place occur occurred happen happened began begin start started use used new saying added stating meanwhile "
    "part number several total man woman men women group move matter case state news officials authorities "
    "following related stated added noted".split()
)
#: Words that open sentences and are no names, though a source may not have them.
COMMON: Final = LIGHT | frozenset(
    "police official officials authorities sources source prosecutors investigators experts analysts critics "
    "researchers "
    "scientists lawmakers residents witnesses protesters voters workers government earlier later separately however "
    "still instead previously currently recently another both many most several other others nearly almost "
    "around about "
    "since although though despite while when after before during under overall together additionally".split()
)
#: Words that find somebody guilty: never new.
CONVICTIONS: Final = frozenset(
    "guilty convicted murderer murderers killer killers criminal criminals rapist thief fraudster terrorist terrorists "
    "confessed proven liar traitor corrupt".split()
)
#: Words of which one may stand for another.
SYNONYMS: Final = (
    "rise climb increase grow", "jump soar surge", "fall drop decline decrease slip", "begin start commence launch",
    "end finish conclude", "buy purchase acquire", "big large huge", "little small", "try attempt", "help assist aid",
    "show reveal demonstrate", "find discover", "injure wound hurt", "hit strike", "receive get obtain", "stop halt",
    "build construct", "choose select pick", "resign quit", "arrest detain", "approve pass back endorse",
    "permit allow let", "need require", "happen occur", "keep retain", "close shut", "fire sack dismiss", "car vehicle",
    "company firm", "doctor physician", "attorney lawyer", "film movie", "fast quick", "use employ", "cut reduce lower",
    "raise lift increase", "break smash", "vow pledge promise", "kill slay", "die perish", "crash collision",
    "fight battle", "blaze fire", "probe investigation inquiry", "policeman officer", "worldwide global",
    "annual yearly", "previous former", "head lead", "demand call",
)  # fmt: skip
#: Pairs of which one must not stand for the other.
_OPPOSITES: Final = (
    "rise fall", "increase decrease", "gain lose", "win lose", "accept reject", "approve reject", "support oppose",
    "raise lower", "raise cut", "up down", "higher lower", "high low", "more less", "more fewer", "before after",
    "allow ban", "guilty innocent", "legal illegal", "open close", "start end", "begin end", "succeed fail",
    "pass fail",
    "agree refuse", "admit deny", "confirm deny", "acquit convict", "arrest release", "buy sell", "hire fire",
    "join leave", "arrive leave", "enter leave", "live die", "kill save", "kill injure", "kill wound", "import export",
    "majority minority", "male female", "man woman", "son daughter", "husband wife", "north south", "east west",
    "northern southern", "eastern western", "left right", "first last", "early late", "earlier later", "best worst",
    "better worse", "large small", "big small", "strong weak", "strengthen weaken", "widen narrow", "grow shrink",
    "profit loss", "surplus deficit", "creditor debtor", "plaintiff defendant", "acquit sentence", "love hate",
    "praise criticize", "attack defend", "climb drop", "climb fall", "rise drop", "surge plunge", "jump drop",
    "rise slip", "gain fall", "improve worsen",
    "positive negative", "public private", "minimum maximum", "least most", "inside outside", "above below",
    "upheld overturned", "uphold overturn", "impose lift", "brother sister", "mother father", "boy girl", "true false",
    "all none", "always never", "same different", "include exclude", "present absent", "permit forbid",
    "safe dangerous",
)  # fmt: skip
OPPOSITES: Final = tuple(tuple(pair.split()) for pair in _OPPOSITES)
