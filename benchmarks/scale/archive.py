"""A made archive of real text, as large as wanted: clusters of the data, joined in pairs, as events on a time line.

Article ``i`` of an event joins the first half of article ``i`` of one cluster with the second half of article ``i`` of
another, so that no article of the archive stands in the data, while articles of one event still tell the same in their
own words. The pairs change from round to round, and between two uses of a cluster lies half a round, so what two
events share lies days apart. One article in ten is copied by another outlet, cut and with local text added, and one in
ten stands alone.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from benchmarks.data import NewsCluster, load
from benchmarks.origins import make_copy

#: Sets that the text is from. Nothing is tuned or scored on a made archive.
SETS: Final = ("neus_train", "multi_news_lower_train", "multi_news_val", "neus_val")
START: Final = datetime(2026, 1, 5, tzinfo=UTC)
#: Articles of an event come within so many hours.
_SPREAD_HOURS: Final = 20.0
_COPIED: Final = 0.1
_ALONE: Final = 0.1

Row = dict[str, str]


def read_clusters(folder: Path) -> list[NewsCluster]:
    """Read the clusters with at least two articles, in an order that mixes the sets."""
    clusters = [cluster for name in SETS for cluster in load(folder, name).clusters if len(cluster.documents) > 1]
    random.Random(0).shuffle(clusters)
    return clusters


def make_rows(clusters: Sequence[NewsCluster], n_articles: int, *, days: int, seed: int = 0) -> Iterator[Row]:
    """Make articles of an archive.

    :param clusters: as :func:`read_clusters` gives them.
    :param n_articles: how many to make.
    :param days: over how many days they are spread, events by events.
    :return: rows ``id``, ``title``, ``text``, ``source``, ``published``, ``event``; not sorted by time.
    """
    chance = random.Random(seed)
    n = len(clusters)
    # About so many articles an event gives, the copied and the single ones included.
    mean = sum(len(cluster.documents) for cluster in clusters) / n * (1 + _COPIED)
    n_events = max(round(n_articles / mean), 1)
    made = 0
    number = 0
    while made < n_articles:
        turn = number // n
        first, second = clusters[number % n], clusters[(number + n // 2 + turn * 7) % n]
        alone = chance.random() < _ALONE
        begin = START + timedelta(days=days * (number % n_events) / n_events)
        size = 1 if alone else min(len(first.documents), len(second.documents))
        for row in _event(first, second, size, begin, number, chance):
            yield row
            made += 1
            if made == n_articles:
                return
        number += 1


def write_archive(rows: Sequence[Row], folder: Path) -> list[Path]:
    """Write one packed file a day, the articles in the order of their time."""
    folder.mkdir(parents=True, exist_ok=True)
    days: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda row: (row["published"], row["id"])):
        days.setdefault(row["published"][:10], []).append(row)
    paths = []
    for day, some in days.items():
        path = folder / f"{day}.jsonl.gz"
        with gzip.open(path, "wt", encoding="utf-8", compresslevel=1) as file:
            for row in some:
                told = {name: value for name, value in row.items() if name != "event"}
                file.write(json.dumps(told) + "\n")
        paths.append(path)
    return paths


def _event(
    first: NewsCluster, second: NewsCluster, size: int, begin: datetime, number: int, chance: random.Random
) -> Iterator[Row]:
    for place in range(size):
        text = _joined(first.documents[place].text, second.documents[place].text)
        title = first.documents[place].title or ""
        at = begin + timedelta(hours=_SPREAD_HOURS * chance.random())
        yield _row(number, place, text, title, at, f"outlet-{chance.randrange(400)}.example")
        if chance.random() < _COPIED:
            other = second.documents[(place + 1) % len(second.documents)].text
            copied = make_copy(text, other, chance)
            later = at + timedelta(hours=chance.random())
            yield _row(number, 100 + place, copied, title, later, f"local-{chance.randrange(400)}.example")


def _joined(first: str, second: str) -> str:
    """Join the first half of the paragraphs or sentences of one text with the second half of another's."""
    one, two = first.split(". "), second.split(". ")
    return ". ".join([*one[: (len(one) + 1) // 2], *two[len(two) // 2 :]])


def _row(number: int, place: int, text: str, title: str, at: datetime, source: str) -> Row:
    return {
        "id": f"e{number}-{place}",
        "title": title,
        "text": text,
        "source": source,
        "published": at.isoformat(timespec="seconds"),
        "event": str(number),
    }
