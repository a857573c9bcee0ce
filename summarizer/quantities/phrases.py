"""Noun phrases: what is measured and whose it is, in "China's exports to the United States"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from summarizer.quantities.quantity import Span
from summarizer.quantities.scene import Scene, actor_name, singular
from summarizer.quantities.words import (
    AUXILIARIES,
    CHANGE_NOUNS,
    CHANGE_VERBS,
    CLAUSE_WORDS,
    DETERMINERS,
    FATES,
    LEVEL_VERBS,
    NEUTRAL,
    PREPOSITIONS,
    PRONOUNS,
    SAYING,
)

#: "the number of deaths" measures deaths, "the price of oil" the oil price.
_COUNTING: Final = frozenset("number amount total tally sum volume value count list pace majority".split())
_OF_HEADS: Final = frozenset(
    "rate price cost value share percentage proportion level volume sale export import shipment production output "
    "supply loss stock purchase growth spread reserve use consumption toll".split()
)
#: One thing under several names.
_SAME: Final = {
    "jobless rate": "unemployment rate", "unemployment": "unemployment rate", "joblessness": "unemployment rate",
    "death toll": "killed", "toll": "killed", "death": "killed", "fatality": "killed", "casualty": "casualty",
    "deaths": "killed", "duty": "tariff", "levy": "tariff", "import tariff": "tariff", "import duty": "tariff",
    "tariff rate": "tariff", "gross domestic product": "gdp", "domestic product": "gdp", "economic growth":
    "gdp growth",
    "growth": "gdp growth", "economy": "gdp", "economic output": "gdp", "consumer price": "consumer price",
    "inflation rate": "inflation", "consumer inflation": "inflation", "headline inflation": "inflation",
    "consumer price index": "consumer price", "price index": "consumer price", "cpi": "consumer price",
    "share price": "share", "stock": "share", "stock price": "share", "dead": "killed", "injury": "injured",
    "net income": "profit", "net profit": "profit", "earning": "profit", "revenue": "revenue", "turnover": "revenue",
    "arrest": "arrested", "infection": "infected", "hospitalization": "hospitalised", "job loss": "job",
    "effective": "efficacy", "effectiveness": "efficacy", "efficacy rate": "efficacy", "covid case": "case",
    "unemployment claim": "jobless claim", "initial claim": "jobless claim", "initial jobless claim": "jobless claim",
    "unemployment benefit claim": "jobless claim", "nonfarm payroll": "job", "interest": "interest rate",
    "payroll": "job", "wounded": "injured", "evacuation": "evacuated",
}  # fmt: skip
_INITIALS: Final = frozenset("gdp cpi ppi pmi".split())
_OWNERS: Final = frozenset("of in from for at by across within among".split())
_PARTNERS: Final = frozenset("to with on against into between".split())
_SUPPOSED: Final = frozenset("forecast estimate target projection outlook goal".split())
#: Words that cannot be the head of what is measured.
_EMPTY: Final = frozenset(
    "year years month months week weeks day days hour hours quarter quarters time times people today yesterday "
    "tomorrow way thing things s t re percent per cent sign part much many more half decade century night morning "
    "evening afternoon average rest other others least most first second third last next figure figures number "
    "numbers monday tuesday wednesday thursday friday saturday sunday pm a.m. p.m. fact result end course example "
    "instance case-by-case point points percentage high low record total amount".split()
)


#: Verbs that stand before what is measured, as its qualifiers do.
_VERBS: Final = frozenset(
    "put puts putting caused cause causes causing have has had having saw see sees seeing post posts posting make "
    "makes made making face faces facing impose imposes imposing set sets setting give gives gave giving take takes "
    "took taking get gets got getting show shows showing include includes including use uses using hit hits keep "
    "keeps kept keeping bring brings brought bringing pay pays paid paying spend spends spent earn earns cost costs "
    "costing want wants need needs offer offers offering find finds found finding hold holds held holding seek seeks "
    "sought seeking approve approves approving pass passes passing raise raises raising cut cuts cutting reduce "
    "reduces reducing lower lowers lowering increase increases increasing slash slashes slashing buy buys bought "
    "buying sell sells sold selling win wins won winning lose loses lost losing sign signs signing slap slaps levy "
    "levies levying threaten threatens threatening send sends sent sending leave leaves left leaving expect expects "
    "report reports reporting issue issues issuing build builds built building provide provides providing add adds "
    "adding run runs ran running produce produces boost boosts lift lifts leaving think thinks let lets end ends "
    "start starts went go goes call calls calling".split()
)


_NOUN_VERBS: Final = frozenset("cost offer want need report win tax use sign call run start end build".split()) - {
    "start",
    "end",
    "want",
}
_NO_NOUNS: Final = _VERBS - CHANGE_NOUNS.keys() - _NOUN_VERBS
GERUNDS: Final = frozenset(
    "painting spending funding financing holding offering rating building reading swing housing shipping "
    "manufacturing borrowing lending advertising listing crossing fighting bombing shooting hiring gaming trading "
    "turnout swing".split()
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a noun phrase names.

    :param measure: what is measured; None when the phrase names none.
    :param entity: whose; with a partner "china to usa", or the partner alone, "to usa".
    """

    measure: Span | None
    entity: Span | None


