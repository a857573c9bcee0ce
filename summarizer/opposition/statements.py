"""Opposed statements: one article denies what another states, or tells the opposite of it.

What may be opposed is told by words alone; only that is read and judged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import product

from summarizer.findings import Comparison, Relation, Value
from summarizer.material import Material
from summarizer.opposition.antonyms import EXCHANGED
from summarizer.opposition.candidates import Candidate, Candidates
from summarizer.opposition.claims import Claim
from summarizer.opposition.clauses import read_claims
from summarizer.opposition.judging import Told, find_ground
from summarizer.opposition.reading import Reading, is_open, read_sentence
from summarizer.opposition.sides import in_order, join_pairs, side_of, value_of

#: Why two claims are opposed, and the two, the earlier place first.
Edge = tuple[str, Told, Told]


def find_statements(material: Material, usable: Sequence[bool]) -> list[Comparison]:
    """Find claims of one origin that another denies.

    :param material: n sentences.
    :param usable: shape (n,), which of them are read.
    :return: comparisons without id, in order of their first place. O(words) but for the sentences that may oppose.
    """
    if len(set(material.voice.tolist())) < 2:
        return []
    return _Statements(material, usable).compare()


class _Statements:
    """The claims of an input, read when they are first looked at."""

    def __init__(self, material: Material, usable: Sequence[bool]) -> None:
        self._material = material
        self._candidates = Candidates(material, usable)
        self._open: dict[int, bool] = {}
        self._claims: dict[tuple[int, str], tuple[Told, ...]] = {}
        self._read: dict[tuple[str, str], tuple[Claim, ...]] = {}
        self._origin: list[int] = material.voice.tolist()

    def compare(self) -> list[Comparison]:
        """Pair what is opposed, and group the pairs by matter."""
        edges: dict[tuple[int, int], Edge] = {}
        self._find(self._candidates.pairs(), edges)
        both = {told for edge in edges.values() for told in edge[1:]}
        both = {told for told in both if self._tells_both(told)}
        kept = {pair: edge for pair, edge in edges.items() if both.isdisjoint(edge[1:])}
        return [found for found in map(self._comparison, _groups(kept)) if found is not None]

    def _tells_both(self, told: Told) -> bool:
        """Tell whether the origin of a claim opposes it itself."""
        return any(
            find_ground(told, other) is not None
            for number, key in self._candidates.within(told.number, told.claim.key)
            for other in self._told(number, key)
            if other is not told
        )

    def _find(self, candidates: Iterable[Candidate], edges: dict[tuple[int, int], Edge]) -> None:
        for number, key, other, other_key in candidates:
            mine = self._told(number, key)
            if key == other_key and key not in EXCHANGED:
                mine = tuple(told for told in mine if told.claim.denied)
            for a, b in product(mine, self._told(other, other_key) if mine else ()):
                ground = find_ground(a, b)
                if ground is not None:
                    low, high = (a, b) if a.number < b.number else (b, a)
                    pair, edge = (low.number, high.number), (ground, low, high)
                    # Of several grounds the same one is shown whatever the order of the articles.
                    edges[pair] = min(edges.get(pair, edge), edge, key=_rank)

    def _told(self, number: int, key: str) -> tuple[Told, ...]:
        """Read the claims of a sentence with one predicate."""
        if (number, key) not in self._claims:
            text = self._material.sentences[number].text
            if number not in self._open:
                self._open[number] = is_open(text)
            if self._open[number]:
                self._claims[number, key] = ()
                return ()
            reading = read_sentence(text)
            claims = self._read.get((text, key))
            if claims is None:  # articles of one agency hold the same sentences
                claims = self._read[text, key] = read_claims(reading, key)
            before = self._candidates.words_before(number) if claims else frozenset()
            self._claims[number, key] = tuple(Told(number, claim, reading, before) for claim in claims)
        return self._claims[number, key]

    def _comparison(self, edges: list[Edge]) -> Comparison | None:
        """Show the claims of one matter on two sides, those of origins left out that tell both."""
        sides = _two_sides(edges)
        origins = [{self._origin[told.number] for told in side} for side in sides]
        both = origins[0] & origins[1]
        first, second = ([told for told in side if self._origin[told.number] not in both] for side in sides)
        if not first or not second:
            return None
        ground = edges[0][0]
        relation, why = self._relation(first, second)
        shown = [side_of(self._value(told) for told in side) for side in (first, second)]
        return Comparison(
            id="",
            kind="statement",
            topic=_topic(first[0], second[0]),
            relation=relation,
            reason=f"{ground}{why}",
            sides=in_order(shown),
        )

    def _value(self, told: Told) -> Value:
        start = self._material.sentences[told.number].start
        claim = told.claim
        return value_of(
            self._material, told.number, start + claim.start, start + claim.end, attribution=claim.speaker or None
        )

    def _relation(self, first: Sequence[Told], second: Sequence[Told]) -> tuple[Relation, str]:
        """Tell a conflict from a later correction and from two speakers who differ."""
        days = [[self._day(told) for told in side] for side in (first, second)]
        if all(map(all, days)) and (max(days[0]) < min(days[1]) or max(days[1]) < min(days[0])):
            later = max(min(days[0]), min(days[1]))
            return "revision", f", the one told later ({later})"
        speakers = [sorted({told.claim.speaker for told in side}) for side in (first, second)]
        if all(map(all, speakers)) and not any(_same_speaker(a, b) for a, b in product(*speakers)):
            return "attribution", f", on the word of {speakers[0][0]} and of {speakers[1][0]}"
        return "conflict", ""

    def _day(self, told: Told) -> str:
        return (self._material.documents[int(self._material.owner[told.number])].published or "")[:10]


def _rank(edge: Edge) -> tuple[str, list[tuple[str, int, int]]]:
    return edge[0], sorted((told.reading.text, told.claim.start, told.claim.end) for told in edge[1:])


def _same_speaker(a: str, b: str) -> bool:
    return not Reading(a).content.isdisjoint(Reading(b).content)


def _groups(edges: dict[tuple[int, int], Edge]) -> list[list[Edge]]:
    """Put pairs together that share a sentence, in order."""
    group = join_pairs(edges)
    groups: dict[int, list[Edge]] = defaultdict(list)
    for a, b in sorted(edges):
        groups[group[a]].append(edges[a, b])
    return [groups[number] for number in sorted(groups)]


def _two_sides(edges: list[Edge]) -> tuple[list[Told], list[Told]]:
    """Put the claims of connected pairs on two sides; one that would be on both stays on its first."""
    side: dict[int, int] = {}
    told: dict[int, Told] = {}
    waiting = list(edges)
    while waiting:
        known = [edge for edge in waiting if edge[1].number in side or edge[2].number in side] or waiting[:1]
        for edge in known:
            _, a, b = edge
            if b.number in side and a.number not in side:
                side[a.number] = 1 - side[b.number]
            side.setdefault(a.number, 0)
            side.setdefault(b.number, 1 - side[a.number])
            told.setdefault(a.number, a)
            told.setdefault(b.number, b)
        waiting = [edge for edge in waiting if edge not in known]
    ordered = sorted(told)
    return [told[n] for n in ordered if side[n] == 0], [told[n] for n in ordered if side[n] == 1]


def _topic(a: Told, b: Told) -> str:
    """Name the matter: words that both have, as they stand in the first."""
    shared = a.claim.told & b.claim.told
    words = [token for token, key in zip(a.reading.tokens, a.reading.keys, strict=True) if key in shared]
    return " · ".join(list(dict.fromkeys(words))[:3]) or a.claim.word
