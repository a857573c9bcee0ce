"""Vectors: independent of one another, of order and of threads; clear errors for a damaged model or an odd embedder."""

from __future__ import annotations

import builtins
import hashlib
import json
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from summarizer import embedding
from summarizer.embedding import MiniLMEmbedder, embed, embedder_name, load_embedder, load_token_counter, model_folder
from summarizer.errors import ConfigError, MissingExtraError, ModelError
from summarizer.protocols import Embedder

SENTENCES = [
    "The two delegations met in London on Monday.",
    "Officials from both countries held talks in the British capital at the start of the week.",
    "Rare earths.",
    "",
    "The central bank left interest rates unchanged, and said that inflation would stay near its goal until next year.",
    "A storm closed the airport.",
]


@pytest.fixture(scope="module")
def minilm() -> MiniLMEmbedder:
    return MiniLMEmbedder(threads=1)


class Fixed:
    """An embedder that returns what it was told, and remembers what it was asked."""

    def __init__(self, returned: Any = None, name: Any = None) -> None:
        self.returned, self.asked = returned, list[list[str]]()
        if name is not None:
            self.name = name

    def encode(self, sentences: Sequence[str], /) -> NDArray[np.float32]:
        self.asked.append(list(sentences))
        if self.returned is None:
            return np.array([[len(sentence), 1.0] for sentence in sentences], dtype=np.float32)
        return self.returned  # type: ignore[no-any-return]


def fresh(sentences: Sequence[str], threads: int = 1) -> NDArray[np.float32]:
    """Embed with nothing kept from earlier calls."""
    return MiniLMEmbedder(threads=threads).encode(sentences)


# The packaged encoder


def test_shape_and_length(minilm: MiniLMEmbedder) -> None:
    vectors = minilm.encode(SENTENCES)
    assert vectors.shape == (len(SENTENCES), 384)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert minilm.encode([]).shape == (0, 384)
    assert isinstance(minilm, Embedder)


def test_meaning(minilm: MiniLMEmbedder) -> None:
    cosines = (vectors := minilm.encode(SENTENCES)) @ vectors.T
    assert cosines[0, 1] > 0.5
    assert max(cosines[0, 2], cosines[0, 4], cosines[0, 5]) < 0.3


def test_a_vector_depends_on_its_sentence_alone(minilm: MiniLMEmbedder) -> None:
    alone = np.concatenate([fresh([sentence]) for sentence in SENTENCES])
    assert np.array_equal(alone, fresh(SENTENCES))
    assert np.array_equal(alone, fresh(SENTENCES[::-1])[::-1])
    assert np.array_equal(alone, fresh(["What is new?", *SENTENCES, "A last one."])[1:-1])
    assert np.array_equal(alone, minilm.encode(SENTENCES))


def test_threads_do_not_move_vectors() -> None:
    many = [f"{sentence} {number}" for number in range(5) for sentence in SENTENCES]
    assert np.array_equal(fresh(many, threads=1), fresh(many, threads=3))


@pytest.mark.parametrize(("threads", "seed"), [("1", "0"), ("2", "7")])
def test_processes_agree(threads: str, seed: str) -> None:
    code = (
        "import hashlib, json, sys; from summarizer.embedding import load_embedder;"
        "vectors = load_embedder('minilm').encode(json.load(sys.stdin));"
        "print(hashlib.sha256(vectors.tobytes()).hexdigest())"
    )
    environment = os.environ | {"OMP_NUM_THREADS": threads, "PYTHONHASHSEED": seed}
    done = subprocess.run(
        [sys.executable, "-c", code], input=json.dumps(SENTENCES), capture_output=True, text=True, env=environment
    )
    assert done.stderr == ""
    assert done.stdout.strip() == hashlib.sha256(fresh(SENTENCES).tobytes()).hexdigest()


@pytest.mark.parametrize("threads", [1, 3])
def test_how_far_it_is_is_told_and_moves_no_vector(threads: int) -> None:
    many = [f"{sentence} {number}" for number in range(25) for sentence in SENTENCES]
    expected = embed(MiniLMEmbedder(threads=1), many)
    told: list[float] = []
    assert np.array_equal(embed(MiniLMEmbedder(threads=threads), many, tell=told.append), expected)
    assert told == [32 / 150, 64 / 150, 96 / 150, 128 / 150]
    part: list[float] = []
    wanted = np.arange(len(many)) % 2 == 0
    found = embed(MiniLMEmbedder(threads=threads), many, wanted, part.append)
    assert part == [32 / 75, 64 / 75]
    assert np.array_equal(found[wanted], expected[wanted])


def test_an_embedder_that_tells_nothing_is_asked_for_all_at_once() -> None:
    embedder, told = Fixed(), list[float]()
    embed(embedder, SENTENCES, tell=told.append)
    assert (embedder.asked, told) == ([sorted(SENTENCES)], [])


