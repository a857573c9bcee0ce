"""Fit the trees that order the candidates of the fuser for a gist.

Reads JSON lines, one pair a line: {"inputs": ["...", "..."], "target": "..."}. The trees learn which of the sources is
nearest to what an editor wrote; the network is not asked, so it takes a minute. The same command on the same data gives
the same bytes, with the library versions that the card names. They go into the folder of a fuser, and its card tells.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from importlib.resources import files as resources
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from summarizer.errors import ConfigError, InputError
from summarizer.rewriting.fuser_choice import CHOICE, Choice, describe
from summarizer.rewriting.fuser_rank import LEAST_MANY, Grams, overlap
from summarizer.rewriting.fuser_rewriter import PACKAGED
from summarizer.rewriting.fuser_text import choose_sentences
from summarizer.training.boosting import boost, need_catboost
from summarizer.training.files import as_json, put, refuse_existing, sha256
from summarizer.training.fuser_card import describe_sets, to_markdown
from summarizer.training.fuser_pairs import Pair, read_pairs
from summarizer.training.fuser_sets import SetChoice, find_set, is_held_out
from summarizer.training.validation import need_rouge
from summarizer.version import __version__

#: Both boil down. NeuS has a seventh of the pairs, and is what news in print looks like: both weigh alike together.
SETS: Final = (
    SetChoice("fusion_auto_neus_train", "neus", weight=6.0),
    SetChoice("fusion_auto_multi_news_lower_train", "multi_news"),
)
#: Share of pairs of words in what a candidate is worth; the rest are words, which tell apart those that share no pair.
_PAIRS: Final = 0.8
#: With fewer pairs than this the trees would know these only.
MIN_PAIRS: Final = 100
FOLDS: Final = 5


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """The sources of one pair as candidates.

    :param table: shape (n, f), see :func:`summarizer.rewriting.fuser_choice.describe`.
    :param worth: shape (n,), ROUGE F against the target, less its mean.
    """

    pair: Pair
    sources: tuple[str, ...]
    table: NDArray[np.float32]
    worth: NDArray[np.float64]


def make_examples(pairs: Sequence[Pair]) -> list[Example]:
    """Describe pairs of three sources or more, as far as the fuser reads them; the others are left out.

    Trees that have learned from the 9,700 pairs of two, too, choose less well: 2.5 points of ROUGE-2 over the shortest
    source, in the place of 3.0, on 397 pairs of NeuS of all sizes that neither they nor the fuser have learned from.
    """
    examples = []
    for pair in pairs:
        read = choose_sentences([text for text in pair.inputs if any(letter.isalnum() for letter in text)])
        sources = tuple(dict.fromkeys(read))
        if len(sources) >= LEAST_MANY:
            target = Grams(pair.target)
            worth = np.array([nearness(Grams(text), target) for text in sources])
            examples.append(Example(pair, sources, describe(sources, read), worth - worth.mean()))
    return examples


def nearness(one: Grams, target: Grams) -> float:
    """Give how near a candidate is to the target, in [0, 1]."""
    return _PAIRS * overlap(one.pairs, target.pairs) + (1 - _PAIRS) * overlap(one.singles, target.singles)


def fit(examples: Sequence[Example]) -> Choice:
    """Fit the trees; the sources of a pair weigh together what the pair does.

    :raises ConfigError: if there is too little to learn from.
    :raises MissingExtraError: if catboost is not installed.
    """
    if len(examples) < MIN_PAIRS:
        raise ConfigError(
            f"{len(examples)} pairs of {LEAST_MANY} sources or more are too few, {MIN_PAIRS} are needed; pairs of two "
            "are left out"
        )
    weights = np.concatenate([np.full(len(one.worth), one.pair.weight / len(one.worth)) for one in examples])
    return Choice(
        boost(
            np.concatenate([one.table for one in examples]),
            np.concatenate([one.worth for one in examples]),
            weights / weights.mean(),
            of="sources",
            remedy="give more pairs, with targets made of their sources",
        )
    )


def gather(data: Path | None, own: Sequence[Path]) -> list[Pair]:
    """Read the sets of a folder, pairs of one's own, or both; those held out are among them.

    :raises InputError: if a file is missing or a line is no pair; it names both.
    :raises ConfigError: if nothing is given.
    """
    if data is None and not own:
        raise ConfigError("there is nothing to learn from: give --data DIR, --pairs FILE, or both")
    pairs: list[Pair] = []
    if data is not None:
        for choice in SETS:
            read = read_pairs(find_set(data, choice.name), choice.kind)
            pairs += [replace(pair, weight=choice.weight) for pair in read]
    for path in own:
        pairs += read_pairs(path, "own")
    return pairs


def fold_of(pair: Pair) -> int:
    """Give the fold, from 0, in which a pair is set aside; pairs of one article are in one."""
    digest = hashlib.sha256(f"fold:{pair.kind}:{pair.group}".encode()).digest()
    return int.from_bytes(digest[:4], "big") % FOLDS


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--data", type=Path, metavar="DIR", help="folder of the sets that the packaged trees know")
    parser.add_argument(
        "--pairs", type=Path, action="append", default=[], help="JSON lines of your own; may be repeated"
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="folder of a fuser (default: the packaged one)")
    parser.add_argument("--force", action="store_true", help=f"replace {CHOICE} in --out")
    parser.add_argument(
        "--cross-validate",
        action="store_true",
        help="measure on pairs that neither the fuser nor the trees of their fold have learned from; minutes",
    )


def run(arguments: argparse.Namespace) -> str:
    """Fit the trees, put them beside the fuser, and say so in its card.

    :return: what was made.
    :raises SummarizerError: if it cannot be.
    """
    out = arguments.out or Path(str(resources("summarizer.models") / PACKAGED))
    card = _read_card(out)
    if not arguments.force:
        refuse_existing(out, [CHOICE])
    need_catboost("fuser-choice")
    if arguments.cross_validate:
        need_rouge()
    pairs = gather(arguments.data, arguments.pairs)
    examples = make_examples(pairs)
    learned = [one for one in examples if not is_held_out(one.pair)]
    _tell(f"fitting on {len(learned)} pairs of {LEAST_MANY} sources or more")
    made = fit(learned).to_json().encode("utf-8")
    card["files"] = card["files"] | {CHOICE: {"bytes": len(made), "sha256": sha256(made)}}
    card["choice"] = {
        "made_by": "python -m summarizer.training fuser-choice --data DIR --cross-validate --force",
        "data": describe_sets(
            arguments.data,
            SETS if arguments.data is not None else (),
            arguments.pairs,
            [one.pair for one in learned],
        ),
        "pairs": len(learned),
        "sources": sum(len(one.worth) for one in learned),
        "versions": {"crossbrief": __version__} | {name: version(name) for name in ("catboost", "numpy")},
    }
    if arguments.cross_validate:
        from summarizer.training.fuser_choice_figures import measure

        card["choice"]["figures"] = measure(examples, pairs, out, report=_tell)
    put({CHOICE: made, "card.md": to_markdown(card).encode(), "card.json": as_json(card)}, out)
    return f"{out / CHOICE}: {len(made):,} bytes, of {len(learned)} pairs; its figures are in card.md"


def _read_card(folder: Path) -> dict[str, Any]:
    try:
        card = json.loads((folder / "card.json").read_text("utf-8"))
        if not isinstance(card, dict) or not isinstance(card.get("files"), dict):
            raise ValueError("it names no files")
    except (OSError, ValueError) as error:
        raise InputError(f"{folder} has no card.json of a fuser: {error}; give the folder of one with --out") from error
    return card


def _tell(line: str) -> None:
    """Show progress."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()
