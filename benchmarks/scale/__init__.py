"""How a run over an archive grows: articles a second for each stage, memory, one worker against two, a day added.

``python -m benchmarks scale --data FOLDER``. Every run is the command ``summarizer events`` in processes of its own;
times are those that its report gives.
"""

from __future__ import annotations

import gzip
import itertools
import json
import math
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks.data import NewsCluster
from benchmarks.scale.archive import make_rows, read_clusters, write_archive

SIZES: Final = (1_000, 10_000, 100_000)
#: Articles on which one worker is set against two.
MIDDLE: Final = 5_000
#: Articles to which a day is added, and those of one dense day.
ADDED: Final = 20_000
#: All sizes are spread over the same days, so that a larger archive is a denser one.
DAYS: Final = 25
#: Targets: steepest slope of log time over log articles, most memory in MB, least gain of two workers over one.
MAX_SLOPE: Final = 1.15
MAX_MEMORY: Final = 4096.0
MIN_GAIN: Final = 1.6
#: Of the days before the last, the share that the smaller archive has to which a day is added.
FEWER: Final = 4
#: Articles of a day that has next to none.
_TINY: Final = 8
#: Seconds between two looks at the memory.
_LOOK: Final = 0.5

Row = dict[str, Any]


def measure(
    data: Path,
    *,
    sizes: Sequence[int] = SIZES,
    days: int = DAYS,
    workers: int = 2,
    middle: int = MIDDLE,
    added: int = ADDED,
    pairs: int = 3,
    tell: Callable[[str], None] = lambda line: None,
) -> dict[str, Any]:
    """Measure all.

    :param sizes: numbers of articles, ascending.
    :param workers: processes of the runs that show growth.
    :param middle: articles on which one worker and two are timed.
    :param added: articles of the archive to which a day is added, and of one that has them all in a day.
    :param pairs: how often one worker and two are timed in turn.
    :param tell: told a line a run.
    """
    clusters = read_clusters(data)
    with tempfile.TemporaryDirectory(prefix="archive-") as folder:
        root = Path(folder)
        growth = []
        for size in sizes:
            growth.append(_grow(clusters, size, days, workers, root))
            tell(f"{size} articles: {growth[-1]['seconds']} s, {growth[-1]['memory_mb']} MB")
        return {
            "days": days,
            "cores": os.cpu_count(),
            "python": platform.python_version(),
            "growth": growth,
            "slope": slope([row["articles"] for row in growth], [row["seconds"] for row in growth]),
            "gain": _gain(clusters, middle, days, pairs, root),
            "added_day": _added_day(clusters, added, days, workers, root),
            "dense": _grow(clusters, added, 1, workers, root),
        }


def missed(found: dict[str, Any]) -> list[str]:
    """Name the targets that are missed."""
    problems = []
    if found["slope"] > MAX_SLOPE:
        problems.append(f"time grows as n^{found['slope']:.2f}, not n^{MAX_SLOPE}")
    memory = max(row["memory_mb"] for row in found["growth"])
    if memory > MAX_MEMORY:
        problems.append(f"{memory:.0f} MB, not {MAX_MEMORY:.0f}")
    if found["gain"]["median"] < MIN_GAIN:
        problems.append(f"two workers are {found['gain']['median']:.2f} times one, not {MIN_GAIN}")
    return problems


def slope(sizes: Sequence[float], seconds: Sequence[float]) -> float:
    """Fit the exponent b of seconds = a n^b by least squares of the logarithms; NaN for fewer than two sizes."""
    if len(sizes) < 2:
        return math.nan
    return round(float(np.polyfit(np.log(sizes), np.log(seconds), 1)[0]), 3)


def run_events(archive: Sequence[Path], out: Path, workers: int, *more: str) -> tuple[float, float, dict[str, Any]]:
    """Run the command, and give its seconds, the most memory of all its processes in MB, and its report."""
    command = [sys.executable, "-m", "summarizer", "events", *map(str, archive), "-o", str(out), "-q", *more]
    start = time.perf_counter()
    process = subprocess.Popen([*command, "--workers", str(workers)])
    peak = [0.0]
    watcher = threading.Thread(target=_watch, args=(process, peak), daemon=True)
    watcher.start()
    code = process.wait()
    seconds = time.perf_counter() - start
    watcher.join()
    if code:
        raise RuntimeError(f"{' '.join(command[2:5])} ended with {code}")
    return seconds, peak[0], json.loads((out / "report.json").read_text(encoding="utf-8"))


