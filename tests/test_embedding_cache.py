"""The cache on disk gives the bits that the embedder gave, and is never the reason why a summary fails."""

from __future__ import annotations

import logging
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from summarizer import summarize
from summarizer.embedding import MiniLMEmbedder, load_embedder
from summarizer.embedding_cache import FILE_NAME, CachedEmbedder

TEXTS = ["Exports fell.", "Talks resumed in London.", "Exports fell.", "lone \ud800 surrogate", ""]


class Counted:
    """Vectors that depend on the text, and a list of what was asked for."""

    name = "counted"

    def __init__(self, version: str = "1") -> None:
        self.version = version
        self.asked: list[str] = []

    def fingerprint(self) -> str:
        return f"counted {self.version}"

    def encode(self, sentences: Sequence[str], /) -> np.ndarray:
        return self.encode_telling(sentences, lambda n_done: None)

    def encode_telling(self, sentences: Sequence[str], tell: Callable[[int], None], /) -> np.ndarray:
        self.asked += sentences
        for number in range(1, len(sentences) + 1):
            tell(number)
        rows = [np.random.default_rng(len(text) + 100 * int(self.version)).random(8) for text in sentences]
        return np.array(rows, dtype=np.float32).reshape(len(sentences), 8)


def test_what_is_kept_counts_as_done(tmp_path: Path) -> None:
    CachedEmbedder(Counted(), tmp_path).encode(TEXTS[:2])
    told: list[int] = []
    CachedEmbedder(Counted(), tmp_path).encode_telling(["Exports fell.", "New.", "Newer.", ""], told.append)
    assert told == [2, 3, 4]


def test_a_sentence_is_computed_once_for_all_processes(tmp_path: Path) -> None:
    first, second = Counted(), Counted()
    expected = Counted().encode(TEXTS)
    assert (CachedEmbedder(first, tmp_path / "new").encode(TEXTS) == expected).all()
    assert first.asked == list(dict.fromkeys(TEXTS))
    again = CachedEmbedder(second, tmp_path / "new")
    assert (again.encode(TEXTS[::-1]) == expected[::-1]).all()
    assert second.asked == []
    assert again.name == "counted"
    assert again.encode([]).shape == (0, 8)


def test_another_model_has_vectors_of_its_own(tmp_path: Path) -> None:
    CachedEmbedder(Counted(), tmp_path).encode(TEXTS)
    other = Counted("2")
    assert (CachedEmbedder(other, tmp_path).encode(TEXTS) == Counted("2").encode(TEXTS)).all()
    assert other.asked


def warned(caplog: pytest.LogCaptureFixture, folder: Path) -> str:
    inner = Counted()
    with caplog.at_level(logging.WARNING, "summarizer.embedding_cache"):
        assert (CachedEmbedder(inner, folder).encode(TEXTS) == Counted().encode(TEXTS)).all()
    assert inner.asked, "computed, not read"
    return caplog.text


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"no database at all" * 100)
    assert "cannot read the embedding cache" in warned(caplog, tmp_path)
    assert (tmp_path / FILE_NAME).read_bytes() == b"no database at all" * 100


def test_the_database_of_another_program_is_left_alone(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    connection.execute("CREATE TABLE vectors (theirs TEXT)")
    connection.close()
    before = (tmp_path / FILE_NAME).read_bytes()
    assert "another program" in warned(caplog, tmp_path)
    assert (tmp_path / FILE_NAME).read_bytes() == before


@pytest.mark.parametrize("damage", [b"", b"short", b"\0" * 36, None])
def test_damaged_vectors_are_computed_anew(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, damage: bytes | None
) -> None:
    CachedEmbedder(Counted(), tmp_path).encode(TEXTS)
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    with connection:
        connection.execute("UPDATE vectors SET vector = ?", (damage if damage is not None else "text",))
    connection.close()
    assert "damaged vector" in warned(caplog, tmp_path)
    healed = Counted()
    CachedEmbedder(healed, tmp_path).encode(TEXTS)
    assert healed.asked == []


def test_a_cut_file_is_no_error(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    CachedEmbedder(Counted(), tmp_path).encode([f"sentence {'x' * number}" for number in range(300)])
    data = (tmp_path / FILE_NAME).read_bytes()
    (tmp_path / FILE_NAME).write_bytes(data[: len(data) // 2])
    warned(caplog, tmp_path)


def test_a_folder_that_cannot_be_made_is_no_error(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    assert "cannot write the embedding cache" in warned(caplog, tmp_path / "file")


def test_the_oldest_go_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summarizer.embedding_cache.MAX_CACHED", 3)
    embedder = CachedEmbedder(Counted(), tmp_path)
    for length in range(1, 6):
        embedder.encode(["x" * length])
    inner = Counted()
    CachedEmbedder(inner, tmp_path).encode(["x" * length for length in range(1, 6)])
    assert inner.asked == ["x", "xx"]


def test_threads_share_one_file(tmp_path: Path) -> None:
    def run(number: int) -> bool:
        texts = [f"{number % 3} {'y' * length}" for length in range(40)]
        return bool((CachedEmbedder(Counted(), tmp_path).encode(texts) == Counted().encode(texts)).all())

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(run, range(24)))


def test_processes_share_one_file(tmp_path: Path) -> None:
    code = (
        "import sys; from tests.test_embedding_cache import Counted, CachedEmbedder\n"
        "for n in range(20): CachedEmbedder(Counted(), sys.argv[1]).encode([f'{sys.argv[2]} ' + 'z' * n])\n"
    )
    root = Path(__file__).resolve().parents[1]
    running = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path), str(n)], cwd=root, stderr=subprocess.PIPE)
        for n in range(3)
    ]
    assert [process.communicate()[1] for process in running] == [b""] * 3
    inner = Counted()
    CachedEmbedder(inner, tmp_path).encode([f"{n} " + "z" * length for n in range(3) for length in range(20)])
    assert inner.asked == []


def test_a_summary_with_the_cache_has_the_same_bytes(tmp_path: Path, seeds: dict[str, str]) -> None:
    texts = list(seeds.values())[:2]
    plain = summarize(texts, max_words=60).to_json()
    for _ in range(2):
        assert summarize(texts, max_words=60, embedding_cache=str(tmp_path)).to_json() == plain
    assert (tmp_path / FILE_NAME).stat().st_size > 1000


def test_only_the_packaged_encoder_is_cached(tmp_path: Path) -> None:
    assert isinstance(load_embedder("minilm", cache=tmp_path), CachedEmbedder)
    assert isinstance(load_embedder("minilm"), MiniLMEmbedder)
    summarize(["Exports fell in May, officials said."], embedder="tfidf", embedding_cache=str(tmp_path / "none"))
    assert not (tmp_path / "none").exists()


def test_the_fingerprint_names_files_library_and_processor() -> None:
    named = MiniLMEmbedder().fingerprint()
    assert named == MiniLMEmbedder().fingerprint()
    assert "onnxruntime" in named
    assert len([part for part in named.split("|") if len(part) == 64]) == 2
