"""A stream of dated articles of which it is known which event each reports.

Every cluster of a set is an event. It begins at a moment drawn over as many days as there are three hundred events for,
or thirty: the sets tell a decade of one country's politics, and many of their events are one long story days apart. Its
articles appear within a day of that. Of every fourth cluster only one article is taken: most articles of an
archive are alone. To every fourth event of long articles come one or two made copies (another headline, a byline, up to
half cut, up to 30 % added from an article on another event). Articles that a set marks as off their event, log-in pages
and notes of archives among them, are in the stream and belong to no event: they are not scored, and how many came to an
event is counted.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from benchmarks.data import DataError, read_lines
from benchmarks.origins import MIN_WORDS, make_copy

#: Events that begin on one day.
EVENTS_A_DAY: Final = 300
#: The same where events of one long story seldom fall into one window.
FEW_A_DAY: Final = 30
#: Hours within which the articles of an event appear, and those after which a copy does.
SPREAD_HOURS: Final = 24
#: Events that go on for longer than the window, for fitting.
LONG_HOURS: Final = 60
_COPY_HOURS: Final = 8
_COPIED: Final = 0.25
#: Share of the clusters of which one article is taken.
_ALONE: Final = 0.25
FIRST: Final = datetime(2026, 3, 2, tzinfo=UTC)

#: An event and its articles.
Cluster = tuple[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Told:
    """One article of the stream.

    :param event: the event that it reports; empty if that is not known.
    :param kind: ``article``, ``copy`` or ``noise``.
    """

    id: str
    event: str
    kind: str
    title: str | None
    text: str
    at: datetime

    def as_line(self) -> str:
        """Give the article as a JSON line."""
        fields: dict[str, Any] = {"id": self.id, "text": self.text, "language": "en", "published": self.at.isoformat()}
        return json.dumps({**fields, **({"title": self.title} if self.title else {})})


def make_stream(
    data: Path,
    sets: Sequence[str],
    *,
    limit: int | None = None,
    seed: int = 0,
    a_day: int = EVENTS_A_DAY,
    hours: int = SPREAD_HOURS,
) -> list[Told]:
    """Make a stream of the clusters of sets, in an order that says nothing.

    :param data: of :func:`benchmarks.data.data_folder`.
    :param limit: clusters of each set, spread evenly over it; None for all.
    :param a_day: events that begin on one day.
    :param hours: within which the articles of an event appear.
    :raises DataError: if a set is missing.
    """
    clusters = [cluster for name in sets for cluster in read_clusters(data, name, limit)]
    return stream_of(clusters, seed=seed, a_day=a_day, hours=hours)


def stream_of(clusters: Sequence[Cluster], *, seed: int, a_day: int, hours: int) -> list[Told]:
    """Make a stream of clusters; parameters as of :func:`make_stream`."""
    chance = random.Random(seed)
    days = max(1, round(len(clusters) / a_day))
    texts = [row["text"] for _, documents in clusters for row in documents if len(row["text"].split()) >= MIN_WORDS]
    stream: list[Told] = []
    for number, (event, documents) in enumerate(clusters):
        start = FIRST + timedelta(seconds=chance.randrange(days * 86_400))
        own: list[Told] = []
        if chance.random() < _ALONE:
            documents = [chance.choice([row for row in documents if not row.get("noise")] or documents)]
        for place, row in enumerate(documents):
            at = start + timedelta(seconds=chance.randrange(hours * 3_600))
            noise = bool(row.get("noise"))
            own.append(
                Told(
                    f"{number:05d}-{place}",
                    "" if noise else event,
                    "noise" if noise else "article",
                    row.get("title"),
                    row["text"],
                    at,
                )
            )
        long = [one for one in own if one.event and len(one.text.split()) >= MIN_WORDS]
        if long and chance.random() < _COPIED:
            for copy in range(chance.choice((1, 2))):
                one = chance.choice(long)
                later = one.at + timedelta(seconds=chance.randrange(_COPY_HOURS * 3_600))
                text = make_copy(one.text, chance.choice(texts), chance)
                own.append(Told(f"{number:05d}-c{copy}", event, "copy", None, text, later))
        stream += own
    chance.shuffle(stream)
    return stream


def read_clusters(data: Path, name: str, limit: int | None = None) -> list[Cluster]:
    """Read clusters of a set; parameters as of :func:`make_stream`."""
    _, content = read_lines(data, name)
    try:
        rows = [json.loads(line) for line in content.decode("utf-8").split("\n") if line.strip()]
        found = [(str(row.get("id", place)), list(row["documents"])) for place, row in enumerate(rows)]
    except (ValueError, KeyError, TypeError) as error:
        raise DataError(f"{name} is not a set of clusters ({error!r}); see the shape in benchmarks/data.py") from error
    if limit is None or limit >= len(found):
        return found
    return [found[place * len(found) // limit] for place in range(limit)]
