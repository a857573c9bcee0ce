"""Web archives: the pages in them, with address and day; bombs stop at their limit."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.config import SummaryConfig
from summarizer.errors import LimitError, ReadingError
from summarizer.reading import Reading, read_sources

FIRST = "Ministers met in London on Tuesday and agreed on the outline of a deal."
LAST = "The deal ends a dispute that had lasted for three years, officials said."
PAGE = (
    "<!DOCTYPE html><html><head><link rel='canonical' href='https://other.example/'></head><body><article>"
    f"<p>{FIRST}</p><p hidden>zebras won</p><p>{LAST}</p></article></body></html>"
).encode()


def record(body: bytes = PAGE, url: str = "https://a.example/1", kind: str = "text/html", **given_: str) -> bytes:
    """Write a response as an archive keeps it."""
    coding = f"Content-Encoding: {given_['coding']}\r\n" if "coding" in given_ else ""
    status = given_.get("status", "200 OK")
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{coding}Content-Length: {len(body)}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: {given_.get('type', 'response')}\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        f"WARC-Date: 2025-06-10T08:00:00Z\r\nWARC-Target-URI: {url}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def read(folder: Path, data: bytes, name: str = "w.warc", **limits: int) -> Reading:
    path = folder / name
    path.write_bytes(data)
    return read_sources([path], config=SummaryConfig(**limits) if limits else None)


def read_failure(folder: Path, data: bytes, name: str = "w.warc", **limits: int) -> ReadingError:
    reading = read(folder, data, name, **limits)
    assert reading.documents == ()
    (failure,) = reading.failures
    assert failure.source == str(folder / name)
    return failure


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (record() + record(url="https://b.example/2"), "w.warc"),
        (gzip.compress(record()) + gzip.compress(record(url="https://b.example/2")), "w.warc.gz"),
        (record() + record(url="https://b.example/2"), "w.part"),
    ],
)
def test_pages_of_an_archive(tmp_path: Path, data: bytes, name: str) -> None:
    reading = read(tmp_path, data, name)
    assert (reading.warnings, reading.failures) == ((), ())
    stem = "w"
    assert [(document.id, document.url) for document in reading.documents] == [
        (f"{stem}:1", "https://a.example/1"),
        (f"{stem}:2", "https://b.example/2"),
    ]
    for document in reading.documents:
        assert document.text == f"{FIRST}\n\n{LAST}"
        assert (document.published, document.inferred) == ("2025-06-10", ("published",))
    assert [document.source for document in reading.documents] == ["a.example", "b.example"]


def test_only_pages_that_were_found(tmp_path: Path) -> None:
    data = (
        record(type="request")
        + record(kind="image/png")
        + record(status="404 Not Found")
        + record(b"<html><body></body></html>", url="https://a.example/empty")
        + record(gzip.compress(PAGE), coding="gzip")
    )
    reading = read(tmp_path, data)
    (document,) = reading.documents
    assert document.text == f"{FIRST}\n\n{LAST}"
    (warning,) = reading.warnings
    assert "https://a.example/empty" in warning


def test_encoding_of_the_sender(tmp_path: Path) -> None:
    page = PAGE.replace(
        FIRST.encode(), "Переговоры прошли в Лондоне во вторник, и министр заявил о том.".encode("koi8_r")
    )
    (document,) = read(tmp_path, record(page, kind="text/html; charset=koi8-r")).documents
    assert "Переговоры" in document.text


def test_page_over_the_limit_is_skipped(tmp_path: Path) -> None:
    reading = read(tmp_path, record(PAGE + b" " * 5_000) + record(), max_html_bytes=2_000)
    assert [document.id for document in reading.documents] == ["w:2"]
    assert "raise max_html_bytes (--max-html-bytes)" in reading.warnings[0]


def test_bombs_stop_at_their_limit(tmp_path: Path) -> None:
    bomb = gzip.compress(record(b"<p>" + b"\0" * 60_000_000))
    reason = read_failure(tmp_path, bomb, "w.warc.gz").reason
    assert "grows to over 20000000 bytes when unpacked" in reason
    after = read(tmp_path, gzip.compress(record()) + bomb, "w.warc.gz")
    assert [document.id for document in after.documents] == ["w:1"]
    assert "the 1 articles before that place were read" in after.warnings[-1]
    inner = record(gzip.compress(b"<p>" + b"a " * 30_000_000), coding="gzip")
    reading = read(tmp_path, inner + record(), "w.warc")
    assert [document.url for document in reading.documents] == ["https://a.example/1"]
    assert "holds over 10000000 bytes" in reading.warnings[0]


def test_one_document_too_many(tmp_path: Path) -> None:
    with pytest.raises(LimitError, match="more than 2 documents"):
        read(tmp_path, record() * 5, max_documents=2)
    assert len(read(tmp_path, record() * 3).documents) == 3, "the next archive is not disturbed"


@pytest.mark.parametrize(
    ("data", "name"),
    [(b"", "w.warc"), (b"words", "w.warc"), (record(type="request"), "w.warc"), (b"\x1f\x8b\x08", "w.warc.gz")],
)
def test_what_is_no_archive(tmp_path: Path, data: bytes, name: str) -> None:
    assert ": " in read_failure(tmp_path, data, name).reason


@given(st.binary(max_size=200), st.integers(0, 600))
@settings(deadline=None, max_examples=25)
def test_any_bytes_are_documents_or_a_reason(tmp_path_factory: pytest.TempPathFactory, data: bytes, at: int) -> None:
    folder, whole = tmp_path_factory.mktemp("bytes"), record()
    for content in (data, b"WARC/1.0\r\n" + data, whole[:at] + data + whole[at:], gzip.compress(whole)[:at] + data):
        for name in ("w.warc", "w.warc.gz"):
            reading = read(folder, content, name)
            assert len(reading.documents) + len(reading.failures) >= 1
