"""The weights by which two articles are taken to be on one event, fitted on a stream of which the events are known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np

from summarizer.scale.evidence import FAINT, WEIGHTS, measure_links
from summarizer.scale.joining import Links, join
from summarizer.scale.linking import LEAST_CLOSENESS, read_articles
from summarizer.scale.settings import ScaleConfig
from summarizer.scale.store import Store
from summarizer.scale.weighing import fold

_CLOSENESS: Final = tuple(round(0.05 * step, 2) for step in range(2, 15))


def fit_weights(
    store: Store, known: Mapping[str, str], merit: Callable[[Mapping[str, str], Mapping[str, str]], float]
) -> dict[str, Any]:
    """Fit a logistic regression to the links whose ends are known, and try values of the least closeness.

    :param store: of a run over the stream.
    :param known: article to event.
    :param merit: known, found -> how good that is.
    :return: the weights and the least closeness, and those in use.
    """
    from sklearn.linear_model import LogisticRegression

    keys = {stage: sorted(path.name for path in (store.root / "work" / stage).iterdir()) for stage in _READ}
    articles = read_articles(store, keys["days"])
    copies, near = ([store.read(stage, key, "pairs") for key in keys[stage]] for stage in ("copies", "neighbours"))
    origin = fold(articles.ids, copies)
    told = measure_links(articles.ids, origin, near)
    event = np.array([known.get(name, "") for name in articles.ids])
    scored = (event[told.left] != "") & (event[told.right] != "")
    model = LogisticRegression(C=100, max_iter=3000)
    model.fit(told.measures[scored], (event[told.left] == event[told.right])[scored])
    likely = np.round(model.predict_proba(told.measures)[:, 1], 6)
    kept = (likely >= FAINT) & told.counts
    links = Links(told.left[kept], told.right[kept], likely[kept], told.hot)
    merits = {}
    for least in _CLOSENESS:
        seconds = ScaleConfig().window_hours * 3600
        placed = join(links, articles.at, origin, least=least, seconds=seconds)[origin]
        merits[least] = round(merit(known, dict(zip(articles.ids, map(str, placed), strict=True))), 4)
    return {
        "links": int(scored.sum()),
        "weights": [round(float(value), 2) for value in (*model.coef_[0], model.intercept_[0])],
        "weights_in_use": list(WEIGHTS),
        "bcubed_and_pairwise_f1_by_least_closeness": merits,
        "least_closeness_in_use": LEAST_CLOSENESS,
    }


_READ: Final = ("days", "copies", "neighbours")
