"""The ways to look for articles of one event that are measured, on a small made archive."""

from __future__ import annotations

import importlib
import importlib.util
import random
from pathlib import Path
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest

from benchmarks.scale import neighbours as scale_neighbours
from summarizer import Document
from summarizer.scale.weighing import weigh


def words(seed: object, n: int) -> list[str]:
    chance = random.Random(f"{seed}")
    return ["".join(chance.choices("abdegiklmnorstu", k=7)) for _ in range(n)]


def clusters() -> list[SimpleNamespace]:
    made = []
    for event in range(24):
        own = words(event, 30)
        texts = [
            ". ".join(" ".join(random.Random(f"{event} {k} {j}").choices(own, k=9)) for j in range(20))
            for k in range(3)
        ]
        made.append(SimpleNamespace(documents=[Document(text) for text in texts]))
    return made


@pytest.fixture
def found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    load = importlib.import_module

    def absent(name: str) -> ModuleType:
        if name in ("usearch", "hnswlib", "faiss"):
            raise ModuleNotFoundError(name)
        return load(name)

    monkeypatch.setattr(scale_neighbours, "read_clusters", lambda _: clusters())
    monkeypatch.setattr(scale_neighbours, "importlib", SimpleNamespace(import_module=absent))
    return scale_neighbours.measure(tmp_path, articles=60)


def test_the_ways_find_pairs_and_absent_packages_are_named(found: dict[str, object]) -> None:
    ways = {way["way"]: way for way in found["ways"]}  # type: ignore[attr-defined]
    assert set(ways) == {"rare words, exact cosines", "all products of 256"}
    assert found["pairs"] > 20  # type: ignore[operator]
    assert all(way["recall"] >= 0.95 for way in ways.values())
    assert len(found["absent"]) == 9  # type: ignore[arg-type]
    told = scale_neighbours.text(found)
    assert "not installed: usearch" in told
    assert "rare words" in told


def test_projections_keep_cosines() -> None:
    rows = weigh(
        np.array([1, 2, 3, 1, 2, 4, 5, 6], dtype=np.uint32), np.ones(8, dtype=np.float32), np.array([3, 0, 3, 2])
    )
    projected = scale_neighbours._project(rows, 4_096)
    assert projected.shape == (4, 4_096)
    assert not projected[1].any()
    np.testing.assert_allclose(projected @ projected.T, rows.dense() @ rows.dense().T, atol=0.06)


def test_indexes_find_what_all_products_find() -> None:
    rows = np.random.default_rng(0).standard_normal((80, 64), dtype=np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    wanted = np.sort(scale_neighbours._all_products(rows))
    for package, way in (
        ("usearch", lambda: scale_neighbours._usearch(rows, "f32")),
        ("faiss", lambda: scale_neighbours._faiss(rows)),
        ("hnswlib", lambda: scale_neighbours._hnswlib(rows)),
    ):
        if importlib.util.find_spec(package):
            shared = [len(np.intersect1d(one, other)) for one, other in zip(way(), wanted, strict=True)]
            assert np.mean(shared) >= 0.9 * wanted.shape[1], package