@pytest.mark.parametrize("threads", [1, 2])
def test_who_is_told_may_end_the_work(threads: int) -> None:
    embedder, asked = MiniLMEmbedder(threads=threads), []
    tokenizer, session = embedder._loaded()

    class Counting:
        def run(self, outputs: list[str], feed: dict[str, Any]) -> Any:
            asked.append(feed)
            return session.run(outputs, feed)

    embedder._model = (tokenizer, Counting())

    def stop(n_done: int) -> None:
        raise InterruptedError

    many = [f"A storm of force {number}." for number in range(600)]
    with pytest.raises(InterruptedError):
        embedder.encode_telling(many, stop)
    assert len(asked) < len(many)


def test_equal_sentences_are_computed_once() -> None:
    embedder = MiniLMEmbedder(threads=1)
    tokenizer, session = embedder._loaded()
    runs = []

    class Counting:
        def run(self, outputs: list[str], feed: dict[str, Any]) -> Any:
            runs.append(feed)
            return session.run(outputs, feed)

    embedder._model = (tokenizer, Counting())
    vectors = embedder.encode(["A storm.", "A flood.", "A storm."])
    assert np.array_equal(vectors[0], vectors[2])
    embedder.encode(["A flood."])
    assert len(runs) == 2


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding, "MAX_KEPT", 3)
    embedder = MiniLMEmbedder(threads=1)
    vectors = embedder.encode(SENTENCES)
    assert list(embedder._kept) == SENTENCES[-3:]
    embedder.encode(["One more."])
    assert list(embedder._kept) == [*SENTENCES[-2:], "One more."]
    assert np.array_equal(embedder.encode(SENTENCES), vectors)


def test_what_follows_the_limit_does_not_count(minilm: MiniLMEmbedder) -> None:
    full = "word " * 254  # and the two marks of an input
    cut, whole, shorter = minilm.encode([full + "storm " * 50, full, "word " * 253])
    assert np.array_equal(cut, whole)
    assert not np.array_equal(whole, shorter)


@pytest.mark.parametrize(
    "text",
    ["\x00", "\ud800", "\u202e\ufeff", " \n\t", "x" * 50_000, "北京", "🙂" * 300],
    ids=lambda text: ascii(text[:2]),
)
def test_odd_texts_have_vectors(minilm: MiniLMEmbedder, text: str) -> None:
    assert np.isfinite(embed(minilm, [text])).all()
    assert load_token_counter()[1](text) >= 0


def test_threads_are_checked() -> None:
    with pytest.raises(ConfigError, match="threads must be at least 1, not 0"):
        MiniLMEmbedder(threads=0)


# Its files


def damaged(tmp_path: Path, name: str, change: bytes | None) -> Path:
    folder = tmp_path / "model"
    shutil.copytree(str(model_folder()), folder)
    (folder / name).unlink() if change is None else (folder / name).write_bytes(change)
    return folder


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "card.json"])
@pytest.mark.parametrize("change", [None, b"version https://git-lfs.github.com/spec/v1", b'{"files": []}', b""])
def test_a_damaged_file_is_named_with_the_remedy(tmp_path: Path, name: str, change: bytes | None) -> None:
    folder = damaged(tmp_path, name, change)
    with pytest.raises(ModelError) as caught:
        MiniLMEmbedder(folder).encode(["A storm."])
    assert str(folder) in str(caught.value)
    assert "pip install --force-reinstall crossbrief" in str(caught.value)


def test_a_model_that_onnxruntime_refuses(tmp_path: Path) -> None:
    folder = damaged(tmp_path, "model.onnx", b"no graph")
    card = json.loads((folder / "card.json").read_text("utf-8"))
    card["files"]["model.onnx"]["sha256"] = hashlib.sha256(b"no graph").hexdigest()
    (folder / "card.json").write_text(json.dumps(card), encoding="utf-8")
    with pytest.raises(ModelError, match="onnxruntime cannot load"):
        MiniLMEmbedder(folder).encode(["A storm."])


