"""The trees that look at every link again, fitted on streams of the sets for training; needs catboost."""

from __future__ import annotations

import platform
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.events import f1_of, run_stages
from benchmarks.events.fit import Linked, place_by, read_links
from benchmarks.events.tuning import WEIGHTS, Tuning, make_tuning
from summarizer.scale.looking import LEAST_LIKELY, PACKAGED, TOLD, TOLD_WITH_MEANING, Look, look_again, look_first, tell
from summarizer.scale.looking import to_json as looks_to_json
from summarizer.scale.settings import ScaleConfig
from summarizer.training.boosting import need_catboost, take_trees
from summarizer.training.files import as_json, sha256
from summarizer.trees import Trees
from summarizer.version import __version__

#: Looks at each link by trees. A third gives +.002 of pairs' F1 at 300 a day, nothing elsewhere.
LOOKS: Final = 2
#: Twice as many trees, or of depth 6, give less than .001; 120 of depth 4 .002 to .004 less.
TREES: Final = {"iterations": 150, "depth": 5, "learning_rate": 0.1, "l2_leaf_reg": 5, "border_count": 64}
#: More of these makes no link less likely, or none likelier. Free, trees fit the density of a stream.
_SPEAK_FOR: Final = frozenset(
    {"common", "cosine", "rare", "odds", "nearer", "both_most", "both_sum"}
    | {"share_higher", "share_lower", "share_all"}
)
_SPEAK_AGAINST: Final = frozenset(
    {"apart", "other_days", "against_most_higher", "against_most_lower", "against_sum_higher", "against_sum_lower"}
    | {"likelier_higher", "likelier_lower"}
)
_SECONDS: Final = ScaleConfig().window_hours * 3_600
_WITHOUT: Final = "as before"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A stream whose links were measured, to fit on with vectors and without."""

    kind: str
    half: int
    linked: Linked


def prepare(streams: Iterable[Tuning]) -> list[Prepared]:
    """Find and measure the links of streams, with vectors."""
    found = []
    for one in streams:
        known = {told.id: told.event for told in one.stream if told.event}
        with tempfile.TemporaryDirectory() as folder:
            linked = read_links(run_stages(one.stream, Path(folder), "minilm", link=False), known)
        found.append(Prepared(one.kind, one.half, linked))
    return found


def fit_trees(data: Path) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Fit the trees on all streams for training, and score those of each half on the other.

    :param data: of :func:`benchmarks.data.data_folder`.
    :return: the scores; and the files of the model, by name.
    :raises DataError: if a set is missing.
    :raises MissingExtraError: if catboost is not installed.

    About a quarter of an hour on one core, most of it for vectors.
    """
    need_catboost()
    streams = prepare(make_tuning(data))
    scores = cross_validate(streams)
    weights = looks_to_json(fit_looks(streams))
    return scores, {"weights.json": weights, "card.json": as_json(make_card(scores, streams, weights))}


def cross_validate(streams: Sequence[Prepared]) -> dict[str, Any]:
    """Score streams of each half by looks fitted on the other.

    :return: ``words`` and ``meaning``: kind of stream -> ``as before``, ``look 1``, … -> the mean of pairs' F1.
    """
    found: dict[str, Any] = {}
    halves = {half: fit_looks([one for one in streams if one.half != half]) for half in (0, 1)}
    for name, drop in (("words", True), ("meaning", False)):
        scores: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
        for one in streams:
            linked = one.linked.without_meaning() if drop else one.linked
            likely = look_first(linked.told)
            for number, trees in enumerate((None, *halves[one.half])):
                if trees is not None:
                    likely = look_again(linked.told, likely, linked.articles.at, _SECONDS, trees)
                merit = f1_of(linked.known, place_by(linked, likely))["pairwise_f1"]
                scores[one.kind][f"look {number}" if number else _WITHOUT].append(merit)
        found[name] = {
            kind: {look: round(float(np.mean(values)), 4) for look, values in looks.items()}
            for kind, looks in scores.items()
        }
    return found