def _grow(clusters: Sequence[NewsCluster], size: int, days: int, workers: int, root: Path) -> Row:
    archive = write_archive(list(make_rows(clusters, size, days=days)), root / f"archive-{size}")
    out = root / f"out-{size}"
    seconds, memory, report = run_events(archive, out, workers)
    row = {
        "articles": size,
        "events": report["events"],
        "failed": report["failed"],
        "seconds": round(seconds, 1),
        "memory_mb": round(memory),
        "disk_mb": round(_size_of(out) / 1e6),
        "shuffle_mb": round(_size_of(out / "work" / "days") / 1e6),
        "stages": {
            stage["name"]: {
                "seconds": stage["seconds"],
                "work": stage["work"],
                "articles_per_second": round(size / stage["seconds"]) if stage["seconds"] else None,
            }
            for stage in report["stages"]
        },
    }
    shutil.rmtree(out)
    return row


def _gain(clusters: Sequence[NewsCluster], size: int, days: int, pairs: int, root: Path) -> dict[str, Any]:
    """Time one worker and two in turn."""
    archive = write_archive(list(make_rows(clusters, size, days=days)), root / "archive-gain")
    ratios = []
    for _ in range(pairs):
        seconds = []
        for workers in (1, 2):
            out = root / "out-gain"
            seconds.append(run_events(archive, out, workers)[0])
            shutil.rmtree(out)
        ratios.append(seconds[0] / seconds[1])
    return {"articles": size, "median": round(float(np.median(ratios)), 2), "all": [round(one, 2) for one in ratios]}


def _added_day(clusters: Sequence[NewsCluster], size: int, days: int, workers: int, root: Path) -> dict[str, Any]:
    """Run the days before the last, a few of them and all, and add the last one to each.

    The last of the rows under ``archives`` is the one with all; its numbers stand beside them, too.
    """
    archive = write_archive(list(make_rows(clusters, size, days=days)), root / "archive-added")
    # The files at the end hold only what the last events still had to come.
    ordered = sorted(path.stat().st_size for path in archive)
    whole = [path for path in archive if path.stat().st_size > ordered[len(ordered) // 2] / 2]
    last = whole[-1]
    earlier = [path for path in archive if path < last]
    tiny = _first_articles(last, root / "tiny.jsonl.gz")
    few = earlier[-max(len(earlier) // FEWER, 1) :]
    rows = [_add_one(some, last, tiny, workers, root / f"out-added-{len(some)}") for some in (few, earlier)]
    return {**rows[-1], "archives": rows}


def _add_one(earlier: Sequence[Path], last: Path, tiny: Path, workers: int, out: Path) -> Row:
    """Add a day to an archive, and a few articles of it to a copy of that archive: what is paid whatever is added."""
    before, _, first, cpu_before = _timed(earlier, out, workers)
    copy = out.with_name(f"{out.name}-tiny")
    shutil.copytree(out, copy)
    cpu_least = _timed([tiny], copy, workers, "--resume")[3]
    added, _, second, cpu_added = _timed([last], out, workers, "--resume")
    share = (second["articles"] - first["articles"]) / first["articles"]
    for folder in (out, copy):
        shutil.rmtree(folder)
    return {
        "articles_before": first["articles"],
        "articles_added": second["articles"] - first["articles"],
        "events_briefed": second["briefed"],
        "seconds_before": round(before, 1),
        "seconds_added": round(added, 1),
        "cpu_before": round(cpu_before, 1),
        "cpu_added": round(cpu_added, 1),
        "cpu_least": round(cpu_least, 1),
        "times_a_day": round(added / (before * share), 2),
        "times_a_day_above_least": round((cpu_added - cpu_least) / (cpu_before * share), 2),
        "share_of_all": round(added / before, 3),
    }


def _timed(archive: Sequence[Path], out: Path, workers: int, *more: str) -> tuple[float, float, dict[str, Any], float]:
    """Run the command as :func:`run_events`, and give the seconds of all its processors as well."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds, memory, report = run_events(archive, out, workers, *more)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return seconds, memory, report, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _first_articles(path: Path, target: Path) -> Path:
    with gzip.open(path, "rb") as source, gzip.open(target, "wb") as file:
        file.writelines(itertools.islice(source, _TINY))
    return target


def _size_of(folder: Path) -> int:
    """Sum the bytes of the files of a folder, each file once however many names it has."""
    found = [path.stat() for path in folder.rglob("*") if path.is_file()]
    return sum({(one.st_dev, one.st_ino): one.st_size for one in found}.values())


def _watch(process: subprocess.Popen[bytes], peak: list[float]) -> None:
    while process.poll() is None:
        peak[0] = max(peak[0], _memory_of_tree(process.pid))
        time.sleep(_LOOK)


def _memory_of_tree(pid: int) -> float:
    """Sum what a process and all below it hold, shared pages counted once, in MB; 0 where /proc does not tell."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError, IndexError):
            continue
        parents.setdefault(parent, []).append(int(entry.name))
    total, open_ = 0, [pid]
    while open_:
        one = open_.pop()
        open_ += parents.get(one, [])
        try:
            lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
    return total / 1024
