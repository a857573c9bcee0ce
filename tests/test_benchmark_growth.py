"""The growth curve: its text, its processes and their limits, what is said of systems that stop, its tables."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from benchmarks import __main__ as command
from benchmarks import growth
from benchmarks.data import REPOSITORY, DataError
from benchmarks.growth import one as growth_one
from benchmarks.growth.report import growth_section
from benchmarks.memory import peak_memory
from benchmarks.processes import Finished, descendants, held_memory, processor_time, run_limited

TFIDF = "crossbrief_coverage_tfidf"
HAS_PROC = Path("/proc/self/status").is_file()


# --- the text


def test_articles_have_their_length_and_are_seeded() -> None:
    pool = [[f"w{i} " * 9 + "end."] for i in range(300)]
    articles = growth.make_articles(pool, 3, words=200, seed=1)
    assert all(200 <= len(article.split()) < 212 for article in articles)
    assert articles == growth.make_articles(pool, 3, words=200, seed=1)
    assert articles != growth.make_articles(pool, 3, words=200, seed=2)


def test_nothing_is_said_twice_while_the_pool_lasts() -> None:
    pool = [[f"Sentence {i} has five words."] for i in range(100)]
    runs = [run for article in growth.make_articles(pool, 10, words=50) for run in article.split("\n\n")]
    assert len(runs) == len(set(runs)) == 100
    again = [run for article in growth.make_articles(pool, 20, words=50) for run in article.split("\n\n")]
    assert sorted(again) == sorted(runs * 2)


def test_fewer_articles_are_the_first_of_more() -> None:
    pool = [[f"Sentence {i} has five words."] for i in range(100)]
    assert growth.make_articles(pool, 8, words=50)[:3] == growth.make_articles(pool, 3, words=50)


def test_the_pool_falls_back_to_the_seeds_and_holds_no_run_twice(tmp_path: Path) -> None:
    origin, pool = growth.read_pool(tmp_path / "absent")
    assert origin == "seeds"
    assert len(pool) > 10
    assert len({tuple(run) for run in pool}) == len(pool)


# --- one process


def test_one_system_is_measured() -> None:
    articles = ["Ships left the harbour on Monday, the port said.", "The port said ships left the harbour."]
    found = growth_one.measure_one("lead_first", articles, 20, background=["Rain fell."])
    assert found["sentences"] >= 1
    assert found["peak_mb"] > 10
    assert 0 <= found["seconds"] < 5


def test_the_process_answers_in_json_and_refuses_in_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    request = {"system": "lead_first", "articles": ["Rain fell on Monday."], "max_words": 9, "seed": 0}
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(request)))
    assert growth_one.main() == 0
    assert json.loads(capsys.readouterr().out)["sentences"] == 1
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps({**request, "system": "nobody"})))
    assert growth_one.main() == 2
    assert "unknown system 'nobody'" in capsys.readouterr().err


def run(code: str, *, seconds: float = 20, mb: float = 1000, text: str = "") -> Finished:
    return run_limited([sys.executable, "-c", code], text, seconds=seconds, mb=mb, cwd=REPOSITORY)


def test_a_command_within_its_limits() -> None:
    done = run("import sys; print(sys.stdin.read().upper()); sys.exit(3)", text="héllo")
    assert (done.stdout.strip(), done.returncode, done.stopped) == ("HÉLLO", 3, "")


def test_a_command_over_its_time_is_stopped_with_all_it_started() -> None:
    code = (
        "import subprocess, sys, time; p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
        "print(p.pid, flush=True); time.sleep(60)"
    )
    begin = time.perf_counter()
    done = run(code, seconds=1)
    assert done.stopped == "time"
    assert time.perf_counter() - begin < 30
    if HAS_PROC:
        assert ends(Path(f"/proc/{done.stdout.strip()}/stat"))


def ends(status: Path, seconds: float = 10) -> bool:
    """Say whether a process that was killed is gone, or waits only for its exit to be read, before long."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            if status.read_text().rpartition(")")[2].split()[0] in "ZX":
                return True
        except (FileNotFoundError, ProcessLookupError):
            return True
        time.sleep(0.05)  # where every processor is busy, the signal has to wait
    return False


