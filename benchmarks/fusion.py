"""How well sentences are fused into one, against copying one of them; a number a set, no text.

The same sentences can be boiled down or joined, and do not say which is wanted. Who wrote the targets of a set knew, so
the packaged fuser is measured told the aim of each set, and without.

The sets hold pairs, ``{"inputs": [sentence, ...], "target": sentence}`` a line, that nothing was trained on: of a set
to train on, the pairs that training holds out. Long sets are sampled with a fixed seed.
"""

from __future__ import annotations

import hashlib
import json
import random
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Any, Final

from benchmarks.data import DataError, read_lines
from benchmarks.significance import paired_bootstrap
from summarizer.faithfulness import check
from summarizer.protocols import Rewriter
from summarizer.rewriting.fuser_rank import Aim
from summarizer.rouge import score
from summarizer.terms import tokenize
from summarizer.training import fuser_pairs, fuser_sets

#: Sets and the most pairs of each that are measured.
SETS: Final = {
    "fusion_sentence_union_val": 349,
    "fusion_auto_neus_val": 116,
    "fusion_auto_neus_train": 111,
    "fusion_auto_multi_news_lower_val": 300,
    "fusion_wikisplit_val": 300,
}
#: What the people who wrote the targets of a set were after.
AIM_OF: Final[dict[str, Aim]] = {
    "fusion_sentence_union_val": "union",
    "fusion_auto_neus_val": "gist",
    "fusion_auto_neus_train": "gist",
    "fusion_auto_multi_news_lower_val": "gist",
    "fusion_wikisplit_val": "union",
}
#: ROUGE-2 F x 100 that the fuser, told the aim, has to reach: a figure, or so much more than the best copy.
FLOOR: Final = {"fusion_sentence_union_val": 78.0}
MARGIN: Final = {"fusion_auto_neus_val": 2.0, "fusion_auto_multi_news_lower_val": 2.0}
#: Share of clusters of which a fused sentence passes the gate.
LEAST_ACCEPTED: Final = 0.6
METRICS: Final = ("rouge1", "rouge2", "rougeL", "rougeLsum")


@dataclass(frozen=True, slots=True)
class Pair:
    """Sentences and what people made of them."""

    inputs: tuple[str, ...]
    target: str
    group: str = ""
    """Pairs of one group were made of the same articles, and are resampled together."""


#: What training calls the pairs of a set that it reads.
_KINDS: Final = {choice.name: choice.kind for choice in fuser_sets.SETS}


