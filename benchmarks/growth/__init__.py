"""How time and memory grow with the number of articles: every system, every size, each in a process of its own.

A system that passes the limit of time or memory is noted with that, and is not tried on more articles.
"""

from __future__ import annotations

import json
import platform
import random
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks.data import REPOSITORY, DataError, data_folder, load, split_sentences
from benchmarks.processes import Finished, run_limited
from benchmarks.speed import read_seeds
from benchmarks.systems import DEFAULT_SYSTEM, SYSTEMS, versions

SIZES: Final = (5, 10, 20, 50, 100, 200, 500)
#: Words of an article: what news articles have.
WORDS: Final = 560
#: Words of the summary.
MAX_WORDS: Final = 150
#: Longest a process may take, in seconds, and most it may hold, in MB.
TIME_LIMIT: Final = 300.0
MEMORY_LIMIT: Final = 4096.0
#: Those the targets hold for: the default, with its encoder and without.
TARGETED: Final = tuple(dict.fromkeys((DEFAULT_SYSTEM, DEFAULT_SYSTEM.rpartition("_")[0] + "_tfidf")))
#: Most memory of those at the largest size, in MB.
MAX_MEMORY: Final = 1000.0
#: Steepest slope of log time over log articles allowed them.
MAX_SLOPE: Final = 1.3
#: Fewer articles take mostly what any input takes, so the slope is fitted from here on.
_SLOPE_FROM: Final = 50
#: Other articles, for systems that weigh words by a corpus.
_BACKGROUND: Final = 50
#: Sentences of a run: what stands together in an article stays together.
_RUN: Final = 5

Row = dict[str, Any]


def measurable() -> tuple[str, ...]:
    """Name the systems that can be measured: all but the oracle, which needs references."""
    return tuple(name for name in SYSTEMS if name != "oracle")


def read_pool(folder: Path | None, name: str = "multi_news_val") -> tuple[str, list[list[str]]]:
    """Read real text to make articles of: different runs of up to five sentences as they stand in an article.

    :return: where it is from, and the runs. The seeds when the data are absent; then runs repeat often.
    """
    try:
        texts = [
            document.text for cluster in load(data_folder(folder), name).clusters for document in cluster.documents
        ]
        origin = name
    except DataError:
        texts, origin = read_seeds(), "seeds"
    runs: dict[tuple[str, ...], None] = {}
    for text in texts:
        sentences = split_sentences(text)
        runs.update(dict.fromkeys(tuple(sentences[i : i + _RUN]) for i in range(0, len(sentences), _RUN)))
    return origin, [list(run) for run in runs]


def make_articles(pool: Sequence[Sequence[str]], n: int, *, words: int = WORDS, seed: int = 0) -> list[str]:
    """Make n articles of about ``words`` words, each of runs.

    Runs are drawn without replacement over all articles, so that nothing is said twice before the pool is used up.
    """
    drawn = _drawn(pool, random.Random(seed))
    articles = []
    for _ in range(n):
        paragraphs: list[str] = []
        used = 0
        while used < words:
            paragraphs.append(" ".join(next(drawn)))
            used += len(paragraphs[-1].split())
        articles.append("\n\n".join(paragraphs))
    return articles


def _drawn(pool: Sequence[Sequence[str]], generator: random.Random) -> Iterator[Sequence[str]]:
    while True:
        yield from generator.sample(pool, len(pool))


def measure_growth(
    folder: Path | None,
    *,
    systems: Sequence[str] = TARGETED,
    sizes: Sequence[int] = SIZES,
    words: int = WORDS,
    time_limit: float = TIME_LIMIT,
    memory_limit: float = MEMORY_LIMIT,
    seed: int = 0,
    tell: Callable[[str], None] = lambda line: None,
) -> dict[str, Any]:
    """Measure systems on the first articles of one input, sizes ascending, each in a fresh process.

    :param systems: names in :data:`benchmarks.systems.SYSTEMS`, without the oracle.
    :param words: of an article.
    :param time_limit: seconds of a process, loading included.
    :param memory_limit: MB of a process and those it starts.
    :param tell: told a line a row as it is measured.
    :return: what ``growth.json`` holds: under ``curves`` a row a size for each system. A row has figures, or
        ``stopped`` ("time", "memory", "failed", "not tried") and ``why``.
    :raises DataError: if a system is unknown or reads references.
    """
    unfit = [name for name in systems if name not in measurable()]
    if unfit or not systems or not sizes:
        raise DataError(f"cannot measure the growth of {', '.join(unfit) or 'nothing'}; choose from {measurable()}")
    sizes = sorted(set(sizes))
    origin, pool = read_pool(folder)
    if origin == "seeds":
        tell("made of the seeds, which repeat soon: there is no multi_news_val in the folder of the data")
    made = make_articles(pool, sizes[-1] + _BACKGROUND, words=words, seed=seed)
    articles, background = made[: sizes[-1]], made[sizes[-1] :]
    pool_words = sum(len(sentence.split()) for run in pool for sentence in run)
    del pool, made
    curves = {}
    for name in systems:
        request = {"system": name, "background": background, "max_words": MAX_WORDS, "seed": seed}
        curves[name] = list(_curve(request, articles, sizes, time_limit, memory_limit, tell))
    slopes = {name: _slope(rows) for name, rows in curves.items()}
    default = next((name for name in TARGETED if name in curves), systems[0])
    return {
        "versions": versions(),
        "platform": {"python": platform.python_version(), "system": platform.system(), "machine": platform.machine()},
        "seed": seed,
        "text": {"from": origin, "words": pool_words},
        "words_an_article": words,
        "max_words": MAX_WORDS,
        "limits": {"seconds": time_limit, "mb": memory_limit},
        "default": default,
        "curves": curves,
        "slopes": slopes,
        # Of the default alone, for the README.
        "curve": measured(curves[default]),
        "slope": slopes[default],
        "target": {"max_mb": MAX_MEMORY, "max_slope": MAX_SLOPE, "systems": list(TARGETED)},
    }


