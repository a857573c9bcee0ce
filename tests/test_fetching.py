"""Fetching from real servers on this computer: limits, politeness, redirects, what is kept, and how it is read."""

from __future__ import annotations

import dataclasses
import gzip
import itertools
import logging
import os
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from summarizer import cli
from summarizer.config import SummaryConfig
from summarizer.datatypes import Document
from summarizer.errors import LimitError, MissingExtraError
from summarizer.fetching import Fetched, FetchFailure, FetchLimits, fetch_all
from summarizer.fetching.cache import Cache
from summarizer.fetching.connecting import Guard, dial
from summarizer.fetching.exchange import Client
from summarizer.fetching.kinds import suffix_of
from summarizer.fetching.limits import limits_of
from summarizer.fetching.politeness import read_retry_after
from summarizer.fetching.robots import parse_robots
from summarizer.reading import collect, read_sources
from summarizer.version import __version__
from tests.timing import assert_quick

httpcore = pytest.importorskip("httpcore")

TEXT = "Exports fell in May, officials said on Friday. The ministry gave no reason for it.\n"
PUBLIC = "93.184.215.14"

Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers as the test says, and notes what it was asked."""

    server: Site

    def do_GET(self) -> None:
        site = self.server
        with site.lock:
            site.asked.append((self.path, dict(self.headers.items()), time.monotonic()))
            site.at_once += 1
            site.most_at_once = max(site.most_at_once, site.at_once)
        try:
            answer = site.pages.get(self.path.partition("?")[0])
            if answer is None:
                self.reply(404, b"nothing here")
            else:
                answer(self)
        except (BrokenPipeError, ConnectionResetError):
            pass
        finally:
            with site.lock:
                site.at_once -= 1

    def reply(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if "Content_Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


class Site(ThreadingHTTPServer):
    """A server of the test."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.pages: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str], float]] = []
        self.lock = threading.Lock()
        self.at_once = self.most_at_once = 0
        self.port = self.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def page(self, path: str, status: int = 200, body: bytes | str = TEXT, **headers: str) -> str:
        data = body.encode() if isinstance(body, str) else body
        headers.setdefault("Content_Type", "text/plain; charset=utf-8")
        self.pages[path] = lambda handler: handler.reply(status, data, **headers)
        return self.url + path

    def redirect(self, path: str, location: str, status: int = 302) -> str:
        return self.page(path, status, b"", Location=location)

    def paths(self) -> list[str]:
        return [path for path, _, _ in self.asked if path != "/robots.txt"]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of connections that the client has closed."""


@contextmanager
def serving(site: Site) -> Iterator[Site]:
    thread = threading.Thread(target=site.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield site
    site.shutdown()
    site.server_close()
    thread.join()


@pytest.fixture(name="site")
def _site() -> Iterator[Site]:
    with serving(Site()) as site:
        yield site


LIMITS = FetchLimits(connect=10, read=10, total=20, pause=0, longest_pause=1)


def fetch(*urls: str, limits: FetchLimits = LIMITS, **settings: Any) -> list[Fetched | FetchFailure]:
    return fetch_all(urls, SummaryConfig(**{"allow_private": True, **settings}), limits=limits)


def fetched(url: str, limits: FetchLimits = LIMITS, **settings: Any) -> Fetched:
    (outcome,) = fetch(url, limits=limits, **settings)
    assert isinstance(outcome, Fetched), outcome
    return outcome


def refused(url: str, limits: FetchLimits = LIMITS, **settings: Any) -> str:
    (outcome,) = fetch(url, limits=limits, **settings)
    assert isinstance(outcome, FetchFailure), outcome
    assert outcome.url == url
    return outcome.reason


# --- the request ----------------------------------------------------------------------------------------------------


def test_a_page(site: Site) -> None:
    url = site.page("/2025/talks.txt?edition=2".partition("?")[0])
    answer = fetched(f"{url}?edition=2#top")
    assert answer.body == TEXT.encode()
    assert (answer.suffix, answer.charset, answer.host) == (".txt", "utf-8", "127.0.0.1")
    assert answer.final == f"{url}?edition=2"
    assert not answer.from_cache
    assert [path for path, _, _ in site.asked] == ["/robots.txt", "/2025/talks.txt?edition=2"]
    for _, headers, _ in site.asked:
        assert headers["User-Agent"] == f"crossbrief/{__version__} (+https://pypi.org/project/crossbrief)"
        assert headers["Host"] == f"127.0.0.1:{site.port}"
        assert not {"Cookie", "Authorization", "Referer", "Proxy-Authorization"} & set(headers)


def test_cookies_are_not_kept(site: Site) -> None:
    site.redirect("/a", "/b")
    site.pages["/a"] = lambda handler: handler.reply(302, Location="/b", Set_Cookie="id=1; Path=/")
    site.page("/b")
    fetched(f"{site.url}/a")
    assert all("Cookie" not in headers for _, headers, _ in site.asked)


def test_proxies_and_netrc_of_the_environment_are_ignored(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login someone password secret\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(netrc))
    with serving(Site()) as proxy:
        for name in ("http_proxy", "https_proxy", "all_proxy"):
            monkeypatch.setenv(name, proxy.url)
            monkeypatch.setenv(name.upper(), proxy.url)
        assert fetched(site.page("/a.txt")).body == TEXT.encode()
        assert proxy.asked == []
    assert all("Authorization" not in headers for _, headers, _ in site.asked)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (204, "gave no page"),
        (206, "gave no page"),
        (304, "gave no page"),
        (401, "asks for a password"),
        (403, "refuses programs"),
        (404, "has no such page"),
        (410, "has removed the page"),
        (418, "gave no page"),
        (429, "asks to come back later"),
        (500, "failed: try again later"),
        (503, "asks to come back later"),
    ],
)
def test_answers_without_a_page(site: Site, status: int, words: str) -> None:
    reason = refused(site.page("/a", status))
    assert words in reason
    assert f"(status {status})" in reason


# --- redirects ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed(site: Site, status: int) -> None:
    site.page("/talks%20two.txt")
    answer = fetched(site.redirect("/a", "talks two.txt", status))
    assert answer.final == f"{site.url}/talks%20two.txt"
    assert answer.url == f"{site.url}/a"


def test_five_redirects_and_no_more(site: Site) -> None:
    for number in range(6):
        site.redirect(f"/{number}", f"/{number + 1}")
    site.page("/6")
    assert "is redirected more than 5 times" in refused(f"{site.url}/0")
    assert site.paths() == [f"/{number}" for number in range(6)]
    assert fetched(f"{site.url}/1").final == f"{site.url}/6"


def test_circles_and_redirects_to_nowhere(site: Site) -> None:
    site.redirect("/a", "/b")
    site.redirect("/b", "/a")
    assert "in a circle" in refused(f"{site.url}/a")
    assert "in a circle" in refused(site.redirect("/self", "/self#part"))
    assert "redirects to nowhere" in refused(site.redirect("/c", ""))


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("http://169.254.169.254/latest/meta-data/", "redirected to http://169.254.169.254/latest/meta-data/: 169.254"),
        ("file:///etc/passwd", "redirected to file:///etc/passwd: only addresses"),
        ("gopher://127.0.0.1/", "only addresses that begin with"),
        ("http://2130706433/", "hidden form"),
        ("http://a:secret@127.0.0.1/", "user name or a password"),
        ("//[::]/", "IPv4 in an old form"),
    ],
)
def test_each_redirect_is_checked(site: Site, location: str, words: str) -> None:
    reason = refused(site.redirect("/a", location))
    assert words in reason
    assert "secret" not in reason


class Net:
    """A network of the test: names with addresses, and public addresses behind which a server of the test answers."""

    def __init__(self, site: Site, names: dict[str, list[list[str]]]) -> None:
        self.site, self.names = site, names
        self.connected: list[str] = []

    def find(self, host: str, port: int) -> list[str]:
        answers = self.names[host]
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def open(self, address: str, port: int, seconds: float) -> Any:
        self.connected.append(address)
        return dial("127.0.0.1", self.site.port, seconds)

    def fetch(self, url: str, **settings: Any) -> Fetched | FetchFailure:
        client = Client(LIMITS, Guard(LIMITS, find=self.find, open_=self.open))
        return fetch_all([url], SummaryConfig(**settings), client=client)[0]


def test_a_name_that_changes_its_address_is_refused(site: Site) -> None:
    site.page("/a")
    net = Net(site, {"news.example": [[PUBLIC], [PUBLIC], ["127.0.0.1"]]})
    assert isinstance(net.fetch("http://news.example/a"), Fetched)
    assert net.connected == [PUBLIC, PUBLIC], "what was checked is what is connected to"
    outcome = net.fetch("http://news.example/a")
    assert isinstance(outcome, FetchFailure)
    assert "has the address 127.0.0.1, which is for this computer" in outcome.reason
    assert net.connected == [PUBLIC, PUBLIC]


def test_a_name_that_changes_between_robots_and_page(site: Site) -> None:
    site.page("/a")
    net = Net(site, {"news.example": [[PUBLIC], ["10.0.0.1"]]})
    outcome = net.fetch("http://news.example/a")
    assert isinstance(outcome, FetchFailure)
    assert "10.0.0.1" in outcome.reason
    assert site.paths() == []


@pytest.mark.parametrize("allow_private", [False, True])
def test_a_public_page_leads_to_no_private_one(site: Site, allow_private: bool) -> None:
    """Where the user may read the own network, a page of strangers still may not send us there."""
    site.redirect("/a", "http://intra.example/secret")
    net = Net(site, {"news.example": [[PUBLIC]], "intra.example": [["10.0.0.1"]]})
    outcome = net.fetch("http://news.example/a", allow_private=allow_private)
    assert isinstance(outcome, FetchFailure)
    assert "is redirected to http://intra.example/secret: intra.example has the address 10.0.0.1" in outcome.reason
    assert set(net.connected) == {PUBLIC}


def test_robots_lead_nowhere_either(site: Site) -> None:
    site.redirect("/robots.txt", "http://169.254.169.254/")
    assert "robots.txt cannot be read, so nothing is fetched: 169.254.169.254 is for the link" in refused(
        site.page("/a")
    )
    assert site.paths() == []


def test_another_address_of_the_host_is_tried(site: Site) -> None:
    site.page("/a")
    net = Net(site, {"news.example": [["93.184.215.15", PUBLIC]]})
    dialled = net.open

    def broken(address: str, port: int, seconds: float) -> Any:
        if address != PUBLIC:
            raise httpcore.ConnectError("no way")
        return dialled(address, port, seconds)

    net.open = broken  # type: ignore[method-assign]
    assert isinstance(net.fetch("http://news.example/a"), Fetched)


def test_a_name_server_that_does_not_answer() -> None:
    limits = FetchLimits(connect=0.1, total=1, pause=0)
    slow = threading.Event()

    def find(host: str, port: int) -> list[str]:
        slow.wait(2)
        return []

    client = Client(limits, Guard(limits, find=find))
    (outcome,) = fetch_all(["http://news.example/"], client=client)
    slow.set()
    assert isinstance(outcome, FetchFailure)
    assert outcome.reason == (
        "no name server answered for news.example within 0.1 s: check the connection, or raise connect_seconds "
        "(--connect-seconds)"
    )


# --- limits ---------------------------------------------------------------------------------------------------------


def drip(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/plain")
    handler.end_headers()
    for _ in range(600):
        handler.wfile.write(b"x")
        time.sleep(0.1)


def drip_headers(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(600):
        handler.wfile.write(b"X-%d: a\r\n" % number)
        time.sleep(0.1)


def early_hints(handler: Handler) -> None:
    for _ in range(1_200):
        handler.wfile.write(b"HTTP/1.1 103 Early Hints\r\n\r\n")
        time.sleep(0.05)


@pytest.mark.parametrize("answer", [drip, drip_headers, early_hints])
def test_slow_answers_end_with_the_time_in_all(site: Site, answer: Answer) -> None:
    site.pages["/a"] = answer
    began = time.monotonic()
    reason = refused(f"{site.url}/a", FetchLimits(connect=1, read=0.5, total=0.6, pause=0))
    assert time.monotonic() - began < 30
    assert "was not there within 0.6 s" in reason or "fell silent" in reason


def test_silence_ends_sooner(site: Site) -> None:
    site.pages["/a"] = lambda handler: time.sleep(60)
    began = time.monotonic()
    assert "fell silent" in refused(f"{site.url}/a", FetchLimits(read=0.3, total=20, pause=0))
    assert time.monotonic() - began < 30


def endless(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    while True:
        handler.wfile.write(b"<p>more</p>" * 1000)


def endless_headers(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        handler.wfile.write(b"X-A: " + b"a" * 1000 + b"\r\n")


def test_endless_answers_are_stopped(site: Site) -> None:
    site.pages |= {"/a": endless, "/b": endless_headers}
    limits = FetchLimits(wire_bytes=1_000_000, pause=0)
    assert "over the limit of 1000000" in refused(f"{site.url}/a", limits)
    assert "is no HTTP" in refused(f"{site.url}/b", limits)


def test_a_stated_size_over_the_limit_is_not_received(site: Site) -> None:
    site.pages["/a"] = lambda handler: handler.reply(200, Content_Type="text/html", Content_Length="99999999999")
    assert "holds 99999999999 bytes or more, over the limit of 10000000" in refused(f"{site.url}/a")


@pytest.mark.parametrize(
    ("length", "words"),
    [("5000", "broke off"), ("-1", "is no HTTP"), ("many", "is no HTTP"), ("83, 84", "is no HTTP")],
)
def test_wrong_lengths(site: Site, length: str, words: str) -> None:
    site.pages["/a"] = lambda handler: handler.reply(
        200, TEXT.encode(), Content_Type="text/plain", Content_Length=length
    )
    assert words in refused(f"{site.url}/a")


def test_a_length_too_short_gives_what_it_says(site: Site) -> None:
    site.pages["/a"] = lambda handler: handler.reply(200, TEXT.encode(), Content_Type="text/plain", Content_Length="7")
    assert fetched(f"{site.url}/a").body == b"Exports"


def squeeze(n_bytes: int) -> bytes:
    """Give one stream of gzip that becomes so many blanks, from one block that is repeated."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(b" " * 1_000_000) + packer.flush(zlib.Z_FULL_FLUSH)
    return b"\x1f\x8b\x08\0\0\0\0\0\2\xff" + block * (n_bytes // 1_000_000) + b"\x03\0" + bytes(8)


def test_a_bomb_is_stopped_before_it_unfolds(site: Site) -> None:
    bomb = squeeze(1_000_000_000)
    assert len(bomb) < 1_000_000
    site.page("/a", body=bomb, Content_Type="text/html", Content_Encoding="gzip")
    assert "unfolds more than 100 times" in refused(f"{site.url}/a", FetchLimits(pause=0))
    # Unfolding all of it takes 100 pieces of work and more.
    assert_quick(lambda: refused(f"{site.url}/a", FetchLimits(pause=0)), 40, clock=time.process_time)


def test_a_bomb_within_a_bomb_is_not_unfolded(site: Site) -> None:
    """1 KB that becomes 1 GB needs two layers of gzip."""
    bomb = gzip.compress(squeeze(1_000_000_000))
    assert len(bomb) < 10_000
    site.page("/a", body=bomb, Content_Type="text/html", Content_Encoding="gzip, gzip")
    assert "which was not asked for" in refused(f"{site.url}/a")
    site.page("/b", body=bomb, Content_Type="text/html", Content_Encoding="gzip")
    assert "unfolds more than 100 times" in refused(f"{site.url}/b")


def test_decompressed_size_has_a_limit_of_its_own(site: Site) -> None:
    body = gzip.compress(os.urandom(300_000), 1)
    site.page("/a", body=body, Content_Type="text/html", Content_Encoding="gzip")
    limits = FetchLimits(body_bytes=200_000, pause=0)
    assert "bytes decompressed or more, over the limit of 200000" in refused(f"{site.url}/a", limits)


@pytest.mark.parametrize(
    ("coding", "pack"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", gzip.compress),
        ("GZIP", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda data: zlib.compress(data, wbits=-15)),
        ("gzip", lambda data: gzip.compress(data[:50]) + gzip.compress(data[50:])),
        ("gzip", lambda data: gzip.compress(data) + b"\0\0\0"),
        ("identity", bytes),
    ],
    ids=["gzip", "x-gzip", "capitals", "zlib", "raw", "members", "padding", "identity"],
)
def test_compression_is_undone(site: Site, coding: str, pack: Callable[[bytes], bytes]) -> None:
    data = (TEXT * 2_000).encode()[:60_000] + os.urandom(300_000)
    site.page("/a", body=pack(data), Content_Encoding=coding)
    assert fetched(f"{site.url}/a").body == data


@pytest.mark.parametrize(
    ("body", "coding", "words"),
    [
        (gzip.compress(TEXT.encode(), mtime=0)[:-20], "gzip", "ends early"),
        (gzip.compress(TEXT.encode(), mtime=0)[:-4] + b"abcd", "gzip", "is damaged"),
        (TEXT.encode(), "gzip", "is damaged"),
        (b"abc", "br", "is compressed as 'br', which was not asked for"),
    ],
)
def test_damaged_compression(site: Site, body: bytes, coding: str, words: str) -> None:
    assert words in refused(site.page("/a", body=body, Content_Encoding=coding))


def test_only_kinds_that_are_read_are_received(site: Site) -> None:
    site.pages["/film"] = lambda handler: handler.reply(200, Content_Type="video/mp4", Content_Length="999999")
    assert "is 'video/mp4', not a page, feed, text or PDF" in refused(f"{site.url}/film")
    site.pages["/film"] = lambda handler: handler.reply(200, Content_Length="999999")
    assert "of no kind that the server tells" in refused(f"{site.url}/film")


@pytest.mark.parametrize(
    ("content_type", "path", "suffix"),
    [
        ("text/html; charset=utf-8", "/a", ".html"),
        ("TEXT/HTML", "/a.pdf", ".html"),
        ("application/rss+xml", "/feed", ".rss"),
        ("application/atom+xml;charset=utf-8", "/feed", ".atom"),
        ("application/vnd.feed+xml", "/feed", ".xml"),
        ("application/vnd.api+json", "/a", ".json"),
        ("application/pdf", "/a", ".pdf"),
        ("application/octet-stream", "/a.PDF", ".pdf"),
        ("", "/a.html?b=c.zip", ".html"),
        ("text/plain", "/a.jsonl", ".jsonl"),
        ("text/plain", "/a.log", ".txt"),
    ],
)
def test_kinds(content_type: str, path: str, suffix: str) -> None:
    assert suffix_of(content_type, f"https://courier.example{path}") == suffix


def test_all_bodies_together_have_a_limit(site: Site) -> None:
    urls = [site.page("/a"), site.page("/b")]
    with pytest.raises(LimitError, match="over 100 bytes in all: give fewer"):
        fetch(*urls, limits=FetchLimits(all_bytes=100, pause=0))
    assert len(fetch(*urls, limits=FetchLimits(all_bytes=200, pause=0))) == 2


# --- hosts that cannot be reached -----------------------------------------------------------------------------------


def test_a_closed_port_and_an_unknown_host() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    reason = refused(f"http://127.0.0.1:{port}/a")
    assert reason.startswith(f"127.0.0.1 cannot be reached at port {port}")
    assert "robots" not in reason
    assert "there is no host nowhere.invalid" in refused("http://nowhere.invalid/", FetchLimits(pause=0))


def test_what_is_no_http(site: Site) -> None:
    site.pages["/a"] = lambda handler: handler.wfile.write(b"220 mail.example ESMTP\r\n") and None
    assert "is no HTTP" in refused(f"{site.url}/a")
    assert "is not secure" in refused(f"https://127.0.0.1:{site.port}/a"), "TLS with a server that speaks none"


@pytest.fixture(name="certificate", scope="module")
def _certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not installed, so there is no certificate to test with")
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    subject = ["-subj", "/CN=news.example", "-addext", "subjectAltName=DNS:news.example"]
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", f"{path}.key"]
    command = [openssl, "req", "-x509", *key, *subject, "-days", "2", "-out", f"{path}.crt"]
    subprocess.run(command, check=True, capture_output=True)
    path.write_bytes(Path(f"{path}.key").read_bytes() + Path(f"{path}.crt").read_bytes())
    return path


def test_tls_is_for_the_name_while_the_connection_is_to_the_checked_address(certificate: Path) -> None:
    site = Site()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    named: list[str | None] = []
    context.sni_callback = lambda _, name, __: named.append(name)
    site.socket = context.wrap_socket(site.socket, server_side=True)
    site.page("/a")
    net = Net(site, {"news.example": [[PUBLIC]], "other.example": [[PUBLIC]]})
    with serving(site):
        trust = ssl.create_default_context(cafile=f"{certificate}.crt")
        client = Client(LIMITS, Guard(LIMITS, find=net.find, open_=net.open), trust)
        right, wrong = fetch_all(["https://news.example/a", "https://other.example/a"], client=client)
        assert isinstance(right, Fetched)
        assert "news.example" in named
        assert isinstance(wrong, FetchFailure), "a certificate of another name"
        assert "the connection to other.example is not secure" in wrong.reason
        untrusted = net.fetch("https://news.example/a")
        assert isinstance(untrusted, FetchFailure), "a certificate that nobody has signed"
        assert "is not secure" in untrusted.reason
    assert set(net.connected) == {PUBLIC}


# --- politeness -----------------------------------------------------------------------------------------------------


def test_robots_are_heeded(site: Site) -> None:
    rules = "User-agent: *\nDisallow: /\n\nUser-agent: CrossBrief/1\nDisallow: /private/\nAllow: /private/press\n"
    site.page("/robots.txt", body=rules)
    site.page("/private/a")
    site.page("/private/press/a")
    site.page("/open")
    assert "asks programs not to fetch it (robots.txt)" in refused(f"{site.url}/private/a")
    assert fetched(f"{site.url}/private/press/a")
    assert fetched(f"{site.url}/open")
    assert site.paths() == ["/private/press/a", "/open"]


def test_robots_are_read_once_and_on_redirects_too(site: Site) -> None:
    site.page("/robots.txt", body="User-agent: *\nDisallow: /b")
    site.page("/b")
    site.redirect("/a", "/b")
    site.page("/c")
    forbidden, allowed = fetch(f"{site.url}/a", f"{site.url}/c")
    assert isinstance(forbidden, FetchFailure)
    assert isinstance(allowed, Fetched)
    assert [path for path, _, _ in site.asked].count("/robots.txt") == 1


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (429, False), (500, False), (503, False)])
def test_robots_that_are_not_there(site: Site, status: int, allowed: bool) -> None:
    site.page("/robots.txt", status)
    url = site.page("/a")
    if allowed:
        fetched(url)
    else:
        assert f"its robots.txt cannot be read, so nothing is fetched: status {status}" in refused(url)
        assert site.paths() == []


