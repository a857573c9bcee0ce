"""PDF files: their lines become paragraphs, and what is no text is said."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, StreamObject

from summarizer.config import SummaryConfig
from summarizer.datatypes import Document
from summarizer.errors import ReadingError
from summarizer.reading import Reading, read_sources
from summarizer.reading.pdf import join_pages
from tests.timing import assert_quick

LINES = [
    "Ministers met in London on Tuesday and agreed on the out-",
    "line of a deal that ends a dispute of three years, which",
    "had cost both countries dearly.",
    "Officials said that the text would be published within a",
    "week.",
]
TEXT = (
    "Ministers met in London on Tuesday and agreed on the outline of a deal that ends a dispute of three years, which "
    "had cost both countries dearly.\n\nOfficials said that the text would be published within a week."
)


def make(*pages: list[str], metadata: dict[str, str] | None = None, password: str | None = None) -> bytes:
    """Write a PDF file, a line of text below the other."""
    parts = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    for lines in pages:
        shown = " ".join(f"({line.replace('(', '').replace(')', '')}) Tj 0 -14 Td" for line in lines)
        stream = f"BT /F1 11 Tf 60 740 Td {shown} ET"
        number = len(parts) + 1
        kids.append(f"{number} 0 R")
        parts.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {number + 1} 0 R /Resources << /Font << "
            "/F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
        )
        parts.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    parts[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    data = "%PDF-1.4\n"
    places = []
    for number, part in enumerate(parts, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{part}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(parts) + 1
    end = (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(data)}\n"
    )
    plain = f"{data}{end}%%EOF\n".encode("latin-1")
    if not metadata and password is None:
        return plain
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(plain)))
    writer.add_metadata(metadata or {})
    if password is not None:
        writer.encrypt(password, owner_password="owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def read(folder: Path, data: bytes, name: str = "a.pdf", **limits: int) -> Reading:
    path = folder / name
    path.write_bytes(data)
    return read_sources([path], config=SummaryConfig(**limits) if limits else None)


def read_failure(folder: Path, data: bytes, **limits: int) -> ReadingError:
    reading = read(folder, data, **limits)
    assert reading.documents == ()
    (failure,) = reading.failures
    assert failure.source == str(folder / "a.pdf")
    return failure


@pytest.mark.parametrize("name", ["a.pdf", "a.PDF", "a", "a.bin"])
def test_lines_become_paragraphs(tmp_path: Path, name: str) -> None:
    reading = read(tmp_path, make(LINES), name)
    assert reading.documents == (Document(TEXT, "a"),)
    assert (reading.warnings, reading.failures) == ((), ())


def test_title_and_day(tmp_path: Path) -> None:
    metadata = {"/Title": "Ministers agree", "/CreationDate": "D:20250610080000+01'00'"}
    (document,) = read(tmp_path, make(LINES, metadata=metadata)).documents
    assert (document.title, document.published) == ("Ministers agree", "2025-06-10")
    assert document.inferred == ("published",), "the day a file was made is not declared to be that of publication"
    metadata = {"/Title": "Microsoft Word - draft3.docx", "/CreationDate": "yesterday"}
    (document,) = read(tmp_path, make(LINES, metadata=metadata)).documents
    assert (document.title, document.published) == (None, None)


def test_headers_footers_and_page_numbers_are_left_out(tmp_path: Path) -> None:
    pages = [
        ["The Courier, 10 June 2025", f"Page {n} has a sentence of its own, number {n}, that is kept.", f"{n} / 4"]
        for n in range(1, 5)
    ]
    (document,) = read(tmp_path, make(*pages)).documents
    assert document.text.count("that is kept.") == 4
    assert "Courier" not in document.text
    assert "/ 4" not in document.text


@pytest.mark.parametrize(
    ("pages", "text"),
    [
        ([["A co-", "operation."]], "A cooperation."),
        ([["The well-", "Known case of a line that is long."]], "The well-Known case of a line that is long."),
        ([["The soft\u00ad", "ware of a line that is long enough."]], "The software of a line that is long enough."),
        ([["Headline", "One sentence goes on over the edge of a", "page and ends."]],
         "Headline\n\nOne sentence goes on over the edge of a page and ends."),
        ([["First point of a list follows here:", "• one thing", "• another thing"]],
         "First point of a list follows here:\n\n• one thing\n\n• another thing"),
        ([[], ["", "  "]], ""),
        ([], ""),
    ],
)  # fmt: skip
def test_joining(pages: list[list[str]], text: str) -> None:
    assert join_pages(pages) == text


def test_a_paragraph_goes_on_over_the_page() -> None:
    first = [
        "Ministers met in London on Tuesday and agreed on a deal",
        "that ends a dispute of three years, which had cost the",
    ]
    assert join_pages([first, ["", "two countries dearly."]]).count("\n") == 0


def test_locked_without_a_password_is_read(tmp_path: Path) -> None:
    assert read(tmp_path, make(LINES, password="")).documents[0].text == TEXT


def test_encrypted(tmp_path: Path) -> None:
    assert "is encrypted: save a copy without a password" in read_failure(tmp_path, make(LINES, password="x")).reason


def test_pictures_alone(tmp_path: Path) -> None:
    assert "only pictures: run OCR on it" in read_failure(tmp_path, make([], ["3"])).reason


def test_limits(tmp_path: Path) -> None:
    three = make(LINES[:2], LINES[2:4], LINES[4:])
    reason = read_failure(tmp_path, three, max_pdf_pages=2).reason
    assert "3 pages, over the limit of 2: split it, or raise max_pdf_pages (--max-pdf-pages)" in reason
    assert read(tmp_path, three, max_pdf_pages=3).documents
    assert "--max-pdf-bytes" in read_failure(tmp_path, three, max_pdf_bytes=100).reason


def test_bomb_is_ended(tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(make(LINES))))
    stream: Any = StreamObject()
    stream.set_data(b"(a) Tj " * 40_000_000)
    page = writer.pages[0]
    page[NameObject("/Contents")] = writer._add_object(stream.flate_encode(9))
    out = io.BytesIO()
    writer.write(out)
    assert len(out.getvalue()) < 1_000_000
    assert ": " in read_failure(tmp_path, out.getvalue(), extraction_seconds=2).reason
    assert read(tmp_path, make(LINES)).documents[0].text == TEXT


@pytest.mark.parametrize("cut", [20, 200, 500, -30])
def test_damaged(tmp_path: Path, cut: int) -> None:
    reading = read(tmp_path, make(LINES)[:cut])
    assert len(reading.documents) + len(reading.failures) == 1
    assert "is no PDF file" in read_failure(tmp_path, b"words").reason


@given(st.binary(max_size=200), st.integers(0, 900))
@settings(deadline=None, max_examples=25)
def test_any_bytes_are_a_document_or_a_reason(tmp_path_factory: pytest.TempPathFactory, data: bytes, at: int) -> None:
    folder, whole = tmp_path_factory.mktemp("bytes"), make(LINES)
    for content in (data, b"%PDF-1.4\n" + data, whole[:at] + data + whole[at + len(data) :]):
        reading = read(folder, content)
        assert len(reading.documents) + len(reading.failures) == 1


def test_joining_takes_a_time_that_grows_with_the_length() -> None:
    assert_quick(lambda: join_pages([["x-"] * 50_000, ["word " * 10_000], [""] * 50_000]), 300)
