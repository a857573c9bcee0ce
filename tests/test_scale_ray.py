"""Ray does the tasks as one process does them, and does again what a worker of it leaves undone."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from summarizer.errors import ConfigError, InputError
from summarizer.scale.executors import Inline, RayTasks
from summarizer.scale.planning import plan_archive
from summarizer.scale.store import ITEMS, Store
from summarizer.scale.tasks import Task
from tests import scale_poison
from tests.scale_archive import SETTINGS, digests, make_rows, run_stages, write_archive, write_rows

pytest.importorskip("ray", reason="the extra 'ray' is not installed: pip install 'crossbrief[ray]'")
# Ray opens files and sockets that it leaves to the end of the process.
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RayTasks]:
    once = tmp_path_factory.mktemp("ray") / "once"
    os.environ[scale_poison.ONCE] = str(once)  # before Ray starts: its workers take the environment from it
    try:
        with RayTasks(workers=2, prepare="tests.scale_poison:install") as executor:
            yield executor
    finally:
        del os.environ[scale_poison.ONCE]


def test_ray_writes_what_one_process_writes(cluster: RayTasks, tmp_path: Path) -> None:
    archive = write_archive(tmp_path / "archive")
    assert digests(run_stages(tmp_path / "ray", [archive], cluster)) == digests(
        run_stages(tmp_path / "inline", [archive], Inline())
    )
    assert not list((tmp_path / "ray" / "work" / ITEMS).iterdir())


def test_a_worker_that_is_killed_is_replaced_and_poison_passed_over(cluster: RayTasks, tmp_path: Path) -> None:
    rows = make_rows(12)
    rows[3]["text"] += " ENDS-EVERY."
    rows[9]["text"] += " ENDS-ONE."
    path = write_rows(tmp_path / "poison.jsonl", rows)
    (done,) = cluster.run(tmp_path, SETTINGS, plan_archive([path], SETTINGS, Store(tmp_path)))
    assert Path(os.environ[scale_poison.ONCE]).exists()
    assert (done.counts["articles"], done.counts["failed"]) == (11, 1)
    failed = json.loads((Store(tmp_path).folder("articles", done.key) / "failed.jsonl").read_text("utf-8"))
    assert failed["place"] == f"{path} line 4"


def test_errors_of_workers_are_those_of_this_package(cluster: RayTasks, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"cannot be read: delete .* and go on with --resume"):
        cluster.run(tmp_path, SETTINGS, [Task("days", "en-20260301", {"parts": [["gone", 0]]})])


def test_workers_are_the_clusters_own() -> None:
    with pytest.raises(ConfigError, match="workers are at least 1"):
        RayTasks("ray://head:10001", workers=2)
    with pytest.raises(ConfigError, match="workers are at least 1"):
        RayTasks(workers=0)
