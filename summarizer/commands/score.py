"""``summarizer score``: ROUGE of summaries against references."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from summarizer.briefing.files import write_file
from summarizer.commands.console import DONE, write_output
from summarizer.commands.options import Force, Output, ScoreFormat
from summarizer.commands.running import target_of

HELP: Final = """Score summaries against references with ROUGE.

SYSTEM and REFERENCES are folders (files of equal name belong together), JSON lines, or text files with one summary a
line. Every reference adds to every summary; scores are means over the references.

\b
Examples:
  summarizer score system/ reference/
  summarizer score system.jsonl gold_a.jsonl gold_b.jsonl --format json
  summarizer score summary.txt reference.txt --whole-files
"""


def score(
    system: Annotated[Path, typer.Argument(metavar="SYSTEM", help="The summaries to score.")],
    references: Annotated[list[Path], typer.Argument(metavar="REFERENCES", help="What they are compared with.")],
    format: Annotated[ScoreFormat | None, typer.Option(help="Default: json for FILE.json, else text.")] = None,
    output: Output = None,
    force: Force = False,
    metric: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME", help="rouge1 to rouge9, rougeL or rougeLsum; may be repeated.  [default: 1, 2, L, Lsum]"
        ),
    ] = None,
    stemmer: Annotated[bool, typer.Option(help="Compare words by their Porter stem.")] = True,
    split_sentences: Annotated[bool, typer.Option(help="Split texts on one line for rougeLsum.")] = True,
    whole_files: Annotated[bool, typer.Option("--whole-files", help="A text file is one summary.")] = False,
    n_resamples: Annotated[
        int, typer.Option(min=1, metavar="N", help="Bootstrap samples behind the intervals.")
    ] = 1000,
    seed: Annotated[int, typer.Option(min=0, metavar="N", help="Seed of the bootstrap.")] = 0,
    confidence: Annotated[float, typer.Option(metavar="N", help="Confidence of the intervals, in (0, 1).")] = 0.95,
) -> int:
    """Score summaries; the flags are the help's."""
    import json

    from summarizer.rouge import METRICS, score_files

    target = target_of(output, force=force)
    report = score_files(
        system,
        references,
        whole_files=whole_files,
        metrics=tuple(metric) if metric else METRICS,
        stemmer=stemmer,
        split_sentences=split_sentences,
        n_resamples=n_resamples,
        seed=seed,
        confidence=confidence,
    )
    guessed = ScoreFormat.JSON if target and target.suffix.lower() == ".json" else ScoreFormat.TEXT
    as_json = (format or guessed) is ScoreFormat.JSON
    # ASCII only: the ids are file names, which may hold anything.
    text = json.dumps(report.to_dict(), indent=2, allow_nan=False) if as_json else report.to_table()
    if target is None or output is None:
        write_output(text)
    else:
        write_file(output, f"{text}\n", force=force)
    return DONE
