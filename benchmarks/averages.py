"""The measures of many summaries as means and shares, with bootstrap intervals."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from statistics import median
from typing import Any, Final

import numpy as np

from benchmarks.measures import Measures
from benchmarks.running import Outcome
from summarizer.rouge import resample_means

#: Means over the summaries.
_MEANS: Final = ("words", "sentences", "overlap", "documents", "entropy", "coverage", "density")


def summarize_measures(
    outcomes: Sequence[Outcome],
    *,
    groups: Sequence[Hashable] | None = None,
    seed: int = 0,
    n_resamples: int = 1000,
    confidence: float = 0.95,
) -> dict[str, Any]:
    """Give means and shares over all summaries, and under ``intervals`` the bounds of those that are resampled.

    Shares of sentences and of pairs are those of all summaries together, so that a summary counts by its length; their
    intervals come from resampled summaries all the same.

    :param groups: a label for each outcome; summaries with one label are resampled together.
    :return: shares in [0, 1], times in seconds, memory in MB; None where nothing was measured.
    """
    ratios = _ratios([outcome.measures for outcome in outcomes])
    table = np.array([column for ratio in ratios.values() for column in ratio], dtype=float).T
    drawn = resample_means(table, groups=groups, n_resamples=n_resamples, seed=seed)
    # Pairs, or articles, can be missing from a whole sample; 0 of 0 is no repetition.
    parts = drawn[:, ::2] / np.maximum(drawn[:, 1::2], 1e-12)
    low, high = np.quantile(parts, [(1 - confidence) / 2, (1 + confidence) / 2], axis=0)
    means = {name: sum(above) / max(sum(below), 1e-12) for name, (above, below) in ratios.items()}
    seconds = [outcome.seconds for outcome in outcomes]
    peaks = [outcome.peak_mb for outcome in outcomes if outcome.peak_mb is not None]
    return means | {
        "stated_support_rate": _stated(outcomes),
        **_positions([outcome.measures for outcome in outcomes]),
        "seconds_median": median(seconds),
        "seconds_p95": float(np.quantile(seconds, 0.95)),
        "peak_mb": max(peaks, default=None),
        "failed": sum(bool(outcome.error) for outcome in outcomes),
        "intervals": {name: [float(low[i]), float(high[i])] for i, name in enumerate(means)},
    }


def _ratios(measures: Sequence[Measures]) -> dict[str, tuple[Sequence[float], Sequence[float]]]:
    """Give for each figure what is added up above and below the line, a number a summary."""
    ones = [1.0] * len(measures)
    sentences = [m.sentences for m in measures]
    return {
        **{name: ([getattr(m, name) for m in measures], ones) for name in _MEANS},
        "support_rate": ([m.supported for m in measures], sentences),
        "near_duplicate_pairs": ([m.near_duplicates for m in measures], [m.pairs for m in measures]),
        "near_duplicate_summaries": ([float(m.near_duplicates > 0) for m in measures], ones),
        "orphan_openers": ([m.orphans for m in measures], sentences),
        "unplaced": ([m.sentences - len(m.positions) for m in measures], sentences),
        "document_share": ([m.documents / m.of_documents for m in measures], ones),
    }


def _positions(measures: Sequence[Measures]) -> dict[str, float | None]:
    """Give mean and standard deviation of where all sentences stood."""
    places = [position for m in measures for position in m.positions]
    if not places:
        return {"position_mean": None, "position_sd": None}
    return {"position_mean": float(np.mean(places)), "position_sd": float(np.std(places))}


def _stated(outcomes: Sequence[Outcome]) -> float | None:
    stated = [outcome.output.stated_support for outcome in outcomes]
    known = [n for n in stated if n is not None]
    return sum(known) / max(1, sum(o.measures.sentences for o in outcomes)) if len(known) == len(stated) else None