def read_phrase(scene: Scene, first: int, end: int, *, head: int | None = None, forward: bool = False) -> Phrase:
    """Read what stands from one token to another as one noun phrase.

    :param head: its last noun where known, otherwise the last word before the first preposition.
    :param forward: the end is that of the clause, so that a verb may follow: "a fall in exports surprised analysts".
    """
    words = scene.words
    while first < end and (words[first] in DETERMINERS or words[first] in (",", "and", "but", "also")):
        first += 1
    if head is None:
        cut = next((at for at in range(first + 1, end) if words[at] in PREPOSITIONS or _is_participle(words, at)), end)
        cut = _verb_in(scene, first, cut) if forward else cut
        head = cut - 1
    else:
        cut = head + 1
        end = max(cut, _verb_in(scene, head, end))
    if not first <= head < end:
        return Phrase(None, None)
    entity = _entity(scene, first, head, cut, end)
    named = scene.is_name(head) and words[head] not in _INITIALS and singular(words[head]) not in _SAME
    if named:
        begin = head
        while begin > first and scene.is_name(begin - 1) and not words[begin - 1].endswith("'s"):
            begin -= 1
        name = actor_name(scene.tokens[begin].text if begin == head else " ".join(words[begin : head + 1]))
        whole = scene.span(name, begin, head + 1)
        return Phrase(whole, whole)
    return Phrase(_measure(scene, first, head, cut, end), entity)


def _verb_in(scene: Scene, first: int, end: int) -> int:
    """Give where the first word stands that can only be a verb after a noun, or the end."""
    for at in range(first + 1, end):
        word = scene.words[at]
        verb = (
            word in AUXILIARIES or word in LEVEL_VERBS or word in CHANGE_VERBS or word in SAYING or word.endswith("ed")
        )
        if word == "," or scene.owner[at] >= 0 or (verb and word not in CHANGE_NOUNS and not scene.is_name(at)):
            return at
    return end


def _is_participle(words: list[str], at: int) -> bool:
    """Tell "people applying for aid", "goods imported from": after a noun, a participle opens what qualifies it."""
    word = words[at]
    follows = words[at + 1] if at + 1 < len(words) else ""
    return len(word) > 5 and word.endswith(("ing", "ed")) and follows in PREPOSITIONS and word not in GERUNDS


def _measure(scene: Scene, first: int, head: int, cut: int, end: int) -> Span | None:
    """Name what the phrase with this head measures; None when the head can be no such thing."""
    words = scene.words
    noun = singular(words[head])
    if noun in _SUPPOSED:
        return _supposed(scene, first, head, cut, end)
    if not _is_noun(words[head], noun):
        return None
    begin, names = _qualifiers(scene, first, head)
    names.append(noun)
    if cut < end and words[cut] == "of" and (noun in _COUNTING or noun in _OF_HEADS):
        inner = _inner(scene, cut + 1, end)
        if inner is None and noun in _COUNTING:
            return None
        if inner is not None:
            of = inner.name if noun in _COUNTING else f"{inner.name} {noun}"
            return Span(_SAME.get(of, of), scene.tokens[begin].start, inner.end)
    if noun in _EMPTY or (noun in SAYING and noun not in ("claim", "project")):
        return None
    name = _SAME.get(" ".join(names), " ".join(names))
    if begin > first + 1 and words[begin - 1] == "and" and scene.owner[begin - 2] < 0:
        other = _measure(scene, first, begin - 2, begin - 1, begin - 1)
        if other is not None and other.end <= scene.tokens[begin - 1].start:
            return Span(" and ".join(sorted((other.name, name))), other.start, scene.tokens[head].end)
    return scene.span(name, begin, head + 1)


