"""Which documents are copies of one another: copies share an origin, and an origin counts once.

Two documents are compared by containment: of the word 5-grams of the shorter one, the share that the other also has. A
copy cut to half that gained a fifth of local text keeps a containment of 0.71, where Jaccard similarity falls to 0.42.
What stands in quotation marks is left out: independent reports of one statement share its words, and of 14 pairs of
NeuS and Multi-News articles with a containment of 0.5 to 0.66, 8 share little else.

``benchmarks/origins.py``: of 300 made copies 99 % get the origin of their article; of 917 and 401 pairs of articles of
one event in NeuS and Multi-News, 0 and 2 that are no reprints share an origin, beside 9 reprints.

Known limits: a digest that holds two other articles whole is a copy of both, so the three share one origin; a
quotation in single quotation marks counts as text.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from itertools import combinations, count
from typing import Final

import numpy as np
from numpy.typing import NDArray

from summarizer.datatypes import Document
from summarizer.errors import ConfigError
from summarizer.terms import tokenize
from summarizer.vectors import distinct

logger = logging.getLogger(__name__)

#: Words of a shingle.
_WORDS: Final = 5
#: With fewer shingles outside quotations than this, a document is short: one shared phrase can fill half of it, so it
#: must be in the other document nearly whole, and it never joins two others.
_SHORT: Final = 20
_SHORT_THRESHOLD: Final = 0.8
#: Two stories of one news agency are one origin from this share of the threshold on: 0.2 at the default of 0.5.
_WIRE_SHARE: Final = 0.4
#: Shingles in more documents than this are counted by a matrix product, the others pair by pair.
_FREQUENT: Final = 16
#: Up to so many documents are compared pair by pair.
_FEW: Final = 6
#: Cells of a matrix block, and pairs a step: 32 MB each at most.
_BLOCK: Final = 4_000_000
#: Multiplier of the polynomial over word numbers, odd so that it is invertible modulo 2^64.
_BASE: Final = np.uint64(0x9E3779B97F4A7C15)
_SECOND: Final = np.uint64(0xBF58476D1CE4E5B9)

#: News agencies: code -> names, the one by which a briefing calls it first.
AGENCIES: Final = {
    "aap": "AAP|Australian Associated Press", "afp": "AFP|Agence France-Presse", "ani": "ANI", "ansa": "ANSA",
    "ap": "AP|Associated Press", "apa": "APA", "bloomberg": "Bloomberg|Bloomberg News",
    "canadian-press": "Canadian Press", "dpa": "dpa|Deutsche Presse-Agentur", "efe": "EFE|Agencia EFE",
    "ians": "IANS", "interfax": "Interfax", "kyodo": "Kyodo|Kyodo News", "pa": "PA Media|PA News",
    "pti": "PTI|Press Trust of India", "reuters": "Reuters|Thomson Reuters|Reporting by", "tass": "TASS|ITAR-TASS",
    "upi": "UPI|United Press International", "xinhua": "Xinhua|Xinhua News Agency",
    "yonhap": "Yonhap|Yonhap News Agency",
}  # fmt: skip
_WRITTEN: Final = tuple("|".join(AGENCIES.values()).split("|"))
_NAMES: Final = {name.lower(): code for code, names in AGENCIES.items() for name in names.split("|")}
_ANY: Final = "(?:[Tt]he )?(" + "|".join(sorted(map(re.escape, _WRITTEN), key=len)[::-1]) + ")"
# Every name holds one of these; looking for them takes a tenth of the time of looking for the shapes.
_SHORTEST_NAMES: Final = tuple(
    name for name in _WRITTEN if not any(other != name and other in name for other in _WRITTEN)
)
# The shapes in which a story declares its agency: a dateline, a byline, a source line, a copyright line, a line that
# holds nothing but the agency and a date, and Reuters' list of editors. "AP Photo" and "contributed to this report"
# name the agency of a part, and "told Reuters" that of a fact.
_WIRE: Final = re.compile(
    rf"\({_ANY}\)\s*(?:[-–—:]|$)|^(?:By|BY)\b[^\n]{{0,80}}?\b{_ANY}\s*(?:$|[|,;(/–—-])"
    rf"|(?:Source:|SOURCE:|©(?: ?\d{{4}})?|\bCopyright(?: ?\d{{4}})?) {_ANY}\b"
    rf"|^{_ANY}[.,]?(?:$| (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|\d))"
    r"|\b(Associated Press) [Ww]riters?\b|\b(Reporting by) [^\n]{1,200}?[Ee]diting by",
    re.MULTILINE,
)
#: Quotations of up to 1,000 characters within a line.
_QUOTATION: Final = re.compile('“[^“”\n]{1,1000}[”"]|"[^"“”\n]{1,1000}["”]')
#: Characters at the start, and at the end, in which an agency is looked for.
_HEAD: Final = 400
_TAIL: Final = 300


@dataclass(frozen=True, slots=True)
class _Content:
    """What is compared of one document.

    :param shingles: hashes of its distinct 5-grams, ascending, uint64: outside quotations, or of all if it is short.
    :param wires: the agencies it names as its source.
    :param words: all its words, if it is short.
    """

    shingles: NDArray[np.uint64]
    wires: frozenset[str]
    words: tuple[str, ...] | None


def fold_copies(documents: Sequence[Document], *, threshold: float = 0.5) -> list[Document]:
    """Give each document the origin it shares with its copies.

    Two documents with at least 20 shingles outside quotations are copies from the threshold on, or from 0.4 times the
    threshold on if both name the same news agency; what is a copy of a copy has the same origin. A shorter document is
    a copy of the one that holds most of it, at least 0.8, or of one with the same words.

    The origin is the document published first, else the longest, else the one with the smallest id.

    :param documents: n documents, cleaned or not; dropped passages do not count. Ids should be unique.
    :param threshold: least containment of a copy, in [0, 1].
    :return: the same documents in the same order, with ``origin_id`` set, and ``copy_of`` in all but the origins.
    :raises ConfigError: if the threshold is outside [0, 1].

    O(shingles log shingles + n²) time, and 4 n² bytes beside the shingles.
    """
    if not 0 <= threshold <= 1:
        raise ConfigError(f"copy_threshold must be in [0, 1], not {threshold!r}")
    # One order whatever the order given, so that ties are decided alike.
    places = sorted(range(len(documents)), key=lambda place: _identity(documents[place]))
    ordered = [documents[place] for place in places]
    numbers = _Numbers()
    contents = [_content(document, numbers) for document in ordered]
    groups = _groups(contents, threshold)
    result = list(documents)
    for members in groups:
        origin = min(members, key=lambda index: (*_precedence(ordered[index]), index))
        for index in members:
            copy_of = None if index == origin else ordered[origin].id
            result[places[index]] = replace(ordered[index], origin_id=ordered[origin].id, copy_of=copy_of)
    logger.debug("%d documents have %d origins", len(documents), len(groups))
    return result


def _identity(document: Document) -> tuple[str, ...]:
    return document.id, document.published or "", document.url or "", document.source or "", document.text


def _content(document: Document, numbers: _Numbers) -> _Content:
    kept = []
    start = 0
    for passage in sorted(document.dropped, key=lambda passage: (passage.start, passage.end)):
        kept.append(document.text[start : max(passage.start, start)])
        start = max(start, passage.end)
    text = "\n".join([*kept, document.text[start:]])
    wires = find_wires(document)
    shingles = _shingles(tokenize(_QUOTATION.sub(" ", text)), numbers)
    if len(shingles) >= _SHORT:
        return _Content(shingles, wires, None)
    words = tokenize(text)
    return _Content(_shingles(words, numbers), wires, tuple(words))


def find_wires(document: Document) -> frozenset[str]:
    """Name the news agencies that a document gives as its source.

    Read are the outlet, and the first 400 and last 300 characters, dropped passages included: cleaning drops bylines.

    >>> sorted(find_wires(Document("LONDON (AP) — Talks resumed.")))
    ['ap']
    """
    text = document.text
    return _wires((text[:_HEAD], text[max(_HEAD, len(text) - _TAIL) :], document.source or ""))


@lru_cache(maxsize=1 << 12)
def _wires(ends: tuple[str, ...]) -> frozenset[str]:
    """Name the agencies that the ends of a text and its outlet declare; folding asks, and whoever counts origins."""
    named = [end for end in ends if any(map(end.__contains__, _SHORTEST_NAMES))]
    found = (next(filter(None, match.groups())) for end in named for match in _WIRE.finditer(end))
    return frozenset(_NAMES[name.lower()] for name in found)


def _shingles(tokens: list[str], numbers: _Numbers) -> NDArray[np.uint64]:
    """Hash the distinct 5-grams: a polynomial over the numbers of the words."""
    if len(tokens) < _WORDS:
        return np.zeros(0, dtype=np.uint64)
    words = _mix(np.fromiter(numbers.of(tokens), dtype=np.uint64, count=len(tokens)))
    hashes = np.zeros(len(words) - _WORDS + 1, dtype=np.uint64)
    for offset in range(_WORDS):
        hashes *= _BASE
        hashes += words[offset : len(words) - _WORDS + 1 + offset]
    return distinct(hashes)


class _Numbers(dict[str, int]):
    """The numbers of the words of one input, in the order in which they were met."""

    def of(self, words: Sequence[str]) -> Iterator[int]:
        """Give the number of each word; new ones are numbered together."""
        new = [word for word in dict.fromkeys(words) if word not in self]
        self.update(zip(new, count(len(self)), strict=False))
        return map(self.__getitem__, words)


def _mix(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Spread small numbers over 64 bits, one to one, as a polynomial over neighbours would collide."""
    mixed = (numbers + np.uint64(1)) * _BASE
    mixed ^= mixed >> np.uint64(32)
    mixed *= _SECOND
    return np.asarray(mixed ^ (mixed >> np.uint64(29)))


