"""The closed list of opposites that news is told in, and verbs whose roles cannot be exchanged. English."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import Final

from summarizer.opposition.synonyms import one_acts
from summarizer.opposition.wording import word_key
from summarizer.terms import stem

#: Acts and states of which only one can hold: each line has two poles, and any word of the one opposes any of the
#: other. ``strike_down`` is a verb with its particle.
_EXCLUSIVE: Final = """
accept embrace | reject refuse decline spurn turn_down
approve pass adopt ratify enact clear | reject block defeat veto scrap vote_down shelve
endorse back support favour | oppose reject condemn vote_down
sign | veto
support back | oppose
confirm acknowledge admit concede | deny refute
win | lose
succeed | fail
pass | fail
uphold affirm | overturn reverse strike_down quash void annul invalidate throw_out
convict | acquit clear exonerate
guilty | innocent acquitted cleared exonerated
alive | dead
survive | die perish succumb
collapse buckle | withstand
kill | spare
legal constitutional | illegal unconstitutional
true accurate correct genuine authentic | false inaccurate untrue fake fabricated
valid | invalid
safe | unsafe dangerous
agree | refuse decline disagree
comply obey | defy flout
allow permit authorise authorize let | ban bar prohibit forbid block outlaw
grant | deny refuse withhold
increase raise hike boost | cut reduce lower slash decrease trim
rise climb grow gain jump surge soar rally advance | fall drop decline slip plunge slide tumble dip shrink sink
strengthen | weaken
widen | narrow
improve | worsen deteriorate
accelerate quicken | slow
expand | contract shrink
extend prolong renew | end terminate expire
survive | kill
back support endorse approve | vote_against
oppose reject | vote_for
finish complete | abandon
attend | stay_away absent
participate | absent
continue | break_down
hold | collapse burst crumble break_down
defuse | explode detonate go_off
keep retain | return
hit strike | miss
safe | unfit
keep retain maintain | abandon scrap drop ditch discard
stay remain | leave depart quit exit resign
include | exclude omit
present | absent
find locate | miss
remember | forget
believe trust | doubt distrust
praise applaud welcome | denounce criticise criticize condemn
buy purchase | sell
hit | miss
attend | skip boycott
win_over | alienate
cooperate | stonewall
disclose reveal publish release | withhold conceal hide
consider | rule_out
recommend | discourage
encourage | discourage
exceed beat top | miss
arm | disarm
honour keep respect | violate breach break
meet satisfy | miss
cause | prevent
start_fire | douse
obey | disobey
intentional deliberate | accidental unintentional
armed | unarmed
sober | drunk
conscious | unconscious
male | female
stable | critical
married | single divorced
solvent | bankrupt insolvent
voluntary | forced
high higher | low lower
effective | ineffective
possible | impossible
likely | unlikely
successful | unsuccessful
complete | incomplete
reliable | unreliable
fair | unfair
drop dismiss | uphold
play | miss
unanimous | divided split
attend take_part participate | boycott skip
land | crash
work function | fail malfunction break_down
successful succeed | fail collapse unsuccessful break_down
vote_for | vote_against
spare save | destroy
fit | unfit injured
known | unknown
aware | unaware
able | unable
available | unavailable
certain | uncertain
lawful | unlawful
legitimate | illegitimate
eligible | ineligible
injured hurt wounded damaged | unhurt unharmed unscathed uninjured undamaged intact
stable | unstable
visible | invisible
competent | incompetent
sufficient adequate | insufficient inadequate
licensed registered | unlicensed unregistered
insured | uninsured
vaccinated | unvaccinated
manned | unmanned
satisfied | dissatisfied
willing | unwilling reluctant
necessary | unnecessary
asleep | awake
keep retain | lose
public | secret
permanent | temporary
peaceful | violent
full | empty
solve | unsolved
identify | unidentified
strong | weak
wet | dry
early | late
drown | survive
arrive come | skip
help | hinder
clean | polluted contaminated
real | fake
original | forged
minor slight | serious severe
temporary | permanent
sane | insane
hot | cold
profitable | unprofitable
popular | unpopular
expected | unexpected
justified | unjustified
proven | unproven
healthy | ill sick
"""
#: Acts that undo one another: a story may well have both, one after the other.
_REVERSIBLE: Final = """
arrest detain jail imprison capture | release free
hold detain | release free
open reopen | close shut shutter shut_down
start begin launch commence open | end finish conclude stop halt cease
suspend halt pause postpone cancel call_off interrupt | resume restart continue
lift revoke repeal rescind | uphold
impose introduce reinstate | lift remove repeal revoke rescind scrap
hire appoint | fire sack dismiss oust
join enter | leave quit exit
deploy send dispatch | withdraw pull_out recall
enter invade | withdraw retreat
ban outlaw | legalise legalize
activate enable | deactivate disable
evacuate | return
lock | unlock
freeze | unfreeze thaw
block close | unblock clear reopen
seize capture | lose surrender
restore reconnect | cut
file | drop withdraw
accuse charge indict | clear exonerate
promote | demote
marry | divorce
strike walk_out | return
escalate intensify | ease abate
tighten | loosen ease relax
invite | disinvite
recognise recognize | derecognise
subscribe | cancel
continue | end stop halt cease finish
go_ahead take_place proceed | cancel call_off postpone scrap
"""
PARTICLES: Final = frozenset("down out off up over part place ahead away".split())
#: What is done to something behind a preposition: "took part in the vote".
GOVERNING: Final = {
    "take_part": "in", "particip": "in", "go_ahead": "with", "proceed": "with", "vote_for": "for",
    "vote_against": "against", "stay_away": "from",
}  # fmt: skip
#: Verbs whose two roles cannot be exchanged: of "A beat B" and "B beat A" one is wrong.
ONE_WAY: Final = tuple(map(word_key, "beat defeat thrash trounce buy overtake outpoll eliminate inherit".split()))
#: Verbs whose roles may be, in two acts: only of one and the same matter are two such sentences opposed.
TWO_WAY: Final = tuple(map(word_key, "sue outbid accuse attack invade betray cheat ram overrule blackmail".split()))
#: Verbs of which both roles are one: who met somebody was met.
RECIPROCAL: Final = frozenset(map(word_key, "meet marry divorce face debate wed".split()))
EXCHANGED: Final = frozenset((*ONE_WAY, *TWO_WAY))


@cache
def poles() -> dict[str, tuple[tuple[int, int], ...]]:
    """Give for each word, by its key, the pairs it is in, as (number of the pair, 1 or -1)."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, line in enumerate((_EXCLUSIVE + _REVERSIBLE).split("\n")):
        for sign, side in zip((1, -1), line.split("|"), strict=False):
            for word in side.split():
                verb, _, particle = word.partition("_")
                key = word_key(verb) + ("_" + particle if particle else "")
                found[key].append((number, sign))
    return {key: tuple(dict.fromkeys(pairs)) for key, pairs in found.items()}


@cache
def raw_stems() -> dict[str, str]:
    """Give the key of each word of the list by its stem as it is spelt."""
    words = {word.partition("_")[0] for word in (_EXCLUSIVE + _REVERSIBLE).replace("|", " ").split()}
    return {stem(word): word_key(word) for word in sorted(words)}


@cache
def particled() -> frozenset[str]:
    """Give the verbs that are another verb with their particle: "turn_down"."""
    return frozenset(key for key in (*poles(), *one_acts()) if "_" in key)


def is_reversible(pair: int) -> bool:
    """Tell whether the two poles of a pair may both be true of one story, one after the other."""
    return pair >= _EXCLUSIVE.count("\n")


@cache
def opposites(key: str) -> tuple[str, ...]:
    """Give the words that oppose a word, in the order of the list."""
    return tuple(other for other in poles() if opposed_poles(key, other) is not None)


@cache
def opposed_poles(a: str, b: str) -> int | None:
    """Give the number of a pair in which two words stand on different sides, an exclusive one first."""
    table = poles()
    theirs = dict.fromkeys(table.get(b, ()))
    return next((number for number, sign in table.get(a, ()) if (number, -sign) in theirs), None)
