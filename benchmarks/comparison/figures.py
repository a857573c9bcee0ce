"""Precision, recall and F1 of comparisons with bootstrap intervals, and what was taken for what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.comparison.scoring import CLASSES, NONE, OF_KIND, Judged, Pair, is_met

N_RESAMPLES: Final = 1000


def score(judged: Sequence[Judged], *, seed: int = 0) -> dict[str, Any]:
    """Give precision, recall and F1 of each class and of all conflicts, what became of each pair, and counts.

    Intervals are percentiles at 95 % of a bootstrap over cases (Efron 1979).
    """
    table: dict[str, Any] = {name: _prf(judged, (name,), seed) for name in CLASSES}
    kept = [is_met(pair, names) for one in judged for pair, names in _pairs(one) if pair.relation == NONE]
    copies = [one.origins_right for one in judged if one.origins_right is not None]
    types = dict.fromkeys(one.case.type for one in judged)
    return {
        "cases": len(judged),
        "right": sum(one.is_right for one in judged),
        "conflict_of_any_kind": _prf(judged, ("conflict", *OF_KIND.values()), seed),
        "classes": table,
        "kept_apart": {"n": len(kept), "right": sum(kept)},
        "copies_counted_once": {"n": len(copies), "right": sum(copies)},
        "types": {name: _of_type([one for one in judged if one.case.type == name]) for name in types},
        "confusion": _confusion(judged),
    }


def _pairs(one: Judged) -> Iterator[tuple[Pair, tuple[str, ...]]]:
    return zip(one.case.pairs, one.reported, strict=True)


def _of_type(judged: Sequence[Judged]) -> dict[str, int]:
    return {
        "cases": len(judged),
        "right": sum(one.is_right for one in judged),
        "hard": sum(one.case.near is not None for one in judged),
        "hard_right": sum(one.is_right for one in judged if one.case.near is not None),
        "false_conflicts": sum(one.false_conflicts for one in judged),
    }


def _prf(judged: Sequence[Judged], names: Sequence[str], seed: int) -> dict[str, Any]:
    counts = np.array([_counted(one, names) for one in judged], dtype=float).reshape(-1, 4)
    draws = np.random.default_rng(seed).multinomial(len(counts), [1 / len(counts)] * len(counts), size=N_RESAMPLES)
    resampled = _figures(draws @ counts)
    low, high = np.nanpercentile(resampled, [2.5, 97.5], axis=0)
    means = _figures(counts.sum(axis=0)[None, :])[0]
    right, wrong, found, wanted = map(int, counts.sum(axis=0))
    figures = {
        name: {"mean": round(float(mean), 4), "low": round(float(least), 4), "high": round(float(most), 4)}
        for name, mean, least, most in zip(("precision", "recall", "fmeasure"), means, low, high, strict=True)
    }
    return {"wanted": wanted, "found": found, "reported_right": right, "reported_wrong": wrong, **figures}


def _counted(one: Judged, names: Sequence[str]) -> tuple[int, int, int, int]:
    wanted = [reported for pair, reported in _pairs(one) if pair.relation != NONE and pair.name in names]
    found = sum(any(name in names for name in reported) for reported in wanted)
    return sum(one.right[n] for n in names), sum(one.wrong[n] for n in names), found, len(wanted)


def _figures(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give precision, recall and F1 of rows of (right, wrong, found, wanted); 0 where nothing was reported."""
    right, wrong, found, wanted = sums.T
    precision = right / np.maximum(right + wrong, 1)
    recall = found / np.maximum(wanted, 1)
    fmeasure = 2 * precision * recall / np.maximum(precision + recall, 1e-9)
    return np.stack([precision, recall, fmeasure], axis=1)


def _confusion(judged: Sequence[Judged]) -> dict[str, dict[str, int]]:
    """Count for each expected class what its pairs were reported as, the right class first if it is among several."""
    table: dict[str, Counter[str]] = {name: Counter() for name in (*CLASSES, NONE)}
    for one in judged:
        for pair, names in _pairs(one):
            table[pair.name][pair.name if pair.name in names else min(names, key=_gravity, default=NONE)] += 1
    return {name: {other: row[other] for other in (*CLASSES, NONE) if row[other]} for name, row in table.items() if row}


def _gravity(name: str) -> tuple[bool, int]:
    return name not in ("conflict", *OF_KIND.values()), CLASSES.index(name)
