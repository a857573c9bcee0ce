"""Copies among many articles are those that folding a few finds, without comparing each article with each."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from numpy.typing import NDArray

from benchmarks.scale import copies as scale_copies
from summarizer.cleaning import clean
from summarizer.datatypes import Document
from summarizer.origins import fold_copies
from summarizer.scale.candidates import HOT, Lists, find_candidates, share_of
from summarizer.scale.copies import days_before, plan_copies
from summarizer.scale.days import plan_days
from summarizer.scale.executors import Inline
from summarizer.scale.planning import plan_archive
from summarizer.scale.settings import ScaleConfig, Settings
from summarizer.scale.store import Store
from summarizer.scale.tasks import Done
from tests.scale_archive import make_rows, write_rows

SETTINGS = Settings(scale=ScaleConfig(articles_per_task=1_000))


def run(root: Path, rows: Sequence[dict[str, str]]) -> tuple[list[Done], list[tuple[str, str, float]]]:
    store, inline = Store(root), Inline()
    path = write_rows(root / "a.jsonl", rows)
    articles = inline.run(root, SETTINGS, plan_archive([path], SETTINGS, store))
    days = inline.run(root, SETTINGS, plan_days(store, articles))
    done = inline.run(root, SETTINGS, plan_copies(days, SETTINGS))
    tables = [store.read("copies", one.key, "pairs").to_pylist() for one in done]
    return done, [(row["left"], row["right"], row["containment"]) for table in tables for row in table]


def groups(ids: Sequence[str], pairs: Sequence[tuple[str, str, float]]) -> set[frozenset[str]]:
    of = {one: {one} for one in ids}
    for left, right, _ in pairs:
        if of[left] is not of[right]:
            of[left] |= of[right]
            for one in of[right]:
                of[one] = of[left]
    return {frozenset(group) for group in of.values()}


def article(words: int, seed: int) -> str:
    chance = random.Random(seed)
    letters = "bcdfghklmnprstvw"
    made = ["".join(chance.choice(letters) + chance.choice("aeiou") for _ in range(3)) for _ in range(words)]
    return " ".join(word + "." * (k % 12 == 11) for k, word in enumerate(made)) + "."


def row(name: str, text: str, day: int = 1, **fields: str) -> dict[str, str]:
    return {"id": name, "text": text, "language": "en", "published": f"2026-03-{day:02d}T08:00:00Z", **fields}


def test_articles_of_one_day_get_the_groups_that_folding_gives(tmp_path: Path) -> None:
    rows = [{**one, "id": f"r{k}", "language": "en", "published": "2026-03-01"} for k, one in enumerate(make_rows(250))]
    long = article(200, 1)
    wire = " ".join(long.split()[:70])
    rows += [row("short", " ".join(long.split()[:15])), row("holds", long), row("again", " ".join(long.split()[:15]))]
    rows += [row(f"wire{k}", f"OSLO (AP) — {wire} {article(120, 50 + k)}") for k in range(2)]
    rows += [row(f"plain{k}", f"{article(70, 7)} {article(120, 60 + k)}") for k in range(2)]
    _, pairs = run(tmp_path, rows)
    documents = [Document(one["text"], id=one["id"], published=one["published"]) for one in rows]
    folded: dict[str, set[str]] = {}
    for document in fold_copies([clean(document) for document in documents]):
        folded.setdefault(document.origin_id, set()).add(document.id)
    assert groups([one["id"] for one in rows], pairs) == set(map(frozenset, folded.values()))
    assert sum(len(group) > 1 for group in folded.values()) > 15
    assert any({"wire0", "wire1"} <= group for group in folded.values())
    assert any({"short", "holds", "again"} <= group for group in folded.values())


def test_copies_are_found_on_the_days_before_and_no_further(tmp_path: Path) -> None:
    texts = [article(150, number) for number in range(4)]
    rows = [row(f"a{number}", text, 1) for number, text in enumerate(texts)]
    rows += [row("b1", texts[1], 2), row("b2", texts[2], 3), row("b3", texts[3], 4)]
    done, pairs = run(tmp_path, rows)
    assert [(left, right) for left, right, _ in pairs] == [("b1", "a1"), ("b2", "a2")]
    assert [one.counts["pairs"] for one in done] == [0, 1, 1, 0]
    assert all(share == 1.0 for *_, share in pairs)


def test_a_copy_cut_to_half_with_local_text_added_is_found(tmp_path: Path) -> None:
    text = article(300, 5)
    cut = " ".join(text.split()[:150])
    _, pairs = run(tmp_path, [row("a", text), row("b", f"{cut} {article(40, 6)}"), row("c", article(300, 7))])
    (found,) = pairs
    assert sorted(found[:2]) == ["a", "b"]
    assert found[2] == pytest.approx(146 / 186, abs=0.02)


def test_an_article_that_hundreds_print_is_one_group_and_boilerplate_is_none(tmp_path: Path) -> None:
    text, notice = article(120, 1), article(30, 2)
    rows = [row(f"p{number:03d}", f"{text} {article(number % 30, 100 + number)}") for number in range(150)]
    rows += [row(f"q{number:03d}", f"{article(100, 500 + number)} {notice}") for number in range(150)]
    done, pairs = run(tmp_path, rows)
    found = groups([one["id"] for one in rows], pairs)
    assert sorted(map(len, found))[-2:] == [1, 150]
    assert done[0].counts["hot"] > 20
    assert done[0].counts["candidates"] < 150 * HOT


def test_a_short_article_joins_no_two_others(tmp_path: Path) -> None:
    flash = article(14, 1)
    rows = [row("flash", flash)] + [row(f"long{k}", f"{flash} {article(120, 2 + k)}") for k in range(3)]
    _, pairs = run(tmp_path, rows)
    assert len(pairs) == 1
    assert "flash" in pairs[0][:2]


def test_the_ways_that_are_measured_find_copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    documents = [Document(". ".join(article(12, 20 * k + j) for j in range(20))) for k in range(40)]
    made = SimpleNamespace(clusters=[SimpleNamespace(documents=documents)])
    monkeypatch.setattr(scale_copies, "load", lambda _folder, _name: made)
    found = scale_copies.measure(tmp_path, articles=50, copies=20)
    assert set(found) == set(scale_copies.CASES)
    for case in found.values():
        ways = {row["way"]: row for row in case["ways"]}
        assert case["pairs"] >= 20
        assert ways["sample 1/4"]["recall"] >= 0.95
        assert ways["MinHash 64 x 2"]["recall"] >= 0.5
        assert ways["sample 1/4"]["candidates_per_article"] < 3


def lists(*values: Sequence[int]) -> Lists:
    flat: NDArray[np.uint32] = np.concatenate([np.array(one, dtype=np.uint32) for one in values])
    return Lists(flat, np.concatenate([[0], np.cumsum([len(one) for one in values])]))


def test_candidates_share_enough_of_the_smaller_sample() -> None:
    sample = lists([1, 2, 3, 4], [3, 4, 9, 10], [4, 20, 21, 22, 23, 24, 25, 26], [], [30, 31])
    found = find_candidates(sample, 5, np.full(5, 0.8))
    assert list(zip(found.left.tolist(), found.right.tolist(), strict=True)) == [(0, 1)]
    found = find_candidates(sample, 1, np.full(5, 0.1))
    assert list(zip(found.left.tolist(), found.right.tolist(), strict=True)) == [(0, 1), (0, 2)]
    assert find_candidates(lists([]), 1, np.zeros(1)).left.tolist() == []
    assert share_of(sample, np.array([0, 2, 3]), np.array([1, 0, 4])).tolist() == [2, 1, 0]


def test_the_days_before_are_those_that_the_window_reaches() -> None:
    assert days_before("en-20260301", 1) == ["en-20260228"]
    assert days_before("en-20260301", 24) == ["en-20260228"]
    assert days_before("en-20260301", 25) == ["en-20260228", "en-20260227"]
    assert days_before("en-undated", 36) == []
    assert days_before("en-00010101", 36) == []
