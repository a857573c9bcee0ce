"""Feeds and agency items: entries become articles, and nothing that they hold is opened or believed."""

from __future__ import annotations

import json
import subprocess
import sys
from html import escape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.config import SummaryConfig
from summarizer.datatypes import Document
from summarizer.errors import ReadingError
from summarizer.reading import Reading, collect, read_sources
from summarizer.reading.feeds import _without_teaser

ROOT = Path(__file__).resolve().parents[1]
TEXT = "Ministers met in London on Tuesday and agreed on the outline of a deal."
MORE = "The deal ends a dispute that had lasted for three years, officials said."
SECRET = "zebras won the election"


def rss(*items: str, channel: str = "<title>The Courier</title><language>en-gb</language>") -> str:
    entries = "".join(f"<item>{item}</item>" for item in items)
    return (
        "<?xml version='1.0' encoding='UTF-8'?><rss version='2.0' "
        "xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:dc='http://purl.org/dc/elements/1.1/'>"
        f"<channel>{channel}{entries}</channel></rss>"
    )


def item(text: str = TEXT, rest: str = "") -> str:
    return f"<title>Talks</title><link>https://a.example/1</link><description>{escape(text)}</description>{rest}"


def read(folder: Path, content: str | bytes, name: str = "f.xml", **limits: int) -> Reading:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_sources([path], config=SummaryConfig(**limits) if limits else None)


def read_all(folder: Path, content: str | bytes, name: str = "f.xml") -> list[Document]:
    reading = read(folder, content, name)
    assert (reading.warnings, reading.failures) == ((), ())
    return list(reading.documents)


def read_failure(folder: Path, content: str | bytes, name: str = "f.xml", **limits: int) -> ReadingError:
    reading = read(folder, content, name, **limits)
    assert reading.documents == ()
    (failure,) = reading.failures
    assert failure.source == str(folder / name)
    return failure


@pytest.mark.parametrize("name", ["f.xml", "f.rss", "f.RSS", "f.atom", "f", "f.feed"])
def test_rss(tmp_path: Path, name: str) -> None:
    content = f"<content:encoded>{escape(f'<p>{TEXT}</p><p>{MORE}</p>')}</content:encoded>"
    first = item("A teaser of it.", f"{content}<pubDate>Tue, 10 Jun 2025 08:00:00 GMT</pubDate>")
    second = item(rest="<source url='https://b.example/feed'>The Herald</source><dc:date>2025-06-11</dc:date>")
    shared = {"title": "Talks", "url": "https://a.example/1", "language": "en"}
    assert read_all(tmp_path, rss(first, second), name) == [
        Document(f"{TEXT}\n\n{MORE}", "f:1", source="The Courier", published="2025-06-10T08:00:00+00:00", **shared),
        Document(TEXT, "f:2", source="The Herald", published="2025-06-11", **shared),
    ]


def test_atom(tmp_path: Path) -> None:
    feed = (
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='de'><title>Der Bote</title><entry>"
        "<title type='html'>Gespr&amp;auml;che &amp;amp; &lt;b&gt;Zölle&lt;/b&gt;</title>"
        "<link href='https://a.example/1'/><updated>2025-06-10T08:00:00Z</updated>"
        f"<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>{TEXT}</p><p hidden='hidden'>{SECRET}</p>"
        f"</div></content><source><title>Der Anzeiger</title></source></entry><entry><title>Zweitens</title>"
        f"<summary type='text'>{TEXT} 1 &lt; 2.</summary></entry></feed>"
    )
    first, second = read_all(tmp_path, feed)
    assert first == Document(
        TEXT, "f:1", "Gespräche & Zölle", "Der Anzeiger", "https://a.example/1", "2025-06-10T08:00:00+00:00", "de"
    )
    assert (second.text, second.source) == (f"{TEXT} 1 < 2.", "Der Bote")


def test_json_feed(tmp_path: Path) -> None:
    feed: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Courier",
        "language": "en",
        "items": [
            {"id": "1", "url": "https://a.example/1", "title": "Talks", "date_published": "2025-06-10T08:00:00Z",
             "content_html": f"<p>{TEXT}</p><p style='opacity:0'>{SECRET}</p>"},
            {"id": "2", "external_url": "https://b.example/2", "content_text": MORE},
            {"id": "3", "title": "Too short", "content_html": "<img src=a>"},
            "no item",
        ],
    }  # fmt: skip
    reading = read(tmp_path, json.dumps(feed, indent=1), "f.json")
    first, second = reading.documents
    assert first == Document(
        TEXT, "f:1", "Talks", "The Courier", "https://a.example/1", "2025-06-10T08:00:00+00:00", "en"
    )
    assert (second.text, second.url) == (MORE, "https://b.example/2")
    assert len(reading.warnings) == 2
    assert "1 without enough text was left out (entry 3)" in reading.warnings[1]
    short = read(tmp_path, json.dumps(feed), "f.json", max_feed_entries=1)
    assert "the last 3 were left out: raise max_feed_entries" in short.warnings[0]
    assert "--max-feed-bytes" in read_failure(tmp_path, json.dumps(feed), "f.json", max_feed_bytes=99).reason
    assert "no" in read_failure(tmp_path, json.dumps({**feed, "items": []}), "f.json").reason


