"""Of what time a figure is: "in May", "in the first quarter", "last year", "in the 12 months to June"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from summarizer.dates import DateMention, read_dates
from summarizer.quantities.quantity import Quantity, Span
from summarizer.quantities.scene import Scene
from summarizer.quantities.words import AUXILIARIES, CHANGE_VERBS, CLAUSE_WORDS, DETERMINERS, PREPOSITIONS, SAYING

#: Characters between a figure and the time it is told for.
_FAR: Final = 90
#: Words that make a time something else than that of the figure: when it was said, or what it is compared with.
_OTHER: Final = frozenset(("since", "than", "versus", "vs", "until", "before", "after", "compared"))
#: Times in one sentence that are read.
_MOST: Final = 64
_BREAKS: Final = (
    ";",
    ":",
    "—",
    "–",
    " while ",
    " but ",
    " whereas ",
    " although ",
    " which ",
    " who ",
    " when ",
    " that ",
)


def attach_periods(text: str, scene: Scene, quantities: Sequence[Quantity], bases: Sequence[Span]) -> dict[int, Span]:
    """Give each figure the time it is of, where the sentence tells it.

    The first time after a figure in its clause is its own when no other figure stands between; else one between it and
    the figure before; else one that opens the sentence.

    :param bases: places already read as a basis, such as "from April"; the times in them are no periods.
    """
    mentions = [mention for mention in read_dates(text)[:_MOST] if _is_period(scene, mention, quantities, bases)]
    if not mentions:
        return {}
    given: dict[int, Span] = {}
    used: set[int] = set()
    for index, quantity in enumerate(quantities):
        limit = quantities[index + 1].start if index + 1 < len(quantities) else len(text)
        for at, mention in enumerate(mentions):
            if at not in used and quantity.end <= mention.start < limit and _near(text[quantity.end : mention.start]):
                given[index] = Span(mention.name, mention.start, mention.end)
                used.add(at)
                break
    _before(text, quantities, mentions, given, used)
    _opening(text, quantities, mentions, given)
    return given


def _before(
    text: str, quantities: Sequence[Quantity], mentions: list[DateMention], given: dict[int, Span], used: set[int]
) -> None:
    for index, quantity in enumerate(quantities):
        floor = quantities[index - 1].end if index else 0
        for at in range(len(mentions) - 1, -1, -1):
            mention = mentions[at]
            if index in given or at in used or not floor <= mention.start or mention.end > quantity.start:
                continue
            gap = text[mention.end : quantity.start]
            if _near(gap) and "," not in gap:
                given[index] = Span(mention.name, mention.start, mention.end)
                used.add(at)


_LEAD_INS: Final = frozenset("on in during by for at over the late early and but that until".split())


def _opening(text: str, quantities: Sequence[Quantity], mentions: list[DateMention], given: dict[int, Span]) -> None:
    """Give the time that opens the sentence, or its clause, to figures that have none of their own."""
    first = mentions[0]
    if (
        any(word not in _LEAD_INS for word in text[: first.start].lower().split())
        or not quantities
        or quantities[0].start < first.end
    ):
        return
    for index, quantity in enumerate(quantities):
        gap = text[first.end : quantity.start]
        if index not in given and len(gap) < 2 * _FAR and not any(sign in gap for sign in _BREAKS):
            given[index] = Span(first.name, first.start, first.end)


_PAIRS: Final = ({"change", "to"}, {"change", "level"})


def share_periods(quantities: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """Let the end of a move and the change beside it have one period: "fell 12.7 % in May, … to $28.8 billion"."""
    shared = list(quantities)
    for index, quantity in enumerate(shared):
        for other in shared:
            pair = {quantity.role, other.role}
            same = quantity.measure is not None and quantity.measure == other.measure
            if quantity.period is None and other.period is not None and pair in _PAIRS and same:
                shared[index] = quantity = replace(quantity, period=other.period)
    return tuple(shared)


def _near(gap: str) -> bool:
    return len(gap) <= _FAR and not any(sign in gap for sign in _BREAKS) and "," not in gap


def _attributive(scene: Scene, mention: DateMention) -> bool:
    """Tell a time that qualifies a noun: "its 2011 conference", "Monday's settlement", "the December attack"."""
    at, end = scene.at(mention.start), scene.at(mention.end)
    if (end > at and scene.words[end - 1].endswith(("'s", "s'"))) or scene.word(end).startswith(("'", "’")):
        return True
    if end - at != 1 or (scene.owner[at - 1] >= 0 and at):
        return False
    follows = scene.word(end)
    noun = (
        follows.isalpha() and follows not in PREPOSITIONS and follows not in AUXILIARIES and follows not in CLAUSE_WORDS
    )
    before = scene.word(at - 1)
    owned = (
        before in DETERMINERS
        or before.endswith(("'s", "s'"))
        or before == "-"
        or (before.isalpha() and before not in PREPOSITIONS)
    )
    return noun and owned and follows not in _DAY_PARTS and follows not in CHANGE_VERBS and before not in CHANGE_VERBS


_DAY_PARTS: Final = frozenset("morning evening night afternoon quarter and or".split())


def _is_period(scene: Scene, mention: DateMention, quantities: Sequence[Quantity], bases: Sequence[Span]) -> bool:
    if mention.kind == "recurring" or any(span.start < mention.end and mention.start < span.end for span in bases):
        return False
    if any(quantity.start < mention.end and mention.start < quantity.end for quantity in quantities):
        return False
    if _attributive(scene, mention):
        return False
    before = ""
    at = scene.at(mention.start)
    after = scene.word(scene.at(mention.end))
    if at:
        before = scene.words[at - 1]
        spot = at - 2 if before in ("on", "in", "late", "early", "the") else at - 1
        while spot > 0 and scene.is_name(spot):
            spot -= 1
        before = scene.words[spot] if scene.words[spot] in SAYING or scene.words[spot] == "told" else before
    return before not in SAYING and before not in _OTHER and after not in SAYING