def read_pairs(folder: Path, name: str, limit: int, seed: int) -> tuple[list[Pair], str, int]:
    """Read a set, or a sample of it in the order of the file.

    :return: pairs, SHA-256 of the uncompressed file, and the number of pairs that may be measured.
    :raises DataError: if it is missing or a line is no pair.
    """
    path, content = read_lines(folder, name)
    pairs = []
    for number, line in enumerate(content.decode("utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            group = str(row.get("cluster", row.get("id", number)))
            if name not in _KINDS or fuser_sets.is_held_out(fuser_pairs.Pair((), "", _KINDS[name], group=group)):
                pairs.append(Pair(tuple(row["inputs"]), row["target"], group))
        except (ValueError, KeyError, TypeError) as error:
            raise DataError(f"{path}:{number} is no pair with inputs and target: {error!r}") from error
    chosen = sorted(random.Random(seed).sample(range(len(pairs)), min(limit, len(pairs))))
    return [pairs[place] for place in chosen], hashlib.sha256(content).hexdigest(), len(pairs)


def representative(inputs: Sequence[str]) -> str:
    """Give the sentence that shares most words with the others; the first of equals."""
    words = [Counter(tokenize(text)) for text in inputs]

    def nearness(place: int) -> float:
        return sum(
            2 * (words[place] & other).total() / max(1, words[place].total() + other.total())
            for number, other in enumerate(words)
            if number != place
        )

    return inputs[max(range(len(inputs)), key=lambda place: (nearness(place), -place))]


COPIES: Final[dict[str, Callable[[Sequence[str]], str]]] = {
    "first": lambda inputs: inputs[0],
    "longest": lambda inputs: max(inputs, key=lambda text: len(text.split())),
    "shortest": lambda inputs: min(inputs, key=lambda text: len(text.split())),
    "representative": representative,
    "joined": " ".join,
}


def copying(output: str, inputs: Sequence[str]) -> dict[str, float]:
    """Measure how much of an output stands in its sources.

    :return: shares of its pairs and triples of words that a source holds, share of words that none holds, and the
        longest run of words that one source holds.
    """
    words = tokenize(output)
    sources = [tokenize(text) for text in inputs]
    held = {n: {tuple(one[i : i + n]) for one in sources for i in range(len(one) - n + 1)} for n in (1, 2, 3)}

    def share(n: int) -> float:
        grams = [tuple(words[i : i + n]) for i in range(len(words) - n + 1)]
        return mean(gram in held[n] for gram in grams) if grams else 1.0

    longest = max((_longest_run(words, one) for one in sources), default=0)
    return {
        "copied_bigrams": share(2),
        "copied_trigrams": share(3),
        "new_words": 1 - share(1),
        "longest_copied_words": longest,
    }


def _longest_run(one: Sequence[str], other: Sequence[str]) -> int:
    before = [0] * (len(other) + 1)
    most = 0
    for word in one:
        now = [0] + [before[place] + 1 if word == there else 0 for place, there in enumerate(other)]
        most, before = max(most, *now), now
    return most


def measure_fusion(
    folder: Path,
    rewriter: Rewriter,
    *,
    told: Mapping[Aim, Rewriter] | None = None,
    sets: Sequence[str] = tuple(SETS),
    limit: int | None = None,
    seed: int = 0,
    tell: Callable[[str], None] = lambda _: None,
) -> dict[str, Any]:
    """Fuse the pairs of each set and score them.

    :param told: the rewriter with an aim, measured beside on sets of which :data:`AIM_OF` knows it.
    :param limit: most pairs of a set; by default those of :data:`SETS`.
    :return: figures by set and system, ready for JSON. ROUGE in points of 100.
    """
    found: dict[str, Any] = {"rewriter": rewriter.name, "seed": seed, "sets": {}}
    for name in sets:
        pairs, digest, n_all = read_pairs(folder, name, SETS.get(name, 300) if limit is None else limit, seed)
        began = time.perf_counter()
        drafts = rewriter.rewrite([pair.inputs for pair in pairs])
        seconds = time.perf_counter() - began
        row = _measure_set(pairs, drafts, seed)
        found["sets"][name] = {"sha256": digest, "pairs": len(pairs), "of": n_all, **row}
        found["sets"][name]["clusters_per_second"] = round(len(pairs) / seconds, 2)
        aim = AIM_OF.get(name)
        if told and aim is not None and aim in told:
            drafts = told[aim].rewrite([pair.inputs for pair in pairs])
            found["sets"][name]["told"] = {"aim": aim} | _without_copies(_measure_set(pairs, drafts, seed))
        tell(_line(name, found["sets"][name]))
    return found


def _measure_set(pairs: Sequence[Pair], drafts: Sequence[Sequence[str]], seed: int) -> dict[str, Any]:
    fallback = [representative(pair.inputs) for pair in pairs]
    objected = [[_objections(draft, pair.inputs) for draft in given] for pair, given in zip(pairs, drafts, strict=True)]
    passed = [
        [draft for draft, found in zip(given, several, strict=True) if not found]
        for given, several in zip(drafts, objected, strict=True)
    ]
    outputs = {copy: [make(pair.inputs) for pair in pairs] for copy, make in COPIES.items()}
    outputs["fuser"] = [given[0] if given else verbatim for given, verbatim in zip(drafts, fallback, strict=True)]
    outputs["gated"] = [given[0] if given else verbatim for given, verbatim in zip(passed, fallback, strict=True)]
    systems = {name: _describe(pairs, texts, seed) for name, texts in outputs.items()}
    two = {name: one.pop("each") for name, one in systems.items()}
    first = [bool(given) and bool(good) and given[0] == good[0] for given, good in zip(drafts, passed, strict=True)]
    objections = Counter(name for several in objected if several for name in several[0])
    return {
        "systems": systems,
        "fuser_less": {copy: _difference(two["fuser"], two[copy], pairs, seed) for copy in COPIES},
        "gate": {
            "first_accepted": round(mean(first), 4),
            "any_accepted": round(mean(bool(good) for good in passed), 4),
            "objections_to_first": dict(sorted(objections.items())),
        },
        "verbatim": round(mean(text in pair.inputs for text, pair in zip(outputs["fuser"], pairs, strict=True)), 4),
    }


def _without_copies(row: dict[str, Any]) -> dict[str, Any]:
    """Leave out the systems that are the same whatever the fuser is told."""
    systems = {name: one for name, one in row["systems"].items() if name not in COPIES}
    return row | {"systems": systems}


def _objections(draft: str, inputs: Sequence[str]) -> list[str]:
    """Name the checks that object to a draft; a check that cannot cope with it objects, too."""
    try:
        return sorted({one.check for one in check(draft, inputs)})
    except ValueError:
        return ["unreadable"]


def _describe(pairs: Sequence[Pair], texts: Sequence[str], seed: int) -> dict[str, Any]:
    groups = [pair.group for pair in pairs]
    report = score(texts, [pair.target for pair in pairs], metrics=METRICS, seed=seed, groups=groups)
    intervals = {name: report[name].fmeasure for name in METRICS}
    copied = [copying(text, pair.inputs) for text, pair in zip(texts, pairs, strict=True)]
    words = [len(text.split()) for text in texts]
    return {
        "scores": {
            name: {part: round(100 * getattr(one, part), 2) for part in ("mean", "low", "high")}
            for name, one in intervals.items()
        },
        "copying": {name: round(mean(one[name] for one in copied), 4) for name in copied[0]},
        "words": round(mean(words), 2),
        "length_to_target": round(sum(words) / sum(len(pair.target.split()) for pair in pairs), 4),
        "rouge": report.signature,
        "each": [100 * one["rouge2"].fmeasure for one in report.items],
    }


def _difference(one: Sequence[float], other: Sequence[float], pairs: Sequence[Pair], seed: int) -> dict[str, Any]:
    """Give the mean difference in ROUGE-2 F x 100 with its paired interval; pairs of one group are drawn together."""
    found = paired_bootstrap(one, other, groups=[pair.group for pair in pairs], n_resamples=10_000, seed=seed)
    figures = {"mean": found.mean, "low": found.low, "high": found.high}
    return {name: round(value, 2) for name, value in figures.items()} | {"pairs": found.n, "groups": found.n_groups}


def _line(name: str, row: dict[str, Any]) -> str:
    two = {system: one["scores"]["rouge2"]["mean"] for system, one in row["systems"].items()}
    figures = "  ".join(f"{system} {value:.1f}" for system, value in two.items())
    best = max(COPIES, key=two.__getitem__)
    said = [f"{name}, {row['pairs']} pairs, R2: {figures}", _against(row, best)]
    if "told" in row:
        said.append(f"told {row['told']['aim']}: {_against(row['told'], best)}")
    return "; ".join([*said, f"{row['clusters_per_second']:.1f} clusters a second"])


def _against(row: dict[str, Any], copy: str) -> str:
    less, gate = row["fuser_less"][copy], row["gate"]
    return (
        f"fuser {row['systems']['fuser']['scores']['rouge2']['mean']:.1f}, less {copy} {less['mean']:+.1f} "
        f"[{less['low']:+.1f}, {less['high']:+.1f}]; gate {gate['first_accepted']:.0%} first, "
        f"{gate['any_accepted']:.0%} any"
    )


def missed(found: dict[str, Any]) -> list[str]:
    """Name what was not reached."""
    problems = []
    for name, row in found["sets"].items():
        told = row.get("told", row)
        floor, reached = FLOOR.get(name, 0.0), told["systems"]["fuser"]["scores"]["rouge2"]["mean"]
        if name in MARGIN:
            floor = max(row["systems"][copy]["scores"]["rouge2"]["mean"] for copy in COPIES) + MARGIN[name]
        if reached < floor:
            problems.append(f"{name}: ROUGE-2 {reached:.2f} is below {floor:.2f}")
        accepted = told["gate"]["any_accepted"]
        if floor and accepted < LEAST_ACCEPTED:
            problems.append(f"{name}: the gate accepts {accepted:.0%}, less than {LEAST_ACCEPTED:.0%}")
    return problems
