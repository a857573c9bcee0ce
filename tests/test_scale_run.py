"""Runs over archives from end to end: the same bytes whoever works, going on, days added, what is refused."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyarrow", reason="the extra scale is not installed")

from typer.testing import CliRunner

from summarizer import ConfigError, NoInputError, OutputError
from summarizer.cli import app
from summarizer.scale import RunReport, journal, run
from summarizer.scale import runner as runner_module
from summarizer.scale.executors import Inline

SEEDS = sorted((Path(__file__).resolve().parents[1] / "seeds").glob("*.txt"))
FIRE = (
    "A fire in the harbour of Ostend destroyed three warehouses on Monday night. The fire brigade of Ostend sent forty "
    "engines to the harbour. Nobody was hurt in the fire, said mayor Jan Peeters.",
    "Three warehouses burnt down in the harbour of Ostend on Monday night, the fire brigade of the city said. Mayor "
    "Jan Peeters said nobody was hurt. Forty engines fought the fire in the harbour.",
)
LATER = (
    "Police in Ostend arrested a watchman over the fire that destroyed three warehouses in the harbour on Monday. "
    "Mayor Jan Peeters said the damage was 12 million euros. The watchman denies that he lit the fire in the harbour."
)
FINAL = ("events.jsonl", "events.parquet", "index.html", "briefings", "failed")


def line(name: str, text: str, published: str) -> str:
    return json.dumps({"id": name, "text": text, "published": published, "language": "en"})


def write(path: Path, lines: Sequence[str]) -> Path:
    path.write_text("".join(f"{one}\n" for one in lines), encoding="utf-8")
    return path


def first_day(folder: Path) -> Path:
    talks = [
        line(path.stem, path.read_text(encoding="utf-8"), f"2025-06-10T{place + 8:02d}:00:00")
        for place, path in enumerate(SEEDS)
    ]
    fire = [line(f"fire-{k}", text, f"2025-06-10T0{k + 6}:30:00") for k, text in enumerate(FIRE)]
    alone = line(
        "alone", "A museum in Ghent opened a hall for clocks. Its keeper Els Maes wound all of them.", "2025-06-10"
    )
    return write(folder / "2025-06-10.jsonl", [*talks, *fire, alone, "{broken"])


def second_day(folder: Path) -> Path:
    return write(folder / "2025-06-11.jsonl", [line("fire-later", LATER, "2025-06-11T09:00:00")])


def copied_day(folder: Path) -> Path:
    """Write a day with a copy of what was told."""
    return write(folder / "2025-06-12.jsonl", [line("copied", FIRE[0], "2025-06-11T05:00:00")])


def digest(out: Path) -> str:
    """Digest all that a run gives its reader."""
    found = hashlib.sha256()
    for name in FINAL:
        for path in sorted((out / name).rglob("*")) if (out / name).is_dir() else [out / name]:
            found.update(path.relative_to(out).as_posix().encode() + path.read_bytes())
    return found.hexdigest()


def rows(out: Path) -> dict[str, dict[str, Any]]:
    lines = (out / "events.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["event"]: row for row in map(json.loads, lines)}


@pytest.fixture
def inline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in this process: most tests are about what is done, not about who does it."""
    monkeypatch.setattr(runner_module, "LocalPool", lambda _workers: Inline())


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, RunReport, Path]:
    """A run with two workers."""
    folder = tmp_path_factory.mktemp("archive")
    archive = first_day(folder)
    return folder / "out", run([archive], folder / "out", workers=2), archive


