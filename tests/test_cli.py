"""The command: flags, streams, files, exit codes, and names that try to steer the terminal."""

from __future__ import annotations

import json
import logging
import os
import re
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import fields
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from summarizer import cli
from summarizer.briefing import to_html, to_json, to_markdown, to_text
from summarizer.briefing.files import check_target, write_file
from summarizer.commands import console
from summarizer.commands import options as option_types
from summarizer.config import EMBEDDERS, STRATEGIES, SummaryConfig
from summarizer.datatypes import Budget, Document, Statement, Summary, Support
from summarizer.errors import (
    BudgetError,
    ConfigError,
    InputError,
    LimitError,
    MissingExtraError,
    ModelError,
    NoInputError,
    OutputError,
    ReadingError,
    SummarizerError,
)
from tests.conftest import validator

ROOT = Path(__file__).parent.parent
HOSTILE = "\x1b]0;owned\x07\x1b[31m\u202e\u200b\n# x"

#: What `brief` takes beside the settings of a summary.
IO_FLAGS = {"sources", "format", "output", "force", "strict", "quiet", "no_color", "width", "state"} | {
    f"rewrite_{name}" for name in ("beams", "words", "device", "batch", "seed", "prompt", "remote")
}


def make_summary(text: str = "Exports fell 12.7% – officials said.", warnings: Sequence[str] = ()) -> Summary:
    document = Document(text=text, id="a", origin_id="a")
    statement = Statement("s1", text, (Support("a", 0, len(text), text, 1.0),), 1, 1, 1.0)
    budget = Budget("words", 150, 5)
    return Summary((statement,), (document,), (), budget, "embed:tfidf", "A title", None, tuple(warnings))


class Stages:
    """Stand-ins of reading and summarizing: they note what they are given, and give or raise what a test sets."""

    def __init__(self) -> None:
        self.reading: Any = SimpleNamespace(documents=(Document("x", id="a"),), warnings=(), failures=(), n_skipped=0)
        self.summary: Any = make_summary()
        self.sources: list[str] = []
        self.config = SummaryConfig()
        self.warnings: tuple[str, ...] = ()

    def read_sources(self, sources: Sequence[str], *, config: SummaryConfig, progress: Any = None) -> Any:
        self.sources, self.config = list(sources), config
        if isinstance(self.reading, BaseException):
            raise self.reading
        return self.reading

    def summarize_documents(
        self,
        documents: Sequence[Document],
        config: SummaryConfig,
        *,
        rewriter: Any = None,
        warnings: Sequence[str] = (),
        progress: Callable[[str, float], None] | None = None,
    ) -> Summary:
        self.warnings = tuple(warnings)
        if progress is not None:
            progress("embed\x1b[31m", 0.5)
        if isinstance(self.summary, BaseException):
            raise self.summary
        return make_summary(self.summary.text, [*self.summary.warnings, *warnings])

    def modules(self) -> dict[str, ModuleType]:
        pipeline, reading = ModuleType("summarizer.pipeline"), ModuleType("summarizer.reading")
        pipeline.summarize_documents = self.summarize_documents  # type: ignore[attr-defined]
        reading.read_sources = self.read_sources  # type: ignore[attr-defined]
        return {"summarizer.pipeline": pipeline, "summarizer.reading": reading}


@pytest.fixture(name="stages")
def _stages(monkeypatch: pytest.MonkeyPatch) -> Stages:
    stages = Stages()
    for name, module in stages.modules().items():
        monkeypatch.setitem(sys.modules, name, module)
    return stages


def invoke(*arguments: str, **settings: Any) -> Any:
    return CliRunner().invoke(cli.app, list(arguments), **settings)


def options(command: str) -> dict[str, Any]:
    group = typer.main.get_command(cli.app)
    return {parameter.name: parameter for parameter in group.commands[command].params}  # type: ignore[attr-defined]


# --- flags -----------------------------------------------------------------------------------------------------------


def test_flags_are_the_settings() -> None:
    settings = {field.name for field in fields(SummaryConfig)}
    flags = options("brief")
    assert set(flags) - IO_FLAGS - {"help"} == settings
    assert set(flags) >= IO_FLAGS
    for field in fields(SummaryConfig):
        assert f"--{field.name.replace('_', '-')}" in flags[field.name].opts
        assert flags[field.name].default == field.default
        assert flags[field.name].help == field.metadata["help"]


