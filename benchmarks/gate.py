"""A ratchet: quality that was once reached must not fall.

``floors.json`` pins, for slices of the data and the digest of the files they come from, what the default system must
reach. ``gate`` measures and names what fell, what should have a floor and has none, and every version of the file in
version control that lowered, dropped or moved a floor without a reason. ``gate --pin`` writes the floors that are
reached now; it lowers one, drops one or takes other data only with ``--allow-lower REASON``, which stays in the file.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from benchmarks.averages import summarize_measures
from benchmarks.data import load, spread
from benchmarks.floors import FLOORS, NAMES, Floors, Key, key_of, line_of, read_floors
from benchmarks.quality import score_outcomes
from benchmarks.running import run_system

__all__ = [
    "FLOORS",
    "METRICS",
    "SLICES",
    "SYSTEMS",
    "Reached",
    "fallen",
    "measure_slices",
    "pin",
    "read_floors",
    "restrict",
    "unpinned",
]

#: What must have a floor: set and clusters, a minute on one core. On 60 clusters of neus_val the floors fell when those
#: of all 307 rose by half a point, so all of them are held.
SLICES: Final = {"neus_val": 307, "multi_news_val": 40}
SYSTEMS: Final = ("crossbrief_coverage_tfidf", "crossbrief_coverage_minilm")
#: In points of 100. The int8 encoder rounds differently on processors with other instructions, which can move a choice.
MARGIN: Final = {"crossbrief_coverage_tfidf": 0.05, "crossbrief_coverage_minilm": 0.3}
_DEFAULT_MARGIN: Final = 0.3
_ROUGE: Final = ("rouge1", "rouge2", "rougeLsum")
#: ROUGE F, the share of summaries without a near-duplicate pair, and that of openers that need no sentence before them.
METRICS: Final = (*_ROUGE, "distinct", "self_contained")


@dataclass(frozen=True, slots=True)
class Reached:
    """One figure, in points of 100, higher is better.

    :param slice: number of clusters, spread over the set.
    """

    set: str
    slice: int
    system: str
    metric: str
    value: float

    @property
    def key(self) -> Key:
        """What a floor is looked up by."""
        return self.set, self.slice, self.system, self.metric


def measure_slices(
    folder: Path, *, slices: Mapping[str, int], systems: Sequence[str], jobs: int | None = None
) -> tuple[dict[str, str], list[Reached]]:
    """Measure systems on slices.

    :return: the digest of each set, and the figures of :data:`METRICS`.
    """
    digests, reached = {}, []
    for name, n in slices.items():
        data = load(folder, name)
        digests[name] = data.sha256
        clusters = spread(data.clusters, n)
        for system in systems:
            outcomes = run_system(system, clusters, data.budget, jobs=jobs)
            report = score_outcomes(clusters, outcomes)
            measures = summarize_measures(outcomes)
            figures = {metric: report[metric].fmeasure.mean for metric in _ROUGE} | {
                "distinct": 1 - measures["near_duplicate_summaries"],
                "self_contained": 1 - measures["orphan_openers"],
            }
            reached += [Reached(name, n, system, metric, round(100 * value, 4)) for metric, value in figures.items()]
    return digests, reached


def restrict(floors: Floors, systems: Collection[str] | None = None) -> dict[str, Any]:
    """Keep the floors of some systems, for a check that must be quick; all of them for None."""
    kept = [floor for floor in floors["floors"] if systems is None or floor["system"] in systems]
    names = {floor["set"] for floor in kept}
    return {**floors, "floors": kept, "data": {name: sha for name, sha in floors["data"].items() if name in names}}


def unpinned(floors: Floors, systems: Collection[str] | None = None) -> list[str]:
    """Name every figure of :data:`SLICES`, :data:`SYSTEMS` and :data:`METRICS` that should have a floor and has none.

    A floor that was deleted by hand would never fail; this names it.
    """
    keys = {key_of(floor) for floor in floors["floors"]}
    wanted = [
        (name, n, system, metric)
        for name, n in SLICES.items()
        for system in SYSTEMS
        for metric in METRICS
        if systems is None or system in systems
    ]
    return [f"{' '.join(map(str, key))}: no floor is pinned" for key in wanted if key not in keys]


def fallen(floors: Floors, digests: Mapping[str, str], reached: Sequence[Reached]) -> list[str]:
    """Name every floor that is not reached, and every set whose data are not those the floors were pinned on."""
    found = [
        f"{name}: the data changed (now {digest[:12]}, pinned {floors['data'].get(name, 'none')[:12]}); pin anew"
        for name, digest in digests.items()
        if floors["data"].get(name) != digest
    ]
    values = {figure.key: figure.value for figure in reached}
    for floor in floors["floors"]:
        key = key_of(floor)
        value = values.get(key)
        if value is None:
            found.append(f"{' '.join(map(str, key))}: not measured; the floor is {floor['floor']:.2f}")
        elif value < floor["floor"]:
            found.append(f"{' '.join(map(str, key))}: {value:.2f} is below the floor {floor['floor']:.2f}")
    return found


def pin(
    path: Path, digests: Mapping[str, str], reached: Sequence[Reached], *, allow_lower: str | None = None
) -> list[str]:
    """Write floors a margin below what is reached now.

    A floor that stands higher stays, unless what is reached is below it: then pinning is refused without a reason. So
    it is where a floor is no longer measured, and where the data are not those it was pinned on, whatever is reached.

    :param allow_lower: why floors may be lowered; recorded with the old and the new value.
    :return: the floors that would be lowered when no reason is given; nothing is written then.
    """
    old = read_floors(path) if path.is_file() else {"data": {}, "floors": [], "lowered": []}
    before = {key_of(floor): floor["floor"] for floor in old["floors"]}
    after: dict[Key, float] = {}
    lowered: list[str] = []
    for figure in reached:
        floor = round(figure.value - MARGIN.get(figure.system, _DEFAULT_MARGIN), 2)
        standing = before.pop(figure.key, None)
        moved = old["data"].get(figure.set) != digests[figure.set]
        if standing is not None and (moved or figure.value < standing):
            lowered.append(line_of(figure.key, standing, floor))
        elif standing is not None:
            floor = max(floor, standing)
        after[figure.key] = floor
    lowered += [line_of(key, standing, None) for key, standing in before.items()]
    if lowered and not (allow_lower or "").strip():
        return lowered
    history = [*old["lowered"], *({"reason": allow_lower, "floor": line} for line in lowered)]
    floors = [dict(zip(NAMES, key, strict=True)) | {"floor": floor} for key, floor in sorted(after.items())]
    lines = ",\n".join("    " + json.dumps(floor) for floor in floors)
    head = json.dumps({"data": dict(sorted(digests.items())), "lowered": history}, indent=2)
    path.write_text(f'{head[:-2]},\n  "floors": [\n{lines}\n  ]\n}}\n', encoding="utf-8")
    return []