def fit_looks(streams: Sequence[Prepared]) -> tuple[Look, ...]:
    """Fit the looks one after another, each on what the one before says."""
    words = [one.linked.without_meaning() for one in streams]
    meaning = [one.linked for one in streams]
    weights = [WEIGHTS[one.kind] for one in streams]
    likely = [[look_first(linked.told) for linked in some] for some in (words, meaning)]
    looks: list[Look] = []
    for _ in range(LOOKS):
        looks.append(Look(_fit(words, likely[0], weights, TOLD), _fit(meaning, likely[1], weights, TOLD_WITH_MEANING)))
        likely = [
            [
                look_again(linked.told, before, linked.articles.at, _SECONDS, looks[-1])
                for linked, before in zip(some, said, strict=True)
            ]
            for some, said in zip((words, meaning), likely, strict=True)
        ]
    return tuple(looks)


def _fit(
    streams: Sequence[Linked], likely: Sequence[NDArray[np.float64]], weights: Sequence[float], told: Sequence[str]
) -> Trees:
    """Boost trees on the links whose ends are known; the same trees for the same links."""
    from catboost import CatBoostClassifier

    rows, same, weighed = [], [], []
    for linked, before, weight in zip(streams, likely, weights, strict=True):
        seen = np.flatnonzero((before >= LEAST_LIKELY) & linked.scored)
        every = np.flatnonzero(before >= LEAST_LIKELY)
        table = tell(linked.told, every, before, linked.articles.at, _SECONDS)
        rows.append(table[np.isin(every, seen)][:, : len(told)])
        same.append(linked.same[seen])
        weighed.append(np.full(len(seen), weight))
    table = np.concatenate(rows)
    model = CatBoostClassifier(
        **TREES,
        monotone_constraints=[(name in _SPEAK_FOR) - (name in _SPEAK_AGAINST) for name in told],
        boosting_type="Plain",
        bootstrap_type="No",
        random_strength=0,
        random_seed=0,
        thread_count=1,
        allow_writing_files=False,
        verbose=False,
    )
    model.fit(table, np.concatenate(same).astype(int), sample_weight=np.concatenate(weighed))
    return take_trees(model, table, int(TREES["depth"]))


def make_card(scores: dict[str, Any], streams: Sequence[Prepared], weights: bytes) -> dict[str, Any]:
    """Describe the trees: numbers, digests and warnings; no text, no date."""
    return {
        "name": PACKAGED,
        "what": "how likely two news articles are of one event: trees over measures of the link between both, and of "
        "the links of others to either",
        "license": "Apache-2.0 for the trees; the texts they were fitted on have licences of their own (Multi-News: "
        "non-commercial research and education; NeuS / AllSides: research), and are not part of this package",
        "made_by": "python -m benchmarks events --data DIR --fit-trees summarizer/models/events-1",
        "data": {
            "sets": ["neus_train", "multi_news_lower_train"],
            "streams": {kind: sum(one.kind == kind for one in streams) for kind in WEIGHTS},
            "links": {
                kind: sum(int(one.linked.scored.sum()) for one in streams if one.kind == kind) for kind in WEIGHTS
            },
            "weights": WEIGHTS,
        },
        "trees": {"looks": LOOKS, **TREES},
        "versions": {"crossbrief": __version__, "python": platform.python_version()}
        | {library: version(library) for library in ("catboost", "numpy")},
        "cross_validation": {"what": "pairs' F1 on streams of the half that the trees were not fitted on", **scores},
        "files": {"weights.json": {"bytes": len(weights), "sha256": sha256(weights)}},
        "limits": [
            "Fitted on English news, mostly of outlets in the United States, of up to 150 words or two of these.",
            "Large and long events were made, of real and of made words: how well such events of a real archive stay "
            "whole is not known.",
            "The vectors are those of minilm-l6-v2-int8 over title and first words; others would need other trees.",
        ],
    }
