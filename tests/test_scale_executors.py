"""Whoever does the tasks, and whatever becomes of them on the way, the same folders come of it."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path

import pytest

from summarizer.errors import ConfigError, InputError, TaskError
from summarizer.scale.attempts import Deaths
from summarizer.scale.executors import Inline, LocalPool
from summarizer.scale.planning import plan_archive
from summarizer.scale.settings import ScaleConfig, Settings
from summarizer.scale.store import Store
from summarizer.scale.tasks import Done, Task
from tests import scale_poison
from tests.scale_archive import SETTINGS, digests, make_rows, run_stages, total, write_archive, write_rows

ENDED = (
    "ended the process that read it, more than once, or took far longer than article_seconds: read it alone to see why"
)
pytestmark = pytest.mark.skipif(os.name == "nt", reason="kills processes as POSIX does")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_archive(tmp_path_factory.mktemp("archive"))


@pytest.fixture(scope="module")
def expected(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Done]]:
    return run_stages(tmp_path_factory.mktemp("inline"), [archive], Inline())


def test_the_archive_is_worth_the_name(expected: dict[str, list[Done]]) -> None:
    assert len(expected["articles"]) > 12
    assert total(expected["days"], "articles") >= 2_000
    assert total(expected["days"], "repeated") == 2
    assert total(expected["days"], "renamed") == 1
    assert total(expected["articles"], "failed") == 3
    assert total(expected["copies"], "pairs") > 100


@pytest.mark.parametrize("workers", [1, 2])
def test_the_pool_writes_what_one_process_writes(
    workers: int, archive: Path, expected: dict[str, list[Done]], tmp_path: Path
) -> None:
    with LocalPool(workers) as pool:
        assert digests(run_stages(tmp_path, [archive], pool)) == digests(expected)


def small_tasks(folder: Path) -> list[Task]:
    path = write_rows(folder / "small.jsonl", make_rows(40))
    return plan_archive([path], Settings(scale=ScaleConfig(articles_per_task=10)), Store(folder))


def test_results_come_in_the_order_of_the_tasks_and_are_told_as_they_come(tmp_path: Path) -> None:
    tasks = small_tasks(tmp_path)
    told: list[Done] = []
    with LocalPool(2) as pool:
        done = pool.run(tmp_path, SETTINGS, tasks, told.append)
        assert [one.key for one in done] == [task.key for task in tasks]
        assert sorted(one.key for one in told) == sorted(one.key for one in done)
        assert pool.run(tmp_path, SETTINGS, tasks, told.append) == done
        assert pool.run(tmp_path, SETTINGS, []) == []


def test_poison_articles_are_among_the_failed_and_end_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = make_rows(12)
    marks = {3: "ENDS-EVERY", 5: "RAISES", 7: "NO-MEMORY", 9: "ENDS-ONE"}
    for number, mark in marks.items():
        rows[number]["text"] += f" {mark}."
    path = write_rows(tmp_path / "poison.jsonl", rows)
    monkeypatch.setenv(scale_poison.ONCE, str(tmp_path / "once"))
    with LocalPool(1, prepare="tests.scale_poison:install") as pool:
        (done,) = pool.run(tmp_path, SETTINGS, plan_archive([path], SETTINGS, Store(tmp_path)))
    assert (tmp_path / "once").exists()  # that one was read by the next worker
    assert (done.counts["articles"], done.counts["failed"]) == (9, 3)
    lines = (Store(tmp_path).folder("articles", done.key) / "failed.jsonl").read_text("utf-8").splitlines()
    raised = "was not understood (ZeroDivisionError in scale_poison.py, line 38): please report it"
    assert [json.loads(line) for line in lines] == [
        {"place": f"{path} line 4", "reason": ENDED},
        {"place": f"{path} line 6", "reason": raised},
        {"place": f"{path} line 8", "reason": ENDED},
    ]


def test_articles_that_take_too_long_are_among_the_failed(tmp_path: Path) -> None:
    rows = make_rows(6)
    rows[1]["text"] += " HANGS."
    rows[4]["text"] += " HEARS-NOTHING."
    path = write_rows(tmp_path / "slow.jsonl", rows)
    settings = Settings(scale=ScaleConfig(article_seconds=1))
    with LocalPool(1, prepare="tests.scale_poison:install") as pool:
        (done,) = pool.run(tmp_path, settings, plan_archive([path], settings, Store(tmp_path)))
    assert (done.counts["articles"], done.counts["failed"]) == (4, 2)
    lines = (Store(tmp_path).folder("articles", done.key) / "failed.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line) for line in lines] == [
        {
            "place": f"{path} line 2",
            "reason": "took longer than 1 seconds; see article_seconds: read it alone to see why",
        },
        {"place": f"{path} line 5", "reason": ENDED},
    ]


def test_a_task_that_ends_workers_wherever_it_is_is_given_up(tmp_path: Path) -> None:
    deaths = Deaths(Task("days", "en-20260301"))
    for number in range(4):
        (tmp_path / "item").write_bytes(number.to_bytes(8, "little", signed=True))
        deaths.add(tmp_path / "item")
    with pytest.raises(TaskError, match="days en-20260301: ended 5 worker processes, and no article alone is to blame"):
        deaths.add(tmp_path / "missing")


def test_errors_of_workers_are_those_of_this_package(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "a.jsonl", make_rows(3))
    tasks = plan_archive([path], SETTINGS, Store(tmp_path))
    path.write_text("{}\n", encoding="utf-8")
    missing = Task("days", "en-20260301", {"parts": [["gone", 0]]})
    with LocalPool(1) as pool:
        with pytest.raises(InputError, match=r"a\.jsonl: has changed since the run began: start it again"):
            pool.run(tmp_path, SETTINGS, tasks)
        with pytest.raises(InputError, match=r"cannot be read: delete .* and go on with --resume"):
            pool.run(tmp_path, SETTINGS, [missing])
        with pytest.raises(TaskError, match="days x: KeyError: 'parts'"):
            pool.run(tmp_path, SETTINGS, [Task("days", "x")])
    with pytest.raises(TaskError, match="days x: KeyError: 'parts'"):
        Inline().run(tmp_path, SETTINGS, [Task("days", "x")])
    with pytest.raises(ConfigError, match="workers must be at least 1, not 0"):
        LocalPool(0)


def test_an_interrupted_run_ends_its_workers(tmp_path: Path) -> None:
    tasks = small_tasks(tmp_path)
    pool = LocalPool(2)

    def interrupt(_: Done) -> None:
        raise KeyboardInterrupt

    before = threading.active_count()
    with pytest.raises(KeyboardInterrupt):
        pool.run(tmp_path, SETTINGS, tasks, interrupt)
    assert pool.processes == []
    assert threading.active_count() == before
