"""Shares: "38 % of all drug seizures", "60 % of voters support the measure"."""

from __future__ import annotations

from summarizer.quantities.phrases import Following, Phrase, read_phrase
from summarizer.quantities.scene import Scene, actor_name, singular
from summarizer.quantities.words import (
    AUXILIARIES,
    CLAUSE_WORDS,
    DETERMINERS,
    FATES,
    LIGHT,
    NEUTRAL,
    PREPOSITIONS,
    SAYING,
    SHARE_VERBS,
)


def read_share(scene: Scene, index: int) -> Following | None:
    """Read "38 % of all drug seizures" as a share, told apart by what those do: "60 % of voters support"."""
    first, end = scene.places[index]
    stop = scene.bound_right(end + 1)
    words = scene.words
    at = end + 1
    while at < stop and (words[at] in DETERMINERS or words[at] in ("those", "people's") or words[at] in NEUTRAL):
        at += 1
    head = at
    while head < stop and words[head].isalpha() and words[head] not in PREPOSITIONS and words[head] not in AUXILIARIES:
        if head > at and (words[head] in FATES or words[head] in SAYING or _finite(scene, head)):
            break
        head += 1
    if head == at or head - at > 4 or scene.owner[at] >= 0:
        return None
    noun = _bare(scene, at, head)
    if noun is None:
        return None
    predicate = _predicate(scene, head, stop)
    if scene.word(first - 1) in ("for", "up") or scene.word(first - 1) in SHARE_VERBS:
        stop_at = first - 1
        while stop_at > 0 and (words[stop_at - 1] in SHARE_VERBS or words[stop_at - 1] in AUXILIARIES):
            stop_at -= 1
        subject = read_phrase(scene, scene.bound_left(first), stop_at, forward=True).measure
        predicate = predicate or (f": {subject.name}" if subject is not None else "")
        predicate = predicate or (
            f": {scene.words[first - 1]}" if subject is None and scene.word(first - 1) != "for" else ""
        )
    elif not predicate and first and scene.words[first - 1].endswith("ed"):
        predicate = f": {scene.words[first - 1]}"
    name = f"share of {noun}{predicate}"
    entity = None
    for spot in range(at, head):
        if scene.is_name(spot):
            entity = scene.span(actor_name(scene.tokens[spot].text), spot, spot + 1)
            break
    return Following(Phrase(scene.span(name, at, head), entity), binding=False)


def _finite(scene: Scene, at: int) -> bool:
    """Guess a verb after the people counted: "voters support", "women had"; the noun before it is a plural."""
    before, word = scene.words[at - 1], scene.words[at]
    return singular(before) != before and not word.endswith("s") and word not in PREPOSITIONS


def _bare(scene: Scene, first: int, end: int) -> str | None:
    if scene.is_name(end - 1):
        return actor_name(scene.tokens[end - 1].text)
    names = [singular(scene.words[at]) for at in range(first, end) if not scene.is_name(at)]
    return " ".join(names[-2:]) if names and len(names[-1]) > 2 else None


def _predicate(scene: Scene, at: int, stop: int) -> str:
    """Name what those counted do, "" when nothing is said."""
    while at < stop and (scene.words[at] in LIGHT or scene.words[at] in AUXILIARIES):
        at += 1
    if (
        at >= stop
        or scene.words[at] in PREPOSITIONS
        or not scene.words[at].isalpha()
        or scene.words[at] in CLAUSE_WORDS
    ):
        return ""
    more = [
        word
        for word in scene.words[at + 1 : stop]
        if word not in LIGHT and word.isalpha() and word not in PREPOSITIONS and word not in CLAUSE_WORDS
    ]
    return f": {' '.join([scene.words[at], *more[:1]])}"