def test_settings_arrive(stages: Stages) -> None:
    given = {"max_sentences": 3, "strategy": "mmr", "embedder": "tfidf", "query": "why?", "diversity": 0.25}
    given |= {"cluster_threshold": 0.5, "copy_threshold": 0.75, "language": "de", "max_documents": 7}
    given |= {"max_document_characters": 8, "max_input_sentences": 9, "max_sentence_characters": 10}
    given |= {"max_html_bytes": 11, "max_pdf_bytes": 12, "max_pdf_pages": 13, "max_feed_bytes": 14}
    given |= {"max_feed_entries": 15, "extraction_seconds": 16}
    given |= {"max_redirects": 0, "connect_seconds": 17, "read_seconds": 18, "fetch_seconds": 19}
    given |= {"max_received_bytes": 20, "max_unpacked_bytes": 21, "max_ratio": 22}
    arguments = [part for name, value in given.items() for part in (f"--{name.replace('_', '-')}", str(value))]
    result = invoke("brief", "b.txt", "DIR/", "-", *arguments, "--keep-opinion", "--keep-other-events")
    assert result.exit_code == 0, result.stderr
    assert stages.config == SummaryConfig(**given, keep_opinion=True, keep_other_events=True)
    assert stages.sources == ["b.txt", "DIR/", "-"]


def test_without_flags_the_settings_are_the_defaults(stages: Stages) -> None:
    invoke("brief", "a.txt")
    assert stages.config == SummaryConfig()


