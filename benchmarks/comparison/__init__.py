"""How well articles are compared: cases of our own making, and a reading of what is reported of real clusters.

The cases are ``tests/cases/comparison_dev.json`` and ``comparison_held_out.json``. Both halves are written to one
distribution, by one hand that did not build the comparison. The library was built with the first in view; of the second
only totals are ever printed. ``comparison_dev_2.json`` was written later, by another hand, on other subjects and in
other shapes of sentences, so that rules do not lean on the wording of the first: it belongs to the development half,
and its figures are told beside those of the first file. ``comparison_dev_3.json``, of the same half, holds figures
only: one measure told in two wordings, and measures, periods and bases that look as close as these and differ.
``comparison_dev_4.json`` holds figures too, on many subjects, by the hand that built the comparison, written before the
errors on it were seen. So were ``comparison_dev_5.json``, prose of one or two sentences a side in the styles of the
wire, the local paper, business, sports, science and the court, and ``comparison_dev_6.json``, short pairs of all
relations. ``comparison_dev_7.json`` to ``comparison_dev_10.json`` were written to teach the cross-encoder, by thirteen
hands that did not build the comparison: families of articles, most of which differ in one decisive word, harder ones in
the last two; ``comparison_dev_11.json`` and ``comparison_dev_12.json`` by three more, as ordinary news;
``comparison_dev_13.json`` to ``comparison_dev_16.json`` by twelve more: events that three to five outlets tell, each in
its own way, and every two of them a case. It learned from the odd ones of these, and not from the even ones from the
eighth on, on whose signs and readings the weights were fitted. ``comparison_held_out_2.json`` and
``comparison_held_out_3.json`` were written by two other such hands, as ordinary news, each case its own story;
``comparison_made.json`` by one more, who was given no more than the kinds of pair that the hostile case of figures
names, so many of each, and saw neither the others nor the library; ``comparison_made_dev.json``, by another from the
same words, was read after both had been measured once. ``comparison_opposed.json`` holds statements by five hands that
worded them as freely as two reporters do: half go against one another, half only look so.

A case is documents and pairs of words in them, each with the relation in which they must be reported. ``[relation,
words, words, kind]``: the words stand in two different documents; kind is ``"quantity"``, ``"statement"`` or
``"quotation"``. A case has a type, and ``near`` names the type that a hard one could be mistaken for. What is judged:

* A pair is *found* if a comparison with that relation has a place that shares characters with the first words and, in
  another document and on another side, one that shares some with the second. Agreement and rounding need no second
  side. The kind of the comparison plays no part: "We found 16 bodies" and "We found 60 bodies" may be told as figures
  or as quotations.
* The relation ``"none"`` marks two things that have nothing to do with one another. Two figures may be reported as
  other measure, other period or unknown, or not at all; two clauses or quotations as anything but a conflict.
* A comparison is *right* if it shows a pair in the relation that the case expects, *wrong* if it shows pairs only in
  other ones. One that shows none of the pairs is neither, unless it is a conflict: a *false conflict* is any conflict
  that the case does not expect.
* Precision is the share of right ones among right and wrong ones, recall the share of pairs found. Conflicts between
  statements and between quotations are classes of their own; "conflict of any kind" puts the three together.
* A case is right if all its pairs are found, what has nothing to do with one another is kept apart, and no conflict is
  false. Where copies are among the documents, each side must also have one origin.

Beside the library stands :mod:`benchmarks.comparison.naive`.

    python -m benchmarks comparison [--half dev --show]
    python -m benchmarks comparison --clusters 50 --data FOLDER
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from benchmarks.comparison.figures import score
from benchmarks.comparison.naive import compare_naively
from benchmarks.comparison.scoring import Case, Finding, Judged, Pair, from_comparison, judge
from benchmarks.data import REPOSITORY, DataError
from summarizer.datatypes import Document
from summarizer.findings import Comparison
from summarizer.segmentation import segment

CASES: Final = REPOSITORY / "tests" / "cases"
HALVES: Final = ("dev", "held_out")
#: Files of each half; figures are of a file.
FILES: Final = {
    "dev": (
        *("dev", "dev_2", "dev_3", "dev_4", "dev_5", "dev_6", "dev_8", "dev_10", "dev_12", "dev_14", "dev_16"),
        *("opposed", "made_dev"),
    ),
    "held_out": ("held_out", "held_out_2", "held_out_3", "made"),
}
#: Embedders of the library, and the naive detector.
SYSTEMS: Final = ("naive", "tfidf", "minilm")
#: Of conflicts of any kind on the held-out half, for every system but the naive one.
TARGETS: Final = {"precision": 0.9, "fmeasure": 0.85}
_SEEDS: Final = REPOSITORY / "seeds"

Compare = Callable[[Sequence[Document]], list[Finding]]


def load_cases(name: str, folder: Path = CASES) -> list[Case]:
    """Load one file, by its name in :data:`FILES`.

    :raises DataError: if the file is missing or has another shape.
    """
    path = folder / f"comparison_{name}.json"
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return [_case(row) for row in rows]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"{path} does not hold cases of comparison: {error!r}") from error


def _case(row: Mapping[str, Any]) -> Case:
    expected = row["expected"]
    pairs = tuple(Pair(relation, tuple(a), tuple(b), kind) for relation, a, b, kind in expected["relations"])
    origins = tuple(expected["origins"]) if "origins" in expected else None
    documents = tuple(row["input"]["documents"])
    return Case(
        row["label"], row["type"], row["comment"], row.get("near"), documents, pairs, expected["conflicts"], origins
    )


def documents_of(case: Case) -> list[Document]:
    """Make the documents, with ids that give their number in the case."""
    return [
        Document(one["text"], id=f"{number:02d}", source=one.get("source"), published=one.get("published"))
        for number, one in enumerate(case.documents)
    ]


def run_library(documents: Sequence[Document], embedder: str) -> tuple[Comparison, ...]:
    """Call the public function.

    :raises DataError: if the installed package has none.
    """
    try:
        from summarizer import compare
    except ImportError as error:
        raise DataError("summarizer.compare() is needed to measure comparison; install this version") from error
    return compare(list(documents), embedder=embedder).comparisons


def system(name: str) -> Compare:
    """Give the function that compares, by its name in :data:`SYSTEMS`."""
    if name == "naive":
        return compare_naively

    def compare(documents: Sequence[Document]) -> list[Finding]:
        numbers = {document.id: number for number, document in enumerate(documents)}
        return [from_comparison(one, numbers) for one in run_library(documents, name)]

    return compare


def judge_all(name: str, file: str) -> list[Judged]:
    """Run a system on a file."""
    compare = system(name)
    return [judge(case, compare(documents_of(case))) for case in load_cases(file)]


def measure(
    systems: Sequence[str] = SYSTEMS,
    halves: Sequence[str] = HALVES,
    *,
    seed: int = 0,
    show: Callable[[str], None] | None = None,
) -> dict[str, Any]:
    """Measure systems on halves; each file of a half has figures of its own.

    :param seed: of the bootstrap.
    :param show: told each case of the development half that is not right; those of the other half are never told.
    """
    found: dict[str, Any] = {"seed": seed, "targets": TARGETS, "systems": {}, "reading": time_reading()}
    for name in systems:
        found["systems"][name] = {}
        for file in (file for half in halves for file in FILES[half]):
            judged = judge_all(name, file)
            found["systems"][name][file] = score(judged, seed=seed)
            for one in judged if show and file in FILES["dev"] else ():
                if show and not one.is_right:
                    show(f"{name} {describe(one)}")
    return found


def describe(one: Judged) -> str:
    """Tell what was expected of a case and what was reported."""
    pairs = "; ".join(
        f"{pair.name} {' / '.join((*pair.first, *pair.second))} -> {', '.join(names) or 'not reported'}"
        for pair, names in zip(one.case.pairs, one.reported, strict=True)
    )
    false = f"; {one.false_conflicts} false conflicts" if one.false_conflicts else ""
    copies = "; copies counted as origins" if one.origins_right is False else ""
    return f"[{one.case.type}] {one.case.label}: {pairs}{false}{copies}"


def time_reading(*, repeats: int = 5) -> dict[str, float]:
    """Time the reading of quantities in the sentences of the seeds, against splitting the same articles.

    :return: microseconds a sentence, the best of the repeats, and their ratio.
    """
    from summarizer.quantities import read_quantities

    documents = [Document(path.read_text(encoding="utf-8"), id=path.stem) for path in sorted(_SEEDS.glob("*.txt"))]
    sentences = [sentence for document in documents for sentence in segment(document)[0]]
    splitting, reading = [], []
    for repeat in range(repeats):
        # Never the same text twice, so that nothing remembered of it helps.
        fresh = [replace(document, text=f"{document.text} {repeat}") for document in documents]
        texts = [f"{sentence.text.rstrip('.')} ({'x' * (repeat + 1)})." for sentence in sentences]
        splitting.append(_seconds(segment, fresh))
        reading.append(_seconds(read_quantities, texts))
    split, read = (1e6 * min(times) / len(sentences) for times in (splitting, reading))
    return {
        "sentences": len(sentences),
        "splitting_us": round(split, 1),
        "reading_us": round(read, 1),
        "ratio": round(read / split, 2),
    }


def _seconds(work: Callable[[Any], object], given: Sequence[object]) -> float:
    start = time.process_time()
    for one in given:
        work(one)
    return time.process_time() - start


def text(found: Mapping[str, Any]) -> str:
    """Give the figures as lines to read."""
    lines = []
    for name, files in found["systems"].items():
        for file, table in files.items():
            lines.append(f"{name} on {file}: {table['right']} of {table['cases']} cases right")
            lines.append(_row("conflict of any kind", table["conflict_of_any_kind"]))
            lines += [_row(label, row) for label, row in table["classes"].items()]
            for key in ("kept_apart", "copies_counted_once"):
                lines.append(f"  {key.replace('_', ' ')}: {table[key]['right']} of {table[key]['n']}")
            lines += [_type_row(label, row) for label, row in table["types"].items()]
            lines += _confusion_lines(table["confusion"])
    reading = found["reading"]
    lines.append(
        f"reading {reading['reading_us']} us a sentence, splitting {reading['splitting_us']}: {reading['ratio']} times"
    )
    return "\n".join(lines)


def _row(label: str, row: Mapping[str, Any]) -> str:
    figures = "  ".join(
        f"{metric[0].upper()} {row[metric]['mean']:.3f} [{row[metric]['low']:.2f}, {row[metric]['high']:.2f}]"
        for metric in ("precision", "recall", "fmeasure")
    )
    return f"  {label:22} {figures}  ({row['found']} of {row['wanted']} found, {row['reported_wrong']} wrong)"


def _type_row(label: str, row: Mapping[str, int]) -> str:
    return (
        f"  cases of {label}: {row['right']} of {row['cases']} right, hard ones {row['hard_right']} of {row['hard']}, "
        f"{row['false_conflicts']} false conflicts"
    )


def _confusion_lines(table: Mapping[str, Mapping[str, int]]) -> list[str]:
    return [
        f"  expected {label}: {', '.join(f'{other} {count}' for other, count in row.items())}"
        for label, row in table.items()
    ]


def missed(found: Mapping[str, Any]) -> list[str]:
    """Name the targets that the held-out half does not reach; nothing where it was not measured."""
    return [
        f"{name} conflicts on {file} {metric}: {reached:.4f}, wanted {target}"
        for name, files in found["systems"].items()
        for file in FILES["held_out"]
        if name != "naive" and file in files
        for metric, target in TARGETS.items()
        if (reached := files[file]["conflict_of_any_kind"][metric]["mean"]) < target
    ]
