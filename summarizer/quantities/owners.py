"""Whose a figure is: "China's exports to the United States", "the US slapped a tariff", "Apple reported"."""

from __future__ import annotations

from typing import Final

from summarizer.quantities.nouns import INITIALS, NO_NAMES, PLAIN_VERBS
from summarizer.quantities.quantity import Span
from summarizer.quantities.scene import Scene, actor_name
from summarizer.quantities.words import (
    AUXILIARIES,
    CHANGE_VERBS,
    CLAUSE_WORDS,
    DETERMINERS,
    LEVEL_VERBS,
    PREPOSITIONS,
    PRONOUNS,
    SAYING,
)

_OWNERS: Final = frozenset("of in from for at by across within among".split())
_PARTNERS: Final = frozenset("to with on against into between".split())


def read_entity(scene: Scene, first: int, head: int, cut: int, end: int) -> Span | None:
    """Read whose it is: the name before the noun, or after "of" and "in"; and to whom."""
    words = scene.words
    owner: tuple[str, int, int] | None = None
    at = first
    while at <= head:
        if scene.is_name(at) and scene.words[at] not in INITIALS:
            stop = scene.name_end(at, head + 1)
            if at <= head < stop:
                stop = head
            if stop > at:
                owner = owner or (name_of(scene, at, stop), at, stop)
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
                both = " and ".join(sorted((name_of(scene, start, stop), name_of(scene, stop + 1, last))))
                owner = owner or (both, start, last)
            elif word in _OWNERS:
                owner = owner or (name_of(scene, start, stop), start, stop)
            elif partner is None:
                partner = (f"{word} {name_of(scene, start, stop)}", at, stop)
    if owner is None or partner is None:
        only = owner or partner
        return scene.span(*only) if only else None
    return scene.span(f"{owner[0]} {partner[0]}", min(owner[1], partner[1]), max(owner[2], partner[2]))


def name_of(scene: Scene, first: int, end: int) -> str:
    """Name a run of capitalised words in one spelling."""
    if end - first == 1:
        return actor_name(scene.tokens[first].text)
    return actor_name(" ".join(scene.words[first:end]))


def lone_name(scene: Scene) -> Span | None:
    """Read the single capitalised word that opens a sentence as a name, before a verb: "Apple reported"."""
    word, follows = scene.words[0], scene.word(1)
    verb = follows in SAYING or follows in AUXILIARIES or follows in PLAIN_VERBS or follows in CHANGE_VERBS
    plural = word.endswith("s") and word not in ("reuters", "airbus")
    if not scene.tokens[0].text[0].isupper() or not verb or plural or not word.isalpha() or word in NO_NAMES:
        return None
    common = (
        word in PRONOUNS or word in DETERMINERS or word in PREPOSITIONS or word in CLAUSE_WORDS or word in AUXILIARIES
    )
    return (
        None
        if common or word.endswith(("ing", "ion", "ment", "ly", "ed", "ity"))
        else scene.span(actor_name(scene.tokens[0].text), 0, 1)
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
            word in PLAIN_VERBS
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
        return scene.span(name_of(scene, at, stop), at, stop)
    return None
