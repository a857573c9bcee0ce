"""Every limit: at it all is read, one beyond it is named with the source, the limit and the flag that changes it."""

from __future__ import annotations

import dataclasses
import gzip
import json
import random
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from summarizer import summarize
from summarizer.config import _LIMITS, SummaryConfig
from summarizer.errors import LimitError
from summarizer.fetching import FetchFailure, fetch_all
from summarizer.fetching.limits import limits_of
from summarizer.reading import Reading, read_sources
from tests.test_fetching import Handler, Site, serving
from tests.test_reading_feeds import item, rss
from tests.test_reading_pdf import LINES, make
from tests.test_reading_warc import record

pytest.importorskip("httpcore")

TEXT = "Exports fell in May, officials said on Friday. The ministry gave no reason for it."
PAGE = f"<!DOCTYPE html><html><body><article><p>{TEXT}</p></article></body></html>"
#: Gives a source of so many bytes, pages, entries …, in a folder.
Source = Callable[[Path, int], Path]


def _file(name: str, content: Callable[[int], str | bytes]) -> Source:
    def write(folder: Path, size: int) -> Path:
        data = content(size)
        path = folder / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path

    return write


def _feed(n: int) -> str:
    return rss(*(item(f"{TEXT} {number}") for number in range(n)))


def _json_feed(n: int) -> dict[str, Any]:
    items = [{"id": str(number), "content_text": f"{TEXT} {number}"} for number in range(n)]
    return {"version": "https://jsonfeed.org/version/1.1", "title": "The Courier", "items": items}


#: The setting, a size that is read, and what makes a source of a size.
ONE_SOURCE: list[tuple[str, int, Source]] = [
    ("max_document_characters", 500, _file("a.txt", lambda n: TEXT.ljust(n, "x"))),
    ("max_document_characters", 500, _file("a.jsonl", lambda n: json.dumps({"text": TEXT.ljust(n, "x")}))),
    ("max_html_bytes", 500, _file("a.html", lambda n: PAGE.ljust(n))),
    ("max_pdf_bytes", 2000, _file("a.pdf", lambda n: make(LINES).ljust(n))),
    ("max_pdf_pages", 3, _file("a.pdf", lambda n: make(*([f"{line} {page}." for line in LINES] for page in range(n))))),
    ("max_feed_bytes", 2000, _file("a.rss", lambda n: _feed(3).ljust(n))),
    ("max_feed_bytes", 2000, _file("a.json", lambda n: json.dumps(_json_feed(3)).ljust(n))),
]


@pytest.mark.parametrize(
    ("setting", "size", "source"), ONE_SOURCE, ids=[f"{setting} {size}" for setting, size, _ in ONE_SOURCE]
)
def test_one_source(tmp_path: Path, setting: str, size: int, source: Source) -> None:
    config = SummaryConfig(**{setting: size})
    reading = read_sources([source(tmp_path, size)], config=config)
    assert (len(reading.documents) >= 1, reading.warnings, reading.failures) == (True, (), ())
    path = source(tmp_path, size + 1)
    reading = read_sources([path], config=config)
    assert reading.documents == ()
    _names([*map(str, reading.failures), *reading.warnings], str(path), size, setting)


def _names(messages: list[str], source: str, limit: int, setting: str) -> None:
    """Check that one of the messages names the source, the limit, the setting and its flag."""
    flag = f"--{setting.replace('_', '-')}"
    fitting = [message for message in messages if source in message and f"({flag})" in message and setting in message]
    assert fitting, messages
    assert any(re.search(rf"\b{limit}\b", message) for message in fitting), messages


@pytest.mark.parametrize(
    ("name", "make_"), [("a.rss", _feed), ("a.json", lambda n: json.dumps(_json_feed(n)))], ids=["rss", "json"]
)
def test_entries_of_a_feed(tmp_path: Path, name: str, make_: Callable[[int], str]) -> None:
    write, config = _file(name, make_), SummaryConfig(max_feed_entries=4)
    whole, cut = (read_sources([write(tmp_path, n)], config=config) for n in (4, 5))
    assert (len(whole.documents), whole.warnings) == (4, ())
    assert len(cut.documents) == 4
    (warning,) = cut.warnings
    assert "holds 5 entries, and the last 1 were left out: raise max_feed_entries (--max-feed-entries)" in warning
    assert str(tmp_path / name) in warning


def test_a_page_of_an_archive(tmp_path: Path) -> None:
    """The archive goes on: the page is counted in a warning."""
    page, path = PAGE.encode(), tmp_path / "w.warc"
    path.write_bytes(record(page) + record(page + b" ", url="https://b.example/2"))
    reading = read_sources([path], config=SummaryConfig(max_html_bytes=len(page)))
    assert [document.url for document in reading.documents] == ["https://a.example/1"]
    _names(list(reading.warnings), "https://b.example/2", len(page), "max_html_bytes")


