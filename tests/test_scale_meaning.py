"""Articles of an archive compared by vectors: where asked for, in its language, the same whatever else is there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from numpy.typing import NDArray

from summarizer import Document
from summarizer.config import SummaryConfig
from summarizer.datatypes import Passage
from summarizer.scale import meaning, schemas
from summarizer.scale.copies import plan_copies
from summarizer.scale.days import plan_days
from summarizer.scale.evidence import (
    MEASURES,
    WEIGHTS,
    WEIGHTS_WITH_MEANING,
    Measured,
    likelihood,
    measure_links,
    weigh_measured,
)
from summarizer.scale.executors import Executor, Inline, LocalPool
from summarizer.scale.linking import plan_events
from summarizer.scale.looking import weigh_links
from summarizer.scale.neighbours import plan_neighbours
from summarizer.scale.planning import plan_archive
from summarizer.scale.settings import Settings
from summarizer.scale.store import Store
from tests.scale_archive import make_rows, run_stages, write_rows
from tests.test_scale_events import account

TITLES = {"a": "Ferry aground", "b": "Ninety saved", "c": "Owner silent"}


class Seen:
    """An encoder that gives each text a vector by its first letter, and remembers what it was given."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def encode(self, texts: list[str]) -> NDArray[np.float32]:
        self.texts += texts
        return np.array([[1.0, 0.0] if text[0] in "FO" else [0.6, 0.8] for text in texts], dtype=np.float32)


@pytest.fixture
def encoder(monkeypatch: pytest.MonkeyPatch) -> Seen:
    seen = Seen()
    monkeypatch.setattr(meaning, "load_embedder", lambda _name: seen)
    return seen


def pairs_of(root: Path, rows: list[dict[str, Any]], embedder: str) -> list[dict[str, Any]]:
    """Find the neighbours of some articles, and their events."""
    root.mkdir()
    source = root / "articles.jsonl"
    source.write_text("".join(f"{json.dumps(one)}\n" for one in rows), encoding="utf-8")
    settings, store = Settings(summary=SummaryConfig(embedder=embedder)), Store(root / "run")
    articles = [store.perform(task, settings) for task in plan_archive([source], settings, store)]
    days = [store.perform(task, settings) for task in plan_days(store, articles)]
    copies = [store.perform(task, settings) for task in plan_copies(days, settings)]
    near = [store.perform(task, settings) for task in plan_neighbours(days, copies, settings)]
    for task in plan_events(days, copies, near):
        store.perform(task, settings)
    return [row for done in near for row in store.read("neighbours", done.key, "pairs").to_pylist()]


def rows(language: str = "en", days: tuple[int, ...] = (10, 10, 10)) -> list[dict[str, Any]]:
    """Give three accounts of one event, whose titles tell the encoder what they say."""
    return [
        {
            "id": name,
            "title": title,
            "text": account("event", outlet),
            "language": language,
            "published": f"2026-06-{day}T08:00:00Z",
        }
        for outlet, ((name, title), day) in enumerate(zip(TITLES.items(), days, strict=True))
    ]


def test_neighbours_are_compared_by_vectors_where_the_encoder_is_asked_for(tmp_path: Path, encoder: Seen) -> None:
    pairs = pairs_of(tmp_path / "asked", rows(), "minilm")
    told = {(one["left"], one["right"]): one["meaning"] for one in pairs}
    told |= {(right, left): value for (left, right), value in told.items()}
    assert told["a", "c"] == pytest.approx(1.0)
    assert told["a", "b"] == pytest.approx(0.6)
    assert sorted(text.split()[0] for text in encoder.texts) == ["Ferry", "Ninety", "Owner"]


def test_articles_of_the_day_before_are_read_from_there(tmp_path: Path, encoder: Seen) -> None:
    pairs = pairs_of(tmp_path / "days", rows(days=(10, 11, 11)), "minilm")
    assert "a" in {name for one in pairs for name in (one["left"], one["right"])}
    assert all(one["meaning"] is not None for one in pairs)


@pytest.mark.parametrize(("language", "embedder"), [("en", "tfidf"), ("de", "minilm")])
def test_other_settings_and_languages_have_no_vectors(
    tmp_path: Path, encoder: Seen, language: str, embedder: str
) -> None:
    pairs = pairs_of(tmp_path / "without", rows(language), embedder)
    assert pairs
    assert {one["meaning"] for one in pairs} == {None}
    assert not encoder.texts