def test_entries_without_text_are_counted_once(tmp_path: Path) -> None:
    reading = read(tmp_path, rss(item("Teaser."), item(), *[item("") for _ in range(9)]))
    assert [document.id for document in reading.documents] == ["f:2"]
    (warning,) = reading.warnings
    assert "10 without enough text were left out (entry 1, entry 3, entry 4, …)" in warning
    assert "no entry of it gave an article" in read_failure(tmp_path, rss(item("Teaser."))).reason


@pytest.mark.parametrize(
    ("given_", "kept"),
    [
        (f"{TEXT} Officials said […]", TEXT),
        (f"{TEXT} Officials said...", TEXT),
        (f"{TEXT} Officials said … Continue reading Talks end in a deal →", TEXT),
        (f"{TEXT} Read more »", TEXT),
        (f"{TEXT}\n\n(Read the full story)", f"{TEXT}\n\n(Read the full story)"),
        ("Officials said […]", ""),
        (TEXT, TEXT),
        ("", ""),
    ],
)
def test_sentences_cut_by_a_teaser_are_left_out(given_: str, kept: str) -> None:
    assert _without_teaser(given_) == kept.removesuffix("\n\n(Read the full story)")


def test_entry_limit(tmp_path: Path) -> None:
    reading = read(tmp_path, rss(*[item(f"{TEXT} {n}") for n in range(12)]), max_feed_entries=5)
    assert len(reading.documents) == 5
    assert reading.warnings == (
        f"{tmp_path / 'f.xml'}: holds 12 entries, and the last 7 were left out: raise max_feed_entries "
        "(--max-feed-entries)",
    )


def test_large_feed_is_refused(tmp_path: Path) -> None:
    big = rss(*[item(f"{TEXT} {n} " * 20) for n in range(6_000)])
    assert len(big) > 9_000_000
    failure = read_failure(tmp_path, big)
    assert "over the limit of 5000000" in failure.reason
    assert "--max-feed-bytes" in failure.reason


def test_broken_feed_gives_what_it_holds(tmp_path: Path) -> None:
    reading = read(tmp_path, rss(item(), item(MORE))[:-60])
    assert reading.documents[0].text == TEXT
    assert "not well-formed" in reading.warnings[0]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("<?xml version='1.0'?><urlset><url/></urlset>", "neither a feed"),
        ("<rss version='2.0'><channel></channel></rss>", "without entries"),
        ("", "no feed"),
        ("Ministers met.", "no feed"),
        ("\x00" * 50, "no feed"),
    ],
)
def test_what_is_no_feed(tmp_path: Path, content: str, words: str) -> None:
    assert words in read_failure(tmp_path, content).reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_encodings_of_feeds(tmp_path: Path, encoding: str) -> None:
    text = "La réunion s'est tenue à Genève, et les délégués ont été reçus à l'hôtel."
    feed = rss(item(text)).replace("UTF-8", encoding)
    assert read(tmp_path, feed.encode(encoding)).documents[0].text == text


# Hostile feeds

HOSTILE = """
import os, sys
folder = sys.argv[1]
from summarizer.reading.feeds import run_feed
import feedparser, lxml.html, trafilatura, encodings.idna, xml.sax.expatreader, feedparser.sanitizer
list(run_feed(open(os.path.join(folder, "warm.xml"), "rb").read(), {"name": "warm", "max_entries": 9}))
data = open(os.path.join(folder, "f.xml"), "rb").read()
def audit(event, arguments):
    if event in ("open", "socket.connect", "socket.getaddrinfo", "urllib.Request", "os.system", "subprocess.Popen"):
        if not str(arguments[0]).endswith((".py", ".pyc")):
            os.write(2, f"{event} {arguments}".encode())
            os._exit(3)
sys.addaudithook(audit)
try:
    found = list(run_feed(data, {"name": "f", "max_entries": 9}))
    texts = [answer["article"]["text"] for answer in found if "article" in answer]
except Exception as error:
    texts = [type(error).__name__]
sys.stdout.write(repr(texts))
"""


