"""Whether two claims of two articles deny one another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from summarizer.opposition.antonyms import EXCHANGED, RECIPROCAL, TWO_WAY, is_reversible, opposed_poles
from summarizer.opposition.claims import Claim
from summarizer.opposition.phrases import WHERE, Phrase, contrasted, same_phrase, titles
from summarizer.opposition.reading import Reading, same_time
from summarizer.opposition.synonyms import one_acts
from summarizer.opposition.wording import word_key

#: Of the words behind a denied predicate so many, or such a share, may be missing in what states it.
_MISSING, _MISSING_SHARE = 1, 0.34
#: Words beside the predicate that both must have, unless a claim has fewer.
_SHARED: Final = 2
#: Behind these a sentence tells what was before: "reopened after being closed", "the road, which was closed".
_FORMER: Final = frozenset("after having once following which who previously".split())
#: So many tokens before the word for it.
_FORMER_REACH: Final = 4
#: What tells that a state goes on, so that an end of it is denied.
_LASTING: Final = frozenset("still remains remain remained stays stay stayed is are has have keeps kept".split())
#: Acts that presuppose the state that they end, and how long such a state lasted.
_ENDING: Final = frozenset(
    map(word_key, "reopen resume restart release free lift reconnect restore unblock reinstate unlock unfreeze".split())
)
#: What one bought another sold.
_TRADE: Final = frozenset(map(word_key, ("buy", "sell")))
_OTHERS: Final = frozenset("next previous earlier another other second third".split())
_OFF: Final = frozenset((word_key("cancel"), "call_off", word_key("scrap"), word_key("postpone")))
_VERDICTS: Final = frozenset(map(word_key, "guilty innocent convict acquit clear exonerate".split()))
_CHARGES: Final = frozenset(map(word_key, "charge count accuse".split()))
#: For whom something is open or shut, where that tells nothing.
_EVERYBODY: Final = frozenset(map(word_key, "traffic vehicles cars motorists public visitors everyone all".split()))
_words: Final = re.compile(r"[a-z]+").findall
_GOING_ON: Final = frozenset("stay remain keep".split())
_PAST: Final = frozenset("was were had".split())
_SPAN: Final = re.compile(
    r"\bfor (?:(?:about|around|over|nearly|almost|some|more than|less than|at least|up to) )?"
    r"(?:an?|half an|[0-9]+|[a-z]+) (?:minutes?|hours?|days?|nights?|weeks?|months?|years?)\b"
    r"|\b(?:briefly|temporarily)\b",
    re.IGNORECASE,
)
_SURVIVE, _KILL, _ABSENT = map(word_key, ("survive", "kill", "absent"))
#: Words that say little without what follows them: barred from voting, allowed to leave.
_COMPLETED: Final = frozenset(
    map(
        word_key,
        "allow permit authorise let ban bar prohibit forbid block agree refuse decline fail succeed able unable "
        "willing unwilling likely unlikely guilty innocent convict acquit clear".split(),
    )
)


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """A claim in its place.

    :param number: the sentence.
    :param claim: what it states or denies.
    :param reading: the sentence as it was read.
    :param before: words of the sentence before, in which a pronoun finds its name.
    """

    number: int
    claim: Claim
    reading: Reading
    before: frozenset[str]


def find_ground(a: Told, b: Told) -> str | None:
    """Say what opposes two claims, or None where nothing does for sure.

    :return: why, in words: which predicate is denied, or which two words are opposites.
    """
    mine, theirs = a.claim, b.claim
    if mine.key == theirs.key and not (mine.denied or theirs.denied):
        return _exchange(a, b) if mine.key in EXCHANGED else None
    ground = _ground(a, b)
    if ground is None or _sure(mine, theirs) != _sure(theirs, mine) or not same_time(a.reading, b.reading):
        return None
    if any(
        one.claim.denied and one.claim.shift != other.claim.shift for one, other in ((a, b), (b, a)) if one.claim.shift
    ):
        return None
    if mine.anybody or theirs.anybody:
        denying, stating = (a, b) if mine.anybody else (b, a)
        return ground if _somebody(denying, stating) and not _in_another_turn(a, b) else None
    if any(_partial(one) or _denies_all(one) for one in (mine, theirs)) or contrasted(mine.told, theirs.told):
        return None
    if not _same_roles(a, b) or _on_another_charge(a, b):
        return None
    if mine.denied != theirs.denied:
        denying, stating = (a, b) if mine.denied else (b, a)
        if not _holds_all(denying, stating) or _of_another(denying, stating) or _in_another_turn(a, b):
            return None
    elif not _same_rest(a, b):
        return None
    shared = mine.told & theirs.told
    if mine.theme.pronoun or theirs.theme.pronoun or mine.agent.pronoun or theirs.agent.pronoun:
        shared |= a.reading.names & b.reading.names
    return ground if shared and len(shared) >= min(_SHARED, len(mine.told), len(theirs.told)) else None


def _ground(one: Told, other: Told) -> str | None:
    a, b = one.claim, other.claim
    if a.denied != b.denied:
        denied, stated = (a, b) if a.denied else (b, a)
        if denied.key == stated.key:
            return f"“{stated.word}” is stated and denied"
        named = f"“{stated.word}” is stated, and “{denied.word}” denied"
        return named if stated.key in one_acts().get(denied.key, ()) else None
    if a.denied:
        return None
    pair = opposed_poles(a.key, b.key)
    if pair is None:
        return None
    if any(_is_over_again(*told) for told in ((one, other), (other, one))):
        return None
    if is_reversible(pair) and not (_stays(one) or _stays(other)):
        if not _one_time(one.reading, other.reading) or _in_turn(one, other):
            return None
    first, second = sorted((a.word, b.word))
    return f"“{first}” and “{second}” are opposites"


def _exchange(a: Told, b: Told) -> str | None:
    """Say that two names changed places beside a verb: one of the claims cannot be so."""
    mine, theirs = a.claim, b.claim
    names = a.reading.names | b.reading.names
    actor, suffering = names.intersection(mine.agent.keys), names.intersection(mine.theme.keys)
    crossed = actor.intersection(theirs.theme.keys) and suffering.intersection(theirs.agent.keys)
    if not crossed or not actor.isdisjoint((*theirs.agent.keys, *mine.theme.keys)):
        return None
    if mine.mood != theirs.mood or not same_time(a.reading, b.reading) or not _one_time(a.reading, b.reading):
        return None
    if mine.rest - b.reading.content and theirs.rest - a.reading.content:
        return None
    if mine.key in TWO_WAY and (mine.rest != theirs.rest or not mine.rest):
        return None
    return f"who did and who suffered “{mine.word}” change places"


def _one_time(a: Reading, b: Reading) -> bool:
    """Tell whether two sentences name the same days and months, or none: a road is closed, then opened."""
    return all(a.times[kind] == b.times[kind] for kind in ("day", "month"))


def _in_turn(one: Told, other: Told) -> bool:
    """Tell whether one of two states that undo one another is told as over: closed for six hours, and open again."""
    return any(
        not _lasts(then) and (_tells_before(now, then.claim.key) or (now.claim.key in _ENDING and _is_over(then)))
        for now, then in ((one, other), (other, one))
    )


def _is_over_again(now: Told, then: Told) -> bool:
    """Tell "is safe again" from "was unsafe"."""
    mine, theirs = (_words(told.reading.text[told.claim.start : told.claim.end].lower()) for told in (now, then))
    return "again" in mine and not _PAST.isdisjoint(theirs)


def _stays(told: Told) -> bool:
    """Tell a state that will go on: "will stay open"."""
    claim = told.claim
    words = _words(told.reading.text[claim.start : claim.end].lower())
    return claim.mood == "future" and not claim.denied and not _GOING_ON.isdisjoint(words)


def _lasts(told: Told) -> bool:
    """Tell a state that goes on: "is still closed", "has been closed for six hours"."""
    return not _LASTING.isdisjoint(told.reading.text[told.claim.start : told.claim.end].lower().split())


def _is_over(told: Told) -> bool:
    """Tell a state that is told with its whole length: "was closed for six hours"."""
    return _SPAN.search(told.reading.text[told.claim.start : told.claim.end]) is not None


def _tells_before(told: Told, key: str) -> bool:
    """Tell whether a sentence names the other state as what was before."""
    reading = told.reading
    return any(
        meant == key and not _FORMER.isdisjoint(reading.lows[max(0, at - _FORMER_REACH) : at])
        for at, meant in enumerate(reading.meant)
    )


def _partial(claim: Claim) -> bool:
    return claim.agent.partial or claim.theme.partial


def _sure(claim: Claim, other: Claim) -> str:
    """Give how sure a claim is: what was decided will be done, and what was called off will not."""
    called_off = claim.key in _OFF and claim.mood == "fact" and other.mood == "future" and not other.denied
    return "future" if claim.mood == "decide" or called_off else claim.mood


def _denies_all(claim: Claim) -> bool:
    """Tell "did not sign all of the letters", which leaves it open that some were."""
    return claim.denied and (claim.agent.every or claim.theme.every)


def _somebody(denying: Told, stating: Told) -> bool:
    """Tell whether somebody did or suffered what is denied of everybody."""
    claim = denying.claim
    wanted = claim.rest.union(claim.theme.keys, claim.agent.keys)
    told = stating.reading.content
    has_subject = bool(stating.claim.theme.keys or stating.claim.agent.keys)
    return has_subject and wanted <= told and not stating.claim.denied and not contrasted(wanted, stating.claim.told)


def _same_roles(a: Told, b: Told) -> bool:
    """Tell whether both claims are of the same matter and, where both say so, of the same actor."""
    mine, theirs = a.claim, b.claim
    if _same(a, mine.theme, b, theirs.theme):
        agents = mine.agent, theirs.agent
        if {mine.key, theirs.key} == _TRADE and not all(one.keys for one in agents):
            return False
        return not all(one.keys or one.pronoun for one in agents) or _same(a, agents[0], b, agents[1])
    if mine.key in RECIPROCAL and mine.key == theirs.key and _same(a, mine.agent, b, theirs.theme):
        return _same(a, mine.theme, b, theirs.agent)
    # "the captain survived the sinking" against "the sinking killed its captain"
    for one, other in ((a, b), (b, a)):
        if one.claim.key == _SURVIVE and other.claim.key == _KILL and one.claim.voice == "active":
            return _same(one, one.claim.agent, other, other.claim.theme)
    # "Smith won" against "Smith lost the election"
    for one, other, phrase, actor in ((a, b, mine.theme, theirs.agent), (b, a, theirs.theme, mine.agent)):
        alone = one.claim.voice == "none" or one.claim.key == _ABSENT
        if alone and other.claim.voice == "active" and _same(one, phrase, other, actor):
            return bool(phrase.names) or one.claim.denied
    return False


def _same(a: Told, one: Phrase, b: Told, other: Phrase) -> bool:
    """Tell whether two phrases mean one thing; a pronoun means a name in its sentence or the one before."""
    if one.pronoun and other.pronoun:
        return one.pronoun == other.pronoun and bool(a.reading.names & b.reading.names)
    if one.pronoun or other.pronoun:
        phrase, told = (other, a) if one.pronoun else (one, b)
        own = told.reading.content - set(told.claim.told)
        return bool(phrase.head) and (
            phrase.head in own or (phrase.head in phrase.names and phrase.head in told.before)
        )
    for phrase, name, told in ((one, other, a), (other, one, b)):
        if phrase.owned and not name.owned:
            known = told.reading.content | told.before
            if not set(name.keys) <= known:
                return False
    return same_phrase(one, other) or _by_title(one, other, a) or _by_title(other, one, b)


def _by_title(title: Phrase, named: Phrase, told: Told) -> bool:
    """Tell "the mayor" of a sentence that names the one who is meant, or stands behind one that does."""
    return (
        len(title.keys) == 1
        and title.head in titles() & set(named.keys)
        and not named.names.isdisjoint(told.reading.content | told.before)
    )


def _holds_all(denying: Told, stating: Told) -> bool:
    """Tell whether what is denied is no more than what is stated: who did not do it by force may have done it."""
    claim = denying.claim
    told = stating.reading.content | stating.before
    theme = set(claim.theme.keys) - told
    missing = [key for key in sorted(claim.rest) if key not in told]
    if theme and claim.theme.head not in claim.theme.names:
        return False
    if missing and any(key in denying.reading.names for key in missing):
        return False
    if any(key[0].isdecimal() for key in (*theme, *missing)):
        return False
    return len(missing) <= max(_MISSING, _MISSING_SHARE * len(claim.rest))


def _same_rest(a: Told, b: Told) -> bool:
    """Tell whether what else two opposite claims say goes together: no other name, no other number."""
    mine, theirs = a.claim.rest - b.reading.content, b.claim.rest - a.reading.content
    named = a.claim.told & a.reading.names - b.reading.content, b.claim.told & b.reading.names - a.reading.content
    if all(named):
        return False
    to_do = all(any(word == "to" for word, _ in claim.links) for claim in (a.claim, b.claim))
    if (to_do or a.claim.key in _COMPLETED) and mine and theirs:
        return False
    return not (_counts(mine) and _counts(theirs)) and not _linked_apart(a.claim, b.claim)


def _in_another_turn(a: Told, b: Told) -> bool:
    """Tell "did not stop at the station" from "stopped at the next station"."""
    return bool((a.reading.times["order"] ^ b.reading.times["order"]) & _OTHERS)


def _of_another(a: Told, b: Told) -> bool:
    """Tell whether what hangs on one preposition is another thing: each has a word of its own, both have no name."""
    mine, theirs = dict(reversed(a.claim.links)), dict(reversed(b.claim.links))
    names = a.reading.names & b.reading.names
    return any(
        bool(keys - b.reading.content and theirs[word] - a.reading.content) and names.isdisjoint(keys & theirs[word])
        for word, keys in mine.items()
        if word in theirs
    )


def _on_another_charge(a: Told, b: Told) -> bool:
    """Tell "guilty of bribery" from "on the charge of perjury, not guilty"."""
    return any(
        one.claim.key in _VERDICTS
        and not _CHARGES.isdisjoint(other.reading.content)
        and any(word == "of" and keys.isdisjoint(other.reading.content) for word, keys in one.claim.links)
        for one, other in ((a, b), (b, a))
    )


def _linked_apart(a: Claim, b: Claim) -> bool:
    """Tell whether the two have something else behind one preposition: convicted of fraud, acquitted of murder."""
    mine, theirs = (next((link for link in claim.links if link[0] != WHERE), None) for claim in (a, b))
    if mine is None or theirs is None or mine[0] != theirs[0]:
        return False
    return mine[1].isdisjoint(theirs[1]) and not (mine[1] <= _EVERYBODY and theirs[1] <= _EVERYBODY)


def _counts(keys: frozenset[str]) -> bool:
    return any(key[0].isdecimal() for key in keys)
