"""How well the grade of :func:`summarizer.faithfulness.faithfulness_score` ranks, beside plain coverage.

* ``faithfulness_rank19`` (Falke et al. 2019): 373 pairs of summary sentences, the faithful one to be picked. The
  weights of the grade are fitted on it, so the figure to believe is cross-validated: fitted on nine tenths of the
  premises, measured on the last, five times with other tenths. Ties count half.
* ``faithfulness_qags_cnndm`` (Wang et al. 2020): nothing is fitted on it. A summary's grade is the mean over its
  sentences, each against the sentences of the article; the label is the share of people who find them consistent.

    python -m benchmarks faithfulness --data FOLDER
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.data import read_lines, split_sentences
from summarizer.faithfulness import faithfulness_score
from summarizer.faithfulness.scoring import WEIGHTS, penalties

#: Strength of the pull towards zero, of the steps, and their number; penalties are scaled to deviation 1 before.
_RIDGE: Final = 0.01
_STEP: Final = 0.5
_STEPS: Final = 800
_FOLDS: Final = 10
_REPEATS: Final = 5

Floats = NDArray[np.float64]


def _rows(data: Path, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in read_lines(data, name)[1].decode("utf-8").splitlines() if line.strip()]


def _pairs(data: Path) -> list[tuple[str, str, str]]:
    """Give (premise, faithful, unfaithful)."""
    pairs: dict[str, dict[int, dict[str, Any]]] = {}
    for row in _rows(data, "faithfulness_rank19"):
        pairs.setdefault(row["id"].rsplit("-", 1)[0], {})[row["label"]] = row
    return [
        (pair[1]["premise"], pair[1]["hypothesis"], pair[0]["hypothesis"])
        for pair in pairs.values()
        if {0, 1} <= pair.keys()
    ]


#: Plain measures that the penalties hold, by which of them.
BASELINES: Final = {
    "1-grams": "unigrams", "2-grams": "bigrams", "3-grams": "trigrams", "longest common subsequence": "order",
}  # fmt: skip


def accuracy(leads: Floats) -> float:
    """Give the share of pairs in which the faithful one leads; ties count half."""
    return float(np.mean((leads > 1e-12) + 0.5 * (np.abs(leads) <= 1e-12)))


def _interval(leads: Floats, groups: NDArray[np.int64]) -> list[float]:
    """Give the 95 % bootstrap interval of an accuracy, premises drawn whole."""
    hits = (leads > 1e-12) + 0.5 * (np.abs(leads) <= 1e-12)
    sums, counts = np.bincount(groups, weights=hits), np.bincount(groups)
    rng = np.random.default_rng(7)
    drawn = rng.integers(0, len(counts), (4000, len(counts)))
    shares = sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1)
    return [round(float(value), 4) for value in np.percentile(shares, [2.5, 97.5])]


def fit(differences: Floats) -> Floats:
    """Fit weights, none below zero, so that the unfaithful of a pair has the greater penalty.

    :param differences: shape (pairs, penalties), those of the unfaithful less those of the faithful.
    :return: shape (penalties,); logistic regression with a ridge, by projected gradient.
    """
    scale = differences.std(axis=0) + 1e-9
    scaled = differences / scale
    weights = np.zeros(scaled.shape[1])
    for _ in range(_STEPS):
        slope = scaled.T @ (1 / (1 + np.exp(scaled @ weights))) / len(scaled) - _RIDGE * weights
        weights = np.maximum(weights + _STEP * slope, 0)
    return np.asarray(weights / scale)


def measure_ranking(data: Path) -> dict[str, Any]:
    """Measure picking the faithful of two."""
    pairs = _pairs(data)
    premises = sorted({premise for premise, _, _ in pairs})
    groups = np.array([premises.index(premise) for premise, _, _ in pairs])
    names = list(WEIGHTS)
    held = [[penalties(text, [premise]) for text in both] for premise, *both in pairs]
    differences = np.array([[bad[name] - good[name] for name in names] for good, bad in held])
    found: dict[str, Any] = {"pairs": len(pairs), "premises": len(premises), "baselines": {}}
    for name, column in BASELINES.items():
        leads = differences[:, names.index(column)]
        found["baselines"][name] = {"accuracy": round(accuracy(leads), 4), "interval": _interval(leads, groups)}
    packaged = differences @ np.array([WEIGHTS[name] for name in names])
    found["packaged_weights_in_sample"] = round(accuracy(packaged), 4)
    leads = np.zeros(len(pairs))
    shares = []
    for repeat in range(_REPEATS):
        fold = np.random.default_rng(repeat).permutation(len(premises))[groups] % _FOLDS
        for k in range(_FOLDS):
            leads[fold == k] = differences[fold == k] @ fit(differences[fold != k])
        shares.append(accuracy(leads))
        if repeat == 0:
            found["interval"] = _interval(leads, groups)
    found["cross_validated"] = round(float(np.mean(shares)), 4)
    found["cross_validated_range"] = [round(min(shares), 4), round(max(shares), 4)]
    found["fitted_on_all"] = {
        name: round(float(weight), 3) for name, weight in zip(names, fit(differences), strict=True)
    }
    return found


def measure_correlation(data: Path) -> dict[str, Any]:
    """Measure the correlation with what people say of summaries, and of single sentences."""
    labels: list[float] = []
    sentence_labels: list[float] = []
    grades: dict[str, list[float]] = {name: [] for name in (*BASELINES, "ours")}
    sentence_grades: dict[str, list[float]] = {name: [] for name in grades}
    for row in _rows(data, "faithfulness_qags_cnndm"):
        sources = split_sentences(row["document"])
        shares = [one["yes"] / one["n"] for one in row["sentences"]]
        labels.append(float(np.mean(shares)))
        sentence_labels += shares
        held = [penalties(one["text"], sources) for one in row["sentences"]]
        values = {name: [1 - one[column] for one in held] for name, column in BASELINES.items()}
        values["ours"] = [faithfulness_score(one["text"], sources) for one in row["sentences"]]
        for name, those in values.items():
            sentence_grades[name] += those
            grades[name].append(float(np.mean(those)))
    return {
        "summaries": {"n": len(labels)} | {name: _correlations(values, labels) for name, values in grades.items()},
        "sentences": {"n": len(sentence_labels)}
        | {name: _correlations(values, sentence_labels) for name, values in sentence_grades.items()},
    }


def _correlations(grades: Sequence[float], labels: Sequence[float]) -> dict[str, Any]:
    a, b = np.array(grades), np.array(labels)
    rng = np.random.default_rng(7)
    drawn = [rng.integers(0, len(a), len(a)) for _ in range(1000)]
    return {
        "pearson": round(_pearson(a, b), 4),
        "spearman": round(_pearson(_ranks(a), _ranks(b)), 4),
        "pearson_interval": [
            round(float(v), 4) for v in np.percentile([_pearson(a[d], b[d]) for d in drawn], [2.5, 97.5])
        ],
    }


def _pearson(a: Floats, b: Floats) -> float:
    return float(np.corrcoef(a, b)[0, 1]) if a.std() and b.std() else 0.0


def _ranks(values: Floats) -> Floats:
    """Give ranks, ties at their mean."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    return np.asarray((ends - (counts - 1) / 2)[inverse], dtype=np.float64)
