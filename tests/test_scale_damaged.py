"""What is damaged, missing, full or not to be written is named, with what helps; and what helps, helps."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="the extra scale is not installed")

from summarizer import InputError, OutputError
from summarizer.scale import run
from summarizer.scale import runner as runner_module
from summarizer.scale.executors import Inline
from tests.test_scale_run import copied_day, digest, first_day

pytestmark = pytest.mark.skipif(os.name == "nt", reason="limits and links as POSIX has them")
ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(autouse=True)
def inline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner_module, "LocalPool", lambda _workers: Inline())


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of one day, with its archive beside it."""
    folder = tmp_path_factory.mktemp("done")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runner_module, "LocalPool", lambda _workers: Inline())
        run([first_day(folder)], folder / "out")
    return folder


def copy(done: Path, target: Path) -> Path:
    shutil.copytree(done / "out", target / "out")
    return target / "out"


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


def take_away(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("harm", [cut, take_away])
@pytest.mark.parametrize(
    "name",
    ["days/*/articles.parquet", "days/*/descriptions.parquet", "copies/*/pairs.parquet", "articles/*/ids.parquet"],
)
def test_a_damaged_table_is_named_and_made_again(
    done: Path, tmp_path: Path, name: str, harm: Callable[[Path], None]
) -> None:
    out = copy(done, tmp_path)
    path = next(out.glob(f"work/{name}"))
    harm(path)
    more = copied_day(tmp_path)
    with pytest.raises(InputError) as caught:
        run([more], out, resume=True)
    assert str(caught.value) == f"{path}: cannot be read: delete {path.parent} and go on with --resume"
    shutil.rmtree(path.parent)
    run([], out, resume=True)
    whole = copy(done, tmp_path / "whole")
    run([more], whole, resume=True)
    assert digest(out) == digest(whole)


@pytest.mark.parametrize(
    ("name", "harm"),
    [
        ("parts/*/events.parquet", cut),
        ("parts/*/events.jsonl", cut),
        ("parts/*/events.jsonl", take_away),
        ("parts/*/ledger.parquet", take_away),
        ("ledger/*/parts.jsonl", cut),
        ("ledger/*/done.json", take_away),
    ],
)
def test_what_was_told_on_earlier_days_is_not_told_again_as_new(
    done: Path, tmp_path: Path, name: str, harm: Callable[[Path], None]
) -> None:
    out = copy(done, tmp_path)
    path = next(out.glob(f"work/{name}"))
    kept = path.read_bytes()
    harm(path)
    more = copied_day(tmp_path)
    with pytest.raises(InputError, match="put it back from a copy, or begin again in another folder") as caught:
        run([more], out, resume=True)
    assert str(caught.value).startswith(f"{path}: ")
    path.write_bytes(kept)
    assert run([], out, resume=True).generation == 2


@pytest.mark.parametrize("told", ["", "{", "[]", '{"settings": 1, "articles": [], "generation": 1, "finished": true}'])
def test_a_damaged_journal_is_named(done: Path, tmp_path: Path, told: str) -> None:
    out = copy(done, tmp_path)
    (out / "run.json").write_text(told, encoding="utf-8")
    with pytest.raises(OutputError, match=r"run\.json: is damaged: choose another folder"):
        run([], out, resume=True)


def test_results_that_were_taken_away_are_put_back(done: Path, tmp_path: Path) -> None:
    out = copy(done, tmp_path)
    shutil.rmtree(out / "events.parquet")
    shutil.rmtree(out / "briefings")
    (out / "events.jsonl").write_text("", encoding="utf-8")
    run([], out, resume=True)
    assert digest(out) == digest(done / "out")


def test_what_was_half_written_when_a_run_was_killed_is_swept_away(done: Path, tmp_path: Path) -> None:
    out = copy(done, tmp_path)
    half = [
        out / f".index.html.{'0a' * 16}",
        out / ".events.jsonl.partial",
        out / "work" / f".pieces.jsonl.{'0a' * 16}",
    ]
    for path in half:
        path.touch()
    (out / ".events.parquet.partial").mkdir()
    (out / ".gitignore").touch()
    run([], out, resume=True)
    assert sorted(path.name for path in out.glob(".*")) == [".gitignore", ".lock"]
    assert not half[2].exists()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    archive = first_day(tmp_path)
    with pytest.raises(OutputError, match=r"\.jsonl.out: cannot be written to: .*Not a directory"):
        run([archive], archive / "out")


def test_a_folder_that_is_a_file_is_named(done: Path, tmp_path: Path) -> None:
    out = copy(done, tmp_path)
    shutil.rmtree(out / "work" / "neighbours")
    (out / "work" / "neighbours").touch()
    with pytest.raises(
        OutputError, match=r"work/neighbours.*: see that it can be read and written, and go on with --resume"
    ):
        run([copied_day(tmp_path)], out, resume=True)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_folder_that_is_only_read_is_named(done: Path, tmp_path: Path) -> None:
    out = copy(done, tmp_path)
    (out / "work" / "days").chmod(0o500)
    try:
        with pytest.raises(OutputError, match=r"Permission denied: see that it can be read and written"):
            run([copied_day(tmp_path)], out, resume=True)
    finally:
        (out / "work" / "days").chmod(0o700)


@pytest.mark.parametrize("most", [300, 1_500, 8_000])
def test_a_full_disk_is_named_and_the_run_goes_on_when_there_is_room(done: Path, tmp_path: Path, most: int) -> None:
    """A limit on the size of a file does what a full disk does."""
    import resource

    command = [sys.executable, "-m", "summarizer", "events", "-q", "--workers", "1", "-o", str(tmp_path / "out")]
    archive = done / "2025-06-10.jsonl"
    full = subprocess.run(
        [*command, str(archive)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
    )
    assert full.returncode == 1, full.stderr
    assert "File too large: make room, and go on with --resume" in " ".join(full.stderr.split())
    assert str(tmp_path / "out") in full.stderr.replace("\n", "")
    assert "Traceback" not in full.stderr
    run([] if (tmp_path / "out" / "run.json").exists() else [archive], tmp_path / "out", resume=True)
    assert digest(tmp_path / "out") == digest(done / "out")
