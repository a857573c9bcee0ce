"""Reading: every source gives articles or a named reason, and nothing is guessed."""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import socket
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summarizer.config import SummaryConfig
from summarizer.datatypes import Document, Passage
from summarizer.errors import InputError, LimitError, ReadingError
from summarizer.reading import Reading, assign_ids, collect, read_sources
from summarizer.reading.dates import normalize_date, normalize_language
from tests.timing import assert_quick

ROOT = Path(__file__).resolve().parents[1]
CASES = ROOT / "tests" / "cases"
TEXT = "Ministers met on Tuesday."


def cases(name: str) -> list[Any]:
    loaded = json.loads((CASES / f"reading_{name}.json").read_text(encoding="utf-8"))
    return [pytest.param(case["input"], case["expected"], id=case["label"]) for case in loaded]


def write(folder: Path, name: str, content: str | bytes) -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


def lines(*records: object) -> str:
    return "".join(f"{record if isinstance(record, str) else json.dumps(record)}\n" for record in records)


def read_one(source: str, **limits: int) -> Document:
    """Read a source that must give one document and nothing to say."""
    reading = read_sources([source], config=SummaryConfig(**limits) if limits else None)
    assert (reading.warnings, reading.failures) == ((), ())
    (document,) = reading.documents
    return document


def read_failure(*sources: str, **limits: int) -> ReadingError:
    """Read sources that must give nothing, and one reason."""
    reading = read_sources(list(sources), config=SummaryConfig(**limits) if limits else None)
    assert reading.documents == ()
    (failure,) = reading.failures
    return failure


def assert_words(message: str, *words: str) -> None:
    for word in words:
        assert word in message


# Records, dates and headers, as data


@pytest.mark.parametrize(("record", "expected"), cases("records"))
def test_record_of_any_known_tool(record: Mapping[str, object], expected: dict[str, Any]) -> None:
    reading = collect([record])
    if "failure" in expected:
        assert not reading.documents
        assert reading.failures[0].source == "documents[0]"
        assert_words(str(reading.failures[0]), *expected["failure"])
        return
    (document,) = reading.documents
    assert {name: getattr(document, name) for name in expected["document"]} == expected["document"]
    assert len(reading.warnings) == bool(expected["warnings"])
    assert_words(" ".join(reading.warnings), *expected["warnings"])
    assert all(warning.startswith("documents[0]: ") for warning in reading.warnings)


@pytest.mark.parametrize(("value", "expected"), cases("dates"))
def test_date(value: str, expected: str | None) -> None:
    if expected is None:
        with pytest.raises(ValueError, match="2025-06-10"):
            normalize_date(value)
        return
    assert normalize_date(value) == expected
    datetime.fromisoformat(expected)


def test_date_objects() -> None:
    assert normalize_date(date(2025, 6, 10)) == "2025-06-10"
    assert normalize_date(datetime(2025, 6, 10, 14, 30, tzinfo=UTC)) == "2025-06-10T14:30:00+00:00"


@pytest.mark.parametrize(
    ("value", "expected"), [("en", "en"), ("EN-gb", "en"), ("zh_Hans_CN", "zh"), ("eng", "en"), ("Deutsch", "de")]
)
def test_language(value: str, expected: str) -> None:
    assert normalize_language(value) == expected


@pytest.mark.parametrize("value", ["", "klingon", "e", 5, None, "english, french"])
def test_language_that_is_none(value: object) -> None:
    with pytest.raises(ValueError, match="ISO 639-1"):
        normalize_language(value)


@pytest.mark.parametrize(("text", "expected"), cases("headers"))
def test_header_lines(tmp_path: Path, text: str, expected: dict[str, Any]) -> None:
    path = write(tmp_path, "a.txt", text)
    from_file, from_text = read_sources([path]), collect([text])
    for reading in (from_file, from_text):
        (document,) = reading.documents
        assert document.text == text
        assert {name: getattr(document, name) for name in expected["fields"]} == expected["fields"]
        headers = [text[passage.start : passage.end] for passage in document.dropped]
        assert headers == ([expected["header"]] if expected["header"] else [])
        assert all(passage.reason == "header" for passage in document.dropped)
        assert document.inferred == ()
        assert_words(" ".join(reading.warnings), *expected.get("warnings", []))
        assert len(reading.warnings) == len(expected.get("warnings", []))


def test_header_lines_alone_are_no_article(tmp_path: Path) -> None:
    assert "no text below" in read_failure(write(tmp_path, "a.txt", "Title: Talks\nSource: The Courier\n\n")).reason


# Plain text


@pytest.mark.parametrize("name", ["a.txt", "a.text", "a.md", "a.TXT", "a.story", "a"])
def test_text_file(tmp_path: Path, name: str) -> None:
    text = f"  Talks\r\n\r\n{TEXT}\n"
    assert read_one(write(tmp_path, name, text)) == Document(text=text, id="a")