def _groups(contents: Sequence[_Content], threshold: float) -> list[list[int]]:
    """Part the documents into groups of one origin each; the order of the documents does not matter."""
    n = len(contents)
    sizes = np.array([len(content.shingles) for content in contents], dtype=np.int64)
    left, right, shared = _shared(contents)
    contained = shared / np.minimum(sizes[left], sizes[right])
    is_short = np.array([content.words is not None for content in contents], dtype=np.bool_)
    long = ~(is_short[left] | is_short[right])
    same_wire = np.array(
        [bool(contents[i].wires & contents[j].wires) for i, j in zip(left, right, strict=True)], dtype=np.bool_
    )
    linked = long & (contained >= np.where(same_wire, threshold * _WIRE_SHARE, threshold))
    parents = list(range(n))
    for i, j in zip(left[linked], right[linked], strict=True):
        _union(parents, int(i), int(j))
    near = ~long & (contained >= max(threshold, _SHORT_THRESHOLD))
    for index, partner in _short_links(contents, (left[near], right[near], contained[near])):
        _union(parents, index, partner)
    groups: dict[int, list[int]] = {}
    for index in range(n):
        groups.setdefault(_root(parents, index), []).append(index)
    return list(groups.values())


def _short_links(
    contents: Sequence[_Content], pairs: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]
) -> Iterator[tuple[int, int]]:
    """Give each short document at most one link to a document that holds it, so that it never joins two others."""
    first: dict[tuple[str, ...], int] = {}
    for index, content in enumerate(contents):
        if content.words:
            yield index, first.setdefault(content.words, index)
    best: dict[int, tuple[float, int]] = {}
    for i, j, contained in zip(*(part.tolist() for part in pairs), strict=True):
        # The short one of the two; the shorter one where both are.
        short, other = sorted((i, j), key=lambda k: (contents[k].words is None, len(contents[k].shingles), k))
        best[short] = min(best.get(short, (0.0, 0)), (-contained, other))
    yield from ((index, partner) for index, (_, partner) in sorted(best.items()))


