"""The parts of the project's README that are output: the briefing of the seeds and the table of figures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from benchmarks.data import DataError
from benchmarks.drawing import picture_markdown
from benchmarks.quality import read_results
from benchmarks.significance import compare
from benchmarks.systems import DEFAULT_SYSTEM
from benchmarks.tables import difference_cell, table
from summarizer import summarize

ROOT: Final = Path(__file__).resolve().parents[1]
README: Final = ROOT / "README.md"
RESULTS: Final = ROOT / "benchmarks" / "results"
WIDTH: Final = 100

_SETS: Final = {
    "multi_news_val": "Multi-News, full articles, 225 words",
    "neus_val": "NeuS, three outlets, 65 words",
    "background_val": "background-summaries, 50 updates, 155 words",
}
#: What stands beside the default, where it was measured.
_PEERS: Final = {
    "lead_first": "lead",
    "sumy_lexrank": "sumy LexRank",
    "greedy_centroid": "greedy centroid",
    "concept_coverage_ilp": "concept coverage",
}
#: Quality against time, of all systems.
_PICTURE: Final = "quality_multi_news_val_rouge2"
#: What a reader must know of the split.
_HELD_OUT: Final = (
    "Every cluster was summarized with weights that never saw it nor its event. A dozen constants beside them were "
    "chosen by such figures of all three, which flatters them a little. Those of background-summaries tell three "
    "events, so its row is a rough guide."
)


def briefing_block() -> str:
    """Give the briefing of the seeds as the terminal shows it."""
    return f"```text\n{summarize(ROOT / 'seeds').to_terminal(width=WIDTH)}\n```"


def figures_block(folder: Path = RESULTS) -> str:
    """Give ROUGE of the default against its peers on validation sets, and the paired differences in ROUGE-2."""
    results = {(result["set"], result["system"]): result for result in read_results(folder)}
    peers = [name for name in _PEERS if any((set_, name) in results for set_ in _SETS)]
    labels = [_PEERS[name] for name in peers]
    scores = [
        [label, *(_scores(results.get((name, system))) for system in (*peers, DEFAULT_SYSTEM))]
        for name, label in _SETS.items()
    ]
    differences = [
        [label, *(_difference(results.get((name, DEFAULT_SYSTEM)), results.get((name, peer))) for peer in peers)]
        for name, label in _SETS.items()
    ]
    parts = [
        table(["R1 / R2 / Lsum", *labels, "crossbrief"], scores),
        "R2 of crossbrief minus theirs, with a paired 95 % interval, bold where it excludes zero:",
        table(["", *labels], differences),
        _HELD_OUT,
        picture_markdown(_PICTURE, README),
        _costs(),
    ]
    return "\n\n".join(parts)


def _scores(result: dict[str, Any] | None) -> str:
    if result is None:
        return ""
    scores = [result["scores"][metric]["fmeasure"]["mean"] for metric in ("rouge1", "rouge2", "rougeLsum")]
    return " / ".join(f"{100 * score:.1f}" for score in scores)


def _difference(ours: dict[str, Any] | None, theirs: dict[str, Any] | None) -> str:
    return "" if ours is None or theirs is None else difference_cell(compare(ours, theirs, "rouge2"))


def _costs() -> str:
    speed, growth = (json.loads((RESULTS / name).read_text(encoding="utf-8")) for name in ("speed.json", "growth.json"))
    largest = max(growth["curve"], key=lambda point: point["articles"])
    ratio = speed["against_sumy"]["ratio"]["median"]
    return (
        f"`summarize()` on the seeds with TF-IDF is {ratio:.1f} times as fast as sumy's LexRank; "
        f"with the default, {largest['articles']} articles of {growth['words_an_article']:,} words take "
        f"{largest['peak_mb']:.0f} MB, and time grows as n^{growth['slope']:.2f} from 50 to 500 articles."
    )


def replace_block(text: str, name: str, block: str) -> str:
    """Put a block between the markers of its name.

    :raises DataError: if the markers are not there.
    """
    start, end = f"<!-- {name}: written by make readme -->", f"<!-- end of {name} -->"
    before, found, rest = text.partition(start)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        raise DataError(f"README.md has no place for {name}: it needs the lines {start!r} and {end!r}")
    return f"{before}{start}\n{block}\n{end}{after}"


def refresh_figures(path: Path = README) -> None:
    """Write the table of figures anew."""
    path.write_text(replace_block(path.read_text(encoding="utf-8"), "figures", figures_block()), encoding="utf-8")


def refresh(path: Path = README) -> None:
    """Write both blocks anew."""
    path.write_text(replace_block(path.read_text(encoding="utf-8"), "briefing", briefing_block()), encoding="utf-8")
    refresh_figures(path)


if __name__ == "__main__":
    refresh()
