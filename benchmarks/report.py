"""Tables for people, from the results files, written between two markers of a Markdown file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks.data import DataError
from benchmarks.quality import read_results
from benchmarks.significance import Difference, compare
from benchmarks.systems import DEFAULT_SYSTEM, SYSTEMS

START: Final = "<!-- results: written by python -m benchmarks report -->"
END: Final = "<!-- end of results -->"
README: Final = Path(__file__).with_name("README.md")

_ROUGE: Final = {"rouge1": "R1", "rouge2": "R2", "rougeL": "RL", "rougeLsum": "Lsum"}
#: Systems that know the references are no peers.
_NOT_A_PEER: Final = frozenset({"oracle"})
_COMPARED: Final = ("lead_first", "lead_interleaved", "sumy_lexrank")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Give a Markdown table; columns after the first are aligned right."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _percent(value: float | None, digits: int = 0) -> str:
    return "" if value is None else f"{100 * value:.{digits}f}"


def _milliseconds(seconds: float) -> str:
    return f"{1000 * seconds:.0f}" if seconds >= 0.01 else f"{1000 * seconds:.1f}"


def quality_table(results: Sequence[Mapping[str, Any]]) -> str:
    """Give one row a system: ROUGE F with the interval of R2, and what ROUGE does not see."""
    head = ["system", *_ROUGE.values(), "R2, 95 %", "words", "support", "repeats", "orphans", "ms", "ms, p95"]
    rows = []
    for result in sorted(results, key=lambda r: SYSTEMS.index(r["system"]) if r["system"] in SYSTEMS else len(SYSTEMS)):
        scores, measures = result["scores"], result["measures"]
        second = scores["rouge2"]["fmeasure"]
        rows.append(
            [
                result["system"],
                *(_percent(scores[metric]["fmeasure"]["mean"], 2) for metric in _ROUGE),
                f"{_percent(second['low'], 1)}-{_percent(second['high'], 1)}",
                f"{measures['words']:.0f}",
                _percent(measures["support_rate"]),
                _percent(measures["near_duplicate_summaries"]),
                _percent(measures["orphan_openers"]),
                _milliseconds(measures["seconds_median"]),
                _milliseconds(measures["seconds_p95"]),
            ]
        )
    return table(head, rows)


def _difference(found: Difference) -> str:
    mark = "**" if found.is_clear else ""
    return f"{mark}{100 * found.mean:+.2f}{mark} [{100 * found.low:+.2f}, {100 * found.high:+.2f}]"


def difference_table(results: Sequence[Mapping[str, Any]], default: str = DEFAULT_SYSTEM) -> str:
    """Give the paired differences of our default to the baselines, and to the best peer by ROUGE-2."""
    by_name = {result["system"]: result for result in results}
    if default not in by_name:
        return ""
    peers = [r for name, r in by_name.items() if not name.startswith("crossbrief") and name not in _NOT_A_PEER]
    best = max(peers, key=lambda r: r["scores"]["rouge2"]["fmeasure"]["mean"], default=None)
    names = [name for name in _COMPARED if name in by_name]
    if best is not None and best["system"] not in names:
        names.append(best["system"])
    metrics = ("rouge1", "rouge2", "rougeLsum")
    rows = []
    for name in names:
        found = [compare(by_name[default], by_name[name], metric) for metric in metrics]
        rows.append([name, *map(_difference, found), str(found[0].n_groups)])
    return table([f"{default} minus", *(_ROUGE[metric] for metric in metrics), "units"], rows) if rows else ""


def _read(path: Path) -> dict[str, Any] | None:
    if not path.is_file():
        return None
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def speed_section(found: Mapping[str, Any]) -> str:
    """Say how fast, with the targets."""
    sumy, rest, imports = found["against_sumy"], found["beyond_encoding"], found["import"]
    rows = [
        [
            'sumy LexRank / `summarize(embedder="tfidf")`, the seeds',
            f"{sumy['ratio']['median']:.1f} times [{sumy['ratio']['min']:.1f}, {sumy['ratio']['max']:.1f}]"
            f" ({sumy['sumy_lexrank_ms']:.0f} / {sumy['crossbrief_tfidf_ms']:.0f} ms)",
            f"at least {sumy['target']['min_ratio']:g}",
        ],
        [
            f"beyond encoding with {rest['embedder']}, the seeds",
            f"{rest['beyond_encoding_clock_ms']['median']:.0f} ms (encoding {rest['encoding_ms']:.0f} ms,"
            f" {rest['sentences']} sentences)",
            f"at most {rest['target']['max_ms']:g} ms",
        ],
        [
            "`import summarizer` / `import sklearn.feature_extraction.text`",
            f"{imports['ratio']['median']:.2f} ({imports['summarizer_ms']:.0f} / {imports['sklearn_text_ms']:.0f} ms)",
            f"under {imports['target']['max_ratio']:.2f}",
        ],
    ]
    return "### Speed\n\n" + table(["what", "measured", "target"], rows)


def growth_section(found: Mapping[str, Any]) -> str:
    """Show the curve."""
    rows = [
        [str(row["articles"]), f"{row['words']:,}", f"{row['cpu_seconds']:.1f}", f"{row['peak_mb']:.0f}"]
        for row in found["curve"]
    ]
    text = "### Growth\n\nTF-IDF, articles of 2,000 words, a process a size.\n\n"
    text += table(["articles", "words", "CPU seconds", "peak MB"], rows)
    return text + (f"\n\nTime grows as n^{found['slope']:.2f}." if found["slope"] is not None else "")


def render(folder: Path) -> str:
    """Give all tables of the results in a folder.

    :raises DataError: if there are none.
    """
    sets: dict[str, list[dict[str, Any]]] = {}
    for result in read_results(folder):
        sets.setdefault(f"{result['set']}", []).append(result)
    parts = []
    for name, results in sets.items():
        first = results[0]
        used = sorted({result["data"]["used"] for result in results})
        parts.append(
            f"### {name}\n\n{' or '.join(map(str, used))} of {first['data']['clusters']} clusters,"
            f" {first['budget']['limit']} words, data {first['data']['sha256'][:12]}.\n\n{quality_table(results)}"
        )
        differences = difference_table(results)
        if differences:
            parts.append(differences)
    for file, section in (("speed.json", speed_section), ("growth.json", growth_section)):
        found = _read(folder / file)
        if found:
            parts.append(section(found))
    if not parts:
        raise DataError(f"{folder} holds no results; run python -m benchmarks run first")
    return "\n\n".join(parts)


def write_between_markers(path: Path, text: str) -> None:
    """Replace what stands between the two markers of a file.

    :raises DataError: if the file lacks them.
    """
    old = path.read_text(encoding="utf-8") if path.is_file() else ""
    before, start, rest = old.partition(START)
    _, end, after = rest.partition(END)
    if not start or not end:
        raise DataError(f"{path} needs two lines to write between:\n{START}\n{END}")
    path.write_text(f"{before}{START}\n\n{text}\n\n{END}{after}", encoding="utf-8")
