"""What the fuzzer kept goes through its targets again, without the fuzzer; and the targets find what is wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("trafilatura")
pytest.importorskip("httpcore")
pytest.importorskip("linkify_it")
pytest.importorskip("mistune")

from benchmarks import fuzz
from benchmarks.fuzz import readers as fuzz_readers
from benchmarks.fuzz.readers import SUFFIXES, Invariant
from benchmarks.fuzz.shrinking import name_of, shrink
from benchmarks.fuzz.targets import CASES, CORPUS, SUBJECTS, read_corpus, write_corpus
from summarizer.errors import MissingExtraError, ReadingError

KEPT = [(name, number) for name in SUBJECTS for number in range(len(read_corpus(CORPUS / f"{name}.json")))]


@pytest.mark.parametrize("name", SUBJECTS)
def test_what_was_kept_holds(name: str) -> None:
    for data in read_corpus(CORPUS / f"{name}.json"):
        SUBJECTS[name].run(data)


def test_the_corpus_is_small_and_of_every_subject() -> None:
    files = sorted(CORPUS.glob("*.json"))
    assert [path.stem for path in files] == sorted(SUBJECTS)
    assert all(read_corpus(path) for path in files)
    assert sum(path.stat().st_size for path in files) < 200_000


@pytest.mark.parametrize("path", sorted(CASES.glob("*.json")), ids=lambda path: path.stem)
def test_what_once_broke_holds(path: Path) -> None:
    for case in json.loads(path.read_text("utf-8")):
        SUBJECTS[path.stem].run(case["input"].encode("latin-1"))


def test_no_input_at_all_and_odd_bytes_are_nothing_special() -> None:
    for subject in SUBJECTS.values():
        for data in (b"", b"\0", b"\xff", b"\xff\xfe\0", b"\0\0\0\0"):
            subject.run(data)


def test_a_corpus_comes_back_as_it_was(tmp_path: Path) -> None:
    inputs = [b"", b"b", b"a", bytes(range(256)), b'"\\\n', b"a"]
    write_corpus(inputs, tmp_path / "new" / "x.json")
    assert read_corpus(tmp_path / "new" / "x.json") == [b"", b"a", b"b", b'"\\\n', bytes(range(256))]
    assert read_corpus(tmp_path / "none.json") == []


def test_the_words_are_a_dictionary_of_libfuzzer() -> None:
    text = replace(SUBJECTS["query"], words='a "b\\ a\né').dictionary()
    assert text == '"a"\n"\\x22b\\x5c"\n"\\xc3\\xa9"\n'


# --- the targets find mistakes ---------------------------------------------------------------------------------------

SENTENCE = b"Exports fell by 12 percent in May, officials said on Monday, and the talks go on."


def in_file(suffix: str, body: bytes) -> bytes:
    return bytes([SUFFIXES.index(suffix)]) + body


@pytest.mark.parametrize(
    ("place", "wrong", "name", "data"),
    [
        ("fuzz.texts.clean", lambda given: replace(given, text=given.text + " "), "cleaner", b"\0\0" + SENTENCE),
        ("fuzz.texts.read_quantities", lambda text: [].index(0), "quantities", b"\0" + SENTENCE),
        ("fuzz.texts.read_query", lambda query, languages: (), "query", b"\0" + SENTENCE),
        ("fuzz.texts.escaping.markdown", str, "escaping", b"*a* <b>"),
        ("fuzz.texts.escaping.markdown", str, "escaping", b"see www.example.com"),
        ("fuzz.texts.escaping.table_cell", lambda text: text, "escaping", b"a|b"),
        ("fuzz.texts.read_state", lambda path: json.loads("{"), "states", b"{"),
        ("fuzz.readers.read_stdin", lambda stream, intake: stream.seek(-1), "readers", in_file("", SENTENCE)),
    ],
    ids=["text", "error", "nothing", "markup", "address", "cell", "state", "stream"],
)  # fmt: skip
def test_a_mistake_is_found(
    place: str, wrong: Callable[..., Any], name: str, data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    SUBJECTS[name].run(data)
    monkeypatch.setattr(f"benchmarks.{place}", wrong)
    with pytest.raises((Invariant, ValueError)):
        SUBJECTS[name].run(data)


def test_our_own_mistakes_in_the_worker_are_found_and_those_of_libraries_forgiven(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from summarizer.reading import html

    data = in_file(".html", b"<p>" + SENTENCE)
    fuzz_readers.read(data)

    def library(*given: Any, **named: Any) -> Any:
        raise KeyError("theirs")

    monkeypatch.setattr("trafilatura.bare_extraction", library)
    fuzz_readers.read(data)
    monkeypatch.setattr(html, "strip_hidden", None)
    with pytest.raises(TypeError):
        fuzz_readers.read(data)


def test_what_the_worker_says_is_an_error_of_reading() -> None:
    with pytest.raises(ReadingError, match="a: holds no article"):
        list(fuzz_readers.Here().run("page", "a", 1, b"<p>short"))


def test_every_kind_of_file_is_read() -> None:
    seen = {SUFFIXES[data[0] % len(SUFFIXES)] for data in read_corpus(CORPUS / "readers.json")}
    assert seen == set(SUFFIXES)


# --- around the fuzzer -----------------------------------------------------------------------------------------------


def test_an_input_is_made_short_as_long_as_it_breaks_the_same() -> None:
    def run(data: bytes) -> None:
        if b"x" in data and data.count(b"y") > 1:
            raise Invariant("both are there")
        if not data:
            raise Invariant("something is there")

    def what(data: bytes) -> str:
        try:
            shrink_one(data)
        except Invariant as error:
            return name_of(error)
        return ""

    def shrink_one(data: bytes) -> None:
        run(data)

    long = b"0123x4y56789\n01y2345678zzz"
    # The name tells the lines that raised and the promise, so that one mistake does not turn into another one.
    assert what(long).startswith("Invariant test_fuzz_corpus.py:shrink_one test_fuzz_corpus.py:run both")
    assert shrink(shrink_one, long, what(long)) == b"xyy"
    assert shrink(shrink_one, b"", what(b"")) == b""
    assert shrink(shrink_one, b"nothing", what(long)) == b"nothing"
    assert shrink(lambda data: run(data), b"xyy", "another name") == b"xyy"


def test_without_atheris_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzz, "find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match=r"fuzzing needs the extra 'fuzz': pip install 'crossbrief\[fuzz\]'"):
        fuzz.measure(["query"], 1, tell=print)


def test_figures_of_one_run_go_beside_those_of_another() -> None:
    earlier = {"subjects": {"readers": {"seconds": 1}, "query": {"seconds": 2}}, "mended": ["a"]}
    found = {"subjects": {"query": {"seconds": 3}}}
    assert fuzz.merge(earlier, found) == {
        "subjects": {"query": {"seconds": 3}, "readers": {"seconds": 1}}, "mended": ["a"]
    }  # fmt: skip


def test_what_broke_is_shown_and_fails() -> None:
    row = {
        "seconds": 1, "executions": 2, "executions_per_second": 2.0, "edges": 3, "features": 4,
        "broken": [{"what": "ValueError a.py:f", "input": "x"}], "corpus_kept": 5,
    }  # fmt: skip
    found = {"subjects": {"query": row}}
    assert fuzz.text(found).splitlines()[-1] == "| query | 1 | 2 | 2.0 | 3 | 4 | 1 | 5 |"
    assert fuzz.missed(found) == ["query: ValueError a.py:f"]
