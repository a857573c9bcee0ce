"""Figures of level: "stood at 4 %", "inflation of 3 %", "damage estimated at $3 billion", "killing 12", "fined $5m"."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from summarizer.quantities.following import LASTING
from summarizer.quantities.frames import PACES, Frame, owned, subject_of
from summarizer.quantities.phrases import Phrase, read_phrase
from summarizer.quantities.quantity import Quantity, Role, Span
from summarizer.quantities.scene import Scene, actor_name
from summarizer.quantities.words import AUXILIARIES, CHANGE_ADVERBS, FATES, LIGHT

_COPULAS: Final = frozenset("is was are were be been remain remains became came".split())


#: "Hit 100,000 organizations" reaches no level, "hit 100,000" does.
_STRIKING: Final = frozenset(
    "hit hits hitting crossed passed touched closed opened ran runs settled held hold holds ended finished".split()
)
#: Of these a count can be said; "the faces of four presidents" are no measure.
_COUNTED_BY: Final = frozenset(
    "toll crowd population workforce audience turnout attendance staff fleet capacity enrollment backlog membership "
    "readership majority average tally".split()
)


_MEASURED_BY: Final = frozenset(
    "length height weight speed depth distance temperature magnitude area capacity output production wind winds gust "
    "gusts size width altitude average peak thickness radius rainfall snowfall range consumption".split()
)


_NO_SUMS: Final = frozenset(
    "millions thousands hundreds dozens tens billions out half because instead kind sort type lot worth tune face "
    "favor excess total ahead part amount amounts sum sums number minimum maximum majority rest most upwards "
    "top".split()
)


def by_worth(scene: Scene, index: int) -> Frame | None:
    """Read "damage estimated at $3 billion" and "drugs worth $3 million"."""
    first = scene.places[index][0]
    word = scene.words[first]
    quantity = scene.quantities[index]
    if quantity.family != "money":
        return None
    head = first - 1
    if scene.word(head) == "at" and scene.word(head - 1) not in ("valued", "estimated"):
        return None
    worth = word in ("worth", "valued")
    if not worth and scene.word(head) in ("at", "worth", "valued", "estimated"):
        head -= 2 if scene.word(head) == "at" and scene.word(head - 1) in ("valued", "estimated") else 1
        worth = scene.word(head + 1) in ("worth", "valued")
    elif not worth and word not in ("estimated", "totaling", "totalling"):
        return None
    if (
        head < 0
        or (head == first - 1 and not (worth or word.startswith(("estim", "total"))))
        or not scene.words[head].isalpha()
    ):
        return None
    phrase = read_phrase(scene, scene.bound_left(head + 1), head + 1, head=head)
    if phrase.measure is None or scene.is_name(head) or scene.words[head] in AUXILIARIES or scene.words[head] in LIGHT:
        return None
    measure = replace(phrase.measure, name=f"{phrase.measure.name} value") if worth else phrase.measure
    return Frame(Phrase(measure, phrase.entity), verb=head)


def is_fateful(scene: Scene, at: int, first: int) -> bool:
    """Tell an active verb before its count from the passive verb of another: "killing 12", not "were killed and 30"."""
    between = scene.words[at + 1 : first]
    return not any(word in ("and", ",", "in", "by", "on", "at", "of", "after", "from", "for") for word in between)


def whose(scene: Scene, index: int) -> Span | None:
    """Read whose people are counted: "12 Israeli soldiers"."""
    number = scene.quantities[index].number
    for at in range(*scene.places[index]):
        if scene.tokens[at].start >= number.end and scene.is_name(at):
            return scene.span(actor_name(scene.tokens[at].text), at, at + 1)
    return None


def is_paid(scene: Scene, at: int, first: int, light: bool) -> bool:
    """Tell whether a verb and a sum belong together: nothing but light words, or a short object: "fined him $5m"."""
    between = scene.words[at + 1 : first]
    word = scene.words[at]
    if light and not {"to", "from", "and"} & set(between):
        return True
    return (
        word in ("fined", "fine", "cost", "costs", "sold", "bought", "awarded", "paid")
        and len(between) <= 6
        and (not {",", "and", "to", "from"} & set(between))
    )


def by_level(scene: Scene, index: int, at: int, role: Role, earlier: list[Frame]) -> Frame | None:
    """Read "stood at 4 %", "was $3 billion", "hit 200,000": the subject is at that level."""
    first, end = scene.places[index]
    word = scene.words[at]
    quantity = scene.quantities[index]
    if quantity.family in ("rank", "score", "duration", "ratio") or scene.word(end) in CHANGE_ADVERBS:
        return None
    if not _PARTING.isdisjoint(scene.words[at + 1 : first]):
        return None
    things = quantity.family == "count" and quantity.unit.end > quantity.unit.start >= quantity.number.end
    if things and (word in _COPULAS or word in _STRIKING):
        return None
    if word in _HELD and scene.word(at + 1) not in ("at", "steady", "near"):
        return None
    subject = subject_of(scene, at, earlier)
    if (
        subject.measure is None
        or subject.measure == subject.entity
        or not _can_be_at(scene, quantity, subject.measure, word)
    ):
        return None
    return Frame(subject, verb=at)


_PARTING: Final = frozenset("and to from for with on after by in of".split())
_HELD: Final = frozenset("held holds hold holding".split())


def _can_be_at(scene: Scene, quantity: Quantity, measure: Span, word: str) -> bool:
    """Tell whether a subject can be at a level: sums and shares always, others only what counts or measures."""
    if quantity.family in ("money", "percent", "points"):
        return True
    noun = measure.name.split()[-1]
    if quantity.family != "count":
        return noun in _MEASURED_BY
    if word in _COPULAS and noun not in _COUNTED_BY and noun not in _FATE_NAMES:
        return False
    lone = measure.start == 0 and " " not in _words_of(scene, measure)
    return measure.name != "age" and (not lone or measure.name + "s" == scene.words[0])


_FATE_NAMES: Final = frozenset(FATES.values())


def _words_of(scene: Scene, span: Span) -> str:
    """Give the tokens under a span, parted by blanks."""
    return " ".join(token.low for token in scene.tokens if span.start <= token.start and token.end <= span.end)


def by_of(scene: Scene, index: int, at: int) -> Frame | None:
    """Read "inflation of 3 %", "damage of $3bn", "tariffs of 145 %"."""
    begin = scene.bound_left(at)
    head = at - 1
    if (
        head < begin
        or not scene.words[head].isalpha()
        or (scene.is_name(head) and scene.words[head] not in ("gdp", "cpi"))
    ):
        return None
    family, word = scene.quantities[index].family, scene.words[head]
    kept = {"count": _COUNTED_BY, "duration": LASTING}.get(family, _MEASURED_BY)
    if (family not in ("money", "percent", "points") and word not in kept) or word in _NO_SUMS:
        return None
    phrase = read_phrase(scene, begin, at, head=head)
    if phrase.measure is None or phrase.measure.name in PACES:
        return None
    return Frame(owned(scene, phrase, begin), verb=at)