@pytest.mark.skipif(not HAS_PROC, reason="memory of another process is read from /proc")
def test_memory_of_what_a_command_starts_counts() -> None:
    child = "import time; held = bytearray(150_000_000); time.sleep(60)"
    done = run(f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])", mb=120)
    assert done.stopped == "memory"
    assert done.peak_mb > 120


@pytest.mark.skipif(not HAS_PROC, reason="reads /proc")
def test_descendants_are_found() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        found = descendants(os.getpid())
        assert found[0] == os.getpid()
        assert process.pid in found
        assert held_memory([process.pid, 2**30]) > 1
        assert processor_time([process.pid, 2**30]) >= 0
        process.communicate(b"\n")
    assert peak_memory() > 10


# --- the curve


def test_a_run_measures_every_system_at_every_size(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["growth", "--data", str(tmp_path / "absent"), "--systems", f"{TFIDF},lead_first", "--sizes", "3", "2"]
    assert command.main([*arguments, "--words", "100", "--out", str(tmp_path)]) == 0
    found = json.loads((tmp_path / "growth.json").read_text(encoding="utf-8"))
    assert {name: [row["articles"] for row in rows] for name, rows in found["curves"].items()} == {
        TFIDF: [2, 3],
        "lead_first": [2, 3],
    }
    assert (found["default"], found["text"]["from"], found["words_an_article"]) == (TFIDF, "seeds", 100)
    assert all(row["peak_mb"] > 10 and row["sentences"] for rows in found["curves"].values() for row in rows)
    assert found["curves"][TFIDF][0]["signature"]
    assert "lead_first, 3 articles" in capsys.readouterr().out
    assert "| **crossbrief_coverage_tfidf** |" in growth_section(found)


def test_a_system_that_stops_is_named_at_every_size(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    ends = iter(["", "time", "", "memory", "failed"])

    def run_limited(command: Any, text: str, **limits: Any) -> Finished:
        stopped = next(ends)
        figures = {"seconds": 1.0, "cpu_seconds": 1.0, "peak_mb": 90.0, "sentences": 5, "signature": ""}
        if stopped == "failed":
            return Finished(1, "", "Traceback …\nValueError: too many", "", 1.0, 0.0)
        return Finished(0, "noise\n" + json.dumps(figures), "", stopped, 12.0, 99.0)  # type: ignore[arg-type]

    monkeypatch.setattr(growth, "run_limited", run_limited)
    found = growth.measure_growth(
        tmp_path / "absent", systems=[TFIDF, "lead_first", "random"], sizes=[2, 3, 4], words=50, time_limit=12
    )
    stops = {name: [row.get("stopped", "") for row in rows] for name, rows in found["curves"].items()}
    assert stops == {
        TFIDF: ["", "time", "not tried"],
        "lead_first": ["", "memory", "not tried"],
        "random": ["failed", "not tried", "not tried"],
    }
    assert found["curves"][TFIDF][0]["peak_mb"] == 99
    assert found["curves"][TFIDF][2]["why"] == "time at 3 articles"
    assert growth.missed(found) == [f"{TFIDF}, 3 articles: time, took more than 12 s"]
    section = growth_section(found)
    assert "| **crossbrief_coverage_tfidf** | 1.0 | > 12 s | – |" in section
    assert "> 4096 MB" in section
    assert "- random, 2 articles: ValueError: too many" in section


def test_the_oracle_is_not_measured(tmp_path: Path) -> None:
    assert "oracle" not in growth.measurable()
    with pytest.raises(DataError, match="oracle"):
        growth.measure_growth(tmp_path, systems=["oracle"])


def test_slope_is_the_exponent() -> None:
    assert growth.slope([1, 10, 100], [2.0, 2 * 10**1.3, 2 * 100**1.3]) == pytest.approx(1.3)


def test_targets_hold_for_the_default() -> None:
    row = {"articles": 500, "seconds": 9.0, "cpu_seconds": 9.0, "peak_mb": 1200.0}
    found = {
        "curves": {TFIDF: [row], "lead_first": [row]},
        "slopes": {TFIDF: 1.4, "lead_first": 3.0},
        "target": {"systems": [TFIDF]},
    }
    problems = growth.missed(found)
    assert len(problems) == 2
    assert "1200 MB; the target is under 1000 MB" in problems[0]
    assert "n^1.40" in problems[1]
