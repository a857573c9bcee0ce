"""A run that is killed anywhere goes on, and what comes of it is what would have come."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from summarizer.scale.executors import Inline, LocalPool
from summarizer.scale.planning import plan_archive
from summarizer.scale.store import MARKER, Store
from summarizer.scale.tasks import Done
from tests.scale_archive import SETTINGS, digests, run_stages, write_archive

pytestmark = pytest.mark.skipif(os.name == "nt", reason="kills processes as POSIX does")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_archive(tmp_path_factory.mktemp("archive"))


@pytest.fixture(scope="module")
def expected(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Done]]:
    return run_stages(tmp_path_factory.mktemp("inline"), [archive], Inline())


def test_a_run_killed_at_five_points_and_gone_on_with_gives_the_same(
    archive: Path, expected: dict[str, list[Done]], tmp_path: Path
) -> None:
    points = [1, 4, 9, 14, 20]  # folders that are done when it is killed, somewhere in the next ones
    for point in points:
        command = [sys.executable, "-m", "tests.scale_archive", str(tmp_path), str(archive), "2"]
        with subprocess.Popen(command, cwd=Path(__file__).parents[1]) as run:
            while run.poll() is None and len(list(tmp_path.glob(f"work/*/*/{MARKER}"))) < point:
                time.sleep(0.01)
            run.send_signal(signal.SIGKILL)
    assert not list(tmp_path.glob("work/copies/*")) or len(list(tmp_path.glob("work/copies/[!.]*"))) < 5
    Store(tmp_path).sweep()
    assert not list(tmp_path.glob("work/*/.*"))
    assert digests(run_stages(tmp_path, [archive], Inline())) == digests(expected)


def test_a_worker_that_is_killed_is_replaced(archive: Path, expected: dict[str, list[Done]], tmp_path: Path) -> None:
    tasks = plan_archive([archive], SETTINGS, Store(tmp_path))
    killed: list[int] = []
    with LocalPool(2) as pool:

        def kill(_: Done) -> None:
            if len(killed) < 2:
                killed.append(pool.processes[0])
                os.kill(killed[-1], signal.SIGKILL)

        done = pool.run(tmp_path, SETTINGS, tasks, kill)
    assert len(killed) == 2
    assert [one.content for one in done] == [one.content for one in expected["articles"]]


def test_what_is_half_written_or_damaged_is_done_again(
    archive: Path, expected: dict[str, list[Done]], tmp_path: Path
) -> None:
    store = Store(tmp_path)
    tasks = plan_archive([archive], SETTINGS, store)[-3:]
    first = Inline().run(tmp_path, SETTINGS, tasks)
    folders = [store.folder("articles", task.key) for task in tasks]
    (folders[0] / MARKER).write_text('{"stage": "articles"', encoding="utf-8")
    folders[1].rename(folders[1].with_name(f".{tasks[1].key}.half"))
    stamp = (folders[2] / MARKER).stat().st_mtime_ns
    assert [store.done("articles", task.key) for task in tasks[:2]] == [None, None]
    again = Inline().run(tmp_path, SETTINGS, tasks)
    assert [one.content for one in again] == [one.content for one in first]
    assert (folders[2] / MARKER).stat().st_mtime_ns == stamp
    assert {one.content for one in first} <= {one.content for one in expected["articles"]}
