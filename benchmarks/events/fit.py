"""The weights by which two articles are taken to be on one event, fitted on streams of which the events are known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from summarizer.scale.evidence import (
    FAINT,
    MEASURES,
    WEIGHTS,
    WEIGHTS_WITH_MEANING,
    Measured,
    likelihood,
    measure_links,
)
from summarizer.scale.joining import Links, join
from summarizer.scale.linking import LEAST_CLOSENESS, Articles, read_articles
from summarizer.scale.settings import ScaleConfig
from summarizer.scale.store import Store
from summarizer.scale.weighing import fold

_CLOSENESS: Final = tuple(round(0.05 * step, 2) for step in range(5, 11))
_READ: Final = ("days", "copies", "neighbours")
Merit = Callable[[Mapping[str, str], Mapping[str, str]], dict[str, float]]


@dataclass(frozen=True, slots=True)
class Linked:
    """A stream of which the links were measured.

    :param same: shape (m,), whether both ends are of one event.
    :param scored: shape (m,), whether the events of both are known.
    """

    articles: Articles
    origin: NDArray[np.int64]
    told: Measured
    known: Mapping[str, str]
    same: NDArray[np.bool_]
    scored: NDArray[np.bool_]

    def without_meaning(self) -> Linked:
        """Give the same as if no vectors had been made."""
        return replace(self, told=replace(self.told, nearer=np.full_like(self.told.nearer, np.nan)))


def read_links(store: Store, known: Mapping[str, str]) -> Linked:
    """Read what a run over a stream left.

    :param known: article to event.
    """
    keys = {stage: sorted(path.name for path in (store.root / "work" / stage).iterdir()) for stage in _READ}
    articles = read_articles(store, keys["days"])
    copies, near = ([store.read(stage, key, "pairs") for key in keys[stage]] for stage in ("copies", "neighbours"))
    origin = fold(articles.ids, copies)
    told = measure_links(articles.ids, origin, near)
    event = np.array([known.get(name, "") for name in articles.ids])
    left, right = event[told.left], event[told.right]
    return Linked(articles, origin, told, known, left == right, (left != "") & (right != ""))


def fit_weights(streams: Mapping[str, Linked], merit: Merit) -> dict[str, Any]:
    """Fit a logistic regression to the links whose ends are known, and try values of the least closeness.

    :param streams: all are fitted to together, each is scored by itself.
    :param merit: known, found -> scores.
    :return: the weights and the scores; those without each measure, fitted anew; and those in use.
    """
    every = range(len(MEASURES))
    weights = _fit(streams, every)
    return {
        "links": {name: int(one.scored.sum()) for name, one in streams.items()},
        "pairs_with_a_link": {name: _linked_share(one) for name, one in streams.items()},
        "weights": dict(zip((*MEASURES, "constant"), weights, strict=True)),
        "weights_in_use": list(WEIGHTS),
        **_fit_meaning(streams, merit),
        "by_least_closeness": {least: _score(streams, weights, least, merit) for least in _CLOSENESS},
        "least_closeness_in_use": LEAST_CLOSENESS,
        "without": {
            name: _score(streams, _fit(streams, [n for n in every if n != number]), LEAST_CLOSENESS, merit)
            for number, name in enumerate(MEASURES)
        },
    }


def _fit_meaning(streams: Mapping[str, Linked], merit: Merit) -> dict[str, Any]:
    """Fit the weights that go with vectors, and score them and those in use; nothing if a stream was not embedded."""
    if any(np.isnan(one.told.nearer).any() for one in streams.values()):
        return {}
    embedded = {name: replace(one, told=_with_meaning(one.told)) for name, one in streams.items()}
    weights = _fit(embedded, range(len(MEASURES) + 1))
    return {
        "weights_with_meaning": dict(zip((*MEASURES, "nearer", "constant"), weights, strict=True)),
        "weights_with_meaning_in_use": list(WEIGHTS_WITH_MEANING),
        "with_meaning_by_least_closeness": {least: _score(embedded, weights, least, merit) for least in _CLOSENESS},
        "in_use": {
            "words": _score(streams, WEIGHTS, LEAST_CLOSENESS, merit),
            "with_meaning": _score(embedded, WEIGHTS_WITH_MEANING, LEAST_CLOSENESS, merit),
        },
    }


def _with_meaning(told: Measured) -> Measured:
    """Put what the vectors say beside the other measures."""
    return replace(told, measures=np.column_stack([told.measures, told.nearer]))


def _linked_share(one: Linked) -> float:
    """Give the share of the pairs of origins of one event that have a link."""
    origins = np.unique(one.origin)
    sizes = Counter(one.known[name] for name in one.articles.ids[origins].tolist() if name in one.known)
    pairs = sum(size * (size - 1) // 2 for size in sizes.values())
    return round(int((one.same & one.scored).sum()) / max(pairs, 1), 4)


def _fit(streams: Mapping[str, Linked], columns: Sequence[int]) -> list[float]:
    """Fit the weights of some measures, those of the others being 0."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=100, max_iter=3000)
    rows = np.concatenate([one.told.measures[one.scored][:, list(columns)] for one in streams.values()])
    model.fit(rows, np.concatenate([one.same[one.scored] for one in streams.values()]))
    weights = [0.0] * next(iter(streams.values())).told.measures.shape[1]
    for column, value in zip(columns, model.coef_[0], strict=True):
        weights[column] = round(float(value), 2)
    return [*weights, round(float(model.intercept_[0]), 2)]


def _score(
    streams: Mapping[str, Linked], weights: Sequence[float], least: float, merit: Merit
) -> dict[str, dict[str, float]]:
    return {name: merit(one.known, _place(one, weights, least)) for name, one in streams.items()}


def _place(one: Linked, weights: Sequence[float], least: float) -> dict[str, str]:
    """Give article to event as found by the weighed measures alone."""
    return place_by(one, likelihood(one.told.measures, weights) * one.told.counts, least)


def place_by(one: Linked, likely: NDArray[np.float64], least: float = LEAST_CLOSENESS) -> dict[str, str]:
    """Give article to event as found.

    :param likely: shape (m,), how likely each link is one of an event, 0 for those that cannot join.
    """
    told = one.told
    kept = likely >= FAINT
    links = Links(told.left[kept], told.right[kept], likely[kept], told.hot)
    seconds = ScaleConfig().window_hours * 3600
    placed = join(links, one.articles.at, one.origin, least=least, seconds=seconds)[one.origin]
    return dict(zip(one.articles.ids, map(str, placed), strict=True))
