"""A ratchet: quality that was once reached must not fall.

``floors.json`` pins, for slices of the data and the digest of the files they come from, what the default system must
reach. ``gate`` measures and names what fell; ``gate --pin`` writes the floors that are reached now, and lowers one only
with ``--allow-lower REASON``, which stays in the file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from benchmarks.averages import summarize_measures
from benchmarks.data import DataError, load, spread
from benchmarks.quality import score_outcomes
from benchmarks.running import run_system

FLOORS: Final = Path(__file__).with_name("floors.json")
#: What is measured when nothing is pinned yet: set and clusters, a minute or two on two cores.
SLICES: Final = {"neus_val": 60, "multi_news_val": 40}
SYSTEMS: Final = ("crossbrief_coverage_tfidf", "crossbrief_coverage_minilm")
#: In points of 100. The int8 encoder rounds differently on processors with other instructions, which can move a choice.
MARGIN: Final = {"crossbrief_coverage_tfidf": 0.05, "crossbrief_coverage_minilm": 0.3}
_DEFAULT_MARGIN: Final = 0.3
_Key = tuple[str, int, str, str]
_METRICS: Final = ("rouge1", "rouge2", "rougeLsum")


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
    def key(self) -> _Key:
        """What a floor is looked up by."""
        return self.set, self.slice, self.system, self.metric


def measure_slices(
    folder: Path, *, slices: Mapping[str, int], systems: Sequence[str], jobs: int | None = None
) -> tuple[dict[str, str], list[Reached]]:
    """Measure systems on slices.

    :return: the digest of each set, and the figures: ROUGE F, the share of summaries without a near-duplicate pair
        (``distinct``), and the share of openers that need no sentence before them (``self_contained``).
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
            figures = {metric: report[metric].fmeasure.mean for metric in _METRICS} | {
                "distinct": 1 - measures["near_duplicate_summaries"],
                "self_contained": 1 - measures["orphan_openers"],
            }
            reached += [Reached(name, n, system, metric, round(100 * value, 4)) for metric, value in figures.items()]
    return digests, reached


def read_floors(path: Path) -> dict[str, Any]:
    """Read the floors: ``{"data": {set: sha256}, "floors": [{set, slice, system, metric, floor}], "lowered": [...]}``.

    :raises DataError: if nothing is pinned yet.
    """
    if not path.is_file():
        raise DataError(f"{path} does not exist: no floor is pinned yet; run python -m benchmarks gate --pin")
    floors: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return floors


def fallen(floors: Mapping[str, Any], digests: Mapping[str, str], reached: Sequence[Reached]) -> list[str]:
    """Name every floor that is not reached, and every set whose data are not those the floors were pinned on."""
    found = [
        f"{name}: the data changed (now {digest[:12]}, pinned {floors['data'].get(name, 'none')[:12]}); pin anew"
        for name, digest in digests.items()
        if floors["data"].get(name) != digest
    ]
    values = {figure.key: figure.value for figure in reached}
    for floor in floors["floors"]:
        key = (floor["set"], floor["slice"], floor["system"], floor["metric"])
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

    A floor that stands higher stays, unless what is reached is below it: then pinning is refused without a reason. A
    floor that is no longer measured counts as lowered.

    :param allow_lower: why floors may be lowered; recorded with the old and the new value.
    :return: the floors that would be lowered when no reason is given; nothing is written then.
    """
    old = read_floors(path) if path.is_file() else {"data": {}, "floors": [], "lowered": []}
    before = {(f["set"], f["slice"], f["system"], f["metric"]): f["floor"] for f in old["floors"]}
    after: dict[_Key, float] = {}
    lowered: list[tuple[_Key, float, float | None]] = []
    for figure in reached:
        floor = round(figure.value - MARGIN.get(figure.system, _DEFAULT_MARGIN), 2)
        standing = before.pop(figure.key, None)
        if standing is not None and figure.value < standing:
            lowered.append((figure.key, standing, floor))
        elif standing is not None and old["data"].get(figure.set) == digests[figure.set]:
            floor = max(floor, standing)
        after[figure.key] = floor
    lowered += [(key, standing, None) for key, standing in before.items()]
    named = [f"{' '.join(map(str, key))}: {standing} -> {floor}" for key, standing, floor in lowered]
    if named and not allow_lower:
        return named
    history = [*old["lowered"], *({"reason": allow_lower, "floor": line} for line in named)]
    names = ("set", "slice", "system", "metric")
    floors = [dict(zip(names, key, strict=True)) | {"floor": floor} for key, floor in sorted(after.items())]
    lines = ",\n".join("    " + json.dumps(floor) for floor in floors)
    head = json.dumps({"data": dict(sorted(digests.items())), "lowered": history}, indent=2)
    path.write_text(f'{head[:-2]},\n  "floors": [\n{lines}\n  ]\n}}\n', encoding="utf-8")
    return []