def _is_noun(word: str, noun: str) -> bool:
    """Tell whether a word can be what is measured, by its ending and by what it is known to be."""
    verbal = word.endswith("ed") or (word.endswith("ing") and word not in GERUNDS) or noun in _NO_NOUNS
    sound = noun[0].isalpha() and len(noun) > 2 and "'" not in noun
    return sound and not verbal and noun not in PRONOUNS and noun not in DETERMINERS and noun not in AUXILIARIES


def _qualifiers(scene: Scene, first: int, head: int) -> tuple[int, list[str]]:
    """Read the words before a noun that belong to it, and where they begin; three at most."""
    names: list[str] = []
    begin = head
    while begin > first and len(names) < 3 and scene.owner[begin - 1] < 0:
        word = scene.words[begin - 1]
        if word == "-" and begin - 2 >= first:
            begin -= 1
            continue
        if not _qualifies(scene, begin - 1):
            break
        begin -= 1
        if word not in NEUTRAL:
            names.insert(0, singular(word))
    return begin, names


def _supposed(scene: Scene, first: int, head: int, cut: int, end: int) -> Span | None:
    """Read "its growth forecast", "an estimate of the damage": what is supposed is what is measured."""
    before = scene.words[head - 1] if head > first else ""
    if before.isalpha() and before not in NEUTRAL and before not in DETERMINERS and not scene.is_name(head - 1):
        return _measure(scene, first, head - 1, head, head)
    return _inner(scene, cut + 1, end) if cut < end and scene.words[cut] in ("of", "for") else None


def _inner(scene: Scene, first: int, end: int) -> Span | None:
    """Read the phrase after "of", up to the next preposition."""
    words = scene.words
    while first < end and words[first] in DETERMINERS:
        first += 1
    stop = first
    if first + 3 < end and words[first + 1] in ("applying", "filing", "seeking", "claiming"):
        aid = next(
            (at for at in range(first + 2, min(end, first + 6)) if words[at] in ("benefits", "aid", "insurance")), 0
        )
        return scene.span("jobless claim", first + 1, aid + 1) if aid else None
    while (
        stop < end
        and words[stop] not in PREPOSITIONS
        and not (stop > first and _is_participle(words, stop))
        and words[stop][0].isalpha()
        and scene.owner[stop] < 0
    ):
        if stop > first and (words[stop] in AUXILIARIES or words[stop] in LEVEL_VERBS or words[stop] in FATES):
            break
        stop += 1
    if stop == first or scene.is_name(stop - 1):
        return None
    if stop < end and words[stop] in FATES:
        return scene.span(FATES[words[stop]], stop, stop + 1)
    return _measure(scene, first, stop - 1, stop, stop)


def _qualifies(scene: Scene, at: int) -> bool:
    """Tell whether a word before a noun can be part of what is measured."""
    word = scene.words[at]
    return (
        len(word) > 2
        and word.isalpha()
        and not word.endswith(("ly", "ed"))
        and word not in PREPOSITIONS
        and word not in SAYING
        and word not in _VERBS
        and word not in DETERMINERS
        and word not in AUXILIARIES
        and word not in PRONOUNS
        and word not in ("and", "or", "but", "that", "when", "while", "said", "says", "as", "if", "than")
        and (word not in CHANGE_VERBS or word in CHANGE_NOUNS)
        and (not scene.is_name(at) or word in _INITIALS)
    )