def _curve(
    request: Mapping[str, Any],
    articles: Sequence[str],
    sizes: Sequence[int],
    time_limit: float,
    memory_limit: float,
    tell: Callable[[str], None],
) -> Iterator[Row]:
    """Measure one system; after a row without figures the larger sizes are not tried."""
    stopped = ""
    for n in sizes:
        row: Row = {"articles": n, "words": sum(len(article.split()) for article in articles[:n])}
        if stopped:
            row |= {"stopped": "not tried", "why": stopped}
        else:
            row |= _measure({**request, "articles": articles[:n]}, time_limit, memory_limit)
            if "stopped" in row:
                stopped = f"{row['stopped']} at {n} articles"
            tell(f"{request['system']}, {describe(row)}")
        yield row


def _measure(request: Mapping[str, Any], time_limit: float, memory_limit: float) -> Row:
    command = [sys.executable, "-m", "benchmarks.growth.one"]
    done = run_limited(command, json.dumps(request), seconds=time_limit, mb=memory_limit, cwd=REPOSITORY)
    if done.stopped or done.returncode:
        return _refusal(done, time_limit, memory_limit)
    row: Row = json.loads(done.stdout.splitlines()[-1])
    # What a process of the system's own held between two looks may have been gone at the end.
    return row | {"peak_mb": max(row["peak_mb"], round(done.peak_mb, 1))}


def _refusal(done: Finished, time_limit: float, memory_limit: float) -> Row:
    if done.stopped == "time":
        return {"stopped": "time", "why": f"took more than {time_limit:g} s"}
    if done.stopped == "memory":
        return {"stopped": "memory", "why": f"held more than {memory_limit:g} MB after {done.seconds:.0f} s"}
    lines = done.stderr.strip().splitlines()
    return {"stopped": "failed", "why": lines[-1] if lines else f"ended with {done.returncode} and said nothing"}


def measured(rows: Sequence[Row]) -> list[Row]:
    """Give the rows that hold figures."""
    return [row for row in rows if "stopped" not in row]


def describe(row: Row) -> str:
    """Say what one row holds."""
    if "stopped" in row:
        return f"{row['articles']} articles: {row['stopped']}, {row['why']}"
    return (
        f"{row['articles']} articles: {row['seconds']:.2f} s ({row['cpu_seconds']:.2f} s of the processor),"
        f" {row['peak_mb']:.0f} MB"
    )


def slope(sizes: Sequence[float], values: Sequence[float]) -> float:
    """Fit the exponent k of values ~ sizes^k by least squares over the logarithms."""
    return float(np.polyfit(np.log(sizes), np.log(values), 1)[0])


def _slope(rows: Sequence[Row]) -> float | None:
    fitted = [row for row in measured(rows) if row["articles"] >= _SLOPE_FROM and row["cpu_seconds"] > 0]
    if len(fitted) < 2:
        return None
    return round(slope([row["articles"] for row in fitted], [row["cpu_seconds"] for row in fitted]), 4)


def missed(found: Mapping[str, Any]) -> list[str]:
    """Name the targets that were not met; they hold for the default, with its encoder and without."""
    problems = []
    for name in (name for name in found["target"]["systems"] if name in found["curves"]):
        rows, exponent = found["curves"][name], found["slopes"][name]
        problems += [f"{name}, {describe(row)}" for row in rows if row.get("stopped", "not tried") != "not tried"]
        problems += [
            f"{name}, {describe(row)}; the target is under {MAX_MEMORY:.0f} MB"
            for row in measured(rows)[-1:]
            if row["peak_mb"] >= MAX_MEMORY
        ]
        if exponent is not None and exponent > MAX_SLOPE:
            problems.append(f"{name}: time grows as n^{exponent:.2f}; the target is n^{MAX_SLOPE}")
    return problems
