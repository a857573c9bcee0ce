"""How well articles were put into events: BCubed, pairs, events split, events mixed; intervals over events.

An article that was put nowhere is an event of its own. Articles of which the event is not known are left out of both
sides before anything is counted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Score:
    """One measure, and its percentile bootstrap interval over events."""

    value: float
    low: float
    high: float

    @classmethod
    def of(cls, value: float, drawn: NDArray[np.float64]) -> Score:
        """Round a value and the interval that 95 % of the samples lie in."""
        low, high = np.quantile(drawn, (0.025, 0.975))
        return cls(round(float(value), 4), round(float(low), 4), round(float(high), 4))


def score(
    known: Mapping[str, str], found: Mapping[str, str], *, n_resamples: int = 1000, seed: int = 0
) -> dict[str, Any]:
    """Compare found events with known ones.

    BCubed precision of an article is the share of those put with it that are of its event, recall the share of its
    event that was put with it; both are means over articles. Of pairs, one across two events counts half for each, so
    that all can be told by event, which is what is resampled.

    :param known: article to event, those of which it is known.
    :param found: article to event as found; more articles than ``known`` has do not count.
    :return: ``bcubed_precision``, ``…_recall``, ``…_f1``, ``pairwise_…``, each a :class:`Score` as a dictionary;
        ``split``, the share of events of two articles or more that came to several, and ``pieces``, to how many on
        average; ``mixed``, the share of found events of two articles or more that hold several.

    Bagga and Baldwin (1998), aclanthology.org/P98-1012
    """
    placed = {article: found.get(article, f"alone {article}") for article in known}
    n_both = Counter((event, placed[article]) for article, event in known.items())
    n_known, n_found = Counter(known.values()), Counter(placed.values())
    rows: dict[str, list[float]] = {event: [0.0] * 6 for event in sorted(n_known)}
    for (event, place), n in sorted(n_both.items()):
        row = rows[event]
        row[0] += n * n / n_found[place]
        row[1] += n * n / n_known[event]
        row[2] += n
        row[3] += n * (n - 1) / 2
        row[4] += n * (n - 1) / 2 + n * (n_found[place] - n) / 2
    for event, row in rows.items():
        row[5] = n_known[event] * (n_known[event] - 1) / 2
    table = np.array(list(rows.values())).reshape(-1, 6)
    generator = np.random.default_rng(seed)
    times = np.stack(
        [np.bincount(generator.integers(len(table), size=len(table)), minlength=len(table)) for _ in range(n_resamples)]
    )
    values, drawn = _measures(table.sum(axis=0)[None]), _measures(times @ table)
    scores = {name: asdict(Score.of(values[name][0], drawn[name])) for name in values}
    return {"articles": len(known), "events": len(n_known), **scores, **_shapes(known, placed)}


def _measures(sums: NDArray[np.float64]) -> dict[str, NDArray[np.float64]]:
    """Give the measures of rows of sums over events."""
    precision, recall, articles, joined, put, pairs = sums.T
    found: dict[str, NDArray[np.float64]] = {}
    for name, p, r in (
        ("bcubed", precision / articles, recall / articles),
        ("pairwise", joined / np.maximum(put, 1), joined / np.maximum(pairs, 1)),
    ):
        found |= {f"{name}_precision": p, f"{name}_recall": r, f"{name}_f1": 2 * p * r / np.maximum(p + r, 1e-12)}
    return found


def _shapes(known: Mapping[str, str], placed: Mapping[str, str]) -> dict[str, float]:
    pieces, holds = defaultdict(set), defaultdict(set)
    sizes = Counter(known.values())
    places = Counter(placed.values())
    for article, event in known.items():
        pieces[event].add(placed[article])
        holds[placed[article]].add(event)
    several = [len(found) for event, found in pieces.items() if sizes[event] > 1]
    mixed = [len(events) > 1 for place, events in holds.items() if places[place] > 1]
    return {
        "split": round(sum(n > 1 for n in several) / max(len(several), 1), 4),
        "pieces": round(sum(several) / max(len(several), 1), 3),
        "mixed": round(sum(mixed) / max(len(mixed), 1), 4),
    }