def test_events_are_found_and_briefed(done: tuple[Path, RunReport, Path]) -> None:
    out, report, _ = done
    assert (report.events, report.articles, report.failed, report.few_origins) == (2, 8, 1, 1)
    found = rows(out)
    sizes = sorted((row["origins"], row["articles"]) for row in found.values())
    assert sizes == [(2, 2), (5, 5)]
    talks = max(found.values(), key=lambda row: row["origins"])
    assert talks["briefing"]["statements"][0]["origins"] >= 2
    failed = json.loads((out / "failed" / "articles.jsonl").read_text(encoding="utf-8"))
    assert "line 9" in str(failed)
    page = (out / "index.html").read_text(encoding="utf-8")
    assert page.index("5 origins") < page.index("2 origins")
    assert len(list((out / "briefings").iterdir())) == 2
    assert json.loads((out / "report.json").read_text(encoding="utf-8"))["events"] == 2
    assert report.to_dict()["stages"][0]["name"] == "articles"


@pytest.mark.usefixtures("inline")
def test_who_works_changes_no_byte(done: tuple[Path, RunReport, Path], tmp_path: Path) -> None:
    out, _, archive = done
    run([archive], tmp_path / "out", workers=1)
    assert digest(tmp_path / "out") == digest(out)


@pytest.mark.usefixtures("inline")
def test_a_run_that_is_done_is_not_done_again(tmp_path: Path) -> None:
    archive, out = first_day(tmp_path), tmp_path / "out"
    run([archive], out)
    before = digest(out)
    again = run([archive], out, resume=True)
    assert all(stage.earlier == stage.tasks for stage in again.stages)
    assert again.generation == 1
    assert digest(out) == before
    archive.unlink()
    run([], out, resume=True)
    assert digest(out) == before


@pytest.mark.usefixtures("inline")
def test_a_run_that_was_cut_off_goes_on_to_the_same_bytes(tmp_path: Path, done: tuple[Path, RunReport, Path]) -> None:
    archive, out = done[2], tmp_path / "out"

    def stop(stage: str, finished: int, total: int, items: int) -> None:
        if stage == "neighbours":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run([archive], out, progress=stop)
    assert not (out / "events.jsonl").exists()
    report = run([], out, resume=True)
    assert report.stages[0].earlier == report.stages[0].tasks
    assert report.generation == 1
    assert digest(out) == digest(done[0])


@pytest.mark.usefixtures("inline")
def test_an_added_day_tells_what_is_new_and_leaves_the_rest(tmp_path: Path) -> None:
    out = tmp_path / "out"
    run([first_day(tmp_path)], out)
    before = rows(out)
    report = run([second_day(tmp_path)], out, resume=True)
    after = rows(out)
    assert (report.generation, report.briefed, report.articles) == (2, 1, 9)
    assert set(after) == set(before), "the fire goes on under its name"
    fire = next(name for name in before if before[name]["origins"] == 2)
    talks = next(name for name in before if before[name]["origins"] == 5)
    assert after[talks] == before[talks]
    assert (after[fire]["articles"], after[fire]["generation"]) == (3, 2)
    briefing = after[fire]["briefing"]
    assert {one["document_id"] for told in briefing["statements"] for one in told["support"]} == {"fire-later"}
    assert briefing["changes"]
    assert "updated" in (out / "index.html").read_text(encoding="utf-8")
    # All at once gives the same articles, told once.
    run([tmp_path / "2025-06-10.jsonl", tmp_path / "2025-06-11.jsonl"], tmp_path / "at-once")
    assert rows(tmp_path / "at-once")[fire]["articles"] == 3


@pytest.mark.usefixtures("inline")
def test_an_added_day_writes_the_parts_that_it_touches(tmp_path: Path) -> None:
    out = tmp_path / "out"
    run([first_day(tmp_path)], out)
    other = [
        line(f"flood-{k}", text.replace("fire", "flood").replace("Ostend", "Liège"), "2025-07-01")
        for k, text in enumerate(FIRE)
    ]
    run([write(tmp_path / "other.jsonl", other)], out, resume=True)
    table = out / "events.parquet"
    assert sorted(path.name for path in table.iterdir()) == ["20250610.parquet", "20250701.parquet"]
    before = {path.name: (path.stat().st_ino, path.read_bytes()) for path in table.iterdir()}
    report = run([copied_day(tmp_path)], out, resume=True)
    after = {path.name: (path.stat().st_ino, path.read_bytes()) for path in table.iterdir()}
    assert after["20250701.parquet"] == before["20250701.parquet"]
    assert after["20250610.parquet"] != before["20250610.parquet"]
    parts = next(stage for stage in report.stages if stage.name == "parts")
    assert (parts.tasks, report.events) == (1, 3)
    from pyarrow import parquet

    told = {row["event"]: json.loads(row["briefing"]) for row in parquet.read_table(table).to_pylist()}
    assert told == {name: row["briefing"] for name, row in rows(out).items()}
    assert [row for row in rows(out)] == list(told), "the same order in both"