def _entity(scene: Scene, first: int, head: int, cut: int, end: int) -> Span | None:
    """Read whose it is: the name before the noun, or after "of" and "in"; and to whom."""
    words = scene.words
    owner: tuple[str, int, int] | None = None
    at = first
    while at <= head:
        if scene.is_name(at) and scene.words[at] not in _INITIALS:
            stop = scene.name_end(at, head + 1)
            if at <= head < stop:
                stop = head
            if stop > at:
                owner = owner or (_name(scene, at, stop), at, stop)
            at = max(stop, at + 1)
        else:
            at += 1
    partner: tuple[str, int, int] | None = None
    for at in range(cut, end - 1):
        word = scene.words[at]
        start = at + 2 if scene.words[at + 1] in ("the", "its") else at + 1
        if (word in _OWNERS or word in _PARTNERS) and start < end and scene.is_name(start):
            stop = scene.name_end(start, end)
            if word == "between" and stop + 1 < end and words[stop] == "and" and scene.is_name(stop + 1):
                last = scene.name_end(stop + 1, end)
                both = " and ".join(sorted((_name(scene, start, stop), _name(scene, stop + 1, last))))
                owner = owner or (both, start, last)
            elif word in _OWNERS:
                owner = owner or (_name(scene, start, stop), start, stop)
            elif partner is None:
                partner = (f"{word} {_name(scene, start, stop)}", at, stop)
    if owner is None or partner is None:
        only = owner or partner
        return scene.span(*only) if only else None
    return scene.span(f"{owner[0]} {partner[0]}", min(owner[1], partner[1]), max(owner[2], partner[2]))


def _name(scene: Scene, first: int, end: int) -> str:
    if end - first == 1:
        return actor_name(scene.tokens[first].text)
    return actor_name(" ".join(scene.words[first:end]))


def lone_name(scene: Scene) -> Span | None:
    """Read the single capitalised word that opens a sentence as a name, before a verb: "Apple reported"."""
    word, follows = scene.words[0], scene.word(1)
    verb = follows in SAYING or follows in AUXILIARIES or follows in _VERBS or follows in CHANGE_VERBS
    plural = word.endswith("s") and word not in ("reuters", "airbus")
    if not scene.tokens[0].text[0].isupper() or not verb or plural or not word.isalpha() or word in _NO_NAMES:
        return None
    common = (
        word in PRONOUNS or word in DETERMINERS or word in PREPOSITIONS or word in CLAUSE_WORDS or word in AUXILIARIES
    )
    return (
        None
        if common or word.endswith(("ing", "ion", "ment", "ly", "ed", "ity"))
        else scene.span(actor_name(scene.tokens[0].text), 0, 1)
    )


#: Words that open sentences as subjects and name nobody; those of saying stand with the speakers.
_NO_NAMES: Final = frozenset(
    "nobody everybody everyone someone somebody anyone none nothing something everything many most some few more "
    "half several women men people children police congress parliament management demand growth crude gold oil trade "
    "output revenue profit debt income tax crime traffic music water food snow rain work school data research "
    "evidence here there today yesterday tomorrow mr ms mrs dr two three four five six seven eight nine ten bail "
    "gasoline gas".split()
)


def acting(scene: Scene, first: int, verb: int, *, verbs: int = 0) -> Span | None:
    """Find the named subject of a verb in its clause, when at most so many other verbs stand between."""
    name = name_in(scene, first, verb) or (lone_name(scene) if first == 0 else None)
    if name is None:
        return None
    between = 0
    for at in range(first, verb):
        token = scene.tokens[at]
        word = token.low
        doing = (
            word in _VERBS
            or word in CHANGE_VERBS
            or word in LEVEL_VERBS
            or word in SAYING
            or word.endswith(("ed", "ing"))
        )
        if token.start >= name.end and doing and word not in AUXILIARIES and not scene.is_name(at):
            between += 1
    return name if between <= verbs else None


def name_in(scene: Scene, first: int, end: int) -> Span | None:
    """Find the first name of a stretch, its acting subject; one that a preposition leads into is none."""
    for at in range(first, end):
        if not scene.is_name(at):
            continue
        before = scene.word(at - 1) if at > first else ""
        if before in ("the", "a"):
            before = scene.word(at - 2) if at - 1 > first else ""
        if before in PREPOSITIONS and before != "to":
            return None
        stop = scene.name_end(at, end)
        return scene.span(_name(scene, at, stop), at, stop)
    return None