def test_rewrite_stands_alone_or_with_a_model(stages: Stages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    model, articles = tmp_path / "model", tmp_path / "news" / "today"
    model.mkdir()
    articles.mkdir(parents=True)
    (model / "config.json").write_text("{}", encoding="utf-8")
    for arguments, rewrite, sources in (
        (["a.txt"], None, ["a.txt"]),
        (["a.txt", "--rewrite"], "fuser", ["a.txt"]),
        (["--rewrite", "a.txt"], "fuser", ["a.txt"]),
        (["--rewrite", "seeds/"], "fuser", ["seeds/"]),
        (["--rewrite", "news/today"], "fuser", ["news/today"]),
        (["--rewrite", "news/gone.txt"], "fuser", ["news/gone.txt"]),
        (["--rewrite", "-"], "fuser", ["-"]),
        (["--rewrite", "https://courier.example/addresses"], "fuser", ["https://courier.example/addresses"]),
        (["--rewrite", "--max-words", "9", "a.txt"], "fuser", ["a.txt"]),
        (["--rewrite=google/flan-t5-small", "a.txt"], "google/flan-t5-small", ["a.txt"]),
        (["--rewrite", "google/flan-t5-small", "a.txt"], "google/flan-t5-small", ["a.txt"]),
        (["--rewrite", "google/flan-t5-small@1a2b", "a.txt"], "google/flan-t5-small@1a2b", ["a.txt"]),
        (["--rewrite", "smollm2", "a.txt"], "smollm2", ["a.txt"]),
        (["--rewrite", "fuser:gist", "a.txt"], "fuser:gist", ["a.txt"]),
        (["--rewrite", "http://localhost:1/v1#m", "a.txt"], "http://localhost:1/v1#m", ["a.txt"]),
        (["--rewrite", "model", "a.txt"], "model", ["a.txt"]),
        (["--rewrite=anything", "a.txt"], "anything", ["a.txt"]),
        (["a.txt", "--", "--rewrite"], None, ["a.txt", "--rewrite"]),
    ):
        result = invoke("brief", *arguments)
        assert result.exit_code == 0, (arguments, result.stderr)
        assert (stages.config.rewrite, stages.sources) == (rewrite, sources), arguments
    assert invoke("brief", "a.txt", "--rewrite=").exit_code == 2


def test_a_word_that_no_file_can_have_is_no_model() -> None:
    assert not console.is_model("a/\0")
    assert not console.is_model("x" * 5000)


def test_help_is_plain_and_names_every_flag() -> None:
    result = invoke("brief", "--help", env={"COLUMNS": "80"})
    assert result.exit_code == 0
    for field in fields(SummaryConfig):
        assert f"  --{field.name.replace('_', '-')} " in result.stdout
    assert "  summarizer brief a.txt b.txt feed.jsonl -o today.md\n" in result.stdout
    assert "Exit codes: 0 done, 1 failure, 2 wrong usage, 3 no usable input," in result.stdout
    assert "\x1b" not in result.stdout
    assert all(len(line) <= 80 for line in result.stdout.split("\n"))


def test_names_complete() -> None:
    for name, known in (("strategy", STRATEGIES), ("embedder", EMBEDDERS)):
        complete = option_types._completer(known)
        assert complete("") == list(known)
        assert complete(known[1][:2]) == [known[1]]
        assert options("brief")[name].metavar == "NAME"


def test_version_and_no_command() -> None:
    assert re.fullmatch(r"summarizer \d+\.\d+\.\d+\S*\n", invoke("--version").stdout)
    result = invoke()
    assert result.exit_code == 2
    assert "brief" in result.stdout
    assert "score" in result.stdout


# --- usage errors ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["brief"], "error: Invalid value for SOURCES: name files, folders, addresses or JSON lines, or - for stdin\n"),
        (["brief", "--max-words", "0", "a"], "--max-words"),
        (["brief", "--max-words", "ten", "a"], "--max-words"),
        (["brief", "--diversity", "1.5", "a"], "--diversity"),
        (["brief", "--diversity", "nan", "a"], "diversity"),
        (["brief", "--strategy", "best", "a"], "error: unknown strategy 'best'; choose one of coverage, mmr"),
        (["brief", "--max-words", "9", "--max-tokens", "9", "a"], "error: give one budget, not 2"),
        (["brief", "--format", "xml", "a"], "xml"),
        (["brief", "--wrods", "9", "a"], "--wrods"),
        (["brief", "--width", "3", "a"], "--width"),
        (["breif", "a"], "Did you mean 'brief'?"),
        (["score", "a"], "REFERENCES"),
    ],
)
def test_wrong_usage_is_two_and_says_what_to_do(arguments: list[str], message: str, stages: Stages) -> None:
    result = invoke(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stderr.startswith("error: ")
    assert result.stdout == ""
    assert stages.sources == []


# --- formats and streams ---------------------------------------------------------------------------------------------


def test_formats(stages: Stages) -> None:
    summary = stages.summary
    for name, expected in (("md", to_markdown), ("html", to_html), ("json", to_json), ("text", to_text)):
        assert invoke("brief", "a.txt", "--format", name).stdout == f"{expected(summary)}\n"
    assert invoke("brief", "a.txt").stdout == f"{to_markdown(summary)}\n"
    assert json.loads(invoke("brief", "a.txt", "--format", "json").stdout)["schema_version"] == 1
    terminal = invoke("brief", "a.txt", "--format", "terminal", "--width", "30").stdout
    assert terminal == f"{summary.to_terminal(width=30)}\n"


def test_the_signature_is_always_told(stages: Stages) -> None:
    assert "embed:tfidf" in invoke("brief", "a.txt").stdout
    result = invoke("brief", "a.txt", "--format", "text")
    assert result.stderr == "signature: embed:tfidf\n"
    assert invoke("brief", "a.txt", "--format", "text", "--quiet").stderr == ""


def test_warnings_and_failures_go_to_stderr_and_into_the_briefing(stages: Stages) -> None:
    failure = ReadingError("b.pdf", "is a PDF; convert it to text")
    stages.reading = SimpleNamespace(
        documents=(Document("x"),), warnings=("a.txt: read as latin-1",), failures=(failure,)
    )
    result = invoke("brief", "a.txt", "b.pdf")
    assert result.exit_code == 0
    assert result.stderr == (
        "error: b.pdf: is a PDF; convert it to text\n"
        "warning: a.txt: read as latin-1\n"
    )  # fmt: skip
    assert stages.warnings == ("a.txt: read as latin-1", "not used: b.pdf: is a PDF; convert it to text")
    assert result.stdout == f"{to_markdown(make_summary(warnings=stages.warnings))}\n"


def test_quiet_silences_warnings_but_not_errors(stages: Stages) -> None:
    failure = ReadingError("b.pdf", "is a PDF")
    stages.reading = SimpleNamespace(documents=(Document("x"),), warnings=("w",), failures=(failure,), n_skipped=0)
    assert invoke("brief", "a.txt", "--quiet").stderr == "error: b.pdf: is a PDF\n"


def test_strict_is_four_and_still_writes(stages: Stages) -> None:
    stages.reading = SimpleNamespace(
        documents=(Document("x"),), warnings=(), failures=(ReadingError("b", "bad"),), n_skipped=0
    )
    result = invoke("brief", "a.txt", "--strict")
    assert result.exit_code == 4
    assert result.stdout.startswith("# A title")
    stages.reading = SimpleNamespace(documents=(Document("x"),), warnings=("w",), failures=(), n_skipped=0)
    assert invoke("brief", "a.txt", "--strict").exit_code == 0


@pytest.mark.parametrize("flag", ["--embedding-cache", "--fetch-cache"])
def test_a_file_is_no_folder_of_a_cache(flag: str, stages: Stages, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    result = invoke("brief", "a.txt", flag, str(tmp_path / "file"))
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.endswith(f"{flag} {tmp_path / 'file'}: is a file; name a folder, which is made if needed\n")
    assert stages.sources == []
    assert invoke("brief", "a.txt", flag, str(tmp_path)).exit_code == 0


@pytest.mark.parametrize("command", ["brief", "compare"])
def test_strict_counts_a_line_that_gave_no_article(command: str, tmp_path: Path) -> None:
    lines = tmp_path / "feed.jsonl"
    lines.write_text('{"text": "The bridge is closed, the mayor said on Monday."}\n{"text": 5}\n', encoding="utf-8")
    flags = [str(lines), "--embedder", "tfidf", "--format", "md"]
    assert invoke(command, *flags).exit_code == 0
    result = invoke(command, *flags, "--strict")
    assert result.exit_code == 4
    assert result.stdout
    assert "feed.jsonl line 2" in result.stderr


def test_no_usable_input_is_three(stages: Stages) -> None:
    failure = ReadingError("b", "bad")
    stages.reading = SimpleNamespace(documents=(), warnings=("w",), failures=(failure,), n_skipped=0)
    result = invoke("brief", "b")
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr == (
        "error: b: bad\nwarning: w\nerror: no usable article in what was given; nothing was written\n"
    )


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (NoInputError("nothing"), 3),
        (ReadingError("a.txt", "gone"), 3),
        (LimitError("too many"), 1),
        (InputError("wrong"), 1),
        (ConfigError("wrong"), 2),
        (BudgetError("no sentence fits"), 2),
        (ModelError("missing"), 1),
        (MissingExtraError("this", "static"), 1),
        (OutputError("full"), 1),
        (SummarizerError("other"), 1),
        (KeyboardInterrupt(), 130),
        (typer.Abort(), 130),
    ],
)
@pytest.mark.parametrize("stage", ["reading", "summary"])
def test_every_error_has_its_code_and_no_traceback(stage: str, error: BaseException, code: int, stages: Stages) -> None:
    setattr(stages, stage, error)
    result = invoke("brief", "a.txt")
    assert result.exit_code == code
    assert result.stdout == ""
    assert result.stderr == ("" if code == 130 else f"error: {error}\n")


