"""The worker: ended at its limit, started again, and no way for a source to reach out of it."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from summarizer.config import SummaryConfig
from summarizer.errors import ReadingError
from summarizer.reading import frames, read_sources, worker
from summarizer.reading.extraction import WORKER, Worker

ROOT = Path(__file__).resolve().parents[1]
TEXT = "Ministers met in London on Tuesday and agreed on the outline of a deal."
PAGE = f"<!DOCTYPE html><html><body><article><p>{TEXT}</p></article></body></html>".encode()
#: Attributes of one element take a parser a time that grows with their square: minutes here, and no limit of its own.
SLOW = b"<html><body><p " + b" ".join(b"a%d=1" % n for n in range(200_000)) + b">x</p></body></html>"


def texts(worker_: Worker, data: bytes = PAGE, seconds: int = 20) -> list[str]:
    with closing(worker_.run("page", "a", seconds, data)) as answers:
        return [answer["article"]["text"] for answer in answers]


def pid(worker_: Worker) -> int:
    assert worker_._process is not None
    return worker_._process.pid


def write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_one_process_serves_many_sources(tmp_path: Path) -> None:
    for number in range(50):
        text = TEXT.replace("Tuesday", f"day {number}") * (1 + number % 3)
        write(tmp_path, f"{number:02}.html", PAGE.replace(TEXT.encode(), text.encode()))
    assert len(read_sources([tmp_path]).documents) == 50
    first = pid(WORKER)
    again = read_sources([tmp_path])
    assert [document.id for document in again.documents] == [f"{number:02}" for number in range(50)]
    assert again == read_sources([tmp_path])
    assert pid(WORKER) == first


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory of a process is read from /proc")
def test_pages_leave_nothing_behind() -> None:
    with closing(Worker()) as own:
        page = PAGE.replace(b"</article>", b"<p>Words of a page that is long enough to be noticed.</p>" * 300)

        def resident() -> int:
            return int(Path(f"/proc/{pid(own)}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")

        for _ in range(15):
            texts(own, page)
        before = resident()
        for _ in range(50):
            texts(own, page)
        assert resident() - before < 20_000_000


def test_a_source_that_takes_too_long_is_ended_and_the_others_go_on(tmp_path: Path) -> None:
    write(tmp_path, "a.html", PAGE)
    slow = write(tmp_path, "b.html", SLOW)
    write(tmp_path, "c.html", PAGE)
    start = time.perf_counter()
    reading = read_sources([tmp_path], config=SummaryConfig(extraction_seconds=1))
    assert time.perf_counter() - start < 60
    assert [document.id for document in reading.documents] == ["a", "c"]
    (failure,) = reading.failures
    assert failure.source == str(slow)
    assert failure.reason.startswith("took over 1 s and was ended: save its text")
    assert "--extraction-seconds" in failure.reason


def test_a_worker_that_dies_is_replaced() -> None:
    with closing(Worker()) as own:
        assert texts(own) == [TEXT]
        first = pid(own)
        own._process.kill()  # type: ignore[union-attr]
        own._process.wait()  # type: ignore[union-attr]
        assert texts(own) == [TEXT]
        assert pid(own) != first


def test_a_worker_that_dies_at_work_is_a_reason() -> None:
    with closing(Worker()) as own:
        texts(own)
        timer = threading.Timer(0.3, own._process.kill)  # type: ignore[union-attr]
        timer.start()
        with pytest.raises(ReadingError, match=r"^a: was ended by the system"):
            texts(own, SLOW)
        timer.join()
        assert texts(own) == [TEXT]


def test_a_conversation_broken_off_is_not_heard_by_the_next() -> None:
    with closing(Worker()) as own:
        answers = own.run("fragment", "a", 20, b'["<p>one</p>", "<p>two</p>", "<p>three</p>"]')
        assert next(answers)["article"]["text"] == "one"
        answers.close()
        stale = own.run("fragment", "a", 20, b'["<p>one</p>", "<p>two</p>", "<p>three</p>"]')
        next(stale)
        assert texts(own) == [TEXT]
        stale.close()


def test_threads_take_turns() -> None:
    found: list[list[str]] = []
    threads = [threading.Thread(target=lambda: found.append(texts(WORKER))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [[TEXT]] * 6


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork on this system")
def test_a_fork_gets_a_worker_of_its_own(tmp_path: Path) -> None:
    write(tmp_path, "a.html", PAGE)
    program = (
        "import os, sys\nfrom summarizer.reading import read_sources\n"
        f"read = lambda: read_sources([{str(tmp_path / 'a.html')!r}]).documents[0].text\n"
        "first = read()\nchild = os.fork()\n"
        "same = read() == first\n"
        "if child == 0: os._exit(0 if same else 1)\n"
        "sys.stdout.write(f'{same} {os.waitpid(child, 0)[1]}')"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert done.stdout == "True 0", done.stderr


def test_scripts_without_a_main_guard_and_hostile_folders(tmp_path: Path) -> None:
    page = write(tmp_path, "a.html", PAGE)
    write(tmp_path, "lxml.py", b"raise SystemExit('imported from the folder')")
    write(tmp_path, "json.py", b"raise SystemExit('imported from the folder')")
    (tmp_path / "elsewhere").mkdir()
    program = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\nfrom summarizer.reading import read_sources\n"
        f"reading = read_sources([{str(page)!r}])\nsys.stdout.write(reading.documents[0].text)\n"
    )
    script = write(tmp_path / "elsewhere", "script.py", program.encode())
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, cwd=tmp_path, timeout=60)
    assert done.stdout == TEXT, done.stderr


def test_the_hash_seed_moves_nothing(tmp_path: Path) -> None:
    page = write(tmp_path, "a.html", PAGE)
    program = (
        "import sys\nfrom summarizer.reading import read_sources\n"
        f"sys.stdout.write(repr(read_sources([{str(page)!r}])))"
    )
    given = {
        subprocess.run(
            [sys.executable, "-c", program], capture_output=True, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    }
    assert len(given) == 1


def test_what_a_source_may_not_do(tmp_path: Path) -> None:
    program = (
        "import os, socket, subprocess, sys\nfrom summarizer.reading import worker\nworker._restrict()\n"
        "def connect(): socket.create_connection(('127.0.0.1', 9), timeout=1)\n"
        "def look_up(): socket.getaddrinfo('localhost', 9)\n"
        "def run(): subprocess.run(['true'])\n"
        "def system(): os.system('true')\n"
        "def write(): open('made', 'w')\n"
        "def remove(): os.remove('kept')\n"
        "def eat(): bytearray(2**42)\n"
        "for act in (connect, look_up, run, system, write, remove, eat):\n"
        "    try: act(); sys.stdout.write(f'{act.__name__} was let through')\n"
        "    except (PermissionError, MemoryError): pass\n"
        "sys.stdout.write(open('kept').read())"
    )
    write(tmp_path, "kept", b"kept")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=tmp_path, env=environment, timeout=60
    )
    assert done.stdout == "kept", done.stderr
    assert not (tmp_path / "made").exists()


def test_frames() -> None:
    pipe = io.BytesIO()
    for message in (b"", b"one", b"x" * 100_000):
        frames.send(pipe, message)
    pipe.seek(0)
    assert [frames.receive(pipe) for _ in range(3)] == [b"", b"one", b"x" * 100_000]
    for broken in (b"", b"\0" * 7, b"\0" * 7 + b"\5abc", b"\xff" * 8):
        with pytest.raises(EOFError):
            frames.receive(io.BytesIO(broken))


def test_kinds_name_functions_that_exist() -> None:
    from importlib import import_module

    for kind, (module, what, extra, libraries) in worker.KINDS.items():
        assert callable(getattr(import_module(f"summarizer.reading.{module}"), f"run_{kind}"))
        assert what.startswith("reading ")
        assert extra in ("web", "pdf", "scale")
        assert libraries


def test_reading_text_starts_no_process(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", TEXT.encode())
    program = (
        "import sys\nfrom summarizer.reading import extraction, read_sources\n"
        f"read_sources([{str(path)!r}])\n"
        "heavy = [name for name in ('trafilatura', 'lxml', 'feedparser', 'pypdf', 'fastwarc') if name in sys.modules]\n"
        "sys.stdout.write(f'{extraction.WORKER._process} {heavy}')"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout == "None []", done.stderr
