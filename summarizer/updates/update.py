"""What new articles add to an earlier briefing: :class:`summarizer.findings.Update` from what was found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from summarizer.dates import is_overtaken
from summarizer.findings import Comparison, Repeated, Snippet, Update
from summarizer.material import Material
from summarizer.updates.corrections import NO_CORRECTIONS, Corrections, find_corrections
from summarizer.updates.novelty import Novelty
from summarizer.updates.state import State, Told

#: Sentences of new articles named as saying what an earlier statement says.
_MAX_SUPPORT: Final = 5


def make_update(
    novelty: Novelty,
    salience: Sequence[float],
    *,
    seen: Sequence[str] = (),
    compare: Callable[[Material], Sequence[Comparison]] | None = None,
) -> Update:
    """Say what is new, what is corrected and what still stands.

    :param novelty: of n sentences.
    :param salience: shape (n,), how much each sentence matters.
    :param seen: articles that were skipped; of :func:`summarizer.updates.skip_seen`.
    :param compare: compares the figures and statements of articles, as :func:`summarizer.comparison.compare` does; None
        to look for no corrections.
    """
    corrections = find_corrections(novelty, compare) if compare else NO_CORRECTIONS
    standing = _standing(novelty, corrections)
    dates = {article.id: article.published for article in novelty.state.articles}
    past = [
        is_overtaken(one.place.text, dates.get(one.place.document_id), novelty.material.latest) for one, _ in standing
    ]
    return Update(
        since=novelty.state.signature,
        new=_list_new(novelty, salience),
        corrected=corrections.comparisons,
        unchanged=tuple(found for (_, found), is_past in zip(standing, past, strict=True) if not is_past),
        figures=_distinct(novelty.figures),
        names=_distinct(novelty.names),
        seen=tuple(seen),
        earlier=corrections.articles,
        past=tuple(found for (_, found), is_past in zip(standing, past, strict=True) if is_past),
    )


def nothing_new(state: State, seen: Sequence[str]) -> Update:
    """Give the update of a run that brought no article that was not read before: every statement stands."""
    return Update(state.signature, (), (), tuple(Repeated(told.text) for told in state.statements), seen=tuple(seen))


def _list_new(novelty: Novelty, salience: Sequence[float]) -> tuple[Snippet, ...]:
    """List what is new, most salient first; of sentences that say the same the first, and those that add to it.

    A sentence that says the same as one listed is listed, too, if it holds a number or a name that none listed does.
    """
    places: dict[int, set[str]] = {}
    for index, place in (*novelty.figures, *novelty.names):
        places.setdefault(index, set()).add(place.text)
    material = novelty.material
    labels = material.clustering.labels
    told, clusters, listed = set[str](), set[int](), []
    eligible = [index for index, is_new in enumerate(novelty.eligible.tolist()) if is_new]
    for index in sorted(eligible, key=lambda index: (-salience[index], index)):
        label, mine = int(labels[index]), places.get(index, set())
        if label in clusters and mine <= told:
            continue
        clusters.add(label)
        told |= mine
        sentence = material.sentences[index]
        listed.append(Snippet(sentence.document_id, sentence.start, sentence.end, sentence.text))
    return tuple(listed)


def _distinct(found: Sequence[tuple[int, Snippet]]) -> tuple[Snippet, ...]:
    """Give the first place of each wording."""
    return tuple({place.text: place for _, place in reversed(found)}.values())[::-1]


def _standing(novelty: Novelty, corrections: Corrections) -> list[tuple[Told, Repeated]]:
    """Give the earlier statements that nothing new goes against, with the new sentences that say the same."""
    state, material, known = novelty.state, novelty.material, novelty.state.sentences
    owners = {article.id: number for number, article in enumerate(state.articles)}

    def find(place: Snippet) -> int:
        found = np.flatnonzero((known.owner == owners.get(place.document_id, -1)) & (known.start == place.start))
        return int(found[0]) if len(found) else -1

    support: dict[int, list[Snippet]] = {}
    for sentence, reason, (nearest, similarity) in zip(
        material.sentences, novelty.reasons, novelty.nearest, strict=True
    ):
        if reason == "known" and similarity >= material.clustering.bars.support:
            place = Snippet(sentence.document_id, sentence.start, sentence.end, sentence.text)
            support.setdefault(nearest, []).append(place)
    return [
        (told, Repeated(told.text, tuple(support.get(find(told.place), [])[:_MAX_SUPPORT])))
        for told in state.statements
        if (told.place.document_id, told.place.start) not in corrections.contradicted
    ]