def test_an_unexpected_error_is_short_and_can_be_traced(stages: Stages, monkeypatch: pytest.MonkeyPatch) -> None:
    stages.summary = RuntimeError("boom \x1b[31m")
    result = invoke("brief", "a.txt")
    assert result.exit_code == 1
    assert result.stderr.startswith("error: unexpected RuntimeError: boom \ufffd[31m (set SUMMARIZER_DEBUG=1")
    assert result.stderr.count("\n") == 1
    monkeypatch.setenv("SUMMARIZER_DEBUG", "1")
    assert "Traceback (most recent call last)" in invoke("brief", "a.txt").stderr


def test_nothing_hostile_reaches_stderr_or_stdout(stages: Stages) -> None:
    stages.reading = SimpleNamespace(
        documents=(Document("x"),), warnings=(HOSTILE,), failures=(ReadingError(HOSTILE, HOSTILE),)
    )
    stages.summary = make_summary(f"Text {HOSTILE}")
    for name in ("md", "html", "json", "text", "terminal"):
        result = invoke("brief", HOSTILE, "--format", name)
        assert result.exit_code == 0, result.stderr
        for stream in (result.stdout, result.stderr):
            assert not set("\x1b\x07\u202e\u200b") & set(stream)
        assert "\n# x" not in result.stderr


# --- files -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("b.md", to_markdown),
        ("b.markdown", to_markdown),
        ("b.html", to_html),
        ("b.HTM", to_html),
        ("b.JSON", to_json),
        ("b.txt", to_text),
        ("b", to_markdown),
    ],
)
def test_the_name_of_the_file_tells_the_format(
    name: str, expected: Callable[[Summary], str], tmp_path: Path, stages: Stages
) -> None:
    result = invoke("brief", "a.txt", "-o", str(tmp_path / name))
    assert (result.exit_code, result.stdout) == (0, "")
    assert f"wrote: {tmp_path / name} (5 of 150 words)\n" in result.stderr
    assert (tmp_path / name).read_text(encoding="utf-8") == f"{expected(stages.summary)}\n"
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_given_format_wins_and_a_dash_is_stdout(tmp_path: Path, stages: Stages) -> None:
    invoke("brief", "a.txt", "-o", str(tmp_path / "b.md"), "--format", "json", "--quiet")
    assert json.loads((tmp_path / "b.md").read_text(encoding="utf-8"))["schema_version"] == 1
    assert invoke("brief", "a.txt", "-o", "-").stdout == f"{to_markdown(stages.summary)}\n"