def test_a_single_article_loads_no_encoder(tmp_path: Path, encoder: Seen) -> None:
    assert not pairs_of(tmp_path / "one", rows()[:1], "minilm")
    assert not encoder.texts


def test_an_opening_is_title_and_first_words_without_what_was_dropped() -> None:
    text = "Sign up now.\n" + "word " * 100
    told = meaning.opening(Document(text, title="A headline", dropped=(Passage(0, 12, "promotion"),))).split()
    assert told[:3] == ["A", "headline", "word"]
    assert len(told) == meaning.WORDS
    assert meaning.opening(Document("", title=None)) == ""


def test_the_packaged_encoder_gives_the_same_whatever_else_is_compared(tmp_path: Path) -> None:
    every = {(one["left"], one["right"]): one["meaning"] for one in pairs_of(tmp_path / "three", rows(), "minilm")}
    fewer = {(one["left"], one["right"]): one["meaning"] for one in pairs_of(tmp_path / "two", rows()[:2], "minilm")}
    assert fewer
    assert fewer.items() <= every.items()


def measured(*told: tuple[int, int, float | None], n: int = 4) -> Measured:
    """Measure links that differ in nothing but their vectors."""
    same = {"similarity": 0.4, "names": 0.2, "apart": 0.1, "shorter": 80, "longer": 120, "other_days": False}
    given = [{"left": str(left), "right": str(right), **same, "meaning": value} for left, right, value in told]
    table = pa.Table.from_pylist(given, schema=schemas.neighbours())
    return measure_links(np.array([str(number) for number in range(n)], dtype=np.object_), np.arange(n), [table])


def test_a_cosine_is_set_against_what_is_usual_for_both() -> None:
    told = measured((0, 1, 0.9), (0, 2, 0.5), (1, 2, 0.1))
    # The means of the two neighbours: .7 for 0, .5 for 1, .3 for 2.
    np.testing.assert_allclose(told.nearer, [0.9 - 0.6, 0.5 - 0.5, 0.1 - 0.4], atol=1e-6)


def test_nearer_vectors_speak_for_one_event() -> None:
    told = measured((0, 1, 0.9), (0, 2, 0.5), (1, 2, 0.1))
    likely = weigh_measured(told, WEIGHTS, WEIGHTS_WITH_MEANING)
    assert likely[0] > likely[1] > likely[2]
    assert len(WEIGHTS_WITH_MEANING) == len(MEASURES) + 2 == len(WEIGHTS) + 1


def test_links_without_vectors_are_weighed_by_words_alone() -> None:
    mixed = measured((0, 1, None), (2, 3, 0.8))
    assert np.isnan(mixed.nearer).tolist() == [True, False]
    likely = weigh_measured(mixed, WEIGHTS, WEIGHTS_WITH_MEANING)
    assert likely[0] == likelihood(mixed.measures, WEIGHTS)[0]
    without = measured((0, 1, None), (2, 3, None))
    np.testing.assert_array_equal(
        weigh_measured(without, WEIGHTS, WEIGHTS_WITH_MEANING), likelihood(without.measures, WEIGHTS)
    )


def test_no_links_are_weighed_to_none() -> None:
    told = weigh_links(np.array(["a"], dtype=np.object_), np.arange(1), [], np.zeros(1, dtype=np.int64), 10)
    assert len(told) == 0


def test_the_pool_compares_by_vectors_as_one_process_does(tmp_path: Path) -> None:
    source = write_rows(tmp_path / "made.jsonl", make_rows(24))
    settings = Settings(summary=SummaryConfig(embedder="minilm"))
    executors: dict[str, Executor] = {"one": Inline(), "two": LocalPool(2)}
    contents = []
    for name, executor in executors.items():
        with executor:
            root = tmp_path / name
            done = run_stages(root, [source], executor, settings)
            near = executor.run(root, settings, plan_neighbours(done["days"], done["copies"], settings))
        contents.append([one.read for one in near])
    pairs = [row for one in near for row in Store(root).read("neighbours", one.key, "pairs").to_pylist()]
    assert pairs
    assert all(row["meaning"] is not None for row in pairs)
    assert contents[0] == contents[1]
