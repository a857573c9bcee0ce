"""Whether one system is better than another: the paired bootstrap over clusters, or events where clusters share one."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.data import DataError
from summarizer.rouge import resample_means


@dataclass(frozen=True, slots=True)
class Difference:
    """The mean of a - b over pairs, with its percentile bootstrap interval.

    :param n: pairs.
    :param n_groups: units that were resampled.
    """

    mean: float
    low: float
    high: float
    n: int
    n_groups: int

    @property
    def is_clear(self) -> bool:
        """Whether the interval lies on one side of zero."""
        return self.low > 0 or self.high < 0


def paired_bootstrap(
    a: Sequence[float],
    b: Sequence[float],
    *,
    groups: Sequence[Hashable] | None = None,
    n_resamples: int = 1000,
    seed: int = 0,
    confidence: float = 0.95,
) -> Difference:
    """Estimate the mean of a - b.

    :param a: n scores of one system.
    :param b: n scores of another on the same clusters, in the same order.
    :param groups: n labels; pairs with one label are resampled together.
    :raises DataError: if the lengths differ or are zero.

    Koehn (2004), aclanthology.org/W04-3250
    """
    if not a or len(a) != len(b) or (groups is not None and len(groups) != len(a)):
        raise DataError(f"pairs are needed: got {len(a)} and {len(b)} scores")
    differences = np.asarray(a, dtype=float) - np.asarray(b, dtype=float)
    means = resample_means(differences[:, None], groups=groups, n_resamples=n_resamples, seed=seed)
    low, high = np.quantile(means, [(1 - confidence) / 2, (1 + confidence) / 2])
    n_groups = len(set(groups)) if groups is not None else len(a)
    return Difference(float(differences.mean()), float(low), float(high), len(a), n_groups)


def compare(
    first: Mapping[str, Any], second: Mapping[str, Any], metric: str, *, n_resamples: int = 1000, seed: int = 0
) -> Difference:
    """Compare the F of two results files on the clusters that both hold.

    :param first: results of :func:`benchmarks.quality.evaluate`.
    :param second: the same, of another system on the same data.
    :raises DataError: if data or budget differ, or no cluster is shared.
    """
    for key in ("set", "data", "budget"):
        left, right = (results[key]["sha256"] if key == "data" else results[key] for results in (first, second))
        if left != right:
            raise DataError(
                f"{first['system']} and {second['system']} cannot be compared: {key} {left!r} and {right!r}"
            )
    others = {row["id"]: row for row in second["clusters"]}
    rows = [(row, others[row["id"]]) for row in first["clusters"] if row["id"] in others]
    groups = [row.get("group", row["id"]) for row, _ in rows]
    return paired_bootstrap(
        [a[metric][2] for a, _ in rows],
        [b[metric][2] for _, b in rows],
        groups=groups,
        n_resamples=n_resamples,
        seed=seed,
    )