def test_an_existing_file_is_refused_before_the_work_and_replaced_with_force(tmp_path: Path, stages: Stages) -> None:
    path = tmp_path / "b.md"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o640)
    result = invoke("brief", "a.txt", "-o", str(path))
    assert result.exit_code == 1
    assert result.stderr == f"error: {path}: exists already; choose another name, or replace it with --force\n"
    assert path.read_text(encoding="utf-8") == "old"
    assert stages.sources == []
    assert invoke("brief", "a.txt", "-o", str(path), "--force").exit_code == 0
    assert path.read_text(encoding="utf-8") == f"{to_markdown(stages.summary)}\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_places_that_take_no_file(tmp_path: Path, stages: Stages) -> None:
    for path, message in (
        (tmp_path, "is a folder"),
        (tmp_path / "no" / "b.md", "does not exist; make it first"),
        (Path(os.devnull), "is not a regular file"),
        (tmp_path / ("x" * 300), "cannot be written"),
    ):
        result = invoke("brief", "a.txt", "-o", str(path), "--force")
        assert result.exit_code == 1
        assert message in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, stages: Stages, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "b.md"
    path.write_text("old", encoding="utf-8")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    for name in ("fsync", "replace"):
        with monkeypatch.context() as patch:
            patch.setattr(os, name, fail)
            result = invoke("brief", "a.txt", "-o", str(path), "--force")
        assert result.exit_code == 1
        assert result.stderr == f"error: {path}: cannot be written: No space left on device\n"
        assert [p.name for p in tmp_path.iterdir()] == ["b.md"]
        assert path.read_text(encoding="utf-8") == "old"


def test_a_file_made_meanwhile_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "b.md"
    fsync = os.fsync

    def race(handle: int) -> None:
        path.write_text("theirs", encoding="utf-8")
        fsync(handle)

    monkeypatch.setattr(os, "fsync", race)
    with pytest.raises(OutputError, match="was made by another process meanwhile"):
        write_file(path, "ours")
    assert path.read_text(encoding="utf-8") == "theirs"
    assert [p.name for p in tmp_path.iterdir()] == ["b.md"]


def test_file_systems_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", fail)
    write_file(tmp_path / "b.md", "text \ud800")
    assert (tmp_path / "b.md").read_bytes() == b"text \\ud800"


def test_links_are_followed_and_the_umask_holds(tmp_path: Path) -> None:
    (tmp_path / "real.md").write_text("old", encoding="utf-8")
    (tmp_path / "link.md").symlink_to("real.md")
    write_file(tmp_path / "link.md", "new", force=True)
    assert (tmp_path / "link.md").is_symlink()
    assert (tmp_path / "real.md").read_text(encoding="utf-8") == "new"
    before = os.umask(0o027)
    try:
        write_file(tmp_path / "fresh.md", "new")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "fresh.md").stat().st_mode) == 0o640
    with pytest.raises(OutputError, match="cannot be written to"):
        check_target(tmp_path / "nul\0", force=False)


# --- processes -------------------------------------------------------------------------------------------------------

# A command with stand-ins of its stages, as its own process; leaner than importing this file there.
DRIVER = """
import signal, sys, time, types
signal.signal(signal.SIGINT, signal.default_int_handler)  # a background job starts with it ignored
from summarizer import cli
from summarizer.datatypes import Budget, Document, Statement, Summary, Support
def summarize_documents(documents, config, *, warnings, progress):
    progress("embed", 0.5)
    if {sleep}:
        print("ready", file=sys.stderr, flush=True)
        time.sleep(60)
    text = {text} * {times}
    statement = Statement("s1", text, (Support("a", 0, len(text), text, 1.0),), 1, 1, 1.0)
    document = Document(text=text, id="a", origin_id="a")
    budget = Budget("words", 150, 5)
    return Summary((statement,), (document,), (), budget, "embed:tfidf", "A title", None, {warnings})
def read_sources(sources, *, config, progress=None):
    return types.SimpleNamespace(documents=(1,), warnings=(), failures=(), n_skipped=0)
for name, stage in (("pipeline", summarize_documents), ("reading", read_sources)):
    module = types.ModuleType("summarizer." + name)
    setattr(module, stage.__name__, stage)
    sys.modules[module.__name__] = module
cli.main()
"""


def driver(
    text: str = "Zürich – 東京.", *, times: int = 1, warnings: tuple[str, ...] = (), sleep: bool = False
) -> list[str]:
    code = DRIVER.format(text=ascii(text), times=times, warnings=ascii(warnings), sleep=sleep)
    return [sys.executable, "-c", code]


