"""What a figure measures, whose it is, and how it moved: the frame of words that a figure stands in.

The nearest reading wins: first what follows the figure ("145 % tariff", "12.7 % fall in exports"), then the verb or
noun that it hangs on ("exports fell by", "inflation of"). A figure that hangs on neither has no measure: a missing
measure costs a comparison, a wrong one makes a false conflict.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from summarizer.quantities.following import LASTING, read_following
from summarizer.quantities.phrases import Phrase, acting, read_phrase
from summarizer.quantities.quantity import Quantity, Role, Span
from summarizer.quantities.scene import REACH, Scene
from summarizer.quantities.words import (
    AUXILIARIES,
    CHANGE_ADVERBS,
    CHANGE_NOUNS,
    CHANGE_VERBS,
    CLAUSE_WORDS,
    FATES,
    LEVEL_VERBS,
    LIGHT,
    MONEY_VERBS,
    MOVING_VERBS,
    NEUTRAL,
    PREPOSITIONS,
    SAYING,
    STOPS,
)

#: Tokens to the left within which the word is sought that a figure hangs on.
_NEAR: Final = 16
_CHANGE_FAMILIES: Final = frozenset(("percent", "points"))
_ROLE_WORDS: Final[dict[str, Role]] = {"to": "to", "from": "from", "by": "change"}
_SIGNS: Final = frozenset("-−–")


@dataclass(frozen=True, slots=True)
class Frame:
    """How a figure is held by the words around it.

    :param phrase: what is measured, and whose.
    :param direction: the word that tells up or down.
    :param role: level, change, or one end of a move.
    :param verb: token of the word that the figure hangs on, -1 for none.
    """

    phrase: Phrase
    direction: Span | None = None
    role: Role = "level"
    verb: int = -1


_NOTHING: Final = Frame(Phrase(None, None))


def read_frames(scene: Scene) -> list[Frame]:
    """Read the frame of every figure, in order; a figure may take over what the one before it measures."""
    frames: list[Frame] = []
    for index in range(len(scene.quantities)):
        frame = _read_frame(scene, index, frames)
        frames.append(_signed(scene, index, frame))
    return frames


def _read_frame(scene: Scene, index: int, earlier: list[Frame]) -> Frame:
    first, end = scene.places[index]
    if first >= end:
        return _NOTHING
    quantity = scene.quantities[index]
    held = _read_left(scene, index, earlier)
    follow = read_following(scene, index)
    if follow is None:
        return held
    if follow.change:
        return Frame(_owned(scene, follow.phrase, first), follow.direction, "change", first)
    if held.role != "level" or (held.verb >= 0 and not follow.binding):
        return held if held.phrase.measure or follow.phrase.measure is None else replace(held, phrase=follow.phrase)
    phrase = follow.phrase
    if phrase.entity is None and first and scene.words[first - 1].endswith("'s") and scene.is_name(first - 1):
        phrase = Phrase(phrase.measure, read_phrase(scene, first - 1, first, head=first - 1).entity)
    owned = phrase.measure is not None and phrase.measure.name.split()[-1] in _IMPOSED
    return Frame(_owned(scene, phrase, first) if owned else phrase, held.direction, held.role, held.verb)


#: Whose these are, the one who imposes or gives them tells.
_IMPOSED: Final = frozenset(
    "tariff fine penalty loan stake sanction tax levy bid offer investment stake surcharge grant donation aid".split()
)


def _owned(scene: Scene, phrase: Phrase, at: int) -> Phrase:
    """Give a measure without owner the subject of its clause: "the US slapped a 145 % tariff on Chinese goods"."""
    if phrase.measure is None or (
        phrase.entity and not phrase.entity.name.startswith(("to ", "on ", "with ", "against "))
    ):
        return phrase
    begin = scene.bound_left(at)
    subject = acting(scene, begin, at, verbs=1)
    if subject is None:
        return phrase
    if phrase.entity is None:
        return Phrase(phrase.measure, subject)
    name = f"{subject.name} {phrase.entity.name}"
    return Phrase(
        phrase.measure, Span(name, min(subject.start, phrase.entity.start), max(subject.end, phrase.entity.end))
    )


def _read_left(scene: Scene, index: int, earlier: list[Frame]) -> Frame:
    """Find the verb, noun or adverb to the left that a figure hangs on."""
    first = scene.places[index][0]
    words = scene.words
    role: Role = _ROLE_WORDS.get(scene.word(first - 1), "level")
    light = True
    valued = _valued(scene, index)
    if valued is not None:
        return valued
    for at in range(first - 1, max(-1, first - _NEAR), -1):
        word = words[at]
        if word in STOPS or (word in CLAUSE_WORDS and word not in ("and", "as", "or", "since")):
            break
        owner = scene.owner[at]
        if owner >= 0 and owner != index:
            return _after_figure(scene, index, owner, at, role, earlier)
        if light and role == "level" and word in _ROLE_WORDS and _rated(scene, at, first):
            role = _ROLE_WORDS[word]
        frame = _hang(scene, index, at, role, light, earlier)
        if frame is not None:
            return frame
        if word == "," and not _parenthetical(scene, at):
            break
        light = light and (
            word in LIGHT or word in _PACES or word in PREPOSITIONS or word.endswith("ly") or not word[0].isalpha()
        )
    return _NOTHING


#: "At an annual rate of", "to a level of": nothing that is measured, and no bar to the verb before it.
_PACES: Final = frozenset(
    "annual annualized annualised rate pace level clip yearly monthly seasonally adjusted price".split()
)
#: After a noun of change, these make it a qualifier: "its growth forecast".
_QUALIFIED: Final = frozenset(
    "forecast forecasts estimate estimates rate rates target targets outlook projection figure".split()
)


def _rated(scene: Scene, at: int, first: int) -> bool:
    """Tell "to an annual rate of 61 %", whose "to" is said of the figure."""
    between = scene.words[at + 1 : first]
    if not between or len(between) > 5:
        return False
    return all(word in LIGHT or word in NEUTRAL or word in _PACES or word in _STILL for word in between)


_STILL: Final = frozenset(
    "still - high low record time year month still-high of fresh seasonal three two five six ten".split()
)


def _parenthetical(scene: Scene, at: int) -> bool:
    """Tell whether a comma closes a short aside: "rose, however, by 3 %"."""
    return any(scene.word(before) == "," for before in range(at - 5, at))


def _after_figure(scene: Scene, index: int, owner: int, at: int, role: Role, earlier: list[Frame]) -> Frame:
    """Read a figure that follows another: "from 33 to 28.8", "4.1 % and 3.9 %", "5 % to $3 billion"."""
    frame = earlier[owner]
    between = scene.words[at + 1 : scene.places[index][0]]
    joins = between[-1] if between else ""
    if joins in ("to", "from") and len(between) <= 8 and "," not in between:
        if frame.role in ("change", "from", "to") or (frame.phrase.measure is None and joins == "to"):
            before = _from_start(scene, owner)
            if frame.role == "level" and not before:
                return _NOTHING
            return replace(frame, role=role)
    family = scene.quantities[index].family
    coordinated = between in (["and"], ["or"], [","], ["and", "by"], [",", "and"]) or (
        "and" in between and len(between) <= 6
    )
    if (
        coordinated
        and frame.role == "change"
        and family == scene.quantities[owner].family
        and family in _CHANGE_FAMILIES
    ):
        loose = [word for word in between if word not in PREPOSITIONS and word not in _TIME_WORDS and word not in LIGHT]
        if all(word in ("and", ",", "or", "ago", "earlier") or word.isdecimal() for word in loose):
            return frame
    return _NOTHING


def _from_start(scene: Scene, owner: int) -> bool:
    return scene.word(scene.places[owner][0] - 1) == "from"


def _valued(scene: Scene, index: int) -> Frame | None:
    """Read "damage estimated at $3 billion" and "drugs worth $3 million"."""
    first = scene.places[index][0]
    word = scene.words[first]
    quantity = scene.quantities[index]
    if quantity.family != "money":
        return None
    head = first - 1
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


def _hang(scene: Scene, index: int, at: int, role: Role, light: bool, earlier: list[Frame]) -> Frame | None:
    """Read what one word to the left makes of a figure; None when it does not hold the figure."""
    word = scene.words[at]
    quantity = scene.quantities[index]
    first = scene.places[index][0]
    if word in CHANGE_ADVERBS and light and at >= first - 4:
        return _by_adverb(scene, index, at, role, earlier)
    if word in CHANGE_NOUNS and not _verbal(scene, at) and scene.word(at + 1) not in _QUALIFIED:
        return _by_noun(scene, index, at, role)
    if word in CHANGE_VERBS or word in MOVING_VERBS:
        frame = _by_verb(scene, index, at, role, light, earlier)
        if frame is not None:
            return frame
    if word in FATES and quantity.family == "count" and light and _fateful(scene, at, first):
        return Frame(Phrase(scene.span(FATES[word], at, at + 1), _counted(scene, index)), verb=at)
    if word in MONEY_VERBS and quantity.family == "money" and _paid(scene, at, first, light):
        phrase = Phrase(scene.span(MONEY_VERBS[word], at, at + 1), None)
        return Frame(_with_subject(scene, phrase, at), verb=at)
    if word in LEVEL_VERBS and light:
        return _by_level(scene, index, at, role, earlier)
    if word == "sentenced" and quantity.family == "duration" and light:
        return Frame(Phrase(scene.span("sentence", at, at + 1), None), verb=at)
    if word == "of" and light and at >= first - 4 and scene.word(at - 1) not in CHANGE_NOUNS:
        return _by_of(scene, index, at)
    return None


def _fateful(scene: Scene, at: int, first: int) -> bool:
    """Tell an active verb before its count from the passive verb of another: "killing 12", not "were killed and 30"."""
    between = scene.words[at + 1 : first]
    return not any(word in ("and", ",", "in", "by", "on", "at", "of", "after", "from", "for") for word in between)


def _counted(scene: Scene, index: int) -> Span | None:
    """Read whose people are counted: "12 Israeli soldiers"."""
    first, end = scene.places[index]
    for at in range(first, min(end + 2, len(scene.words))):
        if (scene.owner[at] == index or at >= end) and scene.is_name(at):
            return scene.span(*(Span_name(scene, at)))
        if at >= end and not scene.words[at][0].isalpha():
            break
    return None


def Span_name(scene: Scene, at: int) -> tuple[str, int, int]:  # noqa: N802
    from summarizer.quantities.scene import actor_name

    return actor_name(scene.tokens[at].text), at, at + 1


def _verbal(scene: Scene, at: int) -> bool:
    """Tell whether a word that is both is a verb here: "exports increase 3 %", "will rise", "to cut"."""
    word, before = scene.words[at], scene.word(at - 1)
    if word not in CHANGE_VERBS and word not in MOVING_VERBS:
        return False
    if before in AUXILIARIES or before.endswith("ly"):
        return True
    follows = scene.word(at + 1)
    noun = before in (
        "a",
        "an",
        "the",
        "of",
        "in",
        "its",
        "their",
        "this",
        "that",
        "for",
        "with",
        "further",
        "or",
        "and",
        "%",
    )
    nominal = (
        noun or scene.owner[at - 1] >= 0 or follows in ("of", "in") or before.endswith(("st", "ed", "al", "ing", "er"))
    )
    return not nominal


def _by_adverb(scene: Scene, index: int, at: int, role: Role, earlier: list[Frame]) -> Frame | None:
    word = scene.words[at]
    if word in ("more", "less", "fewer", "off") or (word in ("up", "down") and scene.word(at - 1) in MOVING_VERBS):
        return None
    if word == "up" and scene.word(at + 1) == "to" and scene.word(at - 1) not in _GONE:
        return None
    first = scene.places[index][0]
    direction = scene.span(CHANGE_ADVERBS[word], at, at + 1)
    if not (at == first - 1 or (at == first - 2 and scene.words[first - 1] in ("from", "to", "by", "another"))):
        return None
    role = role if role in ("from", "to") else "change"
    subject = _subject(scene, at - 1 if scene.word(at - 1) in _GONE else at, earlier)
    return Frame(subject, direction, role, at)


_GONE: Final = frozenset(
    "gone go goes going went moved moves moving shot crept inched pushed driven drove came".split()
)


def _by_noun(scene: Scene, index: int, at: int, role: Role) -> Frame | None:
    """Read "a fall of 12.7 % in exports", "growth of 3 %", "the increase in wages of 3 %"."""
    words = scene.words
    first, end = scene.places[index]
    quantity = scene.quantities[index]
    between = words[at + 1 : first]
    if "of" not in between and "to" not in between and "from" not in between and "by" not in between:
        return None
    direction = scene.span(CHANGE_NOUNS[words[at]], at, at + 1)
    if scene.word(at + 1) in ("in", "of", "for") and len(between) > 2:
        phrase = read_phrase(scene, at + 2, first - 1)
    elif scene.word(end) in ("in", "for"):
        phrase = read_phrase(scene, end + 1, scene.bound_right(end + 1), forward=True)
    elif words[at].startswith(("growth", "loss", "gain", "cut")):
        begin = scene.bound_left(at)
        phrase = _grown(scene, begin, at)
    else:
        begin = scene.bound_left(at)
        phrase = read_phrase(scene, begin, at, head=at - 1) if at - 1 > begin else Phrase(None, None)
        phrase = (
            phrase
            if phrase.measure and scene.words[at - 1].isalpha() and _nounlike(scene, at - 1)
            else Phrase(None, phrase.entity)
        )
    if quantity.family == "money" and words[at] in ("loss", "losses", "gain", "gains"):
        phrase = Phrase(scene.span("loss" if words[at][0] == "l" else "gain", at, at + 1), phrase.entity)
        return Frame(_with_subject(scene, phrase, at), direction, "level", at)
    return Frame(phrase, direction, role if role in ("from", "to") else "change", at)


def _nounlike(scene: Scene, at: int) -> bool:
    word = scene.words[at]
    return word.endswith(("s", "tion", "ment", "ion")) or word in (
        "price",
        "wage",
        "rate",
        "rent",
        "tax",
        "tariff",
        "job",
        "gdp",
    )


def _grown(scene: Scene, begin: int, at: int) -> Phrase:
    """Read the noun before "growth": "GDP growth of 2 %" is of GDP, "growth of 2 %" alone as well."""
    named = read_phrase(scene, begin, at + 1, head=at)
    if scene.words[at].startswith("growth") and named.measure and scene.words[at - 1].isalpha():
        name = named.measure.name.removesuffix(" growth")
        return Phrase(replace(named.measure, name=name if name != "growth" else "gdp"), named.entity)
    return named


def _by_verb(scene: Scene, index: int, at: int, role: Role, light: bool, earlier: list[Frame]) -> Frame | None:
    """Read a verb of change: of its subject when only light words part it from the figure, else of its object."""
    word = scene.words[at]
    first = scene.places[index][0]
    quantity = scene.quantities[index]
    if not light and not _object(scene, at, first):
        if word not in CHANGE_VERBS or not _only_times(scene, at, first):
            return None
        light = True
    verbs = CHANGE_VERBS if light and word in CHANGE_VERBS else MOVING_VERBS
    if word not in verbs:
        return None
    direction = scene.span(verbs[word], at, at + 1)
    if verbs is CHANGE_VERBS:
        if quantity.family == "count" and role == "level" and quantity.unit.name and scene.word(first - 1) != "by":
            if word in MOVING_VERBS:
                return _moved_count(scene, index, at, direction)
        role = role if role in ("from", "to") else "change"
        return Frame(_subject(scene, at, earlier), direction, role, at)
    if light:
        return _moved(scene, index, at, role, direction)
    phrase = read_phrase(scene, at + 1, first - 1 if scene.words[first - 1] in ("by", "to", "from") else first)
    phrase = _with_subject(scene, phrase, at) if phrase.entity is None else phrase
    return Frame(phrase, direction, role, at)


def _moved(scene: Scene, index: int, at: int, role: Role, direction: Span) -> Frame | None:
    """Read a figure that is itself what a verb moves: "raised $5m", "cut 300 jobs", "slashed 15 % of its workforce"."""
    quantity = scene.quantities[index]
    _, end = scene.places[index]
    word = scene.words[at]
    if quantity.family == "money":
        if word in MONEY_VERBS:
            return Frame(
                _with_subject(scene, Phrase(scene.span(MONEY_VERBS[word], at, at + 1), None), at), None, "level", at
            )
        return None
    if quantity.family == "count":
        return _moved_count(scene, index, at, direction)
    if quantity.family in _CHANGE_FAMILIES:
        if scene.word(end) == "of":
            phrase = read_phrase(scene, end + 1, scene.bound_right(end + 1), forward=True)
            return Frame(_with_subject(scene, phrase, at), direction, "change", at)
        return Frame(_subject(scene, at, []), direction, "change", at)
    return None


def _moved_count(scene: Scene, index: int, at: int, direction: Span) -> Frame | None:
    """Read "added 4.8 million jobs": the things counted are what changes."""
    unit = scene.quantities[index].unit
    if unit.start >= unit.end or unit.name in (
        "people",
        "person",
        "time",
        "place",
        "spot",
        "man",
        "woman",
        "child",
        "goal",
        "match",
        "game",
        "point",
        "",
    ):
        return None
    return Frame(_with_subject(scene, Phrase(unit, None), at), direction, "change", at)


def _object(scene: Scene, at: int, first: int) -> bool:
    """Tell whether a verb's object and nothing else stands before a figure: "cut its forecast to", "raise rates by"."""
    words = scene.words
    if words[first - 1] not in ("by", "to", "from") or scene.word(at) not in MOVING_VERBS:
        return False
    between = words[at + 1 : first - 1]
    return (
        0 < len(between) <= 9
        and "," not in between
        and "and" not in between
        and not any(
            word in CHANGE_VERBS.keys() - CHANGE_NOUNS.keys() or word in ("in", "by", "to", "on", "at")
            for word in between
        )
    )