def _shared(contents: Sequence[_Content]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Count the shingles that each pair of documents shares, for the pairs that share any.

    :return: i, j and the count, shape (m,), with i < j, ascending.
    """
    n = len(contents)
    if n <= _FEW:
        return _shared_by_few(contents)
    hashes = np.concatenate([content.shingles for content in contents]) if contents else np.zeros(0, dtype=np.uint64)
    owners = np.repeat(np.arange(n), [len(content.shingles) for content in contents])
    # Stable, so that the owners of one shingle ascend.
    order = np.argsort(hashes, kind="stable")
    starts = np.flatnonzero(np.diff(hashes[order], prepend=~hashes[order[:1]]))
    lengths = np.diff(starts, append=len(order))
    owners = owners[order]
    counts = np.zeros(n * n, dtype=np.int32)
    for length in np.flatnonzero(np.bincount(lengths[(lengths > 1) & (lengths <= _FREQUENT)])).tolist():
        chosen = starts[lengths == length]
        first, second = np.triu_indices(length, 1)
        step = max(1, _BLOCK // len(first))
        for begin in range(0, len(chosen), step):
            postings = owners[chosen[begin : begin + step, None] + np.arange(length)]
            codes = postings[:, first] * n + postings[:, second]
            counts += np.bincount(codes.ravel(), minlength=n * n).astype(np.int32)
    counts = counts.reshape(n, n) + _shared_frequent(owners, starts, lengths, n)
    left, right = np.nonzero(counts)
    once = left < right
    left, right = left[once], right[once]
    return left, right, counts[left, right].astype(np.int64)


def _shared_by_few(contents: Sequence[_Content]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Count them pair by pair, which is less work for a few documents."""
    found = []
    for (i, first), (j, second) in combinations(enumerate(content.shingles for content in contents), 2):
        short, long = sorted((first, second), key=len)
        if len(short):
            places = np.minimum(np.searchsorted(long, short), len(long) - 1)
            if shared := int(np.count_nonzero(long[places] == short)):
                found.append((i, j, shared))
    left, right, counts = np.array(found, dtype=np.int64).reshape(-1, 3).T
    return left, right, counts


def _shared_frequent(
    owners: NDArray[np.int64], starts: NDArray[np.int64], lengths: NDArray[np.int64], n: int
) -> NDArray[np.int32]:
    """Count in the same way the shingles that many documents have, as a product of incidence matrices."""
    counts = np.zeros((n, n), dtype=np.int32)
    frequent = np.flatnonzero(lengths > _FREQUENT)
    step = max(1, _BLOCK // max(n, 1))
    for begin in range(0, len(frequent), step):
        block = frequent[begin : begin + step]
        rows = np.concatenate([owners[starts[k] : starts[k] + lengths[k]] for k in block])
        incidence = np.zeros((n, len(block)), dtype=np.float32)
        incidence[rows, np.repeat(np.arange(len(block)), lengths[block])] = 1
        # Whole numbers below 2^24 are exact in float32, so the sum does not depend on the order of addition.
        counts += (incidence @ incidence.T).astype(np.int32)
    return counts


def _root(parents: list[int], index: int) -> int:
    while parents[index] != index:
        parents[index] = parents[parents[index]]
        index = parents[index]
    return index


def _union(parents: list[int], first: int, second: int) -> None:
    first, second = sorted((_root(parents, first), _root(parents, second)))
    parents[second] = first


def _precedence(document: Document) -> tuple[float, int, str]:
    """Order the copies of one text: published first, longest, smallest id."""
    return _published(document), -len(document.text), document.id


def _published(document: Document) -> float:
    """Give the moment of publication in seconds; a date is its first moment in UTC, none or nonsense is last."""
    try:
        moment = datetime.fromisoformat((document.published or "").strip())
    except ValueError:
        return float("inf")
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