@pytest.mark.usefixtures("inline")
def test_an_added_copy_is_counted_and_tells_nothing_new(tmp_path: Path) -> None:
    out = tmp_path / "out"
    run([first_day(tmp_path)], out)
    before = rows(out)
    run([copied_day(tmp_path)], out, resume=True)
    fire = next(name for name in before if before[name]["origins"] == 2)
    after = rows(out)[fire]
    assert after["articles"] == 3
    assert after["briefing"] == before[fire]["briefing"]


@pytest.mark.usefixtures("inline")
def test_what_is_there_is_not_written_over(tmp_path: Path) -> None:
    archive = first_day(tmp_path)
    with pytest.raises(OutputError, match="is not empty, and holds no run"):
        run([archive], tmp_path)
    out = tmp_path / "out"
    run([archive], out)
    with pytest.raises(OutputError, match="--resume"):
        run([archive], out)
    with pytest.raises(ConfigError, match="min_origins 2, now 3"):
        run([archive], out, resume=True, min_origins=3)
    with pytest.raises(ConfigError, match="max_words None, now 80"):
        run([archive], out, resume=True, max_words=80)
    (out / "run.json").write_text("{", encoding="utf-8")
    with pytest.raises(OutputError, match="damaged"):
        run([archive], out, resume=True)


def test_a_run_that_never_began_leaves_nothing(tmp_path: Path) -> None:
    out = tmp_path / "far" / "out"
    with pytest.raises(NoInputError, match="nosuch"):
        run([tmp_path / "nosuch"], out)
    assert list(tmp_path.iterdir()) == [], "the folders that were made for it are gone, too"
    out.mkdir(parents=True)
    with pytest.raises(NoInputError, match="no file"):
        run([], out, resume=True)
    assert list(out.iterdir()) == [], "a folder that was there stays, empty"