def test_seeds_without_the_detector() -> None:
    program = (
        "import sys; from summarizer.reading import read_sources; reading = read_sources(['seeds'])\n"
        "sys.stdout.write(f\"{len(reading.documents)} {'charset_normalizer' in sys.modules}\")"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["5", "False"]


@pytest.mark.parametrize("content", ["", " \n\t\r\n", "\ufeff", "\ufeff\n"])
def test_empty_text(tmp_path: Path, content: str) -> None:
    path = write(tmp_path, "a.txt", content)
    failure = read_failure(path)
    assert failure.source == path
    assert failure.reason.startswith("is empty")


def test_text_without_words(tmp_path: Path) -> None:
    assert "no words" in read_failure(write(tmp_path, "a.txt", "… — !\n")).reason


@pytest.mark.parametrize("unit", ["x", "é", "漢", "\U0001f600a"])
def test_longest_text_is_read_and_one_more_is_not(tmp_path: Path, unit: str) -> None:
    text = (unit * 100)[:99] + "a"
    assert read_one(write(tmp_path, "a.txt", text), max_document_characters=100).text == text
    failure = read_failure(write(tmp_path, "b.txt", text + "b"), max_document_characters=100)
    assert_words(failure.reason, "over the limit of 100", "--max-document-characters")


def test_huge_text_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as stream:
        stream.write(b"text ")
        stream.truncate(2_000_000_000)
    assert_words(read_failure(str(path)).reason, "2000000000 bytes", "over the limit", "split it")
    assert_quick(lambda: read_failure(str(path)), 60)


# Encodings

FRENCH = "La réunion s'est tenue à Genève. Les délégués ont été reçus à l'hôtel, et l'accord était signé."
WRITTEN = [
    (FRENCH, "cp1252"),
    ("Die Gespräche über Zölle fanden in München statt, größere Änderungen wären überraschend.", "cp1252"),
    ("La reunión se celebró en España, y el señor Núñez dijo que la economía crecería.", "cp1252"),
    ("The minister said “we won’t sign” – and left. It cost £5m at the café.", "cp1252"),
    ("Переговоры прошли в Лондоне во вторник, и министр заявил о соглашении.", "cp1251"),
    ("Переговоры прошли в Лондоне во вторник, и министр заявил о соглашении.", "koi8_r"),
    ("Rozmowy odbyły się w Łodzi, później delegacja wróciła do Gdańska, żeby świętować.", "cp1250"),
    ("Obchodní jednání pokračovala v úterý v Londýně a ministr řekl, že dohoda bude podepsána příští týden.", "cp1250"),
    ("Οι συνομιλίες πραγματοποιήθηκαν στο Λονδίνο την Τρίτη.", "cp1253"),
    ("عقدت الولايات المتحدة والصين محادثات تجارية في لندن يوم الثلاثاء.", "cp1256"),
    ("中美两国代表周二在伦敦举行了第二天的贸易谈判，双方讨论了稀土出口。", "gb18030"),
    ("米国と中国の代表団は火曜日、ロンドンで二日目の貿易協議を行った。", "cp932"),
    ("미국과 중국 대표단은 화요일 런던에서 이틀째 무역 협상을 이어갔다.", "cp949"),
]


@pytest.mark.parametrize(("text", "encoding"), WRITTEN, ids=[f"{text[:9]} {name}" for text, name in WRITTEN])
def test_legacy_encoding_is_found_and_told(tmp_path: Path, text: str, encoding: str) -> None:
    path = write(tmp_path, "a.txt", text.encode(encoding))
    reading = read_sources([path])
    assert [document.text for document in reading.documents] == [text]
    (warning,) = reading.warnings
    assert_words(warning, f"{path}: ", encoding, "save it as UTF-8")


@pytest.mark.parametrize("text", [FRENCH, "中美两国代表周二在伦敦举行了第二天的贸易谈判，双方讨论了稀土出口。\n"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_encodings_with_and_without_mark(tmp_path: Path, text: str, encoding: str) -> None:
    marked, bare = f"\ufeff{text}".encode(encoding), text.encode(encoding)
    assert read_one(write(tmp_path, "a.txt", marked)).text == text
    reading = read_sources([write(tmp_path, "b.txt", bare)])
    assert [document.text for document in reading.documents] == [text]
    assert encoding in reading.warnings[0]


def test_mark_of_utf8_is_no_text(tmp_path: Path) -> None:
    assert read_one(write(tmp_path, "a.txt", "\ufeff" + TEXT)).text == TEXT


def test_damaged_utf8_is_mended_and_told(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", FRENCH.encode()[:-1] + b"\xc3")
    reading = read_sources([path])
    assert reading.documents[0].text == FRENCH[:-1] + "\ufffd"
    assert_words(reading.warnings[0], path, "1 damaged places in its utf-8")


def test_damaged_text_with_a_mark(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", f"\ufeff{TEXT * 9}".encode("utf-16-le") + b"\x21")
    reading = read_sources([path])
    assert reading.documents[0].text == TEXT * 9 + "\ufffd"
    assert_words(reading.warnings[0], path, "1 damaged places in its utf-16-le")
    failure = read_failure(write(tmp_path, "b.txt", b"\xff\xfe" + b"\x00\xdc" * 50))
    assert_words(failure.reason, "marked as utf-16-le but is not", "save it as UTF-8")


def test_json_that_is_not_utf8(tmp_path: Path) -> None:
    path = write(tmp_path, "a.json", json.dumps({"text": FRENCH}, ensure_ascii=False).encode("cp1252"))
    reading = read_sources([path])
    assert reading.documents[0].text == FRENCH
    assert_words(reading.warnings[0], path, "cp1252")


def test_long_legacy_text_is_read_quickly(tmp_path: Path) -> None:
    text = "Plain words come first. " * 4_000 + WRITTEN[4][0] * 4_000
    path = write(tmp_path, "a.txt", text.encode("cp1251"))
    assert read_sources([path]).documents[0].text == text
    assert_quick(lambda: read_sources([path]), 200)


@pytest.mark.parametrize(
    ("head", "what"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04\x14\x00", "ZIP"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"GIF89a\x01\x00", "GIF"),
        (b"\x7fELF\x02\x01", "program"),
        (b"BZh91AY&SY", "bzip2"),
        (b"{\\rtf1\\ansi", "RTF"),
        (bytes(range(256)), "binary"),
        (b"\x00\x01\x02\x03", "binary"),
    ],
)
def test_binary_file(tmp_path: Path, head: bytes, what: str) -> None:
    for name, rest in (("a.txt", b" words " * 9), ("b.txt", random.Random(0).randbytes(5_000))):
        failure = read_failure(write(tmp_path, name, head + rest))
        assert_words(failure.reason, what, ": ")


@pytest.mark.parametrize(
    ("start", "suffix"),
    [
        ("<!DOCTYPE html>", ".html"),
        ("\n  <HTML lang='en'>", ".html"),
        ("<head>", ".html"),
        ("<?xml version='1.0'?>", ".xml"),
        ("<rss>", ".xml"),
    ],
)
def test_markup_in_a_text_file(tmp_path: Path, start: str, suffix: str) -> None:
    failure = read_failure(write(tmp_path, "a.txt", f"{start}<p>{TEXT}</p>"))
    assert_words(failure.reason, "not text", f"name it {suffix}")


@pytest.mark.parametrize("name", ["a.csv", "a.TSV", "a.mhtml"])
def test_kinds_that_are_not_read(tmp_path: Path, name: str) -> None:
    path = write(tmp_path, name, TEXT)
    failure = read_failure(path)
    assert failure.source == path
    assert "not read: " in failure.reason


def test_text_that_begins_like_a_format(tmp_path: Path) -> None:
    for number, text in enumerate(
        ["BZh is no archive here.", "PK won.", "<b>Bold</b> words.", "{\\r is no RTF}", "GIF is old."]
    ):
        assert read_one(write(tmp_path, f"{number}.txt", text)).text == text


def test_stray_controls_stay(tmp_path: Path) -> None:
    text = f"\x0c{TEXT * 80}\x07\x1b[31mred\x1b[0m\x00"
    assert read_one(write(tmp_path, "a.txt", text)).text == text
    assert collect([f"{TEXT}\x00\x01"]).documents[0].text == f"{TEXT}\x00\x01"


@settings(deadline=None, max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=200) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_give_a_text_or_a_reason(tmp_path: Path, data: bytes) -> None:
    for name in ("a.txt", "a.jsonl", "a.json", "a.jsonl.gz"):
        reading = read_sources([write(tmp_path, name, data)])
        assert len(reading.documents) + len(reading.failures) >= 1
        for document in reading.documents:
            document.text.encode("utf-8")
            assert document.id
        for failure in reading.failures:
            assert failure.source.endswith(name)
            assert ": " in failure.reason or "; " in failure.reason


@settings(deadline=None, max_examples=150)
@given(data=st.binary(max_size=200))
def test_any_bytes_on_standard_input(data: bytes) -> None:
    reading = read_sources(["-"], stdin=io.BytesIO(data))
    assert len(reading.documents) + len(reading.failures) == 1


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(st.characters(), max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["text", "body", "sections", "articles", "title", "source", "url", "date", "id", "language"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(deadline=None, max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=JSON)
def test_any_json_gives_documents_or_a_reason(tmp_path: Path, value: Any) -> None:
    reading = read_sources([write(tmp_path, "a.json", json.dumps(value))])
    assert reading.documents or reading.failures
    for document in reading.documents:
        for field in (document.text, document.id, document.title, document.source, document.url):
            (field or "").encode("utf-8")


@settings(deadline=None, max_examples=200)
@given(text=st.text(max_size=40) | st.from_regex(r"[0-9 /.:,-]{0,20}(Jan|June|am|PM|GMT)?[0-9 :]{0,9}", fullmatch=True))
def test_any_date_is_iso_or_refused(text: str) -> None:
    try:
        written = normalize_date(text)
    except ValueError:
        return
    datetime.fromisoformat(written)


# JSONL


def test_jsonl(tmp_path: Path) -> None:
    content = "\ufeff" + lines({"text": "One."}, "", {"text": "Two.", "id": "b"}, "   ", {"maintext": "Three."})
    for name in ("a.jsonl", "a.ndjson", "a.JSONL"):
        reading = read_sources([write(tmp_path, name, content)])
        assert [(d.id, d.text) for d in reading.documents] == [("a:1", "One."), ("b", "Two."), ("a:5", "Three.")]
        assert (reading.warnings, reading.failures) == ((), ())


def test_jsonl_without_last_line_end_and_with_crlf(tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonl", lines({"text": "One."}, {"text": "Two."}).replace("\n", "\r\n")[:-2])
    assert [d.text for d in read_sources([path]).documents] == ["One.", "Two."]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-8-sig"])
def test_jsonl_as_shells_write_it(tmp_path: Path, encoding: str) -> None:
    content = lines(*({"text": f"{FRENCH} {n}"} for n in range(2_000)))
    reading = read_sources(
        [write(tmp_path, "a.jsonl", content.encode(encoding))], config=SummaryConfig(max_documents=2_000)
    )
    assert [document.text for document in reading.documents] == [f"{FRENCH} {n}" for n in range(2_000)]
    assert reading.warnings == ()


def test_bad_lines_are_named_and_the_others_go_on(tmp_path: Path) -> None:
    bad = [
        '{"text": "cut',
        "[1]",
        '"text"',
        '{"title": "no text"}',
        '{"text": 5}',
        '{"text": ""}',
        '{"n": ' + "9" * 5_000 + "}",
    ]
    path = write(tmp_path, "a.jsonl", lines({"text": "One."}, *bad, "[" * 100_000, {"text": "Two."}))
    reading = read_sources([path])
    assert [(d.id, d.text) for d in reading.documents] == [("a:1", "One."), ("a:10", "Two.")]
    assert [warning.split(":")[0] for warning in reading.warnings] == [f"{path} line {n}" for n in range(2, 10)]
    assert_words(reading.warnings[0], "is not JSON", "skipped", "write one object a line")
    assert all(len(warning) < len(path) + 200 for warning in reading.warnings)


def test_many_bad_lines_are_counted(tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonl", lines({"text": "One."}) + "x\n" * 500)
    warnings = read_sources([path]).warnings
    assert len(warnings) == 21
    assert warnings[-1] == f"{path}: 480 more warnings about this file are not shown"


@pytest.mark.parametrize(("content", "words"), [("", "is empty"), ("\n \n", "is empty"), ("[\n1\n]\n", "named .json")])
def test_jsonl_that_gives_nothing(tmp_path: Path, content: str, words: str) -> None:
    assert words in read_failure(write(tmp_path, "a.jsonl", content)).reason


def test_jsonl_that_is_something_else(tmp_path: Path) -> None:
    assert "PDF" in read_failure(write(tmp_path, "a.jsonl", b"%PDF-1.4\n" + b"\x00" * 50)).reason
    assert "gzip" in read_failure(write(tmp_path, "a.jsonl", gzip.compress(b"x"))).reason


def test_lines_that_are_not_utf8(tmp_path: Path) -> None:
    content = "".join(json.dumps({"text": f"{FRENCH} {n}"}, ensure_ascii=False) + "\n" for n in range(200))
    path = write(tmp_path, "a.jsonl", content.encode("cp1252"))
    reading = read_sources([path])
    assert [document.text for document in reading.documents] == [f"{FRENCH} {n}" for n in range(200)]
    (warning,) = reading.warnings
    assert_words(warning, f"{path} line 1", "cp1252")


def test_too_long_line_is_skipped(tmp_path: Path) -> None:
    path = write(
        tmp_path, "a.jsonl", lines({"text": "One."}, {"text": "x" * 200}, {"text": "y" * 90_000}, {"text": "Two."})
    )
    reading = read_sources([path], config=SummaryConfig(max_document_characters=100))
    assert [document.text for document in reading.documents] == ["One.", "Two."]
    assert_words(reading.warnings[0], f"{path} line 2", "200 characters", "limit of 100")
    assert_words(reading.warnings[1], f"{path} line 3", "too long", "--max-document-characters")


def test_lone_surrogates_are_replaced_and_told(tmp_path: Path) -> None:
    line = r'{"text": "One \ud800 two \ud83d\ude00.", "title": "\udfff"}'
    reading = read_sources([write(tmp_path, "a.jsonl", line)])
    assert (reading.documents[0].text, reading.documents[0].title) == ("One \ufffd two \U0001f600.", "\ufffd")
    assert_words(reading.warnings[0], "line 1", "lone surrogates in text, title", "U+FFFD")


def test_compressed_jsonl(tmp_path: Path) -> None:
    content = lines({"text": "One."}, {"text": "Two."}).encode()
    path = write(tmp_path, "a.jsonl.gz", gzip.compress(content[:20]) + gzip.compress(content[20:]))
    assert [(d.id, d.text) for d in read_sources([path]).documents] == [("a:1", "One."), ("a:2", "Two.")]


def test_compressed_bomb(tmp_path: Path) -> None:
    bomb = gzip.compress(b'{"text": "' + b"x" * 20_000_000 + b'"}\n')
    failure = read_failure(write(tmp_path, "a.jsonl.gz", bomb))
    assert_words(failure.reason, "100 times", "unpack it first")


def test_damaged_compressed_jsonl_keeps_what_came_before(tmp_path: Path) -> None:
    packed = gzip.compress(lines(*({"text": f"{random.Random(n).random()} words."} for n in range(6_000))).encode())
    reading = read_sources([write(tmp_path, "a.jsonl.gz", packed[:-9])], config=SummaryConfig(max_documents=6_000))
    assert len(reading.documents) > 3_000
    assert_words(reading.warnings[-1], "damaged", "articles before that place were read")
    assert "damaged" in read_failure(write(tmp_path, "b.jsonl.gz", b"no gzip at all")).reason
    assert "damaged" in read_failure(write(tmp_path, "c.jsonl.gz", gzip.compress(b"x" * 99)[:20])).reason


def test_jsonl_is_read_as_a_stream(tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonl", "x" * 99 + "\n" + "y" * 99 + "\n")
    assert "none of its 2 lines" in read_failure(path).reason
    with pytest.raises(LimitError, match=r"line 4: more than 3 documents.*max_documents"):
        read_sources(
            [write(tmp_path, "b.jsonl", lines(*({"text": f"Text {n}."} for n in range(9_000))))],
            config=SummaryConfig(max_documents=3),
        )


# JSON


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"text": "One.", "id": "x"}, [("x", "One.", None)]),
        ({"text": "One."}, [("a", "One.", None)]),
        ([{"text": "One."}, {"text": "Two."}], [("a:1", "One.", None), ("a:2", "Two.", None)]),
        ({"articles": [{"text": "One."}], "total": 1, "authors": [{"name": "x"}]}, [("a:1", "One.", None)]),
        ({"Documents": [{"text": "One."}]}, [("a:1", "One.", None)]),
        (
            {"The Courier": [{"plaintext": "One."}], "The Times": [{"plaintext": "Two.", "publisher": "Times"}]},
            [("a:1", "One.", "The Courier"), ("a:2", "Two.", "Times")],
        ),
        ({"text": "One.", "images": [{"url": "x"}]}, [("a", "One.", None)]),
        ({"posts": [{"text": "One."}]}, [("a:1", "One.", None)]),
    ],
)
def test_json(tmp_path: Path, value: object, expected: list[tuple[str, str, str | None]]) -> None:
    reading = read_sources([write(tmp_path, "a.json", json.dumps(value, indent=4))])
    assert [(d.id, d.text, d.source) for d in reading.documents] == expected
    assert (reading.warnings, reading.failures) == ((), ())


def test_json_entries_that_are_no_articles(tmp_path: Path) -> None:
    path = write(tmp_path, "a.json", json.dumps([{"text": "One."}, 5, {"title": "x"}]))
    reading = read_sources([path])
    assert len(reading.documents) == 1
    assert [w.split(":")[0] for w in reading.warnings] == [f"{path} article 2", f"{path} article 3"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "is empty"),
        ("[]", "an empty array"),
        ("5", "neither an object nor an array"),
        ('{"title": "x"}', "has no text"),
        ('[{"title": "x"}]', "none of its 1 entries"),
        ('{"articles": [{"title": "x"}]}', "none of its 1 entries"),
        ('{"text": "cut', "not JSON"),
        ("[" * 100_000, "nested too deep"),
    ],
)
def test_json_that_gives_nothing(tmp_path: Path, content: str, words: str) -> None:
    path = write(tmp_path, "a.json", content)
    failure = read_failure(path)
    assert failure.source == path
    assert words in failure.reason


def test_lines_named_json(tmp_path: Path) -> None:
    path = write(tmp_path, "a.json", lines({"text": "One."}, {"text": "Two."}))
    assert [d.id for d in read_sources([path]).documents] == ["a:1", "a:2"]


# Folders, patterns and what is no file


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("b.txt", "a.md", "sub/c.text", "sub/deep/d.txt", ".hidden.txt", ".git/e.txt", "sub/.f/g.txt"):
        write(tmp_path, f"data/{name}", f"Text of {name}.")
    write(tmp_path, "data/x.jsonl", lines({"text": "A line."}))
    write(tmp_path, "data/p.csv", "a,b")
    write(tmp_path, "data/q.png", b"\x89PNG")
    return tmp_path


def ids(reading: Reading) -> list[str]:
    return [document.id for document in reading.documents]


@pytest.mark.parametrize(
    ("field", "fits", "too_long"),
    [
        ("title", "T" * 1_000, "T" * 1_001),
        ("source", "S " * 500, "S" * 5_000_000),
        ("url", "https://a.example/" + "x" * 7_982, "https://a.example/" + "x" * 7_983),
    ],
)
def test_what_is_too_long_to_be_shown_is_left_out_and_named(field: str, fits: str, too_long: str) -> None:
    kept = collect([{"text": "Exports fell by 3% in May.", field: fits}])
    assert getattr(kept.documents[0], field) == fits.strip()
    assert kept.warnings == ()
    found = collect([{"text": "Exports fell by 3% in May.", field: too_long}])
    assert getattr(found.documents[0], field) is None
    assert_words(found.warnings[0], "documents[0]: its", "characters, over", "was left out")
    assert len(found.warnings[0]) < 200


def test_folder(folder: Path) -> None:
    reading = read_sources(["data"])
    assert ids(reading) == ["a", "b", "c", "d", "x:1"]
    assert reading.warnings == ("data: 2 files of other kinds were left out (1 .csv, 1 .png)",)
    assert reading.failures == ()


def test_folder_without_articles(folder: Path) -> None:
    (folder / "none").mkdir()
    assert_words(read_failure("none").reason, "no file of a kind that is read", ".jsonl.gz")


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("data/*.txt", ["b"]),
        ("data/?.md", ["a"]),
        ("data/[ab].*", ["a", "b"]),
        ("data/**/*.txt", ["b", "d"]),
        ("**/*.text", ["c"]),
        ("data/**", ["a", "b", "c", "d", "x:1"]),
        ("data/sub/**/deep/*", ["d"]),
        ("d*", ["a", "b", "c", "d", "x:1"]),
    ],
)
def test_pattern(folder: Path, pattern: str, expected: list[str]) -> None:
    reading = read_sources([pattern])
    assert ids(reading) == expected
    assert reading.failures == ()


@pytest.mark.parametrize("pattern", ["data/*.doc", "none/**/*.txt", "none/*", "data/**/*.doc"])
def test_pattern_without_match(folder: Path, pattern: str) -> None:
    failure = read_failure(pattern)
    assert (failure.source, failure.reason[:20]) == (pattern, "no file matches this")


def test_file_named_like_a_pattern(tmp_path: Path) -> None:
    assert read_one(write(tmp_path, "a[1].txt", TEXT)).id == "a[1]"


def test_paths_in_messages_are_as_given(folder: Path) -> None:
    write(folder, "data/empty.txt", "")
    for source in ("data", "./data", "data/", "../" + folder.name + "/data", str(folder / "data")):
        (failure,) = read_sources([source]).failures
        assert failure.source == os.path.join(source, "empty.txt")
    assert read_sources(["**/*.txt"]).failures[0].source == "data/empty.txt"


def test_same_file_is_read_once(folder: Path) -> None:
    reading = read_sources(["data/b.txt", "./data/b.txt", "data/b.txt"])
    assert ids(reading) == ["b"]
    assert reading.warnings == (
        "./data/b.txt: was given also as data/b.txt and is read once",
        "data/b.txt: was given twice and is read once",
    )
    reading = read_sources(["data", "data"])
    assert len(reading.documents) == 5
    assert "data: 5 of its files were given before, and each is read once" in reading.warnings
    assert reading.failures == ()


def test_links(folder: Path) -> None:
    (folder / "data/sub/loop").symlink_to("..")
    (folder / "data/sub/broken.txt").symlink_to("nowhere.txt")
    (folder / "data/self.txt").symlink_to("self.txt")
    (folder / "data/z.txt").symlink_to("b.txt")
    (folder / "data/zsub").symlink_to("sub")
    reading = read_sources(["data"])
    assert ids(reading) == ["a", "b", "c", "d", "x:1"]
    reasons = {failure.source: failure.reason for failure in reading.failures}
    assert set(reasons) == {"data/self.txt", "data/sub/broken.txt", "data/sub/loop"}
    assert "link to something that does not exist" in reasons["data/sub/broken.txt"]
    assert "link back to a folder above" in reasons["data/sub/loop"]
    assert any(warning.startswith("data/zsub: is a folder that was given before") for warning in reading.warnings)
    assert "data/z.txt: was given also as data/b.txt and is read once" in reading.warnings
    assert read_failure("data/sub/broken.txt").reason.startswith("is a link to something")


def test_pipes_sockets_and_devices_do_not_block(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(folder / "data/pipe.txt")
    monkeypatch.chdir(folder / "data")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.txt")
        reading = read_sources([".", "pipe.txt", "/dev/null", "pip*"])
    assert len(reading.documents) == 5
    assert [(failure.source, failure.reason.split(",")[0]) for failure in reading.failures] == [
        ("./pipe.txt", "is a pipe"),
        ("./socket.txt", "is a socket"),
        ("pipe.txt", "is a pipe"),
        ("/dev/null", "is a device"),
        ("pipe.txt", "is a pipe"),
    ]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("none.txt", "does not exist: check the path"),
        ("data/b.txt/c.txt", "does not exist"),
        ("", "is no path"),
        ("a\0b.txt", "NUL"),
        ("x" * 5_000, "cannot be read"),
        ("FILE:///a.txt", "only http:// and https:// are fetched"),
        ("ftp://courier.example/a", "only http:// and https:// are fetched"),
    ],
)
def test_source_that_is_not_there(folder: Path, source: str, words: str) -> None:
    failure = read_failure(source)
    assert failure.source == (source or "''")
    assert words in failure.reason


def test_file_that_may_not_be_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> BinaryIO:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", refuse)
    assert "check its permissions" in read_failure("data/b.txt").reason
    monkeypatch.setattr("os.listdir", refuse)
    reading = read_sources(["data"])
    assert "check its permissions" in reading.failures[0].reason


def test_file_name_that_is_no_text(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/caf\xe9\n.txt"
    Path(os.fsdecode(name)).write_text("", encoding="utf-8")
    read_failure(os.fsdecode(name)).source.encode("utf-8")
    Path(os.fsdecode(name)).write_text(TEXT, encoding="utf-8")
    assert read_sources([tmp_path]).documents[0].id == "caf\ufffd_"


def test_bad_sources_do_not_stop_the_others(folder: Path) -> None:
    write(folder, "c.txt", b"\x00" * 50)
    reading = read_sources(["none.txt", "data/b.txt", "c.txt", Path("data/a.md")])
    assert ids(reading) == ["b", "a"]
    assert [failure.source for failure in reading.failures] == ["none.txt", "c.txt"]


def test_too_many_documents(folder: Path) -> None:
    assert len(read_sources(["data"], config=SummaryConfig(max_documents=5)).documents) == 5
    with pytest.raises(LimitError, match=r"more than 4 documents.*--max-documents"):
        read_sources(["data"], config=SummaryConfig(max_documents=4))
    with pytest.raises(LimitError, match=r"documents\[1\]: more than 1 documents"):
        collect(["One.", "Two."], config=SummaryConfig(max_documents=1))


def test_one_source_is_not_a_list() -> None:
    for source in ("a.txt", Path("a.txt")):
        with pytest.raises(InputError, match="list of paths"):
            read_sources(source)  # type: ignore[arg-type]


# Standard input


class Trickle(io.RawIOBase):
    """A pipe that gives a few bytes at a time."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def read(self, n: int = -1) -> bytes:
        part, self._data = self._data[:7], self._data[7:]
        return part


def read_input(content: str | bytes, **limits: int) -> Reading:
    data = content.encode() if isinstance(content, str) else content
    readings = [
        read_sources(["-"], config=SummaryConfig(**limits), stdin=stream)
        for stream in (io.BytesIO(data), Trickle(data))
    ]
    assert readings[0].documents == readings[1].documents
    assert readings[0].warnings == readings[1].warnings
    return readings[0]


def test_standard_input_is_one_text() -> None:
    text = f"{TEXT}\n{{not json}}\n"
    (document,) = read_input(text).documents
    assert document.text == text
    assert document.id.startswith("d")
    assert len(document.id) == 9


def test_standard_input_is_lines_of_json() -> None:
    reading = read_input("\ufeff\n" + lines({"text": "One."}, "oops", {"text": "Two.", "id": "b"}))
    assert [(d.id, d.text) for d in reading.documents] == [("stdin:2", "One."), ("b", "Two.")]
    assert reading.warnings[0].startswith("- (standard input) line 3: is not JSON")


@pytest.mark.parametrize("value", [{"text": "One."}, [{"text": "One."}], {"articles": [{"text": "One."}]}])
def test_standard_input_is_one_json_value(value: object) -> None:
    assert [d.text for d in read_input(json.dumps(value, indent=2)).documents] == ["One."]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "is empty"),
        (" \n", "is empty"),
        ('{\n "text": "cut', "begins like JSON but is not JSON"),
        ("<html><p></p>", "no article"),
        (b"%PDF-1.4 ", "damaged"),
        (gzip.compress(b"x", mtime=0), "gzip"),
        (b"\x00" * 99, "binary"),
    ],
)
def test_standard_input_that_gives_nothing(content: str | bytes, words: str) -> None:
    (failure,) = read_input(content).failures
    assert failure.source == "- (standard input)"
    assert words in failure.reason


def test_standard_input_of_any_length() -> None:
    n_documents = 3_000
    many = lines(*({"text": f"{TEXT} {n}", "id": n} for n in range(n_documents)))
    reading = read_sources(
        ["-"],
        config=SummaryConfig(max_document_characters=100, max_documents=n_documents),
        stdin=io.BytesIO(many.encode()),
    )
    assert len(reading.documents) == n_documents
    (failure,) = read_input("word " * 20_000, max_document_characters=100).failures
    assert "more than one document may" in failure.reason
    array = json.dumps([{"text": f"{TEXT} {n}"} for n in range(2_000)], indent=1)
    assert len(read_input(array, max_document_characters=100, max_documents=2_000).documents) == 2_000


class Broken(io.RawIOBase):
    """A pipe whose other end has gone wrong."""

    def read(self, n: int = -1) -> bytes:
        raise OSError(5, "Input/output error")


def test_standard_input_that_breaks() -> None:
    (failure,) = read_sources(["-"], stdin=Broken()).failures
    assert_words(str(failure), "- (standard input): cannot be read", "Input/output error")


def test_standard_input_twice() -> None:
    reading = read_sources(["-", "-", "-"], stdin=io.BytesIO(TEXT.encode()))
    assert len(reading.documents) == 1
    assert [str(failure)[:30] for failure in reading.failures] == ["-: was given more than once, a"]


def test_standard_input_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert "none in this process" in read_sources(["-"]).failures[0].reason


# What a program gives


def test_collect_every_kind(folder: Path) -> None:
    own = Document(text="Own.", id="own", published="10 June", dropped=(Passage(0, 1, "x"),))
    reading = collect(["A text.", {"text": "A mapping.", "id": "m"}, own, Path("data/b.txt"), Path("data/x.jsonl")])
    assert [d.text for d in reading.documents] == ["A text.", "A mapping.", "Own.", "Text of b.txt.", "A line."]
    assert ids(reading)[1:] == ["m", "own", "b", "x:1"]
    assert reading.documents[2] == own
    assert (reading.warnings, reading.failures) == ((), ())


def test_collect_text_is_never_a_path(folder: Path) -> None:
    reading = collect(["data/b.txt", "-"])
    assert [d.text for d in reading.documents] == ["data/b.txt"]
    assert "pathlib.Path('data/b.txt')" in reading.warnings[0]
    assert collect([Path("-")]).failures[0].reason.startswith("does not exist")


@pytest.mark.parametrize(
    ("given_object", "words"),
    [
        ("", "is empty"),
        (" \n", "is empty"),
        (Document(text=""), "is empty"),
        (Document(text=5), "its text is of type int"),  # type: ignore[arg-type]
        (b"bytes", "of type bytes"),
        (None, "of type NoneType"),
        (["One."], "of type list"),
        (Path("none.txt"), "does not exist"),
    ],
)
def test_collect_names_what_gives_nothing(given_object: Any, words: str) -> None:
    reading = collect(["One.", given_object])
    assert len(reading.documents) == 1
    (failure,) = reading.failures
    assert failure.source in ("documents[1]", "none.txt")
    assert words in failure.reason


@pytest.mark.parametrize("single", ["One.", b"x", {"text": "One."}, Document(text="One."), Path("a.txt")])
def test_collect_wants_a_list(single: Any) -> None:
    with pytest.raises(InputError, match="put it in a list"):
        collect(single)


def test_collect_replaces_lone_surrogates() -> None:
    reading = collect(["One \ud800.", Document(text="Two.", title="\udc00", id="\ud800")])
    assert reading.documents[0].text == "One \ufffd."
    assert (reading.documents[1].title, reading.documents[1].id) == ("\ufffd", "\ufffd")
    assert [w.split(":")[0] for w in reading.warnings] == ["documents[0]", "documents[1]"]


def test_collect_cells_of_a_table() -> None:
    row = {"text": "One.", "title": float("nan"), "published": date(2025, 6, 10), "language": float("nan")}
    (document,) = collect([row]).documents
    assert (document.title, document.published, document.language) == (None, "2025-06-10", None)


def test_collect_nothing() -> None:
    assert collect([]) == read_sources([]) == Reading((), (), ())


# Ids


def test_ids_of_the_content() -> None:
    (first, second, third) = assign_ids([Document("One."), Document("Two."), Document("One.", title="x")])
    assert first.id != second.id
    assert {first.id, third.id} == {first.id.removesuffix("-2"), first.id.removesuffix("-2") + "-2"}
    assert assign_ids([Document("One.")])[0].id == first.id.removesuffix("-2")


def test_clashes_pass_over_ids_that_are_there() -> None:
    documents = [Document("a", id="x"), Document("b", id="x"), Document("c", id="x-2"), Document("d", id="x")]
    assert [d.id for d in assign_ids(documents)] == ["x", "x-3", "x-2", "x-4"]
    assert assign_ids(assign_ids(documents)) == assign_ids(documents)


def test_ids_given_twice_are_told() -> None:
    reading = collect([{"text": "B.", "id": "x"}, {"text": "A.", "id": "x"}, {"text": "C.", "id": "y"}])
    assert ids(reading) == ["x-2", "x", "y"]
    assert reading.warnings == ("the id 'x' was given to 2 documents; the later ones became 'x-2' and so on",)


def test_same_names_in_two_folders(tmp_path: Path) -> None:
    paths = [write(tmp_path, f"{folder}/a.txt", f"Text {folder}.") for folder in "zyx"]
    given_order, reversed_order = read_sources(paths), read_sources(paths[::-1])
    assert ids(given_order) == ["a-3", "a-2", "a"]
    assert given_order.warnings == ()
    assert set(given_order.documents) == set(reversed_order.documents)


ID = st.sampled_from(["", "a", "a-2", "a-3", "b"])
DOCUMENT = st.builds(Document, text=st.sampled_from(["One.", "Two.", "Three."]), id=ID, title=st.none() | st.just("T"))


@settings(deadline=None, max_examples=100)
@given(documents=st.lists(DOCUMENT, max_size=8), data=st.data())
def test_ids_are_unique_and_do_not_depend_on_order(documents: list[Document], data: st.DataObject) -> None:
    assigned = assign_ids(documents)
    assert len({document.id for document in assigned}) == len(documents)
    shuffled = assign_ids(data.draw(st.permutations(documents)))

    def sorted_by_id(some: list[Document]) -> list[Document]:
        return sorted(some, key=lambda document: document.id)

    assert sorted_by_id(assigned) == sorted_by_id(shuffled)
