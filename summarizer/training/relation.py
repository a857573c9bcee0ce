"""Train the cross-encoder that reads how two figures stand to one another.

From MPNet, on cases written for the purpose and on pairs of news clusters read by hand: first whole, then without its
last layers, which cost a third of the time and, once it has learned on without them, little; then with its weights
rounded as they are written. Kept is a mean of the weights of several stages. Some groups of cases, and of clusters, are
kept aside; the card tells how those are read. Three to four hours on two cores; each stage is kept in the folder of
--work, and a stage that is there is not repeated.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
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
from summarizer.training.encoder_graph import Weights
from summarizer.training.files import as_json, put, refuse_existing, sha256
from summarizer.training.relation_graph import build_pair_graph
from summarizer.training.relation_network import Schedule, judge, make_network, save, train, weights_of
from summarizer.training.relation_news import LABELS, read_labels, read_news
from summarizer.training.relation_pairs import Example, is_kept_aside, read_examples
from summarizer.training.relation_source import PACKAGES, SOURCE_DIGEST, unpack_source

_OUT: Final = Path(f"summarizer/models/{PACKAGED}")
#: Sets of ordinary news, which is what is read later, count twice: the others are tidier, and many more.
_NEWEST: Final = ("comparison_dev_17.json", LABELS)
_ORDINARY: Final = ("comparison_dev_11.json", "comparison_dev_13.json", "comparison_dev_15.json", *_NEWEST)


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of the training: an epoch, begun at the weights of the stage before.

    :param layers: of the network, from the first; None for all.
    :param ordinary: share of the pairs of :data:`_ORDINARY` that it learns from, :param older: of the others; those of
        :data:`_NEWEST` it learns from in any case.
    :param rounded: whether it learns with weights as the graph rounds them, more coarsely than else.
    :param start: name of the stage that it begins at, where that is not the one before.
    :param share: of its weights in the mean that is packaged.
    """

    name: str
    layers: int | None
    rate: float
    ordinary: float = 1.0
    older: float = 1.0
    rounded: bool = False
    start: str | None = None
    share: float = 0.0


#: The mean of three (Wortsman et al. 2022) does as well on cases as "again", and tells fewer false conflicts among
#: articles; the last by itself tells fewer still, and misses more.
_STAGES: Final = (
    Stage("whole", None, 5e-5),
    Stage("short", 8, 5e-5),
    Stage("again", 8, 4e-5),
    Stage("rounded", 8, 3e-5, 1.0, 0.25, rounded=True, share=0.25),
    Stage("news", 8, 3e-5, 1.0, 0.12, rounded=True),
    Stage("more news", 8, 3e-5, 1.0, 0.1, rounded=True),
    Stage("most news", 8, 2e-5, 1.0, 0.1, rounded=True, share=0.25),
    Stage("last", 8, 3e-5, 0.5, 0.06, rounded=True, start="news", share=0.5),
)
_LIBRARIES: Final = ("numpy", "onnx", "tokenizers", "torch", "transformers")

_log = logging.getLogger(__name__)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--cases", type=Path, default=Path("tests/cases"), metavar="DIR", help="folder of the cases")
    parser.add_argument("--files", nargs="+", default=list(CASES), metavar="FILE", help="sets, in that folder")
    parser.add_argument("--data", type=Path, metavar="DIR", help="folder of news clusters; without, cases alone teach")
    parser.add_argument(
        "--start", type=Path, metavar="DIR", help="an MPNet to begin at (default: that of the packages it comes in)"
    )
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
    sets = _read_sets(arguments)
    tokenizer = _tokenizer()
    with tempfile.TemporaryDirectory() as folder:
        start = arguments.start or unpack_source(Path(folder))
        weights = _train(arguments, start, tokenizer, sets)
    graph = build_pair_graph(weights, PACKAGED, coarse=True)
    card = make_card(arguments, sets, graph, tokenizer)
    put({"model.onnx": graph, "LICENSE": licence(), "card.json": as_json(card)}, arguments.out)
    return json.dumps(card["kept_aside"], indent=1)