def _only_times(scene: Scene, at: int, first: int) -> bool:
    """Tell whether only a time stands between: "rose in May by 3 %", "fell last week to"."""
    between = [word for word in scene.words[at + 1 : first] if word not in LIGHT and word not in PREPOSITIONS]
    return len(between) <= 4 and all(
        word in _TIME_WORDS
        or word.isdecimal()
        or word.endswith("ly")
        or word == "-"
        or word == "high"
        or word == "low"
        or word == "still"
        for word in between
    )


_TIME_WORDS: Final = frozenset(
    "last this next week month year quarter second third fourth first half january february march april may june july "
    "august september october november december jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday "
    "thursday friday saturday sunday day today yesterday overnight years months weeks days annual rate pace early late mid "
    "seasonally adjusted fiscal trading session trade same period previous prior past".split()
)  # fmt: skip


def _paid(scene: Scene, at: int, first: int, light: bool) -> bool:
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


def _with_subject(scene: Scene, phrase: Phrase, at: int) -> Phrase:
    """Give a phrase without owner the subject of its verb."""
    if phrase.entity is not None:
        return phrase
    begin = scene.bound_left(at)
    return Phrase(phrase.measure, acting(scene, begin, at))


def _by_level(scene: Scene, index: int, at: int, role: Role, earlier: list[Frame]) -> Frame | None:
    """Read "stood at 4 %", "was $3 billion", "hit 200,000": the subject is at that level."""
    first, _ = scene.places[index]
    between = set(scene.words[at + 1 : first])
    if (
        between & {"and", "to", "from", "for", "with", "on", "after", "by", "in"}
        or scene.quantities[index].family == "duration"
    ):
        return None
    quantity = scene.quantities[index]
    counted = quantity.family == "count" and quantity.unit.end > quantity.unit.start
    if counted and quantity.unit.start >= quantity.number.end and scene.words[at] in _COPULAS:
        return None
    if quantity.family in ("rank", "score", "duration", "ratio"):
        return None
    subject = _subject(scene, at, earlier)
    if subject.measure is None or subject.measure == subject.entity:
        return None
    opens = subject.measure.start == 0 and " " not in scene_text(scene, subject.measure)
    if quantity.family == "count" and (
        (opens and not subject.measure.name + "s" == scene.words[0]) or subject.measure.name == "age"
    ):
        return None
    return Frame(subject, verb=at)


