"""The measures of events, on examples worked out by hand, and the stream that they are taken on."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from benchmarks.data import DataError
from benchmarks.events import f1_of
from benchmarks.events.baselines import SinglePass
from benchmarks.events.fit import Linked, fit_weights
from benchmarks.events.made import make_archive, rewrite_large
from benchmarks.events.scoring import score
from benchmarks.events.stream import LONG_HOURS, Told, make_stream
from benchmarks.events.trees import LOOKS, Prepared, cross_validate, fit_looks, make_card
from benchmarks.events.tuning import WEIGHTS as TUNING_WEIGHTS
from benchmarks.events.tuning import make_tuning
from summarizer.scale.evidence import MEASURES, Measured
from summarizer.scale.linking import Articles
from summarizer.scale.looking import to_json as looks_to_json


def placed(text: str) -> dict[str, str]:
    """Read ``a=1 b=1 c=2``."""
    return dict(one.split("=") for one in text.split())


def value(known: str, found: str, name: str) -> float:
    return float(score(placed(known), placed(found), n_resamples=5)[name]["value"])


def test_all_right() -> None:
    scores = score(placed("a=1 b=1 c=2"), placed("a=x b=x c=y"), n_resamples=5)
    assert scores["bcubed_f1"] == {"value": 1.0, "low": 1.0, "high": 1.0}
    assert scores["pairwise_f1"]["value"] == 1.0
    assert (scores["split"], scores["pieces"], scores["mixed"]) == (0.0, 1.0, 0.0)


def test_an_event_split_costs_recall() -> None:
    # Of three, two stay together: recall 2/3, 2/3, 1/3; one pair of three.
    known, found = "a=1 b=1 c=1", "a=x b=x c=y"
    assert value(known, found, "bcubed_precision") == 1.0
    assert value(known, found, "bcubed_recall") == pytest.approx(5 / 9, abs=1e-4)
    assert value(known, found, "pairwise_recall") == pytest.approx(1 / 3, abs=1e-4)
    assert value(known, found, "pairwise_precision") == 1.0
    scores = score(placed(known), placed(found), n_resamples=5)
    assert (scores["split"], scores["pieces"], scores["mixed"]) == (1.0, 2.0, 0.0)


def test_events_mixed_cost_precision() -> None:
    # Two of one and one of another: precision 2/3, 2/3, 1/3; one right pair of three.
    known, found = "a=1 b=1 c=2", "a=x b=x c=x"
    assert value(known, found, "bcubed_precision") == pytest.approx(5 / 9, abs=1e-4)
    assert value(known, found, "bcubed_recall") == 1.0
    assert value(known, found, "pairwise_precision") == pytest.approx(1 / 3, abs=1e-4)
    assert value(known, found, "pairwise_recall") == 1.0
    assert score(placed(known), placed(found), n_resamples=5)["mixed"] == 1.0


def test_articles_put_nowhere_are_alone_and_others_do_not_count() -> None:
    assert value("a=1 b=1", "a=x", "bcubed_recall") == 0.5
    assert value("a=1 b=1", "a=x b=x z=x", "bcubed_precision") == 1.0


def test_intervals_hold_the_value_and_are_the_same_for_one_seed() -> None:
    known = {f"{event}{n}": str(event) for event in range(40) for n in range(3)}
    found = {name: "mixed" if name[0] == "1" else event for name, event in known.items()}
    one = score(known, found, seed=4)
    assert one == score(known, found, seed=4)
    for measure in ("bcubed_f1", "pairwise_precision"):
        assert one[measure]["low"] < one[measure]["value"] < one[measure]["high"]


def clusters(folder: Path) -> Path:
    words = [f"word{n}" for n in range(150)]
    rows = [
        {"id": f"c{number}", "documents": [{"text": f"{' '.join(words)}. Number {number} {n}."} for n in range(3)]}
        for number in range(40)
    ]
    rows[0]["documents"].append({"text": "Log in", "noise": True})  # type: ignore[attr-defined]
    (folder / "made.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return folder


def test_a_stream_has_copies_and_events_of_one_article_and_is_seeded(tmp_path: Path) -> None:
    stream = make_stream(clusters(tmp_path), ["made"])
    assert stream == make_stream(tmp_path, ["made"])
    assert stream != make_stream(tmp_path, ["made"], seed=1)
    sizes = [sum(one.event == f"c{n}" and one.kind == "article" for one in stream) for n in range(40)]
    assert set(sizes) == {1, 3}
    assert 4 <= sizes.count(1) <= 18
    assert sum(one.kind == "copy" for one in stream) >= 5
    by_event = {one.event: one.at for one in stream if one.kind == "article"}
    assert all(
        abs(one.at - by_event[one.event]) <= timedelta(hours=24)
        for one in stream
        if one.kind == "article" and one.event
    )
    assert len({one.id for one in stream}) == len(stream)
    assert len(make_stream(tmp_path, ["made"], limit=5)) < 35
    with pytest.raises(DataError):
        make_stream(tmp_path, ["absent"])


def test_events_of_a_stream_can_go_on_for_longer(tmp_path: Path) -> None:
    stream = make_stream(clusters(tmp_path), ["made"], hours=LONG_HOURS)
    times: dict[str, list[datetime]] = {}
    for one in stream:
        if one.kind == "article" and one.event:
            times.setdefault(one.event, []).append(one.at)
    longest = max(max(some) - min(some) for some in times.values())
    assert timedelta(hours=24) < longest <= timedelta(hours=LONG_HOURS)


def linked(seed: int, *, meaning: bool = False) -> Linked:
    """Make measured links of pairs of articles, of which the cosine alone tells, or vectors as well."""
    chance = np.random.default_rng(seed)
    n = 80
    left, right = np.arange(0, n, 2), np.arange(1, n, 2)
    same = np.arange(n // 2) % 2 == 0
    measures = np.zeros((n // 2, len(MEASURES)))
    measures[:, MEASURES.index("cosine")] = np.log(np.where(same, 0.5, 0.1)) + chance.normal(0, 0.05, n // 2)
    ids = np.array([f"{number:03d}" for number in range(n)], dtype=np.object_)
    days = np.full(n, "en-20260610", dtype=np.object_)
    articles = Articles(ids, np.zeros(n, dtype=np.int64), np.ones(n, dtype=np.bool_), days)
    known = {name: str(number - number % 2 if same[number // 2] else number) for number, name in enumerate(ids)}
    nearer = np.where(same, 0.2, -0.2) + chance.normal(0, 0.02, n // 2) if meaning else np.full(n // 2, np.nan)
    hot, counts, rare = np.zeros(n, dtype=np.bool_), np.ones(n // 2, dtype=np.bool_), np.zeros(n // 2)
    told = Measured(left, right, hot, counts, measures, rare, nearer)
    return Linked(articles, np.arange(n), told, known, same, np.ones(n // 2, dtype=np.bool_))


def test_weights_are_fitted_and_scored_without_each_measure() -> None:
    pytest.importorskip("sklearn")
    found = fit_weights({"one": linked(0), "two": linked(1)}, f1_of)
    assert found["weights"]["cosine"] > 0
    assert found["weights"]["apart"] == 0
    assert found["pairs_with_a_link"] == {"one": 1.0, "two": 1.0}
    assert found["by_least_closeness"][0.35]["one"] == {"bcubed_f1": 1.0, "pairwise_f1": 1.0}
    assert set(found["without"]) == set(MEASURES)
    assert found["without"]["cosine"]["one"]["pairwise_f1"] < 1


def test_weights_that_go_with_vectors_are_fitted_where_all_streams_have_them() -> None:
    pytest.importorskip("sklearn")
    found = fit_weights({"one": linked(0, meaning=True)}, f1_of)
    assert found["weights_with_meaning"]["nearer"] > 0
    assert found["with_meaning_by_least_closeness"][0.35]["one"]["pairwise_f1"] == 1.0
    assert set(found["in_use"]) == {"words", "with_meaning"}
    assert "weights_with_meaning" not in fit_weights({"one": linked(0, meaning=True), "two": linked(1)}, f1_of)


def test_a_single_pass_forgets_after_its_window() -> None:
    pytest.importorskip("sklearn")
    start = datetime(2026, 6, 10, tzinfo=UTC)
    texts = ["red ferry harbour", "blue moon landing", "red ferry harbour", "red ferry harbour"]
    stream = [
        Told(str(n), "", "article", None, text, start + timedelta(hours=hours))
        for n, (text, hours) in enumerate(zip(texts, (0, 1, 30, 90), strict=True))
    ]
    for to in ("centroid", "article"):
        found = SinglePass(stream, to=to)(0.5)
        assert found["0"] == found["2"]
        assert len(set(found.values())) == 3


def test_tuning_streams_share_no_event_between_halves(tmp_path: Path) -> None:
    for name, n in (("neus_train", 24), ("multi_news_lower_train", 40)):
        rows = [
            {"id": f"{name}-{place}", "documents": [{"text": f"Account {n} of {name} {place}. It is so."}] * 4}
            for place in range(n)
        ]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    streams = list(make_tuning(tmp_path))
    assert {one.kind for one in streams} == set(TUNING_WEIGHTS)
    events = [{told.event for one in streams if one.half == half for told in one.stream} for half in (0, 1)]
    assert not events[0] & events[1]
    assert all(one.half in (0, 1) for one in streams)


def test_large_events_are_rewritten_and_seeded() -> None:
    texts = [
        f"The council of town {n} met on the {word} bridge today. It said that nothing was lost."
        for n in range(5)
        for word in ("old", "new")
    ]
    given = [(f"c{n}", [{"text": f"{text} {n}"} for text in texts]) for n in range(12)]
    stream = rewrite_large(given, 0)
    assert stream == rewrite_large(given, 0)
    sizes = [sum(one.event == f"c{n}" for one in stream) for n in range(12)]
    assert max(sizes) > 10
    assert len({one.id for one in stream}) == len(stream)


def test_a_made_archive_has_events_over_days() -> None:
    archives = [make_archive(seed) for seed in range(6)]
    assert archives[3] == make_archive(3)
    assert len({one.id for one in archives[3]}) == len(archives[3])
    longest = timedelta(0)
    for archive in archives:
        for event in {one.event for one in archive}:
            times = [one.at for one in archive if one.event == event]
            longest = max(longest, max(times) - min(times))
    assert longest > timedelta(hours=36)


def doubtful(seed: int) -> Linked:
    """Make links that the first look takes for likely, one in ten of which is not what its cosine says."""
    one = linked(seed, meaning=True)
    measures = one.told.measures.copy()
    measures[:, MEASURES.index("usual")] = np.log(0.05)
    wrong = np.random.default_rng(seed).random(len(one.same)) < 0.1
    same = one.same ^ wrong
    known = {
        name: str(number - number % 2 if same[number // 2] else number) for number, name in enumerate(one.articles.ids)
    }
    return replace(one, told=replace(one.told, measures=measures), known=known, same=same)


def test_trees_are_fitted_scored_on_the_other_half_and_described() -> None:
    pytest.importorskip("catboost")
    kind = "made archives"
    streams = [Prepared(kind, half, doubtful(half)) for half in (0, 1)]
    looks = fit_looks(streams)
    assert len(looks) == LOOKS
    assert looks_to_json(looks) == looks_to_json(fit_looks(streams))
    scores = cross_validate(streams)
    for name in ("words", "meaning"):
        assert scores[name][kind]["look 2"] > scores[name][kind]["as before"]
    weights = looks_to_json(looks)
    card = make_card(scores, streams, weights)
    assert card["files"]["weights.json"]["bytes"] == len(weights)
    assert card["data"]["links"][kind] == 80
