"""Tables for people, from the results files, written between two markers of a Markdown file."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks.ablations.ablating import read_ablations
from benchmarks.ablations.report import ablation_section
from benchmarks.data import DataError
from benchmarks.growth.report import growth_section
from benchmarks.quality import read_results
from benchmarks.robustness import robustness_section
from benchmarks.scale.report import scale_section
from benchmarks.tables import beside_table, cost_table, difference_table, quality_table, table

START: Final = "<!-- results: written by python -m benchmarks report -->"
END: Final = "<!-- end of results -->"
README: Final = Path(__file__).with_name("README.md")


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
    typical = found.get("clusters_of_75")
    if typical is None:
        return "### Speed\n\n" + table(["what", "measured", "target"], rows)
    ratio = typical["ratio"]
    rows.insert(
        0,
        [
            f"sumy LexRank / ours, {typical['clusters']} clusters of about 75 sentences ({typical['set']}), one core",
            f"{ratio['median']:.1f} times [{ratio['low']:.1f}, {ratio['high']:.1f}]"
            f" ({typical['sumy_lexrank_ms']:.0f} / {typical['crossbrief_tfidf_ms']:.1f} ms)",
            f"at least {typical['target']['min_ratio']:g}; {typical['wanted_ms']:g} ms wanted",
        ],
    )
    if "with_findings_ratio" in typical:
        rows.insert(
            1,
            [
                "the same with comparisons, claims of one source and timeline / without",
                f"{typical['with_findings_ratio']:.2f} times ({typical['with_findings_first_ratio']:.2f} when every"
                " sentence is new)",
                "",
            ],
        )
    total = sum(typical["stages_ms"].values())
    stages = [[name, f"{ms:.2f}", f"{100 * ms / total:.0f}"] for name, ms in typical["stages_ms"].items()]
    return (
        "### Speed\n\n"
        + table(["what", "measured", "target"], rows)
        + "\n\nWhere the time of such a cluster goes:\n\n"
        + table(["stage", "ms", "%"], stages)
    )


def clustering_section(found: Mapping[str, Any]) -> str:
    """Show how well sentences that say the same are found; cells are empty where an older file lacks a figure."""
    figures = ("ari", "v_measure", "pair_f1", "cross_document_precision", "cross_document_recall", "cross_document_f1")
    rows = []
    for kind, label in (("tfidf", "without encoder"), ("encoder", "with MiniLM")):
        default, halves = found["clusters"][kind]["all_groups_at_default"], found["clusters"][kind]["held_out"]
        cells = (f"{default[name]:.3f}" if name in default else "" for name in figures)
        rows.append(
            [label, *cells, f"{halves['ari']['mean']:.3f} [{halves['ari']['low']:.3f}, {halves['ari']['high']:.3f}]"]
        )
    text = (
        "### Clusters\n\nGroups of sentences that say the same, mixed (`clusters_msrp`), all at the default threshold;"
        " the last column with thresholds chosen on half of the groups, figures from the other half. Crossing are pairs"
        " across documents, when the first sentence of each group stands in one, the second in another, …\n\n"
    )
    head = [
        "",
        "adjusted Rand",
        "V-measure",
        "pairs F1",
        "crossing P",
        "crossing R",
        "crossing F1",
        "adjusted Rand, halves",
    ]
    return text + table(head, rows)


#: Files that are no results of systems, and what shows them.
_SECTIONS: Final[Mapping[str, Callable[[Mapping[str, Any]], str]]] = {
    "measure_clustering.json": clustering_section,
    "measure_robustness.json": robustness_section,
    "speed.json": speed_section,
    "growth.json": growth_section,
    "scale.json": scale_section,
}


def render(folder: Path) -> str:
    """Give all tables of the results in a folder; a set that was measured on two versions of its data has two parts.

    :raises DataError: if there are none.
    """
    sets: dict[tuple[str, str, int], list[dict[str, Any]]] = {}
    for result in read_results(folder):
        key = (result["set"], result["data"]["sha256"], result["budget"]["limit"])
        sets.setdefault(key, []).append(result)
    parts = [set_section(results) for results in sets.values()]
    for file, section in _SECTIONS.items():
        found = _read(folder / file)
        if found:
            parts.append(section(found))
    parts += map(ablation_section, read_ablations(folder))
    if not parts:
        raise DataError(f"{folder} holds no results; run python -m benchmarks run first")
    return "\n\n".join(parts)


def set_section(results: Sequence[Mapping[str, Any]]) -> str:
    """Give the four tables of one set."""
    data, budget = results[0]["data"], results[0]["budget"]["limit"]
    used = max(result["data"]["used"] for result in results)
    parts = [
        f"### {results[0]['set']}",
        f"{used} of {data['clusters']} clusters, {budget} words, data {data['sha256'][:12]}.",
        quality_table(results),
        difference_table(results),
        "Beside ROUGE:",
        beside_table(results),
        "Cost:",
        cost_table(results),
    ]
    return "\n\n".join(part for part in parts if part)


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
