"""Train the cross-encoder that reads how two figures stand to one another.

First on news clusters, where equal values tell which figures are of one measure, then on cases written for the purpose.
Some groups of cases are kept aside; the card tells how those are read. An hour on one core; each stage is kept in the
folder of --work, and a stage that is there is not repeated.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections.abc import Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from summarizer.comparison.cross_encoder import CLASSES, PACKAGED
from summarizer.embedding import model_folder
from summarizer.errors import MissingExtraError
from summarizer.training.clusters import SetChoice
from summarizer.training.comparison_cases import CASES
from summarizer.training.encoder import licence
from summarizer.training.encoder_graph import build_pair_graph
from summarizer.training.files import as_json, put, refuse_existing, sha256
from summarizer.training.relation_network import Schedule, judge, make_network, save, train, weights_of
from summarizer.training.relation_pairs import Example, is_kept_aside, read_clusters, read_examples

_OUT: Final = Path(f"summarizer/models/{PACKAGED}")
_SETS: Final = ("neus_train", "background_train", "multi_news_lower_train:first=1500")
#: Sets of ordinary news, which is what is read later, count twice: the others are tidier, and many more.
_ORDINARY: Final = ("comparison_dev_11.json", "comparison_dev_13.json")
#: Pairs of clusters beyond these are left out, at random: more take long, and are of one kind.
_MOST: Final = 8_000
_LIBRARIES: Final = ("numpy", "onnx", "tokenizers", "torch", "transformers")

_log = logging.getLogger(__name__)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--cases", type=Path, default=Path("tests/cases"), metavar="DIR", help="folder of the cases")
    parser.add_argument("--files", nargs="+", default=list(CASES), metavar="FILE", help="sets, in that folder")
    parser.add_argument("--data", type=Path, metavar="DIR", help="folder of news clusters; without, cases alone teach")
    parser.add_argument("--sets", nargs="+", default=list(_SETS), metavar="SET", help="of them, NAME[:first=N]")
    parser.add_argument("--epochs", type=int, default=4, metavar="N", help="over the cases (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="of all that is random (default: 0)")
    parser.add_argument(
        "--work", type=Path, metavar="DIR", help="folder to keep the stages in, and to go on from (default: none)"
    )
    parser.add_argument(
        "--out", type=Path, default=_OUT, metavar="DIR", help="folder to write to (default: %(default)s)"
    )
    parser.add_argument("--force", action="store_true", help="replace files that are there")


def run(arguments: argparse.Namespace) -> str:
    """Train, quantise to int8, and write the graph with its card.

    :raises InputError: if a set is missing. :raises ReadingError: if a file of cases is missing or has another shape.
    :raises MissingExtraError: if a library of the extra ``train`` is missing.
    """
    if not arguments.force:
        refuse_existing(arguments.out, ("model.onnx", "card.json"))
    examples = [example for name in arguments.files for example in _weighed(name, arguments.cases)]
    kept = [one for one in examples if is_kept_aside(one.group)]
    learned = [one for one in examples if not is_kept_aside(one.group)]
    tokenizer = _tokenizer()
    start, clusters = _first_stage(arguments, tokenizer)
    network = make_network(start)
    train(network, tokenizer, learned, Schedule(arguments.epochs, seed=arguments.seed), report=_tell)
    weights = weights_of(network)
    if arguments.work:
        save(weights, arguments.work / "cases.safetensors")
    graph = build_pair_graph(weights, PACKAGED)
    card: dict[str, Any] = {
        "name": PACKAGED,
        "what": "how two figures in two sentences stand to one another: all-MiniLM-L6-v2 (sentence-transformers), "
        "trained further as a cross-encoder and quantised to int8 by this project",
        "license": "Apache-2.0",
        "made_by": "python -m summarizer.training relation",
        "classes": list(CLASSES),
        "data": {
            "clusters": {"sets": arguments.sets if arguments.data else [], "pairs": clusters},
            "cases": {"files": arguments.files, "pairs": len(learned), "kept_aside": len(kept)},
        },
        "epochs": arguments.epochs,
        "seed": arguments.seed,
        "versions": {library: version(library).partition("+")[0] for library in _LIBRARIES},
        "kept_aside": describe(judge(network, tokenizer, kept), kept) if kept else {},
        "limits": "English. It reads two sentences, not their articles. It knows no values: these are masked.",
        "files": {"model.onnx": {"bytes": len(graph), "sha256": sha256(graph)}},
    }
    put({"model.onnx": graph, "LICENSE": licence(), "card.json": as_json(card)}, arguments.out)
    return json.dumps(card["kept_aside"], indent=1)


def _weighed(name: str, folder: Path) -> list[Example]:
    examples = read_examples(folder / name)
    return [replace(one, weight=2 * one.weight) for one in examples] if name in _ORDINARY else examples


def _first_stage(arguments: argparse.Namespace, tokenizer: Any) -> tuple[Any, int]:  # noqa: ANN401
    """Learn from clusters; give the weights, or None without clusters, and the number of pairs."""
    from safetensors.numpy import load_file

    if arguments.data is None:
        return None, 0
    kept = arguments.work / "clusters.safetensors" if arguments.work else None
    sets = [SetChoice.parse(text) for text in arguments.sets]
    examples = [example for choice in sets for example in read_clusters(arguments.data, choice)]
    order = np.random.default_rng(arguments.seed).permutation(len(examples))[:_MOST]
    if kept and kept.is_file():
        _tell(f"{kept} is there: the first stage is not repeated")
        return load_file(kept), len(order)
    network = make_network()
    schedule = Schedule(1, rate=8e-5, smoothing=0.02, seed=arguments.seed)
    train(network, tokenizer, [examples[place] for place in order], schedule, report=_tell)
    weights = weights_of(network)
    if kept:
        save(weights, kept)
    return weights, len(order)


def describe(judged: NDArray[np.float64], examples: Sequence[Example]) -> dict[str, Any]:
    """Tell how pairs were read: how many in their class, and how pairs of one measure rank among the others."""
    labels = np.array([one.label for one in examples])
    same = labels == CLASSES.index("same")
    ahead = judged[same, 0][:, None] - judged[~same, 0][None, :]
    return {
        "pairs": len(examples),
        "right": round(float((judged.argmax(axis=1) == labels).mean()), 3),
        "ranked_right": round(float(((ahead > 0) + 0.5 * (ahead == 0)).mean()), 3),
    }


def _tokenizer() -> Any:  # noqa: ANN401
    try:
        from tokenizers import Tokenizer
    except ImportError as error:
        raise MissingExtraError("python -m summarizer.training relation", "train") from error
    return Tokenizer.from_buffer((model_folder() / "tokenizer.json").read_bytes())


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
