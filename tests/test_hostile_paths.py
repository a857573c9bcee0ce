"""Where the command writes: a file is written whole or stays as it was, and nothing else is touched."""

from __future__ import annotations

import json
import os
import resource
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from summarizer import cli, summarize
from tests.conftest import ROOT

TEXT = "Exports fell by 3% in May, the ministry said. Rain is expected in London on Tuesday."


@pytest.fixture(name="article")
def _article(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    return folder / "a.txt"


def brief(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(cli.app, ["brief", "--embedder", "tfidf", *map(str, arguments)])
    assert "unexpected" not in result.stderr
    return result.exit_code, result.stderr


def everything_below(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if stat.S_ISREG(path.lstat().st_mode)
    }


NAMES = ["-o", "--state"]


@pytest.mark.parametrize("flag", NAMES)
@pytest.mark.parametrize("place", ["folder", "device", "link to a device", "link to a folder", "loop", "long", "pipe",
                                   "in a file", "missing folder", "blank"])  # fmt: skip
def test_places_that_take_no_file(flag: str, place: str, article: Path, tmp_path: Path) -> None:
    """Said before the work with the name of the place; nothing is made, and nothing waits for a pipe."""
    spot = tmp_path / "spot"
    match place:
        case "folder":
            spot.mkdir()
        case "device":
            spot = Path(os.devnull)
        case "link to a device":
            spot.symlink_to(os.devnull)
        case "link to a folder":
            spot.symlink_to(tmp_path)
        case "loop":
            spot.symlink_to(spot)
        case "long":
            spot = tmp_path / ("x" * 300)
        case "pipe":
            os.mkfifo(spot)
        case "in a file":
            spot = article / "b.json"
        case "missing folder":
            spot = tmp_path / "no" / "b.json"
        case "blank":
            spot = Path("")
    before = everything_below(tmp_path)
    code, said = brief(article, flag, spot, "--force")
    assert code in (1, 2, 3)
    assert said.startswith("error: ")
    assert everything_below(tmp_path) == before
    assert not [name for name in os.listdir(tmp_path) if name.startswith(".briefing")]


@pytest.mark.parametrize(
    "name", ["two\nlines.md", "\x1b[31m.md", "‮abc.md", "a b'\"$(x);.md", "x" * 200 + ".md", "-o.md"]
)
def test_odd_names_are_names(name: str, article: Path, tmp_path: Path) -> None:
    code, said = brief(article, "-o", tmp_path / name, "--state", tmp_path / f"{name[:100]}.json")
    assert code == 0, said
    assert (tmp_path / name).read_text(encoding="utf-8").startswith("#")
    assert json.loads((tmp_path / f"{name[:100]}.json").read_text(encoding="utf-8"))["state_version"] == 1
    assert not {"\x1b", "\u202e"} & set(said)
    assert said.count("\n") == len([line for line in said.split("\n") if ":" in line])


def test_a_link_is_followed_and_only_its_file_replaced(article: Path, tmp_path: Path) -> None:
    (tmp_path / "real.md").write_text("old", encoding="utf-8")
    (tmp_path / "link.md").symlink_to("real.md")
    code, said = brief(article, "-o", tmp_path / "link.md")
    assert (code, (tmp_path / "real.md").read_text(encoding="utf-8")) == (1, "old")
    assert "exists already" in said
    assert brief(article, "-o", tmp_path / "link.md", "--force")[0] == 0
    assert (tmp_path / "link.md").is_symlink()
    assert (tmp_path / "real.md").read_text(encoding="utf-8").startswith("#")


@pytest.mark.parametrize("since", [False, True])
@pytest.mark.parametrize("linked", [False, True])
def test_a_file_that_is_no_state_is_never_replaced_by_one(
    since: bool, linked: bool, article: Path, tmp_path: Path
) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("my notes", encoding="utf-8")
    state = tmp_path / "state.json"
    if linked:
        state.symlink_to(notes)
    else:
        state = notes
    summarize([TEXT], embedder="tfidf").save_state(tmp_path / "earlier.json")
    more = ["--since", tmp_path / "earlier.json"] if since else []
    code, said = brief(article, "--state", state, *more)
    assert code == 3
    assert str(state) in said
    assert notes.read_text(encoding="utf-8") == "my notes"


def test_the_output_and_the_state_are_two_files(article: Path, tmp_path: Path) -> None:
    code, said = brief(article, "-o", tmp_path / "b.json", "--state", tmp_path / "in" / ".." / "b.json")
    assert (code, (tmp_path / "b.json").exists()) == (2, False)
    assert "--state" in said


@pytest.mark.parametrize("flag", ["--embedding-cache", "--fetch-cache"])
@pytest.mark.parametrize("place", ["file", "device", "in a file", "long", "loop", "link to a folder", "foreign"])
def test_a_cache_that_cannot_be_kept_changes_nothing(flag: str, place: str, article: Path, tmp_path: Path) -> None:
    """What stood there stays."""
    spot = tmp_path / "spot"
    match place:
        case "file":
            spot.write_text("mine", encoding="utf-8")
        case "device":
            spot = Path(os.devnull)
        case "in a file":
            spot = article / "cache"
        case "long":
            spot = tmp_path / ("x" * 300)
        case "loop":
            spot.symlink_to(spot)
        case "link to a folder":
            (tmp_path / "folder").mkdir()
            (tmp_path / "folder" / "mine.txt").write_text("mine", encoding="utf-8")
            spot.symlink_to(tmp_path / "folder")
        case "foreign":
            spot.mkdir()
            (spot / "embeddings-1.sqlite3").write_text("mine", encoding="utf-8")
    before = everything_below(tmp_path)
    result = CliRunner().invoke(
        cli.app, ["brief", str(article), "--embedder", "minilm", flag, str(spot), "--no-compare"]
    )
    # A file that is named is a slip of the hand, which is said; what cannot be made is no reason to make no briefing.
    assert result.exit_code == (2 if place in ("file", "device") else 0), result.stderr
    after = everything_below(tmp_path)
    assert {name: after.get(name) for name in before} == before


LIMITED = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200))
from summarizer import cli
cli.main()
"""


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_FSIZE"), reason="the size of files has no limit on this system")
def test_a_disk_that_is_full_leaves_the_old_file(article: Path, tmp_path: Path) -> None:
    """Also for a user who may write everywhere: no file may be longer than 200 bytes."""
    (tmp_path / "b.md").write_text("old", encoding="utf-8")
    for arguments in (["-o", "b.md", "--force"], ["--state", "s.json"]):
        done = subprocess.run(
            [sys.executable, "-c", LIMITED, "brief", str(article), "--embedder", "tfidf", *arguments],
            capture_output=True, text=True, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        assert done.returncode == 1, done.stderr
        assert "cannot be written" in done.stderr
        assert sorted(os.listdir(tmp_path)) == ["b.md", "in"]
        assert (tmp_path / "b.md").read_text(encoding="utf-8") == "old"
