"""Fitting the salience: a ridge regression for sentences, and boosted trees for concepts.

Both see clusters of every size alike: the sentences of a cluster weigh 1 together, and so do its concepts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from summarizer.features import SENTENCE_FEATURES
from summarizer.learned import SalienceModel
from summarizer.training.boosting import fit_concepts
from summarizer.training.examples import Part

#: Ridge penalty on coefficients of unit columns, where the sum of the weights is 1.
RIDGE: Final = 0.03
#: Columns whose variance is below this share of their mean square do not vary; such a difference is rounding.
_LEAST_VARIANCE: Final = 1e-9
#: Added to deviations: a feature that hardly varies is not blown up.
_LEAST_DEVIATION: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Linear:
    """The linear part of :class:`summarizer.learned.SalienceModel`; f features.

    :param mean: shape (f,), and so scale, base, many and short.
    :param intercept: shape (3,).
    :param explained: share of the variance of what sentences are worth, in [0, 1].
    """

    mean: NDArray[np.float64]
    scale: NDArray[np.float64]
    base: NDArray[np.float64]
    many: NDArray[np.float64]
    short: NDArray[np.float64]
    intercept: NDArray[np.float64]
    explained: float


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted model, and how well it explains what it was fitted on (1 all, 0 nothing).

    :param explained: share of the variance of what sentences are worth.
    :param n_sentences: sentences it was fitted on.
    :param n_concepts: concepts it was fitted on, after sampling.
    """

    model: SalienceModel
    explained: float
    n_sentences: int
    n_concepts: int


def fit(parts: Sequence[Part], *, name: str, seed: int = 0) -> Fit:
    """Fit the salience.

    :param parts: what to learn from; empty ones are passed over.
    :param name: of the model, for the signature.
    :param seed: of the sample of concepts.
    :raises ConfigError: if there is too little to learn from.
    :raises MissingExtraError: if catboost is not installed.
    """
    given = [part for part in parts if part.examples]
    linear = fit_sentences(given)
    trees, n_concepts = fit_concepts(given, seed=seed)
    n_sentences = sum(example.n_sentences for part in given for example in part.examples)
    model = SalienceModel(
        name, linear.mean, linear.scale, linear.base, linear.many, linear.short, linear.intercept, trees
    )
    return Fit(model, linear.explained, n_sentences, n_concepts)


def fit_sentences(parts: Sequence[Part]) -> Linear:
    """Regress what sentences are worth on their features, with coefficients that depend on the cluster.

    The columns are the features, scaled, times 1, times many origins, and times short budget, and these two alone. All
    that is needed of the sentences are the moments of features; those of columns follow, because what a column is
    multiplied by is the same for all sentences of a cluster.

    O(clusters * f²), and f³ once.
    """
    n_features = len(SENTENCE_FEATURES)
    raw_moments, raw_products, square = _sum_moments(parts)
    mean = raw_moments[0, 1 : n_features + 1]
    variance = np.maximum(np.diag(raw_moments)[1 : n_features + 1] - mean**2, 0)
    fixed = variance <= _LEAST_VARIANCE * mean**2
    scale = np.where(fixed, 1.0, np.sqrt(variance) + _LEAST_DEVIATION)
    scaling = np.eye(n_features + 1)
    scaling[0, 1:] = -mean / scale
    scaling[1:, 1:] /= scale
    columns = np.kron(np.eye(3), scaling)
    moments, products = columns.T @ raw_moments @ columns, columns.T @ raw_products
    slopes, gain = _solve(moments, products, np.tile(np.concatenate(([False], fixed)), 3)[1:])
    constant = products[0] - moments[0, 1:] @ slopes
    table = np.concatenate(([constant], slopes)).reshape(3, n_features + 1)
    base, many, short = table[:, 1:]
    spread = max(square - float(products[0]) ** 2, 1e-12)
    return Linear(mean, scale, base, many, short, table[:, 0], gain / spread)


def _solve(
    moments: NDArray[np.float64], products: NDArray[np.float64], fixed: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], float]:
    """Solve the ridge regression on columns brought to mean 0 and deviation 1.

    :param moments: shape (c + 1, c + 1), of 1 and c columns.
    :param products: shape (c + 1,), with the target.
    :param fixed: shape (c,), columns of features that do not vary; they, and others that do not, get 0.
    :return: slopes of the columns, shape (c,); variance explained.
    """
    centre, second = moments[0, 1:], np.diag(moments)[1:]
    variance = second - centre**2
    kept = np.flatnonzero(~fixed & (variance > _LEAST_VARIANCE * np.maximum(second, _LEAST_DEVIATION)))
    deviation = np.sqrt(variance[kept])
    covariance = moments[1:, 1:] - np.outer(centre, centre)
    correlations = covariance[np.ix_(kept, kept)] / np.outer(deviation, deviation)
    goal = (products[1:] - centre * products[0])[kept] / deviation
    solved = np.linalg.solve(correlations + RIDGE * np.eye(len(kept)), goal)
    slopes = np.zeros(len(centre))
    slopes[kept] = solved / deviation
    return slopes, float(2 * solved @ goal - solved @ correlations @ solved)


def _sum_moments(parts: Sequence[Part]) -> tuple[NDArray[np.float64], NDArray[np.float64], float]:
    """Add up the moments of the columns, unscaled, over all clusters; the weights sum to 1."""
    total = sum(part.weight for part in parts)
    size = 3 * (len(SENTENCE_FEATURES) + 1)
    moments, products, square = np.zeros((size, size)), np.zeros(size), 0.0
    for part in parts:
        weight = part.weight / total / len(part.examples)
        for example in part.examples:
            context = example.context
            moments += np.kron(np.outer(context, context) * weight, example.moments)
            products += np.kron(context * weight, example.products)
            square += weight * example.square
    return moments, products, square