def environment(**changes: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR", "PYTHONUTF8")}
    return {**kept, "TERM": "xterm-256color", "COLUMNS": "80", **changes}


def test_a_locale_without_utf8_still_gives_utf8() -> None:
    locale = environment(LC_ALL="C", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0", PYTHONIOENCODING="latin-1")
    result = subprocess.run(
        [*driver(warnings=("Zürich 東京 \ud800",)), "brief", "a.txt", "--format", "text"],
        env=locale,
        capture_output=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout == "Zürich – 東京.\n".encode()
    assert b"warning: Z\xfcrich \\u6771\\u4eac \\ufffd\n" in result.stderr


def test_a_closed_pipe_is_quiet() -> None:
    process = subprocess.Popen(
        [*driver("word ", times=50_000), "brief", "a.txt", "--quiet"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.read(9) == b"# A title"
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(timeout=20) == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_an_error() -> None:
    with open("/dev/full", "wb") as full:
        result = subprocess.run(
            [*driver(), "brief", "a.txt", "--quiet"],
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment(),
            check=False,
        )
    assert result.returncode == 1
    assert result.stderr == b"error: standard output: cannot be written: No space left on device\n"


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_interrupting_is_quiet() -> None:
    with subprocess.Popen(
        [*driver(sleep=True), "brief", "a.txt"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    ) as process:
        assert process.stderr is not None
        assert process.stderr.readline() == b"ready\n"
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (130, b"", b"")


def on_terminal(arguments: list[str], **changes: str) -> tuple[str, str, int]:
    """Run with stdout and stderr on two terminals of their own; give both texts and the exit code."""
    pty = pytest.importorskip("pty")
    (out, out_end), (err, err_end) = pty.openpty(), pty.openpty()
    process = subprocess.Popen(
        arguments, stdin=subprocess.DEVNULL, stdout=out_end, stderr=err_end, env=environment(**changes)
    )
    code = process.wait(timeout=30)
    os.close(out_end)
    os.close(err_end)
    texts = []
    for handle in (out, err):
        parts = []
        try:
            while part := os.read(handle, 65536):
                parts.append(part)
        except OSError:  # the other end is closed
            pass
        os.close(handle)
        texts.append(b"".join(parts).decode("utf-8").replace("\r\n", "\n"))
    return texts[0], texts[1], code


def test_a_terminal_gets_the_terminal_format_colours_and_a_bar() -> None:
    out, err, code = on_terminal([*driver(warnings=("one \x1b]0;x\x07",)), "brief", "a.txt"])
    assert code == 0
    assert out.startswith("\x1b[1mA title\x1b[0m\n")
    assert "Warnings" in out
    assert "\x1b]" not in out + err
    assert "embed" in err
    assert "warning:" not in err, "the briefing on the same terminal shows them"


def test_colours_can_be_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    result = on_terminal([*driver(), "brief", "a.txt", "--quiet"], NO_COLOR="1")
    assert result == (f"{make_summary('Zürich – 東京.').to_terminal(width=80)}\n", "", 0)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    assert console.wants_color(no_color=False)
    assert not console.wants_color(no_color=True)
    monkeypatch.setenv("TERM", "dumb")
    assert not console.wants_color(no_color=False)


def test_the_log_does_not_leak(stages: Stages) -> None:
    invoke("brief", "a.txt")
    handlers = logging.getLogger("summarizer").handlers
    assert any(isinstance(handler, logging.NullHandler) for handler in handlers)


def test_python_m_and_the_files_of_the_seeds(tmp_path: Path) -> None:
    hostile = tmp_path / "bad\x1b]0;owned\x07\u202e.txt"
    hostile.write_bytes(b"\x00\x01\x02" * 200)
    flags = ["--embedder", "tfidf", "--format", "json", "--strict"]
    outputs = set()
    for _ in range(2):
        result = subprocess.run(
            [sys.executable, "-m", "summarizer", "brief", str(ROOT / "seeds"), str(hostile), *flags],
            capture_output=True,
            env=environment(),
            check=False,
        )  # fmt: skip
        assert result.returncode == 4, result.stderr
        assert b"error: " in result.stderr
        assert not set(result.stderr) & {0x1B, 0x07}
        outputs.add(result.stdout)
    assert len(outputs) == 1
    briefing = json.loads(outputs.pop())
    texts = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "seeds").glob("*.txt")}
    assert len(briefing["documents"]) == 5
    for statement in briefing["statements"]:
        for support in statement["support"]:
            text = next(text for stem, text in texts.items() if stem in support["document_id"])
            assert text[support["start"] : support["end"]] == support["text"]


# --- score -----------------------------------------------------------------------------------------------------------


@pytest.fixture(name="pair")
def _pair(tmp_path: Path) -> tuple[str, str]:
    (tmp_path / "system.txt").write_text("exports fell in May\ntalks resumed\n", encoding="utf-8")
    (tmp_path / "reference.txt").write_text("exports fell in May\nthe talks ended\n", encoding="utf-8")
    return str(tmp_path / "system.txt"), str(tmp_path / "reference.txt")


def test_score_as_text_and_json(pair: tuple[str, str], tmp_path: Path) -> None:
    result = invoke("score", *pair)
    assert result.exit_code == 0, result.stderr
    assert "rougeLsum" in result.stdout
    report = json.loads(invoke("score", *pair, "--format", "json").stdout)
    assert report["items"][0]["rouge1"]["fmeasure"] == 1.0
    assert list(report["metrics"]) == ["rouge1", "rouge2", "rougeL", "rougeLsum"]
    invoke("score", *pair, "-o", str(tmp_path / "s.json"))
    assert json.loads((tmp_path / "s.json").read_text(encoding="utf-8")) == report
    assert invoke("score", *pair, "-o", str(tmp_path / "s.json")).exit_code == 1


def test_score_passes_its_settings_on(pair: tuple[str, str]) -> None:
    flags = ["--metric", "rouge1", "--metric", "rougeL", "--no-stemmer", "--no-split-sentences", "--whole-files"]
    flags += ["--n-resamples", "10", "--seed", "3", "--confidence", "0.9", "--format", "json"]
    report = json.loads(invoke("score", *pair, *flags).stdout)
    assert list(report["metrics"]) == ["rouge1", "rougeL"]
    assert report["n"] == 1
    assert report["confidence"] == 0.9
    assert "stem" in report["signature"]


def test_score_of_what_is_not_there(tmp_path: Path, pair: tuple[str, str]) -> None:
    result = invoke("score", str(tmp_path / "no.txt"), pair[1])
    assert (result.exit_code, result.stdout) == (3, "")
    assert "no.txt" in result.stderr
    assert invoke("score", *pair, "--metric", "bleu").exit_code == 2
    (tmp_path / "empty.txt").touch()
    for order in ((str(tmp_path / "empty.txt"), pair[1]), (pair[0], str(tmp_path / "empty.txt"))):
        result = invoke("score", *order)
        assert (result.exit_code, result.stdout) == (3, "")
        assert "empty.txt: is empty" in result.stderr


@pytest.mark.parametrize("command", [("brief", "seeds"), ("compare", "seeds"), ("score", "a.txt", "b.txt")])
def test_a_format_that_is_none_is_told_as_other_wrong_values_are(command: tuple[str, ...]) -> None:
    result = invoke(*command, "--format", "xml")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "error: Invalid value for '--format': 'xml' is not one of " in result.stderr
    assert "Value error" not in result.stderr


def test_say_survives_a_closed_stderr(monkeypatch: pytest.MonkeyPatch) -> None:
    class Closed:
        def write(self, _: str) -> int:
            raise BrokenPipeError

        def flush(self) -> None:
            raise BrokenPipeError

    monkeypatch.setattr(sys, "stderr", Closed())
    console.say("warning", "nobody hears this")


# --- compare ---------------------------------------------------------------------------------------------------------


@pytest.fixture(name="fires")
def _fires(tmp_path: Path) -> Path:
    folder = tmp_path / "fires"
    folder.mkdir()
    (folder / "a.txt").write_text("A fire in a mill in Leeds killed 12 people on Monday, police said.\n", "utf-8")
    (folder / "b.txt").write_text("A fire in a mill in Leeds killed 15 people on Monday, police said.\n", "utf-8")
    return folder


def test_compare_names_both_figures_and_their_places(fires: Path) -> None:
    result = invoke("compare", str(fires), "--embedder", "tfidf", "--format", "json")
    assert result.exit_code == 0, result.stderr
    report = json.loads(result.stdout)
    (found,) = report["comparisons"]
    assert found["relation"] == "conflict"
    texts = {path.stem: path.read_text("utf-8") for path in fires.iterdir()}
    for one in found["values"]:
        assert texts[one["document_id"]][one["start"] : one["end"]] == one["text"]
    assert {one["low"] for one in found["values"]} == {12, 15}
    markdown = invoke("compare", str(fires), "--embedder", "tfidf").stdout
    assert "## Where the sources differ" in markdown
    assert "conflict" in invoke("compare", str(fires), "--embedder", "tfidf", "--format", "terminal").stdout


def test_compare_writes_files_and_says_how_much(fires: Path, tmp_path: Path) -> None:
    target = tmp_path / "report.json"
    result = invoke("compare", str(fires), "--embedder", "tfidf", "-o", str(target))
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.endswith("report.json (1 compared)\n")
    assert json.loads(target.read_text("utf-8"))["comparisons"]
    assert invoke("compare", str(fires), "-o", str(target)).exit_code == 1


def test_compare_of_one_article_finds_nothing(fires: Path) -> None:
    result = invoke("compare", str(fires / "a.txt"), "--embedder", "tfidf")
    assert result.exit_code == 0
    assert "Nothing was found on which two origins can be compared." in result.stdout


def test_the_flags_of_compare_are_settings_that_play_a_part() -> None:
    flags = set(options("compare")) - {"help"}
    assert flags - IO_FLAGS < {field.name for field in fields(SummaryConfig)}
    assert not flags & {"max_words", "strategy", "query", "rewrite", "compare"}


def test_flags_of_the_rewriter_reach_it(stages: Stages, monkeypatch: pytest.MonkeyPatch) -> None:
    from summarizer import rewriting

    loaded: list[tuple[str, dict[str, Any]]] = []

    def load(spec: str, **given: Any) -> object:
        loaded.append((spec, given))
        return object()

    monkeypatch.setattr(rewriting, "load_rewriter", load)
    flags = "--rewrite-beams 3 --rewrite-words 30 --rewrite-device cpu --rewrite-batch 1 --rewrite-seed 7".split()
    flags += ["--rewrite-prompt", "fuse_t5", "--rewrite-remote"]
    result = invoke("brief", "a.txt", "--rewrite=http://other.example/v1#m", *flags)
    assert result.exit_code == 0, result.stderr
    given = {"beams": 3, "max_words": 30, "device": "cpu", "batch_size": 1, "seed": 7, "prompt": "fuse_t5"}
    assert loaded == [("http://other.example/v1#m", given | {"aim": "gist", "allow_remote": True})]
    assert invoke("brief", "a.txt", "--rewrite").exit_code == 0
    assert len(loaded) == 1, "without flags the pipeline loads it"
    alone = invoke("brief", "a.txt", "--rewrite-beams", "3")
    assert alone.exit_code == 2
    assert "--rewrite-beams needs --rewrite" in alone.stderr
    assert "--rewrite-seed needs --rewrite" in invoke("brief", "a.txt", "--rewrite-seed", "0").stderr


def test_no_compare_leaves_the_rest_as_it_is(fires: Path) -> None:
    full, bare = (
        json.loads(invoke("brief", str(fires), "--embedder", "tfidf", "--format", "json", flag).stdout)
        for flag in ("--compare", "--no-compare")
    )
    assert full["comparisons"]
    assert (bare["comparisons"], bare["single_source"], bare["timeline"]) == ([], [], [])
    assert full["statements"] == bare["statements"]
    assert "|compare:off|" in bare["signature"]


# --- following a story -----------------------------------------------------------------------------------------------


def test_a_state_makes_the_next_run_tell_what_is_new(tmp_path: Path) -> None:
    first, second = tmp_path / "mon.txt", tmp_path / "tue.txt"
    first.write_text("A fire in a mill in Leeds killed 12 people on Monday, police said.\n", "utf-8")
    second.write_text("The toll of the fire in a mill in Leeds rose to 15 people on Tuesday, police said.\n", "utf-8")
    state = tmp_path / "story.json"
    flags = ("--embedder", "tfidf", "--format", "json", "--quiet", "--state", str(state))
    whole = json.loads(invoke("brief", str(first), *flags).stdout)
    assert "changes" not in whole
    update = json.loads(invoke("brief", str(first), str(second), *flags).stdout)
    validator().validate(update)
    assert [place["document_id"] for place in update["changes"]["new"]] == ["tue"]
    assert update["changes"]["seen"] == ["mon"]
    (corrected,) = update["changes"]["corrected"]
    assert corrected["relation"] == "revision"
    assert [one["low"] for one in corrected["values"]] == [12, 15]
    assert [one["id"] for one in update["changes"]["earlier"]] == ["mon"]
    before = state.read_bytes()
    nothing = invoke("brief", str(first), str(second), *flags[:2], "--state", str(state))
    assert (nothing.exit_code, state.read_bytes()) == (0, before)
    assert nothing.stdout.startswith("# Nothing new\n")


def test_a_briefing_is_a_state_of_what_it_quotes(tmp_path: Path) -> None:
    first, second = tmp_path / "mon.txt", tmp_path / "tue.txt"
    first.write_text("A fire in a mill in Leeds killed 12 people on Monday, police said.\n", "utf-8")
    second.write_text("Norway signed the treaty on fishing rights in Oslo, officials said.\n", "utf-8")
    old = tmp_path / "old.json"
    assert invoke("brief", str(first), "--embedder", "tfidf", "-o", str(old)).exit_code == 0
    result = invoke("brief", str(second), "--embedder", "tfidf", "--since", str(old), "--format", "json")
    assert result.exit_code == 0, result.stderr
    assert "--state" in result.stderr, "what else the earlier articles said is not known, and the remedy is named"
    assert json.loads(result.stdout)["changes"]["unchanged"]


@pytest.mark.parametrize("content", ["", "[]", '{"schema_version": 2}', "\x00", '{"state_version": 1}'])
def test_a_file_that_is_no_state_is_named(content: str, tmp_path: Path) -> None:
    article, old = tmp_path / "a.txt", tmp_path / "old.json"
    article.write_text("Norway signed the treaty on fishing rights in Oslo, officials said.\n", "utf-8")
    old.write_text(content, "utf-8")
    for flag in ("--since", "--state"):
        result = invoke("brief", str(article), "--embedder", "tfidf", flag, str(old))
        assert result.exit_code in (1, 3), result.output
        assert "old.json" in result.stderr
        assert old.read_text("utf-8") == content
