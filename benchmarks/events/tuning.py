"""The streams of the sets for training that trees are fitted on, in two halves that share no cluster.

Trees fitted on one half are scored on the other. Eight parts of 539 events each, at several densities and lengths of
events; long articles, each of two joined, since the sets for training have none of more than 150 words; large events,
and made archives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.events.made import make_archive, rewrite_large
from benchmarks.events.stream import Cluster, Told, read_clusters, stream_of

_PARTS: Final = 8
#: Clusters of Multi-News that are parted; the others become large events.
_PARTED: Final = 1_856
#: Clusters of joined articles a half.
_LONG: Final = 464
_N_ARCHIVES: Final = 40
#: How much a link of a stream of a kind weighs in fitting. Those that are reported weigh most, the made ones as little
#: as keeps large events whole: with five times as much, pairs' F1 at 300 a day is .01 lower.
WEIGHTS: Final = {
    "300 a day": 1.0,
    "300 a day, over 60 hours": 0.5,
    "30 a day": 0.5,
    "30 a day, over 60 hours": 0.5,
    "100 a day": 0.5,
    "100 a day, over 120 hours": 0.5,
    "1,000 a day": 0.25,
    "300 a day, joined articles": 0.25,
    "large events, rewritten": 0.02,
    "made archives": 0.1,
}


@dataclass(frozen=True, slots=True)
class Tuning:
    """A stream to fit on.

    :param kind: of :data:`WEIGHTS`.
    :param half: 0 or 1.
    """

    kind: str
    half: int
    stream: list[Told]


#: Kind, events a day, hours, parts, and what is added to the number of a part for the seed.
_OF_PARTS: Final = (
    ("300 a day", 300, 24, range(8), 0),
    ("300 a day, over 60 hours", 300, 60, range(8), 10),
    ("30 a day", 30, 24, range(0, 8, 2), 20),
    ("30 a day, over 60 hours", 30, 60, range(1, 8, 2), 30),
    ("100 a day", 100, 24, (0, 3, 4, 7), 40),
    ("100 a day, over 120 hours", 100, 120, range(8), 60),
)


def make_tuning(data: Path) -> Iterator[Tuning]:
    """Make the streams, one after another.

    :param data: of :func:`benchmarks.data.data_folder`.
    :raises DataError: if a set is missing.
    """
    neus, every = read_clusters(data, "neus_train"), read_clusters(data, "multi_news_lower_train")
    parted = [every[place * len(every) // _PARTED] for place in range(_PARTED)] if len(every) > _PARTED else every

    def of_parts(parts: range | tuple[int, ...], seed: int, a_day: int, hours: int) -> list[Told]:
        some = [cluster for part in parts for cluster in parted[part::_PARTS]]
        some += [cluster for part in parts for cluster in neus[part::_PARTS]]
        return stream_of(some, seed=seed, a_day=a_day, hours=hours)

    for kind, a_day, hours, parts, first in _OF_PARTS:
        for part in parts:
            yield Tuning(kind, 2 * part // _PARTS, of_parts((part,), first + part, a_day, hours))
    for half in (0, 1):
        parts = range(4 * half, 4 * half + 4)
        yield Tuning("1,000 a day", half, of_parts(parts, 50 + 4 * half, 1_000, 24))
    halves = {event: place % _PARTS * 2 // _PARTS for place, (event, _) in enumerate(parted)}
    others = [cluster for cluster in every if cluster[0] not in halves]
    halves |= {event: place % 2 for place, (event, _) in enumerate(others)}
    for half in (0, 1):
        joined = [_join(cluster) for cluster in every if halves[cluster[0]] == half]
        joined = [cluster for cluster in joined if len(cluster[1]) > 1][:_LONG]
        some = [cluster for part in range(4 * half, 4 * half + 4) for cluster in neus[part::_PARTS]]
        both = [*joined, *some[: len(joined) * 307 // 232]]
        yield Tuning("300 a day, joined articles", half, stream_of(both, seed=70 + half, a_day=300, hours=24))
    for half in (0, 1):
        yield Tuning("large events, rewritten", half, rewrite_large(others[half::2], half))
    for seed in range(_N_ARCHIVES):
        yield Tuning("made archives", seed % 2, make_archive(seed))


def _join(cluster: Cluster) -> Cluster:
    """Join each two articles of a cluster to one."""
    texts = [row["text"] for row in cluster[1] if not row.get("noise")]
    return cluster[0], [{"text": f"{texts[n]}\n{texts[n + 1]}"} for n in range(0, len(texts) - 1, 2)]


#: Gives the streams; another one in tests.
Source = Callable[[Path], Iterator[Tuning]]
