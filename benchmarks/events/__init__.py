"""Whether the events of a stream of articles are found: ours, and what people use instead.

Thresholds and weights are tuned on streams of the sets for training and reported on the others:

* ``val``: clusters of Multi-News (full articles) and of NeuS (titles and leads of three outlets) in one stream; and the
  same two sets by themselves. NeuS is a decade of one country's politics: within one day its three hundred stories
  overlap as no day of news does.
* ``background``: short updates of three stories over years, each under its true date. They are one event each for
  those who wrote them, and are reported apart: a window of 36 hours parts them wherever they pause.

    python -m benchmarks events --data FOLDER [--write] [--fit]
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import Any, Final

from benchmarks.data import load
from benchmarks.events.baselines import Communities, SinglePass, best_threshold
from benchmarks.events.scoring import score
from benchmarks.events.stream import EVENTS_A_DAY, FEW_A_DAY, LONG_HOURS, SPREAD_HOURS, Told, make_stream
from benchmarks.tables import table
from summarizer.config import SummaryConfig
from summarizer.scale.copies import plan_copies
from summarizer.scale.days import plan_days
from summarizer.scale.linking import plan_events
from summarizer.scale.neighbours import plan_neighbours
from summarizer.scale.planning import plan_archive
from summarizer.scale.settings import EMBEDDER, Settings
from summarizer.scale.store import Store
from summarizer.scale.tasks import Done, Task

STREAMS: Final[Mapping[str, tuple[str, ...]]] = {
    "val": ("multi_news_val", "neus_val"),
    "multi_news_val": ("multi_news_val",),
    "neus_val": ("neus_val",),
}
TRAIN: Final = ("multi_news_lower_train", "neus_train")
#: Clusters of each set of the stream for training.
N_TRAIN: Final = 900
#: Clusters of each set on which the thresholds of the other systems are tuned: one passes over all earlier articles in
#: Python, the other takes 100 ms an article.
N_TUNED: Final = 250
TARGET: Final = 0.9
#: Both sets at a tenth of the density; nothing was tuned for it.
SPARSE: Final = "val, 30 events a day"
_STAGES: Final = ("articles", "days", "copies", "neighbours", "events")


def measure(data: Path, *, seed: int = 0, peers: bool = True) -> dict[str, Any]:
    """Score all systems on all streams.

    :param data: of :func:`benchmarks.data.data_folder`.
    :param peers: False leaves the other systems out.
    """
    found: dict[str, Any] = {"seed": seed, "target": TARGET, "streams": {}, "thresholds": {}}
    if peers:
        tuned = make_stream(data, TRAIN, limit=N_TUNED, seed=seed)
        found["thresholds"] = {
            name: best_threshold(make(tuned), _known(tuned), _merit) for name, make in _PEERS.items()
        }
    streams = {name: make_stream(data, sets, seed=seed) for name, sets in STREAMS.items()}
    streams[SPARSE] = make_stream(data, STREAMS["val"], seed=seed, a_day=FEW_A_DAY)
    streams["train"] = make_stream(data, TRAIN, limit=N_TRAIN, seed=seed)
    for name, stream in streams.items():
        known = _known(stream)
        systems: dict[str, Any] = {}
        for system, embedder in _OURS.items():
            placed, seconds = find_events(stream, embedder)
            systems[system] = {
                **score(known, placed, seed=seed),
                "seconds": round(sum(seconds.values()), 2),
                "stages": seconds,
                **_off_event(stream, placed),
            }
        for peer, threshold in found["thresholds"].items() if name != "train" else ():
            start = time.perf_counter()
            theirs = _PEERS[peer](stream)(threshold)
            took = round(time.perf_counter() - start, 2)
            systems[peer] = {**score(known, theirs, seed=seed), "seconds": took, **_off_event(stream, theirs)}
        found["streams"][name] = systems
    found["streams"]["background"] = {"crossbrief": _measure_background(data, seed)}
    return found


#: Embedder of the settings.
_OURS: Final = {"crossbrief": EMBEDDER, "crossbrief_minilm": "minilm"}
_PEERS: Final[Mapping[str, Callable[[Sequence[Told]], Callable[[float], dict[str, str]]]]] = {
    "tfidf_single_pass_centroid": lambda stream: SinglePass(stream, to="centroid"),
    "tfidf_single_pass_article": lambda stream: SinglePass(stream, to="article"),
    "community_detection_minilm": Communities,
}


def find_events(stream: Sequence[Told], embedder: str = EMBEDDER) -> tuple[dict[str, str], dict[str, float]]:
    """Run our stages over a stream, in this process.

    :param embedder: of the settings; ``minilm`` compares articles by vectors too.
    :return: article to event, and the seconds of each stage.
    """
    with tempfile.TemporaryDirectory() as folder:
        store = run_stages(stream, Path(folder), embedder)
        members = store.read("events", "all", "members", ["article", "event"])
        placed = dict(zip(members.column("article").to_pylist(), members.column("event").to_pylist(), strict=True))
        seconds = {stage: 0.0 for stage in _STAGES}
        for stage in _STAGES:
            for key in (store.root / "work" / stage).iterdir():
                done = store.done(stage, key.name)
                seconds[stage] += done.seconds if done else 0.0
    return placed, {stage: round(value, 3) for stage, value in seconds.items()}


def run_stages(stream: Sequence[Told], folder: Path, embedder: str = EMBEDDER, *, link: bool = True) -> Store:
    """Read, clean, gather, fold and link a stream, task by task.

    :param link: False leaves the last stage out, which alone needs what is fitted on the others.
    """
    source = folder / "stream.jsonl"
    source.write_text("".join(f"{one.as_line()}\n" for one in stream), encoding="utf-8")
    settings, store = Settings(summary=SummaryConfig(embedder=embedder)), Store(folder)

    def perform(tasks: Sequence[Task]) -> list[Done]:
        return [store.perform(task, settings) for task in tasks]

    days = perform(plan_days(store, perform(plan_archive([source], settings, store))))
    copies = perform(plan_copies(days, settings))
    neighbours = perform(plan_neighbours(days, copies, settings))
    if link:
        perform(plan_events(days, copies, neighbours))
    return store


def _known(stream: Sequence[Told]) -> dict[str, str]:
    return {one.id: one.event for one in stream if one.event}


def _merit(known: Mapping[str, str], placed: Mapping[str, str]) -> float:
    scores = score(known, placed, n_resamples=2)
    return float(scores["bcubed_f1"]["value"] + scores["pairwise_f1"]["value"])


def f1_of(known: Mapping[str, str], placed: Mapping[str, str]) -> dict[str, float]:
    """Give both F1 measures, without intervals."""
    scores = score(known, placed, n_resamples=2)
    return {name: float(scores[name]["value"]) for name in ("bcubed_f1", "pairwise_f1")}


def _off_event(stream: Sequence[Told], placed: Mapping[str, str]) -> dict[str, int]:
    """Count the articles off every event, and those of them that were put to articles of one."""
    holds = {placed[one.id] for one in stream if one.event and one.id in placed}
    off = [one.id for one in stream if not one.event]
    return {"off_event": len(off), "off_event_joined": sum(placed.get(name) in holds for name in off)}


def _measure_background(data: Path, seed: int) -> dict[str, Any]:
    stream = []
    largest: dict[str, Any] = {}
    for cluster in load(data, "background_val").clusters:
        before = largest.get(cluster.group)
        if before is None or len(cluster.documents) > len(before.documents):
            largest[cluster.group] = cluster
    for story, cluster in sorted(largest.items()):
        for place, one in enumerate(cluster.documents):
            at = datetime.fromisoformat(one.date or "2000-01-01").replace(tzinfo=UTC)
            stream.append(Told(f"{story}-{place:03d}", story, "article", one.title, one.text, at))
    placed, _ = find_events(stream)
    return score(_known(stream), placed, seed=seed)


def fit(data: Path, *, seed: int = 0) -> dict[str, Any]:
    """Fit the weights of :mod:`summarizer.scale.evidence` and the least closeness on streams of the sets for training.

    They have both densities. In half of them the articles of an event appear within a day, as in those that are
    reported; in the others over longer than the window, so that time does not count for more than it does for events
    that go on.
    """
    from benchmarks.events.fit import fit_weights, read_links

    streams = {}
    for a_day, hours in product((EVENTS_A_DAY, FEW_A_DAY), (SPREAD_HOURS, LONG_HOURS)):
        stream = make_stream(data, TRAIN, limit=N_TRAIN, seed=seed, a_day=a_day, hours=hours)
        with tempfile.TemporaryDirectory() as folder:
            name = f"{a_day} events a day, each over {hours} hours"
            streams[name] = read_links(run_stages(stream, Path(folder), "minilm", link=False), _known(stream))
    return fit_weights(streams, f1_of)


def text(found: dict[str, Any]) -> str:
    """Give a table a stream."""
    head = ("system", "BCubed P", "R", "F1", "pairs P", "R", "F1", "split", "mixed", "seconds")
    parts = []
    for name, systems in found["streams"].items():
        rows = []
        for system, one in systems.items():
            figures = [f"{one[f'{kind}_{part}']['value']:.3f}" for kind in ("bcubed", "pairwise") for part in _PARTS]
            rows.append([system, *figures, f"{one['split']:.2f}", f"{one['mixed']:.2f}", str(one.get("seconds", ""))])
        first = next(iter(systems.values()))
        parts.append(f"{name}: {first['articles']} articles, {first['events']} events\n\n{table(head, rows)}")
    return "\n\n".join(parts)


_PARTS: Final = ("precision", "recall", "f1")


def missed(found: dict[str, Any]) -> list[str]:
    """Name the targets that were missed on the stream of both sets."""
    ours = found["streams"]["val"]["crossbrief"]
    return [
        f"{name} {ours[name]['value']:.3f}, target {TARGET}"
        for name in ("bcubed_f1", "pairwise_f1")
        if ours[name]["value"] < TARGET
    ]