@pytest.mark.parametrize(
    "doctype",
    [
        "<!DOCTYPE rss [<!ENTITY x SYSTEM 'file://{folder}/secret.txt'>]>",
        "<!DOCTYPE rss [<!ENTITY x SYSTEM 'http://127.0.0.1:9/x'>]>",
        "<!DOCTYPE rss SYSTEM 'http://127.0.0.1:9/x.dtd' [<!ENTITY % y SYSTEM 'file://{folder}/secret.txt'> %y;]>",
        "<!DOCTYPE rss [<!ENTITY a 'zebras won the election '>{bomb}<!ENTITY x '&b30;'>]>",
    ],
    ids=["file", "address", "parameter", "laughs"],
)
def test_entities_open_nothing(tmp_path: Path, doctype: str) -> None:
    (tmp_path / "secret.txt").write_text(SECRET, encoding="utf-8")
    (tmp_path / "warm.xml").write_text(rss(item()), encoding="utf-8")
    bomb = "<!ENTITY b0 '&a;'>" + "".join(f"<!ENTITY b{n} '&b{n - 1};&b{n - 1};'>" for n in range(1, 31))
    doctype = doctype.replace("{folder}", str(tmp_path)).replace("{bomb}", bomb)
    hostile = rss(item().replace(TEXT, f"{TEXT} &x;")).replace("?><rss", f"?>{doctype}<rss")
    (tmp_path / "f.xml").write_text(hostile, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", HOSTILE, str(tmp_path)], capture_output=True, text=True, cwd=ROOT, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert SECRET not in done.stdout
    assert len(done.stdout) < 1_000
    assert SECRET not in repr(read(tmp_path, hostile))


def test_an_address_or_a_path_is_never_opened(tmp_path: Path) -> None:
    (tmp_path / "real.xml").write_text(rss(item()), encoding="utf-8")
    for content in (str(tmp_path / "real.xml"), "http://127.0.0.1:9/feed", "file:///etc/passwd"):
        assert "no feed" in read_failure(tmp_path, content).reason


@given(st.binary(max_size=200), st.sampled_from(["xml", "rss", "atom"]))
@settings(deadline=None, max_examples=25)
def test_any_bytes_are_a_feed_or_a_reason(tmp_path_factory: pytest.TempPathFactory, data: bytes, suffix: str) -> None:
    folder = tmp_path_factory.mktemp("bytes")
    for content in (data, b"<rss><channel><item>" + data, rss(item("\x01")).encode().replace(b"\x01", data)):
        reading = read(folder, content, f"f.{suffix}")
        assert len(reading.documents) + len(reading.failures) >= 1


# Items of agencies


def test_ninjs_1(tmp_path: Path) -> None:
    entry = {
        "uri": "urn:example:1", "type": "text", "language": "en-GB", "headline": "Talks", "byline": "A. Writer",
        "versioncreated": "2025-06-10T08:00:00Z", "infosource": [{"name": "Example News Agency"}],
        "body_xhtml": f"<p>{TEXT}</p><p style='display:none'>{SECRET}</p><table><tr><td>1</td></tr></table>",
    }  # fmt: skip
    expected = Document(TEXT, "urn:example:1", "Talks", "Example News Agency", None, "2025-06-10T08:00:00+00:00", "en")
    assert read_all(tmp_path, json.dumps(entry), "n.json") == [expected]
    assert read_all(tmp_path, json.dumps({"_items": [entry]}), "n.json") == [expected]
    assert read_all(tmp_path, json.dumps(entry), "n.jsonl") == [expected]
    assert list(collect([entry]).documents) == [expected]


def test_ninjs_2(tmp_path: Path) -> None:
    entry = {
        "uri": "https://a.example/1", "language": "en", "versioncreated": "2025-06-10T08:00:00Z",
        "headlines": [{"role": "main", "value": "Talks"}], "infosources": [{"name": "Agency"}],
        "bodies": [{"role": "main", "contenttype": "text/html", "value": f"<p>{TEXT}</p>"}],
    }  # fmt: skip
    (document,) = read_all(tmp_path, json.dumps(entry), "n.json")
    assert (document.text, document.title, document.url) == (TEXT, "Talks", "https://a.example/1")
    assert (document.source, document.published) == ("Agency", "2025-06-10T08:00:00+00:00")


def test_ninjs_text_goes_before_markup(tmp_path: Path) -> None:
    entry = {"uri": "urn:1", "headline": "Talks", "body_text": TEXT, "body_xhtml": "<p>Other.</p>"}
    assert read_all(tmp_path, json.dumps(entry), "n.json")[0].text == TEXT
