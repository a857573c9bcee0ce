"""Pages: what readers see of the article is read, and nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.config import SummaryConfig
from summarizer.datatypes import Document
from summarizer.errors import ReadingError
from summarizer.reading import Reading, read_sources
from summarizer.reading.html import decode_page, extract_fragment
from summarizer.reading.kinds import sniff
from summarizer.reading.shapeless import strip_shapeless
from summarizer.reading.styles import Styles, read_declarations
from summarizer.reading.visibility import hides
from tests.timing import assert_quick

CASES = Path(__file__).parent / "cases"
SECRET = "zebras won the election"
FIRST = "Ministers met in London on Tuesday and agreed on the outline of a deal."
LAST = "The deal ends a dispute that had lasted for three years, officials said."
BODY = f"<h1>Ministers agree</h1><article><p>{FIRST}</p>%s<p>{LAST}</p></article>"


def page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


def read(folder: Path, content: str | bytes, name: str = "a.html", **limits: int) -> Reading:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_sources([path], config=SummaryConfig(**limits) if limits else None)


def read_one(folder: Path, content: str | bytes, name: str = "a.html") -> Document:
    reading = read(folder, content, name)
    assert (reading.warnings, reading.failures) == ((), ())
    (document,) = reading.documents
    return document


def read_failure(folder: Path, content: str | bytes, name: str = "a.html", **limits: int) -> ReadingError:
    reading = read(folder, content, name, **limits)
    assert reading.documents == ()
    (failure,) = reading.failures
    assert failure.source == str(folder / name)
    return failure


# Hidden text


HIDDEN = [
    pytest.param(case["input"], case["expected"], id=case["label"])
    for case in json.loads((CASES / "reading_hidden.json").read_text(encoding="utf-8"))
]


@pytest.mark.parametrize(("markup", "shown"), HIDDEN)
def test_only_what_readers_see_is_read(tmp_path: Path, markup: str, shown: bool) -> None:
    text = read_one(tmp_path, page(BODY % markup)).text
    assert (SECRET in text) is shown
    assert FIRST in text
    assert LAST in text
    assert (SECRET in extract_fragment(markup, "a")) is shown


def test_there_are_enough_ways_to_hide() -> None:
    assert sum(not case.values[1] for case in HIDDEN) >= 60
    assert sum(bool(case.values[1]) for case in HIDDEN) >= 40


@pytest.mark.parametrize(
    ("given_", "kept"),
    [
        ("z\u200beb\u2060ra\ufeff", "zebra"),
        ("co\u00adoperate", "cooperate"),
        ("safe\u202eevil\u202c text", "safeevil text"),
        ("flag\U000e0049\U000e0067\U000e006e\U000e006f\U000e0072\U000e0065", "flag"),
        ("a\U000e0100\U000e0123b", "ab"),
        ("a\ufe00\ufe01\ufe02b", "ab"),
        ("ze\u200dbra", "zebra"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष", "क्\u200dष"),
        ("\U0001f469\u200d\U0001f680", "\U0001f469\u200d\U0001f680"),
        ("❤\ufe0f", "❤\ufe0f"),
    ],
)
def test_characters_without_shape(given_: str, kept: str) -> None:
    assert strip_shapeless(given_) == kept


def test_cascade_of_many_rules_is_fast() -> None:
    from lxml.html import document_fromstring

    rules = "".join(f".c{n} .d{n} > p.e{n}{{display:none}}" for n in range(20_000))
    tree = document_fromstring("<div>" + "<p class='a b c'>x</p>" * 5_000 + "</div>")

    def read() -> None:
        styles = Styles([rules, "{" * 50_000, "}" * 50_000, "a{" * 50_000, "/*" * 50_000, "@media x" * 10_000])
        for element in tree.iter():
            styles.declared(element, "color:red;" * 5)
        assert not hides({name: value for name, (_, value) in read_declarations("transform:" + "1" * 200_000).items()})

    assert_quick(read, 300)


# The article and what is declared about it


def test_page_with_everything(tmp_path: Path) -> None:
    linked = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": "Courier"},
            {
                "@type": ["NewsArticle"],
                "headline": "Ministers agree on a deal",
                "datePublished": "2025-06-10T08:30:00+01:00",
                "publisher": {"@type": "Organization", "name": "The Courier"},
            },
        ],
    }
    head = (
        "<title>Something else | The Courier</title><meta property='og:title' content='Other'>"
        "<link rel='canonical' href='https://courier.example/2025/deal'>"
        f"<script type='application/ld+json'>{json.dumps(linked)}</script>"
    )
    menu = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/w'>World</a></li></ul></nav>"
    foot = "<footer>All rights reserved. <a href='/x'>Terms</a></footer>"
    html = page(menu + BODY % "" + foot, head).replace("<html>", "<html lang='en-GB'>")
    assert read_one(tmp_path, html) == Document(
        text=f"{FIRST}\n\n{LAST}",
        id="a",
        title="Ministers agree on a deal",
        source="The Courier",
        url="https://courier.example/2025/deal",
        published="2025-06-10T08:30:00+01:00",
        language="en",
    )


@pytest.mark.parametrize(
    ("head", "fields"),
    [
        ("<meta name='pubdate' content='10 June 2025'>", {"published": "2025-06-10"}),
        ("<meta itemprop='datePublished' content='2025-06-10'>", {"published": "2025-06-10"}),
        ("<meta name='date' content='10/06/2025'>", {"published": None}),
        ("<meta property='og:url' content='https://www.a.example/x'>", {"source": "a.example"}),
        ("<link rel='canonical' href='javascript:alert(1)'>", {"url": None}),
        ("<title>Ministers agree - A. Example</title><meta property='og:site_name' content='A. Example'>",
         {"title": "Ministers agree", "source": "A. Example"}),
        ("<meta property='og:locale' content='de_DE'>", {"language": "de"}),
        ("<meta property='og:locale' content='klingon'>", {"language": None}),
        ("<script type='application/ld+json'>{\"@type\": \"NewsArticle\", </script>", {"title": "Ministers agree"}),
        ("<script type='application/ld+json'>" + "[" * 90_000 + "</script>", {"title": "Ministers agree"}),
        ("<script type='application/ld+json'>[{\"@type\": {}, \"headline\": 5}]</script>", {"published": None}),
    ],
)  # fmt: skip
def test_declared_fields(tmp_path: Path, head: str, fields: dict[str, Any]) -> None:
    document = read_one(tmp_path, page(BODY % "", head))
    assert {name: getattr(document, name) for name in fields} == fields
    assert document.inferred == ()


def test_a_day_that_is_only_shown_is_named_as_found(tmp_path: Path) -> None:
    document = read_one(tmp_path, page(BODY % "<time datetime='2025-06-10T08:00:00Z'>today</time>"))
    assert (document.published, document.inferred) == ("2025-06-10T08:00:00+00:00", ("published",))


def test_tables_hold_prose_or_figures(tmp_path: Path) -> None:
    prose = "The table of an old page holds its article, and so its words are read as any other words are. " * 3
    markup = f"<table><tr><td>Exports 2024</td><td>33 bn</td></tr></table><table><tr><td>{prose}</td></tr></table>"
    text = read_one(tmp_path, page(BODY % markup)).text
    assert "The table of an old page" in text
    assert "33 bn" not in text


def test_control_characters_do_not_lose_the_article(tmp_path: Path) -> None:
    text = (
        read(tmp_path, page(BODY % "<p>A \x1b[31mred\x0b word &#x1b; and \ufffe more of them to read here.</p>"))
        .documents[0]
        .text
    )
    assert FIRST in text
    assert "red word" in text
    assert "\x1b" not in text


def test_repeated_reading_gives_the_same(tmp_path: Path) -> None:
    html = page(BODY % "")
    texts = [read_one(tmp_path, html, f"{n}.html").text for n in range(4)]
    assert texts == [f"{FIRST}\n\n{LAST}"] * 4


# Kinds and encodings


@pytest.mark.parametrize("name", ["a.html", "a.HTM", "a.xhtml", "a.php", "a", "a.story", "a.xml"])
def test_names_of_pages(tmp_path: Path, name: str) -> None:
    assert FIRST in read_one(tmp_path, page(BODY % ""), name).text


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"<!DOCTYPE html>", "page"),
        (b"\xef\xbb\xbf \n<HTML>", "page"),
        ("\ufeff<html>".encode("utf-16-le"), "page"),
        (b"<?xml version='1.0'?><!-- a - b --><html xmlns='x'>", "page"),
        (b"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a 'b'>]><rss>", "feed"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'>", "feed"),
        (b"<rdf:RDF>", "feed"),
        (b"<?xml version='1.0'?><urlset>", ""),
        (b"%PDF-1.7", "pdf"),
        (b"WARC/1.1\r\n", "archive"),
        (b"A text about <html> and more.", ""),
        (b"", ""),
        (b"<!--" * 1000, ""),
    ],
)
def test_kinds_are_told_by_their_beginning(head: bytes, kind: str) -> None:
    assert sniff(head) == kind


FRENCH = "La réunion s'est tenue à Genève, et les délégués ont été reçus à l'hôtel par le maire."


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (f"<html><p>{FRENCH}".encode(), "utf-8"),
        (f"<html><meta charset=iso-8859-1><p>{FRENCH}".encode(), "utf-8"),
        (f"<html><meta charset='ISO-8859-1'><p>{FRENCH}".encode("cp1252"), "iso8859-1"),
        (f"<html><meta http-equiv=c content='text/html; charset=windows-1252'><p>{FRENCH}".encode("cp1252"), "cp1252"),
        (f"<?xml version='1.0' encoding='iso-8859-15'?><p>{FRENCH}".encode("iso8859-15"), "iso8859-15"),
        (f"<html><meta charset=none-such><p>{FRENCH}".encode("cp1252"), "cp1252"),
        (f"<html><p>{FRENCH}".encode("utf-16"), "utf-16-le"),
    ],
)
def test_encodings(data: bytes, encoding: str) -> None:
    decoded = decode_page(data, "a")
    assert FRENCH in decoded.text
    assert decoded.encoding == encoding


def test_declared_by_the_sender() -> None:
    data = "<html><p>Переговоры прошли в Лондоне".encode("koi8_r")
    assert "Переговоры" in decode_page(data, "a", charset="KOI8-R").text


# Hostile pages


def test_deep_page_is_refused(tmp_path: Path) -> None:
    html = page("<div>" * 50_000 + f"<p>{FIRST}</p>" + "</div>" * 50_000)
    assert "nested too deep" in read_failure(tmp_path, html).reason
    assert "nested too deep" in read_failure(tmp_path, page("<b><i>" * 50_000 + FIRST)).reason


@pytest.mark.parametrize(
    "extra",
    [
        "<p title='" + "x" * 3_000_000 + "'>a</p>",
        "<p style='" + "display:block;" * 100_000 + "'>a</p>",
        "<p class='" + "a " * 300_000 + "'>a</p>",
        "<p " + " ".join(f"a{n}=1" for n in range(3_000)) + ">a</p>",
        "<style>" + "a,b " * 300_000 + "</style>",
        "<!-- " + "-" * 500_000 + " -->",
        "<p>&amp;" + "&lt;" * 100_000 + "</p>",
    ],
    ids=["attribute", "style", "classes", "attributes", "rules", "comment", "entities"],
)
def test_huge_parts_do_no_harm(tmp_path: Path, extra: str) -> None:
    # A second or less where nothing else runs.
    assert FIRST in read(tmp_path, page(BODY % extra), extraction_seconds=120).documents[0].text


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("zebras won the election", encoding="utf-8")
    entities = "".join(f"<!ENTITY e{n} '&e{n - 1};&e{n - 1};'>" for n in range(1, 40))
    doctype = f"<!DOCTYPE html [<!ENTITY e0 'bomb '>{entities}<!ENTITY x SYSTEM 'file://{tmp_path}/secret.txt'>]>"
    text = read(tmp_path, f"{doctype}<html><body>{BODY % '<p>&e39; &x;</p>'}</body></html>").documents[0].text
    assert FIRST in text
    assert SECRET not in text
    assert len(text) < 1_000


def test_size_is_limited_before_reading(tmp_path: Path) -> None:
    with (tmp_path / "b.html").open("wb") as stream:
        stream.truncate(2_000_000_000)
    (failure,) = read_sources([tmp_path / "b.html"]).failures
    assert "over the limit of 10000000" in failure.reason
    assert "--max-html-bytes" in read_failure(tmp_path, page(BODY % ""), max_html_bytes=50).reason


@pytest.mark.parametrize(
    "body", ["", "<p></p>", "<nav><a href=/>Home</a></nav>", "<script>document.write('a')</script>"]
)
def test_page_without_an_article(tmp_path: Path, body: str) -> None:
    reason = read_failure(tmp_path, page(body)).reason
    assert ": " in reason
    assert "give" in reason


@pytest.mark.parametrize("content", [b"", b"  \n", b"%PDF-1.4 ", b"\x1f\x8b\x08", b"\x00" * 99, b"\xff" * 99])
def test_page_that_is_none(tmp_path: Path, content: bytes) -> None:
    assert ": " in read_failure(tmp_path, content).reason


@given(st.binary(max_size=300), st.sampled_from(["html", "xhtml", "xml", "htm"]))
@settings(deadline=None, max_examples=25)
def test_any_bytes_are_a_page_or_a_reason(tmp_path_factory: pytest.TempPathFactory, data: bytes, suffix: str) -> None:
    folder = tmp_path_factory.mktemp("bytes")
    for content in (data, b"<html><body><p>" + data, page(BODY % "\0").encode().replace(b"\0", data)):
        reading = read(folder, content, f"a.{suffix}")
        assert len(reading.documents) + len(reading.failures) == 1


def test_missing_extra_names_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "trafilatura.py").write_text("raise ImportError('gone')\n", encoding="utf-8")
    (tmp_path / "a.html").write_text(page(BODY % ""), encoding="utf-8")
    program = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        "from summarizer.reading import read_sources\n"
        f"(failure,) = read_sources([{str(tmp_path / 'a.html')!r}]).failures\n"
        "sys.stdout.write(str(failure))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[1]
    )
    assert done.stdout == f"{tmp_path / 'a.html'}: reading a page needs the extra 'web': pip install 'crossbrief[web]'"