def test_the_card_is_true() -> None:
    card = json.loads((model_folder() / "card.json").read_bytes())
    assert card["name"] == embedding.MODEL_NAME
    for name, facts in card["files"].items():
        data = (model_folder() / name).read_bytes()
        assert facts == {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    assert sum(facts["bytes"] for facts in card["files"].values()) < 24_000_000


def test_every_operator_is_standard() -> None:
    onnx = pytest.importorskip("onnx")
    graph = onnx.load_from_string((model_folder() / "model.onnx").read_bytes())
    assert [(entry.domain, entry.version) for entry in graph.opset_import] == [("", 20)]


def test_integer_sums_fit_16_bits() -> None:
    onnx = pytest.importorskip("onnx")
    graph = onnx.load_from_string((model_folder() / "model.onnx").read_bytes()).graph
    constants = {tensor.name: tensor for tensor in graph.initializer}
    products = [node for node in graph.node if node.op_type == "MatMulInteger"]
    assert len(products) == 6 * 4
    for node in products:
        weights = onnx.numpy_helper.to_array(constants[node.input[1]])
        assert 2 * 255 * int(np.abs(weights.astype(int)).max()) < 2**15


# Any embedder


def test_embed_scales_and_keeps_zero() -> None:
    vectors = embed(Fixed(np.array([[3.0, 4.0], [0.0, 0.0], [1e-30, 0.0]])), ["a", "b", "c"])
    assert vectors.dtype == np.float32
    assert vectors.tolist() == [[pytest.approx(0.6), pytest.approx(0.8)], [0, 0], [1, 0]]


def test_embed_asks_once_for_each_text_in_sorted_order() -> None:
    embedder = Fixed()
    vectors = embed(embedder, ["bb", "a", "bb", "ccc"])
    assert embedder.asked == [["a", "bb", "ccc"]]
    assert np.array_equal(vectors[0], vectors[2])
    assert np.argsort(vectors[:, 1]).tolist()[0] == 3


def test_embed_of_nothing() -> None:
    embedder = Fixed()
    assert embed(embedder, []).shape == (0, 0)
    assert embedder.asked == []


@given(st.lists(st.text(max_size=8), max_size=12), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=50)
def test_embed_follows_any_order(texts: list[str], random: Any) -> None:
    order = list(range(len(texts)))
    random.shuffle(order)
    shuffled = embed(Fixed(), [texts[i] for i in order])
    assert np.array_equal(shuffled, embed(Fixed(), texts)[order])


@pytest.mark.parametrize(
    ("returned", "says"),
    [
        (np.ones(2), r"shape \(2,\) for 2 sentences"),
        (np.ones((3, 2)), r"shape \(3, 2\) for 2 sentences"),
        (np.ones((2, 0)), r"shape \(2, 0\)"),
        (np.array([[1.0, 2.0], [np.nan, 1.0]]), "not finite for 'b'"),
        (np.array([[1.0, np.inf], [0.0, 1.0]]), "not finite for 'a'"),
        ([[1.0], [1.0, 2.0]], "must return an array"),
        ([object(), None], "must return an array"),
    ],
)
def test_embed_refuses_what_are_not_vectors(returned: Any, says: str) -> None:
    with pytest.raises(ModelError, match=f"the embedder odd .*{says}"):
        embed(Fixed(returned, name="odd"), ["a", "b"])


def test_names() -> None:
    assert embedder_name(MiniLMEmbedder()) == "minilm-l6-v2-int8"
    assert embedder_name(Fixed()) == "Fixed"
    assert embedder_name(Fixed(name=" ")) == "Fixed"
    assert embedder_name(Fixed(name=3)) == "Fixed"
    assert embedder_name(Fixed(name="my model|v 2")) == "my-model-v-2"


def test_load_embedder() -> None:
    assert load_embedder("minilm") is load_embedder("minilm")
    for name in ("tfidf", "bert"):
        with pytest.raises(ConfigError, match=f"no embedder '{name}'; choose one of minilm, wordllama"):
            load_embedder(name)


# Tokens


def test_token_counter() -> None:
    name, count = load_token_counter()
    assert name == "minilm-l6-v2-wordpiece"
    assert (count(""), count("A storm."), count("word " * 1000)) == (0, 3, 1000)


# Static vectors


def test_wordllama_needs_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.split(".")[0] == "wordllama":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtraError, match=r"pip install 'crossbrief\[static\]'"):
        embedding.WordLlamaEmbedder()


def test_wordllama() -> None:
    pytest.importorskip("wordllama", reason="the extra static is not installed")
    before = list(logging.getLogger().handlers)
    embedder = load_embedder("wordllama")
    assert logging.getLogger().handlers == before
    vectors = embed(embedder, SENTENCES)
    assert vectors.shape == (len(SENTENCES), 256)
    assert not vectors[3].any()
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[5]
    assert np.array_equal(vectors[::-1], np.concatenate([embed(embedder, [text]) for text in SENTENCES[::-1]]))


def test_the_encoder_leaves_nothing_behind_and_tells_nobody(tmp_path: Path) -> None:
    # onnxruntime keeps what it would send to its makers in these folders.
    home, temporary = tmp_path / "home", tmp_path / "tmp"
    home.mkdir()
    temporary.mkdir()
    environment = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    environment |= {"HOME": str(home), "TMPDIR": str(temporary), "XDG_CACHE_HOME": str(home)}
    code = "from summarizer.embedding import MiniLMEmbedder; MiniLMEmbedder().encode(['A storm closed the airport.'])"
    subprocess.run([sys.executable, "-c", code], env=environment, check=True, timeout=120)
    assert not [*home.rglob("*"), *temporary.rglob("*")]
