"""The words that tell what a figure is of: verbs and nouns of change, of level, of fate, of saying; written for this
project from the reading of news of 2010-2025. English.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal

Direction = Literal["up", "down"]


def inflect(verbs: str) -> dict[str, str]:
    """Give every form of verbs as a dictionary writes them, with its base form.

    A star asks for the last letter twice ("drop*": "dropped"); irregular forms stand after the verb, parted by slashes.
    """
    forms: dict[str, str] = {}
    for entry in verbs.split():
        verb, *irregular = entry.split("/")
        base = verb.removesuffix("*")
        stem = base + base[-1] if verb.endswith("*") else base
        short = base[:-1] if base.endswith("e") and not base.endswith("ee") else stem
        soft = base.endswith("y") and base[-2] not in "aeou"
        past = base[:-1] + "ied" if soft else short + "ed"
        third = base[:-1] + "ies" if soft else base + ("es" if base.endswith(("s", "sh", "ch", "x", "z")) else "s")
        for form in (base, third, short + "ing", *(irregular or [past])):
            forms[form] = base
    return forms


def _directed(up: Iterable[str], down: Iterable[str]) -> dict[str, Direction]:
    return {**dict.fromkeys(up, "up"), **dict.fromkeys(down, "down")}


#: Verbs of change whose subject changes, though some take an object as well ("cut rates").
CHANGE_VERBS: Final = _directed(
    inflect(
        "rise/rose/risen climb jump surge soar grow/grew/grown increase gain swell/swelled/swollen rebound spike "
        "advance expand accelerate edge skyrocket balloon widen strengthen improve leap/leapt/leaped rally double "
        "triple quadruple mount rocket appreciate bounce explode inch escalate intensify"
    ),
    inflect(
        "fall/fell/fallen drop* decline decrease plunge plummet slide/slid slip* tumble sink/sank/sunk "
        "shrink/shrank/shrunk contract dip* ease slump weaken narrow crash dwindle slow retreat halve depreciate "
        "collapse recede dive/dove/dived diminish wane shed cool nosedive subside"
    ),
)  # fmt: skip
#: Verbs of change done to an object: "raised rates by", "slashed its forecast to".
MOVING_VERBS: Final = _directed(
    inflect("raise hike boost lift increase expand double triple add up* bump widen push grow/grew/grown"),
    inflect(
        "cut*/cut reduce lower slash trim* halve shed*/shed lose/lost shave slow drop* cap* narrow curb "
        "decrease downgrade axe eliminate"
    ),
)  # fmt: skip
#: "up 3 %", "3 % higher".
CHANGE_ADVERBS: Final = _directed(("up", "higher", "more"), ("down", "lower", "off", "less", "fewer"))
CHANGE_NOUNS: Final = _directed(
    (noun + s for noun in "rise climb jump surge growth increase gain rebound spike advance expansion hike raise leap "
     "rally upswing uptick acceleration boost appreciation".split() for s in ("", "s")),
    (noun + s for noun in "fall drop decline decrease plunge slide slip tumble slump contraction dip reduction "
    "cut loss "
     "shrinkage downturn retreat crash depreciation slowdown cutback".split() for s in ("", "s", "es")),
)  # fmt: skip
#: Nouns of change that often are what is measured themselves: "tax cut", "GDP growth", "a loss of $3 billion".
MEASURED_CHANGES: Final = frozenset("growth loss losses gain gains cut cuts raise".split())

#: "stood at 4 %", "was 4 %", "hit 4 %": what stands before them is at that level.
LEVEL_VERBS: Final = frozenset(
    "is was are were be been remain remains remained hold holds held holding stand stands stood reach reached "
    "reaches reaching hit hits hitting total totaled totals totalled totaling totalling average averaged averages "
    "averaging exceed exceeds exceeded surpass surpasses surpassed surpassing top topped tops topping near nears "
    "neared approached amount amounts amounted amounting equal equals equaled came comes come peaked number numbered "
    "numbers touched crossed passed stays stayed became measured ran runs registered settled closed ended finished "
    "opened".split()
)  # fmt: skip
#: Verbs whose object, in money, is named by the verb; base form to measure.
MONEY_VERBS: Final = {
    form: {"sell": "price", "buy": "price", "price": "price", "spend": "spending", "earn": "earning",
           "value": "value", "fetch": "price", "fine": "fine", "cost": "cost", "pay": "payment", "owe": "debt",
           "invest": "investment", "donate": "donation", "raise": "raised", "lose": "loss", "borrow": "debt",
           "charge": "charge", "allocate": "funding", "offer": "offer", "award": "award", "bid": "bid"}[base]
    for form, base in inflect(
        "sell/sold buy/bought price spend/spent earn value fetch fine cost/cost pay/paid owe invest donate raise "
        "lose/lost borrow charge allocate offer award bid*/bid"
    ).items()
} | {"worth": "value"}  # fmt: skip
#: What happens to people and things that are counted, in one spelling.
FATES: Final = {
    word: fate
    for fate, words in {
        "killed": "killed kill kills killing dead died die dies dying deaths death fatalities fatality slain lives "
        "massacred drowned perished perish murdered",
        "injured": "injured injure injures injuring wounded wound wounds wounding hurt injuries injury",
        "missing": "missing unaccounted",
        "arrested": "arrested arrest arrests arresting detained detain detaining detains detentions",
        "displaced": "displaced displacing displaces homeless",
        "evacuated": "evacuated evacuate evacuating evacuates evacuations",
        "infected": "infected infecting infects infections infection contracted",
        "hospitalised": "hospitalized hospitalised hospitalizations hospitalisations",
        "vaccinated": "vaccinated vaccinating inoculated immunized",
        "rescued": "rescued rescuing rescue rescues",
        "freed": "freed freeing released releasing",
        "taken": "kidnapped abducted hostage hostages captured",
        "destroyed": "destroyed destroying destroys destroy razed", "damaged": "damaged damaging damages",
        "charged": "charged charging indicted", "convicted": "convicted", "stranded": "stranded stranding",
        "trapped": "trapped trapping", "fired": "fired firing sacked dismissed", "attended": "attended attend "
        "attending",
        "protesting": "protested protesting rallied marched", "affected": "affected affecting affects affect",
        "sold": "sold sells selling", "produced": "produced produces producing built",
        "recalled": "recalled recall recalls recalling", "employed": "employs employ employed employing",
        "hired": "hired hiring hire", "deployed": "deployed deploying deploy", "deported": "deported deporting",
    }.items()
    for word in words.split()
}  # fmt: skip
#: Between a count and its fate, or between a verb and its figure, these may stand.
LIGHT: Final = frozenset(
    "a an the another some additional further extra as much more many than about around nearly almost roughly "
    "approximately over under only just at least most up down to by of its their his her our another other others "
    "were was are is been be being have has had had also who that were's still reported reportedly feared confirmed "
    "believed currently so far now least well all total combined average estimated record whopping massive "
    "staggering left close more-than one".split()
)  # fmt: skip
AUXILIARIES: Final = frozenset(
    "have has had is are was were be been being will would could may might can should must did does do to not n't "
    "didn't doesn't don't hasn't haven't hadn't won't wouldn't couldn't isn't wasn't aren't weren't set due likely "
    "unlikely expected forecast projected predicted estimated seen poised about going also still then now only just "
    "again even since expects expect already too further either never yet all both have've reportedly continue "
    "continued continues began started helped used".split()
)  # fmt: skip
PREPOSITIONS: Final = frozenset(
    "of to in from for by on at with between among across than as into under over during through within per against "
    "about after before since despite amid around toward towards without near behind including versus via outside "
    "inside out off up down".split()
)
#: Where a clause ends, whatever came before has no hold on what comes after.
CLAUSE_WORDS: Final = frozenset(
    "that while whereas but although though because which who whose whom when if where as after before until unless "
    "whether since and or so yet what why how".split()
)
STOPS: Final = frozenset((";", ":", "—", "–", "!", "?", "(", ")", "[", "]", '"', "“", "”", "|", "•", "…"))
DETERMINERS: Final = frozenset(
    "the a an this that these those its their his her our my your some any each every all both no such another".split()
)
PRONOUNS: Final = frozenset(
    "it they he she we i you them him us one ones others there which who that this these those".split()
)
#: Said of a measure without making it another one.
NEUTRAL: Final = frozenset(
    "total overall annual yearly monthly quarterly weekly daily average official latest new estimated reported "
    "combined current initial recent first second third fourth fifth full final last next same additional extra "
    "further record possible potential expected projected proposed planned massive huge big large small sharp modest "
    "sweeping broad historic so-called roughly nearly about almost bipartisan one-time early early-stage special "
    "whopping staggering mere new original country's nation's company's state's city's whole entire very only other "
    "worst biggest largest highest lowest sharpest steepest previous prior month's year's quarter's week's today's "
    "separate temporary respective own higher lower up down".split()
)  # fmt: skip
#: Verbs of saying, for who says it.
SAYING: Final = frozenset(
    "said says say saying reported reports report told tells announced announces announce added adds estimated "
    "estimates estimate stated states claimed claims claim confirmed confirms showed shows show revealed reveals "
    "wrote writes predicted predicts predict warned warns forecast forecasts projected projects project expects "
    "expect noted notes found finds believe believes believed acknowledged testified tweeted argued suggested "
    "suggests suggest indicated indicates concluded alleged alleges insisted denied declared disclosed calculated "
    "calculates".split()
)  # fmt: skip
#: What a figure in hundredths is a part of: "accounts for 38 percent of".
SHARE_VERBS: Final = frozenset(
    "account accounts accounted accounting represent represents represented make makes made making comprise comprises "
    "comprised own owns owned hold holds held holding control controls controlled constitute constitutes constituted "
    "won win wins received".split()
)  # fmt: skip
