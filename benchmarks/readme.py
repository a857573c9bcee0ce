"""The parts of the project's README that are output: the briefing of the seeds and the table of figures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from benchmarks.data import DataError
from benchmarks.quality import read_results
from benchmarks.report import table
from benchmarks.systems import DEFAULT_SYSTEM
from summarizer import summarize

ROOT: Final = Path(__file__).resolve().parents[1]
RESULTS: Final = ROOT / "benchmarks" / "results"
WIDTH: Final = 100

_SETS: Final = {
    "multi_news_val": "Multi-News, full articles, 225 words",
    "neus_val": "NeuS, three outlets, 65 words",
    "background_val": "background-summaries, 50 updates, 155 words",
}
_SYSTEMS: Final = {"lead_first": "lead", "sumy_lexrank": "sumy LexRank", DEFAULT_SYSTEM: "crossbrief"}
#: What a reader must know of the split.
_HELD_OUT: Final = (
    "Settings were chosen on the training parts of NeuS and background-summaries and on these Multi-News clusters, the "
    "only full articles there were: its row is not held out. Those of background-summaries tell three events, so "
    "its row is a rough guide."
)


def briefing_block() -> str:
    """Give the briefing of the seeds as the terminal shows it."""
    return f"```text\n{summarize(ROOT / 'seeds').to_terminal(width=WIDTH)}\n```"


def figures_block() -> str:
    """Give ROUGE of the default against lead and LexRank on validation sets, from the results files."""
    results = {(result["set"], result["system"]): result for result in read_results(RESULTS)}
    rows = []
    for name, label in _SETS.items():
        cells = [_scores(results.get((name, system))) for system in _SYSTEMS]
        rows.append([label, *cells])
    head = ["R1 / R2 / Lsum", *_SYSTEMS.values()]
    return "\n\n".join([table(head, rows), _HELD_OUT, _costs()])


def _scores(result: dict[str, Any] | None) -> str:
    if result is None:
        return ""
    scores = [result["scores"][metric]["fmeasure"]["mean"] for metric in ("rouge1", "rouge2", "rougeLsum")]
    return " / ".join(f"{100 * score:.1f}" for score in scores)


def _costs() -> str:
    speed, growth = (json.loads((RESULTS / name).read_text(encoding="utf-8")) for name in ("speed.json", "growth.json"))
    largest = max(growth["curve"], key=lambda point: point["articles"])
    ratio = speed["against_sumy"]["ratio"]["median"]
    return (
        f"`summarize()` on the seeds with TF-IDF is {ratio:.1f} times as fast as sumy's LexRank; "
        f"{largest['articles']} articles of 2,000 words take {largest['peak_mb']:.0f} MB, and time grows as "
        f"n^{growth['slope']:.2f} from 50 to 500 articles."
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


def refresh(path: Path = ROOT / "README.md") -> None:
    """Write both blocks anew."""
    text = replace_block(path.read_text(encoding="utf-8"), "briefing", briefing_block())
    path.write_text(replace_block(text, "figures", figures_block()), encoding="utf-8")


if __name__ == "__main__":
    refresh()
