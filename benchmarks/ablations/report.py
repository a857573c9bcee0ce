"""The tables of ablations, in Markdown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

#: What a difference is of, in the order of the columns.
COLUMNS: Final = {
    "rouge1": "R1",
    "rouge2": "R2",
    "rougeLsum": "Lsum",
    "support_rate": "support, %",
    "near_duplicate_summaries": "repeats, %",
}
_NOTE: Final = (
    "The default with one part taken out, minus the default: negative ROUGE is what the part is worth. Intervals are of"
    " 95 %, by paired bootstrap; bold where zero is outside."
)


def is_clear(difference: Mapping[str, float]) -> bool:
    """Say whether an interval lies on one side of zero."""
    return difference["low"] > 0 or difference["high"] < 0


def _cell(difference: Mapping[str, float]) -> str:
    mark = "**" if is_clear(difference) else ""
    mean, low, high = (100 * difference[key] + 0.0 for key in ("mean", "low", "high"))
    return f"{mark}{mean:+.2f}{mark} [{low:+.2f}, {high:+.2f}]"


def ordered_parts(found: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Give the parts of one file, those that cost most ROUGE-1 when gone first; parts for readers after the others."""
    return sorted(found["parts"].values(), key=lambda part: (part["readability"], part["difference"]["rouge1"]["mean"]))


def heading(found: Mapping[str, Any]) -> str:
    """Name the set, and the copies put into it."""
    copies = found["planted_copies"]
    return f"{found['set']}" + (f" with {copies} planted {'copy' if copies == 1 else 'copies'}" if copies else "")


def ablation_section(found: Mapping[str, Any]) -> str:
    """Give the table of one ``ablation__SET.json`` under a heading of its own.

    :param found: what :func:`benchmarks.ablations.ablating.ablate` gave.
    """
    scores, data = found["default"]["scores"], found["data"]
    figures = ", ".join(f"{label} {100 * scores[key]['mean']:.2f}" for key, label in list(COLUMNS.items())[:3])
    head = ["without", *COLUMNS.values(), "summaries changed"]
    rows = [head, ["---", *["---:"] * (len(head) - 1)]]
    for part in ordered_parts(found):
        title = part["title"] + (" (for readers)" if part["readability"] else "")
        cells = (_cell(part["difference"][key]) for key in COLUMNS)
        rows.append([title, *cells, f"{part['changed']} of {data['used']}"])
    table = "\n".join("| " + " | ".join(row) + " |" for row in rows)
    parts = "\n".join(f"- {part['title']}: {part['what']}." for part in ordered_parts(found))
    return (
        f"### Ablation, {heading(found)}\n\n{_NOTE}\n\n{data['used']} of {data['clusters']} clusters,"
        f" {found['budget']['limit']} words, resampled by {found['units']} units; {found['system']}: {figures}.\n\n"
        f"{table}\n\nWhat is done without a part:\n\n{parts}"
    )