_COPULAS: Final = frozenset("is was are were be been remain remains became came".split())


def scene_text(scene: Scene, span: Span) -> str:
    """Give the tokens under a span, parted by blanks."""
    return " ".join(token.low for token in scene.tokens if span.start <= token.start and token.end <= span.end)


#: Of these a count can be said; "the faces of four presidents" are no measure.
_COUNTED_BY: Final = frozenset(
    "toll crowd population workforce audience turnout attendance staff fleet capacity enrollment backlog membership "
    "readership majority average tally".split()
)
_MEASURED_BY: Final = frozenset(
    "length height weight speed depth distance temperature magnitude area capacity output production wind winds gust gusts "
    "size width altitude average peak thickness radius rainfall snowfall range consumption".split()
)
_NO_SUMS: Final = frozenset(
    "millions thousands hundreds dozens tens billions out half because instead kind sort type lot worth tune face favor "
    "excess total ahead part amount amounts sum sums number minimum maximum majority rest most upwards top".split()
)


def _by_of(scene: Scene, index: int, at: int) -> Frame | None:
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
    if phrase.measure is None or phrase.measure.name in _PACES:
        return None
    return Frame(_owned(scene, phrase, begin), verb=at)


def _subject(scene: Scene, at: int, earlier: list[Frame]) -> Phrase:
    """Read the subject of a verb; after "and" or a comma, that of the verb before it."""
    words = scene.words
    end = at
    floor = max(0, at - REACH)
    while end > floor and (
        words[end - 1] in AUXILIARIES or words[end - 1].endswith("ly") or words[end - 1] in ("as", "it's")
    ):
        end -= 1
    if end > floor and words[end - 1] in ("which", "that", "who") and end - 1 > floor:
        end -= 2 if words[end - 2] == "," else 1
    elif end > floor and words[end - 1] == "," and not words[at].endswith("ing") and words[at] not in CHANGE_ADVERBS:
        opening = next((spot for spot in range(end - 2, max(floor, end - 16), -1) if words[spot] == ","), -1)
        if opening > floor:
            end = opening
    begin = _subject_start(scene, end)
    while begin < end and words[begin] in ("and", "but", "or", ","):
        begin += 1
    if begin >= end:
        return _inherited(scene, at, earlier)
    return read_phrase(scene, _past_time(scene, begin, end), end)


