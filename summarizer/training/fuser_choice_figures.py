"""What the learned choice gains, cross-validated by article, on pairs that the fuser has not learned from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from summarizer.rewriting.fuser_rank import LEAST_MANY, rank
from summarizer.rewriting.fuser_rewriter import USUAL_WORDS, FuserRewriter
from summarizer.rewriting.fuser_text import choose_sentences
from summarizer.rouge import score
from summarizer.terms import count_words
from summarizer.training.fuser_choice import FOLDS, Example, fit, fold_of
from summarizer.training.fuser_pairs import Pair, is_usable
from summarizer.training.fuser_sets import is_held_out

_RESAMPLES: Final = 10_000
#: Parts of the pairs of a kind, by the number of sources that are read.
TWO: Final = "two sources"
MORE: Final = "three sources or more"


@dataclass(frozen=True, slots=True)
class _Tried:
    """What was taken for one pair: by agreement, where a gist is asked for, and by the choice."""

    pair: Pair
    part: str
    shortest: str
    ranked: str
    chosen: str


def measure(
    examples: Sequence[Example], pairs: Sequence[Pair], fuser: Path, *, report: Callable[[str], None]
) -> dict[str, Any]:
    """Compare the gist that the choice takes with that of agreement, and with the shortest source.

    The trees of a fold know no article of it. Pairs on which the fuser has not been trained are fused: those held out,
    and those whose target has a name or number that no source has.

    :param examples: all that can be fitted on, those held out among them.
    :param pairs: all, those of two sources among them.
    :param fuser: its folder.
    :return: by kind of pair, and by :data:`TWO` or :data:`MORE` in it: ROUGE-2 F x 100, differences with 95 % intervals
        over articles, and the shares of sentences taken as they stand.
    """
    rewriter = FuserRewriter(fuser)
    tried: list[_Tried] = []
    for fold in range(FOLDS):
        choice = fit([one for one in examples if fold_of(one.pair) != fold and not is_held_out(one.pair)])
        aside = [pair for pair in pairs if fold_of(pair) == fold and _is_unseen(pair)]
        report(f"fold {fold + 1} of {FOLDS}: fusing {len(aside)} pairs")
        for pair in aside:
            sources = choose_sentences([text for text in pair.inputs if any(letter.isalnum() for letter in text)])
            distinct = len(set(sources))
            outputs = rewriter.write(sources) if distinct > 1 else []
            if outputs:
                copies = [text for text in sources if count_words(text) <= USUAL_WORDS]
                shortest = min(sources, key=lambda text: len(text.split()))
                ranked = rank(outputs, sources, aim="gist")[0]
                chosen = rank(outputs, sources, aim="gist", choice=choice, copies=copies)[0]
                tried.append(_Tried(pair, MORE if distinct >= LEAST_MANY else TWO, shortest, ranked, chosen))
    return {
        kind: {
            part: _describe(rows)
            for part in (TWO, MORE)
            if (rows := [row for row in tried if (row.pair.kind, row.part) == (kind, part)])
        }
        | {"all": _describe([row for row in tried if row.pair.kind == kind])}
        for kind in sorted({row.pair.kind for row in tried})
    }


def _is_unseen(pair: Pair) -> bool:
    return not is_usable(pair) or (pair.kind != "own" and is_held_out(pair))


def _describe(rows: Sequence[_Tried]) -> dict[str, Any]:
    targets = [row.pair.target for row in rows]
    groups = [row.pair.group for row in rows]
    shortest, ranked, chosen = (
        _score([getattr(row, system) for row in rows], targets) for system in ("shortest", "ranked", "chosen")
    )
    return {
        "pairs": len(rows),
        "articles": len(set(groups)),
        "shortest": round(float(shortest.mean()), 2),
        "ranked": round(float(ranked.mean()), 2),
        "chosen": round(float(chosen.mean()), 2),
        "chosen_less_ranked": _interval(chosen - ranked, groups),
        "chosen_less_shortest": _interval(chosen - shortest, groups),
        "verbatim_ranked": round(float(np.mean([row.ranked in row.pair.inputs for row in rows])), 4),
        "verbatim_chosen": round(float(np.mean([row.chosen in row.pair.inputs for row in rows])), 4),
    }


def _score(texts: Sequence[str], targets: Sequence[str]) -> NDArray[np.float64]:
    """Give ROUGE-2 F x 100 of each text."""
    report = score(texts, list(targets), metrics=("rouge2",), n_resamples=1)
    return np.array([100 * item["rouge2"].fmeasure for item in report.items])


def _interval(differences: NDArray[np.float64], groups: Sequence[str]) -> list[float]:
    """Give the mean and its 95 % bootstrap interval; pairs of one article are drawn together."""
    names, numbers = np.unique(np.array(groups), return_inverse=True)
    sums = np.bincount(numbers, weights=differences)
    sizes = np.bincount(numbers)
    drawn = np.random.default_rng(0).integers(len(names), size=(_RESAMPLES, len(names)))
    means = sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return [round(float(value), 2) for value in (differences.mean(), low, high)]
