"""What is left of retrieved documents within a budget of tokens: of what answers a question, and of what people keep.

Questions: those of ``tests/cases/query.json`` that are answered, each asked of the articles of its own story and of two
others, as a retriever gives them. Counted is whether a sentence that answers is kept. The weights of :mod:`summarizer.
compressing` were chosen on one half of the questions; the other half was looked at for the figures only.

Clusters: of three outlets and their headline, mixed with another event (``neus_val``), and of full articles without a
query (``multi_news_val``). Counted is the share of the word pairs of the human summary that is kept (ROUGE-2 recall).

    python -m benchmarks compress [--data FOLDER]
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks.cleaning import wilson
from benchmarks.data import load, spread
from benchmarks.query import CASES, HALVES, SEEDS
from benchmarks.significance import paired_bootstrap
from benchmarks.systems.compressors import NAMES, OURS, Compressor, Kept, count_tokens, make_compressors
from summarizer.rouge import score

BUDGETS: Final = (128, 256, 512)
#: Stories that a question is asked of: its own and those that follow.
STORIES: Final = 3
CLUSTERS: Final = 30
#: Share of the answering sentences of the half kept aside, at 128 tokens.
TARGET: Final = 0.85
_AT: Final = 128


def measure(
    data: Path | None,
    *,
    limit: int = CLUSTERS,
    names: Sequence[str] = NAMES,
    budgets: Sequence[int] = BUDGETS,
    tell: Callable[[str], None] | None = None,
) -> dict[str, Any]:
    """Compress the stories for every question, and clusters of news.

    :param data: folder with ``neus_val`` and ``multi_news_val``; None for the questions alone.
    :param limit: clusters of each set, spread evenly.
    :param names: of :data:`benchmarks.systems.compressors.NAMES`, ours among them.
    :param budgets: in tokens.
    :param tell: told what is being done.
    """
    systems = make_compressors(names)
    found: dict[str, Any] = {"budgets": list(budgets), "questions": _questions(systems, budgets, tell)}
    if data is not None:
        found["clusters"] = {
            "neus_val": _clusters(systems, budgets, data, "neus_val", limit, tell),
            "multi_news_val": _clusters(systems, budgets, data, "multi_news_val", limit, tell),
        }
    return found


def _questions(
    systems: dict[str, Compressor], budgets: Sequence[int], tell: Callable[[str], None] | None
) -> dict[str, Any]:
    cases = json.loads(CASES.read_text("utf-8"))
    stories = {name: [article["text"] for article in articles] for name, articles in cases["stories"].items()}
    stories["seeds"] = [path.read_text("utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    names = sorted(stories)
    asked = [case for case in cases["cases"] if case["expected"]["answers"]]
    hits: dict[str, dict[int, list[bool]]] = {name: {limit: [] for limit in budgets} for name in systems}
    seconds: dict[str, list[float]] = {name: [] for name in systems}
    used: dict[str, dict[int, list[int]]] = {name: {limit: [] for limit in budgets} for name in systems}
    for case in asked:
        first = names.index(case["input"]["story"])
        pool = [text for step in range(STORIES) for text in stories[names[(first + step) % len(names)]]]
        own = len(stories[names[first]])
        for limit in budgets:
            for name, system in systems.items():
                start = time.perf_counter()
                kept = system(pool, case["input"]["query"], limit)
                if limit == _AT:
                    seconds[name].append(time.perf_counter() - start)
                used[name][limit].append(count_tokens(" ".join(text for _, text in kept)))
                told = [text for number, text in kept if number < own]
                hits[name][limit].append(any(words in text for words in case["expected"]["answers"] for text in told))
    if tell:
        tell(f"{len(asked)} questions asked")
    halves = [case["half"] for case in asked]
    return {
        "of": {half: halves.count(half) for half in HALVES},
        "documents_tokens": round(statistics.mean(count_tokens("\n".join(texts)) for texts in stories.values())),
        "systems": {
            name: {
                str(limit): {
                    **{half: _share(_of(hits[name][limit], halves, half)) for half in HALVES},
                    "tokens": round(statistics.mean(used[name][limit])),
                }
                for limit in budgets
            }
            for name in systems
        },
        "ours_minus": {
            name: {
                str(limit): {
                    half: _difference(_of(hits[OURS][limit], halves, half), _of(hits[name][limit], halves, half))
                    for half in HALVES
                }
                for limit in budgets
            }
            for name in systems
            if name != OURS
        },
        "time_ratio": _ratios(seconds),
    }


def _clusters(
    systems: dict[str, Compressor],
    budgets: Sequence[int],
    data: Path,
    set_name: str,
    limit: int,
    tell: Callable[[str], None] | None,
) -> dict[str, Any]:
    """Compress clusters; those of a set with headlines with a query, beside the articles of another event."""
    clusters = spread(load(data, set_name).clusters, limit)
    asked = set_name.startswith("neus")
    if asked:
        clusters = tuple(cluster for cluster in clusters if cluster.documents[0].title)
    kept: dict[str, dict[int, list[Kept]]] = {name: {budget: [] for budget in budgets} for name in systems}
    seconds: dict[str, list[float]] = {name: [] for name in systems}
    for place, cluster in enumerate(clusters):
        other = clusters[(place + len(clusters) // 2) % len(clusters)] if asked else None
        texts = [article.text for article in (*cluster.documents, *(other.documents if other else ()))]
        query = cluster.documents[0].title if asked else None
        for budget in budgets:
            for name, system in systems.items():
                start = time.perf_counter()
                kept[name][budget].append(system(texts, query, budget))
                if budget == _AT:
                    seconds[name].append(time.perf_counter() - start)
    if tell:
        tell(f"{set_name}: {len(clusters)} clusters compressed")
    references = [list(cluster.references) for cluster in clusters]
    groups = [cluster.group for cluster in clusters]
    recalls = {name: {budget: _recalls(kept[name][budget], references) for budget in budgets} for name in systems}
    own = [len(cluster.documents) for cluster in clusters]
    return {
        "clusters": len(clusters),
        "query": asked,
        "systems": {
            name: {
                str(budget): {
                    "recall": round(statistics.mean(recalls[name][budget]), 4),
                    "of_own_event": round(statistics.mean(map(_own_share, kept[name][budget], own)), 3),
                }
                for budget in budgets
            }
            for name in systems
        },
        "ours_minus": {
            name: {str(budget): _difference(recalls[OURS][budget], recalls[name][budget], groups) for budget in budgets}
            for name in systems
            if name != OURS
        },
        "time_ratio": _ratios(seconds),
    }


def _recalls(kept: Sequence[Kept], references: Sequence[Sequence[str]]) -> list[float]:
    texts = [" ".join(text for _, text in pieces) for pieces in kept]
    report = score(texts, references, metrics=("rouge2",), n_resamples=1)
    return [item["rouge2"].recall for item in report.items]


def _own_share(kept: Kept, own: int) -> float:
    words = [(number < own, len(text.split())) for number, text in kept]
    return sum(n for is_own, n in words if is_own) / max(sum(n for _, n in words), 1)


def _of(values: Sequence[bool], halves: Sequence[str], half: str) -> list[bool]:
    return [value for value, name in zip(values, halves, strict=True) if name == half]


def _share(hits: Sequence[bool]) -> dict[str, Any]:
    """Give a share with its 95 % Wilson interval."""
    low, high = wilson(sum(hits), len(hits))
    return {"share": round(sum(hits) / max(len(hits), 1), 3), "interval": [round(low, 3), round(high, 3)]}


def _difference(
    ours: Sequence[float], theirs: Sequence[float], groups: Sequence[str] | None = None
) -> dict[str, float]:
    found = paired_bootstrap(ours, theirs, groups=groups)
    return {"mean": round(found.mean, 4), "low": round(found.low, 4), "high": round(found.high, 4)}


def _ratios(seconds: dict[str, list[float]]) -> dict[str, float]:
    """Give the median of our time over that of each other system, on the same input one after the other."""
    return {
        name: round(statistics.median(a / b for a, b in zip(seconds[OURS], theirs, strict=True)), 2)
        for name, theirs in seconds.items()
        if name != OURS
    }


def missed(found: dict[str, Any]) -> list[str]:
    """Name the target if the half kept aside misses it."""
    reached = found["questions"]["systems"][OURS][str(_AT)][HALVES[1]]["share"]
    return [] if reached >= TARGET else [f"answering sentences kept at {_AT} tokens: {reached} < {TARGET}"]


def text(found: dict[str, Any]) -> str:
    """Render as Markdown tables."""
    budgets = [str(budget) for budget in found["budgets"]]
    lines = [f"| answering sentence kept, {HALVES[1]} | " + " | ".join(budgets) + " |", _rule(len(budgets))]
    questions = found["questions"]
    for name, cells in questions["systems"].items():
        lines.append(f"| {name} | " + " | ".join(_percent(cells[budget][HALVES[1]]) for budget in budgets) + " |")
    lines += ["", f"| {OURS} minus, points | " + " | ".join(budgets) + " |", _rule(len(budgets))]
    for name, cells in questions["ours_minus"].items():
        lines.append(f"| {name} | " + " | ".join(_points(cells[budget][HALVES[1]]) for budget in budgets) + " |")
    for set_name, part in found.get("clusters", {}).items():
        lines += ["", f"| {set_name}, ROUGE-2 recall | " + " | ".join(budgets) + " |", _rule(len(budgets))]
        for name, cells in part["systems"].items():
            against = part["ours_minus"].get(name)
            lines.append(
                f"| {name} | "
                + " | ".join(
                    f"{100 * cells[budget]['recall']:.1f}" + (f" ({_points(against[budget])})" if against else "")
                    for budget in budgets
                )
                + " |"
            )
    for where, part in (("questions, vectors known", questions), *found.get("clusters", {}).items()):
        ratios = "; ".join(f"{name} {ratio}" for name, ratio in part["time_ratio"].items())
        lines += ["", f"time of {OURS} over that of others, {where}: {ratios}"]
    return "\n".join(lines)


def _rule(columns: int) -> str:
    return "| --- |" + " ---: |" * columns


def _percent(share: dict[str, Any]) -> str:
    low, high = share["interval"]
    return f"{100 * share['share']:.0f} % [{100 * low:.0f}, {100 * high:.0f}]"


def _points(found: dict[str, float]) -> str:
    return f"{100 * found['mean']:+.1f} [{100 * found['low']:+.1f}, {100 * found['high']:+.1f}]"