def make_card(
    arguments: argparse.Namespace,
    sets: Mapping[str, Sequence[Example]],
    graph: bytes,
    tokenizer: Any,  # noqa: ANN401
) -> dict[str, Any]:
    """Tell where the graph comes from, what it learned from, and how it reads the pairs that are kept aside.

    :param sets: all pairs, by the name of their set.
    """
    kept = {name: [one for one in examples if is_kept_aside(one.group)] for name, examples in sets.items()}
    read = {name: describe(judge(graph, tokenizer, examples), examples) for name, examples in kept.items() if examples}
    learned = _learned(sets)
    return {
        "name": PACKAGED,
        "what": "how two figures in two sentences stand to one another: the first layers of all-mpnet-base-v2 "
        "(sentence-transformers), trained further as a cross-encoder and quantised to int8 by this project",
        "license": "Apache-2.0",
        "made_by": "python -m summarizer.training relation",
        "classes": list(CLASSES),
        "data": {
            "files": [*sets],
            "pairs": len(learned),
            "of_these_of_news": sum(not is_kept_aside(one.group) for one in sets.get(LABELS, ())),
            "kept_aside": sum(map(len, kept.values())),
        },
        "source": {"packages": list(PACKAGES), "sha256": {"model.safetensors": SOURCE_DIGEST}},
        "stages": [asdict(stage) for stage in _STAGES],
        "seed": arguments.seed,
        "versions": {library: version(library).partition("+")[0] for library in _LIBRARIES},
        "kept_aside": read,
        "limits": "English. It reads two sentences, not their articles. It knows no values: these are masked.",
        "files": {"model.onnx": {"bytes": len(graph), "sha256": sha256(graph)}},
    }


def _read_sets(arguments: argparse.Namespace) -> dict[str, list[Example]]:
    """Read the pairs of each set, weighed."""
    sets = {name: read_examples(arguments.cases / name) for name in arguments.files}
    if arguments.data:
        sets[LABELS] = list(read_news(arguments.data, read_labels(arguments.cases / LABELS)))
    for name in set(sets).intersection(_ORDINARY):
        sets[name] = [replace(one, weight=2 * one.weight) for one in sets[name]]
    return sets


def _learned(sets: Mapping[str, Sequence[Example]], stage: Stage | None = None, seed: int = 0) -> list[Example]:
    """Give the pairs that are learned from, in a stage or at all."""
    chance = random.Random(f"{seed} share")  # noqa: S311 - a choice, no secret

    def share(name: str) -> float:
        if stage is None or name in _NEWEST:
            return 1.0
        return stage.ordinary if name in _ORDINARY else stage.older

    return [
        one
        for name, examples in sets.items()
        for one in examples
        if not is_kept_aside(one.group) and chance.random() < share(name)
    ]


def _train(
    arguments: argparse.Namespace,
    folder: Path,
    tokenizer: Any,  # noqa: ANN401
    sets: Mapping[str, Sequence[Example]],
) -> Weights:
    """Train all stages; give the mean of those that have a share in it."""
    from safetensors.numpy import load_file

    done: dict[str, Weights] = {}
    weights: Weights | None = None
    for number, stage in enumerate(_STAGES):
        weights = done[stage.start] if stage.start else weights
        kept = arguments.work / f"{stage.name}.safetensors" if arguments.work else None
        if kept and kept.is_file():
            _tell(f"{kept} is there: this stage is not repeated")
            weights = load_file(kept)
        else:
            network = make_network(folder, stage.layers, weights)
            examples = _learned(sets, stage, arguments.seed + number)
            _tell(f"stage {stage.name}: {len(examples)} pairs")
            schedule = Schedule(1, stage.rate, seed=arguments.seed + number, rounded=stage.rounded)
            train(network, tokenizer, examples, schedule, report=_tell)
            weights = weights_of(network)
            if kept:
                save(weights, kept)
        done[stage.name] = weights
    shares = [(done[stage.name], stage.share) for stage in _STAGES if stage.share]
    return {
        name: np.average([one[name] for one, _ in shares], 0, [share for _, share in shares]).astype(np.float32)
        for name in shares[0][0]
    }


def describe(judged: NDArray[np.float64], examples: Sequence[Example]) -> dict[str, Any]:
    """Tell how pairs were read: how many in their class, and how pairs of one measure rank among the others."""
    labels = np.array([one.label for one in examples])
    same = labels == CLASSES.index("same")
    ahead = judged[same, 0][:, None] - judged[~same, 0][None, :]
    right = round(float((judged.argmax(axis=1) == labels).mean()), 3)
    ranked = round(float(((ahead > 0) + 0.5 * (ahead == 0)).mean()), 3) if ahead.size else None
    return {"pairs": len(examples), "right": right, "ranked_right": ranked}


def _tokenizer() -> Any:  # noqa: ANN401
    try:
        from tokenizers import Tokenizer
    except ImportError as error:
        raise MissingExtraError("python -m summarizer.training relation", "train") from error
    return Tokenizer.from_buffer((model_folder() / "tokenizer.json").read_bytes())


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
