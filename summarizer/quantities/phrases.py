"""Noun phrases: what is measured and whose it is, in "China's exports to the United States"."""

from __future__ import annotations

from dataclasses import dataclass

from summarizer.quantities.nouns import (
    COUNTING,
    EMPTY,
    GERUNDS,
    INITIALS,
    NO_NOUNS,
    OF_HEADS,
    PLAIN_VERBS,
    SAME,
    SUPPOSED,
)
from summarizer.quantities.owners import read_entity
from summarizer.quantities.quantity import Span
from summarizer.quantities.scene import Scene, actor_name, singular
from summarizer.quantities.words import (
    AUXILIARIES,
    CHANGE_NOUNS,
    CHANGE_VERBS,
    DETERMINERS,
    FATES,
    LEVEL_VERBS,
    NEUTRAL,
    PREPOSITIONS,
    PRONOUNS,
    SAYING,
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a noun phrase names.

    :param measure: what is measured; None when the phrase names none.
    :param entity: whose; with a partner "china to usa", or the partner alone, "to usa".
    """

    measure: Span | None
    entity: Span | None


@dataclass(frozen=True, slots=True)
class Following:
    """What the words after a figure make of it.

    :param phrase: what is measured, and whose.
    :param change: whether the figure is a change, as in "12.7 % fall".
    :param direction: the word that tells which way.
    :param fate: whether it is what happened to those counted.
    :param binding: whether it holds the figure closer than any verb before it.
    """

    phrase: Phrase
    change: bool = False
    direction: Span | None = None
    fate: bool = False
    binding: bool = True


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
    entity = read_entity(scene, first, head, cut, end)
    named = scene.is_name(head) and words[head] not in INITIALS and singular(words[head]) not in SAME
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
    if noun in SUPPOSED:
        return _supposed(scene, first, head, cut, end)
    if not _is_noun(words[head], noun):
        return None
    begin, names = _qualifiers(scene, first, head)
    names.append(noun)
    if cut < end and words[cut] == "of" and (noun in COUNTING or noun in OF_HEADS):
        inner = _inner(scene, cut + 1, end)
        if inner is None and noun in COUNTING:
            return None
        if inner is not None:
            of = inner.name if noun in COUNTING else f"{inner.name} {noun}"
            return Span(SAME.get(of, of), scene.tokens[begin].start, inner.end)
    if noun in EMPTY or (noun in SAYING and noun not in ("claim", "project")):
        return None
    name = SAME.get(" ".join(names), " ".join(names))
    if begin > first + 1 and words[begin - 1] == "and" and scene.owner[begin - 2] < 0:
        other = _measure(scene, first, begin - 2, begin - 1, begin - 1)
        if other is not None and other.end <= scene.tokens[begin - 1].start:
            return Span(" and ".join(sorted((other.name, name))), other.start, scene.tokens[head].end)
    return scene.span(name, begin, head + 1)


def _is_noun(word: str, noun: str) -> bool:
    """Tell whether a word can be what is measured, by its ending and by what it is known to be."""
    verbal = word.endswith("ed") or (word.endswith("ing") and word not in GERUNDS) or noun in NO_NOUNS
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
        and word not in PLAIN_VERBS
        and word not in DETERMINERS
        and word not in AUXILIARIES
        and word not in PRONOUNS
        and word not in ("and", "or", "but", "that", "when", "while", "said", "says", "as", "if", "than")
        and (word not in CHANGE_VERBS or word in CHANGE_NOUNS)
        and (not scene.is_name(at) or word in INITIALS)
    )