def test_robots_too_long_or_too_often_redirected(site: Site) -> None:
    site.page("/robots.txt", body="User-agent: *\nDisallow: /a\n" + "# more\n" * 200_000)
    assert "robots.txt" in refused(site.page("/a"))
    site.redirect("/robots.txt", "/robots.txt?again")
    assert "redirected too often" in refused(f"{site.url}/a")


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("", "/a", True),
        ("Disallow: /", "/a", True),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
        ("User-agent: *\nDisallow: /a", "/ab", False),
        ("User-agent: *\nDisallow: /a$", "/ab", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf?z", True),
        ("User-agent: *\nDisallow: /*?print=", "/x?print=1", False),
        ("User-agent: *\nDisallow: /\nAllow: /news", "/news/a", True),
        ("User-agent: *\nAllow: /a\nDisallow: /a", "/a", True),
        ("User-agent: *\nDisallow: /%7ea", "/~a", False),
        ("User-agent: *\nDisallow: /ä", "/%c3%a4", False),
        ("User-agent: *\nDisallow: /%2a", "/ab", True),
        ("\ufeffUSER-AGENT : *\r\ndisallow :/a # why", "/a", False),
        ("User-agent: a\nUser-agent: crossbrief\nDisallow: /a", "/a", False),
        ("User-agent: crossbrief\nDisallow: /a\nUser-agent: *\nDisallow: /", "/b", True),
        ("User-agent: crossbrief\nDisallow: /a\n\nUser-agent: crossbrief\nDisallow: /b", "/b", False),
        ("User-agent: crossbriefing\nDisallow: /", "/a", True),
        ("<!doctype html><title>Not found</title>", "/a", True),
        ("User-agent: *\nDisallow: /" + "*a" * 2_000 + "b", "/" + "a" * 2_000, True),
    ],
)
def test_robots_rules(rules: str, path: str, allowed: bool) -> None:
    assert parse_robots(rules.encode()).allow(path) is allowed


