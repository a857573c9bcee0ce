"""No address leads a fetch to where it must not go: every target here is stopped before a connection is made."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator, Sequence
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.config import SummaryConfig
from summarizer.errors import ReadingError
from summarizer.fetching import Fetched, FetchFailure, FetchLimits, fetch_all, is_address
from summarizer.fetching.connecting import Guard
from summarizer.fetching.exchange import Client
from summarizer.fetching.limits import Deadline
from summarizer.fetching.networks import place_of
from summarizer.fetching.targets import follow, read_target

pytest.importorskip("httpcore")

CASES = json.loads((Path(__file__).parent / "cases" / "ssrf.json").read_text(encoding="utf-8"))
LIMITS = FetchLimits(pause=0)

#: What the process asked of the network; an audit hook sees every way to do so, and cannot be taken back.
_EVENTS: list[str] = []
_LISTENING = threading.Event()


def _listen(event: str, _: Any) -> None:
    if _LISTENING.is_set() and event in (
        "socket.connect",
        "socket.getaddrinfo",
        "socket.sendto",
        "socket.gethostbyname",
    ):
        _EVENTS.append(event)


@pytest.fixture(name="network", scope="module")
def _hook() -> list[str]:
    sys.addaudithook(_listen)
    return _EVENTS


@pytest.fixture(autouse=True)
def _listening(network: list[str]) -> Iterator[None]:
    network.clear()
    _LISTENING.set()
    yield
    _LISTENING.clear()


def fetch(url: str, resolves_to: Sequence[str] | None = None, *, allow_private: bool = False) -> Fetched | FetchFailure:
    """Fetch with a server of names that knows one answer, and a network that must not be touched."""

    def find(host: str, port: int) -> Sequence[str]:
        assert resolves_to is not None, f"{host} was looked up"
        return resolves_to

    def refuse(address: str, port: int, seconds: float) -> Any:
        pytest.fail(f"a connection to {address} was opened")

    client = Client(LIMITS, Guard(LIMITS, find=find, open_=refuse))
    return fetch_all([url], SummaryConfig(allow_private=allow_private), client=client)[0]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_target_is_blocked_before_a_connection(case: dict[str, Any], network: list[str]) -> None:
    outcome = fetch(case["input"]["url"], case["input"].get("resolves_to"))
    assert isinstance(outcome, FetchFailure)
    assert case["expected"] in outcome.reason
    assert "secret" not in f"{outcome.url}{outcome.reason}"
    assert not network


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_redirect_to_a_target_is_refused(case: dict[str, Any]) -> None:
    """What may not be given may not be redirected to either; relative locations stay on the public host."""
    start = read_target("http://93.184.215.14/start")
    url = case["input"]["url"]
    try:
        target = follow(start, url)
    except ReadingError:
        return
    if (target.host, target.port) == (start.host, start.port):
        return

    def refuse(*_: Any) -> Any:
        pytest.fail("a connection was opened")

    guard = Guard(LIMITS, find=lambda *_: case["input"].get("resolves_to", []), open_=refuse)
    with pytest.raises(ReadingError):
        guard.check(target, Deadline(1), allow_private=False)


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/latest/",
        "http://168.63.129.16/",
        "http://[fe80::1]/",
        "http://0.0.0.0/",
        "http://224.0.0.1/",
        "http://2130706433/",
        "http://[::ffff:169.254.169.254]/",
        "file:///etc/passwd",
    ],
)
def test_some_places_are_closed_even_where_private_ones_are_allowed(url: str, network: list[str]) -> None:
    outcome = fetch(url, allow_private=True)
    assert isinstance(outcome, FetchFailure)
    assert "allow_private" not in outcome.reason, "no remedy that is none"
    assert not network


def test_the_remedy_for_a_private_place_is_named() -> None:
    outcome = fetch("http://192.168.1.1/")
    assert isinstance(outcome, FetchFailure)
    assert outcome.reason.endswith("allow_private (--allow-private) allows it")


@pytest.mark.parametrize(
    "address",
    [
        *("8.8.8.8", "93.184.215.14", "100.63.255.255", "100.128.0.1", "172.15.0.1", "172.32.0.1", "192.0.1.1"),
        *("198.17.0.1", "198.20.0.1", "223.255.255.255", "169.253.0.1", "2606:4700::1", "2a00:1450::1"),
        *("::ffff:8.8.8.8", "64:ff9b::808:808"),
    ],
)
def test_public_addresses_are_public(address: str) -> None:
    assert place_of(ip_address(address)) == ("", False)


@settings(deadline=None, max_examples=300)
@given(st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)))
def test_what_python_calls_not_global_is_never_public(address: Any) -> None:
    if not address.is_global and getattr(address, "ipv4_mapped", None) is None:
        assert place_of(address)[0]


@settings(deadline=None, max_examples=300)
@given(st.text(max_size=40), st.sampled_from(["http://", "https://", "http://a.example/", "", "http://[", "HTTP://é."]))
def test_any_text_is_an_address_or_a_named_error(text: str, start: str) -> None:
    try:
        target = read_target(start + text)
    except ReadingError:
        return
    assert target.url.isascii()
    assert target.url.isprintable()
    again = read_target(target.url)
    assert (again.host, again.port, again.path) == (target.host, target.port, target.path)


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("http://Courier.Example", "http://courier.example/"),
        ("https://courier.example:443/a?b=c#d", "https://courier.example/a?b=c"),
        ("https://courier.example:8443/a", "https://courier.example:8443/a"),
        ("https://zürich.example/straße?q=ä", "https://xn--zrich-kva.example/stra%C3%9Fe?q=%C3%A4"),
        ("https://straße.example/", "https://xn--strae-oqa.example/"),
        ("http://courier.example/a%20b/%7Ec", "http://courier.example/a%20b/%7Ec"),
        ("http://[2606:4700:0::1]:8080/", "http://[2606:4700::1]:8080/"),
        ("http://courier.example?a=1", "http://courier.example/?a=1"),
    ],
)
def test_addresses_as_they_are_asked_for(url: str, asked: str) -> None:
    assert read_target(url).url == asked


@pytest.mark.parametrize(
    ("location", "asked"),
    [
        ("/b", "https://courier.example/b"),
        ("b c", "https://courier.example/a/b%20c"),
        ("//other.example/b", "https://other.example/b"),
        ("?page=2", "https://courier.example/a/?page=2"),
        ("http://other.example", "http://other.example/"),
        ("//zürich.example/", "https://xn--zrich-kva.example/"),
    ],
)
def test_redirects_are_read_like_addresses(location: str, asked: str) -> None:
    assert follow(read_target("https://courier.example/a/"), location).url == asked


def test_what_is_an_address() -> None:
    assert is_address("https://courier.example/a")
    assert is_address("HTTP://courier.example")
    assert not is_address("httpd.txt")
    assert not is_address("ftp://courier.example")