def _subject_start(scene: Scene, end: int) -> int:
    words = scene.words
    at = end
    floor = max(0, end - REACH)
    while at > floor:
        word = words[at - 1]
        if word in STOPS or word == "," or scene.owner[at - 1] >= 0:
            break
        if word in CLAUSE_WORDS and not (word in ("and", "or") and not _verb_before(scene, at - 1)):
            break
        if (
            word in SAYING
            and not (at > 1 and scene.is_name(at - 1))
            and word not in ("claims", "reports", "estimates", "forecasts", "projects", "added", "expects")
        ):
            break
        at -= 1
    return at


def _verb_before(scene: Scene, at: int) -> bool:
    """Tell whether a clause has had its verb before "and"."""
    begin = scene.bound_left(at)
    return any(
        scene.owner[spot] >= 0
        or scene.words[spot] in LEVEL_VERBS
        or scene.words[spot] in CHANGE_VERBS
        or scene.words[spot] in FATES
        for spot in range(begin, at)
    )


def _past_time(scene: Scene, begin: int, end: int) -> int:
    """Skip a time that opens a clause: "Last year exports fell", "In May inflation rose"."""
    words = scene.words
    at = begin
    if words[at] in PREPOSITIONS:
        at += 1
    spot = at
    while spot < end and (words[spot] in _TIME_WORDS or words[spot] in ("the", "a") or words[spot].isdecimal()):
        spot += 1
    if spot > at and spot < end and words[spot - 1] not in ("the", "a"):
        return spot
    return begin