def test_robots_delay() -> None:
    assert parse_robots(b"User-agent: *\nCrawl-delay: 2.5\n").delay == 2.5
    assert parse_robots(b"User-agent: *\nCrawl-delay: soon\n").delay == 0


def test_one_thing_at_a_time_with_a_pause(site: Site) -> None:
    def slow(handler: Handler) -> None:
        time.sleep(0.02)
        handler.reply(200, TEXT.encode(), Content_Type="text/plain")

    urls = [f"{site.url}/{number}" for number in range(4)]
    site.pages |= {f"/{number}": slow for number in range(4)}
    outcomes = fetch(*urls, limits=FetchLimits(pause=0.1))
    assert all(isinstance(outcome, Fetched) for outcome in outcomes)
    assert site.most_at_once == 1
    times = [when for _, _, when in site.asked]
    assert all(later - earlier >= 0.1 for earlier, later in itertools.pairwise(times))


def test_the_site_may_ask_for_a_longer_pause(site: Site) -> None:
    site.page("/robots.txt", body="User-agent: *\nCrawl-delay: 0.2")
    fetch(site.page("/a"), site.page("/b"))
    times = [when for _, _, when in site.asked]
    assert times[2] - times[1] >= 0.2


def test_hosts_are_asked_side_by_side(site: Site) -> None:
    together = threading.Barrier(4, timeout=20)

    def meet(handler: Handler) -> None:
        together.wait()
        handler.reply(200, TEXT.encode(), Content_Type="text/plain")

    site.pages["/a"] = meet
    hosts = [f"127.0.0.{number}" for number in range(1, 5)]
    net = Net(site, {})
    client = Client(FetchLimits(pause=0), Guard(LIMITS, open_=net.open))
    urls = [f"http://{host}:{site.port}/a" for host in hosts]
    told: list[tuple[str, float]] = []
    outcomes = fetch_all(
        urls, SummaryConfig(allow_private=True), lambda stage, share: told.append((stage, share)), client=client
    )
    assert [outcome.url for outcome in outcomes] == urls, "in the order given"
    assert all(isinstance(outcome, Fetched) for outcome in outcomes)
    assert told == [("fetch", 0.25), ("fetch", 0.5), ("fetch", 0.75), ("fetch", 1.0)]


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_honoured_once(site: Site, status: int) -> None:
    def later(handler: Handler) -> None:
        if site.paths().count("/a") == 1:
            handler.reply(status, Retry_After="1")
        else:
            handler.reply(200, TEXT.encode(), Content_Type="text/plain")

    site.pages["/a"] = later
    began = time.monotonic()
    assert fetched(f"{site.url}/a").body == TEXT.encode()
    assert time.monotonic() - began >= 1
    refusing = site.page("/b", status, Retry_After="0")
    assert f"asks to come back later: do so (status {status})" in refused(refusing)
    assert site.paths().count("/b") == 2
    assert "asks to come back in 3600 s" in refused(site.page("/c", status, Retry_After="3600"))
    assert site.paths().count("/c") == 1