def test_documents(tmp_path: Path) -> None:
    config = SummaryConfig(max_documents=3)
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(f"{TEXT} {number}", encoding="utf-8")
    assert len(read_sources([tmp_path], config=config).documents) == 3
    (tmp_path / "3.txt").write_text(TEXT, encoding="utf-8")
    with pytest.raises(LimitError) as caught:
        read_sources([tmp_path], config=config)
    _names([str(caught.value)], str(tmp_path / "3.txt"), 3, "max_documents")


def test_sentences_of_all() -> None:
    articles = [
        " ".join(f"The minister said on day {day} that port {port} is open." for day in range(9)) for port in "AB"
    ]
    for limit, warnings in ((18, 0), (17, 1)):
        summary = summarize(articles, max_input_sentences=limit, embedder="tfidf", max_sentences=1)
        told = [warning for warning in summary.warnings if "max_input_sentences" in warning]
        assert len(told) == warnings
    assert "18 are more than max_input_sentences=17" in told[0]
    assert "(--max-input-sentences)" in told[0]


def test_characters_of_a_sentence() -> None:
    sentence = "The minister said " + "very " * 20 + "little."
    for limit, warnings in ((len(sentence), 0), (len(sentence) - 1, 1)):
        articles = [{"id": "first", "text": f"{TEXT}\n{sentence}"}, TEXT]
        summary = summarize(articles, max_sentence_characters=limit, embedder="tfidf")
        assert len(summary.warnings) == warnings
    assert summary.warnings[0].startswith(f"first: skipped {len(sentence)} characters at character {len(TEXT) + 1}: ")
    assert f"within {limit} characters" in summary.warnings[0]
    assert "raise max_sentence_characters (--max-sentence-characters)" in summary.warnings[0]
    parted = summarize([f"{TEXT}; {sentence}", TEXT], max_sentence_characters=len(sentence), embedder="tfidf")
    assert parted.warnings == (), "a sentence that can be parted is"


def test_ratio_of_a_compressed_file(tmp_path: Path) -> None:
    """A line of so many bytes goes on as long as a file has one byte for each of its hundred."""
    line = json.dumps({"text": TEXT}).encode() + b"\n"
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(line + b" " * 3_000_000 + b"\n" + line))
    size = path.stat().st_size
    grows = (3_000_001 + 2 * len(line)) / size
    for ratio, whole in ((int(grows) + 1, True), (int(grows), False)):
        reading = read_sources([path], config=SummaryConfig(max_ratio=ratio))
        assert len(reading.documents) == 2 - (not whole)
        assert bool(reading.warnings) is not whole
    _names(list(reading.warnings), str(path), int(grows), "max_ratio")


def test_growth_of_an_archive(tmp_path: Path) -> None:
    page = PAGE.encode() + b" " * 9_000_000
    path = tmp_path / "w.warc.gz"
    path.write_bytes(gzip.compress(b"".join(record(page, url=f"https://a.example/{n}") for n in range(3))))
    for ratio, n_read in ((5_000, 3), (1, 2)):  # 20 MB are free
        reading = read_sources([path], config=SummaryConfig(max_ratio=ratio))
        assert len(reading.documents) == n_read
    _names(list(reading.warnings), str(path), 20_000_000, "max_ratio")


def test_time_of_extraction(tmp_path: Path) -> None:
    """What takes longer than the limit is ended; the same source is read where there is time for it."""
    path = tmp_path / "slow.html"
    attributes = " ".join(f"a{number}=1" for number in range(60_000))
    path.write_text(f"<html><body><p {attributes}>x</p>{PAGE}</body></html>", encoding="utf-8")
    reading = read_sources([path], config=SummaryConfig(extraction_seconds=1))
    _names(list(map(str, reading.failures)), str(path), 1, "extraction_seconds")


# --- fetching -------------------------------------------------------------------------------------------------------


@pytest.fixture(name="site", scope="module")
def _site() -> Iterator[Site]:
    with serving(Site()) as site:
        yield site


def fetch(url: str, **settings: int) -> str:
    """Fetch an address without pauses, and give the reason why it gave nothing; an empty one if it gave a page."""
    config = SummaryConfig(allow_private=True, **settings)
    (outcome,) = fetch_all([url], config, limits=dataclasses.replace(limits_of(config), pause=0))
    return f"{outcome.url}: {outcome.reason}" if isinstance(outcome, FetchFailure) else ""


