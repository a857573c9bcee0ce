"""The tables of one set, each row a system; benchmarks/README.md says what each column means."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from benchmarks.significance import Difference, compare
from benchmarks.systems import DEFAULT_SYSTEM, SYSTEMS

ROUGE: Final = {"rouge1": "R1", "rouge2": "R2", "rougeL": "RL", "rougeLsum": "Lsum"}
#: What the default is always compared with, where it was measured; the best peer of the set stands above them.
COMPARED: Final = (
    "sumy_lexrank",
    "greedy_centroid",
    "concept_coverage_ilp",
    "lead_first",
    "lead_interleaved",
    DEFAULT_SYSTEM.replace("minilm", "tfidf"),
)
#: Systems that know the references are no peers.
_NOT_A_PEER: Final = frozenset({"oracle"})

Results = Mapping[str, Any]


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Give a Markdown table; columns after the first are aligned right."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def quality_table(results: Sequence[Results]) -> str:
    """Give ROUGE F with intervals, precision and recall of ROUGE-1, and words; the best F but the oracle's is bold."""
    most = max((result["data"]["used"] for result in results), default=0)
    # A mean over fewer clusters is the mean of other clusters.
    compared = [r for r in results if r["system"] not in _NOT_A_PEER and r["data"]["used"] == most]
    best = {metric: max((_mean(r, metric) for r in compared), default=None) for metric in ROUGE}

    def cell(result: Results, metric: str) -> str:
        mean = _mean(result, metric)
        mark = "**" if mean == best[metric] and result in compared else ""
        return f"{mark}{100 * mean:.2f}{mark}"

    head = ["system", *ROUGE.values(), "R1, 95 %", "R2, 95 %", "Lsum, 95 %", "R1 P", "R1 R", "words"]
    rows = [
        [
            name,
            *(cell(result, metric) for metric in ROUGE),
            *(_interval(result["scores"][metric]["fmeasure"]) for metric in ("rouge1", "rouge2", "rougeLsum")),
            *(f"{100 * result['scores']['rouge1'][part]['mean']:.1f}" for part in ("precision", "recall")),
            f"{result['measures']['words']:.0f}",
        ]
        for name, result in _named(results)
    ]
    return table(head, rows)


def beside_table(results: Sequence[Results]) -> str:
    """Give what ROUGE does not see; a cell is empty where an older file lacks the measure."""
    columns: dict[str, Callable[[Mapping[str, Any]], str]] = {
        "support": lambda m: _number(m, "support_rate", 100),
        "repeats": lambda m: _number(m, "near_duplicate_summaries", 100, 1),
        "pairs": lambda m: _number(m, "near_duplicate_pairs", 100, 1),
        "overlap": lambda m: _number(m, "overlap", 100),
        "orphans": lambda m: _number(m, "orphan_openers", 100, 1),
        "position": _position,
        "articles": lambda m: _number(m, "document_share", 100),
        "bits": lambda m: _number(m, "entropy", 1, 2),
        "coverage": lambda m: _number(m, "coverage", 100),
        "density": lambda m: _number(m, "density", 1),
        "changed": lambda m: _number(m, "unplaced", 100),
    }
    rows = [[name, *(cell(result["measures"]) for cell in columns.values())] for name, result in _named(results)]
    return table(["system", *columns], rows)


def cost_table(results: Sequence[Results]) -> str:
    """Give time a cluster, memory of the process, and the clusters without a summary."""
    rows = [
        [
            name,
            _milliseconds(result["measures"]["seconds_median"]),
            _milliseconds(result["measures"]["seconds_p95"]),
            _number(result["measures"], "peak_mb", 1),
            str(result["measures"]["failed"]),
        ]
        for name, result in _named(results)
    ]
    return table(["system", "ms", "ms, p95", "peak MB", "failed"], rows)


def difference_table(results: Sequence[Results], default: str = DEFAULT_SYSTEM) -> str:
    """Give the paired differences of our default to the best peer by ROUGE-2 and to :data:`COMPARED`.

    :return: empty where the default, or all else, was not measured.
    """
    by_name = {result["system"]: result for result in results}
    if default not in by_name:
        return ""
    best = best_peer(results, default)
    names = [name for name in ([best] if best else []) + list(COMPARED) if name in by_name and name != default]
    metrics = ("rouge1", "rouge2", "rougeLsum")
    rows = []
    for name in dict.fromkeys(names):
        found = [compare(by_name[default], by_name[name], metric) for metric in metrics]
        label = f"{name} (best peer)" if name == best else name
        rows.append([label, *map(difference_cell, found), str(found[0].n_groups)])
    return table([f"{default} minus", *(ROUGE[metric] for metric in metrics), "units"], rows) if rows else ""


def best_peer(results: Sequence[Results], default: str = DEFAULT_SYSTEM) -> str | None:
    """Name the peer with the best ROUGE-2 F among those measured on the clusters of the default.

    A peer that was measured on fewer clusters is compared on those by :func:`difference_table` when its name is among
    :data:`COMPARED`, but its mean says nothing about which is best.
    """
    clusters = {r["system"]: {row["id"] for row in r["clusters"]} for r in results}
    peers = [
        r
        for r in results
        if not r["system"].startswith("crossbrief_")
        and r["system"] not in _NOT_A_PEER
        and (default not in clusters or clusters[r["system"]] >= clusters[default])
    ]
    found = max(peers, key=lambda r: _mean(r, "rouge2"), default=None)
    return None if found is None else str(found["system"])


def difference_cell(found: Difference) -> str:
    """Give a difference in points with its interval; bold when it excludes zero."""
    mark = "**" if found.is_clear else ""
    return f"{mark}{100 * found.mean:+.2f}{mark} [{100 * found.low:+.2f}, {100 * found.high:+.2f}]"


def _named(results: Sequence[Results]) -> list[tuple[str, Results]]:
    """Give results in the order of the registry; a name says how many clusters where others were run on more."""
    most = max((result["data"]["used"] for result in results), default=0)
    order = {name: i for i, name in enumerate(SYSTEMS)}
    rows = sorted(results, key=lambda r: (order.get(r["system"], len(order)), r["system"]))
    return [
        (r["system"] if r["data"]["used"] == most else f"{r['system']} ({r['data']['used']} clusters)", r) for r in rows
    ]


def _mean(result: Results, metric: str) -> float:
    return float(result["scores"][metric]["fmeasure"]["mean"])


def _interval(found: Mapping[str, float]) -> str:
    return f"{100 * found['low']:.1f}-{100 * found['high']:.1f}"


def _number(measures: Mapping[str, Any], name: str, factor: float, digits: int = 0) -> str:
    value = measures.get(name)
    return "" if value is None else f"{factor * value:.{digits}f}"


def _position(measures: Mapping[str, Any]) -> str:
    mean, deviation = (_number(measures, name, 100) for name in ("position_mean", "position_sd"))
    return f"{mean} ± {deviation}" if mean else ""


def _milliseconds(seconds: float) -> str:
    return f"{1000 * seconds:.0f}" if seconds >= 0.01 else f"{1000 * seconds:.1f}"
