"""The made archive, and how runs over it are measured."""

from __future__ import annotations

import importlib
import os
import random
from datetime import datetime, timedelta
from typing import Any

import pytest

from benchmarks import scale
from benchmarks.command.stages import MEASURES, module_of
from benchmarks.data import Article, NewsCluster
from benchmarks.drawing.scale import describe_scale
from benchmarks.scale.archive import START, make_rows, write_archive
from benchmarks.scale.lines import missed as missed_lines
from benchmarks.scale.lines import text as text_of_lines
from benchmarks.scale.report import scale_section


def clusters(n: int = 40) -> list[NewsCluster]:
    chance = random.Random(1)

    def text() -> str:
        return " ".join(f"Word{chance.randrange(9999)} said word{chance.randrange(9999)} again." for _ in range(12))

    return [
        NewsCluster(f"c{number}", tuple(Article(text(), None, None) for _ in range(3)), ("reference",), f"c{number}")
        for number in range(n)
    ]


def test_an_archive_has_as_many_articles_as_wanted_and_is_the_same_again() -> None:
    rows = list(make_rows(clusters(), 200, days=10))
    assert len(rows) == len({row["id"] for row in rows}) == 200
    assert rows == list(make_rows(clusters(), 200, days=10))
    times = [datetime.fromisoformat(row["published"]) for row in rows]
    assert START <= min(times)
    assert max(times) < START + timedelta(days=12)


def test_no_article_of_the_data_stands_in_the_archive() -> None:
    given = {document.text for cluster in clusters() for document in cluster.documents}
    made = [row for row in make_rows(clusters(), 100, days=5) if int(row["id"].split("-")[1]) < 100]
    assert not given & {row["text"] for row in made}


def test_an_archive_is_written_by_day_without_its_labels(tmp_path: Any) -> None:
    paths = write_archive(list(make_rows(clusters(), 60, days=3)), tmp_path / "archive")
    assert [path.name for path in paths] == sorted(path.name for path in paths)
    assert all(path.name.endswith(".jsonl.gz") for path in paths)
    import gzip

    first = gzip.decompress(paths[0].read_bytes()).decode()
    assert '"event"' not in first


def test_the_slope_is_the_exponent() -> None:
    assert scale.slope([10, 100, 1000], [3, 30, 300]) == 1.0
    assert scale.slope([10, 100, 1000], [1, 100, 10000]) == 2.0
    assert scale.slope([10], [1]) != scale.slope([10], [1]), "one size has no slope"


def test_the_memory_of_a_process_and_its_children_is_seen() -> None:
    if not os.path.exists("/proc/self/smaps_rollup"):
        return
    assert 10 < scale._memory_of_tree(os.getpid()) < 100_000


def found(**other: Any) -> dict[str, Any]:
    stage = {"seconds": 1.0, "work": 36.0, "articles_per_second": 1000}
    row = {
        "events": 1,
        "failed": 0,
        "seconds": 10.0,
        "memory_mb": 500,
        "disk_mb": 4,
        "shuffle_mb": 2,
        "stages": {"articles": stage, "briefs": stage, "events": stage},
    }
    growth = [{**row, "articles": 1000}, {**row, "articles": 100000, "seconds": 900.0, "memory_mb": 2000}]
    added = {"articles_before": 900, "articles_added": 100, "times_a_day": 1.1, "share_of_all": 0.12}
    gain = {"articles": 1000, "median": 1.8, "all": [1.7, 1.8, 1.9]}
    dense = {**growth[0], "stages": {**growth[0]["stages"], "neighbours": stage}}
    usual = {"dense": dense, "days": 5, "cores": 2, "growth": growth, "slope": 0.98, "gain": gain, "added_day": added}
    return {**usual, **other}


def test_missed_targets_are_named() -> None:
    assert scale.missed(found()) == []
    problems = scale.missed(found(slope=1.3, gain={"articles": 1, "median": 1.2, "all": [1.2]}))
    assert len(problems) == 2
    assert "n^1.30" in problems[0]


def test_the_tables_and_the_picture_say_the_same() -> None:
    table = scale_section(found())
    assert "| 100,000 | 1 | 900 |" in table
    assert "n^0.98" in table
    assert "| 10⁶ articles, a day | 0.3 | 0.1 | 0.10 | 0.0 | 0 |" in table, "three stages of .36 ms an article"
    assert "n^0.98" in describe_scale(found())


def test_an_added_day_is_shown_for_two_archives() -> None:
    usual = {"cpu_added": 9.0, "cpu_least": 4.0, "articles_added": 100, "times_a_day": 1.1, "share_of_all": 0.12}
    small = {**usual, "articles_before": 900, "cpu_before": 40.0, "times_a_day_above_least": 1.13}
    large = {**usual, "articles_before": 9000, "cpu_before": 400.0, "times_a_day_above_least": 1.13}
    table = scale_section(found(added_day={**large, "archives": [small, large]}))
    assert "| 900 | 40.0 | 9.0 | 4.0 | 1.13 |" in table
    assert "| 9,000 | 400.0 | 9.0 | 4.0 | 1.13 |" in table


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_has_its_module(name: str) -> None:
    assert callable(importlib.import_module(module_of(name)).measure)


def test_sentences_that_are_dropped_and_lines_that_are_kept_are_misses() -> None:
    kind = {"lines": 2, "repeated": 2, "dropped": 2, "planted": 9, "marked": 8}
    natural = {"lines": 3, "lines_dropped": 2, "sentences": 1, "sentences_dropped": 0}
    cost = {"reading": 1.5, "digests": 0.04, "lines": 0.1, "marking": 0.1, "marked": 7}
    kinds = {"lines of outlets": kind, "stock phrases": kind, "quotation in a story": {**kind, "dropped": 0}}
    told: dict[str, Any] = {"articles": 1_000, "added": 9, "kinds": kinds, "natural": natural, "cost": cost}
    assert missed_lines(told) == []
    assert "| quotation in a story | 2 | 2 | 0 | 9 | 8 |" in text_of_lines(told)
    kinds |= {"lines of outlets": {**kind, "dropped": 1}, "quotation in a story": kind}
    assert missed_lines(told) == ["1 lines of outlets are kept", "2 of quotation in a story are dropped"]