def test_retry_after_is_read() -> None:
    assert read_retry_after(" 7 ") == 7
    soon = read_retry_after(format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True))
    assert soon is not None
    assert 55 < soon <= 60
    assert read_retry_after("Wed, 21 Oct 2015 07:28:00 GMT") == 0
    for value in ("", "soon", "-1", "1.5", "99999999999999", "٣"):
        assert read_retry_after(value) is None


def test_a_mistake_of_ours_is_not_lost_in_a_thread(site: Site) -> None:
    def broken(host: str, port: int) -> list[str]:
        return [PUBLIC]

    def open_(address: str, port: int, seconds: float) -> Any:
        raise ZeroDivisionError

    client = Client(LIMITS, Guard(LIMITS, find=broken, open_=open_))
    with pytest.raises(ZeroDivisionError):
        fetch_all(["http://news.example/"], client=client)


# --- the cache ------------------------------------------------------------------------------------------------------


def confirming(handler: Handler) -> None:
    """Answer 304 to whoever knows the page."""
    if handler.headers.get("If-None-Match") == '"v1"' and handler.headers.get("If-Modified-Since"):
        handler.reply(304)
    else:
        stamp = "Wed, 21 Oct 2015 07:28:00 GMT"
        handler.reply(200, TEXT.encode(), Content_Type="text/plain; charset=utf-8", ETag='"v1"', Last_Modified=stamp)


