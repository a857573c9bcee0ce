"""A run that is killed anywhere goes on, and what comes of it is what would have come."""

from __future__ import annotations

import os
import random
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
from tests.scale_archive import SETTINGS, digests, make_rows, run_stages, write_archive, write_rows

pytestmark = pytest.mark.skipif(os.name == "nt", reason="kills processes as POSIX does")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_archive(tmp_path_factory.mktemp("archive"))


@pytest.fixture(scope="module")
def expected(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Done]]:
    return run_stages(tmp_path_factory.mktemp("inline"), [archive], Inline())


#: Seed of the places at which runs are killed, another one each time; give the one that a failure prints to repeat it.
SEED = int(os.environ.get("SCALE_TEST_SEED") or time.time_ns() % 1_000_000)


def test_a_run_killed_at_five_points_and_gone_on_with_gives_the_same(
    archive: Path, expected: dict[str, list[Done]], tmp_path: Path
) -> None:
    print(f"SCALE_TEST_SEED={SEED}")  # noqa: T201  shown where the test fails
    chance = random.Random(SEED)
    # Folders that are done when it is killed, and for how long it goes on behind that.
    points = sorted((chance.randrange(22), chance.random() * 0.3) for _ in range(5))
    for point, behind in points:
        command = [sys.executable, "-m", "tests.scale_archive", str(tmp_path), str(archive), "2"]
        with subprocess.Popen(command, cwd=Path(__file__).parents[1]) as run:
            while run.poll() is None and len(list(tmp_path.glob(f"work/*/*/{MARKER}"))) < point:
                time.sleep(0.01)
            time.sleep(behind)
            run.send_signal(signal.SIGKILL)
    Store(tmp_path).sweep()
    assert not list(tmp_path.glob("work/*/.*"))
    assert digests(run_stages(tmp_path, [archive], Inline())) == digests(expected)


def test_the_command_killed_at_five_points_and_gone_on_with_gives_the_same(tmp_path: Path) -> None:
    print(f"SCALE_TEST_SEED={SEED}")  # noqa: T201  shown where the test fails
    chance, rows = random.Random(SEED), make_rows(60, days=2)
    source = write_rows(tmp_path / "archive.jsonl", rows)
    whole, out = tmp_path / "whole", tmp_path / "out"
    command = [sys.executable, "-m", "summarizer", "events", "-q", "--workers", "2", "--events-per-task", "2"]
    root = Path(__file__).parents[1]
    subprocess.run([*command, str(source), "-o", str(whole)], cwd=root, check=True)
    n_folders = len(list(whole.glob(f"work/*/*/{MARKER}")))
    for point in sorted(chance.randrange(n_folders + 1) for _ in range(5)):
        # Once the journal is there the archive needs no longer be named.
        more = ["--resume"] if (out / "run.json").exists() else [str(source)]
        with subprocess.Popen([*command, *more, "-o", str(out)], cwd=root) as run:
            while run.poll() is None and len(list(out.glob(f"work/*/*/{MARKER}"))) < point:
                time.sleep(0.002)
            time.sleep(chance.random() * 0.1)
            run.send_signal(signal.SIGKILL)
    subprocess.run(
        [*command, "--resume", "-o", str(out), *([] if (out / "run.json").exists() else [str(source)])],
        cwd=root,
        check=True,
    )
    assert results(out) == results(whole)
    assert len(results(out)) > 5


def results(out: Path) -> dict[str, bytes]:
    """Give all that a run gives its reader, but what tells of times."""
    paths = (path for path in sorted(out.rglob("*")) if path.is_file() and "work" not in path.relative_to(out).parts)
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in paths
        if path.name not in ("report.json", ".lock")
    }


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