def _inherited(scene: Scene, at: int, earlier: list[Frame]) -> Phrase:
    """Give what the nearest figure before in the sentence measures, if it moves or is moved to."""
    if earlier:
        return earlier[-1].phrase
    spot = at - 1
    while spot > 0 and scene.words[spot] in ("and", ","):
        spot -= 1
    begin = scene.bound_left(spot)
    for verb in range(begin + 1, spot + 1):
        if scene.words[verb] in LEVEL_VERBS or (
            scene.words[verb] in CHANGE_VERBS and scene.words[verb] not in CHANGE_NOUNS
        ):
            return read_phrase(scene, _past_time(scene, begin, verb), verb)
    return Phrase(None, None)


def _signed(scene: Scene, index: int, frame: Frame) -> Frame:
    """Read a minus sign before a percentage as a fall: "-3 %"."""
    quantity: Quantity = scene.quantities[index]
    number = quantity.number
    first = scene.places[index][0]
    if frame.direction is not None or quantity.family not in _CHANGE_FAMILIES or first >= len(scene.tokens):
        return frame
    for at in (first - 1, first):
        if 0 <= at < len(scene.tokens):
            token = scene.tokens[at]
            if (
                token.text in _SIGNS
                and token.end == number.start
                and (at == 0 or scene.tokens[at - 1].end < token.start)
            ):
                return replace(
                    frame,
                    direction=scene.span("down", at, at + 1),
                    role="change" if frame.role == "level" else frame.role,
                )
    return frame
