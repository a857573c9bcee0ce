"""How time and memory grow with the number of articles, each size in a process of its own."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, Final

import numpy as np

from benchmarks.data import REPOSITORY, DataError, data_folder, load, split_sentences
from benchmarks.memory import peak_memory
from benchmarks.speed import read_seeds
from benchmarks.systems import versions

SIZES: Final = (50, 100, 200, 500)
WORDS: Final = 2000
#: Most memory at the largest size, in MB.
MAX_MEMORY: Final = 1000.0
#: Steepest allowed slope of log time over log articles.
MAX_SLOPE: Final = 1.3
#: Longest a size may take before it is given up, in seconds.
_TIMEOUT: Final = 900


def read_pool(folder: Path | None, name: str = "multi_news_val") -> tuple[str, list[list[str]]]:
    """Read real text to make articles of: runs of up to five sentences as they stand in an article.

    :return: where it is from, and the runs. The seeds when the data are absent; then runs repeat often.
    """
    try:
        texts = [
            document.text for cluster in load(data_folder(folder), name).clusters for document in cluster.documents
        ]
        origin = name
    except DataError:
        texts, origin = read_seeds(), "seeds"
    runs = []
    for text in texts:
        sentences = split_sentences(text)
        runs += [sentences[i : i + 5] for i in range(0, len(sentences), 5)]
    return origin, runs


def make_articles(pool: Sequence[Sequence[str]], n: int, *, words: int = WORDS, seed: int = 0) -> list[str]:
    """Make n articles of about ``words`` words, each of runs drawn without repetition within the article."""
    generator = random.Random(seed)
    articles = []
    for _ in range(n):
        paragraphs: list[str] = []
        used = 0
        while used < words:
            for i in generator.sample(range(len(pool)), min(len(pool), 50)):
                paragraphs.append(" ".join(pool[i]))
                used += len(paragraphs[-1].split())
                if used >= words:
                    break
        articles.append("\n\n".join(paragraphs))
    return articles


def measure_size(n: int, folder: Path | None, *, seed: int = 0, embedder: str = "tfidf") -> dict[str, Any]:
    """Summarize n articles in this process."""
    from summarizer import SummaryConfig, summarize

    origin, pool = read_pool(folder)
    articles = make_articles(pool, n, seed=seed)
    del pool
    config = SummaryConfig(embedder=embedder, max_words=150, max_documents=max(500, n))
    begin, begin_cpu = perf_counter(), process_time()
    summary = summarize(articles, config=config)
    return {
        "articles": n,
        "words": sum(len(article.split()) for article in articles),
        "seconds": round(perf_counter() - begin, 3),
        "cpu_seconds": round(process_time() - begin_cpu, 3),
        "peak_mb": round(peak_memory(), 1),
        "text": origin,
        "statements": len(summary.statements),
        "signature": summary.signature,
    }


def slope(sizes: Sequence[float], values: Sequence[float]) -> float:
    """Fit the exponent k of values ~ sizes^k by least squares over the logarithms."""
    return float(np.polyfit(np.log(sizes), np.log(values), 1)[0])


def measure_growth(folder: Path | None, *, sizes: Sequence[int] = SIZES, seed: int = 0) -> dict[str, Any]:
    """Measure every size in a fresh process.

    :raises DataError: if a size fails or takes too long.
    """
    curve = []
    for n in sizes:
        command = [sys.executable, "-m", "benchmarks", "growth", "--one", str(n), "--seed", str(seed)]
        command += ["--data", str(folder.resolve())] if folder else []
        try:
            done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=_TIMEOUT, check=True)
        except subprocess.CalledProcessError as error:
            raise DataError(f"{n} articles failed:\n{error.stderr.strip()}") from error
        except subprocess.TimeoutExpired as error:
            raise DataError(f"{n} articles took longer than {_TIMEOUT} s") from error
        curve.append(json.loads(done.stdout))
    return {
        "versions": versions(),
        "seed": seed,
        "words_an_article": WORDS,
        "curve": curve,
        "slope": slope([row["articles"] for row in curve], [row["cpu_seconds"] for row in curve])
        if len(curve) > 1
        else None,
        "target": {"max_mb": MAX_MEMORY, "max_slope": MAX_SLOPE},
    }


def growth_table(found: dict[str, Any]) -> str:
    """Give the curve as text."""
    lines = ["articles   seconds  CPU s   peak MB"]
    for row in found["curve"]:
        lines.append(f"{row['articles']:8}  {row['seconds']:8.2f}  {row['cpu_seconds']:5.1f}  {row['peak_mb']:8.0f}")
    if found["slope"] is not None:
        lines.append(f"CPU time grows as n^{found['slope']:.2f}")
    return "\n".join(lines)


def missed(found: dict[str, Any]) -> list[str]:
    """Name the targets that were not met."""
    last = found["curve"][-1]
    problems = []
    if last["peak_mb"] >= MAX_MEMORY:
        problems.append(f"{last['articles']} articles: {last['peak_mb']:.0f} MB; the target is under {MAX_MEMORY:.0f}")
    if found["slope"] is not None and found["slope"] > MAX_SLOPE:
        problems.append(f"time grows as n^{found['slope']:.2f}; the target is n^{MAX_SLOPE}")
    return problems


def plot_growth(found: dict[str, Any], path: Path) -> bool:
    """Draw the curve as SVG.

    :return: whether it was drawn; False without matplotlib.
    """
    try:
        mpl: Any = import_module("matplotlib")
        figures: Any = import_module("matplotlib.figure")
    except ImportError:
        return False
    sizes = [row["articles"] for row in found["curve"]]
    # A fixed salt and no date: the same numbers give the same file.
    with mpl.rc_context({"svg.hashsalt": "growth", "svg.fonttype": "none"}):
        figure = figures.Figure(figsize=(6.4, 3.2), layout="constrained")
        left, right = figure.subplots(1, 2)
        for axes, key, label in ((left, "cpu_seconds", "CPU seconds"), (right, "peak_mb", "peak memory, MB")):
            axes.loglog(sizes, [row[key] for row in found["curve"]], "o-", color="#1f4e79")
            axes.set(xlabel="articles of 2,000 words", ylabel=label)
            axes.grid(True, which="both", color="#dddddd", linewidth=0.5)
        figure.savefig(path, format="svg", metadata={"Date": None})
    return True
