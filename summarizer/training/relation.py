"""Train the cross-encoder that reads how two figures stand to one another.

From MPNet, on cases written for the purpose: first whole, then without its last layers, which cost a third of the time
and, once it has learned on without them, little. Some groups of cases are kept aside; the card tells how those are
read. Two hours on two cores; each stage is kept in the folder of --work, and a stage that is there is not repeated.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
import tempfile
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
from summarizer.training.comparison_cases import CASES
from summarizer.training.encoder import licence
from summarizer.training.files import as_json, put, refuse_existing, sha256
from summarizer.training.relation_graph import build_pair_graph
from summarizer.training.relation_network import Schedule, judge, make_network, save, train, weights_of
from summarizer.training.relation_pairs import Example, is_kept_aside, read_examples
from summarizer.training.relation_source import PACKAGES, SOURCE_DIGEST, unpack_source

_OUT: Final = Path(f"summarizer/models/{PACKAGED}")
#: Sets of ordinary news, which is what is read later, count twice: the others are tidier, and many more.
_ORDINARY: Final = ("comparison_dev_11.json", "comparison_dev_13.json", "comparison_dev_15.json")
#: Layers of the network of each stage; None for all.
_STAGES: Final = (("whole", None), ("short", 8))
_LIBRARIES: Final = ("numpy", "onnx", "tokenizers", "torch", "transformers")

_log = logging.getLogger(__name__)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--cases", type=Path, default=Path("tests/cases"), metavar="DIR", help="folder of the cases")
    parser.add_argument("--files", nargs="+", default=list(CASES), metavar="FILE", help="sets, in that folder")
    parser.add_argument(
        "--start", type=Path, metavar="DIR", help="an MPNet to begin at (default: that of the packages it comes in)"
    )
    parser.add_argument("--epochs", type=int, default=1, metavar="N", help="of each stage (default: %(default)s)")
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
    with tempfile.TemporaryDirectory() as folder:
        start = arguments.start or unpack_source(Path(folder))
        network = _train(arguments, start, tokenizer, learned)
    graph = build_pair_graph(weights_of(network), PACKAGED)
    card: dict[str, Any] = {
        "name": PACKAGED,
        "what": "how two figures in two sentences stand to one another: the first layers of all-mpnet-base-v2 "
        "(sentence-transformers), trained further as a cross-encoder and quantised to int8 by this project",
        "license": "Apache-2.0",
        "made_by": "python -m summarizer.training relation",
        "classes": list(CLASSES),
        "data": {
            "cases": {"files": arguments.files, "pairs": len(learned), "kept_aside": len(kept)},
        },
        "source": {"packages": list(PACKAGES), "sha256": {"model.safetensors": SOURCE_DIGEST}},
        "layers": [layers for _, layers in _STAGES],
        "epochs": arguments.epochs,
        "seed": arguments.seed,
        "versions": {library: version(library).partition("+")[0] for library in _LIBRARIES},
        "kept_aside": describe(judge(graph, tokenizer, kept), kept) if kept else {},
        "limits": "English. It reads two sentences, not their articles. It knows no values: these are masked.",
        "files": {"model.onnx": {"bytes": len(graph), "sha256": sha256(graph)}},
    }
    put({"model.onnx": graph, "LICENSE": licence(), "card.json": as_json(card)}, arguments.out)
    return json.dumps(card["kept_aside"], indent=1)


def _weighed(name: str, folder: Path) -> list[Example]:
    examples = read_examples(folder / name)
    return [replace(one, weight=2 * one.weight) for one in examples] if name in _ORDINARY else examples


def _train(arguments: argparse.Namespace, folder: Path, tokenizer: Any, examples: Sequence[Example]) -> Any:  # noqa: ANN401
    """Train all stages; give the network of the last."""
    from safetensors.numpy import load_file

    network, weights = None, None
    for stage, layers in _STAGES:
        kept = arguments.work / f"{stage}.safetensors" if arguments.work else None
        if kept and kept.is_file():
            _tell(f"{kept} is there: this stage is not repeated")
            weights = load_file(kept)
            network = make_network(folder, layers, weights)
            continue
        network = make_network(folder, layers, weights)
        _tell(f"stage {stage}: {len(examples)} pairs")
        train(network, tokenizer, examples, Schedule(arguments.epochs, seed=arguments.seed), report=_tell)
        weights = weights_of(network)
        if kept:
            save(weights, kept)
    return network


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