@pytest.mark.parametrize("limit", [0, 2])
def test_redirects(site: Site, limit: int) -> None:
    for number in range(limit + 1):
        site.redirect(f"/{number}", f"/{number + 1}")
    site.page(f"/{limit + 1}")
    assert fetch(f"{site.url}/1" if limit else f"{site.url}/{limit + 1}", max_redirects=limit) == ""
    reason = fetch(f"{site.url}/0", max_redirects=limit)
    _names([reason], f"{site.url}/0", limit, "max_redirects")


@pytest.mark.parametrize("stated", [True, False])
def test_received_bytes(site: Site, stated: bool) -> None:
    url = site.page("/received", body=TEXT)
    if not stated:
        site.pages["/received"] = _without_length
    assert fetch(url, max_received_bytes=len(TEXT)) == ""
    _names([fetch(url, max_received_bytes=len(TEXT) - 1)], url, len(TEXT) - 1, "max_received_bytes")


def _without_length(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/plain")
    handler.end_headers()
    handler.wfile.write(TEXT.encode())


def test_unpacked_bytes(site: Site) -> None:
    url = site.page("/packed", body=gzip.compress(TEXT.encode()), Content_Type="text/plain", Content_Encoding="gzip")
    assert fetch(url, max_unpacked_bytes=len(TEXT)) == ""
    _names([fetch(url, max_unpacked_bytes=len(TEXT) - 1)], url, len(TEXT) - 1, "max_unpacked_bytes")


def test_ratio_of_an_answer(site: Site) -> None:
    n_bytes = 1_000_000
    packed = gzip.compress(random.Random(0).randbytes(5_000) + bytes(n_bytes - 5_000))
    url = site.page("/ratio", body=packed, Content_Type="text/plain", Content_Encoding="gzip")
    ratio = -(-n_bytes // len(packed))
    assert fetch(url, max_ratio=ratio) == ""
    _names([fetch(url, max_ratio=ratio - 1)], url, ratio - 1, "max_ratio")


def test_times(site: Site) -> None:
    def late(handler: Handler) -> None:
        time.sleep(1.4)
        handler.reply(200, TEXT.encode(), Content_Type="text/plain")

    site.pages["/late"] = late
    url = f"{site.url}/late"
    assert fetch(url, read_seconds=20, fetch_seconds=20) == ""
    _names([fetch(url, read_seconds=1, fetch_seconds=20)], url, 1, "read_seconds")
    _names([fetch(url, read_seconds=20, fetch_seconds=1)], url, 1, "fetch_seconds")


def test_a_drip_ends_with_the_time_in_all(site: Site) -> None:
    def drip(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/plain")
        handler.end_headers()
        for _ in range(40):
            handler.wfile.write(b"x")
            time.sleep(0.05)

    site.pages["/drip"] = drip
    url = f"{site.url}/drip"
    _names([fetch(url, fetch_seconds=1)], url, 1, "fetch_seconds")


def test_settings_are_the_limits_of_reading_addresses(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    url = site.page("/wired", body=TEXT)

    def read(**settings: int) -> Reading:
        return read_sources([url], config=SummaryConfig(allow_private=True, **settings))

    assert len(read().documents) == 1
    (failure,) = read(max_received_bytes=5).failures
    assert "(--max-received-bytes)" in failure.reason
    # connect_seconds goes the same way; what it does is tested with a server of names that is silent.
    config = SummaryConfig(
        connect_seconds=1, read_seconds=2, fetch_seconds=3, max_redirects=4, max_received_bytes=5, max_unpacked_bytes=6,
        max_ratio=7,
    )  # fmt: skip
    limits = limits_of(config)
    assert (limits.connect, limits.read, limits.total, limits.redirects) == (1, 2, 3, 4)
    assert (limits.wire_bytes, limits.body_bytes, limits.ratio) == (5, 6, 7)


# --- what is said of them ------------------------------------------------------------------------------------------


def test_the_table_of_limits_is_that_of_the_settings() -> None:
    """Name, flag and default of each limit in docs/security.md, as the settings have them."""
    text = (Path(__file__).resolve().parents[1] / "docs" / "security.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| ([\d,]+)(?: [^|]*)? \| [^|]+ \|$", text, re.MULTILINE)
    defaults = SummaryConfig()
    assert {name: int(value.replace(",", "")) for name, value in rows} == {
        name: getattr(defaults, name) for name in _LIMITS
    }


def test_every_number_that_bounds_what_is_read_is_a_limit() -> None:
    """A new setting of a size or a time shows in the signature and in the table."""
    chosen = {"max_words", "max_sentences", "max_characters", "max_tokens"}
    named = {
        field.name
        for field in dataclasses.fields(SummaryConfig)
        if field.name.startswith("max_") or field.name.endswith("_seconds")
    }
    assert named - chosen == set(_LIMITS)