def test_what_was_there_before_a_run_that_never_began_stays(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "work").mkdir()
    with pytest.raises(OutputError, match="is not empty, and holds no run"):
        run([first_day(tmp_path)], tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["2025-06-10.jsonl", "notes.txt", "work"]
    cut_off = tmp_path / "cut_off"
    (cut_off / "work").mkdir(parents=True)
    (cut_off / "work" / "pieces.jsonl").write_text("", encoding="utf-8")
    (cut_off / ".lock").touch()
    with pytest.raises(NoInputError):
        run([tmp_path / "nosuch"], cut_off)
    assert (cut_off / ".lock").exists()
    assert (cut_off / "work" / "pieces.jsonl").exists(), "what a run that was cut off knew serves the next"


@pytest.mark.usefixtures("inline")
def test_a_run_that_began_keeps_what_it_has_when_a_later_one_finds_nothing(tmp_path: Path) -> None:
    out = tmp_path / "out"
    run([first_day(tmp_path)], out)
    before = sorted(path for path in out.rglob("*"))
    with pytest.raises(NoInputError):
        run([tmp_path / "nosuch"], out, resume=True)
    assert sorted(path for path in out.rglob("*")) == before


def test_who_waited_for_a_lock_that_was_taken_away_asks_again(tmp_path: Path) -> None:
    taken = []

    def take_away(handle: int, how: int) -> None:
        if not taken:
            (tmp_path / ".lock").unlink()
        taken.append(handle)

    with pytest.MonkeyPatch.context() as context:
        context.setattr(fcntl, "flock", take_away)
        with journal.locked(tmp_path):
            assert (tmp_path / ".lock").exists()
    assert len(taken) == 2


def test_two_runs_do_not_work_in_one_folder(tmp_path: Path) -> None:
    handle = os.open(tmp_path / ".lock", os.O_RDWR | os.O_CREAT)
    fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        with pytest.raises(OutputError, match="another run"):
            run([first_day(tmp_path)], tmp_path)
    finally:
        os.close(handle)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"window": 36}, "unknown setting window"),
        ({"window_hours": 0}, "window_hours must be at least 1"),
        ({"window_hours": 36.5}, "window_hours must be a whole number"),
        ({"min_origins": None}, "min_origins must be a number"),
        ({"min_origins": 1.5}, "min_origins must be a whole number"),
        ({"min_origins": True}, "min_origins must be a number"),
        ({"query": "what?"}, "query is of one briefing"),
        ({"workers": 0}, "workers must be"),
        ({"workers": 2, "ray": True}, "workers or ray, not both"),
        ({"embedder": "word2vec"}, "unknown embedder"),
    ],
)
def test_wrong_settings_are_named_before_anything_is_written(
    tmp_path: Path, settings: Mapping[str, Any], message: str
) -> None:
    with pytest.raises(ConfigError, match=message):
        run([first_day(tmp_path)], tmp_path / "out", **settings)
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("inline")
def test_nothing_to_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(NoInputError):
        run([], tmp_path / "out", resume=True)
    with pytest.raises(NoInputError):
        run([tmp_path / "absent.jsonl"], tmp_path / "other")
    empty = write(tmp_path / "empty.jsonl", ["{broken"])
    report = run([empty], tmp_path / "broken")
    assert (report.events, report.failed) == (0, 1)
    assert "No event was reported" in (tmp_path / "broken" / "index.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("inline")
@pytest.mark.parametrize("data", [b"", bytes(range(256)) * 9], ids=["empty", "binary"])
def test_an_archive_without_an_article_is_no_input(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "archive.txt").write_bytes(data)
    out = tmp_path / "out"
    result = CliRunner().invoke(app, ["events", str(tmp_path / "archive.txt"), "-o", str(out)])
    assert result.exit_code == 3, result.output
    assert "no usable article" in result.stderr
    assert (out / "failed" / "articles.jsonl").exists()


@pytest.mark.usefixtures("inline")
def test_the_command(tmp_path: Path) -> None:
    archive, out = first_day(tmp_path), tmp_path / "out"
    result = CliRunner().invoke(app, ["events", str(archive), "-o", str(out), "--window", "2d", "--workers", "1"])
    assert result.exit_code == 0, result.output
    assert "2 events of 8 articles" in result.stderr
    assert "1 articles or events failed" in result.stderr
    assert json.loads((out / "run.json").read_text(encoding="utf-8"))["settings"]["scale"]["window_hours"] == 48
    strict = CliRunner().invoke(app, ["events", "-o", str(out), "--window", "48h", "--resume", "--strict", "-q"])
    assert strict.exit_code == 4, strict.output
    assert strict.stderr == ""


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["archive.jsonl"], 2, "-o DIR"),
        (["-o", "out"], 2, "name files or folders"),
        (["absent.jsonl", "-o", "out"], 3, "absent.jsonl"),
        (["archive.jsonl", "-o", "out", "--window", "soon"], 2, "36h or 2d"),
        (["archive.jsonl", "-o", "out", "--ray", "--workers", "2"], 2, "not both"),
    ],
)
def test_wrong_usage_of_the_command(
    arguments: list[str], code: int, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first_day(tmp_path).rename(tmp_path / "archive.jsonl")
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, ["events", *arguments])
    assert result.exit_code == code, result.output
    assert message in result.stderr