def test_what_is_unchanged_comes_from_the_cache(site: Site, tmp_path: Path) -> None:
    site.pages["/a.txt"] = confirming
    folder = tmp_path / "deep" / "cache"
    first = fetched(f"{site.url}/a.txt", fetch_cache=str(folder))
    again = fetched(f"{site.url}/a.txt", fetch_cache=str(folder))
    assert (first.from_cache, again.from_cache) == (False, True)
    assert (again.body, again.suffix, again.charset) == (first.body, first.suffix, first.charset)
    assert len(list(folder.iterdir())) == 1, "and nothing half written"
    assert not fetched(f"{site.url}/a.txt").from_cache, "without a cache nothing is asked for on a condition"


def test_redirects_are_asked_for_again(site: Site, tmp_path: Path) -> None:
    site.pages["/b"] = confirming
    site.redirect("/a", "/b")
    for expected in (False, True):
        answer = fetched(f"{site.url}/a", fetch_cache=str(tmp_path))
        assert (answer.from_cache, answer.final) == (expected, f"{site.url}/b")


@pytest.mark.parametrize(
    "damage",
    [b"", b"{", b"[]\n", b"null\n", b"{}\nbody", b"\xff\xfe\n", b'{"url": 3}\n', b"x" * 100_000, b"[" * 50_000 + b"\n"],
    ids=["empty", "cut", "list", "null", "no fields", "no text", "wrong", "no line", "deep"],
)
def test_damaged_entries_are_fetched_anew(
    site: Site, tmp_path: Path, damage: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    site.pages["/a"] = confirming
    fetched(f"{site.url}/a", fetch_cache=str(tmp_path))
    (entry,) = tmp_path.iterdir()
    whole = entry.read_bytes()
    entry.write_bytes(damage)
    with caplog.at_level(logging.WARNING):
        answer = fetched(f"{site.url}/a", fetch_cache=str(tmp_path))
    assert not answer.from_cache
    assert "is damaged" in caplog.text
    assert entry.read_bytes() == whole


def test_a_changed_body_or_another_address_is_noticed(site: Site, tmp_path: Path) -> None:
    site.pages |= {"/a": confirming, "/b": confirming}
    fetched(f"{site.url}/a", fetch_cache=str(tmp_path))
    (entry,) = tmp_path.iterdir()
    entry.write_bytes(entry.read_bytes().replace(b"fell", b"rose"))
    assert fetched(f"{site.url}/a", fetch_cache=str(tmp_path)).body == TEXT.encode()
    whole = entry.read_bytes()
    fetched(f"{site.url}/b", fetch_cache=str(tmp_path))
    (other,) = set(tmp_path.iterdir()) - {entry}
    other.write_bytes(whole)
    assert not fetched(f"{site.url}/b", fetch_cache=str(tmp_path)).from_cache


@pytest.mark.parametrize(
    "headers",
    [{}, {"ETag": '"v1"', "Cache_Control": "private, No-Store"}, {"ETag": "é"}, {"ETag": "x" * 2_000}],
    ids=["nothing to ask with", "no-store", "no text", "too long"],
)
def test_what_is_not_kept(site: Site, tmp_path: Path, headers: dict[str, str]) -> None:
    fetched(site.page("/a", **headers), fetch_cache=str(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_the_folder_keeps_within_its_size(tmp_path: Path) -> None:
    cache = Cache(tmp_path, FetchLimits(cache_bytes=5_000))
    (tmp_path / "of someone else.txt").write_text("x" * 9_000, encoding="utf-8")
    for number in range(10):
        cache.put(f"http://a.example/{number}", {"etag": '"1"'}, b"x" * 1_000)
        os.utime(cache._path(f"http://a.example/{number}"), (number, number))
        if number == 3:
            assert cache.get("http://a.example/0") is not None, "and so it was used last"
    kept = [number for number in range(10) if cache.get(f"http://a.example/{number}")]
    assert kept == [0, 7, 8, 9]
    assert (tmp_path / "of someone else.txt").exists()


def test_a_cache_that_cannot_be_used_is_no_error(site: Site, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    site.pages["/a"] = confirming
    (tmp_path / "file").write_text("", encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        fetched(f"{site.url}/a", fetch_cache=str(tmp_path / "file"))
    assert "going on without it" in caplog.text


def test_several_may_write_at_once(tmp_path: Path) -> None:
    caches = [Cache(tmp_path, FetchLimits()) for _ in range(4)]
    body = os.urandom(100_000)

    def work(cache: Cache) -> bool:
        for _ in range(20):
            cache.put("http://a.example/", {"etag": '"1"'}, body)
            entry = cache.get("http://a.example/")
            if entry is None or entry.body != body:
                return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(work, caches))
    assert len(list(tmp_path.iterdir())) == 1


# --- reading --------------------------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a test gives no limits, requests to its one host follow without a pause."""
    monkeypatch.setattr("summarizer.fetching.limits_of", lambda config: dataclasses.replace(limits_of(config), pause=0))


def read(*sources: str, **settings: Any) -> Any:
    return read_sources(sources, config=SummaryConfig(**{"allow_private": True, **settings}))


def test_addresses_are_sources(site: Site, tmp_path: Path) -> None:
    """In the order given; a failed one is named, and the others go on."""
    local = tmp_path / "local.txt"
    local.write_text("The minister resigned on Monday.", encoding="utf-8")
    site.page("/news/talks.txt")
    site.page("/data", body='[{"text": "Prices rose.", "url": "https://other.example/1", "source": "Other"}]',
              Content_Type="application/json")  # fmt: skip
    urls = [f"{site.url}/{name}" for name in ("news/talks.txt", "gone", "data", "news/talks.txt")]
    reading = read(urls[0], urls[1], str(local), urls[2], urls[3])
    talks, article, other = reading.documents
    assert (talks.id, talks.text, talks.url, talks.source) == ("talks", TEXT, urls[0], "127.0.0.1")
    assert article.id == "local"
    assert (other.url, other.source) == ("https://other.example/1", "Other")
    (failure,) = reading.failures
    assert failure.source == urls[1]
    assert "has no such page: check the address (status 404)" in failure.reason
    assert reading.warnings == (f"{urls[0]}: was given twice and is read once",)


def test_the_address_that_answered_counts(site: Site) -> None:
    site.page("/real/story.txt", body="Title: Talks\nURL: https://elsewhere.example/\nSource: Courier\n\n" + TEXT)
    (document,) = read(site.redirect("/short", "/real/story.txt")).documents
    assert document.url == f"{site.url}/real/story.txt", "not what the page says of itself"
    assert (document.source, document.title, document.id) == ("Courier", "Talks", "story")


PAGE = """<!doctype html><html lang="en"><head><title>Exports fall</title>
<link rel="canonical" href="https://elsewhere.example/story"><meta property="og:site_name" content="The Courier">
</head><body><nav><a href="/">Home</a></nav><article><h1>Exports fall</h1>
<p>Exports fell by 12.7% in May, officials in the café of the ministry said on Friday, for the third month in a row.</p>
<p>The ministry gave no reason for it, and said that figures for June would be published within four weeks.</p>
<img src="http://127.0.0.1:1/a.png"><script src="/b.js"></script></article></body></html>
"""
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>The Courier</title><item><title>Exports fall</title>
<link>https://courier.example/exports</link><description>Exports fell by 12.7% in May, officials said on Friday, for the
third month in a row; the ministry gave no reason for it.</description></item></channel></rss>
"""


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_page_is_read_as_a_page(site: Site, encoding: str) -> None:
    pytest.importorskip("trafilatura")
    url = site.page("/exports", body=PAGE.encode(encoding), Content_Type=f"text/html; charset={encoding}")
    (document,) = read(url).documents
    assert "in the café of the ministry" in document.text
    assert document.url == url, "not what the page says of itself"
    assert document.source == "The Courier"
    assert document.title == "Exports fall"
    assert "Home" not in document.text
    assert site.paths() == ["/exports"], "no picture and no script"


@pytest.mark.parametrize("content_type", ["application/rss+xml", "text/xml", "text/html"])
def test_a_feed_is_read_as_a_feed(site: Site, content_type: str) -> None:
    pytest.importorskip("feedparser")
    pytest.importorskip("trafilatura")
    (document,) = read(site.page("/feed", body=FEED, Content_Type=content_type)).documents
    assert document.text.startswith("Exports fell by 12.7% in May")
    assert document.url == "https://courier.example/exports"
    assert site.paths() == ["/feed"], "no entry is fetched"


def test_a_page_that_is_something_else(site: Site) -> None:
    (failure,) = read(site.page("/a", body=b"PK\x03\x04" + bytes(500), Content_Type="text/html")).failures
    assert failure.source == f"{site.url}/a"


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [("windows-1251", "cp1251"), ("ISO-8859-1", "cp1252"), ("utf-16le", "utf-16-le"), ("Shift_JIS", "cp932")],
)
def test_the_encoding_that_the_server_names(site: Site, charset: str, encoding: str) -> None:
    text = {"cp1251": "Экспорт упал.", "cp1252": "“Exports” fell – café.", "utf-16-le": "Exports fell."}
    wanted = text.get(encoding, "輸出が減少した。")
    site.page("/a.txt", body=wanted.encode(encoding), Content_Type=f"text/plain; charset={charset}")
    reading = read(f"{site.url}/a.txt")
    assert reading.documents[0].text == wanted
    assert not reading.warnings


@pytest.mark.parametrize("charset", ["punycode", "unicode_escape", "rot13", "utf-7", "nonsense", "euc-kr"])
def test_an_encoding_that_is_none_or_another_is_passed_over(site: Site, charset: str) -> None:
    site.page("/a.txt", body="Caf\u00e9s \\u0041 rose.", Content_Type=f"text/plain; charset={charset}")
    assert read(f"{site.url}/a.txt").documents[0].text == "Caf\u00e9s \\u0041 rose."


def test_limits_of_reading_hold_for_addresses(site: Site) -> None:
    urls = [site.page("/a.txt"), site.page("/b.txt", body="Prices rose in June.")]
    with pytest.raises(LimitError):
        read(*urls, max_documents=1)
    (failure,) = read(urls[1], max_document_characters=5).failures
    assert "max_document_characters" in failure.reason


def test_a_text_that_is_an_address_is_not_fetched_by_a_program(site: Site) -> None:
    reading = collect([site.page("/a.txt"), Document(TEXT)], config=SummaryConfig(allow_private=True))
    assert reading.documents[0].text == f"{site.url}/a.txt"
    assert "was taken as a text; to fetch it, give read_sources(['http://127" in reading.warnings[0]
    assert site.asked == []


def test_without_the_extra_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "httpcore", None)
    with pytest.raises(MissingExtraError, match=r"fetching addresses needs the extra 'web'"):
        read_sources(["https://courier.example/a"])


def test_the_command_fetches(site: Site, tmp_path: Path) -> None:
    site.pages["/a.txt"] = confirming
    command = ["brief", f"{site.url}/a.txt", f"{site.url}/gone", "--embedder", "tfidf", "--format", "text", "--strict"]
    allowed = CliRunner().invoke(cli.app, [*command, "--fetch-cache", str(tmp_path), "--allow-private"])
    assert allowed.exit_code == 4, allowed.stderr
    assert "Exports fell in May" in allowed.stdout
    assert f"error: {site.url}/gone: 127.0.0.1 has no such page" in allowed.stderr
    assert len(list(tmp_path.iterdir())) == 1
    blocked = CliRunner().invoke(cli.app, command)
    assert blocked.exit_code == 3
    assert "is not one of the web" in blocked.stderr
